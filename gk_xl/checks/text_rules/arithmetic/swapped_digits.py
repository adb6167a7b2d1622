"""X-10, lists that would come to their total were two digits of one number the other way round: 486条，其中142条、138条、26条.

A list may leave some out, so that it comes to less says nothing by itself; that one slip of the keys makes it come out
does.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.tokens import KEPT, counts
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.checks.text.tokens import Count

_WORDS: Final = Words(__file__)

_UNITS: Final = frozenset("条件篇份次期场个项宗人户家张册部则")
_IN_A_LIST: Final = ("、", "）、")
_SEVERAL: Final = 2
_MOST: Final = 12
_LONGEST: Final = 120
_BY_WAY: Final = ("渠道", "途径")
"""One item may be published by several ways, so a list of them is only asked about."""


def turned_in_lists(text: str, before: str) -> tuple[tuple[str, Severity], ...]:
    """Return what is wrong with the lists of a text in figures; the total may be all that the sentence ``before`` counts."""
    return _turned_in_lists(text, before.rstrip("。").rpartition("。")[2]) if counts(text) else ()


@lru_cache(maxsize=KEPT)
def _turned_in_lists(text: str, said: str) -> tuple[tuple[str, Severity], ...]:
    return tuple(_turned(text, said))


def _turned(text: str, said: str) -> Iterator[tuple[str, Severity]]:
    """Yield what is wrong with the lists of a text; ``said`` is the sentence before."""
    found, after = counts(text), 0
    for at, total in enumerate(found[: min(_MOST, max(len(found) - _SEVERAL, 0))]):
        items = list(_items(text, found, at)) if at >= after and not text.startswith(_IN_A_LIST, total.end) else []
        if items and (_WORDS.more.match(text, items[-1].end) or _beside(total, items)):
            continue  # 12件、10件，其余9件
        after = max(after, at + 1 + len(items) if _comes_out(total, items) else 0)
        if problem := _problem(total, items):
            yield problem, Severity.WARNING
            return
    if len(found) < _SEVERAL or not said or len(said) >= _LONGEST or "其中" in text:
        return
    if len({count.unit for count in found}) > 1 or _WORDS.apart.search(text) or _WORDS.apart.search(said):
        return
    ways = any(word in text for word in _BY_WAY)
    alone = [count for count in counts(said) if count.unit == found[0].unit]
    if len(alone) == 1 and (ways or len(counts(said)) == 1) and (problem := _problem(alone[0], found)):
        yield problem, Severity.HINT if ways else Severity.WARNING


def _beside(total: Count, items: Sequence[Count]) -> bool:
    """Return whether the first number stands beside the others and is no total of them: 通过网站201条，通过新媒体108条; 予以公开9件，部分公开4件."""
    if _WORDS.part.search(total.before) and any(_WORDS.part.search(item.before) for item in items):
        return True
    by = _WORDS.by.search(total.before)
    return by is not None and all(by[0] in item.before for item in items)


def _comes_out(total: Count, items: Sequence[Count]) -> bool:
    """Return whether a list comes to its total, wherever it ends."""
    return total.number in list(accumulate(item.number for item in items))[1:]


def _items(text: str, found: Sequence[Count], at: int) -> Iterator[Count]:
    """Yield the numbers listed right behind one, in its unit, outside of brackets of their own."""
    total, end = found[at], found[at].end
    bracket = text.startswith("（", end)
    for count in found[at + 1 : at + 1 + _MOST]:
        between = text[end : count.start]
        if _WORDS.ends.search(between) or count.unit != total.unit or count.vague or _WORDS.apart.search(between):
            return
        if bracket and "）" in between:
            return
        if not bracket and between.count("（") > between.count("）"):
            return
        if not _WORDS.lists.search(between):
            return
        yield count
        if text.startswith("：", count.end):
            return  # 应答复44件，已答复42件：公开12件、……: those are parts of it
        end = count.end


def _problem(total: Count, items: Sequence[Count]) -> str:
    """Return what is wrong with a list that one slip keeps from its total, empty when it comes to it or nothing tells."""
    if len(items) < _SEVERAL or total.vague or total.unit not in _UNITS:
        return ""
    if _comes_out(total, items) or any(not isinstance(item.number, int) for item in (total, *items)):
        return ""
    whole = sum(item.number for item in items)
    if any(other == whole for other in turned_round(int(total.number))) and len(str(total.number)) > _SEVERAL:
        return f"分项加起来是 {whole}，总数写的是 {total.number}"
    for item in items:
        for other in turned_round(int(item.number)):
            if whole - item.number + other == total.number:
                return f"分项加起来是 {whole}，总数是 {total.number}，“{item.number}”可能是“{other}”"
    return ""


def turned(one: int, other: int) -> bool:
    """Return whether two numbers are each other's with two digits that stand side by side in each other's place."""
    return other in turned_round(one)


def turned_round(number: int) -> list[int]:
    """Return a number with two digits that stand side by side in each other's place."""
    digits = str(number)
    return [
        int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])
        for at in range(len(digits) - 1)
        if digits[at] != digits[at + 1] and (at or digits[1] != "0")
    ]
