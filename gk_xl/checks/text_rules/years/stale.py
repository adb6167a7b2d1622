"""Years that were left from last year's text (X-32), and the period of the statistics said a second time (X-54)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.tokens import KEPT
from gk_xl.checks.text_rules.data import world
from gk_xl.checks.text_rules.rewriting import instead
from gk_xl.checks.text_rules.years.opening_years import WRITTEN, opened_by_another
from gk_xl.form.finding import Severity
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.sentences import Narrative, Sentence
    from gk_xl.form.finding import Finding

# ----------------------------------------------------------------

_CLAUSE: Final = regex(r"[^，。；：（）]+")
_YEAR: Final = regex(r"(?<!\d)(\d{4})年")
_FIGURE: Final = regex(
    r"\d+(?:\.\d+)?(?:万)?(?:条|件|份|篇|次|起|宗|个|项|期|场|处|人|元|批|例|笔|期次)|[零一二三四五六七八九十百]+(?:条|件|篇|次|场|起|宗)|均?为0|0件"
)
_SUBJECTS: Final = (
    ("信息处理费", regex(r"收费通知|处理费")),
    ("规范性文件", regex(r"规范性文件")),
    ("复议、诉讼", regex(r"复议|诉讼")),
    ("解读", regex(r"解读|图解")),
    ("培训", regex(r"培训")),
    ("行政决定", regex(r"许可|处罚|强制")),
    (
        "收到的申请",
        regex(r"(?:收到|新收|受理|接到|接收)[^，。；]*(?:申请|件)|(?:申请)[^，。；\d]{0,10}(?:收到|受理|新收)?\d+件"),
    ),
    ("办结的申请", regex(r"(?:办结|答复|办理)[^，。；]*(?:申请|件)")),
    ("建议、提案", regex(r"(?:代表|人大)建议|(?:委员|政协)?提案")),
    ("会议", regex(r"会议|研究")),
    ("检查、考核", regex(r"检查|考核|自查|评议|问卷")),
    ("平台", regex(r"公众号|专栏|专区|网站|平台")),
    ("公开的信息", regex(r"(?:公开|发布|更新|推送|公示)(?!政策解读|解读)[^，。；]*(?:信息|动态|公告|文件|条)")),
)
"""What a figure is of, the more particular before the general."""
_BESIDE: Final = regex(
    r"较|比|同期|增长|下降|增加|减少|上一?年|去年|结转|承接|接续|遗留|未办结|历年|以来|累计|分别|决算|预算|问题|整改|反馈|评估|排名|考核结果|年报|年度报告|计划|规划|要点|"
    r"截至|截止|年底|年末|底|起(?:施行|实施)|修订|印发的|制定的|发布的|实施的|出台的|建成|启用|运行|成立|增至|降至|升至|减至|当年|收到的\d|结转(?![下至])(?<!上年结转)(?<!年度结转)|持平|改为"
)
_NOW: Final = regex(r"今年|本年|全年")
_COMPARED: Final = regex(r"[比较与和]上年|[比较与和]去年|同比|今年|本年(?!新收)|(?<!上年)(?<!年度)结转\d")
_ACT: Final = regex(
    r"收到|新收|受理|接到|公开|发布|发出|收取|开展|举办|制发|制定|组织|召开|发生|办结|答复|制作|编发|推送|废止|作出|办理|新增|更新|参加|接受|承办|受理|收集|征集|接待|累计|共"
)
_FUTURE: Final = regex(
    r"(?<!现)(?<!兹)将(?:于|在)?(?P<year>\d{4})年(?!\d{1,2}月\d{1,2}日[至到—-][^，。；]*情况|度?(?:（[^）]*）)?的?(?:政府信息|信息|政务)?(?:公开)?(?:工作)?(?:年度)?(?:报告|年报|情况|工作|数据))(?:年?内|年?底前?|上半年|下半年|全年)?|(?:计划|拟|力争|争取|确保)(?:于|在)?(?P<year2>\d{4})年(?:年?内|年?底前?)?|在(?P<year3>\d{4})年年?内(?=[^，。；]*(?:组织|开展|完成|建|增|实现|印发|制定|培训|安排|更新|整改))"
)
_AHEAD: Final = regex(r"下一步|下步|今后|将|计划|打算|力争|确保")
_DUE: Final = regex(
    r"(?P<year>20\d\d)年(?:年内|内|年?底前|年底|上半年|下半年|[一二三四]季度|第[一二三四]季度|\d{1,2}月(?:\d{1,2}[日号]|底|末|中旬)?(?:前|以前|之前|起))(?!已)"
)
_CARRIED: Final = regex(
    r"(?<!\d年)结转(?:(?:至|到|入)|(?=\d{4}年(?:度)?(?:继续)?(?:办理|答复|处理)?(?:\d+件|[，。；）])))(?P<year>\d{4})年(?:度)?(?:继续)?(?:办理|答复|处理)?"
)


_NONE_LEFT: Final = regex(r"(?:上一?年|去年)(?:度)?(?:亦|也|均|都)?(?:无|没有|未)[^，。；\d]{0,4}结转")
"""上年度亦无结转，……亦无事项需结转2025年: what is carried over there is this year's."""
_LEFT_TO: Final = regex(
    r"(?:尚[在未]|正在|仍在|未办结|在办|年[底末]|截至)[^，。；\d]{0,10}[，、]?结转(?:至|到|入)?(?P<year>\d{4})年(?:度)?的?\d+[件宗]"
)
"""尚在办理、结转2023年的3件: of those that were left at the end of the year."""
_HANDED_TO: Final = regex(
    r"(?:剩余|其余|尚有|余下|另有|未到[^，。；]{0,6}期[^，。；]{0,4}|尚[在未][^，。；\d]{0,10}|\d+[件宗][^，。；\d]{0,12})，?(?:已)?(?:转入|转至|顺延至|延至|顺延到|延续至|留待|留到|移至)(?P<year>20\d\d)年(?:度)?(?:继续)?(?:办理|答复|处理|办结)"
)
"""剩余4件未到答复期限，转入2025年办理."""
_WHOLE_YEAR_AHEAD: Final = regex(
    r"(?:全年|本年度?|年内)(?:共|累计)?(?:将(?=[举召])|将要|将会|打算)(?:召开|公开|发布|推送|更新|答复|办理|收到|举办|组织|开展|制发)[^，。；]{0,24}\d"
)
"""全年将要公开信息118条: the year is over."""
_DONE_AHEAD: Final = regex(
    r"(?<![至到前底])(?P<year>20\d\d)年(?:度|底|年内|内)?已(?:经)?再?(?:完成|建成|实现|开展|举办|组织|培训|发布|建立|出台|制定|新增|清理|更新)[^，。；]{0,10}?\d"
)
"""2025年已完成60万页, in the report of 2024; that a plan has been made by now may be so."""
_PLANNED: Final = regex(
    r"(?:^|[。；，：）]|\d[.、]|[一二三四五六七八九十][是、])(?P<year>20\d\d)年(?:度)?，?(?:[^，。；\d现兹原曾]{1,12}(?=将))?(?:将(?![^，。；]{1,14}(?:纳入|列入|作为|列为|融入))|打算|准备|拟|力争|争取|我(?:们|[乡镇局县市区街旗委办])道?要(?!求|点))(?![的来近军])"
)
_ITSELF: Final = regex(
    r"(?:[比较]|[与和同])(?P<year>20\d\d)年(?:度)?(?:同期|全年)?(?:的?(?:\d+[件条份次篇宗]|增|减|上升|下降|多|少|提高|降低)|相比|比较)"
)


@rule_function("stale.years", reads_text=True)
def years(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-32: last year's year before a figure that this year's text gives nowhere, plans for the year that is over; one a sentence."""
    year = case.filing.year
    if year is None:
        return
    opened = {sentence: problem for sentence, problem, severity in opened_by_another(case.narrative, year) if severity}
    for sentence in case.narrative.bearing(_YEAR, WRITTEN, _WHOLE_YEAR_AHEAD):
        problem, rewrite = _plan_for_past(sentence, year) or _with_itself(sentence, year), None
        problem = problem or _nothing_then(sentence, year) or _done_later(sentence, year)
        problem = problem or _not_the_year_before(sentence.masked, year)
        if not problem and (problem := _stale(sentence, year, case.narrative)):
            rewrite = instead(sentence.raw, f"{year - 1}年", f"{year}年")
        if not problem and (doubt := _two_years_back(sentence, year) or opened.get(sentence, "")):
            yield rule.at(sentence, doubt, severity=Severity.HINT)
        if problem:
            yield rule.at(sentence, problem, rewrite=rewrite)


@lru_cache(maxsize=8)
def _told(narrative: Narrative, year: int) -> frozenset[str]:
    """Return every subject of which a sentence gives a figure without naming another year; the last few texts are remembered."""
    return frozenset().union(*(_told_in(sentence.masked, year) for sentence in narrative.bearing(_FIGURE)))


@lru_cache(maxsize=KEPT)
def _told_in(text: str, year: int) -> frozenset[str]:
    """Return the subjects of which a folded sentence gives a figure of a year, or without naming any."""
    current: int | None = None
    found: set[str] = set()
    for clause in _CLAUSE.findall(text):
        named = _YEAR.findall(clause)
        current = int(named[-1]) if named else year if _NOW.search(clause) else current
        if (current is None or current == year) and _FIGURE.search(clause):
            found.update(_subjects(clause))
    return frozenset(found)


def _subjects(clause: str) -> Iterator[str]:
    return (name for name, pattern in _SUBJECTS if pattern.search(clause))


def _stale(sentence: Sentence, year: int, narrative: Narrative) -> str:
    """Return what is wrong when a sentence gives last year's figure as if it were this year's."""
    text = sentence.masked
    if f"{year - 1}年" not in text or f"{year}年" in text or sentence.part == "preamble" or _COMPARED.search(text):
        return ""
    for match in _CLAUSE.finditer(text):
        clause = match[0]
        named = _YEAR.findall(clause)
        if named != [str(year - 1)] or _BESIDE.search(clause):
            continue
        rest = text[match.start() :] if clause.endswith(("年", "年度")) else clause
        scope = rest.split("。")[0][:60] if rest is not clause else clause
        if _BESIDE.search(scope) and rest is not clause:
            scope = scope.split("，")[0] + "，" + (scope.split("，")[1] if "，" in scope else "")
            if _BESIDE.search(scope):
                continue
        if not (_FIGURE.search(scope) and _ACT.search(scope)):
            continue
        subject = next(_subjects(scope), "")
        if subject and subject not in _told(narrative, year):
            return f"写的是 {year - 1} 年的数，全文没有 {year} 年的同一项（{subject}），可能是去年的年份没有改"
    return ""


_NOTHING_WAS: Final = regex(
    r"(?:^|[，。；：])(?:(?:我|本)[乡镇局县街市区厅委旗机单道苏]{1,3}|[^，。；：\d较比与和同自于至]{0,8})(?P<year>20\d\d)年(?:度)?，?[^，。；\d]{0,24}?(?:未|没有|不存在|无)(?:因|被|收取|收费|发生|收到|接到|产生|出现|发出|制发|制定|作出|开展)"
)
_NOTHING: Final = regex(
    r"^(?:(?:[一二三四五六]、|（[一二三四五六]）|\d[.、])?[\u4e00-\u9fff]{0,12}：)?(?:(?:根据|按照|依据|依照)[^，。；]{2,40}，)?(?:(?:我|本)[乡镇局县街市区厅委旗机单][^，。；\d]{0,6}，?)?(?P<year>20\d\d)年(?:度)?，?[^，。；\d]{0,24}?(?:未|没有|不存在|无)(?:向[^，。；]{1,8})?(?:收取|收费|发生|收到|产生|出现|需要|发出|其他需要)"
)


def _nothing_then(sentence: Sentence, year: int) -> str:
    """Return what is wrong where 六 says of a year before that there was nothing: 2022年，我局未收取信息处理费."""
    match = None
    if sentence.part == "other_matters":
        match = _NOTHING.search(sentence.masked) or _NOTHING_WAS.search(sentence.masked)
    if match is None or not year - _BACK <= int(match["year"]) < year or f"{year}" in sentence.text:
        return ""
    return f"写的是 {match['year']} 年，报告的是 {year} 年，可能是去年的年份没有改"


_BACK: Final = 4
_DONE_IN: Final = regex(
    r"(?P<year>20\d\d)年度?已经?(?:全部|全面|顺利|如期)?(?:完成|建成|实现|开展|印发|制定|组织|上线|公开|整改)"
)


def _done_later(sentence: Sentence, year: int) -> str:
    """Return what is wrong where something was done in a year that had not begun: 2025年已完成60万页 in the report of 2024.

    What was mended in the first weeks of the next year, before the report went out, may stand in 五.
    """
    done = _DONE_IN.search(sentence.masked)
    first = year + 1 + (sentence.part == "problems")
    return f"“{done[0]}”：报告的是 {year} 年" if done and int(done["year"]) >= first else ""


_OLDER: Final = regex(
    r"(?:[比较]|[与和同])(?P<compared>20\d\d)年(?:度)?(?:同期|全年)?(?:的|（)?\d+(?:件|条|份|篇|次|个|期|宗)|(?P<carried>20\d\d)年(?:度)?(?:未办结)?结转(?![至到入下])(?:的|申请|政府信息公开申请)*\d+[件宗]"
)


def _two_years_back(sentence: Sentence, year: int) -> str:
    """Return what is asked of a comparison with, or applications carried over from, the year before the last: 较2022年的120条 in 2024."""
    match = _OLDER.search(sentence.masked)
    if match is None or int(match["compared"] or match["carried"]) != year - 2 or sentence.part == "problems":
        return ""
    if any(str(other) in sentence.masked for other in (f"{year - 1}年", "累计", "历年", "三年", "以来")):
        return ""
    return f"“{match[0]}”：报告的是 {year} 年，上一年是 {year - 1} 年"


def _with_itself(sentence: Sentence, year: int) -> str:
    """Return what is wrong when the report year is compared with itself: 2024年收到81件，较2024年的66件上升."""
    compared = _ITSELF.search(sentence.masked)
    if compared is None or int(compared["year"]) != year or sentence.part == "problems":
        return ""
    later = any(int(other) > year for other in _YEAR.findall(sentence.masked))
    return "" if later else f"“{compared[0]}”：{year} 年是报告的年度，不会和自己比"


_SAME_PERIOD: Final = regex(r"同比[^。；（）]{0,40}（(?:其中)?(?P<year>20\d\d)年(?:度|同期|全年)?(?:的|为|是|共)")


def _not_the_year_before(text: str, year: int) -> str:
    """Return what is wrong where 同比 is followed by the number of another year than the one before: 同比增加62件（2021年为1154件）."""
    match = _SAME_PERIOD.search(text)
    if match is None or int(match["year"]) in (year, year - 1):
        return ""
    return f"“同比”是和 {year - 1} 年比，括号里写的是 {match['year']} 年的数"


def _plan_for_past(sentence: Sentence, year: int) -> str:
    """Return what is wrong when a sentence plans for the report year, or carries over into it, as last year's report did."""
    text = sentence.masked
    for match in _FUTURE.finditer(text):
        if int(match["year"] or match["year2"] or match["year3"]) == year and not re.search(
            r"原计划|曾计划|原定|去年|上年|提出", text
        ):
            return f"“{match[0]}”是打算，报告的 {year} 年已经过完，可能是去年的文字没有改"
    set_for = _SET_FOR.search(text) if sentence.part == "problems" else None
    if set_for and int(set_for["year"]) <= year:
        return f"打算里的“{set_for['year']}年{set_for['act']}”已经过去，可能是去年的文字没有改"
    if _NEXT_STEP.search(text) and sentence.part == "overview":
        for match in _DUE.finditer(text):
            if int(match["year"]) <= year and match[0].endswith(("前", "内")):
                return f"打算里的“{match[0]}”已经过去，可能是去年的文字没有改"
    planned = _PLANNED.search(text) if sentence.part == "problems" else None
    if planned and int(planned["year"]) <= year:
        return f"“{planned[0].lstrip('。；，')}”是打算，{planned['year']} 年已经过完，可能是去年的文字没有改"
    if sentence.part == "problems" and _AHEAD.search(text):
        for match in _DUE.finditer(text):
            since = match[0].endswith("起") and int(match["year"]) == year  # 自9月起: it has begun
            if int(match["year"]) <= year and not re.search(
                r"已|完成了|自$" if since else r"已|完成了", text[max(0, match.start() - 10) : match.start()]
            ):
                return f"打算里的“{match[0]}”已经过去，可能是去年的文字没有改"
    ahead = _WHOLE_YEAR_AHEAD.search(text) if sentence.part in ("preamble", "overview") and "实际" not in text else None
    if ahead:
        return f"“{ahead[0]}”是打算，{year} 年已经过完"
    done = _DONE_AHEAD.search(text) if sentence.part == "problems" else None
    if done and int(done["year"]) == year + 1:
        return f"“{done[0]}”说已经做完，{done['year']} 年的事报告里只能是打算"
    handed = _HANDED_TO.search(text)
    if handed and int(handed["year"]) == year and not re.search(r"上年|去年|\d年转", text):
        return f"“{handed[0]}”：{year} 年是报告的年度，结转应当是到 {year + 1} 年"
    left = _LEFT_TO.search(text)
    if left and int(left["year"]) == year:
        return f"“{left[0]}”：{year} 年是报告的年度，结转应当是到 {year + 1} 年"
    carried = _CARRIED.search(text)
    if (
        carried
        and int(carried["year"]) == year
        and not re.search(rf"{year - 1}年[^，。；]{{0,8}}$|上年|去年", _NONE_LEFT.sub("", text[: carried.start()]))
    ):
        return f"“{carried[0]}”：{year} 年是报告的年度，结转应当是到 {year + 1} 年"
    return ""


_SET_FOR: Final = regex(
    r"(?:下一?步|今后|接下来|将从)[^。]{0,120}?[，、；](?P<year>20\d\d)年(?P<act>组织|开展|举办|新增|完成|建成|实现|出台|制定|培训)(?![的了过])[^，。；]{0,14}(?=[，。；])"
)
"""下一步……，2024年组织培训4期."""
_NEXT_STEP: Final = regex(r"^(?:下一?步|今后|接下来|下一阶段)[^。]{0,30}(?:将|力争|争取|确保|计划|拟)")
PLAN_MARK: Final = regex(
    r"“?(?P<plan>十[一二三四五六]五)”?(?:时期)?(?:发展)?(?:规划)?(?:的)?(?:圆满|胜利|顺利|全面|实施)?(?:的)?(?P<mark>收官|开局|起步)(?!阶段|以来|之后|后|的?基础|项目|工程|成果)"
)
_ANOTHER_TIME: Final = regex(r"明年|来年|去年|上年|前年|次年|当时|回顾|以来|即将|迎接|谋划|展望|评估|基础上")
GUIDANCE: Final = regex(
    r"(?:贯彻|学习|落实|宣传|践行|围绕|遵循|紧扣|以)[^，。；]{0,12}党的(?P<congress>十[一二三四五六七]大)(?=精神|和|及|、|报告|会议)"
)


def outdated(text: str, year: int) -> str:
    """Return what is wrong when a folded sentence has a five-year plan begin or end in another year, or an old congress guide.

    The year is the one that the sentence names last before the plan, else the report's.
    """
    for match in PLAN_MARK.finditer(text) if "五" in text else ():
        span = world().plans.get(match["plan"])
        if span is None or _ANOTHER_TIME.search(text):
            continue
        named = _YEAR.findall(text)
        years = {int(name) for name in named} or {year}
        right = span[1] if match["mark"] == "收官" else span[0]
        others = {other for other in re.findall("十[一二三四五六]五", text) if other != match["plan"]}
        if match["mark"] != "收官" and right == year + 1 and not text.startswith(("之年", "年"), match.end()):
            continue  # the year before prepares the beginning
        if right not in years and not (others and abs(right - year) <= 1):
            return f"“{match['plan']}”规划从 {span[0]} 年到 {span[1]} 年，{match['mark']}是 {right} 年"
    for match in GUIDANCE.finditer(text) if "大" in text else ():
        held = world().meetings.get(match["congress"])
        newer = [
            name for name, when in world().meetings.items() if name.endswith("大") and held and held < when <= year
        ]
        if len(newer) > 1 and not any(name in text for name in newer):
            return f"党的{match['congress']}是 {held} 年召开的，其后已有党的{newer[-1]}"
    return ""


# ----------------------------------------------------------------

_PERIOD: Final = regex(r"统计|数据|期限|截[至止]")
_DAY_LOST: Final = regex(r"12月31(?=止|$|[，。；）]|期间)")
_UNTIL: Final = regex(
    r"截[至止](?:到|于|为|是|日期|时间|：)*(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号]|底|末)?"
)
_SPAN: Final = regex(r"\d{4}年1月1日[^，。；]{0,4}(?:至|到|—|-)+(?:\d{4}年)?12月31日?")
_STATED: Final = regex(r"统计(?:数据)?(?:的)?(?:期限|时限|时间|期间|周期|区间)|所列数据|数据(?:的)?统计")


@rule_function("stale.second_period", reads_text=True)
def second_period(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-54: 日 lost from the last day, another day up to which the statistics count, the period said twice (a hint)."""
    year, stated = case.filing.year, 0
    if year is None:
        return
    place = ""
    for sentence in case.narrative.bearing(_PERIOD):
        text = sentence.masked
        stated, place = stated if sentence.place == place else 0, sentence.place
        if not _PERIOD.search(text):
            continue
        problem, severity = _period_slip(text, year), None
        if not problem and sentence.part in ("preamble", "overview"):
            stated += len(_SPAN.findall(text)) if _STATED.search(text) else 0
            if stated > 1:
                problem, severity, stated = "统计期限前面已经写过，这里又写了一遍", Severity.HINT, 0
        if problem:
            yield rule.at(sentence, problem, severity=severity)


_SLIPPED: Final = regex(
    r"截[至止]到?(?P<year>\d{4})年12月(?P<day>13|21|30|3|32|11)(?!\d)[日号]?[^。；]{0,24}(?:现行有效|结转|未办结|在办|存量|共有|累计)"
)


def _period_slip(text: str, year: int) -> str:
    """Return what is wrong with the last day that a sentence gives for the statistics, empty when nothing is."""
    if _DAY_LOST.search(text):
        return "“12月31”后面缺了“日”"
    slipped = _SLIPPED.search(text)
    if slipped and int(slipped["year"]) == year:
        return f"“{slipped[0][:12]}”与统计到 12月31日不一致"
    for match in _UNTIL.finditer(text):
        if not re.search(r"统计|所列|数据(?:的)?(?:截|统计)|报告", text):
            continue
        month, day, named = int(match["month"]), match["day"], match["year"]
        last = month == 12 and (day is None or int(day) == 31)
        if (named is None or int(named) == year) and not last and not re.search(r"问卷|工单|下载|公示|反馈", text):
            return f"“{match[0]}”与统计到 12月31日不一致"
    return ""
