"""Places on a sheet, as xlwings and formulas write them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

ROWS, COLUMNS = 1_048_576, 16_384
_LINES = re.compile(r"\$?\d{1,7}:\$?\d{1,7}|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}")
_PLAIN = re.compile(r"^\w+$")


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """Return a 1-based column's letters: 1 → A, 27 → AA; ValueError for what is no column."""
    if column < 1:
        raise ValueError(column)
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the 1-based column of its letters: AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


@lru_cache(maxsize=16_384)
def parse_address(text: str) -> tuple[int, int]:
    """Return (row, column), 1-based, of an A1 address with or without ``$``; ValueError when it is none."""
    match = _ADDRESS.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return int(match[2]), column_number(match[1])


def quoted(sheet: str) -> str:
    """Return a sheet's name as a formula of Excel writes it."""
    return sheet if _PLAIN.match(sheet) and not sheet[0].isdigit() else "'" + sheet.replace("'", "''") + "'"


def area_of(first: Any, second: Any = None) -> tuple[int, int, int, int]:
    """Return row, column, rows and columns of what ``Sheet.range`` accepts, except a defined name (ValueError)."""
    if hasattr(first, "shape"):
        first = (first.row, first.column, *first.shape)
    elif isinstance(first, int) and isinstance(second, int):
        first, second = (first, second), None
    if isinstance(first, tuple):
        if 0 in first[:2]:
            raise IndexError("xlwings ranges are 1-based")
        area = (*first, 1, 1) if len(first) == 2 else first
    else:
        area = _parse(str(first))
    if second is None:
        return area
    other = area_of(second)
    top, left = min(area[0], other[0]), min(area[1], other[1])
    bottom = max(area[0] + area[2], other[0] + other[2])
    right = max(area[1] + area[3], other[1] + other[3])
    return top, left, bottom - top, right - left


def whole_lines(first: Any) -> str:
    """Return an address of whole rows or columns as it was asked for; empty for any other place."""
    found = _LINES.fullmatch(first.upper()) if isinstance(first, str) else None
    return found[0] if found else ""


def _parse(text: str) -> tuple[int, int, int, int]:
    first, _, last = text.upper().replace("$", "").partition(":")
    if last.isdigit() and first.isdigit():
        top, bottom = sorted((int(first), int(last)))
        return top, 1, bottom - top + 1, COLUMNS
    if last.isalpha() and first.isalpha() and max(map(len, (first, last))) <= 3:
        left, right = sorted(map(column_number, (first, last)))
        return 1, left, ROWS, right - left + 1
    row, column = parse_address(first)
    if not last:
        return row, column, 1, 1
    bottom, right = parse_address(last)
    top, left = min(row, bottom), min(column, right)
    return top, left, max(row, bottom) - top + 1, max(column, right) - left + 1
