"""How the text is divided: the preamble's list of parts (X-16), numbering (X-25)."""

from __future__ import annotations

import itertools
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.catalogue import show
from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.sentences import fold
from gk_xl.checks.text.tokens import KEPT
from gk_xl.checks.text_rules.content.aspects import written_of
from gk_xl.checks.text_rules.data import world
from gk_xl.checks.text_rules.wordings import number_of
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.finding import Severity
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Sequence

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.sentences import Paragraph, Sentence
    from gk_xl.form.finding import Finding

_WORDS: Final = Words(__file__)

# ----------------------------------------------------------------

_LISTING: Final = regex(
    r"(?:由|包括|包含|分为|分|内容为|涵盖|从)(?P<list>[^。]{12,400}?)(?:等|共)?(?P<count>[一二三四五六七八九十\d]+|几)?个?(?:部分|方面|部份|大部分|内容)"
)
_HALF: Final = 3
"""Of the aspects so many may stand in a list of the report's parts, too: 主动公开, 依申请公开, 监督保障."""
_LISTING_OPEN: Final = regex(r"(?:全文|报告|年报|主要)[^。，]{0,8}(?:包括|包含|由)(?P<list>[^。]{20,})")


@rule_function("outline.list_of_parts")
def list_of_parts(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-16: the list of parts that the introduction gives is that of the six sections."""
    for sentence in case.narrative.sentences:
        introducing = sentence.part == "preamble" or (sentence.part == "overview" and sentence.paragraph < 2)
        if not introducing or not _WORDS.of_report.search(sentence.text):
            continue
        match = _LISTING.search(sentence.text) or _LISTING_OPEN.search(sentence.text)
        if match is None:
            continue
        listed = match["list"]
        known = [section for section in case.edition.sections if _WORDS.table("sections")[section.id].search(listed)]
        foreign = [name for name in world().foreign_parts if name in listed]
        said = match.groupdict().get("count")
        if sentence.part == "overview" and _of_aspects(case, listed):
            continue
        if len(known) < 2 or (len(known) < 3 and not foreign and not said):
            continue
        problem = _listing_problem(case, match, [section.id for section in known], foreign)
        if problem:
            wanted = "、".join(section.heading.partition("、")[2] for section in case.edition.sections)
            yield rule.at(sentence, {"problem": problem, "wanted": wanted})
            return


def _of_aspects(case: Case, listed: str) -> bool:
    """Return whether a list is of what 一 itself is divided into: 从主动公开、依申请公开、信息管理、平台建设、监督保障五个方面."""
    return sum(written_of(name).search(listed) is not None for name in case.edition.section("overview").parts) > _HALF


def _listing_problem(case: Case, match: re.Match[str], known: list[str], foreign: list[str]) -> str:
    """Return what is wrong with a list of parts: parts that are none, a wrong number, parts left out."""
    sections = case.edition.sections
    if foreign:
        return f"列有“{'”“'.join(foreign[:4])}”，现行格式没有这样的部分"
    said = match.groupdict().get("count")
    number = number_of(said) if said else None
    if number is not None and number != len(sections):
        return f"说有 {show(number)} 个部分，应当是 {len(sections)} 个"
    missing = [section.heading.partition("、")[2] for section in sections if section.id not in known]
    open_list = "等" in match["list"][-3:] or _WORDS.and_so_on.search(match[0])
    nearly = len(missing) == 1 and number == len(sections) and len(known) == len(sections) - 1
    if missing and (nearly or not open_list):
        return f"没有列出“{'”“'.join(missing)}”"
    return ""


# ----------------------------------------------------------------

_MARK: Final = regex(
    r"(?:^|(?<=[，。；：】]))(?:(?P<deep>\d{1,2}\.\d{1,2}[.、]?(?=[\u4e00-\u9fff“《])(?!平台)(?![万亿元倍个千百平公米吨亩年月日件条名起])|\d{1,2}\.\d{1,2}[.、]?(?=平台))"
    r"|(?P<part>[一二三四五六七八九十]{1,2}、(?![二三四五六七八九十]{1,2}、))|(?P<bracket>（[一二三四五六七八九十]{1,3}）)|(?P<figure>\d{1,2}[.、](?!\d(?!\d{3}年|23[146]\d|\d{0,2}[件条名起])))"
    r"|(?P<inner>（\d{1,2}）)|(?P<said>[一二三四五六七八九十]是)|(?P<half>\d{1,2}）)|(?P<ring>[①-⑩])|第(?P<nth>[一二三四五六七八九])(?=[，、])|其(?P<of>[一二三四五六七八九])(?=[，、是]))"
)
"""The ordinal of an item, at a sentence's head or behind a mark; 1.2 is the second item under the first."""
_LEVELS: Final = {"part": "一、", "bracket": "（一）", "figure": "1.", "inner": "（1）", "said": "一是"}
"""The lists within one another, the outermost first."""
_LEVEL: Final = {kind: level for level, kind in enumerate(_LEVELS)}
_RUNS: Final = ("figure", "inner", "half", "ring", "nth")
"""Items of a list inside a paragraph, each kind with a sequence of its own."""
_ANNOUNCEABLE: Final = ("bracket", "inner", "said", "nth", "of", "figure", "ring")


class _Mark(NamedTuple):
    """An ordinal in a text: its kind, number, place, the mark before it, and as it is written."""

    kind: str
    number: int
    start: int
    behind: str
    written: str


@lru_cache(maxsize=KEPT)
def _marks(text: str) -> tuple[_Mark, ...]:
    """Return the ordinals of a folded text."""
    found = []
    for match in _MARK.finditer(text):
        kind, at = match.lastgroup or "", match.start()
        shown = match[kind].strip("（）、.是").rpartition(".")[2]
        number = int(number_of(shown) or unicodedata.numeric(shown))
        found.append(_Mark(kind, number, at, text[at - 1 : at], match[0]))
    return tuple(found)


_HEADING: Final = ("deep", "nth")
"""Ordinals that sentences of several paragraphs begin with, beside those of the lists within one another."""
_ENOUGH: Final = 3
"""So many items, the first two in order, are a list whose next may be found wrong."""


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A sentence with the number that it begins with, of which of the lists within one another, and the mark before it."""

    level: int
    number: int
    sentence: Sentence
    ordinal: str
    behind: str


@rule_function("outline.numbering")
def numbering(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-25: （一） 1. （1） in order without gaps or repeats, no 一、 inside a section, no 1、, no “（二）是”."""
    told: set[Sentence] = set()
    for part in ("overview", "problems", "other_matters"):
        items = [item for paragraph in case.narrative.part(part) for item in _numbered(paragraph)]
        last: dict[int, int] = {}
        said: set[str] = set()
        heading = fold(case.edition.section(part).heading)
        for item in items:
            if fold(item.sentence.raw).startswith(heading):
                continue  # the part's own heading, left in its text
            before = case.narrative.part(part)
            anew = item.number == 1 and _under_another(item, before)
            skipped = "" if anew or _begun_inside(item, before) else _sequence(item, last)
            problem = (_style(item) if item.level else "") or skipped or _style(item)
            for deeper in [level for level in last if level > item.level]:
                del last[deeper]
            last[item.level] = item.number
            kind = _WORDS.figures.sub("", problem)
            if problem and kind not in said:
                said.add(kind)
                told.add(item.sentence)
                alone = sum(other.level == item.level for other in items) == 1 and not _style(item)
                habit = problem == _COMMA.format(item.ordinal) and all(
                    other.ordinal.endswith("、") for other in items if other.level == item.level
                )
                severity = Severity.HINT if alone or habit or "这一级" in problem else None
                yield rule.at(item.sentence, problem, severity=severity)
    for part in ("overview", "problems", "other_matters"):
        for sentence, problem in _headed(case.narrative.part(part)):
            yield rule.at(sentence, problem)
    paragraphs = case.narrative.part("overview", "problems", "other_matters")
    numbered = {sentence.place for sentence in case.narrative.bearing(_MARK)}
    announcing = {sentence.place for sentence in case.narrative.bearing(_ANNOUNCED)}
    unparted = {sentence.place for sentence in case.narrative.bearing(_NEXT)}
    for at, paragraph in enumerate(paragraphs):
        found = _runs(paragraph) if paragraph.place in numbered else ()
        runs = [(sentence, problem) for sentence, problem in found if sentence not in told]
        behind = paragraphs[at + 1 : at + 1 + _MOST_ITEMS]
        counted = miscounted(paragraph, behind) if paragraph.place in announcing else ()
        bare = _unmarked(paragraph) if paragraph.place in unparted else ()
        for sentence, problem in (*counted, *bare, *runs):
            yield rule.at(sentence, problem)


_ANNOUNCED: Final = regex(
    r"(?<![\d一二三四五六七八九十])(?P<said>[二两三四五六七八九])(?:个|大)?(?:主要|突出)?(?P<what>方面|层面|问题|不足|短板|环节|措施|举措|重点|要点|点|[类种条]|项(?:重点|主要|具体|改进)?(?:工作|任务|措施|举措))(?:的?(?:主要|突出)?(?:问题|不足|差距|工作|措施|举措|情况|短板|薄弱环节|信息|内容|渠道|方式))?(?:加以|予以|进行|来)?(?:改进|入手|着手|发力|推进|着力|努力|整改|解决|落实)?(?:(?:政务公开|政府信息公开|信息公开)(?:各项)?(?:工作)?)?[：，。]"
    r"|(?:问题|不足|原因|措施|特点|做法|短板)有(?P<so>[二两三四五六])：|“(?P<quoted>[二两三四五六七八])个[\u4e00-\u9fff]{2,4}”[：，]"
)
_MOST_ITEMS: Final = 10
"""One more than can be announced."""
_AS_FOLLOWS: Final = "如下。"
_FIRST: Final = 10
"""So many characters behind the announcement its first item begins."""


def miscounted(paragraph: Paragraph, behind: Sequence[Paragraph]) -> Iterator[tuple[Sentence, str]]:
    """Yield the sentences that announce another number of items than the list behind them has: 三方面问题：一是……二是…….

    The items may stand in paragraphs of their own, each of which begins with its ordinal.
    """
    text = "".join(sentence.masked for sentence in paragraph.sentences)
    if text.endswith(("：", _AS_FOLLOWS)) or any(match.end() == len(text) for match in _ANNOUNCED.finditer(text)):
        own = itertools.takewhile(
            lambda other: other.part == paragraph.part and other.sentences and _MARK.match(other.sentences[0].masked),
            behind,
        )
        text += "；".join("".join(sentence.masked for sentence in other.sentences) for other in own)
    start = 0
    for sentence in paragraph.sentences:
        for match in _ANNOUNCED.finditer(sentence.text):
            listed: list[int] = []
            first, form = start + match.end(), None
            for item in _marks(text):
                if item.start < first or item.kind not in _ANNOUNCEABLE or item.kind != (form := form or item.kind):
                    continue
                far = item.start > first + _FIRST * (match[0][-1] != "。")
                if item.number == 1 and (listed or (far and not text[first : item.start].endswith(_AS_FOLLOWS))):
                    break
                if listed and item.number <= listed[-1]:  # 对此，将（1）……；（2）……: another list
                    break
                listed.append(item.number)
            many = match["said"] or match["so"] or match["quoted"]
            said = number_of(many)
            if len(listed) > 1 and listed[0] == 1 and len(listed) != said:
                yield sentence, f"说“{match[0][:-1]}”，后面列了 {len(listed)} 条"
        start += len(sentence.masked)


_NEXT: Final = regex(
    r"(?<=[\u4e00-\u9fff\d%”）》])(?<![十百第之前后其这那各中共])(?:(?P<said>[二三四五六七八九])是|第(?P<nth>[二三四五六七八九])，|其(?P<of>[二三四五六七八九])，)(?!非)"
)


def _unmarked(paragraph: Paragraph) -> Iterator[tuple[Sentence, str]]:
    """Yield the sentences with an item of a list that no mark parts from the one before: 共12名三是开展结对帮带."""
    for sentence in paragraph.sentences:
        for match in _NEXT.finditer(sentence.masked):
            kind = match.lastgroup or ""
            number = int(number_of(match[kind]) or 0)
            told = {item.number for item in _marks(paragraph.text) if item.kind == kind}
            if number - 1 in told and number not in told:
                yield sentence, f"序号“{match[0].rstrip('，')}”前面缺了标点"


def _headed(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[Sentence, str]]:
    """Yield the first sentence of a part whose 1.4 does not follow 1.3, or 第四 第三, where three or more begin so."""
    heads: dict[str, list[tuple[_Mark, Sentence]]] = {}
    for sentence in (sentence for paragraph in paragraphs for sentence in paragraph.sentences):
        for item in _marks(sentence.text)[:1]:
            if item.kind in _HEADING and not item.start and (sentence.first or item.kind == "deep"):
                heads.setdefault(item.written.partition(".")[0] if item.kind == "deep" else "", []).append(
                    (item, sentence)
                )
    for items in heads.values():
        at = _out_of_order([item.number for item, _ in items])
        if at is not None:
            (item, sentence), before = items[at], items[at - 1][0]
            yield sentence, f"序号“{item.written}”前面是“{before.written}”，{_how(item.number, before.number)}"


def _runs(paragraph: Paragraph) -> Iterator[tuple[Sentence, str]]:
    """Yield the first sentence of a paragraph with an item that does not follow the one before: 1. 2. 4., ①②④."""
    for kind in _RUNS:
        found = list(_run(paragraph, kind))
        again = (
            at
            for at in range(1, len(found))
            if found[at][0].behind == "；" and found[at][0].number == found[at - 1][0].number
        )
        at = next(again, _out_of_order([item.number for item, _ in found]))
        if at is not None:
            (item, sentence), before = found[at], found[at - 1][0].number
            yield sentence, f"序号“{item.written}”前面是第 {before} 项，{_how(item.number, before)}"
            return


def _run(paragraph: Paragraph, kind: str) -> Iterator[tuple[_Mark, Sentence]]:
    """Yield the items of a kind in a paragraph, each with its sentence; ①的 is no item."""
    for sentence in paragraph.sentences:
        for item in _marks(sentence.masked):
            next_one = sentence.masked[item.start + len(item.written) :][:1]
            begins = next_one not in "的，" if kind == "ring" else item.behind != "，" and next_one.isalpha()
            if item.kind == kind and (begins or kind == "nth"):
                yield item, sentence


_SECOND: Final = 2


def _out_of_order(numbers: list[int]) -> int | None:
    """Return where a list that begins with 1, 2 skips, repeats or goes back; it may begin anew; None when all is well."""
    if len(numbers) < _ENOUGH or numbers[0] != 1:
        return None
    if numbers[1] != _SECOND:
        return 1 if numbers[1:3] in ([_SECOND + 1, _SECOND + 2], [1, _SECOND + 1]) else None  # 1. 3. 4., 1. 1. 3.
    return next(
        (at for at in range(2, len(numbers)) if numbers[at] not in (numbers[at - 1] + 1, 1)),
        None,
    )


def _how(number: int, before: int) -> str:
    """Return what is wrong with a number behind another."""
    return "重复" if number == before else "跳了号" if number > before else "次序倒了"


def _numbered(paragraph: Paragraph) -> Iterator[_Numbered]:
    """Yield the ordinals that sentences of a paragraph begin with, and 一是 二是 behind a mark inside them."""
    inner = next(
        (item for sentence in paragraph.sentences for item in _marks(sentence.text) if item.kind == "inner"), None
    )
    opened = inner is not None and inner.number == 1 and inner.behind == "："  # 问题有：（1）……。（2）……
    for sentence in paragraph.sentences:
        for kind, number, start, behind, written in _marks(sentence.text):
            inside = kind == "said" or (behind in "；：" and (kind == "bracket" or (kind == "inner" and opened)))
            headed = behind == "】" and sentence.first  # 【依申请公开】（1）收件……
            head = (not start and (sentence.first or not written[0].isdigit())) or headed
            if kind in _LEVEL and (inside or headed if start else head):
                shown = written + "、" * sentence.text.startswith("、", start + len(written))
                yield _Numbered(_LEVEL[kind], number, sentence, shown, behind)


_COMMA: Final = "序号“{}”的阿拉伯数字后面应当用“.”"
"""A hint where all of a part's are written so: a habit that misleads nobody."""


def _style(item: _Numbered) -> str:
    """Return what is wrong with the form of an ordinal."""
    text = item.sentence.text
    if item.level in (1, 2, 3) and _WORDS.left_over.match(text):
        return f"序号“{item.ordinal}”后面留着“是”，像是从“一是、二是”改来的"
    if item.level == 0:
        return f"正文里用了“{item.ordinal}”，这一级只用于报告各部分的标题，应当用“（一）”"
    if item.ordinal.endswith("）、"):
        return f"序号“{item.ordinal}”的括号后面不加顿号"
    if item.level == 2 and item.ordinal.endswith("、"):
        return _COMMA.format(item.ordinal)
    return ""


def _begun_inside(item: _Numbered, paragraphs: Iterable[Paragraph]) -> bool:
    """Return whether the number before an ordinal stands inside a paragraph above it: （二）依申请公开。1.数量……2.主体……."""
    kind = {2: "figure", 3: "inner"}.get(item.level)
    if kind is None or item.number == 1:
        return False
    above = itertools.takewhile(lambda paragraph: item.sentence not in paragraph.sentences, paragraphs)
    found = [before.number for paragraph in above for before, _ in _run(paragraph, kind)]
    return found[-1:] == [item.number - 1]


def _under_another(item: _Numbered, paragraphs: Iterable[Paragraph]) -> bool:
    """Return whether the sentence before an ordinal is a heading inside the paragraph, under which a list begins anew: 2.改进措施。（1）……."""
    sentences = next((paragraph.sentences for paragraph in paragraphs if item.sentence in paragraph.sentences), ())
    at = sentences.index(item.sentence) if item.sentence in sentences else 0
    if at == 0 and item.sentence.part == "problems":
        before = [paragraph for paragraph in paragraphs if paragraph.index == item.sentence.paragraph - 1]
        return (
            bool(before) and _WORDS.two_items.search(before[0].text) is not None
        )  # 1.……；2.…… are the problems, and so again
    return at > 0 and bool(_WORDS.label.match(sentences[at - 1].text))


def _sequence(item: _Numbered, last: dict[int, int]) -> str:
    """Return what is wrong with an ordinal's place in its sequence."""
    shown, before = item.ordinal, last.get(item.level)
    if item.number == 1:
        repeated = before == 1 and (item.level in (1, 2, 3) or item.behind == "；")  # 一是……；一是……
        return f"序号“{shown}”重复" if repeated else ""
    if before is None and item.level == _LEVEL["said"] and "一是" in item.sentence.masked:
        return ""  # 街道一是抓机制……；二是抓重点: the first stands behind who acts
    if before is None:
        first = tuple(_LEVELS.values())
        other = [level for level in last if level != item.level and last[level] == item.number - 1 and level != 4]
        mixed = f"，前一个是“{first[other[-1]]}”一级的" if other and item.level != 4 else ""
        return f"序号从“{shown}”开始，前面没有“{first[item.level]}”{mixed}"
    if item.number == before:
        return f"序号“{shown}”重复"
    if item.number != before + 1:
        return f"序号“{shown}”前面是第 {before} 项，{'跳了号' if item.number > before + 1 else '次序倒了'}"
    return ""
