"""Tables whose cells are told by the labels to their left and above them together, wherever the form prints these labels.

Three kinds of cases as three rows with five results as columns, or the other way round: a number is the one cell of the
form that is called by all of the labels it stands under and beside, and by the lowest head of the form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.sources.labels import bare, fold
from gk_xl.sources.model import NoteKind, Role, note
from gk_xl.sources.readings import TableReading
from gk_xl.sources.shape import shape_of
from gk_xl.sources.tokens import Sort, Token, is_value
from gk_xl.sources.values import place_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.form.schema import CellId, Edition
    from gk_xl.sources.document import Box
    from gk_xl.sources.pieces import Piece

_SHORTEST: Final = 4
"""Characters of a label that is cut, at least."""
SHARE: Final = 0.6
"""Of a table's cells so many at least must be told this way."""


def read_crossed(edition: Edition, table_id: str, pieces: Sequence[Piece]) -> TableReading | None:
    """Return what pieces hold of a table whose rows have no labels in the form, each number by its labels.

    None for other tables, and where the labels do not tell most of the cells.
    """
    if None not in shape_of(edition.id, table_id).rows:
        return None
    table, names = edition.table(table_id), _names(edition, table_id)
    result = TableReading(table)
    met: dict[CellId, tuple[Box, int]] = {}
    for piece in pieces:
        for row, line in piece.lines.items():
            for box in piece.grid.row(row):
                if box.row != row or not bare(box.text) or not is_value(box.text):
                    continue
                cell = _cell_of(_labels(piece, box, names), names)
                if cell is None or (cell in met and met[cell][0].text != box.text):
                    return None
                met[cell] = (box, line.number)
            result.mark([line.number], Role.LABEL)
    if len(met) < SHARE * len(table.cells):
        return None
    for cell, (box, number) in met.items():
        place_value(result, edition, cell, Token(Sort.VALUE, box.text, (number,)))
    lines = [line.number for piece in pieces for line in piece.lines.values()]
    message = f"{table.name}的排法与规范格式不同，按每个数左边和上边的标签读入，请核对。"
    result.notes.append(note(NoteKind.READ, lines, table.name, message))
    return result


def _names(edition: Edition, table_id: str) -> dict[CellId, tuple[str, ...]]:
    """Return for each cell the folded heads over it, the lowest first."""
    shape = shape_of(edition.id, table_id)
    return {cell: tuple(shape.book.folded[index] for index in heads) for cell, heads in shape.heads.items()}


def _labels(piece: Piece, box: Box, names: dict[CellId, tuple[str, ...]]) -> set[str]:
    """Return the labels of the form among the texts to the left of a box and above it."""
    known = sorted({name for own in names.values() for name in own}, key=len, reverse=True)
    found = set[str]()
    for other in piece.grid.boxes:
        beside = other.row < box.row + box.rows and box.row < other.row + other.rows and other.column < box.column
        above = (
            other.column < box.column + box.columns
            and box.column < other.column + other.columns
            and other.row < box.row
        )
        if not (beside or above) or is_value(other.text) or other.row + other.rows <= min(piece.lines):
            continue
        text = fold(other.text)
        begun = [name for name in known if len(text) >= _SHORTEST and name.startswith(text)]
        text = begun[0] if len(begun) == 1 else text  # the rest is cut by its cell
        for name in known:
            if name in text:
                found.add(name)
                text = text.replace(name, "\x00")
    return found


def _cell_of(labels: set[str], names: dict[CellId, tuple[str, ...]]) -> CellId | None:
    """Return the one cell that all labels belong to, its lowest head among them; None for none or several."""
    fitting = [cell for cell, own in names.items() if own and own[0] in labels and labels <= set(own)]
    most = max((len(labels & set(names[cell])) for cell in fitting), default=0)
    best = [cell for cell in fitting if len(labels & set(names[cell])) == most]
    return best[0] if len(best) == 1 and most > 1 else None
