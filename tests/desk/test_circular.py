"""The 通报: counts that add up, units in the list's order, nobody told of what it was not asked, errors apart from what is to be confirmed."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from gk_xl.checks.catalogue import catalogue
from gk_xl.checks.run import check
from gk_xl.desk.batch import told
from gk_xl.desk.brief import Brief, Issuer, due
from gk_xl.desk.circular import circular
from gk_xl.desk.collection import collect
from gk_xl.desk.entry import Entry
from gk_xl.desk.roster import Listed, Roster
from gk_xl.desk.rounds import Rounds
from gk_xl.form.filing import Signature
from tests.desk.test_desk import RIGHT, of

ROSTER = Roster(tuple(Listed(at, f"{name}乡人民政府") for at, name in enumerate("甲乙丙丁戊己庚辛", start=1)))
FIRST, SECOND = Issuer("某县", "2026-01-26", "2026-01-30"), Issuer("某县", "2026-02-01", "2026-02-05")
WRONG = {"t3.outcome_total.total": 99}
UNSIGNED = Signature("", "")
"""No more than a warning."""
PERSONAL = "申请人王小明（身份证号362201198503124513）申请公开低保审批表。"


def entry(name: str, day: int = 10, cells=None, text: str = "", **changes) -> Entry:
    """Return a unit's file as the desk has it; ``text`` is added to 一."""
    filing = replace(of(RIGHT, f"{name}乡"), **changes).with_cells(cells or {})
    if text:
        overview = (*filing.narrative["overview"], text)
        filing = replace(filing, narrative={**filing.narrative, "overview": overview})
    came = dt.datetime(2026, 1, day)  # noqa: DTZ001 - times of files stand in the clerk's own
    return told(Entry(Path(f"{name}{filing.year}-{day}.json"), filing=filing, result=check(filing), received=came))


def unread(file: str) -> Entry:
    return Entry(Path(file), problem="文件损坏。", digest=file)


def county(*files: Entry, rounds: Rounds | None = None, issuer: Issuer = FIRST) -> Brief:
    return Brief(collect(files, ROSTER), rounds=rounds or Rounds(), issuer=issuer)


def said(found: Brief) -> str:
    return "\n".join(one.text for one in docx.Document(io.BytesIO(circular(found))).paragraphs)


def annex(found: Brief) -> list[tuple[str, ...]]:
    table = docx.Document(io.BytesIO(circular(found))).tables[-1]
    return [tuple(cell.text for cell in row.cells) for row in table.rows][1:]


FILES = (
    entry("甲", cells=WRONG),
    entry("乙", signed=UNSIGNED),
    entry("丙"),
    unread("戊乡人民政府.xlsx"),
    entry("己", year=2020),
    entry("庚"),
    entry("庚", year=2020),
    entry("辛"),
    entry("辛", day=5, cells=WRONG),
    entry("外", cells=WRONG),
    unread("附件2.xlsx"),
)
"""Of eight units one is missing, one handed in a file that cannot be read, one another year's; two files are nobody's."""


@pytest.fixture(scope="module")
def first() -> str:
    return said(county(*FILES))


def test_the_counts_of_the_first_sentences_add_up(first):
    line = next(line for line in first.splitlines() if line.startswith("应报送"))
    due_, there, passed, ask, failed, unread_, other, missing = map(int, re.findall(r"(\d+) 个", line))
    assert (due_, there, missing) == (8, 5, 1)
    assert there == passed + ask + failed
    assert due_ == there + unread_ + other + missing
    assert f"由已报送的 {there} 个单位汇总" in first


def test_what_is_no_units_of_the_county_stands_apart(first):
    lines = first.splitlines()
    assert "没有报送的 1 个：丁乡人民政府。" in lines
    assert "交的文件读不了、请重新报送的 1 个：戊乡人民政府。" in lines
    assert "报成其他年度的 1 个：己乡人民政府（2020年度）。" in lines
    assert "另收到不在名单上的 1 个单位的报告，没有计入：外乡人民政府。" in lines
    assert "重复报送的 1 个：辛乡人民政府。均以最新的一份为准。" in lines
    assert "附件2" not in first


def test_the_annex_has_a_row_a_unit_in_the_lists_order():
    rows = annex(county(*FILES))
    assert [row[:2] for row in rows] == [(str(unit.order), unit.name) for unit in ROSTER.units]
    assert rows[5][2] == "2020年度"
    assert [row[2] for row in rows].count("已报") == 5  # as the first sentence says
    assert rows[4][2] == "读不了"  # counted apart in the first sentence, too
    assert [row[3] for row in rows] == ["未通过", "请确认", "通过", "未交", "读不了", "年度不符", "通过", "通过"]


def test_errors_stand_first_and_a_warning_is_told_as_to_be_confirmed(first):
    must, ask = first.index("必须改正的"), first.index("需要核对的：")
    assert must < first.index(catalogue()["T3-02"].label) < ask < first.index(catalogue()["X-24"].label)
    assert "不符合" not in first
    assert "外乡" not in first[must:]


def test_personal_data_is_among_the_main_problems_however_rare():
    """Other errors are more common."""
    many = {**WRONG, "t4.reconsideration.total": 7, "t4.suit_direct.total": 7, "t2.licence.decisions": "9件"}
    text = said(county(*(entry(name, cells=many) for name in "甲乙丙"), entry("丁", text=PERSONAL)))
    assert f"1. {catalogue()['X-49'].label}（1 个单位）：丁乡人民政府。" in text


def rounds_of(*files: Entry) -> Rounds:
    return Rounds().issued(due(county(*files).entries), FIRST.date, FIRST.deadline)


def test_overdue_are_units_that_were_asked_to_hand_in_again_and_did_not():
    """Not one that was only to answer, one that did hand in, a stranger, a file that nobody knows."""
    told_ = rounds_of(
        entry("甲", cells=WRONG), entry("乙", signed=UNSIGNED), entry("辛", cells=WRONG), entry("辛", year=2020),
        entry("外", cells=WRONG), unread("附件2.xlsx"),
    )  # fmt: skip
    now = (
        entry("甲", cells=WRONG), entry("乙", signed=UNSIGNED), entry("辛", day=29), entry("辛", year=2020),
        entry("外", cells=WRONG), unread("附件2.xlsx"),
    )  # fmt: skip
    found = county(*now, rounds=told_, issuer=SECOND)
    assert [one.unit for one in found.overdue] == ["甲乡人民政府"]
    assert "退回以后到期没有重新报送的 1 个：甲乡人民政府。" in said(found)


def test_what_was_returned_is_counted_as_it_was_written():
    """Five slips went out, one unit mended all, one a part; written again on that day the sentence is the same."""
    both = {**WRONG, "t2.licence.decisions": "26件"}
    old = [entry(name, cells=WRONG) for name in "甲乙"]
    asked = [entry(name, signed=UNSIGNED) for name in "丙丁"]
    told_ = rounds_of(*old, *asked, entry("戊", cells=both))
    now = [entry("甲", day=29), old[1], *asked, entry("戊", day=29, cells=WRONG)]
    found = county(*now, rounds=told_, issuer=SECOND)
    (line,) = [line for line in said(found).splitlines() if line.startswith("上次发出通知单")]
    assert line.startswith(
        "上次发出通知单 5 份（退回修改 3 份，核对 2 份）：全部改好 1 份，改好一部分 1 份，没有改好 3 份。"
    )
    standing = sum(len([one for one in file.lines if one.style in ("level_error", "level_suspect", "level_warning")])
                   for file in now[1:])  # fmt: skip
    assert f"仍有 {standing} 处" in line
    again = replace(found, rounds=told_.issued(due(found.entries), SECOND.date, SECOND.deadline))
    assert line in said(again)
    old = {key: replace(one, again=None) for key, one in told_.latest.items()}  # as records of before have it
    assert "上次发出通知单 5 份：全部改好 1 份" in said(replace(found, rounds=Rounds(old)))


def test_one_who_handed_in_again_as_told_did_not_hand_in_twice():
    told_ = rounds_of(entry("甲", cells=WRONG))
    twice = (entry("甲", cells=WRONG), entry("甲", day=29), entry("辛"), entry("辛", day=5))
    found = county(*twice, rounds=told_, issuer=SECOND)
    assert "重复报送的 1 个：辛乡人民政府。均以最新的一份为准。" in said(found)


def test_a_file_that_cannot_be_read_is_named_once():
    """Its name stands before the reason already."""
    bad = [Entry(Path("报送/戊乡人民政府.pdf"), folder=Path("报送"), problem=problem, digest=problem)
           for problem in ("戊乡人民政府.pdf 只有图片", "“戊乡人民政府.pdf”只有图片", "只有图片")]  # fmt: skip
    for one in bad:
        (line,) = [line for line in county(one).remarks if line.startswith("读不了")]
        assert line == "读不了：戊乡人民政府.pdf，只有图片"
