"""The cells of the double: what each holds, how it looks, whether it is locked, its note and link.

They come from a workbook that was built here, read with openpyxl: formulas as they are, with the values they had.
"""

from __future__ import annotations

import datetime as dt
import io
import pickle
import re
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from itertools import product
from typing import Any

import openpyxl
from openpyxl.cell.cell import MergedCell

from tests.doubles.excel.conditions import Held, held_by
from tests.doubles.excel.typed import EPOCH, GENERAL, TEXT, ErrorValue, entered

_CURRENCY = re.compile(r"[¥￥$€]|_ \*|\[\$")
_SHOWN = re.compile(r'"[^"]*"|\\.|\[(?!h|m|s)[^]]*\]')
VALIDATIONS = {None: 0, "none": 0, "whole": 1, "decimal": 2, "list": 3, "date": 4}  # XlDVType
XL_NONE = -4142


@dataclass
class Cell:
    """One cell. ``value`` is None, str, float, bool or ErrorValue; a date is the number of its days."""

    value: Any = None
    formula: str = ""
    format: str = GENERAL
    locked: bool = True
    note: str | None = None
    note_size: tuple[float, float] = (100.0, 60.0)
    link: tuple[str, str, str] | None = None
    looks: dict[str, Any] = field(default_factory=dict)

    @property
    def is_date(self) -> bool:
        """Whether the number is shown as a date or a time."""
        return any(letter in "ymdhs" for letter in _SHOWN.sub("", self.format.lower()).replace("general", ""))

    def variant(self, *, second: bool = False) -> Any:
        """Return what ``Value`` gives, or ``Value2``, which knows neither currency nor dates."""
        if isinstance(self.value, ErrorValue):
            return self.value.variant
        if not isinstance(self.value, float) or second:
            return self.value
        if _CURRENCY.search(self.format):
            return Decimal(repr(self.value)).quantize(Decimal("0.0001"), ROUND_HALF_EVEN)
        if self.is_date:
            return (EPOCH + dt.timedelta(days=self.value)).replace(tzinfo=dt.UTC)
        return self.value

    def text(self) -> str:
        """Return what ``Formula`` gives."""
        if self.formula:
            return self.formula
        if self.value is None:
            return ""
        if isinstance(self.value, bool):
            return str(self.value).upper()
        return f"{self.value:.15g}" if isinstance(self.value, float) else str(self.value)

    def enter(self, value: Any) -> None:
        """Take a value as Excel takes it: a text as if typed, money as money, a time as a date."""
        self.formula = ""
        if isinstance(value, str) and self.format != TEXT and value.startswith("=") and len(value) > 1:
            self.formula, self.value = value, 0.0
        elif isinstance(value, str) and value.startswith("'"):
            self.value = value[1:]
        elif isinstance(value, str) and self.format != TEXT:
            self.value, form = entered(value) if value else (None, None)
            self.reformat(form)
        elif isinstance(value, Decimal):
            self.value = float(round(value, 2))
            self.reformat('"¥"#,##0.00')
        elif isinstance(value, dt.datetime):
            self.value = (value.replace(tzinfo=None) - EPOCH) / dt.timedelta(days=1)
            if not self.is_date:
                self.format = "yyyy/m/d h:mm"
        elif isinstance(value, int) and not isinstance(value, bool):
            self.value = float(value)
        else:
            self.value = value or None if isinstance(value, str) else value

    def reformat(self, form: str | None) -> None:
        """Take the format that comes with what was typed, where there is none yet."""
        if form is not None and self.format == GENERAL:
            self.format = form


@dataclass
class Grid:
    """One sheet: its cells by row and column, its protection, merges, heights."""

    title: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    protected: bool = False
    allowed: dict[str, bool] = field(default_factory=dict)
    password: str = ""
    merges: list[str] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    print_area: str = ""
    visible: int = -1
    calculated: int = 0
    open_columns: frozenset[int] = frozenset()
    conditions: list[Held] = field(default_factory=list)

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell, made as its column is when nothing has been said of it yet."""
        if (row, column) not in self.cells:
            self.cells[row, column] = Cell(locked=column not in self.open_columns)
        return self.cells[row, column]


ALLOWED = {
    "AllowFormattingCells": "formatCells", "AllowFormattingColumns": "formatColumns", "AllowFormattingRows": "formatRows",
    "AllowInsertingColumns": "insertColumns", "AllowInsertingRows": "insertRows",
    "AllowInsertingHyperlinks": "insertHyperlinks", "AllowDeletingColumns": "deleteColumns",
    "AllowDeletingRows": "deleteRows", "AllowSorting": "sort", "AllowFiltering": "autoFilter",
    "AllowUsingPivotTables": "pivotTables",
}  # fmt: skip


def copy_of(data: bytes, sheets: list[Grid]) -> bytes:
    """Return a workbook as a copy on the disk holds it: what the file had, with what is in its cells now."""
    book, target = openpyxl.load_workbook(io.BytesIO(data)), io.BytesIO()
    for grid in sheets:
        for (row, column), cell in grid.cells.items():
            held = book[grid.title].cell(row, column)
            if not isinstance(held, MergedCell):
                held.value = cell.formula or (None if isinstance(cell.value, ErrorValue) else cell.value)
    book.save(target)
    return target.getvalue()


def grids(data: bytes) -> tuple[list[Grid], dict[str, str], bool]:
    """Return the sheets of a workbook, its defined names, and whether its structure is locked; the caller's own."""
    kept: tuple[list[Grid], dict[str, str], bool] = pickle.loads(_kept(data))
    return kept


@lru_cache(maxsize=32)
def _kept(data: bytes) -> bytes:
    """Return what :func:`grids` gives, pickled: a test that opens the same workbook again gets a copy."""
    formulas, values = (openpyxl.load_workbook(io.BytesIO(data), data_only=plain) for plain in (False, True))
    sheets = [_grid(sheet, values[sheet.title]) for sheet in formulas.worksheets]
    names = {name: f"={item.attr_text}" for name, item in formulas.defined_names.items()}
    return pickle.dumps((sheets, names, bool(formulas.security and formulas.security.lockStructure)))


def _grid(sheet: Any, values: Any) -> Grid:
    protection = sheet.protection
    allowed = {name: not getattr(protection, key) for name, key in ALLOWED.items()}
    grid = Grid(sheet.title, protected=bool(protection.sheet), allowed=allowed, print_area=sheet.print_area or "")
    grid.merges = [str(area) for area in sheet.merged_cells.ranges]
    grid.visible = {"visible": -1, "hidden": 0, "veryHidden": 2}[sheet.sheet_state]
    grid.conditions = held_by(sheet)
    grid.open_columns = frozenset(
        column
        for held in sheet.column_dimensions.values()
        if held.has_style and not held.protection.locked
        for column in range(held.min, held.max + 1)
    )
    for row, dimension in sheet.row_dimensions.items():
        if dimension.height:
            grid.heights[row] = dimension.height
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None or cell.has_style or cell.comment:
                grid.cells[cell.row, cell.column] = _cell(cell, values.cell(cell.row, cell.column).value)
    for area in sheet.merged_cells.ranges:  # openpyxl drops the looks of what a merged cell covers
        for place in product(range(area.min_row, area.max_row + 1), range(area.min_col, area.max_col + 1)):
            grid.cell(*place).locked = grid.cell(area.min_row, area.min_col).locked
    _validate(sheet, grid)
    return grid


def _validate(sheet: Any, grid: Grid) -> None:
    """Put what may be typed on the cells."""
    for rule in sheet.data_validations.dataValidation:
        said = {
            "Type": VALIDATIONS[rule.type], "InputTitle": rule.promptTitle or "", "InputMessage": rule.prompt or "",
            "ErrorTitle": rule.errorTitle or "", "ErrorMessage": rule.error or "", "Formula1": rule.formula1 or "",
        }  # fmt: skip
        for area in rule.sqref.ranges:
            for place in product(range(area.min_row, area.max_row + 1), range(area.min_col, area.max_col + 1)):
                grid.cell(*place).looks |= {f"Validation.{key}": value for key, value in said.items()}


def _cell(source: Any, value: Any) -> Cell:
    cell = Cell(format=source.number_format, locked=bool(source.protection.locked))
    if source.data_type == "f":
        cell.formula = str(getattr(source.value, "text", source.value))
    if source.comment:
        cell.note = source.comment.text
    if isinstance(value, dt.datetime):
        value = (value - EPOCH) / dt.timedelta(days=1)
    elif isinstance(value, dt.date | dt.time):
        value = float((dt.datetime.combine(value, dt.time()) - EPOCH).days) if isinstance(value, dt.date) else 0.0
    elif source.data_type == "e":
        value = ErrorValue(value)
    elif isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    cell.value = value
    return cell
