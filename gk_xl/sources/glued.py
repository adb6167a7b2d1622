"""Digits run together where a source lost its cell borders: split where the sums of the form leave one way, else not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, product
from math import prod
from typing import TYPE_CHECKING, Final

from gk_xl.checks.binding import identities

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gk_xl.form.schema import CellId, Value

MOST_WAYS, MOST_TRIALS = 12_000, 500
PRECISION: Final = 6
_RUN: Final = re.compile(r"[\d\s]+")

Split = tuple[int, ...]


@dataclass(frozen=True)
class Glued:
    """A row whose numbers are run together: its cells and the text, blanks where the source still had some."""

    cells: tuple[CellId, ...]
    text: str

    @property
    def possible(self) -> bool:
        """Return whether the text is digits enough for the row's cells."""
        digits = sum(character.isdigit() for character in self.text)
        return _RUN.fullmatch(self.text) is not None and len(self.cells) <= digits <= 6 * len(self.cells)


@dataclass(frozen=True)
class Decided:
    """How a row is split, and whether the sums say so (else it is the only way without a blank)."""

    numbers: Split
    sure: bool


def splits(text: str, count: int) -> Iterator[Split]:
    """Yield the ways to cut digits into so many numbers; none begins with a 0 that it does not consist of."""
    pieces = text.split()

    def cut(index: int, rest: str, left: int) -> Iterator[Split]:
        if not rest:
            if index == len(pieces):
                if not left:
                    yield ()
                return
            yield from cut(index + 1, pieces[index], left)
            return
        if not left:
            return
        longest = 1 if rest[0] == "0" else min(len(rest), 7)
        for end in range(1, longest + 1):
            for further in cut(index, rest[end:], left - 1):
                yield (int(rest[:end]), *further)

    yield from cut(0, "", count)


def decided(edition_id: str, rows: Sequence[Glued], known: Mapping[CellId, Value]) -> list[Decided | None]:
    """Return for each row how it is split; None where the sums leave several ways, or none."""
    sums = [found for _, found in identities(edition_id)]
    ways = [_ways(row, sums) for row in rows]
    numbers = {cell: float(value) for cell, value in known.items() if isinstance(value, int | float)}
    chosen: list[Split | None] = [found[0] if len(found) == 1 else None for found in ways]
    open_ = [number for number, found in enumerate(ways) if len(found) > 1]
    if open_ and prod(len(ways[number]) for number in open_) <= MOST_TRIALS:
        solutions = []
        cells = {cell for number in open_ for cell in rows[number].cells}
        asked = [found for found in sums if cells & found.keys()]
        for trial in product(*(ways[number] for number in open_)):
            attempt = [*chosen]
            for number, split in zip(open_, trial, strict=True):
                attempt[number] = split
            if not _broken(asked, _filled(numbers, rows, attempt)):
                solutions.append(attempt)
        if len(solutions) == 1:
            chosen = solutions[0]
    contradicted = _broken(sums, _filled(numbers, rows, chosen))
    lost = not all(ways)  # a row that cannot be split has lost cells: then others may have, too
    return [
        None
        if split is None or contradicted & set(row.cells)
        else Decided(split, _is_sure(row, split, sums) and (not lost or not any(split)))
        for row, split in zip(rows, chosen, strict=True)
    ]


def _ways(row: Glued, sums: Sequence[Mapping[CellId, int]]) -> list[Split]:
    """Return the ways to split a row that its own sums allow."""
    within = [found for found in sums if found.keys() <= set(row.cells)]
    found: list[Split] = []
    at = {cell: place for place, cell in enumerate(row.cells)}
    asked = [[(at[cell], sign) for cell, sign in one.items()] for one in within]
    for tried, split in enumerate(splits(row.text, len(row.cells))):
        if tried > MOST_WAYS:
            return []
        if not any(sum(split[place] * sign for place, sign in one) for one in asked):
            found.append(split)
    return found


def _is_sure(row: Glued, split: Split, sums: Sequence[Mapping[CellId, int]]) -> bool:
    """Return whether the row's own sums say how it is split, and say so even if it had lost a blank cell."""
    if not any(split):
        return True
    own = [found for found in sums if found.keys() <= set(row.cells)]
    shorter = [*islice((way for count in range(2, len(row.cells)) for way in splits(row.text, count)), MOST_WAYS)]
    alike = any(len(own) > 1 or way[-1] == sum(way[:-1]) for way in shorter)
    return bool(own) and not alike and len(shorter) < MOST_WAYS


def _filled(
    numbers: Mapping[CellId, float], rows: Sequence[Glued], chosen: Sequence[Split | None]
) -> dict[CellId, float]:
    result = dict(numbers)
    for row, split in zip(rows, chosen, strict=True):
        if split is not None:
            result |= dict(zip(row.cells, map(float, split), strict=True))
    return result


def _broken(sums: Sequence[Mapping[CellId, int]], numbers: Mapping[CellId, float]) -> set[CellId]:
    """Return the cells of sums that are all known and do not hold."""
    cells: set[CellId] = set()
    for found in sums:
        if found.keys() <= numbers.keys() and round(sum(numbers[c] * sign for c, sign in found.items()), PRECISION):
            cells |= found.keys()
    return cells
