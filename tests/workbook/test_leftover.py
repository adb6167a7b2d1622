"""修复 tells what a clerk put beside the form: it stays in the old file, and nothing of it goes unsaid."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.repair.run import repair
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


@pytest.mark.parametrize(
    ("change", "told"),
    [
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
