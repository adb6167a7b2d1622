"""What the end of a page cuts of a table without lines: its last label and digits, its heads, put together again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from gk_xl.sources.formats.pdf_heads import MOST_LINES
from gk_xl.sources.formats.pdf_numbers import anchors_of, column_at, is_number, names_row, once
from gk_xl.sources.sections import begins_table_label, is_label_part, is_table_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gk_xl.sources.formats.pdf_heads import Column
    from gk_xl.sources.formats.pdf_lines import Row
    from gk_xl.sources.formats.pdf_numbers import Anchor, Line, Piece
    from gk_xl.sources.formats.pdf_tables import Ruled

_NEAR: Final = 3
"""Points by which the lines of one label begin apart, at most."""
_STEP: Final = 4
"""Points between the last line of a page and the first of the next, as if they stood on one."""
_NOWHERE: Final = -1000.0
_MANY: Final = 4
_MOST: Final = 0.7
_OF_A_YEAR: Final = re.compile(r"\d{4}|(?:\d{4})?年度?")


@dataclass
class Made:
    """A table that was made: its rows of numbers, its columns with their heads, the lines that it took."""

    ruled: Ruled
    block: list[Anchor]
    columns: list[Column]
    heads: list[str]
    first: int
    last: int
    last_row: int


@dataclass
class Sheet:
    """A page: its lines, those of the page before that may belong to its first table, the tables that they make."""

    number: int
    rows: Sequence[Row]
    lines: list[Line]
    begun: list[Line] = field(default_factory=list)
    tables: list[Made] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    @property
    def left(self) -> list[Row]:
        """The lines that are text."""
        return [row for index, row in enumerate(self.rows) if index not in self.used]

    def trailing(self) -> list[int]:
        """Return the last lines that no table took, pieces of labels all of them."""
        index = len(self.lines)
        while index and index - 1 not in self.used and is_of_labels(self.lines[index - 1]):
            index -= 1
        return list(range(index, len(self.lines)))

    def open_table(self) -> Made | None:
        """Return the table that the page ends in."""
        last = self.tables[-1] if self.tables else None
        ends = len(self.lines) - 1 - len(self.trailing())
        return last if last is not None and last.last >= ends else None


def finish_row(before: Sheet, sheet: Sheet) -> None:
    """Give the last row of a page what of it stands at the top of the next: the rest of its label, of its numbers."""
    made = before.open_table()
    if made is None:
        return
    label, place = _label_cut(made, before)
    rows = {found.index for found in anchors_of(sheet.lines) if not _is_cut(label, found)}
    whole, digits = "", dict[int, list[str]]()
    for index, line in enumerate(sheet.lines[:MOST_LINES]):
        rest = next((piece for piece in line if abs(piece.x0 - place) < _NEAR), None)
        if index in rows or (rest is not None and not begins_table_label(label + rest.text)):
            break
        taken = {rest} if rest is not None else set()
        if rest is not None:
            label += rest.text
            whole = label if is_table_label(label) else whole
        for piece in line:
            if is_number(piece.text) and (column := _column_over(made, piece)) is not None:
                digits.setdefault(column, []).append(piece.text)
                taken.add(piece)
        sheet.lines[index] = [piece for piece in line if piece not in taken]
        sheet.used |= {index} if taken else set()
    made.ruled = _with_rest(made.ruled, whole, digits)


def _label_cut(made: Made, sheet: Sheet) -> tuple[str, float]:
    """Return what a page shows of its last label, where that is cut, and where its lines begin; else "" and nowhere."""
    anchor, grid = made.block[-1], made.ruled.grid
    own = grid.at(grid.height - 1, 0)
    if not anchor.before or own is None or is_table_label(own.text):
        return "", _NOWHERE
    label, place = anchor.label, anchor.before[-1].x0
    for line in sheet.lines[made.last_row + 1 :]:
        more = next((piece.text for piece in line if abs(piece.x0 - place) < _NEAR), "")
        label += more if begins_table_label(label + more) else ""
    return label, place


def _is_cut(label: str, anchor: Anchor) -> bool:
    """Return whether a line of numbers at the top of a page goes on with the row whose label was cut."""
    return bool(label and anchor.label) and begins_table_label(label + anchor.label) and not names_row(anchor.label)


def _column_over(made: Made, piece: Piece) -> int | None:
    """Return the column of a table in whose last row there is a number over a piece."""
    over = [column_at(made.columns, one) for one in made.block[-1].numbers if one.x0 < piece.x1 and piece.x0 < one.x1]
    return over[0] if over else None


def _with_rest(ruled: Ruled, label: str, digits: Mapping[int, Sequence[str]]) -> Ruled:
    """Return a table whose last row has another label, if one is given, and more digits: they are asked about."""
    last = ruled.grid.height - 1
    boxes = []
    for box in ruled.grid.boxes:
        text = box.text
        if box.row == last and box.column == 0:
            text = label or text
        elif box.row == last:
            text = "\n".join([text, *digits.get(box.column - 1, ())])
        boxes.append(replace(box, text=text))
    return replace(ruled, grid=replace(ruled.grid, boxes=tuple(boxes)))


def begun_on(before: Sheet, sheet: Sheet) -> list[Line]:
    """Return the last lines of the page before as if they stood above the first of this, where a table goes on there."""
    trailing = [before.lines[index] for index in before.trailing()]
    first = next((line for line in sheet.lines if line), [])
    anchored = bool(anchors_of([first]))
    if not trailing or not first or not (anchored or is_of_labels(first)):
        return []
    shift = min(piece.top for piece in first) - _STEP - max(piece.bottom for piece in trailing[-1])
    return [[replace(piece, top=piece.top + shift, bottom=piece.bottom + shift) for piece in line] for line in trailing]


def is_of_labels(line: Line) -> bool:
    """Return whether a line holds pieces of labels; one of many columns may have heads that the form has not."""
    texts = [once(piece.text) for piece in line]
    own = sum(is_label_part(text) or _OF_A_YEAR.fullmatch(text) is not None for text in texts)
    return own == len(line) or (len(line) > _MANY and own > _MOST * len(line))
