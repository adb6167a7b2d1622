"""What lies on the clipboard, where the application or Windows tells: the HTML that Word and browsers put there."""

from __future__ import annotations

import contextlib
import re
import sys
from typing import Any, Final

from gk_xl.addin.com import is_excel

FORMAT: Final = "HTML Format"
SHOWN: Final = 20
_TAG: Final = re.compile(
    r"<!--.*?(?:-->|\Z)|<(style|head)\b.*?(?:</\1\s*+>|\Z)|<[^<>]*+>|&\w+;|\s+", re.DOTALL | re.IGNORECASE
)


def copied_html(book: Any) -> bytes:
    """Return the HTML on the clipboard; nothing where there is none, or it cannot be asked for."""
    own = getattr(book.app.impl, "copied_html", None)
    if own is not None:
        return bytes(own())
    return _of_windows() if is_excel(book) and sys.platform == "win32" else b""


def _of_windows() -> bytes:
    import win32clipboard

    with contextlib.suppress(Exception):  # another program holds the clipboard, or there is none of this format
        win32clipboard.OpenClipboard()
        try:
            return bytes(win32clipboard.GetClipboardData(win32clipboard.RegisterClipboardFormat(FORMAT)))
        finally:
            win32clipboard.CloseClipboard()
    return b""


def has_table(data: bytes) -> bool:
    """Return whether HTML holds a table."""
    return b"<table" in data.lower()


def beginning(data: bytes) -> str:
    """Return how the text of HTML begins, for a question."""
    text = data[data.lower().find(b"<html") :] if b"<html" in data.lower() else data
    shown = _TAG.sub("", text.decode("utf-8", "replace"))
    return shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}……"
