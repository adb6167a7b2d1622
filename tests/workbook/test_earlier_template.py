"""A workbook from an earlier template: read, judged and marked as it is, never accused for its form; 修复 renews it."""

from __future__ import annotations

import io
from functools import lru_cache

import pytest
from openpyxl import load_workbook

from gk_xl.addin import buttons
from gk_xl.cli.main import main
from gk_xl.engines import openpyxl
from gk_xl.form.filing import Filing
from gk_xl.form.finding import Severity
from gk_xl.intake import inspect, receive
from gk_xl.workbook.layout import EARLIER as EARLIER_SCHEMAS
from gk_xl.workbook.layout import FIRST_ONES, FLAGS, JUDGED, LEVELS_ALONE, SCHEMA
from gk_xl.workbook.read import read_workbook
from tests.conftest import ROOT

EARLIER = [
    pytest.param(
        ROOT / "tests" / "golden" / "workbook" / f"template_{number}.xlsx",
        marks=[] if number in (EARLIER_SCHEMAS[0], EARLIER_SCHEMAS[-1]) else [pytest.mark.thorough],
        id=f"template_{number}",
    )
    for number in EARLIER_SCHEMAS
]
EXAMPLE = ROOT / "examples" / "2025_示例乡.json"


@pytest.fixture
def filing():
    """The example."""
    return Filing.loads(EXAMPLE.read_text(encoding="utf-8"), "示例")


@pytest.fixture(params=EARLIER)
def earlier(tmp_path, request):
    """The example filled into each earlier template."""
    path = tmp_path / "早先的.xlsx"
    path.write_bytes(filled(request.param))
    return path


@lru_cache
def filled(template):
    """Return a template with the example, by its defined names, and a sheet of the clerk's own."""
    book, filing = load_workbook(template), Filing.loads(EXAMPLE.read_text(encoding="utf-8"), "示例")

    def put(name, value):
        ((sheet, address),) = book.defined_names[name].destinations
        book[sheet][address] = value

    for cell, value in filing.cells.items():
        put(cell, value)
    for part, texts in filing.narrative.items():
        for number, text in enumerate(texts, start=1):
            put(f"narrative.{part}.{number}", text)
    for name, value in {
        "unit.name": filing.unit.name, "unit.kind": "乡", "year": filing.year, "unit.county": filing.unit.county,
        "signed.name": filing.signed.name, "signed.date": filing.signed.date,
    }.items():  # fmt: skip
        put(name, value)
    book.create_sheet("我的台账")["A1"] = "自己记的"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_right_workbook_is_right(earlier, filing):
    """Every number and text is read; the one thing told of the form is a hint."""
    received = receive(earlier)
    assert received.filing.cells == filing.cells
    assert received.filing.narrative == filing.narrative
    graver = [finding for finding in inspect(received).findings if finding.severity.level > Severity.HINT.level]
    assert graver == []
    assert [finding.code for finding in received.findings if finding.code.startswith("I-")] == ["I-13"]


def test_a_formula_typed_over_a_number_is_still_found(earlier):
    """What a clerk did to an input is told."""
    book = load_workbook(earlier)
    ((sheet, address),) = book.defined_names["t3.granted.other"].destinations
    book[sheet][address] = "=1+1"
    book.save(earlier)
    assert "E-03" in [finding.code for finding in inspect(receive(earlier)).findings]


def test_the_marked_copy_is_the_workbook_itself(earlier, tmp_path):
    """Flags stand in the flag block that this template paints from; the clerk's own sheet stays."""
    book = load_workbook(earlier)
    ((sheet, address),) = book.defined_names["t3.granted.total"].destinations
    book[sheet][address] = 7
    row, column = book[sheet][address].row, book[sheet][address].column
    book.save(earlier)
    marked = tmp_path / "标注.xlsx"
    assert main(["check", str(earlier), "--mark", str(marked)]) == 1
    copy = load_workbook(marked)
    assert copy["我的台账"]["A1"].value == "自己记的"
    level = copy[sheet].cell(row, column + FLAGS).value
    schema = book.defined_names["gk_xl.schema"].value.strip('="')
    assert (level == 3) if schema in LEVELS_ALONE else level.startswith("=MAX(3*(")
    shown_while = copy[sheet].cell(row, column + JUDGED).value  # its formats ask for it
    assert shown_while == (None if schema in FIRST_ONES else 7)


def test_repair_makes_it_one_of_this_version(earlier, filing, tmp_path):
    """All of it is recovered, nothing is doubtful."""
    fresh = tmp_path / "新.xlsx"
    main(["repair", str(earlier), "-o", str(fresh)])
    reading = read_workbook(fresh)
    assert reading.filing.cells == filing.cells
    assert reading.filing.narrative == filing.narrative
    assert not [finding for finding in reading.findings if finding.code.startswith("I-")]
    assert f'"{SCHEMA}"' in load_workbook(fresh).defined_names["gk_xl.schema"].value


def test_the_button_judges_it_and_heals_nothing(earlier):
    """校验 in the open workbook says the same as of the file."""
    import xlwings as xw

    openpyxl.register()
    app = xw.App(visible=False, add_book=False)
    try:
        said = buttons.check(app.books.open(str(earlier)))
    finally:
        app.quit()
    assert "恢复" not in said
    assert "错误 0，警告 0" in said
