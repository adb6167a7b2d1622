"""The values and formulas of LibreOffice Calc's cells, over UNO.

LibreOffice refuses less than Excel, and some of it in silence: on a protected sheet a locked cell ignores a colour or a
note without a word, and takes a single value straight through. So protection is judged here, before anything is
written. Everything written can be undone; a block written at once is undone only where cells held something before, so
blocks up to ``SINGLY`` changed cells are written cell by cell.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from gk_xl.engines.core.addresses import COLUMNS, ROWS
from gk_xl.engines.core.blocks import BlockRange
from gk_xl.engines.core.errors import EngineError, Refusal
from gk_xl.engines.core.values import CellError, Matrix, moment, serial_of
from gk_xl.engines.libreoffice.notes import NOTES
from gk_xl.engines.libreoffice.process import in_words

if TYPE_CHECKING:
    from gk_xl.engines.core.dressing import Area
    from gk_xl.engines.libreoffice.kinds import UnoSheet

SINGLY = 5_000
DATES, CONTENTS = 2, 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags
DATE, LOGICAL = 2, 1024  # com.sun.star.util.NumberFormat
# com.sun.star.sheet.ReferenceFlags; deleted: column, row or sheet
RELATIVE_COLUMN, RELATIVE_ROW, DELETED = 1, 4, 2 | 8 | 32
LOST = "\ue000"  # stands for a deleted reference while a formula is printed


def area_of(place: Any) -> Area:
    """Return the area of a UNO range address: first and last row and column, from 1."""
    return place.StartRow + 1, place.StartColumn + 1, place.EndRow + 1, place.EndColumn + 1


def holding(target: Any, kind: int) -> list[Area]:
    """Return the areas of a UNO range, or of several, whose cells hold a kind of content (com.sun.star.sheet.CellFlags).

    Of columns beyond those that it keeps for a sheet, LibreOffice tells what the last one that it keeps holds.
    """
    whole = target.getRangeAddresses() if hasattr(target, "getRangeAddresses") else (target.getRangeAddress(),)
    found = target.queryContentCells(kind).getRangeAddresses()
    shared = [
        (max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3]))
        for a in map(area_of, found)
        for b in map(area_of, whole)
    ]
    return [area for area in shared if area[0] <= area[2] and area[1] <= area[3]]


@in_words
class Cells(BlockRange):
    """A rectangle of cells in Calc: what they hold."""

    sheet: UnoSheet

    def __init__(self, sheet: UnoSheet, row: int, column: int, rows: int, columns: int) -> None:
        super().__init__(sheet, row, column, rows, columns)
        self.uno = sheet.uno.getCellRangeByPosition(column - 1, row - 1, column + columns - 2, row + rows - 2)

    @property
    def api(self) -> Any:
        """The UNO cell range."""
        return self.uno

    def cell(self, row: int = 0, column: int = 0) -> Any:
        """Return the UNO cell so many rows and columns from the first."""
        return self.uno.getCellByPosition(column, row)

    # protection -------------------------------------------------------------------------------------------

    def allow_values(self) -> None:
        """Raise EngineError when the sheet is protected and a cell of the range is locked."""
        if self.sheet.uno.isProtected():
            mixed = self.uno.getPropertyState("CellProtection").value == "AMBIGUOUS_VALUE"
            if mixed or self.uno.CellProtection.IsLocked:
                raise EngineError(
                    Refusal.LOCKED_CELL, sheet=self.sheet.name, address=self.get_address(False, False, False)
                )

    def allow_formats(self) -> None:
        """Raise EngineError when the sheet is protected: Excel refuses looks, notes and links there for every cell."""
        if self.sheet.uno.isProtected():
            raise EngineError(
                Refusal.LOCKED_LOOKS, sheet=self.sheet.name, address=self.get_address(False, False, False)
            )

    # values -----------------------------------------------------------------------------------------------

    def read(self) -> Matrix:
        """Return the values, row by row."""
        values: Matrix = [[None if value == "" else value for value in row] for row in self.uno.getDataArray()]
        formulas = self.uno.getFormulaArray()
        for r, row in enumerate(formulas):
            for c, text in enumerate(row):
                if values[r][c] is None and text.startswith("="):
                    shown = self.cell(r, c).getString()
                    values[r][c] = CellError(shown) if shown else None
        for top, left, bottom, right in holding(self.uno, DATES):
            for r in range(top - self.row, bottom - self.row + 1):
                for c in range(left - self.column, right - self.column + 1):
                    values[r][c] = moment(values[r][c])
        doubtful = [
            (r, c)
            for r, row in enumerate(values)
            for c, value in enumerate(row)
            if value in (0.0, 1.0) and not formulas[r][c].startswith("=")
        ]
        for r, c in self.logical(self.uno, doubtful):
            values[r][c] = bool(values[r][c])
        return values

    def logical(self, uno: Any, cells: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return which of these cells are formatted as TRUE or FALSE: LibreOffice keeps such a value as 1 or 0."""
        if not cells:
            return []
        if uno.getPropertyState("NumberFormat").value != "AMBIGUOUS_VALUE":
            return cells if self.sheet.book.format_type(uno.NumberFormat) & LOGICAL else []
        area = uno.getRangeAddress()
        by_row = area.EndRow > area.StartRow
        first, last = (area.StartRow, area.EndRow) if by_row else (area.StartColumn, area.EndColumn)
        middle = (first + last) // 2
        found = []
        for start, end in ((first, middle), (middle + 1, last)):
            offset = (self.row if by_row else self.column) - 1
            inside = [cell for cell in cells if start <= cell[0 if by_row else 1] + offset <= end]
            span = (
                (area.StartColumn, start, area.EndColumn, end) if by_row else (start, area.StartRow, end, area.EndRow)
            )
            found += self.logical(self.sheet.uno.getCellRangeByPosition(*span), inside)
        return found

    def write(self, values: Matrix) -> None:
        """Write values; a text that begins with ``=`` is a formula, one that begins with ``'`` a text without it."""
        self.allow_values()
        old, data = self.uno.getFormulaArray(), self.uno.getDataArray()
        changed = [
            (r, c, value)
            for r, row in enumerate(values)
            for c, value in enumerate(row)
            if old[r][c].startswith("=") or not _same(value, data[r][c])
        ]
        if len(changed) > SINGLY:
            block = [[_plain(value) for value in row] for row in values]
            self.uno.setDataArray(tuple(map(tuple, block)))
            changed = [item for item in changed if _plain(item[2]) is None and item[2] is not None]
        for r, c, value in changed:
            self.put_beside_note(self.cell(r, c), value)

    def put_beside_note(self, cell: Any, value: Any) -> None:
        """Write one value into a UNO cell, with its note put back last.

        LibreOffice takes a value back to a blank by emptying the cell, and its note goes with it. A note that is removed
        before and attached after the value comes back by itself, whether undone or redone.
        """
        note = cell.getAnnotation().getString() if cell.getType().value == "EMPTY" else ""
        if note:
            cell.clearContents(NOTES)
        self.put(cell, value)
        if note:
            self.sheet.uno.getAnnotations().insertNew(cell.getCellAddress(), note)

    def put(self, cell: Any, value: Any) -> None:
        """Write one value into a UNO cell."""
        if value is None or value == "":
            cell.setFormula("")
        elif isinstance(value, bool):
            cell.setValue(float(value))
            cell.NumberFormat = self.sheet.book.standard_format(LOGICAL)
        elif isinstance(value, int | float):
            cell.setValue(float(value))
        elif isinstance(value, dt.datetime):
            cell.setValue(serial_of(value))
            if not self.sheet.book.format_type(cell.NumberFormat) & DATE:
                cell.NumberFormat = self.sheet.book.standard_format(DATE)
        elif value.startswith("=") and len(value) > 1:
            parser = self.sheet.book.formula_parser
            cell.setTokens(parser.parseFormula(value[1:], cell.getCellAddress()))
        else:
            cell.setString(value.removeprefix("'"))

    def read_formulas(self) -> list[list[str]]:
        """Return the formulas in Excel's notation."""
        rows = [list(row) for row in self.uno.getFormulaArray()]
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                if text.startswith("=") and self.cell(r, c).getFormula().startswith("="):
                    row[c] = self.printed(self.cell(r, c).getTokens(), r, c) or text
                elif text.startswith("'"):
                    row[c] = text.removeprefix("'")
        return rows

    def printed(self, tokens: Any, row: int = 0, column: int = 0) -> str:
        """Return the formula of a cell, with its equals sign, in Excel's notation; empty without tokens.

        The parser prints a reference to a deleted cell, or to one beyond the edge of the sheet, as nothing, or as a cell
        that it never meant; files hold #REF! there.
        """
        place = self.cell(row, column).getCellAddress()
        for token in tokens:
            if _lost(token.Data, place):
                token.Data = LOST
        text = str(self.sheet.book.formula_parser.printFormula(tokens, place))
        return "=" + text.replace(f'"{LOST}"', "#REF!") if text else ""

    def read_texts(self) -> list[list[str]]:
        """Return what the cells show."""
        return [
            [
                value if isinstance(value, str) and value else str(self.cell(r, c).getString())
                for c, value in enumerate(row)
            ]
            for r, row in enumerate(self.uno.getDataArray())
        ]

    @property
    def has_array(self) -> bool:
        """Whether the range lies in one array formula."""
        return bool(self.uno.getArrayFormula())

    @property
    def formula_array(self) -> str:
        """The formula that fills the range as one array; that of the first cell where it is no array."""
        tokens = self.uno.getArrayTokens()
        if not tokens:
            return self.at(self.row, self.column).read_formulas()[0][0]
        return self.printed(tokens)

    @formula_array.setter
    def formula_array(self, value: Any) -> None:
        self.allow_values()
        parser = self.sheet.book.formula_parser
        self.uno.setArrayTokens(parser.parseFormula(str(value).removeprefix("="), self.cell().getCellAddress()))


def _lost(data: Any, place: Any) -> bool:
    """Return whether the data of a token refers to no cell: either end is deleted, or lies beyond the edge of the sheet.

    A formula that was dragged upwards looks for its cells as far above it as before, where there are none.
    """
    for end in (getattr(data, "Reference1", data), getattr(data, "Reference2", data)):
        flags = getattr(end, "Flags", None)
        if flags is None:
            continue
        down = place.Row + end.RelativeRow if flags & RELATIVE_ROW else end.Row
        right = place.Column + end.RelativeColumn if flags & RELATIVE_COLUMN else end.Column
        if flags & DELETED or not (0 <= down < ROWS and 0 <= right < COLUMNS):
            return True
    return False


def _same(value: Any, found: Any) -> bool:
    """Return whether a cell already holds a value, so that it need not be written."""
    if value is None or value == "":
        return bool(found == "")
    if isinstance(value, bool | dt.datetime):
        return False
    if isinstance(value, str):
        return not value.startswith(("=", "'")) and value == found
    return not isinstance(found, str) and float(value) == found


def _plain(value: Any) -> Any:
    """Return a value as ``setDataArray`` takes it; None for what has to be written singly."""
    if value is None:
        return ""
    if isinstance(value, bool | dt.datetime) or (isinstance(value, str) and value.startswith(("=", "'"))):
        return None
    return float(value) if isinstance(value, int) else value
