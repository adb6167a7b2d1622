"""What a clerk put onto sheets of the form and no cell of the new workbook holds: told, so that it is fetched from the old file.

Numbers that stand elsewhere are looked for by :mod:`.witnesses`, paragraphs by :mod:`.texts`; here are notes beside the cells
that are filled in, remarks beside the form, pictures and charts, colours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.form.cleaning import shown
from gk_xl.form.load import NARRATIVE
from gk_xl.workbook.layout import RESULTS, Place
from gk_xl.workbook.notes import own_text
from gk_xl.workbook.repair.painted import painted
from gk_xl.workbook.styles import unlocked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.workbook.repair.sheets import Found
    from gk_xl.workbook.repair.witnesses import Witnesses

NAMED: Final = 5
"""Painted cells of a sheet that are named."""
LONGEST: Final = 30
"""Characters of a note or remark that are quoted."""


def leftovers(witnesses: Witnesses) -> Iterator[str]:
    """Yield what stays in the old file, a line each: its sheet, its cell, its first words."""
    form = witnesses.form
    kept = {(base.sheet, base.row, base.column) for base in witnesses.base.values() if base}
    texts = {form.names[f"narrative.{part}.1"].sheet for part in NARRATIVE}
    for found in witnesses.sheets.found.values():
        sheet = found.sheet
        for place, note in sorted(sheet.notes.items()):
            if (sheet.title, *place) not in kept and (own := own_text(note).strip()):
                yield f"“{sheet.title}”{Place(sheet.title, *place).address} 的批注“{quoted(own)}”"
        if found.plan.title not in texts | {RESULTS}:
            yield from _remarks(found)
        if witnesses.book.drawn(sheet.title):
            yield f"“{sheet.title}”上的图片、图表"
        if cells := painted(witnesses.book.raw, sheet.title):
            first = "、".join(Place(sheet.title, *place).address for place in cells[:NAMED])
            yield f"“{sheet.title}”上涂的颜色（{first}{f' 等 {len(cells)} 格' if len(cells) > NAMED else ''}）"


def _remarks(found: Found) -> Iterator[str]:
    """Yield the texts beside the form, where the form stands in its place and so says which cells are its own."""
    if found.alignment.moved:
        return
    calculated = [place for place, planned in found.plan.cells.items() if planned.formula]
    alive = 2 * sum(bool(found.sheet.held(place).formula) for place in calculated) > len(calculated)
    for place, value in sorted(found.sheet.values.items()):
        planned = found.plan.cells.get(place)
        if planned and (planned.output or unlocked(planned.style)):
            continue
        if planned and planned.formula and not alive:  # saved without formulas: what they came to is not the clerk's
            continue
        if planned and not planned.formula and planned.value is not None:
            continue
        if place in found.sheet.covered or found.sheet.held(place).formula or not isinstance(value, str):
            continue
        if any(char.isalpha() for char in value):
            yield f"“{found.sheet.title}”{Place(found.sheet.title, *place).address} 的文字“{quoted(value)}”"


def quoted(text: str) -> str:
    """Return the beginning of a text in one line."""
    line = " ".join(shown(text).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
