"""The sheets of a LibreOffice spreadsheet for xlwings, over UNO."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gk_xl.engines.core.addresses import COLUMNS, ROWS, area_of
from gk_xl.engines.core.errors import EngineError, Refusal
from gk_xl.engines.core.refused import Lacking, Refused
from gk_xl.engines.core.sheets import BlockSheet
from gk_xl.engines.libreoffice import clipboard
from gk_xl.engines.libreoffice.dressing import Dressing
from gk_xl.engines.libreoffice.names import Names
from gk_xl.engines.libreoffice.notes import Note
from gk_xl.engines.libreoffice.pictures import Pictures
from gk_xl.engines.libreoffice.process import in_words
from gk_xl.engines.libreoffice.range import Range
from gk_xl.engines.libreoffice.windows import carry_out, shown, state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.engines import protocol
    from gk_xl.engines.libreoffice.kinds import UnoBook

GRID = "ToggleSheetGrid"
_AREA = "_xlnm.Print_Area"  # LibreOffice keeps the name of the file beside its own areas


@in_words
class Sheet(BlockSheet):
    """One sheet."""

    RANGE, DRESSING = Range, Dressing

    tables = Lacking(())
    charts = Refused()
    comments = Refused()
    shapes = Refused()

    def __init__(self, book: UnoBook, sheet: Any) -> None:
        self.book, self.uno = book, sheet

    @property
    def api(self) -> Any:
        """The UNO sheet."""
        return self.uno

    @property
    def name(self) -> str:
        """The sheet's name."""
        return str(self.uno.getName())

    @name.setter
    def name(self, value: str) -> None:
        self.allow_structure()
        self.uno.setName(value)

    @property
    def index(self) -> int:
        """The sheet's place, from 1."""
        return int(self.uno.getRangeAddress().Sheet) + 1

    def renew(self) -> None:
        """Ask for the sheet once more: one that cells were deleted of gives only a part of its cells (7.4)."""
        self.uno = self.book.uno.getSheets().getByIndex(self.index - 1)

    def range_at(self, address: Any) -> Range:
        """Return the range of a UNO range address on this sheet."""
        rows, columns = address.EndRow - address.StartRow + 1, address.EndColumn - address.StartColumn + 1
        return Range(self, address.StartRow + 1, address.StartColumn + 1, rows, columns)

    @property
    def cells(self) -> Range:
        """All cells."""
        return self.range_at(self.uno.getRangeAddress())

    @property
    def used_range(self) -> Range:
        """The cells up to the last one in use."""
        cursor = self.uno.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        return self.range_at(cursor.getRangeAddress())

    @property
    def notes(self) -> list[Note]:
        """The notes of the sheet."""
        found = self.uno.getAnnotations()
        places = [found.getByIndex(number).getPosition() for number in range(found.getCount())]
        return [Note(Range(self, place.Row + 1, place.Column + 1, 1, 1)) for place in places]

    @property
    def names(self) -> Names:
        """The defined names of this sheet alone."""
        return Names(self.book, self.uno.NamedRanges, self)

    @property
    def pictures(self) -> Pictures:
        """The pictures of the sheet."""
        return Pictures(self)

    @property
    def freeze_panes(self) -> FreezePanes:
        """The rows and columns that stay while the rest is scrolled."""
        return FreezePanes(self)

    @property
    def show_gridlines(self) -> bool:
        """Whether the lines between the cells are shown."""
        with shown(self) as controller:
            return state(controller, self.book.app.context, GRID)

    @show_gridlines.setter
    def show_gridlines(self, value: Any) -> None:
        with shown(self) as controller:
            if state(controller, self.book.app.context, GRID) != bool(value):
                carry_out(controller, self.book.app.context, GRID)

    @property
    def page_setup(self) -> PageSetup:
        """How the sheet is printed."""
        return PageSetup(self)

    @property
    def protected(self) -> bool:
        """Whether the sheet is protected."""
        return bool(self.uno.isProtected())

    def unprotect(self) -> None:
        """Lift the protection; EngineError when it has a password."""
        with contextlib.suppress(Exception):  # an older LibreOffice raises on a password, a newer one does nothing
            self.uno.unprotect("")
        if self.protected:
            raise EngineError(Refusal.PASSWORD, sheet=self.name)

    def protect(self) -> None:
        """Protect the sheet again, with the options it had."""
        self.uno.protect("")

    def activate(self) -> None:
        """Bring the sheet to the front."""
        controller = self.book.uno.getCurrentController()
        if controller is not None:
            controller.setActiveSheet(self.uno)

    select = activate

    def select_range(self, area: Range) -> None:
        """Select cells in the window. A single one gets the cursor and no mark: within a mark, Return leads nowhere."""
        controller = self.book.uno.getCurrentController()
        if controller is None:
            return
        controller.select(area.api)
        at = area.api.getRangeAddress()
        if (at.StartRow, at.StartColumn) == (at.EndRow, at.EndColumn):
            controller.select(self.book.uno.createInstance("com.sun.star.sheet.SheetCellRanges"))

    @property
    def visible(self) -> bool:
        """Whether the sheet is shown."""
        return bool(self.uno.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self.uno.IsVisible = bool(value)

    def clear(self) -> None:
        """Empty all cells and remove their formatting."""
        self.used_range.clear()

    def autofit(self, axis: str | None = None) -> None:
        """Fit rows and columns to their content."""
        self.used_range.autofit(axis)

    def clear_formats(self) -> None:
        """Remove the formatting of all cells."""
        self.cells.clear_formats()

    def copy(self, before: Any, after: Any) -> None:
        """Copy the sheet to a place before or after another, of this spreadsheet or of another that is open."""
        target = before or after
        target.allow_structure()
        place = target.index - 1 if before else target.index
        sheets = target.book.uno.getSheets()
        if target.book.uno == self.book.uno:
            sheets.copyByName(self.name, next(_free(self.name, target.book.sheets)), place)
        else:
            free = self.name if self.name not in target.book.sheets else next(_free(self.name, target.book.sheets))
            last = (
                sheets.getCount()
            )  # imported before a sheet that is shown, LibreOffice draws a selection that is gone
            sheets.importSheet(self.book.uno, self.name, last)
            sheets.getByIndex(last).setName(free)
            sheets.moveByName(free, place)

    def move(self, before: Any, after: Any) -> None:
        """Move the sheet to a place before or after another."""
        self.allow_structure()
        target = before or after
        self.book.uno.getSheets().moveByName(self.name, target.index - 1 if before else target.index)

    def to_html(self, path: str) -> None:
        """Write the cells in use as a web page."""
        area = self.used_range
        whole = self.range((1, 1), (area.row + area.shape[0] - 1, area.column + area.shape[1] - 1))
        Path(path).resolve().write_bytes(clipboard.data_of(whole, "text/html"))

    def delete(self) -> None:
        """Delete the sheet."""
        self.allow_structure()
        self.book.uno.getSheets().removeByName(self.name)


@in_words
class PageSetup:
    """How a sheet is printed."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    @property
    def api(self) -> Any:
        """The UNO sheet."""
        return self.sheet.uno

    @property
    def print_area(self) -> str | None:
        """The address of what is printed; None for all."""
        areas = self.sheet.uno.getPrintAreas()
        return ",".join(self.sheet.range_at(area).address for area in areas) or None

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        areas = value.split(",") if value else ()
        if self.sheet.uno.NamedRanges.hasByName(_AREA):  # of the file: it would be saved beside the new one
            self.sheet.uno.NamedRanges.removeByName(_AREA)
        self.sheet.uno.setPrintAreas(tuple(self.sheet.range(area).api.getRangeAddress() for area in areas))


@in_words
class FreezePanes:
    """The rows and columns of a sheet that stay while the rest is scrolled."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def freeze_at(self, frozen_range: str) -> None:
        """Keep the rows and columns down to a range's last cell; whole columns keep no rows, whole rows no columns."""
        row, column, rows, columns = area_of(frozen_range)
        with shown(self.sheet) as controller:
            controller.freezeAtPosition(
                0 if columns == COLUMNS else column + columns - 1, 0 if rows == ROWS else row + rows - 1
            )

    def unfreeze(self) -> None:
        """Let everything scroll again."""
        with shown(self.sheet) as controller:
            controller.freezeAtPosition(0, 0)


def _free(name: str, sheets: protocol.Sheets) -> Iterator[str]:
    """Yield the names that Excel gives to copies of a sheet, those left out that a workbook has already."""
    return (f"{name} ({number})" for number in range(2, 10_000) if f"{name} ({number})" not in sheets)
