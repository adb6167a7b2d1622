"""How a cell's value is printed: digits without noise, blanks empty, text as typed."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from gk_xl.form.fields import number_text

if TYPE_CHECKING:
    import datetime as dt

    from gk_xl.form.schema import Value

_LAYOUT = re.compile("[\t\n\r]+")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printed(value: Value) -> str:
    """Return a cell's value as the report shows it: 0.1 + 0.2 reads 0.3."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _LAYOUT.sub(" ", clean(value)).strip()
    return number_text(value)


def printed_day(day: dt.date) -> str:
    """Return a date as GB/T 9704 writes it: Arabic digits, full year, no padding."""
    return f"{day.year}年{day.month}月{day.day}日"


def clean(text: str) -> str:
    """Return text without the characters that no XML or HTML document may hold (control characters, half emoji)."""
    return _NOT_XML.sub("", text)


def escape(text: str) -> str:
    """Return a text as it stands inside an XML element."""
    return html.escape(text, quote=False)


def attribute(text: str) -> str:
    """Return a text as an XML attribute's value, quotation marks included."""
    return f'"{html.escape(text)}"'


def width(text: str) -> float:
    """Return how many Chinese characters wide a line of text is; half-width characters count one half."""
    return sum(0.5 if ord(letter) < 0x2E80 and letter not in "—“”‘’…" else 1.0 for letter in text)


CHARACTERS = 28
"""Characters on a line of the body text."""


def signature_starts(unit: str, date: str) -> tuple[float, float]:
    """Return where unit and date of the signature begin, in characters from the left (GB/T 9704 7.3.5.2).

    The unit ends two characters from the edge and the date begins two after it; a date longer than the unit ends two
    characters from the edge itself.
    """
    start = CHARACTERS - 2 - width(unit)
    if width(date) > width(unit):
        start = CHARACTERS - 4 - width(date)
    start = max(start, 0.0)
    return start, min(start + 2, max(CHARACTERS - width(date), 0.0))
