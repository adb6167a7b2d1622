"""``Range``: its cells, values, formulas and looks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.doubles.excel.com import LOCKED, refused
from tests.doubles.excel.conditions import CUT, FormatConditions
from tests.doubles.excel.grid import XL_NONE
from tests.doubles.excel.merging import Merging

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.doubles.excel.excel import Excel
    from tests.doubles.excel.grid import Cell
    from tests.doubles.excel.model import Worksheet

from tests.doubles.excel.parts import Borders, Comment, Font, Hyperlinks, Interior, Validation

LONGEST = 32767  # letters in a cell
HIGHEST = 409.0  # points of a row
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")


def column_number(letters: str) -> int:
    """Return 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Return A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class Area(Merging):
    """A rectangle of cells."""

    TYPE = "Range"

    def __init__(self, excel: Excel, sheet: Worksheet, row: int, column: int, rows: int = 1, columns: int = 1) -> None:
        self.excel, self.sheet = excel, sheet
        self.row, self.column, self.rows, self.columns = row, column, rows, columns

    @classmethod
    def parse(cls, excel: Excel, sheet: Worksheet, address: str) -> Area:
        """Return the cells of an address in A1 notation; ComError 1004 for another text."""
        if isinstance(address, str) and "," in address and len(address) <= CUT:
            parts = [cls.parse(excel, sheet, part) for part in address.split(",")]
            return Union(parts[0], [p.rectangle for p in parts])
        match = _ADDRESS.fullmatch(address.upper()) if isinstance(address, str) else None
        if match is None:
            raise refused("方法“Range”作用于对象“_Worksheet”时失败")
        first = cls(excel, sheet, int(match[2]), column_number(match[1]))
        return first.up_to(cls(excel, sheet, int(match[4]), column_number(match[3]))) if match[3] else first

    def up_to(self, other: Area) -> Area:
        """Return the rectangle around both."""
        top, left = min(self.row, other.row), min(self.column, other.column)
        bottom = max(self.row + self.rows, other.row + other.rows)
        right = max(self.column + self.columns, other.column + other.columns)
        return Area(self.excel, self.sheet, top, left, bottom - top, right - left)

    @property
    def rectangle(self) -> tuple[int, int, int, int]:
        """First row and column, last row and column."""
        return self.row, self.column, self.row + self.rows - 1, self.column + self.columns - 1

    def places(self) -> Iterator[tuple[int, int]]:
        """Yield row and column of every cell."""
        for row in range(self.row, self.row + self.rows):
            for column in range(self.column, self.column + self.columns):
                yield row, column

    def cells(self) -> Iterator[Cell]:
        """Yield every cell."""
        return (self.sheet.grid.cell(*place) for place in self.places())

    @property
    def first(self) -> Cell:
        return self.sheet.grid.cell(self.row, self.column)

    def each(self) -> Iterator[Area]:
        return (Area(self.excel, self.sheet, *place) for place in self.places())

    # where ------------------------------------------------------------------------------------------------

    def get_Application(self) -> Any:
        return self.sheet.book.app

    def get_Worksheet(self) -> Worksheet:
        return self.sheet

    def get_Parent(self) -> Worksheet:
        return self.sheet

    def get_Row(self) -> int:
        return self.row

    def get_Column(self) -> int:
        return self.column

    def get_Rows(self) -> Area:
        return Rows(self.excel, self.sheet, self.row, self.column, self.rows, self.columns)

    def get_Columns(self) -> Area:
        return Columns(self.excel, self.sheet, self.row, self.column, self.rows, self.columns)

    def get_Count(self) -> int:
        return self.rows * self.columns

    def get_Cells(self) -> Area:
        return self

    def get_Address(self) -> str:
        last = f":${column_letters(self.column + self.columns - 1)}${self.row + self.rows - 1}"
        return f"${column_letters(self.column)}${self.row}" + (last if self.get_Count() > 1 else "")

    def call_Item(self, RowIndex: int, ColumnIndex: int | None = None) -> Area:
        if ColumnIndex is None:
            down, right = divmod(int(RowIndex) - 1, self.columns)
            return Area(self.excel, self.sheet, self.row + down, self.column + right)
        return Area(self.excel, self.sheet, self.row + int(RowIndex) - 1, self.column + int(ColumnIndex) - 1)

    # values -----------------------------------------------------------------------------------------------

    def block(self, values: list[Any]) -> Any:
        """Return one value as itself, several as rows."""
        if len(values) == 1:
            return values[0]
        return tuple(tuple(values[row * self.columns : (row + 1) * self.columns]) for row in range(self.rows))

    def get_Value(self) -> Any:
        return self.block([cell.variant() for cell in self.cells()])

    def get_Value2(self) -> Any:
        return self.block([cell.variant(second=True) for cell in self.cells()])

    def put_Value(self, value: Any) -> None:
        self.allow_values()
        rows = value if isinstance(value, tuple) else ((value,) * self.columns,) * self.rows
        if rows and not isinstance(rows[0], tuple):
            rows = (rows,)
        if len(rows) != self.rows or any(len(row) != self.columns for row in rows):
            raise self.excel.breach(f"{len(rows)} rows are written to {self.get_Address()}", ValueError)
        for cell, item in zip(self.cells(), (item for row in rows for item in row), strict=True):
            if isinstance(item, str) and len(item.removeprefix("'")) > LONGEST:
                raise refused("应用程序定义或对象定义错误")
            if isinstance(item, str) and item.startswith("=") and item.count("(") != item.count(")"):
                raise refused("应用程序定义或对象定义错误")
            cell.enter(item)
        self.sheet.book.saved = False

    put_Value2 = put_Value

    def get_Formula(self) -> Any:
        return self.block([cell.text() for cell in self.cells()])

    def put_Formula(self, value: Any) -> None:
        self.put_Value(value)

    def call_Select(self) -> None:
        book = self.sheet.book
        if book.app.front is not book or book.shown is not self.sheet:
            raise refused("类 Range 的 Select 方法无效")
        book.app.selection = self

    def call_ClearContents(self) -> None:
        self.put_Value(None)

    def call_Clear(self) -> None:
        self.allow_formats()
        for cell in self.cells():
            cell.value, cell.formula, cell.note, cell.link, cell.format, cell.locked = (
                None,
                "",
                None,
                None,
                "General",
                True,
            )
            cell.looks.clear()

    def allow_values(self) -> None:
        """Raise 1004 when the sheet is protected and one of the cells is locked."""
        if self.sheet.grid.protected and any(cell.locked for cell in self.cells()):
            raise refused(LOCKED)

    def allow_formats(self) -> None:
        """Raise 1004 when the sheet is protected and formats may not be changed."""
        self.sheet.allow("AllowFormattingCells", LOCKED)

    # looks ------------------------------------------------------------------------------------------------

    def get_Interior(self) -> Interior:
        return Interior(self)

    def get_Font(self) -> Font:
        return Font(self)

    def get_Validation(self) -> Validation:
        return Validation(self)

    def get_FormatConditions(self) -> FormatConditions:
        return FormatConditions(self)

    def get_Borders(self) -> Borders:
        return Borders(self)

    def get_RowHeight(self) -> float | None:
        heights = {self.sheet.grid.heights.get(row, 15.0) for row in range(self.row, self.row + self.rows)}
        return heights.pop() if len(heights) == 1 else None

    def put_RowHeight(self, value: float) -> None:
        self.sheet.allow("AllowFormattingRows", LOCKED)
        if not 0 <= value <= HIGHEST:
            raise refused("不能设置类 Range 的 RowHeight 属性")
        self.sheet.grid.heights |= dict.fromkeys(range(self.row, self.row + self.rows), float(value))

    def __getattr__(self, name: str) -> Any:
        """Give looks that are a value for each cell: get_WrapText, put_Locked, ...."""
        kind, _, key = name.partition("_")
        if key not in LOOKS or kind not in ("get", "put"):
            raise AttributeError(name)
        return (lambda: self.look(key)) if kind == "get" else (lambda value: self.dress(key, value))

    def look(self, key: str) -> Any:
        """Return how all cells look; None where they differ."""
        found = {attribute(cell, key) for cell in self.cells()}
        return found.pop() if len(found) == 1 else None

    def dress(self, key: str, value: Any) -> None:
        """Change how all cells look."""
        self.allow_formats()
        for cell in self.cells():
            if key in ("Locked", "NumberFormat"):
                setattr(cell, {"Locked": "locked", "NumberFormat": "format"}[key], value)
            else:
                cell.looks[key] = value

    # notes and links --------------------------------------------------------------------------------------

    def get_Comment(self) -> Comment | None:
        return None if self.first.note is None else Comment(self)

    def call_AddComment(self, Text: str = "") -> Comment:
        self.sheet.allow("objects", LOCKED)
        if self.first.note is not None or self.get_Count() > 1:
            raise refused("应用程序定义或对象定义错误")
        self.first.note = Text
        return Comment(self)

    def get_Hyperlinks(self) -> Hyperlinks:
        return Hyperlinks(self)


LOOKS = {
    "WrapText": False, "HorizontalAlignment": 1, "VerticalAlignment": -4107, "Locked": True, "NumberFormat": "General",
    "Interior.Color": 16777215, "Interior.ColorIndex": XL_NONE,
}  # fmt: skip


def attribute(cell: Cell, key: str) -> Any:
    """Return how one cell looks."""
    if key in ("Locked", "NumberFormat"):
        return cell.locked if key == "Locked" else cell.format
    return cell.looks.get(key, LOOKS.get(key))


class Union(Area):
    """Several rectangles as one range: what a conditional format applies to."""

    def __init__(self, area: Area, rectangles: list[tuple[int, int, int, int]]) -> None:
        self.parts = [
            Area(area.excel, area.sheet, top, left, bottom - top + 1, right - left + 1)
            for top, left, bottom, right in rectangles
        ]
        first = self.parts[0]
        super().__init__(area.excel, area.sheet, first.row, first.column, first.rows, first.columns)

    def get_Address(self) -> str:
        """Return the addresses of all parts, cut as Excel cuts a long one."""
        return ",".join(part.get_Address() for part in self.parts)[:CUT]

    def places(self) -> Iterator[tuple[int, int]]:
        return (place for part in self.parts for place in part.places())

    def get_Areas(self) -> Areas:
        return Areas(self)


class Areas:
    """The rectangles of a range."""

    TYPE = "Areas"

    def __init__(self, union: Union) -> None:
        self.excel, self.union = union.excel, union

    def get_Count(self) -> int:
        return len(self.union.parts)

    def call_Item(self, Index: int) -> Area:
        return self.union.parts[Index - 1]


class Rows(Area):
    """The same cells, counted by rows."""

    def get_Count(self) -> int:
        return self.rows


class Columns(Area):
    """The same cells, counted by columns."""

    def get_Count(self) -> int:
        return self.columns
