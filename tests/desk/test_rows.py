"""Rows that are put together here are what XlsxWriter makes of the same cells, sign by sign."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter
from openpyxl import load_workbook

from gk_xl.desk.book.paper import LONGEST, Formula, Link, Paper
from gk_xl.desk.book.rows import NumberRow
from gk_xl.workbook.build import EPOCH

TEXTS = (
    "甲乡人民政府", " 前后有空 ", "两行\n文字", "&<>\"'", "_x0041_", "响铃\x07", "\ufffe尾", "😀" * 17_000, "长" * (LONGEST + 9),
    "末尾换行\n", "=1+1", "12", "https://x.cn",
)  # fmt: skip
NUMBERS = (0, -3, 12, 3.5, 0.1 + 0.2, 1e15, 123456789012345678, 1e-7, -0.0)
LINKS = (
    Link("external:../报送/甲 乡#1.xlsx", "甲", "报送/甲 乡.xlsx"),
    Link("external:../报送/100%[甲]{}.xlsx#'三、依申请公开'!J8", "J8", '<a> & "b"\nc'),
    Link("internal:'问题清单'!A5", 7),
    Link("external:/abs/甲.xlsx", "x", "😀" * 200),
    Link("external:./下面/甲.xlsx", "x"),
)
FORMULAS = (
    Formula('IF(AND(B7="未通过",$C$2<>"计入"),0,1)', 1),
    Formula('IF(COUNT(D7,E7)=2,D7-E7,"")', None),
    Formula("A1&B1", "<甲>", "internal:'各单位数据'!D6", "看"),
    Formula("SUM(A1:A2)", 2.5),
)
ROWS = [
    *[[("result_text", text), ("result_centre", None), ("mark", "")] for text in TEXTS],
    *[[("number_cell", number), ("level_error", -number)] for number in NUMBERS],
    *[[("result_text", "看"), ("link", link)] for link in LINKS],
    *[[("difference_cell", formula)] for formula in FORMULAS],
]
HEIGHTS = (None, 15, 23, 38.5, 400)


def parts(*, by_row):
    """Return the parts of a workbook whose rows are put together here, or written by XlsxWriter cell by cell, and its file."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": EPOCH})
    if not by_row:
        plain = book.add_worksheet
        book.add_worksheet = lambda title, _: plain(title)
    paper = Paper(book)
    sheet = paper.add("表", [10, 20, 30], by_row=True)
    paper.band(sheet, 0, 3, "title_left", "题", 30)
    for row, cells in enumerate(ROWS, start=2):
        paper.row(sheet, row, cells, HEIGHTS[row % len(HEIGHTS)])
    paper.write(sheet, len(ROWS) + 4, 1, "sum_link", Formula("SUM(A1:A2)", 3, "internal:'表'!A1", "回"))
    sheet.autofilter(1, 0, len(ROWS) + 1, 2)
    book.close()
    with zipfile.ZipFile(buffer) as package:
        return {name: package.read(name).decode() for name in package.namelist()}, buffer


def test_rows_are_what_xlsxwriter_writes():
    ours, data = parts(by_row=True)
    theirs, _ = parts(by_row=False)
    assert ours.keys() == theirs.keys()
    for name, part in theirs.items():
        assert ours[name] == part, name
    sheet = load_workbook(data)["表"]
    assert sheet["A3"].value == TEXTS[0]
    assert sheet.cell(3 + len(TEXTS) + len(NUMBERS), 2).hyperlink.tooltip == "报送/甲 乡.xlsx"


def test_a_text_that_looks_like_looks_is_a_text(monkeypatch):
    """XlsxWriter takes such a text for one that carries its own looks: half of it would break the sheet."""
    monkeypatch.setitem(globals(), "ROWS", [[("result_text", "<r>甲</r>")]])
    _, data = parts(by_row=True)
    assert load_workbook(data)["表"]["A3"].value == "<r>甲</r>"


@pytest.mark.parametrize(
    ("values", "plain"),
    [
        ((0, 12, -7), True),
        ((0.5, 12, 1e15), True),
        ((1, None, 2), False),
        ((1, "12件", 2), False),
        ((10**16, 1, 1), False),
        ((True, 1, 1), False),
    ],
)
def test_a_row_of_numbers_is_its_cells(values, plain):
    """All at once where each is a plain number; else the cells are written one by one."""
    paper = Paper(xlsxwriter.Workbook(io.BytesIO()))
    sheet = paper.add("表", [9], by_row=True)
    sheet.begin(8)
    row = NumberRow(27, 3, paper.index("number_cell")).plain(8, values)
    assert (row is not None) == plain
    if plain:
        assert row == "".join(paper.cell(sheet, 8, 27 + at, "number_cell", value) for at, value in enumerate(values))
    sheet.put(8, row or "", 29)
    paper.book.close()
