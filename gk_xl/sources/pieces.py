"""What a reader of grids works on: rows of a grid that belong to one table, and what one row of it says of the form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gk_xl.sources.labels import bare
from gk_xl.sources.tokens import is_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.form.schema import CellId
    from gk_xl.sources.document import Box, Grid
    from gk_xl.sources.model import Line
    from gk_xl.sources.tokens import Token


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
