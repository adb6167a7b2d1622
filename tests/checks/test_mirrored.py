"""Two columns that were exchanged: last year, or the text, tells them the other way round."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from gk_xl.form.filing import Filing, Unit
from gk_xl.form.load import load_edition
from tests.checks.residues import zeros

EDITION = load_edition("2021")
UNIT = Unit("示例县人民政府", "county_government", "我县")
SAID = "像是“自然人”“商业企业”两列整列填反了"


def report(year, numbers, text=""):
    """Return a report with so much in some cells of table 3, rows added up."""
    cells = zeros(EDITION) | {f"t3.{cell}": number for cell, number in numbers.items()}
    for row in {cell.rpartition(".")[0] for cell in numbers}:
        cells[f"t3.{row}.total"] = sum(
            cells[f"t3.{row}.{column}"] for column in EDITION.table("t3").columns if column != "total"
        )
    return Filing("2021", year, UNIT, cells, {"overview": (text,) if text else ()})


def carried(row, *numbers):
    columns = ("natural_person", "commercial", "research")
    return {f"{row}.{column}": number for column, number in zip(columns, numbers, strict=False)}


def told(numbers, last):
    result = check(report(2024, carried("carried_in", *numbers)), report(2023, carried("carried_out", *last)))
    return [finding for finding in result.findings if finding.code == "Y-01"]


def test_both_columns_name_each_other_and_neither_says_to_change_one_cell():
    found = told((84, 243), (243, 84))
    assert len(found) == 2
    for finding, other in zip(found, ("商业企业", "自然人"), strict=True):
        assert SAID in finding.message
        assert f"与“{other}”列的正好互换" in finding.message
        assert "请按上年报告" not in finding.message
        assert finding.proposal is None
        assert finding.severity.value == "error"
        assert finding.message.endswith(finding.next)


@pytest.mark.parametrize(
    ("numbers", "last"),
    [((84, 240), (243, 84)), ((84, 243), (84, 250)), ((2, 1, 2), (1, 2, 1)), ((5, 6, 7), (6, 7, 5))],
)
def test_what_is_no_mirror_is_not_called_one(numbers, last):
    """Another number, one column alone, a third column that fits as well, three that went round."""
    found = told(numbers, last)
    assert found
    assert not any("填反" in finding.message for finding in found)


def test_the_text_tells_the_columns_the_other_way_round():
    text = "全年新收政府信息公开申请327件，其中自然人申请243件，商业企业申请84件。"
    wrong = report(2024, carried("received_new", 84, 243), text)
    found = [item for item in check(wrong).findings if SAID in item.message]
    assert len(found) == 2
    assert all(item.rewrite is None for item in found)
    right = replace(report(2024, carried("received_new", 243, 84), text), year=2024)
    assert not any("填反" in item.message for item in check(right).findings)
