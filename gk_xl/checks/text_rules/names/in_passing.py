"""Other units that a text names by the way (X-56): in an account's name, in whom it serves, in where it sends an applicant.

A name that is in no list is at most a hint: an account may be called as anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.text_rules.words import Words
from gk_xl.form.finding import Severity
from gk_xl.form.names import bureau_stems, own_names, shortens
from gk_xl.form.patterns import regex
from gk_xl.form.places import COUNTY, PROVINCE, gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.text.sentences import Sentence
    from gk_xl.form.names import OwnNames
    from gk_xl.form.places import Place

_WORDS: Final = Words(__file__)

_SORT: Final = r"(?:官方|政务|微信|认证)*(?:公众号|公众平台|微信平台|视频号|抖音号?|微博|头条号|快手号?|服务号|订阅号)"
_ACCOUNT: Final = regex(
    rf"“(?P<name>[\u4e00-\u9fff]{{3,12}})”(?=(?P<rest>(?:[、和]?“[^“”]{{1,12}}”){{0,3}}(?:[两2三3]个)?{_SORT}))|{_SORT}(?:（|：|为|即)?“(?P<behind>[\u4e00-\u9fff]{{3,12}})”"
)
_TAILS: Final = ("发布", "微讯", "之声", "在线", "微报", "之窗", "融媒", "新闻", "政务")
"""How the accounts of governments are called behind their place."""
_SHORT, _LONG = 2, 3
_BEHIND: Final = 3
"""Characters behind an account that tell what it does: 转载, 推送."""
_SERVED: Final = regex(
    r"(?:为|向|服务|惠及|方便)(?P<name>(?:(?![全各我本该其省市县区旗的了向为与和及])[\u4e00-\u9fff]){2,3})(?P<level>[县市区旗])(?=群众|居民|百姓|市民|人民群众|干部群众)"
)
_SENT_TO: Final = regex(
    r"(?:告知|建议|引导|指引|转告)[^，。；]{0,10}?向(?P<name>(?:(?![全各我本该其省市县区旗的了向为与和及])[\u4e00-\u9fff]){2,3})(?P<level>[县区旗])"
    r"(?=(?P<stem>[\u4e00-\u9fff]{2,12}?)(?:局|委员会|委)(?:提出|申请|咨询|获取|了解|查询))"
)
_ZONE: Final = regex(
    r"(?P<name>(?:(?![省市县区旗级家的了向为与和及在由对])[\u4e00-\u9fff]){2})(?P<zone>经济技术开发区|高新技术产业开发区|高新区|经开区)(?!管)"
)


def named_sideways(case: Case) -> Iterator[tuple[Sentence, str, Severity | None]]:
    """Yield the sentences that name another unit by the way, with its name; a hint, or the rule's own severity for a known place."""
    own = own_names(case.filing.unit)
    for sentence in case.narrative.bearing(_ACCOUNT):
        if found := _account(sentence.text, own, case.filing.unit.kind):
            yield sentence, *found
    if not own.county:
        return
    for sentence in case.narrative.bearing(_SERVED, _SENT_TO):
        sent = (match for match in _SENT_TO.finditer(sentence.text) if match["stem"] in bureau_stems())
        for match in (*_SERVED.finditer(sentence.text), *sent):
            place = match["name"] + match["level"]
            if _elsewhere(match["name"], place, own):
                yield sentence, place, Severity.HINT
                break
    if case.filing.unit.kind == "development_zone" or "区管" in own.name:
        for sentence in case.narrative.bearing(_ZONE):
            zone = _ZONE.search(sentence.text)
            if zone and zone["name"] not in own.name + own.county and not _WORDS.others.search(sentence.text):
                yield sentence, zone[0], Severity.HINT


def _account(text: str, own: OwnNames, kind: str) -> tuple[str, Severity | None] | None:
    """Return an account that is called by another place and what the unit itself does, with the severity; None when there is none."""
    bureau = kind.endswith("department")
    tails = {own.core, *bureau_stems().get(own.core, ())} if bureau else _TAILS
    for match in _ACCOUNT.finditer(text):
        begun = max(text.rfind(mark, 0, match.start()) for mark in "，。；") + 1
        if _WORDS.others.search(text, begun, max(match.end(), match.end("rest")) + _BEHIND):
            continue
        name = match["name"] or match["behind"]
        called = _WORDS.organ.sub("", name)
        tail = max((tail for tail in tails if len(tail) > 1 and called.endswith(tail)), key=len, default="")
        head = _WORDS.level.sub("", called.removesuffix(tail))
        if (
            (not tail and (bureau or head == called))
            or not _SHORT <= len(head) <= _LONG
            or _WORDS.no_place.search(head)
        ):
            continue
        if (not bureau and not own.county) or not _elsewhere(head, head, own):
            continue
        known = [place for level in "县市区旗" for place in gazetteer().places(head + level)]
        counties = known and all(place.level == COUNTY for place in known)
        return name, None if counties and not _holds_own(known, own) else Severity.HINT
    return None


def _elsewhere(name: str, place: str, own: OwnNames) -> bool:
    """Return whether a place is neither the unit's own, in full or in short, nor one that it lies in, as far as is known."""
    here = own.county + own.place + own.name
    if name in here or place in here or any(shortens(name, one) for one in (own.county, own.place, own.core) if one):
        return False
    known = [
        found
        for level in ("县", "市", "区", "旗", "省", "州", "盟", "地区")
        for found in gazetteer().places(name + level)
    ]
    return not any(found.level == PROVINCE for found in known) and not _holds_own(known, own)


def _holds_own(places: list[Place], own: OwnNames) -> bool:
    """Return whether one of some places holds, or lies in, what is known of the unit's own place."""
    mine = [place for name in (own.county, own.place) for found in gazetteer().find(name) for place in found.places]
    return any(place.holds(one) or one.holds(place) for place in places for one in mine)
