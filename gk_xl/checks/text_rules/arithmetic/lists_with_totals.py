"""Lists of a sentence beside the total that the sentence gives.

Read: “共 N 条，其中 a 条、b 条、c 条” (total in front), “a 件、b 件，共 N 件” (total behind). A list may be a choice, so items
that come to less than the total say nothing unless they claim to
be all of it (其他/其余 at the end, 分别为) or miss it by a little. Nested items, overlapping lists and vague numbers
leave the sum open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice, takewhile
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.context import is_change
from gk_xl.checks.text.tokens import KEPT, Count, counts
from gk_xl.checks.text_rules.arithmetic.parts_of_parts import groups_fit, levels_of
from gk_xl.checks.text_rules.arithmetic.percentages import TOTAL
from gk_xl.checks.text_rules.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORDS: Final = Words(__file__)

NEAR: Final = 0.1
"""A list that leaves out less than this share of its total is taken for a whole list with a slip."""
MOST_ITEMS: Final = 40
"""No list is longer."""

_OF_EACH: Final = ("涉及", "含", "即", "分为", "内有")
"""What each part of a list may begin with."""


_LABEL: Final = 10
"""行政许可412件，其中登记390件；行政处罚35件: so many characters behind ； the other kind of decisions is named."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A total with the items that should make it up."""

    total: Count
    items: tuple[Count, ...]
    whole: bool  # the items claim to be all of it

    @property
    def sum(self) -> float:
        """What the items come to."""
        return sum(item.number for item in self.items)


@lru_cache(maxsize=KEPT)
def broken_claim(text: str) -> Claim | None:
    """Return the first claim of a folded sentence that no reading of it upholds."""
    found = counts(text)
    for index, count in enumerate(found if len(found) > 1 else ()):
        before = text[: count.start]
        if is_change(count.before) or count.vague or not count.unit:
            continue
        if index >= 2 and _WORDS.behind.search(before):
            claim = _total_behind(text, found, index)
        else:
            claim = _total_in_front(text, found, index)
        parts = claim is not None and claim.total.number + claim.sum in [other.number for other in found[:index]]
        if claim is not None and not parts:  # 9件全部答复，其中公开5件、不予公开1件、不掌握3件: one of the parts
            return claim
    return None


_NUMERALS: Final = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7}


def _total_behind(text: str, found: Sequence[Count], index: int) -> Claim | None:
    """Return the claim “a 件、b 件，共 N 件” when no run of items right before the total comes to it."""
    total = found[index]
    if _WORDS.rest.search(text, found[index - 1].end, total.start):
        return None  # 规划864条，其余为动态等，共1630条: the rest, no total
    items: list[Count] = []
    for item in reversed(found[:index]):
        if _WORDS.another_year.search(item.before) or is_change(item.before):
            continue  # 117件，与2024年的98件相比增长19.4%，结转5件，合计122件
        stop = items[0].start if items else total.start
        if _WORDS.each.search(item.before) or "除" in item.before or _WORDS.besides.search(text, 0, item.start):
            return None  # 公益组织和其他各2件；除41名自然人外，还有企业9件
        if item is found[index - 1] and not items and _WORDS.channels.match(text, item.start):
            continue  # 226条，518条，两个渠道合计744条
        apart = "。" in text[item.end : stop] or "；" in text[item.end : stop]
        if not item.unit and text.count("（", 0, item.start) > text.count("）", 0, item.start):
            continue  # 新收19件（自然人13、企业6），上年结转1件，合计20件
        if item.unit != total.unit and not apart and items:
            several = item.number + sum(other.number for other in items)
            earlier = [other.number for other in found[: found.index(item)]]
            if total.number in (several, several + (earlier[-1] if earlier else 0)):
                return None  # 公众号1026篇，微博873条，抖音215条，合计2114条
        if item.unit != total.unit or apart:
            break
        if item.vague:
            return None
        items.insert(0, item)
        if len(items) >= 2 and sum(other.number for other in items) == total.number:
            return None
    if items and (kinds := _WORDS.kinds.search(text, items[-1].end, total.start)) and _NUMERALS[kinds[1]] != len(items):
        return None  # 旧改信息73条；另公布城管信息155条、民生信息88条，三类共316条
    if items and "其中" in text[items[-1].end : total.start]:
        return None  # 征地51件、规划13件、登记9件。其中最集中的是引线工程，共28件
    before = text[: items[0].start] if items else ""
    if before.count("（") > before.count("）") and "）" in text[items[0].start : total.start]:
        return (
            None  # 不予公开3件（三类内部信息2件、过程性1件），无法提供3件，合计21件: the list begins before the bracket
        )
    if len(items) > 2 and total.number == items[0].number and _WORDS.opens.search(items[1].before):
        return _claimed_again(total, items[1:])  # 公开386条，其中动态126条、公告250条，合计386条
    outer = [item for item in items if text.count("（", 0, item.start) <= text.count("）", 0, item.start)]
    if len(items) < 2 or total.number in (items[0].number, *_tails(outer)):
        return None  # 法人和其他组织4件（商业企业3件，科研机构1件），合计11件: brackets tell the parts of parts
    respectively = (
        items[0] is found[0] and "分别" in items[0].before
    )  # 四个季度分别发布30条、42条，合计80条: of no whole before
    if (
        any(_WORDS.opens.search(item.before) for item in items[respectively:])
        or re.search(r"收到|受理|答复|办结|新收", items[-1].before) is not None
    ):
        return None
    return Claim(total, tuple(items), whole=True)


def _tails(items: Sequence[Count]) -> Iterator[float]:
    """Yield what the last two, three … items come to."""
    return islice(accumulate(item.number for item in reversed(items)), 1, None)


def _claimed_again(total: Count, items: list[Count]) -> Claim | None:
    """Return the claim of a list between a total and the same total."""
    return (
        None if any(_WORDS.opens.search(item.before) for item in items[1:]) else Claim(total, tuple(items), whole=True)
    )


def _total_in_front(text: str, found: Sequence[Count], index: int) -> Claim | None:
    """Return the claim “共 N 条，其中 a 条、b 条” when no reading of the list comes to the total."""
    total = found[index]
    plain = index == 0 or TOTAL.search(total.before) is not None
    if index + 1 >= len(found) or not (plain or _WORDS.at_once.match(text, total.end)):
        return None  # 收到6件，网站86条，其中……: of which number is not told, unless one part is larger than it
    opening = _opening_of(text, total, found[index + 1])
    items, end = _items_of(text, found, index, opening) if opening else ([], 0)
    same = [item for item in items if item.unit == total.unit]
    if opening is None or len(same) < 2 or len(same) < len(items):
        return None
    above = same[0].number > total.number or (
        sum(item.number for item in same) > total.number and _WORDS.in_a_list.search(text, 0, total.start)
    )
    if not plain and not above:
        return None
    levels = levels_of(text, opening.end(), same)
    outer = [item for item, level in zip(same, levels, strict=True) if level == 0]
    if len(outer) < 2 or total.number in accumulate(item.number for item in same):
        return None
    # 收到183件，加上结转9件，共192件。其中自然人150件……: the list may be of any number in front of it,
    # 予以公开23件，其他处理1件。其中水库移民类12件……: or of what was told before that.
    result, before = sum(item.number for item in outer), [count.number for count in found[: index + 1]]
    told_before = total.number < max(before) < result and text.startswith("，其中", total.end)
    if told_before or result in before or groups_fit(text, outer, total):
        return None
    return _judged(total, outer, text[opening.end() : end], nested=len(outer) < len(same))


def _opening_of(text: str, total: Count, following: Count) -> re.Match[str] | None:
    """Return the word that opens a list behind a total; None where none does, or what follows is beside it."""
    opening = _WORDS.opens.search(text, total.end, following.start)
    if opening is None or re.search("[。；]", text[total.end : following.start]):
        return None
    if opening[0] == "分别" and _WORDS.years.search(text, total.end, opening.start()):
        return None  # 新收74件，2023年、2022年分别为66件和51件
    if opening[0] in _OF_EACH and (text.startswith("、", total.end) or _WORDS.rest_of_it.search(text, total.end)):
        return None  # 涉及土地的88件、涉及规划的31件; 索要案卷的16件，涉及人事的6件，其余10件: one list
    return opening


def _items_of(text: str, found: Sequence[Count], index: int, opening: re.Match[str]) -> tuple[list[Count], int]:
    """Return the items of the list behind a total and where it ends; none where they are not told one by one."""
    total, end = found[index], _end_of_list(text, opening)
    listed_there = takewhile(lambda item: item.start < end, found[index + 1 :])
    items = list(_before_comparison(list(islice(listed_there, MOST_ITEMS + 1))))
    if len(items) > MOST_ITEMS:
        return [], end
    items = [item for at, item in enumerate(items) if not _is_subtotal(items[:at], item)]
    if opening[0] != "（" and (joined := _WORDS.joined_by.search(text, opening.end(), end)):
        end = joined.start()
        items = [item for item in items if item.start < end]
    stop = text.find("；", opening.end())
    if stop > 0 and _WORDS.in_a_list.search(text, 0, total.start) and opening[0] != "（":
        end = min(
            end, stop
        )  # ；无法提供435件，其中不掌握353件，占……；不予处理84件: the list goes on with the next of its own
        items = [item for item in items if item.start < end]
    another = (
        _WORDS.decided.search(total.before) is not None and _WORDS.decided.search(text, stop, stop + _LABEL) is not None
    )
    if stop > 0 and (another or any(item.unit != total.unit for item in items if item.start > stop)):
        end = min(end, stop)  # 其中甲2条、乙24条；更换4次: the list ends where another thing is counted
        items = [item for item in items if item.start < end]
    if any(item.vague or is_change(item.before) or item.before.endswith("各") for item in items):
        return [], end  # 社会公益组织、法律服务机构、其他各1件
    if any(text.startswith("：", item.end) for item in items[:-1]):
        return [], end  # 其中行政复议20件：维持11件、纠正9件: a list within the list
    if len(items) > 2 and _WORDS.carried.search(items[0].before) and not _WORDS.new.search(items[1].before):
        items = items[1:]  # 办理11件，含上年结转1件，分别作出予以公开6件……
    return items, end


def _is_subtotal(items: Sequence[Count], count: Count) -> bool:
    """Return whether a count says again what the items right before it come to: …7件，……2件，共计不予公开9件."""
    return _WORDS.again.search(count.before) is not None and count.number in _tails(items)


def _before_comparison(found: Sequence[Count]) -> Iterator[Count]:
    """Yield the counts up to one of another year: 其中原创480条，比2022年的400条增长20%."""
    for count in found:
        if _WORDS.another_year.search(count.before):
            return
        if not (_WORDS.of_whole.search(count.before) and _WORDS.of_it.match(count.behind)):
            yield count


def _judged(total: Count, outer: list[Count], listed: str, *, nested: bool) -> Claim | None:
    """Return the claim when the list says enough to hold it against its total."""
    result = sum(item.number for item in outer)
    whole = bool(_WORDS.rest.search(outer[-1].before) or _respectively(listed) or _WORDS.by_level.search(listed))
    if _WORDS.not_all.search(listed):
        return None
    if result > total.number:
        several = total.unit in ("人", "名") and _WORDS.of_persons.search(listed)  # one person may be both
        overlapping = nested or several or result > 1.5 * total.number
        return None if overlapping and not whole else Claim(total, tuple(outer), whole)
    near = _two_sides(total, outer) or (
        total.number - result < max(2, NEAR * total.number)
        and result > 0.5 * total.number
        and bool(_WORDS.published.search(total.before))
    )
    return Claim(total, tuple(outer), whole) if whole or near else None


def _two_sides(total: Count, outer: Sequence[Count]) -> bool:
    """Return whether the two parts of what was examined are opposed, and so all of it: 审批317份，其中同意发布297份、不予发布20份."""
    if len(outer) != PAIR or not _WORDS.looked_at.search(total.before):
        return False
    one, other = (item.before for item in outer)
    return bool(_WORDS.let_out.search(one) and _WORDS.kept_back.search(other))


PAIR: Final = 2


def _respectively(listed: str) -> bool:
    """Return whether 分别 speaks of the whole list: not of 公开、部分公开分别为34件、5件，无法提供7件, where more follows its numbers."""
    start = listed.find("分别")
    bare = _WORDS.respective.match(listed, start) if start >= 0 else None
    return start >= 0 and (bare is None or not counts(listed[bare.end() :]))


def _end_of_list(text: str, opening: re.Match[str]) -> int:
    """Return where the list that an opening word begins comes to its end."""
    if opening[0] == "（":
        close = text.find("）", opening.end())
        return close if close >= 0 else len(text)
    return len(text)
