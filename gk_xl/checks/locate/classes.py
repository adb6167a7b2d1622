"""Solutions → explanations → suspects: what is certain, what ties, what comes next.

Every solution is written out as complete sets of corrections, each with its chance among all that were found. The
likeliest, together with all that are needed to be almost sure of the truth (``SURE``), make the first suspect: one
explanation alone, or a class of ties. ``unique`` is claimed only for one explanation alone that

* takes up nearly all of the chance (``CLAIM``), so nothing else comes close; and
* has no twin that arithmetic cannot tell from it (another cell or row leaving the same mark on the identities), unless
  the twin is far less likely (``TWIN``) or a witness from outside the table speaks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product
from math import exp
from typing import TYPE_CHECKING

from gk_xl.form.finding import Change, Suspect

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gk_xl.checks.locate.likelihood import Judge, Outcome
    from gk_xl.checks.locate.search import Solution
    from gk_xl.checks.locate.structure import CellNo, Structure
    from gk_xl.form.filing import Value
    from gk_xl.form.schema import CellId

CLAIM = 0.98
TWIN = 0.998
SURE = 0.99
LIMIT = 12_000  # members of one class; a class that is larger is cut and reported as not decided
FURTHER = 3  # explanations listed after the first suspect
FURTHER_CHOICES = 60

Corrections = frozenset[tuple["CellNo", int]]


@dataclass
class Explanation:
    """One complete set of corrections: amounts by cell, reasons, chance, and which solution it comes of."""

    moves: Corrections
    reasons: dict[CellNo, str]
    chance: float
    solution: int
    twins: bool


class TooMany(Exception):  # noqa: N818  (not an error: the list is cut and says so)
    """More explanations tie than can be listed."""


def explanations(judge: Judge, solutions: Sequence[Solution]) -> tuple[list[Explanation], bool]:
    """Return all explanations of the solutions, likeliest first, and whether the list is complete."""
    found: dict[Corrections, Explanation] = {}
    complete = True
    best = min(solution.cost for solution in solutions)
    for number, solution in enumerate(solutions):
        parts = [judge.outcomes(pattern, amount) for pattern, amount in solution.uses]
        if solution.line is not None:
            parts.append([solution.line])
        twins = any(len(part) > 1 for part in parts)
        members = islice(product(*parts), LIMIT + 1)
        for count, outcomes in enumerate(members):
            if count == LIMIT:
                complete = False
                break
            explanation = _merged(judge, outcomes, best, number, twins=twins)
            if explanation is None:
                continue
            known = found.get(explanation.moves)
            if known is None:
                found[explanation.moves] = explanation
            else:
                known.chance += explanation.chance
    return sorted(found.values(), key=lambda known: -known.chance), complete


def _merged(
    judge: Judge, outcomes: Sequence[Outcome], best: float, number: int, *, twins: bool
) -> Explanation | None:
    """Return several events as one set of corrections; None when a cell would fall below zero."""
    moves: dict[CellNo, int] = {}
    reasons: dict[CellNo, str] = {}
    for outcome in outcomes:
        for (cell, amount), reason in zip(outcome.moves, outcome.reasons, strict=True):
            moves[cell] = moves.get(cell, 0) + amount
            reasons.setdefault(cell, reason)
    kept = frozenset((cell, amount) for cell, amount in moves.items() if amount)
    if any(judge.found[cell] + amount < 0 for cell, amount in kept):
        return None
    return Explanation(kept, reasons, exp(best - sum(outcome.cost for outcome in outcomes)), number, twins)


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

    def suspects(self, found: Sequence[Explanation], *, decided: bool) -> list[Suspect]:
        """Return the suspects in order of rank; ``decided``: nothing was left out that could tie."""
        whole = sum(explanation.chance for explanation in found)
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
