"""Which row of the form a row of a grid is: by the labels that stand beside its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.sources.collapsed import collapsible, columns_of
from gk_xl.sources.labels import bare
from gk_xl.sources.pieces import Found, all_numbers
from gk_xl.sources.sections import path_of
from gk_xl.sources.tokens import is_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.form.schema import Edition
    from gk_xl.sources.document import Box
    from gk_xl.sources.shape import Shape


class RowLabels:
    """The labels beside the numbers of a table, and what they mean."""

    def __init__(self, edition: Edition, shape: Shape) -> None:
        self.edition, self.shape = edition, shape
        self.collapsed = collapsible(edition.id, shape.table.id)

    def stubs(self, boxes: Sequence[Box]) -> list[tuple[Box, tuple[int, ...]]]:
        """Return the boxes of a row that are labels beside numbers; a label cut in two boxes is put together."""
        stubs = []
        for box in boxes:
            told = (
                [own for piece in path_of(box.text) if (own := self._beside(piece))] if not is_value(box.text) else []
            )
            stubs += [(box, own) for own in told]
            if stubs and not told and bare(box.text):
                break
        if not stubs and len(boxes) > 2 and all(bare(box.text) for box in boxes[:2]):
            indices = self._beside(boxes[0].text + boxes[1].text)
            if indices:
                stubs = [(boxes[1], indices)]
        return stubs

    def _beside(self, text: str) -> tuple[int, ...]:
        """Return the labels beside numbers that a text means."""
        return tuple(index for index in self.shape.labels(text) if not self.shape.is_head(index))

    def found(self, row: int, line: int, stubs: Sequence[tuple[Box, tuple[int, ...]]], rest: list[Box]) -> Found | None:
        """Return which row of the form this is: by its own label, within the groups that stand beside it."""
        beside = {index for _, indices in stubs for index in indices if index in self.shape.groups}
        for box, indices in reversed(stubs):
            leaves = [index for index in indices if index in self.shape.rows]
            within = [leaf for leaf in leaves if self._in_groups(leaf, beside)] or leaves
            if within:
                return Found(row, line, self.shape.rows[within[0]], rest, box.text)
        for box, indices in reversed(stubs):
            group = next((index for index in indices if index in self.collapsed), None)
            if group is not None and box.rows == 1 and all_numbers(rest):
                cells = self.shape.groups[group]
                return Found(row, line, columns_of(self.edition, cells), rest, bare(box.text), group)
        if None in self.shape.rows and any(is_value(box.text) for box in rest):
            return Found(row, line, self.shape.rows[None], rest, "数据行")
        return None

    def _in_groups(self, leaf: int, groups: set[int]) -> bool:
        cell = self.shape.rows[leaf][0]
        smallest = min((g for g in groups), key=lambda g: len(self.shape.groups[g]), default=None)
        return smallest is None or cell in self.shape.groups[smallest]
