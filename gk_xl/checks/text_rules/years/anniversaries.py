"""X-22, what comes round every year: anniversaries of another year than the report's, yearly days on another date or counted otherwise."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from gk_xl.checks.text_rules.data import world
from gk_xl.checks.text_rules.wordings import number_of
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.patterns import regex

_WORDS: Final = Words(__file__)

ANNIVERSARY: Final = regex(r"(?P<before>[^。；]{0,40}?)(?P<count>\d{1,3}|[一二三四五六七八九十百零]{1,5})周年")
_SOON: Final = regex(r"[喜恭]迎|迎接|即将|筹备|筹办|预热|倒计时|提前|备战|谋划|准备")
_NOW: Final = regex(
    r"(?:今年|本年度?|(?P<year>20\d\d)年)(?:度)?(?:既?是|正值|恰逢|适逢|迎来|喜迎|我们迎来)|正值|恰逢|适逢|值此"
)


def other_anniversary(text: str, year: int) -> str:
    """Return what is wrong when a folded sentence keeps an anniversary of another year, empty when none does.

    What is told as 今年 or as the report's year is held to that year; what is got ready for may also be next year's.
    """
    for match in ANNIVERSARY.finditer(text) if "周年" in text else ():
        begun = _name_before(match["before"])
        count = number_of(match["count"])
        if begun is None or not count or _WORDS.other_time.search(text):
            continue
        name, since = begun
        falls = {one + int(count) for one in since}
        told = _NOW.search(match["before"])
        years = {int(found) for found in _WORDS.named.findall(text)}
        if told and not (told["year"] and int(told["year"]) != year):
            wrong = year not in falls
        elif _WORDS.kept.search(text):
            wrong = not falls & (years or {year, year + bool(_SOON.search(text))})
        elif years:
            wrong = not falls & (years | {year})
        else:
            continue
        if wrong:
            shown = "、".join(f"{one} 年" for one in sorted(falls))
            return f"{name}{match['count']}周年是 {shown}"
    return ""


def _name_before(before: str) -> tuple[str, tuple[int, ...]] | None:
    """Return the event that the words before a count name, with the years that it is counted from; None when none of the list."""
    plain = re.sub("[《》“”]", "", _WORDS.behind_name.sub("", before))
    whole = re.sub("[《》“”]", "", before)
    known = _known()
    found = [name for name in known if whole.endswith(name) or plain.endswith(name)]
    return max(((name, known[name]) for name in found), key=lambda pair: len(pair[0]), default=None)


@lru_cache
def _known() -> dict[str, tuple[int, ...]]:
    """Return the events of the list and the laws, by name, with the years that they are counted from; a province may have a 条例 of that name."""
    laws = {
        law: tuple({int(day[:4]) for day in days}) for law, days in world().laws.items() if law.endswith(("法", "典"))
    }
    return {**laws, **world().anniversaries}


@lru_cache
def yearly() -> re.Pattern[str]:
    """Return how a day that comes every year is named, its date before or behind it."""
    names = "|".join(sorted(world().days, key=len, reverse=True))
    return regex(
        r"(?:(?P<date>\d{1,2}月\d{1,2}日)(?P<on>是|为|，?迎来)?|(?P<short>\d{1,2}·\d{1,2}))?“?"
        r"(?:第(?P<count>\d{1,3}|[一二三四五六七八九十]{1,4})[个届次]|(?P<first>首[个届]))?“?(?:全国|全民|中国|中华|国家|国际|世界|人民|农民)*"
        rf"(?P<name>{names})(?P<about>”?(?:宣传|主题|系列|活动|期间|前|来临|到来|当周))?”?(?:（(?P<behind>\d{{1,2}}月\d{{1,2}}日)）)?"
    )


def other_day(text: str, year: int) -> str:
    """Return what is wrong where a day that comes every year has another date in a folded sentence, or is counted otherwise than in its year."""
    for match in yearly().finditer(text):
        began, date = world().days[match["name"]]
        before = (match["short"] or "").replace("·", "月") + "日" if match["short"] else match["date"]
        written = match["behind"] or ("" if match["about"] and not match["on"] else before)
        if date and written and written != date:
            return f"{match['name']}是{date}，不是{written}"
        count = 1 if match["first"] else number_of(match["count"] or "")
        named = {int(found) for found in _WORDS.named.findall(text)}
        if began and count and not _WORDS.other_time.search(text) and began + count - 1 not in (named or {year}):
            return f"第一个{match['name']}在 {began} 年，{match['count'] or '首'}个是 {began + int(count) - 1} 年"
    return ""
