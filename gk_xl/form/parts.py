"""What a total of the tables is made of, whatever rows and columns an edition has: each part with its cells and its name.

表三's outcomes are counted by group, 不予公开 as one; the results of 表四 by column, the suits of all kinds together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable

    from gk_xl.form.schema import CellId, Edition

RECONSIDERATION = "reconsideration"
_NUMBERED = regex(r"^[（(]?[一二三四五六七八九十0-9]{1,3}[）).、．]\s*")


class Part(NamedTuple):
    """One part of a total: what the form calls it, the name of the field that stands for it, the cells to add."""

    label: str
    name: str
    cells: tuple[CellId, ...]


def outcomes(edition: Edition) -> tuple[Part, ...]:
    """Return how applications were answered, group by group, in printed order."""
    total = "t3.outcome_total.total"
    groups = edition.added_up_by(total) if total in edition.cells else ()
    first = [edition.cell(cells[0]) for cells in groups]
    labels = [plain_label(cell.path[1]) for cell in first]
    return tuple(Part(label, label, cells) for label, cells in zip(labels, groups, strict=True))


def reviewed(edition: Edition) -> tuple[Part, ...]:
    """Return how 行政复议 ended, column by column."""
    return _results(edition, "复议", lambda row: row == RECONSIDERATION)


def sued(edition: Edition) -> tuple[Part, ...]:
    """Return how 行政诉讼 of all kinds ended, column by column."""
    return _results(edition, "诉讼", lambda row: row != RECONSIDERATION)


def suit_rows(edition: Edition) -> tuple[str, ...]:
    """Return the rows of 表四 that count 行政诉讼, one a kind of suit."""
    return tuple(row for row in edition.table("t4").rows if row != RECONSIDERATION)


def suits(edition: Edition) -> tuple[Part, ...]:
    """Return the kinds of 行政诉讼, each with its total."""
    totals = [c for c in edition.cells.values() if c.table == "t4" and c.total and c.row != RECONSIDERATION]
    return tuple(Part(cell.row_label, cell.row_label, (cell.id,)) for cell in totals)


def _results(edition: Edition, prefix: str, wanted: Callable[[str], bool]) -> tuple[Part, ...]:
    cells = [c for c in edition.cells.values() if c.table == "t4" and not c.total and wanted(c.row)]
    parts: dict[str, Part] = {}
    for cell in cells:
        known = parts.get(cell.column, Part(cell.column_label, prefix + cell.column_label, ()))
        parts[cell.column] = known._replace(cells=(*known.cells, cell.id))
    return tuple(parts.values())


def plain_label(label: str) -> str:
    """Return a label without its number and without what it explains in brackets."""
    return _NUMBERED.sub("", label).partition("（")[0]
