"""Which names are one unit's, and which never are: the office of a county's government is no county."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_xl.desk.brief import Brief
from gk_xl.desk.collection import collect
from gk_xl.desk.context import last_year
from gk_xl.desk.entry import Entry
from gk_xl.desk.roster import Listed, Roster, bare
from gk_xl.form.filing import Unit
from tests.desk.test_collection import entry
from tests.desk.test_desk import RIGHT

COUNTY = "云溪县"
ONE = (
    ("{}", "{}人民政府", "{}政府"),
    ("{}人民政府办公室", "{}政府办公室", "{}政府办", "{}府办", "{}人民政府办公厅"),
    ("{}枫林镇", "{}枫林镇人民政府", "{}枫林镇政府", "{}枫林镇人民政府办公室", "{}枫林镇党政办公室", "{}枫林镇政府党政综合办公室"),
    ("{}黄泥乡", "{}黄泥乡人民政府", "{}黄泥乡人民政府党政办"),
    ("{}南湖街道", "{}南湖街道办事处", "{}南湖街道办", "{}人民政府南湖街道办事处", "{}南湖街道党政综合办公室"),
    ("{}外事办公室", "{}人民政府外事办公室", "{}外事办"),
    ("{}信访办公室", "{}信访办"),
    ("{}信访局", "{}人民政府信访局"),
    ("{}国有资产监督管理委员会", "{}人民政府国有资产监督管理委员会"),
    ("{}经济开发区", "{}经济开发区管委会", "{}经济开发区管理委员会", "{}经济开发区管理委员会党政办公室"),
    ("{}经济开发区管理委员会办公室",),
    ("{}枫林乡", "{}枫林乡政府"),
    ("{}枫林镇中心卫生院",),
    ("{}城镇化工作办公室", "{}城镇化工作办"),
    ("{}林场",),
    ("{}国有林场",),
    ("{}机关事务服务中心",),
    ("{}政务服务中心", "{}人民政府政务服务中心"),
    ("{}政府采购中心",),
    ("{}采购中心",),
)  # fmt: skip
PLACES = ("云溪县", "临江市", "大河区", "北山旗", "青川自治州", "云溪自治县", "东海省")


@given(st.sampled_from(PLACES))
def test_all_names_of_a_unit_are_one_and_no_two_units_are(place):
    """Each unit's names have one short form, which no other unit of the place has, nor one of another place."""
    forms = [{bare(name.format(place)) for name in names} for names in ONE]
    assert [len(found) for found in forms] == [1] * len(ONE)
    assert all(not one & other for one, other in combinations(forms, 2))
    assert bare(f"{place}人民政府办公室") != bare(f"外{place}人民政府办公室")


@given(st.data())
def test_a_list_finds_each_unit_by_each_of_its_names(data):
    """Whichever of its names the list has, with or without its county; never another unit's line."""
    chosen = [data.draw(st.sampled_from(names)) for names in ONE]
    roster = Roster(tuple(Listed(at, name.format(COUNTY)) for at, name in enumerate(chosen, start=1)))
    at = data.draw(st.integers(0, len(ONE) - 1))
    name = data.draw(st.sampled_from(ONE[at]))
    place = data.draw(st.sampled_from((COUNTY, f"示例市{COUNTY}", "县" if at else COUNTY)))
    found = roster.find(name.format(place))
    assert found is roster.units[at] or (found is None and place == "县" and "人民政府" in name)


def government(**changes) -> Entry:
    """Return the report of the county's own government."""
    made = entry(f"{COUNTY}人民政府", "县.json", 15)
    return replace(made, filing=replace(made.filing, unit=Unit(f"{COUNTY}人民政府", "county_government"), **changes))


@pytest.mark.parametrize("office", ["云溪县政府办公室", "云溪县人民政府办公室"])
@pytest.mark.parametrize("aliases", [None, (), ("县政府办公室",), ("县政府办", "县府办")])
def test_the_countys_office_is_no_second_file_of_the_county(office, aliases):
    """With a list and without, with aliases and without: its numbers are in the sum, the county's are not."""
    names = ["云溪县教育局", "枫林镇人民政府"]
    listed = [Listed(at, name) for at, name in enumerate(names, start=1)]
    roster = None if aliases is None else Roster((*listed, Listed(3, office, aliases=aliases)))
    found = collect([entry(office, "府办.json"), *map(entry, names), government()], roster)
    brief = Brief(found)
    assert not found.duplicates
    assert {item.unit for item in brief.members} == {office, *names}
    assert brief.county is not None
    assert brief.county.unit == f"{COUNTY}人民政府"
    assert (brief.counts["应交"], brief.counts["已交"], brief.strangers) == (3, 3, ())


def test_a_list_may_name_both():
    roster = Roster((Listed(1, f"{COUNTY}人民政府"), Listed(2, f"{COUNTY}政府办公室")))
    found = collect([entry(f"{COUNTY}府办"), government(), entry("甲乡人民政府")], roster)
    assert [item.unit for item in found.entries] == [f"{COUNTY}人民政府", f"{COUNTY}政府办公室", "甲乡人民政府"]
    assert not found.missing


@pytest.mark.parametrize("roster", [None, Roster((Listed(1, f"{COUNTY}政府办公室", aliases=("县政府办公室",)),))])
def test_last_years_office_is_not_last_years_county(roster):
    """Neither is held against the other's numbers of last year."""
    office = Entry(Path("办.json"), filing=replace(RIGHT, year=2024, unit=Unit(f"{COUNTY}人民政府办公室")))
    before = last_year([office], roster)
    assert before.name_for(f"{COUNTY}人民政府", roster) == ""
    assert before.filings[before.name_for(f"{COUNTY}政府办", roster)] is office.filing
    both = last_year([office, Entry(Path("县.json"), filing=government(year=2024).filing)], roster)
    assert len(both.filings) == 2
