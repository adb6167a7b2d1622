"""Printed lines → rows of numbers: pieces of a line between gaps, lines with numbers, digits wrapped onto lines below."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from statistics import mean
from typing import TYPE_CHECKING, Final

from gk_xl.sources.document import UNREADABLE
from gk_xl.sources.formats.pdf_lines import segments
from gk_xl.sources.formats.pdf_marks import UNMARKED
from gk_xl.sources.labels import fold
from gk_xl.sources.sections import begins_table_label, is_label_part, table_labels
from gk_xl.sources.tokens import UNITS, is_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gk_xl.sources.formats.pdf_lines import Row, Sign

SHORTEST: Final = 3
_NARROW: Final = 0.35
"""Ems between the columns of a table whose columns are a character or two wide."""
_BETWEEN: Final = 0.15
"""Ems between two numbers that nearly fill their columns, at least."""
_WITHIN: Final = 0.05
"""Ems between the digits of one number, at most."""
_LOWER: Final = 0.8
"""Of their height the numbers of one row may stand lower than the others of it: other fonts, other sizes."""
_NEXT: Final = 1.5
"""So many heights below a number its wrapped digits stand, at most."""
_CLOSE: Final = 0.25
"""So many heights below a row its numbers stand that wide blanks before them pushed to the next line, at most."""
_WORD: Final = re.compile(r"[一二三四五六七八九十百千零〇两]+")
_TAIL: Final = re.compile(r"(?<=[\u4e00-\u9fff”）])\d[\d.,]*[件宗]?$")
_BEGUN: Final = re.compile(r"\d+[.,]")
"""The first line of a number that is wrapped at its mark."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of one line between two gaps."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    """That of its first line."""
    foot: float = 0.0
    """The lower edge of the last line of digits, where they are wrapped."""

    @property
    def x(self) -> float:
        """Its middle."""
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        """Its middle."""
        return (self.top + self.bottom) / 2


Line = list[Piece]


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

    @property
    def label(self) -> str:
        """The text right before its numbers."""
        return self.before[-1].text if self.before else ""


def pieces_of(row: Row, *, narrow: bool) -> Line:
    """Return a line's pieces; ``narrow`` where columns may be as narrow as a character."""
    parts: list[Sequence[Sign]] = []
    for part in _without_numbers(
        part for whole in segments(row) for part in (_columns_of(whole) if narrow else [whole])
    ):
        if (
            parts
            and _text(part) in UNITS
            and part[0].x0 - parts[-1][-1].x1 < part[0].size
            and _text(parts[-1]).isdecimal()
        ):
            parts[-1] = [*parts[-1], *part]  # 518 件
        else:
            parts.append(part)
    return [
        Piece(
            _label_once(_text(signs)),
            signs[0].x0,
            signs[-1].x1,
            min(s.top for s in signs),
            max(s.bottom for s in signs),
        )
        for signs in parts
    ]


def once(text: str) -> str:
    """Return what a text repeats from its first character to its last: one label of columns that touch."""
    period = (text + text).find(text, 1)
    return text[:period] if period > 1 else text


def _label_once(text: str) -> str:
    """Return what stands in two columns of labels that touch: a line of one label; digits are none."""
    single = once(text)
    return single if len(single) >= SHORTEST and is_label_part(single) else text


def _without_numbers(parts: Iterable[Sequence[Sign]]) -> Iterator[Sequence[Sign]]:
    """Yield pieces, the number that touches a whole label behind it as one of its own: 信访举报投诉类申请0."""
    for part in parts:
        text = _text(part)
        number = _TAIL.search(text) if len(text) == len(part) else None
        if number and fold(text[: number.start()]) in table_labels():
            yield part[: number.start()]
            yield part[number.start() :]
        else:
            yield part


def _text(signs: Iterable[Sign]) -> str:
    return "".join(sign.text for sign in signs)


def _columns_of(signs: Sequence[Sign]) -> list[Sequence[Sign]]:
    """Return what small gaps part, where each part is a number or a piece of a label: else they are one text."""
    gaps = [(following.x0 - sign.x1) / max(sign.size, following.size) for sign, following in pairwise(signs)]
    digits = [sign.text.isdecimal() and following.text.isdecimal() for sign, following in pairwise(signs)]
    close = any(gap < _WITHIN for gap, both in zip(gaps, digits, strict=True) if both)
    places = [
        number
        for number, (gap, both) in enumerate(zip(gaps, digits, strict=True), 1)
        if gap > (_BETWEEN if both and close else _NARROW)
    ]
    if not places or is_label_part(_text(signs)):
        return [signs]
    parts = [signs[begin:end] for begin, end in pairwise([0, *places, len(signs)])]
    return parts if all(is_number(text) or is_label_part(text) for text in map(_text, parts)) else [signs]


@lru_cache(maxsize=4096)
def is_number(text: str) -> bool:
    """Return whether a piece of a line is a number in digits, a mark for none, or the first line of a number."""
    # digits below one another, or not told; with a mark they are asked about
    text = text.replace("\n", "").replace(UNREADABLE, "0").translate(UNMARKED)
    return (is_value(text) and not _WORD.fullmatch(text)) or _BEGUN.fullmatch(text) is not None


def anchors_of(lines: Sequence[Line]) -> list[Anchor]:
    """Return the lines with numbers: two at least, or one behind a label of the form or the beginning of one."""
    return [anchor for index, line in enumerate(lines) if (anchor := _anchor(index, line)) is not None]


def _anchor(index: int, line: Line) -> Anchor | None:
    count = 0
    while count < len(line) and is_number(line[-1 - count].text):
        count += 1
    numbers, before = line[len(line) - count :], line[: len(line) - count]
    found = Anchor(index, numbers, before, index)
    if count == 0 or (count == 1 and not (fold(found.label) in table_labels() or _begins_row(found))):
        return None
    return found


def _begins_row(anchor: Anchor) -> bool:
    """Return whether the text before the numbers is surely the beginning of a row's label."""
    return len(fold(anchor.label)) >= SHORTEST and begins_table_label(anchor.label)


def whole_rows(block: Sequence[Anchor], lines: Sequence[Line], anchors: set[int]) -> list[Anchor]:
    """Return rows of numbers, those whole again that stand on several lines: set a little lower, or wrapped in narrow cells.

    ``anchors`` are the lines with rows of numbers.
    """
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
    for anchor in whole:
        while _take_digits(anchor, lines, anchors):
            pass
    return whole


def _with(number: Piece, rest: Sequence[Piece]) -> Piece:
    """Return a number with the digits below it, on lines of their own."""
    foot = max([number.foot, *(piece.bottom for piece in rest)])
    return replace(number, text="\n".join([number.text, *(piece.text for piece in rest)]), foot=foot)


def _take_digits(anchor: Anchor, lines: Sequence[Line], anchors: set[int]) -> bool:
    """Give the numbers of a row what stands alone right below them, wrapped in narrow cells; False where nothing does."""
    at = anchor.last + 1
    if at in anchors or at >= len(lines):
        return False
    left = min(piece.x0 for piece in anchor.numbers)
    beside = [piece for piece in lines[at] if piece.x1 <= left]
    if beside and names_row(beside[-1].text) and not begins_table_label(anchor.label + beside[-1].text):
        return False
    taken = False
    foot = max(max(piece.bottom, piece.foot) for piece in anchor.numbers)
    for piece in lines[at]:
        own = _over(anchor, piece)
        if own is None and not beside and is_number(piece.text) and len(anchor.numbers) > 1:
            if piece.top - foot < (piece.bottom - piece.top) * _CLOSE:
                anchor.numbers.append(piece)
                anchor.last, taken = at, True
            continue
        if own is None or not (is_number(piece.text) or len(piece.text) == 1):
            continue
        if piece.top - max(own.bottom, own.foot) < (own.bottom - own.top) * (_NEXT - 1):
            anchor.numbers[anchor.numbers.index(own)] = _with(own, [piece])
            anchor.last, taken = at, True
    return taken


def _is_rest(above: Anchor, below: Anchor) -> bool:
    """Return whether a line of numbers is the rest of the row above: too near for a row of its own, without a label."""
    height = max(piece.bottom - piece.top for piece in above.numbers)
    step = min(piece.top for piece in below.numbers) - max(piece.top for piece in above.numbers)
    beside = [_over(above, piece) is None for piece in below.numbers]
    named = names_row(below.label)
    if all(beside):
        return step < height * (_LOWER if below.before else _NEXT) and not named
    step = min(piece.top for piece in below.numbers) - max(max(piece.bottom, piece.foot) for piece in above.numbers)
    if any(beside) or step >= height * (_NEXT - 1):
        return False
    if below.label and fold(above.label) not in table_labels() and begins_table_label(above.label + below.label):
        return True
    same = not above.before and not below.before and len(below.numbers) >= len(above.numbers)
    return not named and not same and (not below.before or is_label_part(below.label))


def names_row(text: str) -> bool:
    """Return whether a text before numbers is a label, or may be the beginning of one."""
    folded = fold(text)
    return bool(folded) and (begins_table_label(text) or any(folded in label[:SHORTEST] for label in table_labels()))


def _over(above: Anchor, piece: Piece) -> Piece | None:
    """Return the number of the line above that a number stands under."""
    return next((own for own in above.numbers if own.x0 < piece.x1 and piece.x0 < own.x1), None)


def columns_of(block: Sequence[Anchor]) -> list[tuple[float, float]]:
    """Return from where to where the columns reach: numbers that overlap in the height of the page are of one column."""
    columns: list[tuple[float, float]] = []
    for piece in sorted((piece for anchor in block for piece in anchor.numbers), key=lambda one: one.x0):
        if columns and piece.x0 <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], piece.x1))
        else:
            columns.append((piece.x0, piece.x1))
    return columns


def column_at(columns: Sequence[tuple[float, float]], piece: Piece) -> int:
    """Return which column a number stands in."""
    return next(number for number, (x0, x1) in enumerate(columns) if x0 <= piece.x <= x1)
