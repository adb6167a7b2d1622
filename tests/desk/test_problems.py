"""Problems by their short names: on the first sheet, in matrix and list, on the web page; units of the county alone are counted."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from gk_xl.checks.catalogue import catalogue
from gk_xl.checks.run import check
from gk_xl.desk.batch import told
from gk_xl.desk.book import summary
from gk_xl.desk.book.paper import LEADER, MATRIX, RULES
from gk_xl.desk.brief import Brief
from gk_xl.desk.collection import collect
from gk_xl.desk.entry import Entry
from gk_xl.desk.page import page
from gk_xl.desk.roster import Listed, Roster
from tests.desk.test_desk import RIGHT, of

WRONG = {"t3.outcome_total.total": 99, "t4.reconsideration.total": 7}
BROKEN = ("T3-03", "T4-01")
"""Rules that the two totals break, among others."""


def entry(unit: str, cells=WRONG, year: int = 2025) -> Entry:
    """Return a unit's file as the desk has it."""
    filing = replace(of(RIGHT, unit), year=year).with_cells(cells)
    return told(Entry(Path(f"{unit}{year}.json"), filing=filing, result=check(filing)))


@pytest.fixture(scope="module")
def found() -> Brief:
    """Two units that break the same rules; so do a stranger and, in another year, a third unit."""
    roster = Roster(tuple(Listed(at, f"{name}乡人民政府") for at, name in enumerate("甲乙丙", start=1)))
    files = [entry("甲乡"), entry("乙乡"), entry("丙乡", year=2024), entry("外乡")]
    return Brief(collect(files, roster))


@pytest.fixture(scope="module")
def book(found):
    return load_workbook(io.BytesIO(summary(found)))


def test_units_of_the_county_alone_are_counted(found):
    problems = {problem.code: problem for problem in found.problems}
    assert set(BROKEN) <= problems.keys()
    assert all(problems[code].units == ("甲乡人民政府", "乙乡人民政府") for code in BROKEN)


def test_each_list_calls_a_problem_by_its_short_name(found, book):
    labels = [problem.label for problem in found.problems]
    assert labels == [catalogue()[problem.code].label for problem in found.problems]
    first = [cell.value for cell in book[LEADER]["A"]]
    assert [f"{at}. {label}" for at, label in enumerate(labels[:5], start=1)] == [
        value for value in first if re.match(r"\d\. ", str(value))
    ]
    assert [cell.value for cell in book[MATRIX][2]][2:] == labels
    assert [cell.value for cell in book[RULES]["B"]][1:] == labels
    shown = page(found)
    assert all(f"<td>{label}</td>" in shown for label in labels)
    assert re.findall(r'<span class="up">(.*?)</span>', shown) == labels


def test_no_head_of_the_matrix_is_cut_off(book):
    """Ten characters of the head's size fit its row."""
    row = book[MATRIX].row_dimensions[2]
    head = book[MATRIX].cell(2, 3)
    assert head.alignment.textRotation == 90
    assert row.height >= 10 * head.font.size + 8


def test_the_matrix_has_a_row_a_unit_of_the_county(book):
    assert [cell.value for cell in book[MATRIX]["A"]][3:] == ["甲乡人民政府", "乙乡人民政府", "有这个问题的单位"]
