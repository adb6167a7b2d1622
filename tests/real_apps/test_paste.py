"""A table copied from a Word file, Ctrl+V into 表三, and the next button: the form is as before, the numbers stay."""

from __future__ import annotations

import docx
import pytest

from gk_xl.engines.libreoffice.process import properties
from gk_xl.form.filing import Filing
from gk_xl.form.load import load_edition
from gk_xl.report.docx import write_docx
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.layout import FLAGS, layout
from tests.real_apps.desk import T3, desk_of_its_own, right, wait

pytestmark = pytest.mark.application
TABLE, T1 = "D6:J30", "一、总体情况"


@pytest.fixture(scope="module")
def desk():
    with desk_of_its_own() as made:
        yield made


def copied(desk, document, *, largest: bool = False) -> None:
    """Open a Word file in Writer, select its first table, or its largest, or all text, and copy it."""
    path = desk.home / "草稿.docx"
    document.save(path)
    desk.own(path)
    writer = desk.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, properties())
    controller = writer.getCurrentController()
    tables = writer.getTextTables()
    if tables.getCount():
        known = [tables.getByIndex(number) for number in range(tables.getCount())]
        table = next(one for one in known if len(one.getCellNames()) > (100 if largest else 0))
        names = table.getCellNames()
        controller.select(table.getCellRangeByName(f"{names[0]}:{names[-1]}"))
    else:
        cursor = writer.getText().createTextCursor()
        cursor.gotoEnd(True)
        controller.select(cursor)
    service = "com.sun.star.datatransfer.clipboard.SystemClipboard"
    clipboard = desk.context.ServiceManager.createInstanceWithContext(service, desk.context)
    clipboard.setContents(controller.getTransferable(), None)
    desk.copied_from = writer


def paste(desk, document, sheet: str, address: str) -> None:
    """Click into a cell and press Ctrl+V."""
    controller = document.getCurrentController()
    controller.getFrame().activate()
    controller.setActiveSheet(document.Sheets.getByName(sheet))
    controller.select(document.Sheets.getByName(sheet).getCellRangeByName(address))
    controller.getFrame().getContainerWindow().toFront()
    controller.getFrame().getContainerWindow().setFocus()
    desk.xdotool("key", "ctrl+v")


def looks(document, sheet: str, address: str) -> list:
    """Return how each cell of a range looks, is locked, is checked, and is painted by conditions."""
    area = document.Sheets.getByName(sheet).getCellRangeByName(address)
    place, found = area.getRangeAddress(), []
    for row in range(place.EndRow - place.StartRow + 1):
        for column in range(place.EndColumn - place.StartColumn + 1):
            cell = area.getCellByPosition(column, row)
            formats = cell.ConditionalFormat
            found.append(
                (cell.CellProtection.IsLocked, cell.CellBackColor, cell.CharFontName, cell.CharHeight, cell.CharHeightAsian,
                 cell.CharWeight, cell.CharColor, cell.HoriJustify.value, cell.VertJustify, cell.IsTextWrapped,
                 cell.Validation.InputTitle, cell.Validation.Type.value,
                 tuple(formats.getByIndex(n).getFormula1() for n in range(formats.getCount())))
            )  # fmt: skip
    return found


def test_a_table_pasted_from_word(desk):
    """175 numbers by Ctrl+V: locks, fonts, colours, validation and red flags are back after 校验; nothing retyped."""
    filing, cells = right(), layout("2021").names
    table = load_edition("2021").table("t3")
    rows = [[filing.value(f"t3.{row}.{column}") for column in table.columns] for row in table.rows]
    rows[0][-1] += 1  # a wrong total, to be flagged
    word = docx.Document()
    made = word.add_table(rows=len(rows), cols=len(rows[0]))
    for line, values in zip(made.rows, rows, strict=True):
        for cell, value in zip(line.cells, values, strict=True):
            cell.text = str(value)
    blank = filing.with_cells({name: None for name in filing.cells if name.startswith("t3.")})
    document = desk.open(build_workbook(blank))
    sheet = document.Sheets.getByName(T3)
    before = looks(document, T3, TABLE)
    copied(desk, word)
    paste(desk, document, T3, "D6")
    desk.shot("paste_0_pasting")
    wait(lambda: sheet.getCellRangeByName("J30").getString() == str(rows[-1][-1]), "the pasted numbers")
    desk.copied_from.close(True)
    desk.shot("paste_1_pasted")
    assert looks(document, T3, TABLE) != before
    desk.click("校验")
    wait(desk.box, "the message box")
    desk.shot("paste_2_healed")
    said = desk.answer()
    assert said.startswith("已恢复 175 格的格式")
    assert "✗ 未通过" in said
    assert looks(document, T3, TABLE) == before
    values = [[float(value) for value in row] for row in rows]
    assert [list(row) for row in sheet.getCellRangeByName(TABLE).getDataArray()] == values
    total = cells["t3.received_new.total"]
    assert sheet.getCellRangeByName(total.right(FLAGS).address).getValue() == 3
    assert sheet.isProtected()
    desk.type(document, total.address, str(rows[0][-1] - 1))  # the cell takes what is typed again
    document.close(True)


def test_a_table_copied_in_writer_comes_in_by_the_button(desk):
    """导入报告, by mouse: the clipboard is offered, 175 numbers come to their cells; one Ctrl+Z takes them back."""
    filing, total = right(), layout("2021").names["t3.received_new.total"]
    document = desk.open(build_workbook(Filing.blank(2025, filing.unit)), "导入.xlsx")
    report = desk.home / "报告.docx"
    report.write_bytes(write_docx(filing, public=True))
    copied(desk, docx.Document(report), largest=True)
    window = document.getCurrentController().getFrame().getContainerWindow()
    window.toFront()
    window.setFocus()
    desk.click("导入报告")
    asked = wait(desk.box, "the question")
    assert "剪贴板里有复制来的表格" in asked
    desk.shot("import_0_asked")
    desk.answer("Yes")
    wait(desk.box, "the answer")
    desk.shot("import_1_filled")
    said = desk.answer()
    assert said.startswith("已从剪贴板里的表格填入 175 个数")
    cell = document.Sheets.getByName(T3).getCellRangeByName(total.address)
    assert cell.getValue() == filing.cells["t3.received_new.total"]
    window.setFocus()
    desk.xdotool("key", "ctrl+z")
    wait(lambda: cell.getString() == "", "one Ctrl+Z to take all back")
    desk.copied_from.close(True)
    document.close(True)


def test_paragraphs_pasted_from_word(desk):
    """Paragraphs of 16 points with bold parts: wrapped, of the form's own size, open, in rows high enough."""
    word = docx.Document()
    texts = [f"（{number}）" + "本年主动公开政府信息并按规定答复申请。" * 6 for number in "一二三四"]
    for text in texts:
        run = word.add_paragraph().add_run(text)
        run.font.size, run.font.bold = docx.shared.Pt(16), True
    document = desk.open(build_workbook(right()), "段落.xlsx")
    first = layout("2021").names["narrative.overview.1"]
    last = first.down(len(texts) - 1)
    address = f"{first.address}:{last.address}"
    before = looks(document, T1, address)
    copied(desk, word)
    paste(desk, document, T1, first.address)
    sheet = document.Sheets.getByName(T1)
    wait(lambda: sheet.getCellRangeByName(last.address).getString() == texts[-1], "the pasted text")
    desk.copied_from.close(True)
    desk.shot("paste_3_text_pasted")
    desk.click("校验")
    wait(desk.box, "the message box")
    desk.shot("paste_4_text_healed")
    assert desk.answer().startswith("已恢复 ")
    assert looks(document, T1, address) == before
    assert [sheet.getCellRangeByName(first.down(n).address).getString() for n in range(len(texts))] == texts
    height = sheet.getCellRangeByName(first.address).Rows.Height
    assert height > 2_000  # 1/100 mm: four lines
    document.close(True)
