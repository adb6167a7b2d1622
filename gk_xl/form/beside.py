"""A dictionary that is kept beside the bytecode, for the very Python that wrote it: read at the first use, written at the end.

Where the file cannot be read or written, or is not ours, there is nothing in it, and all is made as it is asked for.
"""

from __future__ import annotations

import marshal
import os
import sys
from contextlib import suppress
from typing import Any, Final

MOST: Final = 3000
"""Things that are kept in one file; one that outgrew this is begun anew."""


class Beside:
    """What is known by its key; values are plain data and code, as :mod:`marshal` writes them."""

    def __init__(self, file: str | os.PathLike[str]) -> None:
        self.file = os.fspath(file)
        self.fresh = False
        self._known: dict[Any, Any] | None = None

    @property
    def known(self) -> dict[Any, Any]:
        """All that is kept, or was made since."""
        if self._known is None:
            self._known = self._read()
        return self._known

    def keep(self, key: Any, value: Any) -> None:
        """Keep something that was made."""
        self.known[key] = value
        self.fresh = True

    def _read(self) -> dict[Any, Any]:
        """Return what the file holds, nothing where it is not ours."""
        try:
            with open(self.file, "rb") as kept:  # noqa: PTH123 - pathlib comes later: what it compiles itself is kept too
                told, known = marshal.loads(kept.read())  # noqa: S302 - as safe as the bytecode beside it
        except (OSError, ValueError, EOFError, TypeError):
            return {}
        return known if told == stamp() and isinstance(known, dict) and len(known) <= MOST else {}

    def write(self) -> None:
        """Write what was made since; nothing where nothing was, or where the file cannot be written."""
        if not self.fresh or sys.dont_write_bytecode:
            return
        from pathlib import Path

        file = Path(self.file)
        beside = file.with_name(f"{file.name}.{os.getpid()}")
        try:
            file.parent.mkdir(exist_ok=True)
            beside.write_bytes(marshal.dumps((stamp(), {**self._read(), **self.known})))
            beside.replace(file)
        except OSError:
            with suppress(OSError):
                beside.unlink()
        self.fresh = False


def place(name: str) -> str:
    """Return where something is kept under a name for this Python."""
    folder = os.path.dirname(__file__)  # noqa: PTH120 - as above
    return f"{folder}/__pycache__/{name}.{sys.implementation.cache_tag}.codes"


def stamp() -> str:
    """Return what a kept code depends on: this Python, to the last digit."""
    import _sre  # type: ignore[import-not-found]

    return f"{sys.version} {_sre.MAGIC} {_sre.CODESIZE} bytes"
