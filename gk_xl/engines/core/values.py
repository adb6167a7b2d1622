"""Values and colours as xlwings' converters hand them over."""

from __future__ import annotations

import datetime as dt
from typing import Any

Matrix = list[list[Any]]
EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no time zones


def moment(serial: float) -> dt.datetime | float:
    """Return the date and time that a serial number stands for, to the millisecond; the number itself where it is none.

    Counted as LibreOffice and COM do: 1 is 1899-12-31, though Excel shows it as the first day of 1900, and 60 is
    1900-02-28, which Excel shows as a 29th that never was. From the first of March on all agree.
    """
    try:
        return EPOCH + dt.timedelta(milliseconds=round(serial * 86_400_000))
    except OverflowError:  # before the year 1, or after 9999
        return serial


def serial_of(when: dt.datetime) -> float:
    """Return the serial number of a date and time."""
    return (when - EPOCH) / dt.timedelta(days=1)


class CellError(str):
    """An error that a formula came to, such as ``#DIV/0!``; xlwings reads it as None unless ``err_to_str`` is asked for."""

    __slots__ = ()


def clean_value(value: Any, datetime_builder: Any, empty_as: Any, number_builder: Any, err_to_str: bool) -> Any:
    """Return one value as xlwings' converters hand it on."""
    if value is None or value == "":
        return empty_as
    if isinstance(value, dt.datetime):
        parts = {
            name: getattr(value, name) for name in ("year", "month", "day", "hour", "minute", "second", "microsecond")
        }
        return datetime_builder(**parts, tzinfo=None)
    if isinstance(value, CellError):
        return str(value) if err_to_str else None
    if isinstance(value, float) and number_builder is not None:
        return number_builder(value)
    return value


def to_rgb(colour: Any) -> tuple[int, int, int] | None:
    """Return red, green, blue of what xlwings accepts as a colour: a triple, ``#rrggbb``, or Excel's number."""
    if colour is None:
        return None
    if isinstance(colour, str):
        digits = colour.removeprefix("#")
        return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
    if isinstance(colour, int):
        return colour % 256, colour // 256 % 256, colour // 65536 % 256
    red, green, blue = colour
    return int(red), int(green), int(blue)


def part(item: Any, length: int) -> tuple[int, int]:
    """Return start and length of the characters that an index or a slice asks for; ValueError as xlwings has it."""
    if not isinstance(item, slice):
        return (item if item >= 0 else length + item), 1
    if (item.start or 0) < 0 or (item.stop or 0) < 0:
        raise ValueError("Characters object does not support slicing with negative indexes")
    start = item.start or 0
    return start, (length if item.stop is None else item.stop) - start
