"""Ranges, notes, fonts and borders of a closed .xlsx file for xlwings, through openpyxl."""

from __future__ import annotations

import datetime as dt
from copy import copy
from typing import TYPE_CHECKING, Any

from gk_xl.engines.core.addresses import area_of, column_letters, quoted
from gk_xl.engines.core.blocks import BlockRange
from gk_xl.engines.core.errors import EngineError, Refusal
from gk_xl.engines.core.refused import Refused
from gk_xl.engines.core.values import CellError, Matrix
from gk_xl.engines.openpyxl import moving
from gk_xl.engines.openpyxl.looks import Borders, Characters, Font, Note, hex_of, rgb_of, same

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.engines.openpyxl.kinds import FileSheet

HEIGHT, WIDTH = 15.0, 8.43  # what Excel gives a row, in points, and a column, in characters
PIXELS_A_CHARACTER, PADDING, POINTS_A_PIXEL = 7, 5, 0.75
INDENTS, LEVELS = 250, 7
NOTE_WIDTH = 320  # pixels


class Range(BlockRange):
    """A rectangle of cells in a closed file."""

    sheet: FileSheet
    autofit = Refused(Refusal.NOT_DRAWN)
    copy_picture = Refused(Refusal.NOT_DRAWN)
    to_pdf = Refused(Refusal.NOT_DRAWN)
    to_png = Refused(Refusal.NOT_DRAWN)
    autofill = Refused()
    insert = Refused(Refusal.NOT_CALCULATED)  # formulas elsewhere would have to follow
    delete = Refused(Refusal.NOT_CALCULATED)
    move = Refused(Refusal.NOT_CALCULATED)

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

    def read_texts(self) -> list[list[str]]:
        """Return what the cells show, as far as a closed file says: numbers and dates without their formats."""
        return [[_formula_text(value) for value in row] for row in self.read()]

    @property
    def has_array(self) -> bool:
        """Whether the range lies in one array formula."""
        return self._array is not None

    @property
    def _array(self) -> Any:
        """Openpyxl's array formula that holds the whole range; None without one."""
        for place, reference in self.sheet.file.array_formulae.items():
            row, column, rows, columns = area_of(reference)
            inside = row <= self.row and self.row + self.shape[0] <= row + rows
            if inside and column <= self.column and self.column + self.shape[1] <= column + columns:
                return self.sheet.file[place].value
        return None

    @property
    def formula_array(self) -> str:
        """The formula that fills the range as one array; that of the first cell where it is no array."""
        return str(self._array.text) if self.has_array else _formula_text(self.first.value)

    @formula_array.setter
    def formula_array(self, value: Any) -> None:
        from openpyxl.worksheet.formula import ArrayFormula

        self.allow_values()
        text = value if str(value).startswith("=") else f"={value}"
        self.first.value = ArrayFormula(self.get_address(False, False, False), text)

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
    def characters(self) -> Characters:
        """The text of the first cell."""
        return Characters(self, self.read_texts()[0][0])

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
    def wrap_text(self, value: Any) -> None:
        self.align(wrap_text=bool(value))

    @property
    def horizontal_alignment(self) -> str | None:
        """How the cells align from left to right; None where they differ."""
        found: str | None = same(cell.alignment.horizontal or "general" for cell in self.each())
        return found

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: Any) -> None:
        self.align(horizontal=value)

    @property
    def vertical_alignment(self) -> str | None:
        """How the cells align from top to bottom; None where they differ."""
        found: str | None = same(cell.alignment.vertical or "bottom" for cell in self.each())
        return found

    @vertical_alignment.setter
    def vertical_alignment(self, value: Any) -> None:
        self.align(vertical=value)

    @property
    def number_format(self) -> str | None:
        """The number format; None where cells differ."""
        found: str | None = same(cell.number_format for cell in self.each())
        return found

    @number_format.setter
    def number_format(self, value: Any) -> None:
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
    def row_height(self, value: Any) -> None:
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
    def column_width(self, value: Any) -> None:
        for column in range(self.column, self.column + self.shape[1]):
            self.sheet.dimension(column).width = value

    def line_hidden(self, number: int, *, row: bool) -> bool:
        """Return whether a row or column of the sheet is hidden."""
        dimensions = self.sheet.file.row_dimensions if row else self.sheet.file.column_dimensions
        key = number if row else column_letters(number)
        return bool(key in dimensions and dimensions[key].hidden)

    def hide_lines(self, *, hidden: bool, rows: bool) -> None:
        """Hide the rows or the columns of the range, or show them."""
        for dimension in self.dimensions("rows" if rows else "columns"):
            dimension.hidden = hidden

    def dimensions(self, by: str) -> list[Any]:
        """Return openpyxl's descriptions of the rows or the columns."""
        if by.startswith("r"):
            return [self.sheet.file.row_dimensions[self.row + number] for number in range(self.shape[0])]
        return [self.sheet.dimension(self.column + number) for number in range(self.shape[1])]

    @property
    def left(self) -> float:
        """How many points the range lies from the sheet's left edge."""
        return sum(self._across(column) for column in range(1, self.column))

    @property
    def top(self) -> float:
        """How many points the range lies from the sheet's upper edge."""
        return sum(self._down(row) for row in range(1, self.row))

    @property
    def width(self) -> float:
        """The width of the range in points."""
        return sum(self._across(self.column + number) for number in range(self.shape[1]))

    @property
    def height(self) -> float:
        """The height of the range in points."""
        return sum(self._down(self.row + number) for number in range(self.shape[0]))

    def _across(self, column: int) -> float:
        """Return a column's width in points, as Excel draws it in its standard font."""
        hidden = self.line_hidden(column, row=False)
        return 0.0 if hidden else round(self.sheet.width(column) * PIXELS_A_CHARACTER + PADDING) * POINTS_A_PIXEL

    def _down(self, row: int) -> float:
        """Return a row's height in points."""
        return 0.0 if self.line_hidden(row, row=True) else float(self.sheet.file.row_dimensions[row].height or HEIGHT)

    def adjust_indent(self, amount: int) -> None:
        """Indent the cells by so many steps more, or less; a cell that aligned by its content aligns left."""
        self.allow_formats()
        for cell in self.each():
            alignment = copy(cell.alignment)
            alignment.indent = min(INDENTS, max(0, alignment.indent + amount))
            if alignment.indent and alignment.horizontal in (None, "general"):
                alignment.horizontal = "left"
            cell.alignment = alignment

    def group(self, by: str) -> None:
        """Make the rows or columns of the range a group that can be folded."""
        for dimension in self.dimensions(by):
            dimension.outlineLevel = min(LEVELS, (dimension.outlineLevel or 0) + 1)

    def ungroup(self, by: str) -> None:
        """Take the rows or columns of the range out of their group."""
        for dimension in self.dimensions(by):
            dimension.outlineLevel = max(0, (dimension.outlineLevel or 0) - 1)

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
        wanted = {f"={sheet}!{self.address}" for sheet in (quoted(self.sheet.name), f"'{self.sheet.name}'")}
        return next((name for _, name in self.sheet.book.names.snapshot() if name.refers_to in wanted), None)

    @name.setter
    def name(self, value: Any) -> None:
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

    # what moves cells about ---------------------------------------------------------------------------------

    def copy(self, destination: Any = None) -> None:
        """Copy the cells to another range, again and again where it is several times as large; else to be pasted."""
        self.sheet.book.app.cut_copy_mode = None
        if destination is None:
            self.sheet.book.app.copied = self
            return
        target, kept = destination.impl, moving.keep(self)
        target.allow_values()
        times = [
            max(1, whole // own) if whole % own == 0 else 1 for whole, own in zip(target.shape, self.shape, strict=True)
        ]
        for down in range(times[0]):
            for right in range(times[1]):
                place = target.at(target.row + down * self.shape[0], target.column + right * self.shape[1])
                moving.put_down(place, kept, moving.PARTS["all"])

    def paste(
        self, paste: str | None = None, operation: str | None = None, skip_blanks: bool = False, transpose: bool = False
    ) -> None:
        """Paste what was copied: all, or ``values``, ``formulas``, ``formats``, ``comments``, ``column_widths``."""
        self.allow_formats()
        source = self.sheet.book.app.copied
        if source is None:
            raise EngineError(Refusal.UNSUPPORTED, what="Range.paste: nothing was copied")
        moving.paste(self, source, paste or "all", operation, skip_blanks=skip_blanks, transpose=transpose)

    def copy_from(
        self, source_range: Any, copy_type: str = "all", skip_blanks: bool = False, transpose: bool = False
    ) -> None:
        """Copy another range here: all of it, its ``values``, ``formulas`` or ``formats``."""
        self.allow_formats()
        moving.paste(self, source_range.impl, copy_type, None, skip_blanks=skip_blanks, transpose=transpose)

    def sort(self, keys: Sequence[int], ascending: Sequence[bool], has_headers: bool) -> None:
        """Sort the rows by some columns, counted from 1."""
        self.allow_values()
        moving.sort(self, keys, ascending, has_headers=has_headers)


def _formula_text(value: Any) -> str:
    """Return what a cell was filled with as a text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.isoformat(" ")
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
