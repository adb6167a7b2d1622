"""What of a file is long and seldom asked for, laid aside: its text, the sketches of it, its findings, its lines.

So memory does not grow with what thousands of files say. All is for the process that laid it aside.
"""

from __future__ import annotations

import pickle
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final

from gk_xl.checks.text_rules.shared import Sketch
from gk_xl.form.finding import CheckResult, count_by_severity

if TYPE_CHECKING:
    from gk_xl.desk.entry import Entry
    from gk_xl.desk.spool import Shelf

_FAST: Final = 1
_HEAD: Final = struct.Struct("<4I")


class Aside(Sequence[Sketch]):
    """The sketches of one text on a shelf; the body of one is fetched when it is asked for."""

    __slots__ = ("_count", "_place", "_shelf", "_size")

    def __init__(self, texts: Sequence[Sketch], shelf: Shelf) -> None:
        heads, bodies = [], []
        for text in texts:
            body = text.body if isinstance(text.body, bytes) else text.body()
            sizes = _HEAD.pack(text.runs, len(text.clauses), len(text.sentences), len(body))
            heads += [sizes, text.clauses, text.sentences]
            bodies.append(body)
        data = b"".join(heads)
        self._count, self._size, self._shelf = len(texts), len(data), shelf
        self._place = shelf.put(data + b"".join(bodies))

    def __len__(self) -> int:
        """Return of how many parts there are sketches."""
        return self._count

    def __getitem__(self, at: Any) -> Any:
        """Return the sketch of a part, by its number; of several parts."""
        if isinstance(at, slice):
            return tuple(self)[at]
        if not 0 <= at < self._count:
            raise IndexError(at)
        data, begin, body = self._shelf.get(self._place, self._size), 0, self._place + self._size
        while True:
            runs, clauses, sentences, size = _HEAD.unpack_from(data, begin)
            middle = begin + _HEAD.size + clauses
            if not at:
                return Sketch(
                    runs,
                    data[middle - clauses : middle],
                    data[middle : middle + sentences],
                    partial(self._shelf.get, body, size),
                )
            at, begin, body = at - 1, middle + sentences, body + size


@lru_cache(maxsize=64)
def _fetched(shelf: Shelf, place: int, size: int) -> Any:
    """Return what was laid aside at a place: of what is asked for now, more is asked for next."""
    return pickle.loads(zlib.decompress(shelf.get(place, size)))  # noqa: S301 - of this process


class _Laid:
    """A value on a shelf."""

    __slots__ = ("_count", "_place", "_shelf", "_size")

    def __init__(self, held: Any, shelf: Shelf) -> None:
        data = zlib.compress(pickle.dumps(held, 5), _FAST)
        self._count, self._size, self._shelf, self._place = len(held), len(data), shelf, shelf.put(data)

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
    """A result whose findings lie on a shelf; ``standing`` are its counts while no other findings take their place."""

    standing: dict[str, int] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each severity stand."""
        return self.standing if isinstance(self.findings, LaidRow) else count_by_severity(self.findings)


def laid_aside(entry: Entry, shelf: Shelf) -> Entry:
    """Return a file without what is long of it in memory: the same to whoever asks."""
    filing, result = entry.filing, entry.result
    if filing is not None and filing.narrative:
        filing = replace(filing, narrative=LaidTexts(dict(filing.narrative), shelf))
    if result is not None and len(result.findings) > 0:
        own = {one.name: getattr(result, one.name) for one in fields(CheckResult)}
        result = Kept(**{**own, "findings": LaidRow(result.findings, shelf)}, standing=result.counts)
    return entry.but(
        filing=filing,
        result=result,
        lines=LaidRow(entry.lines, shelf) if entry.lines else (),
        texts=Aside(entry.texts, shelf) if entry.texts else (),
    )
