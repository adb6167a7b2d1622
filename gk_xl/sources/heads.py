"""The heads that stand over the columns of a table while its rows are read, and the years that they tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.sources.labels import bare
from gk_xl.sources.pieces import Head, lost_spans
from gk_xl.sources.tokens import is_value
from gk_xl.sources.years import YEAR, year_alone

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from gk_xl.form.schema import CellId
    from gk_xl.sources.document import Box
    from gk_xl.sources.shape import Shape

_NAMES_YEARS: Final = frozenset({"年度", "年份", "年"})
"""Heads of a column that holds years."""


class Heads:
    """What stands over each column: the heads of the block that is read, those of the one before where it has none."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self._over: dict[int, list[Head]] = {}
        self._older: dict[int, list[Head]] = {}
        self.inside = self.ragged = self.unspanned = False
        self._width = 0

    def turn_page(self, width: int) -> None:
        """Begin a piece: its own heads count, those of the piece before only where it has none, and as many columns."""
        self._older = (self._over or self._older) if width == self._width else {}
        self._over, self.inside, self._width, self.ragged, self.unspanned = {}, True, width, False, False

    def begin_row(self, boxes: Sequence[Box], *, ragged: bool) -> None:
        """Begin a row of heads: the first one behind numbers begins a block of its own."""
        if not self.inside:
            self._older, self._over, self.ragged, self.unspanned = self._over, {}, False, False
        self.inside = True
        self.ragged = self.ragged or (ragged and len(boxes) > 1)
        self.unspanned = self.unspanned or lost_spans(self.shape, boxes)

    def put(self, box: Box, labels: tuple[int, ...]) -> None:
        """Put a head over the columns that it spans."""
        for column in range(box.column, box.column + box.columns):
            self._over.setdefault(column, []).append(Head(box.text, labels))

    def over(self, column: int) -> Sequence[Head]:
        """Return the heads over a column, the highest first."""
        return self._over.get(column) or self._older.get(column, [])

    def over_box(self, box: Box) -> list[Head]:
        """Return the heads over a cell, each once."""
        return [*dict.fromkeys(head for at in range(box.columns) for head in self.over(box.column + at))]

    def are_astray(self, cells: Iterable[CellId], end: int) -> bool:
        """Return whether heads of a row's numbers stand over its labels: then they stand over no number rightly."""
        lowest = {own[0] for cell in cells if (own := self.shape.heads[cell])}
        return any(lowest & set(head.labels) for column in range(end) for head in self.over(column))

    def year_beside(self, boxes: Sequence[Box], own: int | None) -> tuple[Box, bool] | None:
        """Return the cell before a row's numbers that says of which year they are, and whether that is the report's own."""
        for box in boxes:
            text = bare(box.text)
            if text.isdigit() and any(bare(head.text) in _NAMES_YEARS for head in self.over_box(box)):
                text += "年"
            told = year_alone(text, own)
            if told is not None or is_value(text):
                return None if told is None else (box, told)
        return None


def of_own_year(heads: Collection[Head], own: int | None, *, labels: bool = True) -> bool | None:
    """Return whether a column stands under the report's own year; False under another, None where none is told.

    Without ``labels`` the year that a label of the form names counts for nothing.
    """
    said = set[bool | None]()
    for head in heads:
        years = {int(year) for year in YEAR.findall(head.text)} if labels or not head.labels else set()
        said |= {None if own is None else year == own for year in years}
        if not years and not head.labels:
            said.add(year_alone(head.text, own))
    return True if True in said else False if False in said else None
