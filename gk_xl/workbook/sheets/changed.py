"""Whether anything was changed since it was judged, live on 封面: what stands in the inputs, held against what stood there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.workbook.layout import COVER, JUDGED, RULES, Place
from gk_xl.workbook.plan import area

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gk_xl.workbook.content import Content
    from gk_xl.workbook.plan import SheetPlan

HEADLINE = 3  # the row of 封面 that says how far one is
CHANGED = Place(COVER, HEADLINE, RULES + 2)
"""Hidden: how many inputs hold something else than when they were judged; beside it the number of each sheet."""
FIRST = 5  # columns right of the rule list where the sheets' numbers begin


def plan_changed(sheets: Mapping[str, SheetPlan], content: Content) -> None:
    """Put, hidden on 封面, how many inputs were changed: of each sheet, and of all."""
    cover, total = sheets[COVER], 0
    for number, (title, places) in enumerate(content.layout.judged.items()):
        formula, value = _changed(sheets[title], places)
        cover.put(HEADLINE, RULES + FIRST + number, "hidden", value, formula=formula)
        total += value
    ends = [RULES + FIRST, RULES + FIRST + len(content.layout.judged) - 1]
    formula = f"SUM({area(HEADLINE, ends[0], HEADLINE, ends[1])})"
    cover.put(HEADLINE, CHANGED.column, "hidden", total, formula=formula)


def _changed(sheet: SheetPlan, places: Sequence[Place]) -> tuple[str, int]:
    """Return the formula of a sheet's number, and what it comes to.

    Compared is the block of the inputs from a locked cell above them to one below and right of them: no drag bends it. The
    labels in it are no change. A blank is not 0, so both sides are joined to an empty text.
    """
    rows, columns = [place.row for place in places], [place.column for place in places]
    top, left, end, right = min(rows) - 1, min(columns), max(rows) + 1, max(columns) + 1
    inputs = {(place.row, place.column) for place in places}
    held = {
        (row, column): cell.value
        for (row, column), cell in sheet.cells.items()
        if top <= row <= end and left <= column <= right and cell.value not in (None, "")
    }
    labels = held.keys() - inputs
    beside = [sheet.cells[row, column + JUDGED].value for row, column in inputs]
    changed = sum(held.get(at) != was for at, was in zip(inputs, beside, strict=True))
    own = "" if sheet.title == COVER else f"'{sheet.title}'!"
    now, then = (f'{own}{area(top, left + by, end, right + by)}&""' for by in (0, JUDGED))
    return f"IFERROR(SUMPRODUCT(--({now}<>{then}))-{len(labels)},1)", changed
