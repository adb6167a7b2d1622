"""What a county's profile asks of a filing: statements in the text, and numbers in the tables it adds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gk_xl.checks.cells import entries
from gk_xl.checks.registry import rule_function
from gk_xl.form.finding import Severity
from gk_xl.form.patterns import regex
from gk_xl.form.profile import profile_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.form.finding import Finding

_FIGURE: Final = regex(r"\d|[〇零一二两三四五六七八九十百千万]+[余多]?[条件次个篇期场家处人份项项]|未|没有|无")
"""A figure, or the plain word that there was nothing."""
PARTS: Final = {"preamble": "前言", "overview": "总体情况", "problems": "问题及改进情况", "other_matters": "其他事项"}


@rule_function("local.required", reads_text=True)
def required(case: Case, rule: Rule) -> Iterator[Finding]:
    """L-01: what the profile wants written and no sentence of that part says (with a figure, where one is wanted)."""
    profile = profile_of(case.filing.edition)
    for wanted in profile.required if profile else ():
        sentences = [
            sentence
            for paragraph in case.narrative.part(wanted.part)
            for sentence in paragraph.sentences
            if any(word in sentence.text for word in wanted.words)
        ]
        if any(not wanted.number or _FIGURE.search(sentence.text) for sentence in sentences):
            continue
        values = {
            "part": PARTS[wanted.part],
            "label": wanted.label,
            "figure": "的数量" if wanted.number else "",
            "source": profile.name if profile else "",
        }
        yield rule.finding(values, severity=Severity(wanted.severity), place=f"narrative.{wanted.part}")


@rule_function("local.entries")
def annex_entries(case: Case, rule: Rule) -> Iterator[Finding]:
    """L-02: cells of the profile's own tables that are blank, or hold what is no number of their kind."""
    for section in case.edition.annexes:
        yield from entries(case, replace(rule, each={"cell": (f"{section.table}.*",)}))
