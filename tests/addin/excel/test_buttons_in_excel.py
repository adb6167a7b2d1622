"""Every button in Excel as it is: what COM makes of values, what a protected, shared, read-only or busy book answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from gk_xl.addin import com
from gk_xl.addin.buttons import filling, marking
from gk_xl.addin.edit import Edit
from gk_xl.addin.excel import BUTTONS
from gk_xl.form.filing import Filing
from gk_xl.report.html import write_html
from gk_xl.workbook.build import build_workbook, content_for
from gk_xl.workbook.layout import PLACE_COLUMN, RESULTS, RESULTS_FIRST
from gk_xl.workbook.read import read_workbook
from tests.addin.excel.clicks import CURRENCIES, FEE, NO, ODD, OTHER_WAYS, WRITING, click_well, last_year, press_all
from tests.addin.excel.conftest import EXAMPLES, NAMES, area, built, cell, flagged, sheet, state
from tests.doubles.excel.area import Area
from tests.doubles.excel.com import REJECTED, refused
from tests.doubles.excel.parts import Shape
from tests.doubles.excel.typed import ERRORS, ErrorValue


@pytest.mark.parametrize(("name", "makepy"), [*((name, True) for name in BUTTONS), ("check", False), ("undo", False)])
def test_every_button_says_one_thing(excel, faulty, name, makepy):
    """No button fails in Excel, with pywin32's generated modules or without, and protection stays as it was."""
    excel.makepy = makepy
    book = excel.report(faulty)
    allowed = [dict(item.grid.allowed) for item in book.sheets]
    click_well(excel, book, name)
    assert [item.grid.allowed for item in book.sheets] == allowed


def test_a_click_marks_lists_and_links(excel, faulty):
    """Flags beside the numbers, notes on them, a list whose links lead to the cells."""
    book = excel.report(faulty)
    said = click_well(excel, book, "check")
    assert "错误" in said
    marked = [name for name in NAMES if name.startswith("t3.") and flagged(book, name)]
    assert marked
    assert all(cell(book, name).note.startswith("【") for name in marked)
    first = sheet(book, RESULTS).grid.cell(RESULTS_FIRST, PLACE_COLUMN)
    assert first.link[0].startswith("#")
    assert sheet(book, RESULTS).grid.print_area.startswith("$A$1:")


@pytest.mark.thorough
@pytest.mark.parametrize("forms", [CURRENCIES[:2], CURRENCIES[2:]])
def test_money_is_a_number(excel, forms, monkeypatch):
    """A currency or accounting format changes nothing of what the buttons find, say and write."""
    for part in (marking, filling):
        monkeypatch.setattr(part, "now", lambda: "2026-01-10 09:00")  # a minute may end between the two
    data = built("2025_示例乡_有误.json", **{FEE: 12.345678})
    plain, dressed = excel.report(data, "甲.xlsx"), excel.report(data, "乙.xlsx")
    for number, name in enumerate(name for name in NAMES if name.startswith(("t", "last.t"))):
        cell(dressed, name).format = forms[number % 2]
    said = [press_all(excel, plain)]
    next(excel.folder.glob("*.docx")).unlink()
    said.append(press_all(excel, dressed))
    assert said[1] == said[0]
    for mine, theirs in zip(state(plain).values(), state(dressed).values(), strict=True):
        assert {place: held[0] for place, held in theirs.items()} == {place: held[0] for place, held in mine.items()}
    assert cell(dressed, FEE).value == 12.345678


@pytest.mark.parametrize("button", ["fill_totals", "check", "load_last_year"])
def test_undo_restores_values_and_formats(excel, faulty, button):
    """Money stays money with all its places, a date a date, an error an error, a text a text."""
    book = excel.report(faulty)
    total = "t3.granted.total"
    cell(book, total).value, cell(book, total).format = 1234.56789, CURRENCIES[0]
    cell(book, "last.t3.granted.total").value = ErrorValue("#N/A")
    for name, text in zip((name for name in NAMES if name.startswith("last.t4")), ODD, strict=False):
        cell(book, name).value = text
    before = state(book)
    excel.choices = [last_year(excel)]
    click_well(excel, book, button)
    assert state(book) != before
    assert "已撤销" in click_well(excel, book, "undo")
    after = state(book)
    for title in before:
        if title != RESULTS:
            assert after[title] == before[title]


def test_error_values_are_named(excel, good):
    """#DIV/0! and its kin in cells are said to stand there: neither blanks nor numbers."""
    book = excel.report(good)
    errors = [name for name in ERRORS if name != "#GETTING_DATA"]
    cells = [name for name in NAMES if name.startswith("t3.") and not name.endswith(".total")][: len(errors)]
    for name, error in zip(cells, errors, strict=True):
        cell(book, name).value = ErrorValue(error)
    click_well(excel, book, "check")
    notes = [cell(book, name).note or "" for name in cells]
    assert [error for error, note in zip(errors, notes, strict=True) if error not in note] == []
    assert [cell(book, name).value for name in cells] == errors


def test_a_date_in_a_count_is_said_to_be_one(excel, good):
    """Excel turns “3-5” into a date; the list names the cell and what stands there."""
    book = excel.report(good)
    cell(book, "t3.granted.natural_person").enter("3-5")
    click_well(excel, book, "check")
    listed = [str(sheet(book, RESULTS).grid.cell(row, 5).value) for row in range(RESULTS_FIRST, RESULTS_FIRST + 20)]
    assert any("2026-03-05" in text for text in listed), listed


@pytest.mark.parametrize("name", ["check", "fill_totals", "export_report"])
def test_a_workbook_in_the_web(excel, faulty, name):
    """FullName is an address: buttons work as ever, and undo finds what it has to take back."""
    book = excel.report(faulty, url="https://example-my.sharepoint.com/personal/gk/Documents")
    click_well(excel, book, name)
    if name in ("check", "fill_totals"):
        assert "已撤销" in click_well(excel, book, "undo")


def test_the_report_of_a_workbook_in_the_web_goes_where_the_clerk_says(excel, good, tmp_path):
    """The dialog asks for a folder; without one nothing is written, and a sentence says so."""
    book = excel.report(good, url="https://example-my.sharepoint.com/personal/gk/Documents")
    assert "没有选择文件夹" in click_well(excel, book, "export_report")
    target = tmp_path / "报送"
    target.mkdir()
    excel.choices = [str(target)]
    assert str(target) in click_well(excel, book, "export_report")
    assert [path.suffix for path in target.iterdir()] == [".docx"]


def test_a_workbook_never_saved_has_no_folder(excel, good):
    """The clerk is told to save first."""
    book = excel.open(good, Path("工作簿1"))
    assert "还没有保存过" in click_well(excel, book, "export_report")


@pytest.mark.parametrize("name", ["check", "export_report"])
def test_a_read_only_workbook(excel, faulty, name):
    """Opened read-only: what is written stays in the window, nothing fails."""
    click_well(excel, excel.report(faulty, read_only=True), name)


@pytest.mark.parametrize("name", ["check", "fill_totals"])
def test_a_sheet_with_a_password_is_named_and_nothing_written(excel, faulty, name):
    """What had been written to other sheets is taken back."""
    book = excel.report(faulty)
    locked = sheet(book, "三、依申请公开").grid
    locked.password = "县里"
    before = state(book)
    said = click_well(excel, book, name)
    assert "三、依申请公开" in said
    assert "密码" in said
    assert state(book) == before


def test_the_clerks_no_is_respected(excel, faulty):
    """A question answered 否 writes nothing."""
    book = excel.report(faulty)
    before = state(book)
    excel.answers = [NO]
    click_well(excel, book, "fill_totals")
    assert state(book) == before


def test_without_a_printer_all_is_written(excel, faulty):
    """Excel refuses PageSetup where no printer is installed; the list is there all the same, and what it prints."""
    book = excel.report(faulty)
    book.app.printer = False
    click_well(excel, book, "check")
    assert sheet(book, RESULTS).grid.cell(RESULTS_FIRST, 1).value == 1
    last = max(row for (row, column), held in sheet(book, RESULTS).grid.cells.items() if column == 1 and held.value)
    assert sheet(book, RESULTS).grid.print_area.endswith(f"${last}")


def test_manual_calculation_is_said_and_made_up_for(excel, faulty):
    """The sheets' own ✓ and ✗ are calculated, and the clerk learns why they stood still; automatic needs no word."""
    book = excel.report(faulty)
    assert "手动" not in click_well(excel, book, "check")
    book.app.calculation = -4135
    said = click_well(excel, book, "check")
    assert "手动" in said
    assert "F9" in said
    assert all(item.grid.calculated for item in book.sheets if item.grid.title.startswith(("封面", "二", "三", "四")))
    assert book.app.calculation == -4135


@pytest.mark.parametrize(
    ("name", "code", "makepy"),
    [*((name, REJECTED, True) for name in WRITING), *(("check", code, makepy) for code, makepy in OTHER_WAYS)],
)
def test_a_cell_being_edited_is_said_to_be_the_reason(excel, faulty, name, code, makepy):
    """Excel takes no calls: nothing is done, and after a bounded wait the clerk is told how to end it."""
    book = excel.report(faulty)
    excel.makepy = makepy
    before = state(book)
    excel.busy(code=code)
    assert "正在编辑" in excel.click(book, name)
    assert excel.calls < 2000
    excel.rejects = lambda *_: None
    assert state(book) == before


@pytest.mark.parametrize("name", ["check", "fill_totals", "accept_proposal"])
def test_an_excel_that_is_busy_for_a_moment_is_waited_for(excel, faulty, name):
    """Some rejected calls in a row, and again later: the button does its work."""
    book = excel.report(faulty)
    expected = click_well(excel, excel.report(faulty, "另一.xlsx"), name)
    excel.rejects = lambda number, _: REJECTED if number % 40 < 5 else None
    said = excel.click(book, name)
    excel.rejects = lambda *_: None
    assert said == expected


def written_from(excel, faulty, monkeypatch) -> tuple[int, int]:
    """Return after how many calls a check begins to write, and after how many it has ended."""
    book, begun = excel.report(faulty, "先试.xlsx"), []
    before = excel.calls
    with monkeypatch.context() as patch:
        patch.setattr(Edit, "block", lambda *given, block=Edit.block: begun.append(excel.calls) or block(*given))
        excel.click(book, "check")
    return begun[0] - before, excel.calls - before


@pytest.mark.parametrize("part", [0.2, 0.8])
def test_editing_begun_in_the_midst_of_a_check_takes_all_back(excel, faulty, part, monkeypatch):
    """The clerk begins to type while 校验 writes: the step is taken back once Excel answers, protection included."""
    first, last = written_from(excel, faulty, monkeypatch)
    after = int(first + part * (last - first))
    book = excel.report(faulty)
    before = state(book)
    monkeypatch.setattr(com, "LONGEST", 30)
    excel.busy(calls=200, after=after)
    said = excel.click(book, "check")
    excel.rejects = lambda *_: None
    assert "正在编辑" in said
    assert all(item.grid.protected for item in book.sheets)
    assert {title: held for title, held in state(book).items() if title != RESULTS} == {
        title: held for title, held in before.items() if title != RESULTS
    }


def test_a_step_that_cannot_be_taken_back_says_so(excel, faulty, monkeypatch):
    """Excel stays busy after half of the list was written: the clerk is told not to save."""
    first, last = written_from(excel, faulty, monkeypatch)
    book = excel.report(faulty)
    excel.busy(after=(first + last) // 2)
    said = excel.click(book, "check")
    assert "没能还原" in said
    assert "不要保存" in said


def test_an_excel_that_was_closed(excel, faulty, capsys):
    """Nothing can be shown in it any more; the sentence comes all the same."""
    book = excel.report(faulty)
    excel.layer.BOOK_CALLER = excel.dispatch(book)
    excel.close()
    from gk_xl.addin import excel as entry

    entry.press("check")
    assert "已经关闭" in capsys.readouterr().err


@pytest.mark.parametrize("selected", [None, "shape"])
def test_nothing_or_a_picture_is_selected(excel, faulty, selected):
    """Without a selection, or with that of a picture, the clerk is told what to select."""
    book = excel.report(faulty)
    excel.tolerated = {"excel: Shape has no member Address"}  # xlwings asks for it, to see whether cells are selected
    book.app.selection = None if selected is None else Shape(area(book, "t3.granted.total"))
    assert "请点选有建议的格" in excel.click(book, "accept_proposal")


def test_undo_leaves_alone_what_was_typed_since(excel, faulty):
    """合计 has written a sum, the clerk types another number over it: that number stays, and is named."""
    book = excel.report(faulty)
    total, blank = cell(book, "t3.granted.total"), cell(book, "t3.partial.total")
    blank.value = None
    click_well(excel, book, "fill_totals")
    assert blank.value is not None
    total.value, total.note = 99.0, "经办人：已核对"
    said = click_well(excel, book, "undo")
    assert (total.value, total.note) == (99.0, "经办人：已核对")
    assert blank.value is None
    assert "“三、依申请公开”J8" in said


def test_undo_after_closing_without_saving_changes_nothing(excel, faulty):
    """The workbook was opened anew: what the step wrote is not there any more, so that there is nothing to take back."""
    book = excel.report(faulty)
    click_well(excel, book, "fill_totals")
    again = excel.report(faulty)
    cell(again, "t3.granted.total").value = 77.0
    before = state(again)
    click_well(excel, again, "undo")
    assert state(again) == before


def test_a_shared_workbook_is_named_as_such(excel, faulty):
    """Excel lifts no protection of a workbook that several people edit at once; that is no password."""
    book = excel.report(faulty)
    book.shared = True
    said = click_well(excel, book, "check")
    assert "共享工作簿" in said
    assert "密码" not in said


def test_what_excel_refuses_is_said_in_its_own_words(excel, faulty, monkeypatch):
    """A refusal that nobody foresaw is one sentence with Excel's reason and the log; what was written is taken back."""
    book = excel.report(faulty)
    before = state(book)
    monkeypatch.setattr(Area, "call_AddComment", lambda *_, **__: (_ for _ in ()).throw(refused("内存不足。")))
    said = excel.click(book, "check")
    assert "Excel 没有接受这一步（内存不足）" in said
    assert "gk_xl.log" in said
    assert state(book) == before
    excel.log_expected = True


def test_a_paste_that_locked_cells_is_healed(excel, faulty):
    """A block pasted from another workbook brings its locks and fonts: 校验 opens the cells again and says so."""
    book = excel.report(faulty)
    grid = sheet(book, "三、依申请公开").grid
    for row in range(6, 31):
        for column in range(4, 11):
            pasted = grid.cell(row, column)
            pasted.locked, pasted.format = True, CURRENCIES[0]
            pasted.looks |= {"Font.Name": "Arial", "Interior.Color": 255}
    said = click_well(excel, book, "check")
    assert said.startswith("已恢复 175 格的格式（“三、依申请公开”D6:J30），填的内容没有改动。✗ 未通过")
    healed = [grid.cell(row, column) for row in range(6, 31) for column in range(4, 11)]
    assert not any(one.locked for one in healed)
    assert {(one.format, one.looks["Font.Name"]) for one in healed} == {("General", "宋体")}
    assert {(one.looks["Validation.Type"], one.looks["Validation.Formula1"]) for one in healed} == {(1, "0")}
    assert "新收政府信息公开申" in healed[0].looks["Validation.InputTitle"]
    assert click_well(excel, book, "check").startswith("✗ 未通过")


def test_a_cell_dragged_onto_another_is_told(excel, faulty):
    """Its name has gone along: it is put back, and both cells are named."""
    book = excel.report(faulty)
    place = content_for(Filing.blank(2025)).layout.names["t3.granted.commercial"]
    below = place.down(1)
    grid = sheet(book, place.sheet).grid
    grid.cell(below.row, below.column).value = grid.cell(place.row, place.column).value or 1.0
    grid.cell(place.row, place.column).value = None
    book.names["t3.granted.commercial"] = f"={below.absolute}"
    said = click_well(excel, book, "check")
    assert f"{place.address} 移到了 {below.address}" in said
    assert book.names["t3.granted.commercial"] == f"={place.absolute}"


def test_a_report_comes_into_the_open_workbook(excel):
    """导入报告 fills what is blank from the file that is chosen, in one step that 撤销上一步 takes back."""
    filing = Filing.loads((EXAMPLES / "2025_示例乡.json").read_text(encoding="utf-8"))
    path = excel.folder / "发布.html"
    path.write_text(write_html(filing), encoding="utf-8")
    book = excel.report(build_workbook(Filing.blank(2025, filing.unit)))
    before = state(book)
    excel.choices = [str(path)]
    assert click_well(excel, book, "import_report").startswith("已从“发布.html”填入 200 个数、")
    assert cell(book, "t3.received_new.total").value == filing.value("t3.received_new.total")
    assert "已撤销" in click_well(excel, book, "undo")
    assert state(book) == before


def test_repaired_beside_the_open_workbook(excel, faulty):
    """修复 takes what is on the screen and writes a workbook of another name."""
    book = excel.report(faulty)
    cell(book, "t3.granted.natural_person").enter(77)
    said = click_well(excel, book, "repair")
    target = book.path.with_name(f"{book.path.stem}_修复.xlsx")
    assert said.startswith(f"已修复到“{target}”：")
    assert read_workbook(target).filing.value("t3.granted.natural_person") == 77
