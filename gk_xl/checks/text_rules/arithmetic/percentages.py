"""X-10, shares of a sentence beside its counts: 占 82.4% that no number of it gives, or that none can; 占一半; lists that do not come to 100.

Of which whole a share is, the words mostly leave open: any number before may be it, and the part may be what the last
counts come to. What is vague says nothing.
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache
from math import floor
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.catalogue import tidy
from gk_xl.checks.text.tokens import KEPT, counts
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.finding import Severity
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.sentences import Sentence
    from gk_xl.form.finding import Finding

_WORDS: Final = Words(__file__)

SLACK: Final = 1e-9
"""A share that is rounded or cut off is less than one unit of its last place off, never one."""


def is_share(part: float, whole: float, said: str) -> bool:
    """Return whether a share, rounded or cut off as it is written, is that of a part."""
    decimals = len(said.partition(".")[2])
    return bool(abs(100 * part / whole - float(said)) < 0.1**decimals - SLACK)


def gives_share(parts: Collection[float], wholes: Collection[float], said: str) -> bool:
    """Return whether one of some parts is that share of one of some wholes."""
    return any(is_share(part, whole, said) for whole in wholes if whole for part in parts)


def ending(part: float, before: Sequence[float]) -> tuple[float, ...]:
    """Return a part, and what it comes to with each run of the counts before it: 公开6件，部分公开2件，占32.0%."""
    return tuple(itertools.accumulate((part, *reversed(before))))


def true_share(part: float, whole: float, said: str) -> str:
    """Return what a part is of its whole, beside the share that is written."""
    decimals = max(len(said.partition(".")[2]), 1)
    return f"{tidy(part)} 占 {tidy(whole)} 的 {100 * part / whole:.{decimals}f}%，写的是 {tidy(float(said))}%"


# ---------------------------------------------------------------- shares right behind their part

_SHARE: Final = regex(
    r"(?P<part>(?<![\d.])\d+(?:\.\d+)?)(?P<scale>[万亿]?)(?P<unit>件次|人次|条次|篇次|[笔件条篇份户人次宗起张家项个期])"
    r"(?:(?:政府信息公开)?申请件?|案件)?(?:[，、（]?(?P<both>合计?|共计?|两[项者类]合?计?|二者合?计?|一并)?[约均]?占(?P<of>[^，。；\d]{0,14}?)(?:(?P<whole>\d+(?:\.\d+)?)(?P=scale)(?P=unit)的)?|（)(?P<rate>\d+(?:\.\d+)?)%"
)
"""38件，占49.6%; 153条，占全年公开信息的39.2%; 61.2万笔，占全部业务量72万笔的85%."""
_BEHIND: Final = tuple(
    regex(
        rf"(?:{verbs})(?:了|的|有效问卷)?(?P<part>\d+)(?P<unit>件|份|条|张|户)[，（](?:按时|按期|及时|综合|总体|有效)?(?:{verbs})率(?:（[^（）]{{0,16}}）)?(?:为|达到?|是|：)?(?P<rate>\d+(?:\.\d+)?)%"
    )
    for verbs in ("收回|回收", "办结|办复|答复", "纠错|纠正", "满意")
)
"""发放评议表200份，收回187份，回收率93.5%: the whole stands somewhere before."""


class Told(NamedTuple):
    """A share with its part, its whole where that is said (else 0), what it is said to be of, and the numbers of its unit before it."""

    part: float
    unit: str
    rate: str
    whole: float
    of: str
    before: tuple[float, ...]
    start: int
    end: int
    written: str
    both: bool

    @property
    def parts(self) -> tuple[float, ...]:
        """What the part may be: the number before the share, or what it comes to with those before it."""
        return ending(self.part, self.before)[self.both and bool(self.before) :]

    @property
    def bare(self) -> bool:
        """Whether no word says of what the share is: 占80%."""
        return not self.whole and not self.of and "占" in self.written

    @property
    def plain(self) -> bool:
        """Whether the words leave open of what the share is: 占80%, 占总数的80%."""
        return not self.whole and _WORDS.of_all.fullmatch(self.of) is not None


@lru_cache(maxsize=KEPT)
def told_shares(text: str) -> tuple[Told, ...]:
    """Return the shares of a folded sentence that stand right behind their parts."""
    found = []
    for match in _SHARE.finditer(text) if "%" in text else ():
        numbers = regex(rf"(?<![\d.])(\d+(?:\.\d+)?){match['scale']}{match['unit']}").findall(text, 0, match.start())
        whole, before = float(match["whole"] or 0), tuple(map(float, numbers))
        told = (float(match["part"]), match["unit"], match["rate"], whole, match["of"] or "", before)
        found.append(Told(*told, match.start(), match.end("unit"), match[0], bool(match["both"])))
    return tuple(found)


def wrong_shares(text: str) -> Iterator[str]:
    """Yield what is wrong with shares and rates whose wholes are told: in them, before them, or by the list that they stand in."""
    every = told_shares(text)
    for share in every:
        # 共208件，其中161件、47件，占430件的48.4%: the share of all of them, not of the last.
        if share.whole and not gives_share((*share.before, *share.parts), (share.whole,), share.rate):
            yield true_share(share.part, share.whole, share.rate)
    for match in itertools.chain.from_iterable(form.finditer(text) for form in _BEHIND) if "率" in text else ():
        part = int(match["part"])
        before = [int(number) for number in re.findall(rf"(\d+){match['unit']}", text[: match.start()])]
        wholes = [number for number in before if number >= part > 0]
        others = [sum(before), sum(before) + part]  # 维持2件，纠正1件，纠错率33.3%
        if named := _WORDS.reckoned_by.match(text, match.end()):
            others.append(int(named[1]))  # 纠正11件，纠正率14.7%（以审结75件计）
        if wholes and not gives_share((part,), wholes + others, match["rate"]):
            yield true_share(part, wholes[-1], match["rate"])
    listed = [share for share in every if share.plain]
    whole = sum(share.part for share in listed)
    wrong = [share for share in listed if whole and not is_share(share.part, whole, share.rate)]
    if len(wrong) == 1 < len(listed) and len({share.unit for share in listed}) == 1:
        (share,) = wrong  # 72件，占90%；8件，占12%
        right = f"{100 * share.part / whole:.{len(share.rate.partition('.')[2])}f}"
        yield f"“{share.written}”不对：各项共 {tidy(whole)} {share.unit}，{tidy(share.part)} {share.unit}占 {right}%"


_WITHIN: Final = regex(r"\d[^，。；：（）\d]{1,12}[，（]其中[^，。；：\d]{0,20}$")
"""解读412篇，其中图解、视频等309篇: right before a share that is of what was counted before it, most likely."""


def within(text: str) -> Iterator[str]:
    """Yield shares right behind 其中 that no number before it, or sum of these, gives: 解读412篇，其中图解309篇，占85%."""
    for share in told_shares(text):
        if not (share.before and share.bare and _WITHIN.search(text, 0, share.start)):
            continue
        parts = (share.part, *share.parts)  # 予以公开和部分公开46件，合计占54.1%
        wholes = (*share.before, *itertools.accumulate(reversed(share.before)))
        if share.before[-1] >= share.part and not gives_share(parts, wholes, share.rate):
            yield true_share(share.part, share.before[-1], share.rate)


_WHOLES: Final = 3_000
"""Wholes beyond it give almost every share with a decimal."""


def impossible(text: str) -> Iterator[str]:
    """Yield shares that no whole number gives: 38件，占49.6% (76 is 50 %, 77 is 49.35 %)."""
    for share in told_shares(text):
        rate = float(share.rate)
        certain = share.plain and "，占" in share.written and "." in share.rate  # of one in brackets 表三 tells more
        if not certain or not rate or not 0 < 100 * share.part / rate <= _WHOLES:
            continue
        parts = share.parts
        near = [100 * part / rate for part in parts]
        if not any(
            gives_share((part,), range(max(int(some * 0.98) - 1, int(part)), int(some * 1.02) + 3), share.rate)
            for part, some in zip(parts, near, strict=True)
        ):
            unit = share.unit
            yield f"“{share.written}”：没有哪个总数能使 {tidy(share.part)} {unit}占到 {share.rate}%"


# ---------------------------------------------------------------- shares of a total of the sentence

TOTAL: Final = regex(
    r"(?:共计?|合计|累计|总计|一共|总共|总数|总量|全部|收到|受理|公开|发布|办结|答复|发生|制发|办理|完成|编发|推送|召开|开展|举办|更新|接待|回应|转载|采用)[^，；。、]*$"
)
ROWS: Final = ("予以公开", "部分公开", "不予公开", "全部公开", "予以公开的", "部分公开的", "不予公开的", "全部公开的")
"""How applications ended is no total, for all its 公开."""


def percentages(rule: Rule, sentence: Sentence, text: str, told: str) -> Iterator[Finding]:
    """Yield shares (占 82.4%) that do not fit their count, and lists of shares that do not come to 100; ``told``: what stands before."""
    every = told_shares(text)
    if wrong := _of_totals(text, every, told, merged=text is not sentence.masked):
        yield rule.at(sentence, wrong)
    plain = [] if any(share.plain for share in every) else _WORDS.share.findall(text)
    result = sum(map(float, plain))
    slack = len(plain) * max((0.1 ** len(rate.partition(".")[2]) for rate in plain), default=0)
    if len(plain) > 1 and 95 <= result <= 110 and abs(result - 100) > slack:
        terms = " + ".join(f"{float(rate):g}%" for rate in plain)
        all_listed = _WORDS.all_listed.search(text)
        some = None if result > 100 else Severity.WARNING if all_listed else Severity.HINT  # kinds may be left out
        yield rule.at(
            sentence, f"占比 {terms} = {tidy(result)}%，不等于 100%", severity=some, sides=(tidy(result), 100)
        )


_OF_ALL: Final = ("总", "全部")


def _of_totals(text: str, every: Sequence[Told], told: str, *, merged: bool) -> str:
    """Return what is wrong with the first share that no number of its sentence gives with its part; ``merged`` of two sentences.

    Where its words leave open of what it is, any number of ``told``, what stands before, may be it.
    """
    found = counts(text) if every else ()
    totals = [
        count for count in found if count.number and TOTAL.search(count.before) and not count.before.endswith(ROWS)
    ]
    paired = [share for share in every if share.plain and "占" in share.written]
    # 250条。其中，90条，占总数的63%
    one = len(every) == 1 and sum(total.end != every[0].end for total in totals) == 1
    of_all = one and (
        every[0].of.startswith(_OF_ALL) or (every[0].bare and _WORDS.at_once.search(text, 0, every[0].start))
    )
    if (
        merged
        and not of_all
        and not any(
            is_share(share.part, total.number, share.rate)
            for share in paired
            for total in totals
            if total.end != share.end
        )
    ):
        return ""  # the shares of the second sentence may be of another whole
    if not totals and told:
        return _of_what_was_told(text, every, told)
    if not totals or (len(every) > 1 and _of_one_whole(every)):
        return ""  # … and so may those of this one: 150件占81.97%，20件占10.93% are of 183
    total = totals[0]
    for share in paired:
        wholes = [count for count in found if count.end != share.end and count.number >= share.part]
        if share.end == found[0].end or any(count.vague for count in wholes):
            continue
        before = [count.number for count in found if count.end < share.end]
        parts = (*before, *ending(share.part, before[-2:]))  # 共208件，其中161件、47件，占430件的48.4%: of all of them
        if gives_share(parts, [count.number for count in wholes], share.rate):
            continue
        if share.bare and gives_share(parts, [other.number for other in counts(told)], share.rate):
            continue  # 办结407件。在办结件里，全部公开179件，部分公开42件，两者合占54.3%
        if _WORDS.of_another.search(text, total.end, share.start):
            continue  # 行政许可中，大厅办理31540件；行政处罚中，三个领域8236件，占87.5%
        if total.unit == share.unit and total.end != share.end and total.number >= share.part:
            return true_share(share.part, total.number, share.rate)
    return ""


def _of_what_was_told(text: str, every: Sequence[Told], told: str) -> str:
    """Return what is wrong with a share of what a sentence takes up by its verb: 办结407件。在办结件里，……两者合占54.3%."""
    taken = _WORDS.taken_up.match(text)
    before = counts(told) if taken else ()
    wholes = [count for count in before if taken and count.number and taken[1] in count.before]
    for share in every:
        known = [count.number for count in (*before, *counts(text))]
        if wholes and share.bare and not gives_share((*share.parts, share.part), known, share.rate):
            return true_share(sum(share.parts[:1]), wholes[-1].number, share.rate)
    return ""


def _of_one_whole(every: Sequence[Told]) -> bool:
    """Return whether all shares are of one whole, a number that the sentence need not give."""
    if any(float(share.rate) <= 0 or share.part <= 0 for share in every):
        return False
    slack = [(share.part, float(share.rate), 0.1 ** len(share.rate.partition(".")[2])) for share in every]
    least = max(100 * part / (rate + off) for part, rate, off in slack)
    most = floor(min(100 * part / max(rate - off, SLACK) for part, rate, off in slack))
    return most >= max(least, *(part for part, _, _ in slack))
