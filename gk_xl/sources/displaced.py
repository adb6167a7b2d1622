"""Rows that have lost a cell: the total is blank, and the last number reads as the total of those before it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gk_xl.sources.readings import TableReading


def doubt_displaced(reading: TableReading) -> None:
    """Doubt the rows of a table whose numbers may have moved one cell to the left."""
    for _, group in groupby(reading.table.cells, key=lambda cell: cell.row):
        cells = list(group)
        total = cells[-1]
        if len(cells) < 3 or not total.total or total.id not in reading.placed:
            continue
        held = [reading.cells.get(cell.id) for cell in cells]
        numbers = [value for value in held if isinstance(value, int | float)]
        if held[-1] is not None or len(numbers) < 2 or not numbers[-1] or numbers[-1] < sum(numbers[:-1]):
            continue
        for cell in cells:
            reading.doubt(cell.id, "这一行的总计空着，最后一个数像是总计，各数可能错了一格。")
