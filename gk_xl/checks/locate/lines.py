"""Slips of a whole row or column: values typed one place further on, totals that were never added up.

Such a slip changes many cells at once by amounts of its own, so it is recognised directly: the broken identities that
cross the line must be off by exactly what the slip would do to them, but for a few where something else is wrong, too.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from gk_xl.checks.locate.likelihood import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.checks.locate.likelihood import Judge
    from gk_xl.checks.locate.structure import CellNo, Effect, Line, Node, Structure

SHIFT = 10.5  # −ln of the chance that a given stretch of a line was typed one place on
UNADDED = 7.5  # … that all totals of one kind were left at zero
FEWEST = 2  # a single value one place off is a matter of two neighbouring cells
DISTURBED = 2  # so many places of a stretch at most may be off for another reason
KEPT = 6  # so many slips of lines at most are followed up, those first that mend the most

Start = tuple["Judge", dict["Node", int], Outcome]


def line_slips(structure: Structure, codes: Sequence[str], judge: Judge, residuals: dict[Node, int]) -> list[Start]:
    """Return slips of whole lines that may explain part of the residuals, one or two of them together.

    Each comes with the residuals that it leaves and the table as it is once it is mended.
    """
    found: dict[frozenset[tuple[CellNo, int]], tuple[dict[Node, int], Outcome]] = {}
    ones = list(_mending(structure, codes, judge.found, residuals))
    for one, rest in ones:
        found.setdefault(frozenset(one.moves), (rest, one))
    for one, rest in ones:
        for other, left in _mending(structure, codes, _mended(judge.found, one), rest):
            if not {cell for cell, _ in one.moves} & {cell for cell, _ in other.moves}:
                both = Outcome(one.moves + other.moves, one.reasons + other.reasons, one.cost + other.cost)
                found.setdefault(frozenset(both.moves), (left, both))
    best = sorted(found.values(), key=lambda known: (len(known[0]), known[1].cost, len(known[1].moves)))[:KEPT]
    return [(judge.of(_mended(judge.found, slip)), rest, slip) for rest, slip in best]


def _mending(
    structure: Structure, codes: Sequence[str], found: Sequence[int], residuals: dict[Node, int]
) -> Iterator[tuple[Outcome, dict[Node, int]]]:
    """Yield the slips of lines that mend more than they break, with the residuals they leave."""
    for slip in _slips(structure, codes, found, residuals):
        rest = dict(residuals)
        for cell, amount in slip.moves:
            for node, coefficient in structure.touches[cell]:
                rest[node] = rest.get(node, 0) + coefficient * amount
        rest = {node: value for node, value in rest.items() if value}
        if len(rest) < len(residuals):
            yield slip, rest


def _mended(found: Sequence[int], slip: Outcome) -> list[int]:
    mended = list(found)
    for cell, amount in slip.moves:
        mended[cell] += amount
    return mended


def _slips(
    structure: Structure, codes: Sequence[str], found: Sequence[int], residuals: dict[Node, int]
) -> Iterator[Outcome]:
    if len(residuals) < FEWEST:
        return
    yield from _unadded(structure, codes, found, residuals)
    if len(residuals) <= FEWEST:
        return
    for line in structure.lines:
        if sum(any(node in residuals for node, _ in crossing) for crossing in line.crossing) >= FEWEST:
            yield from _shifted(line, found, residuals)


def _unadded(
    structure: Structure, codes: Sequence[str], found: Sequence[int], residuals: dict[Node, int]
) -> Iterator[Outcome]:
    """Yield, for each rule, its totals at zero where the parts are not."""
    for code in dict.fromkeys(codes[node] for node in residuals):
        moves = []
        for node, residual in residuals.items():
            total = structure.total_of[node]
            if codes[node] == code and total is not None and found[total] == 0:
                coefficient = dict(structure.touches[total])[node]
                if -residual * coefficient > 0:
                    moves.append((total, -residual * coefficient))
        if len(moves) >= FEWEST:
            yield Outcome(tuple(sorted(moves)), ("total_not_added",) * len(moves), UNADDED)


def _shifted(line: Line, found: Sequence[int], residuals: dict[Node, int]) -> Iterator[Outcome]:
    """Yield the stretches of a line whose values all belong one place before where they stand.

    The place where the stretch begins is left empty (or holds what fell off the end); what stood at its end is lost,
    and the identities crossing there say what it was.
    """
    cells = line.cells
    wanted = [_correction(crossing, residuals) for crossing in line.crossing]
    moved = [*(found[after] - found[cell] for cell, after in pairwise(cells)), 0]
    speaking = [place for place, amount in enumerate(moved) if amount and wanted[place] == amount]
    for number, start in enumerate(speaking):
        for stop in speaking[number + 1 :]:
            disturbed = sum(wanted[place] != moved[place] for place in range(start, stop))
            if disturbed > DISTURBED or disturbed * 2 > speaking.index(stop) - number + 1:
                break
            further = next((place for place in range(stop + 1, len(cells)) if wanted[place] or moved[place]), stop + 1)
            if moved[further] and wanted[further] == moved[further]:
                continue  # only as far as it goes: the longer stretch says the same and more
            for end in dict.fromkeys((stop + 1, further)):  # equal values between may have moved along unseen
                outcome = _stretch(line, start, end, moved, wanted[end], found)
                if outcome is not None:
                    yield outcome


def _stretch(
    line: Line, start: int, stop: int, moved: Sequence[int], last: int | None, found: Sequence[int]
) -> Outcome | None:
    """Return the slip of a stretch of a line, the lost value at ``stop``; None when it cannot have come about so."""
    cells = line.cells
    if last is None or found[cells[stop]] + last < 0 or found[cells[start]] not in (0, found[cells[stop]] + last):
        return None
    moves = [(cells[place], moved[place]) for place in range(start, stop) if moved[place]]
    moves += [(cells[stop], last)] if last else []
    if len(moves) <= FEWEST or any(found[cell] + amount < 0 for cell, amount in moves):
        return None
    return Outcome(tuple(moves), (line.reason,) * len(moves), SHIFT)


def _correction(crossing: Effect, residuals: dict[Node, int]) -> int | None:
    """Return the amount by which the identities that cross a line want its cell corrected; None if they differ."""
    wanted = None
    for node, coefficient in crossing:
        amount = -residuals.get(node, 0) * coefficient
        if wanted is not None and amount != wanted:
            return None
        wanted = amount
    return wanted
