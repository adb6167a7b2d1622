"""What Excel makes of a text put into a cell: a number, a date, a formula, a logical value, an error, or a text.

Put into ``Range.Value`` a text is read as if it had been typed, unless it begins with an apostrophe or the cell's format
is that of text. The forms below are those that Excel's help lists for a Chinese Windows.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

ERRORS = {
    "#NULL!": 2000, "#DIV/0!": 2007, "#VALUE!": 2015, "#REF!": 2023, "#NAME?": 2029, "#NUM!": 2036, "#N/A": 2042,
    "#GETTING_DATA": 2043, "#SPILL!": 2045, "#CONNECT!": 2046, "#BLOCKED!": 2047, "#UNKNOWN!": 2048, "#FIELD!": 2049,
    "#CALC!": 2050,
}  # fmt: skip
EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - Excel's days have no zone
NO_NUMBER = 0x800A0000 - 2**32  # an error value comes as this with the number of ERRORS added
CURRENCY, DATE, PERCENT, GENERAL, TEXT = '"¥"#,##0.00', "yyyy/m/d", "0.00%", "General", "@"

_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?(e[+-]?\d+)?", re.IGNORECASE)
_DATES = (
    re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"), re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日"),
    re.compile(r"(?P<m>\d{1,2})[-/](?P<d>\d{1,2})"), re.compile(r"(?P<m>\d{1,2})月(?P<d>\d{1,2})日"),
    re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月"),
)  # fmt: skip
_CLOCK = re.compile(r"(?:上午|下午)?\s*(\d{1,2}):(\d{2})(?::(\d{2}))?")


class ErrorValue(str):
    """An error as a cell holds it."""

    __slots__ = ()

    @property
    def variant(self) -> int:
        """The number that stands for it over COM."""
        return NO_NUMBER + ERRORS[self]


def entered(text: str) -> tuple[object, str | None]:
    """Return what a cell holds after a text without apostrophe is put into it, and the format that comes with it."""
    typed = unicodedata.normalize("NFKC", text).strip()
    if typed.upper() in ("TRUE", "FALSE"):
        return typed.upper() == "TRUE", None
    if typed.upper() in ERRORS:
        return ErrorValue(typed.upper()), None
    number = _number(typed)
    if number is not None:
        return number
    for pattern in _DATES:
        match = pattern.fullmatch(typed)
        if match:
            parts = {"y": 2026, "d": 1} | {key: int(value) for key, value in match.groupdict().items()}
            try:
                return float((dt.datetime(parts["y"], parts["m"], parts["d"]) - EPOCH).days), DATE  # noqa: DTZ001
            except ValueError:
                return text, None
    clock = _CLOCK.fullmatch(typed)
    if clock:
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return (hours * 3600 + minutes * 60 + seconds) / 86400, "h:mm"
    return text, None


def _number(typed: str) -> tuple[float, str | None] | None:
    """Return the number a text stands for, with its format."""
    sign, form = 1.0, None
    if typed.startswith("(") and typed.endswith(")"):
        typed, sign = typed[1:-1], -1.0
    if typed[:1] in ("¥", "￥", "$"):
        typed, form = typed[1:], CURRENCY
    if typed.endswith("%"):
        typed, sign, form = typed[:-1], sign / 100, PERCENT
    match = _NUMBER.fullmatch(typed)
    if match is None or not any(letter.isdigit() for letter in match[1] or match[3] or ""):
        return None
    return sign * float(typed.replace(",", "")), form
