"""Names that were copied from another unit's report: another bureau of the county, another people's 乡, an office of a 镇 (X-56, X-57)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gk_xl.form.names import bureau_stems, shortens
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from gk_xl.checks.text.sentences import Sentence
    from gk_xl.form.names import OwnNames

_TOGETHER: Final = regex(
    r"联合|会同|配合|报送|移交|转送|转办|牵头|主办|承办|主管|举办|批准|同意|印发|下发|转发|通知|抽查|检查|通报|考核|指导|协助|督办|提供|抄送|转至|移送|原告|复议|诉讼|咨询|分别|以及|划转|合并|组建|职责|更名|撤销|原"
)
_OTHERS: Final = "和与、及"


def other_bureau(text: str, own: OwnNames) -> str:
    """Return another bureau of the same county by its full name, where nothing says why it is named; empty when there is none."""
    if not own.county or own.county not in text or _TOGETHER.search(text):
        return ""
    for match in regex(
        rf"(?P<before>.?){re.escape(own.county)}(?P<stem>[\u4e00-\u9fff]{{2,12}}?)(?P<office>局|委员会|厅)(?!长)"
    ).finditer(text):
        stem, name = match["stem"], match["stem"] + match["office"]
        if match["before"] in _OTHERS and match["before"]:
            continue
        if (
            stem in bureau_stems()
            and not own.owns(name)
            and not own.owns(own.level_word + name)
            and text[match.end() : match.end() + 1] not in _OTHERS
        ):
            return own.county + name
    return ""


def other_people(sentence: Sentence, own: OwnNames) -> str:
    """Return another zone's 管委会, or a 乡 that begins as the unit's own and is another people's: 那林鄂温克族乡 for 那林达斡尔族乡."""
    if found := other_committee(sentence.masked, own.name):
        return found
    text = sentence.text
    place = own.core.rpartition("族")[0]
    if len(place) < _SHORTEST:
        return ""
    for match in regex(rf"{re.escape(own.core[:2])}[\u4e00-\u9fff]{{0,6}}?族{own.level}").finditer(text):
        if match[0] != own.core + own.level and not match[0].endswith(own.core + own.level):
            return match[0]
    return ""


_ZONE: Final = regex(
    r"(?P<name>[\u4e00-\u9fff]{2,10}?(?:高新区|开发区|新区|园区|示范区|度假区|保税区|经开区|风景区|名胜区|景区|实验区|产业园|工业园))(?:管委会|管理委员会)"
)
_CUT: Final = regex(r"^.*(?:年度?|由|向|与|和|及|在|于|把|按照|经|到|从|将|以来|其中|对|为|因)")


def other_committee(text: str, name: str) -> str:
    """Return another zone's 管委会 where the unit is one itself, empty when it is the unit's own, in short or in full."""
    if not name.endswith(("管理委员会", "管委会")):
        return ""
    for match in _ZONE.finditer(text):
        zone = _CUT.sub("", match["name"])
        if len(zone) >= _SHORTEST and not _TOGETHER.search(text) and not shortens(zone, name):
            return zone + "管委会"
    return ""


_TELLS: Final = r"(?:共|累计|全年|本年度|年内|依法|主动){0,3}(?:新收|收到|受理(?!的)|未收|没有收到|未发生|主动公开|制发|办结|未向|未收取)"
_TOWN_TELLS: Final = regex(
    rf"(?:^|[，。；：])(?:\d{{4}}年(?:度)?|全年|本年度|年内)?，?(?P<name>[\u4e00-\u9fff]{{2,5}}?)(?P<level>乡|镇|街道|苏木)(?={_TELLS})"
)
_COUNTY_TELLS: Final = regex(
    rf"(?:^|[，。；：）])(?:\d{{4}}年(?:度)?|全年|本年度|年内)?，?(?P<name>(?:(?![各全我本该其])[\u4e00-\u9fff]){{2,4}}?)(?P<level>[县旗市区])(?={_TELLS}[^，。；\d]{{0,6}}(?:政府信息|信息|申请|规范性文件|行政))"
)


def town_that_tells(text: str) -> tuple[str, str]:
    """Return the name and level of a 乡, 镇 or 街道 whose numbers a clause gives, both empty where none does."""
    match = _TOWN_TELLS.search(text)
    return (match["name"], match["level"]) if match else ("", "")


def county_that_tells(text: str, own: OwnNames) -> str:
    """Return another county, city or district whose numbers a clause of a government's report gives; empty when there is none."""
    match = _COUNTY_TELLS.search(text)
    if match is None:
        return ""
    name = match["name"] + match["level"]
    here = own.county + own.place + own.name
    return "" if name in here or here.startswith(match["name"]) or _NO_PLACE.search(match["name"]) else name


_NO_PLACE: Final = regex(
    r"[年月日共由按]|乡镇|街道|城|直|辖|全|辖区|地|省|上级|片|社|小|园|景|新|校|专|特|片|中心|城关"
)
_SHORTEST: Final = 3
_OFFICE_OF_TOWN: Final = regex(
    r"(?:^|[，。；：]|由|(?<=[，。；：])我)(?P<found>[乡镇](?:党政(?:综合)?办(?:公室)?|党委|人民政府|政府))(?=[^，。；]{0,6}(?:负责|牵头|承担|统筹|高度重视|研究|领导))"
)
_LED_BY: Final = regex(r"在(?P<found>(?P<level>[市省州])委、?(?P=level)(?:人民)?政府)的?(?:正确|坚强|统一|有力)领导下")


def office_of_a_town(text: str) -> str:
    """Return an office of a 乡 or 镇 that does a bureau's work: 由镇党政办负责."""
    match = _OFFICE_OF_TOWN.search(text)
    return match["found"] if match else ""


def led_from_above(text: str, own: OwnNames) -> str:
    """Return 市委、市政府 that leads a county's unit where its own 县委 is not named, empty when there is none."""
    match = _LED_BY.search(text)
    level = own.level_word
    return match["found"] if match and level in ("县", "旗") and f"{level}委" not in text else ""
