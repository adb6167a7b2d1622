"""Characters that stand for less than they say: marks of notes behind a number, what is struck out or printed over, watermarks.

A raised or lowered digit becomes such a sign, a character that is struck out has a stroke through it, so have digits printed
over one another, so that none is read as a digit of a number. What stands aslant is a watermark, and left out.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_STROKE: Final = "\u0336"
_LOWERED: Final = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
OVER: Final = "\u0337"
"""The stroke through digits that are printed over one another."""
UNMARKED: Final = str.maketrans("", "", _STROKE + OVER + "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉")
"""Takes marks away, where it matters only what kind of text they stand in."""
_SMALL: Final = 0.86
"""How large a raised digit is at most, its number being 1; browsers make them five sixths."""
_HIGH: Final = 0.1
"""Ems by which its middle is higher, at least."""
_BEHIND: Final = 0.5
"""Ems from the number to it, at most."""
_LARGE: Final = (1.02, 0.25, 0.1)
"""The same three of a digit that is as large as its number: it is higher by more, and touches it."""
_THIN: Final = 1.5
_MIDDLE: Final = 0.27
"""Ems from the middle of a character to the line through it, at most."""
_SAME: Final = 1.5
"""Points by which a line may begin or end beside what it strikes out."""
_LARGEST: Final = 40.0
_INTO: Final = 0.4
"""The part of a digit's width by which another is printed over it, at least."""
_BOLD: Final = 1.0
"""Points by which a digit is printed again to look bold, at most."""
_ASLANT: Final = 0.17
"""The rise of a line of text that stands aslant, at least: 10 degrees."""


def with_marks(page: Any) -> None:
    """Have one of pdfplumber's pages, whenever it is parsed, change the texts of raised digits and of what is struck out.

    The lines that strike texts out are then none of the page's: they would be rules of a table.
    """
    parse = page.parse_objects

    def parsed() -> dict[str, list[dict[str, Any]]]:
        return _marked(parse())

    page.parse_objects = parsed


def _marked(objects: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    if "char" in objects:
        objects["char"] = [char for char in objects["char"] if not _is_aslant(char)]
    chars = objects.get("char", [])
    _raise(chars)
    _part(chars)
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
        higher = _higher(number, char) if number is not None and text.isdecimal() else 0.0
        if higher:
            char["text"] = text.translate(_RAISED if higher > 0 else _LOWERED)
            number = {**number, "x1": char["x1"]}
        else:
            number = char if text.isdecimal() else None
    _raise_apart(chars)


def _raise_apart(chars: Sequence[Any]) -> None:
    """Mark the small digits behind a number that the page draws elsewhere among its characters, as browsers do."""
    digits = sorted((char for char in chars if char["text"].isdecimal()), key=_end)
    largest = max((char["size"] for char in digits), default=0.0)
    for char in sorted((char for char in digits if char["size"] <= _SMALL * largest), key=lambda one: float(one["x0"])):
        reach = slice(
            bisect_left(digits, char["x0"] - _BEHIND * largest, key=_end),
            bisect_left(digits, char["x0"] + _SAME + _THIN, key=_end),
        )
        for number in digits[reach]:
            small = number is not char and number["text"].isdecimal() and char["size"] <= _SMALL * number["size"]
            if small and (higher := _higher(number, char)):
                char["text"] = char["text"].translate(_RAISED if higher > 0 else _LOWERED)
                insort(digits, {**number, "x1": char["x1"]}, key=_end)
                break


def _end(char: Any) -> float:
    return float(char["x1"])


def _higher(number: Any, char: Any) -> float:
    """Return how much higher the middle of a digit right behind a number is; 0 where it is one of its digits."""
    size, higher = number["size"], _middle(number) - _middle(char)
    large, high, behind = (_SMALL, _HIGH, _BEHIND) if char["size"] <= _SMALL * size else _LARGE
    mark = (
        char["size"] <= large * size
        and abs(higher) >= high * size
        and -_SAME <= char["x0"] - number["x1"] <= behind * size
        and char["bottom"] > number["top"]
        and char["top"] < number["bottom"]
    )
    return float(higher) if mark else 0.0


def _part(chars: Sequence[Any]) -> None:
    """Mark the digits that are printed over one another: a correction, a shadow, a stamp."""
    digits = sorted((char for char in chars if char["text"].isdecimal()), key=lambda char: float(char["x0"]))
    over: dict[int, Any] = {}
    for at, char in enumerate(digits):
        for other in digits[at + 1 :]:
            if other["x0"] >= char["x1"] - _INTO * (char["x1"] - char["x0"]):
                break
            level = abs(_middle(other) - _middle(char)) < 0.5 * min(char["size"], other["size"])
            again = (
                other["text"] == char["text"]
                and max(other["x0"] - char["x0"], abs(_middle(other) - _middle(char))) <= _BOLD
            )
            if level and not again:
                over |= {id(char): char, id(other): other}
    for char in over.values():
        char["text"] += OVER


def _is_aslant(char: Any) -> bool:
    """Return whether a character's line neither is level nor upright."""
    across, up = (abs(one) for one in char["matrix"][:2])
    return bool(min(across, up) > _ASLANT * max(across, up))


def _middle(drawn: Any) -> float:
    return float(drawn["top"] + drawn["bottom"]) / 2
