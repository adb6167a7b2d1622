"""Sheets with text beside their tables: a column of text is read by itself, the tables stay as they are."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from gk_xl.form.load import edition_ids
from gk_xl.sources.open import import_sources
from tests.sources.drawn import Drawn, drawing_of, filing_of
from tests.sources.measure import judged
from tests.sources.test_div_grids import placed

EDITIONS = edition_ids()
WIDE = 16
"""Columns of the widest table, and one."""


def parts_of(drawing):
    """Return a report's title, its lines of text, and its tables with the headings above them."""
    title, *rest = drawing.blocks
    tables, texts = [], []
    for block, below in zip(rest, [*rest[1:], ""], strict=True):
        own = isinstance(block, Drawn) or isinstance(below, Drawn)
        (tables if own else texts).append(block)
    return title, texts, tables


def put_tables(page, tables, row, column):
    for block in tables:
        if isinstance(block, str):
            page.cell(row, column, block)
            row += 1
            continue
        for line, at, cell in placed(block):
            value = float(cell.text) if cell.text.replace(".", "", 1).isdigit() and cell.text.isascii() else cell.text
            page.cell(row + line - 1, column + at - 1, value)
            if cell.rows * cell.columns > 1:
                page.merge_cells(
                    start_row=row + line - 1, end_row=row + line + cell.rows - 2,
                    start_column=column + at - 1, end_column=column + at + cell.columns - 2,
                )  # fmt: skip
        row += len(block.rows) + 1


def to_the_right(page, texts, tables):
    """A line a row, beside the tables."""
    put_tables(page, tables, 3, 1)
    for row, text in enumerate(texts, 3):
        page.cell(row, WIDE, text)


def further_down(page, texts, tables):
    """It begins beside 表三, behind some blank columns, with blank rows between."""
    put_tables(page, tables, 3, 1)
    for row, text in enumerate(texts):
        page.cell(24 + 2 * row, WIDE + 4, text)


def to_the_left(page, texts, tables):
    """The text first, the tables to the right of it."""
    put_tables(page, tables, 3, 3)
    for row, text in enumerate(texts, 3):
        page.cell(row, 1, text)


def in_one_cell(page, texts, tables):
    """All of the text in one merged cell, its paragraphs as lines."""
    put_tables(page, tables, 3, 1)
    page.cell(4, WIDE, "\n".join(texts))
    page.merge_cells(start_row=4, end_row=30, start_column=WIDE, end_column=WIDE + 5)


def on_both_sides(page, texts, tables):
    """一 to the left, 五 and 六 to the right."""
    put_tables(page, tables, 3, 2)
    at = next(number for number, text in enumerate(texts) if text.startswith("五、"))
    for column, own in ((1, texts[:at]), (WIDE + 3, texts[at:])):
        for row, text in enumerate(own, 3):
            page.cell(row, column, text)


def saved(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("way", [to_the_right, further_down, to_the_left, in_one_cell, on_both_sides])
def test_text_beside_tables_is_read(tmp_path, edition, way):
    """Every sentence and every number."""
    drawing = drawing_of(filing_of(edition, 17))
    title, texts, tables = parts_of(drawing)
    book = Workbook()
    book.active.cell(1, 1, title)
    way(book.active, texts, tables)
    path = tmp_path / "年报.xlsx"
    path.write_bytes(saved(book))
    found = judged(drawing, import_sources([path]))
    assert not found.silent
    assert not found.broken
    assert found.right == found.all


def test_notes_beside_the_rows_of_a_table_are_no_text_of_the_report(tmp_path):
    """What explains a row is not taken for a paragraph of a section."""
    drawing = drawing_of(filing_of(EDITIONS[-1], 17))
    title, texts, tables = parts_of(drawing)
    book = Workbook()
    page = book.active
    page.cell(1, 1, title)
    at = next(number for number, text in enumerate(texts) if text.startswith("五、"))
    for row, text in enumerate(texts[:at], 2):
        page.cell(row, 1, text)
    put_tables(page, tables, 12, 1)
    for row in range(12, page.max_row + 1):
        if any(isinstance(page.cell(row, column).value, float) for column in range(1, WIDE)):
            page.cell(row, WIDE, "填报说明：按本年度实际发生的件数填写，没有的填0。")
    for row, text in enumerate(texts[at:], 70):
        page.cell(row, 1, text)
    path = tmp_path / "年报.xlsx"
    path.write_bytes(saved(book))
    found = import_sources([path])
    assert not any("填报说明" in text for part in found.filing.narrative.values() for text in part)
    assert not judged(drawing, found).silent
