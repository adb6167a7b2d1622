"""What came of files that were read before, so that only changed ones are read again.

A result is kept by the content of its file, its name, the profile beside it and the version of all rules, and by what else it
depends on (last year's filing, the kind in the list): with and without last year's the same file has a result each. What a file holds is known where it stands on
its disk as it did when it was read: the same place, size and times. Nothing is kept in the county's folder:
the store is a file in the user's own folder for such things, and can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import time
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gk_xl.desk.packing import Packed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gk_xl.desk.context import Context
    from gk_xl.desk.examining import Task
    from gk_xl.desk.gathering import Piece

NAME: Final = "desk.sqlite"
KEPT_DAYS: Final = 120
_SCHEMA: Final = (
    "CREATE TABLE IF NOT EXISTS files (key BLOB PRIMARY KEY, unit TEXT, depends TEXT, day INTEGER, light BLOB)",
    "CREATE TABLE IF NOT EXISTS named (key BLOB PRIMARY KEY, unit TEXT, day INTEGER)",
    "CREATE TABLE IF NOT EXISTS whole (key BLOB PRIMARY KEY, data BLOB)",
    "CREATE TABLE IF NOT EXISTS written (path TEXT PRIMARY KEY, mark BLOB, content BLOB, day INTEGER)",
    "CREATE TABLE IF NOT EXISTS together (mark BLOB PRIMARY KEY, data BLOB, day INTEGER)",
    "CREATE TABLE IF NOT EXISTS seen (place BLOB PRIMARY KEY, stands TEXT, digest BLOB, day INTEGER)",
    "CREATE INDEX IF NOT EXISTS days ON files (day)",
    "DROP TABLE IF EXISTS results",
)
_LIGHT: Final = "SELECT unit, depends, day, light, x'' FROM files WHERE key = ?"
_WHOLE: Final = "SELECT unit, depends, day, light, data FROM files JOIN whole USING (key) WHERE key = ?"
_CODE: Final = ("form", "checks", "workbook", "sources", "desk", "report")


def store_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Return where the store is: ``GK_XL_STORE``, else the user's own folder for what can be made again."""
    if asked := environment.get("GK_XL_STORE"):
        return Path(asked)
    local = environment.get("LOCALAPPDATA")
    if sys.platform == "win32" and local:
        return Path(local) / "gk_xl" / "cache" / NAME
    cache = environment.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "gk_xl" / NAME


@lru_cache(maxsize=1)
def rules_version() -> bytes:
    """Return what tells this version of all that reads and judges from another: the digest of its code and data."""
    root = Path(__file__).parents[1]
    found = hashlib.blake2b(sys.version.encode(), digest_size=16)
    for path in sorted(
        path
        for folder in _CODE
        for path in (root / folder).rglob("*")
        if path.suffix in (".py", ".toml", ".txt", ".css")
    ):
        found.update(path.name.encode() + path.read_bytes())
    for path in sorted(root.glob("*.py")):
        found.update(path.read_bytes())
    return found.digest()


def key_of(task: Task, digest: bytes, context: Context) -> bytes:
    """Return under what a file's result is kept; ``digest`` is the SHA-256 of its content."""
    parts = (digest, task.name, task.beside, context.profile)
    found = hashlib.blake2b(rules_version(), digest_size=20)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        found.update(len(data).to_bytes(8, "big") + data)
    return found.digest()


def _slot(key: bytes, depends: str) -> bytes:
    """Return under what one of a file's results is kept."""
    return hashlib.blake2b(key + depends.encode("utf-8", "surrogatepass"), digest_size=20).digest()


def _place_of(piece: Piece) -> bytes:
    """Return where a file lies, or its archive and which of its members it is."""
    return os.fsencode(f"{os.path.abspath(piece.path)}\0{piece.index}")  # noqa: PTH100 - a tenth of what Path takes


class Store:
    """Results by key. A store that cannot be opened or written keeps nothing, and nobody is troubled with it."""

    def __init__(self, path: Path | None) -> None:
        self._base: sqlite3.Connection | None = None
        self._today = int(time.time() // 86400)
        self._waiting = 0
        if path is None:
            return
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._open(path)
        except sqlite3.DatabaseError:
            with suppress(OSError, sqlite3.Error):  # no store, or a damaged one: begun anew
                path.unlink()
                self._open(path)
        except OSError:
            return

    def _open(self, path: Path) -> None:
        base = sqlite3.connect(path, timeout=5)
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("PRAGMA synchronous=NORMAL")
        for statement in _SCHEMA:
            base.execute(statement)
        if base.execute("DELETE FROM files WHERE day < ?", (self._today - KEPT_DAYS,)).rowcount:
            base.execute("DELETE FROM whole WHERE key NOT IN (SELECT key FROM files)")
        for table in ("seen", "named"):
            base.execute(f"DELETE FROM {table} WHERE day < ?", (self._today - KEPT_DAYS,))  # noqa: S608 - of the two
        base.commit()
        self._base = base

    def content_of(self, piece: Piece) -> bytes | None:
        """Return the SHA-256 of what a file holds, known from how it stands on its disk; None where that is not known."""
        if self._base is None or not piece.stands:
            return None
        with suppress(sqlite3.Error):
            asked = "SELECT digest FROM seen WHERE place = ? AND stands = ?"
            found = self._base.execute(asked, (_place_of(piece), piece.stands)).fetchone()
            return None if found is None else bytes(found[0])
        return None

    def saw(self, piece: Piece, digest: bytes) -> None:
        """Keep what a file held that stood on its disk as a piece tells."""
        if self._base is not None and piece.stands:
            with suppress(sqlite3.Error):
                said = (_place_of(piece), piece.stands, digest, self._today)
                self._base.execute("INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?)", said)

    def get(self, key: bytes, context: Context, *, whole: bool = True) -> Packed | None:
        """Return what is kept under a key and still holds, all of it or what the tables need; None where there is nothing."""
        if self._base is None:
            return None
        try:
            named = self._base.execute("SELECT unit FROM named WHERE key = ?", (key,)).fetchone()
            if named is None:
                return None
            slot = _slot(key, context.depends(named[0]))
            row = self._base.execute(_WHOLE if whole else _LIGHT, (slot,)).fetchone()
            if row is None:
                return None
            if row[2] < self._today - KEPT_DAYS // 4:
                self._base.execute("UPDATE files SET day = ? WHERE key = ?", (self._today, slot))
                self._base.execute("UPDATE named SET day = ? WHERE key = ?", (self._today, key))
        except sqlite3.Error:
            return None
        return Packed(row[0], row[1], row[4], row[3])

    def put(self, key: bytes, packed: Packed) -> None:
        """Keep a result; it is on the disk at the latest after the next few."""
        if self._base is None:
            return
        slot = _slot(key, packed.depends)
        with suppress(sqlite3.Error):
            self._base.execute("INSERT OR REPLACE INTO named VALUES (?, ?, ?)", (key, packed.unit, self._today))
            self._base.execute("INSERT OR REPLACE INTO whole VALUES (?, ?)", (slot, packed.data))
            self._base.execute(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)",
                (slot, packed.unit, packed.depends, self._today, packed.light),
            )
            self._waiting += 1
            if self._waiting >= 50:
                self.save()

    def save(self) -> None:
        """Write down what is kept so far."""
        if self._base is not None:
            with suppress(sqlite3.Error):
                self._base.commit()
                self._waiting = 0

    def together(self, mark: bytes) -> bytes | None:
        """Return what was told of files beside each other, by what tells them from any others; None where that is not known."""
        if self._base is None:
            return None
        with suppress(sqlite3.Error):
            found = self._base.execute("SELECT data FROM together WHERE mark = ?", (mark,)).fetchone()
            return None if found is None else bytes(found[0])
        return None

    def put_together(self, mark: bytes, data: bytes) -> None:
        """Keep what was told of files beside each other."""
        if self._base is not None:
            with suppress(sqlite3.Error):
                self._base.execute("INSERT OR REPLACE INTO together VALUES (?, ?, ?)", (mark, data, self._today))
                self._base.execute("DELETE FROM together WHERE day < ?", (self._today - KEPT_DAYS,))
                self.save()

    def written(self, path: str) -> tuple[bytes, bytes] | None:
        """Return of what a file was last written, and the digest of what was written; None where that is not known."""
        if self._base is None:
            return None
        with suppress(sqlite3.Error):
            found = self._base.execute("SELECT mark, content FROM written WHERE path = ?", (path,)).fetchone()
            return None if found is None else (found[0], found[1])
        return None

    def wrote(self, path: str, mark: bytes, content: bytes) -> None:
        """Keep of what a file was written, and the digest of what was written."""
        if self._base is not None:
            with suppress(sqlite3.Error):
                self._base.execute(
                    "INSERT OR REPLACE INTO written VALUES (?, ?, ?, ?)", (path, mark, content, self._today)
                )
                self._base.execute("DELETE FROM written WHERE day < ?", (self._today - KEPT_DAYS,))
                self.save()

    def close(self) -> None:
        """Write all down and let go of the file."""
        self.save()
        if self._base is not None:
            self._base.close()
            self._base = None
