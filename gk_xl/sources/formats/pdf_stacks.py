"""Tables without lines whose columns are a character or two wide: letters below one another → the texts of their cells.

There a label takes many lines, its numbers stand beside the first of them. A row begins where texts begin in several
columns at once; each row is given back as one line, so that it reads as that of a wide table.
"""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True)
class _Letters:
    """What stands on one line of one column."""

    signs: tuple[Sign, ...]

    @property
    def text(self) -> str:
        return "".join(sign.text for sign in self.signs)

    @property
    def x0(self) -> float:
        return self.signs[0].x0

    @property
    def x1(self) -> float:
        return self.signs[-1].x1

    @property
    def y(self) -> float:
        return self.signs[0].centre[1]

    @property
    def size(self) -> float:
        return max(sign.size for sign in self.signs)

    @property
    def is_narrow(self) -> bool:
        return self.x1 - self.x0 <= _NARROW * self.size


def unstacked(rows: Sequence[Row]) -> list[Row]:
    """Return the lines of a page, those of such tables as one line for each row; all others as they are."""
    found: list[Row] = []
    group: list[tuple[Row, list[_Letters]]] = []
    for row in [*rows, None]:
        letters = list(_letters(row)) if row is not None else []
        if row is not None and _is_of_columns(letters, begun=bool(group)):
            group.append((row, letters))
            continue
        found += _rows_of([one for one, _ in group], [own for _, own in group])
        group = []
        found += [row] if row is not None else []
    return found


def _letters(row: Row) -> Iterator[_Letters]:
    """Yield what stands between the gaps of a line."""
    own: list[Sign] = []
    for sign in row.signs:
        if not sign.text.strip():
            continue
        if own and sign.x0 - own[-1].x1 > _GAP * max(sign.size, own[-1].size):
            yield _Letters(tuple(own))
            own = []
        own.append(sign)
    if own:
        yield _Letters(tuple(own))


def _is_of_columns(letters: Sequence[_Letters], *, begun: bool) -> bool:
    """Return whether a line is of narrow columns; the last of several may be wide: it takes what is left of the page."""
    if not letters or not all(one.is_narrow for one in letters[:-1]):
        return False
    if letters[-1].is_narrow:
        return begun or len(letters) > 1
    return len(letters) > 2 and _is_of_form(letters[-1].text)


def _is_of_form(text: str) -> bool:
    return is_number(text) or is_label_part(text)


def _rows_of(rows: list[Row], lines: Sequence[Sequence[_Letters]]) -> list[Row]:
    """Return lines of narrow columns as the rows that they make; as they are where they make none."""
    if len(rows) < _FEWEST:
        return rows
    columns = _columns([one for line in lines for one in line])
    stacks = [_runs(column) for column in columns]
    if max(sum(is_cjk(one.text[0]) for one in run) for runs in stacks for run in runs) < _LONG:
        return rows
    tops = _tops(stacks)
    height = median(below.top - above.top for above, below in pairwise(rows)) if len(rows) > 1 else rows[0].size
    made = []
    for number, (top, foot) in enumerate(pairwise([*tops, float("inf")])):
        signs = [
            sign for column in columns if (sign := _cell(column, top, foot, rows[0].top + number * height, height))
        ]
        made += [Row(tuple(sorted(signs, key=lambda sign: sign.x0)))] if signs else []
    labels = sum(is_table_label(sign.text) for row in made for sign in row.signs)
    return made if labels >= _LABELS else rows


def _columns(letters: Sequence[_Letters]) -> list[list[_Letters]]:
    """Return letters by columns: what overlaps in the height of the page is one; what is wide, of the last one it begins in."""
    columns: list[list[_Letters]] = []
    end = float("-inf")
    for one in sorted((one for one in letters if one.is_narrow), key=lambda one: one.x0):
        if one.x0 >= end:
            columns.append([])
        columns[-1].append(one)
        end = max(end, one.x1)
    for one in (one for one in letters if not one.is_narrow):
        under = [column for column in columns if min(own.x0 for own in column) <= one.x0 + _GAP * one.size]
        (under[-1] if under else columns[0]).append(one)
    return [sorted(column, key=lambda one: one.y) for column in columns]


def _runs(column: Sequence[_Letters]) -> list[list[_Letters]]:
    """Return the lines of a column that follow one another without a gap."""
    steps = [below.y - above.y for above, below in pairwise(column)]
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


def _tops(stacks: Sequence[Sequence[Sequence[_Letters]]]) -> list[float]:
    """Return where rows begin: texts begin in two columns at least; the first lines of all are of one."""
    begins = sorted((run[0].y, run[0].size) for runs in stacks for run in runs)
    groups: list[list[float]] = []
    for y, size in begins:
        if groups and y - groups[-1][0] <= _LEVEL * size:
            groups[-1].append(y)
        else:
            groups.append([y])
    return [min(group) - 1 for number, group in enumerate(groups) if len(group) > 1 or not number]


def _cell(column: Sequence[_Letters], top: float, foot: float, y: float, height: float) -> Sign | None:
    """Return what a column holds between two places as one sign on a line; digits of several lines stay apart."""
    own = [one for one in column if top <= one.y < foot]
    if not own:
        return None
    digits = all(set(one.text) <= _DIGITS for one in own)
    text = ("\n" if digits else "").join(one.text for one in own)
    ends = (end for end in range(len(text) - 1, 1, -1) if is_table_label(text[:end]))
    if not is_table_label(text) and (end := next(ends, 0)) and begins_table_label(text[end:]):
        text = text[:end]  # the head of the next block stands alone on its row, so that nothing tells where that begins
    x0, x1 = min(one.x0 for one in own), max(one.x1 for one in own)
    return Sign(text, x0, x1, y, y + 0.8 * height, _SMALL)
