"""X-75: a cell that the text speaks of in numbers, and whose own number is not among them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import tidy
from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.context import Scope
from gk_xl.checks.text.shorthand import PERSONS
from gk_xl.checks.text.statements import named
from gk_xl.checks.text.subject import GROUP
from gk_xl.checks.text_rules.against_tables.explained import elsewhere
from gk_xl.checks.text_rules.against_tables.figures import describe, said
from gk_xl.checks.text_rules.against_tables.targets import GRANTED, target
from gk_xl.checks.text_rules.arithmetic.swapped_digits import turned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.sentences import Sentence
    from gk_xl.checks.text.statement import Statement
    from gk_xl.checks.text.subject import Subject
    from gk_xl.checks.text.tokens import Count
    from gk_xl.form.finding import Finding


@rule_function("unsaid.absent", reads_text=True)
def absent(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-75: yield a hint for each cell that words beside a number name, where no number of the paragraph is the cell's.

    A cell that another paragraph gives, that holds 0 or is blank, is left alone.
    """
    filing = case.filing
    seen: set[tuple[Subject, bool]] = set()
    given = {(item.subject, item.number) for item in said(case)}
    claimed = {(item.sentence, item.start): item.subject for item in said(case)}
    parted = {
        (item.sentence, item.start)
        for item in said(case)
        if item.subject.column and (item.subject.act != "applicant" or item.unit in PERSONS)
    }  # 予以公开7件（5件自然人申请、2件企业申请）, 5名自然人
    names = named(case.narrative, case.edition, filing.year, filing.unit)
    others = _others((*said(case), *names))
    counts: dict[str, list[tuple[Sentence, Count]]] = {}
    for item in names:
        wanted = target(item.subject, filing.edition)
        if wanted is None or (item.subject, item.negated) in seen or item.scope is not Scope.OWN:
            continue
        if not item.binding and not item.subject.column.startswith("items_"):
            continue
        if item.subject.act in ("applicant", "outcome") and (item.sentence, item.start) in parted:
            continue
        mine = claimed.get((item.sentence, item.start), item.subject)
        if mine.thing == item.subject.thing == "case" and item.subject.column == "total" != mine.column:
            continue  # 支持我局4件（直接起诉1件、复议后起诉3件）
        seen.add((item.subject, item.negated))
        granted = item.subject.row == "granted"
        readings = (*wanted.readings, GRANTED) if granted else wanted.readings
        sums = [[filing.number(cell) for cell in cells] for cells in readings]
        if any(value is None for values in sums for value in values) or elsewhere(item):
            continue
        place = item.sentence.place
        if place not in counts:
            told = [sentence for sentence in case.narrative.sentences if sentence.place == place]
            counts[place] = [(sentence, count) for sentence in told for count in sentence.counts]
        if item.negated:
            own = {
                count.number
                for sentence, count in counts[place]
                if (sentence is item.sentence or (sentence, count.start) in claimed)
                and _is_alike(claimed.get((sentence, count.start), item.subject), item.subject)
                and _may_tell(others.get((sentence, count.start)), item.subject)
            }
            if item.subject.column.startswith("items_"):
                own = _of_its_own(item, names)
            yield from _nonzero(case, rule, item, [sum(value or 0 for value in values) for values in sums], own)
            continue
        known = [abs(sum(value for value in values if value is not None)) for values in sums]
        spoken = {
            count.number
            for sentence, count in counts[place]
            if count.unit not in _OF_OTHERS
            and not (item.subject.thing == "decisions" and count.unit in _OF_ENTRIES)
            and _may_tell(others.get((sentence, count.start)), item.subject)
        } | _changes(item)
        if item.subject.column.startswith("items_") or item.subject.column == "newly_disclosed":
            spoken = _of_its_own(item, names) | _changes(item)
        heard = any(value in spoken or (item.subject, value) in given for value in known)
        heard |= item.subject.row.endswith(GROUP) and known[0] == _in_parts(item, said(case))
        told_of_matters = item.subject.act in ("more", "fewer") or item.subject.column == "items_prev"
        if (0 in known and not told_of_matters) or (heard and not _turned(item, sums[0][0] or 0, names)):
            continue
        if item.subject.act == "published" and not _slips(item, known[0]):
            continue
        values: dict[str, object] = {
            "cell": describe(wanted.readings[0], filing.edition),
            "value": known[0],
            "problem": "正文讲到的地方没有这个数",
        }
        yield rule.at(item.sentence, values, wanted.readings[0])


_OF_OTHERS: Final = frozenset(["场", "期", "篇", "批", "次", "轮", "处", "张", "册", "块", "组", "段", "部", "步"])
"""Units that nothing in the tables is counted in."""
_OF_ENTRIES: Final = frozenset(["条", "条次"])
"""Units of what is published; decisions are none."""


def _in_parts(item: Statement, told: Iterable[Statement]) -> float:
    """Return what the rows of a group, told in its paragraph, and the number beside its name come to together."""
    rows = {
        other.start: other.number
        for other in told
        if other.sentence.place == item.sentence.place and other.subject.within(item.subject)
    }
    beside = {count.start: count.number for count in item.sentence.counts if count.start == item.start}
    return sum(rows.values()) + sum(beside.values())


def _part(subject: Subject) -> tuple[str, str]:
    """Return the part of the tables that a subject is of; of decisions each kind is one, of documents all are."""
    return subject.thing, subject.row if subject.thing == "decisions" else ""


def _others(told: Iterable[Statement]) -> Mapping[tuple[Sentence, int], set[tuple[str, str]]]:
    """Return of which parts of the tables each number is, as far as it has been read or words beside it tell."""
    found: dict[tuple[Sentence, int], set[tuple[str, str]]] = {}
    for item in told:
        found.setdefault((item.sentence, item.start), set()).add(_part(item.subject))
    return found


def _may_tell(parts: set[tuple[str, str]] | None, subject: Subject) -> bool:
    """Return whether a number may be one of a subject's: nothing tells of what it is, or of that part of the tables."""
    return (
        parts is None or _part(subject) in parts or {"documents", subject.thing} <= {"documents", "normative", "rules"}
    )


def _of_its_own(item: Statement, names: Iterable[Statement]) -> set[float]:
    """Return the numbers that stand where words name the column of matters that a statement names."""
    starts = {
        (other.sentence, other.start): other.subject.act
        for other in names
        if _is_cell(other.subject, item.subject) and other.sentence.place == item.sentence.place and not other.negated
    }
    told = [
        (act, count.number)
        for (sentence, start), act in starts.items()
        for count in sentence.counts
        if count.start == start
    ]
    net = sum(number if act == "more" else -number for act, number in told if act in ("more", "fewer"))
    return {number for _, number in told} | {abs(net)}


def _is_cell(one: Subject, other: Subject) -> bool:
    """Return whether two subjects are of one cell of 表二, whether it is said to be more or fewer."""
    return (one.thing, one.row, one.column) == (other.thing, other.row, other.column)


def _is_alike(one: Subject, other: Subject) -> bool:
    """Return whether two subjects are of one row and one kind of applicants: a number of the one may tell of the other."""
    return (one.row, one.column) == (other.row, other.column)


def _nonzero(case: Case, rule: Rule, item: Statement, sums: list[float], told: set[float]) -> Iterator[Finding]:
    """Yield a hint where there was some of what the text says there was none of; a number in the paragraph that is no other's tells of it."""
    wanted = target(item.subject, case.edition.id)
    readings = wanted.readings if wanted and item.subject.act == "carried" else wanted.readings[:1] if wanted else ()
    for cells, value in zip(readings, sums, strict=False):
        if value and value not in told:
            cell = describe(cells, case.edition.id)
            values = {"cell": cell, "value": value, "problem": "正文像是说没有"}
            yield rule.at(item.sentence, values, cells)


_LEAST: Final = 100


def _slips(item: Statement, value: float) -> bool:
    """Return whether a number of a sentence is another but for one digit, or two in each other's place: 2751件 were published, 2715 decided."""
    wanted = str(tidy(value))
    for count in item.sentence.counts:
        said = str(tidy(count.number))
        apart = sum(one != other for one, other in zip(said, wanted, strict=False))
        alike = len(said) == len(wanted) and min(count.number, value) >= _LEAST
        if alike and (apart == 1 or turned(int(count.number), int(value))):
            return True
    return False


def _changes(item: Statement) -> set[float]:
    """Return what the numbers of a sentence on matters differ by, one from the next: 由19项减至16项."""
    if item.subject.column != "items_delta":
        return set()
    beside = [pair for pair in pairwise(item.sentence.counts) if item.start in (pair[0].start, pair[1].start)]
    return {abs(two.number - one.number) for one, two in beside}


def _turned(item: Statement, change: float, names: Iterable[Statement]) -> bool:
    """Return whether a change is said to go up that goes down in the table, or the reverse; 调增18项，调减2项 are two changes."""
    changes = {
        other.start for other in names if other.sentence is item.sentence and _is_cell(other.subject, item.subject)
    }
    whole = any(count.start == item.start and count.number == abs(change) for count in item.sentence.counts)
    whole |= any(
        two.start == item.start and one.start not in changes and abs(two.number - one.number) == abs(change)
        for one, two in pairwise(item.sentence.counts)
    )
    return whole and ((item.subject.act == "fewer" and change > 0) or (item.subject.act == "more" and change < 0))
