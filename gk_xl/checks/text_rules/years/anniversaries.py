"""X-22, anniversaries that fall in another year than the report's: 今年是新中国成立70周年 in the report of 2020."""

from __future__ import annotations

import re
from typing import Final

from gk_xl.checks.text_rules.data import world
from gk_xl.checks.text_rules.wordings import number_of
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.patterns import regex

_WORDS: Final = Words(__file__)

ANNIVERSARY: Final = regex(r"(?P<before>[^。；]{0,40}?)(?P<count>\d{1,3}|[一二三四五六七八九十百零]{1,5})周年")
_NOW: Final = regex(
    r"(?:今年|本年度?|(?P<year>20\d\d)年)(?:度)?(?:既?是|正值|恰逢|适逢|迎来|喜迎|我们迎来)|正值|恰逢|适逢|值此"
)


def other_anniversary(text: str, year: int) -> str:
    """Return what is wrong when a folded sentence keeps an anniversary of another year, empty when none does.

    What is told as 今年 or as the report's year is held to that year; what is kept may also be next year's.
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
            wrong = not falls & (years or {year, year + 1})
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
    known = world().anniversaries
    found = [name for name in known if whole.endswith(name) or plain.endswith(name)]
    return max(((name, known[name]) for name in found), key=lambda pair: len(pair[0]), default=None)
