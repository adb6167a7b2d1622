"""What a button makes of a closed file, and where two states of a workbook differ.

The closed file is asked in a process beside the walk, so that LibreOffice goes on meanwhile: the walk hears of a
difference some steps later, with the step at which it came about.
"""

from __future__ import annotations

import datetime as dt
import difflib
import gc
import inspect
import itertools
import multiprocessing
import re
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl.styles import Protection
from openpyxl.workbook.protection import WorkbookProtection

from gk_xl.addin import buttons
from gk_xl.addin.buttons.repairing import ENDING, mended_here
from gk_xl.addin.wording import spoken
from gk_xl.engines import face, openpyxl
from gk_xl.errors import GkXlError
from gk_xl.workbook.read import read_workbook

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path

CALCULATED = "="  # stands for what a closed file does not calculate
TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")  # of a check: the copy's comes a moment later
SELDOM = 50_000  # objects between two looks for garbage
EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no time zones


class Click(NamedTuple):
    """A click on a button: what was pressed and answered, the copy saved before it, and what LibreOffice made of it.

    ``file`` is what is named where a file is asked for, ``copied`` the HTML on the clipboard, ``made`` the workbook that
    was written beside. ``bare`` are cells that the window had no conditional formats for, whatever it wrote into the copy.
    """

    label: str
    yes: bool
    copy: Path
    file: Path
    copied: bytes
    made: Path | None
    sheets: dict[str, tuple[Any, dict[tuple[int, int], str]]]
    said: list[str]
    bare: dict[str, list[tuple[int, int]]]


class Beside:
    """The process that asks the closed file, and what it has been asked; ``close()`` ends it."""

    def __init__(self) -> None:
        often = (SELDOM, 20, 20)  # a workbook is hundreds of thousands of objects that stay
        self.process = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), gc.set_threshold, often)
        self.asked: deque[tuple[str, Future[str]]] = deque()

    def ask(self, where: str, click: Click) -> None:
        """Have a click that was made at a step compared."""
        self.asked.append((where, self.process.submit(compared, click)))

    def told(self, *, all_of_it: bool) -> str:
        """Return where and how a click went wrong first, empty when none did that is compared, or of all of them."""
        while self.asked and (all_of_it or self.asked[0][1].done()):
            where, answer = self.asked.popleft()
            wrong = answer.result()
            if wrong:
                return f"{where}: {wrong}"
        return ""

    def close(self) -> None:
        """End the process; what it has not begun is not compared any more."""
        self.process.shutdown(cancel_futures=True)


def compared(click: Click) -> str:
    """Return where the closed file differs from what LibreOffice made of a click, empty when they agree."""
    beside = [click.copy, click.copy.with_stem(f"{click.copy.stem}{ENDING}")]
    try:
        held, expected = from_closed_file(click)
        told = differences(held, click.sheets) or unlike(click.made, beside[1])
    except Exception as error:  # noqa: BLE001 - whatever the closed file dies of, the walk tells it with the step
        return f"{click.label}: closed file: {type(error).__name__}: {error}"
    finally:
        for path in (*beside, click.made):
            if path is not None:
                path.unlink(missing_ok=True)
    if click.said != expected:
        return f"{click.label} said {click.said}, the closed file {expected}; {told}"
    return told and f"{click.label}: closed file and window differ: {told}"


def from_closed_file(click: Click) -> tuple[Any, list[str]]:
    """Return what a button makes of a closed file, some cells of which are damaged, and what it says on the way."""
    app = openpyxl.App()
    book = face.Book(app.books.open(str(click.copy)))
    book.app.impl.choose_file = lambda *_: str(click.file)
    book.app.impl.copied_html = lambda: click.copied
    for title, cells in click.bare.items():
        for row, column in cells:
            book.impl.file[title].cell(row, column).protection = Protection(locked=True)
    book.impl.file.security = WorkbookProtection(lockStructure=True)  # LibreOffice writes that it is not locked
    said: list[str] = []

    def ask(text: str) -> bool:
        said.append(text)
        return click.yes

    button = getattr(buttons, next(name for name, shown in buttons.LABELS.items() if shown == click.label))
    options: dict[str, Any] = {
        "ask": ask,
        # openpyxl would save a formula that was pasted into a cell without the number it came to
        "mend": lambda _, name: mended_here(click.copy, name),
    }
    options = {name: given for name, given in options.items() if name in inspect.signature(button).parameters}
    try:
        said.append(spoken()(button)(book, **options))
    except GkXlError as error:
        said.append(str(error))
    said = [text.replace(click.copy.stem, "年报") for text in said]
    return {sheet.name: contents(sheet) for sheet in book.sheets}, said


def unlike(made: Path | None, expected: Path) -> str:
    """Return what two repaired workbooks do not hold alike, empty where neither was written or they agree."""
    one, other = (read_workbook(path).filing.dumps() if path and path.exists() else "" for path in (made, expected))
    return (
        ""
        if one == other
        else "repaired otherwise: " + "".join(difflib.unified_diff(*map(str.splitlines, (other, one)), n=0))[:400]
    )


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
