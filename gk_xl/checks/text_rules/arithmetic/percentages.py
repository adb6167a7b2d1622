"""Shares of a sentence beside its counts: 占 82.4% that does not fit, a list of shares that does not come to 100."""

from __future__ import annotations

import re
from math import floor
from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import tidy
from gk_xl.checks.text.tokens import Count, Share, shares
from gk_xl.checks.text_rules.arithmetic.growth import true_share
from gk_xl.checks.text_rules.wordings import Words
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.sentences import Sentence
    from gk_xl.form.finding import Finding

_WORDS: Final = Words(__file__)

TOTAL: Final = regex(
    r"(?:共计?|合计|累计|总计|一共|总共|总数|总量|全部|收到|受理|公开|发布|办结|答复|发生|制发|办理|完成|编发|推送|召开|开展|举办|更新|接待|回应|转载|采用)[^，；。、]*$"
)
ROWS: Final = ("予以公开", "部分公开", "不予公开")
"""How applications ended is no total, for all its 公开."""


def percentages(rule: Rule, sentence: Sentence, text: str, found: Sequence[Count]) -> Iterator[Finding]:
    """Yield shares (占 82.4%) that do not fit their count, and lists of shares that do not come to 100."""
    if "占" not in text or "%" not in text:
        return
    listed = [share for share in shares(text) if _WORDS.share.search(text[: share.start])]
    paired = [(share, count) for share in listed if (count := _count_of(text, share, found)) is not None]
    totals = [
        count for count in found if count.number and TOTAL.search(count.before) and not count.before.endswith(ROWS)
    ]
    if text is not sentence.masked and not any(
        _fits(share, count, total) for share, count in paired for total in totals if total is not count
    ):
        return  # the shares of the second sentence may be of another whole
    every = [(share, count) for share in shares(text) if (count := _count_of(text, share, found)) is not None]
    if len(every) > 1 and _of_one_whole(every):
        return  # … and so may those of this one: 150件占81.97%，20件占10.93% are of 183
    for share, count in paired:
        wholes = [other for other in found if other is not count and other.number >= count.number and other.number]
        if not totals or count.vague or count is found[0]:
            continue
        earlier = found[: found.index(count)]
        together = [_together(earlier[at:], count) for at in range(max(len(earlier) - 2, 0), len(earlier))]
        if any(_fits(share, other, whole) for other in (*earlier, *together) for whole in wholes):
            continue  # 共208件，其中161件、47件，占430件的48.4%: the share of all of them
        if any(other.vague for other in wholes) or any(_fits(share, count, other) for other in wholes):
            continue
        total = totals[0]
        if _WORDS.of_another.search(text, total.end, count.start):
            continue  # 行政许可中，大厅办理31540件；行政处罚中，三个领域8236件，占87.5%
        if total.unit != count.unit or total is count or total.number < count.number:
            continue
        yield rule.at(sentence, true_share(count.number, total.number, f"{share.number:.{share.decimals}f}"))
        return
    if not paired and len(listed) >= 2:
        yield from _whole_of_shares(rule, sentence, listed)


def _together(some: Sequence[Count], count: Count) -> Count:
    """Return a count with those before it added: 公开6件，部分公开2件，占32.0%."""
    return count._replace(number=count.number + sum(other.number for other in some))


def _count_of(text: str, share: Share, found: Sequence[Count]) -> Count | None:
    """Return the count right before “，占 x%”."""
    before = [count for count in found if count.end <= share.start]
    if not before:
        return None
    between = text[before[-1].end : share.start]
    return before[-1] if re.fullmatch(r"[，、（]?(?:约|均)?占[^，；。]*", between) else None


def _of_one_whole(paired: Sequence[tuple[Share, Count]]) -> bool:
    """Return whether all shares are of one whole, a number that the sentence need not give."""
    if any(share.number <= 0 or count.number <= 0 for share, count in paired):
        return False
    least, most = 0.0, float("inf")
    for share, count in paired:
        slack = 10**-share.decimals
        least = max(least, 100 * count.number / (share.number + slack))
        most = min(most, 100 * count.number / max(share.number - slack, 1e-9))
    return floor(most) >= least and floor(most) >= max(count.number for _, count in paired)


def _fits(share: Share, count: Count, whole: Count) -> bool:
    """Return whether a share, rounded or cut off, is the count's part of a whole."""
    return bool(abs(100 * count.number / whole.number - share.number) <= 10**-share.decimals)


def _whole_of_shares(rule: Rule, sentence: Sentence, listed: Sequence[Share]) -> Iterator[Finding]:
    result = sum(share.number for share in listed)
    slack = len(listed) * max(10**-share.decimals for share in listed)
    if 95 <= result <= 110 and abs(result - 100) > slack:
        terms = " + ".join(f"{share.number:g}%" for share in listed)
        yield rule.at(sentence, f"占比 {terms} = {tidy(result)}%，不等于 100%", sides=(tidy(result), 100))
