"""Is it still our template? Every single change is found and named."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
from openpyxl.styles import Protection
from openpyxl.utils import get_column_letter

from gk_xl.form.filing import Filing
from gk_xl.form.load import edition_ids, load_edition
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.expected import expected_plan
from gk_xl.workbook.files import open_package
from gk_xl.workbook.integrity import _cell, _sheet
from gk_xl.workbook.layout import layout
from gk_xl.workbook.raw import RawCell, RawWorkbook
from gk_xl.workbook.read import read_workbook
from gk_xl.workbook.styles import unlocked
from tests.conftest import ROOT

T3 = load_edition("2021").section("t3").tab


@pytest.mark.parametrize("edition_id", edition_ids())
def test_every_locked_cell_is_watched(tmp_path, edition_id):
    """Each locked cell of the workbook, changed alone: its text, its lock, its formula; each change is found there."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(build_workbook(Filing.blank(load_edition(edition_id).first_year)))
    raw = RawWorkbook(open_package(path))
    form = layout(raw.constant("gk_xl.edition"), raw.constant("gk_xl.last_edition"))
    changed = 0
    for plan in expected_plan(form).sheets:
        found = raw.sheet(plan.title)
        assert not list(_sheet(plan, found))
        for place, cell in list(found.cells.items()):
            planned = plan.cells.get(place)
            if planned is None or unlocked(planned.style):
                continue
            tampered = [RawCell("改", cell.formula, locked=True), RawCell(cell.value, cell.formula, locked=False)]
            if cell.formula:
                tampered[0] = RawCell(cell.value, "1+1", locked=True)
                tampered.append(RawCell(1, "", locked=True))
            for other in tampered:
                found.cells[place] = other
                whole = changed % 40 == 0 and not planned.output  # the whole sheet now and then, the cell alone always
                judged = _sheet(plan, found) if whole else _cell(plan, place, planned, other, checked=False)
                codes = {(f.code, f.where.address) for f in judged}
                assert codes & {(code, _address(place)) for code in ("I-01", "I-02", "I-03")}, (
                    plan.title,
                    place,
                    other,
                )
                changed += 1
            found.cells[place] = cell
    assert changed > 2_000


def _address(place):
    return openpyxl.utils.cell.get_column_letter(place[1]) + str(place[0])


def findings_after(tmp_path, change):
    """Return the integrity findings after a change made with openpyxl in the committed template."""
    book = openpyxl.load_workbook(ROOT / "workbook_template.xlsx")
    change(book)
    path = tmp_path / "changed.xlsx"
    book.save(path)
    return [(f.code, f.where.sheet if f.where else None, f.where.address if f.where else None, f.message)
            for f in read_workbook(path).findings]  # fmt: skip


def test_an_untouched_template_has_no_findings(tmp_path):
    """Opened and saved by another program, the template is still the template."""
    assert findings_after(tmp_path, lambda book: None) == []


def test_a_changed_label_is_named(tmp_path):
    """The finding quotes what it should be and what it is."""
    ((code, sheet, address, message),) = findings_after(tmp_path, lambda book: book[T3].__setitem__("B9", "（二）部分"))
    assert (code, sheet, address) == ("I-01", T3, "B9")
    assert "只计这一情形" in message
    assert "“（二）部分”" in message


def test_a_deleted_sheet_is_named(tmp_path):
    """The sheet is named; its cells are not accused one by one."""
    found = findings_after(tmp_path, lambda book: book.remove(book["上年数据"]))
    assert [(code, message.split("“")[1].split("”")[0]) for code, _, _, message in found] == [("I-05", "上年数据")]


def test_a_renamed_sheet_is_named(tmp_path):
    """A sheet under another name is missing under its own."""
    found = findings_after(tmp_path, lambda book: setattr(book["使用说明"], "title", "说明"))
    assert "I-05" in {code for code, *_ in found}


@pytest.mark.parametrize("sheet", [T3, "封面", "使用说明", "一、总体情况"])
def test_an_inserted_row_is_named(tmp_path, sheet):
    """One finding says that rows moved, and from where; not a flood of changed labels."""
    found = findings_after(tmp_path, lambda book: book[sheet].insert_rows(8))
    codes = [code for code, *_ in found if code == "I-06"]
    assert len(codes) == 1
    assert sum(code == "I-01" for code, *_ in found) == 0


def test_an_inserted_column_is_named(tmp_path):
    """A column inserted in table three is a shift."""
    assert "I-06" in {code for code, *_ in findings_after(tmp_path, lambda book: book[T3].insert_cols(4))}


def test_a_lost_and_a_moved_name_are_named(tmp_path):
    """A name that is gone or points elsewhere is told by its cell; the number beside the label is read all the same."""
    places = layout(edition_ids()[-1]).names  # as the template is

    def change(book):
        del book.defined_names["t3.granted.total"]
        book.defined_names["t3.partial.total"].attr_text = f"'{T3}'!$J$20"
        book.defined_names["t3.carried_in.total"].attr_text = "'封面'!$B$2"
        book[T3][places["t3.partial.total"].address] = 7

    found = findings_after(tmp_path, change)
    assert [(code, address) for code, _, address, _ in found] == [
        ("I-04", places[name].address) for name in ("t3.carried_in.total", "t3.granted.total", "t3.partial.total")
    ]
    assert "封面" in found[0][3]
    assert "J20" in found[2][3]
    assert read_workbook(tmp_path / "changed.xlsx").filing.number("t3.partial.total") == 7


def test_many_changes_of_a_kind_are_one_line(tmp_path):
    """A pasted block of locked cells, names gone, labels overwritten: one line each, which names the areas and 修复."""

    def change(book):
        for row in book[T3]["D6:J30"]:
            for cell in row:
                cell.protection = Protection(locked=True)
        for name in [name for name in book.defined_names if name.startswith("t4.")]:
            del book.defined_names[name]
        for row in range(10, 16):
            book[T3][f"C{row}"] = "改"

    found = findings_after(tmp_path, change)
    codes = [code for code, *_ in found]
    assert len(codes) == len(set(codes))
    said = {code: message for code, _, _, message in found}
    assert said["I-03"].startswith("D6:J30（共 175 格）：")
    last = load_edition(edition_ids()[-1]).table("t4").cells
    assert said["I-04"].startswith(f"A6:{get_column_letter(len(last))}6（共 {len(last)} 格）：")
    for message in said.values():
        assert "修复" in message
        assert "gk-xl" not in message
        assert "填过去" not in message


def test_a_formula_over_a_label_is_named(tmp_path):
    """A formula typed over a printed text is a changed text, whatever it gives."""
    found = findings_after(tmp_path, lambda book: book[T3].__setitem__("A6", '="一"'))
    assert [(code, address) for code, _, address, _ in found] == [("I-01", "A6")]


def test_a_lost_structure_lock_is_told_of_files_from_excel_only(tmp_path):
    """Whoever lifts it in Excel meant to; LibreOffice drops it from every file it saves."""

    def change(book):
        book.security.lockStructure = False

    assert [code for code, *_ in findings_after(tmp_path, change)] == ["I-07"]
    path = tmp_path / "changed.xlsx"
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts["docProps/app.xml"] = re.sub(
        rb"<Application>.*?</Application>", b"<Application>LibreOffice/7.4</Application>", parts["docProps/app.xml"]
    )
    with zipfile.ZipFile(path, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)
    assert read_workbook(path).findings == ()


def test_an_unlocked_label_and_a_removed_protection_are_named(tmp_path):
    """Locks guard against slips; that they are gone is said."""

    def change(book):
        book[T3]["A6"].protection = Protection(locked=False)
        book[T3].protection.sheet = False

    assert {code for code, *_ in findings_after(tmp_path, change)} == {"I-03", "I-07"}


def test_split_and_new_merges_are_named(tmp_path):
    """Merges are part of the statutory form."""
    split = findings_after(tmp_path, lambda book: book[T3].unmerge_cells("A6:C6"))
    assert [(code, address) for code, _, address, _ in split] == [("I-08", "A6")]
    new = findings_after(tmp_path, lambda book: book[T3].merge_cells("D10:E10"))
    assert ("I-08", "D10") in [(code, address) for code, _, address, _ in new]


def test_a_changed_formula_is_named(tmp_path):
    """The check beside the totals cannot be bent."""
    found = findings_after(tmp_path, lambda book: book[T3].__setitem__("M6", "=0"))
    assert [(code, address) for code, _, address, _ in found] == [("I-02", "M6")]


def test_content_outside_the_form_is_named(tmp_path):
    """A remark beside the table is a warning: it will not be in the report."""
    found = findings_after(tmp_path, lambda book: book[T3].__setitem__("O40", "备注"))
    assert [(code, address) for code, _, address, _ in found] == [("I-09", "O40")]


def test_a_pasted_picture_is_named(tmp_path):
    """A picture carries no numbers that can be checked."""
    from openpyxl.chart import BarChart

    found = findings_after(tmp_path, lambda book: book[T3].add_chart(BarChart(), "A40"))
    assert "I-10" in {code for code, *_ in found}


def test_a_forged_result_in_an_unchecked_workbook_is_named(tmp_path):
    """Nobody has checked yet, so a verdict that stands there was typed."""
    found = findings_after(tmp_path, lambda book: book["校验结果"].__setitem__("C2", "✓ 通过"))
    assert [(code, address) for code, _, address, _ in found] == [("I-01", "C2")]
    found = findings_after(tmp_path, lambda book: book["校验结果"].__setitem__("E9", "没有问题"))
    assert [(code, address) for code, _, address, _ in found] == [("I-01", "E9")]


def test_values_are_still_read_after_rows_moved(tmp_path):
    """Cells are found by name, so a row inserted by Excel, which moves names along, loses no number."""
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(Filing.blank(2025).with_cells({"t4.suit_after.total": 5}))))
    tab = load_edition("2021").section("t4").tab
    book[tab].insert_rows(6)
    for name, defined in book.defined_names.items():
        if name.startswith("t4."):
            defined.attr_text = defined.attr_text.replace("$6", "$7")
    path = tmp_path / "moved.xlsx"
    book.save(path)
    reading = read_workbook(path)
    assert reading.filing.number("t4.suit_after.total") == 5
    assert "I-06" in {finding.code for finding in reading.findings}
