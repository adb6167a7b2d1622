"""Parts that are larger than what they are part of (X-38)."""

from __future__ import annotations

import re
from bisect import bisect, bisect_left
from itertools import islice, takewhile
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import show
from gk_xl.checks.registry import rule_function
from gk_xl.checks.text_rules.arithmetic.tied import patterns, tied
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.finding import Severity
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.sentences import Sentence
    from gk_xl.checks.text.tokens import Count
    from gk_xl.form.finding import Finding

_WORDS: Final = Words(__file__)


MARKER: Final = regex(r"(?:其中|包括|包含|涵盖|分别(?:是|为)|主要(?:有|为|是|包括))[：，]?")
_ITEMS: Final = frozenset([*"条篇件份个期则宗起项封家名人户所处场次", "人次", ""])
_TIMES: Final = frozenset({"次", "人次"})
"""What is counted so may be counted in two ways: a warning."""
NO_ITEM: Final = regex(
    r"累计|历年|以来|阅读|点击|浏览|访问|粉丝|关注|转发量|被[^，。；]{0,8}转载|转载(?:量|率)|覆盖|惠及|涉及|发放|现有|增加|减少|增长|较|比|上年|去年|结转|废止|管用|次均|每"
)


@rule_function("parts_above_whole.parts")
def parts(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-38: an item of 其中, 包括, 涵盖 that is larger than what it is part of; one finding a sentence."""
    before: Sentence | None = None
    odd = {*case.narrative.bearing(MARKER, *patterns("answered"))}
    for sentence in case.narrative.sentences:
        found = (tied("answered", sentence)[:1] or _too_large(sentence, before)) if sentence in odd else ()
        for problem, severity in found:
            yield rule.at(sentence, problem, severity=severity)
        before = sentence


_BEGINS: Final = attrgetter("start")
_MANY: Final = 60
"""Behind so many numbers of a sentence nobody knows the whole of what is counted."""


def _too_large(sentence: Sentence, before: Sentence | None) -> tuple[tuple[str, Severity | None], ...]:
    """Return the part that is larger than its whole: a warning where the two do not carry one unit in one sentence; none when none is."""
    text = sentence.masked
    for marker in MARKER.finditer(text):
        front = bisect(sentence.counts, marker.start(), key=attrgetter("end"))
        if front > _MANY:
            break
        if _WORDS.of_a_year.search(text, 0, marker.start()):
            continue  # 2024年2件，2025年分别为3件、2件: years beside one another, no parts
        if marker[0].startswith("分别") and _WORDS.stock.search(text, 0, marker.start()):
            continue  # 制定规章3件、规范性文件42件，至年末对外公开总数分别是18件、391件
        parts = _parts_behind(sentence.counts, marker.end(), text)
        begin = sentence.masked.rfind("；", 0, marker.start()) if marker[0].startswith("分别") else 0
        wholes = [count for count in sentence.counts[:front] if count.start >= begin and _counts_items(count)]
        same = bool(wholes)
        if (
            not wholes
            and marker.start() <= 1
            and before is not None
            and before.part == sentence.part
            and before.paragraph == sentence.paragraph
        ):
            wholes = [count for count in before.counts if _counts_items(count)]
        if not wholes or any(count.vague or _WORDS.each.search(count.before) for count in wholes):
            continue  # 18个社区各选配1名信息员，其中大学生社工15名
        last = wholes[-1].unit
        if same and parts and {part.unit for part in parts} == {last}:
            wholes = [count for count in wholes if count.unit == last]  # 现行有效86件，发布解读57篇，其中图解61篇
        near = sentence.counts[front - 1] if front else None
        if near is not None and near not in wholes and parts and max(part.number for part in parts) <= near.number:
            continue  # 公开2022年以来的信息33条，其中2022年9条: the whole is one that is no item itself
        whole = _largest(wholes, text) if same else sum(count.number for count in wholes)
        for part in parts:
            units = {count.unit for count in wholes}
            if part.number > whole and (part.unit in units or (part.unit in "条篇则" and units <= set("条篇则件"))):
                problem = f"“{_shown(text, part)}”是其中的一部分，却大于总数 {show(whole)}"
                return ((problem, None if same and part.unit in units - _TIMES else Severity.WARNING),)
    return ()


def _largest(wholes: Sequence[Count], text: str) -> float:
    """Return the largest number before a marker; numbers of one list (甲72件、乙79件) are one whole together."""
    sums, last = [0.0], -1
    for count in wholes:
        listed = last >= 0 and "、" in text[last : count.start] and not re.search(r"[，；。]", text[last : count.start])
        sums.append(sums.pop() + count.number if listed else count.number)
        last = count.end
        sums.append(max(sums[-1], count.number))
    return max(sums)


def _counts_items(count: Count) -> bool:
    """Return whether a number counts things that may be part of one another."""
    return count.unit in _ITEMS and not NO_ITEM.search(count.before.replace("累计", "").replace("现有", ""))


def _parts_behind(counts: Sequence[Count], start: int, text: str) -> list[Count]:
    """Return the exact numbers behind a marker, up to the next one or the end of what it opens."""
    marker = MARKER.search(text, start)
    opened = text.rfind("（", 0, start) > text.rfind("）", 0, start)
    listed = _WORDS.within.match(text, start)
    added = listed or _WORDS.share_of.search(text, start) or _WORDS.added.search(text, start)
    ends = (
        text.find("；", start),
        marker.start() if marker else -1,
        text.find("）", start) if opened else -1,
        (added.end() if listed else added.start()) if added else -1,
    )
    stop = min([position for position in ends if position >= 0], default=len(text))
    return [
        count
        for count in takewhile(
            lambda count: count.start < stop, islice(counts, bisect_left(counts, start, key=_BEGINS), None)
        )
        if count.unit in _ITEMS - {""}
        and not NO_ITEM.search(count.before)
        and not _WORDS.reached.match(text, count.end)
        and not _WORDS.year_beside.search(count.before)
    ]


def _shown(text: str, count: Count) -> str:
    """Return a number with the words before it, as a message quotes it."""
    return count.before[-12:] + text[count.start : count.end]
