"""One token into one cell: the number, the unit that was typed with it, and a remark of what was normalised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.checks.entries import read_entry
from gk_xl.sources.labels import SPACES
from gk_xl.sources.model import NoteKind, Role, leaves_unit_open, note
from gk_xl.sources.tokens import Sort

if TYPE_CHECKING:
    from gk_xl.form.schema import CellId, Edition
    from gk_xl.sources.readings import TableReading
    from gk_xl.sources.tokens import Token


def place_value(result: TableReading, edition: Edition, cell_id: CellId, token: Token) -> None:
    """Put what a token says into ``result``; a token of an empty cell leaves the cell blank.

    A mark for nothing (“/”, “无”) and what is no number stay as typed: the check offers a reading, the clerk decides.
    """
    cell = edition.cell(cell_id)
    result.placed[cell_id] = token.lines[0]
    if token.sort is Sort.EMPTY:
        result.cells[cell_id] = None
        return
    result.mark(token.lines, Role.CELL)
    text = SPACES.sub(" ", token.text).strip()
    if text != token.text:
        result.spaced.append(token)
    reading, place = read_entry(text, cell.kind, cell.unit), f"{result.table.name}{cell.label}"
    if reading is None or not reading.sure:
        result.cells[cell_id] = text
        why = "不能读作数字" if reading is None else "可能表示没有（0）"
        message = f"{place}填的是“{text}”，{why}，已照原样放入；请填上数字。"
        result.notes.append(note(NoteKind.READ, token.lines, place, message, found=text, read=text))
        return
    result.cells[cell_id] = reading.number
    shown = f"{reading.number}"
    if leaves_unit_open(cell) and reading.unit:
        result.units[cell_id], shown = reading.unit, f"{reading.number} {reading.unit}"
    if reading.note:
        message = f"{place}填的是“{text}”，读作 {shown}（{reading.note}）。"
        result.notes.append(note(NoteKind.NORMALISED, token.lines, place, message, found=text, read=shown))
