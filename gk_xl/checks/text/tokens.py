"""Sentence → counts in it, each with the words before and behind that say what is counted.

A count is a number with a unit (5件, 十二宗, ３条) or a bare number. What only looks like one is passed over: dates,
document numbers (〔2020〕50号), articles (第五十条), percentages, money, telephone numbers, hotlines, working days.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.entries import chinese_number
from gk_xl.checks.text.pieces import pieced
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

UNITS: Final = "件次|件|宗|条次|条|起|份|篇次|篇|个|人次|次|项|例|笔|期|场|部|则|家|名|人|户|批|处|张|册|块|段|组|类|轮"
_CHINESE: Final = "零〇一二两三四五六七八九十百千万亿"
_DECIMALS: Final = "零〇一二三四五六七八九"
_FORMAL: Final = "壹贰叁肆伍陆柒捌玖拾佰仟"
_PLAIN: Final = str.maketrans(_FORMAL, "一二三四五六七八九十百千")
_TOKEN: Final = pieced(
    rf"(?=[\d{_CHINESE}{_FORMAL}〇○〔\[［﹝（【百第近约大超逾不将至数几多])(?:"
    r"(?P<doc>[〔\[［﹝（【]\d{4}[〕\]］﹞）】]第?\d+号)"
    r"|(?P<date>(?:{year_number})年(?:度)?(?:\d{1,2}月(?:\d{1,2}[日号])?)?)"
    r"|(?P<month>\d{1,2}(?:[-—至到]\d{1,2})?月(?:份|\d{1,2}[日号])?)"
    r"|(?P<share>百分之[零〇一二两三四五六七八九十百点\d.]+|\d+(?:\.\d+)?(?:%|‰|个百分点))"
    r"|(?P<ordinal>第[\d零〇一二两三四五六七八九十百]+[条款项届次轮批期季章节部类个]?)"
    r"|(?P<phone>\d{3,4}[-—－–]\d{7,8}|\d+(?:[./-]\d+){2,}|(?<![\d.])12(?:3\d\d|1\d\d)(?=热线|电话|平台|[的、，。；：）“”]|[\u4e00-\u9fff]{2})(?!\d*[万亿条件次人元个])|(?<![\d.])\d{7,}(?!\d*(?:\.\d+)?[万亿条件次人元]))"
    r"|(?P<count>(?P<about>近|约|大约|超过|超|逾|不足|将近|至少|[数几](?=[十百千万])|多达)?"
    rf"(?:(?P<arabic>\d+(?:\.\d+)?)|(?P<chinese>[{_CHINESE}]+(?:点[{_DECIMALS}]+(?=[万亿]?元))?|[{_FORMAL}]+(?=[元件宗份条项个])))"
    rf"(?P<more>余|多)?(?P<times>万|亿)?(?P<rest>余|多)?(?P<money>元)?(?P<unit>{UNITS})?"
    r"(?P<after>左右|以上|以内|以下|上下|不等)?))"
)
_NO_COUNT: Final = regex(
    r"工作日|自然日|小时|分钟|[个]?月|天|年|周|岁|(?:政务|便民|服务|公共|热线|政府)*热线|平台|[A-Za-z]|号|楼|室|路|"
    r"公里|平方|亩|吨|级|星|乡镇|行政村|社区|村|方面|环节|步骤|维度|季度|部分|阶段|层面|领域|栏目|板块|版块|专栏"
)
_AN_ORDINAL: Final = regex(r"[.．](?!\d)")
"""Behind a bare number it makes it the ordinal of what follows: 2.执法案卷类申请……"""
_LOOSE: Final = (None, "个", "项", "类")
"""Units that may belong to a word behind them: 3个工作日, 5个村."""
_BOUNDARY: Final = regex(r"[，；。：！？（）]")
KEPT: Final = 2048
"""So many sentences are remembered with what was worked out of their words: the next check meets most of them again."""
LONGEST_CLAUSE: Final = 300
"""A run of words without a mark is read in pieces of this length: nobody writes such a clause."""


class Count(NamedTuple):
    """A number with its unit in a sentence.

    ``before`` and ``behind`` are the words of the same clause that belong to it (a 、 between two counts parts them),
    ``clause`` is the index of its clause. ``vague``: 余, 近, 约 … leave the number open.
    """

    number: int | float
    unit: str
    start: int
    end: int
    vague: bool
    clause: int
    before: str = ""
    behind: str = ""


class Clause(NamedTuple):
    """A run of words between marks, its place in the sentence, and whether it stands in brackets."""

    start: int
    end: int
    text: str
    depth: int


@lru_cache(maxsize=KEPT)
def clauses(text: str) -> tuple[Clause, ...]:
    """Return the clauses of a folded sentence, parted by ， ； ： 。 and brackets."""
    found: list[Clause] = []
    start = depth = 0
    for match in _BOUNDARY.finditer(text):
        found += _cut(text, start, match.start(), depth)
        depth += {"（": 1, "）": -1}.get(match[0], 0)
        start = match.end()
    found += _cut(text, start, len(text), depth)
    return tuple(found)


def _cut(text: str, start: int, end: int, depth: int) -> Iterator[Clause]:
    """Yield a run of words as one clause, or as several when it is longer than any clause is."""
    for begin in range(start, end, LONGEST_CLAUSE):
        stop = min(begin + LONGEST_CLAUSE, end)
        yield Clause(begin, stop, text[begin:stop], depth)


class Figure(NamedTuple):
    """Anything written in figures: a bare count, a year, an amount in yuan, hundredths, or (all None) another number."""

    start: int
    end: int
    counted: Count | None = None
    year: int | None = None
    yuan: float | None = None
    share: float | None = None


@lru_cache(maxsize=KEPT)
def figures(text: str) -> tuple[Figure, ...]:
    """Return what is written in figures in a folded sentence; counts are without the words around them."""
    return tuple(_figures(text))


def _figures(text: str) -> Iterator[Figure]:
    """Yield the figures one by one."""
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if match.lastgroup == "date" and len(match[0].rstrip("度")) <= len("2025年"):
            year = match[0][:4]
            known = int(year) if year.isdigit() else chinese_number(year)
            yield Figure(start, end, year=None if known is None else int(known))
        elif match.lastgroup == "count":
            yield _figure(match, text)
        elif match.lastgroup == "share":
            yield Figure(start, end, share=_share(match[0]))
        else:
            yield Figure(start, end)


def _share(written: str) -> float | None:
    """Return how many hundredths are written; None for a change in points or thousandths."""
    if written.startswith("百分之"):
        number = written.removeprefix("百分之")
        return float(number) if number.replace(".", "", 1).isdecimal() else chinese_number(number)
    return float(written[:-1]) if written.endswith("%") else None


def _figure(match: re.Match[str], text: str) -> Figure:
    """Return what a number with its unit is: a count, money, or neither."""
    start, end = match.span()
    arabic, written, times, money, unit = match.group("arabic", "chinese", "times", "money", "unit")
    number: float | None
    if written:
        number = chinese_number(written.translate(_PLAIN)) if unit or money else None
    else:
        number = float(arabic) if "." in arabic else int(arabic)
    if number is not None and times:
        number *= {"万": 10_000, "亿": 100_000_000}[times]
    loose = any(match.group("more", "rest", "after")) or match["about"] not in (None, "多达")
    if money or number is None:
        return Figure(start, end, yuan=number if money and not loose else None)
    if unit in _LOOSE and (_NO_COUNT.match(text, end) or (unit is None and _AN_ORDINAL.match(text, end))):
        return Figure(start, end)
    return Figure(start, end, Count(number, unit or "", start, end, bool(times) or loose, -1))


@lru_cache(maxsize=KEPT)
def counts(text: str) -> tuple[Count, ...]:
    """Return the counts of a folded sentence with the words of each."""
    plain = [figure.counted for figure in figures(text) if figure.counted is not None]
    if not plain:
        return ()
    found: list[Count] = []
    at = 0
    for index, clause in enumerate(clauses(text)):
        inside = []
        while at < len(plain) and plain[at].start < clause.end:
            if plain[at].start >= clause.start:
                inside.append(plain[at])
            at += 1
        if inside:
            found += _placed(text, clause, index, inside)
    return tuple(found)


def _placed(text: str, clause: Clause, index: int, inside: list[Count]) -> Iterator[Count]:
    """Yield the counts of one clause with their words: those before the first 、 belong to the count in front."""
    begin = clause.start
    for position, count in enumerate(inside):
        stop = inside[position + 1].start if position + 1 < len(inside) else clause.end
        between = text[count.end : stop]
        if position + 1 < len(inside):
            cut = between.find("、")
            behind, begin_next = (between[:cut], count.end + cut + 1) if cut >= 0 else (between, count.end)
        else:
            behind, begin_next = between, stop
        yield Count(
            count.number, count.unit, count.start, count.end, count.vague, index, text[begin : count.start], behind
        )
        begin = begin_next
