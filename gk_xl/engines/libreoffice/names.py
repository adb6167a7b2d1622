"""The defined names of a LibreOffice spreadsheet for xlwings, over UNO."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from gk_xl.engines.core.addresses import area_of, quoted
from gk_xl.engines.libreoffice.process import in_words, load_uno

if TYPE_CHECKING:
    from gk_xl.engines import protocol
    from gk_xl.engines.libreoffice.kinds import UnoBook

_PROVISIONAL = "gk_xl_{}"
_PLACE = re.compile(r"^=?\$?('(?:[^']|'')+'|[^'!.]+)[!.](\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)$")


@in_words
class Names:
    """The names of a workbook, or of one of its sheets alone."""

    def __init__(self, book: UnoBook, named: Any, sheet: protocol.Sheet | None = None) -> None:
        self.book, self.uno, self.sheet = book, named, sheet

    @property
    def api(self) -> Any:
        """The UNO named ranges."""
        return self.uno

    def all(self) -> list[Name]:
        """Return every name."""
        return [Name(self.book, self.uno, name, self.sheet) for name in self.uno.getElementNames()]

    def snapshot(self) -> list[tuple[str, Name]]:
        """Return every name with its object."""
        return [(name.name, name) for name in self.all()]

    def __len__(self) -> int:
        return int(self.uno.getCount())

    def __call__(self, name_or_index: str | int) -> Name:
        """Return a name by itself or by number."""
        if isinstance(name_or_index, int):
            return self.all()[name_or_index - 1]
        if not self.uno.hasByName(name_or_index):
            raise KeyError(name_or_index)
        return Name(self.book, self.uno, name_or_index, self.sheet)

    def contains(self, name_or_index: str | int) -> bool:
        """Return whether there is such a name."""
        if isinstance(name_or_index, int):
            return 1 <= name_or_index <= len(self)
        return bool(self.uno.hasByName(name_or_index))

    def add(self, name: str, refers_to: str) -> Name:
        """Define a name for cells (``='表'!$A$1``), a constant or a formula in Excel's notation."""
        address = load_uno().createUnoStruct("com.sun.star.table.CellAddress")
        # A name with a dot, which every file may hold, is refused when it is added, but not when one is renamed.
        first = next(_PROVISIONAL.format(n) for n in range(10_000) if not self.uno.hasByName(_PROVISIONAL.format(n)))
        self.uno.addNewByName(first if "." in name else name, _native(refers_to), address, 0)
        if "." in name:
            self.uno.getByName(first).setName(name)
        return Name(self.book, self.uno, name, self.sheet)


@in_words
class Name:
    """One defined name."""

    def __init__(self, book: UnoBook, named: Any, name: str, sheet: protocol.Sheet | None = None) -> None:
        self.book, self.named, self._name, self.sheet = book, named, name, sheet

    @property
    def api(self) -> Any:
        """The UNO named range."""
        return self.named.getByName(self._name)

    @property
    def name(self) -> str:
        """The name; before one of a single sheet stands the sheet."""
        return f"{quoted(self.sheet.name)}!{self._name}" if self.sheet else self._name

    @name.setter
    def name(self, value: str) -> None:
        plain = value.rpartition("!")[2]
        self.api.setName(plain)
        self._name = plain

    @property
    def refers_to(self) -> str:
        """What the name stands for, as Excel writes it."""
        content = str(self.api.getContent())
        match = _PLACE.match(content)
        if match is None:
            return f"={content}"
        return f"={quoted(match[1].strip(chr(39)).replace(chr(39) * 2, chr(39)))}!{match[2]}"

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self.api.setContent(_native(value))

    @property
    def refers_to_range(self) -> protocol.Range:
        """The range that the name stands for; KeyError when it stands for none."""
        match = _PLACE.match(str(self.api.getContent()))
        if match is None:
            raise KeyError(self._name)
        sheet = self.book.sheets(match[1].strip("'").replace("''", "'"))
        return sheet.range(area_of(match[2]))

    def delete(self) -> None:
        """Remove the name."""
        self.named.removeByName(self._name)


def _native(refers_to: str) -> str:
    """Return Excel's notation as LibreOffice takes it: a place, or a constant or formula without ``=``."""
    match = _PLACE.match(refers_to)
    return f"${match[1]}.{match[2]}" if match else refers_to.removeprefix("=")
