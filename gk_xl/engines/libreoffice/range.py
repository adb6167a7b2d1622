"""Ranges, notes and fonts of LibreOffice Calc for xlwings, over UNO.

LibreOffice refuses less than Excel, and some of it in silence: on a protected sheet a locked cell ignores a colour or a
note without a word, and takes a single value straight through. So protection is judged here, before anything is
written. Everything written can be undone; a block written at once is undone only where cells held something before, so
blocks up to ``SINGLY`` changed cells are written cell by cell.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from gk_xl.engines.core.blocks import BlockRange
from gk_xl.engines.core.errors import EngineError, Refusal
from gk_xl.engines.core.values import CellError, Matrix
from gk_xl.engines.libreoffice.looks import NOTES, Borders, Font, Note, colour_of, number_of
from gk_xl.engines.libreoffice.process import in_words, load_uno

SINGLY = 5_000
EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no time zones
DATES, CONTENTS = 2, 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags
DATE, LOGICAL = 2, 1024  # com.sun.star.util.NumberFormat
HORIZONTAL = {
    "general": "STANDARD",
    "left": "LEFT",
    "center": "CENTER",
    "right": "RIGHT",
    "fill": "REPEAT",
    "justify": "BLOCK",
}
VERTICAL = {"top": 1, "center": 2, "bottom": 3, "justify": 4}
HUNDREDTHS_A_POINT = 2540 / 72
_LINK = re.compile(r"^#\$?('(?:[^']|'')+'|[^'!]+)[!.](.+)$")


@in_words
class Range(BlockRange):
    """A rectangle of cells in Calc."""

    def __init__(self, sheet: Any, row: int, column: int, rows: int, columns: int) -> None:
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
        for area in self.uno.queryContentCells(DATES).getRangeAddresses():
            for r in range(area.StartRow - self.row + 1, area.EndRow - self.row + 2):
                for c in range(area.StartColumn - self.column + 1, area.EndColumn - self.column + 2):
                    values[r][c] = EPOCH + dt.timedelta(milliseconds=round(values[r][c] * 86_400_000))
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
            cell.setValue((value - EPOCH) / dt.timedelta(days=1))
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
                    cell = self.cell(r, c)
                    printed = self.sheet.book.formula_parser.printFormula(cell.getTokens(), cell.getCellAddress())
                    row[c] = f"={printed}" if printed else text
                elif text.startswith("'"):
                    row[c] = text.removeprefix("'")
        return rows

    # looks ------------------------------------------------------------------------------------------------

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The fill as red, green, blue; None without one."""
        return colour_of(self.uno.CellBackColor)

    @color.setter
    def color(self, colour: Any) -> None:
        self.allow_formats()
        self.uno.CellBackColor = number_of(colour)

    @property
    def font(self) -> Font:
        """The font of the range."""
        return Font(self)

    @property
    def borders(self) -> Borders:
        """The borders of the range."""
        return Borders(self)

    @property
    def wrap_text(self) -> bool | None:
        """Whether text wraps; None where cells differ."""
        return None if self.mixed("IsTextWrapped") else bool(self.uno.IsTextWrapped)

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.allow_formats()
        self.uno.IsTextWrapped = bool(value)

    @property
    def horizontal_alignment(self) -> str | None:
        """How the cells align from left to right; None where they differ."""
        names = {word: name for name, word in HORIZONTAL.items()}
        return None if self.mixed("HoriJustify") else names[self.uno.HoriJustify.value]

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        self.allow_formats()
        self.uno.HoriJustify = load_uno().Enum("com.sun.star.table.CellHoriJustify", HORIZONTAL[value])

    @property
    def vertical_alignment(self) -> str | None:
        """How the cells align from top to bottom; None where they differ."""
        names = {number: name for name, number in VERTICAL.items()} | {0: "bottom"}
        return None if self.mixed("VertJustify") else names[int(self.uno.VertJustify)]

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        self.allow_formats()
        self.uno.VertJustify = VERTICAL[value]

    @property
    def number_format(self) -> str:
        """The number format as Excel writes it."""
        return str(self.sheet.book.uno.NumberFormats.getByKey(self.uno.NumberFormat).FormatString)

    @number_format.setter
    def number_format(self, value: str) -> None:
        self.allow_formats()
        self.uno.NumberFormat = self.sheet.book.format_key(value)

    @property
    def row_height(self) -> float | None:
        """The height of the rows in points; None where they differ."""
        return self.common(self.uno.Rows, "Height", 1 / HUNDREDTHS_A_POINT)

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.uno.Rows.Height = round(value * HUNDREDTHS_A_POINT)

    @property
    def column_width(self) -> float | None:
        """The width of the columns in characters of the standard font; None where they differ."""
        pixels = self.common(self.uno.Columns, "Width", 96 / 2540)
        return None if pixels is None else max(0.0, (pixels - 5) / 7)

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.uno.Columns.Width = round((value * 7 + 5) * 2540 / 96)

    def common(self, lines: Any, name: str, factor: float) -> float | None:
        """Return what all rows or columns have in common, in other units; None where they differ."""
        found = {getattr(lines.getByIndex(number), name) for number in range(lines.getCount())}
        return found.pop() * factor if len(found) == 1 else None

    def mixed(self, name: str) -> bool:
        """Return whether the cells of the range differ in a property."""
        return bool(self.uno.getPropertyState(name).value == "AMBIGUOUS_VALUE")

    def autofit(self, axis: str | None = None) -> None:
        """Fit rows, columns or both to their content."""
        if axis in (None, "r", "rows"):
            self.uno.Rows.OptimalHeight = True
        if axis in (None, "c", "columns"):
            self.uno.Columns.OptimalWidth = True

    def clear_formats(self) -> None:
        """Remove all formatting."""
        self.allow_formats()
        self.uno.clearContents(32 | 64)

    def clear(self) -> None:
        """Remove content, formatting and notes."""
        self.allow_formats()
        self.uno.clearContents(CONTENTS | NOTES | 32 | 64)

    @property
    def merge_cells(self) -> bool:
        """Whether the range holds merged cells."""
        return bool(self.merge_area.shape != (1, 1)) if len(self) == 1 else bool(self.uno.IsMerged)

    @property
    def merge_area(self) -> Range:
        """The merged area that the first cell belongs to."""
        cursor = self.sheet.uno.createCursorByRange(self.cell())
        cursor.collapseToMergedArea()
        area: Range = self.sheet.range_at(cursor.getRangeAddress())
        return area

    def merge(self, across: bool) -> None:
        """Merge the cells, or those of each row."""
        self.allow_formats()
        for area in (
            [self.at(self.row + r, self.column, 1, self.shape[1]) for r in range(self.shape[0])] if across else [self]
        ):
            area.api.merge(True)

    def unmerge(self) -> None:
        """Take merged cells apart."""
        self.allow_formats()
        self.uno.merge(False)

    # names, links, notes ----------------------------------------------------------------------------------

    @property
    def name(self) -> Any:
        """The defined name that stands for exactly this range; None without one."""
        wanted = self.get_address(True, True, False)
        return next((name for name in self.sheet.book.names.all() if name.stands_for(self.sheet.name, wanted)), None)

    @name.setter
    def name(self, value: str) -> None:
        self.sheet.book.names.add(value, f"='{self.sheet.name}'!{self.address}")

    @property
    def hyperlink(self) -> str:
        """The address that the first cell links to."""
        fields = self.cell().getTextFields()
        if not fields.getCount():
            raise KeyError(f"{self.address} holds no link")
        url = str(fields.getByIndex(0).URL)
        match = _LINK.match(url)
        return f"#{match[1]}!{match[2]}" if match else url

    def add_hyperlink(self, address: str, text_to_display: str | None = None, _screen_tip: str | None = None) -> None:
        """Link the first cell to an address, or to a place in the workbook (``#'表'!A1``)."""
        self.allow_formats()
        match = _LINK.match(address)
        field = self.sheet.book.uno.createInstance("com.sun.star.text.TextField.URL")
        field.URL = f"#{match[1].strip(chr(39)) if ' ' not in match[1] else match[1]}.{match[2]}" if match else address
        field.Representation = text_to_display or address
        cell = self.cell()
        cell.setFormula("")
        cell.insertTextContent(cell.createTextCursor(), field, False)

    @property
    def note(self) -> Note | None:
        """The note of the first cell; None without one."""
        return Note(self.at(self.row, self.column)) if self.cell().getAnnotation().getString() else None

    def add_note(self, text: str) -> Note:
        """Attach a note to the first cell."""
        self.allow_formats()
        self.sheet.uno.getAnnotations().insertNew(self.cell().getCellAddress(), text)
        return Note(self.at(self.row, self.column))


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
