"""What lies on the clipboard, where the application or Windows tells: the HTML that Word and browsers put there."""

from __future__ import annotations

import contextlib
import re
import sys
from typing import Any, Final

from gk_xl.addin.com import is_excel
from gk_xl.workbook.pointing import shortened

FORMAT: Final = "HTML Format"
SHOWN, NAMED = 12, 4  # characters of a word, or cells of numbers; words that a question names
_ROW, _CELL = re.compile(r"<tr\b[^>]*>", re.IGNORECASE), re.compile(r"<t[dh]\b[^>]*>", re.IGNORECASE)
_WORD: Final = re.compile(r"[\u4e00-\u9fff]{2}")
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


def described(data: bytes) -> str:
    """Return what a person knows a copied table by, for a question: its size and the first words in it, else its first numbers."""
    rows = [_CELL.split(row)[1:] for row in _ROW.split(data.decode("utf-8", "replace"))[1:]]
    cells = [_TAG.sub("", cell) for row in rows for cell in row]
    words = list(dict.fromkeys(f"“{shortened(cell, SHOWN)}”" for cell in cells if _WORD.search(cell)))[:NAMED]
    shown = f"有{''.join(words)}等字样" if words else f"没有行名、列名，开头是 {'、'.join(filter(None, cells[:SHOWN]))}"
    return f"{len(rows)} 行 {max(map(len, rows), default=0)} 列，{shown}"
