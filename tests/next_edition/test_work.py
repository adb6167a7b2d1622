"""A filing of the newest edition through the whole product: workbook, check, locate, text, report, import."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from gk_xl.form.load import edition_ids, edition_in_force, load_edition
from gk_xl.report.docx import write_docx
from gk_xl.sources.open import import_sources
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.read import read_workbook
from tests.filings import whole


@pytest.fixture(scope="module")
def filing():
    """Its numbers agree, its text is written from them."""
    return whole(edition_in_force().id)


def test_it_holds_and_its_text_agrees(filing):
    """No rule about numbers speaks, and none says that the sentences written from the tables contradict them."""
    assert filing.narrative
    wrong = [f for f in check(filing).findings if f.code.startswith(("T2", "T3", "T4", "X-03", "X-04", "X-05", "X-06"))
             and f.severity.value == "error"]  # fmt: skip
    assert wrong == []


def test_a_slip_in_each_kind_of_row_is_located(filing):
    """One cell wrong, in any row and column that is not a total: it is named with its value."""
    edition, dice = edition_in_force(), random.Random(9)
    table = edition.table("t3")
    inner = [c for c in table.cells if not c.total and c.row not in ("received_new", "carried_in", "carried_out")]
    older = load_edition(edition_ids()[-2]).cells
    newest = [cell for cell in inner if cell.id not in older][:4]
    for cell in (*newest, *dice.sample(inner, 6)):
        right = filing.cells[cell.id]
        result = check(replace(filing, cells={**filing.cells, cell.id: right + 10}, narrative={}))
        best = [suspect for suspect in result.suspects if suspect.rank == 1]
        named = {(c.cell, c.proposed) for s in best for c in (*s.changes, *(one for way in s.choices for one in way))}
        assert (cell.id, right) in named, cell.id


def test_the_workbook_and_the_report_give_every_number_back(filing, tmp_path):
    """Written, read; exported to Word, imported: the same numbers."""
    book = tmp_path / "年报.xlsx"
    book.write_bytes(build_workbook(filing))
    assert read_workbook(book).filing.cells == filing.cells
    report = tmp_path / "年报.docx"
    report.write_bytes(write_docx(filing))
    assert import_sources([report]).filing.cells == filing.cells


def test_a_wrong_sentence_is_found(filing):
    """The text of the new form is held against its tables: one application more is told."""
    more = filing.cells["t3.received_new.total"] + 1
    text = f"本年度，我乡收到政府信息公开申请{more}件。"
    codes = {f.code for f in check(replace(filing, narrative={"overview": (text,)})).findings}
    assert "X-03" in codes
