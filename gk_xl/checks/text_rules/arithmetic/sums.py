"""X-10: what a sentence says of its own numbers, each kind by a module of this room; here the lists beside their total.

Of a list that two sentences make together, and of one whose items are parts of one another by the form's rows, here too.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import gap, tidy
from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.sentences import FIGURE
from gk_xl.checks.text.tokens import KEPT
from gk_xl.checks.text_rules.arithmetic.changes import changes, since_before
from gk_xl.checks.text_rules.arithmetic.fractions import fractions
from gk_xl.checks.text_rules.arithmetic.growth import growth, turned
from gk_xl.checks.text_rules.arithmetic.lists_with_totals import Claim, broken_claim
from gk_xl.checks.text_rules.arithmetic.most_of_list import not_most_of_list
from gk_xl.checks.text_rules.arithmetic.parts_of_parts import rows_told
from gk_xl.checks.text_rules.arithmetic.percentages import (
    impossible,
    percentages,
    within,
    wrong_shares,
)
from gk_xl.checks.text_rules.arithmetic.points import wrong_points
from gk_xl.checks.text_rules.arithmetic.reckoned import reckoned
from gk_xl.checks.text_rules.arithmetic.tied import asked, tied
from gk_xl.checks.text_rules.arithmetic.told_one_by_one import averaged, told_one_by_one
from gk_xl.checks.text_rules.arithmetic.told_twice import (
    facts_told_twice,
    late_though_in_time,
    restated,
    said_to_be_alike,
    taken_up,
    told_twice,
)
from gk_xl.checks.text_rules.arithmetic.trends import trends
from gk_xl.checks.text_rules.arithmetic.untied import loosely
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.sentences import Narrative, Sentence
    from gk_xl.checks.text.subject import Subject
    from gk_xl.form.finding import Finding

_WORDS: Final = Words(__file__)

BEFORE: Final = 200
"""So many characters before a comparison this year's number may stand."""


@rule_function("sums.sums")
def sums(case: Case, rule: Rule) -> Iterator[Finding]:
    """Yield the sentences whose items do not come to their total, or whose percentages or comparisons do not fit."""
    compared, told = (asked(kind, case.narrative) for kind in ("compared", "told"))
    figures = frozenset(case.narrative.bearing(FIGURE))
    for sentence in (item for item in case.narrative.sentences if item in figures or item in told):
        text, before = sentence.figures, case.narrative.before(sentence, BEFORE)
        ties = tied("compared", sentence, compared[sentence]) if sentence in compared else ()
        pairs = _changed(text)
        surely = [problem for problem, severity in pairs.items() if severity is None]
        wrong = dict.fromkeys((*dict(ties), *surely, *_compared(text), *turned(text, before)))
        for problem in wrong:
            yield rule.at(sentence, problem)
        ties = tied("told", sentence, told[sentence]) if sentence in told else ()
        doubted = (
            dict.fromkeys((*_restated(text), *averaged(text, before), *since_before(text, before))) | dict(ties) | pairs
        )
        for problem, severity in doubted.items():
            if problem not in wrong:
                yield rule.at(sentence, problem, severity=severity or Severity.WARNING)
    for sentence, problem in (*told_twice(case), *facts_told_twice(case), *said_to_be_alike(case)):
        yield rule.at(sentence, problem, severity=Severity.HINT)
    for sentence, problem in (*late_though_in_time(case), *taken_up(case)):
        yield rule.at(sentence, problem, severity=Severity.WARNING)
    for sentence, problem, severity in loosely(case):
        yield rule.at(sentence, problem, severity=severity)
    rows = rows_told(case)
    for sentence, text in _with_lists(case.narrative):
        claim = broken_claim(text)
        if (
            claim is not None
            and text is not sentence.masked
            and _told_before(claim, case.narrative.before(sentence, BEFORE))
        ):
            claim = None
        if claim is not None and (claim := _by_the_form(claim, rows.get(sentence, {}))) is not None:
            yield _finding(rule, sentence, claim)
        yield from percentages(rule, sentence, text, case.narrative.before(sentence, BEFORE))


def _told_before(claim: Claim, before: str) -> bool:
    """Return whether the items come to a number that the paragraph tells before: 新收83件。……公开共36件。其中，本级13件、部门70件."""
    return re.search(rf"(?<![\d.]){tidy(claim.sum)}{claim.total.unit}", before) is not None


def _by_the_form(claim: Claim, rows: Mapping[int, Subject]) -> Claim | None:
    """Return a claim without items that are part of another by the form's rows; None where it is upheld so, or no row has such parts.

    办结35件：公开11件，不予公开12件，具体为……; 部分公开2件，……不予公开1件 are rows beside one another.
    """
    whole = rows.get(claim.total.start)
    told = [rows.get(item.start) for item in claim.items]
    if whole is not None and any(row is not None and not row.within(whole) for row in told):
        return None
    outer = tuple(
        item
        for item, row in zip(claim.items, told, strict=True)
        if row is None or not any(other is not None and row.within(other) for other in told)
    )
    result = replace(claim, items=outer)
    return None if result.sum == claim.total.number else result


@lru_cache(maxsize=KEPT)
def _compared(text: str) -> tuple[str, ...]:
    """Return what is wrong with the comparisons, rates and shares inside a folded sentence."""
    return tuple(dict.fromkeys((*growth(text), *wrong_shares(text))))


@lru_cache(maxsize=KEPT)
def _changed(text: str) -> dict[str, Severity | None]:
    """Return what is wrong with the changes between two numbers of a folded sentence, and how grave where that is not the rule's own."""
    return dict(changes(text))


@lru_cache(maxsize=KEPT)
def _restated(text: str) -> tuple[str, ...]:
    """Return what is wrong with numbers that a folded sentence gives twice, and shares that no whole gives."""
    said = _compared(text)
    found = dict.fromkeys(
        (
            *restated(text),
            *fractions(text),
            *not_most_of_list(text),
            *trends(text),
            *within(text),
            *wrong_points(text),
            *told_one_by_one(text),
            *(() if said or _changed(text) else (*reckoned(text), *impossible(text))),
        )
    )
    return tuple(problem for problem in found if problem not in said)


_CONTINUING: Final = ("其中", "具体是", "具体为", "具体包括", "分别是", "分别为")
"""So a sentence begins that lists the parts of what the one before counted."""


def _with_lists(narrative: Narrative) -> Iterator[tuple[Sentence, str]]:
    """Yield the sentences with their folded text; one that lists the parts continues the one before."""
    counting = set(narrative.bearing(_WORDS.numbers))
    for sentence, following in pairwise((*narrative.sentences, None)):
        if sentence is None or (sentence not in counting and following not in counting):
            continue
        text = sentence.masked
        if text.startswith(_CONTINUING):
            continue
        if following is not None and not following.first and following.text.startswith(_CONTINUING):
            text = text.rstrip("。") + "，" + following.masked
        text = _WORDS.of_other_year.sub(_blotted, text)
        if _WORDS.numbers.search(text) and _WORDS.listed.search(text):
            yield sentence, text


def _blotted(bracket: re.Match[str]) -> str:
    """Return a bracket that begins with another year blotted out, where each of its numbers is told with a year."""
    pieces = re.split("[，、；]", bracket[0])
    others = any(_WORDS.counted.search(piece) and not _WORDS.its_year.search(piece) for piece in pieces)
    return bracket[0] if others else "□" * len(bracket[0])


def _finding(rule: Rule, sentence: Sentence, claim: Claim) -> Finding:
    listed = " + ".join(f"{tidy(item.number)}" for item in claim.items)
    total, result = tidy(claim.total.number), tidy(claim.sum)
    problem = f"分项 {listed} = {result}，总数写的是 {total}，总数{gap(total, result)}"
    severity = None if claim.whole or result > total else Severity.WARNING
    return rule.at(sentence, problem, sides=(result, total), severity=severity)
