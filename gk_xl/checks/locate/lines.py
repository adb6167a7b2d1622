"""Slips of a whole row or column: values typed one place further on, totals that were never added up.

Such a slip changes many cells at once by amounts of its own, so it is recognised directly: the broken identities that
cross the line must each be off by exactly what the slip would do to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.checks.locate.likelihood import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.checks.locate.structure import Effect, Line, Node, Structure

SHIFT = 10.5  # −ln of the chance that a given stretch of a line was typed one place on
UNADDED = 7.5  # … that all totals of one kind were left at zero
FEWEST = 2  # a single value one place off is a matter of two neighbouring cells


def line_slips(
    structure: Structure, codes: Sequence[str], found: Sequence[int], residuals: dict[Node, int]
) -> dict[Outcome, dict[Node, int]]:
    """Return slips of whole lines that may explain part of the residuals, each with the residuals it leaves."""
    slips: dict[Outcome, dict[Node, int]] = {}
    for first in _slips(structure, codes, found, residuals):
        rest = _after(structure, residuals, first)
        if len(rest) >= len(residuals):
            continue
        slips[first] = rest
        mended = list(found)
        for cell, amount in first.moves:
            mended[cell] += amount
        for second in _slips(structure, codes, mended, rest):
            remaining = _after(structure, rest, second)
            if len(remaining) < len(rest) and not {cell for cell, _ in first.moves} & {c for c, _ in second.moves}:
                both = sorted(zip(first.moves + second.moves, first.reasons + second.reasons, strict=True))
                slips[Outcome(tuple(m for m, _ in both), tuple(r for _, r in both), first.cost + second.cost)] = (
                    remaining
                )
    return slips


def _after(structure: Structure, residuals: dict[Node, int], slip: Outcome) -> dict[Node, int]:
    rest = dict(residuals)
    for cell, amount in slip.moves:
        for node, coefficient in structure.touches[cell]:
            rest[node] = rest.get(node, 0) + coefficient * amount
    return {node: value for node, value in rest.items() if value}


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
    start = 0
    while start < len(cells) - 1:
        stop = start
        while stop < len(cells) - 1 and wanted[stop] == found[cells[stop + 1]] - found[cells[stop]]:
            stop += 1
        if stop > start:
            outcome = _stretch(line, start, stop, wanted, found)
            if outcome is not None:
                yield outcome
        start = max(stop, start + 1)


def _stretch(line: Line, start: int, stop: int, wanted: Sequence[int | None], found: Sequence[int]) -> Outcome | None:
    """Return the slip of a stretch of a line, its end at ``stop``; None when too little speaks for it."""
    cells = line.cells
    while start < stop and not wanted[start]:
        start += 1
    last = wanted[stop]
    if last is None or found[cells[stop]] + last < 0 or found[cells[start]] not in (0, found[cells[stop]] + last):
        return None
    moves = [(cells[place], amount) for place in range(start, stop + 1) if (amount := wanted[place])]
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
