"""The county's own report: the sums of all units and 本级, its text begun, ready to be checked."""

from __future__ import annotations

import io
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from gk_xl.checks.run import check
from gk_xl.cli.main import main
from gk_xl.desk.batch import told
from gk_xl.desk.book import summary
from gk_xl.desk.brief import Brief
from gk_xl.desk.collection import collect
from gk_xl.desk.entry import Entry
from gk_xl.desk.total import total
from gk_xl.errors import FileError
from gk_xl.form.filing import Filing
from gk_xl.form.profile import read_profile
from gk_xl.workbook.layout import layout
from gk_xl.workbook.read import read_workbook
from tests.desk.county import COUNTY, faulty, sound, units

FILINGS = [sound(unit, random.Random(unit.name)) for unit in units()[:6]]

ANNEX = """
name = "示例县"
[[annex]]
id = "a1"
title = "政策解读情况"
columns = [{id = "count", label = "篇数"}]
rows = [{id = "text", label = "文字解读"}, {id = "picture", label = "图解"}]
"""


def brief(filings, own=None) -> Brief:
    """Return some filings as a county has them."""
    entries = [told(Entry(Path(f"{number}.json"), filing=one, result=check(one))) for number, one in enumerate(filings)]
    return Brief(collect(entries), own)


def test_every_cell_is_the_sum_of_the_units_and_the_countys_own():
    own = sound(units()[30], random.Random(1))
    found = total(brief(FILINGS, own), f"{COUNTY}人民政府").filing
    for cell in found.form.cells:
        assert found.number(cell) == sum(one.number(cell) or 0 for one in [*FILINGS, own])
    assert found.unit.kind == "county_government"
    assert not [
        f
        for f in check(found, members=[*FILINGS, own]).findings
        if f.code[:2] in ("T2", "T3", "T4") and f.severity.level > 2
    ]


def test_the_county_is_named_by_its_units_and_its_text_begun():
    """What the tables say for certain stands under the headings; what is missing 校验 asks for."""
    found = total(brief(FILINGS)).filing
    assert found.unit.name == f"{COUNTY}人民政府"
    text = "".join("".join(lines) for lines in found.narrative.values())
    assert "{新收申请}" in text
    edition = found.form
    overview = edition.section("overview")
    heads = [re.match(r"（(.)）(.+?)。", line).groups() for line in found.narrative["overview"]]
    assert [head for _, head in heads] == list(overview.parts)
    assert "".join(number for number, _ in heads) == "一二三四五"[: len(heads)]
    assert "本级" not in text  # none was given
    codes = {finding.code for finding in check(found).findings if finding.severity.level > 1}
    assert codes <= {"X-13", "X-14", "X-24", "X-47", "X-23"}


def test_what_did_not_pass_is_named_and_can_be_left_out():
    wrong = faulty(FILINGS[2], "格里写了单位")
    filings = [*FILINGS[:2], wrong, *FILINGS[3:]]
    found = total(brief(filings))
    assert any(f"没有通过校验，数还会变：{wrong.unit.name}" in note for note in found.notes)
    assert any("填的不是数" in note for note in found.notes)
    without = total(brief(filings), passed_only=True)
    cell = "t3.received_new.total"
    assert found.filing.number(cell) - without.filing.number(cell) == wrong.number(cell)


def test_files_that_are_in_no_sum_are_named():
    """An older file of a unit, another year's, one that cannot be read: none of them is left out without a word."""
    others = [*FILINGS, FILINGS[1], replace(FILINGS[2], year=FILINGS[2].year - 1, unit=units()[40])]
    entries = [told(Entry(Path(f"{number}.json"), filing=one, result=check(one))) for number, one in enumerate(others)]
    found = total(Brief(collect([*entries, Entry(Path("坏.xlsx"), problem="“坏.xlsx”已损坏，打不开。")])))
    assert found.filing.cells == total(brief(FILINGS)).filing.cells
    said = "\n".join(found.notes)
    assert f"“{FILINGS[1].unit.name}”交了 2 份" in said
    assert f"年度不符、没有计入合计：{units()[40].name}" in said
    assert "读不了：坏.xlsx" in said


def test_a_countys_annexes_are_rolled_up_too():
    profile = read_profile(ANNEX)
    filings = [one.under(profile) for one in FILINGS]
    annexed = [cell for cell in filings[0].form.cells if cell.startswith("a1.")]
    assert annexed
    filled = [one.with_cells(dict.fromkeys(annexed, number)) for number, one in enumerate(filings, start=1)]
    found = total(brief(filled)).filing
    assert {found.number(cell) for cell in annexed} == {21}
    book = load_workbook(io.BytesIO(summary(brief(filled))), data_only=True)
    place = layout(found.edition).names[annexed[0]]
    assert book[place.sheet][place.address].value == 21


def test_nothing_to_add_up_is_one_sentence():
    with pytest.raises(FileError, match="没有可以汇总的报告"):
        total(brief([]))


def test_the_command_writes_a_workbook_and_a_draft(tmp_path, capsys):
    folder = tmp_path / "报送"
    folder.mkdir()
    for one in FILINGS:
        (folder / f"{one.unit.name}.json").write_text(one.dumps(), encoding="utf-8")
    own = tmp_path / "本级.json"
    own.write_text(replace(FILINGS[0], unit=replace(FILINGS[0].unit, name="本级")).dumps(), encoding="utf-8")
    assert main(["desk", "total", str(folder), "--own", str(own), "-o", str(tmp_path / "县.xlsx")]) == 0
    said = capsys.readouterr().out
    assert f"{COUNTY}2025年政府信息公开工作年度报告" in said.replace("人民政府", "")
    reading = read_workbook(tmp_path / "县.xlsx")
    cell = "t3.received_new.total"
    assert reading.filing.number(cell) == sum(one.number(cell) for one in FILINGS) + FILINGS[0].number(cell)
    assert (tmp_path / "县（草稿）.docx").read_bytes().startswith(b"PK")
    typed = replace(Filing.loads(reading.filing.dumps()).with_cells({"t2.licence.decisions": 1}), summed={})
    (folder / "县表.json").write_text(typed.dumps(), encoding="utf-8")
    assert main(["desk", "total", str(folder), "--own", str(own), "-o", str(tmp_path / "县.xlsx"), "--force"]) == 1
    assert "县级汇总表有 1 格与各单位合计不符" in capsys.readouterr().out


def test_an_own_workbook_without_a_number_is_told():
    """Nothing of 本级 is in the sum then, whatever the sum is called."""
    blank = Filing.blank(FILINGS[0].year, units()[30])
    assert any("一个数也没有" in note for note in total(brief(FILINGS, blank), f"{COUNTY}人民政府").notes)
    assert not any("一个数也没有" in note for note in total(brief(FILINGS, FILINGS[1]), f"{COUNTY}人民政府").notes)
