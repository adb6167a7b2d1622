"""Sheets with text beside their tables: the columns that hold nothing but text are read for themselves, from top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.sources.formats.sheet_order import is_heading
from gk_xl.sources.labels import fold
from gk_xl.sources.sections import table_labels
from gk_xl.sources.tokens import is_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.sources.document import Box

SENTENCE: Final = 12
"""So many characters a sentence has, at least."""
FEWEST_LABELS: Final = 3


def strips_of(boxes: Sequence[Box]) -> list[list[Box]]:
    """Return the boxes of each column of text that stands beside tables; none where text and tables share their columns.

    Such a column has a heading of a section and sentences, but no label and no number of a table; notes beside the rows
    of a table are none.
    """
    filled = [box for box in boxes if box.text]
    columns = {column: [box for box in filled if box.column == column] for column in {box.column for box in filled}}
    strips = [own for own in columns.values() if _is_text(own)]
    beside = {row for own in strips for box in own for row in range(box.row, box.row + box.rows)}
    others = [box for box in filled if not any(box in own for own in strips)]
    labels = [box for box in others if fold(box.text) in table_labels() and box.row in beside]
    return strips if len(labels) >= FEWEST_LABELS else []


def _is_text(boxes: Sequence[Box]) -> bool:
    lines = [line for box in boxes for line in box.text.split("\n")]
    return (
        any(map(is_heading, lines))
        and any("。" in line and len(line) >= SENTENCE for line in lines)
        and not any(is_value(box.text) or fold(box.text) in table_labels() for box in boxes)
    )
