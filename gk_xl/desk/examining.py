"""One file's content → all that is told of it, packed: the same function in this process, in another, on another machine.

What comes back is bytes, so that a result can be kept and sent (:mod:`gk_xl.desk.packing`).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gk_xl.desk.entry import Entry
from gk_xl.desk.packing import Packed, pack, profile_in
from gk_xl.errors import GkXlError
from gk_xl.form.cleaning import clean_text
from gk_xl.intake import inspect, one_of_many, receive_content
from gk_xl.workbook.content import verdict_text
from gk_xl.workbook.sheets.results import result_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future

    from gk_xl.desk.context import Context


class Task(NamedTuple):
    """One file to examine: its name for messages, its content, the profile (TOML) that lies beside it."""

    name: str
    data: bytes
    beside: str = ""


if TYPE_CHECKING:
    Send = Callable[[list[Task]], Future[list[Packed]]]
    """How files are sent to whoever examines them."""


def examine(tasks: Sequence[Task], context: Context) -> list[Packed]:
    """Return what comes of some files; whatever goes wrong with one is its own result."""
    return [_examined(task, context) for task in tasks]


def _examined(task: Task, context: Context) -> Packed:
    path = Path(task.name)
    try:
        with one_of_many(path):
            entry = _read(path, task, context)
            return pack(entry, context)
    except GkXlError as error:
        return refused(str(error), context)


def refused(problem: str, context: Context) -> Packed:
    """Return what comes of a file that cannot be read."""
    text = clean_text(problem)
    return pack(Entry(Path(), problem=text, verdict=text), context)


def _read(path: Path, task: Task, context: Context) -> Entry:
    received = receive_content(task.data, path, profile_in(context.profile), profile_in(task.beside))
    filing = received.filing
    listed = context.roster.find(filing.unit.name) if context.roster and filing.unit.name else None
    if listed is not None and listed.kind and not filing.unit.kind:
        filing = replace(filing, unit=replace(filing.unit, kind=listed.kind))
        received = replace(received, filing=filing)
    entry = Entry(path, format=received.format, filing=filing, last=received.last, notes=received.notes)
    if not context.judged:
        return entry
    last = context.before.filings.get(context.before.name_for(filing.unit.name, context.roster))
    if last is None or (filing.year and last.year and last.year >= filing.year):
        last = received.last  # what is called last year's is no earlier than the report
    return told(replace(entry, last=last, result=inspect(received, last)))


def told(entry: Entry) -> Entry:
    """Return a file with the verdict and the lines that its result comes to."""
    content = entry.content
    if content is None:
        return entry
    return replace(entry, lines=tuple(result_lines(content)), verdict=verdict_text(content))
