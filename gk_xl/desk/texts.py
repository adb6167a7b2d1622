"""The sketches of one file's text as bytes, as they are kept and laid aside: what is short of all parts first, then the bodies."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from gk_xl.checks.text_rules.content.sketches import Sketch

if TYPE_CHECKING:
    from collections.abc import Iterable

    Laid = tuple[int, int, bytes]
    """Of how many parts there are sketches, how many bytes come before the bodies, and all bytes."""

_HEAD: Final = struct.Struct("<4I")


def laid(texts: Iterable[Sketch]) -> Laid:
    """Return sketches as bytes."""
    heads, bodies = list[bytes](), list[bytes]()
    for text in texts:
        body = text.body if isinstance(text.body, bytes) else text.body()
        heads += [
            _HEAD.pack(text.runs, len(text.clauses), len(text.sentences), len(body)),
            text.clauses,
            text.sentences,
        ]
        bodies.append(body)
    head = b"".join(heads)
    return len(bodies), len(head), head + b"".join(bodies)


class Texts(Sequence[Sketch]):
    """Sketches that were laid out as bytes, each made when it is asked for, its body when that is."""

    __slots__ = ("_count", "_data", "_size")

    def __init__(self, told: Laid) -> None:
        self._count, self._size, self._data = told

    @property
    def told(self) -> Laid:
        """The bytes, as :func:`laid` gives them."""
        return self._count, self._size, self._data

    def _bytes(self, begin: int, size: int) -> bytes:
        """Return so many of the bytes from a place on."""
        return self._data[begin : begin + size]

    def __len__(self) -> int:
        """Return of how many parts there are sketches."""
        return self._count

    def __getitem__(self, at: Any) -> Any:
        """Return the sketch of a part, by its number; of several parts."""
        if isinstance(at, slice):
            return tuple(self)[at]
        if not 0 <= at < self._count:
            raise IndexError(at)
        data, begin, body = self._bytes(0, self._size), 0, self._size
        while True:
            runs, clauses, sentences, size = _HEAD.unpack_from(data, begin)
            middle = begin + _HEAD.size + clauses
            if not at:
                return Sketch(
                    runs,
                    data[middle - clauses : middle],
                    data[middle : middle + sentences],
                    partial(self._bytes, body, size),
                )
            at, begin, body = at - 1, middle + sentences, body + size
