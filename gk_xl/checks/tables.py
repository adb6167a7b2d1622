"""Rules about the tables that the rule language cannot say: the edition used, units of money, last year's absence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import catalogue, gap, tidy
from gk_xl.checks.registry import rule_function
from gk_xl.errors import EditionNotFound
from gk_xl.form.finding import Severity
from gk_xl.form.load import base_id, edition_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.form.finding import Finding
    from gk_xl.form.schema import Edition

ENOUGH: Final = 12
"""So many numbers that are not 0 and no totals are no accident where all are the same."""
KINDS: Final = 5
"""So many different ones are among them: a table of ones and twos is soon like another."""
LEAST_YUAN, MOST_YUAN = 100, 50_000_000  # a project cheaper or dearer than this is a unit gone wrong


def _expected(case: Case) -> Edition | None:
    """Return the edition that the report year asks for, None when the year is absent or has none."""
    if case.filing.year is None:
        return None
    try:
        return edition_for(case.filing.year)
    except EditionNotFound:
        return None


@rule_function("tables.form_of_another_year")
def form_of_another_year(case: Case, rule: Rule) -> Iterator[Finding]:
    """Yield a finding when the filing's edition is not the one of its year."""
    wanted = _expected(case)
    if wanted is not None and wanted.id != base_id(case.filing.edition):
        yield rule.finding(
            {"year": case.filing.year, "wanted": wanted.id, "found": base_id(case.filing.edition)}, place="year"
        )


@rule_function("tables.rows_of_another_edition")
def rows_of_another_edition(case: Case, rule: Rule) -> Iterator[Finding]:
    """Yield a finding when 表三 has other rows than its year's edition: which are too many, which are missing."""
    wanted = _expected(case)
    if wanted is None:
        return
    found, right = case.edition.table("t3"), wanted.table("t3")
    foreign = [row for row in found.rows if row not in right.rows]
    missing = [row for row in right.rows if row not in found.rows]
    if foreign or missing:
        cells = tuple(cell.id for cell in found.cells if cell.row in foreign)
        values = {"year": case.filing.year, "wanted": wanted.id, "found": base_id(case.filing.edition)}
        told = (("多出", found, foreign), ("缺少", right, missing))
        problem = "，".join(
            verb + "、".join(f"“{table.row_labels[row][-1]}”" for row in rows) for verb, table, rows in told if rows
        )
        yield rule.finding(values | {"problem": problem}, cells)


@rule_function("tables.procurement_unit")
def procurement_unit(case: Case, rule: Rule) -> Iterator[Finding]:
    """Yield a finding when the amount's unit is not known, or makes the average project implausible."""
    cell = "t2.procurement.amount"
    amount, projects = case.filing.number(cell), case.filing.number("t2.procurement.projects")
    if not amount or amount < 0:
        return
    unit = case.filing.units.get(cell, "")
    if not unit:
        yield rule.finding({"value": amount, "problem": "没有说明是元还是万元"}, (cell,))
        return
    value = f"{amount} {unit}"
    yuan = amount * (10_000 if unit == "万元" else 1)
    if projects and not LEAST_YUAN <= yuan / projects <= MOST_YUAN:
        problem = f"平均每个项目 {yuan / projects:.0f} 元，单位可能弄错了"
        yield rule.finding({"value": value, "problem": problem}, (cell,))
    else:
        problem = f"表头没有印单位，本报告按“{unit}”理解"
        yield rule.finding({"value": value, "problem": problem}, (cell,), severity=Severity.HINT)


@rule_function("tables.no_last_year")
def no_last_year(case: Case, rule: Rule) -> Iterator[Finding]:
    """Yield one note that last year's data is missing, with the rules it leaves open."""
    if case.last is None:
        codes = [known.code for known in catalogue().values() if known.about_last_year]
        yield rule.finding({"codes": "、".join(codes[:3]), "count": len(codes)})


@rule_function("tables.sum_of_members")
def sum_of_members(case: Case, rule: Rule) -> Iterator[Finding]:
    """Yield the cells that differ from the sum over the members; a cell that a member left open is not judged."""
    if not case.members:
        return
    for cell_id in case.edition.cells:
        own = case.filing.number(cell_id)
        numbers = [
            member.number(cell_id) for member in case.members if base_id(member.edition) == base_id(case.filing.edition)
        ]
        known = [number for number in numbers if number is not None]
        if own is None or not known or len(known) < len(case.members):
            continue
        total = tidy(sum(known))
        if tidy(own - total):
            values = {"cell": case.edition.describe(cell_id), "left": own, "right": total, "count": len(known)}
            yield rule.finding(values | {"gap": gap(own, total)}, (cell_id,), sides=(own, total))


def weighty(numbers: Sequence[float | None], edition: Edition) -> bool:
    """Return whether numbers, in the order of a form's cells, are so many and so different that no two reports share them all."""
    parts = [number for number, cell in zip(numbers, edition.cells.values(), strict=True) if number and not cell.total]
    return len(parts) >= ENOUGH and len(set(parts)) >= KINDS


@rule_function("tables.numbers_of_last_year")
def numbers_of_last_year(case: Case, rule: Rule) -> Iterator[Finding]:
    """Yield one finding where every number of the form is last year's; silent over forms of different editions."""
    if case.last is None or base_id(case.last.edition) != base_id(case.filing.edition):
        return
    now, before = ([one.number(cell) or 0 for cell in case.edition.cells] for one in (case.filing, case.last))
    if now == before and weighty(now, case.edition):
        first = next(cell for cell, number in zip(case.edition.cells, now, strict=True) if number)
        yield rule.finding({"count": sum(map(bool, now))}, (first,))
