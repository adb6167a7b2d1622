"""Clause → the year it speaks of and whose numbers it gives.

A report compares with last year, adds up since a law came into force, and quotes the county's numbers beside its own.
Only what is said of this year and of the unit itself is held against the tables.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.entries import chinese_number
from gk_xl.checks.text.pieces import pieced
from gk_xl.checks.text.tokens import KEPT, clauses
from gk_xl.checks.text.words import names
from gk_xl.form.load import edition_in_force
from gk_xl.form.names import own_names
from gk_xl.form.patterns import regex
from gk_xl.form.units import small_kinds, unit_kinds

if TYPE_CHECKING:
    from gk_xl.checks.text.tokens import Clause
    from gk_xl.form.filing import Unit


class Period(StrEnum):
    """What time a clause speaks of."""

    THIS = "this"
    OTHER = "other"  # another year, part of this year, or several years added up


class Scope(StrEnum):
    """Whose numbers a clause gives."""

    OWN = "own"
    OFFICE = "office"  # 县政府 in a county's report: the whole area, or the government's own office beside it
    WHOLE = "whole"  # the whole county or city that the unit belongs to
    OTHER = "other"  # another organ


_YEAR: Final = pieced(r"({year_number})年")
_YEARS_ALONE: Final = regex(r"(?:\d{4}年度?[、和]?){2,9}")
_YEARS_ON: Final = regex(r"[自从]?\d{4}年?度?(?:至|到|—|-|～|~){1,2}\d{4}年(?:度|间|期间|三年|这三年)?")
"""2022年至2024年，分别为28件、35件、41件."""
_THIS: Final = regex(r"今年|本年|全年|年内|年度内|一年来|当年|[1一](?:月份?)?(?:[-—至到]|月至)(?:12|十二)月|1月1日")
_LAST: Final = regex(r"去年|上年|上一年|前年|前一年|往年|以往|此前")
_COMPARED: Final = regex(
    r"同比|环比|(?:与|和|较|比|同|对比|[少多低高]于|超过|超出|不及)(?:\d{4}年|去年|上年|上一年|前年|往年|前一年|同期)|上年同期|去年同期|"
    r"[是为](?:\d{4}年|去年|上年|上一年)[^，；。]{0,10}倍"
)
_BOUND: Final = {"转": r"转(?=[至到入来往下的\d])", "延": r"延(?=[至到\d])"}
"""Verbs of one character that carry over only before such a character."""
_MORE: Final = ("跨年", "移交", "剩下", "余下")
"""Words that carry over beside a year only, as those do for what is not done."""
_OF_THEN: Final = regex(r"[对将就](?:\d{4}年|建[镇乡县区市])(?:以来|以前|之前|底前)的?[^，。；\d]{0,8}文件")
"""对2010年以来文件开展清理，废止3件: what is looked at, no time of what is told."""
_ASIDE: Final = regex(
    r"(?:而)?(?:去年|[上前]一?年|(?P<year>\d{4})年)(?:度)?(?:同期)?(?:仅|只|才|就|为|是|有|收到|新收|共|的)*\d+[件宗]"
)
"""A number of another year alone between two marks: 新收33件，上年30件，增长10%."""
STOCK_BEFORE: Final = pieced(r"(?:[年期]初|{last_year}年?[末底])[^，。；\d]{0,12}(?:存量|有效|留用|保留|继续)")
"""What was in force as the year began: 年初存量12件，本年制发1件."""
_REACHED: Final = pieced(
    r"由?{another_year}[度末底初]?的?[\d.]+[^，；。\d]{1,5}?(?:降|减|增|升|涨|变|调整|回落)[^，；。\d]{0,3}(?:\d+[^，；。\d]{0,2})?(?:至|到|为)(?:年末|年底|现行有效|现有|目前){0,2}的?\d"
)
"""由上年的97件升至164件: what follows is this year's."""
_CHANGED_BY: Final = pieced(
    r"由{another_year}[度末底初]?的?\d+[^，；。\d]{1,3}(?:增加|减少|净增|净减|取消|新增)了?\d+[^，；。\d]{0,3}$"
)
"""由上年的28项增加2项，达到30项: the same."""
_THEN_MORE: Final = pieced(r"{last_year}(?:度)?(?:为|有|共)?\d+项、(?:新增|增加|减少|取消|调减|核减|压减)\d+项$")
_ON_TOP: Final = pieced(r"{another_year}[^，；。]{0,16}基础上")
"""在上年86项基础上增加12项: what follows is this year's."""
_LONGEST_REACH: Final = 40
_OF_WHOLE: Final = regex(r"占全[县区市省州旗盟国][^，；。]*")
_RANKED: Final = regex(
    r"[在居列][^，；。\d]{0,3}(?:全[县区市省州旗盟国]|各|[县区市省州旗盟](?:直|级|属))[^，；。\d]{0,8}(?:[之当]?中|里|前列|前茅|首位|之首)"
)
"""申请量在市直部门中居于前列: beside whom, not whose."""
_TIME: Final = regex(r"[年月季来期比较同此往起至今]")
_CUMULATIVE: Final = regex(
    r"(?<![擅各亲独私])自(?!然人|治|主|行|愿|身|查|收到|接到|受理|答复|补正|送达|形成)[^，；。]{2,30}?(?:以来|(?<!\d)起|至今|开始|至\d{4}年底)|(?:\d{4}年|近年|[一二三四五六七八九十两\d]年|历年|实施|成立|开通|运行|上线|开设)以来|"
    r"从\d{4}年[^，。；\d]{0,12}至\d{4}年|^至\d{4}年底?累计|近[一二三四五六七八九十两几\d]+年(?!来?(?:最|之最|之首))|历年(?!最|之最|之首|统计年|年鉴|数据|资料|台账|档案|账目)|[三四五六七八九十两\d]年(?:来|间|累计)|(?<![全本当今\d])年均|逐年|“?十[三四五]五”?(?:期间|以来|时期)"
)
_ALL_ALONG: Final = regex(r"历年[^，。；\d]{0,4}公开[^，。；\d]{0,8}\d+[件份]$")
_PARTIAL: Final = regex(
    r"上半年|下半年|本季度|当季|本月|当月|月份|期间|前[一二三四五六七八九十\d]+个?(?:月|季度)|第?[一二三四]季度|"
    r"(?<!\d)(?:[2-9]|1[0-2]|1(?!\d|[-—至到]12|月1日|至12|月至12))(?:[-—至到](?:[1-9]|10|11))?月(?!\d*[日号]?止)(?:份|底|末|中旬|\d{1,2}[日号])?"
)
_CAUSE: Final = regex(r"(?:由于|因|受)[^\d]{0,4}\d+月[^\d]*$")
_DONE_THEN: Final = regex(
    r"(?:\d[件宗起][^，；。\d]{0,6}|[已均现])[于在系是]$|\d[件宗起][系是为][^，；。\d]{1,6}$|(?:还|另|尚|剩)有?\d+[件宗](?:申请)?$"
)
"""上年结转的1件已于1月办结，已于1月答复, 剩余1件系企业12月提交, 还有1件12月才收到: the month is of what was done, not of what is counted."""
_AT_YEAR_END: Final = regex(r"(?:截?[至到])?(?:年[末底]|12月底)")
_OTHER_YEAR: Final = pieced(r"(?:{year_number})年|[去上前]一?年|往年|以往|此前|以来|至今")
_ON_A_DAY: Final = regex(r"^[于在]\d{1,2}月(?:\d{1,2}[日号]|[上中下]旬|[底初末])?[^\d]{2,8}$")
_WHOLE_YEAR: Final = regex(r"12月(?:31[日号]?|底|末)|1月1日|1[-—至到]12月")
_CHANGE: Final = regex(
    r"(?:增加|增长|减少|下降|上升|提高|降低|多|少|递增|净增|缩减|增幅|降幅|上涨|新增加|增|减)(?:了|为|达|约)?$"
)
_CHANGE_OF: Final = regex(r"(?<!新)(?:增加|减少|多收|少收|下降)(?:了)?[^，、]{0,10}$")
_WHOLE: Final = regex(
    r"全(?:县|区|市|省|州|旗|盟|国(?!\d|一体化|统一)|自治区|自治县|县域|市域|辖区)|我[县区市省州旗盟](?!政府信息公开网|友)"
)
_PARTS: Final = regex(
    r"各(?:乡|镇|街道|部门|单位|级|地|县|区|市|村|社区|科室|股室|处室|分局|所|站|学校)|(?:县|市|区)(?:直|级)(?:各)?(?:部门|单位|机关)(?!委托|授权|赋权|下放)|"
    r"[两二三四五六七八九十]个?(?:中心|所|站|大队|单位|机构)(?:均|都)|系统(?:共|累计|全年)?(?:收到|受理|办结|答复)|(?:乡镇|街道|部门|(?<!我)局机关|下属|所属|二级单位|直属)[^，]{0,4}(?:共?(?:收到|受理|办结|答复))|(?<![\u4e00-\u9fff])乡?镇收到?"
)
_DEALT_WITH: Final = regex(r"(?:[对向给]|组织|指导|督促|要求)(?:(?!\d[件宗起份])[^，。；])*")
"""对各处室开展考核: behind a ； the unit's own numbers go on."""
_TOGETHER: Final = regex(r"[^，。；\d]{0,10}(?:协同|联动|配合|分工|齐抓共管|各负其责|抓落实)")
"""办公室统筹、各处室协同: how it is done, nobody's numbers."""
_GOVERNMENTS: Final = tuple(kind.id for kind in unit_kinds().values() if kind.whole)
_ORGAN: Final = regex(
    r"(?:[\u4e00-\u9fff]{1,14}?)(?:人民政府|政府办公室|政府办|办公室|办事处|委员会|法院|检察院|管委会|局|厅|委|分局|大队|支队|中心|"
    r"管理所|管理站|司法所|派出所|税务所|所|站|院|学校|公司|村委会|居委会|街道|社区|镇|乡|(?<!行政)机关|(?<!全)部)$"
)
_ALL_PARTS: Final = regex(
    r"(?:政府|本级)(?:[及和、]其?(?:[县市区旗州省]?政府)?办公室)?(?:[及和、]|连同)(?:其|各|所属|[县市区旗州省]直)*部门|各地[和、]?各部门|各级[和、]?各部门|各级(?:行政|政府|国家)?机关|各乡镇(?:（街道）)?[和、]各部门"
)
"""县政府及各部门, 各地各部门: all of a government's area; 县政府各部门 are a part of it."""
_CENTRE: Final = regex(r"本级|政府办(?![理结复])|办公室")
"""The government's own office beside the whole area: either may be what the table counts."""
_WITH_ITS_OFFICE: Final = regex(
    r"政府[及和、]其?(?:[县市区旗州省]?(?:人民)?政府)?办(?:公室)?[^，。；]{0,6}(?:印|制|出台|规范性文件)"
)
"""县政府及办公室新印发规范性文件6件: the documents that a government's table counts, as a rule."""
_GOVERNMENT: Final = regex(
    r"^(?:其中)?(?:\d{4}年(?:度)?|全年|本年度)?[县市区省州旗盟](?:人民)?政府(?:共|新|依法|及时)*(?:收到|受理|接到|办结|答复|办理)"
)
_BY_LEVEL: Final = regex(r"(?:部门|乡镇|街道）?)[^，。；\d]{0,8}\d+件")
_OFFICE: Final = regex(r"^(?:其中)?[县市区省州旗盟]?(?:人民)?政府(?![及和、][^，。；\d]{0,6}部门)[^，。；\d]{0,20}\d")
"""县政府收到46件，各部门收到112件，乡镇收到25件: the government is one of the parts."""
_PLAIN_ORGAN: Final = regex(
    r"^(?>我|本|该|局|镇|乡|街道|街|办|委|厅|县|市|区|机关|单位|各|全|由|经|及|和|政府|党政|综合|政务公开|政府信息公开|信息公开){0,16}"
    r"(?:局|镇|乡|街道|办事处|办公室|政府办公室|政府办|委员会|委|厅|人民政府|政府|机关|中心|部)$"
)
_OFFICES: Final = regex(
    r"^(?:[经由]|通过)?(?:我?(?:镇|乡|街道))?(?:便民|政务|党群|公共|社会|综合|为民|一站式){0,2}(?:服务|事务)(?:中心|大厅|窗口)?$|^(?:我?(?:镇|乡|街道))?综合(?:行政)?执法(?:办公室|办|大队|中队|队)?$"
)
"""Offices of a 镇, 乡 or 街道, whose numbers are its own."""
_ABOVE_OR_BELOW: Final = {
    "township": "县区市省州",
    "county": "省",
    "city": "县区省",
    "province": "县区市州",
    "state": "县区市省州",
}
"""First characters of an organ's name that make it another level's than the unit's."""
_OURS: Final = regex(
    r"^(?:其中|同期|此外|另外|而|目前|现)*(?:我|本)(?:局|委|办|厅|镇|乡|街道|中心|机关|单位|院|所|队|处|站|社|校)"
)
"""A clause that begins so is the unit's own, whosever numbers stood before."""
_JUDGE: Final = regex(r"复议|法院")
"""复议机关作出维持决定3件: how the unit's own cases ended."""
TOWARDS: Final = ("对", "向", "针对", "依法对", "给")
"""对法律服务所作出行政处罚1件: whom a decision is on, not who took it."""
_OBJECT: Final = regex(r"[^由]我(?:局|委|办|厅|镇|乡|街道|中心|处|所|队)$")
"""维持我局答复: no other organ answers."""
_BRACKETS: Final = regex(r"（[^（）]*）|[（）]")
_AGAINST_US: Final = regex(
    r"以[我本][\u4e00-\u9fff]{1,3}为被(?:申请人|告)|复议[^，；。]{0,10}[涉对]及?[我本][局委办厅镇乡院所校]|[涉对]及?[我本][局委办厅镇乡院所校][^，；。\d]{0,10}(?:复议|诉讼)"
)
"""省政府办理以本厅为被申请人的复议案件12件: our own cases."""
_LEADING: Final = regex(
    r"^.*(?:年度|年|月|日|来|内|中(?!心)|间|期|底|止|其中|以及|全年|累计|共|法院(?:判决|裁定)?(?:同样|均|都)?(?:支持|维持)了?)"
)
_WHERE: Final = regex(r"在[^，；。在]{2,12}(?:内|中|上|范围)$")
"""旗农牧执法大队在我镇辖区内作出: the organ stands before the place."""
_TIME_BEHIND: Final = regex(r"(?:\d{4}年度?|全年|本年度?|年内|当年|今年)(?:以来)?$")
"""县司法局全年收到: the organ stands before the time."""
_VERB: Final = regex(
    r"(?>共计?|累计|新|总共|合计|一共|依法|及时|共同|分别|均|已|并|实际|接?){0,16}(?:收到|受理|接收|接到|办结|答复|办理|处理|收悉|新收|收|制发|制定|印发|出台|作出|未收到|未接到|(?:均?未曾?|没有|并未)?发生)"
)


_BY_YEAR: Final = pieced(
    r"(?:[^，。；]*\D)?{another_year}(?:度|末|底)?(?:的?[^，。；\d年]{0,20}(?:项目|事项)数?量?)?(?:为|是|有|的|共|同样|同|也|亦)*\d+(?:项|个(?:项目|事项))"
)
"""行政处罚项目上年186项: what follows is this year's again."""
_ADDED: Final = ("加", "连同", "含", "包括")
"""加去年12月收到的1件: carried over, and what follows is this year's."""
_ONLY: Final = regex(r"唯一|仅有|[只就]有[1一]件")


@lru_cache
def _carried() -> re.Pattern[str]:
    """Return how a year is named only as that from or to which something was carried over."""
    edition = edition_in_force().id
    undone = (form for form, name in names(edition, "pending").items() if name == "undone")
    verbs = sorted((*names(edition, "carry"), *undone, *_MORE), key=len, reverse=True)
    moved = "|".join(_BOUND.get(verb, verb) for verb in verbs)
    return pieced(
        rf"(?:上一?年|去年|前一?年|往年|历年|以往|\d{{4}}年)(?:度)?(?:[尚还仍]有\d+[件宗][^，；。\d]{{0,14}}?|[^，；。\d]{{0,8}}?)(?:{moved})"
        rf"|(?:{moved})(?:\d+[件宗])?(?:至|到|入|自|了|的)?(?:{{year_number}}|下一?|次|翌|上一?|去|前一?|明|来)年"
        r"|(?:次|来|翌|下一?|明|\d{4})年(?:\d{1,2}月(?:\d{1,2}日|[上中下]旬|初|底)?)?[^，。；\d]{0,6}(?:到期|届满|期满)"
        r"|(?:加上?|连同|算上|外加|加之)(?:上一?年|去年|前一?年)度?(?=的?\d+件)"
        r"|(?:与|和|同){another_year}(?:度)?(?:同为|同是|持平|相同|一样|均为|都为|都是)"
    )


class Frame(NamedTuple):
    """What is known of a clause: its period and scope."""

    period: Period
    scope: Scope


def year_of(text: str) -> int | None:
    """Return the year written in Arabic or Chinese figures."""
    number = int(text) if text.isdigit() else chinese_number(text)
    return int(number) if number is not None else None


@lru_cache(maxsize=KEPT)
def frames(text: str, year: int | None, unit: Unit) -> tuple[Frame, ...]:
    """Return the frame of every clause of a folded sentence; a period and a scope hold on until another is named or the sentence ends."""
    found = []
    period, scope = Period.THIS, Scope.OWN
    in_part = False  # a part of this year was named last
    outside = (period, scope)
    depth = 0
    by_level = unit.kind in _GOVERNMENTS and _BY_LEVEL.search(text)
    dealt_with = False  # others were named last, as those with whom something was done
    whole = None  # what a list of 其中 goes into: behind ； it is spoken of again
    for clause in clauses(text):
        if whole and text[clause.start - 1 : clause.start] == "；" and clause.depth == depth == 0:
            (period, scope), whole = whole, None
        if text.startswith("其中", clause.start) and clause.depth == depth == 0:
            whole = (period, scope)
        if clause.depth > depth:
            outside = (period, scope)
        elif clause.depth < depth:
            period, scope = outside
        depth = clause.depth
        said = text[clause.start : clause.end]
        named, local = _period(said, year)
        if period is Period.OTHER and said.startswith("当年") and not in_part:
            named = None  # 2022年提起的，当年未审结: the year named before
        if in_part and _AT_YEAR_END.match(said):
            named = Period.THIS  # 10月完成清理，年末现行有效19件
        in_part = named is Period.OTHER and not _OTHER_YEAR.search(said) if named else in_part
        period = named or period
        subject = said
        if clause.depth == 0 and text[clause.start - 1 : clause.start] == "）":
            opening = max(text.rfind(mark, 0, clause.start) for mark in "，；。：") + 1
            subject = _BRACKETS.sub("", text[opening : clause.end])
        scope = Scope.OWN if dealt_with and text[clause.start - 1 : clause.start] == "；" else scope
        whose = Scope.OTHER if by_level and _OFFICE.search(subject) else _scope(subject, unit)
        dealt_with = _DEALT_WITH.fullmatch(said) is not None if whose else dealt_with
        scope = whose or scope
        found.append(Frame(Period.OTHER if local else period, scope))
    return tuple(found)


def _period(said: str, year: int | None) -> tuple[Period | None, bool]:
    """Return the period that a clause names for itself and what follows, and whether it only compares."""
    if not _TIME.search(said):
        return None, False
    plain = _OF_THEN.sub("", _carried().sub("", said))
    if _BY_YEAR.fullmatch(plain):
        return None, True
    if _REACHED.search(plain) or _CHANGED_BY.search(plain) or _ON_TOP.search(plain):
        return None, True
    compared = bool(_COMPARED.search(plain))
    if (aside := _ASIDE.fullmatch(plain)) and (not aside["year"] or year_of(aside["year"]) != year):
        return None, True
    if STOCK_BEFORE.search(plain):
        return None, True
    plain = _COMPARED.sub("", plain)
    if _ALL_ALONG.search(plain):
        return None, True  # 历年累计公开19件，未制作规章
    if _CUMULATIVE.search(plain) and not (year and f"{year}年以来" in plain):
        if year and re.search(rf"自{year}年1月1日", plain):
            return Period.THIS, compared
        return Period.OTHER, compared
    years = {year_of(text) for text in _YEAR.findall(plain)}
    if len(years) > 1 and _YEARS_ON.fullmatch(plain):
        return Period.OTHER, True
    if len(years) > 1:
        listed = _YEARS_ALONE.fullmatch(plain) is not None  # 2020年、2021年，分别收到1件、5件
        return (Period.OTHER if listed else None), True  # 2022年、2023年分别收到…: nothing is sure of this clause
    if year is not None and years and year not in years:
        return Period.OTHER, compared
    if not years and (last := _LAST.search(plain)) and (_THIS.search(plain, last.end()) or _THEN_MORE.search(plain)):
        return None, True  # 上年12项、本年增加2项; 上年9项、新增1项
    if not years and last:
        return (None, True) if said.startswith(_ADDED) else (Period.OTHER, compared)
    partial = None if _WHOLE_YEAR.search(plain) or _ONLY.search(plain) else _PARTIAL.search(plain)
    if partial and _ON_A_DAY.search(plain):
        return None, True  # 1件直接起诉的，于12月开庭，尚未审结
    if partial and (plain != said or "跨年" in said):
        return None, compared  # 12月收到的1件顺延到2025年办理
    if partial and _CAUSE.match(plain):
        return None, True  # 由于12月集中收到申请，结转下年6件
    if partial and not _DONE_THEN.search(plain, 0, partial.start()):
        return Period.OTHER, compared
    if years or _THIS.search(plain):
        return Period.THIS, compared
    return None, compared


def reached_at(clause: Clause, start: int, year: int | None) -> bool:
    """Return whether the number at a place of the sentence is what last year's, named in its clause, came to: 由上年的118件增至155件."""
    at = start - clause.start
    match = _REACHED.search(clause.text, max(at - _LONGEST_REACH, 0), at + 1)
    if year is None or match is None or match.end() != at + 1:
        return False
    return all(year_of(one) in (year, year - 1) for one in _YEAR.findall(clause.text, match.start(), at))


_CAME_LATE: Final = regex(r"(?<!\d)1[0-2]月[^，。；\d]{0,4}(?:收到|提交|提出|受理|递交)")
"""尚有1件因12月下旬收到、仍在答复期限内，结转下年度."""


def of_the_year_beside(text: str, year: int | None, by: int) -> bool:
    """Return whether a clause names no year but the one before the report's (``by`` -1), or the one behind it (1): 上年底在办2件, 2件在2025年答复; or only the month in which it came."""
    years = {year_of(one) for one in _YEAR.findall(text)}
    named = bool(years) or (_LAST if by < 0 else _CAME_LATE).search(text) is not None
    return year is not None and named and years <= {year + by} and not _CUMULATIVE.search(text)


def is_change(before: str) -> bool:
    """Return whether the words before a number say by how much something rose or fell."""
    return bool(_CHANGE.search(before) or _CHANGE_OF.search(before))


def _scope(said: str, unit: Unit) -> Scope | None:
    """Return whose numbers a clause gives, None when it does not say."""
    said = _RANKED.sub("", _OF_WHOLE.sub("", said))
    whole = _WHOLE.search(said)
    if (unit.kind in _GOVERNMENTS and _ALL_PARTS.search(said)) or (_AGAINST_US.search(said) and not whole):
        return Scope.OWN
    if (
        whole is None
        and (part := _PARTS.search(said))
        and not _TOGETHER.match(said, part.end())
        and not (unit.kind in small_kinds() and part[0].startswith(("街道", "镇")))
    ):
        return Scope.OTHER
    if whole:
        if unit.kind in _GOVERNMENTS and _CENTRE.search(said):
            return Scope.OTHER
        own = unit.kind in _GOVERNMENTS or (whole[0].startswith("我") and unit.self_word == whole[0][:2])
        return Scope.OWN if own else Scope.WHOLE
    if unit.kind in _GOVERNMENTS and _WITH_ITS_OFFICE.search(said):
        return Scope.OFFICE
    if unit.kind in _GOVERNMENTS and _CENTRE.search(said):
        return Scope.OTHER
    if unit.kind in _GOVERNMENTS and _GOVERNMENT.match(said):
        return Scope.OFFICE
    verb = _VERB.search(said)
    if verb and "不服" not in said[: verb.start()]:
        subject = _LEADING.sub("", _TIME_BEHIND.sub("", _WHERE.sub("", said[: verb.start()])))
        organ = _ORGAN.match(subject)
        if organ and not (verb[0].endswith("作出") and (_JUDGE.search(organ[0]) or organ[0].startswith(TOWARDS))):
            ours = is_own(subject, unit) or _is_an_office(subject, unit, said[verb.end() :])
            return Scope.OWN if ours or _OBJECT.search(subject) else Scope.OTHER
    return Scope.OWN if _OURS.match(said) else None


def _is_an_office(organ: str, unit: Unit, what: str) -> bool:
    """Return whether an organ is an office of a small unit that decides on something for it: 便民服务大厅办理行政许可153件."""
    small = bool(unit.kind) and unit_kinds()[unit.kind].small
    return small and _OFFICES.match(organ) is not None and _DECISIONS.match(what) is not None


_DECISIONS: Final = regex(r"[^，。；\d]{0,12}?(?:行政)?(?:许可|处罚|强制)")


def is_own(organ: str, unit: Unit) -> bool:
    """Return whether the name of an organ can be the unit itself; an unknown unit owns every name."""
    if unit.name and own_names(unit).owns(organ):
        return True
    if unit.kind and organ[:1] in _ABOVE_OR_BELOW[unit_kinds()[unit.kind].level] and organ not in unit.name:
        return False
    if not unit.name or _PLAIN_ORGAN.match(organ):
        return True
    core = re.sub(r"^(?:我|本|该|由|经|县|市|区|省|州)+", "", organ)
    core = re.sub(r"(?:人民政府|政府|办事处|办公室|党政办|机关)+$", "", core)
    core = re.sub(r"(?:园区|景区|新区)?管委会$", "管理委员会", core)
    return len(core) < 2 or core in unit.name or unit.name.removesuffix("人民政府") in organ
