"""What the text says against what the tables hold: X-03 to X-09, and what the text says of each cell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import gap, show
from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.context import Scope
from gk_xl.checks.text.statement import Statement
from gk_xl.checks.text.statements import statements
from gk_xl.checks.text.subject import applications
from gk_xl.checks.text_rules.against_tables.beside import BESIDE, meant_instead, off_in_its_list
from gk_xl.checks.text_rules.against_tables.doubts import doubt
from gk_xl.checks.text_rules.against_tables.explained import beside_its_rows, elsewhere, explained
from gk_xl.checks.text_rules.against_tables.targets import judge, target
from gk_xl.checks.text_rules.rewriting import number_instead
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.subject import Subject
    from gk_xl.form.finding import Finding, Number
    from gk_xl.form.schema import CellId

_WORDS: Final = Words(__file__)


_CASES: Final = {"reconsideration": "行政复议", "both": "行政复议、行政诉讼"}


_SHORT: Final = 12
"""So long is a sentence that says nothing but that all were closed, of what the paragraph counted: 当年全部办结。"""
RECEIVED: Final = applications("received")
_COUNTED: Final = ("received", "received_new", "on_application", "handled")
_OPEN: Final = ("answered", "carried_out", "pending", "carried")
_NOTHING: Final = tuple(map(applications, ("received", "handled", "on_application")))
_ALL_DONE: Final = tuple(applications(act, every=True) for act in ("closed", "answered"))
_DOUBTS: Final = {
    Scope.WHOLE: (Severity.HINT, "这句说的像是全县（市、区）的数，不是本单位的数；"),
    Scope.OFFICE: (Severity.WARNING, "这句说的如果是政府本级的数，请写明“本级”；"),
}
"""Whose number it may be instead: how grave a finding then is, and what it says first."""
_WIDER: Final = (Severity.WARNING, "办理的件数如果多于作出的决定，请把决定的件数另外写明；")
"""办理行政许可26件: decisions, or applications for them."""
_RIGHT_ELSEWHERE: Final = "正文另一处写的是 {value} {unit}，与表一致，这句说的如果是别的数，请写清楚；"
"""What was read may be of something else: most right texts that were accused gave the number in words of their own, too."""
_OF_PERSONS: Final = (Severity.HINT, "这句数的像是申请人，一人可以提出几件，请写明件数；")
_DETAILS: Final = ("row-behind", "row-of-one")
_OF_ONE: Final = (Severity.HINT, "这句说的像是其中一部分，是全部的请写明；")
"""一名自然人申请公开……，予以公开: one of several, it may be."""
_SUGGESTED: Final = (Severity.HINT, "这句没有用表里的名称，说的像是这一行，不是的话请写清楚；")
"""学籍档案查询2件: what its words only suggest."""
_OF_ALL_KINDS: Final = (Severity.HINT, "这句没有写明是政府信息公开的案件，是的话请写明；")


@dataclass(frozen=True, slots=True)
class Said:
    """What the narrative says a cell should hold, with the sentence and its place."""

    cell: CellId
    value: Number
    excerpt: str
    place: str


def said(case: Case) -> tuple[Statement, ...]:
    """Return everything that the narrative of a filing says of what the tables count."""
    return statements(case.narrative, case.edition, case.filing.year, case.filing.unit)


def witnesses(case: Case) -> tuple[Said, ...]:
    """Return what the narrative says single cells should hold: this year's, the unit's own, certain, unmistakable.

    That there were none at all says it of every cell that none of the readings does without: 没有行政诉讼, of both totals.
    """
    found = []
    for item in said(case):
        wanted = target(item.subject, case.filing.edition)
        if not item.binding or item.scope is not Scope.OWN or wanted is None:
            continue
        if (item.subject.thing == "case" or item.subject.act == "outcome") and not item.sure:
            continue
        single = {cells[0] for cells in wanted.readings if len(cells) == 1}
        others = [cells[1:] for cells in wanted.readings if len(cells) > 1]
        open_sum = any(case.filing.number(cell) != 0 for cells in others for cell in cells)
        if len(single) == 1 and not open_sum and item.subject.act != "handled":
            cell = single.pop()
            found.append(Said(cell, item.number, item.sentence.excerpt, item.sentence.place))
        elif item.number == 0 and wanted.readings:
            none_of = set(wanted.readings[0]).intersection(*wanted.readings)
            found += [Said(cell, 0, item.sentence.excerpt, item.sentence.place) for cell in sorted(none_of)]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=512)
def describe(cells: tuple[CellId, ...], edition_id: str) -> str:
    """Return how a message names the cells that a statement was held against."""
    from gk_xl.form.load import load_edition

    edition = load_edition(edition_id)
    named = [edition.describe(cell) for cell in cells]
    if len(named) <= 2:
        return "加".join(named)
    table = edition.table(edition.cell(cells[0]).table)
    path = edition.cell(cells[0]).path
    group = path[-2] if len({edition.cell(cell).path[-2:-1] for cell in cells}) == 1 and len(path) > 1 else ""
    if group:
        return f"{table.name}“{group}”各行“{edition.cell(cells[0]).column_label}”之和"
    return f"{named[0]}等 {len(cells)} 格之和"


@rule_function("figures.compared")
def compared(case: Case, rule: Rule) -> Iterator[Finding]:
    """Yield the statements whose number does not fit the cells, for the rule that they belong to.

    A number of the whole county that fits nothing is a hint, and only where the text gives no number of the unit's own.
    """
    told = said(case)
    own = {item.subject for item in told if item.scope is Scope.OWN and item.binding}
    area = any(subject.act in _COUNTED or (subject.act == "answered" and not subject.every) for subject in own)
    reported: set[tuple[Subject, Number, str]] = set()
    for item in told:
        wanted = target(item.subject, case.filing.edition)
        if wanted is None or wanted.code != rule.code or not item.binding or _in_words(item) or elsewhere(item):
            continue
        if item.scope is Scope.OFFICE and area:
            continue  # the tables hold the whole area, which the text gives as well
        if item.scope is Scope.OTHER or (item.scope is Scope.WHOLE and (item.subject in own or _beside_own(item))):
            continue
        verdict = judge(item.number, off_in_its_list(case, item, told) or wanted, case.filing)
        key = (item.subject, item.number, item.sentence.place)
        if verdict is None or verdict.fits or key in reported or explained(item, told, case):
            continue
        if beside_its_rows(item, told, verdict.value):
            continue
        reported.add(key)
        beside = meant_instead(case, item, verdict.cells, told)
        right = next((other for other in told if other is not item and _tells(other, item, verdict.value)), None)
        yield _finding(case, rule, item, verdict.cells, verdict.value, beside, right, doubt(item, told, case))


def _tells(other: Statement, item: Statement, value: Number) -> bool:
    """Return whether another statement gives the number of the table for just what a statement is of."""
    same = other.subject == item.subject and other.number == value
    return same and other.binding and other.scope is Scope.OWN and not other.negated


def _beside_own(item: Statement) -> bool:
    """Return whether the sentence with the whole county's number also speaks of the unit's own."""
    return bool(_WORDS.own_beside.search(item.sentence.text))


def _in_words(item: Statement) -> bool:
    """Return whether X-07 or X-08 speaks of the statement: none received, no case."""
    return item.negated and (
        item.subject == RECEIVED
        or (item.subject.thing == "case" and item.subject.column == "total" and not item.subject.every)
    )


def _finding(
    case: Case,
    rule: Rule,
    item: Statement,
    cells: tuple[CellId, ...],
    value: Number,
    beside: CellId | None = None,
    right: Statement | None = None,
    doubted: str = "",
) -> Finding:
    unit = item.unit or "件"
    pointed = tuple(sorted(cells, key=lambda cell: not case.filing.number(cell)))  # a cell with a number in it first
    unsure = _OF_ALL_KINDS if item.subject.thing == "case" and item.unit not in ("人", "名") else _WIDER
    unsure = _SUGGESTED if item.subject.act == "outcome" else unsure
    unsure = _OF_ONE if item.reading in _DETAILS else unsure
    unsure = _OF_PERSONS if item.subject.column and item.subject.thing == "application" else unsure
    severity, asked = _DOUBTS.get(item.scope, (None, "") if item.sure else unsure)
    if severity is None and beside:
        severity, asked = Severity.WARNING, BESIDE.format(cell=case.edition.describe(beside))
    certain = severity is None and not item.negated
    if severity is None and right is not None:
        severity, asked = Severity.HINT, _RIGHT_ELSEWHERE.format(value=show(value), unit=unit)
    if severity is None and doubted:
        severity, asked = Severity.WARNING, doubted
    values: dict[str, object] = {
        "said": item.number,
        "problem": f"{'说全部如此，也就是' if item.negated else '说的是'} {show(item.number)} {unit}",
        "unit": unit,
        "cell": describe(cells, case.filing.edition),
        "value": value,
        "gap": gap(item.number, value),
        "whole": asked,
    }
    return rule.at(
        item.sentence,
        values,
        pointed,
        sides=(item.number, value),
        severity=severity,
        proposal=item.number if certain and right is None and len(cells) == 1 else None,
        rewrite=number_instead(item, value) if certain else None,
    )


def _words(item: Statement) -> str:
    """Return the words that a statement was read from, as far as it is known where they stand."""
    return item.sentence.text[item.start :][:12] if item.start >= 0 else ""


@rule_function("figures.none_received")
def none_received(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-07: the text says that no application came, or that all were answered smoothly, and 表三 says otherwise."""
    new, carried = (case.filing.number(f"t3.{row}.total") for row in ("received_new", "carried_in"))
    if new is None:
        return
    for item in said(case):
        if not item.binding or item.scope is not Scope.OWN:
            continue
        cells = ("t3.received_new.total",)
        if item.subject == RECEIVED and item.negated and new > 0:
            problem = f"正文说没有收到申请，{case.edition.describe(cells[0])}是 {new} 件"
            severity = None
        elif item.subject.act == "smooth" and new == 0 and carried == 0 and not _denied(case):
            both = "和".join(case.edition.describe(f"t3.{row}.total") for row in ("received_new", "carried_in"))
            problem = f"正文像是收到并答复了申请，{both}都是 0 件"
            severity = Severity.WARNING
        else:
            continue
        yield rule.at(
            item.sentence,
            {"problem": problem, "found": _words(item)},
            cells,
            sides=(0, new) if new else None,
            severity=severity,
        )


def _denied(case: Case) -> bool:
    """Return whether the text also says, somewhere, that no application came."""
    return any(item.subject in _NOTHING and item.number == 0 for item in said(case))


@rule_function("figures.no_cases")
def no_cases(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-08: the text says that there was no reconsideration or suit, and 表四 has some."""
    for item in said(case):
        if not (_in_words(item) and item.subject.thing == "case" and item.binding and item.scope is Scope.OWN):
            continue
        wanted = target(item.subject, case.filing.edition)
        verdict = judge(0, wanted, case.filing) if wanted else None
        if verdict is None or verdict.fits:
            continue
        values = {
            "what": _CASES.get(item.subject.row, "行政诉讼"),
            "found": _words(item),
            "cell": describe(verdict.cells, case.filing.edition),
            "value": verdict.value,
        }
        yield rule.at(item.sentence, values, verdict.cells, sides=(0, verdict.value))


def all_done(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-05: 全部办结 beside applications carried over to next year; 均已答复 is a warning, for it may mean those due."""
    out = case.filing.number("t3.carried_out.total")
    if not out or out < 0:
        return
    told = said(case)
    admitted = any(item.subject.act in ("carried_out", "pending") and item.number for item in told)
    for item in told:
        if item.subject not in _ALL_DONE or not item.binding or item.scope is not Scope.OWN:
            continue
        beside = [other for other in told if other.sentence is item.sentence]
        if _WORDS.but.search(item.sentence.masked):
            continue
        if any(other.subject.act == "carried_out" and other.negated and other.binding for other in told):
            continue  # 均已办结……没有结转: one fault, wherever the two stand, and X-04 names it
        told_open = {other.subject.act for other in beside if other.subject.act in _OPEN and other.number}
        doubtful = bool(told_open and (told_open != {"carried_out"} or case.filing.number("t3.carried_in.total") != 0))
        counted = any(other.subject.act in _COUNTED and other.number for other in beside)
        alone = len(item.sentence.masked) <= _SHORT and any(
            other.subject.act in _COUNTED and other.number and other.sentence.place == item.sentence.place
            for other in told
        )
        every = _WORDS.every_one.search(item.sentence.masked)
        plain = (
            counted
            or (alone and not admitted)
            or (every and not admitted)
            or _WORDS.within_year.search(item.sentence.masked)
        )
        if (doubtful or not plain) and not _said_of_all(item):
            continue
        severity = None if item.subject.act == "closed" and counted and not told_open else Severity.WARNING
        severity = Severity.HINT if doubtful or not plain else severity
        values = {
            "said": 0,
            "unit": "件",
            "value": out,
            "gap": gap(0, out),
            "whole": "",
            "problem": "说全部办完，也就是没有结转（0 件）",
            "cell": case.edition.describe("t3.carried_out.total"),
        }
        yield rule.at(item.sentence, values, ("t3.carried_out.total",), sides=(0, out), severity=severity)


def _said_of_all(item: Statement) -> bool:
    """Return whether a clause says of every application that it was closed, whatever else is said of some: 应办理的申请已全部办结."""
    text, at = item.sentence.masked, max(item.start, 0)
    begin = max(text.rfind(mark, 0, at) for mark in "，；。：") + 1
    clause = _clause_at(text, begin)
    return (
        item.subject.act == "closed" and bool(_WORDS.all_of_them.search(clause)) and not _WORDS.in_time.search(clause)
    )


def _clause_at(text: str, begin: int) -> str:
    """Return the words of a text from a place up to the next mark."""
    ends = [place for mark in "，；。" if (place := text.find(mark, begin)) >= 0]
    return text[begin : min(ends, default=len(text))]


@rule_function("figures.answered")
def answered(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-05: how many were answered, with which result, and whether all were."""
    yield from compared(case, rule)
    yield from all_done(case, rule)
    yield from one_outcome(case, rule)


def one_outcome(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-05: 5件，均予以公开 beside applications that had another outcome."""
    total = case.filing.number("t3.outcome_total.total")
    for item in said(case):
        claimed = item.subject.every and item.subject.act == "outcome"
        if not claimed or not total or not item.binding or item.scope is not Scope.OWN:
            continue
        of_row = item.subject._replace(every=False)
        wanted = target(of_row, case.filing.edition)
        verdict = judge(total, wanted, case.filing) if wanted else None
        if verdict is not None and not verdict.fits:
            yield _finding(case, rule, _of_all(item, of_row, total), verdict.cells, verdict.value)


def _of_all(item: Statement, subject: Subject, number: Number) -> Statement:
    """Return what a claim about all comes to: so many of the subject."""
    return Statement(subject, number, "件", item.period, item.scope, item.sentence, negated=True)


def _of_some(item: Statement, total: Number, told: tuple[Statement, ...]) -> bool:
    """Return whether what is said of all is said of another number than the table's, which X-06 holds against it already."""
    whole = item.subject._replace(every=False, column="total")
    counted = [other.number for other in told if other.sentence is item.sentence and other.subject == whole]
    return bool(counted) and total not in counted


@rule_function("figures.cases")
def cases(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-06: how many reconsiderations and suits, with which result; 均获维持 against the other results."""
    yield from compared(case, rule)
    for item in said(case):
        claimed = item.subject.every and item.subject.thing == "case"
        if not claimed or not item.binding or item.scope is not Scope.OWN:
            continue
        of_kind = item.subject._replace(every=False)
        part, whole = (target(subject, case.filing.edition) for subject in (of_kind, of_kind._replace(column="total")))
        if part is None or whole is None:
            continue
        total = judge(-1, whole, case.filing)
        verdict = judge(total.value, part, case.filing) if total else None
        if total is None or verdict is None or verdict.fits or _of_some(item, total.value, said(case)):
            continue
        told = _of_all(item, of_kind, total.value)
        yield _finding(case, rule, told, verdict.cells, verdict.value)
