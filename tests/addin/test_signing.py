"""报送单 and 台账汇入, on every engine."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from gk_xl.addin import buttons
from gk_xl.addin.view import read_book
from gk_xl.desk.signed import verify
from gk_xl.errors import HostError
from gk_xl.form.fingerprint import fingerprint
from gk_xl.workbook.layout import SLIP
from gk_xl.workbook.ledger import ledger_places
from gk_xl.workbook.sheets.narrative import BLANK_ROWS, suggestions
from tests.addin.clerk import no, yes, zeros


def test_what_is_signed_is_told_from_what_is_changed(opened, tmp_path):
    """The button writes the fingerprint; the saved workbook is the one that was signed, until a number changes."""
    filing = replace(zeros(), waivers={"T2-10": "省政府赋权"})
    book = opened(filing)
    said = buttons.make_slip(book)
    assert "✓ 通过" in said
    slip = read_book(book).filing.slip
    assert slip["fingerprint"] == fingerprint(filing).whole
    assert slip["reasons"].split("\n") == [
        "无法判断：跨年核对的 10 条没有查：没有上年数据（不等于通过）。首次填报的不用理会。",
        "省政府赋权（T2-10，这次校验没有这一处）",
    ]
    place = read_book(book).places["t3.granted.other"]
    path = tmp_path / "签字.xlsx"
    book.save(str(path))
    assert verify(path, "").same
    book.sheets[place.sheet].range((place.row, place.column)).value = 1
    book.save(str(path))
    found = verify(path, "")
    assert (found.same, found.different) == (False, (place.sheet,))


def test_a_signed_slip_is_checked_again(opened):
    """Names and date are typed on it, then the clerk goes on: every button works as before."""
    book = opened(zeros())
    buttons.make_slip(book)
    places = read_book(book).places
    typed = {"filler": "张三", "reviewer": "李四", "head": "王五", "date": dt.datetime(2026, 1, 12)}  # noqa: DTZ001
    for name, value in typed.items():
        place = places[f"slip.{name}"]
        book.sheets[place.sheet].range((place.row, place.column)).value = value
    assert "✓ 通过" in buttons.check(book)
    assert read_book(book).filing.slip["date"] == "2026-01-12"


def test_what_was_signed_is_void_on_the_sheet_once_anything_is_changed(opened, calculates):
    """From the change on where the application calculates, in any case from the next check on; undone, it holds again.

    Who signs, and when, is no change.
    """
    book = opened(replace(zeros(), waivers={}))
    buttons.make_slip(book)
    places = read_book(book).places
    verdict, cell = (
        book.sheets[p.sheet].range((p.row, p.column)) for p in (places["slip.verdict"], places["t3.granted.other"])
    )
    for name, typed in (("filler", "张三"), ("head", "王五"), ("date", dt.datetime(2026, 1, 12))):  # noqa: DTZ001
        place = places[f"slip.{name}"]
        book.sheets[place.sheet].range((place.row, place.column)).value = typed
    assert verdict.value.startswith("✓ 通过")
    cell.value = 3
    assert verdict.value.startswith("✗ 已作废：做好以后改动过" if calculates else "✓ 通过")
    buttons.check(book)
    assert verdict.value.startswith("✗ 已作废：做好以后三、依申请公开改动过")
    cell.value = 0
    buttons.check(book)
    assert verdict.value.startswith("✓ 通过")
    assert read_book(book).filing.slip["verdict"].startswith("✓ 通过")


def test_the_year_of_the_ledger_fills_the_tables(opened):
    """Blank cells are filled with totals; what was typed otherwise only on the clerk's word, the old number in a note."""
    ledger = {
        "q1.t3.received_new.other": 2,
        "q3.t3.received_new.other": 3,
        "q1.t3.carried_in.other": 1,
        "q2.t3.carried_in.other": 4,
    }
    filing = replace(zeros(), ledger=ledger).with_cells({"t3.received_new.other": 9, "t3.received_new.total": None})
    book = opened(filing)
    asked = []
    said = buttons.take_ledger(book, lambda question: asked.append(question) or False)
    assert "填的是 9，台账是 5" in asked[0]
    assert "空着" in said
    held = read_book(book).filing
    assert (held.value("t3.received_new.other"), held.value("t3.received_new.total")) == (9, 5)
    buttons.take_ledger(book, yes)
    held = read_book(book).filing
    assert [held.value(f"t3.{name}") for name in ("received_new.other", "received_new.total", "carried_in.other")] == [
        5,
        5,
        1,
    ]
    for name, _, text in suggestions(held):  # what stands beside the text is of the new numbers
        place = read_book(book).places[name].suggestion
        assert (book.sheets[place.sheet].range((place.row, place.column)).value or "") == text
    assert "一致" in buttons.take_ledger(book, no)


def test_an_empty_ledger_is_told(opened):
    """Nothing is written."""
    with pytest.raises(HostError, match="还没有数"):
        buttons.take_ledger(opened(zeros()))


@pytest.mark.variants(2)
@pytest.mark.parametrize("typed", ["12件", "#REF!", "若干"])
@pytest.mark.parametrize("beside", [False, True])
def test_an_entry_of_the_ledger_that_is_no_number_is_named(opened, typed, beside):
    """It is neither blank nor counted: alone in the sheet, and beside numbers."""
    first, second, *others = list(ledger_places("2021"))[: len(ledger_places("2021")) // 4]
    quarter = {first.removeprefix("ledger."): typed} | ({second.removeprefix("ledger."): 3} if beside else {})
    book = opened(replace(zeros(), ledger=quarter))
    try:
        said = buttons.take_ledger(book, yes)
    except HostError as refused:
        said = str(refused)
    assert f"不是数，没有算进去：{ledger_places('2021')[first].address} " in said
    assert typed in said
    assert "还没有数" not in said
    assert (f"一季度还有 {len(others)} 格空着" in said) == beside


def test_the_pages_of_the_text_end_with_it(opened):
    """No empty yellow page is printed."""
    book = opened(zeros())
    buttons.make_slip(book)
    reading = read_book(book)
    last = reading.places["narrative.preamble.1"].row
    end = reading.places["narrative.overview.1"].row + BLANK_ROWS - 1
    tab = reading.layout.edition.section("overview").tab
    assert book.sheets[tab].page_setup.print_area == f"$A$1:$B${end},$A${last - 1}:$B${last}"
    assert book.sheets[SLIP].range("A1").value == "政府信息公开工作年度报告报送单"


def test_a_reason_stands_behind_what_it_answers(opened):
    """Who signs reads where and what, then the reason; the rule's code, which says nothing to them, comes last."""
    warned = zeros().with_cells({"t2.normative_doc.issued": 25, "t2.normative_doc.in_force": 25})
    book = opened(replace(warned, waivers={"T2-10": "省政府赋权", "X-99": "去年写的"}))
    buttons.make_slip(book)
    *_, stands, gone = read_book(book).filing.slip["reasons"].split("\n")
    assert stands.startswith("二、主动公开 B6，")
    assert stands.endswith("。理由：省政府赋权（T2-10）")
    assert gone == "去年写的（X-99，这次校验没有这一处）"


def test_warnings_without_a_reason_are_named(opened, tmp_path):
    """On 报送单, in its box and before an export, until a reason is given; the report is written all the same."""
    warned = zeros().with_cells({"t2.normative_doc.issued": 25, "t2.normative_doc.in_force": 25})
    book = opened(warned)
    said = buttons.make_slip(book)
    slip = read_book(book).filing.slip
    count = int(slip["verdict"].partition("警告 ")[2].partition("，")[0])
    assert (count > 0, "错误 0" in slip["verdict"]) == (True, True)
    assert said.startswith(f"{count} 条警告还没有写理由：")
    assert slip["reasons"].split("\n")[:2][-1] == f"{count} 条警告还没有写理由："
    assert "二、主动公开 " in slip["reasons"]
    assert "不改的理由" in said
    assert "打印签字" not in said.partition("报送单已写好")[2]
    book.save(str(tmp_path / "年报.xlsx"))
    asked = []
    buttons.export_report(book, lambda question: bool(asked.append(question)), lambda _: None)
    assert asked[0].startswith(f"{count} 条警告还没有写理由：")
    assert list(tmp_path.glob("*.docx"))
