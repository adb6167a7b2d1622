"""X-10, three years or more beside one another, and which way they are said to go: 2022年、2023年、2024年分别为320条、356条和391条，逐年上升."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.pieces import pieced
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_WAY: Final = regex(
    r"(?:逐年|连年|(?:连续)?[两二三四五]年(?:连续|持续)?|持续|一年比一年)(?:稳步|持续|不断|明显|小幅){0,2}(?:(?P<up>上升|增加|增长|递增|提高|攀升|增多|走高)|(?P<down>下降|减少|递减|降低|回落|下滑|走低))"
)
_YEAR: Final = r"(?<!\d)(20\d\d)年(?:度)?"
_SPAN: Final = regex(r"(?<!\d)(20\d\d)年?(?:度)?[至到—－-]+(20\d\d)年")
_NAMED: Final = regex(_YEAR)
_EACH: Final = pieced(_YEAR + r"[^，。；、\d]{0,10}(\d+)(?P<unit>{measure})")
_TOGETHER: Final = pieced(r"(\d+)(?P<unit>{measure})(?:[、，](?:\d+)(?P=unit)){0,6}(?:[、和及]|以及)(?:\d+)(?P=unit)")
_ENOUGH: Final = 3
"""Of two years it is another rule's matter."""


def trends(text: str) -> Iterator[str]:
    """Yield what is wrong where a folded sentence says that three years or more rose, or fell, year by year, and they did not."""
    for way in _WAY.finditer(text):
        begin = text.rfind("；", 0, way.start()) + 1
        end = text.find("；", way.end())
        piece = text[begin : end if end >= 0 else len(text)]
        numbers = _by_year(piece)
        if len(numbers) < _ENOUGH:
            continue
        steps = list(itertools.pairwise(numbers))
        right = all((one < two) if way["up"] else (one > two) for one, two in steps)
        if not right:
            yield f"写的是{way[0]}，逐年是 {'、'.join(map(str, numbers))}"


def _by_year(piece: str) -> list[int]:
    """Return the numbers of three years or more in the order of the years; empty where they are not told so."""
    each = _EACH.findall(piece)
    if len(each) >= _ENOUGH:
        told = {int(year): int(number) for year, number, _ in each}
        one_unit = len({unit for _, _, unit in each}) == 1 and len(told) == len(each)
        return [told[year] for year in sorted(told)] if one_unit else []
    listed = _TOGETHER.search(piece)
    if listed is None:
        return []
    numbers = [int(number) for number in regex(rf"(\d+){listed['unit']}").findall(listed[0])]
    years = _years(piece, listed)
    return [number for _, number in sorted(zip(years, numbers, strict=True))] if len(years) == len(numbers) else []


def _years(piece: str, listed: re.Match[str]) -> list[int]:
    """Return the years that stand before a list: named one by one, or from one to another."""
    before = piece[: listed.start()]
    if span := _SPAN.search(before):
        return list(range(int(span[1]), int(span[2]) + 1))
    return [int(year) for year in _NAMED.findall(before)]
