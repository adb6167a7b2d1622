"""Spreadsheets and their sheets in LibreOffice for xlwings, over UNO."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gk_xl.engines.core.addresses import area_of
from gk_xl.engines.core.base_classes import xw
from gk_xl.engines.core.errors import EngineError, Refusal
from gk_xl.engines.libreoffice.dressing import Dressing
from gk_xl.engines.libreoffice.looks import Note
from gk_xl.engines.libreoffice.names import Names
from gk_xl.engines.libreoffice.process import in_words, load_uno, properties, remove_lock
from gk_xl.engines.libreoffice.range import Range

if TYPE_CHECKING:
    from collections.abc import Iterator

EXCEL_A1, EXCEL_ENGLISH = 1, 4  # com.sun.star.sheet.AddressConvention, com.sun.star.sheet.FormulaLanguage
EVERY_GROUP = 0x7FFFFFFF  # com.sun.star.sheet.FormulaMapGroup
PLAIN = "General"  # what the standard number format is called
FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8", ".xls": "MS Excel 97"}


@in_words
class Book(xw.Book):  # type: ignore[misc]
    """One open spreadsheet."""

    def __init__(self, app: Any, document: Any) -> None:
        self.app, self.uno = app, document
        self._parser: Any = None

    app: Any = None

    @property
    def api(self) -> Any:
        """The UNO document."""
        return self.uno

    @property
    def name(self) -> str:
        """The file's name, or the title of what was never saved."""
        return Path(self.fullname).name

    @property
    def fullname(self) -> str:
        """The file's path, or the title of what was never saved."""
        if not self.uno.hasLocation():
            return str(self.uno.getTitle())
        return str(load_uno().fileUrlToSystemPath(self.uno.getURL()))

    @property
    def sheets(self) -> Sheets:
        """The sheets in their order."""
        return Sheets(self)

    @property
    def names(self) -> Names:
        """The defined names of the workbook."""
        return Names(self)

    def activate(self) -> None:
        """Bring the window of this spreadsheet to the front."""
        controller = self.uno.getCurrentController()
        if controller is not None:
            controller.getFrame().activate()

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save in place, or under another name, whose ending says the format."""
        if path is None and self.uno.hasLocation():
            self.uno.store()
            return
        target = Path(path or f"{self.name}.xlsx").resolve()
        if target.suffix.lower() not in FILTERS:
            raise EngineError(Refusal.UNKNOWN_FORMAT, suffix=target.suffix)
        options = {"FilterName": FILTERS[target.suffix.lower()], **({"Password": password} if password else {})}
        self.uno.storeAsURL(target.as_uri(), properties(**options))

    def save_copy(self, path: str) -> None:
        """Write the workbook as it is now to another .xlsx file; it stays the one that is open."""
        url = load_uno().systemPathToFileUrl(path)
        self.uno.storeToURL(url, properties(FilterName=FILTERS[".xlsx"]))

    def close(self) -> None:
        """Close without saving."""
        path = Path(self.fullname) if self.uno.hasLocation() else None
        self.uno.close(True)
        if path is not None:
            remove_lock(path)

    @property
    def structure_locked(self) -> bool:
        """Whether sheets may not be added, deleted or renamed."""
        return bool(self.uno.isProtected())

    def begin(self, title: str) -> None:
        """Open one undo step that holds all that follows, until :meth:`finish`."""
        self.uno.getUndoManager().enterUndoContext(title)

    def finish(self) -> None:
        """Close the undo step."""
        self.uno.getUndoManager().leaveUndoContext()

    def range_at(self, address: Any) -> Range:
        """Return the range of a UNO range address."""
        return self.sheets(address.Sheet + 1).range_at(address)

    @property
    def formula_parser(self) -> Any:
        """LibreOffice's parser, set to Excel's notation."""
        if self._parser is None:
            self._parser = self.uno.createInstance("com.sun.star.sheet.FormulaParser")
            mapper = self.uno.createInstance("com.sun.star.sheet.FormulaOpCodeMapper")
            self._parser.OpCodeMap = mapper.getAvailableMappings(EXCEL_ENGLISH, EVERY_GROUP)
            self._parser.CompileEnglish, self._parser.FormulaConvention = False, EXCEL_A1
        return self._parser

    def standard_format(self, kind: int) -> int:
        """Return the key of the standard number format of a kind (com.sun.star.util.NumberFormat)."""
        return int(self.uno.getNumberFormats().getStandardFormat(kind, self.locale))

    def format_type(self, key: int) -> int:
        """Return the kinds that a number format belongs to."""
        return int(self.uno.getNumberFormats().getByKey(key).Type)

    def has_no_format(self, key: int) -> bool:
        """Return whether a number format is the standard one, of whatever language."""
        return str(self.uno.getNumberFormats().getByKey(key).FormatString) == PLAIN

    def format_key(self, text: str) -> int:
        """Return the key of a number format, added where it is new."""
        formats = self.uno.getNumberFormats()
        key = formats.queryKey(text, self.locale, False)
        return int(key if key >= 0 else formats.addNew(text, self.locale))

    @property
    def locale(self) -> Any:
        """The language that number formats are written in: English, as in Excel's API."""
        locale = load_uno().createUnoStruct("com.sun.star.lang.Locale")
        locale.Language, locale.Country = "en", "US"
        return locale


@in_words
class Sheets(xw.Sheets):  # type: ignore[misc]
    """The sheets of one spreadsheet."""

    def __init__(self, book: Book) -> None:
        self.book, self.uno = book, book.uno.getSheets()

    @property
    def api(self) -> Any:
        """The UNO sheets."""
        return self.uno

    @property
    def active(self) -> Sheet:
        """The sheet in front."""
        controller = self.book.uno.getCurrentController()
        return Sheet(self.book, controller.getActiveSheet() if controller else self.uno.getByIndex(0))

    def __call__(self, name_or_index: str | int) -> Sheet:
        """Return a sheet by name or number."""
        if isinstance(name_or_index, int):
            return Sheet(self.book, self.uno.getByIndex(name_or_index - 1))
        for name in self.uno.getElementNames():
            if name.lower() == name_or_index.lower():
                return Sheet(self.book, self.uno.getByName(name))
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return int(self.uno.getCount())

    def __iter__(self) -> Iterator[Sheet]:
        return iter([Sheet(self.book, self.uno.getByIndex(number)) for number in range(len(self))])

    def __contains__(self, key: str | int) -> bool:
        if isinstance(key, int):
            return 1 <= key <= len(self)
        return key.lower() in (name.lower() for name in self.uno.getElementNames())

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """Add a sheet."""
        if self.book.structure_locked:
            raise EngineError(Refusal.LOCKED_STRUCTURE, book=self.book.name)
        index = before.index - 1 if before else (after.index if after else self.active.index - 1)
        if name is None:
            name = next(f"Sheet{n}" for n in range(1, 10_000) if f"Sheet{n}" not in self)
        self.uno.insertNewByName(name, index)
        return self(name)


@in_words
class Sheet(xw.Sheet):  # type: ignore[misc]
    """One sheet."""

    def __init__(self, book: Book, sheet: Any) -> None:
        self.book, self.uno = book, sheet

    book: Any = None

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
        if self.book.structure_locked:
            raise EngineError(Refusal.LOCKED_STRUCTURE, book=self.book.name)
        self.uno.setName(value)

    @property
    def index(self) -> int:
        """The sheet's place, from 1."""
        return int(self.uno.getRangeAddress().Sheet) + 1

    def range(self, first: Any, second: Any = None) -> Range:
        """Return a range by address, by row and column, or by a defined name."""
        try:
            return Range(self, *area_of(first, second))
        except ValueError:
            if second is not None:
                raise
        found: Range = self.book.names(first).refers_to_range
        return found

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
    def dressing(self) -> Dressing:
        """How the sheet's cells are locked, look, and take what is typed."""
        return Dressing(self)

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
        """Select cells in the window."""
        controller = self.book.uno.getCurrentController()
        if controller is not None:
            controller.select(area.api)

    @property
    def visible(self) -> bool:
        """Whether the sheet is shown."""
        return bool(self.uno.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self.uno.IsVisible = bool(value)

    def clear_contents(self) -> None:
        """Empty all cells."""
        self.used_range.clear_contents()

    def clear(self) -> None:
        """Empty all cells and remove their formatting."""
        self.used_range.clear()

    def autofit(self, axis: str | None = None) -> None:
        """Fit rows and columns to their content."""
        self.used_range.autofit(axis)

    def delete(self) -> None:
        """Delete the sheet."""
        if self.book.structure_locked:
            raise EngineError(Refusal.LOCKED_STRUCTURE, book=self.book.name)
        self.book.uno.getSheets().removeByName(self.name)


@in_words
class PageSetup(xw.PageSetup):  # type: ignore[misc]
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
        return self.sheet.range_at(areas[0]).address if areas else None

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        self.sheet.uno.setPrintAreas((self.sheet.range(value).uno.getRangeAddress(),) if value else ())
