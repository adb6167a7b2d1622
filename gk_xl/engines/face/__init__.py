"""The part of xlwings' object model that the buttons use, for a Python without xlwings.

LibreOffice runs the buttons in its own Python, which knows the standard library only. There the same engine objects
(:mod:`gk_xl.engines.libreoffice`) wear this face instead of xlwings': the same names, the same shapes of values.
What xlwings would do with pandas or with options other than ``ndim`` is not here. A test runs every button through
both faces and compares the workbooks.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


class Face:
    """An object of an engine; whatever is not said here is the engine's own."""

    def __init__(self, impl: Any) -> None:
        object.__setattr__(self, "impl", impl)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.impl, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if isinstance(getattr(type(self), name, None), property):
            object.__setattr__(self, name, value)
        else:
            setattr(self.impl, name, value)


class Range(Face):
    """A rectangle of cells."""

    _rows_always = False

    def options(self, *, ndim: int | None = None) -> Range:
        """Return the same cells, as a list of rows whatever their shape when ``ndim`` is 2."""
        other = Range(self.impl)
        object.__setattr__(other, "_rows_always", ndim == 2)
        return other

    @property
    def value(self) -> Any:
        """A cell's value, a row's or column's as a list, a block's as a list of rows."""
        engine = self.impl.sheet.book.app.engine
        rows = engine.clean_value_data(self.impl.raw_value, dt.datetime, None, None, False)
        if self._rows_always or (len(rows) > 1 and len(rows[0]) > 1):
            return rows
        if len(rows) > 1:
            return [row[0] for row in rows]
        return rows[0] if len(rows[0]) > 1 else rows[0][0]

    @value.setter
    def value(self, data: Any) -> None:
        engine = self.impl.sheet.book.app.engine
        if not isinstance(data, list | tuple):
            self.impl.raw_value = engine.prepare_xl_data_element(data, {})
            return
        lists = [list(row) for row in data] if isinstance(data[0], list | tuple) else [list(data)]
        rows = [[engine.prepare_xl_data_element(value, {}) for value in row] for row in lists]
        self.impl.at(self.impl.row, self.impl.column, len(rows), len(rows[0])).raw_value = rows


class Sheet(Face):
    """One sheet."""

    def range(self, first: Any, second: Any = None) -> Range:
        """Return cells by address or by row and column."""
        return Range(self.impl.range(first, second))

    @property
    def names(self) -> Names:
        """The defined names of this sheet alone."""
        return Names(self.impl.names)

    def __getitem__(self, address: str) -> Range:
        return self.range(address)


class Sheets(Face):
    """The sheets of one workbook."""

    def __getitem__(self, name: str | int) -> Sheet:
        return Sheet(self.impl(name + 1 if isinstance(name, int) else name))

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(sheet) for sheet in self.impl)

    def __len__(self) -> int:
        return len(self.impl)

    def __contains__(self, name: str) -> bool:
        return name in self.impl

    @property
    def active(self) -> Sheet:
        """The sheet in front."""
        return Sheet(self.impl.active)


class Names(Face):
    """The defined names of one workbook."""

    def __getitem__(self, name: str) -> Any:
        return self.impl(name)

    def __contains__(self, name: str) -> bool:
        return bool(self.impl.contains(name))


class App(Face):
    """The application."""

    @property
    def books(self) -> Books:
        """The open workbooks."""
        return Books(self.impl.books)

    @property
    def selection(self) -> Range | None:
        """The selected cells."""
        found = self.impl.selection
        return None if found is None else Range(found)

    def alert(self, prompt: str, title: str | None = None, buttons: str = "ok", mode: str | None = None) -> Any:
        """Show a message box and return the button pressed."""
        return self.impl.alert(prompt, title, buttons, mode)


class Books(Face):
    """The open workbooks."""

    def __iter__(self) -> Iterator[Book]:
        return (Book(book) for book in self.impl)

    @property
    def active(self) -> Book:
        """The workbook in front."""
        return Book(self.impl.active)

    def open(self, path: str) -> Book:
        """Open a file and return its workbook."""
        return Book(self.impl.open(path))


class Book(Face):
    """One workbook."""

    @property
    def app(self) -> App:
        """The application."""
        return App(self.impl.app)

    @property
    def sheets(self) -> Sheets:
        """The sheets in their order."""
        return Sheets(self.impl.sheets)

    @property
    def names(self) -> Names:
        """The defined names."""
        return Names(self.impl.names)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Book) and self.impl.fullname == other.impl.fullname

    def __hash__(self) -> int:
        return hash(self.impl.fullname)
