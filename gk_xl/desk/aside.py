"""The sketches of a file's text, laid aside: what of thousands of files is looked at part by part, and seldom, is no burden."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from gk_xl.checks.text_rules.shared import Sketch

if TYPE_CHECKING:
    from gk_xl.desk.spool import Shelf

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
