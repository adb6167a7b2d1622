"""X-78: the numbers of a unit are another unit's; not where there are few, or all are alike, or one adds up the other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.cli.main import main
from gk_xl.desk.batch import Means, handed_in
from tests.desk.test_desk import RIGHT, of

CELL = "t2.licence.decisions"


def told(tmp_path, *filings):
    """Return what is said of each unit's numbers, by its name."""
    for filing in filings:
        text = (f"{filing.unit.name}今年的情况与别处不同。",)
        other = replace(filing, narrative={**filing.narrative, "overview": text, "problems": ()})
        (tmp_path / f"{filing.unit.name}.json").write_text(other.dumps(), encoding="utf-8")
    entries = handed_in([tmp_path], means=Means(workers=1)).collection.entries
    return {
        entry.filing.unit.name: finding
        for entry in entries
        for finding in entry.result.findings
        if finding.code == "X-78"
    }


def test_both_units_are_told_in_one_sentence_each(tmp_path):
    changed = of(RIGHT, "丙乡").with_cells({CELL: 4711})
    found = told(tmp_path, of(RIGHT, "甲乡"), of(RIGHT, "乙乡"), changed)
    assert found.keys() == {"甲乡人民政府", "乙乡人民政府"}
    first = found["甲乡人民政府"]
    count = sum(1 for value in RIGHT.cells.values() if value)
    assert f"填的 {count} 个不是 0 的数与“乙乡人民政府”全部相同" in first.message
    assert first.where is not None
    assert first.severity.value == "warning"


def test_of_many_the_first_are_named(tmp_path):
    found = told(tmp_path, *(of(RIGHT, f"{name}乡") for name in "甲乙丙丁戊"))
    assert "等 4 个单位" in found["戊乡人民政府"].message


@pytest.mark.parametrize("change", [lambda value: 0, lambda value: 1 if value else 0])
def test_few_numbers_or_all_the_same_are_soon_alike(tmp_path, change):
    cells = {cell: change(value) for cell, value in RIGHT.cells.items()}
    assert not told(tmp_path, *(of(RIGHT, name, cells=cells) for name in ("甲乡", "乙乡")))


def test_a_sum_of_one_units_numbers_is_no_copy(tmp_path):
    unit = replace(RIGHT.unit, name="示例县人民政府", kind="county_government", self_word="我县")
    assert not told(tmp_path, of(RIGHT, "甲乡"), replace(of(RIGHT, "示例县"), unit=unit))


def test_the_tables_of_a_province_say_the_same(tmp_path):
    """There only what the tables need of a file is held."""
    from pyarrow import parquet

    handed = tmp_path / "报送"
    handed.mkdir()
    assert told(handed, of(RIGHT, "甲乡"), of(RIGHT, "乙乡"))
    assert main(["desk", "tables", str(handed), "-o", str(tmp_path / "表")]) in (0, 1, 2)
    codes = parquet.read_table(tmp_path / "表" / "findings.parquet").column("code").to_pylist()
    assert codes.count("X-78") == 2
