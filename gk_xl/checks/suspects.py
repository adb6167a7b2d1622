"""Findings → suspects: hands the broken identities to ``locate``, with what the text and last year say as witnesses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.checks.binding import identities
from gk_xl.checks.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gk_xl.checks.case import Case
    from gk_xl.checks.locate import Located
    from gk_xl.form.finding import Finding

PLAIN_STATEMENT = 6.0  # weight of a sentence that says a number outright: 400 to 1, see locate.Witness


def suspects(case: Case, findings: Iterable[Finding]) -> Located | None:
    """Return which cells explain the broken identities among the findings; None where no identity is broken."""
    rules = catalogue()
    if not any(finding.code in rules and rules[finding.code].identity for finding in findings):
        return None
    from gk_xl.checks.identity import Identity
    from gk_xl.checks.locate import Witness, locate
    from gk_xl.checks.text_rules.against_tables.figures import witnesses

    known = [Identity(instance.rule.code, coefficients) for instance, coefficients in identities(case.filing.edition)]
    spoken = [
        Witness(said.cell, said.value, PLAIN_STATEMENT, said.excerpt)
        for said in witnesses(case)
        if isinstance(said.value, int)
    ]
    last = None if case.last is None else case.last.cells
    return locate(case.edition, case.filing.cells, known, witnesses=spoken, last=last)
