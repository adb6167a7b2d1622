"""A county's files against its list: its own order, who is missing, late, twice, a stranger, on an old form, gone."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from gk_xl.desk.brief import Brief
from gk_xl.desk.circular import circular
from gk_xl.desk.collection import collect
from gk_xl.desk.entry import MISNAMED, Entry
from gk_xl.desk.roster import Listed, Roster
from gk_xl.form.filing import Filing, Unit
from gk_xl.workbook.layout import layout
from tests.desk.test_desk import RIGHT

ROSTER = Roster(
    (
        Listed(1, "东街街道办事处", due=dt.date(2026, 1, 20)),
        Listed(2, "丙镇人民政府", aliases=("丙乡",), due=dt.date(2026, 1, 20)),
        Listed(3, "甲乡人民政府"),
        Listed(4, "示例县卫生健康局", aliases=("示例县卫健局",)),
    )
)


def entry(unit: str, file: str = "", day: int = 10, **changes) -> Entry:
    """Return a file of a unit that came on a day of January 2026."""
    filing = replace(RIGHT, unit=Unit(unit), **changes)
    received = dt.datetime(2026, 1, day, 9, 0)  # noqa: DTZ001 - the clerk's own clock
    return Entry(Path(file or f"{unit}.xlsx"), filing=filing, received=received)


def test_the_countys_own_order_and_who_is_missing():
    found = collect([entry("甲乡人民政府"), entry("丙镇人民政府"), entry("东街街道办事处")], ROSTER)
    assert [item.unit for item in found.entries] == ["东街街道办事处", "丙镇人民政府", "甲乡人民政府"]
    assert [unit.name for unit in found.missing] == ["示例县卫生健康局"]
    assert (found.due, found.year) == (4, 2025)


@pytest.mark.parametrize("name", [
    "丙镇", "丙镇政府", "丙乡人民政府", "示例县丙镇人民政府", "河北省示例县丙镇人民政府", "丙镇 人民政府", "丙镇人民政府办公室",
])  # fmt: skip
def test_a_unit_is_known_by_each_of_its_names(name):
    """In full or in short, with its county in front, by the name it had before."""
    assert ROSTER.find(name) is ROSTER.units[1]


@pytest.mark.parametrize("name", ["", "镇", "大丙镇人民政府", "丙镇中心小学", "丁镇人民政府", "示例县人民政府"])
def test_another_unit_is_not_taken_for_one_of_the_list(name):
    assert ROSTER.find(name) is None


def test_a_short_name_that_two_units_bear_is_neithers():
    both = Roster((Listed(1, "东县城关镇人民政府"), Listed(2, "西县城关镇人民政府")))
    assert both.find("城关镇人民政府") is None
    assert both.find("西县城关镇") is both.units[1]


def test_of_a_unit_that_handed_in_three_times_the_newest_counts():
    """The others are named, and left out of what is summed."""
    files = [
        entry("丙镇人民政府", "二稿.xlsx", 12), entry("丙乡人民政府", "三稿.xlsx", 15), entry("丙镇", "一稿.xlsx", 11),
    ]  # fmt: skip
    found = collect(files, ROSTER)
    assert [item.path.name for item in found.entries] == ["三稿.xlsx", "二稿.xlsx", "一稿.xlsx"]
    assert [item.path.name for item in found.counted] == ["三稿.xlsx"]
    (twice,) = found.duplicates
    assert (twice.kept.path.name, [item.path.name for item in twice.others]) == (
        "三稿.xlsx",
        ["二稿.xlsx", "一稿.xlsx"],
    )
    assert [item.status for item in found.entries][1:] == ["重复", "重复"]


def test_twice_without_a_list():
    """By the unit's name alone; files that name no unit are nobody's second."""
    found = collect([entry("甲乡人民政府", "a.xlsx", 1), entry("甲乡", "b.xlsx", 2), entry("", "c"), entry("", "d")])
    assert [item.path.name for item in found.counted] == ["c", "d", "b.xlsx"]
    assert found.due is None


def test_who_is_late_and_who_is_a_stranger():
    """The day itself is in time; without a day nobody is late; another year's file is no second one of this year."""
    older = replace(entry("丙镇人民政府", "去年.xlsx", 9), filing=replace(RIGHT, unit=Unit("丙镇人民政府"), year=2024))
    files = [entry("丙镇人民政府", day=21), entry("东街街道办事处", day=20), entry("甲乡人民政府", day=31), older]
    found = collect([*files, entry("外乡人民政府")], ROSTER)
    assert [item.file for item in found.late] == ["丙镇人民政府.xlsx"]
    assert [item.unit for item in found.strangers] == ["外乡人民政府"]
    assert found.entries[-1].unit == "外乡人民政府"
    assert not found.duplicates


def test_a_file_that_cannot_be_read_belongs_to_the_unit_it_is_named_for():
    """The unit is not missing, and a readable file of it counts."""
    broken = Entry(Path("丙镇.xlsx"), problem="已损坏")
    found = collect([broken, entry("甲乡人民政府")], ROSTER)
    assert found.entries[0].unit == "丙镇人民政府"
    assert [unit.order for unit in found.missing] == [1, 4]
    again = collect([broken, entry("丙镇人民政府", "新.xlsx")], ROSTER)
    assert [item.file for item in again.counted] == ["新.xlsx"]
    assert not again.duplicates


def test_the_form_of_another_edition_and_units_that_are_gone():
    old = replace(Filing.blank(2020, Unit("甲乡人民政府")), year=2025)
    right = Filing.blank(2020, Unit("示例县卫健局"))  # what was in force in its year
    before = dict.fromkeys(("甲乡人民政府", "丁乡人民政府", "丙乡人民政府"), RIGHT)
    found = collect(
        [
            entry("丙镇人民政府"),
            entry("东街街道办事处"),
            Entry(Path("旧.xlsx"), filing=old),
            Entry(Path("前.xlsx"), filing=right),
        ],
        ROSTER,
        before,
    )
    assert [item.unit for item in found.old_forms] == ["甲乡人民政府"]
    assert found.gone == ("丁乡人民政府",)


def test_two_files_of_one_date_are_not_told_apart(tmp_path):
    """Which cells differ is said, and that the unit is to be asked; neither is called the newest. The same twice is no question."""
    other = entry("丙镇", "乙稿.xlsx", 12)
    changed = other.filing.with_cells({"t2.licence.decisions": 589})
    changed = replace(changed, narrative={**changed.narrative, "problems": ("改写了。",)})
    files = [entry("丙镇人民政府", "甲稿.xlsx", 12), replace(other, filing=changed), entry("甲乡人民政府", day=3)]
    found = Brief(collect(files, ROSTER))
    (twice,) = found.collection.duplicates
    assert [item.path.name for item in (twice.kept, *twice.tied)] == ["甲稿.xlsx", "乙稿.xlsx"]
    (said,) = [line for line in found.remarks if "丙镇" in line]
    assert "分不出先后" in said
    place = layout("2021").names["t2.licence.decisions"]
    assert f"{place.sheet} {place.address}（{RIGHT.value('t2.licence.decisions')}，589）" in said
    assert "五、问题及改进" in said
    assert "最新" not in said
    assert "请问清单位" in said
    letter = "\n".join(one.text for one in docx.Document(io.BytesIO(circular(found))).paragraphs)
    assert "最新" not in letter
    assert "日期相同分不出先后的 1 个：丙镇人民政府。请说明以哪一份为准。" in letter
    same = collect([entry("丙镇人民政府", "甲稿.xlsx", 12), entry("丙镇人民政府", "乙稿.xlsx", 12)], ROSTER)
    assert same.duplicates[0].tied == ()


@pytest.mark.parametrize("roster", [ROSTER, None])
def test_a_file_that_is_named_for_another_unit_is_told(roster):
    """Another of the list, or one that handed in; its own name, a part of it or no name at all is right."""
    files = [
        entry("丙镇人民政府", "15-东街街道办事处2025年度报告（定稿）.xlsx"), entry("东街街道办事处", "东街街道.xlsx"),
        entry("甲乡人民政府", "年报（终稿）.xlsx"),
    ]  # fmt: skip
    found = collect(files, roster)
    assert [(one.unit, one.other) for one in found.misnamed] == [("丙镇人民政府", "东街街道办事处")]
    assert [item.unit for item in found.marked(MISNAMED)] == ["丙镇人民政府"]
    (said,) = [line for line in Brief(found).remarks if "文件名" in line]
    assert "15-东街街道办事处2025年度报告（定稿）.xlsx" in said
