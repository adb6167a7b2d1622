"""X-70: text, signature and last year agree on one year, 封面 says another. One slip then, not a slip in every paragraph."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gk_xl.checks.registry import rule_function
from gk_xl.checks.text_rules.years.period import stated_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.form.finding import Finding

_ENOUGH = 2
"""So many witnesses must agree: a period alone may be last year's text, a date alone a slip of the pen."""


def witnesses(case: Case) -> dict[int, list[str]]:
    """Return the years that say to be the report's, each with what says so; a signed report is of the year before."""
    told: dict[int, list[str]] = {}
    for year in dict.fromkeys(year for year, _ in stated_years(case)):
        told.setdefault(year, []).append("正文的统计期限")
    day = case.filing.signed.day
    if day:
        told.setdefault(day.year - 1, []).append("落款日期")
    if case.last is not None and case.last.year is not None:
        told.setdefault(case.last.year + 1, []).append("上年数据")
    return told


@rule_function("cover_year.year")
def year_of_the_cover(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-70: silent while anything speaks for the year of 封面, or the others do not agree."""
    told = witnesses(case)
    if case.filing.year is None or case.filing.year in told or len(told) != 1:
        return
    ((year, who),) = told.items()
    if len(who) >= _ENOUGH:
        values = {"year": case.filing.year, "other": year, "who": "、".join(who)}
        yield rule.finding(values, sides=(case.filing.year, year), place="year")


def folded(findings: Iterable[Finding], slip: Finding, left: Iterable[Finding]) -> list[Finding]:
    """Return findings without those that go away when 封面 bears what everything else speaks of.

    ``slip`` is the one about 封面, ``left`` are the findings of the same filing with 封面 mended. What is left out is
    counted in the message.
    """
    staying = {_subject(finding) for finding in left}
    others = [finding for finding in findings if finding.code != slip.code]
    kept = [finding for finding in others if _subject(finding) in staying]
    gone = len(others) - len(kept)
    return [replace(slip, message=f"{slip.message}改了这一处，另外 {gone} 条也就对了。") if gone else slip, *kept]


def _subject(finding: Finding) -> tuple[object, ...]:
    """Return what tells a finding from others whatever year its message names."""
    return finding.code, finding.cells, finding.place, finding.where
