"""What follows for every engine from reading and writing a block: addresses, shapes, steps, regions."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

from gk_xl.engines.core.addresses import COLUMNS, ROWS, column_letters
from gk_xl.engines.core.base_classes import xw
from gk_xl.engines.core.values import Matrix, clean_value

DIRECTIONS = {"d": (1, 0), "down": (1, 0), "u": (-1, 0), "up": (-1, 0), "l": (0, -1), "left": (0, -1), "r": (0, 1), "right": (0, 1)}  # fmt: skip


class BlockEngine:
    """What xlwings asks of an engine besides its applications."""

    type = "desktop"

    @staticmethod
    def clean_value_data(
        data: Matrix, datetime_builder: Any, empty_as: Any, number_builder: Any, err_to_str: bool
    ) -> Matrix:
        """Return values read from a range as xlwings' converters expect them."""
        return [
            [clean_value(value, datetime_builder, empty_as, number_builder, err_to_str) for value in row]
            for row in data
        ]

    @staticmethod
    def prepare_xl_data_element(value: Any, _options: Any) -> Any:
        """Return one value of a converter as ``raw_value`` accepts it: None for what is missing, plain Python numbers."""
        if value is None or type(value).__name__ in ("NaTType", "NAType"):
            return None
        if isinstance(value, float):
            return None if math.isnan(value) else float(value)
        if isinstance(value, str):
            return value or None
        if isinstance(value, bool | int | dt.datetime):
            return value.to_pydatetime() if hasattr(value, "to_pydatetime") else value
        if isinstance(value, dt.date):
            return dt.datetime.combine(value, dt.time())
        if hasattr(value, "item"):  # a number of numpy's
            return BlockEngine.prepare_xl_data_element(value.item(), None)
        return value


class BlockRange(xw.Range):  # type: ignore[misc]
    """A rectangle of cells. Subclasses read and write blocks; addresses, shapes and steps are the same everywhere."""

    max_cells_per_read: int | None = None
    max_cells_per_write: int | None = None
    has_array = False
    table = None
    sheet: Any = None  # xlwings' base class has read-only properties of these names
    row: int = 1
    column: int = 1
    shape: tuple[int, int] = (1, 1)

    def __init__(self, sheet: Any, row: int, column: int, rows: int, columns: int) -> None:
        self.sheet, self.row, self.column, self.shape = sheet, row, column, (rows, columns)
        self.options: dict[str, Any] = {}

    # what a subclass provides -------------------------------------------------------------------------------

    def read(self) -> Matrix:
        """Return the values, row by row: float, str, bool, datetime, CellError or None."""
        raise NotImplementedError

    def write(self, values: Matrix) -> None:
        """Write values of this range's shape; EngineError when a cell is locked."""
        raise NotImplementedError

    def read_formulas(self) -> list[list[str]]:
        """Return the formulas in Excel's notation; a constant as its text, a blank as an empty string."""
        raise NotImplementedError

    # what follows from it -----------------------------------------------------------------------------------

    def at(self, row: int, column: int, rows: int = 1, columns: int = 1) -> BlockRange:
        """Return a range of the same sheet."""
        return type(self)(self.sheet, row, column, rows, columns)

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> BlockRange:
        """Return a cell counted from this range's first: by row and column, or by its number along the rows."""
        if column is None:
            down, right = divmod(row - 1, self.shape[1])
            return self.at(self.row + down, self.column + right)
        return self.at(self.row + row - 1, self.column + column - 1)

    @property
    def coords(self) -> tuple[Any, int, int, int, int]:
        """Sheet, row, column, rows and columns."""
        return (self.sheet, self.row, self.column, *self.shape)

    @property
    def address(self) -> str:
        """The absolute address without the sheet."""
        return self.get_address(row_absolute=True, col_absolute=True, external=False)

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        """Return the address with or without ``$``, with book and sheet when ``external``."""

        def cell(row: int, column: int) -> str:
            return f"{'$' * col_absolute}{column_letters(column)}{'$' * row_absolute}{row}"

        text = cell(self.row, self.column)
        if len(self) > 1:
            text += ":" + cell(self.row + self.shape[0] - 1, self.column + self.shape[1] - 1)
        if not external:
            return text
        place = f"[{self.sheet.book.name}]{self.sheet.name}"
        quoted = (
            place
            if place.isascii() and place.replace("[", "").replace("]", "").replace(".", "").isalnum()
            else f"'{place}'"
        )
        return f"{quoted}!{text}"

    @property
    def raw_value(self) -> Matrix:
        """The values, row by row."""
        return self.read()

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        self.write(self.matrix(data))

    def matrix(self, data: Any) -> Matrix:
        """Return data in this range's shape: one value fills it, a single row or column is taken as it lies."""
        rows, columns = self.shape
        if not isinstance(data, list | tuple):
            return [[data] * columns for _ in range(rows)]
        lists = [list(row) if isinstance(row, list | tuple) else [row] for row in data]
        if rows == 1 and len(lists) == columns and all(len(row) == 1 for row in lists):
            lists = [[row[0] for row in lists]]
        if len(lists) != rows or any(len(row) != columns for row in lists):
            raise ValueError(f"a block of {len(lists)} rows does not fit {self.address}")
        return lists

    @property
    def formula(self) -> Any:
        """The formula of one cell, or of each cell as a tuple of rows."""
        formulas = self.read_formulas()
        return formulas[0][0] if len(self) == 1 else tuple(map(tuple, formulas))

    @formula.setter
    def formula(self, value: Any) -> None:
        self.write(self.matrix(value))

    formula2 = formula

    def clear_contents(self) -> None:
        """Empty the cells, keeping how they look."""
        self.write([[None] * self.shape[1] for _ in range(self.shape[0])])

    def end(self, direction: str) -> BlockRange:
        """Return the cell that Ctrl+arrow leads to from this range's first cell."""
        down, right = DIRECTIONS[direction]
        used = self.sheet.used_range
        last_row = max(used.row + used.shape[0] - 1, self.row)
        last_column = max(used.column + used.shape[1] - 1, self.column)
        if down:
            line = [row[0] for row in self.at(1, self.column, last_row, 1).read()]
            here = self.row - 1
        else:
            line = self.at(self.row, 1, 1, last_column).read()[0]
            here = self.column - 1
        found = _jump([value not in (None, "") for value in line], here, down or right)
        edge = 1 if (down or right) < 0 else (ROWS if down else COLUMNS)
        target = edge if found is None else found + 1
        return self.at(target, self.column) if down else self.at(self.row, target)

    @property
    def current_region(self) -> BlockRange:
        """The block around the first cell that blank rows and columns bound."""
        used = self.sheet.used_range
        bottom, right = used.row + used.shape[0], used.column + used.shape[1]
        full = [[value not in (None, "") for value in row] for row in self.at(1, 1, bottom, right).read()]
        top, left, last_row, last_column = self.row, self.column, self.row, self.column
        while True:
            area = (top, left, last_row, last_column)
            rows = range(max(1, top - 1), min(bottom, last_row + 1) + 1)
            columns = range(max(1, left - 1), min(right, last_column + 1) + 1)
            filled = [(r, c) for r in rows for c in columns if full[r - 1][c - 1]]
            top, last_row = min([top, *(r for r, _ in filled)]), max([last_row, *(r for r, _ in filled)])
            left, last_column = min([left, *(c for _, c in filled)]), max([last_column, *(c for _, c in filled)])
            if (top, left, last_row, last_column) == area:
                return self.at(top, left, last_row - top + 1, last_column - left + 1)

    def select(self) -> None:
        """Select the range in its window."""
        self.sheet.select_range(self)


def _jump(filled: list[bool], here: int, step: int) -> int | None:
    """Return where Ctrl+arrow stops along a line; None at the edge of the sheet."""
    at = here + step
    if not 0 <= at < len(filled):
        return None
    if filled[here] and filled[at]:
        while 0 <= at + step < len(filled) and filled[at + step]:
            at += step
        return at
    while 0 <= at < len(filled):
        if filled[at]:
            return at
        at += step
    return None
