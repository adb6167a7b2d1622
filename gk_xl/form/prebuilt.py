"""What is worked out of our own files alone, and takes long: kept beside the bytecode as it was made, and taken from there.

A check of one workbook spends a third of its time on what is the same for every workbook: the rules bound to a form, the
readings, all that stands in a blank workbook. It is kept for the very Python and the very files that it was made of: where
one of them has another time or size, or is gone or new, it is made anew, as it is where nothing may be written.
"""

from __future__ import annotations

import io
import os
import pickle
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Made = TypeVar("Made")
    Refer = Callable[[Any], str | None]
    Found = Callable[[str], Any]

PACKAGE: Final = Path(__file__).parents[1]
OF: Final = ("form", "checks", "workbook", "engines/core")
"""The folders whose files what is kept is made of."""
_ENDINGS: Final = (".py", ".toml", ".txt")


def prebuilt(name: str, make: Callable[[], Made], refer: Refer | None = None, found: Found | None = None) -> Made:
    """Return what ``make`` gives: as it was kept under a name, or made now and kept.

    What others hold as well is not kept with it: ``refer`` names such a thing (None for any other), ``found`` returns it by
    its name.
    """
    file = PACKAGE / "form" / "__pycache__" / f"{name}.{sys.implementation.cache_tag}.built"
    stamp = _stamp()
    with suppress(Exception):  # whatever is wrong with what was kept, it is made anew
        data = io.BytesIO(file.read_bytes())
        if data.read(len(stamp)) == stamp:
            kept: Made = _Reader(data, found).load()
            return kept
    made = make()
    if not sys.dont_write_bytecode:
        _write(file, stamp, made, refer)
    return made


def _write(file: Path, stamp: bytes, made: object, refer: Refer | None) -> None:
    """Keep something; nothing where the file cannot be written."""
    import pickletools

    buffer = io.BytesIO()
    _Writer(buffer, refer).dump(made)
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(exist_ok=True)
        beside.write_bytes(stamp + pickletools.optimize(buffer.getvalue()))
        beside.replace(file)
    except OSError:
        with suppress(OSError):
            beside.unlink()


@cache
def _stamp() -> bytes:
    """Return what tells this Python and the files of this package from any others: their list itself, that needs no digest."""
    files = sorted(item for folder in OF for item in _files(str(PACKAGE / folder)))
    told = "".join([f"{path} {size} {time}\n" for path, size, time in files])
    return f"{sys.version} {PACKAGE}\n{told}\0".encode("utf-8", "surrogatepass")


def _files(folder: str) -> Iterator[tuple[str, int, int]]:
    """Yield path, size and time of the files of a folder and those below it."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(_ENDINGS):
                told = entry.stat()
                yield entry.path, told.st_size, told.st_mtime_ns
            elif entry.is_dir() and entry.name != "__pycache__":
                yield from _files(entry.path)


class _Writer(pickle.Pickler):
    """Writes a thing without what others hold as well."""

    def __init__(self, file: io.BytesIO, refer: Refer | None) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._refer = refer

    def persistent_id(self, thing: Any) -> str | None:
        """Return the name of a thing that is not written."""
        return None if self._refer is None else self._refer(thing)

    def reducer_override(self, thing: Any) -> Any:
        """Write a named tuple so that it is made again at once, not by a call of Python for each of thousands."""
        if hasattr(thing, "_fields") and type(thing).__bases__ == (tuple,):
            return tuple.__new__, (type(thing), tuple(thing))
        return NotImplemented


class _Reader(pickle.Unpickler):
    """Reads what was written beside the bytecode, and as safe as that."""

    def __init__(self, file: io.BytesIO, found: Found | None) -> None:
        super().__init__(file)
        self._found = None if found is None else cache(found)  # one thing is named by hundreds

    def persistent_load(self, name: Any) -> Any:
        """Return a thing that was not written, by its name; UnpicklingError where nobody knows it."""
        if self._found is None:
            raise pickle.UnpicklingError(str(name))
        return self._found(name)
