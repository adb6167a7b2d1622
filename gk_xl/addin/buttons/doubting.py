"""What an import was not sure of, in the open workbook: a colour of its own, a note, and what 校验 says until it is settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.addin.buttons.marking import flag_areas
from gk_xl.addin.com import values_of
from gk_xl.addin.edit import Formula, contents
from gk_xl.form.doubt import Doubt
from gk_xl.workbook.doubtful import LEVEL, NAME, doubt_constants, doubt_note, open_doubts
from gk_xl.workbook.layout import FLAGS, JUDGED
from gk_xl.workbook.notes import joined, own_text, sealed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gk_xl.addin.edit import Edit
    from gk_xl.form.schema import CellId, Value
    from gk_xl.workbook.grid import Reading


def standing_doubts(
    reading: Reading, reasons: Mapping[CellId, str], written: Mapping[CellId, Value]
) -> dict[CellId, Doubt]:
    """Return what is in doubt once an import is written: its own doubts about what it writes or leaves blank.

    ``reasons`` says why cells are doubtful. Doubts from before stay where nothing is written.
    """
    old = {cell: doubt for cell, doubt in open_doubts(reading.filing).items() if cell not in written}
    new = {
        cell: Doubt(written.get(cell), why)
        for cell, why in reasons.items()
        if cell in written or (cell in reading.places and reading.filing.value(cell) is None)
    }
    return {**old, **new}


def put_doubts(edit: Edit, reading: Reading, doubts: Mapping[CellId, Doubt]) -> None:
    """Write doubts into the workbook: carried with it, its cells coloured, the reasons in their notes."""
    edit.constants(NAME, doubt_constants(doubts))
    places = {reading.places[cell]: doubt for cell, doubt in doubts.items()}
    for sheet, (top, left, bottom, right) in flag_areas(reading).items():
        cells = [place for place in places if place.sheet == sheet]
        if not cells:
            continue
        areas = [edit.book.sheets[sheet].range((top, left + by), (bottom, right + by)) for by in (0, FLAGS, JUDGED)]
        held, judged = ([list(line) for line in values_of(area)] for area in areas[::2])
        flags = [
            [Formula(value) if isinstance(value, str) and value.startswith("=") else value for value in line]
            for line in contents(areas[1])
        ]
        for place in cells:
            row, column = place.row - top, place.column - left
            flags[row][column], judged[row][column] = (
                LEVEL,
                held[row][column],
            )  # a flag shows as long as that stands there
        edit.block(sheet, top, left + FLAGS, flags)
        edit.block(sheet, top, left + JUDGED, judged)
    for place, doubt in places.items():
        text = doubt_note(doubt)
        if text:
            edit.note(place, joined(sealed(text), own_text(edit.note_at(place))))
