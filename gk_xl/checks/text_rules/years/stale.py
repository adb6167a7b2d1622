"""Years that were left from last year's text (X-32), and the period of the statistics said a second time (X-54)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.tokens import KEPT
from gk_xl.checks.text_rules.data import world
from gk_xl.checks.text_rules.rewriting import instead
from gk_xl.checks.text_rules.words import Words
from gk_xl.checks.text_rules.years.opening_years import WRITTEN, opened_by_another, patterns, wrong_year
from gk_xl.form.finding import Severity
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.sentences import Narrative, Sentence
    from gk_xl.form.finding import Finding

_WORDS: Final = Words(__file__)

# ----------------------------------------------------------------

_YEAR: Final = regex(r"(?<!\d)(\d{4})年")


@rule_function("stale.years")
def years(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-32: last year's year before a figure that this year's text gives nowhere, plans for the year that is over; one a sentence."""
    year = case.filing.year
    if year is None:
        return
    opened = {
        sentence: problem
        for sentence, problem, severity in opened_by_another(case.narrative, year, case.filing.unit)
        if severity
    }
    told = [[WRITTEN], patterns("over"), patterns("doubted")]
    written, over, doubted = ({*case.narrative.bearing(*some)} for some in told)
    for sentence in filter((written | over | doubted).__contains__, case.narrative.sentences):
        if sentence in over and (problem := wrong_year("over", sentence, year)):
            yield rule.at(sentence, problem)
        elif problem := _stale(sentence, year, case.narrative):
            yield rule.at(sentence, problem, rewrite=instead(sentence.raw, f"{year - 1}年", f"{year}年"))
        elif doubt := (sentence in doubted and wrong_year("doubted", sentence, year)) or opened.get(sentence, ""):
            yield rule.at(sentence, doubt, severity=Severity.HINT)


@lru_cache(maxsize=8)
def _told(narrative: Narrative, year: int) -> frozenset[str]:
    """Return every subject of which a sentence gives a figure without naming another year; the last few texts are remembered."""
    return frozenset().union(
        *(_told_in(sentence.masked, year) for sentence in narrative.bearing(_WORDS.figure, _WORDS.nothing))
    )


@lru_cache(maxsize=KEPT)
def _told_in(text: str, year: int) -> frozenset[str]:
    """Return the subjects of which a folded sentence gives a figure, or denies any, of a year or without naming one."""
    current: int | None = None
    found: set[str] = set()
    announced = ""
    for clause in _WORDS.clause.findall(text):
        named = _YEAR.findall(clause)
        current = int(named[-1]) if named else year if _WORDS.now.search(clause) else current
        if (current is None or current == year) and (_WORDS.figure.search(clause) or _WORDS.nothing.search(clause)):
            found.update(
                _subjects(announced + clause if _WORDS.now.match(clause) else clause)
            )  # 申请公开的事，今年有2件
        announced = "" if _WORDS.figure.search(clause) else clause + "，"
    return frozenset(found)


def _subjects(clause: str) -> Iterator[str]:
    return (name for name, pattern in _WORDS.table("subjects").items() if pattern.search(clause))


def _stale(sentence: Sentence, year: int, narrative: Narrative) -> str:
    """Return what is wrong when a sentence gives last year's figure as if it were this year's."""
    text = sentence.masked
    if (
        f"{year - 1}年" not in text
        or f"{year}年" in text
        or sentence.part == "preamble"
        or _WORDS.compared.search(text)
    ):
        return ""
    for match in _WORDS.clause.finditer(text):
        clause = match[0]
        named = _YEAR.findall(clause)
        if named != [str(year - 1)] or _WORDS.beside.search(clause):
            continue
        rest = text[match.start() :] if clause.endswith(("年", "年度")) else clause
        scope = rest.split("。")[0][:60] if rest is not clause else clause
        if _WORDS.beside.search(scope) and rest is not clause:
            scope = scope.split("，")[0] + "，" + (scope.split("，")[1] if "，" in scope else "")
            if _WORDS.beside.search(scope):
                continue
        if not (_WORDS.figure.search(scope) and _WORDS.act.search(scope)):
            continue
        subject = next(_subjects(scope), "")
        if subject and subject not in _told(narrative, year):
            return f"写的是 {year - 1} 年的数，全文没有 {year} 年的同一项（{subject}），可能是去年的年份没有改"
    return ""


PLAN_MARK: Final = regex(
    r"“?(?P<plan>十[一二三四五六]五)”?(?:时期)?(?:发展)?(?:规划)?(?:的)?(?:圆满|胜利|顺利|全面|实施)?(?:的)?(?P<mark>收官|开局|起步)(?!阶段|以来|之后|后|的?基础|项目|工程|成果)"
)
_SPAN: Final = regex(
    r"(?:第?十(?P<plan>[一二三四五])个五年|“?十(?P<short>[一二三四五])五”?)(?:发展)?规划(?:纲要)?（(?P<begun>20\d\d)年?[—－-]{1,2}(?P<ended>20\d\d)年?）"
)
"""第十四个五年规划纲要（2021—2025年）."""
_HELD: Final = regex(
    r"(?P<year>20\d\d)年(?:\d{1,2}月(?:\d{1,2}日)?)?，?党的(?P<meeting>[一二十九]{2,3}(?:大|届[一二三四五六七]中全会))(?:胜利|顺利|隆重)?(?:召开|开幕|闭幕)"
)
GUIDANCE: Final = regex(
    r"(?:贯彻|学习|落实|宣传|践行|围绕|遵循|紧扣|以)[^，。；]{0,12}党的(?P<congress>十[一二三四五六七]大)(?=精神|和|及|、|报告|会议)"
)


def outdated(text: str, year: int) -> str:
    """Return what is wrong when a folded sentence has a five-year plan begin or end in another year, or an old congress guide.

    The year is the one that the sentence names last before the plan, else the report's.
    """
    for match in PLAN_MARK.finditer(text) if "五" in text else ():
        span = world().plans.get(match["plan"])
        if span is None or _WORDS.another_time.search(text):
            continue
        named = _YEAR.findall(text)
        years = {int(name) for name in named} or {year}
        right = span[1] if match["mark"] == "收官" else span[0]
        others = {other for other in re.findall("十[一二三四五六]五", text) if other != match["plan"]}
        if match["mark"] != "收官" and right == year + 1 and not text.startswith(("之年", "年"), match.end()):
            continue  # the year before prepares the beginning
        if right not in years and not (others and abs(right - year) <= 1):
            return f"“{match['plan']}”规划从 {span[0]} 年到 {span[1]} 年，{match['mark']}是 {right} 年"
    for match in _SPAN.finditer(text) if "五" in text else ():
        name = f"十{match['plan'] or match['short']}五"
        span = world().plans.get(name)
        if span is not None and list(span) != [int(match["begun"]), int(match["ended"])]:
            return f"“{name}”规划从 {span[0]} 年到 {span[1]} 年"
    for match in _HELD.finditer(text) if "党的" in text else ():
        when = world().meetings.get(match["meeting"])
        if when is not None and when != int(match["year"]):
            return f"党的{match['meeting']}是 {when} 年召开的"
    for match in GUIDANCE.finditer(text) if "大" in text else ():
        held = world().meetings.get(match["congress"])
        newer = [
            name for name, when in world().meetings.items() if name.endswith("大") and held and held < when <= year
        ]
        if len(newer) > 1 and not any(name in text for name in newer):
            return f"党的{match['congress']}是 {held} 年召开的，其后已有党的{newer[-1]}"
    return ""


# ----------------------------------------------------------------


@rule_function("stale.second_period")
def second_period(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-54: 日 lost from the last day, another day up to which the statistics count, the period said twice (a hint)."""
    year, stated = case.filing.year, 0
    if year is None:
        return
    place = ""
    for sentence in case.narrative.bearing(_WORDS.period):
        text = sentence.masked
        stated, place = stated if sentence.place == place else 0, sentence.place
        if not _WORDS.period.search(text):
            continue
        problem, severity = wrong_year("period", sentence, year), None
        if not problem and sentence.part in ("preamble", "overview"):
            stated += len(_WORDS.span.findall(text)) if _WORDS.stated.search(text) else 0
            if stated > 1:
                problem, severity, stated = "统计期限前面已经写过，这里又写了一遍", Severity.HINT, 0
        if problem:
            yield rule.at(sentence, problem, severity=severity)
