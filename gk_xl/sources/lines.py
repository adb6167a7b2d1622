"""A document → numbered lines: a paragraph is one, and so is each row of a grid, with its cells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gk_xl.sources.document import Grid
from gk_xl.sources.model import Line, at_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gk_xl.sources.document import Document, Spot
    from gk_xl.sources.model import Note


def lines_of(document: Document) -> list[Line]:
    """Return a document's lines; in a text file they have the numbers of the file's own lines."""
    lines: list[Line] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            lines += _rows(block, len(lines) + 1)
        elif document.by_line:
            lines.append(Line(block.spot.line, block.text, spot=block.spot))
        else:
            lines += [Line(len(lines) + 1 + n, text, spot=block.spot) for n, text in enumerate(block.text.split("\n"))]
    return lines


def _rows(grid: Grid, first: int) -> list[Line]:
    lines = []
    for row in range(grid.height):
        cells = []
        for column in range(grid.width):
            box = grid.at(row, column)
            own = box is not None and (box.row, box.column) == (row, column)
            cells.append(box.text if own and box is not None else "")
        shown = " ".join(" ".join(text.split()) for text in cells if text)
        boxes = grid.row(row)
        spot = grid.spot_of(boxes[0]) if boxes else grid.spot
        spot = replace(spot, row=(grid.spot.row or 1) + row, column=0)
        lines.append(
            Line(
                grid.spot.line if grid.spot.line and not grid.spot.table else first + row,
                shown,
                tuple(cells),
                grid,
                row,
                spot,
            )
        )
    return lines


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
