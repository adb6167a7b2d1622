"""A folder where files lie on their way to other processes; what a killed run has left of one is swept away by the next.

Its owner holds a lock in it: where the lock is free, nobody lives who needs the folder.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final
from weakref import finalize

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX: Final = "gk_xl-desk-"
LOCK: Final = "lock"
TOGETHER: Final = 1 << 16
"""Bytes that are written at a time."""
HALF_MADE: Final = 3600.0
"""Seconds after which a folder without a lock is no longer one that is just being made."""


class Shelf:
    """Bytes that are seldom asked for, laid aside in a file without a name, so that memory does not grow with them.

    It is gone with whoever holds it. What a full disk does not take stays in memory.
    """

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._written = 0
        self._waiting = bytearray()
        self._full = False

    def put(self, data: bytes) -> int:
        """Return the place at which some bytes are laid aside."""
        place = self._written + len(self._waiting)
        self._waiting += data
        if len(self._waiting) >= TOGETHER and not self._full:
            self._write()
        return place

    def get(self, place: int, size: int) -> bytes:
        """Return so many of the bytes from a place on."""
        if self._file is None or place >= self._written:
            begin = place - self._written
            return bytes(self._waiting[begin : begin + size])
        self._file.seek(place)
        return self._file.read(size)

    def _write(self) -> None:
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as this lives
                finalize(self, self._file.close)
            self._file.seek(self._written)
            self._file.write(self._waiting)
            self._file.flush()
        except OSError:
            self._full = True
            return
        self._written += len(self._waiting)
        self._waiting.clear()


@contextmanager
def spool() -> Iterator[str]:
    """Yield a new folder of the user's alone; it is gone in the end."""
    sweep(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    try:
        with (folder / LOCK).open("w") as held:
            _hold(held)
            yield str(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(place: Path) -> None:
    """Remove the folders whose owner is gone."""
    with suppress(OSError):
        for folder in place.glob(f"{PREFIX}*"):
            with suppress(OSError):
                if not folder.is_symlink() and _left(folder):
                    shutil.rmtree(folder, ignore_errors=True)


def _left(folder: Path) -> bool:
    """Return whether nobody holds a folder any more."""
    lock = folder / LOCK
    if not lock.exists():
        return time.time() - folder.stat().st_mtime > HALF_MADE
    if sys.platform == "win32":
        lock.unlink()  # refused while it is open
        return True
    with lock.open("r+") as held:
        return _hold(held)


def _hold(held: IO[str]) -> bool:
    """Lock an open file until it is closed; False where another process has. An open file is lock enough on Windows."""
    if os.name == "nt":
        return True
    import fcntl

    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
