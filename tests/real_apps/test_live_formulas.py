"""What the sheets say live and what Python says are the same: thousands of random fillings, in LibreOffice."""

from __future__ import annotations

import pytest

from gk_xl.checks.case import Case
from gk_xl.checks.expression import EQUAL, Entry, evaluate
from gk_xl.form.units import unit_kinds
from gk_xl.workbook.build import build_workbook, content_for
from gk_xl.workbook.layout import ENTRIES, FIRST_LINE, RULES
from gk_xl.workbook.sheets.table import NOT_CONCERNED, TableSheet
from tests.real_apps.live.fillings import EDITIONS, blank, fillings
from tests.real_apps.live.moves import moves

pytestmark = pytest.mark.application

FILLINGS = 2_000
OPERATORS = ((f")<{EQUAL}", f")<=-{EQUAL}"), (f"<{EQUAL}", f"<=-{EQUAL}"), (f">-{EQUAL}", f">={EQUAL}"), (f"<=-{EQUAL}", f"<{EQUAL}"),
             (f">={EQUAL}", f">-{EQUAL}"))  # fmt: skip


class Sheets:
    """The three tables of an open workbook: written and read a block at a time."""

    def __init__(self, document, edition_id: str) -> None:
        self.document = document
        content = content_for(blank(edition_id))
        self.tables = [TableSheet(content, table) for table in content.edition.tables]
        self.names = content.layout.names
        self.kinds = {kind.id: kind.label for kind in unit_kinds().values()} | {"": ""}
        document.enableAutomaticCalculation(False)
        self.blocks = []
        for table in self.tables:
            sheet = document.Sheets.getByName(table.sheet)
            sheet.unprotect("")
            places = {cell.id: table.place_of(cell) for cell in table.table.cells}
            rows, columns = [p.row for p in places.values()], [p.column for p in places.values()]
            area = (min(columns) - 1, min(rows) - 1, max(columns) - 1, max(rows) - 1)
            block = sheet.getCellRangeByPosition(*area)
            printed = [list(row) for row in block.getDataArray()]
            offsets = {cell: (p.row - min(rows), p.column - min(columns)) for cell, p in places.items()}
            last = max([table.last_row, *(p.row for p in table.status.values())])
            verdicts = sheet.getCellRangeByPosition(ENTRIES, FIRST_LINE - 1, RULES, last - 1)
            self.blocks.append((table, block, printed, offsets, verdicts))
        cover = document.Sheets.getByName(self.names["year"].sheet)
        cover.unprotect("")
        self.year, self.kind = (
            cover.getCellByPosition(self.names[name].column - 1, self.names[name].row - 1)
            for name in ("year", "unit.kind")
        )

    def differences(self, filing):
        """Yield each live verdict that differs from Python's: rule, what the sheet says, what Python says."""
        self.kind.setString(self.kinds[filing.unit.kind])
        self.year.setString("") if filing.year is None else self.year.setValue(filing.year)
        for _, block, printed, offsets, _ in self.blocks:
            for cell, (row, column) in offsets.items():
                value = filing.cells[cell]
                printed[row][column] = "" if value is None else value if isinstance(value, str) else float(value)
            block.setDataArray(tuple(map(tuple, printed)))
        self.document.calculateAll()
        case = Case(filing)
        for table, _, _, _, verdicts in self.blocks:
            shown = verdicts.getDataArray()
            for number, instance in enumerate(table.instances):
                value = evaluate(instance.node, case.numbers)
                wanted = -1 if value is None else int(bool(value))
                if isinstance(instance.node, Entry):
                    place = table.place(instance).right(ENTRIES)
                else:
                    place = table.status[number]
                    if not instance.rule.applies(filing.edition, filing.unit.kind, filing.year):
                        wanted = NOT_CONCERNED
                found = shown[place.row - FIRST_LINE][place.column - 1 - ENTRIES]
                if found != wanted:
                    yield instance.rule.code, place.address, found, wanted


@pytest.mark.parametrize("edition_id", EDITIONS)
def test_sheet_and_python_agree(opened, edition_id):
    """Two thousand fillings: every live verdict of every rule and entry equals Python's, and each value occurs."""
    sheets = Sheets(opened(build_workbook(blank(edition_id))), edition_id)
    seen: dict[object, set[object]] = {}
    for filing in fillings(edition_id, FILLINGS, seed=20):
        assert list(sheets.differences(filing)) == [], filing.dumps()
        case = Case(filing)
        for table in sheets.tables:
            for instance in table.instances:
                seen.setdefault(instance.rule.code, set()).add(evaluate(instance.node, case.numbers))
    for code, values in seen.items():
        assert {True, False} <= values, (
            f"{code} was never { ({True, False} - values) }: the fillings prove nothing about it"
        )


@pytest.mark.parametrize("edition_id", EDITIONS)
def test_a_planted_operator_is_caught(opened, edition_id):
    """A comparison printed with a neighbouring operator, whichever rule it stands in, shows as a difference within 600 fillings."""
    tries = list(fillings(edition_id, 600, seed=7))
    sheets = Sheets(opened(build_workbook(blank(edition_id))), edition_id)
    planted = 0
    for table in sheets.tables:
        sheet = sheets.document.Sheets.getByName(table.sheet)
        tried = set()
        for number, place in table.status.items():
            code = table.instances[number].rule.code
            if code in tried:
                continue
            tried.add(code)
            cell = sheet.getCellByPosition(place.column - 1, place.row - 1)
            right = cell.getFormula()
            for good, bad in OPERATORS:
                if good not in right:
                    continue
                cell.setFormula(right.replace(good, bad, 1))
                assert cell.getFormula() != right
                caught = any(
                    address == place.address for filing in tries
                    for _, address, _, _ in sheets.differences(filing)
                )  # fmt: skip
                assert caught, f"{code}: {good} → {bad} went unnoticed"
                cell.setFormula(right)
                planted += 1
                break
    assert planted >= 5


@pytest.mark.parametrize("edition_id", EDITIONS)
def test_dragged_inputs_bend_nothing(opened, office, edition_id):
    """Inputs cut and pasted onto others by hand, on the locked sheet: every verdict still reads by place."""
    document = opened(build_workbook(blank(edition_id)))
    helper = office.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", office)
    controller = document.CurrentController

    def cell(place):
        return document.Sheets.getByName(place.sheet).getCellByPosition(place.column - 1, place.row - 1)

    def at(place, command):
        controller.setActiveSheet(document.Sheets.getByName(place.sheet))
        controller.select(cell(place))
        helper.executeDispatch(controller.Frame, f".uno:{command}", "", 0, ())

    for source, target in moves(edition_id, seed=3):
        cell(source).setValue(7)
        at(source, "Cut")
        at(target, "Paste")
        assert (cell(target).getValue(), cell(source).getString()) == (7, ""), (source, target)
    names = [document.NamedRanges.getByName(name).Content for name in document.NamedRanges.ElementNames]
    assert len(set(names)) < len(names), "no name was bent: nothing was moved as a clerk's drag moves it"
    sheets = Sheets(document, edition_id)
    for filing in fillings(edition_id, 60, seed=21):
        assert list(sheets.differences(filing)) == [], filing.dumps()
