"""What the list knows and no report does: the kind of a unit, and which units of last year are one now."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest

from gk_xl.cli.main import main
from gk_xl.desk.batch import Means, handed_in
from gk_xl.desk.brief import Brief
from gk_xl.desk.roster_file import read_roster
from gk_xl.form.load import load_edition
from gk_xl.form.units import unit_kinds
from gk_xl.workbook.build import build_workbook
from tests.desk.test_desk import RIGHT, of

HEADS = ("单位", "类型", "别名", "并入")


def city(name, kind="city_department"):
    """Return a right report of a unit of 临江市 (a county-level city of that name is on the list of places)."""
    return replace(
        of(RIGHT, name), unit=replace(RIGHT.unit, name=name, kind=kind, self_word=unit_kinds()[kind].self_word)
    )


def handed(tmp_path, filings, listed, before=()):
    """Return what comes of workbooks in a folder under a list, last year's beside them (name of the file, filing)."""
    now, last = tmp_path / "报送", tmp_path / "上年"
    for place, files in ((now, filings), (last, before)):
        place.mkdir()
        for name, filing in files:
            (place / f"{name}.xlsx").write_bytes(build_workbook(filing))
    roster = tmp_path / "单位名单.csv"
    with roster.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADS, *((*row, "", "", "")[:4] for row in listed)])
    return handed_in([now], [last] if before else [], roster, means=Means(workers=1)).collection


def codes(entry):
    return [finding.code for finding in entry.result.findings]


@pytest.mark.parametrize(("listed", "told"), [("市级政府部门", False), ("", True), ("县级政府部门", True)])
def test_the_kind_that_the_list_has_is_no_slip(tmp_path, listed, told):
    bureau = city("临江市水利局")
    found = handed(tmp_path, [("水利", bureau)], [("临江市水利局", listed)])
    assert ("E-10" in codes(found.entries[0])) is told


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ([("永宁县人民政府", ""), ("城东区人民政府", "")], False),
        ([("临江市教育局", "市级政府部门")], False),
        ([("永宁县人民政府", "")], True),
        ([("临江市教育局", "县级政府部门"), ("永宁县人民政府", ""), ("城东区人民政府", "")], True),
    ],
)
def test_a_city_is_one_by_the_list_below_it(tmp_path, others, told):
    """Two counties' governments or a city's bureaus: the government above them is the city's."""
    found = handed(tmp_path, [("市", city("临江市人民政府", "city_government"))], others)
    assert ("E-10" in codes(found.entries[0])) is told


def test_the_kind_of_the_list_holds_for_reports_that_say_none(tmp_path):
    page = tmp_path / "水利.docx"
    source = tmp_path / "水利.xlsx"
    source.write_bytes(build_workbook(city("临江市水利局")))
    assert main(["report", str(source), "-o", str(page)]) == 0
    roster = tmp_path / "单位名单.csv"
    roster.write_text("单位,类型\n临江市水利局,市级政府部门\n", encoding="utf-8")
    (entry,) = handed_in([page], roster=roster, means=Means(workers=1)).collection.entries
    assert entry.filing.unit.kind == "city_department"


def test_new_says_which_kind_it_took(tmp_path, capsys):
    for asked, said in (([], "县级政府部门（按单位名称判断"), (["--kind", "市级政府部门"], "市级政府部门。")):
        assert (
            main(["new", "--year", "2024", "--unit", "临江市水利局", "-o", str(tmp_path / "a.xlsx"), "--force", *asked])
            == 0
        )
        assert f"单位类型：{said}" in capsys.readouterr().out


# ------------------------------------------------------------------------------------------------ mergers

CARRIED = "t3.carried_in.natural_person"
HEIR, GONE = "示例县发展和改革局", "示例县粮食和物资储备局"
EDITION = load_edition("2021")


def last_year(name, carried):
    """Return a report on the year before in which so many applications are carried out."""
    unit = replace(RIGHT.unit, name=name, kind="county_department", self_word="我局")
    cells = {cell: value for cell, value in RIGHT.cells.items() if cell.startswith("t3.")}
    out = {"t3.carried_out.natural_person": carried, "t3.carried_out.total": carried}
    zeros = dict.fromkeys((cell for cell in cells if cell.startswith("t3.carried_out.")), 0)
    return replace(of(RIGHT, "示例县"), unit=unit, year=RIGHT.year - 1, cells={**RIGHT.cells, **zeros, **out})


def this_year(carried):
    unit = replace(RIGHT.unit, name=HEIR, kind="county_department", self_word="我局")
    zeros = dict.fromkeys((cell for cell in RIGHT.cells if cell.startswith("t3.carried_in.")), 0)
    return replace(
        of(RIGHT, "示例县"), unit=unit, cells={**RIGHT.cells, **zeros, CARRIED: carried, "t3.carried_in.total": carried}
    )


BEFORE = [("发改", last_year(HEIR, 17)), ("粮食", last_year(GONE, 23))]


@pytest.mark.parametrize("row", [(HEIR, "", "", GONE), (HEIR, "", GONE, ""), (HEIR, "", f"县发改局、{GONE}", "")])
def test_last_years_numbers_of_a_merged_unit_are_added(tmp_path, row):
    """By a column 并入, or as another name: 17 and 23 make 40, and nobody is gone."""
    found = handed(tmp_path, [("发改", this_year(40))], [row], BEFORE)
    (entry,) = found.entries
    assert entry.last.number("t3.carried_out.natural_person") == 40
    assert not [item for item in entry.result.findings if item.code == "Y-01"]
    assert found.gone == ()
    assert any("2 个单位今年合为一个" in note and "发改.xlsx" in note and "粮食.xlsx" in note for note in found.notes)


def test_without_the_list_saying_so_they_stay_two(tmp_path):
    found = handed(tmp_path, [("发改", this_year(40))], [(HEIR,)], BEFORE)
    assert [item for item in found.entries[0].result.findings if item.code == "Y-01"]
    assert found.gone == (GONE,)
    assert "“并入”" in " ".join(Brief(found).remarks)


def test_two_files_of_one_unit_are_not_added_and_it_is_told_which_is_used(tmp_path):
    """A short name and the full one are one unit's, and so are two files under the same name."""
    twice = [("一", last_year(HEIR, 17)), ("二", last_year(HEIR, 18)), ("三", last_year("县发改局", 19))]
    found = handed(tmp_path, [("发改", this_year(17))], [(HEIR, "", "县发改局")], twice)
    assert found.entries[0].last.number("t3.carried_out.natural_person") in (17, 18, 19)
    assert sum("不止一份" in note for note in found.notes) == 2
    assert not any("合为一个" in note for note in found.notes)


def test_a_merged_unit_that_is_on_the_list_itself_is_told(tmp_path):
    path = tmp_path / "名单.csv"
    path.write_text(f"单位全称,并入单位\n{HEIR},{GONE}\n{GONE},\n", encoding="utf-8")
    found = read_roster(path)
    assert [unit.name for unit in found.units] == [HEIR, GONE]
    assert found.units[0].merged == ()
    assert any("自己也在名单上" in note for note in found.notes)
