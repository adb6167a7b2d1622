"""Rounds of returning: what is mended, still open, new; a slip of round two lists only what is open or new."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from gk_xl.checks.run import check
from gk_xl.desk.batch import told
from gk_xl.desk.brief import Brief, Issuer
from gk_xl.desk.collection import Collection
from gk_xl.desk.entry import LATE, Entry
from gk_xl.desk.rounds import Rounds
from gk_xl.desk.slips import slip
from gk_xl.errors import BadFiling
from tests.desk.test_desk import RIGHT, of

GOOD = of(RIGHT, "甲乡人民政府")
TWO = GOOD.with_cells({"t3.outcome_total.total": 99, "t2.licence.decisions": "26件"})
"""A sum that does not hold and a number with its unit of measure."""
ISSUER = Issuer("示例县人民政府办公室", "2026-01-15", "2026-01-20", "李四 0000-1234567")


def entry(filing) -> Entry:
    """Return a file as the desk has it."""
    return told(Entry(Path("甲乡.xlsx"), filing=filing, result=check(filing)))


def words(data: bytes) -> str:
    """Return all that a slip says."""
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_second_round_says_what_is_mended_still_open_and_new():
    first = Rounds().issued([entry(TWO)], "2026-01-15", "2026-01-20")
    mended = TWO.with_cells({"t2.licence.decisions": 26, "t4.reconsideration.total": 7})
    progress = first.progress(entry(mended))
    assert progress.number == 2
    assert [item.stem.partition("@")[2] for item in progress.mended] == ["t2.licence.decisions"]
    assert any("t3.outcome_total" in line.key for line in progress.still)
    assert any("t4.reconsideration" in line.key for line in progress.new)
    assert progress.said.startswith("已改 1、仍有 ")


def test_a_unit_that_has_not_answered_stays_in_its_round():
    """The slip is the same, word for word."""
    rounds, file = Rounds(), entry(TWO)
    once = slip(file, ISSUER, rounds)
    rounds = rounds.issued([file], "2026-01-15", "2026-01-20")
    assert slip(file, ISSUER, rounds) == once
    again = rounds.issued([file], "2026-01-18", "2026-01-20")
    assert [told.number for told in again.latest.values()] == [1]
    assert again.progress(file) is None


def test_a_corrected_file_is_not_late_and_one_that_stays_is_overdue():
    """What came on its day and was returned counts as on time; the day that passed is the one of the round."""
    rounds = Rounds().issued([entry(TWO)], "2026-01-15", "2026-01-20")
    late = replace(entry(GOOD), marks=frozenset({LATE}))
    assert Brief(Collection((late,))).late == (late,)
    assert Brief(Collection((late,)), rounds=rounds).late == ()
    same = entry(TWO)
    for day, overdue in (("2026-01-20", ()), ("2026-01-21", (same,)), ("", ())):
        assert Brief(Collection((same,)), rounds=rounds, issuer=ISSUER._replace(date=day)).overdue == overdue


def test_a_slip_of_round_two_lists_only_what_is_open_or_new():
    rounds = Rounds().issued([entry(TWO)], "2026-01-15", "2026-01-20")
    said = words(slip(entry(TWO.with_cells({"t2.licence.decisions": 26})), ISSUER, rounds))
    assert "（第 2 次）" in said
    assert "已经改好 1 处" in said
    assert "26件" not in said
    assert "仍然存在的" in said
    third = rounds.issued([entry(TWO.with_cells({"t2.licence.decisions": 26}))], "2026-01-22", "")
    assert third.number(entry(GOOD)) == 3
    done = third.progress(entry(GOOD))
    assert not done.still
    assert not done.new
    assert done.mended


def test_a_slip_says_issuer_date_deadline_contact_value_and_reason():
    said = words(slip(entry(TWO), ISSUER))
    for wanted in (
        "示例县人民政府办公室",
        "2026年1月15日",
        "于 2026年1月20日前",
        "李四 0000-1234567",
        "改为 26",
        "每一格都要填数",
    ):
        assert wanted in said


def test_the_record_comes_back_as_it_was_written():
    rounds = (
        Rounds()
        .issued([entry(TWO)], "2026-01-15", "")
        .issued([entry(GOOD.with_cells({"t2.rules.issued": None}))], "d", "")
    )
    again = Rounds.loads(rounds.dumps(), "记录")
    assert again == rounds
    for broken in ("[]", '{"units": {"a": [{}]}}', '{"units": 3}'):
        with pytest.raises(BadFiling, match="退回记录"):
            Rounds.loads(broken, "记录")
    assert json.loads(rounds.dumps())["generator"] == "gk_xl"


def test_a_number_that_is_still_wrong_in_another_way_is_still_open():
    """A finding is known by rule and place, not by what was typed."""
    rounds = Rounds().issued([entry(TWO)], "", "")
    progress = rounds.progress(entry(replace(TWO).with_cells({"t2.licence.decisions": "二十六件"})))
    assert not [item for item in progress.mended if "licence" in item.stem]
