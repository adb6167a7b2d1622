"""Suggested sentences agree with the tables they are written from: the narrative rules of the check find nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_xl.checks.run import check
from gk_xl.form.filing import Filing, Unit
from gk_xl.form.finding import Severity
from gk_xl.form.load import EDITIONS, compose, edition_ids, read_edition
from gk_xl.form.sentences import suggest
from tests.conftest import examples

YEARS = [int(edition) for edition in edition_ids()]
TEXT_RULES = ("X-03", "X-04", "X-05", "X-06", "X-07", "X-08", "X-09", "X-10", "X-11", "X-19", "X-26", "X-27", "X-31")
FEW = st.sampled_from([0, 0, 0, 1, 2, 12, 345])


def zeros(year: int) -> Filing:
    blank = Filing.blank(year, Unit("示例乡人民政府", "township", "我乡"))
    return replace(blank, cells=dict.fromkeys(blank.form.cells, 0))


@st.composite
def balanced(draw) -> Filing:
    """Draw a filing of either edition whose tables add up."""
    filing = zeros(draw(st.sampled_from(YEARS)))
    edition, cells = filing.form, dict(filing.cells)
    table = edition.table("t3")
    outcomes = [row for row in table.rows if row not in {"received_new", "carried_in", "outcome_total", "carried_out"}]
    for row in (*outcomes, "carried_in"):
        for column in table.columns[:-1]:
            cells[f"t3.{row}.{column}"] = draw(FEW) if draw(st.integers(0, 5)) == 0 else 0
    for column in table.columns[:-1]:
        done = cells[f"t3.outcome_total.{column}"] = sum(cells[f"t3.{row}.{column}"] for row in outcomes)
        carried = cells[f"t3.carried_in.{column}"]
        extra = draw(FEW)
        cells[f"t3.carried_out.{column}"] = max(carried - done, 0) + extra
        cells[f"t3.received_new.{column}"] = done + cells[f"t3.carried_out.{column}"] - carried
    for row in table.rows:
        cells[f"t3.{row}.total"] = sum(cells[f"t3.{row}.{column}"] for column in table.columns[:-1])
    for group in ("reconsideration", "suit_direct", "suit_after"):
        parts = [draw(FEW) for _ in range(4)]
        for column, number in zip(("upheld", "corrected", "other", "pending"), parts, strict=True):
            cells[f"t4.{group}.{column}"] = number
        cells[f"t4.{group}.total"] = sum(parts)
    for cell in edition.matching("t2.normative_doc.*"):
        cells[cell.id] = draw(FEW)
    return replace(filing, cells=cells)


@examples(150)
@given(balanced())
def test_the_check_finds_no_contradiction_in_a_suggested_text(filing):
    found = suggest(filing)
    overview = tuple(item.text for item in found if item.part == "overview")
    assert all(overview)
    written = replace(filing, narrative={"overview": overview})
    wrong = [finding for finding in check(written).findings if finding.code in TEXT_RULES]
    assert [f"{finding.code} {finding.message}" for finding in wrong if finding.severity is Severity.ERROR] == []


def test_the_check_would_find_one():
    """The rules above do look at these sentences: with one number changed they speak up."""
    filing = zeros(YEARS[-1]).with_cells(
        {
            f"t3.{row}.{column}": 5
            for row in ("received_new", "granted", "outcome_total")
            for column in ("other", "total")
        }
    )
    (text,) = (item.text for item in suggest(filing) if item.topic == "依申请公开")
    wrong = replace(filing, narrative={"overview": (text.replace("申请5件", "申请6件"),)})
    assert "X-03" in {finding.code for finding in check(wrong).findings}


@examples(50)
@given(balanced())
def test_a_sentence_that_was_taken_over_follows_a_late_correction(filing):
    """The template, not the text, is what the clerk takes over: its numbers change with the table."""
    for item in suggest(filing):
        if "{新收申请}" in item.template:
            changed = filing.with_cells({"t3.received_new.total": filing.cells["t3.received_new.total"] + 1})
            assert str(filing.cells["t3.received_new.total"]) in item.text
            assert [again.reason for again in suggest(changed) if again.topic == item.topic] != [""]


@pytest.mark.parametrize("year", YEARS)
def test_a_year_without_anything_is_reported_in_words(year):
    texts = {item.topic: item.text for item in suggest(zeros(year))}
    assert texts["依申请公开"] == "本年度，我乡未收到政府信息公开申请，无上年结转的申请。"
    assert texts["复议诉讼"] == "本年度，未发生因政府信息公开工作被申请行政复议、提起行政诉讼的情况。"
    assert texts["其他事项"] == "无其他需要报告的事项。"
    assert ("信息处理费" in texts) == ("t3.otherwise.fee_unpaid.total" in zeros(year).form.cells)


def test_a_full_sentence_reads_as_the_statute_words_it():
    cells = {
        "t3.received_new.natural_person": 4, "t3.received_new.commercial": 1, "t3.received_new.total": 5,
        "t3.carried_in.total": 2, "t3.granted.total": 3, "t3.partial.total": 1, "t3.unavailable.not_held.total": 1,
        "t3.outcome_total.total": 5, "t3.carried_out.total": 2,
        "t4.reconsideration.upheld": 1, "t4.reconsideration.total": 1,
    }  # fmt: skip
    texts = {item.topic: item.text for item in suggest(zeros(YEARS[-1]).with_cells(cells))}
    assert texts["依申请公开"] == (
        "本年度，我乡新收政府信息公开申请5件，其中自然人申请4件、法人或其他组织申请1件；上年结转2件。"
        "全年办结5件，其中予以公开3件、部分公开1件、无法提供1件；结转下年度继续办理2件。"
    )
    assert texts["复议诉讼"] == "本年度，我乡因政府信息公开工作被申请行政复议1件，其中结果维持1件；未被提起行政诉讼。"


def test_blank_or_unbalanced_tables_give_a_reason_instead_of_a_sentence():
    blank = {item.topic: item for item in suggest(Filing.blank(YEARS[-1]))}
    assert blank["依申请公开"].text == ""
    assert "还没有填数" in blank["依申请公开"].reason
    crooked = {item.topic: item for item in suggest(zeros(YEARS[-1]).with_cells({"t3.granted.total": 1}))}
    assert "不平" in crooked["依申请公开"].reason


@pytest.mark.parametrize("year", YEARS)
def test_a_blank_is_unknown_and_no_sentence_claims_otherwise(year):
    """A new workbook says of every number only that it is not filled in; a text that is no number is called that."""
    for item in suggest(Filing.blank(year)):
        assert item.text == "无其他需要报告的事项。" or "还没有填数" in item.reason
    for cell in ("t3.otherwise.fee_unpaid.total", "t3.received_new.total"):
        if cell in zeros(year).form.cells:
            blank, typed = (suggest(zeros(year).with_cells({cell: value})) for value in (None, "若干"))
            assert any("还没有填数" in item.reason for item in blank)
            assert any("填的不是数" in item.reason for item in typed)
            assert not any("不是 0" in item.reason for item in (*blank, *typed))


def test_a_fee_is_never_made_up():
    taken = {item.topic: item for item in suggest(zeros(YEARS[-1]).with_cells({"t2.admin_fee.amount": 0.5}))}
    assert taken["信息处理费"].text == ""
    assert "台账" in taken["信息处理费"].reason


def composed(name, *changes):
    """Return the identifier of an edition made of that of 2021 by exchanging texts of its file."""
    text = (EDITIONS / "2021.toml").read_text(encoding="utf-8")
    for old, new in (('edition = "2021"', f'edition = "2021+{name}"'), *changes):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    compose(read_edition(text, f"form/editions/{name}.toml"))
    return f"2021+{name}"


def test_a_group_of_outcomes_that_an_edition_adds_is_in_the_sentence():
    """Without a field in the list of fields it has one by its printed label; the sums hold with it."""
    edition = composed(
        "group",
        ('text = "三、本年度办理结果", rows = 22', 'text = "三、本年度办理结果", rows = 23'),
        (
            '[[tables.lines]]\nrow = "outcome_total"',
            """[[tables.lines]]
row = "moved"
stub = [{ text = "（七）转交办理（含档案馆）", columns = 2 }]
reference = "notice-table-3"
[[tables.lines]]
row = "outcome_total\"""",
        ),
    )
    cells = {"t3.received_new.natural_person": 4, "t3.received_new.total": 4, "t3.granted.total": 1, "t3.moved.total": 3,
             "t3.outcome_total.total": 4}  # fmt: skip
    filing = replace(zeros(YEARS[-1]), edition=edition)
    texts = {
        item.topic: item.text for item in suggest(filing.with_cells({**dict.fromkeys(filing.form.cells, 0), **cells}))
    }
    assert "全年办结4件，其中予以公开1件、转交办理3件；" in texts["依申请公开"]


def test_columns_that_an_edition_drops_or_adds_do_not_stop_the_sentences():
    """An applicant's column gone, a result's column of 表四 gone for 行政复议 and one come."""
    edition = composed(
        "columns",
        ("widths_mm = [9, 20, 43, 12, 12, 12, 12, 12, 12, 12]", "widths_mm = [9, 20, 43, 12, 12, 12, 12, 12, 12]"),
        ('text = "申请人情况", columns = 7', 'text = "申请人情况", columns = 6'),
        ('text = "法人或其他组织", columns = 5', 'text = "法人或其他组织", columns = 4'),
        ('  { text = "社会公益组织", column = "public_interest" },\n', ""),
        ('{ text = "其他结果", rows = 2, row = "reconsideration", column = "other" }',
         '{ text = "自愿撤回", rows = 2, row = "reconsideration", column = "withdrawn" }'),
        ('"reconsideration.other"', '"reconsideration.withdrawn"'),
    )  # fmt: skip
    cells = {"t3.received_new.research": 4, "t3.received_new.total": 4, "t3.carried_out.total": 4,
             "t4.reconsideration.withdrawn": 2, "t4.reconsideration.total": 2}  # fmt: skip
    filing = replace(zeros(YEARS[-1]), edition=edition)
    texts = {
        item.topic: item.text for item in suggest(filing.with_cells({**dict.fromkeys(filing.form.cells, 0), **cells}))
    }
    assert "新收政府信息公开申请4件，其中法人或其他组织申请4件；" in texts["依申请公开"]
    assert "被申请行政复议2件，其中自愿撤回2件；" in texts["复议诉讼"]
