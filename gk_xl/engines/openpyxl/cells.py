"""The values and formulas of a closed .xlsx file's cells, through openpyxl."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from gk_xl.engines.core.addresses import area_of
from gk_xl.engines.core.blocks import BlockRange
from gk_xl.engines.core.errors import EngineError, Refusal
from gk_xl.engines.core.values import CellError, Matrix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.engines.openpyxl.kinds import FileSheet


class Cells(BlockRange):
    """A rectangle of cells in a closed file: what they hold."""

    sheet: FileSheet

    def each(self) -> Iterator[Any]:
        """Yield openpyxl's cells, row by row."""
        rows, columns = self.shape
        for row in range(self.row, self.row + rows):
            for column in range(self.column, self.column + columns):
                yield self.sheet.cell(row, column)

    @property
    def first(self) -> Any:
        """Openpyxl's first cell."""
        return self.sheet.cell(self.row, self.column)

    @property
    def api(self) -> Any:
        """Openpyxl's cells, in rows."""
        rows, columns = self.shape
        bounds = {
            "min_row": self.row,
            "max_row": self.row + rows - 1,
            "min_col": self.column,
            "max_col": self.column + columns - 1,
        }
        return list(self.sheet.file.iter_rows(**bounds))

    # protection -------------------------------------------------------------------------------------------

    def allow_values(self) -> None:
        """Raise EngineError when the sheet is protected and a cell of the range is locked."""
        if self.sheet.protected and any(cell.protection.locked for cell in self.each()):
            raise EngineError(Refusal.LOCKED_CELL, sheet=self.sheet.name, address=self.get_address(False, False, False))

    def allow_formats(self) -> None:
        """Raise EngineError when the sheet is protected: Excel refuses looks, notes and links there for every cell."""
        if self.sheet.protected:
            raise EngineError(
                Refusal.LOCKED_LOOKS, sheet=self.sheet.name, address=self.get_address(False, False, False)
            )

    # values -----------------------------------------------------------------------------------------------

    def read(self) -> Matrix:
        """Return the values; of a formula, the value it had when an application last saved the file."""
        there, value = self.sheet.file._cells, self.sheet.value  # noqa: SLF001 - nearly all of a block is blank
        rows, columns = (range(at, at + size) for at, size in zip((self.row, self.column), self.shape, strict=True))
        return [[value(row, column) if (row, column) in there else None for column in columns] for row in rows]

    def write(self, values: Matrix) -> None:
        """Write values; a text that begins with ``=`` is a formula, one that begins with ``'`` a text without it."""
        self.allow_values()
        for r, row in enumerate(values):
            for c, value in enumerate(row):
                self.sheet.put(self.row + r, self.column + c, value)

    def read_formulas(self) -> list[list[str]]:
        """Return the formulas as the file holds them."""
        rows, columns = self.shape
        cells = [[self.sheet.held(self.row + r, self.column + c) for c in range(columns)] for r in range(rows)]
        return [[filled_with(self.sheet.filled(cell) if cell else None) for cell in row] for row in cells]

    def read_texts(self) -> list[list[str]]:
        """Return what the cells show, as far as a closed file says: numbers and dates without their formats."""
        return [[filled_with(value) for value in row] for row in self.read()]

    @property
    def has_array(self) -> bool:
        """Whether the range lies in one array formula."""
        return self._array is not None

    @property
    def _array(self) -> Any:
        """Openpyxl's array formula that holds the whole range; None without one."""
        for place, reference in self.sheet.file.array_formulae.items():
            row, column, rows, columns = area_of(reference)
            inside = row <= self.row and self.row + self.shape[0] <= row + rows
            if inside and column <= self.column and self.column + self.shape[1] <= column + columns:
                return self.sheet.file[place].value
        return None

    @property
    def formula_array(self) -> str:
        """The formula that fills the range as one array; that of the first cell where it is no array."""
        return str(self._array.text) if self.has_array else filled_with(self.sheet.filled(self.first))

    @formula_array.setter
    def formula_array(self, value: Any) -> None:
        from openpyxl.worksheet.formula import ArrayFormula

        self.allow_values()
        text = value if str(value).startswith("=") else f"={value}"
        self.first.value = ArrayFormula(self.get_address(False, False, False), text)


def filled_with(value: Any) -> str:
    """Return what a cell was filled with as a text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.isoformat(" ")
    return str(getattr(value, "text", value))  # an array formula keeps its text inside


def plain(value: Any) -> Any:
    """Return what openpyxl read as a range holds it."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time())
    if isinstance(value, str) and value in ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"):
        return CellError(value)
    return None if value == "" else value
