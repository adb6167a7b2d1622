"""X-10, comparisons inside one sentence: 12件，比2022年的10件增加2件，增长20%; 12件，同比增长20%（2022年为10件）.

Read only where both numbers stand right beside the comparison, in one unit. What is vague (约, 余) or speaks of a third
number says nothing.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import gap, tidy
from gk_xl.checks.text.pieces import pieced
from gk_xl.checks.text_rules.arithmetic.percentages import SLACK, ending, is_share
from gk_xl.checks.text_rules.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORDS: Final = Words(__file__)

_CHANGE: Final = (
    r"(?:(?P<turn>增加|减少|增长|下降|多|少)了?(?P<by>\d+)(?P=unit)[，、]?)?"
    r"(?:同比|比例|，){0,3}(?:(?P<way>增长|上升|增加|提升|提高|增幅|下降|减少|降低|降幅)率?(?:了|为|达到?|：){0,3}(?P<share>\d+(?:\.\d+)?)%)?"
)
_FORMS: Final = (
    pieced(
        rf"{{now}}(?:新?申请件?|信息|案件)?(?:，|（)?(?:后者|其)?(?:相?比|较|与|和|同|对比|相较于?|在)之?前?{{then}}(?:基础上|相比|，|、){{0,3}}{_CHANGE}"
    ),
    pieced(rf"{{now}}（(?:其中)?{{then}}，(?:同比|相比|，){{0,3}}{_CHANGE}）"),
    pieced(rf"{{now}}，(?:同比|相?[比较]{{last_year}}|，){{0,3}}{_CHANGE}（{{then}}）"),
    pieced(rf"{{now}}，(?:同比|相?[比较]{{last_year}})（(?P<then>\d+)(?P=unit)）{_CHANGE}"),
)
FALLS: Final = ("下降", "减少", "降低", "降幅", "少", "回落")
_BOTH: Final = pieced(
    r"{now}，(?:同比|相?[比较]{another_year}(?:度|同期)?)?(?P<turn>增加|减少|增长|下降|多|少)了?(?P<by>\d+)(?P=unit)[，、]"
    r"(?:同比)?(?P<way>增长|上升|增加|提升|增幅|涨幅|下降|减少|降低|降幅)率?(?:了|为|达到?|：){0,3}(?P<share>\d+(?:\.\d+)?)%"
)
"""63件，同比减少8件，降幅为11.3%: last year's number is told by the two."""


def growth(text: str) -> Iterator[str]:
    """Yield what is wrong with the comparisons of a folded sentence: the difference, or the percentage."""
    if not any(word in text for word in "增减降升提缩扩简回调多少并合"):
        return
    yield from _somewhat(text)
    for match in (found for form in _FORMS for found in form.finditer(text)):
        now, then = int(match["now"]), int(match["then"])
        if _WORDS.turn.search(text, 0, match.start()) or (
            match["share"] and now and then and is_share(now, then, match["share"])
        ):
            continue  # 较2022年增加112条，增长7.4%（2022年为1506条）: the number is the difference
        # 共480条，其中动态200条，比2022年的400条增长20%: any number of the sentence may be the one that grew.
        numbers = {int(number) for number in re.findall(rf"(\d+){match['unit']}", text)} - {then}
        listed = [int(number) for number in re.findall(rf"(\d+){match['unit']}", text[: match.start()])]
        numbers |= set(map(int, ending(now, listed)))  # 自然人6件，商业企业1件，同上年的5件相比增加2件: both of them
        if match["by"] and all(abs(number - then) != int(match["by"]) for number in numbers - {int(match["by"])}):
            yield f"{now} 比 {then} {gap(now, then)}，写的是 {match['by']}"
        elif match["by"] and all(
            (number < then) != (match["turn"] in FALLS) for number in numbers - {int(match["by"])}
        ):
            yield f"{now} 比 {then} {'少' if now < then else '多'}，写的是{match['turn']} {match['by']}"
        elif match["share"] and then:
            share, decimals = float(match["share"]), len(match["share"].partition(".")[2])
            written = -share if match["way"] in FALLS else share
            if all(abs(grown(number, then) - written) >= 10**-decimals - SLACK for number in numbers):
                yield f"{now} 比 {then} {told_growth(grown(now, then), decimals)}，写的是{match['way']} {tidy(share)}%"


def _somewhat(text: str) -> Iterator[str]:
    """Yield what is wrong where two years' numbers are compared by a word alone, or a difference and a percentage do not fit."""
    for match in _BOTH.finditer(text):
        if _WORDS.base.search(text, 0, match.start()):
            continue  # 702件（2019年为655件，增加47件，增幅7.2%）
        if (match["turn"] in FALLS) != (match["way"] in FALLS):
            yield f"前面写{match['turn']} {match['by']}，后面写{match['way']} {match['share']}%"
            continue
        sign = -1 if match["turn"] in FALLS else 1
        now, share, decimals = int(match["now"]), float(match["share"]), len(match["share"].partition(".")[2])
        then = now - sign * int(match["by"])
        if now and _WORDS.last_year.search(text, 0, match.start()) and is_share(int(match["by"]), now, match["share"]):
            continue  # 745条，上年为406条，增加339条，增长83.5%: the number before is last year's
        if then > 0 and abs(abs(grown(now, then)) - share) >= 10**-decimals - SLACK:
            yield f"{now} 比 {then} {told_growth(grown(now, then), decimals)}，写的是{match['way']} {tidy(share)}%"


def grown(now: float, then: float) -> float:
    """Return by how many hundredths a number grew; negative when it fell."""
    return 100 * (now - then) / then


def told_growth(change: float, decimals: int) -> str:
    """Return a change as a message gives it, with a decimal at least."""
    if not change:
        return "持平"
    return f"{'增长' if change > 0 else '下降'} {abs(change):.{max(decimals, 1)}f}%"


def gives(numbers: Sequence[float], said: str) -> bool:
    """Return whether two of some numbers give a change: one grew by it to another, or is it of another.

    Of whole hundredths nearly any numbers give one, so there only what stands right behind another is asked.
    """
    few = "." not in said
    pairs = itertools.pairwise(numbers) if few else itertools.permutations(numbers[:_FEW], 2)
    return any(base and (is_share(abs(one - base), base, said) or is_share(one, base, said)) for base, one in pairs)


_FEW: Final = 12
_TURNED: Final = pieced(
    r"{another_year}(?:度)?[^，。；\d]{0,12}(?P<then>\d+)(?P<unit>{measure})，(?:(?:\d{4}年|今年|本年度?)(?:度)?)?"
    r"同比(?P<way>增长|上升|增加|提升|提高|下降|减少|降低)了?(?P<share>\d+\.\d+)%"
)


def turned(text: str, before: str) -> Iterator[str]:
    """Yield what is wrong with a comparison whose percentage is right and whose direction is not.

    收到申请19件。……2022年收到申请23件，2023年同比增长17.39%: this year's number stands in the text before.
    """
    for match in _TURNED.finditer(text) if "同比" in text else ():
        then, share = int(match["then"]), float(match["share"])
        written = -share if match["way"] in FALLS else share
        decimals = len(match["share"].partition(".")[2])
        numbers = {int(number) for number in re.findall(rf"(\d+){match['unit']}", before + text[: match.start()])}
        changes = {number: grown(number, then) for number in numbers} if then else {}
        near = {number for number, change in changes.items() if abs(abs(change) - share) < 0.1**decimals - SLACK}
        if near and all(changes[number] * written < 0 for number in near):
            number = max(near)
            yield f"{number} 比 {then} {told_growth(changes[number], decimals)}，写的是{match['way']} {tidy(share)}%"
