"""What follows for every engine from reading and writing a block: addresses, shapes, steps, regions."""

from __future__ import annotations

import datetime as dt
import math
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Self

from gk_xl.engines.core.addresses import COLUMNS, ROWS, column_letters
from gk_xl.engines.core.refused import Lacking, Refused
from gk_xl.engines.core.searching import contents, entered, find, pattern_of, rectangles, special, without_doubles
from gk_xl.engines.core.values import Matrix, clean_value

if TYPE_CHECKING:
    from collections.abc import Sequence

DIRECTIONS = {"d": (1, 0), "down": (1, 0), "u": (-1, 0), "up": (-1, 0), "l": (0, -1), "left": (0, -1), "r": (0, 1), "right": (0, 1)}  # fmt: skip

EXPANSIONS = {
    "table": (True, True),
    **dict.fromkeys(("vertical", "down", "d"), (True, False)),
    **dict.fromkeys(("horizontal", "right", "r"), (False, True)),
}


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


class BlockRange(ABC):
    """A rectangle of cells. Subclasses read and write blocks; addresses, shapes and steps are the same everywhere."""

    max_cells_per_read: int | None = None
    max_cells_per_write: int | None = None
    has_array: Any = False
    color: Any = None
    table = Lacking(None)
    arg1_input = ""  # an address that stands for whole rows or columns, as it was asked for

    autofilter = Refused()
    comment = Refused()
    add_comment = Refused()
    conditional_formats = Refused()

    def __init__(self, sheet: Any, row: int, column: int, rows: int, columns: int) -> None:
        self.sheet, self.row, self.column, self.shape = sheet, row, column, (rows, columns)
        self.options: dict[str, Any] = {}

    # what a subclass provides -------------------------------------------------------------------------------

    @abstractmethod
    def read(self) -> Matrix:
        """Return the values, row by row: float, str, bool, datetime, CellError or None."""

    @abstractmethod
    def write(self, values: Matrix) -> None:
        """Write values of this range's shape; EngineError when a cell is locked."""

    @abstractmethod
    def read_formulas(self) -> list[list[str]]:
        """Return the formulas in Excel's notation; a constant as its text, a blank as an empty string."""

    @abstractmethod
    def read_texts(self) -> list[list[str]]:
        """Return what the cells show."""

    @abstractmethod
    def allow_values(self) -> None:
        """Raise EngineError when a cell of the range is locked."""

    @abstractmethod
    def visible_lines(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Return the runs of rows and of columns that are not hidden: the first, and how many."""

    @abstractmethod
    def line_hidden(self, number: int, *, row: bool) -> bool:
        """Return whether a row or column of the sheet is hidden."""

    @abstractmethod
    def hide_lines(self, *, hidden: bool, rows: bool) -> None:
        """Hide the rows or the columns of the range, or show them."""

    # what follows from it -----------------------------------------------------------------------------------

    def at(self, row: int, column: int, rows: int = 1, columns: int = 1) -> Self:
        """Return a range of the same sheet."""
        return type(self)(self.sheet, row, column, rows, columns)

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> Self:
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

    @property
    def formula2(self) -> Any:
        """The formula; what tells dynamic arrays from others in Excel is one notation here."""
        return self.formula

    @formula2.setter
    def formula2(self, value: Any) -> None:
        self.formula = value

    def clear_contents(self) -> None:
        """Empty the cells, keeping how they look."""
        self.allow_values()
        area = self.in_use()
        if area is not None:
            area.write([[None] * area.shape[1] for _ in range(area.shape[0])])

    def end(self, direction: str) -> Self:
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
    def current_region(self) -> Self:
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

    def get_async_pipeline_overrides(self, _options: Any) -> dict[Any, Any]:
        """Return that values are converted, awaited or not, by the same steps."""
        return {}

    def expand(self, mode: Any = "table") -> Self:
        """Return the range up to the first blank cell downwards, to the right, or both ways from the first cell."""
        if not isinstance(mode, str):  # an expander of the program's own
            import xlwings

            grown: Self = mode.expand(xlwings.Range(impl=self)).impl
            return grown
        if mode not in EXPANSIONS:
            raise ValueError(f"no such way to expand: {mode}")
        down, right = EXPANSIONS[mode]
        rows = self._filled_to("down") if down else self.shape[0]
        return self.at(self.row, self.column, rows, self._filled_to("right") if right else self.shape[1])

    def _filled_to(self, direction: str) -> int:
        """Return how many cells from the first on are filled without a gap; 1 at least, whatever the first holds."""
        step = (1, 0) if direction == "down" else (0, 1)
        line = [self.at(self.row + n * step[0], self.column + n * step[1]) for n in (1, 2)]
        for number, cell in enumerate(line, start=1):
            if cell.read()[0][0] in (None, ""):
                return number
        end = line[0].end(direction)
        return end.row - self.row + 1 if direction == "down" else end.column - self.column + 1

    def find(self, text: str, whole: bool, direction: str, order: str, match_case: bool) -> Self | None:
        """Return the first cell, or the last when backward, that shows a text; None without one."""
        pattern, area = pattern_of(text, whole=whole, match_case=match_case), self.in_use()
        if area is None:
            return None
        spot = find(area, pattern, backward=direction == "backward", by_columns=order == "columns")
        return None if spot is None else self.at(area.row + spot[0], area.column + spot[1])

    def replace_all(self, old: str, new: str, whole: bool, match_case: bool) -> None:
        """Replace a text in formulas and constants; what comes of it is entered as if typed."""
        pattern, area = pattern_of(old, whole=whole, match_case=match_case), self.in_use()
        for r, row in enumerate(area.read_formulas() if area else []):
            for c, text in enumerate(row):
                changed = pattern.sub(lambda _: new, text)
                if area and changed != text:
                    area.at(area.row + r, area.column + c).write([[entered(changed)]])

    def get_special_cells(self, cell_type: str, value_type: str | None) -> list[Self]:
        """Return the blocks of cells that are ``blanks``, ``constants``, ``formulas`` (of a kind of value) or ``visible``."""
        if cell_type == "visible":
            rows, columns = self.visible_lines()
            return [self.at(row, column, down, right) for row, down in rows for column, right in columns]
        area = self.in_use()
        found = rectangles(special(area, cell_type, value_type)) if area else []
        return [self.at(area.row + r, area.column + c, *size) for r, c, *size in found if area]

    def in_use(self) -> Self | None:
        """Return the part of the range that lies where the sheet is in use: whole columns are long; None without one."""
        used = self.sheet.used_range
        top, left = max(self.row, used.row), max(self.column, used.column)
        bottom = min(self.row + self.shape[0], used.row + used.shape[0])
        right = min(self.column + self.shape[1], used.column + used.shape[1])
        return self.at(top, left, bottom - top, right - left) if top < bottom and left < right else None

    def remove_duplicates(self, columns: Sequence[int], has_headers: bool) -> None:
        """Keep the first of the rows that are alike in some columns, counted from 1, and move the rest up."""
        area = self.in_use()
        if area is not None:
            kept = without_doubles(area.read()[has_headers:], columns)
            filled = contents(area)
            rows = filled[:has_headers] + [filled[number + has_headers] for number in kept]
            area.write(rows + [[None] * area.shape[1] for _ in range(area.shape[0] - len(rows))])

    def set_colors(self, colors: Sequence[Sequence[Any]]) -> None:
        """Fill each cell with its colour; ``...`` leaves a cell as it is."""
        for r, row in enumerate(colors):
            for c, colour in enumerate(row):
                if colour is not ...:
                    self.at(self.row + r, self.column + c).color = colour

    @property
    def row_hidden(self) -> bool | None:
        """Whether the rows are hidden; None where they differ."""
        found = {self.line_hidden(self.row + number, row=True) for number in range(self.shape[0])}
        return found.pop() if len(found) == 1 else None

    @row_hidden.setter
    def row_hidden(self, value: Any) -> None:
        self.hide_lines(hidden=bool(value), rows=True)

    @property
    def column_hidden(self) -> bool | None:
        """Whether the columns are hidden; None where they differ."""
        found = {self.line_hidden(self.column + number, row=False) for number in range(self.shape[1])}
        return found.pop() if len(found) == 1 else None

    @column_hidden.setter
    def column_hidden(self, value: Any) -> None:
        self.hide_lines(hidden=bool(value), rows=False)

    @property
    def rows(self) -> Self:
        """The range, to be gone through row by row."""
        return self

    @property
    def columns(self) -> Self:
        """The range, to be gone through column by column."""
        return self

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
