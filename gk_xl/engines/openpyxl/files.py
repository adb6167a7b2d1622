"""How the engine reads and saves a file; whoever has a stricter way hands it to ``register``."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


def replace_file(path: Path, data: bytes) -> None:
    """Write a file so that it is either the old one or the new one, never half; OSError when it cannot be written."""
    descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)


class Files(NamedTuple):
    """Reading and writing the bytes of a workbook."""

    read: Callable[[Path], bytes] = Path.read_bytes
    write: Callable[[Path, bytes], None] = replace_file
