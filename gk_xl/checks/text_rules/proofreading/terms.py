"""Fixed terms, titles and the report's own name with a slip in them (X-62); laws cited as they were (X-44, X-43)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.tokens import KEPT
from gk_xl.checks.text_rules.proofreading.articles import (
    WORDINGS,
    another_day,
    articles_in,
    citing,
    too_late,
    undefined,
    wrong_article,
)
from gk_xl.checks.text_rules.proofreading.language import language
from gk_xl.checks.text_rules.proofreading.phrases import misspelt_phrase
from gk_xl.checks.text_rules.proofreading.slips import distance, like_a_slip, replaced, slips, slips_in
from gk_xl.checks.text_rules.rewriting import instead
from gk_xl.checks.text_rules.wordings import number_of
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.finding import Severity
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.sentences import Sentence
    from gk_xl.form.finding import Finding, Rewrite

_WORDS: Final = Words(__file__)


@lru_cache(maxsize=KEPT)
def misspelt(text: str) -> tuple[str, str] | None:
    """Return a misspelt fixed term, a title in 《》 or the office's name in a folded text, and the right one."""
    for match in _TITLE.finditer(text) if "《" in text else ():
        title = match["title"].translate(_INNER)
        for known in language().titles:
            right = known.translate(_INNER)
            if title != right and distance(title, right, 4) <= min(4, len(right) // 4):
                return f"《{match['title']}》", f"《{known}》"
        law = title.removeprefix(_STATE)
        if law.endswith("法") and law not in language().laws:
            for known in language().laws:
                if distance(law, known, 1) == 1:
                    return match["title"], match["title"].replace(law, known)
    if number := _misnumbered(text) or _lettered(text):
        return number
    office = _OFFICE.search(text)
    if office and office["office"] != _OFFICE_NAME:
        return office[0], f"国务院办公厅{_OFFICE_NAME}"
    if counted := _kinds_of(text):
        return counted
    for wrong in slips_in(text):
        slip, at = slips()[wrong], text.find(wrong)
        while at >= 0:
            before, behind = text[at - 1 : at] if at else "", text[at + len(wrong) : at + len(wrong) + 1]
            whole = text[max(0, at - len(slip.right)) : at + len(wrong) + len(slip.right)]
            natural = (before and before in slip.unless_behind) or (behind and behind in slip.unless_before)
            if not natural and slip.right not in whole:
                return wrong, slip.right
            at = text.find(wrong, at + 1)
    for right, pattern in _WORDS.table("look_alikes").items():
        if like := pattern.search(text):
            beside = text[like.end() : like.end() + _A_WORD]
            return like[0] + beside, right + beside
    if put := _WORDS.put_in.search(text):
        return put[0], put[0][:-2] + "开"
    lost = _WORDS.carried_lost.search(text)
    if lost:
        return lost[0], f"{lost[0][:-1]}结转"
    return ("转结", "结转") if _WORDS.carried.search(text) else None


_COUNTED: Final = regex(
    r"(?P<safe>[一二两三四五六])安全(?P<stable>[一二两三四五六])稳定|(?:属于?|[、，；：）“]|^)(?:(?P<inner>[一二两三四五六七])类内部事务|(?P<process>[一二两三四五六七])类过程性)"
)
_STATE: Final = "中华人民共和国"
_RIGHT_COUNT: Final = {"safe": "三", "stable": "一", "inner": "三", "process": "四"}
"""How many of each the form's row names: 三安全一稳定, 三类内部事务信息, 四类过程性信息; 涉及两类过程性信息 names no row."""


def _kinds_of(text: str) -> tuple[str, str] | None:
    """Return the name of a row in a folded text with another number in it than the form's, and the right one."""
    for match in _COUNTED.finditer(text):
        right = match[0]
        for group, wanted in _RIGHT_COUNT.items():
            if match[group]:
                at = match.start(group) - match.start()
                right = right[:at] + wanted + right[at + 1 :]
        if right != match[0]:
            return match[0], right
    return None


_FIGURE_OF: Final = str.maketrans("OoIl", "0011")


def _lettered(text: str) -> tuple[str, str] | None:
    """Return a number in a folded text that was typed with O, l or I, and the one that is meant."""
    match = _WORDS.lettered.search(text)
    return None if match is None else (match[0], match[0].translate(_FIGURE_OF))


_NUMBERED: Final = regex(
    r"《(?P<title>(?:[^《》]|《[^《》]*》)*)》[（(\[](?P<number>(?P<letters>[国中]办[发函]?)[〔\[（(【](?P<year>\d{4})[〕\]）)】](?P<serial>\d{1,3})号)"
)
_POINTS_OF: Final = regex(
    r"(?P<title>(?P<of>\d{4})年政务公开工作要点)(?:的通知)?》?[（(](?P<number>(?P<letters>国办[发函])[〔\[](?P<year>\d{4})[〕\]](?P<serial>\d{1,3})号)"
)
_PASSED_ON: Final = regex(r"^(?:关于)?印发〈?(?P<title>[^〈〉]+)〉?的通知$")
"""关于印发〈……办法〉的通知 bears the number of what it passes on."""


def _misnumbered(text: str) -> tuple[str, str] | None:
    """Return the number of a document that its title does not bear, and the right one."""
    numbers = language().numbers
    for match in (*_NUMBERED.finditer(text), *_POINTS_OF.finditer(text)) if "号" in text and "办" in text else ():
        title = _WORDS.issuer.sub("", match["title"].replace("《", "〈").replace("》", "〉"), 1)
        right = numbers.get(title) or numbers.get(_PASSED_ON.sub(r"\g<title>", title))
        said = f"{match['letters']}〔{match['year']}〕{match['serial']}号"
        if right and right != said:
            return match["number"], right
        named = next((name for name, number in numbers.items() if number == said), "")
        if not right and title[:_BEGINS] == named[:_BEGINS] and named not in title:
            return title, named  # ……规范化工作的管理办法（国办发〔2019〕54号）
    return None


_BEGINS: Final = 8
"""So many characters a title begins with that is meant for another."""


_OFFICE: Final = regex(
    r"国务院办公厅(?P<office>(?:政府|政务)信息[^，。；《》〈〉]{0,4}(?:政务|政府)公开[^，。；《》〈〉关]{0,2}办公室)"
)
_OFFICE_NAME: Final = "政府信息与政务公开办公室"
_TITLE: Final = regex(r"《(?P<title>(?:[^《》]|《[^《》]*》)*)》")
_INNER: Final = str.maketrans("", "", "〈〉《》<>")
_NAMED: Final = regex(
    r"(?P<year>\d{4})年(?P<degree>度)?(?P<unit>[^，。；：《》“”（）\d]{0,24}?)(?P<name>(?:政府|政务)?信息(?!公开(?:指南|目录|制度|条例|栏|工作[作进向]))[^，。；：《》“”（）\d]{0,12}?(?:报告|年报)(?:单|表)?)"
)
_REPORT: Final = "政府信息公开工作年度报告"


_ODD: Final = (
    _TITLE,
    _NUMBERED,
    _POINTS_OF,
    _WORDS.lettered,
    _OFFICE,
    _COUNTED,
    _WORDS.put_in,
    _WORDS.carried_lost,
    _WORDS.carried,
    *_WORDS.table("look_alikes").values(),
)
"""One of these is found where a term is misspelt, or two neighbours of a slip are."""


@rule_function("terms.fixed")
def fixed(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-62: a fixed term, a title in 《》, an aspect's heading or the report's name with a slip in it; one a sentence."""
    aspects, narrative = case.edition.section("overview").parts, case.narrative
    odd = {*narrative.bearing(*_ODD)}
    for sentence in narrative.sentences:
        if slip := _slip_in(sentence, aspects, odd=sentence in odd or like_a_slip(sentence.text)):
            wrong, right, severity = slip
            values = {"found": wrong, "wanted": right}
            yield rule.at(sentence, values, severity=severity, rewrite=instead(sentence.raw, wrong, right))


def _slip_in(sentence: Sentence, aspects: tuple[str, ...], *, odd: bool) -> tuple[str, str, Severity | None] | None:
    """Return what is misspelt in a sentence, what is right, and how grave it is where that is not the rule's own.

    ``odd``: it has the characters of some slip, so that a misspelt term can be in it.
    """
    if found := (misspelt(sentence.text) if odd else None) or replaced(sentence.text) or misspelt_phrase(sentence.text):
        return *found, None
    if sentence.part in ("preamble", "overview") and sentence.paragraph <= 1:
        named = _report_name(sentence)
        if named:
            return named
    if sentence.part == "overview" and sentence.ordinal:
        words = _WORDS.words_behind.sub("", _WORDS.clause_ends.split(sentence.body, maxsplit=1)[0])
        for aspect in aspects:
            odd = words not in aspects and _WORDS.plain_words.sub("", words) not in aspects  # 政府信息的管理
            if len(aspect) > 4 and odd and aspect not in words and distance(words, aspect, 1) == 1:
                return words, aspect, None
    return None


def _report_name(sentence: Sentence) -> tuple[str, str, Severity | None] | None:
    """Return how a sentence misnames this report: characters lost, 年度 twice around the unit, a form's name."""
    text = sentence.masked
    match = _NAMED.search(text)
    if match is None or not _WORDS.degree.search(text):
        return None
    name = match["name"]
    if name in language().report_names:
        twice = match["degree"] and name.count("年度") and not _WORDS.no_name.fullmatch(match["unit"])
        return (
            (f"{match['year']}年度{match['unit']}{name}", f"{match['unit']}{match['year']}年{_REPORT}", None)
            if twice
            else None
        )
    if (
        name.replace("的", "") == _REPORT
        or distance(name, _REPORT, 4) > 4
        or len(name) - len(_REPORT) > _A_WORD
        or any(said in name for said in _NO_TITLE)
    ):
        return None
    return name, _REPORT, None


# ----------------------------------------------------------------

_NO_TITLE: Final = ("情况", "如下", "形成", "编成", "编为", "写成")
"""Words of what is said of a report, in none of its names: 就政府信息公开工作形成本报告."""
_A_WORD: Final = 2
"""Characters that a slip adds to a name; more of them say something: 政府信息公开工作提交的年度报告."""
_LAW: Final = f"{_STATE}政府信息公开条例"
_LAW_NUMBER: Final = regex(r"国务院令?(?P<the>第)?(?P<number>\d{2,4})号|国令第?(?P<short>\d{2,4})号")
_LAW_TITLE: Final = regex(r"《(?P<title>[^《》]{2,30}条例)(?:（[^）]*）)?》")
_OWN_ARTICLES: Final = frozenset({46, 47, 48, 49, 50, 51, 52, 54, 55, 20, 4, 1})
"""Articles that a report may rest on: reports and their content (46 to 50), who is responsible, what it carries out, institutions (54, 55)."""


@rule_function("terms.law")
def law(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-44: the regulation by another number, another title, another article; one finding a sentence."""
    current = case.edition.references["regulation-50"].number
    number, told = re.sub(r"\D", "", current), ""
    for sentence, problem in undefined(case.narrative):
        yield rule.at(sentence, {"problem": problem, "number": current}, severity=Severity.WARNING)
    odd = {*case.narrative.bearing(_NO_LAW, _LAW_TITLE, _LAW_NUMBER, "条例日", *citing())}
    for sentence in case.narrative.sentences:
        text = sentence.masked
        before, told = ("", text) if sentence.first else (told, told + text)
        if sentence not in odd:
            continue
        problem, severity = _law_problem(sentence, number), None
        if not problem and (
            problem := wrong_article(sentence.text) or WORDINGS.first("limits", text) or too_late(text, before)
        ):
            severity = Severity.HINT if too_late(text, before) == problem else None
        if problem:
            rewrite = _cited_right(sentence.raw, problem, number)
            yield rule.at(sentence, {"problem": problem, "number": current}, severity=severity, rewrite=rewrite)


_TITLE_WRONG: Final = regex(r"“《(?P<title>[^《》]+)》”应当是")
_NUMBER_WRONG: Final = regex(r"引用的“(?P<cited>[^”\d]*+(?P<number>\d++)[^”]*+)”不是")


def _cited_right(raw: str, problem: str, number: str) -> Rewrite | None:
    """Return a sentence with the regulation by its title and its number, where one of them is what is wrong."""
    if match := _TITLE_WRONG.match(problem):
        return instead(raw, f"《{match['title']}》", f"《{_LAW}》")
    if match := _NUMBER_WRONG.match(problem):
        return instead(raw, match["cited"], match["cited"].replace(match["number"], number))
    return None


_NO_LAW: Final = regex(
    r"《(?P<title>(?:中华人民共和国)?(?:政府|政务)?信息公开法|中华人民共和国(?:政府|政务)?信息公开(?:工作)?(?:(?:管理|暂行|实施)?(?:办法|规定|细则)|条款|规章))》"
    r"(?!立法|的?(?:制定|出台))"
    r"|(?:根据|依据|按照|依照|遵照|贯彻|落实|执行|违反)(?:了|国家)?(?P<bare>(?:中华人民共和国)?(?:政府|政务)?信息公开法)"
    r"(?=$|[，。；、（的第及和与等]|要求|有关|相关)"
)
"""There is a regulation, no law: only one that is asked for may be called so."""


def _no_law(text: str) -> str:
    """Return what is wrong when a folded sentence rests on a law that does not exist, empty when nothing is."""
    match = _NO_LAW.search(text)
    if match is None or _WORDS.asked_for.search(text[: match.start()]):
        return ""
    if match["title"]:
        return f"“《{match['title']}》”应当是“《{_LAW}》”"
    return f"没有“{match['bare']}”这部法，应当是《{_LAW}》"


def _law_problem(sentence: Sentence, number: str) -> str:
    """Return what is wrong with how a sentence cites the regulation, empty when nothing is."""
    text = sentence.text
    if none := _no_law(text):
        return none
    for match in _LAW_TITLE.finditer(text):
        title = match["title"]
        known = (_LAW, _LAW.removeprefix("中华人民共和国"))
        if title in known or ("信息" not in title and "政务公开" not in title):
            continue
        if (
            title in ("政务公开条例", "信息公开条例", "中华人民共和国政务公开条例")
            or min(distance(title, name, 3) for name in known) <= 3
        ):
            return f"“《{title}》”应当是“《{_LAW}》”"
    if ("条例" in text and "信息公开" in text) or (sentence.part == "preamble" and _WORDS.basis.search(text)):
        for match in _LAW_NUMBER.finditer(text):
            said = match["number"] or match["short"]
            if said != number and ("条例" in text or distance(said, number, 1) <= 1):
                return f"引用的“{match[0]}”不是现行条例的令号"
    if wrong := WORDINGS.first("in_force", "", sentence.part, text=text) or another_day(text):
        return wrong
    if sentence.part == "preamble" and _WORDS.basis.search(text):
        for written in articles_in(text):
            article = number_of(written)
            if article and int(article) not in _OWN_ARTICLES:
                return f"第{written}条不是编制年度报告的依据，年度报告的规定在第四十九条、第五十条"
    return ""


# ----------------------------------------------------------------

_FEE_RULE: Final = "政府信息公开信息处理费管理办法"
_FEE_TITLE: Final = regex(r"《(?P<title>(?>[^《》]*?(?:处理费|收费|费用))[^《》]*+)》")


@rule_function("terms.fee_rule")
def fee_rule(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-43: the rule on fees by another title or number than its own."""
    number = case.edition.references["fee-tariff"].number
    for sentence in case.narrative.bearing(_FEE_TITLE, _WORDS.fee_number):
        for match in _FEE_TITLE.finditer(sentence.text) if "费" in sentence.text else ():
            title = match["title"]
            if _FEE_RULE in title or ("信息公开" not in title and "信息处理" not in title):
                continue
            yield _misnamed(rule, sentence, f"《{title}》", f"《{_FEE_RULE}》")
            break
        for match in _WORDS.fee_number.finditer(sentence.text) if "处理费" in sentence.text else ():
            if match[0] != number:
                yield _misnamed(rule, sentence, match[0], number)
                break


def _misnamed(rule: Rule, sentence: Sentence, found: str, wanted: str) -> Finding:
    """Return the finding that the rule on fees is cited by another title or number, and the sentence set right."""
    values = {"found": found, "wanted": wanted}
    return rule.at(sentence, values, rewrite=instead(sentence.raw, found, wanted))
