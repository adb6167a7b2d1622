"""Lines of a text whose columns stand below one another → a table, as a page without ruling lines is read.

Characters are as wide as a printer with one pitch sets them: what stands below one another there is one column.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from gk_xl.sources.formats.pdf_lines import Row, Sign
from gk_xl.sources.formats.pdf_unruled import unruled_tables
from gk_xl.sources.labels import bare
from gk_xl.sources.model import Line
from gk_xl.sources.pieces import Piece
from gk_xl.sources.tokens import is_value, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.sources.document import Grid

STEP: Final = 5.0
SIZE: Final = 10.0
PITCH: Final = 14.0
"""Points of a column, of a character, of a line; two blanks part words."""
MOST_LINES: Final = 400


def columned(lines: Sequence[Line]) -> Iterator[Piece]:
    """Yield the tables that lines make by their columns, each row with the line on which its numbers stand."""
    own = [line for line in lines if bare(line.text)][:MOST_LINES]
    rows = [Row(tuple(_signs(line.text, number))) for number, line in enumerate(own)]
    tables, _ = unruled_tables(rows, 0)
    begin = 0
    for table in tables:
        piece = Piece(table.grid)
        for row in range(table.grid.height):
            at = _line_of(table.grid, row, own, begin)
            line = own[begin if at is None else at]
            begin = begin if at is None else min(at + 1, len(own) - 1)
            texts = tuple(box.text for box in table.grid.row(row))
            piece.lines[row] = Line(line.number, " ".join(texts), texts, table.grid, row, line.spot)
        yield piece


def _signs(text: str, number: int) -> Iterator[Sign]:
    """Yield the characters of a line at their places."""
    x, top = 0.0, number * PITCH
    for sign in text.expandtabs(8).rstrip():
        width = STEP * (2 if unicodedata.east_asian_width(sign) in "WFA" else 1)
        if sign.strip():
            yield Sign(sign, x, x + width, top, top + SIZE, SIZE)
        x += width


def _line_of(grid: Grid, row: int, lines: Sequence[Line], begin: int) -> int | None:
    """Return which line, from ``begin`` on, ends with the numbers of a row; None for heads."""
    numbers = [part for box in grid.row(row) if box.column for part in box.text.split() if is_value(part)]
    found = (at for at in range(begin, len(lines)) if parts_of(lines[at].text)[-len(numbers) :] == numbers)
    return next(found, None) if numbers else None
