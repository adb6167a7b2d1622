"""Every button first restores what a paste or a drag did to the form, keeps what was filled in, and says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.addin import buttons
from gk_xl.addin.edit import Edit
from gk_xl.addin.view import read_book
from gk_xl.engines.core.errors import EngineError
from gk_xl.errors import HostError
from gk_xl.form.load import edition_ids
from gk_xl.workbook.build import rectangles
from gk_xl.workbook.expected import expected_plan
from gk_xl.workbook.layout import COVER, RESULTS, RESULTS_FIRST, layout
from gk_xl.workbook.read import read_workbook
from gk_xl.workbook.styles import COMPUTED, STYLES
from tests.addin.clerk import flag, heal
from tests.addin.pasted import T1, T3, TABLE, dress_of, strip
from tests.workbook.damage.filling import filled

LABELS_OF_T2 = (8, 11, 15)  # rows in which a heading is merged as its numbers are


def test_a_sound_workbook_is_left_alone(opened):
    """Nothing is restored, nothing said."""
    book = opened(*filled("2021", 1))
    assert heal(book) == ""


@pytest.mark.parametrize("title", [T3, "二、主动公开", T1, COVER])
def test_a_paste_is_healed(opened, title):
    """Locks, looks, conditional formats and validation are as before; what was filled in stays."""
    filing, last = filled("2021", 1)
    book = opened(filing, last)
    inputs = [
        (p.row, p.column) for p in layout("2021").names.values() if p.sheet == title and (title != T1 or p.row < 20)
    ]
    blocks = rectangles(tuple(inputs))
    before = [dress_of(book, title, block) for block in blocks]
    for block in blocks:
        strip(book, title, block)
    assert [dress_of(book, title, block) for block in blocks] != before
    said = heal(book)
    assert said.startswith("已恢复 ")
    assert f"“{title}”" in said
    after = [dress_of(book, title, block) for block in blocks]
    assert [(a[cell], b[cell]) for a, b in zip(after, before, strict=True) for cell in b if a[cell] != b[cell]] == []
    assert read_book(book).filing == read_book(opened(filing, last, name="再.xlsx")).filing
    assert heal(book) == ""


def test_the_button_says_what_it_restored_and_flags_are_seen(opened):
    """175 cells in one sentence, then the verdict; the flag of a wrong number is painted again."""
    filing, last = filled("2021", 1)
    wrong = {"t3.granted.total": filing.number("t3.granted.total") + 1}
    book = opened(filing.with_cells(wrong), last)
    strip(book, T3, TABLE)
    said = buttons.check(book)
    assert said.startswith("已恢复 175 格的格式（“三、依申请公开”D6:J30），填的内容没有改动。✗ 未通过")
    place = layout("2021").names["t3.granted.total"]
    assert flag(book, "t3.granted.total") == 3
    (state,) = book.sheets[T3].impl.dressing.states((place.row, place.column) * 2)
    assert state[1:] == (False, True)
    assert book.sheets[T3].impl.protected
    assert buttons.check(book).startswith("✗ 未通过")


def test_undo_takes_back_the_button_and_not_the_numbers(opened):
    """撤销 after a healed click takes back the click."""
    book = opened(*filled("2021", 1))
    strip(book, T3, TABLE)
    buttons.check(book)
    assert buttons.undo(book) == "已撤销“校验”。"


@pytest.mark.parametrize("edition", edition_ids())
def test_names_are_put_back_and_the_moved_cell_is_told(opened, edition):
    """A cell dragged onto another: its name comes back, and both cells are named for a person to look at."""
    filing, last = filled(edition, 1)
    book = opened(filing.with_cells({"t3.granted.commercial": None}), last)
    places = layout(edition).names
    source, target = places["t3.granted.commercial"], places["t3.partial.commercial"]
    book.names["t3.granted.commercial"].refers_to = f"={target.absolute}"
    book.names["t4.reconsideration.upheld"].delete()
    said = heal(book)
    assert f"{source.address} 移到了 {target.address}" in said
    assert str(book.names["t3.granted.commercial"].refers_to) == f"={source.absolute}"
    assert "t4.reconsideration.upheld" in book.names
    assert heal(book) == ""


def test_a_dragged_merged_cell_joins_no_others(opened):
    """A merged input cell dragged onto single ones merges them and leaves its own in parts: both are put right."""
    book = opened(filled("2021", 1)[0].with_cells({"t2.licence.decisions": None}))
    t2, dressing = "二、主动公开", book.sheets["二、主动公开"].impl.dressing
    book.sheets[t2].impl.unprotect()
    dressing.merge((9, 2, 9, 4), merged=False)
    dressing.merge((6, 2, 6, 4), merged=True)
    book.sheets[t2].impl.protect()
    said = heal(book)
    assert said.startswith(f"已恢复 6 格的格式（“{t2}”B6:D6、“{t2}”B9:D9），填的内容没有改动。")
    assert f"已拆开后来合并的格（“{t2}”B6:D6），压在下面的数露出来了，请核对。" in said
    assert f"已重新合并拆开的格（“{t2}”B9:D9）。" in said
    assert dressing.merged([(5, 2, 17, 4)]) == {(row, 2, row, 4) for row in (9, 12, 13, 16, *LABELS_OF_T2)}
    assert dress_of(book, t2, (6, 2, 6, 4)) == dress_of(opened(filled("2021", 1)[0], None, "新.xlsx"), t2, (6, 2, 6, 4))
    assert heal(book) == ""


def test_parts_that_hold_something_stay_parts(opened):
    """A merged cell that was taken apart and filled is not merged over what was filled in."""
    book = opened(*filled("2021", 1))
    t2, dressing = "二、主动公开", book.sheets["二、主动公开"].impl.dressing
    book.sheets[t2].impl.unprotect()
    dressing.merge((9, 2, 9, 4), merged=False)
    book.sheets[t2].range("C9").value = 7
    book.sheets[t2].impl.protect()
    heal(book)
    assert book.sheets[t2].range("C9").value == 7


def test_button_and_file_give_one_verdict(opened, tmp_path):
    """The names of a workbook are bent and its cells locked: the same numbers are read, the same errors found."""
    filing, last = filled("2021", 1)
    book = opened(filing.with_cells({"t3.granted.total": 9_999}), last)
    strip(book, T3, TABLE)
    for name in ("t3.granted.total", "t3.partial.total"):
        book.names[name].refers_to = f"='{T3}'!$J$20"
    path = tmp_path / "保存.xlsx"
    book.save(str(path))
    reading = read_workbook(path)
    live = read_book(book)
    assert reading.filing.cells == live.filing.cells
    grave = [finding for finding in reading.findings if finding.severity.value in ("error", "warning")]
    assert grave == []


def test_inserted_rows_are_told_and_left(opened):
    """Nothing is restored over cells that stand elsewhere; the sentence points to 修复."""
    book = opened(*filled("2021", 1))
    sheet = book.sheets[T3].impl
    sheet.unprotect()
    if hasattr(sheet, "uno"):
        sheet.uno.Rows.insertByIndex(7, 1)
    else:
        pytest.skip("openpyxl moves no formats")
    sheet.protect()
    said = heal(book)
    assert "修复" in said
    assert T3 in said
    assert read_book(book).filing.cells == filled("2021", 1)[0].cells


def test_a_clerks_own_colour_stays(opened):
    """A cell that is sound but for its colour is the clerk's affair."""
    book = opened(*filled("2021", 1))
    sheet = book.sheets[T3]
    sheet.impl.unprotect()
    sheet.range("D6").color = "#00FF00"
    sheet.impl.protect()
    assert heal(book) == ""
    assert sheet.range("D6").color == (0, 255, 0)


def test_reasons_can_be_written_again(opened):
    """The column for reasons in 校验结果 is open after a paste over it, beside the lines and below them."""
    filing, last = filled("2021", 1)
    book = opened(filing.with_cells({"t3.granted.total": 9_999}), last)
    buttons.check(book)
    assert heal(book) == ""
    block = (RESULTS_FIRST, 7, RESULTS_FIRST + 3, 7)
    strip(book, RESULTS, block)
    with pytest.raises(EngineError):
        book.sheets[RESULTS].range((RESULTS_FIRST, 7)).value = "台账如此"
    first, last_row = RESULTS_FIRST, RESULTS_FIRST + 3
    assert heal(book) == f"已恢复 4 格的格式（“{RESULTS}”G{first}:G{last_row}），填的内容没有改动。"
    book.sheets[RESULTS].range((RESULTS_FIRST, 7)).value = "台账如此"
    assert heal(book) == ""


def test_a_date_pasted_into_a_number_stays_a_date(opened):
    """Healing must not turn 2026-01-02 into 46024: that would be another wrong number."""
    filing, last = filled("2021", 1)
    book = opened(replace(filing, contact=""), last)
    import datetime as dt

    sheet = book.sheets[T3]
    sheet.impl.unprotect()
    sheet.range("D6").value = dt.datetime(2026, 1, 2)  # noqa: DTZ001 - spreadsheets know no time zones
    sheet.impl.dressing.lock((6, 4, 6, 4), locked=True)
    sheet.impl.protect()
    heal(book)
    assert read_book(book).filing.value("t3.received_new.natural_person") == "2026-01-02"


@pytest.mark.parametrize("typed", [1, 60, 7.5, -3, 100_000])
def test_a_number_under_a_dates_format_is_that_number(opened, tmp_path, typed):
    """A cell that a date was once typed into shows the next number as a date; it counts as what was typed, and is shown so.

    1 is 1899-12-31 to one application and 1900-01-01 to another, 60 a day that never was.
    """
    book = opened(*filled("2021", 1))
    place = layout("2021").names["t3.not_processed.duplicate.commercial"]
    cell = book.sheets[T3].range((place.row, place.column))
    with Edit(book, "填数") as edit:
        edit.sheet(T3).range((place.row, place.column)).number_format = "yyyy-mm-dd"
        edit.sheet(T3).range((place.row, place.column)).value = typed
    path = tmp_path / "存.xlsx"
    book.impl.save_copy(str(path))
    assert read_workbook(path).filing.cells["t3.not_processed.duplicate.commercial"] == typed
    assert read_book(book).filing.cells["t3.not_processed.duplicate.commercial"] == typed
    said = buttons.check(book)
    assert f"有的格把数显示成了日期（“{T3}”{place.address}），已改回数字显示，填的内容没有改动。" in said
    assert (cell.value, cell.number_format) == (typed, "General")
    assert [text for text in read_book(book).filing.cells.values() if isinstance(text, str) and "-" in text] == []
    assert "已改回数字显示" not in buttons.check(book)


def steps_of(book):
    """Return the titles of what Edit → Undo would take back, the last first; None where there is no such list."""
    document = getattr(book.impl, "uno", None)
    return None if document is None else document.getUndoManager().getAllUndoActionTitles()


def test_a_click_that_heals_is_one_step(opened):
    """Ctrl+Z takes back a click with what it restored, Ctrl+Y brings both back."""
    filing, last = filled("2021", 1)
    book = opened(filing.with_cells({"t3.granted.total": filing.number("t3.granted.total") + 1}), last)
    before = dress_of(book, T3, TABLE)
    strip(book, T3, TABLE)
    titles = steps_of(book)
    if titles is None:
        pytest.skip("a closed file has no list of steps")
    damaged, verdict = dress_of(book, T3, TABLE), layout("2021").names["verdict"]
    book.names["t3.granted.total"].delete()
    titles = steps_of(book)
    assert "已恢复 175 格" in buttons.check(book)
    assert steps_of(book)[: -len(titles)] == ("恢复格式、校验",)
    assert book.sheets[RESULTS].range((verdict.row, verdict.column)).value.startswith("✗")
    for _ in range(2):
        book.impl.uno.getUndoManager().undo()
        assert dress_of(book, T3, TABLE) == damaged
        assert "t3.granted.total" not in book.names
        assert not str(book.sheets[RESULTS].range((verdict.row, verdict.column)).value).startswith("✗")
        book.impl.uno.getUndoManager().redo()
        assert dress_of(book, T3, TABLE) == before
        assert "t3.granted.total" in book.names
        assert book.sheets[RESULTS].range((verdict.row, verdict.column)).value.startswith("✗")
    assert book.sheets[T3].impl.protected


def test_what_was_restored_is_said_when_the_button_refuses(opened):
    """采纳建议 without a line selected: the refusal comes with what was restored before it."""
    book = opened(*filled("2021", 1))
    strip(book, T3, TABLE)
    with pytest.raises(
        HostError, match=r"^已恢复 175 格的格式（.*）.*填的内容没有改动。选中的格没有可以直接填入的建议"
    ):
        buttons.accept_proposal(book, ask=lambda _: True)
    assert heal(book) == ""


def test_a_label_that_lost_its_lock_gets_it_back(opened):
    """What the hint of the file check promises, the button does; the hint is gone afterwards."""
    book = opened(*filled("2021", 1))
    dressing = book.sheets[T3].impl.dressing
    book.sheets[T3].impl.unprotect()
    for block in ((6, 1, 6, 1), (6, 12, 7, 12)):
        dressing.lock(block, locked=False)
    book.sheets[T3].impl.protect()
    assert heal(book) == "已重新锁定 3 格印定的文字和公式（“三、依申请公开”A6、“三、依申请公开”L6:L7）。"
    assert heal(book) == ""


def test_formulas_that_lost_their_number_format_get_it_back(opened):
    """As an online spreadsheet saves them: a plain formula may take LibreOffice down, so the next button mends it."""
    book = opened(*filled("2021", 1))
    formulas = {
        (plan.title, place): STYLES[cell.style].get("num_format", COMPUTED)
        for plan in expected_plan(layout("2021")).sheets
        for place, cell in plan.cells.items()
        if cell.formula and plan.title in (T3, COVER)
    }
    assert len(set(formulas.values())) > 1
    with Edit(book, "试") as edit:
        for title, place in formulas:
            edit.sheet(title).range(place).number_format = "General"
    said = heal(book)
    assert said.startswith("已给自动计算的格（“封面”")
    assert said.endswith("补上数字格式，显示不变。")
    assert {key: book.sheets[key[0]].range(key[1]).number_format for key in formulas} == formulas
    assert heal(book) == ""


def test_undoing_a_restored_form_keeps_the_notes(opened):
    """A note stood on a cell that lost its conditional formats: it stands there before and after the click that mends it."""
    filing, last = filled("2021", 1)
    book = opened(filing.with_cells({"t3.granted.total": filing.number("t3.granted.total") + 1}), last)
    if steps_of(book) is None:
        pytest.skip("a closed file has no list of steps")
    buttons.check(book)
    noted = notes_of(book)
    assert noted
    strip(book, T3, TABLE)
    assert "已恢复 175 格" in buttons.check(book)
    for _ in range(2):
        book.impl.uno.getUndoManager().undo()
        assert notes_of(book) == noted
        book.impl.uno.getUndoManager().redo()
        assert notes_of(book) == noted


def notes_of(book):
    """Return the notes of table three by address."""
    return {note.location.address: note.text for note in book.sheets[T3].impl.notes}
