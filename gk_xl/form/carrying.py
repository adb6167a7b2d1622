"""A filing's numbers in the cells of another edition: what maps, what has no cell there, what nobody can know."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gk_xl.form.load import load_edition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gk_xl.form.filing import Filing
    from gk_xl.form.schema import CellId, Edition, Value


@dataclass(frozen=True)
class Carried:
    """A filing in another edition. ``dropped`` are numbers without a cell there, ``unknown`` cells that stay blank."""

    filing: Filing
    mapped: int
    dropped: Mapping[CellId, Value]
    unknown: tuple[CellId, ...]


def carried(filing: Filing, edition_id: str) -> Carried:
    """Return a filing in the cells of an edition: the same cells, groups of rows added up into one, a 0 for a group parted.

    A row that stands for a group in the one edition and has a number other than 0 is not divided: its cells are unknown.
    """
    source, target = filing.form, load_edition(edition_id)
    cells: dict[CellId, Value] = {cell: filing.value(cell) for cell in target.cells if cell in source.cells}
    used = set(cells)
    for parent, parts in _groups(source, target).items():
        values = [filing.value(part) for part in parts]
        numbers = [value for value in values if isinstance(value, int | float)]
        cells[parent] = sum(numbers) if len(numbers) == len(values) else None
        used |= set(parts)
    for parent, parts in _groups(target, source).items():
        if filing.value(parent) == 0:
            cells |= dict.fromkeys(parts, 0)
            used.add(parent)
    dropped = {
        cell: value for cell in source.cells if cell not in used and (value := filing.value(cell)) not in (None, 0)
    }
    unknown = tuple(cell for cell in target.cells if cell not in cells)
    mapped = sum(value is not None for value in cells.values())
    whole = {**dict.fromkeys(target.cells), **cells}
    units = {cell: unit for cell, unit in filing.units.items() if cell in cells}
    return Carried(replace(filing, edition=target.id, cells=whole, units=units, doubts={}), mapped, dropped, unknown)


def _groups(many: Edition, few: Edition) -> dict[CellId, list[CellId]]:
    """Return the cells of one edition, by the cell of another that stands for several rows of theirs."""
    found: dict[CellId, list[CellId]] = defaultdict(list)
    for cell in many.cells.values():
        parent = f"{cell.table}.{cell.row.rpartition('.')[0]}.{cell.column}"
        if cell.id not in few.cells and parent in few.cells and parent not in many.cells:
            found[parent].append(cell.id)
    return dict(found)
