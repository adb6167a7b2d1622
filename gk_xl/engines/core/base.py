"""What both engines share: xlwings' base classes, addresses, shapes, colours, and the refusals of protected sheets.

Inside LibreOffice's own Python there is no xlwings; the engine's objects then stand alone, and
:mod:`gk_xl.engines.face` gives them the face that the buttons know.
"""

from __future__ import annotations

import datetime as dt
import importlib
import math
import re
from types import SimpleNamespace
from typing import Any

from gk_xl.errors import HostError
from gk_xl.workbook.layout import column_letters, parse_address

_NAMES = (
    "Apps",
    "App",
    "Books",
    "Book",
    "Sheets",
    "Sheet",
    "Range",
    "Font",
    "Note",
    "Names",
    "Name",
    "Borders",
    "PageSetup",
)
xw: Any
try:
    xw = importlib.import_module("xlwings.base_classes")
except ImportError:
    xw = SimpleNamespace(**dict.fromkeys(_NAMES, object))

ROWS, COLUMNS = 1_048_576, 16_384
DIRECTIONS = {"d": (1, 0), "down": (1, 0), "u": (-1, 0), "up": (-1, 0), "l": (0, -1), "left": (0, -1), "r": (0, 1), "right": (0, 1)}  # fmt: skip
Matrix = list[list[Any]]
_PLAIN = re.compile(r"^\w+$")
UNPROTECT = "请先撤销工作表保护（“审阅”→“撤销工作表保护”）再试。"


def quoted(sheet: str) -> str:
    """Return a sheet's name as a formula of Excel writes it."""
    return sheet if _PLAIN.match(sheet) and not sheet[0].isdigit() else "'" + sheet.replace("'", "''") + "'"


def locked(sheet: str, address: str) -> HostError:
    """Return the refusal to change a locked cell."""
    return HostError(f"工作表“{sheet}”的 {address} 是锁定的格子，不能改。{UNPROTECT}")


def no_format(sheet: str, address: str) -> HostError:
    """Return the refusal to change looks, notes or links on a protected sheet."""
    return HostError(f"工作表“{sheet}”有保护，{address} 的颜色、批注和链接不能改。{UNPROTECT}")


def fixed_structure(book: str) -> HostError:
    """Return the refusal to add, delete, rename or move a sheet of a workbook whose structure is locked."""
    return HostError(
        f"工作簿“{book}”的结构有保护，不能增删或改名工作表。请先撤销工作簿保护（“审阅”→“保护工作簿”）再试。"
    )


def to_rgb(colour: Any) -> tuple[int, int, int] | None:
    """Return red, green, blue of what xlwings accepts as a colour: a triple, ``#rrggbb``, or Excel's number."""
    if colour is None:
        return None
    if isinstance(colour, str):
        digits = colour.removeprefix("#")
        return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
    if isinstance(colour, int):
        return colour % 256, colour // 256 % 256, colour // 65536 % 256
    red, green, blue = colour
    return int(red), int(green), int(blue)


def area_of(first: Any, second: Any = None) -> tuple[int, int, int, int]:
    """Return row, column, rows and columns of what ``Sheet.range`` accepts, except a defined name (ValueError)."""
    if isinstance(first, BlockRange):
        first = (first.row, first.column, *first.shape)
    elif isinstance(first, int) and isinstance(second, int):
        first, second = (first, second), None
    if isinstance(first, tuple):
        if 0 in first[:2]:
            raise IndexError("xlwings ranges are 1-based")
        area = (*first, 1, 1) if len(first) == 2 else first
    else:
        area = _parse(str(first))
    if second is None:
        return area
    other = area_of(second)
    top, left = min(area[0], other[0]), min(area[1], other[1])
    bottom = max(area[0] + area[2], other[0] + other[2])
    right = max(area[1] + area[3], other[1] + other[3])
    return top, left, bottom - top, right - left


def _parse(text: str) -> tuple[int, int, int, int]:
    first, _, last = text.upper().partition(":")
    row, column = parse_address(first)
    if not last:
        return row, column, 1, 1
    bottom, right = parse_address(last)
    top, left = min(row, bottom), min(column, right)
    return top, left, max(row, bottom) - top + 1, max(column, right) - left + 1


def clean_value(value: Any, datetime_builder: Any, empty_as: Any, number_builder: Any, err_to_str: bool) -> Any:
    """Return one value as xlwings' converters hand it on."""
    if value is None or value == "":
        return empty_as
    if isinstance(value, dt.datetime):
        parts = {
            name: getattr(value, name) for name in ("year", "month", "day", "hour", "minute", "second", "microsecond")
        }
        return datetime_builder(**parts, tzinfo=None)
    if isinstance(value, CellError):
        return str(value) if err_to_str else None
    if isinstance(value, float) and number_builder is not None:
        return number_builder(value)
    return value


class CellError(str):
    """An error that a formula came to, such as ``#DIV/0!``; xlwings reads it as None unless ``err_to_str`` is asked for."""

    __slots__ = ()


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
        """Write values of this range's shape; HostError when a cell is locked."""
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
