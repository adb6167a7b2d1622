"""Bytes → text: which encoding a text has, what is no text, what has been spoilt."""

from __future__ import annotations

import codecs
import re
from typing import Final

from gk_xl.errors import SourceError
from gk_xl.sources.formats.signs import other_kind

FEW_BAD: Final = 500
"""Of so many characters one may be spoilt: a line cut in the middle of a character is still read."""
_SPOILT: Final = re.compile(r"[\ufffd]")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8（带 BOM）"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
    (b"", "utf-8", "UTF-8"),
    (b"", "gb18030", "GB18030"),
)
LOOKED_AT: Final = 20_000
"""So many characters tell whether a text was spoilt by a wrong encoding."""


def decode(data: bytes, source: str) -> tuple[str, str]:
    """Return a text file's text and its encoding's name; SourceError when it is empty, or no text."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise SourceError(f"{source} 是空文件；请换成有内容的年度报告文件。")
    if kind := other_kind(data):
        raise SourceError(f"{source} 其实是{kind.label}，只是改了扩展名；请打开后另存为纯文本（.txt）再导入。")
    for mark, encoding, name in _MARKS:
        if not data.startswith(mark):
            continue
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "gb18030" and "公开" in (mended := data.decode("utf-8", "replace")):
            return _mended(mended, source)
        if not is_text(text):
            break
        if not text.strip():
            raise SourceError(f"{source} 里只有空白；请换成有内容的年度报告文件。")
        return text, name
    mended = data.decode("utf-8", "replace")
    if "公开" in mended and is_text(mended.replace("\ufffd", "")):
        return _mended(mended, source)
    raise SourceError(f"{source} 不是文本文件，或者已经损坏；请打开原件另存为纯文本（.txt，UTF-8 编码）再导入。")


def _mended(text: str, source: str) -> tuple[str, str]:
    """Return a text in UTF-8 of which few bytes are spoilt, these as U+FFFD; SourceError where there are many."""
    spoilt = len(_SPOILT.findall(text))
    if spoilt * FEW_BAD > len(text) + FEW_BAD * 3 or not is_text(text.replace("\ufffd", "")):
        raise SourceError(f"{source} 有几个字节已经损坏；请打开原件重新另存为纯文本（.txt，UTF-8 编码）再导入。")
    return text, "UTF-8"


def is_text(text: str) -> bool:
    """Return whether a decoded text has (almost) no control characters and no NUL."""
    controls = len(re.findall(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]", text))
    return "\x00" not in text and controls * 200 <= len(text)


def is_mojibake(text: str) -> bool:
    """Return whether a text was read in a wrong encoding once and kept so: put back and read as UTF-8, it speaks of 公开."""
    if "公开" in text:
        return False
    tried = (
        text[:LOOKED_AT].encode(wrong, "ignore").decode("utf-8", "ignore") for wrong in ("gb18030", "cp1252", "latin-1")
    )
    return any("公开" in found or "报告" in found for found in tried)
