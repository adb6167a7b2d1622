"""Signs beside a number that are none of it: marks of notes (24², 4⑥, 24[1], ※24), and the old number, struck out, before the new.

What is left out is said. A circled figure alone in a cell is the number in it, or the mark of a note: that is asked.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from gk_xl.form.patterns import regex
from gk_xl.sources.document import STRUCK

_STROKE: Final = "\u0336"
_CIRCLED: Final = "①-⒇⓪-⓿❶-➓㈠-㈩㊀-㊉㉈-㉟㊱-㊿"
_BRACKETED: Final = r"[\[［〔【(（](?:\s*注)?(?:\s*[\d①-⑳*※a-z]){0,3}\s*[\]］〕】)）]"
_SIGNS: Final = r"[*＊※☆★#＃†‡§]"
"""Marks; a triangle is none, before an amount it is a minus."""
_BEHIND: Final = regex(
    rf"(?P<number>.*?\d(?:\s*+(?:件|宗|项|条|个|万元|元))?+)\s*+"
    rf"(?P<marks>(?:(?:[⁰¹²³⁴-⁾₀-₎{_CIRCLED}]|{_SIGNS}\d?|{_BRACKETED}|注(?:\s?[\d一二三四五六七八九]{{1,2}})?|备注\d?)\s*)+)"
)
_BEFORE: Final = regex(
    rf"(?P<marks>(?:{_SIGNS}{{1,3}}|[\[［〔【(（]\s*注\s*[\d①-⑳]{{0,2}}\s*[\]］〕】)）])\s*)(?P<number>\d.*)"
)
_STRUCK: Final = regex("(?P<marks>(?:[^\\s\u0336]\u0336\\s*)+)(?P<number>[^\u0336]+)")
_STRUCK_BEHIND: Final = regex("(?P<number>[^\u0336]*\\d)\\s*(?P<marks>(?:[^\\s\u0336]\u0336\\s*)+)")
_STRUCK_CELL: Final = regex(rf"(?P<marks>{STRUCK}\s*\S+)\s+(?P<number>\S+)")
_ALONE: Final = re.compile(rf"[{_CIRCLED}]")


class Unmarked(NamedTuple):
    """A text without the marks beside its number, and these."""

    text: str
    marks: str


def unmarked(text: str) -> Unmarked:
    """Return what is left of a text that is a number with marks beside it; the text itself where none are."""
    marks = []
    for way in (_STRUCK, _STRUCK_BEHIND, _STRUCK_CELL, _BEHIND, _BEFORE):
        if (match := way.fullmatch(text)) is not None:
            marks.append(match["marks"].strip())
            text = match["number"].strip()
    return Unmarked(text, "、".join(marks))


def circled(text: str) -> int | None:
    """Return the number in the one circled figure that a text is; None for any other text."""
    return int(unicodedata.numeric(text)) if _ALONE.fullmatch(text) else None


def is_struck(marks: str) -> bool:
    """Return whether what was left out was struck out."""
    return STRUCK in marks or _STROKE in marks
