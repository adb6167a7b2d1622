"""Digits of one number that a blank or a line parts: 521 2 where the other numbers of its sum add up to 5212."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gk_xl.checks.binding import identities

if TYPE_CHECKING:
    from gk_xl.sources.readings import TableReading

_PARTED: Final = re.compile(r"\d{1,6}(?:\s\d{1,6})+")


def join_parted(reading: TableReading, edition_id: str) -> None:
    """Read such digits of a table as one number, which is asked about, where a sum that is otherwise known says so."""
    known = {cell: float(value) for cell, value in reading.cells.items() if isinstance(value, int | float)}
    for cell, value in [*reading.cells.items()]:
        if not isinstance(value, str) or not _PARTED.fullmatch(value):
            continue
        number = int("".join(value.split()))
        numbers = {**known, cell: float(number)}
        own = [found for _, found in identities(edition_id) if cell in found and found.keys() <= numbers.keys()]
        if any(round(sum(numbers[one] * sign for one, sign in found.items()), 2) == 0 for found in own):
            reading.cells[cell] = number
            reading.doubt(cell, f"原文这一格是“{value}”，连起来正好合得上，读作 {number}。")
