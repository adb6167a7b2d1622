"""What a command says of a file that stood where it writes: it is kept, and under which name."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def telling_of_replaced(path: Path | None) -> Iterator[None]:
    """Say, once the work is done, where the file is that was replaced; nothing where none was, or none was kept."""
    before = _state(path)
    yield
    if path is None or before is None or _state(path) == before:
        return
    from gk_xl.workbook.saving import BACKUP

    kept = path.with_name(path.name + BACKUP)
    if kept.exists():
        print(f"原来的“{path.name}”没有丢，留作“{kept.name}”。", file=sys.stderr)


def _state(path: Path | None) -> tuple[int, int, int] | None:
    """Return what tells a file from the one that takes its place; None for a folder or for nothing."""
    try:
        found = path.stat() if path is not None and path.is_file() else None
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return None
    return None if found is None else (found.st_ino, found.st_size, found.st_mtime_ns)
