"""Spreadsheets and their sheets in LibreOffice for xlwings, over UNO."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from gk_xl.engines.core.errors import EngineError, Refusal
from gk_xl.engines.core.refused import Refused
from gk_xl.engines.libreoffice.names import Names
from gk_xl.engines.libreoffice.printing import export_pdf
from gk_xl.engines.libreoffice.process import in_words, load_uno, properties, remove_lock
from gk_xl.engines.libreoffice.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.engines.libreoffice.kinds import UnoApp
    from gk_xl.engines.libreoffice.range import Range

EXCEL_A1, EXCEL_ENGLISH = 1, 4  # com.sun.star.sheet.AddressConvention, com.sun.star.sheet.FormulaLanguage
EVERY_GROUP = 0x7FFFFFFF  # com.sun.star.sheet.FormulaMapGroup
PLAIN = "General"  # what the standard number format is called
FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8", ".xls": "MS Excel 97"}


@in_words
class Book:
    """One open spreadsheet."""

    json = Refused()

    def __init__(self, app: UnoApp, document: Any) -> None:
        self.app, self.uno = app, document
        self._parser: Any = None

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
        return Names(self, self.uno.NamedRanges)

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

    def to_pdf(self, path: str, quality: str) -> None:
        """Write the sheets that are shown as they are printed."""
        export_pdf(self.uno, path, quality)

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
class Sheets:
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
