"""A table that goes on over pages → one grid: repeated heads left out, rows and labels that a page break cut joined."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gk_xl.sources.document import Box, Grid
from gk_xl.sources.labels import fold
from gk_xl.sources.sections import table_labels

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_HEADS: Final = 6
_ORDINAL: Final = re.compile(r"\d{1,2}[.,、]|\(\d{1,2}\)")
_APART: Final = 5.0
"""Points by which a border of separate cells may lie elsewhere on the next page."""


def continued(above: Grid, below: Grid) -> Grid | None:
    """Return two tables as one, where the second is the rest of the first: None where it is a table of its own.

    The rest has as many columns; it begins with the heads of the first again, or with no head of any table.
    """
    if above.width != below.width:
        return None
    heads = _repeated(above, below)
    rest = below.part(heads, below.height) if heads else below
    if not heads and _begins_a_table(below):
        return None
    return _joined(above, rest) if rest.boxes else above


def _texts(grid: Grid, row: int) -> list[str]:
    return [fold(box.text) for box in grid.row(row)]


def _repeated(above: Grid, below: Grid) -> int:
    """Return how many rows of heads are printed again at the top of the rest."""
    count = 0
    while count < min(MOST_HEADS, above.height, below.height):
        texts = _texts(below, count)
        if texts != _texts(above, count) or not any(texts):
            break
        count += 1
    return count


def _begins_a_table(grid: Grid) -> bool:
    """Return whether a table begins with heads: texts only, two of them labels of the form, or one over all columns."""
    first = grid.row(0)
    filled = [box for box in first if box.text.strip()]
    if not filled or any(any(sign.isdigit() for sign in box.text) for box in filled if len(box.text) < 8):
        return False
    known = [box for box in filled if fold(box.text) in table_labels()]
    whole = len(first) == 1 and first[0].columns == grid.width
    return whole or (len(filled) >= 2 and len(known) >= 2 and any(box.columns > 1 for box in known))


def _joined(above: Grid, below: Grid) -> Grid:
    """Return the rows of both; a cell that the break cut is one again."""
    boxes = list(above.boxes)
    shift = above.height
    cut = _row_is_cut(above, below)
    if cut:
        boxes = _with_ends(above, below)
        shift -= 1
    known = table_labels()
    heads_cut = any(
        box.text
        and (over := _over(boxes, replace(box, row=box.row + shift), shift)) is not None
        and over.text
        and fold(box.text) not in known
        and fold(over.text + box.text) in known
        for box in below.boxes
    )
    numbers = {box.column for box in below.boxes if _is_number(box.text)} if not heads_cut else set()
    for box in below.boxes:
        moved = replace(box, row=box.row + shift)
        if cut and box.row == 0:
            if box.rows > 1 and not _covers(boxes, moved):
                boxes.append(replace(moved, row=moved.row + 1, rows=box.rows - 1, text=""))
            continue
        over = None if box.column in numbers else _label_above(boxes, moved, shift, cut=heads_cut)
        if over is None:
            boxes.append(moved)
        else:
            boxes[boxes.index(over)] = replace(over, rows=over.rows + box.rows, text=over.text + box.text)
    return Grid(tuple(boxes), above.spot, above.sure and below.sure)


def _covers(boxes: Sequence[Box], moved: Box) -> bool:
    return any(
        box.column == moved.column and box.row <= moved.row and box.row + box.rows >= moved.row + moved.rows
        for box in boxes
    )


def _label_above(boxes: Sequence[Box], box: Box, shift: int, *, cut: bool) -> Box | None:
    """Return the label that a box at the top of the rest continues: blank, or its missing end.

    Where ``cut``, other labels of this row go on, and a blank below any label is its own.
    """
    over = _over(boxes, box, shift)
    if over is None or _is_number(over.text) or _is_number(box.text):
        return None
    known = table_labels()
    if box.text and fold(box.text) in known:
        return None
    spanned = over.rows > 1 or box.rows > 1
    return over if fold(over.text + box.text) in known and (spanned or cut or box.text) else None


def _over(boxes: Sequence[Box], box: Box, shift: int) -> Box | None:
    """Return the box just above one at the top of the rest, of the same columns."""
    if box.row != shift:
        return None
    return next(
        (b for b in boxes if b.row + b.rows == shift and (b.column, b.columns) == (box.column, box.columns)), None
    )


def _row_is_cut(above: Grid, below: Grid) -> bool:
    """Return whether the first row of the rest is the end of the last row above: numbers stand in one of them only.

    A label that is whole with what stands below proves it.
    """
    last, first = _own_row(above, above.height - 1), _own_row(below, 0)
    if [(b.column, b.columns) for b in above.row(above.height - 1)] != [(b.column, b.columns) for b in below.row(0)]:
        return False
    if any(_is_number(b.text) for b in last) and any(_is_number(b.text) for b in first):
        bare = all(_is_number(b.text) for b in above.row(above.height - 1))
        return _are_ends(last, first, bare=bare)
    known = table_labels()
    pairs = [(a, b) for a, b in zip(above.row(above.height - 1), below.row(0), strict=True) if a.text and b.text]
    if any(fold(a.text + b.text) in known and a.rows == 1 for a, b in pairs):
        return True
    blank = not any(_is_number(b.text) for b in first) and any(_is_number(b.text) for b in last)
    return blank and bool(pairs) and not any(fold(b.text) in known for _, b in pairs)


def _are_ends(last: Sequence[Box], first: Sequence[Box], *, bare: bool) -> bool:
    """Return whether what stands in a row are the last digits of some numbers right above, and the rest of their label.

    A number that fills its cell may have been pushed to the next page whole: blank is what stands above it. ``bare`` where
    the row has numbers only, as in a table whose rows have no labels.
    """
    above = {box.column: box.text for box in last if box.text}
    labelled = bare or any(not _is_number(text) for text in above.values())
    ends = [box for box in first if _is_number(box.text)]
    rest = [box for box in first if box.text and not _is_number(box.text)]
    fewer = len(ends) < sum(
        map(_is_number, above.values())
    )  # a row of its own has as many, its label on the page before
    known = table_labels()
    return (
        labelled
        and fewer
        and all(_is_number(above.get(box.column, "0")) for box in ends)
        and all(fold(above.get(box.column, "") + box.text) in known for box in rest)
    )


def _own_row(grid: Grid, row: int) -> list[Box]:
    return [box for box in grid.row(row) if box.rows == 1]


def _is_number(text: str) -> bool:
    """Return whether a text is digits of a number; the ordinal of a label, cut off by a page's end, is none."""
    return (
        _ORDINAL.fullmatch(fold(text)) is None
        and any(sign.isdigit() for sign in text)
        and len(text) <= 12
        and not any("\u4e00" <= s <= "\u9fff" for s in text)
    )


def _with_ends(above: Grid, below: Grid) -> list[Box]:
    """Return the boxes of the upper part, those of its last row with what the break cut off them."""
    ends = {box.column: box for box in below.row(0)}
    boxes = []
    for box in above.boxes:
        end = ends.get(box.column)
        if box.row + box.rows == above.height and end is not None and end.columns == box.columns:
            between = "\n" if _is_number(box.text) and _is_number(end.text) else ""  # digits of one number: asked about
            pushed = not box.text and _is_number(end.text)
            boxes.append(
                replace(box, text=box.text + between + end.text, rows=box.rows + end.rows - 1, over=box.over or pushed)
            )
        else:
            boxes.append(box)
    return boxes


def regridded(grid: Grid, own: Sequence[float], whole: Sequence[float], shift: float = 0.0) -> Grid | None:
    """Return a grid with the columns of a whole table, of which its own borders are some; None where they are not.

    ``shift`` is how far the grid's left lies to the right of the whole's on the paper: a page that shows nothing of the
    first columns begins there. Where pages are bound at different sides, the left or the right sides lie below one another.
    """
    sides = (shift, 0.0, whole[-1] - own[-1])
    places = next((found for side in sides if (found := _places(own, whole, side)) is not None), None)
    if places is None:
        return None
    boxes = [
        replace(box, column=places[box.column], columns=places[box.column + box.columns] - places[box.column])
        for box in grid.boxes
    ]
    return Grid(tuple(boxes), grid.spot, grid.sure)


def _places(own: Sequence[float], whole: Sequence[float], shift: float) -> list[int] | None:
    """Return which of the whole's borders each of a table's own is, when it is moved; None where one is none of them."""
    places = []
    for border in own:
        near = min(range(len(whole)), key=lambda number: abs(whole[number] - border - shift))
        if abs(whole[near] - border - shift) > _APART:
            return None
        places.append(near)
    return places if len(set(places)) == len(places) else None
