"""What a workbook is made for: a layout, a filing to show (or a blank one), last year's, and findings to mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gk_xl.checks.expression import YEAR, Ref, evaluate
from gk_xl.checks.run import Case
from gk_xl.form.units import unit_kinds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gk_xl.checks.expression import Node
    from gk_xl.form.filing import Filing, Value
    from gk_xl.form.finding import CheckResult
    from gk_xl.form.schema import Edition
    from gk_xl.workbook.layout import Layout, Place


@dataclass(frozen=True)
class Content:
    """A filing laid out on sheets. ``formulas`` keeps what a clerk typed as a formula, by cell."""

    layout: Layout
    filing: Filing
    last: Filing | None = None
    result: CheckResult | None = None
    checked_at: str = ""

    @property
    def edition(self) -> Edition:
        """The edition of the workbook."""
        return self.layout.edition

    @property
    def case(self) -> Case:
        """The filing as the rules see it."""
        return Case(self.filing, self.last)

    def value(self, node: Node) -> bool | float | None:
        """Return what an expression is worth now: the cached value of its formula."""
        return evaluate(node, self.case.look)

    def place_of(self, ref: Ref) -> Place:
        """Return where a cell that an expression mentions stands."""
        if ref.cell == YEAR:
            return self.layout.names["year"]
        return self.layout.names[f"last.{ref.cell}" if ref.last else ref.cell]

    def address_on(self, sheet: str, ref: Ref) -> str:
        """Return the address of a mentioned cell as a formula on ``sheet`` writes it."""
        place = self.place_of(ref)
        return place.address if place.sheet == sheet else place.absolute

    def settings(self) -> Mapping[str, Value]:
        """Return the values of 封面 by name, as a clerk reads them."""
        filing = self.filing
        kind = unit_kinds().get(filing.unit.kind)
        values: dict[str, Value] = {
            "unit.name": filing.unit.name,
            "unit.kind": kind.label if kind else "",
            "year": filing.year,
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

    def levels(self) -> Mapping[str, int]:
        """Return the flag level of every flagged name (cell, paragraph, setting): the gravest finding's."""
        levels: dict[str, int] = {}
        for finding in self.result.findings if self.result else ():
            names = finding.cells if finding.place is None else (finding.place, *finding.cells)
            for number, name in enumerate(names):
                level = 0 if finding.waived else finding.severity.level
                if number == 0:
                    levels[name] = max(levels.get(name, 0), level)
        return levels

    def notes(self) -> Mapping[str, str]:
        """Return the note of every flagged name: its findings' messages."""
        notes: dict[str, list[str]] = {}
        for finding in self.result.findings if self.result else ():
            name = finding.place or (finding.cells[0] if finding.cells else None)
            if name is not None and finding.severity.level and not finding.waived:
                notes.setdefault(name, []).append(f"【{finding.severity.label} {finding.code}】{finding.message}")
        return {name: "\n".join(lines) for name, lines in notes.items()}
