"""Tables without lines: numbers below one another make columns, the labels beside them rows, the texts above them heads.

Such a grid is not ``sure``. What belongs to no row of numbers stays text. Labels of groups of rows are left out: rows are
told by their own labels.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from statistics import mean
from typing import TYPE_CHECKING, Final

from gk_xl.sources.document import Box, Grid, Spot
from gk_xl.sources.formats.pdf_lines import segments
from gk_xl.sources.formats.pdf_tables import Ruled
from gk_xl.sources.labels import fold
from gk_xl.sources.sections import begins_table_label, is_table_label, table_labels
from gk_xl.sources.tokens import is_value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gk_xl.sources.formats.pdf_lines import Row, Sign

MOST_HEADS: Final = 14
_OFF: Final = 0.45
"""The part of a column's width by which a number may stand beside its middle."""
SHORTEST: Final = 3
_FAR: Final = 40
"""Points from its numbers that a line of a label may stand."""
_LOWER: Final = 0.8
"""Of their height the numbers of one row may stand lower than the others of it: other fonts, other sizes."""
_NEXT: Final = 1.5
"""So many heights below a number its wrapped digits stand, at most."""
_SIGNED: Final = re.compile(r"附[件表]|\d{4}年\d{1,2}月\d{1,2}日$|[二〇○零一]{4}年")
"""What stands above an annex: the date of the signature, or the annex's name."""
_ENDS: Final = ("。", "；", "：")


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of one line between two gaps."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def x(self) -> float:
        """Its middle."""
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        """Its middle."""
        return (self.top + self.bottom) / 2


@dataclass
class Anchor:
    """A line with numbers at its end: where it is among the lines, its numbers, and the texts before them."""

    index: int
    numbers: list[Piece]
    before: list[Piece]
    last: int = 0
    """The line on which its last digits stand, where those are wrapped."""

    @property
    def y(self) -> float:
        """The middle of its numbers."""
        return mean(piece.y for piece in self.numbers)


def unruled_tables(rows: Sequence[Row], page: int) -> tuple[list[Ruled], list[Row]]:
    """Return the tables that the lines of a page make, and the lines that are text."""
    pieces = [[_piece(part) for part in segments(row)] for row in rows]
    anchors = [anchor for index, line in enumerate(pieces) if (anchor := _anchor(index, line)) is not None]
    made, used = [], set[int]()
    rows_of_numbers = {anchor.index for anchor in anchors}
    for block in map(_whole_rows, _blocks(anchors, pieces)):
        _take_digits(block, pieces, rows_of_numbers)
        if not _is_table(block):
            continue
        first, last = _extent(block, rows, pieces, used)
        lines = [pieces[index] for index in range(first, last + 1)]
        place = (
            min(piece.x0 for line in lines for piece in line), rows[first].top,
            max(piece.x1 for line in lines for piece in line), rows[last].bottom,
        )  # fmt: skip
        made.append(_table(block, lines, place, page))
        used.update(range(first, last + 1))
    return made, [row for index, row in enumerate(rows) if index not in used]


def _piece(signs: Sequence[Sign]) -> Piece:
    text = "".join(sign.text for sign in signs)
    return Piece(text, signs[0].x0, signs[-1].x1, min(s.top for s in signs), max(s.bottom for s in signs))


def _anchor(index: int, line: Sequence[Piece]) -> Anchor | None:
    """Return a line as one with numbers: two at least, or one behind a label of the form."""
    count = 0
    while count < len(line) and is_value(line[-1 - count].text):
        count += 1
    numbers, before = list(line[len(line) - count :]), list(line[: len(line) - count])
    if count == 0 or (count == 1 and not (before and fold(before[-1].text) in table_labels())):
        return None
    return Anchor(index, numbers, before, index)


def _blocks(anchors: Sequence[Anchor], pieces: Sequence[Sequence[Piece]]) -> list[list[Anchor]]:
    """Return anchors whose numbers stand below one another, no line of text or other heads between them."""
    blocks: list[list[Anchor]] = []
    for anchor in anchors:
        if blocks and _fits(blocks[-1], anchor) and not _parted(blocks[-1][-1], anchor, pieces):
            blocks[-1].append(anchor)
        else:
            blocks.append([anchor])
    return blocks


def _whole_rows(block: Sequence[Anchor]) -> list[Anchor]:
    """Return rows of numbers, those whole again that stand on two lines: set a little lower, or wrapped in narrow cells."""
    whole: list[Anchor] = []
    for anchor in block:
        above = whole[-1] if whole else None
        if above is None or not _is_rest(above, anchor):
            whole.append(anchor)
            continue
        under = {piece: _over(above, piece) for piece in anchor.numbers}
        numbers = [_with(own, [piece for piece, over in under.items() if over is own]) for own in above.numbers]
        numbers += [piece for piece, over in under.items() if over is None]
        whole[-1] = Anchor(above.index, sorted(numbers, key=lambda one: one.x0), above.before, anchor.last)
    return whole


def _with(number: Piece, rest: Sequence[Piece]) -> Piece:
    """Return a number with the digits below it, on lines of their own."""
    return replace(number, text="\n".join([number.text, *(piece.text for piece in rest)]))


def _take_digits(block: Sequence[Anchor], pieces: Sequence[Sequence[Piece]], anchors: set[int]) -> None:
    """Give the numbers of a block the digits that stand alone right below them, wrapped in narrow cells."""
    for anchor in block:
        height = max(piece.bottom - piece.top for piece in anchor.numbers)
        below = pieces[anchor.index + 1] if anchor.index + 1 < len(pieces) else ()
        if anchor.index + 1 in anchors or not below:
            continue
        for piece in below:
            own = _over(anchor, piece)
            if (
                own is not None
                and (is_value(piece.text) or len(piece.text) == 1)
                and piece.top - own.top < height * _NEXT
            ):
                anchor.numbers[anchor.numbers.index(own)] = _with(own, [piece])
                anchor.last = max(anchor.last, anchor.index + 1)


def _is_rest(above: Anchor, below: Anchor) -> bool:
    """Return whether a line of numbers is the rest of the row above: too near for a row of its own, without a label."""
    height = max(piece.bottom - piece.top for piece in above.numbers)
    step = min(piece.top for piece in below.numbers) - max(piece.top for piece in above.numbers)
    beside = [_over(above, piece) is None for piece in below.numbers]
    if all(beside):
        return step < height * _LOWER and not _names_row(below)
    named = _names_row(below) or (not above.before and not below.before and len(below.numbers) >= len(above.numbers))
    return step < height * _NEXT and not any(beside) and not named


def _names_row(anchor: Anchor) -> bool:
    """Return whether a label stands before the numbers, or what may be the beginning of one."""
    text = fold(anchor.before[-1].text) if anchor.before else ""
    return bool(text) and any(label.startswith(text) or text in label[:SHORTEST] for label in table_labels())


def _over(above: Anchor, piece: Piece) -> Piece | None:
    """Return the number of the line above that a number stands under."""
    return next((own for own in above.numbers if own.x0 < piece.x1 and piece.x0 < own.x1), None)


def _fits(block: Sequence[Anchor], anchor: Anchor) -> bool:
    """Return whether a row's numbers stand in the columns of those above, or between them; no two in one column."""
    together = [*block, anchor]
    columns = _columns(together)
    for one in together:
        taken = [_column_of(columns, piece) for piece in one.numbers]
        if len(set(taken)) < len(taken):
            return False
    return len(columns) < len(_columns(block)) + len(_columns([anchor]))


def _columns(block: Sequence[Anchor]) -> list[tuple[float, float]]:
    """Return from where to where the columns reach: numbers that overlap in the height of the page are of one column."""
    columns: list[tuple[float, float]] = []
    for piece in sorted((piece for anchor in block for piece in anchor.numbers), key=lambda one: one.x0):
        if columns and piece.x0 <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], piece.x1))
        else:
            columns.append((piece.x0, piece.x1))
    return columns


def _column_of(columns: Sequence[tuple[float, float]], piece: Piece) -> int:
    return next(number for number, (x0, x1) in enumerate(columns) if x0 <= piece.x <= x1)


def _parted(above: Anchor, below: Anchor, pieces: Sequence[Sequence[Piece]]) -> bool:
    """Return whether lines between two rows of numbers are text, or heads of other columns."""
    left = min(piece.x0 for piece in above.numbers)
    known = table_labels()
    for index in range(above.index + 1, below.index):
        line = pieces[index]
        if line and line[-1].text.endswith(_ENDS):
            return True
        if any(piece.x1 > left + 2 and fold(piece.text) in known for piece in line):
            return True
        if len(line) == 1 and _is_section(line[0].text):
            return True
    return False


def _is_section(text: str) -> bool:
    """Return whether a line is the heading of a section, and no label of a row that is numbered alike."""
    numbered = text[:2] in {f"{number}、" for number in "一二三四五六"}
    return numbered and not any(label.startswith(fold(text)) for label in table_labels())


def _is_table(block: Sequence[Anchor]) -> bool:
    """Return whether rows of numbers are a table: a row has three, or a label of the form stands before one."""
    labelled = any(is_table_label(piece.text) for anchor in block for piece in anchor.before)
    return labelled or any(len(anchor.numbers) >= 3 for anchor in block)


def _extent(
    block: Sequence[Anchor], rows: Sequence[Row], pieces: Sequence[Sequence[Piece]], used: set[int]
) -> tuple[int, int]:
    """Return the first and last line of a table: with its heads, and with the rest of its last label."""
    first, last = block[0].index, block[-1].last
    for _ in range(MOST_HEADS):
        above = first - 1
        if above < 0 or above in used or _is_text(pieces[above]) or rows[first].top - rows[above].bottom > 30:
            break
        first = above
    label = block[-1].before[-1].text if block[-1].before else ""
    while label and not is_table_label(label) and last + 1 < len(rows) and pieces[last + 1]:
        more = pieces[last + 1][-1].text
        if len(more) > 1 and not begins_table_label(label + more):
            break
        label += more if len(more) > 1 else ""  # a letter of the label of a group of rows
        last += 1
    while last > block[-1].last and last + 1 < len(rows) and _is_letter(pieces[last + 1]):
        last += 1
    return first, last


def _is_letter(line: Sequence[Piece]) -> bool:
    return len(line) == 1 and len(line[0].text) == 1


def _is_text(line: Sequence[Piece]) -> bool:
    """Return whether a line above a table is none of its heads: a section's heading, or a sentence."""
    if len(line) != 1:
        return False
    return (
        _is_section(line[0].text)
        or _SIGNED.match(line[0].text) is not None
        or line[0].text.endswith(_ENDS)
        or line[0].x1 - line[0].x0 > 300
    )


def _table(block: Sequence[Anchor], lines: Sequence[Sequence[Piece]], place: tuple[float, ...], page: int) -> Ruled:
    columns = _columns(block)
    middles = [(x0 + x1) / 2 for x0, x1 in columns]
    labels = _labels(block, lines, min(piece.x0 for anchor in block for piece in anchor.numbers))
    heads = _heads(block, lines, middles)
    boxes = [Box(0, 1 + number, 1, 1, text) for number, text in enumerate(heads)]
    boxes.append(Box(0, 0, 1, 1, ""))
    for row, (anchor, label) in enumerate(zip(block, labels, strict=True), 1):
        texts = dict.fromkeys(range(len(middles)), "")
        for piece in anchor.numbers:
            column = _column_of(columns, piece)
            texts[column] = f"{texts[column]} {piece.text}".strip()  # two numbers are never one
        boxes.append(Box(row, 0, 1, 1, label))
        boxes += [Box(row, 1 + column, 1, 1, text) for column, text in texts.items()]
    if not any(heads):
        boxes = [Box(box.row - 1, box.column, 1, 1, box.text) for box in boxes if box.row]
    borders = (0.0, *(middle - place[0] for middle in middles), place[2] - place[0])
    return Ruled((place[0], place[1], place[2], place[3]), Grid(tuple(boxes), Spot(page=page), sure=False), borders)


def _nearest(places: Sequence[float], place: float) -> int:
    """Return which of several places lies nearest to one."""
    return min(range(len(places)), key=[abs(one - place) for one in places].__getitem__)


def _labels(block: Sequence[Anchor], lines: Sequence[Sequence[Piece]], end: float) -> list[str]:
    """Return the label of every row, its numbers set in the middle, at the top, or at the foot of it: as gives most labels."""
    ways = [_labels_by(belongs, block, lines, end) for belongs in (_nearest_row, _row_above, _row_below)]
    ways.append(_labels_in_order(block, lines, end))
    return max(ways, key=lambda labels: sum(map(is_table_label, labels)))


def _labels_in_order(block: Sequence[Anchor], lines: Sequence[Sequence[Piece]], end: float) -> list[str]:
    """Return the label of every row where the texts beside the numbers, read on and on, are labels one after the other.

    A label of a group stands to the left of its rows': only the last text of a line counts. A row takes the first label
    that begins no later than its numbers stand and ends below those of the row above.
    """
    texts = [line_end for line in lines if (own := [p for p in line if p.x1 <= end + 2]) for line_end in own[-1:]]
    labels, at, taken = [""] * len(block), 0, 0
    while at < len(texts):
        most = min(len(texts), at + MOST_HEADS)
        ends = [e for e in range(most, at, -1) if is_table_label("".join(one.text for one in texts[at:e]))]
        if not ends:
            at += 1
            continue
        own = texts[at : ends[0]]
        fitting = [n for n in range(taken, len(block)) if own[0].top - 2 < block[n].y < own[-1].bottom + 2]
        if fitting:
            labels[fitting[0]] = "".join(one.text for one in own)
            taken = fitting[0] + 1
        at = ends[0]
    return [label or "".join(piece.text for piece in one.before[-1:]) for label, one in zip(labels, block, strict=True)]


def _nearest_row(places: Sequence[float], y: float) -> int:
    return _nearest(places, y)


def _row_above(places: Sequence[float], y: float) -> int:
    return max((number for number, place in enumerate(places) if place <= y + 2), default=0)


def _row_below(places: Sequence[float], y: float) -> int:
    return min((number for number, place in enumerate(places) if place >= y - 2), default=len(places) - 1)


def _labels_by(
    belongs: Callable[[Sequence[float], float], int],
    block: Sequence[Anchor],
    lines: Sequence[Sequence[Piece]],
    end: float,
) -> list[str]:
    """Return the label of every row: what stands before its numbers, and the other lines that belong to it."""
    numbered = [a.before[-1].x0 for a in block if a.before and a.before[-1].text[:1].isdigit()]
    # Letters below one another at the left are the label of a group of rows.
    words = [piece.x0 for a in block for piece in a.before if len(piece.text) >= SHORTEST]
    leaf = min(numbered or words, default=0.0)
    found: list[list[Piece]] = [[] for _ in block]
    for line in lines:
        own = [piece for piece in line if piece.x1 <= end + 2]
        if not own:
            continue
        piece = own[-1]
        nearest = belongs([anchor.y for anchor in block], piece.y)
        on_line = abs(block[nearest].y - piece.y) < 2
        if on_line and piece.x < leaf:
            found[nearest] += own
        elif piece.x >= leaf and abs(block[nearest].y - piece.y) < (_FAR if belongs is _nearest_row else 2 * _FAR):
            found[nearest].append(piece)
    labels = []
    for anchor, own in zip(block, found, strict=True):
        below_heads = [piece for piece in own if piece.y > block[0].y - 30 or anchor is not block[0]]
        labels.append(
            _best_label([piece.text for piece in sorted(below_heads, key=lambda one: (one.top, one.x0))], anchor)
        )
    return labels


def _best_label(texts: Sequence[str], anchor: Anchor) -> str:
    """Return the run of lines that is a label of the form; the row's own text where none is."""
    runs = ["".join(texts[first:end]) for first in range(len(texts)) for end in range(len(texts), first, -1)]
    own = anchor.before[-1].text if anchor.before else ""
    fitting = [run for run in runs if is_table_label(run) and (not own or own in run)]
    return max(fitting, key=len, default="".join(texts) or own)


def _heads(block: Sequence[Anchor], lines: Sequence[Sequence[Piece]], middles: Sequence[float]) -> list[str]:
    """Return the head over each column: of the texts above its middle the lowest that make a label of the form."""
    known = table_labels()
    step = min((later - earlier for earlier, later in itertools.pairwise(middles)), default=200.0)
    above = [piece for line in lines for piece in line if piece.y < block[0].y - 2]
    heads = []
    for middle in middles:
        texts = [piece.text for piece in sorted(above, key=lambda one: one.top) if abs(piece.x - middle) < step * _OFF]
        runs = ["".join(texts[first:]) for first in range(len(texts))]
        heads.append(next((run for run in runs if fold(run) in known), ""))
    return heads
