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
_EPOCH: Final = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a workbook knows no zones
_FIRST_DAY: Final = 20_000  # in October 1954
_AFTER_LAST: Final = 80_000  # in January 2119
_NO_DAY: Final = 2_958_466  # after the last day that a sheet knows, in December 9999


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


def is_day(serial: float) -> bool:
    """Return whether a number that is shown as a date is one of our time.

    Any other is a count or an amount, typed into a cell that had taken a date's format before: 1 is shown as the first
    day of 1900, or as the last of 1899, 60 as a 29th of February that never was.
    """
    return _FIRST_DAY <= serial < _AFTER_LAST


def moment(serial: float, since_1904: bool = False) -> dt.datetime | float:
    """Return the date that a serial number stands for; the number itself when it is no day of our time."""
    days = serial + (1462 if since_1904 else 0)
    if not is_day(days):
        return serial
    return _EPOCH + dt.timedelta(days=int(days), seconds=min(86_399, round(days % 1 * 86_400)))


def count_of(shown: dt.datetime) -> float | None:
    """Return the number that a date was typed as, None for a day of our time."""
    serial = (shown - _EPOCH) / dt.timedelta(days=1)
    return None if is_day(serial) else serial


def day_of(serial: float) -> dt.date | None:
    """Return the day that a number in a cell for a date stands for, from our time on; None where it can be none."""
    return (_EPOCH + dt.timedelta(days=int(serial))).date() if _FIRST_DAY <= serial < _NO_DAY else None
