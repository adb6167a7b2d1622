"""X-22, X-32, years that were left from last year's text: in fixed wordings (``wordings.toml``), and where one opens what is said.

A sentence that compares, or tells of what was carried over or of history, is left alone; where a year may be meant it
is only asked about.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.context import year_of
from gk_xl.checks.text.pieces import pieced
from gk_xl.checks.text.tokens import KEPT
from gk_xl.checks.text_rules.wordings import Table
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.finding import Severity
from gk_xl.form.names import own_names
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

    from gk_xl.checks.text.sentences import Narrative, Sentence
    from gk_xl.form.filing import Unit

_WORDS: Final = Words(__file__)

_WORDINGS: Final = Table(__file__)
patterns = _WORDINGS.patterns
_WRITTEN: Final = r"(?P<year>{year_number})年(?:度)?"
_OPENING: Final = pieced(
    rf"^(?:(?:（[^（）]{{1,8}}）|[一二三四五六]、|\d[.、])?(?:[^。，：；\d]{{2,16}}[。：])?)?(?P<since>[自从])?(?:在|回顾|过去的)?{_WRITTEN}(?P<long>以?来)?(?![度末底初]|[\d至到—-]|\d{{1,2}}月|[春夏秋冬]季)，?"
)
_SPEAKER: Final = regex(
    r"^(?:（[^）]*）)?(?:\d{4}年(?:度)?)，?(?P<name>[\u4e00-\u9fff]{2,12}?[局委办厅会处院镇乡街道府心])(?=[\u4e00-\u9fff□“])"
)
_FIRST_WORDS: Final = 40
_OLD: Final = 3
"""So many years back a text may have been copied from; what is older is history."""
_NAMED: Final = regex(
    r"(?P<word>明年|来年|次年|下一?年度?|今年|本年度?|去年|上一?年度?|前一年)(?:（|即|，即)(?:[^，。；（）\d]{0,4})(?P<year>20\d\d)年"
)
_AWAY: Final = {"明": 1, "来": 1, "次": 1, "下": 1, "今": 0, "本": 0, "去": -1, "上": -1, "前": -1}
"""How far from the report's year a year is that is called so: 明年（2025年） in the report of 2024."""


_YEAR: Final = regex(r"(?<!\d)(\d{4})年")
WRITTEN: Final = pieced(_WRITTEN)
"""A year, in figures or characters."""


def wrong_year(kind: str, sentence: Sentence, year: int, text: str = "") -> str:
    """Return what is wrong with a year in one of the wordings of a kind, empty when nothing is; ``text``: the sentence read otherwise."""
    return _wrong_year(kind, text or sentence.masked, sentence.text, sentence.part, year)


@lru_cache(maxsize=KEPT)
def _wrong_year(kind: str, text: str, said: str, part: str, year: int) -> str:
    """Return what is wrong with a year in a sentence of a part; ``said`` is the sentence as it stands."""

    def around(match: re.Match[str]) -> Mapping[str, float]:
        return {
            "year": year,
            "latest": max(map(int, _YEAR.findall(text)), default=0),
            "said": f"{year}年" in said,
            "behind": f"{year}年" in text[match.end() :],
            "before_it": f"{year - 1}年" in text,
            "ahead": part == "problems" and f"{year + 1}年" in text,
        }

    return _WORDINGS.first(kind, text, part, around, text=said)


@lru_cache(maxsize=8)
def opened_by_another(narrative: Narrative, year: int, unit: Unit) -> tuple[tuple[Sentence, str, Severity | None], ...]:
    """Return the sentences that another year opens, what is wrong, how grave where not a warning; the last few texts are remembered."""
    return tuple(_opened_by_another(narrative, year, unit))


def _opened_by_another(narrative: Narrative, year: int, unit: Unit) -> Iterator[tuple[Sentence, str, Severity | None]]:
    for sentence in narrative.bearing(WRITTEN):
        if problem := _called_wrongly(sentence.masked, year) or wrong_year("opened", sentence, year):
            yield sentence, problem, None
            continue
        match = _OPENING.match(sentence.masked)
        told = year_of(match["year"]) if match else None
        if match is None or told is None or not year - _OLD <= told < year:
            continue
        if problem := _opens_all(sentence, told, year, narrative, unit):
            yield sentence, problem, None
        elif _opens_alone(sentence, match, told, year):
            whole = sentence.part == "overview" and sentence.paragraph == 0 and sentence.first
            plain = whole and not _WORDS.counted.search(sentence.masked)
            problem = f"开头写的是 {told} 年，报告的是 {year} 年，可能是去年的文字没有改"
            yield sentence, problem, None if plain else Severity.HINT


def _called_wrongly(text: str, year: int) -> str:
    """Return what is wrong where a year is called this, the next or the last and is another; empty when not."""
    for named in _NAMED.finditer(text):
        right = year + _AWAY[named["word"][0]]
        if int(named["year"]) not in (right, right + 1):  # 今年 may be the writer's, who writes in January
            return f"“{named[0]}”：报告的是 {year} 年，{named['word']}是 {right} 年"
    return ""


def _opens_all(sentence: Sentence, told: int, year: int, narrative: Narrative, unit: Unit) -> str:
    """Return what is wrong where a paragraph of 一 or 五 begins with a year, and never names the report's; empty when nothing is."""
    if not sentence.first or sentence.part not in ("overview", "problems"):
        return ""
    text = next(one.text for one in narrative.part(sentence.part) if one.index == sentence.paragraph)
    if f"{year}" in text:
        return ""
    if _WORDS.problems_of.search(sentence.text) and not _WORDS.mended.search(text):
        return f"写的是 {told} 年存在的问题，全段没有提到 {year} 年，可能是去年的文字没有改"
    speaker = _SPEAKER.match(sentence.masked)
    own = _WORDS.own_work.search(sentence.text) or (
        speaker and unit.name and own_names(unit).owns(speaker["name"])
    )  # 2023年县教体局紧扣……
    return (
        f"段首写的是 {told} 年，全段没有提到 {year} 年，可能是去年的文字没有改"
        if own and not _WORDS.reaches_back.search(text)
        else ""
    )


def _opens_alone(sentence: Sentence, match: re.Match[str], told: int, year: int) -> bool:
    """Return whether a sentence of 一 or 六 begins with the year before the report's and compares nothing."""
    if sentence.part not in ("overview", "other_matters") or match["since"] or match["long"]:
        return False
    first = sentence.part == "overview" and sentence.paragraph == 0 and sentence.first
    if not first and (f"{year}年" in sentence.masked or told < year - 1):
        return False
    return not _WORDS.compares.search(sentence.masked[match.end() :][: _FIRST_WORDS if first else None])
