"""Workbooks of others: a sheet for each table, the text on one behind them, a sheet about the workbook before."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from openpyxl import Workbook, load_workbook

from gk_xl.form.load import edition_ids
from gk_xl.sources.document import BOXED
from gk_xl.sources.model import NoteKind
from gk_xl.sources.open import import_sources
from tests.sources.drawn import Drawing, Drawn, drawing_of, filing_of, once
from tests.sources.measure import judged
from tests.sources.writers import sheet

ABOUT = ["填报说明", "1.本表由各乡镇填写，报县政务公开办。", "2.没有发生的填0，不得空项。"]
SIGNED = "单位负责人：李某　　审核人：王某　　填表日期：2026年1月12日"


def book(drawing, *, text_first):
    """Return a workbook whose tables stand on sheets of their own, with a caption above and who filled them in below."""
    made = Workbook()
    made.remove(made.active)
    text = [block for block in drawing.blocks if isinstance(block, str)]
    sheets = [("填报说明", ABOUT)]
    sheets += [
        (f"表{block.table[1]}", ["样板乡统计表", block, SIGNED]) for block in drawing.blocks if isinstance(block, Drawn)
    ]
    sheets = [("文字部分", text), *sheets] if text_first else [*sheets, ("文字部分", text)]
    for title, blocks in sheets:
        data, _ = sheet(Drawing(drawing.filing, blocks), None)
        page, source = made.create_sheet(title), load_workbook(io.BytesIO(data)).active
        for row in source.iter_rows():
            for cell in row:
                page.cell(cell.row, cell.column, cell.value)
        for merged in source.merged_cells.ranges:
            page.merge_cells(str(merged))
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("text_first", [False, True], ids=["text last", "text first"])
@pytest.mark.parametrize("edition", edition_ids())
def test_the_text_is_that_of_the_sheet_with_the_title(tmp_path, edition, text_first):
    """Nothing of other sheets is a preamble, and no row that was read is told as left out."""
    drawing = drawing_of(filing_of(edition, 3))
    path = tmp_path / "统计表.xlsx"
    path.write_bytes(book(drawing, text_first=text_first))
    imported = import_sources([path])
    found = judged(drawing, imported)
    assert (found.right, found.silent, found.broken) == (found.all, [], [])
    left = [note.found for note in imported.notes_of(NoteKind.UNPLACED)]
    assert sorted(left) == sorted([*ABOUT, *3 * ["样板乡统计表", SIGNED]])


def boxed(name):
    """Make a workbook whose preamble and texts of 一 and 五 float in boxes; return its drawing."""
    drawing, row = drawing_of(filing_of(edition_ids()[-1], 3)), 0
    floating = [*drawing.narrative["preamble"], *drawing.narrative["overview"], *drawing.narrative["problems"]]
    made = xlsxwriter.Workbook(name)
    page = made.add_worksheet()
    for block in drawing.blocks:
        if block in floating:
            page.insert_textbox(row, 1, f"{block}\n", {"width": 500, "height": 30})
            row += 3
        elif isinstance(block, str):
            page.write(row, 0, block)
            row += 1
        else:
            for line in once(block):
                for column, text in enumerate(line):
                    page.write(row, column, float(text) if text.replace(".", "").isdecimal() else text)
                row += 1
            page.insert_textbox(row - 2, 3, "请勿改动表格", {"width": 50, "height": 20})
    made.close()
    return drawing


def test_texts_in_boxes_stand_where_they_begin(tmp_path):
    """They were nowhere: 没有找到正文. A box over a table parts none of its rows."""
    drawing = boxed(path := tmp_path / "年报.xlsx")
    imported = import_sources([path])
    found = judged(drawing, imported)
    assert (found.right, found.broken) == (found.all, [])
    assert BOXED.format(8) in [note.message for note in imported.notes]
