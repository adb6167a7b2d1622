"""What the files of this engine ask of one another, so that none has to import the file that imports it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from gk_xl.engines import protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.engines.core.dressing import Area


class FileApp(protocol.App, Protocol):
    """What stands for an application, with what its files need of it."""

    copied: Any


class FileBook(protocol.Book, Protocol):
    """A workbook in memory with what its sheets need of it."""

    file: Any
    values: Any

    @property
    def offset(self) -> int:
        """How many days later than usual the file begins to count."""

    def dated(self, value: Any, shown: str) -> Any:
        """Return a value as a date when it is a number and its number format shows one."""

    @property
    def app(self) -> FileApp:
        """What stands for an application."""

    def under(self, title: str, area: Area) -> list[tuple[int, int, Any]]:
        """Return row, column and value of what the file held under a merged area when it was read."""

    def notes_under(self, title: str, area: Area) -> list[tuple[int, int, Any]]:
        """Return row, column and comment of what the file held under a merged area when it was read."""

    def files(self) -> Sequence[Any]:
        """Return openpyxl's workbooks: as written, and with values where that is another."""


class FileSheet(protocol.Sheet, Protocol):
    """A sheet in memory with what its cells need of it."""

    def there(self) -> list[Any]:
        """Return openpyxl's cells that the file holds, row by row."""

    def held(self, row: int, column: int) -> Any:
        """Return openpyxl's cell if the file holds it, None without making one."""

    def filled(self, cell: Any) -> Any:
        """Return what one of openpyxl's cells was filled with."""

    file: Any

    @property
    def book(self) -> FileBook:
        """The workbook."""

    def cell(self, row: int, column: int) -> Any:
        """Return openpyxl's cell."""

    def dimension(self, column: int) -> Any:
        """Return openpyxl's description of a column of its own."""

    def width(self, column: int) -> float:
        """Return a column's width in characters."""

    def value(self, row: int, column: int) -> Any:
        """Return what a cell shows."""

    def put(self, row: int, column: int, value: Any) -> None:
        """Write one value into a cell."""
