"""What a total of the tables is made of, whatever rows and columns an edition has: each part with its cells and its name.

表三's outcomes are counted by group, （三）不予公开 as one; the results of 表四 by column, the suits of all kinds together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gk_xl.form.schema import Cell, CellId, Edition

RECONSIDERATION = "reconsideration"
_NUMBERED = regex(r"^[（(]?[一二三四五六七八九十0-9]{1,3}[）).、．]\s*")


class Part(NamedTuple):
    """One part of a total: what the form calls it, the name of the field that stands for it, the cells to add."""

    label: str
    name: str
    cells: tuple[CellId, ...]


def outcomes(edition: Edition) -> tuple[Part, ...]:
    """Return how applications were answered, group by group, in printed order."""
    whole = edition.cells.get("t3.outcome_total.total")
    under = [
        cell for cell in edition.cells.values()
        if whole and cell.table == whole.table and cell.column == whole.column and cell.row != whole.row
        and len(cell.path) > 1 and cell.path[0] == whole.path[0]
    ]  # fmt: skip
    return _parts((cell.row.partition(".")[0], _plain(cell.path[1]), "", cell) for cell in under)


def reviewed(edition: Edition) -> tuple[Part, ...]:
    """Return how 行政复议 ended, column by column."""
    return _results(edition, "复议", lambda row: row == RECONSIDERATION)


def sued(edition: Edition) -> tuple[Part, ...]:
    """Return how 行政诉讼 of all kinds ended, column by column."""
    return _results(edition, "诉讼", lambda row: row != RECONSIDERATION)


def suits(edition: Edition) -> tuple[Part, ...]:
    """Return the kinds of 行政诉讼, each with its total."""
    totals = [c for c in edition.cells.values() if c.table == "t4" and c.total and c.row != RECONSIDERATION]
    return _parts((cell.row, cell.row_label, "", cell) for cell in totals)


def _results(edition: Edition, prefix: str, wanted: Callable[[str], bool]) -> tuple[Part, ...]:
    cells = [c for c in edition.cells.values() if c.table == "t4" and not c.total and wanted(c.row)]
    return _parts((cell.column, cell.column_label, prefix, cell) for cell in cells)


def _parts(found: Iterable[tuple[str, str, str, Cell]]) -> tuple[Part, ...]:
    """Return the parts of cells that come with their part's key, label and prefix, in the order of the first cells."""
    parts: dict[str, Part] = {}
    for key, label, prefix, cell in found:
        known = parts.get(key, Part(label, prefix + label, ()))
        parts[key] = known._replace(cells=(*known.cells, cell.id))
    return tuple(parts.values())


def _plain(label: str) -> str:
    """Return a label without its number and without what it explains in brackets."""
    return _NUMBERED.sub("", label).partition("（")[0]
