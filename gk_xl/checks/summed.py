"""A sum whose identities do not hold because a unit's own do not: the unit is named, and no cell of the sum is suspected."""

from __future__ import annotations

from dataclasses import replace
from math import isclose
from typing import TYPE_CHECKING, Final

from gk_xl.checks.binding import identities
from gk_xl.checks.catalogue import catalogue_of, show, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gk_xl.form.filing import Filing
    from gk_xl.form.finding import Finding
    from gk_xl.form.schema import CellId

MOST: Final = 5
"""So many units are named for one identity."""


def broken_in(filing: Filing, edition: str) -> dict[str, int | float]:
    """Return which identities of an edition the numbers of a filing break, blanks counted as a sum counts them, and by how much."""
    found = {}
    for key, terms in _identities(edition):
        gap = tidy(sum(sign * (filing.number(cell) or 0) for cell, sign in terms.items()))
        if gap:
            found[key] = gap
    return found


def _identities(edition: str) -> Iterator[tuple[str, Mapping[CellId, int]]]:
    """Yield the identities within one year, each under its rule and first cell, with their coefficients."""
    for instance, terms in identities(edition):
        if not any(ref.last for ref in instance.refs):
            yield _key(instance.rule.code, instance.refs[0].cell), terms


def _key(code: str, cell: CellId) -> str:
    return f"{code}@{cell}"


def by_units(filing: Filing, findings: Iterable[Finding]) -> tuple[list[Finding], bool]:
    """Return the findings on a sum, those on identities that units break with their names; and whether these are all of them.

    An identity is the units' when its two sides are as far apart as the units' together.
    """
    findings = [
        replace(finding, proposal=None) if finding.proposal is not None and finding.rewrite else finding
        for finding in findings  # the words follow the sum, and not the other way round
    ]
    known, now = catalogue_of(filing.edition), broken_in(filing, filing.edition)
    told, whole = [], True
    for finding in findings:
        if not (finding.code in known and known[finding.code].identity and finding.cells):
            told.append(finding)
            continue
        key = _key(finding.code, finding.cells[0])
        units = {unit: broken[key] for unit, broken in filing.summed.items() if key in broken}
        if units and isclose(sum(units.values()), now.get(key, 0), abs_tol=1e-6):
            told.append(_named(finding, units))
        else:
            told.append(finding)
            whole = False
    return told, whole


def _named(finding: Finding, units: Mapping[str, int | float]) -> Finding:
    """Return a finding that says which units' reports are to be mended in place of what to do here."""
    names = "、".join(f"“{unit}”（差 {show(abs(gap))}）" for unit, gap in [*units.items()][:MOST])
    more = f"等 {len(units)} 个单位" if len(units) > MOST else ""
    said = f"由{names}{more}引起：报来的这一处就不平。请改那里的报告再汇总，这里的格不用改。"
    return replace(finding, message=finding.message.removesuffix(finding.next) + said, next=said, proposal=None)
