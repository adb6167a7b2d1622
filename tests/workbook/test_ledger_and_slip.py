"""台账 and 报送单: kept by the workbook, optional, drawn from the edition alone."""

from __future__ import annotations

import random
from dataclasses import replace

import openpyxl
import pytest

from gk_xl.form.filing import Filing, Unit
from gk_xl.form.load import edition_ids, load_edition
from gk_xl.intake import inspect, receive
from gk_xl.workbook.build import build_workbook, content_for, plan_workbook
from gk_xl.workbook.layout import LEDGER, OPTIONAL, SLIP
from gk_xl.workbook.ledger import QUARTERS, ledger_places, section_places, year_of, years
from gk_xl.workbook.read import read_workbook
from gk_xl.workbook.repair import repair

SIGNED = {"filler": "张三", "reviewer": "李四", "head": "王五", "date": "2026-01-12", "verdict": "✓ 通过"}


@pytest.fixture(params=edition_ids())
def filing(request):
    """A filing with something in every quarter's cell, and in some none."""
    edition, rng = load_edition(request.param), random.Random(7)
    names = [name.removeprefix("ledger.") for name in ledger_places(request.param)]
    ledger = {name: rng.randrange(9) for name in names if rng.random() < 0.8}
    blank = Filing.blank(edition.first_year, Unit("示例乡人民政府", "township", "我乡", "示例县"))
    return replace(blank, ledger=ledger, slip=SIGNED)


def test_the_workbook_its_json_and_its_repair_keep_both(filing, tmp_path):
    """What was typed comes back from the sheets, from JSON, and from a repaired workbook."""
    path = tmp_path / "年报.xlsx"
    path.write_bytes(build_workbook(filing))
    reading = read_workbook(path)
    assert (reading.filing.ledger, reading.filing.slip) == (filing.ledger, filing.slip)
    assert [finding.code for finding in reading.findings] == []
    assert Filing.loads(filing.dumps()) == filing
    repaired = repair(path)
    assert (repaired.filing.ledger, repaired.filing.slip, repaired.told.clean) == (filing.ledger, filing.slip, True)


def test_the_year_is_shown_as_it_is_computed(filing):
    """The value beside each formula of 全年 is what the quarters make; carried-over numbers are not added."""
    content = content_for(filing)
    sheet = plan_workbook(content).sheet(LEDGER)
    for cell, place in section_places(filing.edition, 0):
        planned = sheet.cells[place.row, place.column]
        quarters = [filing.ledger.get(f"q{n}.{cell.id}") for n in (1, 2, 3, 4)]
        known = [value for value in quarters if value is not None]
        expected = {
            "sum": sum(known) if known else "",
            "first": "" if quarters[0] is None else quarters[0],
            "last": known[-1] if known else "",
        }[cell.over_year]
        assert planned.value == expected
        assert planned.formula.count("INDEX(") >= (2 if cell.over_year == "first" else len(QUARTERS))
    stocks = {cell.id for cell in filing.form.cells.values() if cell.over_year != "sum"}
    assert {"t3.carried_in.other", "t3.carried_out.other", "t4.suit_after.pending"} <= stocks
    assert (
        year_of({"q1.t3.carried_in.other": 3, "q2.t3.carried_in.other": 5}, filing.form.cell("t3.carried_in.other"))
        == 3
    )
    assert years(filing.edition, {}) == {}


@pytest.mark.parametrize("gone", [OPTIONAL, (LEDGER,), (SLIP,)])
def test_a_workbook_without_them_is_as_good(filing, gone, tmp_path):
    """Deleted sheets that are optional are no finding, and nothing else is lost."""
    path = tmp_path / "年报.xlsx"
    path.write_bytes(build_workbook(replace(filing, ledger={}, slip={})))
    whole = inspect(receive(path))
    book = openpyxl.load_workbook(path)
    for title in gone:
        del book[title]
    for name in [name for name in book.defined_names if name.startswith("slip.") and SLIP in gone]:
        del book.defined_names[name]
    book.save(path)
    without = inspect(receive(path))
    assert [f.code for f in without.findings if f.code.startswith("I-")] == []
    assert [f.code for f in without.findings] == [f.code for f in whole.findings]
