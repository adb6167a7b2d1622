"""A report that a page carries as data of its script, to be shown by it: the text of a literal → the page that it makes."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORTEST: Final = 400
"""Characters; no report is shorter."""
_LITERAL: Final = re.compile(
    r"""(["'`])((?:(?!\1)[^\\]|\\.){%d,}?)\1""" % SHORTEST,  # noqa: UP031 - braces of the expression
    re.DOTALL,
)
_ESCAPED: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_SIGNS: Final = {"n": "\n", "r": "", "t": "\t", "b": "", "f": ""}
_HOLDERS: Final = ("script", "textarea", "template", "noscript", "xmp")
_MARKUP: Final = re.compile(r"<(?:p|table|div|br|td)\b", re.IGNORECASE)


def carried(root: Any) -> Iterator[str]:
    """Yield the markup that a page's scripts and hidden texts carry, the longest first."""
    found = []
    for item in root.iter(*_HOLDERS):
        text = item.text or ""
        if item.tag != "script":
            found.append(text)
        elif len(text) >= SHORTEST and "公开" in _plain(text):
            found += [_unescaped(match[2]) for match in _LITERAL.finditer(text)]
    shown = [html.unescape(text) if "&lt;" in text else text for text in found]
    yield from sorted((text for text in shown if _MARKUP.search(text)), key=len, reverse=True)


def _plain(text: str) -> str:
    """Return a script with its escapes of four digits resolved, as far as looking for a word needs it."""
    return _unescaped(text) if "\\u" in text else text


def _unescaped(text: str) -> str:
    def sign(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        return chr(int(code, 16)) if code else _SIGNS.get(match[3], match[3])

    return _ESCAPED.sub(sign, text)
