"""X-22: years behind the report year, and earlier ones where only the report year belongs; meetings of another term."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import show
from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.context import Period, Scope, year_of
from gk_xl.checks.text.pieces import pieced
from gk_xl.checks.text_rules.against_tables.figures import describe, said
from gk_xl.checks.text_rules.against_tables.targets import judge, target
from gk_xl.checks.text_rules.data import world
from gk_xl.checks.text_rules.rewriting import instead
from gk_xl.checks.text_rules.words import Words
from gk_xl.checks.text_rules.years.anniversaries import ANNIVERSARY, other_anniversary, other_day, yearly
from gk_xl.checks.text_rules.years.opening_years import opened_by_another, patterns, wrong_year
from gk_xl.checks.text_rules.years.stale import GUIDANCE, PLAN_MARK, outdated
from gk_xl.form.finding import Severity
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.sentences import Sentence
    from gk_xl.form.finding import Finding

_WORDS: Final = Words(__file__)

_YEAR: Final = pieced(r"({year_number})年(?<![\d〔\[（(].{4}年)(?!代|版|第|以来)")
NO_CHANCE: Final = 10
"""From here on a number of last year's that is this year's own is no coincidence."""
ENOUGH: Final = 5
"""From this number on it is no chance that last year's number is said to be this year's."""
_SESSIONS: Final = regex(r"(十[八九]|二十一?)届((?:[一二三四五六七]中|全会|、|和|及|与|历次)+)")


@rule_function("foreign_years.years")
def years(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-22: years behind the report year outside plans, accounts of the report year, last year's text, old meetings, laws and plans of another time."""
    year = case.filing.year
    if year is None:
        return
    narrative, asked = case.narrative, set()
    for sentence in narrative.bearing(
        _YEAR, PLAN_MARK, GUIDANCE, ANNIVERSARY, yearly(), _TITLE, *patterns("of_its_time")
    ):
        problem = _later_year(sentence, year) or outdated(sentence.text, year)
        problem = problem or other_anniversary(sentence.text, year) or other_day(sentence.text, year)
        problem = problem or wrong_year("of_its_time", sentence, year)
        problem = problem or _not_made_yet(sentence.text, year)
        if problem:
            asked.add(sentence)
            yield rule.at(sentence, problem)
    for sentence, problem, severity in opened_by_another(narrative, year, case.filing.unit):
        if severity is None and sentence not in asked:
            asked.add(sentence)
            yield rule.at(sentence, problem)
    yield from _numbers_of_this_year(case, rule, year)
    yield from _old_meetings(case, rule)


def _numbers_of_this_year(case: Case, rule: Rule, year: int) -> Iterator[Finding]:
    """Yield sentences that give this year's number as last year's: 2024年收到12件, where 表三 of 2025 has 12.

    Only where nothing is compared, the text gives no number of this year for the same thing, and last year's own
    number, where it is known, is another. Small numbers are alike by chance.
    """
    told = said(case)
    this_year = {item.subject for item in told if item.period is Period.THIS}
    for item in told:
        whole, at = item.sentence.masked, max(item.start, 0)
        text = whole[whole.rfind("；", 0, at) + 1 :].partition("；")[0]  # another part's year is of that part
        if item.period is Period.THIS or item.scope is not Scope.OWN or item.vague:
            continue
        years = {year_of(match[1]) for match in _YEAR.finditer(text)}
        if years != {year - 1} or _WORDS.beside.search(text) or item.subject in this_year:
            continue
        wanted = target(item.subject, case.filing.edition)
        now = judge(item.number, wanted, case.filing) if wanted else None
        then = judge(item.number, wanted, case.last) if wanted and case.last else None
        few = item.number < ENOUGH
        if few and not (item.subject.thing == "case" and item.number and case.last is None):
            continue
        if now and now.fits and not (then and then.fits):
            cells = describe(now.cells, case.filing.edition)
            problem = f"写的是 {year - 1} 年，{show(item.number)} 却正是本年度{cells}的数，可能是去年的年份没有改"
            rewrite = instead(item.sentence.raw, f"{year - 1}年", f"{year}年")
            severity = Severity.ERROR if item.number >= NO_CHANCE else Severity.HINT if few else None
            yield rule.at(item.sentence, problem, severity=severity, rewrite=rewrite)


def _later_year(sentence: Sentence, year: int) -> str:
    """Return what is wrong with a sentence's years, but for those that a programme is for; empty when nothing is."""
    text = _WORDS.several_years.sub(lambda match: "□" * len(match[0]), sentence.masked)
    return wrong_year("later", sentence, year, text) if "年" in text else ""


_TITLE: Final = regex(r"《(?:中华人民共和国)?(?P<law>[^《》]{3,24}(?:法|法典|条例|办法))》")


def _not_made_yet(text: str, year: int) -> str:
    """Return what is wrong where a folded sentence cites a law that was made after the year, not as a draft or a plan."""
    for match in _TITLE.finditer(text):
        made, *_ = world().laws.get(match["law"], ("",))
        if made and int(made.removesuffix("年")) > year and not _WORDS.to_be_made.search(text):
            return f"《{match['law']}》是 {made}制定的，{year} 年的工作不会依照它"
    return ""


def _old_meetings(case: Case, rule: Rule) -> Iterator[Finding]:
    """Yield a meeting that had not been held by the end of the year, or the newest one cited when it is long past."""
    year = case.filing.year
    sentences, whole = case.narrative.sentences, case.narrative.whole
    if not _SESSIONS.search(whole) and not _WORDS.congress.search(whole):
        return
    cited = [(held, name, sentence) for sentence in sentences for held, name in _meetings_in(sentence.text)]
    if not cited or year is None:
        return
    held, name, sentence = max(cited, key=lambda item: item[0])
    newer = sorted((when, other) for other, when in world().meetings.items() if held < when < year)
    problem = ""
    if held > year:
        when = f"在 {held} 年才召开" if name in world().meetings else f"到 {held - 1} 年还没有召开"
        problem = f"党的{name}{when}，{year} 年的工作不可能已经贯彻"
    elif held <= year - 2 and any(name.endswith("全会") or other.endswith("大") for _, other in newer):
        if any("历次全会" in item.text for item in sentences):
            return
        problem = f"全文提到的最近一次会议是 {held} 年的党的{name}，其后已有党的{newer[-1][1]}，可能是往年的文字没有改"
    if problem:
        yield rule.at(sentence, problem)


def _meetings_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield the year and name of the party congresses and plenary sessions that a sentence cites; those not held yet in the year after all."""
    known = world().meetings
    for match in _SESSIONS.finditer(text):
        for number in re.findall(r"[一二三四五六七]中", match[2]):
            name = f"{match[1]}届{number}全会"
            yield known.get(name, max(known.values()) + 1), name
    for match in _WORDS.congress.finditer(text):
        yield known.get(match[0], max(known.values()) + 1), match[0]
