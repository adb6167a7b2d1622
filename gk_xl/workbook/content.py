"""What a workbook is made for: a layout, a filing to show (or a blank one), last year's, and findings to mark."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.binding import live_instances
from gk_xl.checks.case import Case, judge
from gk_xl.checks.expression import Ref, evaluate
from gk_xl.checks.reasons import reasons_given
from gk_xl.form.finding import Severity, Verdict
from gk_xl.form.units import unit_kinds
from gk_xl.workbook.doubtful import CODE as DOUBTFUL
from gk_xl.workbook.doubtful import doubt_levels, doubt_note
from gk_xl.workbook.notes import sealed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gk_xl.checks.binding import Instance
    from gk_xl.checks.expression import Node
    from gk_xl.form.filing import Filing
    from gk_xl.form.finding import CheckResult, Finding, Suspect
    from gk_xl.form.schema import CellId, Edition, Value
    from gk_xl.workbook.layout import Layout, Place


class Reader(NamedTuple):
    """Who reads the lines: a ``letter`` tells no codes of sums; who has no ``workbook`` of ours knows no addresses, no buttons."""

    letter: bool = False
    workbook: bool = True


AT_THE_WORKBOOK: Final = Reader()


@dataclass(frozen=True)
class Content:
    """A filing laid out on sheets, told to a reader: with addresses to who has the workbook, else in words.

    ``last_is_kept`` says that the sheet 上年数据 holds ``last``, which may have come from another file.
    """

    layout: Layout
    filing: Filing
    last: Filing | None = None
    result: CheckResult | None = None
    checked_at: str = ""
    reader: Reader = AT_THE_WORKBOOK
    last_is_kept: bool = True

    @property
    def edition(self) -> Edition:
        """The edition of the workbook."""
        return self.layout.edition

    @cached_property
    def case(self) -> Case:
        """The filing as the rules see it."""
        return Case(self.filing, self.last)

    def value(self, node: Node) -> bool | float | None:
        """Return what an expression is worth now: the cached value of its formula."""
        return evaluate(node, self.case.numbers)

    def place_of(self, ref: Ref) -> Place:
        """Return where a cell that an expression mentions stands."""
        return self.layout.names[f"last.{ref.cell}" if ref.last else ref.cell]

    def address_on(self, sheet: str, ref: Ref) -> str:
        """Return the address of a mentioned cell's copy as a formula on ``sheet`` writes it."""
        place = self.place_of(ref).copy
        return place.address if place.sheet == sheet else place.absolute

    def settings(self) -> Mapping[str, Value]:
        """Return the values of 封面 by name, as a clerk reads them."""
        filing = self.filing
        kind = unit_kinds().get(filing.unit.kind)
        values: dict[str, Value] = {
            "unit.name": filing.unit.name,
            "unit.kind": kind.label if kind else filing.noted.get("unit.kind", ""),
            "year": filing.noted.get("year") if filing.year is None else filing.year,
            "unit.self": filing.unit.self_word,
            "unit.county": filing.unit.county,
            "deadline": filing.deadline,
            "signed.name": filing.signed.name,
            "signed.date": filing.signed.date,
            "contact": filing.contact,
        }
        for name, _, _ in self.layout.settings:
            if name.startswith("units."):
                values[name] = filing.units.get(name.removeprefix("units."), "")
        return {name: None if value == "" else value for name, value in values.items()}

    def flagged(self, finding: Finding) -> str:
        """Return the name of the cell that a finding flags: its place, or its first cell; empty when it has none."""
        name = finding.place or (finding.cells[0] if finding.cells else "")
        return f"{name}.1" if f"{name}.1" in self.layout.names else name  # a whole part is flagged at its first row

    def painted(self, finding: Finding) -> tuple[str, ...]:
        """Return the names of the cells that a finding colours: the one it flags; where cells are blank, each of them."""
        cells, name = finding.cells, self.flagged(finding)
        if name in cells and all(self.filing.cells.get(cell, 0) is None for cell in cells):
            return cells
        return (name,) if name else ()

    @cached_property
    def given(self) -> Mapping[str, str]:
        """For each finding that a reason of the clerk's belongs to, by key, the key under which the reason is kept."""
        return reasons_given(self.result.findings if self.result else (), self.filing.waivers)

    def levels(self) -> Mapping[str, int]:
        """Return the flag level of every flagged name (cell, paragraph, setting): the gravest finding's."""
        return self._levels

    @cached_property
    def _levels(self) -> Mapping[str, int]:
        levels = {name: max(level for level, _ in causes) for name, causes in self.flagging.items()}
        return {**doubt_levels(self.filing, self.result), **levels}

    @cached_property
    def flagging(self) -> Mapping[str, Sequence[tuple[int, Finding | Suspect]]]:
        """For every name that the check flagged, the level that each finding and each clue about it gives it."""
        found: dict[str, list[tuple[int, Finding | Suspect]]] = {}
        for finding in self.result.findings if self.result else ():
            if finding.waived or finding.code == DOUBTFUL:
                continue
            for name in self.painted(finding):
                found.setdefault(name, []).append((finding.severity.level, finding))
        for suspect in self.best_suspects():
            level = (Severity.ERROR if suspect.unique else Severity.WARNING).level
            for change in suspect.changes:
                found.setdefault(change.cell, []).append((level, suspect))
        return found

    @cached_property
    def open_sums(self) -> Mapping[CellId, Sequence[Instance]]:
        """For each cell of which the tables are not sure, what they ask of it in vain: it is broken, or a part is no number.

        What a clue explains is left out: the clue names the cells that are in doubt.
        """
        found: dict[CellId, list[Instance]] = {}
        explained = {code for suspect in self.best_suspects() for code in suspect.resolves}
        for instance in live_instances(self.edition.id):
            rule = instance.rule
            if (
                rule.severity is not Severity.ERROR
                or rule.code in explained
                or judge(instance, self.case) is Verdict.HOLDS
            ):
                continue
            for ref in instance.refs:
                found.setdefault(ref.cell, []).append(instance)
        return found

    def best_suspects(self) -> Iterator[Suspect]:
        """Yield the likeliest explanations of the broken sums: those of the first rank, table by table."""
        for suspect in self.result.suspects if self.result else ():
            if suspect.rank == 1:
                yield suspect

    def suspect_text(self, suspect: Suspect) -> str:
        """Return an explanation in Chinese, its cells named as the reader knows them."""
        from gk_xl.checks.locate import describe

        return describe(self.edition, suspect, self.cell_name, codes=not self.reader.letter)

    def cell_name(self, cell: CellId) -> str:
        """Return how a message names a cell: by its address, ``J12``; in words to who has no workbook."""
        if not self.reader.workbook:
            from gk_xl.workbook.in_words import cell_in_words

            return cell_in_words(self.edition, cell)
        return self.layout.names[cell].address

    def notes(self) -> Mapping[str, str]:
        """Return the note of every flagged name: its findings' messages, sealed as ours."""
        notes: dict[str, list[str]] = {}
        for finding in self.result.findings if self.result else ():
            name = self.flagged(finding)
            if name and finding.severity.level and not finding.waived and finding.code != DOUBTFUL:
                notes.setdefault(name, []).append(f"【{finding.severity.label} {finding.code}】{finding.message}")
        for suspect in self.best_suspects():
            for change in suspect.changes:
                notes.setdefault(change.cell, []).insert(0, f"【线索】{self.suspect_text(suspect)}")
        for name in doubt_levels(self.filing, self.result):
            text = doubt_note(self.filing.doubts[name])
            if text:
                notes.setdefault(name, []).append(text)
        return {name: sealed("\n".join(lines)) for name, lines in notes.items()}


def now() -> str:
    """Return the time of a check or a repair as the workbook shows it."""
    return dt.datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")


def without_last_year(result: CheckResult | None, then: str = "") -> str:
    """Return what 无法判断 stands for: how many rules had no last year to judge by, what is to be done ``then``; empty where none."""
    codes = (
        {finding.code for finding in result.findings if finding.severity is Severity.NOT_ASSESSABLE} if result else ()
    )
    told = f"跨年核对的 {len(codes)} 条没有查：没有上年数据（不等于通过）。{then}首次填报的不用理会。"
    return told if codes else ""


def verdict_text(content: Content) -> str:
    """Return the verdict of the last check in one line."""
    if content.result is None:
        return ""
    counts = content.result.counts
    head = "✗ 未通过" if counts["error"] else ("！请确认" if counts["warning"] else "✓ 通过")
    return f"{head}：错误 {counts['error']}，警告 {counts['warning']}，提示 {counts['hint']}，无法判断 {counts['not_assessable']}"
