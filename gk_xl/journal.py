"""The log file that messages name: what went wrong, with its traceback, for whoever mends it."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gk_xl.errors import GkXlError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAME: Final = "gk_xl.log"
LARGEST: Final = 1_000_000  # bytes, then the file is put aside once


def log_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Return where the log is: the user's own folder for such things, on Windows below ``%LOCALAPPDATA%``."""
    local = environment.get("LOCALAPPDATA")
    if sys.platform == "win32" and local:
        return Path(local) / "gk_xl" / "log" / NAME
    state = environment.get("XDG_STATE_HOME")
    return (Path(state) if state else Path.home() / ".local" / "state") / "gk_xl" / NAME


def write_down(what: str, error: BaseException) -> Path:
    """Add an error with its traceback to the log, and return the file; a temporary one where that cannot be written."""
    import logging
    import tempfile
    from logging.handlers import RotatingFileHandler

    for path in (log_file(), Path(tempfile.gettempdir()) / NAME):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_symlink():  # a name that others can foresee, in a folder that others can write to
                continue
            handler = RotatingFileHandler(
                path, maxBytes=LARGEST, backupCount=1, encoding="utf-8", errors="backslashreplace"
            )
        except OSError:
            continue
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        record = logging.LogRecord("gk_xl", logging.ERROR, "", 0, what, None, (type(error), error, error.__traceback__))
        handler.handle(record)
        handler.close()
        return path
    return log_file()


@contextmanager
def unforeseen(what: str, kind: type[GkXlError], sentence: str, foreseen: type[OSError] = OSError) -> Iterator[None]:
    """Let what nobody foresaw be a GkXlError of a kind with one sentence, in which ``{log}`` is the file that keeps its cause."""
    try:
        yield
    except (GkXlError, foreseen):
        raise
    except Exception as error:
        raise kind(sentence.replace("{log}", str(write_down(what, error)))) from error
