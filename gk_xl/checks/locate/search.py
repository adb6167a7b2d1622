"""The search: which patterns, by which amounts, bring every broken identity of a table to zero.

A solution is a set of patterns whose marks add up to the residuals. Patterns and identities form a network that in a
minimal solution has no cycle, so in every solution some broken identity is touched by exactly one pattern; its residual
then fixes the amount. The search takes a broken identity and branches: either exactly one pattern touches it from now
on (it is *settled*), or several do (it is *shared*, and another identity comes first). Every solution without cycle is
met, up to the cost bound. Prices of identities give a lower bound of what the rest must cost and prune the branches.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from time import perf_counter
from typing import TYPE_CHECKING

from gk_xl.checks.locate.prices import Prices

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gk_xl.checks.locate.likelihood import Judge, Outcome
    from gk_xl.checks.locate.structure import Node, Pattern, Structure

Residuals = dict["Node", int]

MARGIN = 3.5  # explanations this much costlier than the best (e^-4.5, one in a hundred) are still listed
SLACK = 0.5  # … or at least this much less, where the search would have to be repeated for the difference
REACH = 12.0  # how far above the lower bound a quick first look goes
STEP = 6.0  # how far the bound is raised while nothing is found
CEILING = 60.0  # about six independent slips: beyond it a table is called undecidable rather than guessed at


@dataclass(frozen=True, slots=True)
class Solution:
    """Patterns with their amounts that together explain all residuals, with at most one slip of a whole line."""

    uses: tuple[tuple[Pattern, int], ...]
    cost: float
    line: Outcome | None = None


@dataclass(frozen=True, slots=True)
class _Start:
    line: Outcome | None
    residuals: Residuals
    cost: float
    rest: float
    touched: int


class TimeUp(Exception):  # noqa: N818  (not an error: the search says so and stops)
    """The time bound was reached."""


class Search:
    """All solutions of one table up to a margin above the cheapest."""

    def __init__(self, structure: Structure, judge: Judge, deadline: float) -> None:
        self.structure, self.judge, self.deadline = structure, judge, deadline
        self.solutions: dict[frozenset[tuple[int, int]], Solution] = {}
        self.best = inf
        self.bound = 0.0
        self.line: Outcome | None = None
        self.steps = 0
        self.least = judge.cheapest()
        self.timed_out = False
        self.hasty = False

    def run(self, residuals: Residuals, lines: Mapping[Outcome, Residuals] | None = None) -> list[Solution]:
        """Return the solutions, cheapest first; empty when there is none within the ceiling or the time."""
        self.prices = Prices(self.structure, self.judge, residuals)
        starts = [self._start(None, residuals, residuals)]
        starts += [self._start(line, residuals, left) for line, left in (lines or {}).items()]
        least = min(start.cost + start.rest for start in starts)
        bound = least + STEP
        try:
            # A quick look first, only at patterns that mend more than they break: it mostly finds the best one.
            self.hasty = True
            self.bound = least + REACH
            self.prices.widen(REACH)
            for start in starts:
                self.line = start.line
                self._single(start.residuals, start.cost, ())
                self._extend(start.residuals, start.cost, start.rest, (), 0, 0, start.touched)
            self.hasty = False
            bound = min(bound, self.best + MARGIN) if self.best < inf else bound
            while True:
                self.bound = min(bound, self.best + MARGIN)
                self.prices.widen(self.bound - least)
                for start in starts:
                    self.line = start.line
                    self._extend(start.residuals, start.cost, start.rest, (), 0, 0, start.touched)
                if self.best + MARGIN <= bound + SLACK or bound > CEILING:
                    break
                bound = min(bound + STEP, self.best + MARGIN)
        except TimeUp:
            self.timed_out = True
        found = [known for known in self.solutions.values() if known.cost <= self.best + MARGIN]
        return sorted(found, key=lambda known: known.cost)

    def _start(self, line: Outcome | None, before: Residuals, after: Residuals) -> _Start:
        """Return where the search begins, once a slip of a whole line is taken out."""
        prices, rest, touched = self.prices, 0.0, 0
        for node, residual in after.items():
            same = before.get(node) == residual
            rest += prices.whole[node] if same else prices.touch[node]
            touched |= (not same) << node
        return _Start(line, after, line.cost if line else 0.0, rest, touched)

    def _record(self, uses: tuple[tuple[Pattern, int], ...], cost: float) -> None:
        key = frozenset((pattern.number, amount) for pattern, amount in uses)
        if self.line is not None:
            key |= {(-1, hash(self.line.moves))}
        if key not in self.solutions:
            self.solutions[key] = Solution(uses, cost, self.line)
            if cost < self.best:
                self.best = cost
                self.bound = min(self.bound, cost + MARGIN)

    def _single(self, residuals: Residuals, cost: float, uses: tuple[tuple[Pattern, int], ...], barred: int = 0) -> None:
        """Record the one pattern that explains all that is left, if there is one."""
        if not residuals:
            self._record(uses, cost)
            return
        for pattern in self.structure.by_nodes.get(frozenset(residuals), ()):
            if pattern.mask & barred:
                continue
            node, coefficient = pattern.effect[0]
            amount, uneven = divmod(-residuals[node], coefficient)
            if uneven or any(residuals[other] + mark * amount for other, mark in pattern.effect):
                continue
            whole = cost + self.judge.weight(pattern, amount)
            if whole <= self.bound and whole < inf:
                self._record((*uses, (pattern, amount)), whole)

    def _extend(
        self, residuals: Residuals, cost: float, rest: float, uses: tuple[tuple[Pattern, int], ...], settled: int, shared: int, touched: int
    ) -> None:
        """Explore every way to go on; ``settled``, ``shared``, ``touched`` are sets of identities, as bits."""
        self.steps += 1
        if not self.steps & 63 and perf_counter() > self.deadline:
            raise TimeUp
        if not residuals:
            self._record(uses, cost)
            return
        if cost + 2 * self.least > self.bound:
            self._single(residuals, cost, uses, settled)
            return
        touch, whole = self.prices.touch, self.prices.whole
        width, weight = self.structure.touching, self.judge.weight
        broken, worth = 0, {}
        for node in residuals:
            broken |= 1 << node
            bit = 1 << node
            worth[node] = 2 * touch[node] if shared & bit else touch[node] if touched & bit else whole[node]
        for node in sorted([one for one in residuals if not shared >> one & 1], key=lambda one: len(width[one])):
            residual = residuals[node]
            others = broken & ~(1 << node)
            spare = self.bound - cost - rest + worth[node]
            # What mending other broken identities takes off the need, at best: all of a pattern's that are off alike.
            relief = {0: spare}
            like = (residual, -residual, 2 * residual, -2 * residual)
            most = spare
            for other, off in residuals.items():
                if other != node:
                    relief[1 << other] = spare + worth[other] + (touch[other] if off in like or 2 * off in like else 0.0)
                    most += relief[1 << other] - spare
            for need, floor, mask, pattern, coefficient in self.prices.settling(node, residual):
                if need > most:
                    break
                if mask & settled:
                    continue
                both = mask & others
                limit = relief.get(both)
                if limit is None:
                    limit = spare + sum([relief[1 << other] - spare for other, _ in pattern.effect if both >> other & 1])
                    relief[both] = limit
                if need > limit:
                    continue
                amount, uneven = divmod(-residual, coefficient)
                if uneven:
                    continue
                left, mended = rest, 0
                for other, mark in pattern.effect:
                    old = residuals.get(other)
                    if old is None:
                        left += touch[other]
                        mended -= 1
                        continue
                    left -= worth[other]
                    if old + mark * amount:
                        left += touch[other]
                    else:
                        mended += 1
                if cost + floor + left > self.bound or (self.hasty and mended < 1):
                    continue
                spent = cost + weight(pattern, amount)
                if spent + left > self.bound:
                    continue
                after = dict(residuals)
                for other, mark in pattern.effect:
                    value = after.get(other, 0) + mark * amount
                    if value:
                        after[other] = value
                    else:
                        del after[other]
                self._extend(after, spent, left, (*uses, (pattern, amount)), settled | 1 << node, shared & ~mask, touched | mask)
            shared |= 1 << node
            rest += 2 * touch[node] - worth[node]
            worth[node] = 2 * touch[node]
            if cost + rest > self.bound:
                return
