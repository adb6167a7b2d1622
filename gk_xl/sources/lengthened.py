"""Numbers that the mark of a note lengthens: 31 where 3 with a raised 1 was printed and every sum through the cell wants 3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.binding import identities

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gk_xl.form.schema import CellId
    from gk_xl.sources.readings import TableReading

LONGEST_MARK: Final = 2
"""Digits of a note's mark, at most."""


def doubt_marked(reading: TableReading, edition_id: str) -> None:
    """Doubt each number without whose last digits a sum holds that is broken, where no sum through its cell holds as it is.

    What is typed stays: a digit too many may be the office's own, which is for a person to see.
    """
    known = {cell: value for cell, value in reading.cells.items() if isinstance(value, int)}
    sums = [found for _, found in identities(edition_id) if found.keys() <= known.keys()]
    broken = [found for found in sums if _off(known, found)]
    held = {cell for found in sums if found not in broken for cell in found}
    for found in broken:
        for cell, sign in found.items():
            short = None if cell in held else _shorter(known[cell], known[cell] - sign * _off(known, found))
            if short is not None:
                told = f"原文这一格是“{known[cell]}”，合计只合得上 {short}，后面的数字可能是注的标记。"
                reading.doubt(cell, told)


def _off(known: Mapping[CellId, int], found: Mapping[CellId, int]) -> int:
    return sum(known[cell] * sign for cell, sign in found.items())


def _shorter(number: int, due: int) -> int | None:
    """Return the number that a sum wants, where it is this one without its last digits; else None."""
    return (
        due
        if due >= 0 and due in {number // 10**count for count in range(1, LONGEST_MARK + 1)} and number > 9
        else None
    )
