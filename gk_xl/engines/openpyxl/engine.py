"""A closed .xlsx file as an engine of xlwings, through openpyxl: the program of the buttons without any application.

::

    import xlwings as xw
    from gk_xl.engines import openpyxl

    openpyxl.register()
    book = xw.Book("年报.xlsx")  # read into memory; nothing is written before book.save()

Formulas are kept but not calculated: their value is the one an application saved last, and applications calculate them
anew when they open what was saved here. A save is atomic. What Excel refuses on a protected sheet is refused here.
"""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gk_xl.engines.core import applications
from gk_xl.engines.core.applications import CopyingApp, RunningApps
from gk_xl.engines.core.blocks import BlockEngine
from gk_xl.engines.core.errors import EngineError, Refusal
from gk_xl.engines.core.refused import Lacking, Refused, always
from gk_xl.engines.openpyxl.book import Book
from gk_xl.engines.openpyxl.files import Files
from gk_xl.engines.openpyxl.images import keep_images

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.engines import protocol


class Engine(BlockEngine):
    """The engine ``openpyxl``."""

    name = "openpyxl"
    files = Files()

    @property
    def apps(self) -> Apps:
        """The one stand-in for an application."""
        return Apps()


ENGINE = Engine()
IMPLEMENTED: protocol.Engine = ENGINE  # what mypy compares


def register(files: Files | None = None) -> Any:
    """Add the engine to xlwings, make it the active one, and return it; ``files`` says how files are read and saved."""
    ENGINE.files = files or Files()
    return applications.register(ENGINE, "gk_xl.engines.openpyxl")


class Apps(RunningApps):
    """The stand-ins for an application."""

    running: list[App] = []  # noqa: RUF012 - shared on purpose

    def add(self, *, add_book: Any = None, **_: Any) -> App:
        """Make a stand-in for an application."""
        app = App()
        self.running.insert(0, app)
        if add_book:
            app.books.add()
        return app


class App(CopyingApp):
    """What stands for an application: the files that were read."""

    engine = ENGINE
    xl = Refused()
    hwnd = Refused()
    run = Refused()
    calculate = Refused(Refusal.NOT_CALCULATED)
    startup_path = Refused()
    api = Lacking(None)
    display_alerts = enable_events = interactive = screen_updating = True
    visible = False
    calculation = "manual"
    version = "0"
    status_bar: Any = False

    def __init__(self) -> None:
        self.files: list[Book] = []

    @property
    def books(self) -> Books:
        """The files that were read."""
        return Books(self)

    @property
    def pid(self) -> int:
        """The id of the process that holds the files."""
        return os.getpid()

    @property
    def selection(self) -> protocol.Range | None:
        """The cells that were selected when the file was saved."""
        return self.books.active.sheets.active.selection if self.files else None

    @property
    def path(self) -> str:
        """The folder of what reads and writes the files."""
        import openpyxl

        return str(Path(openpyxl.__file__).parent)

    def activate(self, steal_focus: bool = False) -> None:
        """Do nothing: there is no window."""

    @always(Refusal.NO_WINDOW)
    def alert(self, prompt: str, *_: Any) -> str:
        """Raise EngineError: nobody sits before a closed file."""
        raise EngineError(Refusal.NO_WINDOW, prompt=prompt)

    def quit(self) -> None:
        """Forget the files."""
        self.files.clear()
        if self in Apps.running:
            Apps.running.remove(self)

    def kill(self) -> None:
        """Forget the files."""
        self.quit()


class Books:
    """The files that were read."""

    api = Lacking(None)

    def __init__(self, app: App) -> None:
        self.app = app

    def __iter__(self) -> Iterator[Book]:
        return iter(list(self.app.files))

    def __len__(self) -> int:
        return len(self.app.files)

    def __call__(self, name_or_index: str | int) -> Book:
        """Return a file by name, path or number."""
        if isinstance(name_or_index, int):
            return self.app.files[name_or_index - 1]
        for book in self.app.files:
            if name_or_index.lower() in (book.name.lower(), book.fullname.lower()):
                return book
        raise KeyError(name_or_index)

    @property
    def active(self) -> Book:
        """The file read last."""
        if not self.app.files:
            raise EngineError(Refusal.NO_BOOK)
        return self.app.files[-1]

    def add(self) -> Book:
        """Make a new workbook in memory."""
        from openpyxl import Workbook

        file = Workbook()
        file.active.title = "Sheet1"
        book = Book(self.app, file, file, f"Book{len(self) + 1}")
        self.app.files.append(book)
        return book

    def open(self, fullname: str, *_: Any, **__: Any) -> Book:
        """Read a file into memory, or return it when it was read already."""
        from zipfile import BadZipFile

        path = Path(fullname).resolve()
        for book in self.app.files:
            if book.fullname == str(path):
                return book
        data = ENGINE.files.read(path)
        try:
            formulas = load(data)
            keep_images(data, formulas)
            values = calculated(data, formulas)
        except (BadZipFile, KeyError, ValueError, TypeError, AttributeError, SyntaxError, OSError) as error:
            # what openpyxl raises over parts that are damaged or missing
            raise EngineError(Refusal.NOT_OPENED, path=str(path)) from error
        book = Book(self.app, formulas, values, str(path), data)
        self.app.files.append(book)
        return book


def load(data: bytes, **options: bool) -> Any:
    """Return openpyxl's workbook of a file, in which a number that is shown as a date stays the number it is.

    Openpyxl would make dates of them, and of two numbers one: 59 and 60 are both the 28th of February 1900 to it, both are
    59 when it saves, and what lies beyond the year 9999 is an error.
    """
    from openpyxl.reader.excel import ExcelReader

    reader = ExcelReader(BytesIO(data), **options)
    read_sheets = reader.read_worksheets

    def read_numbers() -> None:
        reader.wb._date_formats = set()  # noqa: SLF001 - openpyxl has no option for it
        read_sheets()

    reader.read_worksheets = read_numbers
    reader.read()
    return reader.wb


def calculated(data: bytes, formulas: Any) -> Any:
    """Return a workbook with the sheets of ``formulas``, where each formula's cell holds what it last came to.

    Nothing else of the file is read a second time: looks, notes and merged cells take most of the time.
    """
    from openpyxl import Workbook

    made, read = Workbook(), load(data, read_only=True, data_only=True)
    made.remove(made.active)
    for sheet in formulas.worksheets:
        held = made.create_sheet()
        held.title = sheet.title
        wanted: dict[int, list[int]] = {}
        for (row, column), cell in sheet._cells.items():  # noqa: SLF001 - a walk over rows would make the others
            if cell.data_type == "f":
                wanted.setdefault(row, []).append(column)
        source = read[sheet.title]
        source.reset_dimensions()  # what a file says of its size need not be true
        for row, line in enumerate(source.iter_rows(max_row=max(wanted)) if wanted else (), start=1):
            for column in wanted.get(row, ()):
                if column <= len(line):
                    held.cell(row, column)._value = line[column - 1].value  # noqa: SLF001 - as it was read, no formula
    read.close()
    return made
