"""X-23: the day of signing, after the year's end and by the day on which the report must be public."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from gk_xl.checks.registry import rule_function
from gk_xl.form.finding import Severity
from gk_xl.form.profile import profile_of
from gk_xl.form.units import unit_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.form.filing import Filing
    from gk_xl.form.finding import Finding


def deadline(filing: Filing) -> dt.date | None:
    """Return the last day for publishing: the county's when it is set, else the default of the kind of unit."""
    if filing.deadline:
        try:
            return dt.date.fromisoformat(filing.deadline)
        except ValueError:
            return None
    profile = profile_of(filing.edition)
    if profile is not None and filing.year is not None and (day := profile.publish_for(filing.unit.kind, filing.year)):
        return day
    kind = unit_kinds().get(filing.unit.kind)
    return None if kind is None or filing.year is None else kind.deadline_for(filing.year)


@rule_function("signing.day")
def day(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-23: signed after the year's end (else an error) and by the deadline (else a warning)."""
    signed, year, last = case.filing.signed.day, case.filing.year, deadline(case.filing)
    if signed is None or year is None:
        return
    if signed <= dt.date(year, 12, 31):
        problem = f"落款日期是 {_written(signed)}，{year} 年还没有过完，全年的数不可能已经统计"
        yield rule.finding(problem, place="signed.date")
    elif last is not None and signed > last:
        problem = f"落款日期 {_written(signed)} 晚于公开截止日期 {_written(last)}，晚 {(signed - last).days} 天"
        yield rule.finding(problem, place="signed.date", severity=Severity.WARNING)


def _written(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
