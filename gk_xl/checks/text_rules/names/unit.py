"""Whose report it is: unit and year in text and signature (X-18), 我乡 我镇 我局 (X-19), signature (X-24)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.context import year_of
from gk_xl.checks.text.sentences import fold
from gk_xl.checks.text.tokens import KEPT
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.filing import Unit
from gk_xl.form.finding import Severity
from gk_xl.form.names import own_names
from gk_xl.form.patterns import regex
from gk_xl.form.units import small_kinds, unit_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.sentences import Sentence
    from gk_xl.form.finding import Finding

_WORDS: Final = Words(__file__)

# ----------------------------------------------------------------

_REPORT_NAME: Final = regex(
    r"(?P<unit>[\u4e00-\u9fff]{0,24}?)(?P<year>\d{4})(?P<degree>年度?)(?P<between>本级|我?[\u4e00-\u9fff]{0,3})?"
    r"(?P<name>政府信息公开(?:工作)?(?:年度)?(?:工作)?(?:报告|年报))"
)
_AUTHOR: Final = regex(
    r"(?:公布|发布|现将|由)(?P<unit>[\u4e00-\u9fff]{2,14}?(?:人民政府|街道办事处|局|(?:乡|镇|街道)(?=\d{4}年)))"
    r"(?:(?=\d{4}年(?:度)?政府信息公开(?:工作)?(?:年度)?(?:情况)?报告)|(?=(?:按照|根据|依据)[^。]{0,60}编制|(?:负责)?编制))"
)
"""本报告由X编制, 现公布X 2025年…报告."""
_TITLED: Final = regex(
    r"(?P<unit>[\u4e00-\u9fff]{4,24}?(?:管理委员会|委员会|局|厅))\d{4}年(?:度)?政府信息公开(?:工作)?年度报告"
)
"""X2024年政府信息公开工作年度报告依据……: X is the unit, whose place and ending it has."""
_NOBODY: Final = frozenset({"本局", "我局", "县人民政府", "乡人民政府", "镇人民政府", "市人民政府", "区人民政府"})


@rule_function("unit.names")
def names(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-18: the title, where the text bears one, the year of the report where the text names it, the signature's unit."""
    year, unit = case.filing.year, case.filing.unit
    first = case.narrative.part("preamble")[:1]
    for paragraph in first:
        title = "".join(fold(paragraph.raw).split())
        wanted = case.edition.title(unit.name, year)
        if _WORDS.title.match(title) and "公开" in title and unit.name and year and not title.endswith(wanted):
            problem = f"标题写的是“{title}”，应当是“{wanted}”"
            named = _REPORT_NAME.fullmatch(title)
            ours = named is not None and year_of(named["year"]) == year and same_unit(named["unit"], fold(unit.name))
            if ours and title.endswith(wanted.partition(str(year))[2]) and f"{year}年度" not in title:
                continue  # 示例县示例乡人民政府2024年……: the full name
            severity = Severity.WARNING if ours else None  # a form of the name, not another's report
            yield rule.finding(problem, excerpt=title, place=paragraph.place, severity=severity)
    if year is not None:
        for sentence in case.narrative.bearing("报告", "年报"):
            if not ("报告" in sentence.text or "年报" in sentence.text):
                continue
            problem, severity = _report_year(sentence, year)
            if problem:
                yield rule.at(sentence, problem, severity=severity)
            stranger, severity = _stranger(sentence, unit.name, unit.county)
            if stranger:
                problem = f"正文写的是“{stranger}”，封面的单位是“{unit.name}”：“{sentence.excerpt}”"
                yield rule.at(sentence, problem, severity=severity)
    signed = fold(case.filing.signed.name)
    if signed and unit.name and not same_unit(signed, fold(unit.name)):
        problem = f"落款单位是“{signed}”，封面的单位是“{unit.name}”"
        yield rule.finding(problem, excerpt=signed, place="signed.name")


def _stranger(sentence: Sentence, own: str, county: str) -> tuple[str, Severity | None]:
    """Return another unit that a sentence names as the one whose report this is, empty when there is none, and how grave.

    Another office of the same county may well draw up the report, a bureau beside another is asked about; one that names
    no place may be such an office.
    """
    if own and (titled := _TITLED.match(sentence.text)):
        alike = (
            titled["unit"][:2] == own[:2]
            and titled["unit"][-3:] == own[-3:]
            and not titled["unit"].endswith("人民政府")
        )
        return (titled["unit"] if alike and not same_unit(titled["unit"], fold(own)) else ""), None
    match = _AUTHOR.search(sentence.text)
    if match is None or not own:
        return "", None
    unit, here = match["unit"], fold(own) + fold(county)
    if same_unit(unit, fold(own)) or unit in _NOBODY:
        return "", None
    place = _WORDS.place.match(unit)
    if place is None:
        return ("" if unit.endswith("局") else unit), None
    if place[0] not in here:
        return unit, None
    beside = unit.endswith("局") and own.endswith("局") and not own_names(Unit(own, county=county)).owns(unit)
    return (unit if beside else ""), Severity.WARNING


def _report_year(sentence: Sentence, year: int) -> tuple[str, Severity | None]:
    """Return what is wrong with how a sentence names this report: another year, or 年度 said twice."""
    match = _REPORT_NAME.search(_WORDS.notices.sub(lambda title: "□" * len(title[0]), sentence.text))
    if match is None:
        return "", None
    number = year_of(match["year"])
    around = sentence.text[: match.start("year")] + sentence.text[match.end() :]
    if sentence.part == "preamble":
        around = _clause_of(sentence.text, match).replace("条例", "")
    if number != year:
        introducing = sentence.part == "preamble" or (sentence.part == "overview" and sentence.paragraph == 0)
        # 现公布2023年……报告，统计期限为2024年……: in the introduction the words around the name decide.
        said = _clause_of(sentence.text, match) if sentence.part == "preamble" else sentence.text
        ours = _WORDS.this_report.search(sentence.text) and f"{year}" not in said
        if not introducing or not ours or _WORDS.another_report.search(around):
            return "", None
        return f"正文说的是 {number} 年的报告，本报告是 {year} 年的：“{sentence.excerpt}”", None
    if match["degree"] == "年度" and match["name"] == "政府信息公开年度报告":
        return (
            f"“{match['year']}年度{match['name']}”里“年度”重复，又缺“工作”，文件的名称是“{year}年政府信息公开工作年度报告”",
            Severity.WARNING,
        )
    return "", None


def _clause_of(text: str, match: re.Match[str]) -> str:
    """Return the clause in which a match stands."""
    start = max(text.rfind(mark, 0, match.start()) for mark in "，。；") + 1
    return re.split(r"[，。；]", text[start:], maxsplit=1)[0]


@lru_cache(maxsize=KEPT)
def _core(name: str) -> str:
    """Return a unit's name without the words for its organ."""
    return _WORDS.organ_behind.sub("", name)


def same_unit(left: str, right: str) -> bool:
    """Return whether two names can be one unit: the place before it and 人民政府 or 办公室 behind it may be left out."""
    left, right = (_WORDS.of_government.sub("", name) for name in (left, right))
    a, b = _core(left), _core(right)
    return bool(a) and bool(b) and (a.endswith(b) or b.endswith(a) or left.endswith(right) or right.endswith(left))


# ----------------------------------------------------------------

_SELF: Final = regex(
    r"[我本](?<![自忘本小你敌].)(?P<word>乡(?!本土)|镇|街道|街|局|厅|委(?!托|派|员)|县|市|区|省|州|旗|盟(?!友))"
    r"|我(?P<office>办)(?=[^，。；理事公法学案证税件好成的实了过])"
)
_WHOLE_UNIT: Final = regex(
    r"全(?:(?P<word>乡|镇|街道)(?![镇村民])|(?P<office>局)(?<!(?:服务|着眼|立足|事关|关系|胸怀|统揽|大局|牵动|影响|谋划|放眼)全局)"
    r"(?=总体|整体|各|上下|干部|职工|工作|系统|政务|政府|信息|主动|共|人员|同志|党员|公开|范围|重点|年度|目标|考核|中心|全年))"
)
_NO_BUREAU: Final = ("中心", "院", "馆", "学校", "管理处", "管理站")
"""So end the names of institutions that do not call themselves 我局."""
_PLACES: Final = frozenset("县市区省州旗盟")
_BELOW: Final = {"city": frozenset("县旗"), "province": frozenset("县旗市州盟")}
"""Places that lie in one of a level: no city's report calls its own unit 我县."""


@lru_cache
def _fitting(kind: str, self_word: str) -> frozenset[str]:
    """Return the words by which a kind of unit may call itself."""
    known = unit_kinds().get(kind)
    own = {self_word.removeprefix("我"), *(known.own if known else ())}
    if known:
        own.add(known.self_word.removeprefix("我"))
    return frozenset(own - {""})


def said_words(text: str) -> set[str]:
    """Return the words by which a folded text calls its unit: 乡 for 我乡, 局 for 本局."""
    return {match["word"] or match["office"] for match in _SELF.finditer(text)}


@rule_function("unit.self_words")
def self_words(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-19: 我乡 in a 乡, 我镇 in a 镇, 我局 in a bureau; one finding for every sentence that has another."""
    unit = case.filing.unit
    if not unit.kind:
        return
    fitting = _fitting(unit.kind, unit.self_word)
    other_office = _other_office(unit.name) if unit.kind.endswith("department") else frozenset()
    fitting -= other_office
    if unit.kind == "institution" and unit.name.endswith(_NO_BUREAU) and unit.self_word != "我局":
        fitting -= {"局"}
    if unit_kinds()[unit.kind].whole and (place := own_names(unit).place[-1:]) in _PLACES:
        fitting -= _PLACES - {place}
    below = _BELOW.get(unit_kinds()[unit.kind].level, frozenset()) - {own_names(unit).level_word}
    whole = case.narrative.whole
    said = {
        match["word"] or (match["office"] if unit.kind in small_kinds() else "") for match in _SELF.finditer(whole)
    } - {""}
    if not said - fitting and not _WHOLE_UNIT.search(whole):
        other = _other_of(fitting)
        if not other or f"{other}政府信息公开" not in whole:
            return
    wanted = unit.self_word or unit_kinds()[unit.kind].self_word
    for sentence in case.narrative.sentences:
        word = _wrong_word(sentence, unit.kind, fitting, below)
        if word:
            values = {"found": word, "wanted": wanted}
            furthered = _WORDS.furthers.search(sentence.masked)
            severity = (
                Severity.WARNING if furthered or word[1:] in other_office else None
            )  # a bureau may have been a commission
            if word[1:] in _PLACES - below and unit.kind not in small_kinds() and not furthered:
                severity = Severity.HINT  # the place above a county’s may plan, too
            yield rule.at(sentence, values, severity=severity)


def _other_office(name: str) -> frozenset[str]:
    """Return 委 for what is called 局, 局 for what is called 委员会 or 厅: by that it does not call itself."""
    ends = {"局": "委厅", "委员会": "局厅", "厅": "局委"}
    return frozenset(next((others for end, others in ends.items() if name.endswith(end)), ""))


def _other_of(fitting: frozenset[str]) -> str:
    """Return 镇 for a 乡, 乡 for a 镇, nothing for others."""
    return {"乡": "镇", "镇": "乡"}.get(next(iter(fitting & {"乡", "镇"}), ""), "")


def _wrong_word(sentence: Sentence, kind: str, fitting: frozenset[str], below: frozenset[str]) -> str:
    """Return the word in a sentence by which another kind of unit calls itself, empty when there is none."""
    text = sentence.masked
    if kind not in small_kinds() and (work := _WORDS.furthers.search(text)) and work["word"] not in fitting:
        return f"我{work['word']}"
    for match in _SELF.finditer(text):
        word = match["word"] or match["office"]
        if match["office"] and kind not in small_kinds():
            continue
        does = _WORDS.plans if kind not in small_kinds() else _WORDS.alone if match[0][0] == "本" else _WORDS.does
        if word in fitting or match[0] in ("本街", "本委"):
            continue
        if word in below and match[0][0] == "我" and _WORDS.doer.search(text[: match.start()]):
            return match[0]
        if word in _PLACES and not (
            (kind in small_kinds() or kind.endswith("government"))
            and _WORDS.doer.search(text[: match.start()])
            and does.match(text, match.end())
        ):
            continue
        return match[0]
    if kind in small_kinds():
        for match in _WHOLE_UNIT.finditer(text):
            word = match["word"] or match["office"]
            if word not in fitting and not text[: match.start()].endswith(("各", "县", "服务", "为")):
                return match[0]
        other = _other_of(fitting)
        if other and re.search(rf"(?:推进|做好|加强|推动|开展|规范){other}政府信息公开", text):
            return f"{other}政府"
    return ""


# ----------------------------------------------------------------


@rule_function("unit.signature")
def signature(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-24: the signature block has the unit's name and a date that can be read."""
    signed = case.filing.signed
    lacking = [label for label, value in (("单位名称", signed.name), ("成文日期", signed.date)) if not value.strip()]
    if lacking:
        place = "signed.name" if lacking[0] == "单位名称" else "signed.date"
        yield rule.finding(f"文末没有{'和'.join(lacking)}", place=place)
    if signed.date.strip() and signed.day is None:
        yield rule.finding(f"落款日期“{signed.date}”读不出年月日", place="signed.date")
