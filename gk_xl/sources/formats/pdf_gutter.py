"""Text set in two columns, as gazettes set it → its lines in reading order: the left column, then the right one."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby, pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from gk_xl.sources.formats.pdf_lines import is_cjk, rows_of, segments

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from gk_xl.sources.formats.pdf_lines import Row, Sign

_FIRST: Final = 0.4
"""The part of the text's width before which no right column begins."""
_LONG: Final = 8
"""So many characters a line of a column has that tells where it begins, at least."""
_FULL: Final = 0.7
"""The part of a column's width that a full line takes, at least."""
_FEWEST: Final = 3
"""So many full lines each column has, at least."""
_APART: Final = 1.3
"""So many steps from line to line what follows both columns is set apart, at least."""
_HEADING: Final = re.compile(r"[一二三四五六][、.．]")
_CLEAR: Final = 0.9
"""Ems before the right column in which nothing stands, at least."""


def right_columns(rows: Sequence[Row]) -> set[float]:
    """Return where the right column of a page's lines begins: of as many full lines on both sides that they are surely columns."""
    begin = _most_begin(rows)
    parts = _parts(rows, begin, _FEWEST) if begin is not None else ()
    return {begin} if begin is not None and any(is_column for _, is_column in parts) else set()


def in_columns(rows: Sequence[Row], known: Collection[float]) -> list[tuple[list[Row], bool]]:
    """Return the lines of a page, from top to bottom, in parts to be read one after the other; whether each is a column.

    ``known`` is where right columns of the file surely begin: a few lines there are columns, too.
    """
    for begin in sorted(known) if rows else ():
        parts = list(_parts(rows, begin, 1))
        if any(is_column for _, is_column in parts):
            return parts
    return [(list(rows), False)]


def _most_begin(rows: Sequence[Row]) -> float | None:
    """Return where most long lines to the right of other lines begin; None where no column may begin."""
    if len(rows) < 2 * _FEWEST:
        return None
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    found = Counter(
        round(part[0].x0)
        for row in rows
        for part in segments(row)
        if part[0].x0 > left + _FIRST * (right - left) and len(part) >= _LONG and _is_text(part)
    )
    place, count = max(found.items(), key=lambda one: (one[1], -one[0]), default=(0, 0))
    return float(place) if count >= _FEWEST else None


def _parts(rows: Sequence[Row], begin: float, fewest: int) -> Iterator[tuple[list[Row], bool]]:
    """Yield the parts that lines are read in where a right column begins at a place, of so many full lines at least."""
    clear = begin - _CLEAR * median(row.size for row in rows)
    for parted, group in groupby(rows, key=lambda row: not any(clear < s.x1 and s.x0 < begin - 0.5 for s in row.signs)):
        own = list(group)
        columns = _columns(own, clear, fewest) if parted else None
        if columns is None:
            yield own, False
            continue
        left, right = columns
        after = _after(left, right)
        yield left[: len(left) - after], True
        yield right, True
        yield left[len(left) - after :], False


def _columns(rows: Sequence[Row], clear: float, fewest: int) -> tuple[list[Row], list[Row]] | None:
    """Return the lines of the left and of the right column; None where these are none."""
    signs = [sign for row in rows for sign in row.signs]
    columns = [rows_of(own) for own in ([s for s in signs if s.x0 < clear], [s for s in signs if s.x0 >= clear])]
    for column in columns:
        wide = max((row.x1 - row.x0 for row in column), default=0.0)
        full = [row for row in column if row.x1 - row.x0 >= _FULL * wide and _is_text(row.signs)]
        if len(full) < fewest or len(full[0].signs) < _LONG:
            return None
    return columns[0], columns[1]


def _after(left: Sequence[Row], right: Sequence[Row]) -> int:
    """Return how many lines at the end of the left column stand below both: from a short one on that is set apart, or a heading."""
    wide, foot = max(row.x1 - row.x0 for row in left), max(row.top for row in right)
    pitch = median([below.top - above.top for above, below in pairwise(left)] or [0.0])
    for number, (above, row) in enumerate(pairwise(left), 1):
        short = row.x1 - row.x0 < _FULL * wide
        if short and row.top > foot + 1 and (row.top - above.top > _APART * pitch or _HEADING.match(row.text)):
            return len(left) - number
    return 0


def _is_text(signs: Sequence[Sign]) -> bool:
    return 2 * sum(is_cjk(sign.text[0]) for sign in signs) > len(signs)
