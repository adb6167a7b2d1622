"""Slips as the units' own clerks read them: places in words for who has no workbook of ours, no codes of sums, no button."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from gk_xl.checks.catalogue import catalogue
from gk_xl.checks.run import check
from gk_xl.desk.batch import told
from gk_xl.desk.entry import Entry
from gk_xl.desk.slips import slip
from gk_xl.form.filing import Signature
from gk_xl.intake import DATA, WORKBOOK
from gk_xl.workbook.in_words import without_workbook
from tests.desk.test_desk import RIGHT, of

GOOD = of(RIGHT, "甲乡")
OF_A_WORKBOOK = ("校验", "工作簿", "封面", "点“", "按钮", "一键补零")
JARGON = ("线索", "成立", "自行消失", "改后")


def words(filing, kind: str) -> tuple[str, list[tuple[str, ...]]]:
    """Return what a slip says in its sentences, and the rows of its list."""
    entry = told(Entry(Path("甲乡.docx"), format=kind, filing=filing, result=check(filing)))
    document = docx.Document(io.BytesIO(slip(entry)))
    (table,) = document.tables
    rows = [tuple(dict.fromkeys(cell.text for cell in row.cells)) for row in table.rows[1:]]
    return "\n".join([*(one.text for one in document.paragraphs), *rows.pop()]), rows


WRONG = GOOD.with_cells({"t3.outcome_total.total": 99, "t4.reconsideration.total": 7, "t2.licence.decisions": None})
PERSONAL = replace(
    GOOD,
    signed=Signature("", ""),
    narrative={**GOOD.narrative, "overview": (*GOOD.narrative["overview"], "王小明（身份证号362201198503124513）。")},
)


@pytest.mark.parametrize("kind", ["Word", "网页", "PDF", "文本", DATA])
@pytest.mark.parametrize("filing", [WRONG, PERSONAL], ids=["numbers", "text"])
def test_who_has_no_workbook_reads_no_address_and_no_button(kind, filing):
    said, rows = words(filing, kind)
    whole = said + "".join("".join(row) for row in rows)
    assert not [word for word in OF_A_WORKBOOK if word in whole]
    assert "改正后重新报送" in said
    places = [row[2] for row in rows]
    if filing is WRONG:
        assert "表三“（七）总计”行“总计”列" in places
        assert "表四“行政复议”“总计”" in places
    else:
        number = len(filing.narrative["overview"])
        assert {f"一、总体情况第 {number} 段", "落款单位"} <= set(places)


@pytest.mark.parametrize("kind", ["Word", WORKBOOK])
def test_a_slip_speaks_no_jargon(kind):
    said, rows = words(WRONG, kind)
    whole = said + "".join("".join(row) for row in rows)
    assert not [word for word in JARGON if word in whole]
    assert "改了这一处，另外" in whole
    assert {row[1] for row in rows} <= {"错误", "警告", "提示"}


def test_who_has_a_workbook_reads_its_addresses():
    said, rows = words(WRONG, WORKBOOK)
    assert "三、依申请公开 J29" in [row[2] for row in rows]
    assert "改好后点“校验”" in said


def test_no_blank_stands_before_the_year():
    assert "报送的2025年度" in words(WRONG, "Word")[0]


@pytest.mark.parametrize(
    "known", [known for known in catalogue().values() if known.code[0] != "I"], ids=lambda one: one.code
)
def test_every_rule_can_be_told_to_who_has_no_workbook(known):
    """Integrity is of workbooks alone, and what cannot be judged stands on no slip."""
    if known.severity.level:
        told_ = without_workbook(known.message + known.next)
        assert not [word for word in OF_A_WORKBOOK if word in told_]


@pytest.mark.parametrize(("filing", "proposed"), [(WRONG, True), (PERSONAL, False)])
def test_a_column_without_a_proposal_is_left_out_and_the_others_are_wider(filing, proposed):
    """A slip of a few lines stays on one page; so does its closing, set closer under the list."""
    entry = told(Entry(Path("乡镇/甲乡.xlsx"), folder=Path(), format=WORKBOOK, filing=filing, result=check(filing)))
    document = docx.Document(io.BytesIO(slip(entry)))
    (table,) = document.tables
    assert ("建议改为" in [cell.text for cell in table.rows[0].cells]) is proposed
    assert sum(column.width for column in table.columns) == docx.shared.Twips(8845)
    closing = table.rows[-1].cells[0].paragraphs[1]
    assert closing.paragraph_format.line_spacing < docx.shared.Twips(579)
    assert "（“甲乡.xlsx”）" in document.paragraphs[2].text
