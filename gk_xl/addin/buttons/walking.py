"""上一处, 下一处: from place to place through the list of 校验结果, without looking for the sheet or the cell."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, NamedTuple

from gk_xl.addin.com import selection_of, values_of
from gk_xl.addin.view import LiveBook
from gk_xl.addin.wording import FIRST, GO, spoken
from gk_xl.engines.core.addresses import parse_address
from gk_xl.errors import HostError
from gk_xl.workbook.layout import (
    LEVEL_COLUMN,
    MESSAGE_COLUMN,
    PLACE_COLUMN,
    RESULTS,
    RESULTS_FIRST,
    RESULTS_ROWS,
    Place,
)
from gk_xl.workbook.sheets.results import RESOLVED

if TYPE_CHECKING:
    from collections.abc import Sequence

LEADING = ("check", "accept_proposal", "accept_all")
"""The buttons that end in a verdict: where it names a first thing to mend, the box leads there."""
LONGEST = 120  # characters of a message that a box repeats; the whole stands in the cell's note


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
    if place is not None and book.app.alert(f"{text}{GO}", title, "yes_no") == "yes":
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
    """A line of the list that names a cell: its row in 校验结果, the cell, the level, the message."""

    row: int
    place: Place
    level: str
    message: str


def _walk(book: Any, step: int) -> str:
    """Select another place of the list and say where one is and what is wrong there."""
    lines = listed(book)
    places = list(dict.fromkeys(line.place for line in lines))
    if not places:
        raise HostError("“校验结果”里没有要看的地方。请先点“校验”；已经校验过的，就是没有发现问题。")
    number = _number(lines, places, selection_of(book), step)
    place = places[number % len(places)]
    go_to(book, place)
    told = "；".join(f"{line.level}：{_short(line.message)}" for line in lines if line.place == place)
    around = "" if 0 <= number < len(places) else "已经看完一遍，" + ("从头再看。" if step > 0 else "从最后一处再看。")
    return f"{around}第 {number % len(places) + 1} 处，共 {len(places)} 处（{place.sheet} {place.address}）。{told}"


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
    return found


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


def _short(message: str) -> str:
    return message if len(message) <= LONGEST else f"{message[:LONGEST]}……"
