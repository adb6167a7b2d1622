"""Tables beside each other in one grid, as wide sheets have them: where blank columns part them, each is read for itself."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from gk_xl.form.load import edition_in_force
from gk_xl.sources.beside import row_labels
from gk_xl.sources.labels import bare, fold
from gk_xl.sources.sections import SURE, heading_score, table_labels
from gk_xl.sources.shape import known_labels
from gk_xl.sources.tokens import is_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gk_xl.sources.document import Box, Grid

FEWEST_LABELS: Final = 3
"""So many labels of the form a table beside another has, at least."""


def apart(grid: Grid) -> list[Grid]:
    """Return the tables of a grid, those beside each other in the order of the form; the grid itself where there are none.

    Lines of text go over all columns: they part what stands above them from what stands below; so do headings and blank
    rows where no table goes on beside them.
    """
    found: list[Grid] = []
    whole = 0
    for first, end, bands in _stretches(grid, (0, grid.height), [_is_line, _is_break]):
        found += [*([grid.part(whole, first)] if whole < first else []), *_in_order(bands)]
        whole = end
    return [*found, *([grid.part(whole, grid.height)] if whole < grid.height else [])] if found else [grid]


def _stretches(
    grid: Grid, rows: tuple[int, int], parters: Sequence[Callable[[Grid, int], bool]]
) -> Iterator[tuple[int, int, list[Grid]]]:
    """Yield the rows, from and to, in which tables stand beside each other, with these."""
    parting = [row for row in range(*rows) if parters[0](grid, row)]
    for above, end in pairwise([rows[0] - 1, *parting, rows[1]]):
        bands = _bands(grid.part(above + 1, end))
        if len(bands) > 1:
            yield above + 1, end, bands
        elif parters[1:]:
            yield from _stretches(grid, (above + 1, end), parters[1:])


def _in_order(bands: Sequence[Grid]) -> list[Grid]:
    """Return what stands beside each other, each table with the heading above it, in the order of the form."""
    parts = []
    for band in bands:
        heads = [row for row in range(1, band.height) if (alone := _alone(band, row)) and _is_heading(alone)]
        parts += [band.part(first, end) for first, end in pairwise([0, *heads, band.height])]
    return sorted(parts, key=lambda part: min(_tables({fold(box.text) for box in part.boxes}), default=""))


def _is_line(grid: Grid, row: int) -> bool:
    """Return whether a row holds one text that belongs to no table, and is not the heading above one."""
    alone = _alone(grid, row)
    return alone is not None and (alone.column == 0 or not _is_heading(alone))


def _is_break(grid: Grid, row: int) -> bool:
    """Return whether nothing stands in a row, or a heading alone."""
    return _alone(grid, row) is not None or not any(bare(box.text) for box in grid.row(row))


def _alone(grid: Grid, row: int) -> Box | None:
    filled = [box for box in grid.row(row) if bare(box.text)]
    known = len(filled) != 1 or fold(filled[0].text) in table_labels() or is_value(filled[0].text)
    return None if known else filled[0]


def _is_heading(box: Box) -> bool:
    return heading_score(box.text, edition_in_force()) >= SURE


def _bands(grid: Grid) -> list[Grid]:
    """Return what blank columns part in a grid as tables of their own; all of it together where it is one table."""
    filled = [box for box in grid.boxes if bare(box.text)]
    covered = {column for box in filled for column in range(box.column, box.column + box.columns)}
    begins = sorted(column for column in covered if column - 1 not in covered)
    bands: list[list[Box]] = []
    for begin, end in pairwise([*begins, grid.width]):
        own = [box for box in filled if begin <= box.column < end]
        if bands and not _is_beside(bands[-1], own):
            bands[-1] += own
        else:
            bands.append(own)
    starts = [0, *(min(box.column for box in band) for band in bands[1:]), grid.width]
    sides = ([box for box in grid.boxes if begin <= box.column < end] for begin, end in pairwise(starts))
    return [
        replace(grid, boxes=tuple(replace(box, column=box.column - begin) for box in own))
        for begin, own in zip(starts, sides, strict=False)
    ]


def _is_beside(left: Sequence[Box], right: Sequence[Box]) -> bool:
    """Return whether boxes are a table beside another: it has numbers, and labels of its own, of other rows or another table."""
    texts = [{fold(box.text) for box in side} for side in (left, right)]
    if not all(any(map(is_value, own)) and len(own & table_labels()) >= FEWEST_LABELS for own in texts):
        return False
    rows = [own & row_labels() for own in texts]
    tables = [_tables(own) for own in texts]
    return bool(rows[1] and rows[0].isdisjoint(rows[1])) or bool(tables[1] - tables[0])


def _tables(texts: set[str]) -> set[str]:
    """Return the tables of which labels stand among texts that no other table has."""
    known = {section.table for section in edition_in_force().sections if section.table}
    return {table for table in known if len(texts & known_labels(table)) >= FEWEST_LABELS}
