"""The defined names of a closed .xlsx file for xlwings, through openpyxl."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gk_xl.engines.core.addresses import quoted

if TYPE_CHECKING:
    from gk_xl.engines import protocol
    from gk_xl.engines.openpyxl.kinds import FileBook


class Names:
    """The names of a workbook, or of one of its sheets alone."""

    def __init__(self, book: FileBook, named: Any, sheet: protocol.Sheet | None = None) -> None:
        self.book, self.named, self.sheet = book, named, sheet

    @property
    def api(self) -> Any:
        """Openpyxl's defined names."""
        return self.named

    def all(self) -> list[Name]:
        """Return every name."""
        return [Name(self.book, self.named, name, self.sheet) for name in self.api]

    def snapshot(self) -> list[tuple[str, Name]]:
        """Return every name with its object."""
        return [(name, Name(self.book, self.named, name, self.sheet)) for name in self.api]

    def __len__(self) -> int:
        return len(self.api)

    def __call__(self, name_or_index: str | int) -> Name:
        """Return a name by itself or by number."""
        if isinstance(name_or_index, int):
            return self.all()[name_or_index - 1]
        if name_or_index not in self.api:
            raise KeyError(name_or_index)
        return Name(self.book, self.named, name_or_index, self.sheet)

    def contains(self, name_or_index: str | int) -> bool:
        """Return whether there is such a name."""
        return 1 <= name_or_index <= len(self) if isinstance(name_or_index, int) else name_or_index in self.api

    def add(self, name: str, refers_to: str) -> Name:
        """Define a name for cells, a constant or a formula."""
        from openpyxl.workbook.defined_name import DefinedName

        self.api[name] = DefinedName(name, attr_text=refers_to.removeprefix("="))
        return Name(self.book, self.named, name, self.sheet)


class Name:
    """One defined name."""

    def __init__(self, book: FileBook, named: Any, name: str, sheet: protocol.Sheet | None = None) -> None:
        self.book, self.named, self._name, self.sheet = book, named, name, sheet

    @property
    def api(self) -> Any:
        """Openpyxl's defined name."""
        return self.named[self._name]

    @property
    def name(self) -> str:
        """The name; before one of a single sheet stands the sheet."""
        return f"{quoted(self.sheet.name)}!{self._name}" if self.sheet else self._name

    @name.setter
    def name(self, value: str) -> None:
        defined = self.named.pop(self._name)
        defined.name = self._name = value.rpartition("!")[2]
        self.named[self._name] = defined

    @property
    def refers_to(self) -> str:
        """What the name stands for."""
        return f"={self.api.attr_text}"

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self.api.attr_text = value.removeprefix("=")

    @property
    def refers_to_range(self) -> protocol.Range:
        """The range that the name stands for; KeyError when it stands for none."""
        try:
            ((sheet, address),) = self.api.destinations
        except ValueError:
            raise KeyError(self._name) from None
        return self.book.sheets(sheet).range(address)

    def delete(self) -> None:
        """Remove the name."""
        del self.named[self._name]
