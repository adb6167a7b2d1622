"""What a county is told of all its filings, worked out once: for the workbook, the page and the 通报 alike."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from gk_xl.checks.catalogue import catalogue, catalogue_of
from gk_xl.checks.text_rules.content.copies_in_folder import CODE as ALIKE
from gk_xl.checks.text_rules.content.copies_in_folder import pairs
from gk_xl.checks.text_rules.content.sketches import sketches
from gk_xl.desk.aside import told
from gk_xl.desk.breaking import Broken, breaks
from gk_xl.desk.counting import county_report, edition_of, left_out, members, of_the_year, standing, totals
from gk_xl.desk.entry import ASKED, DUPLICATE, FAILED, LATE, MISSING, PASSED, STRANGER, UNREADABLE, Entry
from gk_xl.desk.figures import compared, compared_pairs, lacking
from gk_xl.desk.fitting import Part
from gk_xl.desk.rounds import Rounds, asks_again
from gk_xl.desk.same_at_sight import undecided
from gk_xl.desk.states import State, states
from gk_xl.form.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from gk_xl.checks.text_rules.content.copies_in_folder import Pair
    from gk_xl.desk.collection import Collection
    from gk_xl.desk.figures import Compared
    from gk_xl.desk.roster import Listed
    from gk_xl.form.filing import Filing
    from gk_xl.form.schema import CellId, Edition

COMMONEST = 5
OVERDUE = "退回以后到期没有重新报送的"
NO_LAST = "没有去年的报告，没有与去年比较。把去年各单位的报告一起给出再汇总，这里就有两年对比。"


class Issuer(NamedTuple):
    """Who writes to the units: its name, the day of writing, the day by which to hand in again, whom to ask. "" = left open."""

    name: str = ""
    date: str = ""
    deadline: str = ""
    contact: str = ""


NOBODY = Issuer()


def named_units(label: str, found: Sequence[Entry | Listed | State]) -> Iterator[str]:
    """Yield how many units something holds for, and which, as one sentence; nothing where it holds for none."""
    if found:
        names = "、".join(one.unit if isinstance(one, Entry) else one.name for one in found)
        yield f"{label} {len(found)} 个：{names}。"


class Problem(NamedTuple):
    """One rule that units break: its short name, the units in the county's order, how many places."""

    code: str
    label: str
    level: int
    units: tuple[str, ...]
    places: int
    serious: bool = False


class Chain(NamedTuple):
    """The carried-over applications of one unit: last year's carried out, this year's carried in and out."""

    entry: Entry
    before: float | None
    carried_in: float | None
    received: float | None
    handled: float | None
    carried_out: float | None

    @property
    def gap(self) -> float | None:
        """By how much this year's 上年结转 is more than last year's 结转下年度; None where last year is not known."""
        return None if self.before is None or self.carried_in is None else self.carried_in - self.before


def due(found: Iterable[Entry]) -> Iterator[Entry]:
    """Yield the files that get a slip: the newest of each unit that could not be read, did not pass, or is to confirm something."""
    for item in found:
        if item.status in (UNREADABLE, FAILED, ASKED):
            yield item


@dataclass(frozen=True)
class Brief:
    """All that is told of a collection, from ``folder`` where it was one. ``own`` is 本级, the county's own filing that is a part of the sum; ``unread`` says what could not be read besides."""

    collection: Collection
    own: Filing | None = None
    rounds: Rounds = field(default_factory=Rounds)
    issuer: Issuer = NOBODY
    unread: tuple[str, ...] = ()
    folder: Path | None = None

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """All files in the county's order."""
        return self.collection.entries

    @cached_property
    def members(self) -> tuple[Entry, ...]:
        """The files that the sum is made of."""
        return members(self.collection)

    @cached_property
    def edition(self) -> Edition | None:
        """The form of the year."""
        return edition_of(self.collection)

    @cached_property
    def county(self) -> Entry | None:
        """The county's own typed report, where it was handed in with the others."""
        return county_report(self.collection)

    @cached_property
    def left_out(self) -> tuple[tuple[Entry, str], ...]:
        """The files that are in no sum, each with the reason."""
        return left_out(self.collection)

    @property
    def year(self) -> str:
        """The year as it stands in a title: “2025年度”, empty where no file has one."""
        return "" if self.collection.year is None else f"{self.collection.year}年度"

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many units handed in, passed …, by what they came to: what they came to adds up to those that are due."""
        due = self.collection.due
        each = [
            entry
            for entry in self.entries
            if entry is not self.county and not entry.aside and (due is None or entry.listed)
        ]
        found = {name: sum(entry.outcome == name for entry in each) for name in (PASSED, ASKED, FAILED, UNREADABLE)}
        return {
            "应交": len(each) if due is None else due,
            "已交": len(each),
            MISSING: len(self.collection.missing),
            **found,
            DUPLICATE: len(self._older),
            STRANGER: len(self.strangers),
        }

    @property
    def strangers(self) -> tuple[Entry, ...]:
        """The files of units that are not on the list; the county's own report is none."""
        return tuple(entry for entry in self.collection.strangers if entry is not self.county)

    @cached_property
    def late(self) -> tuple[Entry, ...]:
        """The units' files that came after their day; a corrected one of a unit that was returned is not late."""
        return tuple(one.entry for one in self.states if one.entry is not None and LATE in self.marks(one.entry))

    @cached_property
    def states(self) -> tuple[State, ...]:
        """What each unit came to, in the county's order."""
        return states(self.collection, self.county)

    def marks(self, entry: Entry) -> tuple[str, ...]:
        """Return what else is to be said of a file, beside its outcome."""
        known = entry.marks - {LATE} if self.rounds.answers(entry) else entry.marks
        return tuple(sorted(known - {STRANGER} if entry is self.county else known))

    @cached_property
    def overdue(self) -> tuple[Entry, ...]:
        """The files that were to be handed in again and are the same still, on a day after the one by which they were due."""
        today = self.issuer.date
        waiting = [one.entry for one in self.states if one.entry is not None and asks_again(one.entry)]
        return tuple(
            entry
            for entry in waiting
            if (told := self.rounds.open_round(entry))
            and told.again is not False
            and today
            and "" < told.deadline < today
        )

    @property
    def _older(self) -> list[Entry]:
        return [entry for twice in self.collection.duplicates for entry in twice.others]

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """The rules that units of the county break, the commonest first."""
        return self.problems_of(Severity.ERROR, Severity.WARNING)

    def problems_of(self, *severities: Severity) -> tuple[Problem, ...]:
        """Return the rules that units of the county break with some severities, the commonest first."""
        wanted = {severity.level for severity in severities}
        places: dict[str, list[tuple[str, int]]] = {}
        for entry in self.members:
            for code, level in standing(entry):
                if level in wanted:
                    places.setdefault(code, []).append((entry.unit, level))
        if not places:
            return ()
        editions = dict.fromkeys(entry.filing.edition for entry in self.members if entry.filing)
        known = {code: rule for edition in editions for code, rule in catalogue_of(edition).items()}
        known |= {code: rule for code, rule in catalogue().items() if code not in known}
        found = []
        for code, held in places.items():
            units = tuple(dict.fromkeys(unit for unit, _ in held))
            level = max(level for _, level in held)
            found.append(Problem(code, known[code].label, level, units, len(held), known[code].serious))
        return tuple(sorted(found, key=lambda item: (-len(item.units), -item.level, item.code)))

    @property
    def commonest(self) -> tuple[Problem, ...]:
        """The five problems that most units have."""
        return self.problems[:COMMONEST]

    @cached_property
    def figures(self) -> list[Compared]:
        """The figures over all units, without last year's."""
        return compared(self._filings(self.members), ())

    @cached_property
    def sums(self) -> dict[CellId, float]:
        """The sum of each cell of the form of the year, all units counted, 本级 among them."""
        if self.edition is None:
            return {}
        return totals([*self._filings(self.members), *([self.own] if self.own else [])], self.edition)

    @cached_property
    def comparable(self) -> tuple[Entry, ...]:
        """The units whose last year is known: only these are compared with it."""
        return tuple(entry for entry in self.members if entry.last is not None)

    @cached_property
    def two_years(self) -> list[Compared]:
        """The figures of the comparable units beside last year's."""
        known = [(entry.filing, entry.last) for entry in self.comparable]
        return compared_pairs((now, before) for now, before in known if now is not None and before is not None)

    def named(self, entry: Entry) -> str:
        """Return a unit's name as it stands beside its numbers: that they did not pass, where they did not."""
        return f"{entry.unit}（未通过）" if entry.outcome == FAILED else entry.unit

    @property
    def cautions(self) -> list[str]:
        """What is to be known of the figures: how many that did not pass are in them, which shares cannot be relied on."""
        failed = sum(entry.outcome == FAILED for entry in self.members)
        return (
            [f"今年的数里有 {failed} 个单位的报告没有通过，改正以后还会变。"] * bool(failed)
            + self.doubts
            + self.lacking
        )

    @property
    def lacking(self) -> list[str]:
        """Which units are left out of which figures of the two years: a sentence for some units."""
        return lacking(self.two_years, len(self.comparable))

    @property
    def doubts(self) -> list[str]:
        """Which shares cannot be relied on, and why: a sentence each."""
        pairs = zip(self.figures, self.two_years, strict=True)
        return [said for whole, two in pairs if (said := replace(two, now=whole.now, wrong=whole.wrong).doubt)]

    def _filings(self, entries: Sequence[Entry]) -> list[Filing]:
        return [entry.filing for entry in entries if entry.filing is not None]

    @cached_property
    def chains(self) -> tuple[Chain, ...]:
        """The carried-over applications unit by unit; those whose chain is broken first."""
        found = []
        for entry in self.members:
            if entry.filing is None:
                continue
            before = None if entry.last is None else entry.last.number("t3.carried_out.total")
            cells = ("carried_in", "received_new", "outcome_total", "carried_out")
            found.append(Chain(entry, before, *(entry.filing.number(f"t3.{cell}.total") for cell in cells)))
        return tuple(sorted(found, key=lambda chain: not chain.gap))

    @cached_property
    def alike(self) -> tuple[tuple[Entry, Entry, Pair], ...]:
        """The pairs of units whose texts are one another's, with the sentences they share."""
        entries = [entry for entry in of_the_year(self.collection) if self._told_alike(entry)]
        texts = [entry.texts or sketches(entry.filing) for entry in entries if entry.filing is not None]
        everyone = [entry.texts or sketches(entry.filing) for entry in of_the_year(self.collection) if entry.filing]
        found = pairs(texts, everyone)
        return tuple((entries[pair.one], entries[pair.other], pair) for pair in found)

    @property
    def alike_groups(self) -> list[list[str]]:
        """The units whose texts are one another's, the largest group first: of six copies one group, not fifteen pairs."""
        of: dict[str, set[str]] = {}
        for one, other, _ in self.alike:
            joined = of.get(one.unit, {one.unit}) | of.get(other.unit, {other.unit})
            of |= dict.fromkeys(joined, joined)
        order = {entry.unit: number for number, entry in enumerate(self.entries)}
        groups = {id(group): sorted(group, key=lambda unit: order.get(unit, len(order))) for group in of.values()}
        return sorted(groups.values(), key=len, reverse=True)

    def _told_alike(self, entry: Entry) -> bool:
        return any(code == ALIKE for code, *_ in told(entry.result))

    @cached_property
    def broken(self) -> Broken | None:
        """Where the county's typed totals are not the sum of the units, and what explains it; None without a county's report."""
        if self.county is None or self.county.filing is None:
            return None
        older = {id(twice.kept): twice.others for twice in self.collection.duplicates}
        parts = [
            Part(
                entry.unit,
                entry.filing,
                entry.result,
                tuple((old.file, old.filing) for old in older.get(id(entry), ()) if old.filing is not None),
            )
            for entry in self.members
            if entry.filing is not None
        ]
        if self.own is not None:
            parts.append(Part("本级", self.own))
        outside = [
            (f"“{entry.unit}”（{reason}）", entry.filing)
            for entry, reason in self.left_out
            if entry is not self.county and entry.filing is not None and not any(entry is old for old in self._older)
        ]
        absent = [(entry.unit, UNREADABLE) for entry in self.collection.unreadable]
        absent += [(unit.name, MISSING) for unit in self.collection.missing]
        return breaks(self.county.filing, parts, outside, absent)

    @property
    def uncounted(self) -> Iterator[str]:
        """Yield which files are in no sum, and why: an older one of a unit, a stranger's, another year's, unreadable."""
        for twice in self.collection.duplicates:
            others = "、".join(f"“{entry.file}”" for entry in twice.others)
            yield (
                undecided(twice.kept, twice.tied, others)
                if twice.tied
                else f"“{twice.kept.unit}”交了 {len(twice.others) + 1} 份：按最新的“{twice.kept.file}”算，{others}不计入任何合计。"
            )
        if any(entry.filing for entry in self.strangers):
            named = "、".join(f"{entry.unit}（{entry.file}）" for entry in self.strangers if entry.filing)
            yield f"不在名单上、没有计入合计：{named}。"
        years = [f"{entry.unit}（{reason}）" for entry, reason in self.left_out if "年度" in reason and not entry.aside]
        if years:
            yield f"年度不符、没有计入合计：{'、'.join(years)}。"
        yield from self._beside
        for entry in self.collection.unreadable:
            whose = "" if entry.named else "（看不出是哪个单位的）"
            yield f"读不了：{entry.file}{whose}，{entry.why}"

    @property
    def _beside(self) -> Iterator[str]:
        """Yield which files lie beside those that stand for their units: a sentence for each year, and for each that cannot be read."""
        of: dict[str, list[str]] = {}
        for entry in self.collection.beside:
            if entry.filing is not None:
                of.setdefault(entry.said_beside(self.collection.year), []).append(f"{entry.unit}（{entry.file}）")
        yield from (f"{said}：{'、'.join(units)}。" for said, units in sorted(of.items()))
        for entry in self.collection.beside:
            if entry.filing is None:
                yield f"“{entry.unit}”{entry.said_beside(self.collection.year)}：{entry.file}，{entry.why}"

    @property
    def remarks(self) -> Iterator[str]:
        """Yield what strikes one about the files together: who is missing, late, twice, a stranger, on an old form, gone."""
        collection = self.collection
        yield from named_units(MISSING, collection.missing)
        yield from named_units("迟交", self.late)
        yield from named_units(OVERDUE, self.overdue)
        yield from self.uncounted
        if collection.old_forms:
            yield f"用了旧版表格：{'、'.join(entry.unit for entry in collection.old_forms)}。"
        yield from (found.said for found in collection.misnamed)
        if collection.gone:
            yield f"去年有、今年没有的单位：{'、'.join(collection.gone)}。并入别的单位的，请写在名单里接收单位的“并入”一栏，上年的数就合在一起比。"
        opened = [entry.file for entry in self.entries if entry.open_elsewhere]
        if opened:
            yield f"正在别的程序里打开，校验的是已保存的内容：{'、'.join(opened)}。"
        yield from (*collection.notes, *self.unread)

    @property
    def headline(self) -> str:
        """What it came to in one sentence: “应交 60，已交 57，未交 3；通过 40，请确认 5，未通过 10，读不了 2。”."""
        counts = self.counts
        said = "，".join(f"{name} {counts[name]}" for name in (PASSED, ASKED, FAILED, UNREADABLE) if counts[name])
        due = f"应交 {counts['应交']}，" if self.collection.due is not None else ""
        missing = f"，{MISSING} {counts[MISSING]}" if counts[MISSING] else ""
        twice = f"；另有重复的 {counts[DUPLICATE]} 份不算" if counts[DUPLICATE] else ""
        return f"{due}已交 {counts['已交']}{missing}；{said or '没有读到报告'}{twice}。"
