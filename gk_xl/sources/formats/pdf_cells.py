"""A spreadsheet that was printed without lines → its cells: texts begin at the left edges of columns, numbers end at the right.

Nothing wraps there: a text too long for its cell is cut by the next one or runs over blank ones. Where pages show such
edges, a text stands in the column in which it begins, a number in the one in which it ends.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from gk_xl.form.load import edition_ids, load_edition
from gk_xl.sources.document import Box, Grid, Spot
from gk_xl.sources.formats.pdf_clipped import runs_of
from gk_xl.sources.formats.pdf_lines import Row, text_of
from gk_xl.sources.formats.pdf_numbers import SHORTEST
from gk_xl.sources.formats.pdf_tables import Ruled
from gk_xl.sources.labels import fold
from gk_xl.sources.sections import begins_table_label, is_label_part, is_table_label
from gk_xl.sources.tokens import is_value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from gk_xl.form.schema import GridCell
    from gk_xl.sources.formats.pdf_lines import Sign

_DIGITS: Final = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?%?")
_ENTRY: Final = re.compile(r"-?[0-9０-９]")
_DATE: Final = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
_SAME: Final = 0.8
"""Points by which texts of one column may begin apart, or numbers end."""
_BETWEEN: Final = (0.5, 8.0)
"""Points between the end of a column's numbers and the beginning of the next one's texts."""
_FEWEST: Final = 3
"""So many texts are printed over the one behind them, at least: nothing but a sheet's cells does that."""
_INTO: Final = 0.3
"""Ems by which they reach into it, at least."""
_MOST: Final = 0.95
_MOST_COLUMNS: Final = 200
_GAP: Final = 0.15
"""Ems between two texts that were drawn one behind the other, at least."""
_OVER: Final = -0.05
"""Ems from one character to the next where another text is printed over the end of the first, at most."""
_NEXT: Final = 4
"""So many texts before one on its line are looked at: one of them may be the same."""
_TWICE: Final = 1.0
"""Points that a character drawn twice stands apart."""
_NEAR: Final = 1.0
"""Ems between two parts of one text that were drawn on two pages, at most."""
_OFF: Final = 1.3
"""Points by which numbers may stand higher or lower than the texts of their row."""
_LEVEL: Final = 0.4
"""Ems by which the middles of one row may differ."""

Run = list["Sign"]
Cellular = dict[int, list[Run]]
"""A row: by column what stands in it."""


@dataclass(frozen=True)
class Cells:
    """The columns of a sheet: where each begins; its texts begin ``inside`` points further right."""

    edges: tuple[float, ...]
    inside: float

    def column(self, run: Sequence[Sign]) -> int:
        """Return in which column a text or a number stands, from 0."""
        ends = self.is_end(run[-1].x1) and _is_digits(run)
        return max(0, bisect(self.edges, run[-1].x1 if ends else run[0].x0 + _SAME) - 1)

    def is_begin(self, x: float) -> bool:
        """Return whether texts begin at a place."""
        return any(abs(edge + self.inside - x) <= _SAME for edge in self.edges)

    def is_end(self, x: float) -> bool:
        """Return whether numbers end at a place."""
        return any(abs(edge - self.inside - x) <= _SAME for edge in self.edges)


def cells_of(pages: Sequence[Sequence[Sign]]) -> Cells | None:
    """Return the columns that pages show, their characters given in drawing order; None where they show none."""
    if not are_cut(pages):
        return None
    lines = [line for signs in pages for line in _lines(_parts(signs))]
    runs = [run for line in lines for run in _beginning(line)]
    numbers = [run for run in runs if _is_digits(run)]
    texts = [run for run in runs if not _is_digits(run)]
    begins = _clusters([run[0].x0 for run in texts], 2)
    ends = _clusters([run[-1].x1 for run in numbers], 2)
    if max(len(begins), len(ends)) > _MOST_COLUMNS:
        return None
    between = Counter(round(b - e, 1) for e in ends for b in begins if _BETWEEN[0] <= b - e <= _BETWEEN[1])
    inside = between.most_common(1)[0][0] / 2 if between else 1.0
    typed = [run for run in numbers if not any(abs(run[0].x0 - begin) <= _SAME for begin in begins)]
    left = [run[0].x0 - inside for run in texts]
    right = [run[-1].x1 + inside for run in typed]
    found = Cells(tuple(_clusters([*left, *right], 2)), inside)
    if len(found.edges) > _MOST_COLUMNS or not _are_held(found, runs):
        return None
    heads = [run[0].x0 - inside for run in texts if _is_label(_text(run))]
    return Cells(tuple(_clusters([*found.edges, *heads, *right], 1)), inside)


def are_cut(pages: Sequence[Sequence[Sign]]) -> bool:
    """Return whether texts of pages are printed over the ones behind them, or cut, as only the cells of a sheet are."""
    lines = [line for signs in pages for line in _lines(_parts(signs))]
    return sum(_are_over(line) for line in lines) + sum(_is_cut(run) for line in lines for run in line) >= _FEWEST


def are_clipped(pages: Sequence[Sequence[Sign]]) -> bool:
    """Return whether only parts of texts are seen, as the pages themselves say of the cells of a sheet."""
    return sum(_is_cut(run) for signs in pages for run in runs_of(signs)) >= _FEWEST


def _beginning(line: Sequence[Run]) -> Iterator[Run]:
    """Yield the texts of a line but those that begin where the one before ends: they are the rest of it, from another page.

    One that is seen whole, behind the cell that cuts the one before, is a text of its own.
    """
    for before, run in pairwise([[], *line]):
        cut = before[0].clip if before and run[0].clip is None else None
        if not before or abs(run[0].x0 - before[-1].x1) > _GAP * run[0].size or (cut and cut[1] <= run[0].x0):
            yield run


def _are_over(line: Sequence[Run]) -> bool:
    """Return whether a text of a line reaches into the one behind it."""
    return any(run[-1].x1 - following[0].x0 > _INTO * run[-1].size for run, following in pairwise(line))


def _is_cut(run: Run) -> bool:
    """Return whether only part of a text is seen on the page."""
    clip = run[0].clip
    return clip is not None and run[-1].x1 > clip[1] + _SAME


def _are_held(cells: Cells, runs: Sequence[Run]) -> bool:
    """Return whether texts begin at the edges, and numbers begin or end there; none lies over an edge but one typed as a text."""
    held = 0
    for run in runs:
        number, begins = _is_digits(run), cells.is_begin(run[0].x0)
        held += begins or (number and cells.is_end(run[-1].x1))
        if number and not begins and bisect(cells.edges, run[0].x0 + _SAME) != bisect(cells.edges, run[-1].x1 - _SAME):
            return False
    return held >= _MOST * len(runs)


def _parts(signs: Sequence[Sign]) -> Iterator[Run]:
    """Yield what was drawn without a gap; a number may nearly touch what the next cell begins with."""
    for run in runs_of(signs):
        begin, end, inked = 0, run[0].x1, run[0].x1
        for at, sign in enumerate(run[1:], 1):
            size = max(sign.size, 1.0)
            if sign.text.strip() and (sign.x0 - end > _GAP * size or sign.x0 - inked < _OVER * size):
                yield run[begin:at]
                begin, end = at, sign.x1
            end = max(end, sign.x1)
            inked = sign.x1 if sign.text.strip() else inked  # a sign of no width is drawn as a blank upon the next one
        yield run[begin:]


def _lines(runs: Iterable[Run]) -> list[list[Run]]:
    """Return texts by the lines on which they stand, from left to right."""
    lines: list[list[Run]] = []
    for run in sorted((run for run in runs if _text(run).strip()), key=lambda one: one[0].centre[1]):
        if lines and abs(lines[-1][0][0].centre[1] - run[0].centre[1]) <= _LEVEL * run[0].size:
            lines[-1].append(run)
        else:
            lines.append([run])
    return [list(_once(sorted(line, key=lambda one: one[0].x0))) for line in lines]


def _once(line: Iterable[Run]) -> Iterator[Run]:
    """Yield the texts of a line, each once; what was drawn on two pages, or twice to look bold, is put together."""
    shown: list[Run] = []
    for run in line:
        again = next((own for own in shown[-_NEXT:] if (size := _drawn_twice(own, run))), None)
        if again is None:
            shown.append([*run])
        else:
            again += run[size:]
    yield from shown


def _drawn_twice(before: Run, run: Run) -> int:
    """Return how many characters of a text stand just where the one before it has them, at its end or all of its own; 0 for none."""
    first = next((at for at, sign in enumerate(before) if abs(sign.x0 - run[0].x0) <= _TWICE), len(before))
    size = min(len(before) - first, len(run))
    if abs(before[0].centre[1] - run[0].centre[1]) > _TWICE:
        return 0
    return size if _text(before[first : first + size]) == _text(run[:size]) else 0


def _clusters(places: Iterable[float], fewest: int) -> list[float]:
    """Return the places at which so many things are at least."""
    groups: list[list[float]] = []
    for place in sorted(places):
        if groups and place - groups[-1][-1] <= _SAME:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [group[len(group) // 2] for group in groups if len(group) >= fewest]


def _is_digits(run: Iterable[Sign]) -> bool:
    return _DIGITS.fullmatch(_text(run)) is not None


def _text(run: Iterable[Sign]) -> str:
    return "".join(sign.text for sign in run)


# ---------------------------------------------------------------------- a page's rows


def rows_and_tables(cells: Cells, signs: Sequence[Sign], page: int) -> tuple[list[Row], list[Ruled]]:
    """Return what a page of a sheet holds: rows with one text that is no label as lines, the others as tables."""
    lines: list[Row] = []
    tables: list[Ruled] = []
    parts = [piece for part in _parts(signs) for piece in _labels_apart(cells, part)]
    found = [row for line in _lines(parts) if not _is_of_groups(row := _row(cells, line))]
    for alone, group in groupby(found, key=_is_paragraph):
        rows = list(group)
        if alone:
            lines += [Row(tuple(run)) for row in rows for runs in row.values() for run in runs]
        else:
            tables.append(_table(cells, rows, page))
    return lines, tables


def _is_crossed(row: Cellular) -> bool:
    """Return whether digits stand a little off their row, or reach into the next cell, so that some of them may be hidden.

    A cell of two lines shows one of them; a number that was typed as a text is cut as texts are.
    """
    runs = [run for own in row.values() for run in own]
    level = median(run[0].centre[1] for run in runs)
    off = any(abs(run[0].centre[1] - level) > _OFF and _is_digits(run) for run in runs)
    return off or any(
        _ENTRY.match(_text(run)) and run[-1].x1 > following[0].x0 and not _is_label(_text(run))
        for run, following in pairwise(runs)
    )


def _labels_apart(cells: Cells, run: Run) -> Iterator[Run]:
    """Yield a text, or a label and what touches it: the next cell's label, which begins at an edge, or number, which ends there.

    Of two numbers that touch the second begins with a blank, at an edge.
    """
    begin = 0
    for at in range(1, len(run)):
        label, rest = run[begin:at], run[at:]
        number = _is_digits(rest) and cells.is_end(rest[-1].x1)
        begins = cells.is_begin(rest[0].x0)
        follows = begins and begins_table_label(_text(rest[:SHORTEST]))
        apart = begins and not rest[0].text.strip() and is_value(_text(label).strip())
        if apart or ((number or follows) and is_table_label(_text(label))):
            yield label
            begin = at
    yield run[begin:]


def _is_of_groups(row: Cellular) -> bool:
    """Return whether nothing but labels of groups stands in a row: in the middle of their rows, or on the page before."""
    labels = [_printed().get(fold(_whole(_shown(runs)))) for runs in row.values()]
    return all(label is not None and label.lines > 1 and not label.head for label in labels)


def _row(cells: Cells, line: Sequence[Run]) -> Cellular:
    """Return a row by its columns; what begins at no edge, right behind a text, is the rest of it."""
    row: Cellular = {}
    before: Run = []
    for run in line:
        near = bool(before) and abs(run[0].x0 - before[-1].x1) <= _NEAR * run[0].size
        if near and not cells.is_begin(run[0].x0) and not is_value(_text(run).strip()):
            before += run
            continue
        before = [*run]
        row.setdefault(cells.column(run), []).append(before)
    return dict(sorted(row.items()))


def _shown(runs: Iterable[Run]) -> str:
    """Return what stands in a column of a row; two texts there are never one."""
    return " ".join(text_of(run) for run in runs)


def _is_label(text: str) -> bool:
    """Return whether a text is a label of the form, or so much of one that it is nothing else."""
    return is_table_label(text) or (len(fold(text)) >= SHORTEST and is_label_part(text))


@lru_cache
def _printed() -> dict[str, GridCell]:
    """Return the labels of all editions by their folded text."""
    tables = [table for name in edition_ids() for table in load_edition(name).tables]
    return {fold(item.text): item for table in tables for item in table.grid if item.text}


@lru_cache(maxsize=4096)
def _whole(text: str) -> str:
    """Return the one label of the form that begins with a text, or ends with it, the rest cut by its cell: itself for several."""
    folded = fold(text)
    if len(folded) < SHORTEST or is_table_label(text):
        return text
    begun = [label.text for whole, label in _printed().items() if whole.startswith(folded)]
    ended = [label.text for whole, label in _printed().items() if whole.endswith(folded)]
    return next((one[0] for one in (begun, ended) if len(one) == 1 and not (begun and one is ended)), text)


def _is_head(text: str) -> bool:
    """Return whether a text stands over columns in the form."""
    label = _printed().get(fold(text))
    return label is not None and label.head


def _is_paragraph(row: Cellular) -> bool:
    """Return whether a row is text: alone in it, or a name and a date; no label, no number."""
    texts = [_shown(runs) for runs in row.values()]
    signed = _DATE.search(texts[-1]) is not None
    return (len(texts) == 1 or signed) and not any(_is_label(text) or is_value(text) for text in texts)


def _table(cells: Cells, rows: Sequence[Cellular], page: int) -> Ruled:
    """Return rows as a table: each column of the sheet is one of its columns."""
    signs = [sign for row in rows for runs in row.values() for run in runs for sign in run]
    boxes: list[Box] = []
    begun = set[int]()
    for number, row in enumerate(rows):
        near = any(map(_is_crossed, rows[max(0, number - 1) : number + 2]))
        boxes += [replace(box, over=near) for box in _boxes(row, number, len(cells.edges), begun)]
        begun = begun | row.keys() if _are_heads(row) else set()
    left, right = cells.edges[0], max(sign.x1 for sign in signs)
    place = (left, min(sign.top for sign in signs), right, max(sign.bottom for sign in signs))
    borders = (*(edge - left for edge in cells.edges), max(right, cells.edges[-1] + 1) - left)
    return Ruled(place, Grid(tuple(boxes), Spot(page=page), sure=False), borders)


def _are_heads(row: Cellular) -> bool:
    """Return whether a row holds nothing but heads of columns."""
    return all(_is_head(_whole(_shown(runs))) for runs in row.values())


def _boxes(row: Cellular, number: int, width: int, begun: Collection[int]) -> Iterator[Box]:
    """Yield the cells of a row. A head stands over the blank cells to its right, up to the next one or one ``begun`` above."""
    heads = _are_heads(row)
    column = 0
    while column < width:
        end = column + 1
        while heads and column in row and end < width and end not in row and end not in begun:
            end += 1
        yield Box(number, column, 1, end - column, _whole(_shown(row.get(column, ()))))
        column = end
