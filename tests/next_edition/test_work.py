"""A filing of the newest edition through the whole product: workbook, check, locate, text, report, import."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from gk_xl.checks.binding import live_instances
from gk_xl.checks.run import check
from gk_xl.cli.main import main
from gk_xl.desk.book.paper import VALUES
from gk_xl.desk.book.sums import HEAD, LABELS
from gk_xl.form.finding import Severity
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


def test_every_total_is_judged_and_live(filing):
    """Whatever the form adds up, 表四's kinds of case included: one too many is an error on that cell, in the sheets too."""
    edition = edition_in_force()
    live = {ref.cell for instance in live_instances(edition.id) if instance.rule.fills for ref in instance.refs}
    for cell in edition.cells.values():
        if not cell.total:
            continue
        broken = replace(filing, cells={**filing.cells, cell.id: filing.cells[cell.id] + 1}, narrative={})
        accused = {f.cells[0] for f in check(broken).findings if f.severity is Severity.ERROR and f.cells}
        assert cell.id in accused, cell.id
        assert cell.id in live, cell.id


def test_rules_speak_as_the_form_is_printed(filing):
    """The number of 总计 and of what it adds up are those of this form."""
    edition = edition_in_force()
    total = "t3.outcome_total.natural_person"
    broken = replace(filing, cells={**filing.cells, total: filing.cells[total] + 1}, narrative={})
    (told,) = [f.message for f in check(broken).findings if f.code == "T3-02" and f.cells[0] == total]
    last = edition.cell(edition.added_up_by(total)[-1][0]).path[1].partition("）")[0]
    assert f"{edition.cell(total).row_label}填" in told
    assert f"至{last}）各行合计" in told


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


def test_a_case_more_in_the_text_is_found(filing):
    """行政诉讼 of all kinds that the form has are counted together."""
    suits = [c.id for c in edition_in_force().cells.values() if c.table == "t4" and c.row.startswith("suit_")]
    one_each = {cell: 1 for cell in suits if cell.endswith((".upheld", ".total"))}
    kinds = len(one_each) // 2
    held = replace(filing, cells={**filing.cells, **one_each}, narrative={})
    for said, wanted in ((kinds, False), (kinds + 1, True)):
        text = f"本年度，因政府信息公开被提起行政诉讼{said}件。"
        codes = {f.code for f in check(replace(held, narrative={"overview": (text,)})).findings}
        assert ("X-06" in codes) is wanted, text


def test_the_desk_adds_the_form_up(filing, tmp_path):
    """A county's 汇总 of it: every cell the sum of the units', in the county's workbook, its report and the tables for others."""
    names = ("青石乡人民政府", "白水乡人民政府", "大河滩乡人民政府")
    folder, county, book = tmp_path / "上报", tmp_path / "县.xlsx", tmp_path / "汇总.xlsx"
    folder.mkdir()
    handed = []
    for number, name in enumerate(names):
        more = {cell.id: 1 for cell in edition_in_force().cells.values() if cell.table == "t4"} if number else {}
        unit = replace(filing.unit, name=name)
        one = replace(
            filing, unit=unit, signed=replace(filing.signed, name=name), cells={**filing.cells, **more}, narrative={}
        )
        handed.append(one)
        (folder / f"{name}.json").write_text(one.dumps(), encoding="utf-8")
    (folder / f"{names[0]}.json").unlink()  # one comes as a workbook
    (folder / f"{names[0]}.xlsx").write_bytes(build_workbook(handed[0]))
    asked = ["--workers", "1", "--unit", "示例县人民政府"]
    assert main(["desk", "total", str(folder), "-o", str(county), *asked]) in (0, 1)
    sums = {cell: sum(one.cells[cell] for one in handed) for cell in filing.cells}
    total = read_workbook(county).filing
    assert total.cells == sums
    assert total.edition == edition_in_force().id
    report = tmp_path / "县年报.docx"
    report.write_bytes(write_docx(total))
    assert import_sources([report]).filing.cells == sums
    assert main(["desk", "check", str(folder), "-o", str(book), *asked]) in (0, 1)
    values = load_workbook(book)[VALUES]
    shown = {row[0]: row[LABELS : LABELS + len(sums)] for row in values.iter_rows(min_row=HEAD + 1, values_only=True)}
    assert [shown[one.unit.name] for one in handed] == [tuple(one.cells.values()) for one in handed]
