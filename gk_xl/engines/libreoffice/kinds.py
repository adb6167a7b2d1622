"""What the files of this engine ask of one another, so that none has to import the file that imports it."""

from __future__ import annotations

from typing import Any, Protocol

from gk_xl.engines import protocol


class UnoApp(protocol.App, Protocol):
    """LibreOffice with what its spreadsheets need of it."""

    copied: Any

    @property
    def context(self) -> Any:
        """The component context."""


class UnoBook(protocol.Book, Protocol):
    """A spreadsheet with what its cells need of it."""

    @property
    def app(self) -> UnoApp:
        """The application."""

    @property
    def uno(self) -> Any:
        """The UNO document."""

    @property
    def formula_parser(self) -> Any:
        """LibreOffice's parser, set to Excel's notation."""

    def standard_format(self, kind: int) -> int:
        """Return the key of the standard number format of a kind."""

    def format_type(self, key: int) -> int:
        """Return the kinds that a number format belongs to."""

    def has_no_format(self, key: int) -> bool:
        """Return whether a number format is the standard one."""

    def format_key(self, text: str) -> int:
        """Return the key of a number format, added where it is new."""


class UnoSheet(protocol.Sheet, Protocol):
    """A sheet with what its cells need of it."""

    @property
    def uno(self) -> Any:
        """The UNO sheet."""

    @property
    def book(self) -> UnoBook:
        """The spreadsheet."""

    def renew(self) -> None:
        """Ask for the sheet once more, after cells were deleted."""

    def range_at(self, address: Any) -> Any:
        """Return the range of a UNO range address."""


class Area(Protocol):
    """Cells, or characters in one, whose properties are asked and set."""

    @property
    def uno(self) -> Any:
        """The UNO range of cells, or the cursor over characters."""

    def mixed(self, name: str) -> bool:
        """Return whether they differ in a property."""

    def allow_formats(self) -> None:
        """Raise EngineError where looks may not change."""
