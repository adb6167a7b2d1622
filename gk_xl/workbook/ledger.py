"""台账: where the numbers of each quarter stand, and how they make the year. Everything follows from the edition.

The sheet holds one block of matrices five times: the year, which formulas add up, then the four quarters, which are
typed. Totals stand in no ledger: 合计 makes them.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from gk_xl.form.filing import normal_number
from gk_xl.form.load import load_edition
from gk_xl.workbook.layout import LEDGER, Place, full_row_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gk_xl.form.schema import Cell, CellId, Value

QUARTERS = ("一季度", "二季度", "三季度", "四季度")
YEAR = "全年"
FIRST = 4  # the row of the first block's band
WIDTH = 7  # the last column of the sheet that is seen


class LedgerBlock(NamedTuple):
    """Rows of one table that share their columns: head row (from the band of their section), labels, cells by line."""

    name: str
    head: int
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


@lru_cache
def ledger_blocks(edition_id: str) -> tuple[LedgerBlock, ...]:
    """Return the matrices of one section, in printed order."""
    edition = load_edition(edition_id)
    annexed = {section.table for section in edition.annexes}
    blocks, row = [], 1
    for table in edition.tables:
        if table.id in annexed:
            continue
        cells = [cell for cell in table.cells if not cell.total]
        lines = [tuple(group) for _, group in groupby(cells, key=lambda cell: cell.row)]
        for columns, group in groupby(lines, key=lambda line: tuple(cell.column_label for cell in line)):
            rows = tuple((full_row_label(line[0]), line) for line in group)
            blocks.append(LedgerBlock(table.name, row, columns, rows))
            row += len(rows) + 1
    return tuple(blocks)


def section_rows(edition_id: str) -> int:
    """Return how many rows one section takes: its band, its matrices, and a row between it and the next."""
    last = ledger_blocks(edition_id)[-1]
    return last.head + len(last.rows) + 2


def section_first(edition_id: str, number: int) -> int:
    """Return the row of a section's band: 0 is the year, 1 to 4 are the quarters."""
    return FIRST + number * section_rows(edition_id)


@lru_cache
def ledger_places(edition_id: str) -> Mapping[str, Place]:
    """Return where each number of a quarter stands, by ``ledger.q1.`` and the cell's identifier."""
    return {
        f"{key_of(number)}.{cell.id}": place
        for number in range(1, len(QUARTERS) + 1)
        for cell, place in section_places(edition_id, number)
    }


def section_places(edition_id: str, number: int) -> list[tuple[Cell, Place]]:
    """Return the cells of a section with their places."""
    band = section_first(edition_id, number)
    return [
        (cell, Place(LEDGER, band + block.head + 1 + line, 2 + column))
        for block in ledger_blocks(edition_id)
        for line, (_, cells) in enumerate(block.rows)
        for column, cell in enumerate(cells)
    ]


def key_of(number: int) -> str:
    """Return how the names of a quarter's numbers begin."""
    return f"ledger.q{number}"


def quarters_of(ledger: Mapping[str, Value], cell: Cell) -> list[Value]:
    """Return what the quarters hold for a cell."""
    return [ledger.get(f"q{number}.{cell.id}") for number in range(1, len(QUARTERS) + 1)]


def year_of(ledger: Mapping[str, Value], cell: Cell) -> int | float | None:
    """Return the year's number as the quarters make it; None while none of those that matter holds a number."""
    values = quarters_of(ledger, cell)
    numbers = [value for value in values if isinstance(value, int | float)]
    if cell.over_year == "first":
        return values[0] if isinstance(values[0], int | float) else None
    if not numbers:
        return None
    return numbers[-1] if cell.over_year == "last" else normal_number(round(sum(numbers), 6))


def years(edition_id: str, ledger: Mapping[str, Value]) -> dict[CellId, int | float]:
    """Return the year's number for every cell of which the quarters tell one."""
    found = {cell.id: year_of(ledger, cell) for cell, _ in section_places(edition_id, 0)}
    return {cell: value for cell, value in found.items() if value is not None}


def untold(edition_id: str, ledger: Mapping[str, Value]) -> dict[str, int]:
    """Return by quarter how many of its numbers are blank; nothing of quarters that nobody began."""
    cells = [cell for cell, _ in section_places(edition_id, 0)]
    missing = {}
    for number, quarter in enumerate(QUARTERS, start=1):
        held = [ledger.get(f"q{number}.{cell.id}") for cell in cells]
        if any(isinstance(value, int | float) for value in held) and None in held:
            missing[quarter] = held.count(None)
    return missing


def unread(edition_id: str, ledger: Mapping[str, Value]) -> list[tuple[Place, str]]:
    """Return the entries that are no numbers, with their places: they are in no year."""
    places = ledger_places(edition_id)
    return [(places[f"ledger.{name}"], value) for name, value in ledger.items() if isinstance(value, str)]
