"""One row in place of a group of rows: the （六）其他处理 of an earlier edition inside a later table.

Its numbers are kept: they stand for the whole group, so they go into the group's last row (其他) and the rows before it
get 0. Where the number is 0 that is certain; where it is not, how it is divided is for the clerk to say: doubtful.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from gk_xl.form.load import edition_ids, load_edition
from gk_xl.sources.model import NoteKind, note
from gk_xl.sources.shape import shape_of
from gk_xl.sources.values import place_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gk_xl.form.schema import CellId, Edition
    from gk_xl.sources.readings import TableReading
    from gk_xl.sources.tokens import Token


@lru_cache
def collapsible(edition_id: str, table_id: str) -> frozenset[int]:
    """Return the labels over groups of rows that another edition prints as one row of numbers."""
    own = shape_of(edition_id, table_id)
    others = set()
    for name in edition_ids():
        if name != edition_id and any(table.id == table_id for table in load_edition(name).tables):
            shape = shape_of(name, table_id)
            others |= {shape.book.folded[leaf] for leaf in shape.rows if leaf is not None}
    return frozenset(group for group in own.groups if own.book.folded[group] in others)


def columns_of(edition: Edition, cells: Sequence[CellId]) -> tuple[CellId, ...]:
    """Return the cells of a group's last row, which stand for its columns."""
    last = edition.cell(cells[-1]).row
    return tuple(cell for cell in cells if edition.cell(cell).row == last)


def place_group(
    result: TableReading, edition: Edition, cells: Sequence[CellId], values: Mapping[CellId, Token], label: str
) -> None:
    """Put the numbers of one row into a group of rows; ``values`` by the cells of the group's last row."""
    name, last = result.table.name, edition.cell(columns_of(edition, cells)[-1]).row_label
    lines = {number for token in values.values() for number in token.lines}
    for cell_id, token in values.items():
        place_value(result, edition, cell_id, token)
        held, column = result.cells.get(cell_id), edition.cell(cell_id).column
        for other in cells:
            if edition.cell(other).column != column or other == cell_id:
                continue
            if other in result.placed:  # never over what the row itself says
                result.doubt(other, f"原文既有这一行，又有“{label}”一行的数，请对照原件核对。")
                continue
            result.cells[other] = None if held is None else 0
            result.placed[other] = token.lines[0]
            if held:
                result.doubt(other, f"原文的“{label}”只有一行，没有分项，这一格先填 0。")
        if held:
            result.doubt(cell_id, f"原文的“{label}”只有一行，没有分项，它的数先放在“{last}”行。")
    message = f"{name}的“{label}”用的是旧样式，只有一行，没有分项；它的 {len(values)} 个数放在“{last}”行，其余各行填 0，请核对。"
    result.notes.append(note(NoteKind.READ, lines, f"{name}“{label}”", message, found=label, read=last))
