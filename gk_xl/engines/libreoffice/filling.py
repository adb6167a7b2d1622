"""Filling cells on from those beside them, as dragging the corner of a selection does."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gk_xl.engines.core.errors import EngineError, Refusal
from gk_xl.engines.core.searching import contents
from gk_xl.engines.libreoffice.process import load_uno

DATES = {
    "fill_days": "FILL_DATE_DAY",
    "fill_weekdays": "FILL_DATE_WEEKDAY",
    "fill_months": "FILL_DATE_MONTH",
    "fill_years": "FILL_DATE_YEAR",
}
NO_END = 1.7e307


def direction_of(source: Any, target: Any) -> str:
    """Return where a range is filled to; ValueError when the target does not reach on from the source one way."""
    same_rows = (source.row, source.shape[0]) == (target.row, target.shape[0])
    same_columns = (source.column, source.shape[1]) == (target.column, target.shape[1])
    if same_rows == same_columns:
        raise ValueError(f"{target.address} does not reach on from {source.address} one way")
    if same_columns:
        return "TO_BOTTOM" if target.row == source.row else "TO_TOP"
    return "TO_RIGHT" if target.column == source.column else "TO_LEFT"


def autofill(source: Any, target: Any, kind: str) -> None:
    """Fill the target, which holds the source at one end; EngineError for what LibreOffice has no fill for."""
    if kind == "flash_fill":
        raise EngineError(Refusal.UNSUPPORTED, what="Range.autofill: flash_fill")
    target.allow_values()
    direction = direction_of(source, target)
    down = direction in ("TO_BOTTOM", "TO_TOP")
    for number in range(source.shape[1] if down else source.shape[0]):
        line = (_line(source, number, down=down), _line(target, number, down=down))
        if kind in ("fill_copy", "fill_formats", "fill_values"):
            _repeat(*line, direction, kind)
        else:
            _continue(*line, direction, kind)


def _line(area: Any, number: int, *, down: bool) -> Any:
    """Return one of the lines along which a range is filled."""
    if down:
        return area.at(area.row, area.column + number, area.shape[0], 1)
    return area.at(area.row + number, area.column, 1, area.shape[1])


def _continue(source: Any, target: Any, direction: str, kind: str) -> None:
    """Go on with a line's values: as a series where there is one to see, else the same again."""
    way = load_uno().Enum("com.sun.star.sheet.FillDirection", direction)
    values = [value for row in source.read() for value in row]
    if kind in DATES and len(values) == 1:
        modes = [
            load_uno().Enum("com.sun.star.sheet." + name, value)
            for name, value in (("FillMode", "DATE"), ("FillDateMode", DATES[kind]))
        ]
        target.uno.fillSeries(way, *modes, 1, NO_END)
    elif kind == "growth_trend" and len(values) == 2:
        modes = [
            load_uno().Enum("com.sun.star.sheet." + name, value)
            for name, value in (("FillMode", "GROWTH"), ("FillDateMode", "FILL_DATE_DAY"))
        ]
        target.uno.fillSeries(way, *modes, values[1] / values[0], NO_END)
    elif kind == "fill_default" and len(values) == 1 and not isinstance(values[0], str | dt.datetime):
        _repeat(source, target, direction, "fill_copy")  # a number alone is no series in Excel
    else:
        target.uno.fillAuto(way, len(values))


def _repeat(source: Any, target: Any, direction: str, kind: str) -> None:
    """Write a line's cells again and again: values and looks, or one of them."""
    length, whole = len(source), len(target)
    down = direction in ("TO_BOTTOM", "TO_TOP")
    ahead = direction in ("TO_BOTTOM", "TO_RIGHT")
    for step in range(length, whole):
        number = step % length if ahead else (length - 1 - step) % length
        place = step if ahead else whole - 1 - step
        cell = source.at(source.row + number * down, source.column + number * (not down))
        goal = target.at(target.row + place * down, target.column + place * (not down))
        if kind == "fill_values":
            goal.write([[cell.read()[0][0]]])
        elif kind == "fill_formats":
            kept = contents(goal)
            cell.copy_cells(goal)
            goal.write(kept)
        else:
            cell.copy_cells(goal)
