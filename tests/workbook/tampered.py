"""A workbook in memory, every part of which a test may change, and what the integrity check says of it."""

from __future__ import annotations

from copy import copy

from gk_xl.checks.catalogue import rule
from gk_xl.engines.core.addresses import parse_address
from gk_xl.form.finding import Where
from gk_xl.form.load import edition_ids, load_edition
from gk_xl.workbook.expected import expected_plan
from gk_xl.workbook.integrity import inspect
from gk_xl.workbook.layout import Place, layout
from gk_xl.workbook.raw import RawCell, RawWorkbook
from gk_xl.workbook.rows import Row, Rows
from gk_xl.workbook.styles import unlocked

NEWEST = edition_ids()[-1]  # what the template is built for
FORM = layout(NEWEST, NEWEST)
T2, T3 = (load_edition(NEWEST).section(table).tab for table in ("t2", "t3"))
RESULTS, COVER, PROSE = "校验结果", "封面", "一、总体情况"


class Tampered:
    """A workbook as inspect() sees it, every part of which a test may change.

    With ``by_rows`` its sheets come in rows, as they are read from a file: those that nobody changed are the template's own.
    """

    def __init__(self, raw: RawWorkbook, *, by_rows: bool = False) -> None:
        self.by_rows = by_rows
        self.sheets = {}
        for title in raw.members:
            sheet = copy(raw.sheet(title))
            sheet.cells, sheet.merges = dict(sheet.cells), set(sheet.merges)
            self.sheets[title] = sheet
        self.constants: dict[str, str | None] = {}
        self.places: dict[str, Place | None] = {}
        self.raw, self.structure_locked, self.saved_by_excel = raw, True, True

    def sheet(self, title):
        """A sheet; the rows of one that came in rows are gone once its cells are asked for."""
        sheet = self.sheets[title]
        if self.by_rows and not sheet.rows:
            rows = {}
            for place, cell in sheet.cells.items():
                rows.setdefault(place[0], {})[place] = cell
            sheet.cells = {}
            sheet.rows = Rows(_row(title, number, cells) for number, cells in sorted(rows.items()))
        return sheet

    @property
    def members(self):
        return self.sheets

    def constant(self, name):
        return self.constants[name] if name in self.constants else self.raw.constant(name)

    def place(self, name):
        return self.places[name] if name in self.places else self.raw.place(name)

    def put(self, title, address, value=None, formula="", *, locked=None):
        """Change one cell."""
        place = parse_address(address)
        old = self.sheets[title].cells.get(place, RawCell(None, "", locked=True))
        self.sheets[title].cells[place] = RawCell(value, formula, locked=old.locked if locked is None else locked)

    def findings(self):
        return inspect(self, FORM, FORM.names)[0]

    def told(self):
        """What is found: code, sheet, address."""
        return [(f.code, f.where.sheet if f.where else "", f.where.address if f.where else "") for f in self.findings()]


_ROWS: dict[tuple[str, int], list[Row]] = {}


def _row(title, number, cells):
    """A row, the same one for the same cells, so that what was judged of it is remembered as of a row of a file."""
    known = _ROWS.setdefault((title, number), [])
    found = next((row for row in known if row.cells == cells and list(row.cells) == list(cells)), None)
    if found is None:
        known.append(found := Row(number, cells))
    return found


def first_input(title):
    """The address of the sheet's first cell that is filled in, and its name."""
    name, place = next((n, p) for n, p in FORM.names.items() if p.sheet == title and n.startswith("t"))
    return place.address, name


def labels(title):
    """The addresses of printed texts, from the top."""
    plan = expected_plan(FORM).sheet(title)
    kept = [p for p, c in plan.cells.items() if isinstance(c.value, str) and not c.formula and not c.output
            and not unlocked(c.style)]  # fmt: skip
    return [Place(title, *place).address for place in sorted(kept)]


def noted(*addresses, messages=None):
    noted = messages or ["备注"] * len(addresses)
    return [rule("I-09").finding({"found": text}).at(Where(T3, at)) for at, text in zip(addresses, noted, strict=True)]
