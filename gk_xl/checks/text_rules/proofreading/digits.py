"""Years, codes and numbers to call by that are mutilated (X-33), numbers or units that were left out (X-31, X-55)."""

from __future__ import annotations

from calendar import isleap
from contextlib import suppress
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.sentences import FIGURE
from gk_xl.checks.text.tokens import KEPT, clauses
from gk_xl.checks.text_rules.proofreading.articles import WORDINGS
from gk_xl.checks.text_rules.proofreading.in_order import STEP, out_of_order
from gk_xl.checks.text_rules.proofreading.language import language
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.finding import Severity
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.form.finding import Finding

_WORDS: Final = Words(__file__)

# ----------------------------------------------------------------


@rule_function("digits.years")
def years(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-33: a year, a postal code or a telephone number with a digit too few or too many, a year far off or without 年, a day that is none."""
    year = case.filing.year
    for sentence in case.narrative.bearing(*WORDINGS.patterns("years")):
        for problem, severity in _wrong("years", sentence.masked, year, sentence.text)[:1]:
            yield rule.at(sentence, problem, severity=severity)
    for sentence in case.narrative.bearing(STEP):
        if problem := out_of_order(sentence.masked):
            yield rule.at(sentence, problem, severity=Severity.WARNING)
    for sentence in case.narrative.bearing(_DAY):
        if problem := _other_day(sentence.masked, year if sentence.part == "overview" else None):
            yield rule.at(sentence, problem)


_DAY: Final = regex(
    r"(?:(?P<year>20\d\d)年)?(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:（|，(?=[^，。；（）]{3}[，。；]))?(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])(?![至到、—－-])"
    r"|(?<![年\d])(?P<leap>2月29日)"
)
_WEEK: Final = "一二三四五六日"


def _other_day(text: str, year: int | None) -> str:
    """Return what is wrong where a date in a folded sentence bears another day of the week, or its year has no such day; a date without a year is of ``year``."""
    for match in _DAY.finditer(text):
        of = int(match["year"]) if match["year"] else None if _WORDS.year_named.search(text) else year
        if of is None:
            continue
        if match["leap"]:
            if not isleap(of):
                return f"{of} 年没有“{match['leap']}”这一天"
            continue
        with suppress(ValueError):  # a day that is none
            right = _WEEK[date(of, int(match["month"]), int(match["day"])).weekday()]
            if right != match["weekday"].replace("天", "日"):
                return f"“{match[0].strip('，（')}”：{of}年{match['month']}月{match['day']}日是星期{right}"
    return ""


@lru_cache(maxsize=KEPT)
def _wrong(kind: str, text: str, year: int | None = None, said: str = "") -> tuple[tuple[str, Severity | None], ...]:
    """Return what is wrong with a masked sentence in the wordings of a kind, and how grave where that is not the rule's own.

    ``said`` is the sentence as it stands, with its titles and quotations.
    """
    known = {} if year is None else {"year": year}
    return tuple(WORDINGS.problems(kind, text, around=lambda _: known, text=said))


# ----------------------------------------------------------------

_PARTS: Final = regex(r"(?:事项|情况|[、，])(?P<slot>个部分)")
_MEASURE: Final = "条件份篇次起宗个项期场处人家台部户例笔张册则名"
_FOLLOWED: Final = r"(?=[，。；、）]|$)"


@lru_cache
def _slots() -> re.Pattern[str]:
    """Return the ways to leave a number out before its unit; tried only where one begins."""
    begins = "".join(sorted({slot[0] for slot in language().slots} | set("新收受接条篇予部不无其审维纠决个")))
    return regex(
        f"(?=[{begins}])(?:(?<![无未])(?<!没有)(?:{'|'.join(language().slots)}){_FOLLOWED}"
        r"|(?<![对将把凡的件])(?:新收|收到|受理|接到)(?:政府)?(?:信息)?(?:公开)?申请件(?=[，；。])"
        r"|(?<![零〇一二三四五六七八九十百千万亿每逐多几数各该两这本首全到长短头线面链信法款律字词余成开])(?<=[\u4e00-\u9fff])[条篇](?=[，；。]|、(?![款项目]))"
        r"|(?<![无未])(?<!没有)(?:予以公开|部分公开|不予公开|无法提供|不予处理|其他处理|审结|维持|纠正|决定)件(?=[，、；。）])"
        r"|(?<![一二三四五六七八九十百千万两几多各这那每整数某首余半逐])(?<=[\u4e00-\u9fff])个(?=栏目|专栏|嘎查|行政村|社区|部门|乡镇|网站|平台|账号|子栏目))"
    )


@lru_cache
def _bare() -> re.Pattern[str]:
    """Return a number that stands behind what is counted without a unit."""
    words = "|".join(sorted(language().counted, key=len, reverse=True))
    return regex(
        rf"(?:{words}|(?<=[，。；])全年)(?:共计?|累计|合计|总计|约|为|达)?(?P<number>(?!0\D)\d{{1,6}}){_FOLLOWED}"
    )


@rule_function("digits.lost")
def lost(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-55: 专区处, 第次会议, 个部分 without a number; 公开信息54 without a unit; one finding a sentence."""
    for sentence in case.narrative.bearing(FIGURE, _slots(), _WORDS.meeting, _PARTS):
        problem = _lost(sentence.masked)
        if problem:
            yield rule.at(sentence, problem)


@lru_cache(maxsize=KEPT)
def _lost(text: str) -> str:
    """Return which number or unit a folded sentence lacks, empty when none."""
    if twice := WORDINGS.first("two_units", text):
        return twice
    slot = _slots().search(text) or _WORDS.meeting.search(text) or _PARTS.search(text)
    if slot:
        return f"“{text[max(0, slot.start() - 4) : slot.end() + 2]}”缺了数字"
    if change := WORDINGS.first("percentless", text):
        return change
    bare = _bare().search(text) or _among_counts(text) or _GIVEN.search(text)
    if bare and (_IN_BRACKET.search(text, 0, bare.end()) or _WORDS.numbered.search(text, 0, bare.start("number"))):
        return ""
    if bare and not _listed_bare(text) and not _WORDS.counts_nothing.fullmatch(bare["number"]):
        return f"“{bare[0]}”后面缺了单位（条、件等）"
    return ""


_COUNTED: Final = regex(rf"\d(?:[{_MEASURE}]|万?元)")
_ALONE: Final = regex(
    r"[\u4e00-\u9fff”》）](?<![第约至到约号编码话件数])(?<!批次)(?<![数量]为)(?P<number>(?!20[12]\d)[1-9]\d{0,5})(?=[，；、。])(?!(?:[、，]\d{1,3})+[余多]?["
    + _MEASURE
    + "月])"
)


_GIVEN: Final = regex(
    r"(?:赠阅|发放|免费发放|印发|编印|印制|张贴|赠送|派发)(?P<number>(?!20[12]\d)\d{2,6})(?=[，。；])"
)
"""赠阅2000；: of what, is not told."""


def _among_counts(text: str) -> re.Match[str] | None:
    """Return a number without a unit in a sentence whose other numbers have theirs, None when there is none."""
    return None if not _COUNTED.search(text) or _WORDS.contact.search(text) else _ALONE.search(text)


_IN_BRACKET: Final = regex(rf"\d[{_MEASURE}]（[^（）]*$")
"""应办52件（新收47，结转5）: the unit stands before the bracket."""
_UNITLESS: Final = regex(rf"(\d+)(?![\d年月日号.%]|[{_MEASURE}])(.?)")
_MEASURED: Final = regex(rf"\d[{_MEASURE}]")


def _listed_bare(text: str) -> bool:
    """Return whether a sentence gives all its numbers, or those of a whole list, without units: a way of writing, not a slip."""
    numbers = _UNITLESS.findall(text)
    told = text.partition("：")[2]  # 答复了23件：公开8、部分公开3、不予公开5
    whole = not _MEASURED.search(text) or (told and not _MEASURED.search(told.partition("。")[0].partition("；")[0]))
    return len(numbers) >= (2 if told else 3) and (bool(whole) or all("、" in end for _, end in numbers[:-1]))


# ----------------------------------------------------------------

_SLOT: Final = regex(
    r"(?>其中|全年|本年度?|当年|年末|年底|目前|截[至止]|\d{4}年度?|共|我[乡镇局县市区厅旗盟]){0,4}"
    r"(?P<slot>(?:现行有效|制发|废止|制定)(?:的)?(?:行政)?规范性文件)"
)
"""A whole clause that names documents made, repealed or in force, and gives no number: 现行有效的规范性文件。"""


@rule_function("digits.gaps")
def gaps(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-31: a number left out (现行有效的规范性文件。), a rough one for what was disclosed (100余条: a hint; 68余条)."""
    for sentence in case.narrative.bearing(
        _WORDS.spaced, _WORDS.empty_raw, _WORDS.documents, *WORDINGS.patterns("gaps", "rough")
    ):
        if problem := _gap(sentence.masked, sentence.raw):
            yield rule.at(sentence, problem)
        elif sentence.part == "overview":
            for rough, severity in _wrong("rough", sentence.masked)[:1]:
                yield rule.at(sentence, rough, severity=severity)


@lru_cache(maxsize=KEPT)
def _gap(text: str, raw: str) -> str:
    """Return which number a sentence leaves out, folded and as written; empty when none."""
    if spaced := _WORDS.spaced.search(raw):
        return f"“{spaced[0]}”中间有空格，是一个数还是缺了字"
    if gap := WORDINGS.first("gaps", text):
        return gap
    empty = _WORDS.empty_raw.search(raw)
    return f"“{empty[0].strip()}”缺了数字" if empty else _slot_problem(text)


def _slot_problem(text: str) -> str:
    """Return what is wrong where a number of documents is left out and the sentence counts documents elsewhere."""
    if "规范性文件" not in text or not _WORDS.documents.search(text):
        return ""
    found = (_SLOT.fullmatch(clause.text) for clause in clauses(text))
    return next((f"“{match['slot']}”后面缺了件数" for match in found if match), "")
