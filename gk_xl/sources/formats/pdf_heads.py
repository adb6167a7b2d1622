"""The texts round rows of numbers of a table without lines: the label of each row, the head of each column."""

from __future__ import annotations

import itertools
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.form.load import edition_ids, load_edition
from gk_xl.sources.formats.pdf_numbers import SHORTEST
from gk_xl.sources.labels import fold
from gk_xl.sources.sections import is_table_label, table_labels

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gk_xl.sources.formats.pdf_numbers import Anchor, Line, Piece

Column = tuple[float, float]

MOST_LINES: Final = 14
"""A label has so many lines at most."""
_OFF: Final = 0.45
"""The part of a column's width by which a number may stand beside its middle."""
_FAR: Final = 40
"""Points from its numbers that a line of a label may stand."""


def labels_of(block: Sequence[Anchor], lines: Sequence[Line], end: float) -> list[str]:
    """Return the label of every row, its numbers set in the middle, at the top, or at the foot of it: as gives most labels.

    ``end`` is where the numbers begin.
    """
    ways = [_labels_by(belongs, block, lines, end) for belongs in (_nearest_row, _row_above, _row_below)]
    ways.append(_labels_in_order(block, lines, end))
    return max(ways, key=lambda labels: sum(map(is_table_label, labels)))


def _labels_in_order(block: Sequence[Anchor], lines: Sequence[Line], end: float) -> list[str]:
    """Return the label of every row where the texts beside the numbers, read on and on, are labels one after the other.

    A label of a group stands to the left of its rows': only the last text of a line counts. A row takes the first label
    that begins no later than its numbers stand and ends below those of the row above.
    """
    texts = [line_end for line in lines if (own := [p for p in line if p.x1 <= end + 2]) for line_end in own[-1:]]
    labels, at, taken = [""] * len(block), 0, 0
    while at < len(texts):
        most = min(len(texts), at + MOST_LINES)
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
    return [label or one.label for label, one in zip(labels, block, strict=True)]


def _nearest_row(places: Sequence[float], y: float) -> int:
    return min(range(len(places)), key=[abs(one - y) for one in places].__getitem__)


def _row_above(places: Sequence[float], y: float) -> int:
    return max((number for number, place in enumerate(places) if place <= y + 2), default=0)


def _row_below(places: Sequence[float], y: float) -> int:
    return min((number for number, place in enumerate(places) if place >= y - 2), default=len(places) - 1)


def _labels_by(
    belongs: Callable[[Sequence[float], float], int], block: Sequence[Anchor], lines: Sequence[Line], end: float
) -> list[str]:
    """Return the label of every row: what stands before its numbers, and the other lines that belong to it."""
    numbered = [a.before[-1].x0 for a in block if a.label[:1].isdigit()]
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
        ordered = sorted(below_heads, key=lambda one: (one.top, one.x0))
        labels.append(_best_label([piece.text for piece in ordered], anchor))
    return labels


def _best_label(texts: Sequence[str], anchor: Anchor) -> str:
    """Return the run of lines that is a label of the form; the row's own text where none is."""
    runs = ["".join(texts[first:end]) for first in range(len(texts)) for end in range(len(texts), first, -1)]
    own = anchor.label
    fitting = [run for run in runs if is_table_label(run) and (not own or own in run)]
    return max(fitting, key=len, default="".join(texts) or own)


def heads_over(top: float, lines: Sequence[Line], columns: Sequence[Column]) -> list[str]:
    """Return the head over each column: of the texts above its middle the lowest that make a label of the form.

    A column whose head is no label of the form has what stands over it in the lines of the others' heads.
    """
    known = table_labels()
    middles = [(x0 + x1) / 2 for x0, x1 in columns]
    step = min((later - earlier for earlier, later in itertools.pairwise(middles)), default=200.0)
    above = sorted((piece for line in lines for piece in line if piece.y < top - 2), key=lambda one: one.top)
    heads, begun = list[str](), list[float]()
    for middle in middles:
        own = [piece for piece in above if abs(piece.x - middle) < step * _OFF]
        first = next((n for n in range(len(own)) if fold("".join(one.text for one in own[n:])) in known), len(own))
        heads.append("".join(one.text for one in own[first:]))
        begun += [own[first].top] if first < len(own) else []
    if begun:
        heads = [
            head or "".join(p.text for p in above if p.top > min(begun) - 2 and abs(p.x - middle) < step * _OFF)
            for head, middle in zip(heads, middles, strict=True)
        ]
    return heads


@lru_cache
def _column_labels() -> frozenset[str]:
    """Return the heads of single columns in all editions."""
    tables = [table for name in edition_ids() for table in load_edition(name).tables]
    return frozenset(fold(cell.column_label) for table in tables for cell in table.cells)


def headed_columns(top: float, left: float, lines: Sequence[Line]) -> list[Column]:
    """Return where heads of single columns stand above a line, to the right of the labels; no number may stand below one."""
    groups: list[list[Piece]] = []
    above = [piece for line in lines for piece in line if piece.y < top - 2 and piece.x0 > left]
    for piece in sorted(above, key=lambda one: (-one.top, one.x0)):
        under = next((group for group in groups if group[0].x0 < piece.x1 and piece.x0 < group[0].x1), None)
        if under is None:
            groups.append([piece])
        else:
            under.append(piece)
    return [
        (group[0].x0, group[0].x1)
        for group in groups
        if any(_run(group, count) in _column_labels() for count in range(1, len(group) + 1))
    ]


def _run(group: Sequence[Piece], count: int) -> str:
    """Return the lowest texts of a group, from top to bottom."""
    return fold("".join(piece.text for piece in reversed(group[:count])))
