"""Rounds of returning: what is mended, still open, new; a slip of round two lists only what is open or new."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest

from gk_xl.checks.run import check
from gk_xl.desk.batch import told
from gk_xl.desk.brief import Brief, Issuer
from gk_xl.desk.collection import Collection
from gk_xl.desk.entry import LATE, Entry
from gk_xl.desk.rounds import Rounds
from gk_xl.desk.slips import slip
from gk_xl.errors import BadFiling
from gk_xl.intake import inspect, receive
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.layout import COPIES, layout
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


def test_a_workbook_mended_in_its_form_alone_was_handed_in_again(tmp_path):
    """Its numbers are the same, a formula that was typed over is there again: it is in its second round, and not late."""
    path, cell = tmp_path / "甲乡.xlsx", layout("2021").names["t3.granted.total"].right(COPIES)
    path.write_bytes(build_workbook(GOOD))
    book = openpyxl.load_workbook(path)
    book[cell.sheet].cell(cell.row, cell.column).value = 5
    book.save(path)
    broken = from_file(path)
    assert broken.outcome != "通过"
    rounds = Rounds().issued([broken], "2026-01-15", "2026-01-20")
    assert rounds.progress(from_file(path)) is None
    path.write_bytes(build_workbook(GOOD))
    again = replace(from_file(path), marks=frozenset({LATE}))
    assert (again.filing.dumps(), rounds.progress(again).number) == (broken.filing.dumps(), 2)
    assert rounds.progress(again).mended
    assert Brief(Collection((again,)), rounds=rounds).late == ()


def from_file(path) -> Entry:
    """Return a workbook as the desk has it."""
    received = receive(path)
    return told(Entry(path, filing=received.filing, result=inspect(received)))


def test_a_record_of_before_knows_the_file_that_it_is_about():
    """It keeps a digest of the content alone."""
    rounds = Rounds().issued([entry(TWO)], "2026-01-15", "2026-01-20")
    record = json.loads(rounds.dumps())
    (told_once,) = record["units"]["甲乡人民政府"]
    told_once["digest"] = hashlib.sha256(TWO.dumps().encode()).hexdigest()
    former = Rounds.loads(json.dumps(record), "记录")
    assert former.open_round(entry(TWO)) is not None
    assert former.progress(entry(GOOD)).number == 2


def test_reasons_are_told_as_answers():
    """A warning that has its reason is neither mended nor open; nobody is told that nothing was changed."""
    filing = GOOD.with_cells(
        {"t2.normative_doc.issued": 25, "t2.normative_doc.in_force": 125, "t4.suit_direct.total": 3}
    )
    warned = entry(filing)
    line = next(line for line in warned.lines if line.style == "level_warning")
    rounds = Rounds().issued([warned], "2026-01-15", "2026-01-20")
    answer = entry(replace(filing, waivers={line.key: "已核对，属实"}))
    progress = rounds.progress(answer)
    assert [item.stem for item in progress.answered] == [line.key.partition(":")[0]]
    assert (progress.mended, progress.new) == ((), ())
    assert "写明理由 1、" in progress.said
    said = words(slip(answer, ISSUER, rounds))
    assert "写明理由 1 处" in said
    assert "没有改动" not in said
    found = rounds.returned([answer], "2026-01-20")
    assert (found.written, found.answered, found.same) == (1, 1, 0)


def test_a_file_that_can_be_read_at_last_is_mended_in_that():
    """Its first one could not be read: that it can be now is what was changed, in a record of before, too."""
    picture = Entry(Path("甲乡人民政府.pdf"), problem="甲乡人民政府.pdf 只有图片", digest="1")
    rounds = Rounds().issued([picture], "2026-01-15", "2026-01-20")
    record = json.loads(rounds.dumps())
    (once,) = record["units"]["甲乡人民政府"]
    assert once["items"] == [["读不了", "", picture.problem]]
    once["items"] = once["stems"] = []
    for known in (rounds, Rounds.loads(json.dumps(record), "记录")):
        assert len(known.progress(entry(TWO)).mended) == 1
        said = words(slip(entry(TWO), ISSUER, known))
        assert "已经改好 1 处" in said
        assert "没有改动" not in said
        still = replace(picture, digest="2", problem="只有图片")
        assert known.progress(still).mended == ()


def test_the_same_file_is_no_answer_whatever_a_later_program_finds_in_its_form():
    """A version of the program that finds less in a template, or more, makes no unit hand in again; what the office notes is an answer."""
    found = entry(TWO)
    form = replace(found.result.findings[0], code="I-02", key="I-02@封面!A1:0", waived=False)
    seen = replace(found, digest="abc", result=replace(found.result, findings=(*found.result.findings, form)))
    rounds = Rounds().issued([seen], "2026-01-15", "2026-01-20")
    rounds = Rounds.loads(rounds.dumps(), "记录")
    assert rounds.open_round(replace(found, digest="abc")) is not None
    assert rounds.open_round(replace(found, digest="abd")) is None
    assert rounds.open_round(replace(seen, digest="abd")) is not None  # saved once more, nothing changed
    noted = replace(TWO, waivers={"T2-10": "属实"})
    assert rounds.open_round(replace(entry(noted), digest="abc", noted=frozenset({"T2-10"}))) is None
