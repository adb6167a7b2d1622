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
from typing import TYPE_CHECKING, NamedTuple

from gk_xl.checks.locate.likelihood import LEAST
from gk_xl.checks.locate.prices import Prices

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.checks.locate.likelihood import Judge, Outcome
    from gk_xl.checks.locate.structure import Node, Pattern, Structure

Residuals = dict["Node", int]
Uses = tuple[tuple["Pattern", int], ...]

MARGIN = 3.5  # explanations this much costlier than the best (33 times less likely) are still found
SLACK = 0.5  # … or this much less, where the search would have to be repeated for the difference
REACH = 12.0  # how far above the lower bound a quick first look goes
STEP = 6.0  # how far the bound is raised while nothing is found
CEILING = 60.0  # about six independent slips: beyond it a table is called undecidable rather than guessed at
GLANCE = 10  # the part of the steps that is spent on a table beyond it from the start: what is found, is found soon


@dataclass(frozen=True, slots=True)
class Solution:
    """Patterns with their amounts that together explain all residuals, with at most one slip of whole lines before.

    ``judge`` knows the table as it is once that slip is mended.
    """

    uses: Uses
    cost: float
    judge: Judge
    line: Outcome | None = None


class State(NamedTuple):
    """A point of the search: what is still broken, what was spent, what the rest costs at least.

    ``settled``, ``shared`` and ``touched`` are sets of identities, as bits: closed to further patterns; known to be
    touched by two patterns at least; touched by some pattern already, so that the residual is not the first one.
    """

    residuals: Residuals
    cost: float
    rest: float
    uses: Uses = ()
    settled: int = 0
    shared: int = 0
    touched: int = 0


class OutOfSteps(Exception):
    """The bound was reached. No error: the search keeps what it has and says so."""


@dataclass
class Found:
    """The solutions, cheapest first; whether the steps sufficed to find all within the margin."""

    solutions: list[Solution]
    cut_short: bool = False


@dataclass
class Target:
    """What all searches of one table share: the best cost found and the bound beyond which nothing is of interest."""

    limit: int
    best: float = inf
    bound: float = 0.0
    steps: int = 0

    def better(self, cost: float) -> None:
        """Note a solution's cost."""
        if cost < self.best:
            self.best = cost
            self.bound = min(self.bound, cost + MARGIN)


def search(structure: Structure, starts: Sequence[tuple[Judge, Residuals, Outcome | None]], limit: int) -> Found:
    """Return the solutions from all starts: the table as it stands, and as it is once a slip of whole lines is mended.

    ``limit`` bounds the work in patterns looked at, not in seconds: an answer must not depend on how fast or how busy
    the machine is, or the same workbook would read differently on two desks.
    """
    target = Target(limit)
    searches = [Search(structure, judge, residuals, target, line) for judge, residuals, line in starts]
    least = min(one.start.cost + one.start.rest for one in searches)
    if least > CEILING:
        target.limit //= GLANCE
    found = Found([])
    try:
        # A quick look first, only at patterns that mend more than they break: it mostly finds the best one.
        for one in searches:
            one.go(least + REACH, hasty=True)
        bound = target.best + MARGIN if target.best < inf else least + STEP
        while True:
            for one in searches:
                one.go(bound, hasty=False)
            if target.best + MARGIN <= bound + SLACK or bound > CEILING:
                break
            bound = min(bound + STEP, target.best + MARGIN)
    except OutOfSteps:
        found.cut_short = True
    found.solutions = sorted(
        [known for one in searches for known in one.solutions.values() if known.cost <= target.best + MARGIN],
        key=lambda known: known.cost,
    )
    return found


class Search:
    """The search from one start."""

    def __init__(
        self, structure: Structure, judge: Judge, residuals: Residuals, target: Target, line: Outcome | None = None
    ) -> None:
        self.structure, self.judge, self.target, self.line = structure, judge, target, line
        self.solutions: dict[frozenset[tuple[int, int]], Solution] = {}
        self.prices = Prices(structure, judge, residuals)
        rest = sum([self.prices.whole[node] for node in residuals])
        self.start = State(residuals, line.cost if line else 0.0, rest)
        self._least = judge.cheapest() if len(residuals) > 2 else LEAST
        self._hasty = False
        self._width = [len(patterns) for patterns in structure.touching].__getitem__

    def go(self, bound: float, *, hasty: bool) -> None:
        """Search once, up to a cost."""
        target = self.target
        target.bound = min(bound, target.best + MARGIN)
        if self.start.cost + self.start.rest <= target.bound:
            self._hasty = hasty
            self.prices.widen(target.bound - self.start.cost - self.start.rest)
            self._last(self.start)
            self._extend(self.start)

    def _record(self, uses: Uses, cost: float) -> None:
        key = frozenset([(pattern.number, amount) for pattern, amount in uses])
        if key not in self.solutions:
            self.solutions[key] = Solution(uses, cost, self.judge, self.line)
            self.target.better(cost)

    def _last(self, state: State) -> None:
        """Record the one pattern that explains all that is left, if there is one."""
        residuals = state.residuals
        for pattern in self.structure.by_nodes.get(frozenset(residuals), ()):
            node, coefficient = pattern.effect[0]
            amount, uneven = divmod(-residuals[node], coefficient)
            if uneven or any(residuals[other] + mark * amount for other, mark in pattern.effect):
                continue
            whole = state.cost + self.judge.weight(pattern, amount)
            if whole <= self.target.bound:
                self._record((*state.uses, (pattern, amount)), whole)

    def _extend(self, state: State) -> None:
        """Explore every way to go on from a state."""
        target = self.target
        target.steps += 1
        if target.steps > target.limit:
            raise OutOfSteps
        residuals, cost, rest, shared = state.residuals, state.cost, state.rest, state.shared
        if not residuals:
            self._record(state.uses, cost)
            return
        if cost + 2 * self._least > self.target.bound:
            self._last(state)
            return
        touch = self.prices.touch
        worth = self._worth(state)
        for node in sorted([one for one in residuals if not shared >> one & 1], key=self._width):
            for pattern, amount, spent, left in self._affordable(state, node, rest, worth):
                after = dict(residuals)
                for other, mark in pattern.effect:
                    value = after.get(other, 0) + mark * amount
                    if value:
                        after[other] = value
                    else:
                        del after[other]
                self._extend(
                    State(
                        after,
                        spent,
                        left,
                        (*state.uses, (pattern, amount)),
                        state.settled | 1 << node,
                        shared & ~pattern.mask,
                        state.touched | pattern.mask,
                    )
                )
            shared |= 1 << node
            rest += 2 * touch[node] - worth[node]
            worth[node] = 2 * touch[node]
            if cost + rest > self.target.bound:
                return

    def _worth(self, state: State) -> dict[Node, float]:
        """Return what each broken identity is worth: what the patterns still to touch it must cost for its sake."""
        touch, whole = self.prices.touch, self.prices.whole
        shared, touched = state.shared, state.touched
        return {
            node: 2 * touch[node] if shared >> node & 1 else touch[node] if touched >> node & 1 else whole[node]
            for node in state.residuals
        }

    def _affordable(
        self, state: State, node: Node, rest: float, worth: dict[Node, float]
    ) -> Iterator[tuple[Pattern, int, float, float]]:
        """Yield the patterns that may settle an identity: with the amount, what is spent then, what is left at least."""
        residuals, cost, settled, hasty = state.residuals, state.cost, state.settled, self._hasty
        touch, weight, residual = self.prices.touch, self.judge.weight, residuals[node]
        target = self.target
        spare = target.bound - cost - rest + worth[node]
        others, relief, most = self._relief(residuals, node, worth)
        for need, floor, mask, pattern, coefficient in self.prices.settling(node, residual):
            target.steps += 1
            if need > spare + most:
                return
            if mask & settled:
                continue
            both = mask & others
            if both not in relief:
                relief[both] = sum([relief[1 << other] for other, _ in pattern.effect if both >> other & 1])
            if need > spare + relief[both]:
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
                elif old + mark * amount:
                    left += touch[other] - worth[other]
                else:
                    left -= worth[other]
                    mended += 1
            if cost + floor + left > self.target.bound or (hasty and mended < 1):
                continue
            spent = cost + weight(pattern, amount)
            if spent + left <= self.target.bound:
                yield pattern, amount, spent, left

    def _relief(
        self, residuals: Residuals, node: Node, worth: dict[Node, float]
    ) -> tuple[int, dict[int, float], float]:
        """Return what touching other broken identities takes off the need of a pattern, at best.

        The others as bits; the relief for each set of them (the sets of one to begin with); the relief for all.
        """
        touch, residual = self.prices.touch, residuals[node]
        like = (residual, -residual, 2 * residual, -2 * residual)  # only these can be settled along with the node
        others, relief, most = 0, dict[int, float](), 0.0
        for other, off in residuals.items():
            if other != node:
                one = worth[other] + (touch[other] if off in like or 2 * off in like else 0.0)
                others |= 1 << other
                relief[1 << other] = one
                most += one
        return others, relief, most
