"""Years that are mutilated (X-33), numbers or units that were left out (X-31, X-55)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.sentences import FIGURE
from gk_xl.checks.text.tokens import KEPT, clauses
from gk_xl.checks.text_rules.data import proofreading
from gk_xl.form.finding import Severity
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.form.finding import Finding

# ----------------------------------------------------------------

_LONG: Final = regex(r"(?<![\d.])\d{5,6}(?=年(?:度)?)")
_MONTH: Final = regex(r"(?<![\d.〔(（/-])20[12]\d\d{1,2}(?=月)")
_SHORT: Final = regex(
    r"(?<![\d近约超逾距经].)(?<![\d近约超逾距经余])(?:0\d\d|2[0-4]\d)(?=年(?!来|前|后|历史|以上|以下|以内|代|间|龄|余|多|的历史))"
)
_WITHOUT: Final = regex(
    r"(?<![\d.〔(（\[/A-Za-z:：—－-])20[12]\d(?=以来|度(?!夏|假)|，?我[乡镇局县街市区厅旗盟苏省]|\d{1,2}月\d{1,2}日|(?:第?[一二三四]|[上下])[季半]|"
    r"[\u4e00-\u9fff](?<![年条件份篇次起宗个项期场处人家台部户例笔张册则名元万亿余多米亩吨公号路楼室字版株头只辆套间所座封至到和与月])|，(?<=^.....))"
)
_FAR: Final = regex(r"(?:^|[，。；：])(?:在)?(?P<year>\d{4})年(?:度)?(?=，|以来|[我本全])")
_VISION: Final = regex(r"规划|目标|远景|愿景|达峰|中和|本世纪|实现|历史|建[党国军成立于]|年代|始建|出生")


@rule_function("digits.years", reads_text=True)
def years(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-33: a year with a digit too few or too many, far off, or without 年; a day that no year has; one finding a sentence."""
    year = case.filing.year
    for sentence in case.narrative.bearing(FIGURE):
        problem, severity = _year_problem(sentence.masked, year)
        if problem:
            yield rule.at(sentence, problem, severity=severity)


@lru_cache(maxsize=KEPT)
def _year_problem(text: str, year: int | None) -> tuple[str, Severity | None]:
    """Return what is wrong with a year or a day in a folded sentence, and how grave it is where that is not the rule's own."""
    if not any(map(str.isdigit, text)):
        return "", None
    if broken := _LONG.search(text) or _SHORT.search(text) or _MONTH.search(text):
        return f"年份“{broken[0]}”多写或者少写了数字", None
    if day := _no_day(text):
        return f"没有“{day}”这一天", None
    if bare := _WITHOUT.search(text):
        return f"“{bare[0]}”后面缺了“年”", Severity.WARNING
    far = _FAR.search(text)
    if far and year and not (1949 <= int(far["year"]) <= year + 10) and not _VISION.search(text):
        return f"年份“{far['year']}年”不可能", None
    return "", None


_DAY: Final = regex(r"(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


_NO_MONTH: Final = regex(r"(?<!\d)\d{4}年(?:1[3-9]|[2-9]\d|0)月")


def _no_day(text: str) -> str:
    """Return a day that no year has (2月30日, 13月1日), empty when there is none."""
    if none := _NO_MONTH.search(text):
        return none[0]
    for match in _DAY.finditer(text):
        month, day = int(match["month"]), int(match["day"])
        if not (1 <= month <= len(_DAYS) and 1 <= day <= _DAYS[month - 1]):
            return match[0]
    return ""


# ----------------------------------------------------------------

_MEETING: Final = regex(r"第(?=[次届期批](?:会议|全会|会|党组|常务|专题))")
_PARTS: Final = regex(r"(?:事项|情况|[、，])(?P<slot>个部分)")
_MEASURE: Final = "条件份篇次起宗个项期场处人家台部户例笔张册则名"
_FOLLOWED: Final = r"(?=[，。；、）]|$)"


@lru_cache
def _slots() -> re.Pattern[str]:
    """Return the ways to leave a number out before its unit; tried only where one begins."""
    begins = "".join(sorted({slot[0] for slot in proofreading().slots} | set("新收受接条篇予部不无其审维纠决个")))
    return regex(
        f"(?=[{begins}])(?:(?<![无未])(?<!没有)(?:{'|'.join(proofreading().slots)}){_FOLLOWED}"
        r"|(?<![对将把凡的件])(?:新收|收到|受理|接到)(?:政府)?(?:信息)?(?:公开)?申请件(?=[，；。])"
        r"|(?<![零〇一二三四五六七八九十百千万亿每逐多几数各该两这本首全到长短头线面链信法款律字词余成])(?<=[\u4e00-\u9fff])[条篇](?=[，；。]|、(?![款项目]))"
        r"|(?<![无未])(?<!没有)(?:予以公开|部分公开|不予公开|无法提供|不予处理|其他处理|审结|维持|纠正|决定)件(?=[，、；。）])"
        r"|(?<![一二三四五六七八九十百千万两几多各这那每整数某首余半逐])(?<=[\u4e00-\u9fff])个(?=栏目|专栏|嘎查|行政村|社区|部门|乡镇|网站|平台|账号|子栏目))"
    )


@lru_cache
def _bare() -> re.Pattern[str]:
    """Return a number that stands behind what is counted without a unit."""
    words = "|".join(sorted(proofreading().counted, key=len, reverse=True))
    return regex(
        rf"(?:{words}|(?<=[，。；])全年)(?:共计?|累计|合计|总计|约|为|达)?(?P<number>(?!0\D)\d{{1,6}}){_FOLLOWED}"
    )


@rule_function("digits.lost", reads_text=True)
def lost(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-55: 专区处, 第次会议, 个部分 without a number; 公开信息54 without a unit; one finding a sentence."""
    for sentence in case.narrative.bearing(FIGURE, _slots(), _MEETING, _PARTS):
        problem = _lost(sentence.masked)
        if problem:
            yield rule.at(sentence, problem)


_TWO_UNITS: Final = regex(
    r"\d(?:个件|件个|条个|个条|份个|件条|次件|篇条|亿万元|万亿元(?=[，。；])|元万|个份|起个)(?![\u4e00-\u9fff])"
)


@lru_cache(maxsize=KEPT)
def _lost(text: str) -> str:
    """Return which number or unit a folded sentence lacks, empty when none."""
    if twice := _TWO_UNITS.search(text):
        return f"“{twice[0]}”写了两个单位，"
    slot = _slots().search(text) or _MEETING.search(text) or _PARTS.search(text)
    if slot:
        return f"“{text[max(0, slot.start() - 4) : slot.end() + 2]}”缺了数字"
    if change := _percentless(text):
        return f"“{change}”后面缺了“%”或者单位"
    bare = _bare().search(text) or _among_counts(text) or _GIVEN.search(text)
    if bare and (_IN_BRACKET.search(text, 0, bare.end()) or _NUMBERED.search(text, 0, bare.start("number"))):
        return ""
    if bare and not _listed_bare(text) and not _LIKE_A_YEAR.fullmatch(bare["number"]):
        return f"“{bare[0]}”后面缺了单位（条、件等）"
    return ""


_NUMBERED: Final = regex(r"(?:问题|附件|附表|表|图|案例|标段|专栏)$")
"""针对问题1: which one, no number of anything."""
_COUNTED: Final = regex(rf"\d(?:[{_MEASURE}]|万?元)")
_CONTACT: Final = regex(r"电话|邮编|传真|地址|编号")
_ALONE: Final = regex(
    r"[\u4e00-\u9fff”》）](?<![第约至到约号编码话])(?<!批次)(?P<number>(?!20[12]\d)[1-9]\d{0,5})(?=[，；、。])(?![、，]\d{1,2}[余多]?["
    + _MEASURE
    + "])"
)


_CHANGED: Final = regex(
    r"(?:同比|比上年|较上年)?(?:增长|上升|下降|增幅|降幅|涨幅|占比|提高|降低)(?:了|为|达到?|约|：)?\d+\.\d+(?=[，。；、）])"
)
_RATED: Final = regex(
    r"(?:满意|知晓|覆盖|回收|办结|答复|公开|解读|更新|及时)(?:度|率)(?:为|达到?|是|：)?\d{1,3}(?:\.\d+)?(?=[，。；、）])"
)
_MONEY: Final = regex(r"\d[万亿]元")
_MONEY_BARE: Final = regex(r"(?:收费|金额|经费|资金|费)(?:总额|合计|共|为|：)?\d+\.\d+(?=[，。；、（）])")
_MONEY_LOST: Final = regex(
    r"(?:增加|减少|投入|兑现|收取|入库|征收|支出|收费|合计|共)(?:了|资金)?\d+(?:\.\d+)?[万亿](?=[，。；、）])"
)


_LIKE_A_YEAR: Final = regex(r"20[12]\d")
_GIVEN: Final = regex(
    r"(?:赠阅|发放|免费发放|印发|编印|印制|张贴|赠送|派发)(?P<number>(?!20[12]\d)\d{2,6})(?=[，。；])"
)
"""赠阅2000；: of what, is not told."""


def _percentless(text: str) -> str:
    """Return a change without its % (同比上升9.2), or an amount without 元 beside others that have it; empty when there is none."""
    found = (
        _CHANGED.search(text)
        or _RATED.search(text)
        or _MONEY_BARE.search(text)
        or (_MONEY_LOST.search(text) if _MONEY.search(text) else None)
    )
    return found[0] if found else ""


def _among_counts(text: str) -> re.Match[str] | None:
    """Return a number without a unit in a sentence whose other numbers have theirs, None when there is none."""
    return None if not _COUNTED.search(text) or _CONTACT.search(text) else _ALONE.search(text)


_IN_BRACKET: Final = regex(rf"\d[{_MEASURE}]（[^（）]*$")
"""应办52件（新收47，结转5）: the unit stands before the bracket."""
_UNITLESS: Final = regex(rf"(\d+)(?![\d年月日号.%]|[{_MEASURE}])(.?)")
_MEASURED: Final = regex(rf"\d[{_MEASURE}]")


def _listed_bare(text: str) -> bool:
    """Return whether a sentence gives all its numbers, or those of a whole list, without units: a way of writing, not a slip."""
    numbers = _UNITLESS.findall(text)
    told = text.partition("：")[2]  # 答复了23件：公开8、部分公开3、不予公开5
    whole = not _MEASURED.search(text) or (told and not _MEASURED.search(told.partition("。")[0].partition("；")[0]))
    return len(numbers) >= 3 and (bool(whole) or all("、" in end for _, end in numbers[:-1]))


# ----------------------------------------------------------------

_PRECISE: Final = regex(r"(?<![\d.])(?P<count>\d*[1-9][余多](?:条次|条|篇次|篇|件|份|期|场))")
"""68余条: exact but for its 余."""
_ROUGH: Final = regex(
    r"(?:公开|发布)(?<![群播]..)(?:了|各类|各项|本级|法定|的|各种|相关)*(?:政府|政务)?(?:公开)?(?:信息|内容|事项)"
    r"(?:内容|数量|总数|总量|共计?|累计|总计|合计|为|达|：)*"
    r"(?P<count>(?:近|约|超过?|逾|将近)?\d+(?:余|多)(?:条次|条|件|篇次|篇|份|个)|(?:近|约|超过?|逾|将近)\d+(?:条次|条|件|篇次|篇|份)|(?:近|上|数|几)[百千万][余多]?条)"
    r"|(?:各类|等)(?:政府|政务)信息(?:共|累计)?(?P<count2>\d+(?:\.\d+)?万?[余多]条)|各类信息(?P<count3>\d+(?:\.\d+)?万?[余多]条)"
)
"""500余条, 近百条: a rough number of what was published."""
_SOME: Final = regex(
    r"(?:召开|开展|举办|参加|组织|接受|发布|公开|收到|解读|培训|会议|检查|制作|编发|推送|更新)[^，。；\d]{0,12}?(?P<count>(?:若干|数十|上百|几十|近百|十几|十余|数百|好几)(?:余|多)?(?:次|件|条|篇|期|场|份))"
)
"""参加培训若干次."""
_EMPTY: Final = regex(
    r"(?:公开|发布|推送|编发|更新|上传|转载)(?![^，。；]{0,12}[每各逐几多数一])[^，。；、“”]{0,12}(?:信息|动态|解读|公告|消息)(?:共计?|累计|总计|合计)?(?:条|篇)(?=[，。；、（]|$)|"
    r"(?:共计?|累计|总计|合计)(?:条|件|篇|份|次|起|宗|万元|元)(?=[，。；、（]|$)|"
    r"(?:文件|许可|处罚|强制|复议|诉讼)(?:共|数量为|数量)(?:件|宗|起)(?=[，。；、（]|$)|(?:数量|总数|件数)(?:为|是|共)(?=[，。；]|$)|"
    r"(?:占比?|达到?|增长|下降)(?:%|％)"
)
_EMPTY_RAW: Final = regex(
    r"(?:申请|信息|文件|复议|诉讼|许可|处罚|强制|案件|动态|解读|公开|办结|答复|收到|共|累计)[ \u00a0\u3000]+(?:件|条|起|份|篇|宗|次|期)(?=[ \u00a0\u3000]*[，。；、,;（(]|$)"
)
_SPACED: Final = regex(r"(?<=[\u4e00-\u9fff])\d{1,3} \d{1,4}(?=[条件份篇次期宗个项元])")
_DOCUMENTS: Final = regex(r"规范性文件(?:共|为)?\d+[件份个]")
_SLOT: Final = regex(
    r"(?>其中|全年|本年度?|当年|年末|年底|目前|截[至止]|\d{4}年度?|共|我[乡镇局县市区厅旗盟]){0,4}"
    r"(?P<slot>(?:现行有效|制发|废止|制定)(?:的)?(?:行政)?规范性文件)"
)
"""A whole clause that names documents made, repealed or in force, and gives no number: 现行有效的规范性文件。"""


@rule_function("digits.gaps", reads_text=True)
def gaps(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-31: a number left out (现行有效的规范性文件。), a rough one for what was disclosed (100余条: a hint; 68余条)."""
    for sentence in case.narrative.bearing(_SPACED, _EMPTY, _EMPTY_RAW, _DOCUMENTS, _PRECISE, _ROUGH, _SOME):
        problem, severity = _gap(sentence.masked, sentence.raw), None
        if not problem and sentence.part == "overview":
            problem, severity = _rough_problem(sentence.masked)
        if problem:
            yield rule.at(sentence, problem, severity=severity)


@lru_cache(maxsize=KEPT)
def _gap(text: str, raw: str) -> str:
    """Return which number a sentence leaves out, folded and as written; empty when none."""
    if spaced := _SPACED.search(raw):
        return f"“{spaced[0]}”中间有空格，是一个数还是缺了字"
    empty = _EMPTY.search(text) or _EMPTY_RAW.search(raw)
    return f"“{empty[0].strip()}”缺了数字" if empty else _slot_problem(text)


def _slot_problem(text: str) -> str:
    """Return what is wrong where a number of documents is left out and the sentence counts documents elsewhere."""
    if "规范性文件" not in text or not _DOCUMENTS.search(text):
        return ""
    found = (_SLOT.fullmatch(clause.text) for clause in clauses(text))
    return next((f"“{match['slot']}”后面缺了件数" for match in found if match), "")


@lru_cache(maxsize=KEPT)
def _rough_problem(text: str) -> tuple[str, Severity | None]:
    """Return what is rough about a number of what was published; a round one is only a hint."""
    slip = _PRECISE.search(text)
    if slip:
        return f"“{slip['count']}”不是确数", None
    rough = _ROUGH.search(text)
    if rough is None and (some := _SOME.search(text)):
        return f"“{some['count']}”不是确数", Severity.HINT
    if rough is None:
        return "", None
    return f"“{rough['count'] or rough['count2'] or rough['count3']}”不是确数", Severity.HINT
