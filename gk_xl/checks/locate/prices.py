"""Lower bounds for the search: what the broken identities of a table must cost at least to explain.

Each identity gets prices such that no pattern costs less than the identities that it touches are worth together. The
sum of the prices of the identities still broken is then a lower bound of what is left to pay. This is the dual of the
covering problem, solved by raising all prices alike until each meets a limit.
"""

from __future__ import annotations

from math import inf
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gk_xl.checks.locate.likelihood import Judge
    from gk_xl.checks.locate.structure import Node, Pattern, Structure

# What an identity that holds is worth once something touches it: then a second touch has to mend it. Small enough that
# no pattern costs less than the identities it touches (a test holds it).
STILL = 1.3
OFTEN = 6  # asked so many times for the same, it pays to find the true costs


class Settler(NamedTuple):
    """A pattern that may settle an identity. Lists of them are sorted by ``need``: from one on, none can be afforded."""

    need: float  # the least cost, with what it leaves to mend where it touches no other broken identity
    floor: float  # the least cost alone
    mask: int  # the identities it touches, as bits
    pattern: Pattern
    coefficient: int  # of the pattern in the identity to settle


class Prices:
    """Prices of one table's identities.

    ``touch`` is what each touch of an identity is worth. ``whole``, at most two touches, is what a broken identity is
    worth as long as nothing has touched it: then either one pattern of a known amount, hence of a known cost, settles
    it, or at least two touch it.
    """

    def __init__(self, structure: Structure, judge: Judge, broken: dict[Node, int]) -> None:
        self.structure, self.judge = structure, judge
        self._room = 0.0
        self._affordable: dict[Node, list[tuple[Settler, float]]] = {}
        self._floored: dict[Node, list[Settler]] = {}
        self._settlers: dict[tuple[Node, int], list[Settler]] = {}
        self._asked: dict[tuple[Node, int], int] = {}
        few = len(broken) <= 2  # soon searched through: prices would cost more than they save
        self.touch = [0.0 if few else STILL] * len(structure.touching)
        if judge.expected and not few:  # with witnesses a pattern may cost next to nothing
            for pattern in structure.patterns:
                share = judge.least(pattern) / len(pattern.effect)
                for node, _ in pattern.effect:
                    self.touch[node] = min(self.touch[node], max(share, 0.0))
        for cell in judge.loose:  # a blank costs next to nothing to fill in
            for node, _ in structure.touches[cell]:
                self.touch[node] = 0.0
        near = {pattern.number: pattern for node in broken for pattern, _ in structure.touching[node]}
        _raise(
            self.touch,
            broken,
            [(judge.least(pattern), [node for node, _ in pattern.effect]) for pattern in near.values()],
        )
        self.whole = list(self.touch)
        if len(broken) > 4:
            _raise(self.whole, broken, list(self._settling(near.values(), broken)))

    def _settling(self, near: Iterable[Pattern], broken: dict[Node, int]) -> Iterable[tuple[float, list[Node]]]:
        """Yield the limits of ``whole``: two touches, and every pattern at an amount that settles an identity."""
        touch = self.touch
        for node in broken:
            yield 2 * touch[node], [node]
        for pattern in near:
            amounts: dict[int, list[Node]] = {}
            rest = 0.0
            for node, mark in pattern.effect:
                rest += touch[node]
                if node in broken:
                    amount, uneven = divmod(-broken[node], mark)
                    if not uneven:
                        amounts.setdefault(amount, []).append(node)
            floor = self.judge.least(pattern)
            for amount, nodes in amounts.items():
                settled = sum([touch[node] for node in nodes])
                if floor - rest >= settled:
                    continue  # two touches of each are the nearer limit
                weight = self.judge.weight(pattern, amount)
                if weight < inf:
                    yield weight - rest + settled, nodes

    def widen(self, room: float) -> None:
        """Say how far above the least cost of all a solution may lie; what costs more need not be listed."""
        self._room = room
        self._floored.clear()
        self._settlers.clear()
        self._asked.clear()

    def settling(self, node: Node, residual: int) -> list[Settler]:
        """Return the patterns that may settle an identity off by ``residual`` and can be afforded.

        Asked the first few times, with their least costs, whatever the amount; asked again, with their true costs,
        which are dear to find.
        """
        key = (node, residual)
        known = self._settlers.get(key)
        if known is None:
            times = self._asked.get(key, 0)
            if times < OFTEN:
                self._asked[key] = times + 1
                return self._any_amount(node)
            items = []
            most = self._room + 2 * self.touch[node]
            for (need, floor, mask, pattern, coefficient), worth in self._affordable[node]:
                amount, uneven = divmod(-residual, coefficient)
                if not uneven:
                    more = self.judge.weight(pattern, amount) - floor
                    if floor + more - worth <= most:
                        items.append(Settler(need + more, floor + more, mask, pattern, coefficient))
            known = self._settlers[key] = sorted(items, key=itemgetter(0))
        return known

    def _any_amount(self, node: Node) -> list[Settler]:
        known = self._floored.get(node)
        if known is None:
            touch, whole = self.touch, self.whole
            most = self._room + 2 * touch[node]
            items = self._affordable[node] = []
            for pattern, coefficient in self.structure.touching[node]:
                worth = left = 0.0
                for other, _ in pattern.effect:
                    if other != node:
                        worth += whole[other]
                        left += touch[other]
                floor = self.judge.least(pattern)
                if floor - worth <= most:
                    items.append((Settler(floor + left, floor, pattern.mask, pattern, coefficient), worth))
            known = self._floored[node] = sorted([item for item, _ in items], key=itemgetter(0))
        return known


def _raise(prices: list[float], nodes: Iterable[Node], limits: list[tuple[float, list[Node]]]) -> None:
    """Raise the prices of some identities alike until each meets a limit on a sum of prices it is part of."""
    rising = set(nodes)
    room = [limit - sum([prices[node] for node in bound]) for limit, bound in limits]
    active = [number for number, limit in enumerate(room) if limit < inf]
    while rising:
        counts = [(number, sum([node in rising for node in limits[number][1]])) for number in active]
        counts = [(number, moving) for number, moving in counts if moving]
        if not counts:
            return
        step = max(min([room[number] / moving for number, moving in counts]), 0.0)
        for node in rising:
            prices[node] += step
        active = []
        for number, moving in counts:
            room[number] -= step * moving
            if room[number] > 1e-9:
                active.append(number)
            else:
                rising.difference_update(limits[number][1])
