"""Pictures of the page as inline SVG: bars and a ring, with their numbers as text, so that they print and can be read aloud."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

BLUE, GREY = "#2F6DB5", "#C3CAD3"
_ROW, _WIDTH, _LABEL = 26, 560, 190
LINE: Final = 14
"""So many characters of a label stand on its line."""


class Slice(NamedTuple):
    """A part of a ring: its name, how much, its colour."""

    name: str
    amount: int
    colour: str


def bars(
    title: str, rows: Sequence[tuple[str, float]], unit: str = "", colour: str = BLUE, *, wide_labels: bool = False
) -> str:
    """Return horizontal bars, one a row: label, bar, number; ``wide_labels`` gives sentences twice the room of names."""
    most = max((value for _, value in rows), default=0) or 1
    across, line = (_LABEL, LINE) if not wide_labels else (2 * _LABEL, 2 * LINE)
    height = _ROW * len(rows) + 8
    parts = []
    for number, (label, value) in enumerate(rows):
        top = number * _ROW + 4
        wide = max(1.0, (_WIDTH - across - 70) * value / most)
        parts.append(
            f'<text x="{across - 8}" y="{top + 16}" text-anchor="end">{escape(_short(label, line))}</text>'
            f'<rect x="{across}" y="{top + 3}" width="{wide:.1f}" height="{_ROW - 8}" rx="2" fill="{colour}"/>'
            f'<text x="{across + wide + 6:.1f}" y="{top + 16}">{value:g}{escape(unit)}</text>'
        )
    return _picture(title, _WIDTH, height, "".join(parts))


def paired(title: str, rows: Sequence[tuple[str, float, float]], names: tuple[str, str]) -> str:
    """Return two bars a row, last year's above this year's: label, before, now."""
    most = max((value for row in rows for value in row[1:]), default=0) or 1
    step = 2 * 18 + 10
    height = step * len(rows) + 30
    legend = (
        f'<rect x="{_LABEL}" y="4" width="12" height="12" fill="{GREY}"/><text x="{_LABEL + 18}" y="15">{escape(names[0])}</text>'
        f'<rect x="{_LABEL + 110}" y="4" width="12" height="12" fill="{BLUE}"/><text x="{_LABEL + 128}" y="15">{escape(names[1])}</text>'
    )
    parts = [legend]
    for number, (label, before, now) in enumerate(rows):
        top = number * step + 28
        parts.append(f'<text x="{_LABEL - 8}" y="{top + 23}" text-anchor="end">{escape(_short(label))}</text>')
        for shift, (value, colour) in enumerate(((before, GREY), (now, BLUE))):
            wide = max(1.0, (_WIDTH - _LABEL - 70) * value / most)
            parts.append(
                f'<rect x="{_LABEL}" y="{top + shift * 18}" width="{wide:.1f}" height="16" rx="2" fill="{colour}"/>'
                f'<text x="{_LABEL + wide + 6:.1f}" y="{top + shift * 18 + 13}">{value:g}</text>'
            )
    return _picture(title, _WIDTH, height, "".join(parts))


def ring(title: str, slices: Sequence[Slice]) -> str:
    """Return a ring with its legend."""
    whole = sum(part.amount for part in slices) or 1
    parts, begun, radius = [], 0.0, 70.0
    around = 2 * math.pi * radius
    for part in slices:
        share = part.amount / whole
        if part.amount:
            parts.append(
                f'<circle cx="110" cy="105" r="{radius:g}" fill="none" stroke="{part.colour}" stroke-width="36" '
                f'stroke-dasharray="{around * share:.2f} {around:.2f}" stroke-dashoffset="{-around * begun:.2f}" '
                'transform="rotate(-90 110 105)"/>'
            )
        begun += share
    parts.append(f'<text x="110" y="112" text-anchor="middle" class="big">{whole if slices else 0}</text>')
    for number, part in enumerate(slices):
        top = 34 + number * 30
        parts.append(
            f'<rect x="240" y="{top}" width="16" height="16" rx="2" fill="{part.colour}"/>'
            f'<text x="266" y="{top + 13}">{escape(part.name)}　{part.amount}</text>'
        )
    return _picture(title, 420, 210, "".join(parts))


def _short(label: str, line: int = LINE) -> str:
    return label if len(label) <= line else f"{label[: line - 1]}…"


def _picture(title: str, width: int, height: int, inside: str) -> str:
    return (
        f'<figure><figcaption>{escape(title)}</figcaption><svg viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(title)}" xmlns="http://www.w3.org/2000/svg">{inside}</svg></figure>'
    )
