"""Which cell of a ruled table has which characters: by where they stand; a text that runs over blank cells is one cell's.

Only a spreadsheet lets texts run on over borders: a character that lies across one shows it. There what is typed behind it
without a gap is the same text, also where none of its characters happens to lie across.
"""

from __future__ import annotations

from enum import IntEnum
from statistics import median
from typing import TYPE_CHECKING, Final

from gk_xl.sources.tokens import is_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gk_xl.sources.formats.pdf_lines import Sign

_TOUCHING: Final = 0.15
"""Ems between two characters that are typed one behind the other, at most; a sheet that is scaled to the paper sets them so far apart."""
_LEVEL: Final = 0.3
"""Ems by which the middles of one text's characters may differ."""
_PITCH: Final = 0.03
"""Ems by which the distances between the digits of one number differ."""
_ACROSS: Final = 0.15
"""Ems of a character on both sides of a border that it lies across, at least."""
_FEWEST: Final = 2
"""So many texts lie across borders of a spreadsheet, at least."""

_SET: Final = 3.0
"""Points between the border of a cell and the text that it sets."""


class Way(IntEnum):
    """Where in a cell a text is set."""

    LEFT = 0
    MIDDLE = 1
    RIGHT = 2


_INK: Final = dict.fromkeys("）】〕》〉」』”’，。、；：", 0.2) | dict.fromkeys("（【〔《〈「『“‘", 0.8)
"""Marks that fill one half of their width, the other of which may hang over a border → where in it they are."""

_FILLED: Final = 0.8
"""From this part of a column's width on a character stands alone in its line: labels of one letter a line."""

Place = tuple[float, ...]
"""Where a cell is: x0, top, x1, bottom."""


class _Text:
    """A text, as the parts of it that stand in one cell each."""

    def __init__(self) -> None:
        self.parts: list[tuple[Place, list[Sign]]] = []

    def add(self, cell: Place, sign: Sign) -> None:
        if not self.parts or self.parts[-1][0] != cell:
            self.parts.append((cell, []))
        self.parts[-1][1].append(sign)

    def goes_on(self, sign: Sign) -> bool:
        """Return whether a character is typed right behind it; digits of one number are, all at one distance."""
        if not is_next(self.last, sign):
            return False
        last, before = self.last, self.before
        if before is None or not all(one.text.isdecimal() for one in (before, last, sign)):
            return True
        return abs((sign.x0 - last.x1) - (last.x0 - before.x1)) <= _PITCH * sign.size

    @property
    def before(self) -> Sign | None:
        """The last character but one."""
        return next((sign for _, own in reversed(self.parts) for sign in reversed(own) if sign is not self.last), None)

    @property
    def first(self) -> Sign:
        return self.parts[0][1][0]

    @property
    def last(self) -> Sign:
        return self.parts[-1][1][-1]

    @property
    def is_across(self) -> bool:
        """Whether a character of it lies across a border."""
        return len(self.parts) > 1 and any(
            max(cell[0] - own[0].x0, own[-1].x1 - cell[2]) > _ACROSS * own[0].size for cell, own in self.parts
        )

    @property
    def is_number(self) -> bool:
        return is_value("".join(sign.text for _, own in self.parts for sign in own))

    def apart(self, cell: Place, way: Way) -> float:
        """How far it is from where it would be if a cell had set it so."""
        x0, x1 = self.first.x0, self.last.x1
        return (abs(x0 - cell[0]), abs(x0 + x1 - cell[0] - cell[2]) / 2, abs(cell[2] - x1))[way]

    def owner(self, usual: Way) -> Place:
        """Return the cell by which it is set: as the texts of its sheet usually are, where one fits so; else in any way."""
        cells = [cell for cell, _ in self.parts]
        own = min(cells, key=lambda cell: self.apart(cell, usual))
        if self.apart(own, usual) <= _SET:
            return own
        return min(cells, key=lambda cell: min(self.apart(cell, way) for way in Way))


def _usual(texts: Iterable[_Text]) -> Way:
    """Return how the texts of a sheet are set that are no numbers."""
    apart = [
        [min(text.apart(cell, way) for cell, _ in text.parts) for way in Way] for text in texts if not text.is_number
    ]
    return min(Way, key=lambda way: median([own[way] for own in apart] or [0.0]))


def owned_signs(cells: Sequence[Sequence[float]], signs: Sequence[Sign]) -> dict[Place, list[Sign]]:
    """Return the characters of each cell, given as they are drawn; where cells lie over one another, the smallest has them."""
    small = [tuple(cell) for cell in sorted(cells, key=area)]
    placed: list[tuple[Place | None, Sign]] = []
    for sign in signs:
        cell = next((one for one in small if is_within(sign, one)), None)
        if cell is None and placed and is_next(placed[-1][1], sign):
            cell = placed[-1][0]  # it runs out of the table
        placed.append((cell, sign))
    found: dict[Place, list[Sign]] = {cell: [] for cell in small}
    for cell, sign in placed:
        if cell is not None:
            found[cell].append(sign)
    texts = [text for text in _texts(placed) if len(text.parts) > 1]
    across, usual = [text.is_across for text in texts], _usual(texts)
    for text, is_across in zip(texts, across, strict=True):
        owner = text.owner(usual)
        held = [(cell, own) for cell, own in text.parts if cell != owner]
        blank = all(len(found[cell]) == len(own) for cell, own in held)  # but for what runs over it
        # cut behind the character that lies across the border of a filled cell
        digits = all(sign.text.isdecimal() for _, own in text.parts for sign in own)
        cut = len(held) == 1 and len(held[0][1]) == 1 and len(text.parts[0][1]) > 1
        if (is_across and (blank or cut or digits)) or (blank and sum(across) >= _FEWEST and not text.is_number):
            for cell, own in held:
                moved = {id(sign) for sign in own}
                found[cell] = [sign for sign in found[cell] if id(sign) not in moved]
                found[owner] += own
    return found


def _texts(placed: Iterable[tuple[Place | None, Sign]]) -> list[_Text]:
    """Return what is typed without a gap, also where its end is drawn on another page of the sheet."""
    texts: list[_Text] = []
    ends: dict[int, list[_Text]] = {}
    text: _Text | None = None
    for cell, sign in placed:
        if cell is None:
            text = None
            continue
        if text is None or not text.goes_on(sign):
            line = round(sign.centre[1])
            near = (one for place in (-1, 0, 1) for one in ends.get(line + place, ()))
            text = next((one for one in near if one.goes_on(sign)), None)
            if text is None:
                texts.append(text := _Text())
                ends.setdefault(line, []).append(text)
        text.add(cell, sign)
    return texts


def signs_in(signs: Iterable[Sign], place: Sequence[float]) -> list[Sign]:
    """Return the characters, given as they are drawn, that stand in a table, and those of its texts that run out at its right."""
    found: list[Sign] = []
    last: Sign | None = None
    for sign in signs:
        runs_out = last is not None and sign.centre[0] > place[2] and is_next(last, sign)
        last = sign if runs_out or is_within(sign, place) else None
        found += [sign] if last is not None else []
    return found


def area(cell: Sequence[float]) -> tuple[float, float, float]:
    """Return a cell's area, then its place."""
    return (cell[2] - cell[0]) * (cell[3] - cell[1]), cell[1], cell[0]


def is_within(sign: Sign, place: Sequence[float]) -> bool:
    """Return whether the middle of what is seen of a character is in a place; where it fills the width, its own middle."""
    width = sign.x1 - sign.x0
    x = sign.x0 + width * (_INK.get(sign.text, 0.5) if width < _FILLED * (place[2] - place[0]) else 0.5)
    return place[0] <= x <= place[2] and place[1] <= sign.centre[1] <= place[3]


def is_next(last: Sign, sign: Sign) -> bool:
    """Return whether a character is typed right behind another."""
    size = max(last.size, sign.size, 1.0)
    level = abs(sign.centre[1] - last.centre[1]) <= _LEVEL * size
    return level and abs(sign.x0 - last.x1) <= _TOUCHING * size
