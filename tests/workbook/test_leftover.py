"""修复 tells what a clerk put beside the form: it stays in the old file, and nothing of it goes unsaid."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Color, PatternFill

from gk_xl.sources.open import import_sources
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.repair.run import left_behind, repair
from gk_xl.workbook.styles import STYLES
from tests.filings import whole


@pytest.fixture
def book(tmp_path):
    """A workbook with a clerk's things on sheets of the form; called with a change of its own."""

    def made(change):
        opened = openpyxl.load_workbook(BytesIO(build_workbook(whole("2021"))))
        change(opened)
        opened.save(tmp_path / "乱.xlsx")
        return repair(tmp_path / "乱.xlsx").told.left

    return made


def note(opened):
    opened["台账"]["D20"].comment = Comment("问过财政所", "张三")


def remark(opened):
    opened["台账"]["Z3"] = "月报另存在共享盘"


def chart(opened):
    drawn = BarChart()
    drawn.add_data(Reference(opened["三、依申请公开"], min_col=4, min_row=8, max_row=12))
    opened["三、依申请公开"].add_chart(drawn, "M3")


def paint(opened):
    for address in ("D8", "E9"):
        opened["三、依申请公开"][address].fill = PatternFill("solid", fgColor="FFFF00")


def overtype(opened):
    """A head that a formula makes: the sheet was unprotected, and words of one's own typed over it."""
    opened["三、依申请公开"]["A2"] = "本县另有说明"


def frozen(opened):
    """Saved by a program that keeps no formulas: what they came to is nobody's words."""
    for row in opened["三、依申请公开"].iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.value = "示例乡　2025年度" if cell.coordinate == "A2" else "✓"


def white(opened):
    """What comes with a paste from Word, and with ours: no colour that a clerk gave."""
    sheet = opened["三、依申请公开"]
    sheet["D8"].fill = PatternFill("solid", fgColor="FFFFFF")
    sheet["D9"].fill = PatternFill("solid", fgColor=Color(theme=0))
    sheet["D10"].fill = PatternFill("solid", fgColor=STYLES["total"]["bg_color"].lstrip("#"))
    sheet["D11"].fill = PatternFill(fill_type=None)


@pytest.mark.parametrize("change", [frozen, white])
def test_what_no_clerk_made_is_not_told(book, change):
    assert book(change) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (paint, "“三、依申请公开”上涂的颜色（D8、E9）"),
        (overtype, "“三、依申请公开”A2 的文字“本县另有说明”"),
        (note, "“台账”D20 的批注“问过财政所”"),
        (remark, "“台账”Z3 的文字“月报另存在共享盘”"),
        (chart, "“三、依申请公开”上的图片、图表"),
        (lambda opened: opened.create_sheet("各村"), "工作表“各村”"),
    ],
)
def test_what_stays_in_the_old_file_is_told(book, change, told):
    assert book(change) == [told]


def test_a_note_on_a_cell_that_is_filled_in_comes_along(book):
    """It stands in the new workbook: nothing is left."""

    def change(opened):
        opened["三、依申请公开"]["D8"].comment = Comment("问过财政所", "张三")

    assert book(change) == []


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_of_a_workbook_with_nothing_beside_the_form_nothing_is_told(tmp_path, edition):
    (tmp_path / "年报.xlsx").write_bytes(build_workbook(whole(edition)))
    assert repair(tmp_path / "年报.xlsx").told.left == []


def test_an_import_tells_what_a_workbook_holds_besides(tmp_path):
    """The clerk's own sheet, a note on a cell that is filled in, last year's numbers: each a line, fetched from the old."""
    path = tmp_path / "年报.xlsx"
    opened = openpyxl.load_workbook(BytesIO(build_workbook(whole("2021"), whole("2021"))))
    opened.create_sheet("各村")
    opened["三、依申请公开"]["D8"].comment = Comment("问过财政所", "张三")
    opened.save(path)
    left = left_behind(path.read_bytes(), path)
    assert left == ["工作表“各村”", "“三、依申请公开”D8 的批注“问过财政所”", "上年数据"]
    told = [note.message for note in import_sources([path]).notes]
    assert told[:3] == [f"{what}没有带过来，仍在“年报.xlsx”里。" for what in left]


def test_an_import_of_a_clean_workbook_leaves_nothing(tmp_path):
    path = tmp_path / "年报.xlsx"
    path.write_bytes(build_workbook(whole("2021")))
    assert left_behind(path.read_bytes(), path) == []
