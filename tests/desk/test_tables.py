"""The Parquet tables of a folder, and the questions of a province that docs/desk.md answers from them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from gk_xl.cli.main import main
from gk_xl.desk import tables
from gk_xl.form.filing import Filing, Unit
from gk_xl.form.profile import FILE as PROFILE
from gk_xl.form.profile import read_profile
from tests.conftest import ROOT
from tests.desk.test_desk import RIGHT, WRONG, of
from tests.desk.test_total import ANNEX

pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
pd = pytest.importorskip("pandas")


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Return the folder of the tables of four files: two units, one twice, one damaged; some rows a group."""
    monkeypatch.setattr(tables, "GROUP", 150)
    box = tmp_path / "报送"
    box.mkdir()
    (box / "甲.json").write_text(of(RIGHT, "甲乡").dumps(), encoding="utf-8")
    (box / "乙.json").write_text(of(WRONG, "乙乡").dumps(), encoding="utf-8")
    (box / "坏.xlsx").write_bytes(b"PK half")
    (box / "名单.csv").write_text("单位\n乙乡人民政府\n丙乡人民政府\n甲乡人民政府\n", encoding="utf-8")
    assert main(["desk", "tables", str(box), "-o", str(tmp_path / "表"), "--workers", "1"]) == 2
    return tmp_path / "表"


def test_a_row_a_unit_a_cell_a_finding(written):
    units, cells, findings = (pd.read_parquet(written / f"{name}.parquet") for name in ("units", "cells", "findings"))
    assert list(units.columns) == list(tables.UNITS)
    assert list(units["unit"]) == ["乙乡人民政府", "甲乡人民政府", "坏"]
    assert list(units["status"]) == ["未通过", "通过", "读不了"]
    assert len(cells) == 2 * len(RIGHT.form.cells)
    one = cells[(cells["unit"] == "甲乡人民政府")].set_index("cell")["value"]
    assert one.dropna().to_dict() == {cell: value for cell, value in RIGHT.cells.items() if value is not None}
    wrong = findings[findings["unit"] == "乙乡人民政府"]
    assert {"T3-03"} <= set(wrong["code"])
    assert wrong["address"].notna().any()
    assert sorted(path.name for path in written.iterdir()) == ["cells.parquet", "findings.parquet", "units.parquet"]


def test_the_documented_questions_are_answered(written):
    """Each block of Python in docs/desk.md runs over the tables and leaves what it promises in ``answer``."""
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "desk.md").read_text(encoding="utf-8"), re.DOTALL)
    answers = []
    for block in blocks:
        names = {"folder": str(written)}
        exec(block, names)
        answers.append(names["answer"])
    assert len(answers) == 3
    sums, rules, rates = answers
    received = "t3.received_new.total"
    assert sums.loc[received, "sum"] == sum(
        filing.number(received) for filing in (Filing.loads(RIGHT.dumps()), Filing.loads(WRONG.dumps()))
    )
    assert next(iter(rules["units"])) >= 1
    assert list(rates.columns) == ["unit", "status", "rate"]


def test_an_interrupted_run_leaves_no_half_table(tmp_path, monkeypatch):
    (tmp_path / "甲.json").write_text(RIGHT.dumps(), encoding="utf-8")
    monkeypatch.setattr("gk_xl.desk.batch.held_together", lambda _: 1 / 0)
    assert main(["desk", "tables", str(tmp_path / "甲.json"), "-o", str(tmp_path / "表")]) == 2
    assert list((tmp_path / "表").iterdir()) == []


def test_tables_are_saved_as_everything_is(tmp_path):
    """What others wrote stays unless asked, a link is followed to its file, what was there is kept; nothing is left over."""
    (tmp_path / "甲.json").write_text(RIGHT.dumps(), encoding="utf-8")
    folder, elsewhere = tmp_path / "表", tmp_path / "别处.parquet"
    folder.mkdir()
    foreign = b"PAR1 of somebody else PAR1"
    (folder / "cells.parquet").write_bytes(foreign)
    (folder / "cells.part").write_bytes("乡镇的".encode())
    told = ["desk", "tables", str(tmp_path / "甲.json"), "-o", str(folder)]
    assert main(told) == 2
    assert (folder / "cells.parquet").read_bytes() == foreign
    assert sorted(path.name for path in folder.iterdir()) == ["cells.parquet", "cells.part"]
    assert main([*told, "--force"]) == 0
    assert (folder / "cells.parquet.bak").read_bytes() == foreign
    assert (folder / "cells.part").read_bytes() == "乡镇的".encode()

    units = (folder / "units.parquet").read_bytes()
    (folder / "units.parquet").replace(elsewhere)
    (folder / "units.parquet").symlink_to(elsewhere)
    (tmp_path / "甲.json").write_text(WRONG.dumps(), encoding="utf-8")
    assert main(told) == 1
    assert (folder / "units.parquet").is_symlink()
    assert elsewhere.read_bytes() != units
    assert elsewhere.with_name("别处.parquet.bak").read_bytes() == units


def test_columns_hold_what_they_were_given():
    """Texts, numbers, days and marks, with and without gaps, none at all, most of them none."""
    from gk_xl.desk.columns import column, repeated, sparse

    day = dt.datetime(2026, 1, 2, 3, 4, 5)  # noqa: DTZ001 - as the table has it
    for kind, values in (
        ("string", [None, "a", "", "字", None]), ("string", []), ("int32", [1, None, -3]), ("double", [1.5, None]),
        ("bool", [True, None, False] * 5), ("timestamp[s]", [day, None]), ("int32", []), ("string", ["甲"] * 9),
    ):  # fmt: skip
        assert column(kind, values).to_pylist() == values
        column(kind, values).validate(full=True)
    assert repeated(["甲", None, "乙丙"], [2, 1, 3]).to_pylist() == ["甲", "甲", None, "乙丙", "乙丙", "乙丙"]
    assert sparse(4, {1: "一", 3: "十一"}).to_pylist() == [None, "一", None, "十一"]
    assert sparse(2, {}).to_pylist() == [None, None]
    assert sparse(0, {}).to_pylist() == []


def test_the_county_s_own_report_and_other_years_are_in_no_sum(tmp_path):
    """What adds up the others would count them twice; the same for a stranger and for last year's report."""
    for name, kind, year in (("甲乡", "township", 2025), ("乙乡", "township", 2025), ("丙乡", "township", 2024)):
        filing = of(RIGHT, name)
        filing = replace(filing, year=year, unit=replace(filing.unit, kind=kind))
        (tmp_path / f"{name}.json").write_text(filing.dumps(), encoding="utf-8")
    county = replace(RIGHT, unit=Unit("示例县人民政府", "county_government", "我县", "示例县"))
    (tmp_path / "县.json").write_text(county.dumps(), encoding="utf-8")
    (tmp_path / "名单.csv").write_text("单位\n甲乡人民政府\n丙乡人民政府\n", encoding="utf-8")
    main(["desk", "tables", str(tmp_path), "-o", str(tmp_path / "表"), "--workers", "1"])
    units = pd.read_parquet(tmp_path / "表" / "units.parquet").set_index("unit")["counts"]
    assert units.to_dict() == {
        "甲乡人民政府": True,
        "乙乡人民政府": False,
        "丙乡人民政府": False,
        "示例县人民政府": False,
    }


def test_a_countys_annexes_are_rows_too(tmp_path):
    """Of a file that is read, and of one that the store knows: cells of the county's own tables are added up alike."""
    box, profile = tmp_path / "报送", read_profile(ANNEX)
    box.mkdir()
    (box / PROFILE).write_text(ANNEX, encoding="utf-8")
    for number, name in enumerate(("甲乡", "乙乡"), start=1):
        filing = of(RIGHT, name).under(profile)
        own = [cell for cell in filing.form.cells if cell.startswith("a1.")]
        text = filing.with_cells(dict.fromkeys(own, number)).dumps()
        (box / f"{name}.json").write_text(text, encoding="utf-8")
    for _ in range(2):
        assert main(["desk", "tables", str(box), "-o", str(tmp_path / "表"), "--workers", "1"]) == 0
        cells = pd.read_parquet(tmp_path / "表" / "cells.parquet")
        sums = cells[cells["cell"].isin(own)].groupby("cell")["value"].sum()
        assert sums.to_dict() == dict.fromkeys(own, 3.0)
