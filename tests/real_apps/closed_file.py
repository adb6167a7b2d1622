"""What a button makes of a closed file, and where two states of a workbook differ."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from typing import TYPE_CHECKING, Any

from openpyxl.workbook.protection import WorkbookProtection

from gk_xl.addin import buttons
from gk_xl.addin.wording import spoken
from gk_xl.engines import face, openpyxl
from gk_xl.errors import GkXlError

if TYPE_CHECKING:
    from pathlib import Path

CALCULATED = "="  # stands for what a closed file does not calculate
TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")  # of a check: the copy's comes a moment later
EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no time zones


def from_closed_file(path: Path, label: str, yes: bool, last: Path) -> tuple[Any, list[str]]:
    """Return what a button makes of a closed file, and what it says on the way."""
    app = openpyxl.App()
    book = face.Book(app.books.open(str(path)))
    book.impl.file.security = WorkbookProtection(lockStructure=True)  # LibreOffice writes that it is not locked
    said: list[str] = []

    def ask(text: str) -> bool:
        said.append(text)
        return yes

    name = next(name for name, shown in buttons.LABELS.items() if shown == label)
    options: dict[str, Any] = {} if name in ("check", "clear_marks") else {"ask": ask}
    if name == "load_last_year":
        options["path"] = last
    try:
        said.append(spoken()(getattr(buttons, name))(book, **options))
    except GkXlError as error:
        said.append(str(error))
    said = [text.replace(path.name, "年报.xlsx") for text in said]
    return {sheet.name: contents(sheet) for sheet in book.sheets}, said


def contents(sheet: Any) -> tuple[Any, dict[tuple[int, int], str]]:
    """Return the values and notes of a sheet of a closed file, from A1 on."""
    area = sheet.used_range
    rows, columns = area.row + area.shape[0] - 1, area.column + area.shape[1] - 1
    block = sheet.range((1, 1), (rows, columns))
    values = [
        [
            CALCULATED if isinstance(text, str) and text.startswith("=") else value
            for value, text in zip(*line, strict=True)
        ]
        for line in zip(block.options(ndim=2).value, block.formula, strict=True)
    ]
    notes = {(note.location.row - 1, note.location.column - 1): note.text for note in sheet.impl.notes}
    return values, notes


def differences(expected: Any, found: Any) -> str:
    """Return in words where two states differ, empty when they do not; formulas of the closed file are not calculated."""
    told = []
    for name in expected:
        (old, notes, *kept), (new, others, *now) = expected[name], found[name]
        for (row, line), column in itertools.product(
            enumerate(itertools.zip_longest(old, new, fillvalue=())), range(40)
        ):
            a, b = (plain(values[column]) if column < len(values) else "" for values in line)
            if a not in (b, CALCULATED):
                told.append(f"{name} R{row + 1}C{column + 1} {a!r} → {b!r}")
        told += [
            f"note {name} {place} {notes.get(place)!r} → {others.get(place)!r}"
            for place in sorted({*notes, *others})
            if notes.get(place, "") != others.get(place, "")
        ]
        if kept != now:
            told.append(f"{name} protected {kept} → {now}")
    return "; ".join(told[:6]) + (f" … {len(told)} in all" if len(told) > 6 else "")


def gone(old: Any, new: Any) -> set[tuple[str, int, int]]:
    """Return which notes are gone: LibreOffice drops the note of a cell when what was typed into a blank is undone."""
    return {(name, *place) for name in old for place in old[name][1] if place not in new[name][1]}


def without(state: Any, lost: set[tuple[str, int, int]]) -> Any:
    """Return a state without these notes."""
    return {
        name: (values, {place: text for place, text in notes.items() if (name, *place) not in lost}, *more)
        for name, (values, notes, *more) in state.items()
    }


def plain(value: Any) -> Any:
    """Return a value as both engines hold it."""
    if value is None or value == "":
        return ""
    if isinstance(value, dt.datetime):
        return (value - EPOCH) / dt.timedelta(days=1)
    if isinstance(value, str):
        return TIME.sub("now", value)
    return float(value) if isinstance(value, bool | int | float) else value
