"""Tables without lines: numbers below one another make columns, the labels beside them rows, the texts above them heads.

Such a grid is not ``sure``. What belongs to no row of numbers stays text. Labels of groups of rows are left out: rows are
told by their own labels. Where a page ends within heads or within a label, the next page is read on from there.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.form.load import edition_ids, load_edition
from gk_xl.sources.document import Box, Grid, Spot
from gk_xl.sources.formats.pdf_heads import headed_columns, heads_over, labels_of
from gk_xl.sources.formats.pdf_numbers import (
    SHORTEST,
    anchors_of,
    column_at,
    columns_of,
    pieces_of,
    whole_rows,
)
from gk_xl.sources.formats.pdf_page_ends import Made, Sheet, begun_on, finish_row, is_of_labels
from gk_xl.sources.formats.pdf_tables import Ruled
from gk_xl.sources.labels import fold
from gk_xl.sources.sections import begins_table_label, is_label_part, is_table_label, table_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gk_xl.sources.formats.pdf_heads import Column
    from gk_xl.sources.formats.pdf_lines import Row
    from gk_xl.sources.formats.pdf_numbers import Anchor, Line, Piece

MOST_HEADS: Final = 14
_GAP: Final = 30
"""Points between a table's first row and a line of its heads, or between two such lines, at most."""
_SIGNED: Final = re.compile(r"附[件表]|\d{4}年\d{1,2}月\d{1,2}日$|[二〇○零一]{4}年")
"""What stands above an annex: the date of the signature, or the annex's name."""
_YEAR: Final = re.compile(r"\d{4}年度?")
_ENDS: Final = ("。", "；", "：")


def unruled_tables(rows: Sequence[Row], page: int) -> tuple[list[Ruled], list[Row]]:
    """Return the tables that the lines of a page make, and the lines that are text."""
    sheet = Sheet(page, rows, [pieces_of(row, narrow=False) for row in rows])
    _read(sheet, None)
    return [made.ruled for made in sheet.tables], sheet.left


def unruled_pages(pages: Iterable[tuple[int, Sequence[Row]]]) -> list[tuple[list[Ruled], list[Row]]]:
    """Return for each page, given with its number, the tables that its lines make, and the lines that are text."""
    sheets: list[Sheet] = []
    for number, rows in pages:
        sheet = Sheet(number, rows, [pieces_of(row, narrow=True) for row in rows])
        before = sheets[-1] if sheets else None
        if before is not None:
            finish_row(before, sheet)
            sheet.begun = begun_on(before, sheet)
        _read(sheet, before)
        sheets.append(sheet)
    return [([made.ruled for made in sheet.tables], sheet.left) for sheet in sheets]


# ---------------------------------------------------------------------- one page


def _read(sheet: Sheet, before: Sheet | None) -> None:
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
        if line and line[-1].text.endswith(_ENDS) and not is_of_labels(line):
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
        count += not is_of_labels(above)
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
    return bool(line) and not begins and inside and is_of_labels(line)


def _is_text(line: Line) -> bool:
    """Return whether a line above a table is none of its heads: a section's heading, or a sentence."""
    if len(line) != 1 or is_label_part(line[0].text):
        return False
    text = line[0].text
    return _is_section(text) or _SIGNED.match(text) is not None or text.endswith(_ENDS) or line[0].x1 - line[0].x0 > 300


# ---------------------------------------------------------------------- rows and columns


def _table(block: list[Anchor], lines: Sequence[Line], goes_on: Made | None, page: int) -> Made:
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
    columns = _with_blank(_widened(_joined(columns_of(block), headed, block), headed), headed)
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
        boxes += _boxes(row, [*texts.values()], heads)
    if not any(heads):
        boxes = [replace(box, row=box.row - 1) for box in boxes if box.row]
    elif above := _years(lines, len(columns)) or _group(top, lines, len(columns)):
        boxes = [*above, *(replace(box, row=box.row + 1) for box in boxes)]
    borders = (0.0, *((x0 + x1) / 2 - place[0] for x0, x1 in columns), place[2] - place[0])
    ruled = Ruled(place, Grid(tuple(boxes), Spot(page=page), sure=False), borders)
    return Made(ruled, block, columns, heads, 0, 0, 0)


def _boxes(row: int, texts: Sequence[str], heads: Sequence[str]) -> Iterator[Box]:
    """Yield the cells of a row; a number in a column without a head, between two blank ones that have one, is that of both."""
    column = 0
    while column < len(texts):
        own, above = texts[column : column + 3], heads[column : column + 3]
        merged = [bool(text) for text in own] == [False, True, False] and [bool(head) for head in above] == [
            True,
            False,
            True,
        ]
        width = 3 if merged else 1
        yield Box(row, 1 + column, 1, width, "".join(own[:width]))
        column += width


def _joined(columns: list[Column], others: Sequence[Column], block: Sequence[Anchor]) -> list[Column]:
    """Return columns, those that lie under one of others as one where no row has a number in each of them."""
    for other in others:
        under = [column for column in columns if _overlap(column, other)]
        whole = [*(one for one in columns if one not in under), (under[0][0], under[-1][1])] if len(under) > 1 else []
        if whole and all(len({column_at(whole, n) for n in row.numbers}) == len(row.numbers) for row in block):
            columns = sorted(whole)
    return columns


def _widened(columns: Sequence[Column], heads: Sequence[Column]) -> list[Column]:
    """Return columns as wide as their heads: numbers may be set at one end of them.

    A head is that of the one column it stands over; of as many heads as columns each has its own, most of which stand so.
    """
    over = {column: [head for head in heads if _overlap(head, column)] for column in columns}
    under = {head: [column for column in columns if _overlap(head, column)] for head in heads}
    pairs = list(zip(sorted(columns), sorted(heads), strict=False))
    told = sum(over[column] == [head] for column, head in pairs)
    ordered = len(columns) == len(heads) and 2 * told > len(pairs)
    if ordered and all(over[column] in ([], [head]) and under[head] in ([], [column]) for column, head in pairs):
        return [_both(column, head) for column, head in pairs]
    return [
        _both(column, own[0]) if len(own := over[column]) == 1 and len(under[own[0]]) == 1 else column
        for column in columns
    ]


def _both(one: Column, other: Column) -> Column:
    return min(one[0], other[0]), max(one[1], other[1])


def _with_blank(columns: Sequence[Column], others: Sequence[Column]) -> list[Column]:
    """Return columns with those of others in which no number stands."""
    blank = [one for one in others if not any(_overlap(one, own) for own in columns)]
    return sorted([*columns, *blank])


def _overlap(one: Column, other: Column) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _head_of(made: Made, column: Column) -> str:
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


def _group(top: float, lines: Sequence[Line], columns: int) -> list[Box]:
    """Return the head of a group alone on its line over the heads of all its columns, as tables in pieces have it."""
    alone = [line[0].text for line in lines if len(line) == 1 and line[0].y < top]
    found = [text for text in alone if (fold(text), columns) in _groups()]
    return [Box(0, 0, 1, 1, ""), Box(0, 1, 1, columns, found[0])] if len(found) == 1 else []


@lru_cache
def _groups() -> frozenset[tuple[str, int]]:
    """Return the heads over several columns in all editions, with how many columns they stand over."""
    items = [item for name in edition_ids() for table in load_edition(name).tables for item in table.grid]
    return frozenset((fold(item.text), item.columns) for item in items if item.head and item.columns > 1)
