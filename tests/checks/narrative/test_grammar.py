"""The grammar of README.md, run line by line, and what must hold for any text whatever."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gk_xl.checks.text
from gk_xl.checks.case import Case
from gk_xl.checks.run import check
from gk_xl.checks.text.context import Period, Scope
from gk_xl.checks.text.sentences import fold, read
from gk_xl.checks.text.tokens import clauses, counts
from gk_xl.checks.text_rules.against_tables.figures import said, witnesses
from gk_xl.form.filing import Filing, Unit
from tests.conftest import examples

README = (Path(gk_xl.checks.text.__file__).parent / "README.md").read_text(encoding="utf-8")
EXAMPLES, UNREAD = (part.split("\n\n")[0] for part in re.split(r"\| sentence \| .*\n\|---\|---\|\n", README)[1:])
UNIT = Unit("示例乡人民政府", "township", "我乡", "示例县")


def rows(block):
    return [
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in block.splitlines()
        if line.startswith("|")
    ]


def filing_with(*paragraphs, year=2024, part="overview"):
    return replace(Filing.blank(year, UNIT), narrative={part: paragraphs})


def shown(statement):
    """Write a statement the way README.md does."""
    claim = statement.subject.every or statement.subject.act == "smooth"
    text = str(statement.subject) if claim else f"{statement.subject}={statement.number}"
    if statement.negated and not claim:
        text += "-"
    if statement.vague:
        text += "~"
    if statement.period is Period.OTHER:
        return text + "(other)"
    return text + {Scope.OWN: "", Scope.WHOLE: "(whole)", Scope.OTHER: "(another)"}[statement.scope]


@pytest.mark.parametrize(("sentence", "statements"), rows(EXAMPLES))
def test_an_example_of_the_grammar(sentence, statements):
    """What README.md says a sentence means is what is read."""
    assert " ".join(shown(item) for item in said(Case(filing_with(sentence)))) == statements


@pytest.mark.parametrize(("sentence", "why"), rows(UNREAD))
def test_what_is_left_unread(sentence, why):
    """A sentence that README.md lists as unread brings no statement that binds."""
    assert not [item for item in said(Case(filing_with(sentence))) if item.binding and item.scope is Scope.OWN], why


def test_witnesses_name_single_cells():
    """Only exact numbers of this year, the unit's own, that mean one cell, bear witness."""
    filing = filing_with(
        "新收政府信息公开申请5件，上年结转1件，予以公开3件。",
        "全县收到政府信息公开申请86件。",
        "答复政府信息公开申请近4件。",
    )
    found = witnesses(Case(filing))
    assert [(item.cell, item.value) for item in found] == [
        ("t3.received_new.total", 5),
        ("t3.carried_in.total", 1),
        ("t3.granted.total", 3),
    ]
    assert {item.place for item in found} == {"narrative.overview.1"}
    assert all("新收" in item.excerpt for item in found)


def test_none_at_all_bears_witness_for_each_of_its_cells():
    """没有行政诉讼 says 0 of the suits brought directly and of those behind a review; a sum that is not 0 names no cell."""
    found = witnesses(Case(filing_with("全年未发生行政诉讼。")))
    assert {(item.cell, item.value) for item in found} == {("t4.suit_direct.total", 0), ("t4.suit_after.total", 0)}
    assert witnesses(Case(filing_with("全年发生行政诉讼3件。"))) == ()


def test_a_text_that_says_none_decides_between_a_total_and_its_parts():
    """3 suits in the total, none in its parts: the total or a part; the text says that there was none."""
    filing = filing_with("全年未发生行政诉讼。")
    cells = {name: 3 if name == "t4.suit_direct.total" else 0 for name in filing.cells if name.startswith("t4.")}
    (first, *_) = check(filing.with_cells(cells)).suspects
    assert first.unique
    assert [(change.cell, change.proposed) for change in first.changes] == [("t4.suit_direct.total", 0)]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("共 １２ 件,已办结", "共12件，已办结"),
        ("1,234件", "1234件"),
        ("电话:0735-6612046", "电话：0735-6612046"),
        ("http://a.cn:80", "http://a.cn:80"),
        ("占８２．４％(约)", "占82.4%（约）"),
    ],
)
def test_folding(text, folded):
    """Width, white space and thousands separators go; what is written stays readable."""
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("公开5件、十二宗、三百零五条", [5, 12, 305]),
        ("国办公开办函〔2021〕30号第五十条，电话0735-6612046，12345热线", []),
        ("2024年12月31日，20个工作日，3个月，第3批", []),
        ("收取400元，占82.4%", []),
        ("1.53万条，近40条，100余件", [15300, 40, 100]),
        ("依申请公开0件", [0]),
    ],
)
def test_counts(text, numbers):
    """Counts are numbers of things; dates, articles, money, telephones and percentages are none."""
    assert [count.number for count in counts(text)] == numbers


def test_clauses_and_shares():
    """Brackets make clauses of their own; a share keeps its decimals."""
    assert [(clause.text, clause.depth) for clause in clauses("收到5件（含结转1件），办结5件。")] == [
        ("收到5件", 0),
        ("含结转1件", 1),
        ("办结5件", 0),
    ]


def test_sentences_keep_their_place():
    """A sentence knows its part, its paragraph, what it stands under, and how it was written."""
    narrative = read(filing_with("（一）主动公开。公开 5 条。", "（二）依申请公开", "收到“申请。”3件。"))
    assert [(item.place, item.heading, item.raw) for item in narrative.sentences] == [
        ("narrative.overview.1", "主动公开", "（一）主动公开。"),
        ("narrative.overview.1", "主动公开", "公开 5 条。"),
        ("narrative.overview.2", "依申请公开", "（二）依申请公开"),
        ("narrative.overview.3", "依申请公开", "收到“申请。”3件。"),
    ]


PIECES = st.sampled_from(
    [
        "收到",
        "政府信息公开申请",
        "办结",
        "予以公开",
        "行政复议",
        "行政诉讼",
        "未",
        "无",
        "均",
        "其中",
        "共",
        "占",
        "规范性文件",
        "结转",
        "上年",
        "2024年",
        "2023年",
        "5件",
        "十二宗",
        "三条",
        "82.4%",
        "（",
        "）",
        "，",
        "。",
        "；",
        "、",
        "：",
        "“",
        "”",
        "《",
        "》",
        "全县",
        "我乡",
        "我镇",
        "县政府",
        "制发",
        "现行有效",
        "统计期限",
        "1月1日",
        "至",
        "12月31日",
        "（一）",
        "一是",
        "1.",
        "〔2021〕30号",
        "XX",
        "信息处理费",
        "400元",
    ]
)


@examples(300)
@given(
    st.lists(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60), max_size=5),
    st.sampled_from([2020, 2024]),
)
def test_any_text_can_be_checked(paragraphs, year):
    """No text raises, and every finding quotes or places what it speaks of."""
    for part in ("preamble", "overview", "problems", "other_matters"):
        filing = filing_with(*paragraphs, year=year, part=part)
        for finding in check(filing).findings:
            if finding.place and finding.place.startswith(f"narrative.{part}.") and finding.excerpt:
                index = int(finding.place.rsplit(".", 1)[1])
                assert 1 <= index <= len(paragraphs)
