"""X-10, a change that is told by its difference and its percentage (63件，同比减少8件，降幅为11.3%), or against the text before.

Changes between two numbers that are both told are in changes.py.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import tidy
from gk_xl.checks.text.pieces import pieced
from gk_xl.checks.text_rules.arithmetic.percentages import SLACK, is_share
from gk_xl.checks.text_rules.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORDS: Final = Words(__file__)

FALLS: Final = ("下降", "减少", "降低", "降幅", "少", "回落")
_BOTH: Final = pieced(
    r"{now}，(?:同比|相?[比较]{another_year}(?:度|同期)?)?(?P<turn>增加|减少|增长|下降|多|少)了?(?P<by>\d+)(?P=unit)[，、]"
    r"(?:同比)?(?P<way>增长|上升|增加|提升|增幅|涨幅|下降|减少|降低|降幅)率?(?:了|为|达到?|：){0,3}(?P<share>\d+(?:\.\d+)?)%"
)
"""63件，同比减少8件，降幅为11.3%: last year's number is told by the two."""


def growth(text: str) -> Iterator[str]:
    """Yield what is wrong where a difference and a percentage of a folded sentence do not fit one another."""
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
