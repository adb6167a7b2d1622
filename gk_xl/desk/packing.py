"""What came of a file as bytes, so that it can be sent and kept: what is long apart from the rest, each packed for itself.

So whoever needs only what is short of thousands of files unpacks no more of them than that (:mod:`gk_xl.desk.aside`).
"""

from __future__ import annotations

import io
import pickle
import zlib
from dataclasses import fields
from enum import Enum, EnumMeta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gk_xl.desk.cellrow import CellRow, values_of
from gk_xl.desk.entry import Entry
from gk_xl.desk.light import light, lit, texts_of
from gk_xl.desk.rounds import SETTLED
from gk_xl.form.filing import Filing, Signature, Unit
from gk_xl.form.finding import CheckResult
from gk_xl.form.load import base_id, load_edition
from gk_xl.form.profile import composed, profile_of, read_profile
from gk_xl.workbook.sheets.results import APART, BELOW, ResultLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gk_xl.desk.context import Context
    from gk_xl.form.profile import Profile
    from gk_xl.form.schema import Edition

_FAST: Final = 1
_SETTINGS: Final = tuple(one.name for one in fields(Filing) if one.name not in ("cells", "narrative", "unit", "signed"))
_REST: Final = tuple(one.name for one in fields(CheckResult) if one.name != "findings")
FIRST: Final = 100
"""So many signs of a file's first line are at hand."""
Told = tuple[str, int, bool]
"""What the lists of a county need of a finding: its rule, its level, whether it is answered with a reason."""


class Packed(NamedTuple):
    """What came of a file: the unit it names, what the result depends on beside the file, the entry as bytes.

    ``light`` is what the tables need of it; ``data`` is empty where only that was asked for.
    """

    unit: str
    depends: str
    data: bytes
    light: bytes = b""


class Long(NamedTuple):
    """Something long of a file, packed, and how many items it has."""

    size: int
    data: bytes

    def items(self) -> Any:
        """Return what was packed."""
        return known(zlib.decompress(self.data)) if self.size else ()


class Parts(NamedTuple):
    """An entry taken to pieces: without findings, lines, its filing's text, which are packed still.

    ``told`` is what the lists of a county need of the findings, ``first`` the beginning of the first line with something to
    do, ``codes`` the rules that the lines name; ``rest`` is what the result is made of besides.
    """

    entry: Entry
    text: Long
    findings: Long
    lines: Long
    told: tuple[Told, ...]
    first: str | None
    codes: tuple[str | None, ...]
    rest: tuple[Any, ...] | None


def pack(entry: Entry, context: Context) -> Packed:
    """Return an entry as bytes: without what the place of its file says; cells as a row of values."""
    filing, result = entry.filing, entry.result
    unit = filing.unit.name if filing else ""
    name = context.before.name_for(unit, context.roster) if context.judged else ""
    long = [
        _long(dict(filing.narrative) if filing else {}),
        _long(result.findings if result else ()),
        _long(tuple(map(_line, entry.lines))),
    ]
    held = (
        entry.format,
        _slim(filing),
        name,
        None if name else _slim(entry.last),  # last year's own folder is at hand when it is unpacked
        None if name or entry.last is None else dict(entry.last.narrative),
        tuple(getattr(result, name) for name in _REST) if result else None,
        told_of(result) if result else (),
        first_of(entry.lines),
        tuple(line.code for line in entry.lines),
        entry.verdict,
        entry.problem,
        entry.notes,
        tuple((part.size, len(part.data)) for part in long),
    )
    data = zlib.compress(pickle.dumps(held, protocol=5), _FAST) + b"".join(part.data for part in long)
    profile = profile_of(filing.edition) if filing else None
    return Packed(unit, context.depends(unit), data, light(entry, profile.text if profile else ""))


def told_of(result: CheckResult) -> tuple[Told, ...]:
    """Return what the lists of a county need of a result's findings."""
    return tuple((finding.code, finding.severity.level, finding.waived) for finding in result.findings)


def first_of(lines: Iterable[ResultLine]) -> str | None:
    """Return how the first line begins that has something to do; None where none has."""
    return next((line.message[:FIRST].replace(BELOW, APART) for line in lines if line.style != SETTLED), None)


def _line(line: ResultLine) -> tuple[Any, ...]:
    """Return what a line says; what buttons would do with it is of no use to those who only read it."""
    return (*line[:9], line.number, line.key)


def lines_from(packed: Iterable[tuple[Any, ...]]) -> tuple[ResultLine, ...]:
    """Return the lines that were packed."""
    return tuple(ResultLine._make((*said[:9], "", said[9], (), said[10], None, "", None)) for said in packed)


def parts_of(packed: Packed, context: Context) -> Parts:
    """Return the entry that was packed, taken to pieces; where its file lies is for the caller to say."""
    opened = zlib.decompressobj()
    held = known(opened.decompress(packed.data))
    form, filing, name, last, last_text, rest, told, first, codes, verdict, problem, notes, sizes = held
    long, at = [], 0
    for items, size in sizes:
        long.append(Long(items, opened.unused_data[at : at + size]))
        at += size
    text, findings, lines = long
    entry = Entry(
        Path(),
        format=form,
        filing=_whole(filing, {}),
        last=context.before.filings.get(name) if name else _whole(last, last_text),
        verdict=verdict,
        problem=problem,
        notes=notes,
        texts=texts_of(packed.light) if packed.light else (),
    )
    return Parts(entry, text, findings, lines, told, first, codes, rest)


def unpack(packed: Packed, context: Context) -> Entry:
    """Return the entry that was packed; where its file lies is for the caller to say."""
    parts = parts_of(packed, context)
    if parts.entry.filing is None:
        return parts.entry
    filing = with_text(parts.entry.filing, parts.text.items() or {})
    result = CheckResult(**result_fields(parts.rest, parts.findings.items())) if parts.rest else None
    return parts.entry.but(filing=filing, result=result, lines=lines_from(parts.lines.items()))


def result_fields(rest: tuple[Any, ...], findings: Any) -> dict[str, Any]:
    """Return what a result is made of, by name."""
    return {**dict(zip(_REST, rest, strict=True)), "findings": findings}


def with_text(filing: Filing, text: Any) -> Filing:
    """Return a filing that was just unpacked with its text; nobody else has it yet."""
    object.__setattr__(filing, "narrative", text)
    return filing


class Forms(dict[tuple[str, str], "Edition"]):
    """Forms by identifier and the TOML of the profile they follow, each composed when it is first asked for."""

    def __missing__(self, key: tuple[str, str]) -> Edition:
        identifier, text = key
        profile = profile_in(text)
        self[key] = load_edition(identifier) if profile is None else composed(base_id(identifier), profile)
        return self[key]


_FORMS: Final = Forms()


@lru_cache(maxsize=64)
def profile_in(text: str) -> Profile | None:
    """Return the profile that TOML declares; None for no text."""
    return read_profile(text) if text else None


def unpack_light(packed: Packed, _context: Context) -> Entry:
    """Return what the tables need of an entry that was packed."""
    return lit(packed.light, _FORMS)


def _long(found: Any) -> Long:
    return Long(len(found), zlib.compress(pickle.dumps(found, protocol=5), _FAST)) if len(found) else Long(0, b"")


_Slim = tuple[tuple[Any, ...], tuple[tuple[str, ...], tuple[str, ...]], tuple[Any, ...], str]


def _slim(filing: Filing | None) -> _Slim | None:
    """Return a filing's settings, its unit and who signed, the values of its cells in the order of the form, and the profile it follows."""
    if filing is None:
        return None
    profile = profile_of(filing.edition)
    settings = tuple(getattr(filing, name) for name in _SETTINGS)
    unit, signed = filing.unit, filing.signed
    named = (unit.name, unit.kind, unit.self_word, unit.county), (signed.name, signed.date)
    return settings, named, values_of(filing, filing.form), profile.text if profile else ""


def _whole(held: _Slim | None, text: Any) -> Filing | None:
    """Return a filing with its cells."""
    if held is None:
        return None
    settings, (unit, signed), values, profile = held
    found = dict(zip(_SETTINGS, settings, strict=True))
    cells = CellRow(_FORMS[found["edition"], profile], values)
    return Filing(**found, unit=Unit(*unit), signed=Signature(*signed), cells=cells, narrative=text or {})


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


def known(data: bytes) -> Any:
    """Return the records that some bytes hold; UnpicklingError where they hold anything else."""
    return _Known(io.BytesIO(data)).load()
