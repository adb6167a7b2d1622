"""X-39, kinds that come to more than their total, which the tables do not tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.sentences import COUNTING
from gk_xl.checks.text_rules.against_tables.figures import said
from gk_xl.checks.text_rules.arithmetic.divided import divided, list_above, money_parts
from gk_xl.checks.text_rules.arithmetic.reckoned import nearly
from gk_xl.checks.text_rules.arithmetic.tied import patterns, tied
from gk_xl.form.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.sentences import Sentence
    from gk_xl.form.finding import Finding


@rule_function("amounts.open_list")
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
