"""What a cell's bytes mean: escaped characters, numbers that are shown as dates. Names as in ECMA-376 part 1."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from gk_xl.form.patterns import regex

BUILT_IN_DATES: Final = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Number formats with a fixed id that show dates or times (18.8.30), those of the Chinese editions included."""

_ESCAPED: Final = regex(r"_x([0-9A-Fa-f]{4})_")
_NO_DATE: Final = regex(r'"[^"]*"?|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]?|general|AM/PM', re.IGNORECASE)
_DATE_LETTERS: Final = regex("[ymdhs]", re.IGNORECASE)
_LAST_SERIAL: Final = 2_958_466  # 10000-01-01


def unescaped(text: str) -> str:
    """Return a text with the characters that XML cannot hold and ``_xHHHH_`` stands for (22.9.2.19, ST_Xstring)."""
    if "_x" not in text:
        return text
    found = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    if any("\ud800" <= character <= "\udfff" for character in found):  # two halves written one by one are one
        found = found.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return found


def is_date_format(code: str) -> bool:
    """Return whether a number format shows a date or a time."""
    return bool(_DATE_LETTERS.search(_NO_DATE.sub("", code.partition(";")[0])))


def moment(serial: float, since_1904: bool = False) -> dt.datetime | dt.time | float:
    """Return the date that a serial number stands for, the time for one below 1; the number itself when it is none."""
    days = serial + (1462 if since_1904 else 0)
    if not 0 <= days < _LAST_SERIAL:
        return serial
    whole, seconds = int(days), min(86_399, round(days % 1 * 86_400))
    if not whole:
        return dt.time(seconds // 3600, seconds // 60 % 60, seconds % 60)
    return dt.datetime(1899, 12, 30) + dt.timedelta(days=whole, seconds=seconds)  # noqa: DTZ001 - a workbook knows no zones
