"""Columns of a Parquet table, laid out as Arrow has them in memory: without pandas, which costs more than all the rest.

Arrow's own conversion of lists loads pandas; a few hundred thousand values need no more than NumPy.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_EPOCH: Final = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - times of files stand in the clerk's own
KINDS: Final = {"int32": "int32", "double": "float64", "timestamp[s]": "int64", "bool": "bool"}


def type_of(kind: str) -> Any:
    """Return Arrow's type of a kind of column."""
    import pyarrow as pa

    named = {"timestamp[s]": pa.timestamp("s"), "double": pa.float64(), "bool": pa.bool_()}
    return named[kind] if kind in named else getattr(pa, kind)()


def column(kind: str, values: Sequence[Any]) -> Any:
    """Return values of a kind, None among them, as a column."""
    if kind == "string":
        return repeated(values, [1] * len(values))
    if kind == "timestamp[s]":
        values = [None if value is None else int((value - _EPOCH).total_seconds()) for value in values]
    return filled(kind, [0 if value is None else value for value in values], [value is not None for value in values])


def filled(kind: str, values: Any, there: Any) -> Any:
    """Return numbers (a list, an array) as a column; ``there`` says for each whether it is one."""
    import numpy as np
    import pyarrow as pa

    held, known = np.asarray(values, dtype=KINDS[kind]), np.asarray(there, dtype=bool)
    data = np.packbits(held, bitorder="little") if kind == "bool" else held
    return pa.Array.from_buffers(type_of(kind), len(held), [_marks(known), pa.py_buffer(data.tobytes())])


def repeated(texts: Sequence[str | None], counts: Sequence[int]) -> Any:
    """Return texts as a column, each so many times."""
    import numpy as np
    import pyarrow as pa

    packed = [b"" if text is None else text.encode("utf-8", "replace") for text in texts]
    data = b"".join(text * count for text, count in zip(packed, counts, strict=True))
    sizes = np.repeat(np.asarray([len(text) for text in packed], dtype="int32"), counts)
    ends = np.concatenate([np.zeros(1, "int32"), np.cumsum(sizes, dtype="int32")])
    known = np.repeat(np.asarray([text is not None for text in texts], dtype=bool), counts)
    return pa.StringArray.from_buffers(len(sizes), pa.py_buffer(ends.tobytes()), pa.py_buffer(data), _marks(known))


def sparse(count: int, texts: Mapping[int, str]) -> Any:
    """Return a column of so many texts, most of which are none; ``texts`` are the others by their place, in order."""
    import numpy as np
    import pyarrow as pa

    places, packed = list(texts), [text.encode("utf-8", "replace") for text in texts.values()]
    sizes, known = np.zeros(count + 1, "int32"), np.zeros(count, dtype=bool)
    sizes[np.asarray(places, dtype="int64") + 1] = [len(text) for text in packed]
    known[places] = True
    ends = np.cumsum(sizes, dtype="int32").tobytes()
    return pa.StringArray.from_buffers(count, pa.py_buffer(ends), pa.py_buffer(b"".join(packed)), _marks(known))


def _marks(known: Any) -> Any:
    """Return the bits that say which values are there; None where all are."""
    import numpy as np
    import pyarrow as pa

    return None if known.all() else pa.py_buffer(np.packbits(known, bitorder="little").tobytes())
