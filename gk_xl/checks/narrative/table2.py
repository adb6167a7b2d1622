"""What the text says of 表二: documents, decisions, fees (X-09)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gk_xl.checks.narrative import figures
from gk_xl.checks.narrative.context import Period, Scope, frames
from gk_xl.checks.narrative.tokens import clauses
from gk_xl.checks.registry import rule_function

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.form.finding import Finding

_FEE: Final = re.compile(
    r"行政事业性收费(?:总?金额|收入|总额|项目)?(?:共计?|合计|累计|为|是|达|：|收入|收取|收缴|金额|总额)*(?P<number>\d+(?:\.\d+)?)(?P<unit>万元|元)"
    r"|(?:收取|收缴)(?:了|各类|的)*行政事业性收费(?:共计?|合计|累计|为|：)*(?P<number2>\d+(?:\.\d+)?)(?P<unit2>万元|元)"
)
FEE_CELL: Final = "t2.admin_fee.amount"


@rule_function("table2.compared", reads_text=True)
def compared(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-09: documents and decisions, then money."""
    yield from figures.compared(case, rule)
    yield from _fees(case, rule)


def _fees(case: Case, rule: Rule) -> Iterator[Finding]:
    """Yield the sentences whose amount of 行政事业性收费 is not the one of 表二, to the precision that was written."""
    value = case.filing.number(FEE_CELL) if FEE_CELL in case.edition.cells else None
    if value is None:
        return
    for sentence in case.narrative.sentences:
        match = _FEE.search(sentence.masked)
        if match is None:
            continue
        number, unit = match["number"] or match["number2"], match["unit"] or match["unit2"]
        parts = clauses(sentence.masked)
        frame = next(
            frame
            for clause, frame in zip(
                parts, frames(sentence.masked, parts, case.filing.year, case.filing.unit), strict=True
            )
            if clause.start <= match.start() < clause.end
        )
        if frame.period is not Period.THIS or frame.scope is not Scope.OWN:
            continue
        written = float(number) / (1 if unit == "万元" else 10_000)
        decimals = len(number.partition(".")[2]) + (0 if unit == "万元" else 4)
        if abs(written - value) <= 0.5 * 10**-decimals + 1e-9:
            continue
        values = {
            "excerpt": sentence.excerpt, "said": written, "unit": "万元", "cell": case.edition.describe(FEE_CELL),
            "value": value, "difference": abs(written - value), "whole": "",
        }  # fmt: skip
        yield rule.at(sentence, values, (FEE_CELL,), sides=(written, value))
