"""What the buttons restore of looks: number formats, prompts, what lay under a merge, columns open by their style."""

from __future__ import annotations

import io
import shutil
import zipfile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Protection

from gk_xl.addin import buttons
from gk_xl.checks.run import check
from gk_xl.engines.core.dressing import Rule
from gk_xl.engines.core.errors import EngineError
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.styles import COMPUTED
from tests.addin.clerk import heal
from tests.addin.conftest import FACES, application
from tests.addin.pasted import T3, TABLE, dress_of, strip
from tests.conftest import ROOT
from tests.workbook.damage.filling import filled


def test_conditional_formats_of_another_workbook_are_none_of_ours(opened):
    """Cells pasted with formats of their own count as damaged: the flag would not be seen."""
    book = opened(*filled("2021", 1))
    look = {"bg_color": "#00FF00", "font_color": "#000000"}
    book.sheets[T3].impl.unprotect()
    strip(book, T3, TABLE)
    dressing = book.sheets[T3].impl.dressing
    dressing.lock(TABLE, locked=False)
    dressing.conditions(TABLE, [Rule((6, 4), "D6>100", look)])
    book.sheets[T3].impl.protect()
    assert heal(book).startswith("已恢复 175 格的格式")
    assert all(state.conditioned for state in dressing.states(TABLE, "INDEX("))


@pytest.mark.parametrize("face", [face for face in FACES if "inside" not in str(face)])
def test_formulas_of_an_earlier_template_get_a_number_format(apps, tmp_path, face):
    """LibreOffice gives a plain formula a format while it draws, which can end it; what is shown stays the same."""
    name = face.partition(" ")[0]
    path = tmp_path / "旧模板.xlsx"
    shutil.copy(ROOT / "tests" / "golden" / "workbook" / "template_1.xlsx", path)
    book = application(apps, name).books.open(str(path))
    formulas = [
        (sheet.title, cell.coordinate)
        for sheet in load_workbook(path)
        for line in sheet.iter_rows()
        for cell in line
        if cell.data_type == "f" and cell.number_format == "General"
    ]
    assert len(formulas) > 100
    shown = {place: str(book.sheets[place[0]].range(place[1]).value) for place in formulas}
    assert buttons.clear_marks(book) == (
        "这本工作簿是旧模板，已给自动计算的格补上数字格式，显示不变（没有它，LibreOffice 可能意外退出）。没有要清除的标记。"
    )
    assert {book.sheets[title].range(address).number_format for title, address in formulas} == {COMPUTED}
    assert {place: str(book.sheets[place[0]].range(place[1]).value) for place in formulas} == shown
    assert all(sheet.impl.protected for sheet in book.sheets)
    assert buttons.clear_marks(book) == "没有要清除的标记。"
    book.close()


def test_a_cell_copied_over_another_gets_its_own_prompt_and_look_back(opened):
    """A total put over an entry brings its row's prompt and its look along; nothing is locked, and it is damage all the same."""
    book = opened(*filled("2021", 1))
    sheet = book.sheets[T3].impl
    before = dress_of(book, T3, TABLE)
    sheet.unprotect()
    if hasattr(sheet, "uno"):
        sheet.uno.copyRange(
            sheet.uno.getCellByPosition(5, 9).getCellAddress(), sheet.uno.getCellRangeByName("J8:J9").getRangeAddress()
        )
    else:
        from copy import copy

        for row in (10, 11):
            sheet.cell(row, 6)._style = copy(sheet.cell(8, 10)._style)
        rules = sheet.file.data_validations.dataValidation
        (eighth,) = [rule for rule in rules if "D8" in rule.sqref]
        for rule in rules:
            if "F10" in rule.sqref or "F11" in rule.sqref:
                rule.sqref = type(rule.sqref)(
                    " ".join(
                        str(rule.sqref)
                        .replace("D10:J10", "D10:E10 G10:J10")
                        .replace("D11:J11", "D11:E11 G11:J11")
                        .split()
                    )
                )
        eighth.sqref.add("F10:F11")
    sheet.protect()
    assert heal(book).startswith("已恢复 2 格的格式（“三、依申请公开”F10:F11）")
    assert dress_of(book, T3, TABLE) == before
    assert heal(book) == ""


def merged_over(path, filing):
    """Save a judged filing with B6:D6 of 表二 merged over what stands in it."""
    made = build_workbook(filing, result=check(filing), checked_at="2026-01-10 09:00")
    with zipfile.ZipFile(io.BytesIO(made)) as source, zipfile.ZipFile(path, "w") as target:
        for part in source.namelist():
            text = source.read(part)
            if b'<mergeCell ref="B9:D9"/>' in text:
                text = text.replace(b'<mergeCell ref="B9:D9"/>', b'<mergeCell ref="B9:D9"/><mergeCell ref="B6:D6"/>')
            target.writestr(part, text)


@pytest.mark.filterwarnings("ignore:Cell .* is part of a merged range")
def test_what_lay_under_a_merge_shows_again(apps, tmp_path):
    """LibreOffice keeps in the file what a merged cell, dropped there, covers; openpyxl drops values and notes on reading."""
    path = tmp_path / "年报.xlsx"
    merged_over(
        path, filled("2021", 1)[0].with_cells({"t2.normative_doc.repealed": "若干", "t2.normative_doc.in_force": 9})
    )
    book = application(apps, "openpyxl").books.open(str(path))
    sheet = book.sheets["二、主动公开"]
    assert sheet.range("C6:D6").value == [None, None]
    assert "已拆开后来合并的格（“二、主动公开”B6:D6），压在下面的数露出来了，请核对。" in heal(book)
    assert sheet.range("C6:D6").value == ["若干", 9]
    assert "若干" in sheet.range("C6").note.text
    assert [note.location.address for note in sheet.impl.notes].count("$C$6") == 1
    book.close()


def test_a_column_open_by_its_style_alone_stays_open(apps, tmp_path):
    """As LibreOffice saves 校验结果: where no cell is, the column says what a cell looks like, whatever was looked for."""
    path = tmp_path / "列.xlsx"
    made = Workbook()
    made.active.column_dimensions["G"].protection = Protection(locked=False)
    made.active.append(["=1+1"])
    made.active.append([None] * 8 + ["边"])
    made.active.protection.sheet = True
    made.save(path)
    book = application(apps, "openpyxl").books.open(str(path))
    sheet = book.sheets[0]
    assert sheet.impl.dressing.plain_formulas([(1, 1, 9, 9)]) == [(1, 1, 1, 1)]
    assert sheet.range("B1:H40").value == [[None] * 7] * 40
    assert sheet.range("B1:H40").formula == ((("",) * 7),) * 40
    assert len(sheet.impl.there()) == 2  # reading made none
    assert (sheet.used_range.shape, sheet.impl.notes) == ((2, 9), [])
    assert sheet.impl.dressing.unlocked([(1, 6, 3, 8)]) == [(row, 7, row, 7) for row in (1, 2, 3)]
    sheet.range("G2").value = "台账如此"
    with pytest.raises(EngineError):
        sheet.range("F2").value = "台账如此"
    book.close()
