"""X-10, what a paragraph counts within its own totals: channels and subjects of applications, items published, means of a month.

The parts need not be told to be all, so most of it is only asked about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.pieces import pieced
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.finding import Severity
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    Problem = tuple[str, Severity]

_WORDS: Final = Words(__file__)


def within(text: str, before: str) -> Iterator[Problem]:
    """Yield what is wrong in a sentence, in figures, that stands behind others of its paragraph (``before``)."""
    if "申请" in text or "申请" in before:
        yield from _channels(text, before)
        yield from _subjects(text, before)
        yield from _both_results(text, before)
    if "公开" in before + text:
        yield from _published(text, before)


_NEW: Final = regex(r"(?:新收|收到|接收|受理|接到)[^，。；：\d]{0,14}(?P<number>\d+)件")
_OTHERS: Final = pieced(
    r"{another_year}[^，。；\d]{0,8}结转[^，。；\d]{0,8}(?P<number>\d+)件|结转[^，。；\d]{0,4}上年[^，。；\d]{0,6}(?P<other>\d+)件"
)
_BY: Final = regex(
    r"(?:渠道|途径|方式)(?:(?:来?看|划?分|为|是|包括)?[，：]|分为[，：]?)(?P<list>(?:[^，。；、：（）\d]{1,16}\d+件[，、]?){2,})(?=[。；])"
)
_OF_THEM: Final = regex(
    r"(?:其中：?|(?P<whole>\d+)件[^，。；：、\d]{0,14}中[，：]|(?:^|[，。；])通过)(?P<list>(?:[^，。；、：（）\d]{1,16}\d+件[，、]?){2,})(?=[。；])"
)
_IN_BRACKETS: Final = regex(r"(?P<whole>(?<![\d.])\d+)件（(?P<list>(?:[^，。；、：（）\d]{1,10}\d+件[，、]?){2,})）")
"""收到申请8件（网络提交6件，信函提交2件）."""
_COUNTED: Final = regex(r"(?<![\d.])(\d+)件")


def _told_before(told: str) -> tuple[int, int] | None:
    """Return how many applications came by what is told, and how many were carried in; None when more than one number came."""
    new = {int(match["number"]) for match in _NEW.finditer(told)}
    carried = sum(int(match["number"] or match["other"]) for match in _OTHERS.finditer(told))
    return (new.pop(), carried) if len(new) == 1 else None


def _channels(text: str, before: str) -> Iterator[Problem]:
    """Yield channels that come to more than what came, or to less where they are said to be all.

    新收申请12件。……申请渠道：网络8件，信函3件，当面2件; 新收77件……按渠道分为：网上49件、邮寄21件、当面4件.
    """
    for match in _IN_BRACKETS.finditer(text):
        listed = [int(number) for number in _COUNTED.findall(match["list"])]
        all_ways = len(_WORDS.way.findall(match["list"])) >= len(listed) and not _WORDS.some_ways.search(match["list"])
        if all_ways and sum(listed) != int(match["whole"]):
            yield f"各渠道加起来是 {sum(listed)} 件，收到的是 {match['whole']} 件", Severity.WARNING
    some = [(match, True) for match in _OF_THEM.finditer(text)]
    for match, chosen in (*((match, False) for match in _BY.finditer(text)), *some):
        told = before + text[: match.start()]
        came, listed = _told_before(told), [int(number) for number in _COUNTED.findall(match["list"])]
        if chosen and match["whole"]:
            came = int(match["whole"]), 0  # 9件新收申请中，通过网络提交5件，通过邮寄提交5件
        if len(_WORDS.way.findall(match["list"])) < len(listed):
            continue
        if came is None or sum(listed) in (came[0], *map(int, _COUNTED.findall(told))):
            continue
        if chosen and sum(listed) <= sum(came):
            continue  # of all that were to be dealt with, or some of them
        if sum(listed) < came[0] and not (_WORDS.all_ways.search(match[0]) and not _WORDS.some_ways.search(match[0])):
            continue
        severity = Severity.HINT if came[0] < sum(listed) <= sum(came) else Severity.WARNING
        yield f"各渠道加起来是 {sum(listed)} 件，收到的是 {came[0]} 件", severity


_BY_SUBJECT: Final = regex(
    r"按(?:申请)?(?:内容|事项|类别)(?:来?看|划?分|分为)?[，：](?P<list>(?:[^，。；、：（）\d]{2,20}\d+件[，、]?){2,})(?=[。；])"
)
_RESPECTIVELY: Final = regex(r"(?:事项|内容|涉及|主要)[^。；\d]{4,60}，?分别[为是有](?P<list>\d+件(?:[、，和]\d+件)+)")


def _subjects(text: str, before: str) -> Iterator[Problem]:
    """Yield subjects of applications that come to more than came: 主要为退休审批、工伤认定，分别为7件、6件, of 12."""
    for match in (*_RESPECTIVELY.finditer(text), *_BY_SUBJECT.finditer(text)):
        came = _told_before(before + text[: match.start()])
        found = sum(int(number) for number in _COUNTED.findall(match["list"]))
        if came is not None and found > sum(came):
            yield f"各事项加起来是 {found} 件，收到的申请是 {sum(came)} 件", Severity.HINT


_GRANTED: Final = regex(r"(?<![不分动])(?:予以|同意|全部)?公开的?(?P<number>\d+)件")
_PARTIAL: Final = regex(r"部分公开的?(?P<number>\d+)件")
_BOTH: Final = regex(r"公开(?:和|与|及|、)部分公开(?:的)?(?:合计|共计|共|一共)?(?P<number>\d+)件")


def _both_results(text: str, before: str) -> Iterator[Problem]:
    """Yield 公开和部分公开35件 where the paragraph tells of 26 and of 8."""
    for match in _BOTH.finditer(text):
        told = before + text[: match.start()]
        granted, partial = ({int(found["number"]) for found in form.finditer(told)} for form in (_GRANTED, _PARTIAL))
        if len(granted) == 1 and len(partial) == 1:
            (one,), (other,) = granted, partial
            if one + other != int(match["number"]):
                yield f"{one} + {other} = {one + other}，写的是 {match['number']}", Severity.WARNING


_ALL_PUBLISHED: Final = regex(
    r"(?:^|(?<=。))[^，。；\d]{0,10}(?:\d{4}年(?:度)?，?)?(?:全年|本年度|累计|共)?[^，。；\d]{0,8}(?:主动)?公开(?:政府|各类|政务){0,2}信息(?:共|总计)?(?P<whole>\d+)(?P<unit>条|件)(?=[，。；])"
)
_BY_CHANNEL: Final = regex(
    r"(?:网站|网|公众号|公开栏|专栏|页面|平台|微博|微信)[^，。；、\d]{0,10}?(?:主动)?(?:公开|发布)(?:政府|各类)?(?:信息)?(?P<part>\d+)(?P<unit>条|件)"
)
_ITEM: Final = regex(r"(?:公开|发布|、)[^，。；、\d]{2,20}信息(?P<part>\d+)(?P<unit>条|件)(?=[，。；、])")


def _published(text: str, before: str) -> Iterator[Problem]:
    """Yield kinds of information, or channels, of which more was published than in all: 公开各类信息1236条。……县政府网站公开1630条.

    What is wrong within one sentence of channels another rule says better.
    """
    for form, told in ((_ITEM, before + text), (_BY_CHANNEL, before)):
        items = [] if _WORDS.not_of_it.search(text) else [*form.finditer(text)]
        total = _ALL_PUBLISHED.search(told) if items else None
        for match in items if total else ():
            if total and match["unit"] == total["unit"] and int(match["part"]) > int(total["whole"]):
                yield f"“{match[0].lstrip('、')}”多于前面的总数 {total['whole']} {total['unit']}", Severity.HINT
                return
