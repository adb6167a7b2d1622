"""Tables without lines: numbers below one another make columns, the labels beside them rows, the texts above them heads.

Such a grid is not ``sure``. What belongs to no row of numbers stays text. Labels of groups of rows are left out: rows are
told by their own labels. Where a page ends within heads or within a label, the next page is read on from there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from gk_xl.sources.document import Box, Grid, Spot
from gk_xl.sources.formats.pdf_heads import MOST_LINES, headed_columns, heads_over, labels_of
from gk_xl.sources.formats.pdf_numbers import (
    SHORTEST,
    anchors_of,
    column_at,
    columns_of,
    is_number,
    names_row,
    pieces_of,
    whole_rows,
)
from gk_xl.sources.formats.pdf_tables import Ruled
from gk_xl.sources.labels import fold
from gk_xl.sources.sections import begins_table_label, is_label_part, is_table_label, table_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gk_xl.sources.formats.pdf_heads import Column
    from gk_xl.sources.formats.pdf_lines import Row
    from gk_xl.sources.formats.pdf_numbers import Anchor, Line, Piece

MOST_HEADS: Final = 14
_GAP: Final = 30
"""Points between a table's first row and a line of its heads, or between two such lines, at most."""
_NEAR: Final = 3
"""Points by which the lines of one label begin apart, at most."""
_STEP: Final = 4
"""Points between the last line of a page and the first of the next, as if they stood on one."""
_NOWHERE: Final = -1000.0
_MANY: Final = 4
_MOST: Final = 0.7
_SIGNED: Final = re.compile(r"附[件表]|\d{4}年\d{1,2}月\d{1,2}日$|[二〇○零一]{4}年")
"""What stands above an annex: the date of the signature, or the annex's name."""
_YEAR: Final = re.compile(r"\d{4}年度?")
_ENDS: Final = ("。", "；", "：")


@dataclass
class _Made:
    """A table that was made: its rows of numbers, its columns with their heads, the lines that it took."""

    ruled: Ruled
    block: list[Anchor]
    columns: list[Column]
    heads: list[str]
    first: int
    last: int
    last_row: int


@dataclass
class _Sheet:
    """A page: its lines, those of the page before that may belong to its first table, the tables that they make."""

    number: int
    rows: Sequence[Row]
    lines: list[Line]
    begun: list[Line] = field(default_factory=list)
    tables: list[_Made] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    @property
    def left(self) -> list[Row]:
        """The lines that are text."""
        return [row for index, row in enumerate(self.rows) if index not in self.used]

    def trailing(self) -> list[int]:
        """Return the last lines that no table took, pieces of labels all of them."""
        index = len(self.lines)
        while index and index - 1 not in self.used and _is_of_labels(self.lines[index - 1]):
            index -= 1
        return list(range(index, len(self.lines)))

    def open_table(self) -> _Made | None:
        """Return the table that the page ends in."""
        last = self.tables[-1] if self.tables else None
        ends = len(self.lines) - 1 - len(self.trailing())
        return last if last is not None and last.last >= ends else None


def unruled_tables(rows: Sequence[Row], page: int) -> tuple[list[Ruled], list[Row]]:
    """Return the tables that the lines of a page make, and the lines that are text."""
    sheet = _Sheet(page, rows, [pieces_of(row, narrow=False) for row in rows])
    _read(sheet, None)
    return [made.ruled for made in sheet.tables], sheet.left


def unruled_pages(pages: Iterable[tuple[int, Sequence[Row]]]) -> list[tuple[list[Ruled], list[Row]]]:
    """Return for each page, given with its number, the tables that its lines make, and the lines that are text."""
    sheets: list[_Sheet] = []
    for number, rows in pages:
        sheet = _Sheet(number, rows, [pieces_of(row, narrow=True) for row in rows])
        before = sheets[-1] if sheets else None
        if before is not None:
            _finish_row(before, sheet)
            sheet.begun = _begun(before, sheet)
        _read(sheet, before)
        sheets.append(sheet)
    return [([made.ruled for made in sheet.tables], sheet.left) for sheet in sheets]


# ---------------------------------------------------------------------- from one page to the next


def _finish_row(before: _Sheet, sheet: _Sheet) -> None:
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


def _label_cut(made: _Made, sheet: _Sheet) -> tuple[str, float]:
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


def _column_over(made: _Made, piece: Piece) -> int | None:
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


def _begun(before: _Sheet, sheet: _Sheet) -> list[Line]:
    """Return the last lines of the page before as if they stood above the first of this, where a table goes on there."""
    trailing = [before.lines[index] for index in before.trailing()]
    first = next((line for line in sheet.lines if line), [])
    anchored = bool(anchors_of([first]))
    if not trailing or not first or not (anchored or _is_of_labels(first)):
        return []
    shift = min(piece.top for piece in first) - _STEP - max(piece.bottom for piece in trailing[-1])
    return [[replace(piece, top=piece.top + shift, bottom=piece.bottom + shift) for piece in line] for line in trailing]


def _is_of_labels(line: Line) -> bool:
    """Return whether a line holds pieces of labels; one of many columns may have heads that the form has not."""
    own = sum(is_label_part(piece.text) or _YEAR.fullmatch(piece.text) is not None for piece in line)
    return own == len(line) or (len(line) > _MANY and own > _MOST * len(line))


# ---------------------------------------------------------------------- one page


def _read(sheet: _Sheet, before: _Sheet | None) -> None:
    """Find the tables of a page; ``before`` is the page before it."""
    shift = len(sheet.begun)
    lines = [*sheet.begun, *sheet.lines]
    anchors = anchors_of(lines)
    used = {index + shift for index in sheet.used}
    rows_of_numbers = {anchor.index for anchor in anchors}
    for found in _blocks(anchors, lines):
        block = whole_rows(found, lines, rows_of_numbers)
        if not _is_table(block):
            continue
        first, last = _extent(block, lines, used)
        goes_on = before.open_table() if before is not None and first <= shift and not sheet.tables else None
        sheet.tables.append(_table(block, lines[first : last + 1], goes_on, sheet.number))
        made = sheet.tables[-1]
        made.first, made.last, made.last_row = first - shift, last - shift, block[-1].last - shift
        used.update(range(first, last + 1))
    sheet.used = {index - shift for index in used if index >= shift}
    if before is not None and any(index < shift for index in used):
        before.used.update(before.trailing())


def _blocks(anchors: Sequence[Anchor], lines: Sequence[Line]) -> list[list[Anchor]]:
    """Return anchors whose numbers stand below one another, no line of text or other heads between them."""
    blocks: list[list[Anchor]] = []
    for anchor in anchors:
        if blocks and _fits(blocks[-1], anchor) and not _parted(blocks[-1][-1], anchor, lines):
            blocks[-1].append(anchor)
        else:
            blocks.append([anchor])
    return blocks


def _fits(block: Sequence[Anchor], anchor: Anchor) -> bool:
    """Return whether a row's numbers stand in the columns of those above, or between them; no two in one column."""
    together = [*block, anchor]
    columns = columns_of(together)
    for one in together:
        taken = [column_at(columns, piece) for piece in one.numbers]
        if len(set(taken)) < len(taken):
            return False
    return len(columns) < len(columns_of(block)) + len(columns_of([anchor]))


def _parted(above: Anchor, below: Anchor, lines: Sequence[Line]) -> bool:
    """Return whether lines between two rows of numbers are text, or heads of other columns."""
    left = min(piece.x0 for piece in above.numbers)
    for index in range(above.last + 1, below.index):
        line = lines[index]
        if line and line[-1].text.endswith(_ENDS) and not _is_of_labels(line):
            return True
        if any(piece.x1 > left + 2 and _is_head(piece.text) for piece in line):
            return True
        if len(line) == 1 and _is_section(line[0].text):
            return True
    return False


def _is_head(text: str) -> bool:
    """Return whether a text over numbers is a head of a column, or one line of it."""
    return fold(text) in table_labels() or (len(text) >= SHORTEST and is_label_part(text))


def _is_section(text: str) -> bool:
    """Return whether a line is the heading of a section, and no label of a row that is numbered alike."""
    numbered = text[:2] in {f"{number}、" for number in "一二三四五六"}
    return numbered and not any(label.startswith(fold(text)) for label in table_labels())


def _is_table(block: Sequence[Anchor]) -> bool:
    """Return whether rows of numbers are a table: a row has three, or a label of the form stands before one."""
    labelled = any(is_table_label(piece.text) for anchor in block for piece in anchor.before)
    return labelled or any(len(anchor.numbers) >= 3 for anchor in block)


def _extent(block: Sequence[Anchor], lines: Sequence[Line], used: set[int]) -> tuple[int, int]:
    """Return the first and last line of a table: with its heads, and with the rest of its last label."""
    first, count = block[0].index, 0
    while first and first - 1 not in used and count < MOST_HEADS:
        above = lines[first - 1]
        far = min(piece.top for piece in lines[first]) - max(piece.bottom for piece in above) > _GAP
        if far or _is_text(above):
            break
        first -= 1
        count += not _is_of_labels(above)
    return first, _end(block, lines)


def _end(block: Sequence[Anchor], lines: Sequence[Line]) -> int:
    """Return the last line of a table: of the labels beside its last row, and of the group's."""
    last, label = block[-1].last, block[-1].label
    while label and not is_table_label(label) and last + 1 < len(lines) and lines[last + 1]:
        more = lines[last + 1][-1].text
        if len(more) > 1 and not begins_table_label(label + more):
            break
        label += more if len(more) > 1 else ""  # a letter of the label of a group of rows
        last += 1
    left = min(piece.x0 for anchor in block for piece in anchor.numbers)
    above = lines[block[-2].last + 1 : last] if len(block) > 1 else []
    beside = [piece for line in (*(anchor.before for anchor in block), *above) for piece in line if piece.x1 <= left]
    while last + 1 < len(lines) and _is_beside(lines[last + 1], left, beside):
        last += 1
    return last


def _is_beside(line: Line, left: float, labels: Sequence[Piece]) -> bool:
    """Return whether a line below the last row holds only the rest of labels that stand beside rows."""
    begins = bool(line) and len(line[-1].text) >= SHORTEST and begins_table_label(line[-1].text)
    inside = all(piece.x1 <= left and any(piece.x0 < own.x1 and own.x0 < piece.x1 for own in labels) for piece in line)
    return bool(line) and not begins and inside and _is_of_labels(line)


def _is_text(line: Line) -> bool:
    """Return whether a line above a table is none of its heads: a section's heading, or a sentence."""
    if len(line) != 1 or is_label_part(line[0].text):
        return False
    text = line[0].text
    return _is_section(text) or _SIGNED.match(text) is not None or text.endswith(_ENDS) or line[0].x1 - line[0].x0 > 300


# ---------------------------------------------------------------------- rows and columns


def _table(block: list[Anchor], lines: Sequence[Line], goes_on: _Made | None, page: int) -> _Made:
    """Return the table of some rows; ``goes_on`` is the one that the page before ends in."""
    pieces = [piece for line in lines for piece in line]
    place = (
        min(piece.x0 for piece in pieces),
        max(0.0, min(piece.top for piece in pieces)),
        max(piece.x1 for piece in pieces),
        max(max(piece.bottom, piece.foot) for piece in pieces),
    )
    top = block[0].y
    beside = max((piece.x1 for anchor in block for piece in anchor.before), default=place[0] - 1)
    headed = headed_columns(top, beside, lines)
    columns = _with_blank(_joined(columns_of(block), headed, block), headed)
    heads = heads_over(top, lines, columns)
    if goes_on is not None and not any(heads):
        columns = _with_blank(_joined(columns, goes_on.columns, block), goes_on.columns)
        heads = [_head_of(goes_on, column) for column in columns]
    headed_first = next((column for column, head in zip(columns, heads, strict=True) if head), columns[0])
    labels = labels_of(block, lines, headed_first[0])
    boxes = [Box(0, 0, 1, 1, ""), *(Box(0, 1 + number, 1, 1, text) for number, text in enumerate(heads))]
    for row, (anchor, label) in enumerate(zip(block, labels, strict=True), 1):
        texts = dict.fromkeys(range(len(columns)), "")
        for piece in anchor.numbers:
            column = column_at(columns, piece)
            texts[column] = f"{texts[column]} {piece.text}".strip()  # two numbers are never one
        boxes.append(Box(row, 0, 1, 1, label))
        boxes += [Box(row, 1 + column, 1, 1, text) for column, text in texts.items()]
    if not any(heads):
        boxes = [replace(box, row=box.row - 1) for box in boxes if box.row]
    elif years := _years(lines, len(columns)):
        boxes = [*years, *(replace(box, row=box.row + 1) for box in boxes)]
    borders = (0.0, *((x0 + x1) / 2 - place[0] for x0, x1 in columns), place[2] - place[0])
    ruled = Ruled(place, Grid(tuple(boxes), Spot(page=page), sure=False), borders)
    return _Made(ruled, block, columns, heads, 0, 0, 0)


def _joined(columns: list[Column], others: Sequence[Column], block: Sequence[Anchor]) -> list[Column]:
    """Return columns, those that lie under one of others as one where no row has a number in each of them."""
    for other in others:
        under = [column for column in columns if _overlap(column, other)]
        whole = [*(one for one in columns if one not in under), (under[0][0], under[-1][1])] if len(under) > 1 else []
        if whole and all(len({column_at(whole, n) for n in row.numbers}) == len(row.numbers) for row in block):
            columns = sorted(whole)
    return columns


def _with_blank(columns: Sequence[Column], others: Sequence[Column]) -> list[Column]:
    """Return columns with those of others in which no number stands."""
    blank = [one for one in others if not any(_overlap(one, own) for own in columns)]
    return sorted([*columns, *blank])


def _overlap(one: Column, other: Column) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _head_of(made: _Made, column: Column) -> str:
    """Return the head of the column of the page before that a column lies under; "" where it is under several."""
    over = [head for head, own in zip(made.heads, made.columns, strict=True) if _overlap(own, column)]
    return over[0] if len(over) == 1 else ""


def _years(lines: Sequence[Line], columns: int) -> list[Box]:
    """Return a row of years over columns, as many under each."""
    found = next(
        (own for line in lines if len(own := [piece.text for piece in line if _YEAR.fullmatch(piece.text)]) > 1), []
    )
    if not found or columns % len(found):
        return []
    each = columns // len(found)
    return [Box(0, 0, 1, 1, ""), *(Box(0, 1 + number * each, 1, each, text) for number, text in enumerate(found))]
