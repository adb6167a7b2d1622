"""Labels and numbers that a spreadsheet wraps within their cells → each on one line, that of its row.

Where rows are lower than their labels, lines of two cells stand upon one another. A spreadsheet draws the lines of a cell one
after the other: those that make a label of the form are of one cell, whatever stands among them on the page.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from gk_xl.sources.formats.pdf_clipped import runs_of
from gk_xl.sources.formats.pdf_heads import MOST_LINES
from gk_xl.sources.formats.pdf_marks import OVER
from gk_xl.sources.sections import is_table_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gk_xl.sources.formats.pdf_lines import Sign

    Lines = Sequence[Sequence[Sign]]

_STEP: Final = (1.0, 1.8)
"""Ems from one line of a cell to the next, at least and at most."""
_EVEN: Final = 0.1
"""Ems by which such steps differ in one cell, at most."""
_SAME: Final = 1.0
"""Points by which the beginnings, middles or ends of a cell's lines may lie apart, and the numbers of one row be level."""
_FEWEST: Final = 2
"""So many numbers of its row stand beside one that is wrapped, at least."""


def unwrapped(signs: Iterable[Sign]) -> Iterator[Sign]:
    """Yield characters, given in the order in which they are drawn, the lines of a cell as one, where the numbers of its row are.

    A label reaches from the left to the right end of its lines; a number is one character, its lines parted as they were.
    That a line of the next row's number is printed over one of them makes neither of them unsure.
    """
    runs = list(runs_of(signs))
    numbers = _Numbers([run for run in runs if _is_number([run])])
    begin = 0
    while begin < len(runs):
        end = begin + 1
        while end < min(len(runs), begin + MOST_LINES) and _goes_on(runs[begin : end + 1]):
            end += 1
        while end > begin + 1 and not numbers.are_one(runs[begin:end]):
            end -= 1
        yield from runs[begin] if end == begin + 1 else _on_one_line(runs[begin:end], numbers)
        begin = end


class _Numbers:
    """The numbers of a page."""

    def __init__(self, runs: Lines) -> None:
        self.runs = runs
        tops = sorted(map(_y, runs))
        rows = [above for above, below in pairwise(tops) if below - above <= _SAME]
        self.steps = [below - above for above, below in pairwise(rows) if below - above > _SAME]

    def are_one(self, lines: Lines) -> bool:
        """Return whether lines make a label, or a number: its row's are level with it, none with its other lines.

        Lines as far apart as rows may be numbers of two rows in which nothing else stands.
        """
        if not _is_number(lines):
            return is_table_label(_text(lines))
        own, step = self.row(lines), _y(lines[1]) - _y(lines[0])
        if own is None or any(abs(step - other) <= _SAME for other in self.steps):
            return False
        return not any(self._beside(lines, y) for line in lines if abs((y := _y(line)) - own) > _SAME)

    def row(self, lines: Lines) -> float | None:
        """Return how far down those beside a cell stand: at its middle, its last, or its first line; None where none do."""
        first, last = _y(lines[0]), _y(lines[-1])
        return next((y for y in ((first + last) / 2, last, first) if self._beside(lines, y) >= _FEWEST), None)

    def _beside(self, lines: Lines, y: float) -> int:
        """Return how many stand so far down to the left and right of a cell."""
        left, right = lines[0][0].x0, lines[0][-1].x1
        return sum(abs(_y(run) - y) <= _SAME for run in self.runs if run[-1].x1 < left or right < run[0].x0)


def _goes_on(lines: Lines) -> bool:
    """Return whether the last of some texts stands below the one before it as the next line of one cell does."""
    above, below = lines[-2:]
    step = (_y(below) - _y(above)) / above[0].size
    if abs(step - (_y(lines[1]) - _y(lines[0])) / above[0].size) > _EVEN:
        return False
    ends = [(run[0].x0, (run[0].x0 + run[-1].x1) / 2, run[-1].x1) for run in (above, below)]
    aligned = any(abs(one - other) <= _SAME for one, other in zip(*ends, strict=True))
    return _STEP[0] <= step <= _STEP[1] and aligned and above[0].clip == below[0].clip


def _on_one_line(lines: Lines, numbers: _Numbers) -> Iterator[Sign]:
    signs = [sign for line in lines for sign in line]
    left, right = min(line[0].x0 for line in lines), max(line[-1].x1 for line in lines)
    middle = (_y(lines[0]) + _y(lines[-1])) / 2
    down = (numbers.row(lines) or middle) - _y(signs)
    top, bottom = signs[0].top + down, signs[0].bottom + down
    if _is_number(lines):
        text = "\n".join(_text([line]) for line in lines).replace(OVER, "")
        yield replace(signs[0], text=text, x0=left, x1=right, top=top, bottom=bottom)
        return
    scale, x0 = (right - left) / sum(sign.x1 - sign.x0 for sign in signs), left
    for sign in signs:
        x1 = x0 + (sign.x1 - sign.x0) * scale
        yield replace(sign, x0=x0, x1=x1, top=top, bottom=bottom)
        x0 = x1


def _is_number(lines: Lines) -> bool:
    return _text(lines).replace(OVER, "").isdecimal()


def _y(run: Sequence[Sign]) -> float:
    return run[0].centre[1]


def _text(lines: Lines) -> str:
    return "".join(sign.text for line in lines for sign in line)
