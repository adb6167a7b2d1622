"""Comparing what a source prints with the labels of the form: spacing, punctuation, slips, cuts.

The labels come from the edition's grid; nothing is retyped here.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.checks.entries import chinese_number
from gk_xl.sources.head_units import is_unit_alone, money_in, printed_names, without_unit
from gk_xl.sources.traditional import TABLE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from gk_xl.form.schema import GridCell

REMEMBERED: Final = 4096
"""So many texts are compared with the labels once only."""
SPACES: Final = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]+")
NARROW: Final = {0xFF10 + digit: str(digit) for digit in range(10)}
"""Digits of full width → those of ASCII."""
_PUNCTUATION: Final = NARROW | str.maketrans(
    {
        "（": "(", "）": ")", "﹙": "(", "﹚": ")", "，": ",", "、": ",", "：": ":", "；": ";",
        "．": ".", "。": ".", "／": "/", "︵": "(", "︶": ")", "︐": ",", "︑": ",", "︓": ":", "︔": ";", "︒": ".",
        "“": '"', "”": '"', "„": '"', "〝": '"', "〞": '"', "‘": "'", "’": "'",
        **{chr(code): chr(simple) for code, simple in TABLE.items()},
    }
)  # fmt: skip
_ORDINAL: Final = re.compile(
    r"(?:\((?P<inner>[一二三四五六七八九十]{1,3}|\d{1,2})\)[.,:]?|(?P<plain>[一二三四五六七八九十]{1,3}|\d{1,2})[.,:)])"
)
_DIGITS: Final = re.compile(r"\d+(?:\.\d+)?")
_SHORT: Final = 100
_SIGNS: Final = str.maketrans(
    {
        **{chr(0x2460 + n): f"{n + 1}." for n in range(20)},  # ①
        **{chr(0x2474 + n): f"({n + 1})" for n in range(20)},  # ⑴
        **{chr(0x2488 + n): f"{n + 1}." for n in range(20)},  # ⒈
        **{chr(0x3220 + n): f"({sign})" for n, sign in enumerate("一二三四五六七八九十")},  # ㈠
    }
)
"""Ordinals that are one sign."""
_FOOTNOTE: Final = re.compile(
    r"(?<=[\u4e00-\u9fff)])(?:[①-⑳⑴-⒇*※★#†‡]|\[注?\d{0,2}\]|\(注\d{0,2}\)|注\d{0,2}|\[续\]|\(续表?\))+$|^\((?:续|续?接?上页|接前页)\)"
)
"""Marks of notes that hang on a label, and of one that goes on from the page before."""
_EQUAL: Final = (("其它", "其他"), ("合计", "总计"))
"""Words that say the same."""
_GLUED: Final = re.compile(r"\(?(?:19|20)\d\d年?(?:度)?\)|\d+(?:\.\d+)?$")


def bare(text: str) -> str:
    """Return a text without any white space, zero-width characters included."""
    return SPACES.sub("", text)


def fold(text: str) -> str:
    """Return a text without white space, with the punctuation and digits that are typed in two widths made one."""
    return _folded(text) if len(text) <= _SHORT else bare(text).translate(_PUNCTUATION)


@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    """Return the same of a text as short as labels are, which comes again and again.

    Ordinals of one sign are written out, the mark of a note at its end is gone, words that say the same are one; a label
    of the form that names another unit than the form does, or none there, is the form's.
    """
    shown = _plainly(text)
    if shown.isascii():
        return shown
    stem = without_unit(shown)
    return shown if stem == shown else printed_names(_plainly).get(stem, shown)


def _plainly(text: str) -> str:
    """Return a label in one writing, with the unit that it names."""
    shown = bare(text).translate(_PUNCTUATION)
    if shown.isascii():
        return shown
    plain = _FOOTNOTE.sub("", shown)
    shown = (plain if len(plain) > 1 else shown).translate(_SIGNS)
    for other, own in _EQUAL:
        shown = shown.replace(other, own)
    return shown


def is_unit(text: str) -> bool:
    """Return whether a text is a unit and nothing else: 单位：万元, （件）."""
    return len(text) <= _SHORT and is_unit_alone(_plainly(text))


def money_named(labels: Iterable[str]) -> str:
    """Return the unit of money that the labels over and beside a number name, as they are printed; several with 或."""
    return money_in(_plainly(label) for label in labels if len(label) <= _SHORT)


@lru_cache(maxsize=4096)
def split_ordinal(folded: str) -> tuple[int | None, str]:
    """Split a folded label into its ordinal (一, (一) 1. → 1) and its body; None when it has no ordinal."""
    match = _ORDINAL.match(folded)
    if match is None:
        return None, folded
    number = match["inner"] or match["plain"]
    value = int(number) if number.isdigit() else chinese_number(number)
    return (int(value), folded[match.end() :]) if value is not None else (None, folded)


@lru_cache(maxsize=65536)
def likeness(left: str, right: str) -> float:
    """Return how alike two texts are, from 0 to 1 (twice the characters in common, over both lengths)."""
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= 0.5 and matcher.quick_ratio() >= 0.5 else 0.0


class Kind(IntEnum):
    """How a text agrees with a label, weakest first."""

    FRAGMENT = 1
    CUT = 2
    ALIKE = 3
    GLUED = 4
    EXACT = 5


@dataclass(frozen=True, slots=True)
class Match:
    """A text recognised as the label at ``index`` of the grid's labels; ``body`` where it has no ordinal and that one has."""

    index: int
    label: GridCell
    kind: Kind
    score: float
    glued: str = ""
    body: bool = False


class LabelBook:
    """The labels of one table in printed order, to be looked up by what a source prints."""

    def __init__(self, grid: Sequence[GridCell]) -> None:
        self.labels = tuple(item for item in grid if item.cell is None)
        self.folded = tuple(fold(item.text) for item in self.labels)
        self.parts = tuple(split_ordinal(text) for text in self.folded)
        bodies = {body for _, body in self.parts}
        self.ends = Counter(body[at:] for body in bodies for at in range(1, len(body)))
        self.longest = max(map(len, self.folded))
        self.exact: dict[str, list[int]] = {}
        self.near: dict[str, list[Match]] = {}
        for index, (whole, (_, body)) in enumerate(zip(self.folded, self.parts, strict=True)):
            for text in {whole, body}:
                self.exact.setdefault(text, []).append(index)

    def best(self, text: str, after: int = -1, but: Collection[int] = ()) -> Match | None:
        """Return the label that a text means, None when it is none.

        Among equals (“总计”, “其他”, “本年新…”) the first one after the label at index ``after`` is meant: labels
        follow one another as printed. What is left of a label is not one of those ``but`` where it may be another.
        """
        folded = fold(text)
        if not folded or len(folded) > 2 * self.longest:
            return None
        if folded in self.exact:
            equal = self.exact[folded]
            index = next((number for number in equal if number > after), equal[0])
            return Match(index, self.labels[index], Kind.EXACT, 1.0, body=folded != self.folded[index])
        found = self._near(folded)
        if not found:
            return None
        top = max(match.score for match in found)
        equals = [match for match in found if match.score >= top - 0.001]
        equals = [match for match in equals if match.index not in but] or equals
        return next((match for match in equals if match.index > after), equals[0])

    def head_like(self, match: Match) -> Match:
        """Return, for the label of a row that a head is called as well (其他), the head; among heads that is meant."""
        if not match.body:
            return match
        equal = self.exact[self.parts[match.index][1]]
        index = next((number for number in equal if self.labels[number].head), match.index)
        return Match(index, self.labels[index], Kind.EXACT, 1.0)

    def cut(self, text: str) -> list[str] | None:
        """Return the labels and numbers that a text without any blank runs together; None for less than two labels."""
        if SPACES.search(text.strip()):
            return None
        folded, pieces, at = fold(text), list[str](), 0
        shown = bare(text)
        if len(shown) != len(folded):
            return None
        while at < len(folded):
            ends = range(min(len(folded), at + self.longest), at + 1, -1)
            end = next((end for end in ends if folded[at:end] in self.exact), 0)
            number = _DIGITS.match(folded, at)
            end = end or (number.end() if number else 0)
            if not end:
                return None
            pieces.append(shown[at:end])
            at = end
        return pieces if sum(not piece[0].isdigit() or fold(piece) in self.exact for piece in pieces) > 1 else None

    def _near(self, folded: str) -> list[Match]:
        """Return the labels that a text which is none of them comes near to; the last few thousand are remembered."""
        found = self.near.get(folded)
        if found is None:
            ordinal, body = split_ordinal(folded)
            glued = _GLUED.search(body)
            alone = (_GLUED.sub("", body), glued.group()) if glued else ("", "")
            stem = without_unit(body)
            own = [without_unit(own) if stem != body else own for _, own in self.parts]
            found = [m for i in range(len(own)) if (m := self._compare(i, own[i], ordinal, stem, *alone)) is not None]
            if len(self.near) >= REMEMBERED:
                self.near.clear()
            self.near[folded] = found
        return found

    def _compare(
        self, index: int, own_body: str, ordinal: int | None, body: str, alone: str, glued: str
    ) -> Match | None:
        """Compare a text that is no label with one: with digits glued on, alike, cut short, or a piece of it.

        ``alone`` is the text without the digits ``glued`` on; both are empty where it has none. The bodies of both are
        without their units where the text has one.
        """
        label, own_ordinal = self.labels[index], self.parts[index][0]
        if body == own_body:
            # A wrong ordinal is a slip; an ordinal where the form has none (“3.其他”, “总计”) is another label.
            return Match(index, label, Kind.ALIKE, 0.9) if own_ordinal is not None else None
        if glued and alone == own_body:
            return Match(index, label, Kind.GLUED, 0.95, glued)
        shorter, longer = sorted((len(body), len(own_body)))
        if shorter >= 4 and 5 * shorter >= 3 * longer:  # no others are alike by 0.75
            same = ordinal is not None and ordinal == own_ordinal
            ratio = likeness(body, own_body)
            if ratio >= (0.75 if same else 0.8):
                clash = ordinal is not None and own_ordinal is not None and not same
                return Match(index, label, Kind.ALIKE, ratio * (0.85 if clash else 0.94))
        if ordinal in (None, own_ordinal) and len(body) >= 3 and own_body.startswith(body):
            return Match(index, label, Kind.CUT, 0.7)
        if ordinal is None and len(body) >= 3 and own_body.endswith(body) and self.ends[body] == 1:
            return Match(index, label, Kind.CUT, 0.65)  # a row too low for its label shows the last line of it
        if ordinal is None and len(body) >= 2 and body in own_body:
            return Match(index, label, Kind.FRAGMENT, 0.5)
        return None
