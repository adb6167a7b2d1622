"""Ranges, notes, fonts and borders of a closed .xlsx file for xlwings, through openpyxl."""

from __future__ import annotations

import datetime as dt
from copy import copy
from typing import TYPE_CHECKING, Any

from gk_xl.engines.core.blocks import BlockRange
from gk_xl.engines.core.errors import EngineError, Refusal
from gk_xl.engines.core.values import CellError, Matrix
from gk_xl.engines.openpyxl.looks import Borders, Font, Note, hex_of, rgb_of, same

if TYPE_CHECKING:
    from collections.abc import Iterator

HEIGHT, WIDTH = 15.0, 8.43  # what Excel gives a row, in points, and a column, in characters
NOTE_WIDTH = 320  # pixels


class Range(BlockRange):
    """A rectangle of cells in a closed file."""

    def each(self) -> Iterator[Any]:
        """Yield openpyxl's cells, row by row."""
        rows, columns = self.shape
        for row in range(self.row, self.row + rows):
            for column in range(self.column, self.column + columns):
                yield self.sheet.cell(row, column)

    @property
    def first(self) -> Any:
        """Openpyxl's first cell."""
        return self.sheet.cell(self.row, self.column)

    @property
    def api(self) -> Any:
        """Openpyxl's cells, in rows."""
        rows, columns = self.shape
        bounds = {
            "min_row": self.row,
            "max_row": self.row + rows - 1,
            "min_col": self.column,
            "max_col": self.column + columns - 1,
        }
        return list(self.sheet.file.iter_rows(**bounds))

    # protection -------------------------------------------------------------------------------------------

    def allow_values(self) -> None:
        """Raise EngineError when the sheet is protected and a cell of the range is locked."""
        if self.sheet.protected and any(cell.protection.locked for cell in self.each()):
            raise EngineError(Refusal.LOCKED_CELL, sheet=self.sheet.name, address=self.get_address(False, False, False))

    def allow_formats(self) -> None:
        """Raise EngineError when the sheet is protected: Excel refuses looks, notes and links there for every cell."""
        if self.sheet.protected:
            raise EngineError(
                Refusal.LOCKED_LOOKS, sheet=self.sheet.name, address=self.get_address(False, False, False)
            )

    # values -----------------------------------------------------------------------------------------------

    def read(self) -> Matrix:
        """Return the values; of a formula, the value it had when an application last saved the file."""
        rows, columns = self.shape
        return [
            [self.sheet.value(self.row + r, self.column + c) for c in range(columns)] for r in range(rows)
        ]  # fmt: skip

    def write(self, values: Matrix) -> None:
        """Write values; a text that begins with ``=`` is a formula, one that begins with ``'`` a text without it."""
        self.allow_values()
        for r, row in enumerate(values):
            for c, value in enumerate(row):
                self.sheet.put(self.row + r, self.column + c, value)

    def read_formulas(self) -> list[list[str]]:
        """Return the formulas as the file holds them."""
        rows, columns = self.shape
        texts = [_formula_text(cell.value) for cell in self.each()]
        return [texts[r * columns : (r + 1) * columns] for r in range(rows)]

    # looks ------------------------------------------------------------------------------------------------

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The fill as red, green, blue; None without one, or where cells differ."""
        fills = (rgb_of(cell.fill.fgColor) if cell.fill.fill_type == "solid" else None for cell in self.each())
        found: tuple[int, int, int] | None = same(fills)
        return found

    @color.setter
    def color(self, colour: Any) -> None:
        from openpyxl.styles import PatternFill

        self.allow_formats()
        fill = PatternFill() if colour is None else PatternFill("solid", fgColor=hex_of(colour))
        for cell in self.each():
            cell.fill = fill

    @property
    def font(self) -> Font:
        """The font of the range."""
        return Font(self)

    @property
    def borders(self) -> Borders:
        """The borders of the range."""
        return Borders(self)

    def align(self, **changes: Any) -> None:
        """Change how the cells align."""
        self.allow_formats()
        for cell in self.each():
            alignment = copy(cell.alignment)
            for name, value in changes.items():
                setattr(alignment, name, value)
            cell.alignment = alignment

    @property
    def wrap_text(self) -> bool | None:
        """Whether text wraps; None where cells differ."""
        found: bool | None = same(bool(cell.alignment.wrap_text) for cell in self.each())
        return found

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.align(wrap_text=bool(value))

    @property
    def horizontal_alignment(self) -> str | None:
        """How the cells align from left to right; None where they differ."""
        found: str | None = same(cell.alignment.horizontal or "general" for cell in self.each())
        return found

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        self.align(horizontal=value)

    @property
    def vertical_alignment(self) -> str | None:
        """How the cells align from top to bottom; None where they differ."""
        found: str | None = same(cell.alignment.vertical or "bottom" for cell in self.each())
        return found

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        self.align(vertical=value)

    @property
    def number_format(self) -> str | None:
        """The number format; None where cells differ."""
        found: str | None = same(cell.number_format for cell in self.each())
        return found

    @number_format.setter
    def number_format(self, value: str) -> None:
        self.allow_formats()
        for cell in self.each():
            cell.number_format = value

    @property
    def row_height(self) -> float | None:
        """The height of the rows in points; None where they differ."""
        rows = range(self.row, self.row + self.shape[0])
        found: float | None = same(self.sheet.file.row_dimensions[row].height or HEIGHT for row in rows)
        return found

    @row_height.setter
    def row_height(self, value: float) -> None:
        for row in range(self.row, self.row + self.shape[0]):
            self.sheet.file.row_dimensions[row].height = value

    @property
    def column_width(self) -> float | None:
        """The width of the columns in characters of the standard font; None where they differ."""
        found: float | None = same(
            self.sheet.width(column) for column in range(self.column, self.column + self.shape[1])
        )
        return found

    @column_width.setter
    def column_width(self, value: float) -> None:
        for column in range(self.column, self.column + self.shape[1]):
            self.sheet.dimension(column).width = value

    def clear_formats(self) -> None:
        """Remove all formatting."""
        self.allow_formats()
        for cell in self.each():
            cell.style = "Normal"

    def clear(self) -> None:
        """Remove content, formatting and notes."""
        self.clear_formats()
        self.clear_contents()
        for cell in self.each():
            cell.comment = cell.hyperlink = None

    @property
    def merge_area(self) -> Range:
        """The merged area that the first cell belongs to."""
        for area in self.sheet.file.merged_cells.ranges:
            if area.min_row <= self.row <= area.max_row and area.min_col <= self.column <= area.max_col:
                return Range(
                    self.sheet, area.min_row, area.min_col, area.max_row - area.min_row + 1, area.max_col - area.min_col + 1
                )  # fmt: skip
        return Range(self.sheet, self.row, self.column, 1, 1)

    @property
    def merge_cells(self) -> bool:
        """Whether the range holds merged cells."""
        return any(Range(self.sheet, cell.row, cell.column, 1, 1).merge_area.shape != (1, 1) for cell in self.each())

    def merge(self, across: bool) -> None:
        """Merge the cells, or those of each row."""
        self.allow_formats()
        for area in (
            [self.at(self.row + r, self.column, 1, self.shape[1]) for r in range(self.shape[0])] if across else [self]
        ):
            self.sheet.file.merge_cells(area.get_address(False, False, False))

    def unmerge(self) -> None:
        """Take merged cells apart."""
        self.allow_formats()
        self.sheet.file.unmerge_cells(self.get_address(False, False, False))

    # names, links, notes ----------------------------------------------------------------------------------

    @property
    def name(self) -> Any:
        """The defined name that stands for exactly this range; None without one."""
        return next((name for name in self.sheet.book.names.all() if name.stands_for(self)), None)

    @name.setter
    def name(self, value: str) -> None:
        self.sheet.book.names.add(value, f"='{self.sheet.name}'!{self.address}")

    @property
    def hyperlink(self) -> str:
        """The address that the first cell links to."""
        link = self.first.hyperlink
        if link is None:
            raise KeyError(f"{self.address} holds no link")
        return f"#{link.location}" if link.location else str(link.target)

    def add_hyperlink(self, address: str, text_to_display: str | None = None, screen_tip: str | None = None) -> None:
        """Link the first cell to an address, or to a place in the workbook (``#'表'!A1``)."""
        from openpyxl.worksheet.hyperlink import Hyperlink

        self.allow_formats()
        self.sheet.put(self.row, self.column, text_to_display or address)
        inside = address.startswith("#")
        where = {"location": address[1:]} if inside else {"target": address}
        self.first.hyperlink = Hyperlink(ref=self.first.coordinate, tooltip=screen_tip, **where)

    @property
    def note(self) -> Note | None:
        """The note of the first cell; None without one."""
        return Note(self.first, self) if self.first.comment else None

    def add_note(self, text: str) -> Note:
        """Attach a note to the first cell, tall enough for its text."""
        from openpyxl.comments import Comment

        self.allow_formats()
        lines = sum(-(-max(1, len(line)) // 22) for line in text.split("\n"))
        self.first.comment = Comment(text, "gk_xl", width=NOTE_WIDTH, height=min(400, 24 + 18 * lines))
        return Note(self.first, self)


def _formula_text(value: Any) -> str:
    """Return what a cell was filled with as a text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(getattr(value, "text", value))  # an array formula keeps its text inside


def plain(value: Any) -> Any:
    """Return what openpyxl read as a range holds it."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time())
    if isinstance(value, str) and value in ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"):
        return CellError(value)
    return None if value == "" else value
