"""X-10, one figure of the year with two numbers in two places: 开展政务公开培训3次 in one part, 组织培训5次 in another.

Read only where a clause says nothing but that so many of one thing there were, so that both speak of all of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.context import Period, Scope, frames
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.text.sentences import Sentence

_THING: Final = regex(
    r"(?:^|[，。；：])(?:(?:全年|本年度|今年|年内|\d{4}年(?:度)?)，?|我[局乡镇县市区厅委旗街道]{1,2}|共|累计|先后|组织|开展|举办|举行|召开|政务公开|政府信息公开|信息公开|业务|工作|专题|了){0,9}"
    r"(?P<thing>培训(?:班|会)?|领导小组会议?|推进会议?|工作例?会议?|新闻发布会|常务会议|政务公开专区|专区|政务新媒体(?:账号)?|(?:微信)?公众号)"
    r"(?P<number>\d+)(?P<unit>[次期场个])(?=[，。；]|$)"
)
_PLACES: Final = regex(
    r"(?:全[县市区旗州]|涉及|覆盖|指导|对)(?P<number>\d+)(?P<unit>[家个])(?P<thing>(?:[县市区]直|责任|成员)?(?:单位|部门))"
)
_PART: Final = regex(r"其中|分别|上半年|下半年|季度|每|另|抽查|随机|重点|部分|[一二三四]月|不含|线上|线下")


_NAMED: Final = ("会", "训", "单位", "部门", "专区", "新媒体", "公众号")


def told_twice(case: Case) -> Iterator[tuple[Sentence, str]]:
    """Yield the sentence that gives a thing of the year another number than one before did, and what is wrong."""
    known: dict[tuple[str, str], tuple[int, Sentence]] = {}
    for sentence in case.narrative.sentences:
        text = sentence.masked
        if not any(word in text for word in _NAMED) or _PART.search(text):
            continue
        for match in (*_THING.finditer(text), *_PLACES.finditer(text)):
            if any(frame != (Period.THIS, Scope.OWN) for frame in frames(text, case.filing.year, case.filing.unit)):
                break
            number, before = int(match["number"]), known.get((match["thing"], match["unit"]))
            if before is None:
                known[match["thing"], match["unit"]] = number, sentence
            elif before[0] != number and before[1] is not sentence:
                yield (
                    sentence,
                    f"前面写的是 {before[0]} {match['unit']}，这里写的是 {number} {match['unit']}（{match['thing']}）",
                )
