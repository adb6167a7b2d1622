"""Names that were copied from another unit's report: another bureau of the county, another people's 乡 (X-56)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.pieces import pieced
from gk_xl.checks.text_rules.data import world
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.names import COMMITTEE, bureau_stems, shortens
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from gk_xl.checks.text.sentences import Sentence
    from gk_xl.form.names import OwnNames

_WORDS: Final = Words(__file__)

NO_NAME: Final = _WORDS.no_name
"""Words before 县 or 镇 that are no name."""
CUT: Final = _WORDS.cut
"""Where a name can begin."""
PLACE: Final = 2
_OTHERS: Final = "和与、及"


def other_bureau(text: str, own: OwnNames) -> str:
    """Return another bureau of the same county by its full name, or its board, where nothing says why it is named; empty when there is none."""
    explained = _WORDS.together.search(text)
    if not explained and (found := next(strangers(text, own, _CHANNEL, besides=_FOR_ALL), None)):
        return found[0]
    if not explained and (site := _other_site(text, own)):
        return site
    if found := next(strangers(text, own, _SUBJECT, besides=_FOR_ALL), None):
        return str(found["found"])
    if explained or not own.county:
        return ""
    for match in behind(own.county, _BUREAU, text):
        before, after = text[: match.start()].removesuffix(own.county)[-1:], text[match.end() : match.end() + 1]
        named = match["stem"] in bureau_stems() and not _is_own(match, own)
        if named and not (before and before in _OTHERS) and after not in _OTHERS:
            return own.county + match[0]
    return ""


_BUREAU: Final = regex(r"(?P<stem>[\u4e00-\u9fff]{2,12}?)(?P<office>局|委员会|厅)(?!长)")


def strangers(
    text: str, own: OwnNames, *forms: re.Pattern[str], besides: Collection[str] = ()
) -> Iterator[re.Match[str]]:
    """Yield where some forms name a bureau of known stem that is not the unit itself, nor one of those ``besides``."""
    for match in (found for form in forms for found in form.finditer(text)):
        stem = match["stem"]
        if stem in bureau_stems() and stem not in besides and not _is_own(match, own):
            yield match


def _is_own(match: re.Match[str], own: OwnNames) -> bool:
    """Return whether a bureau that a form names is the unit itself, in full, in short, with or without its place."""
    groups, stem = match.groupdict(), match["stem"]
    name = stem + (groups.get("office") or "局")
    place = (groups.get("place") or own.level_word)[-1:]
    return any(own.owns(form) for form in (name, place + name, stem + "局", groups.get("found") or name))


def behind(name: str, form: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield where a form stands right behind a name."""
    at = text.find(name)
    while at >= 0:
        match = form.match(text, at + len(name))
        if match:
            yield match
        at = text.find(name, match.end() if match else at + 1)


_SUBJECT: Final = regex(
    r"^(?:（[一二三四五六七八九十]{1,3}）|\d{1,2}[.、])?(?:(?:\d{4}年(?:度)?|一年来|全年|本年度|[^，。；]{1,18}(?:方面|上|看|此|来|要求|中))，?)?"
    r"(?P<found>(?P<place>[\u4e00-\u9fff]{0,6}?[县市区旗州])?(?P<stem>[\u4e00-\u9fff]{2,8}?)(?P<office>局|委员会|委))"
    r"(?=立足|坚持以|紧扣|牢固树立|全年|按照“|深入学习|畅通|未单独|未向|没有|承办|将每|拟从|得分|（以下|在[^，。；]{2,16}领导|信息公开|政府信息公开|\d{4}年)"
)
"""县水务局立足……: the subject of a whole sentence of a bureau's own report."""


_AUTHOR_OF: Final = regex(
    r"(?:^|[，。])(?P<found>(?P<place>[\u4e00-\u9fff]{2,6}?[县市区旗])(?P<stem>[\u4e00-\u9fff]{2,8}?)(?P<office>局|委员会|委))"
    r"(?=编制|(?:按照|根据|依据)[^，。；]{0,30}条例|对?\d{4}年(?:度)?政府信息公开|（以下简称)"
)
_OWN_TITLE: Final = regex(
    r"《(?P<found>(?P<place>[\u4e00-\u9fff]{2,6}?[县市区旗])(?P<stem>[\u4e00-\u9fff]{2,8}?)(?P<office>局|委员会|委))[^《》]{0,14}(?:政府信息|信息公开|信息发布|政务公开)[^《》]{0,16}》"
)


def other_author(text: str, own: OwnNames, kind: str) -> str:
    """Return another bureau of the county that draws up a bureau's report or whose rules on disclosure it cites as its own."""
    if not kind.endswith("department"):
        return ""
    if found := next(strangers(text, own, _OFFICE), None):
        return str(found["found"])
    named = strangers(text, own, _AUTHOR_OF, _OWN_TITLE)
    return next((str(match["found"]) for match in named if match["place"] in (own.county, own.place)), "")


_OFFICE: Final = regex(
    r"(?:^|[，。；：）]|由)(?P<found>(?P<place>[\u4e00-\u9fff]{0,6}?[县市区旗州])?(?P<stem>[\u4e00-\u9fff]{2,8}?)(?P<office>局|委员会|委))(?:办公室|党组|机关)"
    r"(?=(?:统一|具体|牵头|专门)?(?:负责|承担|汇总|把|将|对)[^，。；]{0,4}(?:[本我](?:局|委)|全局|局机关)(?!的?预算|[^，。；]{0,12}(?:检查|审计|考核|评估|指导|督查|抽查))|(?<=党组)(?:会议?)?(?:专题|多次|定期|先后)(?:研究|学习|听取|部署)[^，。；]{0,10}(?:\d|公开))"
)
"""县林业局办公室对本局信息统一登记: whose office that is, is whose report."""


_CHANNEL: Final = regex(
    r"(?:[县市区旗州]|网站)(?P<stem>[\u4e00-\u9fff]{2,8}?)(?:局|委|服务中心|事务中心|中心|大队)(?=(?:政府|信息公开)?(?:网站|门户网|专栏|栏目|公示栏|公开栏|公告栏|宣传栏|微信公众号|公众号|办事大厅|服务大厅|服务窗口|查阅点))"
)
_SITE_OF: Final = regex(r"(?:://|www\.|(?<![a-z.\d@-]))(?P<who>[a-z]{3,10})\.[a-z\d.-]*(?:gov|cn)")
"""http://jyj.jidong.gov.cn: whose site it is, in the initials of its name."""


def _other_site(text: str, own: OwnNames) -> str:
    """Return the address of another bureau's site that a bureau's text links, empty when there is none."""
    for match in _SITE_OF.finditer(text):
        stem = world().sites.get(match["who"])
        if stem and not own.owns(stem + "局") and not own.owns(stem + "委员会"):
            return f"{match['who']}（{stem}）"
    return ""


_FOR_ALL: Final = ("政务服务", "行政审批", "政务", "公共资源", "档案", "司法", "大数据", "数据")
"""Bureaus whose halls and sites serve all, or that lead the others' work."""


_ACTS: Final = regex(
    r"(?:^|[，。；：]|由)(?P<found>(?P<place>[\u4e00-\u9fff]{0,6}?[县市区旗州])(?P<stem>[\u4e00-\u9fff]{2,8}?)(?P<office>局|委员会|委))"
    r"(?=(?:已|均|及时|依法|随即|立即|将|按时){0,3}(?:按照?|根据|依照|履行|执行|落实|服从)[^，。；]{0,10}(?:复议|判决|裁判|裁定|法院)[^，。；]{0,14}(?:答复|履行|整改|处理|公开)|(?:已|均|及时|依法|随即|立即){1,3}(?:重新作?出?答复|重新公开|重新处理)|成立了?(?:由|以)局?[^，。；]{0,10}(?:任|为)组长|成立了?[^，。；]{0,14}(?:政务公开|信息公开)[^，。；]{0,6}领导小组)"
)
"""县水务局已按复议决定重新答复: who answers anew is whose decision was set aside."""


def another_acts(sentence: Sentence, own: OwnNames, kind: str) -> str:
    """Return another bureau that does in a bureau's report what only the unit itself can do, empty when none does."""
    if not kind.endswith("department") or own.core in _FOR_ALL:
        return ""
    found = next(strangers(sentence.masked, own, _ACTS), None)
    return str(found["found"]) if found else other_author(sentence.text, own, kind)


OWN_DUTY: Final = regex(r"[我本](?:局|厅|委(?![员托派]))")


def other_duty(text: str, own: OwnNames, kind: str) -> str:
    """Return a licence or duty of another trade's bureaus that a bureau's text tells as its own, empty when there is none."""
    if not kind.endswith("department") or own.core in _FOR_ALL or not OWN_DUTY.search(text):
        return ""
    for trades, duties in world().duties.items():
        if not any(trade in own.name for trade in trades.split()):
            found = next((duty for duty in duties.split() if duty in text), "")
            if found and not _WORDS.of_all.search(text):
                return found
    return ""


_ABOUT: Final = r"[^，。；《》〈〉“”]{0,20}?(?:政务公开|政府信息|信息公开|依申请公开|公开(?:目录|指南|标准|事项))"
_DOCUMENT: Final = regex(
    r"(?:《(?:关于)?(?:印发)?〈?|(?:编制|制定|制订|修订|印发|出台|修编|重编)(?>(?:完成|完善|形成|公布|发布|了)*))"
    rf"(?P<name>(?:(?![县区旗乡镇全各我本该其《关])[\u4e00-\u9fff]){{2,4}})(?P<level>[县旗区乡镇]|街道|苏木)(?![级镇村直区域乡]){_ABOUT}"
)
_TITLED: Final = regex(
    r"《(?:关于)?(?:印发)?〈?(?:\d{4}年(?:度)?)?(?P<name>(?:(?![县区旗乡镇全各我本该其《关])[\u4e00-\u9fff]){2,4})(?P<level>[县旗区乡镇]|街道|苏木)"
    r"(?![级镇村直区域乡])[^《》]{2,40}?(?:办法|细则|规定|规程|规则|规范|方案|意见|指南|目录|清单|制度|汇编|要点|通知|指引|规划)〉?(?:的通知)?》"
)
"""《永溪县农村公路养护管理办法》 among the documents that a unit made."""
_ADDRESS: Final = regex(
    r"(?:(?:地址|办公地点|办公场所)(?:为|是|：|在|位于)?|（)(?:[\u4e00-\u9fff]{2,7}?(?:省|自治区))?(?:[\u4e00-\u9fff]{2,5}?(?:市|自治州|盟|地区))?"
    r"(?P<name>(?:(?![县区旗市])[\u4e00-\u9fff]){2,4})(?P<level>[县旗区])(?=[\u4e00-\u9fff]{1,9}(?:路|街|大道|道|巷|镇|乡)[\u4e00-\u9fff]{0,6}\d*)(?![一二三四五六七八九]?中)"
)
_WORK: Final = r"(?:公开|条例|栏|解读|答复|申请|平台|网站|信息)"
_SPEAKS: Final = regex(
    r"(?:^|[，。；：）]|公布|编制|现将|形成)(?:下一?步|今后|接下来|全年|本年度|今年|\d{4}年(?:度)?|[一二〇○零三四五六七八九]{4}年)?，?"
    r"(?P<name>(?:(?![县区旗乡镇全各我本该其与和及由对在将])[\u4e00-\u9fff]){2,4})(?P<level>[县旗区乡镇]|街道|苏木)"
    rf"(?:人民政府|政府)?(?=将(?:在\d{{4}}年)?(?:进一步|继续|着力|持续|不断|切实|坚持|加强|严格|围绕)[^，。；]{{0,16}}{_WORK}|(?:政务公开|政府信息公开)(?:工作)?领导小组"
    rf"|\d{{4}}年(?:度)?(?:政府信息公开|政务公开|未|没有|无|共|收到|主动)|(?:坚持以|紧扣|立足|统筹|处在|深入学习|深入贯彻|牢固树立|将重点|没有收取|未收取|未发生)|政府信息公开(?:工作)?(?:年度报告|年报|情况|工作|还)|(?:成立|调整|召开)[^，。；]{{0,8}}(?:政务公开|信息公开)|(?:高度重视|坚持|持续|不断|深入|认真|严格)[^，。；]{{0,14}}{_WORK})"
)
"""The county or 镇 whose own work on disclosure a clause tells."""
ZONES: Final = regex(
    r"(?:社|园|小|贸|名胜|风景|生态|安置|地|山|郊|农|经开|高新|开发|示范|新|行政|辖|片|景|库|灾|矿|牧|林|校|老|试点|专|老城|主城|中心城|功能|合作|试验|实验|保税|旅游|度假|自治|展|讨论|办公)$"
)


def other_document(text: str, own: OwnNames, kind: str) -> str:
    """Return the other county or 镇 whose document on disclosure a text names as its own, whose work it tells, whose address it gives; empty when none.

    A county's document is another's than that of the unit's own county only where both are of one level: what is above
    may be cited anywhere.
    """
    small = own.small
    if not small and not kind.startswith("county"):
        return ""
    here = own.county + own.place + own.name
    addresses = _ADDRESS.finditer(text) if "号" in text or "地址" in text else ()
    for match in (*_DOCUMENT.finditer(text), *_TITLED.finditer(text), *_SPEAKS.finditer(text), *addresses):
        level, name = str(match["level"]), str(CUT.split(match["name"])[-1])
        alike = level == own.level_word if level in "县旗区" else small
        if not alike or len(name) < PLACE or name in here or name.endswith((own.core, own.county[:-1] or own.core)):
            continue
        plain = not (_WORDS.kinds_of_places.search(name) or NO_NAME.search(name))
        if plain and not (level == "区" and ZONES.search(name)):
            return name + level
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


def other_committee(text: str, name: str) -> str:
    """Return another zone's 管委会 where the unit is one itself, empty when it is the unit's own, in short or in full."""
    if not name.endswith(COMMITTEE):
        return ""
    for match in _ZONE.finditer(text):
        zone = _WORDS.zone_cut.sub("", match["name"])
        if len(zone) >= _SHORTEST and not _WORDS.together.search(text) and not shortens(zone, name):
            return zone + "管委会"
    return ""


_TELLS: Final = r"(?:共|累计|全年|本年度|年内|依法|主动){0,3}(?:新收|收到|受理(?!的)|未收|没有收到|未发生|主动公开|制发|办结|未向|未收取)"
_TOWN_TELLS: Final = pieced(
    rf"(?:^|[，。；：])(?:\d{{4}}年(?:度)?|全年|本年度|年内)?，?(?P<name>[\u4e00-\u9fff]{{2,5}}?)(?P<level>{{township}})(?={_TELLS})"
)
COUNTY_TELLS: Final = regex(
    rf"(?:^|[，。；：）])(?:\d{{4}}年(?:度)?|全年|本年度|年内)?，?(?P<name>(?:(?![各全我本该其])[\u4e00-\u9fff]){{2,4}}?)(?P<level>[县旗市区])(?={_TELLS}[^，。；\d]{{0,6}}(?:政府信息|信息|申请|规范性文件|行政))"
)


_SITE: Final = pieced(
    r"(?:[在由向对从]|完成|开设|维护|开通)(?P<name>(?:(?![乡镇各全的和与及、])[\u4e00-\u9fff]){2,4})(?P<level>{township})"
    r"(?=便民(?:服务)?大厅|为民服务中心|各行政村|各村|各社区|干部|机关|(?:政府)?信息公开(?:专栏|栏目|平台|指南|目录))"
)
"""在青山镇便民服务大厅: behind a preposition, so that no verb (抽调镇干部) is taken for a name."""
_COLUMN: Final = pieced(
    r"(?:网站|公开网|平台)(?P<name>(?:(?![乡镇各全的和与及、])[\u4e00-\u9fff]){2,5})(?P<level>{township})(?=(?:基层)?(?:政务公开|信息公开|政府信息公开)?(?:专栏|栏目|页面|子站))"
)
"""在县政府门户网站松坪乡专栏发布: the column is the unit's own."""
_PAGE: Final = pieced(
    r"(?:^|[^\u4e00-\u9fff]|网站|公开网|平台|[对在将由从])(?P<name>(?:(?![乡镇各全的和与及、对在将由从])[\u4e00-\u9fff]){2,4}?)(?P<level>{township})"
    r"(?=(?:政务公开|信息公开|政府信息公开)?(?:专栏|栏目|页面|网页|子站|板块|政务新媒体|微信公众号|公众号|视频号))"
)
"""对柳林镇专栏开展自查, 县政府网站小营子镇页面."""
_WORK_OF: Final = pieced(
    r"(?:社会各界|公众|群众|欢迎[^，。；]{0,10}|监督|关心|支持|了解|推动|推进|提升|做好|加强)?(?:对|关心|支持|监督|了解|推动|推进|提升|做好|加强)(?P<name>(?:(?![乡镇各全的和与及、我本该其])[\u4e00-\u9fff]){2,5}?)(?P<level>{township})"
    r"(?=(?:人民政府|政府|办事处)?(?:政府信息|政务|信息)公开工作)"
)
"""欢迎社会各界对青山镇政府信息公开工作提出意见: whose work the report is on."""
TOWNS: Final = (_SITE, _COLUMN, _PAGE, _TOWN_TELLS, _WORK_OF)


def county_that_tells(text: str, own: OwnNames) -> str:
    """Return another county, city or district whose numbers a clause of a government's report gives; empty when there is none."""
    match = COUNTY_TELLS.search(text)
    if match is None:
        return ""
    name = match["name"] + match["level"]
    here = own.county + own.place + own.name
    return "" if name in here or here.startswith(match["name"]) or _WORDS.no_place.search(match["name"]) else name


_SHORTEST: Final = 3
OF_OTHERS: Final = (
    _OFFICE,
    _CHANNEL,
    _SITE_OF,
    _SUBJECT,
    _AUTHOR_OF,
    _OWN_TITLE,
    _ACTS,
    _DOCUMENT,
    _TITLED,
    _ADDRESS,
    _SPEAKS,
    _ZONE,
    OWN_DUTY,
)
"""One of these is found where a sentence names another unit in what it does, publishes or has, besides by a name like its own."""
