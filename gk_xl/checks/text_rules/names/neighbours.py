"""Names of others: another place (X-30), another unit (X-56).

Places are names of the list; units are what stands before 人民政府, 办事处, 党委 …, cut at words that are no part of a name,
and are held against the unit's own forms. A name that may be real but is in no list is only a hint.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.pieces import pieced
from gk_xl.checks.text.tokens import KEPT
from gk_xl.checks.text_rules.names.copied_names import (
    COUNTY_TELLS,
    CUT,
    NO_NAME,
    OF_OTHERS,
    TOWNS,
    ZONES,
    another_acts,
    behind,
    county_that_tells,
    other_bureau,
    other_document,
    other_duty,
    other_people,
    strangers,
)
from gk_xl.checks.text_rules.names.in_passing import named_sideways
from gk_xl.checks.text_rules.names.near_names import misspelt_government, nearly_own, nearly_whole, turned_about
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.finding import Severity
from gk_xl.form.names import own_names
from gk_xl.form.patterns import regex
from gk_xl.form.places import COUNTY, gazetteer
from gk_xl.form.units import small_kinds

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.sentences import Sentence
    from gk_xl.form.filing import Unit
    from gk_xl.form.finding import Finding
    from gk_xl.form.names import OwnNames
    from gk_xl.form.places import Place

_WORDS: Final = Words(__file__)

# ----------------------------------------------------------------

_UNLISTED: Final = regex(
    r"(?:^|[，。；：、（“”》]|依托|通过|登录|登陆|访问|在|于|由|向|与|从|请|按照|根据|关注|经|报)(?P<name>(?:(?![各全我本该其由在对向为按经据从和与及或到于将至把被以等省市县区旗的了])[\u4e00-\u9fff]){2,3})"
    r"(?P<level>[县旗区])(?=人民政府|政府网站|委、[县旗]?(?:人民)?政府|政府信息公开网|政府门户|政务公开(?:主管|网|领导|办公))"
)
"""A county that is in no list, between clean boundaries."""
_OFFICE_OF: Final = regex(
    r"(?:经|由|向|在|与|根据|按照|上报|报送|依据|接受)(?P<name>(?:(?![各全我本该其将已上下同省市县区旗的了由后按经向至到给])[\u4e00-\u9fff]){2,3})"
    r"(?P<level>[县旗区])(?=政府办(?:公室)?|司法局|委办公室|政务公开办)"
)


@rule_function("neighbours.places")
def places(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-30: the government, its website or its leadership of another county; one finding a sentence."""
    unit = case.filing.unit
    own = own_names(unit)
    if not own.county and not own.place:
        return
    words = ("政府", "委", "网", own.core + own.level)
    for sentence in case.narrative.bearing(*words, COUNTY_TELLS, _UNLISTED, _OFFICE_OF):
        found, severity = _place_in(sentence.text, sentence.masked, unit)
        if found:
            values = {"found": found, "county": own.county or own.place}
            yield rule.at(sentence, values, severity=severity)


def other_place(sentence: Sentence, unit: Unit) -> str:
    """Return the other place whose government a sentence speaks of as its own, empty when there is none for certain."""
    found, severity = _place_in(sentence.text, sentence.masked, unit)
    return found if severity is None else ""


@lru_cache(maxsize=KEPT)
def _place_in(text: str, masked: str, unit: Unit) -> tuple[str, Severity | None]:
    """Return the other place that a folded sentence names where the unit's own should stand, a hint when it is in no list."""
    own = own_names(unit)
    sure = _own_organ_elsewhere(text, own) or misspelt_government(text, own) or turned_about(text, own)
    found, severity = (sure, None) if sure else _other_place(_WORDS.titles.sub("□", text), own, unit)
    return ("", None) if found and _WORDS.visit.search(masked) else (found, severity)


def _other_place(text: str, own: OwnNames, unit: Unit) -> tuple[str, Severity | None]:
    """Return the name of another place whose government a sentence speaks of, a hint when it is in no list."""
    here = own.county + own.place + own.name
    if "政府" in text or "委" in text or "网" in text:
        for found in gazetteer().find(text):
            if (
                found.name in here
                or not _WORDS.government.match(text, found.end)
                or _WORDS.as_verb.search(text, 0, found.end)
            ):
                continue
            if unit.kind.startswith("province") or not _elsewhere(found.places, own):
                continue
            return found.name, None
    if unit.kind == "county_government" and (told := county_that_tells(text, own)):
        return told, Severity.HINT
    match = _UNLISTED.search(text) or _OFFICE_OF.search(text)
    zone = match is not None and match["level"] == "区" and ZONES.search(match["name"])
    if match and not zone and not NO_NAME.search(match["name"]):
        name = match["name"] + match["level"]
        if name not in here and not here.endswith(name) and match["name"] not in here:
            return name, Severity.HINT
    return "", None


_PLACE_BEFORE: Final = regex(r"(?P<before>[\u4e00-\u9fff]{2,10})(?P<level>[县市区旗])$")


def _own_organ_elsewhere(text: str, own: OwnNames) -> str:
    """Return the other place before the unit's own name (平安县自然资源局 in 青岚县), empty when there is none."""
    organ = own.core + own.level
    if len(own.core) < 2 or own.level in tuple("县市区旗州省") or not own.county or organ not in text:
        return ""
    for before in text.split(organ)[:-1]:
        match = _PLACE_BEFORE.search(before)
        if match is None:
            continue
        name = CUT.split(match["before"])[-1]
        place = name + match["level"]
        if (
            2 <= len(name) <= 5
            and not NO_NAME.search(name)
            and not _WORDS.generic.search(name)
            and place not in own.county + own.name
            and not place.endswith((own.county, own.place or own.county))
        ):
            return place
    return ""


def _elsewhere(places: tuple[Place, ...], own: OwnNames) -> bool:
    """Return whether none of the places can be above or be the unit's own: all counties, or of another region where its own is known."""
    known = [place for name in (own.county, own.place) for found in gazetteer().find(name) for place in found.places]
    if known:
        return not any(place.holds(mine) or mine.holds(place) for place in places for mine in known)
    return all(place.level == COUNTY for place in places)


# ----------------------------------------------------------------

_TOWN: Final = regex(
    r"(?P<level>街道|苏木|[乡镇])(?:人民政府|政府(?!信息|投资|购买|债|采)|办事处|党委(?!会)|党工委|人大|纪委|党政(?:综合)?办|综合办|便民服务中心|"
    r"(?=(?:(?:人民)?政府)?\d{4}年(?:度)?政府信息)|(?=办公室|(?:工作)?实际))"
)
_SPEAKING: Final = pieced(
    r"^(?:（[一二三四五六七八九十]{1,3}）|\d{1,2}[.、])?(?:(?:\d{4}年(?:度)?(?:以来)?|一年来|今年以来|本年度|全年)，?)?(?P<name>[\u4e00-\u9fff]{1,6}?)(?P<level>{township})"
    r"(?=(?:政务公开|政府信息公开|信息公开)工作(?:取得|存在|仍|还)|高度重视|认真|严格|深入|扎实|积极|切实|坚持|始终|全面|持续|不断|进一步|以(?!上|下|内|及)|围绕|聚焦|紧扣|按照|在[^，。]{1,12}(?:领导|指导)下|紧紧|主动公开|共?(?:收到|受理)|(?:现|下)?辖\d)"
)
_BUREAU_ROLE: Final = regex(
    r"(?:由|现将|现公布|公布|发布|请与|请联系|联系|请向|可向|致电)(?P<place>[\u4e00-\u9fff]{0,8}?(?!市场)[县市区旗省州])?(?P<stem>[\u4e00-\u9fff]{2,12}?)(?P<office>局|厅|委员会|委)"
    r"(?=\d{4}年|编制|负责编制|办公室|政务公开|政府信息公开|联系|咨询|[\u4e00-\u9fff]{2,6}[科股室](?:咨询|反映|联系))"
)
_BUREAU_SPEAKING: Final = regex(
    r"^(?:（[一二三四五六七八九十]{1,3}）(?:[\u4e00-\u9fff]{2,12}[：，。])?|\d{1,2}[.、])?(?:(?:\d{4}年(?:度)?(?:以来)?|今年以来|本年度|全年|下一?步|今后)，?)?"
    r"(?P<place>[\u4e00-\u9fff]{0,8}?(?!市场)[县市区旗省州])?(?P<stem>[\u4e00-\u9fff]{2,8}?)(?P<office>局|厅|委员会|委)(?:党组|主要(?:负责人|领导))?"
    r"(?=存在[^，。；]{0,16}(?:公开|解读|栏目|答复|申请|信息)[^，。；]{0,12}(?:问题|不足)|\d{4}年(?:度)?(?:无|没有|未)|信息公开申请受理|(?:专题|亲自|多次)?研究(?:部署)?(?:政务公开|(?:政府)?信息公开)|(?:明确|高度重视|认真|严格|深入|扎实|积极|切实|坚持|始终|全面|持续|不断|进一步)[^。；]{0,30}(?:(?:政务公开|政府信息公开)(?:日常)?(?:工作|事务)|条例》?(?=[，。]))|(?:全年|本年度)?(?:共|累计|未|没有){0,2}(?:收到|受理|收取|发生)[^，。；\d]{0,10}(?:信息公开申请|信息处理费|复议|诉讼|申请\d)|办公室(?:负责|承担|牵头)[^，。；]{0,12}(?:公开|申请)|(?:成立|调整|召开)[^，。；]{0,8}(?:政务公开|信息公开)|严格执行信息(?:发布|公开)|将(?:进一步|继续|着力|持续|不断|加强|优化|完善|严格)[^，。；]{0,16}(?:公开|栏目|解读|答复)|(?:共|累计|全年|主动|及时|依法){0,3}(?:公开|发布|更新)(?:各类|政府|政务){0,2}信息[^，。；\d]{0,8}\d)"
)
"""县民政局明确由局办公室负责: the bureau whose own work a sentence tells."""


@rule_function("neighbours.other_units")
def other_units(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-56: another 乡, 镇, 街道 or bureau named where the unit itself should stand; one finding a sentence."""
    unit = case.filing.unit
    if not unit.name:
        return
    own = own_names(unit)
    told: set[Sentence] = set()
    for sentence in case.narrative.bearing(*_naming(unit, own), *OF_OTHERS):
        if unit.kind in small_kinds() or own.small:
            found = _other_town(sentence, own)
        else:
            bureau = unit.kind.endswith("department")
            named = next(strangers(sentence.masked, own, _BUREAU_ROLE, _BUREAU_SPEAKING), None) if bureau else None
            near = nearly_own(sentence.text, own) if bureau else ""
            found = near or (f"{named['place'] or ''}{named['stem']}{named['office']}" if named else "")
        found = found or nearly_whole(sentence.text, own.name) or other_people(sentence, own)
        found = found or other_document(sentence.text, own, unit.kind) or another_acts(sentence, own, unit.kind)
        found = found or other_duty(sentence.text, own, unit.kind)
        severity = None if found or not unit.kind.endswith("department") else Severity.HINT
        found = found or (other_bureau(sentence.masked, own) if severity else "")
        if found and not _WORDS.visit.search(sentence.masked):
            values = {"found": found, "name": unit.name}
            yield rule.at(sentence, values, severity=severity)
            told.add(sentence)
    for sentence, found, severity in named_sideways(case):
        if sentence not in told:
            values = {"found": found, "name": unit.name}
            yield rule.at(sentence, values, severity=severity)


def _naming(unit: Unit, own: OwnNames) -> Iterator[re.Pattern[str] | str]:
    """Yield what a sentence has one of in which another unit can be named by a name or a level like the own one's."""
    yield from (own.level, own.name[-2:], own.core[:2] + "族" + own.level)
    small = unit.kind in small_kinds() or own.small
    yield from ("乡", "镇", "街道", "苏木") if small else (own.county, _BUREAU_ROLE, _BUREAU_SPEAKING)


def _other_town(sentence: Sentence, own: OwnNames) -> str:
    """Return another township-level unit that a sentence names as an organ, as an address or as its subject."""
    text = sentence.masked
    if near := nearly_own(sentence.text, own):
        return near
    if not any(level in text for level in ("乡", "镇", "街道", "苏木")):
        return ""
    for match in _TOWN.finditer(text):
        if _AT_FIRST.search(text, 0, match.start()) and _COUNTED_PEOPLE.match(text, match.end()):
            continue
        found = _foreign(text[max(0, match.start() - 12) : match.start()], match["level"], own)
        if found:
            return found
    for match in (found for form in (*TOWNS, _SPEAKING) for found in form.finditer(text)):
        if found := _foreign(match["name"], match["level"], own):
            return found
    if own.county:
        for match in behind(own.county, _TOWN_BEHIND, text):
            if found := _foreign(match["name"], match["level"], own):
                return found
    return ""


_AT_FIRST: Final = regex(r"(?:^|[，。；：、（])[\u4e00-\u9fff]{2}$")
_COUNTED_PEOPLE: Final = regex(r"(?:委员|代表|干部|成员|班子|书记|工作人员)[^，。；\d]{0,8}\d")
"""确定镇党委委员1名, 办复镇人大代表建议12条: a verb and whom it is done with, no town."""
_TOWN_BEHIND: Final = pieced(r"(?P<name>(?:(?!{township}|[^\u4e00-\u9fff]).){1,6})(?P<level>乡|镇(?!村|街)|街道|苏木)")


def _foreign(before: str, level: str, own: OwnNames) -> str:
    """Return the name that ends in a level where it is another unit's, empty when it is the unit's own or no name."""
    own_name = own.core + own.level
    if (before + level).endswith(own_name):
        return ""
    name = CUT.split(before)[-1]
    if not 2 <= len(name) <= 7 or _WORDS.generic.search(name) or NO_NAME.search(name):
        return ""
    if name in (own.core + "村", own_name) or name.startswith(own.core + "村"):
        return ""  # 地址：胡麻营村乡政府院内, 沙柳村一组乡政府, 沙柳乡乡政府
    if own_name.endswith(name + level) or (
        own.level != level and name.endswith(own.core) is False and name + level in own.name
    ):
        return ""
    return name + level
