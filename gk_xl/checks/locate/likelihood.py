"""How likely each slip is, as a cost: −ln of its chance, so that costs of independent slips add up.

The figures are not measured on any one collection of reports; they say what is common and what is rare (a digit
mistyped, a total never added up, a value in the next cell) and are kept apart from the search so that they can be
changed without touching it. What counts for a claim is the *difference* between explanations, and a claim is made
only over a wide one (see ``classes.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement
from math import exp, inf, log
from typing import TYPE_CHECKING

from gk_xl.checks.locate.structure import Event, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gk_xl.checks.locate.structure import CellNo, Pattern, Structure

# −ln of how often a given cell of a given table is mistyped: about one slip in three tables of 175 cells.
SLIP = 6.4
# The same for a given whole application (one cell and certain totals): about one in twenty tables, 3,000 such events.
APPLICATION = 10.5
MORE = 2.0  # each further application that took the same wrong way under the same item
SPREAD = 3.5  # … or under another item: errors of one kind come together
CARRY = 2.5  # a mistyped cell whose totals were added up from the wrong number
SWAP = 9.0  # two neighbouring cells exchanged, or a value typed in the next cell, per pair of cells
FAR_SWAP = 12.0  # two cells of one row or column exchanged that are no neighbours
TOTALS = 1.5  # totals that leave their parts behind, and reroutings: rarer than the plain omission
UNFILLED = 0.5  # a blank cell gets its number: it has to be filled in anyway
LEAST = 0.1  # no event costs less, whatever witnesses say
KINDEST = (1.6, 2.2, 1.7, 2.3)  # the least cost of a slip by digits found (0: the number 0): see ``_chances``
APART = 3  # so many applications at most are spread over the rows or columns of one class
MOST = 40.0  # beyond this an event explains nothing


@dataclass(frozen=True, slots=True)
class Slip:
    """How a number came to be typed for another: the reason, one of ``REASONS``, and −ln of its chance, given a slip."""

    reason: str
    cost: float


@lru_cache(maxsize=65536)
def slip(found: int, true: int) -> Slip:
    """Return the likeliest reason for ``found`` in place of ``true``, and the cost over all reasons together."""
    chances = {reason: chance for reason, chance in _chances(found, true) if chance > 0}
    reason = max(chances, key=lambda known: (known != "other", chances[known]))
    return Slip(reason, -log(sum(chances.values())))


def _chances(found: int, true: int) -> Iterator[tuple[str, float]]:
    """Yield how often a typist who means ``true`` and slips types ``found``, by kind of slip."""
    distance = abs(found - true)
    yield "other", 0.1 / (2 * distance * (distance + 1)) + 0.08 / 10 ** max(len(str(abs(found))), len(str(true)), 1)
    if found < 0:
        yield "sign", 0.03 if found == -true else 0
        return
    was, now = str(true), str(found)
    if found == 0:
        yield "missing_entry", 0.12
    if len(was) == len(now):
        wrong = [place for place in range(len(was)) if was[place] != now[place]]
        if len(wrong) == 1:
            yield "digit_wrong", 0.25 / (9 * len(was))
        if len(wrong) == 2 and was[wrong[0]] == now[wrong[1]] and was[wrong[1]] == now[wrong[0]]:
            yield "digits_swapped", 0.15 / (len(was) - 1) if wrong[1] == wrong[0] + 1 else 0.02 / len(was)
    if found in _shorter(was):
        yield "digit_missing", 0.15 / len(was)
    # A zero swapped to the front or dropped behind it is lost: 205 → 025 is 25.
    if len(was) > len(now) and sorted(was) == sorted(now.zfill(len(was))) and found in _swapped(was):
        yield "digits_swapped", 0.03 / (len(was) - 1)
    if true in _shorter(now):
        doubled = any(now[at] == now[at - 1] and int(now[:at] + now[at + 1 :]) == true for at in range(1, len(now)))
        yield "digit_extra", (0.06 if doubled else 0.0) / len(was) + 0.06 / (10 * (len(was) + 1))


def _shorter(digits: str) -> set[int]:
    """Return the numbers that are left when one digit is dropped."""
    return {int(digits[:at] + digits[at + 1 :]) for at in range(len(digits))} if len(digits) > 1 else set()


def _swapped(digits: str) -> set[int]:
    """Return the numbers that come of exchanging two digits side by side."""
    return {int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]) for at in range(len(digits) - 1)}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One event made definite: by how much each cell is corrected, why, and at what cost."""

    moves: tuple[tuple[CellNo, int], ...]
    reasons: tuple[str, ...]
    cost: float


class Judge:
    """Costs of events on one filled-in table.

    ``found`` holds a number for every cell; ``loose`` cells hold none (blank, or text) and count as 0 until filled.
    ``expected`` says what witnesses hold a cell to be: a correction towards it gains their weight, one away loses it.
    """

    def __init__(
        self,
        structure: Structure,
        found: list[int],
        loose: frozenset[CellNo],
        expected: Mapping[CellNo, Mapping[int, float]],
    ) -> None:
        self.structure, self.found, self.loose, self.expected = structure, found, loose, expected
        leaves = [found[cell] for cell in range(len(found)) if structure.leaves[cell]]
        zeros = (sum(1 for value in leaves if not value) + 1) / (len(leaves) + 2)
        zeros = min(max(zeros, 0.3), 0.97)
        self.rare = (-0.5 * log(zeros), -0.5 * log(1 - zeros))
        self._weights: dict[tuple[int, int], float] = {}
        self._slips: dict[tuple[CellNo, int], float] = {}
        self._leasts: dict[int, float] = {}
        self._spoken_of = sum([1 << cell for cell in expected])
        self._mistyped = [exp(-self.floor(cell)) for cell in range(len(found))]
        self._carried = [max(exp(-APPLICATION), chance * exp(-CARRY)) for chance in self._mistyped]

    def of(self, found: list[int]) -> Judge:
        """Return the likelihoods on the same table with some numbers mended."""
        return Judge(self.structure, found, self.loose, self.expected)

    def floor(self, cell: CellNo) -> float:
        """Return a lower bound of the cost of mistyping a cell, whatever the number meant."""
        if cell in self.loose:
            return LEAST
        found, held = self.found[cell], self.expected.get(cell)
        kindest = KINDEST[min(len(str(abs(found))) if found else 0, 3)]
        likeliest = min(self.rarity(cell, 0), self.rarity(cell, 1)) if found else self.rarity(cell, 1)
        cost = SLIP + kindest + likeliest - self.rarity(cell, found)
        if held:  # a number that a witness names has a cost of its own; any other is one that none names
            cost += held.get(found, 0.0)
            cost = min([cost, *[self.slip(cell, value - found) for value in held if value != found]])
        return max(cost, LEAST)

    def least(self, pattern: Pattern) -> float:
        """Return a lower bound of the weight of a pattern, whatever the amount."""
        known = self._leasts.get(pattern.number)
        if known is None:
            known = self._leasts[pattern.number] = self._least(pattern)
        return known

    def _least(self, pattern: Pattern) -> float:
        found = self.found
        if pattern.cells & self._spoken_of:
            chance = sum([exp(-self._least_event(event)) for event in pattern.events]) + _most_crowded(pattern)
            return -log(chance)
        chance = (
            sum([self._mistyped[cell] for cell in pattern.slips])
            + sum([self._carried[cell] for cell in pattern.carried])
            + pattern.counted * exp(-APPLICATION)
        )
        if pattern.exchanges:
            # An exchange fixes the amount: only equal differences come together.
            amounts = [found[other] - found[one] for one, other in pattern.exchanges]
            apart = set(amounts) - {0}
            if apart:
                most = max([amounts.count(amount) for amount in apart]) if len(apart) < len(amounts) else 1
                chance += most * exp(-SWAP)
        return -log(chance) if chance else inf

    def _least_event(self, event: Event) -> float:
        """Return a lower bound of the cost of one event where witnesses speak."""
        kind, cells = event.kind, event.cells
        cell = cells[0][0]
        if kind is Kind.SLIP:
            return self.floor(cell)
        if kind is Kind.CARRIED:
            cost = min(APPLICATION, self.floor(cell) + CARRY)
        elif kind is Kind.NEIGHBOUR:
            cost = SWAP
        elif kind is Kind.MOVED:
            cost = (
                APPLICATION if self.found[cell] == self.found[cells[1][0]] else min(APPLICATION, SWAP + len(cells) - 2)
            )
        else:
            cost = APPLICATION + TOTALS
        return max(cost + self._least_witnessed(cells), LEAST)

    def _least_witnessed(self, cells: Sequence[tuple[CellNo, int]]) -> float:
        """Return what witnesses add to the cost of changing these cells by one amount, at the amount they like best."""
        expected, against, gains = self.expected, 0.0, dict[int, float]()
        for cell, way in cells:
            if cell in expected:
                found = self.found[cell]
                for value, weight in expected[cell].items():
                    if value == found:
                        against += weight
                    else:
                        amount = (value - found) * way
                        gains[amount] = gains.get(amount, 0.0) + weight
        return against - max(gains.values()) if gains else against

    def cheapest(self) -> float:
        """Return a lower bound of the weight of any pattern."""
        if self._spoken_of:
            return min(map(self.least, self.structure.patterns))
        widest = max([len(pattern.slips) for pattern in self.structure.patterns])
        return min(-log(max(self._mistyped) * widest), APPLICATION - log(self.structure.widest))

    def weight(self, pattern: Pattern, amount: int) -> float:
        """Return the cost of a pattern corrected by ``amount``: over all its events together; inf when none can be."""
        key = (pattern.number, amount)
        known = self._weights.get(key)
        if known is None:
            known = self._weights[key] = self._weigh(pattern, amount)
        return known

    def _weigh(self, pattern: Pattern, amount: int) -> float:
        events = pattern.events
        if len(events) == 1:
            return self.cost(events[0], amount)
        chance, able = 0.0, 0
        for event in events:
            cost = self.cost(event, amount)
            if cost < MOST:
                chance += exp(-cost)
                able += event.kind is not Kind.SLIP
        if able and 1 < abs(amount) <= APART:
            chance += self._crowd(pattern, amount)
        return -log(chance) if chance else inf

    def _crowd(self, pattern: Pattern, amount: int) -> float:
        """Return the chance that several applications went wrong in different members of a class."""
        way = 1 if amount > 0 else -1
        able = sum([1 for event in pattern.events if event.kind is not Kind.SLIP and self.possible(event, way)])
        ways = (able - 1) * able / 2 if abs(amount) == 2 else (able**3 - able) / 6
        return ways * exp(-(APPLICATION + SPREAD * (abs(amount) - 1)))

    def possible(self, event: Event, amount: int) -> bool:
        """Say whether no cell of a corrected event falls below zero."""
        return all(self.found[cell] + way * amount >= 0 for cell, way in event.cells)

    def cost(self, event: Event, amount: int) -> float:
        """Return the cost of one event corrected by ``amount``; inf when a cell would fall below zero."""
        kind, cells = event.kind, event.cells
        cell, way = cells[0]
        if kind is Kind.SLIP:
            return self.slip(cell, way * amount)
        found = self.found
        for other, sign in cells:
            if found[other] + sign * amount < 0:
                return inf
        if kind is Kind.NEIGHBOUR:
            cost = self._exchange(cell, cells[1][0], amount * way)
        else:
            cost = self._applications(amount)
            if kind is Kind.CARRIED:
                cost = min(cost, self.slip(cell, way * amount) + CARRY)
            elif kind is not Kind.MOVED:
                cost += TOTALS
            elif found[cell] + amount * way == found[cells[1][0]]:
                cost = min(cost, self._exchange(cell, cells[1][0], amount * way) + len(cells) - 2)
        if self.expected:
            cost = max(cost + sum([self._witnessed(other, sign * amount) for other, sign in cells]), LEAST)
        return cost if cost < MOST else inf

    def slip(self, cell: CellNo, amount: int) -> float:
        """Return the cost of one mistyped cell."""
        key = (cell, amount)
        known = self._slips.get(key)
        if known is None:
            found = self.found[cell]
            true = found + amount
            if true < 0:
                known = inf
            elif cell in self.loose:
                known = UNFILLED
            else:
                known = SLIP + slip(found, true).cost + self.rarity(cell, true) - self.rarity(cell, found)
            if self.expected and known < inf:
                known = max(known + self._witnessed(cell, amount), LEAST)
            self._slips[key] = known
        return known

    def rarity(self, cell: CellNo, value: int) -> float:
        """Return how unusual a number is in this table: among many zeros another number is the likelier slip.

        Only for cells that are no totals; at half strength, for which cells get mistyped is not known.
        """
        return self.rare[value > 0] if self.structure.leaves[cell] else 0.0

    def _applications(self, amount: int) -> float:
        """Return the cost of so many whole applications going the same wrong way."""
        count = abs(amount)
        return APPLICATION + (MORE * (count - 1) if count < 5 else MORE * 3 + 2 * log(count - 3))

    def _exchange(self, one: CellNo, other: CellNo, amount: int) -> float:
        """Return the cost of two cells holding each other's number (one of them usually zero)."""
        if self.found[one] + amount != self.found[other] or one in self.loose or other in self.loose:
            return inf
        return SWAP if self.structure.neighbours(one, other) else FAR_SWAP

    def _witnessed(self, cell: CellNo, amount: int) -> float:
        found = self.found[cell]
        return sum(
            weight * ((found + amount != value) - (found != value))
            for value, weight in self.expected.get(cell, {}).items()
        )

    def outcomes(self, pattern: Pattern, amount: int) -> list[Outcome]:
        """Return every way in which a pattern corrected by ``amount`` can have come about, likeliest first."""
        found = [
            Outcome(tuple((cell, way * amount) for cell, way in event.cells), self.reasons(event, amount), cost)
            for event in pattern.events
            if (cost := self.cost(event, amount)) < inf
        ]
        if 1 < abs(amount) <= APART:
            found += self._spread(pattern, amount)
        return sorted(found, key=lambda outcome: outcome.cost)

    def _spread(self, pattern: Pattern, amount: int) -> Iterator[Outcome]:
        """Yield the ways to spread several applications over the members of a class."""
        way = 1 if amount > 0 else -1
        able = [event for event in pattern.events if event.kind is not Kind.SLIP and self.possible(event, way)]
        for events in combinations_with_replacement(able, abs(amount)):
            if events.count(events[0]) == len(events):
                continue
            moves: dict[CellNo, int] = {}
            reasons: dict[CellNo, str] = {}
            for event in events:
                for (cell, sign), reason in zip(event.cells, self.reasons(event, way), strict=True):
                    moves[cell] = moves.get(cell, 0) + sign * way
                    reasons.setdefault(cell, reason)
            if all(self.found[cell] + move >= 0 for cell, move in moves.items()):
                kept = tuple((cell, move) for cell, move in moves.items() if move)
                cost = APPLICATION + SPREAD * (abs(amount) - 1)
                if self.expected:
                    cost = max(cost + sum([self._witnessed(cell, move) for cell, move in kept]), LEAST)
                yield Outcome(kept, tuple(reasons[cell] for cell, _ in kept), cost)

    def reasons(self, event: Event, amount: int) -> tuple[str, ...]:
        """Return the reason for each cell of an event."""
        (first, way), *rest = event.cells
        if event.kind is Kind.SLIP:
            return (self.reason(first, way * amount),)
        if event.kind is Kind.CARRIED:
            own = self.slip(first, way * amount) + CARRY < self._applications(amount)
            carried = "omitted" if way * amount > 0 else "doubled"
            return (self.reason(first, way * amount) if own else carried, *[carried] * len(rest))
        if event.kind is Kind.TOTALS:
            return tuple("omitted" if sign * amount > 0 else "doubled" for _, sign in event.cells)
        other = rest[0][0]
        if self.structure.neighbours(first, other) and self.found[first] + way * amount == self.found[other]:
            return ("neighbour_cell",) * len(event.cells)
        same_row = self.structure.rows[first] == self.structure.rows[other]
        return ("wrong_column" if same_row else "wrong_row",) * len(event.cells)

    def reason(self, cell: CellNo, amount: int) -> str:
        """Return the reason for one mistyped cell."""
        found = self.found[cell]
        if cell in self.loose:
            return "missing_entry"
        known = slip(found, found + amount).reason
        return "total_not_added" if known == "missing_entry" and self.structure.totals[cell] else known


def _most_crowded(pattern: Pattern) -> float:
    """Return an upper bound of the chance that applications of several members of a class went wrong, see ``_crowd``."""
    able = len(pattern.events) - len(pattern.slips)
    two, three = (able - 1) * able / 2, (able**3 - able) / 6
    return max(two * exp(-(APPLICATION + SPREAD)), three * exp(-(APPLICATION + 2 * SPREAD)))
