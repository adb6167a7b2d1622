"""A document → numbered lines: a paragraph is one, and so is each row of a grid, with its cells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gk_xl.form.load import edition_ids, load_edition
from gk_xl.sources.beside import rejoined
from gk_xl.sources.document import Box, Grid
from gk_xl.sources.labels import bare, fold
from gk_xl.sources.listed import listed
from gk_xl.sources.model import Line, at_lines
from gk_xl.sources.sections import table_labels
from gk_xl.sources.shape import shape_of
from gk_xl.sources.side_by_side import apart
from gk_xl.sources.tokens import is_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gk_xl.sources.document import Document, Spot
    from gk_xl.sources.model import Note

_NUMBERED: Final = frozenset({"序号", "行次", "行号", "编号", "栏次"})
"""Heads of a column that numbers the rows of a table."""


def lines_of(document: Document) -> list[Line]:
    """Return a document's lines; in a text file they have the numbers of the file's own lines."""
    lines: list[Line] = []
    for block in rejoined(document).blocks:
        if isinstance(block, Grid):
            for grid in apart(_unnumbered(block)):
                lines += _rows(grid, len(lines) + 1)
        elif document.by_line:
            lines.append(Line(block.spot.line, block.text, spot=block.spot))
        else:
            lines += [Line(len(lines) + 1 + n, text, spot=block.spot) for n, text in enumerate(block.text.split("\n"))]
    return listed(lines)


def _unnumbered(grid: Grid) -> Grid:
    """Return a grid without the numbers of its rows: 1, 2, 3 … under 序号 are no numbers of the form."""
    gone = set[Box]()
    for head in (box for box in grid.boxes if bare(box.text) in _NUMBERED):
        own = [box for box in grid.boxes if box.column == head.column and box.row > head.row and bare(box.text)]
        if [bare(box.text) for box in own] == [f"{number}" for number in range(1, len(own) + 1)]:
            gone |= {*own}
    boxes = (replace(box, text="") if box in gone else box for box in grid.boxes)
    return replace(grid, boxes=tuple(boxes)) if gone else grid


def _rows(grid: Grid, first: int) -> list[Line]:
    """Return the rows of a grid; a row that is one text over the whole width and no label is a paragraph, or several."""
    lines: list[Line] = []
    for row in range(grid.height):
        boxes = grid.row(row)
        spot = replace(grid.spot_of(boxes[0]) if boxes else grid.spot, row=(grid.spot.row or 1) + row, column=0)
        text = _text_alone(grid, row)
        if text:
            lines += [Line(first + len(lines) + n, line, spot=spot) for n, line in enumerate(text.split("\n"))]
            continue
        cells = []
        for column in range(grid.width):
            box = grid.at(row, column)
            own = box is not None and (box.row, box.column) == (row, column)
            cells.append(box.text if own and box is not None else "")
        shown = " ".join(" ".join(text.split()) for text in cells if text)
        lines.append(Line(first + len(lines), shown, tuple(cells), grid, row, spot))
    return lines


def _text_alone(grid: Grid, row: int) -> str:
    """Return the text of a row that frames a paragraph: nothing else stands in it, and it is no label and no number.

    It may stand in one cell over the whole width, or in one of several, as text that is pasted into a sheet does.
    """
    boxes = grid.row(row)
    filled = [box for box in boxes if bare(box.text)]
    if len(filled) != 1 or filled[0].row != row or filled[0].rows > 1:
        return ""
    box = filled[0]
    whole = box.columns >= grid.width or len(boxes) == 1
    known = fold(box.text) in table_labels() or (not whole and _may_be_label(box.text))
    return "" if known or is_value(box.text) else box.text


def _may_be_label(text: str) -> bool:
    """Return whether a text may be a label of a table, with a slip or cut."""
    return any(shape_of(name, table.id).labels(text) for name in edition_ids() for table in load_edition(name).tables)


def at_spots(notes: Sequence[Note], spots: Mapping[int, Spot]) -> list[Note]:
    """Return notes whose places are told as the format has them: 第2个表格第5行 in place of 第83行."""
    told = []
    for remark in notes:
        counted = at_lines(remark.lines)
        names = list(dict.fromkeys(str(spots[number]) for number in remark.lines if number in spots))
        if counted and names and remark.where.startswith(counted):
            shown = names[0] if len(names) == 1 else f"{names[0]}至{names[-1]}"
            remark = replace(remark, where=shown + remark.where[len(counted) :])  # noqa: PLW2901 - the same note, placed
        told.append(remark)
    return told
