"""Characters of a page by their coordinates → printed lines, and lines → text as it was typed.

Sizes and places are in points, y downwards. A blank that justification made is none; one that was typed is kept.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from gk_xl.sources.document import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_RADICALS: Final = dict(
    zip(
        "⼾⺁⺄⺆⺋⺌⺎⺓⺕⺝⺟⺠⺢⺦⺧⺩⺪⺫⺬⺮⺯⺱⺶⺷⺹⺼⺾⻁⻂⻃⻄⻅⻆⻈⻉⻋⻐⻑⻒⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻯⻰⻳",
        "户厂乙冂㔾小尢幺彐月母民水丬牛王疋罒示竹糸罓羊羊老肉艹虎衤覀西见角讠贝车钅镸镸长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿竜龙龟",
        strict=True,
    )
)
"""Signs of CJK Radicals Supplement → the characters of the same shape: a font has one glyph for both, and some producers
(Skia) name it by the radical."""

WIDE: Final = 1.5
"""Ems between two characters that no justification makes."""
_OVER: Final = 0.2
"""Points by which a blank that was typed may reach over the character behind it."""
_BLANK: Final = 0.1
"""Ems from one blank to another that is the same, at most."""
_AGAIN: Final = 0.6
"""The part of its width by which a character is moved that is printed twice, at most: the two of 11 are small, not bold."""
_WORD_GAP: Final = 0.18
_PROSE: Final = frozenset("，。；")
"""Marks of a sentence."""


@lru_cache(maxsize=8192)
def as_typed(text: str) -> str:
    """Return a glyph's text as it was typed: radicals as characters, ligatures apart, no control characters."""
    shown = []
    for sign in text:
        if sign in _RADICALS:
            shown.append(_RADICALS[sign])
        elif (
            sign in "\u2329\u232a"
            or 0x2F00 <= ord(sign) <= 0x2FDF
            or 0xFB00 <= ord(sign) <= 0xFB06
            or 0xF900 <= ord(sign) <= 0xFAFF
        ):
            shown.append(unicodedata.normalize("NFKC", sign))
        elif unicodedata.category(sign) not in ("Cc", "Cf", "Cs"):
            shown.append(sign)
    return "".join(shown).replace("\u00a0", " ")


@dataclass(frozen=True, slots=True)
class Sign:
    """One printed character."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    upright: bool = True
    clip: tuple[float, float] | None = None
    """From where to where it would be seen: the sides of the cell that cuts its text."""

    @property
    def centre(self) -> tuple[float, float]:
        """The point that tells in which cell it stands."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def moved(self, right: float) -> Sign:
        """Return it so far to the right."""
        if not right:
            return self
        clip = self.clip and (self.clip[0] + right, self.clip[1] + right)
        return replace(self, x0=self.x0 + right, x1=self.x1 + right, clip=clip)

    def scaled(self, times: float) -> Sign:
        """Return it so many times as large, on a page that is so, too."""
        places = {name: getattr(self, name) * times for name in ("x0", "x1", "top", "bottom", "size")}
        clip = self.clip and (self.clip[0] * times, self.clip[1] * times)
        return replace(self, clip=clip, **places)


@dataclass(frozen=True, slots=True)
class Row:
    """One printed line: its characters from left to right, blanks at its ends left out."""

    signs: tuple[Sign, ...]

    @property
    def x0(self) -> float:
        """The left end."""
        return self.signs[0].x0

    @property
    def x1(self) -> float:
        """The right end."""
        return self.signs[-1].x1

    @property
    def top(self) -> float:
        """The upper edge."""
        return min(sign.top for sign in self.signs)

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return max(sign.bottom for sign in self.signs)

    @property
    def size(self) -> float:
        """The usual size of its characters."""
        return median(sign.size for sign in self.signs)

    @property
    def text(self) -> str:
        """The line as it was typed."""
        return text_of(self.signs)


def signs_of(chars: Iterable[dict[str, Any]], *, all_drawn: bool = False) -> list[Sign]:
    """Return pdfplumber's characters; one printed twice is one, unless all that was drawn is asked for.

    It may be printed so to look bold, or on two pages that are one sheet: then each shows a part of its text.
    """
    places: dict[tuple[str, int, int], list[int]] = {}
    drawn: list[Sign] = []
    for char in chars:
        text = UNREADABLE if is_unknown(char) else as_typed(char["text"])
        if not text or char["size"] <= 0:
            continue
        x, y = round(char["x0"]), round(char["top"])
        near = (at for dx in (-1, 0, 1) for dy in (-1, 0, 1) for at in places.get((text, x + dx, y + dy), ()))
        apart = _BLANK * char["size"] if text == " " else _AGAIN * (char["x1"] - char["x0"])
        again = None if all_drawn else next((at for at in near if abs(drawn[at].x0 - char["x0"]) <= apart), None)
        clip = char.get("clip")
        if again is None:
            box = (char["x0"], char["x1"], char["top"], char["bottom"])
            places.setdefault((text, x, y), []).append(len(drawn))
            drawn.append(Sign(text, *box, char["size"], char["upright"], clip))
        elif clip and (seen := drawn[again].clip):
            drawn[again] = replace(drawn[again], clip=(min(seen[0], clip[0]), max(seen[1], clip[1])))
    return drawn


def rows_of(signs: Iterable[Sign]) -> list[Row]:
    """Return the printed lines, top to bottom: characters whose middles lie within one another's height."""
    rows: list[list[Sign]] = []
    for sign in sorted(signs, key=lambda one: (one.centre[1], one.x0)):
        for row in reversed(rows[-3:]):
            middle = row[0].centre[1]
            if abs(sign.centre[1] - middle) <= 0.45 * max(sign.size, row[0].size) and sign.text:
                row.append(sign)
                break
        else:
            rows.append([sign])
    found = []
    for row in rows:
        ordered = sorted(row, key=lambda one: one.x0)
        while ordered and not ordered[-1].text.strip():
            ordered.pop()
        while ordered and not ordered[0].text.strip():
            ordered.pop(0)
        if ordered:
            found.append(Row(tuple(ordered)))
    return sorted(found, key=lambda row: (row.top, row.x0))


def segments(row: Row) -> list[tuple[Sign, ...]]:
    """Return a line's pieces that wide gaps or several blanks part."""
    parts: list[list[Sign]] = [[]]
    for sign in row.signs:
        if not sign.text.strip():
            continue
        last = parts[-1][-1] if parts[-1] else None
        if last is not None and sign.x0 - last.x1 > WIDE * 0.6 * max(sign.size, last.size):
            parts.append([])
        parts[-1].append(sign)
    return [tuple(part) for part in parts if part]


def text_of(signs: Sequence[Sign]) -> str:
    """Return characters of one line as they were typed."""
    spread, prose = _is_spread(signs), any(sign.text in _PROSE for sign in signs)
    shown: list[str] = []
    last: Sign | None = None
    for number, sign in enumerate(signs):
        if not sign.text.strip():
            following = next((later for later in signs[number + 1 :] if later.text.strip()), None)
            # below an underline, blanks are drawn into the gap that is set between Chinese and digits
            drawn = following is not None and sign.x1 > following.x0 + _OVER
            if not spread and not drawn:
                shown.append(sign.text)
            continue
        if last is not None and shown and shown[-1].strip():
            gap = (sign.x0 - last.x1) / max(sign.size, last.size, 1)
            words = last.text[-1].isascii() and sign.text[0].isascii() and (last.text + sign.text).isalnum()
            if (gap > WIDE and not (prose and _is_counted(last, signs[number:]))) or (words and gap > _WORD_GAP):
                shown.append(" ")
        shown.append(sign.text)
        last = sign
    return "".join(shown).strip()


def _is_counted(last: Sign, signs: Sequence[Sign]) -> bool:
    """Return whether characters behind a Chinese one begin with a number and what it counts: 84件, or end with the number.

    In a sentence no blank stands before it; the text that is laid behind a scan is narrower than its picture.
    """
    gap, end = WIDE * last.size, 0
    while end < len(signs) and signs[end].text.isdecimal() and (not end or signs[end].x0 - signs[end - 1].x1 < gap):
        end += 1
    near = end == len(signs) or (is_cjk(signs[end].text[0]) and signs[end].x0 - signs[end - 1].x1 < gap)
    return end > 0 and "\u4e00" <= last.text[-1] <= "\u9fff" and near


def _is_spread(signs: Sequence[Sign]) -> bool:
    """Return whether blanks only spread the characters of a line: 公 开 年 报."""
    inked = [index for index, sign in enumerate(signs) if sign.text.strip()]
    pairs = [
        later - earlier > 1
        for earlier, later in pairwise(inked)
        if is_cjk(signs[earlier].text[-1]) and is_cjk(signs[later].text[0])
    ]
    return len(pairs) >= 2 and sum(pairs) > 0.6 * len(pairs)


def is_cjk(sign: str) -> bool:
    """Return whether a character is Chinese, or a mark as wide as one."""
    return "\u2e80" <= sign <= "\u9fff" or "\uff00" <= sign <= "\uffef" or sign >= "\U00020000" or sign in "“”‘’…—·〇"


def joined(first: str, second: str) -> str:
    """Return two lines of one paragraph as it was typed: words of Latin letters are parted by the blank that wrapped."""
    if not first or not second:
        return first + second
    parted = first[-1].isascii() and second[0].isascii() and first[-1].isalpha() and second[0].isalpha()
    return first + (" " if parted else "") + second


def is_unknown(char: Mapping[str, Any]) -> bool:
    """Return whether the file gives no text for a character,."""
    text = char["text"]
    return bool(text.startswith("(cid:")) or text == UNREADABLE
