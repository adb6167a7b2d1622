"""Ranges of LibreOffice Calc for xlwings, over UNO: names, links, notes, and what moves cells about."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from gk_xl.engines.core.addresses import COLUMNS, ROWS, quoted
from gk_xl.engines.libreoffice import clipboard
from gk_xl.engines.libreoffice.cells import CONTENTS
from gk_xl.engines.libreoffice.filling import autofill
from gk_xl.engines.libreoffice.formatted import Formatted
from gk_xl.engines.libreoffice.notes import NOTES, Note, widened
from gk_xl.engines.libreoffice.printing import export_pdf
from gk_xl.engines.libreoffice.process import in_words, load_uno, properties

if TYPE_CHECKING:
    from collections.abc import Sequence

AND_FORMATS = "_and_number_formats"
SORT_KEYS = 3  # LibreOffice takes no more at once
FORMATS = 32 | 64  # com.sun.star.sheet.CellFlags
_LINK = re.compile(r"^#\$?('(?:[^']|'')+'|[^'!]+)[!.](.+)$")


@in_words
class Range(Formatted):
    """A rectangle of cells in Calc."""

    # names, links, notes ----------------------------------------------------------------------------------

    @property
    def name(self) -> Any:
        """The defined name that stands for exactly this range; None without one."""
        wanted = f"={quoted(self.sheet.name)}!{self.address}"
        return next((name for _, name in self.sheet.book.names.snapshot() if name.refers_to == wanted), None)

    @name.setter
    def name(self, value: Any) -> None:
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

    def add_hyperlink(self, address: str, text_to_display: str | None = None, screen_tip: str | None = None) -> None:  # noqa: ARG002 - Calc shows none
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
        widened(self.cell().getAnnotation())
        return Note(self.at(self.row, self.column))

    # what moves cells about ---------------------------------------------------------------------------------

    def copy_cells(self, target: Self) -> None:
        """Copy the cells to where another range begins."""
        if target.sheet.book.fullname == self.sheet.book.fullname:
            target.sheet.uno.copyRange(target.cell().getCellAddress(), self.uno.getRangeAddress())
        else:
            clipboard.carry(self, target)

    def copy(self, destination: Any = None) -> None:
        """Copy the cells to another range, again and again where it is several times as large; else to the clipboard."""
        if destination is None:
            clipboard.copy(self)
            self.sheet.book.app.copied = self
            return
        target = destination.impl
        target.allow_values()
        times = [
            max(1, whole // own) if whole % own == 0 else 1 for whole, own in zip(target.shape, self.shape, strict=True)
        ]
        for down in range(times[0]):
            for right in range(times[1]):
                self.copy_cells(target.at(target.row + down * self.shape[0], target.column + right * self.shape[1]))

    def paste(
        self, paste: str | None = None, operation: str | None = None, skip_blanks: bool = False, transpose: bool = False
    ) -> None:
        """Paste from the clipboard: all, or ``values``, ``formulas``, ``formats``, ``comments``, ``column_widths``."""
        self.allow_formats()
        source, what = self.sheet.book.app.copied, paste or "all"
        if what == "column_widths" and source is not None:
            for number in range(source.shape[1]):
                self.at(self.row, self.column + number).column_width = source.at(1, source.column + number).column_width
            return
        plain = what.removesuffix(AND_FORMATS) if source is not None else what
        clipboard.paste(self, plain, operation, skip_blanks=skip_blanks, transpose=transpose)
        if plain != what:
            self._show_numbers_like(source, transpose=transpose)

    def _show_numbers_like(self, source: Self, *, transpose: bool) -> None:
        """Give the cells from the first on the number formats of another range's."""
        for r in range(source.shape[0]):
            for c in range(source.shape[1]):
                down, right = (c, r) if transpose else (r, c)
                shown = source.at(source.row + r, source.column + c).number_format
                self.at(self.row + down, self.column + right).number_format = shown

    def copy_from(
        self, source_range: Any, copy_type: str = "all", skip_blanks: bool = False, transpose: bool = False
    ) -> None:
        """Copy another range here: all of it, its ``values``, ``formulas`` or ``formats``."""
        self.allow_formats()
        clipboard.copy(source_range.impl)
        clipboard.paste(self, copy_type, None, skip_blanks=skip_blanks, transpose=transpose)
        if self.sheet.book.app.copied is not None:  # what waited in the clipboard waits there again
            clipboard.copy(self.sheet.book.app.copied)

    def move(self, destination: Any) -> None:
        """Move the cells; formulas that speak of them follow."""
        self.allow_formats()
        target = destination.impl
        target.allow_formats()
        self.sheet.uno.moveRange(target.cell().getCellAddress(), self.uno.getRangeAddress())

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        """Insert cells here; those that were here move ``down`` or ``right``, and new ones look like their neighbours."""
        self.allow_formats()
        rows, columns = self.shape
        down = shift == "down" or (shift is None and rows <= columns)
        mode = "ROWS" if columns == COLUMNS else "COLUMNS" if rows == ROWS else "DOWN" if down else "RIGHT"
        self.sheet.uno.insertCells(
            self.uno.getRangeAddress(), load_uno().Enum("com.sun.star.sheet.CellInsertMode", mode)
        )
        down = mode in ("ROWS", "DOWN")
        self._look_like_neighbours(self.at(self.row, self.column, rows, columns), down=down, origin=copy_origin)
        self.row, self.column = self.row + rows * down, self.column + columns * (not down)  # UNO's range went along

    def _look_like_neighbours(self, fresh: Self, *, down: bool, origin: str | None) -> None:
        """Give inserted cells the looks of those before them, or behind them."""
        rows, columns = fresh.shape
        behind = origin == "format_from_right_or_below"
        line = (fresh.row if down else fresh.column) + ((rows if down else columns) if behind else -1)
        if line < 1:
            fresh.uno.clearContents(FORMATS)
            return
        for number in range(rows if down else columns):
            source = self.at(line, fresh.column, 1, columns) if down else self.at(fresh.row, line, rows, 1)
            source.copy_cells(self.at(fresh.row + number * down, fresh.column + number * (not down)))
        fresh.uno.clearContents(CONTENTS | NOTES)

    def delete(self, shift: str | None = None) -> None:
        """Delete the cells; those below move ``up``, or those to the right ``left``."""
        self.allow_formats()
        rows, columns = self.shape
        up = shift == "up" or (shift is None and rows <= columns)
        mode = "ROWS" if columns == COLUMNS else "COLUMNS" if rows == ROWS else "UP" if up else "LEFT"
        self.sheet.uno.removeRange(
            self.uno.getRangeAddress(), load_uno().Enum("com.sun.star.sheet.CellDeleteMode", mode)
        )
        self.sheet.renew()

    def sort(self, keys: Sequence[int], ascending: Sequence[bool], has_headers: bool) -> None:
        """Sort the rows by some columns, counted from 1."""
        self.allow_values()
        for start in range(
            (len(keys) - 1) // SORT_KEYS * SORT_KEYS, -1, -SORT_KEYS
        ):  # sorting keeps the order of equals
            self._sort(list(zip(keys, ascending, strict=True))[start : start + SORT_KEYS], has_headers=has_headers)

    def _sort(self, keys: Sequence[tuple[int, bool]], *, has_headers: bool) -> None:
        fields = []
        for key, upwards in keys:
            field = load_uno().createUnoStruct("com.sun.star.table.TableSortField")
            field.Field, field.IsAscending, field.IsCaseSensitive = key - 1, upwards, False
            fields.append(field)
        chosen = load_uno().Any("[]com.sun.star.table.TableSortField", tuple(fields))
        self.uno.sort(properties(SortFields=chosen, ContainsHeader=has_headers, IsSortColumns=False))

    def autofill(self, destination: Any, type_: str) -> None:
        """Fill a larger range that begins or ends with this one."""
        autofill(self, destination.impl, type_)

    # pictures and pages -------------------------------------------------------------------------------------

    def copy_picture(self, appearance: str, format: str) -> None:  # noqa: A002, ARG002 - xlwings' names; LibreOffice knows one picture
        """Put a picture of the cells into the clipboard."""
        clipboard.copy_picture(self)

    def to_png(self, path: str) -> None:
        """Write a picture of the cells."""
        Path(path).write_bytes(clipboard.data_of(self, "image/png"))

    def to_pdf(self, path: str, quality: str) -> None:
        """Write the cells as they are printed."""
        export_pdf(self.sheet.book.uno, path, quality, Selection=self.uno)
