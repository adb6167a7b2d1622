"""X-17, the period of the statistics as the text states it: the whole report year, in whatever words."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.entries import chinese_number
from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.context import year_of
from gk_xl.checks.text.pieces import pieced
from gk_xl.checks.text_rules.rewriting import instead
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.finding import Rewrite, Severity
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.sentences import Sentence
    from gk_xl.form.finding import Finding

_WORDS: Final = Words(__file__)

_DAY: Final = r"(?:(?P<y{0}>{{year_number}})[年./-]|[同当本]年)?(?P<m{0}>\d{{1,2}})[月./-](?P<d{0}>\d{{1,2}})[日号]?"
_RANGE: Final = pieced(
    _DAY.format(1)
    + r"(?:[0零][时点])?(?:起|始|开始)?(?:算|计|统计)?起?(?:[，、]?(?:[至到迄—－–~～-]|截[止至]|[止终迄讫]于)+|，(?=[\d年月日]{5,11}止))"
    + _DAY.format(2)
)
_MONTHS: Final = regex(
    r"(?:(?P<y1>\d{4})年)?(?P<m1>\d{1,2})月?(?:至|到|—+|－+|-+|–+|~|～)(?:(?P<y2>\d{4})年)?(?P<m2>\d{1,2})月(?!\d)"
)
_UNTIL: Final = pieced(r"截[至止](?:日期|时间|到|于|为|是|：)*" + _DAY.format(2))
_FROM_AND: Final = regex(r"(?<=起止)([^。；]{0,24}?日)[和与、](?=\d)")
"""起止时间为1月1日和12月31日."""
_DAYS: Final = regex(
    r"(?P<y1>\d{4})年(?P<d1>\d{1,2}月\d{1,2}日)起?(?:至|到|—|－|-|~)(?:(?P<y2>\d{4})年)?(?P<d2>\d{1,2}月\d{1,2}日)"
)


class Span(NamedTuple):
    """A stretch of time, as far as it is written."""

    first: dt.date | None
    last: dt.date | None


def _date(year: str | None, month: str, day: str, default: int | None) -> dt.date | None:
    number = year_of(year) if year else default
    try:
        return None if number is None else dt.date(number, int(month), int(day))
    except ValueError:
        return None


def _arabic(match: re.Match[str]) -> str:
    number = 1 if match[0] == "元" else chinese_number(match[0])  # 元月一日
    return match[0] if number is None else str(number)


def _spans(text: str, year: int) -> Iterator[Span]:
    """Yield the stretches of time that a folded sentence writes."""
    for match in _RANGE.finditer(_FROM_AND.sub(r"\1至", _WORDS.chinese_date.sub(_arabic, text))):
        first = _date(match["y1"], match["m1"], match["d1"], year)
        yield Span(first, _date(match["y2"], match["m2"], match["d2"], first.year if first else year))


def stated_years(case: Case) -> Iterator[tuple[int, Sentence]]:
    """Yield the years that sentences state from 1 January to 31 December, years written out, with the sentences."""
    for sentence in case.narrative.bearing(_RANGE, _WORDS.chinese_date):
        for match in _RANGE.finditer(_WORDS.chinese_date.sub(_arabic, sentence.masked)):
            first = _date(match["y1"], match["m1"], match["d1"], None)
            last = _date(match["y2"], match["m2"], match["d2"], first.year if first else None)
            if first and last and (first, last) == (dt.date(first.year, 1, 1), dt.date(first.year, 12, 31)):
                yield first.year, sentence


@rule_function("period.stated")
def stated(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-17: the period of the statistics is the whole report year; an error when it is another, a warning when absent."""
    year = case.filing.year
    if year is None:
        return
    wanted = Span(dt.date(year, 1, 1), dt.date(year, 12, 31))
    unreadable: Sentence | None = None
    told = False
    for sentence in case.narrative.bearing(_WORDS.about_period, _WORDS.about_report, _RANGE, _WORDS.both_ends):
        about = _WORDS.about_period.search(sentence.masked)
        if not about and not _may_state(sentence):
            continue
        spans = list(_spans(sentence.masked, year))
        if wanted in spans or _says_whole_year(sentence.masked, year, about=bool(about)):
            told = True
        elif about and (wrong := _wrong(sentence, spans, year)) is not None:
            yield _period_finding(rule, sentence, wrong, year)
            told = True
        elif about and re.search(r"\d{4,}", sentence.masked):
            unreadable = sentence
    if told:
        return
    if unreadable is not None:
        problem = f"统计期限的起止日期读不出来：“{unreadable.excerpt}”"
        yield rule.at(unreadable, {"problem": problem, "year": year}, severity=Severity.WARNING)
        return
    said = f"本报告中所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
    yield rule.finding(
        {"problem": "文中没有写统计期限", "year": year},
        severity=Severity.WARNING,
        place="narrative.preamble",
        rewrite=Rewrite("", said, f"加上“{said}”"),
    )


def _may_state(sentence: Sentence) -> bool:
    """Return whether a whole year in a sentence is the period though no word says so: anywhere in the preamble."""
    return sentence.part == "preamble" or (
        sentence.part == "overview" and _WORDS.about_report.search(sentence.masked) is not None
    )


_TILL_THE_END: Final = regex(r"截[至止]到?(?:(?P<year>\d{4})年)?(?:12月|年)?(?:底|末)")
_IS_THE_YEAR: Final = regex(
    r"(?:期限|时限|期间|周期|时间|期|范围)(?:为|是|：)(?P<year>\d{4})年(?:度|全年)?(?=$|[，。；])"
)


def _says_whole_year(text: str, year: int, *, about: bool) -> bool:
    """Return whether a sentence gives the year in another way: 截至12月31日, 1月至12月, 2024年度."""
    until = _UNTIL.search(text)
    if until and _date(until["y2"], until["m2"], until["d2"], year) == dt.date(year, 12, 31):
        return True
    if f"{year}年" in text and any(match["year"] in (None, str(year)) for match in _TILL_THE_END.finditer(text)):
        return True
    ends = _WORDS.both_ends.search(text)
    if ends and int(ends["y1"]) == year and int(ends["y2"] or year) == year:
        return True
    if about and f"截止日为{year}年12月31日" in text and f"起始日为{year}年1月1日" in text:
        return True
    for match in _MONTHS.finditer(text):
        years = {year_of(name) for name in (match["y1"], match["y2"]) if name} or {year}
        if (match["m1"], match["m2"]) == ("1", "12") and years == {year}:
            return True
    return about and any(match["year"] == str(year) for match in _IS_THE_YEAR.finditer(text))


def _wrong(sentence: Sentence, spans: list[Span], year: int) -> str | None:
    """Return the period that a sentence states when it is not the report year."""
    for span in spans:
        if span.first and span.last:
            return f"{span.first.isoformat()} 至 {span.last.isoformat()}"
    until = _UNTIL.search(sentence.masked)
    if until:
        day = _date(until["y2"], until["m2"], until["d2"], year)
        return None if day is None else f"截至 {day.isoformat()}"
    for match in _MONTHS.finditer(sentence.masked):
        return f"{match['y1'] or year}年{match['m1']}月 至 {match['y2'] or match['y1'] or year}年{match['m2']}月"
    return None


def _period_finding(rule: Rule, sentence: Sentence, stated: str, year: int) -> Finding:
    problem = f"写的统计期限是 {stated}：“{sentence.excerpt}”"
    return rule.at(sentence, {"problem": problem, "year": year}, rewrite=_whole_year(sentence.raw, year))


def _whole_year(raw: str, year: int) -> Rewrite | None:
    """Return a sentence with the last day of the year, or the first, in the place of another day of it; None for the rest."""
    for match in _DAYS.finditer(raw):
        ends = (match["y1"], match["d1"], "1月1日"), (match["y2"] or match["y1"], match["d2"], "12月31日")
        off = [(day, right) for name, day, right in ends if name == str(year) and day != right]
        if len(off) == 1 and {name for name, _, _ in ends} == {str(year)}:
            return instead(raw, match[0], match[0].replace(*off[0]))
    return None
