"""X-57, words for the wrong level: 县委 in a 旗, 镇政府 in a 乡, 由县长 in a 镇, 全县 in a 区, 街道人民政府, 藏汉 where 蒙汉 was said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.pieces import pieced
from gk_xl.checks.text_rules.names.copied_names import PLACE
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.finding import Severity
from gk_xl.form.names import bureau_stems, own_names
from gk_xl.form.patterns import regex
from gk_xl.form.units import unit_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.sentences import Sentence
    from gk_xl.form.filing import Unit
    from gk_xl.form.finding import Finding
    from gk_xl.form.names import OwnNames

    Wrong = tuple[str, str, Severity | None]

_WORDS: Final = Words(__file__)

_LEVEL_ORGAN: Final = regex(
    r"(?P<level>[县旗区])(?:委、?(?P=level)(?:人民)?政府|(?:人民)?政府(?:办公室|办)?|委(?=的?(?:正确)?领导|、|书记|和)|委办|人大(?!代表)|直部门|级部门)"
)
_BUREAU: Final = regex(r"(?P<level>[县旗])(?P<stem>[\u4e00-\u9fff]{2,10}?)(?P<office>局|委(?![员托派屈]))")
_OFFICE_OF_TOWN: Final = regex(
    r"(?:(?:^|[，。；：])在?|由|(?<=[，。；：])我)(?P<found>[乡镇](?:党政(?:综合)?办(?:公室)?|党委|人民政府|政府))(?=[^，。；]{0,6}(?:负责|牵头|承担|统筹|高度重视|研究|领导))"
)
_OWN_LEVEL: Final = pieced(
    r"(?P<level>{township})(?P<organ>人民政府|政府(?!信息|投资|购买)|党委(?!会)|党工委|人大|纪委|办事处|党政(?:综合)?办|长(?=[任为负牵担每听、，]|主持|亲自|带头|召集|带队|主抓)|(?:政务公开|政府信息公开|信息公开)(?:工作)?领导小组|机关(?=各|干部|工作人员))"
    r"|(?P<above>[县区市旗省州盟])(?P<head>长)(?=任|担任|主持|亲自|牵头|带头)"
)
_FAR_ABOVE: Final = "省州盟"
"""Levels whose heads lead no work of a 乡, 镇 or 街道; a mayor may be that of a county's rank."""
_AMONG: Final = ("乡、", "镇、", "街道、", "（", "乡（", "镇（", "县、", "区、", "市、", "旗、")
_STREET: Final = regex(r"(?<![镇乡、（(各与和及])街道人民政府")
_LED_BY: Final = regex(r"在(?P<found>(?P<level>[市省州])委、?(?P=level)(?:人民)?政府)的?(?:正确|坚强|统一|有力)领导下")
_COUNTY_LEADS: Final = regex(
    r"(?:^|[，。；：]|(?<!\w)在)(?P<found>(?P<level>[县旗])委、?(?P=level)(?:人民)?政府)(?=将|把|高度重视|的?(?:正确|坚强|统一|有力)?领导(?:下|和)|主要(?:领导|负责)|分管|多次|专题|先后)"
)
"""在县委、县政府的正确领导下, in a district's or a city's report."""
_WIDER: Final = regex(
    r"我[县旗区][^。；]*?(?P<wider>全[市州盟](?:政府信息公开|政务公开)(?:工作)?)(?:质效|水平|质量|能力|[^，。；]{0,4}(?:提升|提高|推进|完善|增强))"
)
_ALL_OF: Final = regex(r"[全我](?P<level>[县旗区市州盟省])(?![民国长域面委新镇乡场心])")
_COVERED: Final = regex(r"[^，。；]{0,16}(?:信息公开(?:工作)?|数据|情况)")
"""反映全市公安机关的政府信息公开工作: what an introduction says that the report covers."""
_RANKS: Final = {
    "县": "county",
    "旗": "county",
    "区": "county",
    "市": "city",
    "州": "city",
    "盟": "city",
    "省": "province",
}
_ORDER: Final = ("county", "city", "province")
_LANGUAGES: Final = regex(r"(?P<before>[蒙藏维哈彝朝壮傣苗])汉|汉(?P<behind>[蒙藏维哈彝朝壮傣苗])(?=双语|两种|文)")
_ORGAN_OF_BUREAU: Final = regex(
    r"^(?:(?!局|部门|单位|各)[^。])*?(?:^|[，。；：由经报]|我[乡镇县市区旗])(?P<found>局(?:机关(?:办公室|党委|各科室|各股室)|党组(?!织)|办公室|务会|长办公会|属(?:各)?单位))"
)
"""我镇由局机关办公室统筹: an organ that only a bureau has, where no bureau is spoken of before."""
_FORMS: Final = (
    _LEVEL_ORGAN,
    _BUREAU,
    _OFFICE_OF_TOWN,
    _OWN_LEVEL,
    _STREET,
    _LED_BY,
    _COUNTY_LEADS,
    _WIDER,
    _ALL_OF,
    _LANGUAGES,
    _ORGAN_OF_BUREAU,
    _WORDS.lower_site,
    _WORDS.not_of_towns,
    _WORDS.head,
    _WORDS.office,
    _WORDS.government,
    _WORDS.county_office,
)
"""One of these is found where a sentence speaks of another level, or of another language."""


@rule_function("levels.words")
def words(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-57: the word for another kind of place, or another second language than before; one finding a sentence."""
    unit = case.filing.unit
    own = own_names(unit)
    if not unit.name:
        return
    spoken = _second_language(case)
    for sentence in case.narrative.bearing(*_FORMS, own.level_word):
        found = _wrong_level(sentence.masked, own, unit) or spoken.get(sentence) or _another_area(sentence, own, unit)
        if found:
            values = {"found": found[0], "wanted": found[1]}
            yield rule.at(sentence, values, severity=found[2])


def _county_of_another_level(text: str, county: str) -> str:
    """Return the own county's government under the name of another level, empty where there is none: 望湖县政府 of 望湖区."""
    core, level = county[:-1], county[-1:]
    if len(core) < PLACE or level not in _COUNTIES or core not in text:
        return ""
    other = regex(rf"{re.escape(core)}[{_COUNTIES.replace(level, '')}](?:人民)?政府").search(text)
    return other[0] if other else ""


_COUNTIES: Final = "县区旗"
"""Levels of which a place has one; a city may bear the name of a county in it."""


def _wrong_level(text: str, own: OwnNames, unit: Unit) -> Wrong | None:
    """Return the organ of the wrong level, the right word, and how grave where that is not the rule's own; None where there is none."""
    if _STREET.search(text):
        return "街道人民政府", "街道办事处", None if own.level == "街道" else Severity.HINT
    if slip := _county_of_another_level(text, unit.county):
        return slip, unit.county, None
    level, visited = own.level_word, _WORDS.visit.search(text)
    if (own.small or unit.kind.endswith("_government")) and (bureau := _ORGAN_OF_BUREAU.search(text)):
        return bureau["found"], own.level, None
    above = unit.kind.startswith(("city", "province")) and level not in ("县", "旗", "区") and not visited
    if above and (site := _WORDS.lower_site.search(text)):
        return site[0], own.name, Severity.WARNING
    if level in ("县", "旗") and not visited:
        for match in (*_LEVEL_ORGAN.finditer(text), *_BUREAU.finditer(text)):
            said = match["level"]
            if said == level or (said == "区" and (level == "旗" or "自治" in text)):
                continue
            if _WORDS.before.search(text[: match.start()]) and not _free(text[: match.start()]):
                continue
            if "stem" not in match.groupdict() or match["stem"] in bureau_stems():
                return match[0], level, None
    elif level not in ("县", "旗") and level in _RANKS and not visited and (county := _COUNTY_LEADS.search(text)):
        return county["found"], level, None
    if unit.kind.endswith("department") and (office := _OFFICE_OF_TOWN.search(text)):
        return office["found"], own.name, None
    if own.level == "局" and (lower := _of_another_level(text, own)):
        return lower, own.name, Severity.WARNING
    if own.level in ("局", "委", "委员会") and (other := _other_office(text, own)):
        return other, own.name, None
    if own.small and (organ := _organ_of_another_level(text, own)):
        return organ
    if own.small and not visited and (none := _WORDS.not_of_towns.search(text)):
        return none[0].lstrip("，。；："), own.level, Severity.WARNING
    if not visited and (ranked := _of_another_rank(text, own, unit)):
        return ranked
    led = _LED_BY.search(text)
    if led and level in ("县", "旗") and f"{level}委" not in text:
        return led["found"], level, Severity.HINT
    if led and level == "省" and led["level"] != level:
        return led["found"], level, None  # 在市委、市政府坚强领导下, in the report of a province
    return None


def _of_another_rank(text: str, own: OwnNames, unit: Unit) -> Wrong | None:
    """Return whose head, office or government acts for the unit where it is another's, and the right one; None where it is the own."""
    whole = unit.kind.endswith("_government")
    office = "委" if own.name.endswith("委员会") else own.name[-1:]
    if own.small:
        asked, mine = _WORDS.head, own.level[:1] + "县市区旗"  # who is above may lead
    elif whole:
        asked, mine = _WORDS.government, own.place[-1:]
        if (led := _WORDS.head.search(text)) and led["level"] in "镇乡局厅":
            return led[0].lstrip("，。；："), mine, Severity.WARNING
    elif unit.kind.endswith("department") and office in "局厅委":
        asked, mine = _WORDS.office, office
        if (led := _WORDS.head.search(text)) and led["level"] in "镇乡局厅" and led["level"] != office:
            return led[0].lstrip("，。；："), mine, Severity.WARNING
    else:
        return None
    found = asked.search(text)
    if found is None and own.level_word == "区" and unit.kind.startswith("county"):
        found, mine = _WORDS.county_office.search(text), "区"
    return (found[0].lstrip("，。；："), mine, Severity.WARNING) if found and found["level"] not in mine else None


def _of_another_level(text: str, own: OwnNames) -> str:
    """Return the own bureau under another level where it acts for itself, empty where it does not: 县财政局成立……领导小组 in 某市财政局."""
    if own.level_word not in _RANKS or len(own.core) < PLACE or own.core not in text:
        return ""
    others = "".join(_RANKS).replace(own.level_word, "")
    doing = "成立|召开|认真|高度重视|坚持|全年|共收到|收到|制定|印发"
    match = regex(rf"(?:^|[，。；：）])(?P<found>[{others}]{re.escape(own.core)}局)(?={doing})").search(text)
    return match["found"] if match else ""


def _other_office(text: str, own: OwnNames) -> str:
    """Return the unit's own stem with 委 where it is a 局, or the other way round, empty when it is not said."""
    other = "委" if own.level == "局" else "局"
    for stem in (own.core, *sorted(bureau_stems().get(own.core, ()))):
        if (
            len(stem) > 1
            and (match := re.search(rf"{stem}{other}(?![员托派屈长])", text))
            and own.level_word + stem in text
            and not _WORDS.below.search(text, 0, match.start())
        ):
            return match[0]
    return ""


def _organ_of_another_level(text: str, own: OwnNames) -> Wrong | None:
    """Return an organ of a 镇 in the report of a 乡 …, or 由县长 as a hint; None where two units are told of, and where none is named."""
    for match in _OWN_LEVEL.finditer(text):
        before, organ = text[: match.start()], match["organ"] or match["head"]
        if match["level"] == own.level or before.endswith(_AMONG) or own.level + organ in text:
            continue
        if _free(before) or (match["level"] and _WORDS.set_up.search(before)):
            near = match["above"] and match["above"] not in _FAR_ABOVE
            return match[0], own.level, Severity.HINT if near else None
    return None


def _another_area(sentence: Sentence, own: OwnNames, unit: Unit) -> Wrong | None:
    """Return 全县 in a 区 or a 旗, which have none; as a hint 全县 in a city or province, and 全市 where an introduction says whose work a county reports on."""
    text, kind = sentence.masked, unit_kinds().get(unit.kind)
    if kind is None or _WORDS.visit.search(text):
        return None
    if match := _WIDER.search(text) if unit.kind == "county_government" else None:
        return match["wider"], own.level_word, Severity.HINT
    mine = own.place[-1:] if kind.whole else own.level_word
    rank = "county" if kind.small else kind.level
    if mine not in _RANKS or rank not in _ORDER:
        return None
    for match in _ALL_OF.finditer(text):
        level = match["level"]
        if level == mine or text.count(level) > text.count("全" + level) + text.count("我" + level):
            continue  # 在南屏县召开的全县现场会
        above = _ORDER.index(_RANKS[level]) - _ORDER.index(rank)
        covered = (
            sentence.part == "preamble" and _COVERED.match(text, match.end()) and not _WORDS.from_above.search(text)
        )
        if above < 0 or (above > 0 and covered):
            return match[0], mine, Severity.HINT
        if above == 0 and level != "区":
            return match[0], mine, None  # 全区 may be the autonomous region
    return None


def _second_language(case: Case) -> dict[Sentence, Wrong]:
    """Return the sentence that names another second language than the one before, with what it says and what was said: 蒙汉双语, 藏汉两种文字."""
    known = ""
    for sentence in case.narrative.sentences if "汉" in case.narrative.whole else ():
        for match in _LANGUAGES.finditer(sentence.masked):
            other = match["before"] or match["behind"]
            known = known or other
            if other != known:
                return {sentence: (match[0], f"{known}汉", None)}
    return {}


def _free(before: str) -> bool:
    """Return whether a word may begin behind these words: no name and no 各, 乡 or 全 stands right before it."""
    return bool(_WORDS.free.search(before))
