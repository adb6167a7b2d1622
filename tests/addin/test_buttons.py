"""The buttons that change numbers, undo, and what keeps every button from writing: on every engine and face."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_xl.addin import buttons, edit
from gk_xl.addin.buttons.filling import computed_totals
from gk_xl.addin.view import pick, read_book
from gk_xl.checks.binding import identities
from gk_xl.checks.case import Case, judge
from gk_xl.engines import face
from gk_xl.errors import HostError, NotATemplate
from gk_xl.form.filing import Filing
from gk_xl.form.finding import Severity, Verdict
from gk_xl.form.load import load_edition
from gk_xl.workbook.layout import RESULTS, RESULTS_FIRST
from tests.addin.clerk import (
    ROOT,
    T3,
    UNIT,
    everything,
    faulty,
    flag,
    no,
    note,
    place_of,
    protected,
    select_line,
    yes,
    zeros,
)
from tests.conftest import examples


def test_every_blank_of_a_table_is_marked_and_told_in_one_line(opened):
    """A table half filled in: each blank cell bears the mark, no number does, the list has one line for all of them."""
    form = load_edition("2021").table("t3")
    blank = [cell.id for cell in form.cells if cell.column != "natural_person"]
    filing = zeros().with_cells(dict.fromkeys(blank))
    book = opened(filing)
    buttons.check(book)
    assert {cell.id for cell in form.cells if flag(book, cell.id) == 3} == set(blank)
    listed = book.sheets[RESULTS].range((RESULTS_FIRST, 5), (RESULTS_FIRST + 20, 5)).options(ndim=2).value
    assert sum(f"{len(blank)} 格没有填" in str(row[0]) for row in listed) == 1


def test_accepting_a_proposal_writes_it_and_keeps_the_old_value_in_the_note(opened):
    """“2件” becomes 2 on the clerk's word; the note says what stood there, also after the next check."""
    book = opened(faulty())
    buttons.check(book)
    select_line(book, "改为 2")
    told = buttons.accept_proposal(book)
    assert "由“2件”改为 2" in told
    place = place_of("t3.granted.natural_person")
    assert book.sheets[T3].range(place.address).value == 2
    assert "原填“2件”" in note(book, T3, place.address)
    buttons.check(book)
    assert "原填“2件”" in note(book, T3, place.address)
    assert protected(book)


def test_the_one_explanation_of_a_wrong_cell_can_be_accepted(opened):
    """A wrong total is named with its value; accepting that line corrects it, and every sum holds."""
    book = opened(zeros().with_cells({"t3.granted.total": 5}))
    assert "未通过" in buttons.check(book)
    select_line(book, "可能填错")
    told = buttons.accept_proposal(book)
    assert "由 5 改为 0" in told
    assert "未通过" not in told
    place = place_of("t3.granted.total")
    assert book.sheets[T3].range(place.address).value == 0
    assert "原填 5 " in note(book, T3, place.address)
    assert read_book(book).filing.cells == zeros().cells
    assert told.endswith(buttons.check(book))  # the verdict that it gave is that of a check


def test_a_proposal_is_accepted_only_from_a_list_that_is_still_true(opened):
    """No line selected, a line without proposal, a workbook changed since the check: a sentence each, nothing written."""
    book = opened(faulty())
    buttons.check(book)
    book.sheets[T3].activate()
    book.sheets[T3].range("A1").select()
    with pytest.raises(HostError, match="”里的一行"):
        buttons.accept_proposal(book)
    select_line(book, "T3-03")
    with pytest.raises(HostError, match="没有可以直接填入的建议"):
        buttons.accept_proposal(book)
    select_line(book, "改为 2")
    place = place_of("t3.granted.natural_person")
    book.sheets[T3].range(place.address).value = "3件"
    with pytest.raises(HostError, match="这一处校验之后已经改过，请再点“校验”"):
        buttons.accept_proposal(book)
    assert book.sheets[T3].range(place.address).value == "3件"


def test_totals_are_filled_and_typed_ones_changed_on_the_clerks_word(opened):
    """Blank totals get their sums; a different typed one is named, and kept or changed as the clerk says."""
    filing = zeros().with_cells(
        {"t3.received_new.natural_person": 2, "t3.received_new.total": None, "t3.granted.natural_person": 2, "t3.granted.total": 5,
         "t3.outcome_total.natural_person": None, "t3.outcome_total.total": None, "t4.reconsideration.upheld": 1}
    )  # fmt: skip
    book = opened(filing)
    asked: list[str] = []
    told = buttons.fill_totals(book, lambda question: bool(asked.append(question)))
    assert "填的是 5，合计是 2" in asked[0]
    assert told == "已填 3 个空着的总计。"
    found = read_book(book).filing.cells
    assert (found["t3.received_new.total"], found["t3.outcome_total.total"], found["t3.granted.total"]) == (2, 2, 5)
    assert found["t4.reconsideration.total"] == 0
    assert "改 2 个" in buttons.fill_totals(book, yes)
    found = read_book(book).filing.cells
    assert (found["t3.granted.total"], found["t4.reconsideration.total"]) == (2, 1)
    assert "原填 5 " in note(book, T3, place_of("t3.granted.total").address)
    assert buttons.fill_totals(book, no) == "总计都已填好，与合计一致。"
    assert protected(book)


def test_totals_over_a_blank_are_left_open_and_counted(opened):
    """A total with a blank or a text among its parts is not guessed."""
    book = opened(
        zeros().with_cells(
            {"t3.granted.research": None, "t3.granted.total": None, "t3.partial.other": "1件", "t3.partial.total": None}
        )
    )
    told = buttons.fill_totals(book, no)
    assert "个总计没有算（“三、依申请公开”J8、J9、" in told
    assert "再点“合计”" in told
    assert "分项有空格，或不是数（“三、依申请公开”I9填的是“1件”）" in told
    assert read_book(book).filing.cells["t3.granted.total"] is None


def test_zeros_are_filled_only_when_the_clerk_says_so(opened):
    """Every blank but the totals becomes 0; texts and numbers stay; a no changes nothing."""
    filing = Filing.blank(2025, UNIT).with_cells({"t3.granted.research": 4, "t3.partial.other": "１件"})
    book = opened(filing)
    asked: list[str] = []
    assert "没有补零" in buttons.fill_zeros(book, lambda question: bool(asked.append(question)))
    assert read_book(book).filing.cells == filing.cells
    told = buttons.fill_zeros(book, yes)
    found = read_book(book).filing.cells
    for cell, value in found.items():
        if filing.cells[cell] is not None:
            assert value == filing.cells[cell]
        else:
            assert value == (None if load_edition("2021").cell(cell).total or cell.endswith(".total") else 0), cell
    count = sum(value == 0 for value in found.values())
    assert f"{count} 个" in told
    assert f"{count} 个" in asked[0]
    assert "没有空着的格" in buttons.fill_zeros(book, no)


def test_a_failure_halfway_leaves_the_workbook_as_it_was(opened, monkeypatch):
    """When the last part of a click fails, flags, notes and list are taken back, and every sheet is protected."""
    book = opened(faulty())
    before = everything(book)
    monkeypatch.setattr("gk_xl.addin.buttons.marking.dress", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        buttons.check(book)
    assert everything(book) == before
    assert note(book, T3, place_of("t3.received_new.total").address) is None
    assert protected(book)


def test_steps_can_be_taken_back_one_by_one(opened):
    """Undo restores numbers, texts, flags and notes of the last button, then of the one before, down to the first."""
    book = opened(faulty())
    states = [everything(book)]
    buttons.check(book)
    states.append(everything(book))
    buttons.fill_totals(book, yes)
    states.append(everything(book))
    buttons.check(book)
    assert buttons.undo(book) == "已撤销“校验”。再点可撤销“合计”。"
    assert everything(book) == states.pop()
    assert buttons.undo(book) == "已撤销“合计”。再点可撤销“校验”。"
    assert everything(book) == states.pop()
    assert buttons.undo(book) == "已撤销“校验”。"
    assert everything(book) == states.pop()
    with pytest.raises(HostError, match="没有可以撤销"):
        buttons.undo(book)


def test_only_so_many_steps_are_kept(opened, monkeypatch):
    """The oldest steps are forgotten."""
    assert edit.KEPT == 20
    monkeypatch.setattr(edit, "KEPT", 2)
    book = opened(faulty())
    for _ in range(4):
        buttons.check(book)
    for _ in range(2):
        buttons.undo(book)
    with pytest.raises(HostError, match="最近 2 次"):
        buttons.undo(book)


def test_a_button_writes_numbers_as_numbers(opened):
    """A total that was typed as a date is a number again, shown as one, in LibreOffice and in the file."""
    book = opened(zeros())
    place = place_of("t3.granted.total")
    cell = book.sheets[place.sheet].range((place.row, place.column))
    if book.app.engine.name == "libreoffice":
        cell.impl.uno.NumberFormat = book.impl.format_key("yyyy-mm-dd")
    else:
        next(iter(cell.impl.each())).number_format = "yyyy-mm-dd"
    cell.value = 46000
    assert "改 1 个" in buttons.fill_totals(book, yes)
    assert cell.value == 0
    assert cell.number_format == "General"
    buttons.undo(book)
    assert cell.number_format.lower() == "yyyy-mm-dd"


def test_the_last_step_can_be_taken_back(opened):
    """Undo restores numbers, texts, flags and notes of the last button, once."""
    book = opened(faulty())
    buttons.check(book)
    before, text = everything(book), note(book, T3, place_of("t3.granted.natural_person").address)
    select_line(book, "改为 2")
    buttons.accept_proposal(book)
    assert buttons.undo(book) == "已撤销“采纳建议”。再点可撤销“校验”。"
    assert everything(book) == before
    assert note(book, T3, place_of("t3.granted.natural_person").address) == text


def test_a_sheet_with_a_password_is_named_and_nothing_is_written(opened):
    """A county's password stops the button with the next step; no other sheet was changed."""
    book = opened(faulty())
    before = everything(book)
    api = book.sheets[T3].api
    if hasattr(api, "protection"):
        api.protection.password = "secret"
    else:
        api.unprotect("")
        api.protect("secret")
    with pytest.raises(HostError, match="密码"):
        buttons.check(book)
    assert everything(book) == before
    assert protected(book)
    if not hasattr(api, "protection"):
        api.unprotect("secret")


def test_a_renamed_sheet_is_named(opened):
    """A button on a workbook whose sheet was renamed says which and what to do."""
    book = opened(faulty())
    sheet = book.sheets[T3]
    if book.impl.structure_locked:
        book.api.security.lockStructure = False
    (sheet.impl if hasattr(sheet, "impl") else sheet).name = "表三"
    with pytest.raises(HostError, match=r"找不到工作表“三、依申请公开”.*改回原样"):
        buttons.check(book)


def test_a_workbook_that_is_not_ours_is_left_alone(apps, opened):
    """Another workbook in front: the sentence names ours; none of ours: where to get one."""
    book = opened(faulty())
    app = book.app
    other = app.books.add() if not isinstance(app, face.App) else face.Book(app.impl.books.add())
    try:
        with pytest.raises(NotATemplate, match="没有模板标记"):
            buttons.check(other)
        other.activate()
        if app.books.active == other:
            with pytest.raises(HostError, match=r"切换到“年报\.xlsx”的窗口"):
                pick(app)
        book.activate()
        if app.books.active == book:
            assert pick(app) == book
    finally:
        other.close()


def test_a_changed_label_is_found_in_the_open_workbook(opened):
    """A printed text overwritten on an unprotected sheet is an error of the list, as in the saved file."""
    book = opened(zeros())
    book.sheets[T3].impl.unprotect()
    book.sheets[T3].range("A6").value = "一、新收"
    assert "未通过" in buttons.check(book)
    codes = [
        row[0] for row in book.sheets[RESULTS].range((RESULTS_FIRST, 8), (RESULTS_FIRST + 9, 9)).options(ndim=2).value
    ]
    assert "I-01" in codes
    assert "I-07" in codes  # the sheet is not protected; the click does not protect what it found open
    assert not book.sheets[T3].impl.protected


def test_a_formula_typed_into_a_cell_is_found(opened):
    """=1+1 in an input cell is E-03 with the formula, in the open workbook too; so is =1/0, and each is told once."""
    book = opened(zeros())
    typed = {"t3.granted.research": "=1+1", "t4.reconsideration.upheld": "=1/0", "t2.rules.issued": "=1/0"}
    for name, formula in typed.items():
        book.sheets[place_of(name).sheet].range(place_of(name).address).formula = formula
    buttons.check(book)
    for name, formula in typed.items():
        place = place_of(name)
        assert formula in note(book, place.sheet, place.address)
        assert note(book, place.sheet, place.address).count("【") == 1
        assert book.sheets[place.sheet].range(place.address).formula == formula
    listed = book.sheets[RESULTS].range((RESULTS_FIRST, 8), (RESULTS_FIRST + 9, 9)).options(ndim=2).value
    assert [row[0] for row in listed].count("E-03") == len(typed)


@pytest.mark.parametrize("rows", [2, 18])
def test_every_blank_is_painted(opened, rows):
    """Blanks are told in few lines, but coloured each, and colourless once filled."""
    edition = load_edition("2021")
    names = [cell.id for cell in edition.table("t3").cells if cell.row in edition.table("t3").rows[:rows]]
    filing = zeros()
    book = opened(filing.with_cells(dict.fromkeys(names)))
    buttons.check(book)
    assert {name for name in filing.cells if flag(book, name) == Severity.ERROR.level} == set(names)
    told = [name for name in names if note(book, T3, place_of(name).address)]
    assert len(told) == (rows if rows == 2 else 1)
    buttons.clear_marks(book)
    assert not any(flag(book, name) for name in filing.cells)


@examples(60)
@given(st.data(), st.sampled_from(["2019", "2021"]))
def test_computed_totals_satisfy_every_sum(data, edition_id):
    """Whatever the parts, the totals of 合计 leave no broken sum of rows, columns or cases."""
    edition = load_edition(edition_id)
    dice = data.draw(st.randoms(use_true_random=False))
    filing = Filing(
        edition_id, edition.first_year, UNIT, {cell: dice.choice((0, 0, 1, 12, 300)) for cell in edition.cells}
    )
    sums, unknown = computed_totals(filing)
    assert not unknown
    case = Case(filing.with_cells(sums))
    broken = [i.rule.code for i, _ in identities(edition_id) if i.rule.fills and judge(i, case) is not Verdict.HOLDS]
    assert broken == []


def test_the_buttons_need_the_standard_library_only():
    """What LibreOffice's own Python imports for a click touches no package outside the standard library."""
    modules = [
        "gk_xl.addin.buttons",
        "gk_xl.engines.face",
        "gk_xl.engines.libreoffice",
        "gk_xl.addin.view",
    ]
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        f"import {', '.join(modules)}\n"
        "import gk_xl.checks.catalogue as c\n"
        "c.catalogue()\n"
        "import json; print(json.dumps(sorted({m.partition('.')[0] for m in sys.modules} - set(sys.stdlib_module_names))))"
    )
    found = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True)
    assert set(json.loads(found.stdout)) - {"gk_xl", "__main__"} == set()
