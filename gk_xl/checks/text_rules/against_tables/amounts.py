"""Kinds that come to more than their total (X-39), rates (X-41)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import show
from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.sentences import COUNTING
from gk_xl.checks.text_rules.against_tables.figures import said
from gk_xl.checks.text_rules.against_tables.last_year import since_last_year
from gk_xl.checks.text_rules.against_tables.shares import unlike_tables
from gk_xl.checks.text_rules.against_tables.targets import NEW
from gk_xl.checks.text_rules.arithmetic.divided import divided, list_above, money_parts
from gk_xl.checks.text_rules.arithmetic.reckoned import nearly
from gk_xl.checks.text_rules.arithmetic.tied import patterns, tied
from gk_xl.checks.text_rules.wordings import Words
from gk_xl.form.finding import Severity
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.sentences import Sentence
    from gk_xl.form.finding import Finding

_WORDS: Final = Words(__file__)

# ----------------------------------------------------------------


@rule_function("amounts.open_list", reads_text=True)
def open_list(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-39: a total followed by kinds without 其中 whose numbers come to more; 7大类 of which five are named (a hint)."""
    before: Sentence | None = None
    counting = {*case.narrative.bearing(COUNTING, *patterns("kinds"))}
    outcomes = {item.sentence for item in said(case) if item.subject.act == "outcome"}  # the tables tell their sum
    for sentence in case.narrative.sentences:
        if sentence not in counting:
            before = sentence
            continue
        problem = (
            (sentence not in outcomes and list_above(sentence))
            or money_parts(sentence, before)
            or divided(sentence, before)
        )
        severity = None
        if not problem:
            told = (*(problem for problem, _ in tied("kinds", sentence)), *nearly(sentence.masked))
            problem, severity = next(iter(told), ""), Severity.HINT
        before = sentence
        if problem:
            yield rule.at(sentence, problem, severity=severity)


# ----------------------------------------------------------------

_RATE: Final = regex(
    r"(?P<name>(?:按[时期]|及时|依法|法定(?:时限|期限)内|规定(?:时限|期限)内)?(?:答复|办结|回复|办复|受理)率)[^，。；\d]{0,6}(?P<rate>\d+(?:\.\d+)?)%"
)
_SMALL: Final = 60


@rule_function("amounts.rates", reads_text=True)
def rates(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-41: a rate above 100 %, all closed with some carried over, a rate that no whole number gives, a change that last year's tables deny."""
    for sentence, problem, cells in since_last_year(case):
        yield rule.at(sentence, problem, cells, severity=Severity.WARNING)
    carried, told = case.filing.number("t3.carried_out.total"), ""
    for sentence in case.narrative.sentences:
        text = sentence.masked
        before, told = ("", text) if sentence.first else (told, told + text)
        if "%" not in text:
            continue
        if above := tied("beyond", sentence):
            yield rule.at(sentence, above[0][0])
            continue
        if problem := next(unlike_tables(case, sentence, before), ""):
            yield rule.at(sentence, problem, (NEW,), severity=Severity.WARNING)
            continue
        rate = _RATE.search(text)
        if rate is None or _WORDS.other_matter.search(text[: rate.start()]) or "申请" not in text[: rate.end()]:
            continue
        problem = _rate_problem(rate, case, carried)
        if problem:
            yield rule.at(sentence, problem, ("t3.carried_out.total",), severity=Severity.WARNING)


def _rate_problem(rate: re.Match[str], case: Case, carried: float | None) -> str:
    """Return what is wrong with a rate of applications: all done with some carried over, or no whole number gives it."""
    said, number = rate["rate"], case.filing.number
    in_time = re.search(
        r"按[时期]|及时|依法|法定|规定|期限|到期", rate.string[max(0, rate.start() - 16) : rate.start()] + rate["name"]
    )
    if float(said) == 100:
        return f"{rate['name']} 100%，表三却有 {show(carried)} 件结转下年度继续办理" if carried and not in_time else ""
    bases = [number("t3.received_new.total"), number("t3.outcome_total.total")]
    carried_in = number("t3.carried_in.total")
    if None in bases or carried_in is None:
        return ""
    wholes = {int(base) for base in bases if base} | {int((bases[0] or 0) + carried_in)}
    decimals = len(said.partition(".")[2])
    if not wholes or max(wholes) > _SMALL or min(wholes) < 1:
        return ""
    possible = {f"{100 * part / whole:.{decimals}f}" for whole in wholes for part in range(whole + 1)}
    return "" if f"{float(said):.{decimals}f}" in possible else f"表三里的件数算不出“{rate[0]}”"
