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


TITLE = "示例乡人民政府2025年政府信息公开工作年度报告"
REST = (
    "五、存在问题及改进措施",
    "一是更新不及时。改进措施：每月检查。",
    "六、其他事项",
    "发出收费通知0件，收取信息处理费0元。",
)


@pytest.mark.variants(2)
@pytest.mark.parametrize("into", ["preamble", "overview"])
@pytest.mark.parametrize("named", [TITLE, zeros().title])
def test_a_whole_report_goes_to_all_its_parts(opened, into, named):
    """The title, which the report prints, goes; headings of 五 and 六 part what stands behind them, however they are worded."""
    whole = (named, *BEFORE, "一、总体情况", *OVERVIEW, *REST)
    empty = dict.fromkeys(zeros().narrative, ())
    book = opened(replace(zeros(), narrative={**empty, into: whole}))
    said = buttons.check(book, yes)
    held = read_book(book).filing
    before = (named, *BEFORE) if into == "preamble" else BEFORE
    wanted = {"preamble": before, "overview": OVERVIEW, "problems": (REST[1],), "other_matters": (REST[3],)}
    assert {part: held.paragraphs(part) for part in wanted} == wanted
    assert said.startswith("已按原来的次序把段落移到它的位置")


def test_of_a_whole_report_the_question_says_what_would_move():
    """Each part by its heading, with how many paragraphs; a title of another unit is kept for 校验 to judge."""
    other = TITLE.replace("示例", "别的")
    filing = replace(zeros(), narrative={"overview": (other, *BEFORE, "一、总体情况", *OVERVIEW, *REST)})
    found = misplaced(filing)
    assert found is not None
    assert found.parts["preamble"] == (other, *BEFORE)
    five, six = (zeros().form.section(part).heading for part in ("problems", "other_matters"))
    assert f"“一、总体情况”里有 1 段是“{five}”的内容；“一、总体情况”里有 1 段是“{six}”的内容" in found.said


@pytest.mark.parametrize(
    "line", ["五、监督保障情况", "五、存在的问题是更新不及时，改进措施是每月检查一次，逐条对照清单。"]
)
def test_a_fifth_point_of_one_is_no_heading_of_five(line):
    """Points that a clerk numbers 一、 to 五、 stay, and so does a sentence, even while 五 is empty."""
    filing = zeros()
    narrative = {**filing.narrative, "problems": (), "overview": (*OVERVIEW, line, "已逐项落实。")}
    assert misplaced(replace(filing, narrative=narrative)) is None


def test_what_would_go_where_something_stands_already_is_let_alone():
    """Two texts for one part: nobody but the clerk knows which holds."""
    filing = zeros()
    assert misplaced(replace(filing, narrative={**filing.narrative, "overview": (*OVERVIEW, *REST)})) is None


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
