"""What the sheets say live and what Python says are the same: thousands of random fillings, in LibreOffice."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from gk_xl.checks.case import Case
from gk_xl.checks.catalogue import identities, live_instances
from gk_xl.checks.expression import Entry, Number, Operation, evaluate
from gk_xl.form.filing import Filing, Unit
from gk_xl.form.load import EDITIONS, load_edition
from gk_xl.form.schema import ValueKind
from gk_xl.form.units import unit_kinds
from gk_xl.workbook.build import build_workbook, content_for
from gk_xl.workbook.layout import ENTRIES, FIRST_LINE, RULES
from gk_xl.workbook.sheets.table import NOT_CONCERNED, TableSheet

pytestmark = pytest.mark.application

FILLINGS = 2_000
EDITION_IDS = sorted(path.stem for path in EDITIONS.glob("*.toml"))
ODD = (None, None, None, "", " ", "无", "/", "１２", "12", "12件", "十二", "1,234", "-", "1e3", "TRUE", 0.5, 2.5, 0.1, 0.2, -1, -7,
       1e9, 123456789012, 999999.999999, 1e-7, 5e-7)  # fmt: skip
KINDS = (*unit_kinds(), "", "township", "township")


def blank(edition_id: str) -> Filing:
    """Return a township's empty filing of an edition's first year."""
    edition = load_edition(edition_id)
    return replace(Filing.blank(edition.first_year), unit=Unit("示例乡人民政府", "township"))


def literals(node) -> set[float]:
    """Return the numbers written in an expression: where its verdict may turn."""
    if isinstance(node, Number):
        return {node.value}
    return {number for item in node.operands for number in literals(item)} if isinstance(node, Operation) else set()


def fillings(edition_id: str, count: int, seed: int):
    """Yield filings: balanced ones with some cells made odd, so that every rule holds here and breaks there."""
    dice, edition = random.Random(seed), load_edition(edition_id)
    sums = [
        (next(iter(coefficients)), coefficients)
        for instance, coefficients in identities(edition_id)
        if instance.rule.fills
    ]
    span = (
        edition.first_year - 1,
        edition.first_year,
        edition.first_year + 1,
        edition.first_year + 3,
        edition.first_year + 5,
    )
    turning = [(i.refs, sorted(literals(i.node))) for i in live_instances(edition_id) if literals(i.node)]
    turning = [([ref for ref in refs if ref.cell in edition.cells], numbers) for refs, numbers in turning]
    for _ in range(count):
        most = dice.choice((0, 1, 3, 7, 7, 30, 4000))
        cells = {
            cell.id: round(dice.uniform(0, most), dice.choice((0, 1, 6))) if cell.kind is ValueKind.AMOUNT
            else dice.randint(-most if cell.kind is ValueKind.SIGNED else 0, most)
            for cell in edition.cells.values()
        }  # fmt: skip
        for _ in range(2):
            for total, coefficients in sums:
                cells[total] = -sum(cells[cell] * sign for cell, sign in coefficients.items() if cell != total)
        for cell in dice.sample(sorted(cells), dice.choice((0, 0, 1, 2, 5, 40, len(cells)))):
            cells[cell] = dice.choice(
                (*ODD, dice.randint(0, 30), (cells[cell] or 0) + 1 if not isinstance(cells[cell], str) else 0)
            )
        for refs, numbers in dice.sample(turning, 3):
            cells[dice.choice(refs).cell] = dice.choice(numbers)
        kind, year = dice.choice(KINDS), dice.choice((*span, None))
        yield Filing(edition_id, year, Unit("示例乡人民政府", kind), cells)


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

    def differences(self, filing: Filing):
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


@pytest.mark.parametrize("edition_id", EDITION_IDS)
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


@pytest.mark.parametrize("edition_id", EDITION_IDS)
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
            for good, bad in ((";6)=0", ";6)>=0"), (";6)<=0", ";6)<0"), (";6)>=0", ";6)>0"), (";6)>0", ";6)>=0")):
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
