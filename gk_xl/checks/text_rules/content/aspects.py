"""The five aspects of 一、总体情况 (X-13), and where a sentence belongs among them.

An aspect may have a heading of its own (（一） 1. 一是, a short line, a run-in name), also inside a sentence; it may be
written without one; or not at all. Each is told apart: only what is nowhere written is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol

from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.sentences import read
from gk_xl.checks.text.tokens import KEPT
from gk_xl.checks.text_rules.against_tables.figures import said
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.finding import Severity
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Collection, Iterator, Sequence

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.sentences import Paragraph, Sentence
    from gk_xl.form.filing import Filing
    from gk_xl.form.finding import Finding

_WORDS: Final = Words(__file__)

_NUMERALS: Final = "一二三四五六七八九十"
_SHORT_HEAD: Final = 20
_HEADING_WORDS: Final = 34


_COUNTED: Final = "依申请公开"
"""The aspect that is written wherever the text tells of applications: 当年新到105件，办结108件."""


@dataclass(frozen=True, slots=True)
class Part:
    """An aspect that has a heading: its number among the five, the sentence, how much text follows, its level."""

    number: int
    sentence: Sentence
    length: int
    level: str
    sure: bool


@dataclass(frozen=True, slots=True)
class _Head:
    """What may be a heading: where it stands, its words, the mark of its level, and what follows it in its sentence."""

    at: int
    sentence: Sentence
    words: str
    level: str
    behind: int


class _Maker(Protocol):
    """Makes a finding of the rule from what is wrong."""

    def __call__(self, problem: str, severity: Severity | None = None, at: Sentence | None = None) -> Finding: ...


def _heads(sentences: Sequence[Sentence]) -> Iterator[_Head]:
    """Yield what may be a heading: a sentence with an ordinal, a short first line, 一是 inside a sentence."""
    for at, sentence in enumerate(sentences):
        for words, level, behind in _headings(sentence.ordinal, sentence.body, first=sentence.first):
            yield _Head(at, sentence, words, level, behind)


@lru_cache(maxsize=KEPT)
def _headings(ordinal: str, text: str, *, first: bool) -> tuple[tuple[str, str, int], ...]:
    """Return the words, level and following length of what may be headings in a sentence; ``first``: of its paragraph."""
    body, *rest = _WORDS.run_in.split(text) if "是" in text else [text]
    words, found = _words(body), []
    if first and (lead := _WORDS.bracketed.match(text)):
        found.append((lead[1], "【", len(text) - len(lead[0])))
    short = first and len(words) <= (16 if len(words) < len(body.rstrip("。")) else 12)
    if ordinal or (short and not _WORDS.tells.match(body, 0, len(words) + 1)):
        found.append((words[:_HEADING_WORDS], _level(ordinal), len(body) - len(words)))
    for piece in rest:
        words = _words(piece[2:])
        found.append((words[:_HEADING_WORDS], "是", len(piece) - 2 - len(words)))
    return tuple(found)


def _words(body: str) -> str:
    """Return the words of a heading: a short sentence whole (突出重点，主动公开), else up to the first comma."""
    words = _WORDS.head_end.split(body, maxsplit=1)[0]
    return words if len(words) <= _SHORT_HEAD else words.partition("，")[0]


def _level(ordinal: str) -> str:
    """Return the level of an ordinal: （ for （一）, 1, 是 for 一是 and 第一, empty without one; 【 is that of 【平台建设】."""
    if ordinal.startswith("（"):
        return "1" if ordinal[1].isdigit() else "（"
    if _WORDS.said.match(ordinal) or ordinal.startswith("第"):
        return "是"
    return "1" if ordinal[:1].isdigit() else ordinal[-1:]


@lru_cache(maxsize=256)
def _aspect_of(words: str, level: str, names: tuple[str, ...]) -> tuple[int, int]:
    """Return which aspect a heading names, -1 for none, and how surely: 3 by its name, 2 by strong words, 1 by weak ones."""
    scores = []
    for number, name in enumerate(names):
        strong, weak = (_WORDS.table(kind).get(name) for kind in ("strong", "weak"))
        if name in words:
            score = 3
        elif strong is None or weak is None:
            score = 0
        elif strong.search(words):
            score = 2
        else:
            score = 1 if level != "" and len(words) <= 16 and weak.search(words) else 0
        scores.append((score, number))
    best = max(scores, key=lambda item: item[0])
    return (best[1], best[0]) if best[0] else (-1, 0)


@lru_cache(maxsize=8)
def parts_of(paragraphs: tuple[Paragraph, ...], names: tuple[str, ...]) -> tuple[Part, ...]:
    """Return the aspects that have a heading, in the order of the text; the last few texts are remembered."""
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph.sentences]
    heads = [(head, *_aspect_of(head.words, head.level, names)) for head in _heads(sentences)]
    # Where headings with （一） name aspects, run-in words such as 文件管理 at the head of a paragraph are none of theirs.
    best: dict[int, tuple[tuple[bool, int], int]] = {}
    for index, (head, number, score) in enumerate(heads):
        rank = (head.level == "（", score)
        if number >= 0 and (number not in best or rank > best[number][0]):
            best[number] = (rank, index)
    chosen = {index: number for number, (_, index) in best.items()}
    found = []
    for index, (head, _, score) in enumerate(heads):
        if index in chosen:
            ends = [
                other.at
                for position, (other, _, _) in enumerate(heads[index + 1 :], index + 1)
                if position in chosen or other.level == "（"
            ]
            below = sum(len(item.text) for item in sentences[head.at + 1 : ends[0] if ends else len(sentences)])
            found.append(Part(chosen[index], head.sentence, below + head.behind, head.level, score > 1))
    return tuple(found)


def written_of(name: str) -> re.Pattern[str]:
    """Return the words by which running text tells of an aspect; what matches nothing for an unknown one."""
    return _WORDS.table("written").get(name) or regex(r"(?!)")


@rule_function("aspects.five_parts")
def five_parts(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-13: aspects that are nowhere written, have no heading of their own, an empty one, or are out of order."""
    section = case.edition.section("overview")
    names, heading = section.parts, f"“{section.heading}”"
    paragraphs = case.narrative.part("overview")
    wanted = "、".join(f"（{_NUMERALS[number]}）{name}" for number, name in enumerate(names))

    def finding(problem: str, severity: Severity | None = None, at: Sentence | None = None) -> Finding:
        return rule.finding(
            {"problem": problem, "wanted": wanted},
            (),
            severity=severity,
            excerpt=at.excerpt if at else None,
            place=at.place if at else "narrative.overview",
        )

    if not paragraphs:
        yield finding(f"{heading}没有文字", Severity.ERROR)
        return
    in_order = section.in_order
    found = parts_of(paragraphs, names)
    told = (
        {_COUNTED}
        if any(item.sentence.part == "overview" and item.subject.thing == "application" for item in said(case))
        else set()
    )
    yield from _missing(found, names, paragraphs, heading, finding, told=told, in_order=in_order)
    for head, name in _headed_again(paragraphs, names) if len(found) == len(names) - 1 else ():
        yield finding(f"标题“{name}”写了两次", at=head.sentence)
    for part in found:
        if part.length <= 1:
            yield finding(f"“{part.sentence.excerpt}”下面没有文字", None if in_order else Severity.HINT, part.sentence)
    if not in_order:
        return
    extra = [] if len(found) < len(names) else _extra_headings(paragraphs, names)
    if extra:
        yield finding(f"{heading}在五项之外另列了“{'”“'.join(extra)}”", Severity.HINT)
    order = [part.number for part in found if part.level == "（" and part.sure]
    if order != sorted(order):
        yield finding(f"{heading}各项的次序是：{'、'.join(names[number] for number in order)}")


def _missing(
    found: Sequence[Part],
    names: Sequence[str],
    paragraphs: Sequence[Paragraph],
    heading: str,
    finding: _Maker,
    *,
    told: Collection[str],
    in_order: bool,
) -> Iterator[Finding]:
    """Yield, as one finding, what is not written (a warning) and what is written without a heading (a hint).

    ``told``: the aspects of which something was read, in whatever words.
    """
    text = "".join(paragraph.text for paragraph in paragraphs)
    headed = {part.number for part in found}
    absent: list[str] = []
    unnamed: list[str] = []
    for number, name in enumerate(names):
        if number not in headed:
            (unnamed if name in told or written_of(name).search(text) else absent).append(name)
    problems = [
        f"{what}：{'、'.join(listed)}" for what, listed in (("没有写", absent), ("没有单列标题", unnamed)) if listed
    ]
    if problems:
        grave = None if absent and in_order else Severity.HINT
        yield finding(heading + "，".join(problems), grave)


def _headed_again(paragraphs: Sequence[Paragraph], names: Collection[str]) -> Iterator[tuple[_Head, str]]:
    """Yield the headings that are one part's name for a second time on a level: 【监督保障】 over what is 平台建设.

    （二）依申请公开 over 依申请公开方面，…… is one.
    """
    seen: set[tuple[str, str]] = set()
    for head in _heads([sentence for paragraph in paragraphs for sentence in paragraph.sentences]):
        name = _WORDS.behind.sub("", head.words)
        if (head.level, name) in seen:
            yield head, name
        elif head.level and name in names:
            seen.add((head.level, name))


def _extra_headings(paragraphs: Sequence[Paragraph], names: Sequence[str]) -> list[str]:
    """Return the headings （一） of 一 that are none of the parts."""
    found, seen = [], set()
    for head in _heads([sentence for paragraph in paragraphs for sentence in paragraph.sentences]):
        if head.level != "（":
            continue
        number, score = _aspect_of(head.words, head.level, tuple(names))
        if number < 0 or score < 2 or number in seen:
            found.append(head.words[:20])
        else:
            seen.add(number)
    return found


def insertion(filing: Filing, part: str, under: str) -> tuple[int, str]:
    """Return before which paragraph (from 0) a sentence belongs that stands ``under`` a heading, at that heading's end.

    The second item is the heading to put above it, where the text has none: between its neighbours, so that the parts
    come in their order. Without a heading the sentence goes to the end.
    """
    paragraphs = read(filing).part(part)
    names = filing.form.section(part).parts
    if under not in names:
        return len(paragraphs), ""
    number = names.index(under)
    found = parts_of(paragraphs, names)
    for position, item in enumerate(found):
        if item.number == number:
            ends = [other.sentence.paragraph for other in found[position + 1 :]]
            return next((end for end in ends if end > item.sentence.paragraph), len(paragraphs)), ""
    later = next((item.sentence.paragraph for item in found if item.number > number), len(paragraphs))
    return later, f"（{_NUMERALS[number]}）{under}"
