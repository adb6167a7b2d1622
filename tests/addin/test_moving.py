"""Text in the wrong block is noticed by 校验 and moved on the clerk's word only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.addin import buttons
from gk_xl.addin.view import read_book
from gk_xl.form.misplaced import misplaced
from tests.addin.clerk import no, yes, zeros

BEFORE = ("根据《中华人民共和国政府信息公开条例》编制本报告。", "统计期限自2025年1月1日起至2025年12月31日止。")


def parts(preamble, overview):
    """Return the right filing with other texts in the two blocks."""
    filing = zeros()
    return replace(filing, narrative={**filing.narrative, "preamble": tuple(preamble), "overview": tuple(overview)})


OVERVIEW = zeros().paragraphs("overview")
WRONG = {
    "all of 一 in 前言": ((*BEFORE, *OVERVIEW), ()),
    "its heading, too": ((*BEFORE, "一、总体情况", *OVERVIEW), ()),
    "half of it": ((*BEFORE, *OVERVIEW[:2]), OVERVIEW[2:]),
    "前言 pasted into 一": ((), (*BEFORE, *OVERVIEW)),
    "and the heading": ((), (*BEFORE, "一、总体情况", *OVERVIEW)),
}


@pytest.mark.parametrize("name", WRONG)
def test_each_paragraph_goes_to_its_block(opened, name):
    """On yes the texts stand as they belong, in order, none lost; on no nothing moves."""
    wrong = parts(*WRONG[name])
    book = opened(wrong)
    buttons.check(book, no)
    assert read_book(book).filing.narrative == wrong.narrative
    said = buttons.check(book, yes)
    held = read_book(book).filing
    assert (held.paragraphs("preamble"), held.paragraphs("overview")) == (BEFORE, OVERVIEW)
    assert "移到" in said


@pytest.mark.parametrize("texts", [((), OVERVIEW), (BEFORE, OVERVIEW), (BEFORE, ()), ((), ("本乡概况。", *OVERVIEW))])
def test_what_stands_right_is_let_alone(texts):
    """A sentence before （一） that is no preamble stays where it is."""
    assert misplaced(parts(*texts)) is None


@pytest.mark.parametrize(("answer", "times"), [(no, 1), (yes, 2)])
def test_a_workbook_is_read_once_a_click_and_again_where_text_was_moved(opened, monkeypatch, answer, times):
    """What was read for the question is judged, too; what was moved is judged where it stands now."""
    reads = []

    def counted(*given):
        reads.append(read_book(*given))
        return reads[-1]

    for place in ("marking", "judging"):
        monkeypatch.setattr(f"gk_xl.addin.buttons.{place}.read_book", counted)
    book = opened(parts(*WRONG["all of 一 in 前言"]))
    buttons.check(book, answer)
    assert len(reads) == times
    assert reads[-1].filing.narrative == read_book(book).filing.narrative
