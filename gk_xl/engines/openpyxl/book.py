"""Workbooks, sheets and names of a closed .xlsx file for xlwings, through openpyxl."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gk_xl.engines.core.addresses import area_of, column_letters, column_number, quoted
from gk_xl.engines.core.base_classes import xw
from gk_xl.engines.core.errors import EngineError, Refusal
from gk_xl.engines.openpyxl.dressing import Dressing
from gk_xl.engines.openpyxl.range import WIDTH, Range, plain

if TYPE_CHECKING:
    from collections.abc import Iterator


class Book(xw.Book):  # type: ignore[misc]
    """One workbook in memory: as written (``file``) and with the values its formulas had (``values``)."""

    app: Any = None

    def __init__(self, app: Any, file: Any, values: Any, fullname: str) -> None:
        self.app, self.file, self.values, self._fullname = app, file, values, fullname

    @property
    def api(self) -> Any:
        """Openpyxl's workbook."""
        return self.file

    @property
    def fullname(self) -> str:
        """The file's path; a name of its own before the first save."""
        return self._fullname

    @property
    def name(self) -> str:
        """The file's name."""
        return Path(self._fullname).name

    @property
    def sheets(self) -> Sheets:
        """The sheets in their order."""
        return Sheets(self)

    @property
    def names(self) -> Names:
        """The defined names of the workbook."""
        return Names(self)

    @property
    def structure_locked(self) -> bool:
        """Whether sheets may not be added, deleted or renamed."""
        return bool(self.file.security and self.file.security.lockStructure)

    def activate(self) -> None:
        """Make this the file in front."""
        self.app.files.remove(self)
        self.app.files.append(self)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save, in place or elsewhere; either wholly or not at all."""
        if password:
            raise EngineError(Refusal.UNSUPPORTED, what="a password")
        target = Path(path or (self._fullname if "." in self.name else f"{self._fullname}.xlsx")).resolve()
        buffer = BytesIO()
        self.file.calculation.fullCalcOnLoad = True
        self.file.save(buffer)
        self.app.engine.files.write(target, buffer.getvalue())
        self._fullname = str(target)

    def save_copy(self, path: str) -> None:
        """Write the workbook as it is now to another file."""
        self.file.save(path)

    def close(self) -> None:
        """Forget the file without saving."""
        self.app.files.remove(self)


class Sheets(xw.Sheets):  # type: ignore[misc]
    """The sheets of one workbook."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def api(self) -> Any:
        """Openpyxl's sheets."""
        return self.book.file.worksheets

    @property
    def active(self) -> Sheet:
        """The sheet in front."""
        return Sheet(self.book, self.book.file.active)

    def __call__(self, name_or_index: str | int) -> Sheet:
        """Return a sheet by name or number."""
        if isinstance(name_or_index, int):
            return Sheet(self.book, self.api[name_or_index - 1])
        for sheet in self.api:
            if sheet.title.lower() == name_or_index.lower():
                return Sheet(self.book, sheet)
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self.api)

    def __iter__(self) -> Iterator[Sheet]:
        return iter([Sheet(self.book, sheet) for sheet in self.api])

    def __contains__(self, key: str | int) -> bool:
        if isinstance(key, int):
            return 1 <= key <= len(self)
        return key.lower() in (sheet.title.lower() for sheet in self.api)

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """Add a sheet."""
        if self.book.structure_locked:
            raise EngineError(Refusal.LOCKED_STRUCTURE, book=self.book.name)
        index = before.index - 1 if before else (after.index if after else self.active.index - 1)
        for file in {id(file): file for file in (self.book.file, self.book.values)}.values():
            made = file.create_sheet(name, index)
        return self(made.title)


class Sheet(xw.Sheet):  # type: ignore[misc]
    """One sheet."""

    book: Any = None

    def __init__(self, book: Book, file: Any) -> None:
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
        if self.book.structure_locked:
            raise EngineError(Refusal.LOCKED_STRUCTURE, book=self.book.name)
        old = self.name
        for file in (self.book.file, self.book.values):
            if old in file.sheetnames:
                file[old].title = value

    @property
    def index(self) -> int:
        """The sheet's place, from 1."""
        return int(self.book.file.index(self.file)) + 1

    def cell(self, row: int, column: int) -> Any:
        """Return openpyxl's cell."""
        return self.file.cell(row, column)

    def value(self, row: int, column: int) -> Any:
        """Return what a cell shows: of a formula, what it came to when the file was last calculated."""
        cell = self.cell(row, column)
        if cell.data_type != "f":
            return plain(cell.value)
        return (
            plain(self.book.values[self.name].cell(row, column).value)
            if self.book.values is not self.book.file
            else None
        )

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
        if cell.hyperlink is not None:
            cell.hyperlink = None

    def range(self, first: Any, second: Any = None) -> Range:
        """Return a range by address, by row and column, or by a defined name."""
        try:
            return Range(self, *area_of(first, second))
        except ValueError:
            if second is not None:
                raise
        found: Range = self.book.names(first).refers_to_range
        return found

    @property
    def used_range(self) -> Range:
        """The cells up to the last one that holds something."""
        filled = [(cell.row, cell.column) for row in self.file.iter_rows() for cell in row if cell.value is not None]
        last = [max(numbers) for numbers in zip(*filled, strict=True)] or [1, 1]
        return Range(self, 1, 1, last[0], last[1])

    @property
    def notes(self) -> list[Any]:
        """The notes of the sheet."""
        cells = (cell for row in self.file.iter_rows() for cell in row if cell.comment)
        return [Range(self, cell.row, cell.column, 1, 1).note for cell in cells]

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
    def selection(self) -> Range:
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

    def clear_contents(self) -> None:
        """Empty all cells."""
        self.used_range.clear_contents()

    def clear(self) -> None:
        """Empty all cells and remove their formatting."""
        self.used_range.clear()

    def delete(self) -> None:
        """Delete the sheet."""
        if self.book.structure_locked:
            raise EngineError(Refusal.LOCKED_STRUCTURE, book=self.book.name)
        name = self.name
        for file in {id(file): file for file in (self.book.file, self.book.values)}.values():
            file.remove(file[name])


class PageSetup(xw.PageSetup):  # type: ignore[misc]
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
        return str(self.sheet.file.print_area).rpartition("!")[2] or None

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        self.sheet.file.print_area = value


class Names(xw.Names):  # type: ignore[misc]
    """The names of a workbook."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def api(self) -> Any:
        """Openpyxl's defined names."""
        return self.book.file.defined_names

    def all(self) -> list[Name]:
        """Return every name."""
        return [Name(self.book, name) for name in self.api]

    def snapshot(self) -> list[tuple[str, Name]]:
        """Return every name with its object."""
        return [(name, Name(self.book, name)) for name in self.api]

    def __len__(self) -> int:
        return len(self.api)

    def __call__(self, name_or_index: str | int) -> Name:
        """Return a name by itself or by number."""
        if isinstance(name_or_index, int):
            return self.all()[name_or_index - 1]
        if name_or_index not in self.api:
            raise KeyError(name_or_index)
        return Name(self.book, name_or_index)

    def contains(self, name_or_index: str | int) -> bool:
        """Return whether there is such a name."""
        return 1 <= name_or_index <= len(self) if isinstance(name_or_index, int) else name_or_index in self.api

    def add(self, name: str, refers_to: str) -> Name:
        """Define a name for cells, a constant or a formula."""
        from openpyxl.workbook.defined_name import DefinedName

        self.api[name] = DefinedName(name, attr_text=refers_to.removeprefix("="))
        return Name(self.book, name)


class Name(xw.Name):  # type: ignore[misc]
    """One defined name."""

    def __init__(self, book: Book, name: str) -> None:
        self.book, self._name = book, name

    @property
    def api(self) -> Any:
        """Openpyxl's defined name."""
        return self.book.file.defined_names[self._name]

    @property
    def name(self) -> str:
        """The name."""
        return self._name

    @property
    def refers_to(self) -> str:
        """What the name stands for."""
        return f"={self.api.attr_text}"

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self.api.attr_text = value.removeprefix("=")

    @property
    def refers_to_range(self) -> Range:
        """The range that the name stands for; KeyError when it stands for none."""
        try:
            ((sheet, address),) = self.api.destinations
        except ValueError:
            raise KeyError(self._name) from None
        return Sheet(self.book, self.book.file[sheet]).range(address)

    def stands_for(self, area: Range) -> bool:
        """Return whether the name stands for exactly this range."""
        sheet, _, address = self.refers_to.removeprefix("=").rpartition("!")
        return address == area.address and sheet in (area.sheet.name, f"'{area.sheet.name}'", quoted(area.sheet.name))

    def delete(self) -> None:
        """Remove the name."""
        del self.book.file.defined_names[self._name]
