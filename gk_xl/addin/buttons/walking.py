"""上一处, 下一处: from place to place through the list of 校验结果, without looking for the sheet or the cell."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, NamedTuple

from gk_xl.addin.com import selection_of, values_of
from gk_xl.addin.view import LiveBook
from gk_xl.addin.wording import GO, spoken
from gk_xl.engines.core.addresses import parse_address
from gk_xl.errors import HostError
from gk_xl.workbook.layout import (
    JUDGED,
    LEVEL_COLUMN,
    MESSAGE_COLUMN,
    PLACE_COLUMN,
    RESULTS,
    RESULTS_FIRST,
    RESULTS_ROWS,
    STATE_COLUMN,
    Place,
)
from gk_xl.workbook.pointing import FIRST, shortened
from gk_xl.workbook.sheets.results import RESOLVED
from gk_xl.workbook.since import watched

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LEADING = ("check", "accept_proposal", "accept_all")
"""The buttons that end in a verdict: where it names a first thing to mend, the box leads there."""
ALL_MENDED = "都改过了，再点“校验”。"


@spoken()
def next_finding(book: Any) -> str:
    """下一处: select the place of the next line of 校验结果, the first one's when none of them is selected."""
    return _walk(book, 1)


@spoken()
def previous_finding(book: Any) -> str:
    """上一处: select the place of the line before, the last one's when none of them is selected."""
    return _walk(book, -1)


def led(book: Any, text: str, title: str) -> bool:
    """Show a verdict, and go to the first thing to mend when the clerk says so; False, nothing shown, when it names none."""
    place = next((line.place for line in listed(book)), None) if FIRST in text else None
    if place is not None and book.app.alert(f"{text}{GO}", title, "yes_no", "info") == "yes":
        go_to(book, place)
    return place is not None


def go_to(book: Any, place: Place) -> None:
    """Show a cell and select it.

    The workbook and the sheet are brought to the front, not the application: xlwings would do that, too, and fail where
    it may not.
    """
    sheet = book.sheets[place.sheet]
    book.impl.activate()
    sheet.impl.activate()
    sheet.range((place.row, place.column)).select()


class Line(NamedTuple):
    """A line of the list that names a cell: its row in 校验结果, the cell, the level, the message.

    It is ``mended`` when its cell holds something else by now than was judged.
    """

    row: int
    place: Place
    level: str
    message: str
    mended: bool = False


def _walk(book: Any, step: int) -> str:
    """Select another place of the list and say where one is and what is wrong there."""
    lines = listed(book)
    places = list(dict.fromkeys(line.place for line in lines))
    if not places:
        raise HostError("“校验结果”里没有要看的地方。请先点“校验”；已经校验过的，就是没有发现问题。")
    still = [place for place in places if any(line.place == place and not line.mended for line in lines)]
    if not still:
        return ALL_MENDED
    number = _number(lines, places, selection_of(book), step)
    while places[number % len(places)] not in still:
        number += step
    place = places[number % len(places)]
    go_to(book, place)
    told = "；".join(
        f"{line.level}：{shortened(line.message)}" for line in lines if line.place == place and not line.mended
    )
    around = "" if 0 <= number < len(places) else "已经看完一遍，" + ("从头再看。" if step > 0 else "从最后一处再看。")
    return f"{around}第 {still.index(place) + 1} 格，共 {len(still)} 格要看（{place.sheet} {place.address}）。{told}"


def listed(book: Any) -> list[Line]:
    """Return every line of the list that names a cell, in its order."""
    last = RESULTS_FIRST + RESULTS_ROWS - 1
    sheets = LiveBook(book).members  # a workbook that is none of ours is told so
    rows = values_of(sheets[RESULTS].range((RESULTS_FIRST, 1), (last, MESSAGE_COLUMN)))
    found = []
    for row, values in enumerate(rows, start=RESULTS_FIRST):
        level, shown, message = (str(values[at - 1] or "") for at in (LEVEL_COLUMN, PLACE_COLUMN, MESSAGE_COLUMN))
        title, _, address = shown.rpartition(" ")
        if title in sheets and not message.startswith(RESOLVED):
            with contextlib.suppress(ValueError):  # somebody typed into the list
                found.append(Line(row, Place(title, *parse_address(address)), level, message))
    return _with_mended(sheets, found)


def _with_mended(sheets: Mapping[str, Any], lines: list[Line]) -> list[Line]:
    """Return the lines with what their state says once it is calculated; a line without one goes with its cell's others."""
    rows = [line.row for line in lines]
    if not rows:
        return lines
    shown = sheets[RESULTS].range((rows[0], STATE_COLUMN), (rows[-1], STATE_COLUMN)).formula
    formulas = [str(one[0]) for one in shown] if isinstance(shown, (tuple, list)) else [str(shown)]
    states = {row: watched(formulas[row - rows[0]]) for row in rows}
    kept = {place for state in states.values() for place, _ in state.cells if place.sheet in sheets}
    values: dict[Place, tuple[str, str]] = {}
    for title in {place.sheet for place in kept}:
        places = [place for place in kept if place.sheet == title]
        top, left = min(place.row for place in places), min(place.column for place in places)
        end, right = max(place.row for place in places), max(place.column for place in places)
        held, judged = (values_of(sheets[title].range((top, left + by), (end, right + by))) for by in (0, JUDGED))
        for place in places:
            row, column = place.row - top, place.column - left
            values[place] = _typed(held[row][column]), _typed(judged[row][column])

    def changed(place: Place, said: str | None) -> bool:
        held, judged = values.get(place, ("", said or ""))
        return held != (judged if said is None else said)

    found = {
        row: (any if state.any_of else all)(changed(*one) for one in state.cells)
        for row, state in states.items()
        if state.cells
    }
    gone = {line.place for line in lines if found.get(line.row)}
    return [line._replace(mended=found.get(line.row, line.place in gone)) for line in lines]


def _typed(value: Any) -> str:
    """Return what a formula that joins a cell to an empty text makes of it."""
    return "" if value is None else str(int(value) if isinstance(value, float) and value.is_integer() else value)


def _number(lines: Sequence[Line], places: Sequence[Place], selected: Any, step: int) -> int:
    """Return which place comes next, counted from 0; one past either end when that was the last one.

    In the list itself it is the place of the selected line, or of the line before.
    """
    if selected is None:
        here = None
    elif selected.sheet.name == RESULTS:
        behind = [line.place for line in lines if line.row >= selected.row]
        here = places.index(behind[0]) - (step > 0) if behind and selected.row >= RESULTS_FIRST else None
    else:
        place = Place(selected.sheet.name, selected.row, selected.column)
        here = places.index(place) if place in places else None
    if here is None:
        return 0 if step > 0 else len(places) - 1
    return here + step
