"""X-10, the points between the rates of two years: 96.5%，2023年为91.2%，同比下降5.3个百分点, 比去年的81.8%增加了8.1个百分点.

Asked only where the words tell which rate is the earlier one: two rates of one year may be anything's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import tidy
from gk_xl.checks.text_rules.arithmetic.percentages import SLACK
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

_WORDS: Final = Words(__file__)

_RATE: Final = regex(r"(?<![\d.])(?P<rate>\d+(?:\.\d+)?)%")
_POINTS: Final = regex(
    r"(?P<way>(?P<up>上升|提高|提升|增加|增长|升高|上涨|高)|下降|降低|回落|减少|下滑|低)了?(?P<by>\d+(?:\.\d+)?)个百分点"
)
_YEAR: Final = regex(r"(?<!\d)20\d\d(?=年)")
_LAST, _THIS = 0, 9999
"""How 去年 and 本年 stand beside years."""
_TWO: Final = 2


def wrong_points(text: str) -> Iterator[str]:
    """Yield changes between the rates of two years that are not their difference, or go the other way."""
    for piece in _WORDS.pieces.split(text) if "百分点" in text else ():
        changes = list(_POINTS.finditer(piece))
        rates = [rate for rate in _RATE.finditer(piece) if not _WORDS.grown.search(piece, 0, rate.start())]
        if len(changes) != 1 or len(rates) != _TWO or _WORDS.told_as_from.search(piece):
            continue
        earlier = _earlier(piece, rates)
        if earlier is None:
            continue
        change = changes[0]
        then, now = (float(rates[at]["rate"]) for at in (earlier, 1 - earlier))
        by, decimals = float(change["by"]), max(len(one["rate"].partition(".")[2]) for one in rates)
        if abs(abs(now - then) - by) > 0.1**decimals + SLACK:
            yield f"{tidy(then)}% 和 {tidy(now)}% 差 {tidy(round(abs(now - then), decimals))} 个百分点，写的是 {tidy(by)}"
        elif now != then and (now > then) != bool(change["up"]):
            yield f"从 {tidy(then)}% 到 {tidy(now)}%，写的是“{change['way']}”"


def _earlier(piece: str, rates: Sequence[re.Match[str]]) -> int | None:
    """Return which of two rates is the earlier one; None where the words before them do not tell."""
    before = [piece[: rates[0].start()], piece[rates[0].end() : rates[1].start()]]
    times = [_time(said) for said in before]
    first, second = times
    if first is not None and second is not None:
        return None if first == second else int(second < first)
    if _WORDS.year_alone.match(before[1]):
        return 1 if first is None else None
    said = [
        at for at, time in enumerate(times) if time == _LAST or (time is not None and _WORDS.beside.search(before[at]))
    ]
    return said[0] if said else None


def _time(said: str) -> int | None:
    """Return the time that words name last before a rate: a year, 0 for the last, 9999 for this one."""
    years = [int(year[0]) for year in _YEAR.finditer(said)]
    named = [
        (match.start(), time)
        for form, time in ((_WORDS.last, _LAST), (_WORDS.this, _THIS))
        for match in form.finditer(said)
    ]
    return years[-1] if years and not named else max(named)[1] if named else None
