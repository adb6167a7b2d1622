"""One file stands for a unit: not one that cannot be read, nor another year's, where there is a right one."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace

import docx
import openpyxl
import pytest

from gk_xl.cli.main import main
from gk_xl.desk.batch import handed_in
from gk_xl.desk.brief import Brief, Issuer
from gk_xl.desk.circular import circular
from gk_xl.desk.entry import BESIDE, FAILED, LATE, MISSING, OTHER_YEAR, UNREADABLE
from gk_xl.desk.roster import Listed, Roster
from gk_xl.desk.slips import named, slip
from gk_xl.form.filing import Filing
from tests.desk.test_collection import entry
from tests.desk.test_desk import RIGHT, of

NAMES = ("云溪县审计局", "云溪县公安局", "桃岭乡人民政府", "云溪县教育局", "回龙镇人民政府")
ROSTER = Roster(tuple(Listed(at, name, aliases=("公安局",) * (at == 2)) for at, name in enumerate(NAMES, start=1)))
DAMAGED = b"PK\x03\x04xx"


@pytest.mark.parametrize("file", [
    "云溪县审计局2025年政府信息公开工作年度报告", "附件2-云溪县审计局", "云溪县审计局年报（终稿）", "云溪县审计局 (1)",
    "副本云溪县审计局2025", "云溪县审计局 - 副本", "2025年度政府信息公开工作年度报告（云溪县审计局）修改后",
    "审计局二〇二五年年报", "云溪县审计局关于报送2025年年报的报告", "审计局-信息公开年报-2025-01-12",
])  # fmt: skip
def test_a_file_is_known_by_what_it_is_called(file):
    """The unit's name within it, whatever stands beside."""
    assert ROSTER.find_file(file) is ROSTER.units[0]


@pytest.mark.parametrize(
    "file", ["年报", "2025年报（终稿）", "森林公安局2025年报", "审计局转教育局", "审计局、教育局年报", "外县审计站", ""]
)
def test_a_file_that_names_no_unit_or_two_is_nobodys(file):
    assert ROSTER.find_file(file) is None


def filed(folder, name: str, **changes) -> None:
    """Write a unit's report into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    made = replace(of(RIGHT, name), **changes)
    (folder / f"{name}.json").write_text(made.dumps(), encoding="utf-8")


def folder_of(tmp_path):
    """Return a folder: three files that cannot be read, two right ones with older ones beside, one of another year alone."""
    folder = tmp_path / "报送"
    filed(folder, "云溪县教育局")
    filed(folder, "柳河镇人民政府")
    (folder / "云溪县审计局2025年政府信息公开工作年度报告.docx").touch()
    (folder / "附件2-云溪县公安局年报（终稿）.xlsx").write_bytes(DAMAGED)
    (folder / "桃岭乡 (1).xlsx").write_bytes(DAMAGED)
    old = Filing.blank(2020, RIGHT.unit)
    for name, place in (("云溪县教育局", "去年"), ("回龙镇人民政府", "")):
        data = json.loads(of(old, name).dumps()) | {"cells": {}}
        (folder / place).mkdir(exist_ok=True)
        (folder / place / f"{name}2020.json").write_text(json.dumps(data), encoding="utf-8")
    names = [*NAMES, "柳河镇人民政府", "竹溪乡人民政府"]
    (folder / "名单.csv").write_text("单位\n" + "\n".join(names), encoding="utf-8")
    last = tmp_path / "上年"
    for name in names:
        filed(last, name, year=2024)
    return folder, last


@pytest.fixture
def brief(tmp_path):
    folder, last = folder_of(tmp_path)
    handed = handed_in([folder], [last])
    return Brief(handed.collection, issuer=Issuer("云溪县", "2026-01-26", "2026-01-30"), folder=folder)


def texts(data: bytes) -> str:
    return "\n".join(line.text for line in docx.Document(io.BytesIO(data)).paragraphs)


def test_what_cannot_be_read_was_handed_in(brief):
    """One row with one state, on the list, not missing; what the units came to adds up to those that are due."""
    found = {item.unit: item for item in brief.entries if item.outcome == UNREADABLE}
    assert set(found) == set(NAMES[:3])
    assert not brief.strangers
    assert [unit.name for unit in brief.collection.missing] == ["竹溪乡人民政府"]
    counts = brief.counts
    assert (counts["应交"], counts["已交"], counts[MISSING], counts[UNREADABLE]) == (7, 6, 1, 3)
    assert sum(counts[name] for name in ("通过", "请确认", FAILED, UNREADABLE, MISSING)) == 7


def test_the_slip_and_the_circular_of_what_cannot_be_read(brief):
    """The slip is addressed to the unit; the 通报 asks for the file again and does not say that none came."""
    slips = dict(named(brief.entries))
    assert "云溪县审计局：" in texts(slip(slips["云溪县审计局_退回单.docx"], brief.issuer))
    said = texts(circular(brief)).splitlines()
    (unread,) = (line for line in said if "请重新报送" in line and "读不了" in line)
    assert all(name in unread for name in NAMES[:3])
    (absent,) = (line for line in said if line.startswith("没有报送的 "))
    assert re.findall("竹溪乡|审计局|公安局|桃岭乡", absent) == ["竹溪乡"]


def test_another_years_report_is_told_that_alone(brief):
    """No number of it is held against another year's: one line, in the list, in the slip, at the top."""
    (item,) = brief.collection.of_other_years
    assert (item.unit, item.outcome, OTHER_YEAR in item.marks) == ("回龙镇人民政府", FAILED, True)
    (line,) = item.lines
    assert line.message.startswith("应报 2025 年度，这份是 2020 年度的")
    said = texts(slip(item, brief.issuer)).splitlines()
    first = next(text for text in said if "年度，这份是" in text)
    assert "应报 2025 年度，这份是 2020 年度的" in first
    assert said.index(first) <= 2
    assert not any(word in text for text in said for word in ("线索", "必须改正", "逐条"))
    assert not docx.Document(io.BytesIO(slip(item, brief.issuer))).tables
    (told,) = (text for text in texts(circular(brief)).splitlines() if "年度" in text and "回龙镇" in text)
    assert "2020" in told


def test_an_older_report_beside_the_right_one_is_named_once(brief):
    """It gets no slip, is on no old form of this year's, stands behind the right one; the slip's name is the right one's."""
    (beside,) = brief.collection.beside
    assert (beside.file, beside.status) == ("去年/云溪县教育局2020.json", BESIDE)
    assert not brief.collection.old_forms
    assert not brief.collection.duplicates
    assert [line for line in brief.remarks if "去年/" in line] == [
        "另有 2020 年度的旧报告，没有计入：云溪县教育局（去年/云溪县教育局2020.json）。"
    ]
    assert all(item is not beside for _, item in named(brief.entries))
    at = [item.unit for item in brief.entries].index("云溪县教育局")
    assert [item.filing.year for item in brief.entries[at : at + 2]] == [2025, 2020]


def test_a_good_file_that_came_after_a_damaged_one_is_not_late():
    """The unit was in time with the first; one that was never in time is late."""
    from gk_xl.desk.collection import collect

    listed = Roster(tuple(replace(unit, due=entry("x", day=20).received.date()) for unit in ROSTER.units))
    broken = entry("", "桃岭乡（盖章）.xlsx", 18).but(filing=None, problem="已损坏")
    good = entry("桃岭乡人民政府", "桃岭乡2.xlsx", 29)
    found = collect([broken, good, entry("云溪县教育局", day=29)], listed)
    assert [item.file for item in found.late] == ["云溪县教育局.xlsx"]
    assert [(item.file, item.status) for item in found.entries[:2]][1] == ("桃岭乡（盖章）.xlsx", BESIDE)
    assert LATE in collect([broken.but(received=good.received), good], listed).entries[0].marks


def test_the_ring_adds_up_to_those_that_are_due(tmp_path):
    """The numbers behind the chart, as the file has them; a unit that is not on the list is in none of them."""
    folder, last = folder_of(tmp_path)
    filed(folder, "外县镇人民政府")
    main(["desk", "check", str(folder), "--last-year", str(last), "-o", str(tmp_path / "汇总.xlsx")])
    sheet = openpyxl.load_workbook(tmp_path / "汇总.xlsx", data_only=True)["一页纸"]
    tiles = {sheet.cell(4, column).value: sheet.cell(5, column).value for column in (1, 2, 4, 6, 8, 10, 12)}
    due, handed, *states = tiles.values()
    assert (due, handed, sum(states)) == (7, 6, 7)


def test_the_first_reports_of_this_year_are_right_beside_all_of_last_year():
    """Three of this year, eight of the year before: the year is this one; one that alone says a later year is asked to look."""
    from gk_xl.desk.collection import collect

    names = [f"{place}乡人民政府" for place in "甲乙丙丁戊己庚辛"]
    before = [entry(name, f"去年/{name}.json", year=2024) for name in names]
    now = [entry(name, f"{name}.json") for name in names[:3]]
    assert collect([*before, *now]).year == 2025
    assert len(collect([*before, *now]).counted) == 8
    slip_of_year = entry("壬乡人民政府", "壬.json", year=2025)
    found = collect([*before, slip_of_year])
    assert found.year == 2024
    (later,) = found.marked("年度待核")
    assert later.file == "壬.json"
    assert not found.of_other_years


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_report_of_a_later_year_keeps_what_was_said_of_it(tmp_path, year):
    """It may be the right one: no error is added, nothing taken away; it is in no sum."""
    for name, of_year in (("甲乡", 2025), ("乙乡", 2025), ("丙乡", year)):
        filed(tmp_path, f"{name}人民政府", year=of_year)
    found = Brief(handed_in([tmp_path]).collection)
    (item,) = (item for item in found.entries if item.unit.startswith("丙"))
    assert "X-77" not in {line.code for line in item.lines}
    assert (item in found.members) is (year == 2025)
    assert any("年度不符" in line for line in found.remarks) is (year == 2026)


def test_a_file_that_names_nobody_is_not_called_a_stranger(tmp_path):
    """Nobody knows whose it is: that is what is said."""
    filed(tmp_path, "云溪县教育局")
    (tmp_path / "名单.csv").write_text("单位\n云溪县教育局\n", encoding="utf-8")
    (tmp_path / "扫描件001.pdf").write_bytes(b"%PDF-")
    said = [*Brief(handed_in([tmp_path]).collection).remarks]
    assert not any("不在名单上" in line for line in said)
    assert any(line.startswith("读不了：扫描件001.pdf（看不出是哪个单位的）") for line in said)


def test_a_slip_is_addressed_to_the_unit_that_the_file_is_called_after(tmp_path):
    """Also without a list."""
    (tmp_path / "附件2-云溪县公安局年报（终稿）.xlsx").write_bytes(DAMAGED)
    ((name, item),) = named(handed_in([tmp_path]).collection.entries)
    assert name == "云溪县公安局_退回单.docx"
    assert "云溪县公安局：" in texts(slip(item))
