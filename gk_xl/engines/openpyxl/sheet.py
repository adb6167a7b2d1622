"""The sheets of a closed .xlsx file for xlwings, through openpyxl."""

from __future__ import annotations

import datetime as dt
from copy import copy
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from gk_xl.engines.core.addresses import COLUMNS, ROWS, area_of, column_letters, column_number
from gk_xl.engines.core.errors import EngineError, Refusal
from gk_xl.engines.core.refused import Lacking, Refused
from gk_xl.engines.core.sheets import BlockSheet
from gk_xl.engines.core.values import serial_of
from gk_xl.engines.openpyxl.cells import plain
from gk_xl.engines.openpyxl.dressing import Dressing
from gk_xl.engines.openpyxl.formatted import WIDTH
from gk_xl.engines.openpyxl.names import Names
from gk_xl.engines.openpyxl.pictures import Pictures
from gk_xl.engines.openpyxl.range import Range

if TYPE_CHECKING:
    from gk_xl.engines import protocol
    from gk_xl.engines.openpyxl.kinds import FileBook


class Sheet(BlockSheet):
    """One sheet."""

    RANGE, DRESSING = Range, Dressing

    tables = Lacking(())
    charts = Refused()
    comments = Refused()
    shapes = Refused()
    to_html = Refused(Refusal.NOT_DRAWN)
    autofit = Refused(Refusal.NOT_DRAWN)

    def __init__(self, book: FileBook, file: Any) -> None:
        self.book, self.file = book, file

    @property
    def api(self) -> Any:
        """Openpyxl's worksheet."""
        return self.file

    @property
    def name(self) -> str:
        """The sheet's name."""
        return str(self.file.title)

    @name.setter
    def name(self, value: str) -> None:
        self.allow_structure()
        old = self.name
        for file in (self.book.file, self.book.values):
            if old in file.sheetnames:
                file[old].title = value

    @property
    def index(self) -> int:
        """The sheet's place, from 1."""
        return int(self.book.file.index(self.file)) + 1

    def cell(self, row: int, column: int) -> Any:
        """Return openpyxl's cell; one that was not there looks as its column does, as in an application."""
        is_new = (row, column) not in self.file._cells  # noqa: SLF001 - asking openpyxl makes the cell
        cell = self.file.cell(row, column)
        if is_new:
            for held in self.file.column_dimensions.values():
                if held.has_style and (held.min or 0) <= column <= (held.max or 0):
                    cell._style = copy(held._style)  # noqa: SLF001 - part by part it takes ten times as long
        return cell

    def held(self, row: int, column: int) -> Any:
        """Return openpyxl's cell if the file holds it, None without making one."""
        return self.file._cells.get((row, column))  # noqa: SLF001 - asking openpyxl makes the cell

    def there(self) -> list[Any]:
        """Return openpyxl's cells that the file holds, row by row; a walk over rows would make the others."""
        return [cell for _, cell in sorted(self.file._cells.items(), key=itemgetter(0))]  # noqa: SLF001

    def value(self, row: int, column: int) -> Any:
        """Return what a cell shows: of a formula, what it came to when the file was last calculated."""
        cell = self.held(row, column)
        if cell is None or cell.data_type != "f":
            return None if cell is None else plain(self.filled(cell))
        if self.book.values is self.book.file:
            return None
        return plain(self.book.dated(self.book.values[self.name].cell(row, column).value, cell.number_format))

    def filled(self, cell: Any) -> Any:
        """Return what one of openpyxl's cells was filled with; a number that is shown as a date as a date."""
        is_number = cell.data_type == "n" and cell.value is not None  # a blank is of that kind, too
        return self.book.dated(cell.value, cell.number_format) if is_number else cell.value

    def put(self, row: int, column: int, value: Any) -> None:
        """Write one value into a cell."""
        cell = self.cell(row, column)
        if type(cell).__name__ == "MergedCell":
            if value is not None:
                raise EngineError(Refusal.MERGED_CELL, sheet=self.name, address=cell.coordinate)
            return
        is_text = isinstance(value, str) and not (value.startswith("=") and len(value) > 1)
        cell.value = value.removeprefix("'") if is_text else value
        if is_text:
            cell.data_type = "s"
        elif isinstance(value, dt.datetime):  # with the number format that openpyxl gave it
            cell.value = serial_of(value) - self.book.offset
        if cell.hyperlink is not None:
            cell.hyperlink = None

    @property
    def used_range(self) -> Range:
        """The cells up to the last one that holds something."""
        filled = [(cell.row, cell.column) for cell in self.there() if cell.value is not None]
        last = [max(numbers) for numbers in zip(*filled, strict=True)] or [1, 1]
        return Range(self, 1, 1, last[0], last[1])

    @property
    def notes(self) -> list[Any]:
        """The notes of the sheet."""
        cells = (cell for cell in self.there() if cell.comment)
        return [Range(self, cell.row, cell.column, 1, 1).note for cell in cells]

    @property
    def names(self) -> Names:
        """The defined names of this sheet alone."""
        return Names(self.book, self.file.defined_names, self)

    @property
    def pictures(self) -> Pictures:
        """The pictures of the sheet."""
        return Pictures(self)

    @property
    def freeze_panes(self) -> FreezePanes:
        """The rows and columns that stay while the rest is scrolled."""
        return FreezePanes(self)

    @property
    def cells(self) -> Range:
        """All cells."""
        return Range(self, 1, 1, ROWS, COLUMNS)

    @property
    def show_gridlines(self) -> bool:
        """Whether the lines between the cells are shown."""
        return self.file.sheet_view.showGridLines is not False

    @show_gridlines.setter
    def show_gridlines(self, value: Any) -> None:
        self.file.sheet_view.showGridLines = bool(value)

    @property
    def page_setup(self) -> PageSetup:
        """How the sheet is printed."""
        return PageSetup(self)

    @property
    def protected(self) -> bool:
        """Whether the sheet is protected."""
        return bool(self.file.protection.sheet)

    def unprotect(self) -> None:
        """Lift the protection; EngineError when it has a password."""
        if self.file.protection.password:
            raise EngineError(Refusal.PASSWORD, sheet=self.name)
        self.file.protection.sheet = False

    def protect(self) -> None:
        """Protect the sheet again, with the options it had."""
        self.file.protection.sheet = True

    def activate(self) -> None:
        """Bring the sheet to the front."""
        self.book.file.active = self.book.file.index(self.file)
        for sheet in self.book.file.worksheets:  # two selected sheets are a group: what is typed lands in both
            sheet.sheet_view.tabSelected = sheet is self.file

    select = activate

    @property
    def selection(self) -> protocol.Range:
        """The selected cells."""
        return self.range(self._selected.sqref.split()[0])

    def select_range(self, area: Range) -> None:
        """Select cells."""
        self._selected.sqref = self._selected.activeCell = area.get_address(False, False, False)

    @property
    def _selected(self) -> Any:
        """What is selected in the pane that has the focus: beside frozen heads each pane has a selection of its own."""
        view = self.file.sheet_view
        pane = view.pane.activePane if view.pane else None
        return next((found for found in view.selection if pane and found.pane == pane), view.selection[0])

    @property
    def visible(self) -> bool:
        """Whether the sheet is shown."""
        return bool(self.file.sheet_state == "visible")

    @visible.setter
    def visible(self, value: bool) -> None:
        self.file.sheet_state = "visible" if value else "hidden"

    def dimension(self, column: int) -> Any:
        """Return openpyxl's description of a column of its own."""
        return self.file.column_dimensions[column_letters(column)]

    def width(self, column: int) -> float:
        """Return a column's width in characters."""
        for letters, dimension in self.file.column_dimensions.items():
            first, last = dimension.min or column_number(letters), dimension.max or column_number(letters)
            if first <= column <= last and dimension.customWidth:
                return float(dimension.width)
        return WIDTH

    def clear(self) -> None:
        """Empty all cells and remove their formatting."""
        self._touched().clear()

    def clear_formats(self) -> None:
        """Remove the formatting of all cells."""
        self._touched().clear_formats()

    def _touched(self) -> Range:
        """Return the cells up to the last one that holds or looks like something."""
        return Range(self, 1, 1, self.file.max_row, self.file.max_column)

    def copy(self, before: Any, after: Any) -> None:
        """Copy the sheet to a place before or after another of this file; EngineError for another file."""
        self.allow_structure()
        target = before or after
        if target.book.fullname != self.book.fullname:
            raise EngineError(Refusal.UNSUPPORTED, what="Sheet.copy: to another file")
        taken = [name.lower() for name in self.book.file.sheetnames]
        name = next(f"{self.name} ({n})" for n in range(2, 10_000) if f"{self.name} ({n})".lower() not in taken)
        place = target.index - 1 if before else target.index
        for file in self.book.files():
            made = file.copy_worksheet(file[self.name])
            made.title = name
            file.move_sheet(made, place - file.index(made))

    def move(self, before: Any, after: Any) -> None:
        """Move the sheet to a place before or after another."""
        self.allow_structure()
        target = before or after
        for file in self.book.files():
            own, other = file.index(file[self.name]), file.index(file[target.name])
            file.move_sheet(self.name, other + bool(after) - (own < other) - own)

    def delete(self) -> None:
        """Delete the sheet."""
        self.allow_structure()
        name = self.name
        for file in self.book.files():
            file.remove(file[name])


class PageSetup:
    """How a sheet is printed."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    @property
    def api(self) -> Any:
        """Openpyxl's page set-up."""
        return self.sheet.file.page_setup

    @property
    def print_area(self) -> str | None:
        """The address of what is printed; None for all."""
        areas = (area.rpartition("!")[2] for area in str(self.sheet.file.print_area or "").split(","))
        return ",".join(areas) or None

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        self.sheet.file.print_area = value


class FreezePanes:
    """The rows and columns of a sheet that stay while the rest is scrolled."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def freeze_at(self, frozen_range: str) -> None:
        """Keep the rows and columns down to a range's last cell; whole columns keep no rows, whole rows no columns."""
        row, column, rows, columns = area_of(frozen_range)
        below, beside = (1 if rows == ROWS else row + rows), (1 if columns == COLUMNS else column + columns)
        self.sheet.file.freeze_panes = f"{column_letters(beside)}{below}"

    def unfreeze(self) -> None:
        """Let everything scroll again."""
        self.sheet.file.freeze_panes = None
