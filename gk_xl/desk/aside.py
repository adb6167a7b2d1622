"""What of a file is long and seldom asked for, laid aside: its text, the sketches of it, its findings, its lines.

So memory does not grow with what thousands of files say. All is for the process that laid it aside.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from gk_xl.desk.packing import (
    first_of,
    known,
    lines_from,
    parts_of,
    result_fields,
    told_of,
    unpack_light,
    with_text,
)
from gk_xl.desk.texts import Texts, laid
from gk_xl.form.finding import CheckResult, Severity, count_by_severity

if TYPE_CHECKING:
    from gk_xl.checks.text_rules.content.sketches import Sketch
    from gk_xl.desk.context import Context
    from gk_xl.desk.entry import Entry
    from gk_xl.desk.packing import Long, Packed, Told
    from gk_xl.desk.spool import Shelf
    from gk_xl.desk.texts import Laid
    from gk_xl.workbook.sheets.results import ResultLine


class Aside(Texts):
    """The sketches of one text on a shelf."""

    __slots__ = ("_place", "_shelf", "_whole")

    def __init__(self, texts: Sequence[Sketch], shelf: Shelf) -> None:
        count, size, data = texts.told if isinstance(texts, Texts) else laid(texts)
        super().__init__((count, size, b""))
        self._shelf, self._place, self._whole = shelf, shelf.put(data), len(data)

    @property
    def told(self) -> Laid:
        """The bytes, as they were laid aside."""
        return self._count, self._size, self._bytes(0, self._whole)

    def _bytes(self, begin: int, size: int) -> bytes:
        """Return so many of the bytes from a place on."""
        return self._shelf.get(self._place + begin, size)


@lru_cache(maxsize=64)
def _fetched(shelf: Shelf, place: int, size: int) -> Any:
    """Return what was laid aside at a place: of what is asked for now, more is asked for next."""
    return known(zlib.decompress(shelf.get(place, size)))


class _Laid:
    """A value on a shelf, as it was packed."""

    __slots__ = ("_count", "_place", "_shelf", "_size")

    def __init__(self, packed: Long, shelf: Shelf) -> None:
        self._count, self._size, self._shelf = packed.size, len(packed.data), shelf
        self._place = shelf.put(packed.data)

    @property
    def _held(self) -> Any:
        return _fetched(self._shelf, self._place, self._size)

    def __len__(self) -> int:
        return self._count


class LaidRow(_Laid, Sequence[Any]):
    """A tuple on a shelf."""

    __slots__ = ()

    def __getitem__(self, at: Any) -> Any:
        """Return an item, or several."""
        return self._held[at]

    def __iter__(self) -> Iterator[Any]:
        """Yield the items."""
        return iter(self._held)

    def __eq__(self, other: object) -> bool:
        """Return whether another tuple, laid aside or not, holds the same."""
        return isinstance(other, tuple | LaidRow) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        """Return the hash of the tuple."""
        return hash(self._held)


class LaidLines(LaidRow):
    """The lines of a file on a shelf; ``first`` is how the first begins that has something to do, ``codes`` the rules they name."""

    __slots__ = ("codes", "first")

    def __init__(self, packed: Long, shelf: Shelf, first: str | None, codes: tuple[str | None, ...]) -> None:
        super().__init__(packed, shelf)
        self.first, self.codes = first, codes

    @property
    def _held(self) -> tuple[ResultLine, ...]:
        return lines_from(_fetched(self._shelf, self._place, self._size))


def first_said(entry: Entry) -> str | None:
    """Return how a file's first line begins that has something to do; None where none has."""
    return entry.lines.first if isinstance(entry.lines, LaidLines) else first_of(entry.lines)


def codes_named(entry: Entry) -> Sequence[str | None]:
    """Return the rules that a file's lines name, line by line."""
    return entry.lines.codes if isinstance(entry.lines, LaidLines) else [line.code for line in entry.lines]


class LaidTexts(_Laid, Mapping[str, tuple[str, ...]]):
    """The paragraphs of each part of a report, on a shelf."""

    __slots__ = ()

    def __getitem__(self, part: str) -> tuple[str, ...]:
        """Return the paragraphs of a part; KeyError where it has none."""
        found: tuple[str, ...] = self._held[part]
        return found

    def __iter__(self) -> Iterator[str]:
        """Yield the parts."""
        return iter(self._held)


@dataclass(frozen=True, slots=True)
class Kept(CheckResult):
    """A result whose findings lie on a shelf; ``briefly`` is what the lists of a county need of them.

    That holds while no other findings take their place, as do ``standing``, their counts.
    """

    standing: dict[str, int] = field(default_factory=dict)
    briefly: tuple[Told, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each severity stand."""
        return self.standing if isinstance(self.findings, LaidRow) else count_by_severity(self.findings)


def told(result: CheckResult | None) -> tuple[Told, ...]:
    """Return what the lists of a county need of a result's findings: rule, level, whether a reason is given."""
    if result is None:
        return ()
    if isinstance(result, Kept) and isinstance(result.findings, LaidRow):
        return result.briefly
    return told_of(result)


def laid_aside(packed: Packed, context: Context, shelf: Shelf) -> Entry:
    """Return the entry that was packed without what is long of it in memory: the same to whoever asks."""
    parts = parts_of(packed, context)
    entry, filing, rest = parts.entry, parts.entry.filing, parts.rest
    if filing is not None and parts.text.size:
        with_text(filing, LaidTexts(parts.text, shelf))
    result: CheckResult | None = None
    if rest is not None and parts.findings.size:
        briefly = tuple(_ONE.setdefault(one, one) for one in parts.told)
        named = result_fields(rest, LaidRow(parts.findings, shelf))
        result = Kept(**named, standing=_counted(briefly), briefly=briefly)
    elif rest is not None:
        result = CheckResult(**result_fields(rest, ()))
    return entry.but(
        result=result,
        lines=LaidLines(parts.lines, shelf, parts.first, _CODES.setdefault(parts.codes, parts.codes))
        if parts.lines.size
        else (),
        texts=_texts_aside(entry, shelf),
    )


def light_aside(packed: Packed, context: Context, shelf: Shelf) -> Entry:
    """Return what the tables need of an entry that was packed, the sketches of its text laid aside."""
    entry = unpack_light(packed, context)
    return entry.but(texts=_texts_aside(entry, shelf))


def _texts_aside(entry: Entry, shelf: Shelf) -> Sequence[Sketch]:
    """Return the sketches of an entry's text, laid aside; nothing where there are none."""
    return Aside(entry.texts, shelf) if entry.texts else ()


_ONE: Final[dict[Told, Told]] = {}
_CODES: Final[dict[tuple[str | None, ...], tuple[str | None, ...]]] = {}
"""What is told of thousands of files is one of some hundred things: held once."""
_NAMES: Final = {severity.level: severity.value for severity in Severity}


def _counted(briefly: Iterable[Told]) -> dict[str, int]:
    """Return how many findings of each severity stand."""
    counts = {severity.value: 0 for severity in Severity}
    for _, level, waived in briefly:
        if not waived:
            counts[_NAMES[level]] += 1
    return counts
