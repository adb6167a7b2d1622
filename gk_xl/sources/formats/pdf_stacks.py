"""Tables without lines whose columns are a character or two wide: letters below one another → the texts of their cells.

There a label takes many lines, its numbers stand beside the first of them. A row begins where texts begin in several
columns at once; each row is given back as one line, so that it reads as that of a wide table.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from gk_xl.sources.formats.pdf_lines import Row, Sign, is_cjk
from gk_xl.sources.formats.pdf_numbers import is_number
from gk_xl.sources.sections import begins_table_label, is_label_part, is_table_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DIGITS: Final = frozenset("0123456789.,")
_NARROW: Final = 2.6
"""Ems that a text of such a column is wide, at most."""
_GAP: Final = 0.3
"""Ems between two columns, at least."""
_CLOSE: Final = 0.05
"""Ems between two texts that nearly fill their columns, at least; those of one text touch."""
_OPENING: Final = frozenset("（《〈“‘【「")
_CLOSING: Final = frozenset("）》〉”’】」，、。；：")
"""Marks that have ink in one half of the square that they stand in: the other half may lie over the next column."""
_LEVEL: Final = 0.7
"""Ems by which the first lines of one row may stand apart."""
_NEXT: Final = 1.4
"""So many usual steps below a line the next of the same cell stands, at most."""
_FEWEST: Final = 12
"""So many lines such a table has on a page, at least."""
_LONG: Final = 6
"""So many lines its longest label has, at least."""
_LABELS: Final = 3
"""So many of its texts are labels of the form, at least."""
_SMALL: Final = 1.0
"""The size given to what is one text: no gap between two columns is smaller."""


def unstacked(rows: Sequence[Row]) -> list[Row]:
    """Return the lines of a page, those of such tables as one line for each row; all others as they are."""
    found: list[Row] = []
    group: list[tuple[Row, list[Row]]] = []
    for row in [*rows, None]:
        letters = list(_letters(row)) if row is not None else []
        if row is not None and _is_of_columns(letters, begun=bool(group)):
            if not group and found and _begins(found[-2:], letters):
                group.append((begun := found.pop(), list(_letters(begun))))
            group.append((row, letters))
            continue
        found += _rows_of([one for one, _ in group], [own for _, own in group])
        group = []
        found += [row] if row is not None else []
    return found


def _begins(above: Sequence[Row], below: Sequence[Row]) -> bool:
    """Return whether the last line above is the first character of a label alone, above its second; not the end of one."""
    row, near = above[-1], 2 * above[-1].size
    over = any(one.x0 < row.x1 and row.x0 < one.x1 for one in below)
    ends = len(above) > 1 and len(above[0].signs) == 1 and row.top - above[0].top < near
    return len(row.signs) == 1 and is_cjk(row.text) and over and not ends and below[0].top - row.top < near


def _letters(row: Row) -> Iterator[Row]:
    """Yield what stands between the gaps of a line, each on one line of one column; small gaps part what is too wide for one."""
    signs = [_inked(sign) for sign in row.signs if sign.text.strip()]
    parts = _parted(signs, _GAP)
    for own in parts:
        yield from _parted(own.signs, _CLOSE) if len(parts) > 1 and not _is_narrow(own) else [own]


def _inked(sign: Sign) -> Sign:
    """Return a character from where to where it has ink."""
    middle = sign.centre[0]
    return (
        replace(sign, x0=middle)
        if sign.text in _OPENING
        else replace(sign, x1=middle)
        if sign.text in _CLOSING
        else sign
    )


def _parted(signs: Sequence[Sign], gap: float) -> list[Row]:
    """Return what stands between the gaps of so many ems."""
    ends = [
        n for n, (one, other) in enumerate(pairwise(signs), 1) if other.x0 - one.x1 > gap * max(one.size, other.size)
    ]
    return [Row(tuple(signs[begin:end])) for begin, end in pairwise([0, *ends, len(signs)]) if signs]


def _text(letters: Row) -> str:
    """Return what stands on one line of one column, its digits without the gaps between them."""
    return "".join(sign.text for sign in letters.signs)


def _y(letters: Row) -> float:
    return letters.signs[0].centre[1]


def _is_narrow(letters: Row) -> bool:
    return letters.x1 - letters.x0 <= _NARROW * letters.size


def _is_of_columns(letters: Sequence[Row], *, begun: bool) -> bool:
    """Return whether a line is of narrow columns; the last of several may be wide: it takes what is left of the page."""
    if not letters or not all(_is_narrow(one) for one in letters[:-1]):
        return False
    if _is_narrow(letters[-1]):
        return begun or len(letters) > 1
    return len(letters) > 2 and _is_of_form(_text(letters[-1]))


def _is_of_form(text: str) -> bool:
    return is_number(text) or is_label_part(text)


def _rows_of(rows: list[Row], lines: Sequence[Sequence[Row]]) -> list[Row]:
    """Return lines of narrow columns as the rows that they make; as they are where they make none."""
    if len(rows) < _FEWEST:
        return rows
    columns = _columns([one for line in lines for one in line])
    stacks = [_runs(column) for column in columns]
    if max(sum(is_cjk(one.signs[0].text[0]) for one in run) for runs in stacks for run in runs) < _LONG:
        return rows
    tops = _tops(stacks, lines)
    height = median(below.top - above.top for above, below in pairwise(rows)) if len(rows) > 1 else rows[0].size
    made = []
    for number, (top, foot) in enumerate(pairwise([*tops, float("inf")])):
        signs = [
            sign for column in columns if (sign := _cell(column, top, foot, rows[0].top + number * height, height))
        ]
        made += [Row(tuple(sorted(signs, key=lambda sign: sign.x0)))] if signs else []
    labels = sum(is_table_label(sign.text) for row in made for sign in row.signs)
    return made if labels >= _LABELS else rows


def _columns(letters: Sequence[Row]) -> list[list[Row]]:
    """Return letters by columns: what overlaps in the height of the page is one; what is wide, of the first one it lies over.

    Where it lies over none it is of the last one that begins before it.
    """
    columns: list[list[Row]] = []
    ends: list[float] = []
    for one in sorted((one for one in letters if _is_narrow(one)), key=lambda one: one.x0):
        if not ends or one.x0 >= ends[-1]:
            columns.append([])
            ends.append(one.x1)
        columns[-1].append(one)
        ends[-1] = max(ends[-1], one.x1)
    begins = [column[0].x0 for column in columns]
    for one in (one for one in letters if not _is_narrow(one)):
        over = bisect(ends, one.x0)
        before = max(0, bisect(begins, one.x0) - 1)
        columns[over if over < len(columns) and begins[over] < one.x1 else before].append(one)
    return [sorted(column, key=_y) for column in columns]


def _runs(column: Sequence[Row]) -> list[list[Row]]:
    """Return the lines of a column that follow one another without a gap."""
    steps = [_y(below) - _y(above) for above, below in pairwise(column)]
    usual = (
        median(step for step in steps if step <= 2 * column[0].size)
        if any(s <= 2 * column[0].size for s in steps)
        else column[0].size
    )
    runs = [[column[0]]]
    for step, one in zip(steps, column[1:], strict=True):
        if step > _NEXT * usual:
            runs.append([])
        runs[-1].append(one)
    return runs


def _tops(stacks: Sequence[Sequence[Sequence[Row]]], lines: Sequence[Sequence[Row]]) -> list[float]:
    """Return where rows begin: texts begin in two columns at least; the first lines of all are of one.

    A label that begins a line lower than the others of its row, being set with a mark, begins none.
    """
    begins = sorted((_y(run[0]), run[0].size) for runs in stacks for run in runs)
    groups: list[list[float]] = []
    for y, size in begins:
        if groups and y - groups[-1][0] <= _LEVEL * size:
            groups[-1].append(y)
        else:
            groups.append([y])
    tops = [min(group) - 1 for number, group in enumerate(groups) if len(group) > 1 or not number]
    places = [bisect(tops, max(map(_y, line))) for line in lines]
    count = Counter(places)
    alone = (
        (above, below, place)
        for above, below, (place, after) in zip(lines, lines[1:], pairwise(places), strict=False)
        if count[place] == 1 and after > place
    )
    late = {place for above, below, place in alone if all(_goes_on(one, below) for one in above)}
    return [top for place, top in enumerate(tops) if place not in late]


def _goes_on(one: Row, below: Sequence[Row]) -> bool:
    """Return whether what stands on one line of a column is the beginning of a text that its next line goes on with."""
    return any(other.x0 < one.x1 and one.x0 < other.x1 and not set(_text(other)) <= _DIGITS for other in below)


def _cell(column: Sequence[Row], top: float, foot: float, y: float, height: float) -> Sign | None:
    """Return what a column holds between two places as one sign on a line; digits of several lines stay apart."""
    own = [one for one in column if top <= _y(one) < foot]
    if not own:
        return None
    digits = all(set(_text(one)) <= _DIGITS for one in own)
    text = ("\n" if digits else "").join(_text(one) for one in own)
    ends = (end for end in range(len(text) - 1, 1, -1) if is_table_label(text[:end]))
    if not is_table_label(text) and (end := next(ends, 0)) and begins_table_label(text[end:]):
        text = text[:end]  # the head of the next block stands alone on its row, so that nothing tells where that begins
    x0, x1 = min(one.x0 for one in own), max(one.x1 for one in own)
    return Sign(text, x0, x1, y, y + 0.8 * height, _SMALL)
