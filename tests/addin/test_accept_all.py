"""全部采纳, and the way from the verdict to the first thing to mend."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.addin import buttons
from gk_xl.addin.buttons.judging import judge
from gk_xl.addin.view import read_book
from gk_xl.addin.wording import GO
from gk_xl.checks.run import check
from gk_xl.errors import HostError
from gk_xl.form.filing import Filing, Unit
from gk_xl.report.model import build_report
from gk_xl.workbook.layout import JUDGED, RESULTS, RESULTS_FIRST
from gk_xl.workbook.pointing import FIRST
from gk_xl.workbook.sheets.results import CLUE_FIRST
from tests.addin.clerk import T3, flag, note, place_of, protected, zeros


def slips():
    """Return a filing with a total that has one answer, an entry typed with its unit, a doubled word, and text against table."""
    cells = {
        "t3.received_new.natural_person": 2, "t3.received_new.total": 3, "t3.carried_out.natural_person": 2,
        "t3.carried_out.total": 2, "t4.suit_direct.other": "０件",
    }  # fmt: skip
    text = dict(zeros().narrative)
    text["overview"] = (
        *text["overview"][:1], "（二）依申请公开。收到政府信息公开申请2件，结转下年度2件。",
        "（三）政府信息管理。明确明确专人审核，公开前逐件核对来源和日期。", *text["overview"][3:],
    )  # fmt: skip
    return replace(zeros().with_cells(cells), narrative=text)


def test_all_that_has_one_answer_is_taken_after_a_list(opened):
    """The list names each cell with both values; old values stay in notes; one step takes all back."""
    filing = slips()
    book, asked = opened(filing), []

    def say(answer):
        return lambda text: asked.append(text) or answer

    assert buttons.accept_all(book, say(False)) == "没有采纳，什么也没有改。"
    assert read_book(book).filing == filing
    told = buttons.accept_all(book, say(True))
    assert told.startswith("已采纳 3 条建议")
    total = place_of("t3.received_new.total")
    assert f"“{T3}”{total.address}由 3 改为 2" in asked[-1]
    assert "“０件”改为 0" in asked[-1]
    after = read_book(book).filing
    assert after.value("t3.received_new.total") == 2
    assert after.value("t4.suit_direct.other") == 0
    assert "明确专人审核" in after.narrative["overview"][2]
    assert "明确明确" not in after.narrative["overview"][2]
    assert "原填 3" in note(book, T3, total.address)
    assert check(after).errors == 0
    assert protected(book)
    buttons.undo(book)
    assert read_book(book).filing == filing


@pytest.mark.parametrize(
    ("typed", "chosen", "number", "unit", "printed"),
    [
        ("766202元", "", 766202, "元", "766202元"),
        ("10.4万元", "", 10.4, "万元", "10.4万元"),
        ("766202元", "万元", 76.6202, "万元", "76.6202万元"),
        ("766202", "", 766202, "", "766202"),
    ],
)
def test_an_amount_typed_with_its_unit_keeps_it(opened, typed, chosen, number, unit, printed):
    """The form of 2019 prints no unit: what was typed behind the number goes to 封面, and is printed behind it again."""
    cell = "t2.procurement.amount"
    blank = Filing.blank(2020, Unit("示例乡人民政府", "township", "我乡", "示例县"))
    filing = replace(blank, cells=dict.fromkeys(blank.cells, 0) | {"t2.procurement.projects": 3, cell: typed})
    filing = replace(filing, units={cell: chosen} if chosen else {})
    book = opened(filing)
    buttons.accept_all(book, lambda _: True)
    after = read_book(book).filing
    assert (after.value(cell), after.units.get(cell, "")) == (number, unit)
    table = next(section.table for section in build_report(after).sections if section.table)
    assert table.texts[cell] + table.units.get(cell, "") == printed
    forced = next(section.table for section in build_report(filing).sections if section.table)
    assert forced.texts[cell] + forced.units.get(cell, "") == typed  # a text that was not mended gets no second unit
    buttons.undo(book)
    assert read_book(book).filing.units == filing.units


def test_text_against_table_is_left_to_the_clerk(opened):
    """Where the words or the number may be wrong nothing is taken, and it is said so."""
    text = dict(zeros().narrative)
    text["overview"] = (
        *text["overview"][:1],
        "（二）依申请公开。收到政府信息公开申请5件，均已办结。",
        *text["overview"][2:],
    )
    filing = replace(zeros(), narrative=text)
    book = opened(filing)
    told = buttons.accept_all(book, lambda _: True)
    assert "没有只有一种改法的建议" in told
    assert read_book(book).filing == filing


def test_a_text_that_agrees_with_neither_waits_for_the_clue(opened):
    """3 is typed, the sums ask for 2, the text says 5: the clue is the one answer; the text is asked about after it."""
    filing = slips().with_cells({"t4.suit_direct.other": 0})
    text = dict(filing.narrative)
    text["overview"] = (
        *text["overview"][:1],
        "（二）依申请公开。收到政府信息公开申请5件，结转下年度2件。",
        *text["overview"][3:],
    )
    filing = replace(filing, narrative=text)
    book = opened(filing)
    about = [line for line in judge(book).lines if line.link.startswith("'一、总体情况'") and "5 件" in line.message]
    assert [(line.advice, line.changes, line.rewrite) for line in about] == [(None, (), None)]
    assert CLUE_FIRST in about[0].message
    assert buttons.accept_all(book, lambda _: True).startswith("已采纳 1 条建议")
    after = read_book(book).filing
    assert after.value("t3.received_new.total") == 2
    assert after.narrative == filing.narrative
    (now,) = [line for line in judge(book).lines if line.link == about[0].link and "5 件" in line.message]
    assert now.advice == "①正文“5件”改为“2件”；②把 三、依申请公开 J6 改为 5"


def test_a_text_that_says_what_the_clue_says_is_one_cause(opened):
    """3 is typed, the sums and the text ask for 2: nothing offers to write 3 into the text."""
    lines = judge(opened(slips().with_cells({"t4.suit_direct.other": 0}))).lines
    assert [line.advice for line in lines if line.rewrite and "件" in line.rewrite.said] == []


def test_a_suggestion_is_taken_where_the_clerk_stands(opened):
    """After 去看 the cell itself is selected: 采纳建议 there mends it, a number and a text; elsewhere it says what to select."""
    book = opened(slips())
    buttons.check(book)
    total = place_of("t3.received_new.total")
    for sheet, row, column, said in (
        (T3, total.row, total.column, "由 3 改为 2"),
        ("一、总体情况", place_of("narrative.overview.3").row, 2, "“明确明确”改为“明确”"),
    ):
        book.sheets[sheet].activate()
        book.sheets[sheet].range((row, column)).select()
        assert said in buttons.accept_proposal(book, lambda _: True)
    with pytest.raises(HostError, match="选中的格没有可以直接填入的建议"):
        buttons.accept_proposal(book)


def test_a_cell_with_nothing_to_adopt_says_what_is_to_be_done_there(opened):
    """The clerk stands where 去看 led: what is wrong is said again, not that another cell is to be selected."""
    text = {**zeros().narrative, "problems": ()}
    book = opened(replace(zeros(), narrative=text))
    buttons.check(book)
    select(book, "narrative.problems.1")
    with pytest.raises(HostError, match=r"“五、问题及改进”B4没有可以直接填入的建议，请自己改：."):
        buttons.accept_proposal(book)


def select(book, name: str) -> None:
    """Select a cell of the form."""
    place = place_of(name)
    book.sheets[place.sheet].activate()
    book.sheets[place.sheet].range((place.row, place.column)).select()


PERIOD = "本报告中所列数据的统计期限自2025年1月1日起至2025年12月31日止。"


@pytest.mark.parametrize("button", [buttons.accept_proposal, buttons.accept_all])
def test_a_sentence_that_is_missing_is_put_in(opened, button):
    """Behind what the part has, nothing of which is touched; the warning is gone."""
    written = ("本报告按条例编制。", "电子版在县政府网站下载。")
    book = opened(replace(zeros(), year=2025, narrative={**zeros().narrative, "preamble": written}))
    buttons.check(book)
    select(book, "narrative.preamble.1")
    assert button(book, lambda _: True).startswith("已采纳")
    after = judge(book)
    assert after.filing.paragraphs("preamble") == (*written, PERIOD)
    assert "X-17" not in {finding.code for finding in after.result.findings}


def test_a_part_that_is_full_says_so(opened):
    filing = replace(zeros(), narrative={**zeros().narrative, "preamble": ("本报告按条例编制。",) * 8})
    book = opened(filing)
    select(book, "narrative.preamble.1")
    with pytest.raises(HostError, match="写满"):
        buttons.accept_proposal(book)


@pytest.mark.parametrize("button", buttons.LEADING)
def test_whatever_ends_in_a_verdict_leads_on(opened, button):
    """校验, 采纳建议, 全部采纳 end in words that name the first thing, which the box then goes to."""
    filing = slips().with_cells({"t3.granted.total": 7, "t3.granted.other": None})
    book = opened(filing)
    told = buttons.check(book)
    if button == "accept_proposal":
        book.sheets[RESULTS].activate()
        line = next(line for line in judge(book).lines if line.rewrite or line.changes)
        book.sheets[RESULTS].range((RESULTS_FIRST + line.number - 1, 1)).select()
    if button != "check":
        told = getattr(buttons, button)(book, lambda _: True)
    assert FIRST in told


def test_the_box_leads_to_the_first_thing(opened, monkeypatch):
    """是: its cell is selected. 否: nothing moves. A verdict that names nothing to mend asks nothing."""
    book = opened(slips())
    told = buttons.check(book)
    assert FIRST in told
    asked = []
    monkeypatch.setattr(
        type(book.app.impl), "alert", lambda _, prompt, *__: asked.append(prompt) or answer, raising=False
    )
    answer = "no"
    before = (book.app.selection.sheet.name, book.app.selection.row)
    assert buttons.led(book, told, "年报")
    assert asked[-1].endswith(GO)
    assert (book.app.selection.sheet.name, book.app.selection.row) == before
    answer = "yes"
    assert buttons.led(book, told, "年报")
    place = place_of("t3.received_new.total")
    assert (book.app.selection.sheet.name, book.app.selection.row, book.app.selection.column) == (
        place.sheet, place.row, place.column
    )  # fmt: skip
    assert not buttons.led(book, "✓ 通过。", "年报")


def test_a_click_keeps_what_it_judged(opened):
    """Beside the flag stands the number; after a correction the two differ, so the mark does not show any more."""
    book = opened(slips())
    buttons.check(book)
    place = place_of("t3.received_new.total")
    beside = book.sheets[T3].range((place.row, place.column + JUDGED))
    assert (flag(book, "t3.received_new.total"), beside.value) == (3, 3)
    book.sheets[T3].range((place.row, place.column)).value = 2
    assert beside.value == 3
    buttons.check(book)
    assert (flag(book, "t3.received_new.total"), beside.value) == (None, 2)
