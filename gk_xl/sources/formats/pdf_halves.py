"""Sheets on which two pages were printed side by side → these pages, from left to right.

All sheets lie across; nothing but a frame reaches over the middle, and text or a table stands on either side of it.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, Final

from gk_xl.sources.formats.pdf_joined import moved
from gk_xl.sources.formats.pdf_lines import is_cjk, rows_of, segments, signs_of
from gk_xl.sources.formats.pdf_sheets import is_stub

if TYPE_CHECKING:
    from collections.abc import Sequence

    Thing = dict[str, Any]

HALVED: Final = "每张纸上并排印了两页，已按先左后右分成两页读入，说明里的页数是分开以后的；请核对次序。"
_ACROSS: Final = 1.2
"""So many times as wide as high a sheet is, at least."""
_BAND: Final = 0.012
"""The part of a sheet's width on each side of its middle in which nothing stands."""
_FRAME: Final = 2
"""Rules that reach the middle, at most: the upper and the lower edge of a frame."""
_WHOLE: Final = 0.96
"""The part of a page's width or height that its frame has, at least."""
_LONG: Final = 10
"""So many characters a line of text has that tells a page, at least."""
_MARKS: Final = frozenset("，。；")
"""Marks of a sentence: heads of columns that nearly touch are none."""
_WIDE: Final = 0.5
"""The part of a page's width that a rule of a table takes that tells a page, at least."""
_FEWEST: Final = 3
"""So many such lines, rules, or labels of rows stand on either side, at least."""


def halves_of(sheets: Sequence[Any]) -> list[Any]:
    """Return the pages that stand two by two on pdfplumber's pages, numbered anew; [] where they do not."""
    if not sheets or not all(_is_clear(sheet) for sheet in sheets):
        return []
    told = ([_tells(sheet, side) for side in (0, 1)] for sheet in sheets)
    if not any(all(sides) for sides in told):
        return []
    return [_half(sheet, side, 2 * number + side + 1) for number, sheet in enumerate(sheets) for side in (0, 1)]


def _is_clear(sheet: Any) -> bool:
    """Return whether nothing but a frame reaches over the middle of a sheet."""
    if sheet.width < _ACROSS * sheet.height:
        return False
    left, right = sheet.width * (0.5 - _BAND), sheet.width * (0.5 + _BAND)
    if any(char["x0"] < right and char["x1"] > left for char in sheet.chars if char["text"].strip()):
        return False
    across = (edge for edge in sheet.edges if edge["orientation"] == "h" and edge["x0"] < right and edge["x1"] > left)
    return len({round(edge["top"]) for edge in across}) <= _FRAME


def _tells(sheet: Any, side: int) -> bool:
    """Return whether lines of text, the rules of a table, or labels of its rows stand on a side of a sheet."""
    things = _of_side(sheet, side)
    rows = rows_of(signs_of(things.get("char", [])))
    parts = [part for row in rows for part in segments(row) if any(sign.text in _MARKS for sign in part)]
    long = [part for part in parts if sum(is_cjk(sign.text[0]) for sign in part) >= _LONG]
    middle, wide = sheet.width / 2, _WIDE * sheet.width / 2
    rules = {
        round(edge["top"])
        for edge in sheet.edges
        if edge["orientation"] == "h"
        and wide <= edge["x1"] - edge["x0"] < middle
        and (edge["x0"] + edge["x1"] > sheet.width) == bool(side)
    }
    stubs = {text for row in rows for part in segments(row) if is_stub(text := "".join(sign.text for sign in part))}
    return len(long) >= _FEWEST or len(rules) >= _FEWEST + _FRAME or len(stubs) >= _FEWEST


def _of_side(sheet: Any, side: int) -> dict[str, list[Thing]]:
    """Return the things that stand on a side of a sheet, without the frame round it, or round both."""
    wide, high = _WHOLE * sheet.width / 2, _WHOLE * sheet.height
    return {
        kind: [
            one
            for one in things
            if side == (one["x0"] + one["x1"] > sheet.width)
            and (kind == "char" or (one["x1"] - one["x0"] < wide and one["bottom"] - one["top"] < high))
        ]
        for kind, things in sheet.objects.items()
    }


def _half(sheet: Any, side: int, number: int) -> Any:
    """Return one side of a sheet as a page of its own."""
    half, middle = copy(sheet), sheet.width / 2
    half.flush_cache()

    def parsed() -> dict[str, list[Thing]]:
        own = _of_side(sheet, side)
        return {kind: [moved(thing, -side * middle) for thing in things] for kind, things in own.items()}

    half.parse_objects = parsed
    half.page_number = number
    half.mediabox = half.bbox = half.cropbox = (0, 0, middle, sheet.height)
    return half
