"""A network share that drops in mid-run: what is asked of some paths there is answered by the system's error."""

from __future__ import annotations

import builtins
import io
import os
from pathlib import Path


class _Torn(io.BytesIO):
    """A file that was opened and can no longer be read."""

    def __init__(self, error):
        super().__init__(b"")
        self.error = error

    def _torn(self, *_):
        raise self.error

    read = readinto = readline = readall = seek = _torn


class Share:
    """What of the file system fails below ``root``, once :meth:`drop` was called.

    ``stage`` is ``list`` (folders), ``stat``, ``open`` or ``read``; ``names`` are files and folders by their own names.
    """

    def __init__(self, monkeypatch, root):
        self.monkeypatch, self.root = monkeypatch, str(root)

    def drop(self, stage, number, *names, after=0):
        """Let a stage fail with an error number, after so many answers for each path."""
        asked = {}

        def gone(path):
            try:
                text = os.fspath(path)
            except TypeError:
                return False
            text = os.fsdecode(text) if isinstance(text, bytes) else text
            if not text.startswith(self.root) or Path(text).name not in names:
                return False
            asked[text] = asked.get(text, 0) + 1
            return asked[text] > after

        def error(path):
            return OSError(number, os.strerror(number), os.fspath(path))

        def failing(plain):
            def call(path=".", *more, **named):
                if gone(path):
                    raise error(path)
                return plain(path, *more, **named)

            return call

        def torn(plain):
            def call(path, *more, **named):
                mode = more[0] if more else named.get("mode", "r")
                return _Torn(error(path)) if mode.startswith("r") and gone(path) else plain(path, *more, **named)

            return call

        match stage:
            case "list":
                for name in ("scandir", "listdir"):
                    self.monkeypatch.setattr(os, name, failing(getattr(os, name)))
            case "stat":
                for name in ("stat", "lstat"):
                    self.monkeypatch.setattr(os, name, failing(getattr(os, name)))
            case "open" | "read":
                make = failing if stage == "open" else torn
                opened = make(io.open)
                self.monkeypatch.setattr(io, "open", opened)
                self.monkeypatch.setattr(builtins, "open", opened)
            case other:
                raise ValueError(other)
