"""How a form's cells are dressed: locks, looks, conditional formats, validation; one vocabulary for every engine.

A look is a mapping with the keys of XlsxWriter's formats (``font_name``, ``bg_color``, ``locked`` …), so that what builds
a workbook and what restores one speak of the same thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

Area = tuple[int, int, int, int]
"""First row and column, last row and column, 1-based."""
Look = Mapping[str, Any]


def halves(area: Area) -> tuple[Area, Area]:
    """Return an area of more than one cell in two parts: rows first, columns when there is one row."""
    top, left, bottom, right = area
    if bottom > top:
        middle = (top + bottom) // 2
        return (top, left, middle, right), (middle + 1, left, bottom, right)
    middle = (left + right) // 2
    return (top, left, bottom, middle), (top, middle + 1, bottom, right)


class State(NamedTuple):
    """How the cells of an area are dressed, all alike.

    ``conditioned``: by a conditional format with the text asked for (``mark``) in its formula, by any when none was.
    """

    area: Area
    locked: bool
    conditioned: bool


class Rule(NamedTuple):
    """A look that appears while a formula, written for the cell ``origin``, is true."""

    origin: tuple[int, int]
    formula: str
    look: Look


class Entry(NamedTuple):
    """What may be typed, with its prompt, ``shown`` or not. ``kind``: any, whole, decimal, date or list."""

    kind: str
    title: str
    prompt: str
    error: str
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    error_title: str = ""
    shown: bool = True
