"""Characters that stand for less than they say: digits raised behind a number, and what a line strikes out.

A raised digit becomes the raised sign, a character that is struck out has a stroke through it, so that neither is read as
a digit of a number.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_STROKE: Final = "\u0336"
UNMARKED: Final = str.maketrans("", "", _STROKE + "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Takes marks away, where it matters only what kind of text they stand in."""
_SMALL: Final = 0.8
"""How large a raised digit is at most, its number being 1."""
_HIGH: Final = 0.1
"""Ems by which its middle is higher, at least."""
_BEHIND: Final = 0.5
"""Ems from the number to it, at most."""
_THIN: Final = 1.5
_MIDDLE: Final = 0.22
"""Ems from the middle of a character to the line through it, at most."""
_SAME: Final = 1.5
"""Points by which a line may begin or end beside what it strikes out."""
_LARGEST: Final = 40.0


def with_marks(page: Any) -> None:
    """Have one of pdfplumber's pages, whenever it is parsed, change the texts of raised digits and of what is struck out.

    The lines that strike texts out are then none of the page's: they would be rules of a table.
    """
    parse = page.parse_objects

    def parsed() -> dict[str, list[dict[str, Any]]]:
        return _marked(parse())

    page.parse_objects = parsed


def _marked(objects: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    chars = objects.get("char", [])
    _raise(chars)
    ordered = sorted((char for char in chars if char["text"].strip()), key=_middle)
    places = [_middle(char) for char in ordered]
    for kind in ("line", "rect"):
        kept = []
        for drawn in objects.get(kind, ()):
            y = _middle(drawn)
            near = slice(bisect_left(places, y - _MIDDLE * _LARGEST), bisect_left(places, y + _MIDDLE * _LARGEST))
            struck = _struck_by(drawn, ordered[near]) if _is_level(drawn) else []
            for char in struck:
                char["text"] += _STROKE
            if not struck:
                kept.append(drawn)
        if kind in objects:
            objects[kind] = kept
    return objects


def _is_level(drawn: Any) -> bool:
    return bool(drawn["bottom"] - drawn["top"] <= _THIN < drawn["x1"] - drawn["x0"])


def _struck_by(line: Any, chars: Sequence[Any]) -> list[Any]:
    """Return the characters that a line strikes out: it begins and ends with them, as a border of a table does not."""
    left, right, y = line["x0"], line["x1"], _middle(line)
    struck = [
        char
        for char in chars
        if left - _SAME <= char["x0"]
        and char["x1"] <= right + _SAME
        and abs(_middle(char) - y) <= _MIDDLE * char["size"]
    ]
    return struck if struck and _spans(struck, left, right) else []


def _spans(struck: Sequence[Any], left: float, right: float) -> bool:
    """Return whether a line begins and ends with what it strikes out; a border of a table does not."""
    return bool(
        abs(min(char["x0"] for char in struck) - left) <= _SAME
        and abs(max(char["x1"] for char in struck) - right) <= _SAME
    )


def _raise(chars: Sequence[Any]) -> None:
    number: Any = None  # the last digit on the line
    for char in chars:
        text = char["text"]
        if number is not None and text.isdecimal() and _is_raised(number, char):
            char["text"] = text.translate(_RAISED)
            number = {**number, "x1": char["x1"]}
        else:
            number = char if text.isdecimal() else None


def _is_raised(number: Any, char: Any) -> bool:
    size = number["size"]
    return bool(
        char["size"] <= _SMALL * size
        and _middle(number) - _middle(char) >= _HIGH * size
        and -_SAME <= char["x0"] - number["x1"] <= _BEHIND * size
        and char["bottom"] > number["top"]
    )


def _middle(drawn: Any) -> float:
    return float(drawn["top"] + drawn["bottom"]) / 2
