"""Solutions → explanations → suspects: what is certain, what ties, what comes next.

Every solution is written out as complete sets of corrections, each with its chance among all that were found. The
likeliest, together with all that are needed to be almost sure of the truth (``SURE``), make the first suspect: one
explanation alone, or a class of ties. ``unique`` is claimed only for one explanation alone that

* takes up nearly all of the chance (``CLAIM``), so nothing else comes close; and
* has no twin that arithmetic cannot tell from it (another cell or row leaving the same mark on the identities), unless
  the twin is far less likely (``TWIN``) or a witness from outside the table speaks for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice, product
from math import exp, prod
from typing import TYPE_CHECKING

from gk_xl.form.finding import Change, Suspect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gk_xl.checks.locate.likelihood import Judge, Outcome
    from gk_xl.checks.locate.search import Solution
    from gk_xl.checks.locate.structure import CellNo, Structure
    from gk_xl.form.schema import CellId, Value

CLAIM = 0.95
TWIN = 0.998
SURE = 0.99
LIMIT = 12_000  # members of one class; a class that is larger is cut and reported as not decided
NEGLIGIBLE = 0.001  # chance of the solutions that need not be written out
FAR = 6.0  # … of the members of a class, as a cost
FURTHER = 3  # explanations listed after the first suspect
FURTHER_CHOICES = 60

Corrections = frozenset[tuple["CellNo", int]]


@dataclass(slots=True)
class Explanation:
    """One complete set of corrections: amounts by cell, the events it consists of, its chance, its solution."""

    moves: Corrections
    outcomes: tuple[Outcome, ...]
    chance: float
    solution: int
    twins: bool

    @property
    def reasons(self) -> dict[CellNo, str]:
        """The reason for each cell; where several events meet in a cell, the likelier event's."""
        reasons: dict[CellNo, str] = {}
        for outcome in sorted(self.outcomes, key=lambda known: known.cost):
            for (cell, _), reason in zip(outcome.moves, outcome.reasons, strict=True):
                reasons.setdefault(cell, reason)
        return reasons


@dataclass(frozen=True, slots=True)
class Listed:
    """Explanations, likeliest first; the chance of all there are, listed or not; whether the list was cut."""

    explanations: list[Explanation]
    whole: float
    complete: bool


def explanations(numbers: Sequence[int], solutions: Sequence[Solution]) -> Listed:
    """Return the explanations that the solutions, cheapest first, stand for."""
    best = solutions[0].cost if solutions else 0.0
    whole = sum([exp(best - solution.cost) for solution in solutions])
    found: dict[Corrections, Explanation] = {}
    seen, listed = 0.0, 0
    for number, solution in enumerate(solutions):
        if seen > whole * (1 - NEGLIGIBLE):
            break
        parts = [_likely(solution.judge.outcomes(pattern, amount)) for pattern, amount in solution.uses]
        if solution.line is not None:
            parts.append([solution.line])
        twins = any(len(part) > 1 for part in parts)
        count = prod([len(part) for part in parts])
        if listed and listed + count > LIMIT:
            return Listed(_sorted(found), whole, complete=False)
        apart = _apart(parts)
        for outcomes in islice(product(*parts), LIMIT):
            moves = _moves(numbers, outcomes, apart=apart)
            if moves is None:
                continue
            chance = exp(best - sum([outcome.cost for outcome in outcomes]))
            known = found.get(moves)
            if known is None:
                found[moves] = Explanation(moves, outcomes, chance, number, twins)
            else:
                known.chance += chance
        listed += count
        seen += exp(best - solution.cost)
        if count > LIMIT:
            return Listed(_sorted(found), whole, complete=False)
    return Listed(_sorted(found), whole, complete=True)


def _sorted(found: Mapping[Corrections, Explanation]) -> list[Explanation]:
    return sorted(found.values(), key=lambda known: -known.chance)


def _likely(outcomes: Sequence[Outcome]) -> Sequence[Outcome]:
    """Return the outcomes of one pattern that are not far less likely than the likeliest."""
    return [outcome for outcome in outcomes if outcome.cost <= outcomes[0].cost + FAR]


def _apart(parts: Sequence[Sequence[Outcome]]) -> bool:
    """Say whether no two parts can ever change the same cell."""
    cells = [{cell for outcome in part for cell, _ in outcome.moves} for part in parts]
    return len(set().union(*cells)) == sum([len(one) for one in cells])


def _moves(numbers: Sequence[int], outcomes: Sequence[Outcome], *, apart: bool) -> Corrections | None:
    """Return several events as one set of corrections; None when a cell would fall below zero."""
    if apart:
        return frozenset(chain.from_iterable([outcome.moves for outcome in outcomes]))
    moves: dict[CellNo, int] = {}
    for outcome in outcomes:
        for cell, amount in outcome.moves:
            moves[cell] = moves.get(cell, 0) + amount
    if any(numbers[cell] + amount < 0 for cell, amount in moves.items()):
        return None
    return frozenset([move for move in moves.items() if move[1]])


class Teller:
    """Writes explanations of one table as suspects."""

    def __init__(
        self,
        structure: Structure,
        judge: Judge,
        cells: Mapping[CellId, Value],
        resolves: tuple[str, ...],
    ) -> None:
        self.structure, self.judge, self.cells, self.resolves = structure, judge, cells, resolves

    def suspects(self, listed: Listed, *, decided: bool) -> list[Suspect]:
        """Return the suspects in order of rank; ``decided``: nothing was left out that could tie."""
        found, whole = listed.explanations, listed.whole
        first = found[0]
        share = first.chance / whole
        witnessed = any(
            self.judge.expected.get(cell, {}).get(self.judge.found[cell] + amount) for cell, amount in first.moves
        )
        needed = TWIN if first.twins and not witnessed else CLAIM
        if decided and share >= needed:
            tied = [first]
        else:
            tied = list(_credible(found, whole * max(SURE, min(needed, 1 - 1e-9))))
        suspects = [self._suspect(1, tied, unique=decided and len(tied) == 1 and share >= needed)]
        rest: dict[int, list[Explanation]] = {}
        for explanation in found[len(tied) :]:
            rest.setdefault(explanation.solution, []).append(explanation)
        for rank, group in enumerate(islice(rest.values(), FURTHER), start=2):
            suspects.append(self._suspect(rank, group[:FURTHER_CHOICES], unique=False))
        return suspects

    def _suspect(self, rank: int, tied: Sequence[Explanation], *, unique: bool) -> Suspect:
        shared = frozenset.intersection(*(explanation.moves for explanation in tied))
        changes = self._changes(shared, tied[0].reasons)
        if len(tied) == 1:
            return Suspect(rank, unique, self.resolves, changes)
        choices = tuple(self._changes(explanation.moves - shared, explanation.reasons) for explanation in tied)
        return Suspect(rank, unique, self.resolves, changes, choices)

    def _changes(self, moves: Iterable[tuple[CellNo, int]], reasons: Mapping[CellNo, str]) -> tuple[Change, ...]:
        """Return corrections in printed order."""
        changes = []
        for cell, amount in sorted(moves):
            name = self.structure.cells[cell]
            found = self.cells.get(name)
            reason = "other" if isinstance(found, str) else reasons[cell]
            changes.append(Change(name, found, self.judge.found[cell] + amount, reason))
        return tuple(changes)


def _credible(found: Iterable[Explanation], enough: float) -> Iterator[Explanation]:
    """Yield explanations until their chances add up to enough, and whatever ties with the last of them."""
    total, last = 0.0, 0.0
    for explanation in found:
        if total >= enough and explanation.chance < last * 0.9:
            return
        yield explanation
        total += explanation.chance
        last = explanation.chance
