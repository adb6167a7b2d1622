"""One file's content → all that is told of it, packed: the same function in this process, in another, on another machine.

What comes back is bytes, so that a result can be kept and sent (:mod:`gk_xl.desk.packing`).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.desk.entry import Entry
from gk_xl.desk.packing import Packed, pack, profile_in
from gk_xl.errors import GkXlError
from gk_xl.form.cleaning import clean_text
from gk_xl.form.units import unit_kinds
from gk_xl.intake import DATA, inspect, one_of_many, receive_content
from gk_xl.workbook.content import verdict_text
from gk_xl.workbook.sheets.results import result_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future

    from gk_xl.desk.context import Context
    from gk_xl.form.filing import Filing, Unit
    from gk_xl.form.finding import CheckResult


KIND: Final = "E-10"


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
    guessed = received.reading is None and received.format != DATA
    if listed is not None and listed.kind and (guessed or not filing.unit.kind):
        filing = replace(filing, unit=_as_kind(filing.unit, listed.kind))
        received = replace(received, filing=filing)
    entry = Entry(path, format=received.format, filing=filing, last=received.last, notes=received.notes)
    if not context.judged:
        return entry
    last = context.before.filings.get(context.before.name_for(filing.unit.name, context.roster))
    if last is None or (filing.year and last.year and last.year >= filing.year):
        last = received.last  # what is called last year's is no earlier than the report
    return told(replace(entry, last=last, result=_settled(inspect(received, last), filing, context)))


def _settled(result: CheckResult, filing: Filing, context: Context) -> CheckResult:
    """Return a result without what the list settles: that the kind of unit is another than its name suggests."""
    kind = unit_kinds().get(filing.unit.kind)
    if context.roster is None or kind is None or context.roster.level_of(filing.unit.name) != kind.level:
        return result
    return replace(result, findings=tuple(found for found in result.findings if found.code != KIND))


def _as_kind(unit: Unit, kind: str) -> Unit:
    """Return a unit as one of another kind; what it calls itself goes with the kind where it was the kind's."""
    kinds = unit_kinds()
    before = kinds[unit.kind].self_word if unit.kind in kinds else ""
    return replace(unit, kind=kind, self_word=kinds[kind].self_word if unit.self_word == before else unit.self_word)


def told(entry: Entry) -> Entry:
    """Return a file with the verdict and the lines that its result comes to."""
    content = entry.content
    if content is None:
        return entry
    return replace(entry, lines=tuple(result_lines(content)), verdict=verdict_text(content))
