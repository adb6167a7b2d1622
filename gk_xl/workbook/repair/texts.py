"""The paragraphs of a damaged workbook: what stands in the column of the text, in the order in which it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.form.filing import normal_number
from gk_xl.form.load import NARRATIVE
from gk_xl.workbook.layout import CAPACITY, FLAGS, NARRATIVE_COLUMN, SUGGESTION_COLUMN, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gk_xl.workbook.repair.damaged import DamagedSheet, Held
    from gk_xl.workbook.repair.sheets import Found
    from gk_xl.workbook.repair.told import Told
    from gk_xl.workbook.repair.witnesses import Witnesses

SHOWN = 30


def paragraphs(witnesses: Witnesses, told: Told) -> Mapping[str, tuple[str, ...]]:
    """Return the paragraphs of each part; what is doubtful of them is told."""
    found: dict[str, tuple[str, ...]] = {}
    for part in NARRATIVE:
        sheet = witnesses.form.names[f"narrative.{part}.1"].sheet
        place = witnesses.sheets.found.get(sheet)
        lines = list(_lines(witnesses, told, part, place)) if place else list(_named(witnesses, told, part))
        found[part] = tuple(text for _, text in sorted(lines, key=lambda line: line[0]))
    for sheet in dict.fromkeys(witnesses.form.names[f"narrative.{part}.1"].sheet for part in NARRATIVE):
        if sheet in witnesses.sheets.found:
            _elsewhere(witnesses, told, witnesses.sheets.found[sheet])
    return found


def _text(held: Held) -> str:
    """Return what stands in a cell as a text; an error value is none."""
    if held.error or held.blank:
        return ""
    value = normal_number(held.value) if isinstance(held.value, float) else held.value
    return str(value).strip("\n") if value is not None else f"={held.formula}"


def _lines(witnesses: Witnesses, told: Told, part: str, found: Found) -> Iterator[tuple[float, str]]:
    """Yield the texts of a part with the row in which each is seen."""
    _form, sheet = witnesses.form, found.sheet
    column = found.alignment.columns.get(NARRATIVE_COLUMN, NARRATIVE_COLUMN)
    first, last = _rows(witnesses, part, found)
    if column is not None:
        for row in range(first, last + 1):
            held = sheet.held((row, column))
            text = _text(held)
            if held.error or held.formula:
                told.lost.append(
                    f"“{sheet.title}”{Place(sheet.title, row, column).address} 是公式或错误值，请核对这一段。"
                )
            if text:
                yield row, text
    for number in range(1, CAPACITY[part] + 1):
        name = f"narrative.{part}.{number}"
        named, base = witnesses.named(name), witnesses.base[name]
        if base is None and named is None:
            told.lost.append(f"{witnesses.spot(name)}这一行被删除了，原来有文字的请补上。")
        if named is None or named == base:
            continue
        text, at = _text(witnesses.held(named)), base.row if base else first + number - 1
        inside = named.sheet == sheet.title and named.column == column and first <= named.row <= last
        if inside:
            if text and base is not None and witnesses.held(base).blank:
                told.doubt(name, f"这一段曾移动到{named.address}，次序请核对。")
        elif text and named not in witnesses.owner and witnesses.is_free(named):
            told.moved.append(f"{witnesses.spot(name)}的文字在“{named.sheet}”{named.address}找到，已放回。")
            yield at + 0.5, text


def _rows(witnesses: Witnesses, part: str, found: Found) -> tuple[int, int]:
    """Return the first and last row, in the damaged sheet, in which a part's text may stand."""
    planned = witnesses.form.names[f"narrative.{part}.1"]
    rows = found.alignment.rows
    inside = [
        there for number in range(CAPACITY[part]) if (there := rows.get(planned.row + number, planned.row + number))
    ]
    band = rows.get(planned.row - 1, planned.row - 1)
    first = (band + 1) if band else min(inside, default=planned.row)
    below = [
        place.row
        for other in NARRATIVE
        if (place := witnesses.form.names[f"narrative.{other}.1"]).sheet == planned.sheet and place.row > planned.row
    ]
    if below:
        after = min(below) - 1
        end = rows.get(after, after)
        if end:
            return first, end - 1
        return first, max(inside, default=planned.row)
    return first, max([row for row, _ in found.sheet.cells] + [*inside, planned.row])


def _named(witnesses: Witnesses, told: Told, part: str) -> Iterator[tuple[float, str]]:
    """Yield what the names of a part lead to, where its sheet is gone."""
    for number in range(1, CAPACITY[part] + 1):
        name = f"narrative.{part}.{number}"
        named = witnesses.named(name)
        text = _text(witnesses.held(named)) if named is not None else ""
        if text and named is not None and named not in witnesses.owner:
            told.doubt(name, f"只按名称在“{named.sheet}”{named.address}找到。")
            yield number, text


def _elsewhere(witnesses: Witnesses, told: Told, found: Found) -> None:
    """Tell of texts that stand beside the column of the text: they are quoted, not put anywhere."""
    sheet: DamagedSheet = found.sheet
    columns = found.alignment.columns
    ours = {columns.get(NARRATIVE_COLUMN, NARRATIVE_COLUMN), columns.get(SUGGESTION_COLUMN, SUGGESTION_COLUMN)}
    named = {(p.row, p.column) for p in witnesses.book.named.values() if p.sheet == sheet.title}
    labels = {str(cell.value) for cell in found.plan.cells.values() if cell.value is not None}
    for (row, column), held in sorted(sheet.cells.items()):
        value = held.value
        if column in ours or column > FLAGS or held.formula or not isinstance(value, str) or not value.strip():
            continue  # what stands behind the flags is the program's own: what a paragraph was when it was judged
        if value in labels or value.strip().isdigit() or (row, column) in named or row <= 2:
            continue
        address = Place(sheet.title, row, column).address
        told.lost.append(f"“{sheet.title}”{address} 在正文一栏之外有文字：“{value.strip()[:SHOWN]}”，请看是不是正文。")
