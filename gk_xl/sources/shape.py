"""The form seen as heads over columns and labels beside rows: what a cell of a drawn table has to stand under and beside."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.form.load import edition_ids, load_edition
from gk_xl.sources.labels import Kind, LabelBook, fold

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from gk_xl.form.schema import CellId, Table

WEAKEST: Final = Kind.CUT


@dataclass(frozen=True)
class Shape:
    """One table of one edition.

    ``rows`` maps the index of a row's own label (None: none) to its cells in printed order;
    ``groups`` maps the index of a label over several rows to the cells of these rows. ``heads`` gives for each cell the
    indices of the heads above it in its block, lowest first.
    """

    table: Table
    book: LabelBook
    rows: Mapping[int | None, tuple[CellId, ...]]
    groups: Mapping[int, tuple[CellId, ...]]
    heads: Mapping[CellId, tuple[int, ...]]

    @property
    def order(self) -> Mapping[CellId, int]:
        """The place of each cell in the form."""
        return {cell.id: number for number, cell in enumerate(self.table.cells)}

    def labels(self, text: str, but: Collection[int] = ()) -> tuple[int, ...]:
        """Return the indices of all labels that a text means equally well; none when it is no label.

        Those ``but`` stand beside it as they are: what is left of a label is another.
        """
        match = self.book.best(text, but=but)
        if match is None or match.kind < WEAKEST:
            return ()
        if match.kind is Kind.EXACT:
            return tuple(self.book.exact[fold(text)])
        return (
            match.index,
            *(i for i, own in enumerate(self.book.folded) if own == self.book.folded[match.index] and i != match.index),
        )

    def is_head(self, index: int) -> bool:
        """Return whether a label stands over columns."""
        return self.book.labels[index].head


@lru_cache
def shape_of(edition_id: str, table_id: str) -> Shape:
    """Return the shape of a table."""
    table = load_edition(edition_id).table(table_id)
    book = LabelBook(table.grid)
    at = {id(item): number for number, item in enumerate(book.labels)}
    numbers = [item for item in table.grid if item.cell]
    heads: dict[CellId, tuple[int, ...]] = {}
    rows: dict[int | None, list[CellId]] = {}
    groups: dict[int, list[CellId]] = {}
    filled = {item.line for item in numbers}
    for item in numbers:
        cell = item.cell or ""
        above = []
        for label in reversed(book.labels):
            over = label.column < item.column + item.columns and item.column < label.column + label.columns
            if label.head and over and label.line < item.line and not _between(filled, label.line, item.line):
                above.append(at[id(label)])
        heads[cell] = tuple(above)
        beside = [
            label for label in book.labels if not label.head and label.line <= item.line < label.line + label.lines
        ]
        own = [label for label in beside if label.line == item.line and label.lines == 1]
        leaf = at[id(own[-1])] if own else None
        rows.setdefault(leaf, []).append(cell)
        for label in beside:
            if label.lines > 1:
                groups.setdefault(at[id(label)], []).append(cell)
    return Shape(
        table,
        book,
        {leaf: tuple(cells) for leaf, cells in rows.items()},
        {group: tuple(cells) for group, cells in groups.items()},
        heads,
    )


def _between(filled: set[int], head: int, line: int) -> bool:
    """Return whether another block's numbers stand between a head and a line, with its own heads behind them."""
    blocks = [number for number in filled if head < number < line]
    # Rows of the same block have no head between them: the head of a block stands right above its first row.
    return bool(blocks) and not set(range(min(blocks), line)) <= filled


@lru_cache
def known_labels(table_id: str) -> frozenset[str]:
    """Return the folded labels that only this table has, in any edition."""
    own, others = set[str](), set[str]()
    for name in edition_ids():
        for table in load_edition(name).tables:
            (own if table.id == table_id else others).update(fold(item.text) for item in table.grid if item.text)
    return frozenset(own - others)
