"""One file's content → all that is told of it, packed: the same function in this process, in another, on another machine.

What comes back is bytes, so that a result can be kept and sent; :func:`unpack` makes an :class:`Entry` of it.
"""

from __future__ import annotations

import io
import pickle
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, EnumMeta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gk_xl.desk.entry import Entry
from gk_xl.desk.light import light, lit, texts_of
from gk_xl.desk.roster import bare
from gk_xl.errors import GkXlError
from gk_xl.form.door import clean_text
from gk_xl.form.load import base_id, load_edition
from gk_xl.form.profile import composed, profile_of, read_profile
from gk_xl.intake import inspect, one_of_many, receive_content
from gk_xl.workbook.content import verdict_text
from gk_xl.workbook.sheets.results import result_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

    from gk_xl.desk.roster import Roster
    from gk_xl.form.filing import Filing
    from gk_xl.form.profile import Profile
    from gk_xl.form.schema import CellId, Edition, Value

_FAST: Final = 1


@dataclass(frozen=True)
class LastYear:
    """Last year's filings, found by any name that a unit bears; ``digests`` tell one filing from another."""

    filings: Mapping[str, Filing] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)

    def name_for(self, unit: str, roster: Roster | None) -> str:
        """Return the name under which a unit's filing is kept; "" where there is none."""
        listed = roster.find(unit) if roster is not None and unit else None
        names = (unit, listed.name, *listed.aliases) if listed else (unit,)
        return next((name for name in map(bare, names) if name in self.filings), "")


def last_year(entries: Sequence[Entry], roster: Roster | None = None) -> LastYear:
    """Return filings as last year's, the newest of a unit; a unit of the list under the name that the list has."""
    filings, digests = {}, {}
    for entry in sorted(entries, key=lambda entry: entry.received.timestamp() if entry.received else 0.0):
        if entry.filing is not None and entry.filing.unit.name:
            listed = roster.find(entry.filing.unit.name) if roster else None
            name = bare(listed.name if listed else entry.filing.unit.name)
            filings[name], digests[name] = entry.filing, entry.digest
    return LastYear(filings, digests)


@dataclass(frozen=True)
class Context:
    """What holds for all files of a run: the profile given (its TOML), the list, last year's filings, whether to check."""

    profile: str = ""
    roster: Roster | None = None
    before: LastYear = LastYear()
    judged: bool = True

    def depends(self, unit: str) -> str:
        """Return what of the run a unit's result depends on, beside its own file."""
        listed = self.roster.find(unit) if self.roster is not None and unit else None
        kind = listed.kind if listed else ""
        return f"{self.judged:d}|{self.before.digests.get(self.before.name_for(unit, self.roster), '')}|{kind}"


class Task(NamedTuple):
    """One file to examine: its name for messages, its content, the profile (TOML) that lies beside it."""

    name: str
    data: bytes
    beside: str = ""


class Packed(NamedTuple):
    """What came of a file: the unit it names, what the result depends on beside the file, the entry as bytes.

    ``light`` is what the tables need of it; ``data`` is empty where only that was asked for.
    """

    unit: str
    depends: str
    data: bytes
    light: bytes = b""


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
    received = receive_content(task.data, path, _profile(context.profile), _profile(task.beside))
    filing = received.filing
    listed = context.roster.find(filing.unit.name) if context.roster and filing.unit.name else None
    if listed is not None and listed.kind and not filing.unit.kind:
        filing = replace(filing, unit=replace(filing.unit, kind=listed.kind))
        received = replace(received, filing=filing)
    entry = Entry(path, format=received.format, filing=filing, last=received.last, notes=received.notes)
    if not context.judged:
        return entry
    last = context.before.filings.get(context.before.name_for(filing.unit.name, context.roster), received.last)
    return told(replace(entry, last=last, result=inspect(received, last)))


def told(entry: Entry) -> Entry:
    """Return a file with the verdict and the lines that its result comes to."""
    content = entry.content
    if content is None:
        return entry
    return replace(entry, lines=tuple(result_lines(content)), verdict=verdict_text(content))


@lru_cache(maxsize=64)
def _profile(text: str) -> Profile | None:
    return read_profile(text) if text else None


# ------------------------------------------------------------------------------------- packing


def pack(entry: Entry, context: Context) -> Packed:
    """Return an entry as bytes: without what the place of its file says; cells as a row of values."""
    unit = entry.filing.unit.name if entry.filing else ""
    name = context.before.name_for(unit, context.roster) if context.judged else ""
    last = None if name else _slim(entry.last)  # last year's own folder is at hand when it is unpacked
    held = (
        entry.format,
        _slim(entry.filing),
        name,
        last,
        entry.result,
        entry.lines,
        entry.verdict,
        entry.problem,
        entry.notes,
    )
    data = zlib.compress(pickle.dumps(held, protocol=5), _FAST)
    profile = profile_of(entry.filing.edition) if entry.filing else None
    return Packed(unit, context.depends(unit), data, light(entry, profile.text if profile else ""))


def unpack(packed: Packed, context: Context) -> Entry:
    """Return the entry that was packed; where its file lies is for the caller to say."""
    held = _Known(io.BytesIO(zlib.decompress(packed.data))).load()
    form, filing, name, last, result, lines, verdict, problem, notes = held
    before = context.before.filings.get(name) if name else _whole(last)
    return Entry(
        Path(),
        format=form,
        filing=_whole(filing),
        last=before,
        result=result,
        lines=lines,
        verdict=verdict,
        problem=problem,
        notes=notes,
        texts=texts_of(packed.light) if packed.light else (),
    )


class _Forms(dict[tuple[str, str], "Edition"]):
    """Forms by identifier and the TOML of the profile they follow, each composed when it is first asked for."""

    def __missing__(self, key: tuple[str, str]) -> Edition:
        identifier, text = key
        profile = _profile(text)
        self[key] = load_edition(identifier) if profile is None else composed(base_id(identifier), profile)
        return self[key]


_FORMS: Final = _Forms()


def unpack_light(packed: Packed, _context: Context) -> Entry:
    """Return what the tables need of an entry that was packed."""
    return lit(packed.light, _FORMS)


def _slim(filing: Filing | None) -> tuple[Filing, tuple[Any, ...], str] | None:
    """Return a filing without its cells, their values in the order of the form, and the profile it follows."""
    if filing is None:
        return None
    profile = profile_of(filing.edition)
    values = tuple(filing.cells.get(cell) for cell in filing.form.cells)
    return replace(filing, cells={}), values, profile.text if profile else ""


def _whole(held: tuple[Filing, tuple[Any, ...], str] | None) -> Filing | None:
    """Return a filing with its cells."""
    if held is None:
        return None
    filing, values, text = held
    return replace(filing, cells=_Row(_places(_FORMS[filing.edition, text]), values))


class _Row(Mapping["CellId", "Value"]):
    """A filing's cells as a row of values; where each stands is told once for a form: a quarter of a dictionary."""

    __slots__ = ("_places", "_values")

    def __init__(self, places: Mapping[CellId, int], values: tuple[Value, ...]) -> None:
        self._places, self._values = places, values

    def __getitem__(self, cell: CellId) -> Value:
        return self._values[self._places[cell]]

    def __iter__(self) -> Iterator[CellId]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._values)


_PLACES: Final[dict[str, tuple[Edition, dict[CellId, int]]]] = {}


def _places(form: Edition) -> dict[CellId, int]:
    """Return the place of each cell in a form."""
    known = _PLACES.get(form.id)
    if known is None or known[0] is not form:
        known = _PLACES[form.id] = form, {cell: place for place, cell in enumerate(form.cells)}
    return known[1]


def _member(cls: object, name: str) -> Enum:
    """Return a member of an enumeration by its name; UnpicklingError for any other attribute of anything else."""
    if not isinstance(cls, EnumMeta) or name not in cls.__members__:
        raise pickle.UnpicklingError(str(name))
    return cls.__members__[name]


class _Known(pickle.Unpickler):
    """Reads what :func:`pack` wrote, and nothing that could do anything: records of the form and of a check."""

    ALLOWED: Final = ("gk_xl.form.", "gk_xl.workbook.sheets.results")

    def find_class(self, module: str, name: str) -> Any:
        """Return one of our records; UnpicklingError for anything else."""
        if (module, name) == ("builtins", "getattr"):  # how Python before 3.11.4 writes a member of an enumeration
            return _member
        found = super().find_class(module, name) if f"{module}.".startswith(self.ALLOWED) else None
        if not isinstance(found, type) or found.__module__ != module:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found
