"""What stands in each cell of a workbook, as data: built by build.py, compared by integrity.py.

One plan serves both, so that what is handed out and what is held to be unchanged cannot differ.
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - NamedTuple evaluates its annotations
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from gk_xl.engines.core.addresses import column_letters
from gk_xl.workbook.layout import FLAGS, JUDGED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gk_xl.form.schema import ValueKind
    from gk_xl.workbook.content import Content
    from gk_xl.workbook.layout import Layout, Place


class PlanCell(NamedTuple):
    """One cell: a label, a formula with the value it has now, or an input.

    ``style`` names a format of styles.py, which also says whether the cell is locked. ``output`` marks a locked cell
    that the program itself writes (a verdict, a result): its content is not part of the template.
    """

    style: str
    value: str | int | float | dt.date | None = None
    formula: str = ""
    link: str = ""
    output: bool = False


class Validation(NamedTuple):
    """What may be typed into some cells; ``kind`` None allows a list or a date only.

    The prompt is ``shown`` where its box covers nothing that is to be typed next. The title tells validations apart.
    """

    cells: tuple[tuple[int, int], ...]
    title: str
    prompt: str
    error: str
    kind: ValueKind | None = None
    choices: tuple[str, ...] = ()
    date: bool = False
    years: tuple[int, int] | None = None
    shown: bool = False


class Condition(NamedTuple):
    """A format that appears in a range while a formula (relative to the range's first cell) is true."""

    area: tuple[int, int, int, int]
    formula: str
    style: str


@dataclass
class SheetPlan:
    """One sheet. Rows and columns are 1-based; widths are in characters, heights in points."""

    title: str
    colour: str
    cells: dict[tuple[int, int], PlanCell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    default_height: float = 0
    hidden_from: int = 0
    flagged: tuple[int, int, int, int] | None = None
    freeze: tuple[int, int] = (0, 0)
    column_styles: dict[int, str] = field(default_factory=dict)
    outputs: tuple[int, int, int, int] | None = None  # an area that the program fills, free of content of the template
    start: tuple[int, int] = (0, 0)  # the cell that is selected when the workbook is first opened
    kept: int = 0  # a hidden column in which the program keeps what it needs, 0 for none
    landscape: bool = False
    one_page: bool = True
    print_to: tuple[int, int] = (0, 0)  # the last row and column that are seen
    printed: tuple[tuple[int, int], ...] = ()  # first and last row of what is printed, where that is less
    repeat: tuple[int, int] | None = None
    validations: list[Validation] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)

    def paint(self, columns: int, region: tuple[int, int, int, int], styles: Mapping[int, str]) -> None:
        """Put a format over a region for each level that may stand so many columns right of a cell.

        The level is asked for by row and column: the format tells the same where a drag or a paste carries it along.
        """
        self.conditions += [
            Condition(region, f"{_at(region, columns)}={level}", style) for level, style in styles.items()
        ]

    def paint_flags(self, region: tuple[int, int, int, int], styles: Mapping[int, str]) -> None:
        """Put the formats of the flags over a region: each shows as long as its cell holds what was judged."""
        for row in range(region[0], region[2] + 1):
            for column in range(region[1], region[3] + 1):
                for block in (FLAGS, JUDGED):
                    if (row, column + block) not in self.cells:
                        self.put(row, column + block, "flag")
        still = f'IFERROR(EXACT({_at(region, JUDGED)}&"",{_at(region, 0)}&""),TRUE)'
        self.conditions += [
            Condition(region, f"{_at(region, FLAGS)}*{still}={level}", style) for level, style in styles.items()
        ]

    def put_flag(self, row: int, column: int, level: int | None, formula: str = "") -> None:
        """Put the flag of a cell; ``formula`` says how long the level lasts."""
        self.put(row, column + FLAGS, "flag", level, formula=formula)

    def judge(self, content: Content) -> None:
        """Put beside the inputs of the sheet what they hold, once they were judged; where none was, beside those in doubt: else these show no colour."""
        names = content.layout.names
        flagged = {names[name] for name in content.levels() if name in names}
        for place in content.layout.judged[self.title]:
            value = self.cells[place.row, place.column].value if content.result or place in flagged else None
            self.put(place.row, place.column + JUDGED, "flag", value)

    def put(self, row: int, column: int, style: str, value: Any = None, **more: Any) -> None:
        """Put a cell."""
        self.cells[row, column] = PlanCell(style, value, **more)

    def span(self, row: int, column: int, rows: int, columns: int, style: str, value: Any = None, **more: Any) -> None:
        """Put a cell that spans several; the others carry its style so that borders close."""
        for r in range(row, row + rows):
            for c in range(column, column + columns):
                self.cells[r, c] = PlanCell(style)
        self.put(row, column, style, value, **more)
        if rows > 1 or columns > 1:
            self.merges.append((row, column, row + rows - 1, column + columns - 1))


def _at(region: tuple[int, int, int, int], columns: int) -> str:
    """Return what a formula asks for so many columns right of the cell of a region that it stands in.

    Where that is the region itself, the block ends a row below it: a block whose edge is inputs is bent by who drags them.
    """
    _, first, last_row, last = region
    last_row += columns == 0
    block = f"${column_letters(first + columns)}$1:${column_letters(last + columns)}${last_row}"
    return f"INDEX({block},ROW(),{'COLUMN()' if first == 1 else f'COLUMN()-{first - 1}'})"


@dataclass
class WorkbookPlan:
    """All sheets with every defined name (one cell each) and the constants kept as names."""

    sheets: list[SheetPlan]
    names: dict[str, Place]
    constants: dict[str, str]
    properties: dict[str, Any]
    comments: dict[Place, str] = field(default_factory=dict)
    form: Layout | None = None  # whose cells are given the names that are shown

    def sheet(self, title: str) -> SheetPlan:
        """Return a sheet by its title."""
        return next(sheet for sheet in self.sheets if sheet.title == title)


def area(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    """Return an area in A1 form."""
    return f"{column_letters(first_column)}{first_row}:{column_letters(last_column)}{last_row}"


def covers(region: tuple[int, int, int, int], place: tuple[int, int]) -> bool:
    """Return whether an area (first row and column, last row and column) has a cell."""
    return region[0] <= place[0] <= region[2] and region[1] <= place[1] <= region[3]


def cells_of(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    """Return an area as a sentence names it: a single cell by its address alone."""
    whole = area(first_row, first_column, last_row, last_column)
    first, _, last = whole.partition(":")
    return first if first == last else whole
