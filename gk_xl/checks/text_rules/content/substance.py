"""What a report must say and what has no place in it.

Not said: X-34, X-35, X-46, X-64, X-65. In the wrong place: X-63, X-51, X-53. Of others: X-50, X-58. Problems without
substance: X-45. Praise: X-52. What cannot be meant as it stands: X-76.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import catalogue
from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.context import Scope
from gk_xl.checks.text.sentences import read
from gk_xl.checks.text.tokens import KEPT
from gk_xl.checks.text_rules.against_tables.figures import said
from gk_xl.checks.text_rules.content.aspects import parts_of, written_of
from gk_xl.checks.text_rules.content.copied import similarity
from gk_xl.checks.text_rules.content.problems import names_a_problem
from gk_xl.checks.text_rules.wordings import Table
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.finding import Severity
from gk_xl.form.names import own_names
from gk_xl.form.patterns import regex
from gk_xl.form.units import small_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.sentences import Narrative, Sentence
    from gk_xl.checks.text_rules.content.aspects import Part
    from gk_xl.form.finding import Finding

_WORDS: Final = Words(__file__)

_WORDINGS: Final = Table(__file__)


@rule_function("substance.in_wordings")
def in_wordings(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-51, X-52, X-53, X-58, X-76: what the wordings of the rule find; one finding a sentence."""
    for sentence in case.narrative.bearing(*_WORDINGS.patterns(rule.code)):
        known = partial(_under, sentence)
        if found := _WORDINGS.first(rule.code, sentence.masked, sentence.part, known, text=sentence.text):
            yield rule.at(sentence, {"found": found})


def _under(sentence: Sentence, _: re.Match[str]) -> dict[str, float]:
    """Return what a wording may ask of where a sentence stands: whether under 依申请公开."""
    return {"asked": "依申请公开" in sentence.heading}


@rule_function("substance.results")
def results(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-34: a government's report says nothing of assessment, public appraisal or accountability (条例 50 (4))."""
    text = case.narrative.text("overview", "problems")
    lacking = [name for name, words in _WORDS.table("results").items() if not words.search(text)]
    if text and lacking:
        yield rule.finding({"lacking": "、".join(lacking)}, place="narrative.overview")


_FIGURES: Final = {
    "X-35": {"主动公开": "公开信息的条数", "政府信息管理": "规范性文件制发、废止、现行有效的件数"},
    "X-65": {"主动公开": "政策解读的篇数", "政府信息公开平台建设": "平台、专区的个数"},
}
"""Figures that are asked for under the aspects of 一; by what words they are told stands under the same names in words.toml."""


@rule_function("substance.figures")
def figures(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-35, X-65: figures that the text under their aspects' headings does not give, as one finding."""
    texts = {name: body for name, _, body in _told_under(case)}
    texts = {name: case.narrative.text("overview") if name == "政府信息管理" else body for name, body in texts.items()}
    told = _WORDS.table("figures")
    wanted = _FIGURES[rule.code].items()
    lacking = [what for name, what in wanted if name in texts and not told[what].search(texts[name])]
    if lacking:
        yield rule.finding({"lacking": "、".join(lacking)}, place="narrative.overview")


def _told_under(case: Case) -> Iterator[tuple[str, Part, str]]:
    """Yield each aspect that has a heading with the text under it, the heading's own words left out."""
    names = case.edition.section("overview").parts
    paragraphs = case.narrative.part("overview")
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph.sentences]
    found = parts_of(paragraphs, names)
    for at, part in enumerate(found):
        start = sentences.index(part.sentence)
        end = sentences.index(found[at + 1].sentence) if at + 1 < len(found) else len(sentences)
        head = re.split(r"[。：]", part.sentence.body, maxsplit=1)
        body = (head[1] if len(head) > 1 else head[0]) + "".join(item.text for item in sentences[start + 1 : end])
        yield names[part.number], part, body


ANSWERED: Final = 0.5
"""So alike a sentence of this year is to a problem of last year's when it speaks of it."""
_LAST_PROBLEM: Final = regex(
    r"(?:上一?年|去年|往年|前一年|(?P<year>\d{4})年)(?=度?[^。]{0,40}(?:问题|不足|整改|短板|薄弱|意见|列出的|已解决|已通过|偏慢|不及时))|整改(?:到位|完成|落实|率)"
)


@rule_function("substance.last_problems")
def last_problems(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-46: nothing is said of what became of last year's problems, neither by name nor in the words that they had."""
    text = case.narrative.text("overview", "problems")
    if not text or not case.narrative.part("problems"):
        return
    if any(match["year"] in (None, str((case.filing.year or 0) - 1)) for match in _LAST_PROBLEM.finditer(text)):
        return
    before = [] if case.last is None else _problems(read(case.last))
    now = [sentence.text for part in case.narrative.part("overview", "problems") for sentence in part.sentences]
    if any(similarity(problem, sentence) >= ANSWERED for problem in before for sentence in now):
        return
    shown = f"（上年写的是“{before[0][:24]}…”）" if before else ""
    yield rule.finding({"shown": shown}, place="narrative.problems")


def _problems(last: Narrative) -> list[str]:
    """Return the sentences of a text that name a problem."""
    sentences = [sentence.body for paragraph in last.part("problems") for sentence in paragraph.sentences]
    return [sentence for sentence in sentences if names_a_problem(sentence)]


@rule_function("substance.contact")
def contact(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-64: nowhere it is said whom to ask."""
    text = case.narrative.text("preamble", "overview", "other_matters")  # in 五 a telephone is somebody else's
    if not case.narrative.empty and not _WORDS.contact.search(text):
        yield rule.finding({}, place="narrative.preamble")


# ----------------------------------------------------------------

_OWN_MATTER: Final = (2, 3)
"""Aspects under which nothing but their own matter stands: management, platforms."""
_SEVERAL: Final = 2
SHORT: Final = 60
"""Characters of a text that tells one thing only."""


def _fee_belongs_in_other_matters(case: Case) -> bool:
    """Return whether the fee is asked for under 六 in the filing's year, as X-12 asks for it."""
    return catalogue()["X-12"].applies(case.filing.edition, case.filing.unit.kind, case.filing.year)


@rule_function("substance.placed")
def placed(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-63: the fee told under 五 and not under 六; an aspect under whose heading another one is told."""
    if _fee_belongs_in_other_matters(case) and not _WORDS.fee.search(case.narrative.text("other_matters")):
        for paragraph in case.narrative.part("problems"):
            told = next((sentence for sentence in paragraph.sentences if _WORDS.fee.search(sentence.text)), None)
            if told:
                section = case.edition.section("other_matters").heading
                yield rule.at(told, f"说的是信息处理费，应当写在“{section}”")
                break
    yield from _figures_among_problems(case, rule)
    worded: set[str] = set()
    for one in case.narrative.bearing(*_WORDINGS.patterns(rule.code)):
        problem, severity = next(_WORDINGS.problems(rule.code, one.masked, one.part), ("", None))
        if problem and one.place not in worded:
            worded.add(one.place)
            yield rule.at(one, problem, severity=severity)
    names = case.edition.section("overview").parts
    for name, part, body in _told_under(case):
        if part.level not in ("（", "1"):
            continue
        if strange := _strange_matter(body, part.number, names):
            yield rule.at(part.sentence, f"“{name}”下面写的是{strange}", severity=Severity.WARNING)
            continue
        short = part.number in _OWN_MATTER and len(body) <= SHORT
        other = _other_aspect(body, part.number, names) if short else ""
        if other:
            yield rule.at(part.sentence, f"“{name}”下面写的是{other}")


def _figures_among_problems(case: Case, rule: Rule) -> Iterator[Finding]:
    """Yield a finding where 五 tells how many cases there were and how they ended, or applications, and no other part does."""
    told = [item for item in said(case) if item.number and item.binding and item.scope is Scope.OWN]
    for thing, name in (("case", "复议、诉讼的数"), ("application", "申请的数")):
        here = [item for item in told if item.subject.thing == thing and item.sentence.part == "problems"]
        elsewhere = any(item.subject.thing == thing and item.sentence.part != "problems" for item in told)
        total = [item for item in here if item.subject.column == "total" or item.subject.act.startswith("received")]
        if total and len(here) > _SEVERAL and not elsewhere:
            yield rule.at(here[0].sentence, f"{name}写在问题里，应当写在“一、总体情况”")


def _strange_matter(body: str, number: int, names: tuple[str, ...]) -> str:
    """Return what is told at length under a heading without a word of its own matter; empty when nothing is."""
    words = _WORDS.table("words_of_own")
    own = words.get(names[number])
    if own is None or own.search(body) or written_of(names[number]).search(body) or _WORDS.brief.search(body):
        return ""
    told = (name for name, others in words.items() if len(set(others.findall(body))) >= _SEVERAL)
    return next((f"“{name}”的内容" for name in told), "")


def _other_aspect(body: str, number: int, names: tuple[str, ...]) -> str:
    """Return what is told under a heading instead of its own matter, empty when its own is there."""
    if not body or written_of(names[number]).search(body):
        return ""
    if "复议" in body or "诉讼" in body:
        return "复议、诉讼"
    return next(
        (f"“{name}”的内容" for other, name in enumerate(names) if other != number and written_of(name).search(body)), ""
    )


# ----------------------------------------------------------------

_AREA: Final = regex(
    r"(?:^|[，。；：])(?:（[一二三四五六七八九十]）[^，。；]{0,14}。)?(?:(?:\d{4}年(?:度)?|全年|本年度|今年)，?)?(?P<area>全[省市县区旗盟州])(?:共|累计|各(?:部门|单位|乡镇|级)[^，。；\d]{0,6}|各级行政机关){0,3}"
    r"(?:主动公开|公开|发布|收到|受理|办结|制发|新收|接到|举办|开展)(?:了)?[^，。；\d]{0,20}\d"
)
_STEERING: Final = regex(
    r"(?:组织|推动|推进|统筹|指导|部署|加强|做好)[^，。；]{0,4}(?P<area>全[国省市县区旗盟州])(?:的)?(?:政府信息公开|政务公开)"
)
_ADDRESSED: Final = regex(
    r"向(?P<area>[省市县区旗州](?:人民)?政府)(?!信息|网)[^，。；]{0,16}(?:提出|提交|申请)[^，。；]{0,10}申请(?!行政)"
)


@rule_function("substance.area")
def area(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-50: the figures or the duty of a larger area in the report of an office, a township or a county; one finding a sentence."""
    unit = case.filing.unit
    if unit.kind.endswith("_government") and (place := own_names(unit).place):
        for sentence in case.narrative.bearing(_AREA):
            match = _AREA.search(sentence.masked)
            if match and match["area"][-1] != place[-1]:
                yield rule.at(sentence, {"found": match["area"]})
        return
    small = unit.kind in small_kinds()
    if not small and (not unit.kind.endswith("department") or "办公" in unit.name):
        return  # the office of a government adds up for it
    for sentence in case.narrative.bearing(_AREA, _STEERING, _ADDRESSED):
        if found := _area_in(sentence.masked, small=small):
            yield rule.at(sentence, {"found": found})


@lru_cache(maxsize=KEPT)
def _area_in(text: str, *, small: bool) -> str:
    """Return the area of which a folded sentence gives the figures or the duty, empty when of none."""
    found = None if _WORDS.own.search(text) else _AREA.search(text)
    if not found and small:
        found = _STEERING.search(text)
    if not found and _WORDS.counted.search(text):
        found = _ADDRESSED.search(text)
        found = None if found and (_WORDS.of_others.search(text) or not small) else found
    return found["area"] if found else ""


# ----------------------------------------------------------------


@rule_function("substance.filler")
def filler(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-45: 五 names nothing concrete, only set phrases."""
    text = case.narrative.text("problems")
    if len(text) < 40 or _WORDS.concrete.search(text):
        return
    phrases = _WORDS.phrases.findall(text)
    if len(phrases) >= 2:
        yield rule.finding({"found": "”“".join(dict.fromkeys(phrases[:4]))}, place="narrative.problems")
