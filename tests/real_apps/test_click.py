"""Real clicks in a real LibreOffice: numbers typed, buttons found by accessibility and pressed, the result looked at.

``GK_XL_STARTS=10`` repeats the main test with as many fresh starts; ``GK_XL_SHOTS=folder`` keeps the screenshots and
the measured seconds there.
"""

from __future__ import annotations

import os
import time

import docx
import pytest

from gk_xl.engines.libreoffice.process import properties
from gk_xl.workbook.build import build_workbook, content_for
from gk_xl.workbook.layout import FLAGS, RESULTS, RESULTS_FIRST, SLIP
from tests.real_apps.desk import T3, desk_of_its_own, right, wait

pytestmark = pytest.mark.application

STARTS = int(os.environ.get("GK_XL_STARTS", "1"))


def address_of(cell: str, columns: int = 0) -> str:
    return content_for(right()).layout.names[cell].right(columns).address


def flag(document, cell: str) -> float:
    """Return the level that stands in the hidden flag of a cell."""
    return document.Sheets.getByName(T3).getCellRangeByName(address_of(cell, FLAGS)).getValue()


def flags(document) -> int:
    """Return how many cells of table three are flagged."""
    block = document.Sheets.getByName(T3).getCellRangeByName("U1:AD40").getDataArray()
    return sum(bool(value) for row in block for value in row)


def note(document, cell: str) -> str:
    return document.Sheets.getByName(T3).getCellRangeByName(address_of(cell)).getAnnotation().getString()


def listed(document) -> list[tuple]:
    sheet = document.Sheets.getByName(RESULTS)
    rows = sheet.getCellRangeByName(f"A{RESULTS_FIRST}:H{RESULTS_FIRST + 60}").getDataArray()
    return [row for row in rows if row[1]]


def in_sight(document) -> bool:
    """Return whether the cell that is selected is not in hidden columns, where the window would be empty."""
    controller = document.getCurrentController()
    return bool(controller.getSelection().Columns.IsVisible)


def protected(document) -> bool:
    return all(document.Sheets.getByName(name).isProtected() for name in document.Sheets.ElementNames)


@pytest.mark.parametrize("start", range(STARTS))
def test_a_clerks_session(desk, start):
    """Wrong total typed → 校验 marks it, names the value; undone and redone; corrected → cleared; 导出报告 → Word file."""
    total = "t3.received_new.total"
    good = right().cells[total]
    document = desk.open(build_workbook(right()))
    desk.type(document, address_of(total), f"{good}1")
    began = desk.click("校验")
    wait(lambda: flag(document, total) == 3, "the flag")
    first = time.monotonic() - began
    wait(desk.box, "the message box")
    desk.shot(f"{start:02}_1_marked")
    assert desk.answer().startswith("✗ 未通过：错误")
    assert f"应为 {good}" in note(document, total)
    assert any(f"改为 {good}" in str(row[5]) for row in listed(document))
    assert document.Sheets.getByName(RESULTS).getCellRangeByName("C2").getString().startswith("✗ 未通过")
    assert protected(document)

    document.getCurrentController().getFrame().getContainerWindow().setFocus()
    desk.xdotool("key", "ctrl+z")
    wait(lambda: not flags(document) and not listed(document), "one Ctrl+Z to take the whole click back")
    assert in_sight(document)
    assert note(document, total) == ""
    assert protected(document)
    desk.xdotool("key", "ctrl+y")
    wait(lambda: flag(document, total) == 3 and listed(document), "Ctrl+Y to bring it back")
    assert in_sight(document)
    document.getCurrentController().setActiveSheet(document.Sheets.getByName(RESULTS))
    desk.shot(f"{start:02}_2_list")

    desk.type(document, address_of(total), str(good), finished=False)  # still in the cell when the button is pressed
    began = desk.click("校验")
    wait(lambda: not flags(document), "the flags to go")
    second = time.monotonic() - began
    desk.shot(f"{start:02}_3_cleared")
    assert desk.answer().startswith(("✓ 通过", "！请确认"))
    assert document.Sheets.getByName(T3).getCellRangeByName(address_of(total)).getValue() == good
    assert note(document, total) == ""
    assert protected(document)
    (desk.shots / f"{start:02}_seconds.txt").write_text(f"first {first:.3f} second {second:.3f}\n")

    desk.click("导出报告")
    assert "公开稿" in desk.answer("No")
    made = wait(lambda: next(desk.home.glob("*.docx"), None), "the Word file")
    wait(lambda: any(url.endswith(".docx") for url in desk.open_files()), "Writer to open it")
    wait(desk.box, "the message box")
    desk.shot(f"{start:02}_4_report")
    assert "已导出" in desk.answer()
    report = docx.Document(str(made))
    assert report.tables
    text = "".join(paragraph.text for paragraph in report.paragraphs)
    assert right().title in text.replace("\n", "")
    assert "校验未通过" not in text


def test_wrong_windows_questions_and_dialogs(desk):
    """Another workbook in front, no line chosen, no file chosen, a no to a question: a sentence each, nothing changed."""
    document = desk.open(build_workbook(right()))
    before = document.Sheets.getByName(T3).getCellRangeByName("A1:AD40").getDataArray()
    desk.click("采纳建议")
    assert "请点选有建议的格" in desk.answer()
    desk.click("载入上年")
    wait(lambda: len(desk.windows()) > 1, "the file dialog")
    time.sleep(1)
    desk.shot("dialog")
    desk.xdotool("key", "Escape")
    assert "没有选择文件" in desk.answer()
    document.Sheets.getByName(T3).getCellRangeByName(address_of("t3.granted.research")).setString("")
    desk.click("一键补零")
    wait(desk.box, "the question")
    desk.shot("question")
    assert "填成 0 吗" in desk.answer("No")
    assert "没有补零" in desk.answer()
    document.Sheets.getByName(T3).getCellRangeByName(address_of("t3.granted.research")).setValue(0)
    desk.click("关于")
    assert "政府信息公开年报工具" in desk.answer()
    other = desk.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, properties())
    wait(lambda: desk.button("校验"), "the toolbar of the other window")
    desk.click("校验")
    told = desk.answer()
    assert "请切换到“年报.xlsx”的窗口" in told
    other.close(True)
    assert document.Sheets.getByName(T3).getCellRangeByName("A1:AD40").getDataArray() == before


def test_return_leaves_a_cell_that_a_button_went_to(desk):
    """报送单 goes to its first line to fill in: what is typed there and below lands in two cells, not in one."""
    document = desk.open(build_workbook(right()))
    desk.click("报送单")
    desk.answer()
    sheet = document.Sheets.getByName(SLIP)
    first = content_for(right()).layout.names["slip.filler"]
    for number in ("7", "8"):
        desk.xdotool("type", "--delay", 30, number)
        desk.xdotool("key", "Return")
    for row, number in enumerate(("7", "8")):
        cell = sheet.getCellRangeByName(first.down(row).address)
        wait(lambda cell=cell, number=number: cell.getString() == number, f"{number} in its own cell")
    document.close(True)


@pytest.mark.parametrize("first_row", [24, 25])
def test_a_number_into_a_blank_total(first_row):
    """The sums below the table turn from blank to numbers just where the window ends: LibreOffice draws them, and lives."""
    with desk_of_its_own("1366x768") as desk:
        document = desk.open(build_workbook(right()))
        controller, sheet = document.getCurrentController(), document.Sheets.getByName(T3)
        controller.setActiveSheet(sheet)
        total = sheet.getCellRangeByName("D29")
        total.setFormula("")
        controller.select(total)
        controller.getByIndex(controller.getCount() - 1).setFirstVisibleRow(first_row)
        total.setValue(7)
        document.setModified(True)
        assert total.getValue() == 7
        desk.click("合计")
        assert "总计" in desk.answer("No")
