"""Numbers that contradict their cells and are right all the same: of this year's applications alone, of a part, of what is carried over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.paired import PERSONS
from gk_xl.checks.text_rules.against_tables.beside import run_of
from gk_xl.checks.text_rules.against_tables.targets import judge, target, uneven
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.parts import RECONSIDERATION

if TYPE_CHECKING:
    from gk_xl.checks.case import Case
    from gk_xl.checks.text.statement import Statement
    from gk_xl.form.finding import Number

_WORDS: Final = Words(__file__)
SUITS: Final = ("litigation", "suit_direct", "suit_after")
_NEAR: Final = 200
"""So many characters before a number may those stand that it is besides."""


def explained(item: Statement, told: tuple[Statement, ...], case: Case) -> bool:
    """Return whether a number is one of a part: of this year's or last year's applications alone, of one result, of what is carried over."""
    if item.subject.act == "outcome" and item.subject.row.endswith(".*"):
        return _told_in_parts(item, told, case)
    before = item.sentence.masked[: max(item.start, 0)]
    if item.subject.thing == "case":
        return _both_kinds(item, told, case) or _besides(item, before, case)
    if item.subject.column == "newly_disclosed" and _WORDS.with_before.search(before):
        return item.number == case.filing.number("t2.normative_doc.disclosed_total")
    piece = before.rpartition("；")[2]
    if item.subject.act == "applicant" and item.unit in PERSONS and not _comes_to(item, told):
        return True  # 3人提出5件
    if (
        item.subject.act == "applicant"
        and (match := _WORDS.of_result.search(piece))
        and "）" not in piece[match.end() :]
    ):
        return True  # who applied for what ended so
    if item.subject.act == "applicant" and item.negated and _WORDS.row_counted.search(piece):
        return True  # 部分公开4件，申请人全部是自然人，没有企业
    if _WORDS.counted_anew.match(item.sentence.masked, max(item.start, 0)):
        return True  # 执法案卷1宗涉两份申请计2件
    if item.subject.act == "pending" and _WORDS.asked.search(before):
        return True  # 征求第三方意见31件次，……未答复5件次
    if item.subject.act == "pending" and not item.subject.column:
        return _on_hand(item, told, case)
    if item.subject.act == "answered" and _WORDS.last.search(piece):
        return item.number == case.filing.number("t3.carried_in.total")
    if item.subject.act == "applicant" and _WORDS.carried.search(item.sentence.masked, 0, max(item.start, 0)):
        rows = ("carried_out", "carried_in")
        return item.number in [case.filing.number(f"t3.{row}.{item.subject.column}") for row in rows]
    if item.subject.act != "answered" or item.subject.every or uneven("total", case.filing):
        return False
    done, carried = case.filing.number("t3.outcome_total.total"), case.filing.number("t3.carried_in.total")
    if not carried or done is None or item.number != done - carried:
        return False
    new = case.filing.number("t3.received_new.total")
    return item.number <= (new or 0) and any(
        other.subject.act in ("received", "received_new") and other.number == new for other in told
    )


def _both_kinds(item: Statement, told: tuple[Statement, ...], case: Case) -> bool:
    """Return whether a result is told of reconsiderations and suits together, both counted before: 复议21件，诉讼18件，纠正的共4件.

    Not where results of reconsiderations are told beside: 复议2件，维持1件、其他1件，诉讼1件，维持1件.
    """
    here = [other.subject for other in told if other.sentence is item.sentence and other.start < item.start]
    counted = {subject.row for subject in here if subject.column == "total"}
    wanted = target(item.subject._replace(row="both"), case.filing.edition)
    ended = any(subject.row == RECONSIDERATION and subject.column != "total" for subject in here)
    if item.subject.column == "total" or ended or RECONSIDERATION not in counted or wanted is None:
        return False
    verdict = None if counted.isdisjoint(SUITS) else judge(item.number, wanted, case.filing)
    return verdict is not None and verdict.fits


def _besides(item: Statement, before: str, case: Case) -> bool:
    """Return whether cases are told besides some that the paragraph told of before: 经复议予以纠正。（另有1件复议，维持。）."""
    wanted = target(item.subject, case.filing.edition)
    verdict = judge(item.number, wanted, case.filing) if wanted else None
    if verdict is None or verdict.value < item.number or not (match := _WORDS.besides.search(before)):
        return False
    told, rest = case.narrative.before(item.sentence, _NEAR) + before[: match.start()], verdict.value - item.number
    named = "复议" if item.subject.row == RECONSIDERATION else "诉"
    many = "" if rest == 1 else rf"[^。；\d]{{0,8}}{rest}[件宗起]"
    return re.search(named + many, told) is not None


def _on_hand(item: Statement, told: tuple[Statement, ...], case: Case) -> bool:
    """Return whether all that was on hand is told: what came, and what had been carried over: 加上上年结转2件，在办32件; 待办申请32件."""
    came, carried = (case.filing.number(f"t3.{row}.total") for row in ("received_new", "carried_in"))
    if came is None or carried is None or item.number != came + carried:
        return False
    before = [other.subject.act for other in told if other.sentence is item.sentence and other.start < item.start]
    clause = re.split("[，。；]", item.sentence.masked[: max(item.start, 0)])[-1]
    named = _WORDS.to_handle.search(clause) and not _WORDS.left.search(clause)
    return before[-1:] == ["carried_in"] or bool(named)


def _comes_to(item: Statement, told: tuple[Statement, ...]) -> bool:
    """Return whether a list of applicants comes to the number of applications told before it, so that each applied once."""
    here = [other for other in told if other.sentence.place == item.sentence.place and other.binding]
    first, last = run_of(here, item)
    totals = {other.number for other in here[:first] if other.subject.act in ("received", "received_new")}
    return sum(other.number for other in here[first:last]) in totals


def _told_in_parts(item: Statement, told: tuple[Statement, ...], case: Case) -> bool:
    """Return whether a group is counted several times in one place, each with a reason of its own, and all of them make it up."""
    same = [
        other
        for other in told
        if other.subject == item.subject
        and other.sentence.place == item.sentence.place
        and not _WORDS.again.match(other.sentence.masked, max(other.start, 0))
    ]
    wanted = target(item.subject, case.filing.edition)
    verdict = judge(sum(other.number for other in same), wanted, case.filing) if len(same) > 1 and wanted else None
    return verdict is not None and verdict.fits


def beside_its_rows(item: Statement, told: tuple[Statement, ...], value: Number) -> bool:
    """Return whether 不予公开 N stands in one list with rows of its own group, which make up the rest: 不予公开1件，行政查询事项1件."""
    if not item.subject.row.endswith(".*"):
        return False
    text, rest = item.sentence.masked, 0.0
    for other in told:
        if (
            other.sentence is item.sentence
            and other.start > item.start
            and other.subject.row.startswith(item.subject.row[:-1])
        ):
            if other.subject.act != item.subject.act or _WORDS.opens.search(text, item.start, other.start):
                return False
            rest += other.number
    return bool(rest) and abs(item.number + rest - value) < SLIGHT


SLIGHT: Final = 1e-6


def elsewhere(item: Statement) -> bool:
    """Return whether the sentence itself says that a number is not one of the table's row, or that more is counted there."""
    text = item.sentence.masked
    if "case" in (item.subject.thing, item.subject.act):
        if _WORDS.not_own.search(item.sentence.heading + text):
            return True
        said = _WORDS.not_counted.search(text, max(item.start, 0))
        clause = max(text.rfind("，", 0, max(item.start, 0)), text.rfind("；", 0, max(item.start, 0)), 0)
        return said is not None and not _WORDS.related.search(text, clause, max(item.start, 0)) and bool(item.number)
    if item.subject.act.startswith("received"):
        return _WORDS.split.search(text) is not None
    return _WORDS.counted_as.search(text) is not None and item.subject.act == "outcome"
