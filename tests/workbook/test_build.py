"""The built workbook: the same every time, locked where it must be, named everywhere, as the statute prints it."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest

from gk_xl.cli.commands.template import differing_parts
from gk_xl.engines.core.addresses import parse_address
from gk_xl.form.filing import Filing, Unit
from gk_xl.form.guidance import of_row
from gk_xl.form.load import edition_ids, load_edition
from gk_xl.workbook import build
from gk_xl.workbook.build import PLAIN, blank_filing, build_template, build_workbook, content_for, plan_workbook
from gk_xl.workbook.form_sheet import FormSheet
from gk_xl.workbook.layout import FLAGS, JUDGED, LAST_HIDDEN, REASON_COLUMN, RESULTS, SEALED, Place, layout
from gk_xl.workbook.ledger import ledger_places
from gk_xl.workbook.sheets.tips import CLOSING, LINE, OPENING, explained, whole
from gk_xl.workbook.styles import COMPUTED, DIFFERENCE, unlocked
from tests.conftest import ROOT


def blank(edition_id: str) -> Filing:
    """Return a blank filing of an edition's first year."""
    return Filing.blank(load_edition(edition_id).first_year, Unit("示例乡人民政府", "township", "我乡", "示例县"))


@pytest.fixture(scope="module", params=edition_ids())
def built(request):
    """The blank workbook of each edition, as openpyxl sees it."""
    data = build_workbook(blank(request.param))
    return request.param, data, openpyxl.load_workbook(io.BytesIO(data))


def test_the_committed_template_is_what_is_built():
    """workbook_template.xlsx in the repository is the build of the edition in force, part by part."""
    assert differing_parts(ROOT / "workbook_template.xlsx", build_template()) == []


def test_the_same_bytes_every_time(built):
    """Nothing of the moment is in the file."""
    edition_id, data, _ = built
    plan = plan_workbook(content_for(blank(edition_id)))
    assert build.render.__wrapped__(plan) == build.render.__wrapped__(plan) == data
    assert PLAIN == {"font_name": "Arial", "font_size": 10}, "the writer keeps what it adds to it for itself"


def test_no_formula_has_to_be_marked(built, monkeypatch):
    """XlsxWriter, let to look in each for functions that are newer than the format, writes the same bytes."""
    edition_id, data, _ = built
    monkeypatch.delattr(FormSheet, "_prepare_formula")
    assert build.render.__wrapped__(plan_workbook(content_for(blank(edition_id)))) == data


def test_the_sheets_stand_in_order(built):
    """Cover, the six sections, last year, results, guide."""
    edition_id, _, book = built
    assert book.sheetnames == list(layout(edition_id).sheets)
    assert book.sheetnames[0] == "封面"
    assert book.sheetnames[-3:] == ["上年数据", "校验结果", "使用说明"]


def test_only_input_cells_and_flags_are_unlocked(built):
    """The unlocked cells are the declared inputs, the flag block, and the reasons in 校验结果: no others."""
    edition_id, _, book = built
    form = content_for(blank(edition_id)).layout
    written = {"verdict", "checked_at", *(f"slip.{name}" for name, _ in SEALED)}
    places = [place for name, place in form.names.items() if name not in written]
    inputs = {(p.sheet, p.row, p.column) for p in (*places, *ledger_places(edition_id).values())}
    found = set()
    for sheet in book:
        assert sheet.protection.sheet
        for row in sheet.iter_rows():
            for cell in row:
                if (
                    not cell.protection.locked
                    and not FLAGS < cell.column <= FLAGS + 20
                    and cell.column <= JUDGED
                    and not cell.coordinate.startswith("G")
                ):
                    found.add((sheet.title, cell.row, cell.column))
                if not cell.protection.locked and sheet.title == RESULTS:
                    assert cell.column == REASON_COLUMN
    single = {place for place in inputs if place[2] != 7} | {p for p in inputs if p[2] == 7 and p in found}
    merged = {
        (sheet.title, row, column)
        for sheet in book
        for area in sheet.merged_cells.ranges
        for row, column in area.cells
        if (row, column) != (area.min_row, area.min_col)
    }
    assert found - merged == {place for place in single if place[2] != 7}


def test_the_structure_is_locked(built):
    """No sheet can be added, deleted, renamed or moved."""
    assert built[2].security.lockStructure


def test_every_input_has_its_name(built):
    """Each number, setting and paragraph is a defined name that refers to its own cell."""
    edition_id, _, book = built
    form = content_for(blank(edition_id)).layout
    for name, place in form.names.items():
        assert book.defined_names[name].attr_text == place.absolute
    for cell in form.edition.cells:
        assert cell in book.defined_names


def test_labels_and_merges_are_the_statutes(built):
    """Every printed cell of every table stands at its place with its span and its text."""
    edition_id, _, book = built
    form = layout(edition_id)
    for table in form.edition.tables:
        sheet = book[form.edition.section(table.id).tab]
        merges = {str(area) for area in sheet.merged_cells.ranges}
        for item in table.grid:
            place = form.grid_place(table, item)
            if not item.cell:
                assert sheet[place.address].value == item.text
            if item.lines > 1 or item.columns > 1:
                end = place.down(item.lines - 1).right(item.columns - 1)
                assert f"{place.address}:{end.address}" in merges


def test_the_first_number_of_table_three_stands_in_d6(built):
    """The contract's example address: 本年新收 begins in D6, and its 总计 is the last column (J6 in the first editions)."""
    form = layout(built[0])
    assert form.where("t3.received_new.natural_person").address == "D6"
    assert form.names["t3.received_new.total"] == Place("三、依申请公开", 6, 3 + len(form.edition.table("t3").columns))


def test_every_sheet_prints_on_its_page(built):
    """A4, fitted to the page's width; tables, cover and last year on one page; hidden columns outside."""
    for sheet in built[2]:
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in (1, None)
        last = sheet.print_area.split(":")[1].replace("$", "")
        assert parse_address(last)[1] <= FLAGS


def test_heads_are_frozen(built):
    """Wherever one scrolls, the head stays in sight."""
    edition_id, _, book = built
    for section in load_edition(edition_id).sections:
        assert book[section.tab].freeze_panes


def test_every_formula_carries_its_value(built):
    """LibreOffice trusts cached values, so each formula has the one that its cells give."""
    with zipfile.ZipFile(io.BytesIO(built[1])) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/sheet"):
                text = package.read(name).decode()
                assert text.count("<f>") == text.count("</f><v>")


def test_every_formula_has_a_number_format_of_its_own(built):
    """LibreOffice gives a formula that is plainly General another format while it draws, and may die of it."""
    formulas = [cell for sheet in built[2] for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(formulas) > 200
    assert {cell.number_format for cell in formulas} == {COMPUTED, DIFFERENCE}


def test_validation_speaks_chinese(built):
    """Each input of the tables has a prompt with what is wanted and the provision it rests on; only labels open theirs."""
    edition_id, _, book = built
    for section in load_edition(edition_id).sections:
        if section.table:
            rules = book[section.tab].data_validations.dataValidation
            prompts = [rule.prompt for rule in rules if not rule.showInputMessage]
            assert prompts
            assert all("没有的填 0" in prompt or "没有变化填 0" in prompt for prompt in prompts)
            assert all("依据：" in prompt for prompt in prompts)
            said = [rule for rule in rules if rule.showInputMessage]
            assert said
            assert all(rule.prompt.startswith("计：") and rule.type is None for rule in said)


def test_no_box_opens_over_what_is_typed_next(built):
    """No input opens a box; what a row counts stands beside it and, in full, behind its label."""
    edition_id, _, book = built
    edition = load_edition(edition_id)
    for sheet in book:
        for rule in sheet.data_validations.dataValidation:
            if rule.showInputMessage:
                cells = [cell for part in rule.sqref.ranges for cell in part.cells]
                assert all(sheet.cell(*at).protection.locked for at in cells), (sheet.title, rule.sqref)
    for table in edition.tables:
        sheet = book[edition.section(table.id).tab]
        shown = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
        tips = {found.tip for row in table.rows if (found := of_row(edition, table.id, row)) and found.tip}
        assert tips
        assert all(tip in shown or tip.removesuffix("。") in shown for tip in tips)
        lines = [line for item, found in explained(edition, table) for line in whole(found).split("\n")]
        assert max(map(len, lines)) <= LINE + 1
        assert not [line for line in lines if line[0] in CLOSING or line[-1] in OPENING]
        assert {item.text for item, _ in explained(edition, table)} <= shown


def test_the_name_box_speaks_chinese(built):
    """Each named cell has a name of its sheet, which spreadsheets show before one of the workbook; identifiers are hidden."""
    edition_id, _, book = built
    form = content_for(blank(edition_id)).layout
    seen = {}
    for sheet in book:
        for name, defined in sheet.defined_names.items():
            if not name.startswith("_xlnm."):
                assert re.fullmatch(r"[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z0-9_]*", name), name
                assert not defined.hidden
                seen[defined.attr_text] = name
    assert {place.absolute for place in form.names.values()} == seen.keys()
    assert all(defined.hidden for defined in book.defined_names.values())
    assert form.names.keys() < book.defined_names.keys()
    assert seen[form.names["t3.received_new.natural_person"].absolute] == "新收申请_自然人"
    assert seen[form.names["narrative.overview.3"].absolute] == "总体情况_3"
    assert seen[form.names["last.t4.reconsideration.upheld"].absolute].startswith("上年_")


def test_locks_of_the_plan_are_locks_of_the_file(built):
    """What the plan calls locked is locked in the file, cell by cell."""
    edition_id, _, book = built
    for sheet in plan_workbook(content_for(blank(edition_id))).sheets:
        ws = book[sheet.title]
        for (row, column), cell in sheet.cells.items():
            if column <= LAST_HIDDEN:
                assert ws.cell(row, column).protection.locked is not unlocked(cell.style), (sheet.title, row, column)


def test_the_template_has_no_year_and_no_numbers():
    """The template is blank: nothing to delete before filling it in."""
    filing = blank_filing()
    assert filing.year is None
    assert set(filing.cells.values()) == {None}
