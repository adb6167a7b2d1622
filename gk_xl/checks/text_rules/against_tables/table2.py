"""What the text says of 表二: documents, decisions, procurement, money (X-09)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import gap, tidy
from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.context import Scope
from gk_xl.checks.text.subject import Subject
from gk_xl.checks.text_rules.against_tables import figures
from gk_xl.checks.text_rules.against_tables.fees import FEE_CELL
from gk_xl.checks.text_rules.rewriting import number_instead

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.form.finding import Finding

_MONEY: Final = {
    Subject("charge", row="admin_fee"): FEE_CELL,
    Subject("purchase", column="amount"): "t2.procurement.amount",
}
_TEN_THOUSAND: Final = 10_000
_PALTRY: Final = 1000
"""Less than so many yuan with a fraction, of procurement for each project, is an amount whose 万 was lost."""
_PROJECTS: Final = "t2.procurement.projects"
_TIMES: Final = {"万": _TEN_THOUSAND, "亿": _TEN_THOUSAND**2}


@rule_function("table2.compared")
def compared(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-09: documents, decisions and projects, then money."""
    yield from figures.compared(case, rule)
    yield from _money(case, rule)


def _money(case: Case, rule: Rule) -> Iterator[Finding]:
    """Yield the sentences whose amount is not the one of 表二, to the precision that was written."""
    for item in figures.said(case):
        cell = _MONEY.get(item.subject)
        value = case.filing.number(cell) if cell and cell in case.edition.cells else None
        if cell is None or value is None or not item.binding or item.scope is not Scope.OWN:
            continue
        unit = case.filing.units.get(cell) or case.edition.cell(cell).unit
        units = [name for name in ("万元", "元") if name in unit.split("或")]
        precision = 0.5 * 10 ** -int(item.unit.rstrip("万亿") or 0) * _TIMES.get(item.unit[-1:], 1)
        many = (case.filing.number(_PROJECTS) or 1) if cell == "t2.procurement.amount" else 1
        fraction = item.number % 1 or "." in item.sentence.masked
        paltry = len(units) > 1 and item.number < _PALTRY * max(many, 1) and bool(fraction)
        if paltry and value == item.number:
            units = units[:1]  # 采购总金额87.36元: nobody buys for that much
        if any(abs(item.number - value * _yuan(name)) <= precision + 1e-6 for name in units):
            continue
        unit = "元" if "元" in units and item.unit[-1:] not in _TIMES else units[0]
        said = item.number / _yuan(unit)
        values = {
            "said": said,
            "unit": unit,
            "cell": case.edition.describe(cell),
            "value": value,
            "gap": gap(said, value),
            "whole": "",
        }
        rewrite = number_instead(item._replace(number=said, unit=unit), value)
        yield rule.at(item.sentence, values, (cell,), sides=(said, value), proposal=tidy(said), rewrite=rewrite)


def _yuan(unit: str) -> int:
    """Return how many yuan a unit is."""
    return _TEN_THOUSAND if unit == "万元" else 1
