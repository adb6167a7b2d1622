"""What the program itself wrote lies in the folder, under whatever name: it is no hand-in; in the folder of a city a county's total is."""

from __future__ import annotations

import json
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from gk_xl.checks.run import check
from gk_xl.cli.main import main
from gk_xl.desk.batch import handed_in
from gk_xl.desk.brief import Brief
from gk_xl.desk.entry import Entry
from gk_xl.desk.total import total
from gk_xl.form.filing import Filing, Unit
from gk_xl.intake import receive
from tests.desk.county import COUNTY
from tests.desk.test_desk import RIGHT, of
from tests.desk.test_total import FILINGS, brief

NAMES = [filing.unit.name for filing in FILINGS]


@pytest.fixture
def folder(tmp_path):
    """Return a folder of six units, and beside them the county's own typed report."""
    place = tmp_path / "报送"
    place.mkdir()
    for filing in FILINGS:
        (place / f"{filing.unit.name}.json").write_text(filing.dumps(), encoding="utf-8")
    typed = total(brief(FILINGS), f"{COUNTY}人民政府").filing
    (place / "县的汇总.json").write_text(replace(typed, summed={}).dumps(), encoding="utf-8")
    return place


def found_in(folder: Path) -> Brief:
    return Brief(handed_in([folder]).collection)


def files(found: Brief) -> set[str]:
    return {entry.file for entry in found.entries}


def test_nothing_that_was_written_is_handed_in(folder, capsys):
    """The total and its draft, the summary, the slips: also under other names, saved anew, in an archive."""
    before = found_in(folder)
    main(["desk", "total", str(folder), "-o", str(folder / "县.xlsx")])
    main(["desk", "check", str(folder), "-o", str(folder / "汇总.xlsx")])
    main(["desk", "slips", str(folder), "-o", str(folder / "退回单")])
    capsys.readouterr()
    shutil.copy(folder / "县.xlsx", folder / "云溪县人民政府年报.xlsx")
    shutil.copy(folder / "县（草稿）.docx", folder / "年报（终稿）.docx")
    shutil.copy(folder / "汇总.xlsx", folder / "全县.xlsx")
    (folder / f"{NAMES[0]}_退回单.pdf").write_bytes(b"%PDF-1.4 as another program saved it")
    with zipfile.ZipFile(folder / "给领导的.zip", "w") as package:
        for name in ("县.xlsx", "县（草稿）.docx", "汇总.xlsx", "汇总.html", "退回单/通报（草稿）.docx"):
            package.write(folder / name, name)
    (folder / "县.json").write_text(receive(folder / "县.xlsx").filing.dumps(), encoding="utf-8")
    now = found_in(folder)
    assert files(now) == files(before)
    assert now.county is not None
    assert now.county.file == "县的汇总.json"
    said = [line for line in now.remarks if "汇总出来的" in line]
    assert len(said) == 7
    assert not now.collection.duplicates


def test_a_countys_total_is_handed_in_to_the_city(folder, tmp_path):
    """There the county's units are not beside it, whichever of them bears a common name."""
    city = tmp_path / "市"
    city.mkdir()
    main(["desk", "total", str(folder), "-o", str(city / "县.xlsx")])
    (city / "局.json").write_text(of(RIGHT, NAMES[0]).dumps(), encoding="utf-8")
    assert f"{COUNTY}人民政府" in {entry.unit for entry in found_in(city).entries}


def test_the_tables_leave_out_what_was_summed_up(folder, tmp_path):
    pd = pytest.importorskip("pandas")
    main(["desk", "total", str(folder), "-o", str(folder / "县.xlsx")])
    main(["desk", "tables", str(folder), "-o", str(tmp_path / "表")])
    units, cells = (pd.read_parquet(tmp_path / "表" / f"{name}.parquet") for name in ("units", "cells"))
    assert len(units) == 7
    assert set(cells["file"]) == set(units["file"])


def test_a_sum_that_one_unit_breaks_names_the_unit(tmp_path, capsys):
    """No cell of the county is suspected, in the command, in the workbook, in its JSON; a slip of the county's own is."""
    wrong = FILINGS[2].with_cells({"t4.suit_after.total": (FILINGS[2].number("t4.suit_after.total") or 0) + 1})
    units = [*FILINGS[:2], wrong, *FILINGS[3:]]
    whole = total(brief(units), f"{COUNTY}人民政府").filing
    for again in (whole, Filing.loads(whole.dumps())):
        result = check(again)
        (broken,) = (finding for finding in result.findings if finding.code[:2] == "T4" and finding.severity.level == 3)
        assert f"由“{NAMES[2]}”（差 1）引起" in broken.message
        assert broken.proposal is None
        assert not result.suspects
    own = whole.with_cells({"t3.received_new.total": (whole.number("t3.received_new.total") or 0) + 5})
    result = check(own)
    assert any("引起" in finding.message for finding in result.findings)
    assert any(change.cell == "t3.received_new.total" for suspect in result.suspects for change in suspect.changes)
    folder = tmp_path / "报送"
    folder.mkdir()
    for filing in units:
        (folder / f"{filing.unit.name}.json").write_text(filing.dumps(), encoding="utf-8")
    capsys.readouterr()
    main(["desk", "total", str(folder), "-o", str(tmp_path / "县.xlsx")])
    assert f"由“{NAMES[2]}”（差 1）引起" in capsys.readouterr().out
    main(["check", str(tmp_path / "县.xlsx")])
    said = capsys.readouterr().out
    assert f"由“{NAMES[2]}”（差 1）引起" in said
    assert "线索" not in said


def test_a_blank_of_a_unit_breaks_the_sum():
    """A blank counts as nothing in a sum: the unit that left its 总计 blank is named."""
    blank = FILINGS[1].with_cells({"t3.received_new.total": None})
    result = check(total(brief([FILINGS[0], blank, *FILINGS[2:]]), f"{COUNTY}人民政府").filing)
    broken = [finding for finding in result.findings if finding.code == "T3-01"]
    assert broken
    assert all(f"由“{NAMES[1]}”" in finding.message for finding in broken)


def test_total_says_where_its_text_comes_from(folder, tmp_path, capsys):
    """And what is wrong, and how 本级 is given."""
    main(["desk", "total", str(folder), "-o", str(tmp_path / "县.xlsx")])
    said = capsys.readouterr().out
    assert "正文取自“县的汇总.json”" in said
    assert "--own" in said
    (folder / "县的汇总.json").unlink()
    main(["desk", "total", str(folder), "-o", str(tmp_path / "县.xlsx"), "--force"])
    said = capsys.readouterr().out
    assert "正文只按表起了头" in said
    counts = check(receive(tmp_path / "县.xlsx").filing).counts
    assert said.count("  错误 ") == min(counts["error"], 12)


def test_what_is_summed_is_read_with_care(tmp_path):
    """It is no part of what was filed; a spoilt one is refused in JSON."""
    whole = replace(FILINGS[0], summed={NAMES[1]: {}})
    assert whole == FILINGS[0]
    assert Filing.loads(whole.dumps()).summed == {NAMES[1]: {}}
    for spoilt in ([], {"甲": 1}, {"甲": {"T4-01@x": "1"}}, {"甲": {"T4-01@x": True}}):
        data = json.loads(FILINGS[0].dumps()) | {"summed": spoilt}
        with pytest.raises(Exception, match="summed"):
            Filing.from_json(data)
    assert Entry(Path("x"), filing=replace(whole, unit=Unit("甲乡"))).unit == "甲乡"


def test_check_takes_the_members_that_the_desk_takes(folder, tmp_path, capsys):
    """A list, a damaged file, a total in the folder are no workbooks; what is left out is said."""
    main(["desk", "total", str(folder), "-o", str(folder / "县.xlsx")])
    (folder / "名单.csv").write_text("单位\n" + "\n".join(NAMES), encoding="utf-8")
    (folder / "坏.docx").write_bytes(b"PK\x03\x04")
    capsys.readouterr()
    main(["check", str(folder / "县的汇总.json"), "--members", str(folder), "--json"])
    said = capsys.readouterr()
    assert not [item for item in json.loads(said.out)["findings"] if item["code"] == "Y-10"]
    assert "读不了：坏.docx" in said.err
