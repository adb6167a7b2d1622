"""In which edition a report is printed, told table by table from its heads; and a table of one edition in another's cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.errors import EditionNotFound
from gk_xl.form.load import edition_for, edition_ids, load_edition
from gk_xl.sources.model import NoteKind, note
from gk_xl.sources.readings import TableReading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gk_xl.form.schema import CellId, Edition

CLEARLY: Final = 1
"""So many more labels of another edition may be chance (规范性文件 for 行政规范性文件)."""


def edition_of(fits: Mapping[str, Mapping[str, int]], year: int | None) -> Edition:
    """Return the edition that the tables are printed in; where they do not tell, the year's, else the newest that fits."""
    totals = {name: sum(fits[name].values()) for name in edition_ids()}
    best = max(totals, key=lambda name: (totals[name], name))
    try:
        own = edition_for(year).id if year is not None else best
    except EditionNotFound:
        own = best
    return load_edition(best if totals[best] > totals[own] + CLEARLY else own)


def printed_in(fits: Mapping[str, Mapping[str, int]], own: Edition, table_id: str) -> Edition:
    """Return the edition that one table is printed in: the report's unless another fits it clearly better."""
    scores = {name: fits[name].get(table_id, -1) for name in edition_ids()}
    best = max(scores, key=lambda name: (scores[name], name))
    return load_edition(best) if scores[best] > scores[own.id] + CLEARLY else own


def carried_over(reading: TableReading, source: Edition, target: Edition) -> TableReading:
    """Return a table read in one edition in the cells of another: the same cells, a group of rows added up into one.

    What has no cell there is quoted as not placed.
    """
    table = target.table(reading.table.id)
    own = {cell.id for cell in table.cells}
    result = TableReading(
        table, notes=list(reading.notes), roles=reading.roles, prose=reading.prose, exact=reading.exact
    )
    message = f"{table.name}印的是 {source.id} 年版，报告的其他表格是 {target.id} 年版；能对应的格已对应。"
    result.notes.append(note(NoteKind.READ, (), table.name, message, found=source.id, read=target.id))
    added: dict[CellId, list[CellId]] = {}
    for cell_id in reading.placed:
        cell = source.cell(cell_id)
        parent = f"{table.id}.{cell.row.rpartition('.')[0]}.{cell.column}"
        if cell_id in own:
            _move(reading, result, cell_id, cell_id)
        elif parent in own:
            added.setdefault(parent, []).append(cell_id)
        elif reading.cells.get(cell_id) is not None:
            found = f"{reading.cells[cell_id]}"
            why = f"{source.describe(cell_id)}的 {found} 没有放入：{target.id} 年版没有这一格；请对照原件填写。"
            line = (reading.placed[cell_id],)
            result.notes.append(note(NoteKind.UNPLACED, line, source.describe(cell_id), why, found=found))
    for parent, parts in added.items():
        values = [value for part in parts if isinstance(value := reading.cells.get(part), int | float)]
        result.placed[parent] = reading.placed[parts[0]]
        result.cells[parent] = sum(values) if len(values) == len(parts) else None
        if any(values):
            result.doubt(parent, f"原文分 {len(parts)} 行填写，这里是它们的和。")
    return result


def _move(source: TableReading, target: TableReading, old: CellId, new: CellId) -> None:
    target.placed[new] = source.placed[old]
    target.cells[new] = source.cells.get(old)
    if old in source.units:
        target.units[new] = source.units[old]
    if old in source.doubts:
        target.doubts[new] = source.doubts[old]
