"""What a finding offers for the text: only where there is one answer, and then the very words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from gk_xl.checks.text_rules.rewriting import instead
from gk_xl.form.filing import Filing, Signature, Unit

UNIT = Unit("白水乡人民政府", "township", "我乡", "云溪县")


def filing(text: str, part: str = "overview", **cells) -> Filing:
    """Return a filing of zeros but for some cells, whose part is one paragraph."""
    zeros = dict.fromkeys(Filing.blank(2025, UNIT).cells, 0)
    told = {name.replace("__", "."): value for name, value in cells.items()}
    blank = Filing.blank(2025, UNIT)
    signed = Signature("白水乡人民政府", "2026-01-10")
    return replace(blank, cells={**zeros, **told}, narrative={part: (text,)}, signed=signed)


def of(code: str, made: Filing):
    """Return the findings of a rule."""
    return [finding for finding in check(made).findings if finding.code == code]


@pytest.mark.parametrize(
    ("code", "part", "text", "new", "said"),
    [
        ("X-03", "overview", "本年度共收到政府信息公开申请3件。", "本年度共收到政府信息公开申请2件。", "“3件”改为“2件”"),
        ("X-03", "overview", "本年度共收到政府信息公开申请３件。", "本年度共收到政府信息公开申请2件。", "“３件”改为“2件”"),
        ("X-09", "overview", "全年制发规范性文件1,004件。", "全年制发规范性文件4件。", "“1,004件”改为“4件”"),
        ("X-59", "overview", "我乡认真开展政务公开工作工作，成效明显。", "我乡认真开展政务公开工作，成效明显。", "“工作工作”改为“工作”"),
        ("X-61", "problems", "群众对网站上的信息看得不够多，下一步我乡将在村里设置公开栏并且定期更新",
         "群众对网站上的信息看得不够多，下一步我乡将在村里设置公开栏并且定期更新。", "“更新”改为“更新。”"),
        ("X-61", "problems", "群众对网站上的信息看得不够多，下一步我乡将在村里设置公开栏并且定期更新，",
         "群众对网站上的信息看得不够多，下一步我乡将在村里设置公开栏并且定期更新。", "“更新，”改为“更新。”"),
        ("X-60", "overview", "全年召开会议2次（共7人。会后整改到位。", "全年召开会议2次（共7人）。会后整改到位。", "“7人。会”改为“7人）。会”"),
        ("X-62", "overview", "依据《中华人民共和国政府信息公开条列》开展工作。", "依据《中华人民共和国政府信息公开条例》开展工作。", "条例"),
        ("X-44", "preamble", "根据《中华人民共和国信息公开条例》编制本报告。", "根据《中华人民共和国政府信息公开条例》编制本报告。", "政府信息公开条例"),
        ("X-44", "preamble", "根据《中华人民共和国政府信息公开条例》（国务院令第492号）编制本报告。",
         "根据《中华人民共和国政府信息公开条例》（国务院令第711号）编制本报告。", "711"),
        ("X-32", "overview", "2024年发布政策解读4篇。", "2025年发布政策解读4篇。", "“2024年”改为“2025年”"),
        ("X-43", "other_matters", "依据《政府信息公开收费管理办法》，未收取费用。",
         "依据《政府信息公开信息处理费管理办法》，未收取费用。", "信息处理费"),
        ("X-26", "overview", "我乡公开信息80条,其中财政信息20条，，其他60条。", "我乡公开信息80条，其中财政信息20条，其他60条。", "0条，其中”、“"),
    ],
)  # fmt: skip
def test_the_words_that_are_offered(code, part, text, new, said):
    """The whole stretch with the change in it; what changes in a few words."""
    finding = of(code, filing(text, part, t3__received_new__total=2, t2__normative_doc__issued=4))[0]
    assert finding.rewrite is not None
    assert finding.rewrite.old in text
    assert said in finding.rewrite.said
    changed = text.replace(finding.rewrite.old, finding.rewrite.new)
    if new is not None:
        assert changed == new
    again = filing(changed, part, t3__received_new__total=2, t2__normative_doc__issued=4)
    assert len(of(code, again)) < len(
        of(code, filing(text, part, t3__received_new__total=2, t2__normative_doc__issued=4))
    )
    assert "rewrite" not in finding.as_json()


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("X-07", "本年度未收到政府信息公开申请。"),
        ("X-03", "本年度共收到政府信息公开申请三件。"),
        ("X-60", "全年召开会议2次（共7人，会后整改，全部到位。"),
        ("X-60", "全年召开会议2次，共7人），会后整改到位。"),
    ],
)
def test_nothing_is_offered_where_there_is_more_than_one_answer(code, text):
    """None received, a number in words, a bracket that may close anywhere: the clerk's own words."""
    found = of(code, filing(text, t3__received_new__total=2))
    assert found
    assert all(finding.rewrite is None for finding in found)


def test_a_number_of_the_text_offers_the_cell_as_well():
    """One finding: the cell, both values, the words, the number."""
    (finding,) = of("X-03", filing("本年度共收到政府信息公开申请3件。", t3__received_new__total=2))
    assert finding.cells == ("t3.received_new.total",)
    assert (finding.left, finding.right, finding.proposal) == (3, 2, 3)
    assert finding.rewrite.said == "“3件”改为“2件”"


def test_all_closed_and_none_carried_over_are_one_fault():
    """They stand in two sentences, and the table has one that was carried over."""
    text = "全年收到政府信息公开申请3件，均已办结。没有结转下年度继续办理的申请。"
    made = filing(text, t3__received_new__total=3, t3__outcome_total__total=2, t3__carried_out__total=1)
    found = [
        f.code for f in check(made).findings if f.code in ("X-04", "X-05") and "结转" in f.message.split("。请")[0]
    ]
    assert found == ["X-04"]


@pytest.mark.parametrize(("raw", "wrong"), [("工作工作和工作工作", "工作工作"), ("公开", "工作"), ("公开", "")])
def test_words_that_stand_twice_or_never_are_left(raw, wrong):
    """Nobody could say which was meant."""
    assert instead(raw, wrong, "x") is None
