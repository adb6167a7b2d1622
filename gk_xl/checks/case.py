"""What is under check: one filing with what stands beside it, and what one bound rule says of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from gk_xl.checks.expression import LAST, evaluate
from gk_xl.errors import EditionNotFound
from gk_xl.form.finding import Finding, Severity, Verdict
from gk_xl.form.load import edition_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gk_xl.checks.binding import Instance
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.sentences import Narrative
    from gk_xl.form.filing import Filing
    from gk_xl.form.schema import Edition


@dataclass(frozen=True)
class Case:
    """One filing under check, with last year's beside it (None: not known), and those that it adds up, if any."""

    filing: Filing
    last: Filing | None = None
    members: tuple[Filing, ...] = ()

    @cached_property
    def edition(self) -> Edition:
        """The edition of this year's filing."""
        return self.filing.form

    @cached_property
    def last_edition(self) -> str:
        """The edition of last year's filing: as filed, else the one of that year, empty when there is none."""
        if self.last is not None:
            return self.last.edition
        try:
            return "" if self.filing.year is None else edition_for(self.filing.year - 1).id
        except EditionNotFound:
            return ""

    @cached_property
    def narrative(self) -> Narrative:
        """The text as sentences."""
        from gk_xl.checks.text.sentences import read

        return read(self.filing)

    @cached_property
    def numbers(self) -> Mapping[str, float]:
        """Every number that an expression may ask for, by the name it gives it: of this year, of last year."""
        found: dict[str, float] = {}
        for prefix, filing in (("", self.filing), (LAST, self.last)):
            if filing is not None:
                found |= {
                    prefix + cell: value
                    for cell, value in filing.cells.items()
                    if value is not None and not isinstance(value, str)
                }
        return found

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """What is typed in the cells that hold a text."""
        return {cell: value for cell, value in self.filing.cells.items() if isinstance(value, str)}


def judge(instance: Instance, case: Case) -> Verdict:
    """Return what one instance of a rule says of a filing."""
    if case.last is None and instance.about_last_year:
        return Verdict.NOT_ASSESSABLE
    value = evaluate(instance.node, case.numbers)
    if value is None:
        return Verdict.UNDECIDED
    return Verdict.HOLDS if value else Verdict.BROKEN


def not_assessable(rule: Rule, missing: str = "数据", wanted: str = "数据") -> Finding:
    """Return the note that a rule could not be judged for want of last year's ``missing``; ``wanted`` brings it."""
    return Finding(
        rule.code,
        Severity.NOT_ASSESSABLE,
        f"没有上年{missing}，没有判断（不等于通过）。规则：{rule.why}载入上年{wanted}后再校验。",
    )
