"""Copying, pasting and sorting cells of a closed file: values, formulas moved along, looks, notes."""

from __future__ import annotations

import datetime as dt
import operator
from copy import copy
from typing import TYPE_CHECKING, Any, NamedTuple

from gk_xl.engines.core.errors import EngineError, Refusal
from gk_xl.engines.core.values import CellError, serial_of

if TYPE_CHECKING:
    from collections.abc import Sequence

PARTS = {
    "all": ("value", "looks", "note"),
    "all_using_source_theme": ("value", "looks", "note"),
    "all_merging_conditional_formats": ("value", "looks", "note"),
    "comments": ("note",),
    "formats": ("looks",),
    "formulas": ("value",),
    "formulas_and_number_formats": ("value", "number_format"),
    "values": ("plain",),
    "values_and_number_formats": ("plain", "number_format"),
}
LOOKS = ("font", "fill", "border", "alignment", "protection", "number_format")
OPERATIONS = {"add": operator.add, "subtract": operator.sub, "multiply": operator.mul, "divide": operator.truediv}


class Kept(NamedTuple):
    """A cell as it was when it was copied."""

    place: str
    filled: Any
    plain: Any
    looks: dict[str, Any]
    note: Any


def keep(area: Any) -> list[list[Kept]]:
    """Return the cells of a range, row by row, as they are now."""
    values = area.read()
    return [
        [_kept(area.sheet.cell(area.row + r, area.column + c), value) for c, value in enumerate(row)]
        for r, row in enumerate(values)
    ]


def _kept(cell: Any, value: Any) -> Kept:
    looks = {name: copy(getattr(cell, name)) for name in LOOKS}
    return Kept(cell.coordinate, cell.value, value, looks, cell.comment)


def put_down(area: Any, rows: Sequence[Sequence[Kept]], parts: Sequence[str], operation: str | None = None) -> None:
    """Write parts of kept cells from the first cell of a range on."""
    for r, row in enumerate(rows):
        for c, kept in enumerate(row):
            _put(area.at(area.row + r, area.column + c), kept, parts, operation)


def _put(area: Any, kept: Kept, parts: Sequence[str], operation: str | None) -> None:
    cell = area.first
    if "value" in parts or "plain" in parts:
        value = kept.plain if "plain" in parts or operation else moved(kept, cell.coordinate)
        if operation:
            value = OPERATIONS[operation](area.read()[0][0] or 0.0, value or 0.0)
        elif isinstance(value, str) and not (value.startswith("=") and value != kept.plain):
            value = f"'{value}"
        area.sheet.put(area.row, area.column, value)
    for name in LOOKS if "looks" in parts else parts:
        if name in kept.looks:
            setattr(cell, name, copy(kept.looks[name]))
    if "note" in parts:
        cell.comment = copy(kept.note)


def moved(kept: Kept, place: str) -> Any:
    """Return what a cell was filled with, its formula as it reads at another place."""
    from openpyxl.formula.translate import Translator

    if not isinstance(kept.filled, str) or not kept.filled.startswith("=") or kept.filled == kept.plain:
        return kept.filled
    return Translator(kept.filled, kept.place).translate_formula(place)


def paste(area: Any, source: Any, what: str, operation: str | None, *, skip_blanks: bool, transpose: bool) -> None:
    """Paste parts of a copied range; EngineError for kinds of content that a closed file does not part."""
    if what == "column_widths":
        for number in range(source.shape[1]):
            width = source.at(1, source.column + number).column_width
            area.at(1, area.column + number).column_width = width
        return
    if what not in PARTS:
        raise EngineError(Refusal.UNSUPPORTED, what=f"Range.paste: {what}")
    rows = keep(source)
    rows = [list(row) for row in zip(*rows, strict=True)] if transpose else rows
    for r, row in enumerate(rows):
        for c, kept in enumerate(row):
            if not (skip_blanks and kept.plain is None and kept.filled is None):
                put_down(area.at(area.row + r, area.column + c), [[kept]], PARTS[what], operation)


def sort(area: Any, keys: Sequence[int], ascending: Sequence[bool], *, has_headers: bool) -> None:
    """Sort rows as Excel does: numbers, texts, TRUE and FALSE, errors; blanks last whichever way."""
    if any(area.at(cell.row, cell.column).merge_cells for cell in area.each()):
        raise EngineError(Refusal.MERGED_CELL, sheet=area.sheet.name, address=area.get_address(False, False, False))
    rows = keep(area)[has_headers:]
    for key, upwards in reversed(list(zip(keys, ascending, strict=True))):
        filled = [row for row in rows if row[key - 1].plain is not None]
        filled.sort(key=lambda row: _rank(row[key - 1].plain), reverse=not upwards)
        rows = filled + [row for row in rows if row[key - 1].plain is None]
    put_down(area.at(area.row + has_headers, area.column), rows, PARTS["all"])


def _rank(value: Any) -> tuple[int, Any]:
    """Return where a value comes in Excel's order."""
    if isinstance(value, bool):
        return 2, value
    if isinstance(value, CellError):
        return 3, ""
    if isinstance(value, str):
        return 1, value.casefold()
    if isinstance(value, dt.datetime):
        return 0, serial_of(value)
    return 0, value
