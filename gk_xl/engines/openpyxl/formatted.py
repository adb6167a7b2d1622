"""How the cells of a closed .xlsx file look, through openpyxl."""

from __future__ import annotations

from copy import copy
from typing import Any, Self

from gk_xl.engines.core.addresses import column_number
from gk_xl.engines.core.searching import runs
from gk_xl.engines.openpyxl.cells import Cells
from gk_xl.engines.openpyxl.looks import Borders, Characters, Font, hex_of, rgb_of, same
from gk_xl.engines.openpyxl.validation import DataValidation

HEIGHT, WIDTH = 15.0, 8.43  # what Excel gives a row, in points, and a column, in characters
PIXELS_A_CHARACTER, PADDING, POINTS_A_PIXEL = 7, 5, 0.75
INDENTS, LEVELS = 250, 7


class Formatted(Cells):
    """A rectangle of cells in a closed file: how they look."""

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

    @property
    def data_validation(self) -> DataValidation:
        """What may be typed into the cells."""
        return DataValidation(self)

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
        return number in self.hidden_lines(rows=row)

    def hidden_lines(self, *, rows: bool) -> set[int]:
        """Return the numbers of the hidden rows or columns of the sheet; a file tells of several columns at once."""
        if rows:
            return {number for number, dimension in self.sheet.file.row_dimensions.items() if dimension.hidden}
        hidden = [(key, item) for key, item in self.sheet.file.column_dimensions.items() if item.hidden]
        ends = [(item.min or column_number(key), item.max or column_number(key)) for key, item in hidden]
        return {number for first, last in ends for number in range(first, last + 1)}

    def visible_lines(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Return the runs of rows and of columns that are not hidden: the first, and how many."""
        rows = runs(self.row, self.shape[0], self.hidden_lines(rows=True))
        return rows, runs(self.column, self.shape[1], self.hidden_lines(rows=False))

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
    def merge_area(self) -> Self:
        """The merged area that the first cell belongs to."""
        for area in self.sheet.file.merged_cells.ranges:
            if area.min_row <= self.row <= area.max_row and area.min_col <= self.column <= area.max_col:
                rows, columns = area.max_row - area.min_row + 1, area.max_col - area.min_col + 1
                return self.at(area.min_row, area.min_col, rows, columns)
        return self.at(self.row, self.column)

    @property
    def merge_cells(self) -> bool:
        """Whether the range holds merged cells."""
        return any(self.at(cell.row, cell.column).merge_area.shape != (1, 1) for cell in self.each())

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
