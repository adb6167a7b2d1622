"""X-10, averages that are not those of the numbers before; events that a sentence counts and then tells one by one: 培训2次（3月、6月、9月各1次）, 一次…（32人），一次…（68人），合计90人次."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import tidy
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_WHEN: Final = r"(?:\d{1,2}月(?:\d{1,2}日|份|[上中下]旬|底|初)?|第?[一二三四1-4]季度|[上下]半年)"
_EACH: Final = regex(
    rf"(?P<all>(?<![\d.])\d+)(?P<unit>[次期场轮])[^，。；（）\d]{{0,8}}（(?:于|分别于|分别在|在)?(?P<list>{_WHEN}(?:[、和及与]{_WHEN})*)"
    r"(?:，)?(?:(?:各|均)[^，。；（）\d]{0,4}(?P<each>\d+)(?P=unit)|分别[^，。；（）\d]{0,4})?）"
)
_EACH_ONCE: Final = regex(
    rf"(?P<list>{_WHEN}(?:[、和及与]{_WHEN})+)(?:各|均)[^，。；（）\d]{{0,6}}1(?P<unit>[次期场轮])，(?P<all>\d+)(?P=unit)(?:共|合计|总计|累计)"
)
"""4月、9月各办培训班1期，两期共培训95人次."""
_ONE_BY_ONE: Final = regex(
    r"(?:^|[，；、：（])(?:另)?1[次期场](?![^（，；。]{0,20}\d)[^，。；（）]{0,24}（(?P<many>\d+)(?:余)?人次?）"
)
_ALTOGETHER: Final = regex(
    r"[，（](?:合计|共计|累计|总计|一共|共)(?:参训|培训|参加|参会|受训|覆盖|到场)?(?:人员|干部)?(?P<whole>\d+)人次?(?=[，。；）]|$)"
)
_HELD: Final = regex(r"(?P<all>(?<![\d.])\d+)[次期场批](?=[，：（])")
_SEVERAL: Final = 2


def told_one_by_one(text: str) -> Iterator[str]:
    """Yield what is wrong in a sentence, in figures, with what it counts and then tells one by one."""
    for match in _EACH.finditer(text) if "（" in text else ():
        times = len(re.findall(_WHEN, match["list"]))
        whole = int(match["all"])
        if match["each"] is not None and times * int(match["each"]) != whole:
            yield f"“{match['list']}各{match['each']}{match['unit']}”是 {times * int(match['each'])} {match['unit']}，写的是 {whole} {match['unit']}"
        elif match["each"] is None and times > whole:
            yield f"括号里列了 {times} 个时间，写的是 {whole} {match['unit']}"
    for match in _EACH_ONCE.finditer(text) if "各" in text else ():
        times = len(re.findall(_WHEN, match["list"]))
        if times != int(match["all"]):
            yield f"“{match['list']}各1{match['unit']}”是 {times} {match['unit']}，写的是 {match['all']} {match['unit']}"
    if ("人" in text and "计" in text) or "共" in text:
        yield from _heads(text)


_NUMBERED: Final = regex(r"第[1-9一二三四五六][场期次批](?![^（，；。\d]{0,20}共)[^，。；\d]{0,14}?(?P<many>\d+)人")
_RESPECTIVELY: Final = regex(r"分别(?:培训|参训|参加|有|为)?(?P<list>\d+人次?(?:[、和]\d+人次?)+)")


def _heads(text: str) -> Iterator[str]:
    """Yield totals of people that are not what the events told one by one come to."""
    for piece in re.split("[。；]", text):
        each = _RESPECTIVELY.search(piece)
        told = list(_ONE_BY_ONE.finditer(piece)) or list(_NUMBERED.finditer(piece))
        heads = [int(number) for number in re.findall(r"\d+", each["list"])] if each else []
        heads = heads or [int(match["many"]) for match in told]
        if len(heads) < _SEVERAL:
            continue
        first, last = (each.start(), each.end()) if each else (told[0].start() + 1, told[-1].end())
        whole, held = _ALTOGETHER.search(piece, last), _HELD.search(piece, 0, first)
        if whole is None or held is None or int(held["all"]) != len(heads):
            continue
        if sum(heads) != int(whole["whole"]):
            yield f"{' + '.join(map(str, heads))} = {sum(heads)}，合计写的是 {whole['whole']} 人次"


_MEAN: Final = regex(
    r"(?:(?:平均|场均|期均)?每|(?=月均))(?P<each>个?(?:村|社区|期|场|次|季度|月|镇|乡镇|单位|部门|人|名|组|股室|科室|站点?|网点|学校|家|户|批))(?:平均|均|次)?(?:公开|发布|更新|推送|制作|编发){0,2}(?:信息)?(?P<about>约)?(?:为|达|有)?(?P<number>\d+(?:\.\d+)?)(?P<unit>人次|条次|件次|[件条篇份次项个期场人名户家册张元])(?=[，。；）])"
)
_WORDED: Final = regex("平均|月均")
_OF_A_YEAR: Final = regex(r"\d{4}年(?:度)?$")
_SOME: Final = ("多的", "少的", "高的", "低的", "最多", "最少")
"""多的月均11条: one of them, no average of all."""
_OF_TIME: Final = {"月": 12, "个月": 12, "季度": 4, "个季度": 4}


def averaged(text: str, before: str) -> Iterator[str]:
    """Yield averages that are not those of the numbers named before: 11个村，开了132场，平均每村11场."""
    for match in _MEAN.finditer(text) if "均" in text else ():
        if not _WORDED.search(text, max(0, match.start() - 6), match.end()) or text[: match.start()].endswith(_SOME):
            continue
        if _OF_A_YEAR.search(text, 0, match.start()):
            continue  # 月均16.1件（2024年月均14.5件）: of another year's
        told, each = before + text[: match.start()], match["each"]
        wholes = [float(number) for number in regex(rf"(?<![\d.])(\d+(?:\.\d+)?){match['unit']}").findall(told)]
        behind = regex(rf"，(?:合计|共计?|累计|总计)(\d+){match['unit']}").match(text, match.end())
        wholes += [float(behind[1])] if behind else []  # 培训4场，平均每场65人，共260人次
        thing = each.removeprefix("个")
        many = [_OF_TIME[each]] if each in _OF_TIME else _many(thing, told)
        mean = float(match["number"])
        if not wholes or not many:
            continue
        if not any(abs(whole / some - mean) < 1 for whole in wholes for some in many if some):
            near = min(
                ((whole, some) for whole in wholes for some in many if some),
                key=lambda pair: abs(pair[0] / pair[1] - mean),
                default=None,
            )
            if near is not None:
                yield f"{tidy(near[0])} ÷ {tidy(near[1])} = {tidy(round(near[0] / near[1], 1))}，写的是平均 {match['number']}"


def _many(thing: str, told: str) -> list[float]:
    """Return how many of a thing are named: 3期, 11个行政村."""
    return [float(number) for number in regex(rf"(?<![\d.])(\d+)(?:个(?:行政)?|名|家)?{thing}").findall(told)]
