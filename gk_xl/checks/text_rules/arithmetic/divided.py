"""X-39, what lists without 其中 come to: kinds behind a total, one matter divided twice, sums of money."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import show
from gk_xl.checks.text_rules.arithmetic.parts_above_whole import MARKER, NO_ITEM
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from gk_xl.checks.text.sentences import Sentence

_WORDS: Final = Words(__file__)


def list_above(sentence: Sentence) -> str:
    """Return what is wrong when the kinds listed right behind a total come to more than it."""
    counts, text = sentence.counts, sentence.masked
    for at, total in enumerate(counts):
        if total.vague or total.unit not in ("条", "件", "篇", "份") or not _WORDS.listed.search(total.before):
            continue
        if text.startswith("、", total.end) and _WORDS.listed_from_here.search(total.before):
            continue  # 标明主动公开的40份、依申请公开的29份、不予公开的22份: one of them
        if MARKER.search(text[: total.start]):
            break  # itself an item of a list
        if _WORDS.in_tables.search(text[: total.start]):
            continue  # of applications and cases the tables tell the sum
        items = []
        for count in counts[at + 1 :]:
            before = MARKER.sub("", count.before)
            if _WORDS.of_a_year.search(before):
                continue  # 173条（2024年161条），包括……
            if (
                re.search(r"其中|；|。", text[total.end : count.start])
                or count.unit != total.unit
                or count.vague
                or NO_ITEM.search(before)
                or re.search(r"合计|共|总", before)
                or count.behind[:1] == "（"
            ):
                break
            if not 2 <= len(before) <= 16 or _WORDS.verb.search(before):
                break
            items.append(count.number)
        if {total.number + sum(items)} & {count.number for count in counts[at + 1 + len(items) :]}:
            continue  # 信息506条、公告338条、解读129条，合计973条: the first is one of them
        if len(items) >= 2 and max(items) <= total.number < sum(items):
            listed = "＋".join(show(number) for number in items)
            return f"分项 {listed}＝{show(sum(items))}，大于总数 {show(total.number)}"
    return ""


_DIVIDED: Final = regex(
    r"按[^，。；：\d]{2,10}?(?:划分|区分|分类|统计|来?分|来?看)[，：]?(?P<list>(?:[^，。；、：\d]{1,16}\d+(?P<unit>件|条|份)[，、]?){2,})(?=[。；])"
)


def divided(sentence: Sentence, before: Sentence | None) -> str:
    """Return what is wrong when one matter is divided twice, and only one division comes to its total: 按主体划分……按受理单位划分……."""
    text = sentence.masked
    if "按" not in text:
        return ""
    told = ("" if before is None or before.paragraph != sentence.paragraph else before.masked) + text
    for match in _DIVIDED.finditer(text):
        if _WORDS.partial.search(match["list"]):
            continue
        found = sum(int(number) for number in re.findall(rf"(\d+){match['unit']}", match["list"]))
        others = [
            other
            for other in _DIVIDED.finditer(told)
            if other["list"] != match["list"]
            and other["unit"] == match["unit"]
            and not _WORDS.whole.search(other["list"])
        ]  # one that says what it comes to divides something else: 按内容分，……，总计41件
        sums = {sum(int(number) for number in re.findall(rf"(\d+){match['unit']}", other["list"])) for other in others}
        if len(sums) == 1 and found not in sums:
            (whole,) = sums
            return f"“{match[0][:16]}…”各项加起来是 {show(found)} {match['unit']}，另一种分法加起来是 {show(whole)} {match['unit']}"
    return ""


_MONEY: Final = regex(r"(?P<number>\d+(?:\.\d+)?)(?P<unit>万?元)")
_BRACKETED: Final = regex(r"(?P<number>\d+(?:\.\d+)?)(?P<unit>万?元)（(?P<list>[^（）]*元)）")


def money_parts(sentence: Sentence, before: Sentence | None) -> str:
    """Return what is wrong where sums of money do not come to the total right before their bracket, or to the one named before 其中, 分别为.

    45.5万元（锅炉32万元，会议系统15.5万元）. What is listed behind 其中 may be the larger part only.
    """
    text = sentence.masked
    if "元" not in text:
        return ""
    lists: list[tuple[re.Match[str], str, float]] = []
    for match in _BRACKETED.finditer(text):
        each = len(_MONEY.findall(match["list"])) == len(re.split("[，、]", match["list"]))
        if each and not _WORDS.some.search(match["list"]):
            lists.append((match, match["list"], 0))
    if marker := re.search(r"(?:其中|分别[为是])[，：]?", text):
        same = before is not None and before.paragraph == sentence.paragraph
        whole = before.masked if before and same and marker.start() <= 1 else text[: marker.start()]
        totals = [
            match for match in _MONEY.finditer(whole) if not _WORDS.less.search(whole, 0, match.start())
        ]  # 比上年减少124.9万元，其中……
        lists += [(match, text[marker.end() :].partition("；")[0], 0.9) for match in totals[-1:]]
    for total, listed, least in lists:
        parts = [part for part in _MONEY.finditer(listed) if not _WORDS.left.search(listed, 0, part.start())]
        said, found = float(total["number"]), sum(float(part["number"]) for part in parts)
        alike = len(parts) > 1 and {part["unit"] for part in parts} == {total["unit"]}
        if alike and abs(found - said) > 1e-6 and found >= said * least:
            return f"分项相加是 {show(found)} {total['unit']}，总数是 {show(said)} {total['unit']}"
    return ""
