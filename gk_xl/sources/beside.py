"""Tables too wide for a page, cut into a left and a right part → one table again.

The right part has no labels of rows: its rows are those of the left part, one by one. It may follow at once, or behind
all pages of the left part, as spreadsheets print.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.form.load import edition_ids, load_edition
from gk_xl.sources.document import Document, Grid
from gk_xl.sources.labels import bare, fold
from gk_xl.sources.sections import is_label_part, is_table_label
from gk_xl.sources.shape import shape_of
from gk_xl.sources.tokens import is_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.sources.document import Box, Paragraph

FEWEST: Final = 3
"""So many rows of a left part have labels, at least."""


def rejoined(document: Document) -> Document:
    """Return a document whose right parts stand beside their left parts."""
    blocks: list[Paragraph | Grid] = []
    whole = set[int]()
    for block in document.blocks:
        at = _left_of(block, blocks, whole) if isinstance(block, Grid) else None
        if at is None:
            blocks.append(block)
        else:
            blocks[at] = _beside(blocks[at], block)  # type: ignore[arg-type]
            whole.add(at)
    return replace(document, blocks=tuple(blocks)) if whole else document


def _left_of(right: Grid, blocks: Sequence[Paragraph | Grid], whole: set[int]) -> int | None:
    """Return which of the blocks before is the left part of a grid: the first that is not whole yet; None for none."""
    found = _Part(right)
    if not found.numbers or found.labelled:
        return None
    fitting = (
        at
        for at, block in enumerate(blocks)
        if at not in whole and isinstance(block, Grid) and block.height >= right.height and _Part(block).fits(found)
    )
    return next(fitting, None)


def _beside(left: Grid, right: Grid) -> Grid:
    """Return both parts as one grid; a head over several columns that the cut parted is over all of them again.

    The last rows of both are the same; a row of heads of the left part may have none in the right one.
    """
    boxes = list(left.boxes)
    lower = left.height - right.height
    for box in (replace(one, row=one.row + lower) for one in right.boxes):
        over = left.at(box.row, left.width - 1) if box.column == 0 and not bare(box.text) else None
        if over is not None and over.columns > 1 and (over.row, over.rows) == (box.row, box.rows) and bare(over.text):
            boxes[boxes.index(over)] = replace(over, columns=over.columns + box.columns)
        else:
            boxes.append(replace(box, column=box.column + left.width))
    return Grid(tuple(boxes), left.spot, left.sure and right.sure)


class _Part:
    """What a grid holds: the rows with numbers, those of them with a label, the heads of columns."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        rows = [grid.row(row) for row in range(grid.height)]
        self.numbers = {row for row, boxes in enumerate(rows) if any(_is_number(box) for box in boxes)}
        self.labelled = {row for row in range(grid.height) if any(is_table_label(box.text) for box in rows[row])}
        self.labelled &= self.numbers
        self.stubs = {row for row, boxes in enumerate(rows) if any(fold(box.text) in row_labels() for box in boxes)}
        others = [box for row, boxes in enumerate(rows) if row not in self.numbers for box in boxes if box.row == row]
        self.heads = [name for box in others if (name := fold(box.text)) in column_labels()]
        self.words = [box for box in others if bare(box.text)]

    def fits(self, right: _Part) -> bool:
        """Return whether another part is the right one of this: beside labels numbers only, heads that this has not."""
        known = all(is_label_part(box.text) for box in right.words)
        if not right.heads or not known:
            return False
        numbers = {row + self.grid.height - right.grid.height for row in right.numbers}
        if len(self.stubs) >= FEWEST:
            rows = numbers <= self.stubs and 2 * len(numbers) > len(self.stubs)
            return rows and not set(self.heads) & set(right.heads) and _are_of_one(self.heads, right.heads)
        if self.labelled or not self.heads or self.numbers != numbers:
            return False
        return any(_continues(order, self.heads, right.heads) for order in _orders())


def _is_number(box: Box) -> bool:
    return is_value(box.text) and not is_table_label(box.text)


def _continues(order: Sequence[str], left: Sequence[str], right: Sequence[str]) -> bool:
    """Return whether two rows of heads are those of a table, one behind the other."""
    return len(left) + len(right) == len(order) and sorted((*left, *right)) == sorted(order)


def _are_of_one(left: Sequence[str], right: Sequence[str]) -> bool:
    """Return whether all heads are those of one table."""
    tables = [table for name in edition_ids() for table in load_edition(name).tables]
    every = {*left, *right}
    return any(every <= {fold(cell.column_label) for cell in table.cells} for table in tables)


@lru_cache
def _orders() -> tuple[tuple[str, ...], ...]:
    """Return the heads of the tables whose rows have no labels, from left to right."""
    tables = [(name, table) for name in edition_ids() for table in load_edition(name).tables]
    return tuple(
        tuple(fold(cell.column_label) for cell in table.cells)
        for name, table in tables
        if None in shape_of(name, table.id).rows
    )


@lru_cache
def row_labels() -> frozenset[str]:
    """Return the labels that stand beside numbers and never over them, in all editions."""
    items = [item for name in edition_ids() for table in load_edition(name).tables for item in table.grid if item.text]
    return frozenset(fold(item.text) for item in items if not item.head) - {
        fold(item.text) for item in items if item.head
    }


@lru_cache
def column_labels() -> frozenset[str]:
    """Return the heads of single columns in all editions."""
    tables = [table for name in edition_ids() for table in load_edition(name).tables]
    return frozenset(fold(cell.column_label) for table in tables for cell in table.cells)
