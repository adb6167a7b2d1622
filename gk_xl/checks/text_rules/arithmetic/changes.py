"""X-10, two numbers of one thing beside one another, then and now, and what the words say of the change between them.

A pair is told in a few ways (由12件增至18件; 18件，上年为12件; 18件（上年12件）; 上年12件，今年18件), and of each pair a few
things may be said behind it (增加6件; 增长50%; 是上年的1.5倍; 有所增加; 持平): ``words.toml`` has the ways. Of which number of
the sentence a change is said the words often leave open: where one of them makes it right nothing is wrong.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.catalogue import gap, show, tidy
from gk_xl.checks.text_rules.arithmetic.growth import grown, told_growth
from gk_xl.checks.text_rules.arithmetic.percentages import SLACK, ending
from gk_xl.checks.text_rules.wordings import number_of
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WORDS: Final = Words(__file__)

_MOST_CLAIMS: Final = 3
"""减少6件，下降25%，是上年的75%: no more is said of one pair."""
_FEW: Final = 2
_NEAR: Final = 24
"""So many characters before a number its year may stand."""
_TIMES: Final = ("工作日", "天", "小时", "分钟")
"""Of these less is better: 提高至5个工作日."""
_RANK: Final = "名"
"""由第12名上升到第3名."""


class _Pair(NamedTuple):
    """Two numbers, the earlier one first, the numbers that may be meant by the later one, their unit; whether the words leave no other choice."""

    then: float
    now: float
    others: frozenset[float]
    unit: str
    certain: bool

    @property
    def told(self) -> str:
        """Which way it went, as a message says it."""
        way = "少" if self.now < self.then else "多" if self.now > self.then else "不多不少"
        return f"{show(self.now)} 比 {show(self.then)} {way}"


def changes(text: str) -> Iterator[tuple[str, Severity | None]]:
    """Yield what is wrong with what a folded sentence says of two numbers beside one another, and how grave where it is no error."""
    if any(word in text for word in "增减降升提缩扩简回调多少并合倍番平"):
        for match in _WORDS.from_to.finditer(text):
            yield from _from_to(text, match)
        for shape in (_WORDS.beside, _WORDS.behind, _WORDS.aside, _WORDS.in_turn):
            for match in shape.finditer(text):
                yield from _beside(text, match)


def since_before(text: str, before: str) -> Iterator[str]:
    """Yield what is wrong with a comparison that a folded sentence begins with, of a number of the one before: 460条。与上年的400条相比，增长15%."""
    match = _WORDS.opening.match(text)
    last = before.rstrip("。").rpartition("。")[2]
    numbers = (
        [_value(number) for number in re.findall(rf"((?<![\d.])\d+(?:\.\d+)?万?){match['unit']}", last)]
        if match
        else []
    )
    if match and 0 < len(numbers) <= _FEW:  # of a longer list nobody knows which
        meant = frozenset((*numbers, *ending(numbers[-1], numbers[:-1])))  # 当面3件、信函2件。与上年的9件相比，少了4件
        pair = _Pair(_value(match["then"]), numbers[0], meant, match["unit"], certain=False)
        yield from (problem for problem, _ in _said(text, match.end(), pair))


def _value(said: str) -> float:
    """Return a number as written in figures, 万 behind it reckoned in."""
    return number_of(said) or 0.0


def _from_to(text: str, match: re.Match[str]) -> Iterator[tuple[str, Severity | None]]:
    """Yield what is wrong with 由12件减至18件, and with what is said behind it."""
    then, now, unit = _value(match["then"]), _value(match["now"]), match["unit"]
    if unit == _RANK:
        return
    rises = match["up"] and not (match["better"] and unit.endswith(_TIMES))
    if (rises and now < then) or ((match["down"] or (match["joined"] and not match["noun"])) and now > then):
        yield f"从 {show(then)} 到 {show(now)} 是{'减少' if now < then else '增加'}，写的是{match['verb']}", None
        return
    end = match.end("noun") - 1 if match["noun"] else match.end()
    yield from _said(text, end, _Pair(then, now, frozenset({now}), unit, certain=False))


def _beside(text: str, match: re.Match[str]) -> Iterator[tuple[str, Severity | None]]:
    """Yield what is wrong with what is said of two numbers, one of which is another year's."""
    groups = match.groupdict()
    then, now, unit = _value(match["then"]), _value(match["now"]), match["unit"]
    this, year = groups.get("this") or _year_before(text, match.start("now")), groups.get("year", "")[:4]
    if _WORDS.turn.search(text, 0, match.start("now")) or _WORDS.last.match(this):
        return  # 较2022年增加112条，增长7.4%（2022年为1506条）: the number is the difference
    if this[:4].isdecimal() and year.isdecimal() and this[:4] < year:
        then, now = now, then  # 2021年11件，2022年14件，增加3件
    others = {now}
    if not groups.get("this"):
        numbers = [
            (_value(found[1]), found.start()) for found in re.finditer(rf"(?<![\d.])(\d+(?:\.\d+)?万?){unit}", text)
        ]
        before = [number for number, start in numbers if start < match.start("now")]
        others |= {number for number, _ in numbers} - {then} | {*ending(now, before)}
    word, claimed = groups.get("word") or "", match.start("claimed") if groups.get("claimed") else match.end()
    if groups.get("less") or groups.get("more"):
        if (now >= then) if groups["less"] else (now <= then):
            yield f"{show(now)} 不比 {show(then)} {'少' if groups['less'] else '多'}，写的是“{word}”", Severity.WARNING
        return
    compares = claimed != match.end() or _WORDS.compares.fullmatch(word) or match[0].find("（") >= 0
    yield from _said(text, claimed, _Pair(then, now, frozenset(others), unit, bool(compares)))


def _year_before(text: str, stop: int) -> str:
    """Return the year that words name for a number that stands at a place, empty where none does."""
    years = list(_WORDS.year.finditer(text, max(0, stop - _NEAR), stop))
    return years[-1][0] if years else ""


def _said(text: str, start: int, pair: _Pair) -> Iterator[tuple[str, Severity | None]]:
    """Yield the first thing that is wrong with what is said behind a pair of numbers."""
    for _ in range(_MOST_CLAIMS):
        claim = _WORDS.claim.match(text, start)
        if claim is None or (claim["by"] and _WORDS.goes_on.match(text, claim.end())):
            return
        kind = next(name for name in _CLAIMS if claim[name] is not None)
        problem = _CLAIMS[kind](claim, pair)
        if problem:
            yield problem, None if pair.certain and kind in _CERTAIN else Severity.WARNING
            return
        if kind == "by" and abs(abs(pair.now - pair.then) - _value(claim["by"])) <= SLACK:
            if text.startswith("（", claim.end()):
                return  # 净减1件（新增2件、废止3件）: how it came to that
            pair = pair._replace(others=frozenset({pair.now}))  # 192件，比2023年的160件增加32件: it is these two
        start = claim.end()


def _by(claim: re.Match[str], pair: _Pair) -> str:
    """Return what is wrong with a difference: 增加6件."""
    by, fits = _value(claim["by"]), pair.unit == "%" if claim["of"] == "个百分点" else claim["of"] == pair.unit
    if claim["rough"] or not fits:
        return ""
    near = [one for one in pair.others - {by} or {pair.now} if abs(abs(one - pair.then) - by) <= SLACK]
    if not near:
        return f"{show(pair.now)} 比 {show(pair.then)} {gap(pair.now, pair.then)}，写的是 {show(by)}"
    if by and all((one < pair.then) != bool(claim["down"]) for one in near):
        return f"{pair.told}，写的是{_way(claim)} {show(by)}"
    return ""


def _share(claim: re.Match[str], pair: _Pair) -> str:
    """Return what is wrong with a percentage of change: 增长50%; of two percentages it may be their difference."""
    said, decimals = float(claim["share"]), len(claim["share"].partition(".")[2])
    written = -said if claim["down"] else said
    slack = max(1.0, said / 10) if claim["rough"] else 10**-decimals - SLACK
    if not pair.then or any(abs(grown(one, pair.then) - written) < slack for one in pair.others):
        return ""
    if pair.unit == "%" and abs(pair.now - pair.then - written) < slack:
        return ""
    return f"{show(pair.now)} 比 {show(pair.then)} {told_growth(grown(pair.now, pair.then), decimals)}，写的是{_way(claim)} {tidy(said)}%"


def _folds(claim: re.Match[str], pair: _Pair) -> str:
    """Return what is wrong with 增加两倍, 翻一番, 是上年的3倍."""
    said = claim["fold"] or claim["more"] or ""
    wanted = _value(said) + bool(claim["more"]) if said else 2 ** _value(claim["doubled"])
    slack = 0.5 * 0.1 ** len(said.partition(".")[2])
    if not pair.then or claim["down"] or any(abs(one / pair.then - wanted) < slack for one in pair.others):
        return ""
    times = show(round(pair.now / pair.then, 2))
    return f"{show(pair.now)} 是 {show(pair.then)} 的 {times} 倍，写的是“{claim[0].strip('，、（的')}”"


def _level(_: re.Match[str], pair: _Pair) -> str:
    """Return what is wrong with 持平, which a tenth more or less still is."""
    near = max(1.0, pair.then / 10)
    return "" if any(abs(one - pair.then) <= near for one in pair.others) else f"{pair.told}，写的是“持平”"


def _direction(claim: re.Match[str], pair: _Pair) -> str:
    """Return what is wrong with a change that is told by a word alone: 有所增加."""
    sign = -1 if claim["down"] else 1
    return "" if any((one - pair.then) * sign > 0 for one in pair.others) else f"{pair.told}，写的是{_way(claim)}"


def _way(claim: re.Match[str]) -> str:
    """Return the word for a change as it is written."""
    return claim["up"] or claim["down"] or ""


_CLAIMS: Final[dict[str, Callable[[re.Match[str], _Pair], str]]] = {
    "by": _by, "share": _share, "more": _folds, "fold": _folds, "doubled": _folds, "level": _level, "way_alone": _direction,
}  # fmt: skip
_CERTAIN: Final = ("by", "share", "way_alone")
"""What is said by these of two numbers that the words compare can be meant of nothing else."""
