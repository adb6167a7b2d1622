"""One suite for every xlwings engine: what holds in Excel holds in LibreOffice and in a closed file."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import xlwings as xw
from openpyxl import load_workbook

from gk_xl.engines.core.errors import EngineError, Refusal
from gk_xl.workbook.read import read_workbook
from tests.engines.conftest import is_closed_file, when


@pytest.mark.parametrize(
    "value",
    [0.0, 1.0, -7.5, 1e15, 0.1 + 0.2, "文字", "12件", "１２", "多\n行", True, False, None, when(2026, 1, 10), when(1999, 12, 31, 23, 59)],
)  # fmt: skip
def test_a_value_comes_back_as_it_was_written(sheet, value):
    """Numbers as floats, texts as texts whatever they look like, TRUE as TRUE, a blank as None, dates as dates."""
    sheet["B2"].value = "something else"
    sheet["B2"].value = value
    assert sheet["B2"].value == value
    assert type(sheet["B2"].value) is type(value)


def test_a_text_that_looks_like_a_number_or_a_formula_stays_text_behind_an_apostrophe(sheet):
    """The apostrophe is Excel's own sign for a text; it is no part of it."""
    sheet["A1"].value = [["'12", "'=1+1", "'-"]]
    assert sheet["A1:C1"].value == ["12", "=1+1", "-"]


def test_blocks_have_the_shape_of_their_range(sheet):
    """A cell is a scalar, a row or column a list, a block a list of lists; ``ndim`` asks for rows always."""
    sheet["B2"].value = [[1, "二", None], [4.5, None, True]]
    assert sheet["B2:D3"].value == [[1.0, "二", None], [4.5, None, True]]
    assert sheet["B2:B3"].value == [1.0, 4.5]
    assert sheet["B2:D2"].value == [1.0, "二", None]
    assert sheet["B2"].options(ndim=2).value == [[1.0]]
    assert sheet.range((2, 2), (3, 4)).shape == (2, 3)
    assert sheet.range((2, 2), (3, 4)).get_address(False, False) == "B2:D3"
    assert sheet["B2:D3"].address == "$B$2:$D$3"
    assert sheet["B2"].get_address(include_sheetname=True).endswith("!$B$2")
    assert sheet["A1"].options(empty="空").value == "空"
    assert sheet["B2:B3"].options(numbers=int).value == [1, 4]


def test_one_value_fills_a_range(sheet):
    """A scalar goes into every cell, as in Excel."""
    sheet["A1:B2"].value = 7
    assert sheet["A1:B2"].value == [[7.0, 7.0], [7.0, 7.0]]


def test_pandas_and_numpy_go_in_and_come_out(sheet):
    """A data frame with numbers, texts, dates and gaps comes back equal; gaps are blanks, not the text NaN."""
    frame = pd.DataFrame(
        {"乡镇": ["甲乡", "乙镇", None], "件数": [12.0, np.nan, 3.0], "日期": [when(2026, 1, 5), pd.NaT, when(2026, 1, 7)]},
        index=pd.Index([1.0, 2.0, 3.0], name="序号"),
    )  # fmt: skip
    sheet["A1"].value = frame
    assert sheet["A1:D2"].value == [["序号", "乡镇", "件数", "日期"], [1.0, "甲乡", 12.0, when(2026, 1, 5)]]
    assert sheet["C3"].value is None
    assert sheet["D3"].value is None
    back = sheet["A1:D4"].options(pd.DataFrame).value
    assert back["件数"].sum() == 15
    assert list(back["乡镇"])[:2] == ["甲乡", "乙镇"]
    sheet["G1"].value = np.arange(6, dtype=np.int64).reshape(2, 3)
    assert sheet["G1"].expand().options(np.array).value.tolist() == [[0, 1, 2], [3, 4, 5]]
    sheet["A10"].options(index=False, header=False).value = frame
    assert sheet["A10"].value == "甲乡"


def test_steps_through_a_table(sheet):
    """expand, end and current_region stop where Ctrl+arrow stops in Excel."""
    sheet["B2"].value = [[1, 2, 3], [4, 5, None], [7, 8, 9]]
    sheet["B9"].value = "尾"
    assert sheet["B2"].expand().get_address(False, False) == "B2:D4"
    assert sheet["B2"].expand("down").get_address(False, False) == "B2:B4"
    assert sheet["B2"].expand("right").get_address(False, False) == "B2:D2"
    assert sheet["B2"].end("down").row == 4
    assert sheet["B4"].end("down").row == 9
    assert sheet["B9"].end("down").row == 1_048_576
    assert sheet["B9"].end("up").row == 4
    assert sheet["D2"].end("left").column == 2
    assert sheet["B2"].end("up").row == 1
    assert sheet["C3"].current_region.get_address(False, False) == "B2:D4"
    assert sheet["B2"].offset(1, 1).value == 5
    assert sheet["B2"].resize(2, 2).value == [[1, 2], [4, 5]]
    assert sheet["B2:D4"][1, 0].value == 4
    assert [cell.value for cell in sheet["B2:C2"]] == [1, 2]
    assert sheet.used_range.last_cell.get_address(False, False) == "D9"


def test_formulas_are_written_and_read_in_excels_notation(app, book, sheet):
    """Commas, quotes and other sheets as Excel writes them, read back the same; calculated where an application is."""
    book.sheets.add("二、表 格", after=sheet)
    book.sheets["二、表 格"]["A1"].value = 5
    sheet["A1"].value = [[1], [2], [3]]
    sheet["B1"].formula = "=SUM(A1:A3,'二、表 格'!A1)"
    sheet["B2"].value = '=IF(A1=1,"a,b","no")'
    assert sheet["B1"].formula == "=SUM(A1:A3,'二、表 格'!A1)"
    assert sheet["B1:B2"].formula == (("=SUM(A1:A3,'二、表 格'!A1)",), ('=IF(A1=1,"a,b","no")',))
    assert sheet["A1"].formula == "1"
    assert sheet["C9"].formula == ""
    if not is_closed_file(app):
        assert sheet["B1:B2"].value == [11.0, "a,b"]
        sheet["A1"].value = 10
        assert sheet["B1"].value == 20
        sheet["B3"].formula = "=1/0"
        assert sheet["B3"].value is None
        assert sheet["B3"].options(err_to_str=True).value == "#DIV/0!"


def test_a_formula_overwritten_by_its_own_value_is_gone(app, sheet):
    """Writing 3 over =1+2 leaves the number 3."""
    sheet["A1"].formula = "=1+2"
    sheet["A1"].value = 3
    assert sheet["A1"].formula == "3"


def test_looks(sheet):
    """Fill, font, alignment, wrapping, number format, borders, heights and widths are read as they were set."""
    area = sheet["B2:C3"]
    assert area.color is None
    area.color = (255, 139, 1)
    assert area.color == (255, 139, 1)
    area.color = "#10ff20"
    assert sheet["C3"].color == (16, 255, 32)
    area.color = None
    assert area.color is None
    area.font.bold, area.font.size, area.font.name, area.font.color = True, 14, "黑体", (156, 0, 6)
    assert (area.font.bold, area.font.size, area.font.name, area.font.color) == (True, 14, "黑体", (156, 0, 6))
    assert sheet["B1:B2"].font.bold is None
    area.font.bold, area.font.italic = False, True
    assert (area.font.bold, area.font.italic) == (False, True)
    area.wrap_text, area.horizontal_alignment, area.vertical_alignment = True, "center", "top"
    assert (area.wrap_text, area.horizontal_alignment, area.vertical_alignment) == (True, "center", "top")
    area.number_format = "0.00"
    assert area.number_format == "0.00"
    area.row_height, area.column_width = 36, 20
    assert area.row_height == pytest.approx(36, abs=0.8)
    assert area.column_width == pytest.approx(20, abs=0.8)
    area.borders.set("all", line_style="continuous", weight="thin", color=(140, 140, 140))
    assert area.borders.line_style == "continuous"
    area.borders.set("all", line_style=None)
    assert area.borders.line_style in ("none", None)


def test_the_print_area(sheet):
    """What is printed is set and read as an address."""
    sheet.page_setup.print_area = "$A$1:$G$20"
    assert sheet.page_setup.print_area == "$A$1:$G$20"


def test_clearing(sheet):
    """clear_contents keeps the looks; clear removes content, looks and notes."""
    sheet["A1:B1"].value = [1, 2]
    sheet["A1:B1"].color = (1, 2, 3)
    sheet["A1"].add_note("注")
    sheet["A1:B1"].clear_contents()
    assert sheet["A1:B1"].value == [None, None]
    assert sheet["A1"].color == (1, 2, 3)
    sheet["A1:B1"].clear()
    assert sheet["A1"].color is None
    assert sheet["A1"].note is None


def test_notes(sheet):
    """A note is added, read, changed, listed and deleted; a cell has one note at most."""
    cell = sheet["C3"]
    assert cell.note is None
    cell.add_note("总计相差 1\n应为 21")
    assert cell.note.text == "总计相差 1\n应为 21"
    with pytest.raises(ValueError, match="already"):
        cell.add_note("again")
    cell.note.text = "改了"
    assert cell.note.text == "改了"
    sheet["D4"].add_note("又一条")
    assert [note.text for note in sheet.notes] == ["改了", "又一条"]
    assert [note.location.address for note in sheet.notes] == ["$C$3", "$D$4"]
    cell.note.delete()
    assert cell.note is None


def test_names(book, sheet):
    """Names stand for ranges and constants, are found by name, and give their ranges back."""
    sheet["B2:C3"].name = "block"
    assert sheet["B2:C3"].name.name == "block"
    assert sheet.range("block").address == "$B$2:$C$3"
    assert book.names["block"].refers_to_range.address == "$B$2:$C$3"
    book.names.add("gk_schema", '="1"')
    assert book.names["gk_schema"].refers_to == '="1"'
    assert {name.name for name in book.names} == {"block", "gk_schema"}
    assert "block" in book.names
    assert "nothing" not in book.names
    book.names["block"].delete()
    assert "block" not in book.names


def test_links(sheet):
    """A link within the workbook keeps its place and shows its text."""
    sheet["A1"].add_hyperlink(f"#'{sheet.name}'!J6", "位置")
    assert sheet["A1"].value == "位置"
    assert sheet["A1"].hyperlink.replace("'", "") == f"#{sheet.name}!J6"
    sheet["A1"].value = "平"
    assert sheet["A1"].value == "平"


def test_sheets_and_books_by_name(app, book):
    """Unknown names raise KeyError; sheets are added, renamed, listed and deleted."""
    with pytest.raises(KeyError):
        book.sheets["没有这张"]
    with pytest.raises(KeyError):
        app.books["没有这本.xlsx"]
    added = book.sheets.add("新表", after=book.sheets[0])
    assert [sheet.name for sheet in book.sheets][1] == "新表"
    assert "新表" in book.sheets
    added.name = "改名"
    assert book.sheets["改名"].index == 2
    book.sheets["改名"].delete()
    assert len(book.sheets) == 1


def test_a_locked_cell_is_refused_and_left_alone(ours):
    """Value, formula, clearing, colour, note and link: each raises on a protected sheet; nothing has changed."""
    sheet = ours.sheets["三、依申请公开"]
    label = sheet["A6"].value
    attempts = [
        lambda: setattr(sheet["A6"], "value", 5),
        lambda: setattr(sheet["A6"], "value", None),
        lambda: setattr(sheet["A6"], "formula", "=1"),
        lambda: setattr(sheet["A6:D6"], "value", [1, 2, 3, 4]),
        sheet["A6"].clear_contents,
        sheet["A6"].clear,
        lambda: setattr(sheet["A6"], "color", (255, 0, 0)),
        lambda: setattr(sheet["D6"], "color", (255, 0, 0)),
        lambda: setattr(sheet["A6"].font, "bold", True),
        lambda: sheet["D6"].add_note("注"),
        lambda: sheet["A6"].add_hyperlink("#'封面'!A1", "x"),
        lambda: sheet["A6"].borders.set("all", line_style="continuous"),
    ]
    for attempt in attempts:
        with pytest.raises(Exception, match=r"."):
            attempt()
    assert sheet["A6:D6"].value == [label, None, None, None]
    assert sheet["D6"].note is None


def test_input_cells_of_a_protected_sheet_take_values(ours):
    """What the clerk may type, a program may write: one cell, a block, a text, a blank."""
    sheet = ours.sheets["三、依申请公开"]
    sheet["D6:E7"].value = [[1, 2], ["12件", None]]
    assert sheet["D6:E7"].value == [[1.0, 2.0], ["12件", None]]
    assert sheet.range("t3.received_new.natural_person").value == 1
    sheet["D6"].value = None
    assert sheet["D6"].value is None


def test_a_locked_structure_takes_no_sheets(app, ours):
    """The template's structure is locked; LibreOffice forgets that on loading, which its engine says of itself."""
    if app.engine.name == "libreoffice":
        assert not ours.impl.structure_locked
        return
    with pytest.raises(Exception, match=r"."):
        ours.sheets.add("多余")


def test_saved_and_opened_again(app, ours, tmp_path):
    """A save in place keeps values, notes, locks and names; what is read from the file says so."""
    sheet = ours.sheets["三、依申请公开"]
    sheet["D6"].value = 12
    ours.sheets["封面"].range("unit.name").value = "示例乡人民政府"
    ours.save()
    reading = read_workbook(tmp_path / "年报.xlsx")
    assert reading.filing.cells["t3.received_new.natural_person"] == 12
    assert reading.filing.unit.name == "示例乡人民政府"
    assert {finding.code for finding in reading.findings} <= {"I-07"}  # LibreOffice drops the lock of the structure


def test_a_file_that_is_no_workbook_or_not_there(app, tmp_path):
    """Each gives an error that names the file; nothing is opened."""
    before = len(app.books)
    with pytest.raises(FileNotFoundError):
        app.books.open(str(tmp_path / "没有.xlsx"))
    if is_closed_file(app):
        (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 not a zip")
        with pytest.raises(EngineError, match=r"坏\.xlsx") as refused:
            app.books.open(str(tmp_path / "坏.xlsx"))
        assert refused.value.refusal is Refusal.NOT_OPENED
    assert len(app.books) == before


def test_no_two_sheets_are_selected_together(ours):
    """Excel takes several selected sheets for a group and types into all of them."""
    ours.sheets[2].activate()
    ours.save()
    assert sum(bool(sheet.sheet_view.tabSelected) for sheet in load_workbook(ours.fullname).worksheets) == 1


def test_the_same_file_is_opened_once(app, ours):
    """Opening an open file returns the same book."""
    assert app.books.open(ours.fullname) == ours
    assert xw.Book(ours.fullname) == ours
    assert app.books[ours.name] == ours


def test_the_calling_book_and_the_selection(app, ours):
    """A macro's entry point finds its book on every engine; a selection is read back where it was set."""
    ours.set_mock_caller()
    try:
        assert xw.Book.caller() == ours
    finally:
        del xw.Book._mock_caller
    sheet = ours.sheets["校验结果"]
    sheet.activate()
    sheet["E8"].select()
    assert ours.sheets.active.name == "校验结果"
    assert app.selection.get_address(False, False) == "E8"


@pytest.mark.application
def test_every_change_in_libreoffice_is_one_undo_step(office):
    """What a program writes between begin and finish goes back with one Ctrl+Z, blanks to blanks."""
    book = office.books.add()
    sheet = book.sheets[0]
    sheet["A1"].value = [[1, None, "x"]]
    before = sheet["A1:D2"].value
    book.impl.begin("校验")
    sheet["A1:D2"].value = [[5, 6, None, "字"], [None, True, 2.5, 3]]
    sheet["A1"].add_note("注")
    sheet["A1"].color = (255, 0, 0)
    book.impl.finish()
    book.impl.uno.getUndoManager().undo()
    assert sheet["A1:D2"].value == before
    assert sheet["A1"].note is None
    assert sheet["A1"].color is None
    book.close()
