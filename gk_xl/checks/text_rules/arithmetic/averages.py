"""X-10, averages that are not those of the numbers named before: 11个村，开了132场，平均每村11场."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import tidy
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_MEAN: Final = regex(
    r"(?:(?:平均|场均|期均)?每|(?=月均))(?P<each>个?(?:村|社区|期|场|次|季度|月|镇|乡镇|单位|部门|人|名|组|股室|科室|站点?|网点|学校|家|户|批))(?:平均|均|次)?(?:公开|发布|更新|推送|制作|编发){0,2}(?:信息)?(?P<about>约)?(?:为|达|有)?(?P<number>\d+(?:\.\d+)?)(?P<unit>人次|条次|件次|[件条篇份次项个期场人名户家册张元])(?=[，。；）])"
)
_WORDED: Final = regex("平均|月均")
_OF_TIME: Final = {"月": 12, "个月": 12, "季度": 4, "个季度": 4}


def averaged(text: str, before: str) -> Iterator[str]:
    """Yield averages that are not those of the numbers named before: 11个村，开了132场，平均每村11场."""
    for match in _MEAN.finditer(text) if "均" in text else ():
        if not _WORDED.search(text, max(0, match.start() - 6), match.end()):
            continue
        told, each = before + text[: match.start()], match["each"]
        wholes = [float(number) for number in regex(rf"(?<![\d.])(\d+(?:\.\d+)?){match['unit']}").findall(told)]
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
