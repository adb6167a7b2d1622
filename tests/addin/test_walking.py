"""上一处 and 下一处: the clerk is led from fault to fault; the verdict names the first one."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from gk_xl.addin import buttons
from gk_xl.errors import HostError
from gk_xl.workbook.layout import PLACE_COLUMN, RESULTS, RESULTS_FIRST
from gk_xl.workbook.pointing import point_of
from tests.addin.clerk import T3, faulty, no, place_of, select_line, zeros


def selected(book):
    """Return sheet and address of what is selected."""
    selection = book.app.selection
    return selection.sheet.name, selection.address.replace("$", "").partition(":")[0]


def listed(book):
    """Return the places of the list, each once."""
    rows = book.sheets[RESULTS].range((RESULTS_FIRST, PLACE_COLUMN), (RESULTS_FIRST + 60, PLACE_COLUMN))
    shown = [str(value or "").rpartition(" ") for value in rows.options(ndim=1).value]
    return list(dict.fromkeys((sheet, address) for sheet, _, address in shown if sheet))


def test_the_verdict_names_the_first_thing_to_mend(opened):
    book = opened(zeros().with_cells({"t3.granted.total": 14}))
    told = buttons.check(book)
    assert f"先改：{T3} {place_of('t3.granted.total').address}，14 应为 0。" in told


def test_a_right_workbook_has_nothing_to_mend_first(opened):
    assert "先改" not in buttons.check(opened(zeros()))


def test_next_walks_the_whole_list_and_begins_again(opened):
    book = opened(faulty())
    buttons.check(book)
    places = listed(book)
    assert len(places) > 3
    book.sheets[T3].activate()
    book.sheets[T3].range("A1").select()
    for number, place in enumerate([*places, places[0]], start=1):
        told = buttons.next_finding(book)
        assert selected(book) == place
        assert ("从头再看" in told) == (number > len(places))
        assert f"第 {(number - 1) % len(places) + 1} 格，共 {len(places)} 格" in told
        assert re.search("错误|警告|提示|线索|无法判断", told)
    assert "从最后一处再看" in buttons.previous_finding(book)
    assert selected(book) == places[-1]
    buttons.previous_finding(book)
    assert selected(book) == places[-2]


def test_from_a_line_of_the_list_next_goes_to_what_it_speaks_of(opened):
    book = opened(faulty())
    buttons.check(book)
    places = listed(book)
    sheet = book.sheets[RESULTS]
    for row in range(RESULTS_FIRST, RESULTS_FIRST + 3):
        sheet.activate()
        sheet.range((row, 5)).select()
        name, _, address = str(sheet.range((row, PLACE_COLUMN)).value).rpartition(" ")
        buttons.next_finding(book)
        assert selected(book) == (name, address)
    sheet.activate()
    sheet.range("A1").select()
    buttons.next_finding(book)
    assert selected(book) == places[0]


def test_walking_changes_nothing_and_says_when_there_is_nothing(opened):
    book = opened(zeros())
    with pytest.raises(HostError, match="请先点“校验”"):
        buttons.next_finding(book)
    buttons.fill_zeros(book, no)
    book.sheets[RESULTS].range((RESULTS_FIRST, 1)).select()
    with pytest.raises(HostError, match="没有要看的地方"):
        buttons.previous_finding(book)


def test_next_and_previous_leave_out_what_has_been_mended_since(opened):
    book = opened(replace(faulty(), waivers={}))
    buttons.check(book)
    places = listed(book)
    blank = place_of("t3.partial.research")
    mended = (blank.sheet, blank.address)
    assert mended in places
    book.sheets[T3].range(blank.address).value = 0
    book.sheets[T3].activate()
    book.sheets[T3].range(blank.address).select()
    left = [place for place in places if place != mended]
    for step, first in ((buttons.next_finding, 1), (buttons.previous_finding, -1)):
        book.sheets[T3].range(blank.address).select()
        told = step(book)
        assert selected(book) == places[(places.index(mended) + first) % len(places)]
        assert f"共 {len(left)} 格" in told
        assert "没有填" not in told
    for place in left:
        cell = book.sheets[place[0]].range(place[1])
        cell.value = 77
    assert "再点“校验”" in buttons.next_finding(book)
    book.sheets[T3].range(blank.address).select()
    with pytest.raises(HostError, match="已经改过，请再点“校验”"):
        buttons.accept_proposal(book)
    buttons.check(book)
    assert "再点“校验”" not in buttons.next_finding(book)


def test_a_line_of_the_list_that_has_been_mended_is_told_so(opened):
    book = opened(zeros().with_cells({"t3.granted.total": 14}))
    buttons.check(book)
    place = place_of("t3.granted.total")
    book.sheets[T3].range(place.address).value = 0
    select_line(book, place.address)
    with pytest.raises(HostError, match="已经改过，请再点“校验”"):
        buttons.accept_proposal(book)


@pytest.mark.parametrize(
    ("message", "point"),
    [
        ("“更新更新”重复：“…由专人更新更新。”。请删去多余的。", "“更新更新”重复"),
        ("落款单位是“甲”，封面的单位是“乙”。请改成一致。", "落款单位是“甲”，封面的单位是“乙”"),
        ("没有文字。请补写。", "没有文字"),
    ],
)
def test_the_point_of_a_message_ends_before_a_quotation_that_is_cut(message, point):
    assert point_of(message) == point
