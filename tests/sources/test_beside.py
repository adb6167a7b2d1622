"""Tables wider than a page: a left and a right part are one table again, turned ones on two pages as well."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from gk_xl.form.load import edition_ids
from gk_xl.sources.open import import_sources
from tests.sources.drawn import Cell, Drawn, drawing_of, filing_of, transposed
from tests.sources.writers import sheet, tidy_page, word_file


def _parts(table, at):
    """Return a table's columns before and behind a place; the text of a cell that the cut parts stands at the left."""
    left, right, taken = [], [], set()
    for number, row in enumerate(table.rows):
        column = 0
        left.append([])
        right.append([])
        for cell in row:
            while (number, column) in taken:
                column += 1
            taken |= {(number + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
            end = column + cell.columns
            if column < at:
                left[-1].append(replace(cell, columns=min(end, at) - column))
            if end > at:
                text = cell.text if column >= at else ""
                right[-1].append(replace(cell, columns=end - max(column, at), text=text))
            column = end
    return Drawn(table.table, left), Drawn(table.table, right)


@pytest.mark.parametrize("edition", edition_ids())
@pytest.mark.parametrize("writer", [tidy_page, word_file, sheet])
@pytest.mark.parametrize(("behind", "cuts"), [(False, (6, 8)), (True, (6, 8)), (True, (4, 12)), (False, (8, 5))])
def test_a_right_part_without_labels_goes_on_with_the_rows_of_the_left(edition, writer, behind, cuts, tmp_path):
    """表三 and 表四 cut in two, the right parts at once or behind the signature: every number in its cell, no doubt."""
    drawing, made, rest = drawing_of(filing_of(edition, 3)), [], []
    for block in drawing.blocks:
        if isinstance(block, Drawn) and block.table != "t2":
            left, right = _parts(block, cuts[block.table == "t4"])
            made.append(left)
            (rest if behind else made).append(right)
        else:
            made.append(block)
    drawing.blocks[:] = made + rest
    content, suffix = writer(drawing, random.Random(1))
    path = tmp_path / f"年报{suffix}"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    found = import_sources([path])
    assert found.filing.cells == drawing.filing.cells
    assert not found.doubts


def test_two_years_side_by_side_are_not_one_table(tmp_path):
    """A second table of the same columns without labels is no right part: no number of it is placed."""
    drawing = drawing_of(filing_of(edition_ids()[-1], 3))
    at = next(n for n, block in enumerate(drawing.blocks) if isinstance(block, Drawn) and block.table == "t3")
    _, right = _parts(drawing.blocks[at], 3)
    nines = [[replace(cell, text="9" if cell.text.isdigit() else cell.text) for cell in row] for row in right.rows]
    drawing.blocks.insert(at + 1, Drawn("t3", nines))
    path = tmp_path / "年报.docx"
    path.write_bytes(word_file(drawing, random.Random(1))[0])
    assert import_sources([path]).filing.cells == drawing.filing.cells


@pytest.mark.parametrize("cut", ["below", "beside"])
def test_a_turned_table_on_two_pages_is_turned_whole(tmp_path, cut):
    """The rows below the page's end have no heads of their own, those beside it no labels; a sheet's pages have its columns all."""
    drawing = drawing_of(filing_of(edition_ids()[-1], 3))
    transposed(drawing, random.Random(1))
    at = next(n for n, block in enumerate(drawing.blocks) if isinstance(block, Drawn) and block.table == "t3")
    rows = drawing.blocks[at].rows
    parts = rows[:5], rows[5:]
    if cut == "beside":
        parts = [row[:18] for row in rows], [[*row[18:], *[Cell("")] * (36 - len(row))] for row in rows]
    drawing.blocks[at : at + 1] = [Drawn("t3", part) for part in parts]
    path = tmp_path / "年报.html"
    path.write_text(tidy_page(drawing, random.Random(1))[0], encoding="utf-8")
    assert import_sources([path]).filing.cells == drawing.filing.cells


def test_labels_among_numbers_make_a_row_doubtful(tmp_path):
    """A row whose last cell is the label of the next has lost a cell: its numbers may be one place off."""
    drawing = drawing_of(filing_of(edition_ids()[-1], 3))
    table = next(block for block in drawing.blocks if isinstance(block, Drawn) and block.table == "t2")
    row = next(row for row in table.rows if row[0].text == "规章")
    row[1:] = [Cell("31"), Cell("32"), Cell("行政规范性文件")]
    path = tmp_path / "年报.html"
    path.write_text(tidy_page(drawing, random.Random(1))[0], encoding="utf-8")
    found = import_sources([path])
    assert {cell for cell in found.filing.cells if cell.startswith("t2.rules")} <= found.doubts.keys()
