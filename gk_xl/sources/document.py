"""A source as its reader understands it: paragraphs and grids in reading order, each knowing where it stood.

Every format becomes a :class:`Document` (:mod:`gk_xl.sources.formats`); what the form is made of is looked for in
documents alone. A grid keeps rows, columns, spans and blank cells by position: nothing is counted later.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stood in the source, all 1-based, 0 where the format has no such thing; ``sheet`` a sheet's name."""

    line: int = 0
    page: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    sheet: str = ""

    def __str__(self) -> str:
        """Return how a message names the place: 第2页第3个表格第4行第5列, 第83行, 第7段."""
        parts = [f"工作表“{self.sheet}”" if self.sheet else "", f"第{self.page}页" if self.page else ""]
        if self.table and not self.sheet:
            parts.append(f"第{self.table}个表格")
        if self.row:
            parts.append(f"第{self.row}行" + (f"第{self.column}列" if self.column else ""))
        elif self.line and not self.table:
            parts.append(f"第{self.line}段")
        return "".join(parts)

    def as_json(self) -> dict[str, int | str]:
        """Return what is known of the place."""
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}


NOWHERE: Final = Spot()
UNREADABLE: Final = "\ufffd"
"""What stands for a character of which the file does not say which it is."""
STRUCK: Final = "（已划去）"
"""What stands before the text of a cell that is struck out as a whole."""
UNSEEN: Final = "（看不见）"
"""What stands before a number of a cell that shows nothing of it."""
BOXED: Final = "有 {} 个文本框，其中的文字按它所在的位置读入；请核对次序。"
LEFT_OUT: Final = "原文有划掉的文字，没有读入；请与原件核对。"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its text, breaks inside it as newlines; ``strong`` where the format itself calls it a title."""

    text: str
    spot: Spot = NOWHERE
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """One cell of a grid, 0-based, with its spans; its paragraphs are lines of ``text``.

    ``over`` where something is printed across its borders, or one line over another: it may be another row's.
    """

    row: int
    column: int
    rows: int
    columns: int
    text: str
    over: bool = False


@dataclass(frozen=True)
class Grid:
    """A table as it was drawn. ``sure`` is false where its lines were guessed (words by their coordinates)."""

    boxes: tuple[Box, ...]
    spot: Spot = NOWHERE
    sure: bool = True

    @cached_property
    def height(self) -> int:
        """How many rows it has."""
        return max((box.row + box.rows for box in self.boxes), default=0)

    @cached_property
    def width(self) -> int:
        """How many columns it has."""
        return max((box.column + box.columns for box in self.boxes), default=0)

    @cached_property
    def _at(self) -> dict[tuple[int, int], Box]:
        return {
            (row, column): box
            for box in self.boxes
            for row in range(box.row, box.row + box.rows)
            for column in range(box.column, box.column + box.columns)
        }

    def at(self, row: int, column: int) -> Box | None:
        """Return the cell that covers a place; None where the table has a hole."""
        return self._at.get((row, column))

    def row(self, row: int) -> tuple[Box, ...]:
        """Return the cells that a row crosses, from left to right, each once."""
        found: dict[Box, None] = {}
        for column in range(self.width):
            box = self._at.get((row, column))
            if box is not None:
                found[box] = None
        return tuple(found)

    def spot_of(self, box: Box) -> Spot:
        """Return where a cell stood."""
        own = self.spot
        return Spot(own.line, own.page, own.table, own.row + box.row + (not own.row), box.column + 1, own.sheet)

    def part(self, first: int, end: int) -> Grid:
        """Return the rows from ``first`` to ``end`` (not included) as a grid; spans are cut at its edges."""
        boxes = []
        for box in self.boxes:
            top, bottom = max(box.row, first), min(box.row + box.rows, end)
            if top < bottom:
                boxes.append(replace(box, row=top - first, rows=bottom - top))
        own = self.spot
        spot = Spot(own.line, own.page, own.table, (own.row or 1) + first, own.column, own.sheet)
        return Grid(tuple(boxes), spot, self.sure)


@dataclass(frozen=True, slots=True)
class Meta:
    """What a source says of itself outside its text: title, unit and date as they stand there, "" where they do not."""

    title: str = ""
    unit: str = ""
    date: str = ""


@dataclass(frozen=True)
class Document:
    """What a file holds, top to bottom. ``by_line`` where messages count lines of text; ``remarks`` are for the clerk."""

    blocks: tuple[Paragraph | Grid, ...]
    kind: str
    by_line: bool = False
    meta: Meta = Meta()
    remarks: tuple[str, ...] = field(default=())

    @property
    def grids(self) -> Iterator[Grid]:
        """The grids, in reading order."""
        return (block for block in self.blocks if isinstance(block, Grid))


LARGEST_SPAN, LARGEST_GRID = 200, 40_000
"""No form has wider cells, no report larger tables; a span beyond is a slip or an attack."""


def grid_of_rows(rows: Iterable[Sequence[tuple[str, int, int]]], spot: Spot = NOWHERE, *, sure: bool = True) -> Grid:
    """Return a grid of rows of cells (text, rows spanned, columns spanned), as HTML and Word give them.

    A cell takes the first free place of its row; 0 rows spanned means down to the end.
    """
    given = [list(row) for row in rows]
    taken: set[tuple[int, int]] = set()
    boxes: list[Box] = []
    for number, row in enumerate(given):
        column = 0
        for text, down, across in row:
            while (number, column) in taken:
                column += 1
            height = min(down or len(given) - number, len(given) - number, LARGEST_SPAN)
            box = Box(number, column, max(1, height), min(max(1, across), LARGEST_SPAN), text)
            boxes.append(box)
            taken |= {(r, c) for r in range(number, number + box.rows) for c in range(column, column + box.columns)}
            column += box.columns
        if len(taken) > LARGEST_GRID:
            break
    return Grid(tuple(boxes), spot, sure)


def turned(grid: Grid) -> Grid:
    """Return a grid with rows and columns exchanged."""
    boxes = tuple(Box(box.column, box.row, box.columns, box.rows, box.text, box.over) for box in grid.boxes)
    return Grid(boxes, grid.spot, grid.sure)
