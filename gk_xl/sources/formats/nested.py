"""Tables of the form whose cells hold tables → one grid: inner rows and columns part those of the table around."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from gk_xl.sources.document import LARGEST_GRID, Box, Grid, grid_of_rows
from gk_xl.sources.labels import bare, fold
from gk_xl.sources.sections import table_labels
from gk_xl.sources.tokens import is_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    Content = tuple[str, Sequence[Grid | None]]
    """What a cell holds: its own text, the tables below that; None for one that is a frame."""
    Rows = Sequence[Sequence[tuple[Content, int, int]]]

LONGEST: Final = 200
"""Characters of a cell beside its tables; a page that is laid out by tables has more in one."""


def is_labelled(rows: Rows) -> bool:
    """Return whether a label of the form stands in a cell beside its tables; else the table is a frame around others."""
    return any(fold(text) in table_labels() for row in rows for (text, _), _, _ in row)


def unfolded(rows: Rows) -> Grid | None:
    """Return a table whose cells (content, rows spanned, columns spanned) hold tables as one grid.

    None where a cell has more text than a label or an entry beside its tables, as a frame has, and where it is not told
    which rows of two cells stand beside each other.
    """
    cells = [cell for row in rows for cell in row]
    if any(len(text) > LONGEST or None in grids for (text, grids), _, _ in cells):
        return None
    numbers = iter(range(len(cells)))
    outer = grid_of_rows([[(str(next(numbers)), down, across) for _, down, across in row] for row in rows])
    inner = [_stacked(text, [grid for grid in grids if grid is not None]) for (text, grids), _, _ in cells]
    held = [(box, inner[int(box.text)]) for box in outer.boxes]
    if sum(grid.height * grid.width for _, grid in held) > LARGEST_GRID or not _are_level(held):
        return None
    tops = _begins(outer.height, [(box.row, box.rows, grid.height) for box, grid in held])
    lefts = _begins(outer.width, [(box.column, box.columns, grid.width) for box, grid in held])
    boxes: list[Box] = []
    for box, grid in held:
        down = (tops[box.row], tops[box.row + box.rows])
        boxes += _moved(grid, down, (lefts[box.column], lefts[box.column + box.columns]))
    return Grid(tuple(sorted(boxes, key=lambda box: (box.row, box.column))))


def _stacked(text: str, grids: Sequence[Grid]) -> Grid:
    """Return what a cell holds as one grid, each part as wide as the widest, narrower ones at its right edge."""
    width = max((grid.width for grid in grids), default=1)
    boxes = [Box(0, 0, 1, width, text)] if bare(text) or not grids else []
    for grid in grids:
        top = max((box.row + box.rows for box in boxes), default=0)
        boxes += _moved(grid, (top, top + grid.height), (0, width))
    return Grid(tuple(boxes))


def _moved(grid: Grid, rows: tuple[int, int], columns: tuple[int, int]) -> list[Box]:
    """Return the boxes of a grid in another place: what stands last reaches to the end, what stands alone over all.

    Above a single row of numbers it is the heads that do, so that numbers side by side are in one row. What is left to
    the left of a narrower grid is blank.
    """
    (top, bottom), (left, right) = rows, columns
    if len(grid.boxes) == 1:
        return [Box(top, left, bottom - top, right - left, grid.boxes[0].text)]
    spare, found = right - left - grid.width, list[Box]()
    if spare:
        found += [Box(top + row, left, 1, spare, "") for row in range(grid.height)]
    end, more = grid.height - _is_below_heads(grid), bottom - top - grid.height
    for box in grid.boxes:
        down = box.rows + more * (box.row < end <= box.row + box.rows)
        found.append(
            replace(box, row=top + box.row + more * (box.row >= end), column=left + spare + box.column, rows=down)
        )
    return found


def _are_level(held: Sequence[tuple[Box, Grid]]) -> bool:
    """Return whether the contents of cells side by side have as many rows, or no more than one row of numbers each."""
    sides = dict[tuple[int, int], list[Grid]]()
    for box, grid in held:
        if grid.height > 1:
            sides.setdefault((box.row, box.rows), []).append(grid)
    return all(
        len({grid.height for grid in grids}) == 1
        or all(_is_below_heads(grid) or not _has_numbers(grid) for grid in grids)
        for grids in sides.values()
    )


def _has_numbers(grid: Grid) -> bool:
    return any(is_value(box.text) for box in grid.boxes)


def _is_below_heads(grid: Grid) -> bool:
    """Return whether a grid ends with a row of numbers, the only one that it has."""
    rows = [
        [is_value(box.text) for box in grid.boxes if box.row + box.rows > row >= box.row] for row in range(grid.height)
    ]
    return len(rows) > 1 and all(rows[-1]) and not any(map(any, rows[:-1]))


def _begins(count: int, parts: Sequence[tuple[int, int, int]]) -> list[int]:
    """Return where rows or columns begin that are parted as (first, how many, into how many) say; behind them the end."""
    sizes = [1] * count
    for first, own, size in sorted(parts, key=lambda part: part[1]):
        sizes[first + own - 1] += max(0, size - sum(sizes[first : first + own]))
    return [0, *accumulate(sizes)]
