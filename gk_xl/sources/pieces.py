"""What a reader of grids works on: rows of a grid that belong to one table, and what one row of it says of the form."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.sources.labels import bare
from gk_xl.sources.sections import path_of
from gk_xl.sources.tokens import is_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from gk_xl.form.schema import CellId
    from gk_xl.sources.document import Box, Grid
    from gk_xl.sources.model import Line
    from gk_xl.sources.shape import Shape
    from gk_xl.sources.tokens import Token


MOST_KNOWN: Final = 3
"""So many columns of a row must be known before the one that is left is told by them."""

SENTENCE: Final = 25
"""A text as long as this is none of the heads."""


class Head(NamedTuple):
    """What stands over a column: as it is printed, and the labels of the form that it means; none where it is none of them."""

    text: str
    labels: tuple[int, ...] = ()

    @property
    def meant(self) -> tuple[int, ...] | str:
        """What tells it from another head: its labels, else its text."""
        return self.labels or self.text


@dataclass
class Piece:
    """Consecutive rows of one grid that belong to one table, with the lines that they are in the source."""

    grid: Grid
    lines: dict[int, Line] = field(default_factory=dict)


@dataclass
class Found:
    """What one row of the source says of the form: its own cells, and the boxes that stand to the right of its label."""

    row: int
    line: int
    cells: tuple[CellId, ...]
    boxes: list[Box]
    label: str
    group: int | None = None
    spread: dict[CellId, Token] = field(default_factory=dict)


def all_numbers(boxes: Sequence[Box]) -> bool:
    """Return whether boxes hold numbers, and nothing else that might be the label of a row."""
    filled = [box.text for box in boxes if bare(box.text)]
    return bool(filled) and all(map(is_value, filled))


def between(
    cells: Sequence[CellId], mapped: Mapping[CellId, Sequence[Box]], loose: Sequence[Box]
) -> tuple[CellId, Box] | None:
    """Return the one cell and the one number of a row that are left over in the same place; None where that is not so."""
    left = [cell for cell in cells if cell not in mapped]
    if len(left) != 1 or len(loose) != 1 or len(mapped) < MOST_KNOWN:
        return None
    at = cells.index(left[0])
    before = [box for cell in cells[:at] for box in mapped[cell]]
    behind = [box for cell in cells[at + 1 :] for box in mapped[cell]]
    box = loose[0]
    fits = all(b.column < box.column for b in before) and all(b.column > box.column for b in behind)
    return (left[0], box) if fits else None


def is_crooked(box: Box, over: Callable[[int], Sequence[Head]]) -> bool:
    """Return whether a box stands under the heads of several columns, each with a lowest head of its own."""
    lowest = (tuple(over(column))[-1:] for column in range(box.column, box.column + box.columns))
    return len({tuple(head.meant for head in heads) for heads in lowest}) > 1


def lost_spans(shape: Shape, boxes: Sequence[Box]) -> bool:
    """Return whether the heads of a row lost their spans, so that none tells anything by its place.

    One that stands over several columns in the form is drawn over one, and the last of the row over all that are left.
    """
    groups = {index for over in shape.heads.values() for index in over[1:]}
    wide = {index for index in groups if shape.book.labels[index].columns > 1}
    stretched = boxes[-1].columns > 1 and all(box.columns == 1 and bare(box.text) for box in boxes[:-1])
    return stretched and any(wide.intersection(shape.labels(box.text)) for box in boxes[:-1])


def one_each(boxes: Iterable[Box]) -> list[Box]:
    """Return boxes, one for each column that they cover: the text of one over several stands in the first."""
    return [replace(box, columns=1, text="" if at else box.text) for box in boxes for at in range(box.columns)]


def has_head(heads: Iterable[Head]) -> bool:
    """Return whether one of what stands over a number is a head: a number of the row above is none."""
    return any(head.labels or not is_value(head.text) for head in heads)


def are_between(heads_of: Iterable[Sequence[Head]]) -> bool:
    """Return whether numbers stand under the head of a group but of none of its columns: those of this page lie elsewhere."""
    heads = [head for over in heads_of for head in over]
    return bool(heads) and all(head.labels for head in heads)


def is_head(shape: Shape, boxes: Sequence[Box], *, after_heads: bool) -> bool:
    """Return whether a row holds heads: labels over columns, and no label beside numbers.

    ``after_heads`` where the row above holds some: words that the form has not are heads as well there.
    """
    sure_head = sure_stub = either = values = 0
    for box in boxes:
        indices = shape.labels(path_of(box.text)[-1])
        kinds = {shape.is_head(index) for index in indices}
        sure_head += kinds == {True}
        sure_stub += kinds == {False}
        either += len(kinds) == 2
        values += not indices and is_value(box.text)
    if sure_stub and sure_stub >= sure_head:
        return False
    if sure_head or (either > 1 and not values):
        return True
    if either or values:
        return False
    filled = [box for box in boxes if bare(box.text)]
    return after_heads and not (len(filled) == 1 and len(bare(filled[0].text)) >= SENTENCE)
