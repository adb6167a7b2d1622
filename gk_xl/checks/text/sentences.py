"""Narrative → sentences, each with its place, the heading it stands under, and a folded text to search in.

Folding makes searching simple and never touches what is quoted: white space goes, digits, letters, ％ and brackets
become one width each, thousands separators go. ``raw`` is the sentence as written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import inf
from typing import TYPE_CHECKING, Final

from gk_xl.checks.entries import FULL_WIDTH
from gk_xl.checks.text.in_figures import in_figures
from gk_xl.checks.text.tokens import KEPT, clauses, counts
from gk_xl.form.demands import RUN, held_by, met_by, needs_of, one_of
from gk_xl.form.load import NARRATIVE
from gk_xl.form.needed import DIGIT
from gk_xl.form.patterns import demand_of, regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.checks.text.tokens import Clause, Count
    from gk_xl.form.demands import Demand
    from gk_xl.form.filing import Filing

LONGEST_EXCERPT: Final = 120
FEW: Final = 3
"""Of fewer sentences it is not worth asking which may hold what is sought."""
LONGEST_SENTENCE: Final = 1000
"""What runs on for longer without 。 is read in pieces, so that the time a text takes grows with its length only."""

_MARKS: Final = {ord(half): full for half, full in zip(";?!()", "；？！（）", strict=True)}
_BLANKS: Final = " \t\r\n\v\f\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff"
_FOLD: Final = FULL_WIDTH | _MARKS | dict.fromkeys(map(ord, _BLANKS), None)
_FOLDED: Final = regex(f"[{''.join(re.escape(chr(code)) for code in _FOLD)}]")
"""What most sentences have nothing of."""
_GROUPS: Final = regex(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?![\d,])")
_COMMA: Final = regex(r",(?!\d)|(?<!\d),")
_COLON: Final = regex(r"(?<=[\u4e00-\u9fff”》）]):(?!//)|:(?=[\u4e00-\u9fff“《（])")
_END: Final = regex(r"(?<=[。！？\n])(?![”’）》」])")
_ORDINAL: Final = regex(
    r"(?P<ordinal>（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、|（\d{1,2}）|\d{1,2}[.、](?!\d)|"
    r"[一二三四五六七八九十]是|第[一二三四五六七八九十]，|[①-⑩])、?"
)
_MARK: Final = regex(r"[。，：；（]")
_QUOTED: Final = regex(
    r"《[^《》]*》|“(?!零复议|零诉讼|三安全一稳定”|[^“”\d]{2,16}”(?:类|的|有|共|为|申请|达到?|计|仅|只有|情形|处理|告知|答复){0,3}\d+[件宗])[^“”]*”|「[^「」]*」|‘[^‘’]*’"
)
_ENDLESS: Final = regex(r"\d{20,}(?:\.\d*)?")
"""More digits than any number of a report has, identity numbers and bank cards included: nothing is reckoned with them."""


FIGURE: Final = regex(r"\d")
"""What a sentence has that is to be reckoned with, in figures."""
COUNTING: Final = regex(r"[\d零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]")
"""What a sentence has that counts anything."""


@lru_cache(maxsize=KEPT)
def fold(text: str) -> str:
    """Return a text in the width and without the white space that the patterns of this package expect."""
    folded = text.translate(_FOLD) if _FOLDED.search(text) else text
    if "," in folded:
        folded = _COMMA.sub("，", _GROUPS.sub(lambda match: match[0].replace(",", ""), folded))
    folded = _ENDLESS.sub("□", folded)
    return _COLON.sub("：", folded) if ":" in folded else folded


@lru_cache(maxsize=KEPT)
def masked(text: str) -> str:
    """Return a text whose titles and quotations (《…》 “…”) are blotted out, length kept."""
    return _QUOTED.sub(lambda match: "□" * len(match[0]), text)


def shortened(text: str) -> str:
    """Return a sentence as a message quotes it."""
    text = text.strip().strip("\u3000")
    return text if len(text) <= LONGEST_EXCERPT else text[: LONGEST_EXCERPT - 1] + "…"


@lru_cache(maxsize=KEPT)
def _pieces(raw: str) -> tuple[str, ...]:
    """Return a paragraph's sentences; one that runs on too long in pieces, cut behind a mark where it has one."""
    return tuple(_cut(raw))


def _cut(raw: str) -> Iterator[str]:
    """Yield the sentences one by one."""
    for piece in _END.split(raw):
        rest = piece
        while len(rest) > LONGEST_SENTENCE:
            cut = max(rest.rfind(mark, 1, LONGEST_SENTENCE) for mark in "；，;,、") + 1 or LONGEST_SENTENCE
            yield rest[:cut]
            rest = rest[cut:]
        yield rest


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence: its part and paragraph (0-based), as written, folded; ``heading`` is what it stands under."""

    part: str
    paragraph: int
    raw: str
    text: str
    heading: str
    first: bool  # of its paragraph

    @cached_property
    def place(self) -> str:
        """The paragraph as findings name it, counted from 1: ``narrative.overview.3``."""
        return f"narrative.{self.part}.{self.paragraph + 1}"

    @property
    def excerpt(self) -> str:
        """The sentence as findings quote it."""
        return shortened(self.raw)

    @cached_property
    def masked(self) -> str:
        """The folded text with titles and quotations blotted out."""
        return masked(self.text)

    @cached_property
    def figures(self) -> str:
        """The masked text with numbers that are written in characters as figures."""
        return in_figures(self.masked)

    @property
    def every_way(self) -> str:
        """The sentence in all the ways in which it is searched, one behind the other: whatever is found in one of them needs its characters."""
        ways = (
            self.text,
            self.raw if self.raw != self.text else "",
            self.figures if self.figures is not self.masked else "",
        )
        return "".join(ways)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses of the masked text."""
        return clauses(self.masked)

    @cached_property
    def counts(self) -> tuple[Count, ...]:
        """The counts in the masked text."""
        return counts(self.masked)

    @property
    def ordinal(self) -> str:
        """The ordinal that the sentence begins with, empty when there is none."""
        return _parted(self.text)[0]

    @property
    def body(self) -> str:
        """The folded text behind the ordinal."""
        return _parted(self.text)[1]


@dataclass(frozen=True, eq=False)
class Paragraph:
    """One paragraph: its part and index (0-based), as written, and its sentences."""

    part: str
    index: int
    raw: str
    sentences: tuple[Sentence, ...]

    @property
    def place(self) -> str:
        """The paragraph as findings name it, counted from 1."""
        return f"narrative.{self.part}.{self.index + 1}"

    @cached_property
    def text(self) -> str:
        """The folded text of the whole paragraph."""
        return "".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, eq=False)
class Narrative:
    """The narrative of one filing, read once for all rules."""

    paragraphs: tuple[Paragraph, ...]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order."""
        return tuple(sentence for paragraph in self.paragraphs for sentence in paragraph.sentences)

    @cached_property
    def _holding(self) -> dict[str, int]:
        """The sentences that hold each character, as written, folded or in figures, a bit a sentence."""
        return held_by([item.every_way for item in self.sentences], "□")

    @cached_property
    def _signs(self) -> frozenset[str]:
        """The characters of all the text, as written and folded; blanks may stand between its sentences, figures run on."""
        held = frozenset(_BLANKS).union([sign for sign, which in self._holding.items() if which])
        return held | {RUN} if DIGIT in held else held

    def may_hold(self, pattern: re.Pattern[str]) -> bool:
        """Return whether the text, as written or folded, has the characters that a pattern needs, wherever they stand."""
        return not any(map(self._signs.isdisjoint, _needs(pattern)))

    def before(self, sentence: Sentence, most: int) -> str:
        """Return the last characters of what stands before a sentence in its paragraph, masked, in figures."""
        told = ""
        for other in self._in_paragraph[sentence.part, sentence.paragraph]:
            if other is sentence:
                break
            told += other.figures
        return told[-most:]

    @cached_property
    def _in_paragraph(self) -> dict[tuple[str, int], tuple[Sentence, ...]]:
        return {(item.part, item.index): item.sentences for item in self.paragraphs}

    def bearing(self, *wanted: re.Pattern[str] | str) -> Sequence[Sentence]:
        """Return, in order, the sentences in which one of some patterns can be found, or that hold all characters of a word.

        All others lack characters that are needed, whether they are searched as written, folded, masked or in figures: a
        rule that looks at these alone finds what a look at every sentence finds.
        """
        if len(self.sentences) < FEW:
            return self.sentences
        every = (1 << len(self.sentences)) - 1
        patterns = tuple(item for item in wanted if not isinstance(item, str))
        which = met_by(_asked(patterns), self._holding, every) if patterns else 0
        for word in wanted if len(patterns) < len(wanted) else ():  # the unit's own, for the most part
            which |= met_by(word, self._holding, every) if isinstance(word, str) else 0
        if which == every:
            return self.sentences
        found = []
        while which:
            lowest = which & -which
            found.append(self.sentences[lowest.bit_length() - 1])
            which ^= lowest
        return found

    @cached_property
    def whole(self) -> str:
        """The folded text of all parts, a line a paragraph: to see at once whether a pattern occurs at all."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @cached_property
    def raw(self) -> str:
        """The text of all parts as written, a line a paragraph."""
        return "\n".join(paragraph.raw for paragraph in self.paragraphs)

    @property
    def empty(self) -> bool:
        """Whether there is no text at all: a report imported for its tables only."""
        return not self.sentences

    def part(self, *names: str) -> tuple[Paragraph, ...]:
        """Return the paragraphs of some parts."""
        return tuple(paragraph for paragraph in self.paragraphs if paragraph.part in names)

    def text(self, *names: str) -> str:
        """Return the folded text of some parts, of all when none is named."""
        if not names:
            return self.whole
        return "".join(item.text for item in self.paragraphs if item.part in names)


@lru_cache(maxsize=256)
def _asked(wanted: tuple[re.Pattern[str], ...]) -> Demand:
    """Return what a sentence has in which one of some patterns can be found."""
    return one_of(map(demand_of, wanted), inf)


@lru_cache(maxsize=256)
def _needs(pattern: re.Pattern[str]) -> tuple[frozenset[str], ...]:
    """Return sets of characters, of each of which a text holds one in which a pattern is found."""
    return needs_of(demand_of(pattern))


@lru_cache(maxsize=KEPT)
def _parted(text: str) -> tuple[str, str]:
    """Return the ordinal that a folded text begins with, empty when there is none, and what stands behind it."""
    match = _ORDINAL.match(text)
    return (match["ordinal"], text[match.end() :]) if match else ("", text)


@lru_cache(maxsize=KEPT)
def _heading_of(text: str) -> str | None:
    """Return what a sentence with an ordinal announces: the words up to the first mark, None without an ordinal."""
    ordinal, body = _parted(text)
    return _MARK.split(body, maxsplit=1)[0][:30] if ordinal else None


@lru_cache(maxsize=KEPT)
def _level_of(text: str) -> str:
    """Return the form of the ordinal that a sentence begins with: （一） for （三）, 1. for 2., empty without one."""
    return _NUMBER.sub(lambda match: "1" if match[0].isdecimal() else "一", _parted(text)[0])


_NUMBER: Final = regex(r"\d+|[一二三四五六七八九十①-⑩]+")
_TOPIC: Final = regex(r"公开|申请|管理|建设|保障|处理|复议|诉讼|收费|事项|问题|改进|平台|监督|媒体|网站|培训|留言")
"""What a heading has that says of itself what it is about."""


_LINE: Final = regex(
    r"[\u4e00-\u9fff“”、]{0,14}(?:公开|申请|管理|建设|保障|处理|复议|诉讼|收费|事项|问题|改进|平台)(?:情况|工作|方面|事项)?[。：]?"
)


@lru_cache(maxsize=KEPT)
def _line_of(text: str) -> str:
    """Return what a line without an ordinal announces where it says nothing but a topic: 依申请公开情况; empty where it says more."""
    return text.rstrip("。：") if len(text) <= LONGEST_LINE and _LINE.fullmatch(text) else ""


LONGEST_LINE: Final = 18


@lru_cache(maxsize=8)
def _read(parts: tuple[tuple[str, tuple[str, ...]], ...]) -> Narrative:
    paragraphs = []
    for part, texts in parts:
        heading, level = "", ""
        for index, raw in enumerate(texts):
            sentences: list[Sentence] = []
            for piece in _pieces(raw):
                text = fold(piece)
                if not text:
                    continue
                own, its_level = _heading_of(text) or (_line_of(text) if not sentences else ""), _level_of(text)
                within = level != its_level and _TOPIC.search(heading) and not _TOPIC.search(own)
                if own and not within:  # （4）结转 below 二、依申请公开 is about applications
                    heading, level = own, its_level
                sentences.append(Sentence(part, index, piece.strip(), text, heading, not sentences))
            if sentences:
                paragraphs.append(Paragraph(part, index, raw, tuple(sentences)))
    return Narrative(tuple(paragraphs))


def read(filing: Filing) -> Narrative:
    """Return a filing's narrative as paragraphs and sentences; the last few filings are remembered."""
    return _read(tuple((part, filing.paragraphs(part)) for part in NARRATIVE))
