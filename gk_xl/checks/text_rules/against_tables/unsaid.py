"""X-75: a cell that the text speaks of in numbers, and whose own number is not among them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.catalogue import tidy
from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.context import Scope
from gk_xl.checks.text.paired import PERSONS
from gk_xl.checks.text.statements import named
from gk_xl.checks.text.subject import GROUP
from gk_xl.checks.text_rules.against_tables.explained import elsewhere
from gk_xl.checks.text_rules.against_tables.figures import describe, said
from gk_xl.checks.text_rules.against_tables.targets import GRANTED, target
from gk_xl.checks.text_rules.arithmetic.swapped_digits import turned
from gk_xl.form.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.sentences import Sentence
    from gk_xl.checks.text.statement import Statement
    from gk_xl.checks.text.subject import Subject
    from gk_xl.checks.text.tokens import Count
    from gk_xl.form.finding import Finding

    Spot = tuple[Sentence, int]


@rule_function("unsaid.absent")
def absent(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-75: yield each cell that words beside a number name, where no number of the paragraph is the cell's.

    A cell that another paragraph gives, that holds 0 or is blank, is left alone.
    """
    text = _Text.of(case)
    seen: set[tuple[Subject, bool]] = set()
    for item in text.names:
        wanted = target(item.subject, case.edition.id)
        if wanted is None or (item.subject, item.negated) in seen or not text.asks(item):
            continue
        seen.add((item.subject, item.negated))
        readings = (*wanted.readings, GRANTED) if item.subject.row == "granted" else wanted.readings
        numbers = [[case.filing.number(cell) for cell in cells] for cells in readings]
        if any(number is None for some in numbers for number in some) or elsewhere(item):
            continue
        sums = [sum(number or 0 for number in some) for some in numbers]
        if item.negated:
            said_of = wanted.readings if item.subject.act == "carried" else wanted.readings[:1]
            own, problem = text.denied(item), "正文像是说没有"
            wrong = [(cells, value) for cells, value in zip(said_of, sums, strict=False) if value and value not in own]
            plain = item.subject.act == "outcome"  # 无不予公开的情形
        else:
            change = numbers[0][0] or 0
            absent = not text.gives(item, [abs(value) for value in sums], change)
            plain = absent and _turned(item, change, text.names)
            shown, problem = (change, "正文写的方向相反") if plain else (abs(sums[0]), "正文讲到的地方没有这个数")
            wrong = [(wanted.readings[0], shown)] * absent
        for cells, value in wrong:
            values = {"cell": describe(cells, case.edition.id), "value": value, "problem": problem}
            yield rule.at(item.sentence, values, cells, severity=Severity.WARNING if plain else None)


class _Text(NamedTuple):
    """What a text says: its statements, what its words name, of what each number is by a reading, of which parts as far as words tell."""

    told: Sequence[Statement]
    names: Sequence[Statement]
    claimed: Mapping[Spot, Subject]
    others: Mapping[Spot, set[tuple[str, str]]]
    parted: frozenset[Spot]
    counts: Mapping[str, Sequence[tuple[Sentence, Count]]]  # by the paragraph in which they stand

    @classmethod
    def of(cls, case: Case) -> _Text:
        """Return what the text of a case says."""
        told, names = said(case), named(case.narrative, case.edition, case.filing.year, case.filing.unit)
        parted = frozenset(
            (item.sentence, item.start)
            for item in told
            if item.subject.column and (item.subject.act != "applicant" or item.unit in PERSONS)
        )  # 予以公开7件（5件自然人申请、2件企业申请）, 5名自然人
        others: dict[Spot, set[tuple[str, str]]] = {}
        for item in (*told, *names):
            others.setdefault((item.sentence, item.start), set()).add(_part(item.subject))
        claimed = {(item.sentence, item.start): item.subject for item in told}
        counts: dict[str, list[tuple[Sentence, Count]]] = {}
        for sentence in case.narrative.sentences:
            counts.setdefault(sentence.place, []).extend((sentence, count) for count in sentence.counts)
        return cls(told, names, claimed, others, parted, counts)

    def beside(self, item: Statement) -> Iterator[tuple[Spot, Count]]:
        """Yield the numbers of a statement's paragraph that may be of its part of the tables, each with its place."""
        subject = item.subject
        documents = {"documents", subject.thing} <= {"documents", "normative", "rules"}
        for sentence, count in self.counts[item.sentence.place]:
            parts = self.others.get((sentence, count.start))
            if parts is None or _part(subject) in parts or documents:
                yield (sentence, count.start), count

    def asks(self, item: Statement) -> bool:
        """Return whether a name asks for its cell: of the unit itself, and no part of another number's."""
        subject, spot = item.subject, (item.sentence, item.start)
        if item.scope is not Scope.OWN or not (item.binding or subject.column.startswith("items_")):
            return False
        if subject.act in ("applicant", "outcome") and spot in self.parted:
            return False
        mine = self.claimed.get(spot, subject)  # 支持我局4件（直接起诉1件、复议后起诉3件）
        return not (mine.thing == subject.thing == "case" and subject.column == "total" != mine.column)

    def denied(self, item: Statement) -> set[float]:
        """Return the numbers of the paragraph that may tell of what it says there was none of."""
        if item.subject.column.startswith("items_"):
            return _of_its_own(item, self.names)
        return {
            count.number
            for spot, count in self.beside(item)
            if (spot[0] is item.sentence or spot in self.claimed)
            and _row_and_column(self.claimed.get(spot, item.subject)) == _row_and_column(item.subject)
        }

    def gives(self, item: Statement, known: Sequence[float], change: float) -> bool:
        """Return whether the text gives one of the numbers that a cell may be told by, or need not: there is none, or it is of other things."""
        subject = item.subject
        told_of_matters = subject.act in ("more", "fewer") or subject.column == "items_prev"
        if 0 in known and not told_of_matters:
            return True
        if subject.column.startswith("items_") or subject.column == "newly_disclosed":
            spoken = _of_its_own(item, self.names)
        else:
            spoken = {
                count.number
                for _, count in self.beside(item)
                if count.unit not in _OF_OTHERS and not (subject.thing == "decisions" and count.unit in _OF_ENTRIES)
            }
        spoken |= _changes(item) | {other.number for other in self.told if other.subject == subject}
        heard = not spoken.isdisjoint(known)
        heard |= subject.row.endswith(GROUP) and known[0] == _in_parts(item, self.told)
        if heard and not _turned(item, change, self.names):
            return True
        return subject.act == "published" and not _slips(item, known[0])


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


def _row_and_column(subject: Subject) -> tuple[str, str]:
    """Return of which row and kind of applicants a subject is: a number of one that is alike may tell of another."""
    return subject.row, subject.column


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
    if not ((item.subject.act == "fewer" and change > 0) or (item.subject.act == "more" and change < 0)):
        return False
    changes = {
        other.start for other in names if other.sentence is item.sentence and _is_cell(other.subject, item.subject)
    }
    whole = any(count.start == item.start and count.number == abs(change) for count in item.sentence.counts)
    return whole or any(
        two.start == item.start and one.start not in changes and abs(two.number - one.number) == abs(change)
        for one, two in pairwise(item.sentence.counts)
    )
