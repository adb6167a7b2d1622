"""The texts round rows of numbers of a table without lines: the label of each row, the head of each column."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from gk_xl.sources.beside import column_labels
from gk_xl.sources.formats.pdf_numbers import SHORTEST
from gk_xl.sources.labels import fold
from gk_xl.sources.sections import begins_table_label, is_table_label, table_labels

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
_BEGINNING: Final = 6
"""Characters by which a label is known that is spelled otherwise further on."""


def labels_of(block: Sequence[Anchor], lines: Sequence[Line], end: float) -> list[str]:
    """Return the label of every row, its numbers set in the middle, at the top, or at the foot of it: as gives most labels.

    ``end`` is where the numbers begin.
    """
    leaf = _leaf(block, lines, end)
    ways = [_labels_by(belongs, block, lines, end) for belongs in (_nearest_row, _row_above, _row_below)]
    ways += [_labels_in_order(block, lines, begin, end) for begin in (0.0, leaf)]
    labels = max(ways, key=lambda labels: sum(map(is_table_label, labels)))
    for number, (label, anchor) in enumerate(zip(labels, block, strict=True)):
        group = label == anchor.label and bool(anchor.before) and anchor.before[-1].x1 <= leaf
        if group or not is_table_label(label):
            other = next((way[number] for way in ways if is_table_label(way[number]) and way[number] != label), "")
            other = other or _label_beside(number, block, lines, end)
            labels[number] = label if not other or other in labels else other
        labels[number] = _label_below(number, block, lines) or labels[number]
    return labels


def _label_below(number: int, block: Sequence[Anchor], lines: Sequence[Line]) -> str:
    """Return the label that begins on the line of a row's numbers, behind that of its group, and goes on below; "" for none."""
    anchor = block[number]
    if len(anchor.before) < 2:
        return ""
    own = anchor.before[-1]
    foot = block[number + 1].numbers[0].top if number + 1 < len(block) else own.y + 2 * _FAR
    below = [piece for line in lines for piece in line if own.top <= piece.y < foot]
    label = "".join(piece.text for piece in below if piece.x0 < own.x1 and own.x0 < piece.x1)
    return label if is_table_label(label) else ""


def _label_beside(number: int, block: Sequence[Anchor], lines: Sequence[Line], end: float) -> str:
    """Return the label that the lines nearer to a row than to its neighbours make, one below the other; "" for none.

    The labels of several columns are told apart: what stands nearest to the numbers is the row's own. A row without any
    text on its line has what begins like a label, however it is spelled.
    """
    y = block[number].y
    top = (block[number - 1].y + y) / 2 if number else y - _FAR
    foot = (block[number + 1].y + y) / 2 if number + 1 < len(block) else y + _FAR
    near = [piece for line in lines for piece in line if _is_stub(piece, block, end) and top < piece.y < foot]
    right = max(near, key=lambda piece: piece.x1, default=None)
    if right is None:
        return ""
    own = [piece for piece in near if piece.x0 < right.x1 and right.x0 < piece.x1]
    label = _best_label([piece.text for piece in own], "".join(p.text for p in own if p in block[number].before))
    spelled = not block[number].before and begins_table_label(label[:_BEGINNING])
    return label if is_table_label(label) or spelled else ""


def _labels_in_order(block: Sequence[Anchor], lines: Sequence[Line], begin: float, end: float) -> list[str]:
    """Return the label of every row where the texts beside the numbers, read on and on, are labels one after the other.

    A label of a group stands to the left of its rows', left of ``begin`` or before them on a line. A row takes the first label
    that begins no later than its numbers stand and ends below those of the row above.
    """
    texts = [
        own[-1]
        for line in lines
        if (own := [piece for piece in line if begin < piece.x1 and _is_stub(piece, block, end)])
    ]
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


def _is_stub(piece: Piece, block: Sequence[Anchor], end: float) -> bool:
    """Return whether a text stands beside the numbers; a whole label on the line of some may run over a blank cell."""
    over = piece.x0 < end and is_table_label(piece.text) and any(piece in anchor.before for anchor in block)
    return piece.x1 <= end + 2 or over


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
    leaf = _leaf(block, lines, end)
    found: list[list[Piece]] = [[] for _ in block]
    for line in lines:
        own = [piece for piece in line if _is_stub(piece, block, end)]
        if not own:
            continue
        piece = own[-1]
        nearest = belongs([anchor.y for anchor in block], piece.y)
        on_line = abs(block[nearest].y - piece.y) < 2
        if on_line and piece.x1 <= leaf:
            found[nearest] += own
        elif piece.x1 > leaf and abs(block[nearest].y - piece.y) < (_FAR if belongs is _nearest_row else 2 * _FAR):
            found[nearest].append(piece)
    labels = []
    for anchor, own in zip(block, found, strict=True):
        below_heads = [piece for piece in own if piece.y > block[0].y - 30 or anchor is not block[0]]
        ordered = sorted(below_heads, key=lambda one: (one.top, one.x0))
        labels.append(_best_label([piece.text for piece in ordered], anchor.label))
        beside = "".join(piece.text for piece in ordered if piece.x1 > leaf)
        if anchor.before and anchor.before[-1].x1 <= leaf and is_table_label(beside):
            labels[-1] = beside  # on the line of the numbers stands the label of the group
    return labels


def _leaf(block: Sequence[Anchor], lines: Sequence[Line], end: float) -> float:
    """Return where the labels of single rows begin: those of groups end further left.

    Letters below one another at the left are the label of a group of rows.
    """
    beside = [piece for line in lines for piece in line if piece.x1 <= end + 2 and piece.text[:1].isdigit()]
    numbered = [piece.x0 for piece in beside if len(piece.text) >= SHORTEST and begins_table_label(piece.text)]
    words = [piece.x0 for anchor in block for piece in anchor.before if len(piece.text) >= SHORTEST]
    return min(numbered or words, default=0.0)


def _best_label(texts: Sequence[str], own: str) -> str:
    """Return the run of lines that is a label of the form; ``own``, on the line of the numbers, where none is."""
    runs = ["".join(texts[first:end]) for first in range(len(texts)) for end in range(len(texts), first, -1)]
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
        if any(_run(group, count) in column_labels() for count in range(1, len(group) + 1))
    ]


def _run(group: Sequence[Piece], count: int) -> str:
    """Return the lowest texts of a group, from top to bottom."""
    return fold("".join(piece.text for piece in reversed(group[:count])))
