"""What is worked out once a process is what would be worked out each time, and nobody's but the test's that asked."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet.merge import MergedCellRange

from gk_xl.engines.openpyxl import engine
from gk_xl.workbook import build
from tests.conftest import ROOT


@pytest.fixture
def data() -> bytes:
    return (ROOT / "workbook_template.xlsx").read_bytes()


def parts(book) -> dict[str, list[bytes]]:
    """Return what a book is saved as, the moment of it aside; merged cells are a set, saved in any order."""
    target = io.BytesIO()
    book.save(target)
    with zipfile.ZipFile(target) as package:
        saved = {name: package.read(name) for name in package.namelist() if name != "docProps/core.xml"}
    return {name: sorted(re.split(b"(?=<mergeCell )|(?=</mergeCells>)", part)) for name, part in saved.items()}


def itself(data: bytes):
    """Return what our engine reads where nothing is kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ExcelReader, "read", ExcelReader.read.__wrapped__)
        patch.setattr(MergedCellRange, "format", MergedCellRange.format.__wrapped__)
        return engine.load(data)


def test_a_copy_is_what_was_read(data):
    """Saved, both are the same."""
    assert parts(engine.load(data)) == parts(engine.load(data)) == parts(itself(data))


def test_a_copy_can_be_written_on_and_the_next_is_as_before(data):
    """Rows and columns that were not there are made, as in a book that was read; the next test sees nothing of it."""
    book = engine.load(data)
    sheet = book.worksheets[0]
    sheet.row_dimensions[4000].height = 7
    sheet.column_dimensions["XX"].width = 7
    sheet["A1"] = "改过"
    again = engine.load(data)
    assert parts(again) == parts(itself(data)) != parts(book)


def test_what_was_built_is_not_planned_again(monkeypatch):
    """The same content gives the same bytes, and a plan that can be looked at and changed; other content gives others."""
    filing = build.blank_filing()
    before = build.build_workbook(filing)
    assert before == build.render.__wrapped__(build.plan_workbook.__wrapped__(build.content_for(filing)))
    assert build.build_workbook(filing.with_cells({"t3.granted.other": 7})) != before
    monkeypatch.setattr("gk_xl.workbook.sheets.cover.plan_cover", None)
    assert build.build_workbook(filing) == before
    with pytest.raises(TypeError):
        build.build_workbook(filing.with_cells({"t3.granted.other": 8}))
    monkeypatch.undo()
    plan = build.plan_workbook(build.content_for(filing))
    assert plan.sheets
    assert plan == build.plan_workbook.__wrapped__(build.content_for(filing))


def test_another_plan_is_another_workbook():
    """One cell more makes other bytes."""
    plan = build.plan_workbook(build.content_for(build.blank_filing()))
    before = build.render(plan)
    assert before == build.render(plan) == build.render.__wrapped__(plan)
    plan.sheets[0].put(90, 1, next(iter(build.STYLES)), "另一格")
    assert build.render(plan) == build.render.__wrapped__(plan) != before
