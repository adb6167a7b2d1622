"""X-22, years that open what a report says of its own year, left from last year's text: the whole, a sentence, what it is a report of.

A sentence that compares, or tells of what was carried over or of history, is left alone; where a year may be meant it
is only asked about.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.context import year_of
from gk_xl.form.finding import Severity
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.text.sentences import Narrative, Sentence

_WRITTEN: Final = r"(?P<year>\d{4}|[一二][〇○零一二三四五六七八九]{3})年(?:度)?"
_OPENING: Final = regex(
    rf"^(?:(?:（[一二三四五六七八九十\d]{{1,3}}）|[一二三四五六]、|\d[.、])?(?:[^。，：；\d]{{2,16}}[。：])?)?(?:在|回顾|过去的)?{_WRITTEN}(?!以?来|[度末底初]|[\d至到—-]|\d{{1,2}}月|[春夏秋冬]季)，?"
)
_COMPARES: Final = regex(
    r"较|相比|比(?:上|去|20)|同期|同比|增长|下降|结转|以来|历年|累计|问题|整改|评为|荣获|获评|印发的|制定的|出台的|修订|施行|实施|起|机构改革|决算|预算|年报|年度报告|上年|去年|今年|本年"
)
_FIRST_WORDS: Final = 40
_COUNTED: Final = regex(r"\d(?:件|条|篇|份|次|期|场|宗|起|个|项|人)")
_OLD: Final = 3
_NAMED: Final = regex(
    r"(?P<word>明年|来年|次年|下一?年度?|今年|本年度?|去年|上一?年度?|前一年)(?:（|即|，即)(?:[^，。；（）\d]{0,4})(?P<year>20\d\d)年"
)
_AWAY: Final = {"明": 1, "来": 1, "次": 1, "下": 1, "今": 0, "本": 0, "去": -1, "上": -1, "前": -1}
"""How far from the report's year a year is that is called so: 明年（2025年） in the report of 2024."""
_OF_ITSELF: Final = regex(
    rf"(?<!较)(?<!比)(?<!与)(?<!对照){_WRITTEN}[^，。；《》□\d]{{0,16}}?政府信息公开(?:工作)?(?:年度报告|年报|情况|总体情况|工作情况|工作进行|工作总结)"
)
_UP_TO: Final = regex(
    r"截[至止]到?(?P<year>20\d\d)年(?:12月31日|底|末|年底|年末)，?[^。；]{0,16}?(?:办结|结转|现行有效|在办|存量|共有|保留)"
)
_PLANS: Final = regex(
    rf"(?:^|[。；]){_WRITTEN}(?:的)?(?:改进措施|改进方向|工作打算|工作计划|重点工作|工作安排|工作思路|努力方向)[：，]"
)
_MEASURES: Final = regex(
    r"(?:^|[。；：）])(?:下一?步|今后)?(?:改进|改进措施|整改措施|改进方向|措施|打算|安排|计划)(?:为|是)?：[^，。；：\d]{0,10}，?(?P<year>20\d\d)年(?:度)?(?![^，。；]{0,6}(?:已|以来|[上下]半年已))[^。；]{0,16}?"
    r"(?:每(?:个)?(?:季度?|月|周|半年|年)|至少|不少于|力争|争取|确保|拟|将|计划|以上|以内|前)"
)
"""改进：2025年每季度至少发布1篇: what is meant to be done, in the report of that year."""
_ANSWERS: Final = regex(
    r"^(?:（[一二三四五六]）)?(?:改进情况[：。])?(?:针对|围绕)[^，。；]{0,8}(?:存在的?|上述|以上|这些)[^，。；]{0,4}问题，"
)
_DUE: Final = regex(
    r"(?P<year>20\d\d)年(?:上半年|下半年|年底前?|底前|内|[一二三四]季度|\d{1,2}月(?:底|末)?前?)[^，。；\d]{0,4}(?:上线|完成|建成|启用|实现|出台|印发|开通|投入|到位)"
)
_IS_DONE: Final = regex(r"已|了(?!解)|完成了|到位|成效|截至|目前")
_AHEAD: Final = regex(r"月底前|月前|年底前|季度前|将|力争|争取|下一步")
_POINTS: Final = regex(
    r"(?P<year>20\d\d)年(?:度)?[^，。；《》□\d]{0,6}?(?:政务公开|政府信息公开)(?:重点)?工作(?:要点|任务清单|任务分工|任务|安排|计划)"
)
_CARRIED_OUT: Final = regex(r"落实|完成|对照|分解|按照|围绕|根据|明确")
_OTHERS_OF_THEN: Final = regex(r"上一?年|去年|问题|整改|考核|结果|评估|自查|以来|[及和]\d{4}|评为|获")


WRITTEN: Final = regex(_WRITTEN)
"""A year, in figures or characters."""


@lru_cache(maxsize=8)
def opened_by_another(narrative: Narrative, year: int) -> tuple[tuple[Sentence, str, Severity | None], ...]:
    """Return the sentences that another year opens or that say they report on it, what is wrong, how grave where not a warning.

    What was found in the last few texts is remembered.
    """
    return tuple(_opened_by_another(narrative, year))


def _opened_by_another(narrative: Narrative, year: int) -> Iterator[tuple[Sentence, str, Severity | None]]:
    for sentence in narrative.bearing(WRITTEN, _UP_TO):
        if problem := _of_another(sentence, year):
            yield sentence, problem, None
        elif doubt := _until_last(sentence, year) or _planned_for(sentence, year):
            yield sentence, doubt, Severity.HINT
        elif points := _points_of(sentence, year):
            yield sentence, points, None if sentence.part == "other_matters" else Severity.HINT
        elif (told := _opening(sentence, year)) is not None:
            whole = sentence.part == "overview" and sentence.paragraph == 0 and sentence.first
            plain = whole and not _COUNTED.search(sentence.masked)
            problem = f"开头写的是 {told} 年，报告的是 {year} 年，可能是去年的文字没有改"
            yield sentence, problem, None if plain else Severity.HINT


def _opening(sentence: Sentence, year: int) -> int | None:
    """Return the year before the report's that a sentence of 一 or 六 begins with, None where it does not or compares."""
    if sentence.part not in ("overview", "other_matters"):
        return None
    match = _OPENING.match(sentence.masked)
    told = year_of(match["year"]) if match else None
    first = sentence.part == "overview" and sentence.paragraph == 0 and sentence.first
    if match is None or told is None or not year - _OLD <= told < year:
        return None
    if not first and f"{year}年" in sentence.masked:
        return None
    said = sentence.masked[match.end() : match.end() + _FIRST_WORDS] if first else sentence.masked[match.end() :]
    return None if _COMPARES.search(said) or (told < year - 1 and not first) else told


def _of_another(sentence: Sentence, year: int) -> str:
    """Return what is wrong where a year is called this or the next and is another, or the introduction reports on another; empty when not."""
    for named in _NAMED.finditer(sentence.masked):
        right = year + _AWAY[named["word"][0]]
        if int(named["year"]) not in (
            right,
            right + 1,
        ):  # 今年 and 去年 may be those of the writer, who writes in January
            return f"“{named[0]}”：报告的是 {year} 年，{named['word']}是 {right} 年"
    match = _OF_ITSELF.search(sentence.masked) if sentence.part == "preamble" else None
    told = year_of(match["year"]) if match else None
    return f"写的是 {told} 年的报告，报告年度是 {year} 年" if told is not None and told != year else ""


def _until_last(sentence: Sentence, year: int) -> str:
    """Return what is asked of a stock as of the end of last year: 截至2023年12月31日，已办结……."""
    match = _UP_TO.search(sentence.masked) if sentence.part == "overview" else None
    if match is None or int(match["year"]) != year - 1 or f"{year}年" in sentence.masked[match.end() :]:
        return ""
    return f"“{match[0]}”：报告的是 {year} 年"


def _planned_for(sentence: Sentence, year: int) -> str:
    """Return what is asked of plans for the report's year or before: 2024年改进措施：……6月底前完成 in the report of 2024."""
    text = sentence.masked
    if sentence.part != "problems":
        return ""
    match = _PLANS.search(text)
    if match is None or not _AHEAD.search(text, match.end()):
        match = _MEASURES.search(text)
    if match is None and _ANSWERS.match(text) and not _IS_DONE.search(text):
        match = _DUE.search(text)
    told = year_of(match["year"]) if match else None
    if match is None or told is None or told > year:
        return ""
    return f"“{match[0].strip('。；：，')}”说的是打算，{told} 年已经过完"


def _points_of(sentence: Sentence, year: int) -> str:
    """Return what is asked where the year's work is held against last year's 要点: 落实2022年政务公开工作要点情况 in the report of 2023."""
    text = sentence.text
    match = _POINTS.search(text)
    if match is None or int(match["year"]) != year - 1 or f"{year}年" in text:
        return ""
    if not _CARRIED_OUT.search(text) or _OTHERS_OF_THEN.search(text):
        return ""
    return f"“{match[0]}”是 {match['year']} 年的，报告的是 {year} 年，可能是去年的文字没有改"
