"""What is read of tables drawn as grids, one truth a test."""

from __future__ import annotations

import pytest

from gk_xl.form.load import edition_in_force
from gk_xl.sources.document import grid_of_rows
from gk_xl.sources.grid_tables import pieces_of, read_pieces
from gk_xl.sources.model import Line


def drawn(rows, first=1):
    """Return the lines of a grid: rows of texts, or of (text, rows, columns)."""
    given = [[one if isinstance(one, tuple) else (one, 1, 1) for one in row] for row in rows]
    grid = grid_of_rows(given)
    texts = [tuple(box.text for box in grid.row(row)) for row in range(grid.height)]
    return [Line(first + row, " ".join(text), text, grid, row) for row, text in enumerate(texts)]


# ------------------------------------------------------------------ which rows are which table


def test_a_row_that_no_table_alone_has_belongs_to_the_rows_below_it():
    """A banner above the heads goes with them, whatever the section above the grid asks for."""
    lines = drawn([["全年数据"], ["信息内容", "本年制发件数"], ["规章", "3"]])
    (name,) = pieces_of(lines, {1: "t4"})
    assert name == "t2"
    assert [*pieces_of(lines, {1: "t4"})["t2"][0].lines] == [0, 1, 2]


def test_a_grid_of_one_row_is_its_section_s():
    """Where no label tells, the section above it does; without one nobody claims it."""
    (line,) = drawn([["甲", "1"]], first=7)
    assert [*pieces_of([line], {7: "t3"})] == ["t3"]
    assert pieces_of([line], {}) == {}


@pytest.mark.parametrize("count", [4, 5])
def test_a_table_is_turned_for_more_than_a_few_numbers(count):
    """Four cells that fit when rows and columns change places may be chance, five are not."""
    edition = edition_in_force()
    cells = [cell for cell in edition.table("t3").cells if cell.row == "received_new"][:count]
    rows = [["申请人", cells[0].row_label], *([cell.column_label, "7"] for cell in cells)]
    (pieces,) = pieces_of(drawn(rows), {}).values()
    reading = read_pieces(edition, "t3", pieces, None)
    assert reading.cells == ({cell.id: 7 for cell in cells} if count > 4 else {})
