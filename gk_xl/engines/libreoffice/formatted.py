"""How LibreOffice Calc's cells look, over UNO."""

from __future__ import annotations

from typing import Any, Self

from gk_xl.engines.libreoffice.cells import CONTENTS, Cells
from gk_xl.engines.libreoffice.looks import Borders, Characters, Font, colour_of, number_of
from gk_xl.engines.libreoffice.notes import NOTES
from gk_xl.engines.libreoffice.process import in_words, load_uno
from gk_xl.engines.libreoffice.validation import DataValidation

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
INDENT, INDENTS = 353, 250  # 1/100 mm of one step, and how many there may be


@in_words
class Formatted(Cells):
    """A rectangle of cells in Calc: how they look."""

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
    def characters(self) -> Characters:
        """The text of the first cell."""
        return Characters(self, self.cell())

    @property
    def borders(self) -> Borders:
        """The borders of the range."""
        return Borders(self)

    @property
    def data_validation(self) -> DataValidation:
        """What may be typed into the cells."""
        return DataValidation(self)

    @property
    def wrap_text(self) -> bool | None:
        """Whether text wraps; None where cells differ."""
        return None if self.mixed("IsTextWrapped") else bool(self.uno.IsTextWrapped)

    @wrap_text.setter
    def wrap_text(self, value: Any) -> None:
        self.allow_formats()
        self.uno.IsTextWrapped = bool(value)

    @property
    def horizontal_alignment(self) -> str | None:
        """How the cells align from left to right; None where they differ."""
        names = {word: name for name, word in HORIZONTAL.items()}
        return None if self.mixed("HoriJustify") else names[self.uno.HoriJustify.value]

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: Any) -> None:
        self.allow_formats()
        self.uno.HoriJustify = load_uno().Enum("com.sun.star.table.CellHoriJustify", HORIZONTAL[value])

    @property
    def vertical_alignment(self) -> str | None:
        """How the cells align from top to bottom; None where they differ."""
        names = {number: name for name, number in VERTICAL.items()} | {0: "bottom"}
        return None if self.mixed("VertJustify") else names[int(self.uno.VertJustify)]

    @vertical_alignment.setter
    def vertical_alignment(self, value: Any) -> None:
        self.allow_formats()
        self.uno.VertJustify = VERTICAL[value]

    @property
    def number_format(self) -> str:
        """The number format as Excel writes it."""
        return str(self.sheet.book.uno.NumberFormats.getByKey(self.uno.NumberFormat).FormatString)

    @number_format.setter
    def number_format(self, value: Any) -> None:
        self.allow_formats()
        self.uno.NumberFormat = self.sheet.book.format_key(value)

    @property
    def row_height(self) -> float | None:
        """The height of the rows in points; None where they differ."""
        return self.common(self.uno.Rows, "Height", 1 / HUNDREDTHS_A_POINT)

    @row_height.setter
    def row_height(self, value: Any) -> None:
        self.uno.Rows.Height = round(value * HUNDREDTHS_A_POINT)

    @property
    def column_width(self) -> float | None:
        """The width of the columns in characters of the standard font; None where they differ."""
        pixels = self.common(self.uno.Columns, "Width", 96 / 2540)
        return None if pixels is None else max(0.0, (pixels - 5) / 7)

    @column_width.setter
    def column_width(self, value: Any) -> None:
        self.uno.Columns.Width = round((value * 7 + 5) * 2540 / 96)

    def visible_lines(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Return the runs of rows and of columns that are not hidden: the first, and how many."""
        places = self.uno.queryVisibleCells().getRangeAddresses()
        rows = {(place.StartRow + 1, place.EndRow - place.StartRow + 1) for place in places}
        columns = {(place.StartColumn + 1, place.EndColumn - place.StartColumn + 1) for place in places}
        return sorted(rows), sorted(columns)

    def line_hidden(self, number: int, *, row: bool) -> bool:
        """Return whether a row or column of the sheet is hidden."""
        lines = self.sheet.uno.Rows if row else self.sheet.uno.Columns
        return not lines.getByIndex(number - 1).IsVisible

    def hide_lines(self, *, hidden: bool, rows: bool) -> None:
        """Hide the rows or the columns of the range, or show them."""
        (self.uno.Rows if rows else self.uno.Columns).IsVisible = not hidden

    @property
    def left(self) -> float:
        """How many points the range lies from the sheet's left edge."""
        return float(self.uno.Position.X / HUNDREDTHS_A_POINT)

    @property
    def top(self) -> float:
        """How many points the range lies from the sheet's upper edge."""
        return float(self.uno.Position.Y / HUNDREDTHS_A_POINT)

    @property
    def width(self) -> float:
        """The width of the range in points."""
        return float(self.uno.Size.Width / HUNDREDTHS_A_POINT)

    @property
    def height(self) -> float:
        """The height of the range in points."""
        return float(self.uno.Size.Height / HUNDREDTHS_A_POINT)

    def adjust_indent(self, amount: int) -> None:
        """Indent the cells by so many steps more, or less; a cell that aligned by its content aligns left."""
        self.allow_formats()
        for cell in (self.cell(r, c) for r in range(self.shape[0]) for c in range(self.shape[1])):
            steps = min(INDENTS, max(0, round(cell.ParaIndent / INDENT) + amount))
            if steps and cell.HoriJustify.value == "STANDARD":
                cell.HoriJustify = load_uno().Enum("com.sun.star.table.CellHoriJustify", "LEFT")
            cell.ParaIndent = steps * INDENT

    def group(self, by: str) -> None:
        """Make the rows or columns of the range a group that can be folded."""
        self.sheet.uno.group(self.uno.getRangeAddress(), _lines(by))

    def ungroup(self, by: str) -> None:
        """Take the rows or columns of the range out of their group."""
        self.sheet.uno.ungroup(self.uno.getRangeAddress(), _lines(by))

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
    def merge_area(self) -> Self:
        """The merged area that the first cell belongs to."""
        cursor = self.sheet.uno.createCursorByRange(self.cell())
        cursor.collapseToMergedArea()
        area: Self = self.sheet.range_at(cursor.getRangeAddress())
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


def _lines(by: str) -> Any:
    """Return whether rows or columns are grouped, as LibreOffice says it; ``row`` and ``rows`` alike."""
    return load_uno().Enum("com.sun.star.table.TableOrientation", "ROWS" if by.startswith("r") else "COLUMNS")
