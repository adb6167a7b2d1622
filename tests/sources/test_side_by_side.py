"""Sheets with tables beside each other: each is read for itself, wherever it stands, saved as a workbook or as a page."""

from __future__ import annotations

from html import escape

import pytest
from openpyxl import Workbook
from openpyxl.cell.cell import MergedCell

from gk_xl.form.load import edition_ids
from gk_xl.sources.open import import_sources
from tests.sources.drawn import Drawn, drawing_of, filing_of
from tests.sources.measure import judged
from tests.sources.test_sheet_strips import WIDE, parts_of, put_tables

EDITIONS = edition_ids()
PLACES = {
    "t3 | t2, t4": {"t3": (3, 1), "t2": (3, WIDE), "t4": (30, WIDE)},
    "t2 | t3, t4 below": {"t2": (4, 2), "t3": (4, 9), "t4": (40, 2)},
    "t4 | t2 | t3": {"t4": (3, 1), "t2": (3, 18), "t3": (5, 26)},
    "t3 | t4 far below its head": {"t2": (3, 1), "t3": (30, 1), "t4": (44, WIDE + 3)},
}


def book_of(drawing, places, *, all_below=False):
    """Return a report in one sheet whose tables stand at these places, its text above and below them."""
    title, texts, tables = parts_of(drawing)
    book = Workbook()
    page = book.active
    page.cell(1, 1, title)
    below = 0 if all_below else next(number for number, text in enumerate(texts) if text.startswith("五、"))
    for heading, table in zip(tables[::2], tables[1::2], strict=True):
        row, column = places[table.table]
        put_tables(page, [heading, table], row + below, column)
    for row, text in enumerate(texts[:below], 2):
        page.cell(row, 1, text)
    for row, text in enumerate(texts[below:], page.max_row + 2):
        page.cell(row, 1, text)
    return book


def page_of(book):
    """Return a sheet as the page as which an office program saves it: one table."""
    sheet = book.active
    spans = {merge.coord.split(":")[0]: merge.size for merge in sheet.merged_cells.ranges}
    rows = ""
    for row in sheet.iter_rows():
        cells = ""
        for cell in row:
            size = spans.get(cell.coordinate, {"rows": 1, "columns": 1})
            if not isinstance(cell, MergedCell):
                shown = "" if cell.value is None else f"{cell.value:g}" if isinstance(cell.value, float) else cell.value
                cells += f"<td rowspan={size['rows']} colspan={size['columns']}>{escape(shown)}</td>"
        rows += f"<tr>{cells}</tr>"
    return f"<html><meta charset=utf-8><body><table>{rows}</table></body></html>"


def written(tmp_path, book, way):
    path = tmp_path / f"年报.{way}"
    if way == "xlsx":
        book.save(path)
    else:
        path.write_text(page_of(book), encoding="utf-8")
    return path


@pytest.mark.parametrize("way", ["xlsx", "html"])
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("places", PLACES.values(), ids=PLACES)
def test_tables_beside_each_other_are_read(tmp_path, places, edition, way):
    """Every number and every sentence."""
    drawing = drawing_of(filing_of(edition, 23))
    found = judged(drawing, import_sources([written(tmp_path, book_of(drawing, places), way)]))
    assert not found.silent
    assert not found.broken
    assert found.right == found.all


@pytest.mark.parametrize("places", PLACES.values(), ids=PLACES)
def test_text_below_tables_beside_each_other_is_that_of_its_sections(tmp_path, places):
    """All of it stands below the tables, 一 as well; what stands before 一 only is told."""
    drawing = drawing_of(filing_of(EDITIONS[-1], 23))
    book = book_of(drawing, places, all_below=True)
    imported = import_sources([written(tmp_path, book, "xlsx")])
    found = judged(drawing, imported)
    assert not found.silent
    assert found.right == found.all
    for part in ("problems", "other_matters"):
        assert imported.filing.narrative[part] == drawing.filing.narrative[part]
    own = drawing.filing.narrative["overview"]
    assert imported.filing.narrative["overview"][: len(own)] == own


@pytest.mark.parametrize("first", [True, False])
def test_another_copy_beside_a_table_is_never_read_in_silence(tmp_path, first):
    """Last year's table stands to the right of this year's, or to the left."""
    drawing, older = (drawing_of(filing_of(EDITIONS[-1], seed)) for seed in (23, 24))
    book = book_of(drawing, {"t2": (3, 1), "t3": (30, 1 if first else WIDE), "t4": (70, 1)})
    begin = next(cell.row for row in book.active.iter_rows() for cell in row if f"{cell.value}".startswith("三、收到"))
    copy = next(block for block in older.blocks if isinstance(block, Drawn) and block.table == "t3")
    put_tables(book.active, ["上年数", copy], begin, WIDE if first else 1)
    assert not judged(drawing, import_sources([written(tmp_path, book, "xlsx")])).silent
