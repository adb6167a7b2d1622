"""Random fillings for the live checks, and what the sheets must say of them by Python."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from gk_xl.checks.binding import identities, live_instances
from gk_xl.checks.expression import Number, Operation
from gk_xl.form.filing import Filing, Unit
from gk_xl.form.finding import CheckResult, Finding, Severity
from gk_xl.form.load import edition_ids, load_edition
from gk_xl.form.schema import ValueKind
from gk_xl.form.units import unit_kinds
from gk_xl.workbook.build import content_for, plan_workbook
from gk_xl.workbook.content import verdict_text
from gk_xl.workbook.layout import JUDGED

EDITIONS = edition_ids()
ODD = (None, None, None, "", " ", "无", "/", "１２", "12", "12件", "十二", "1,234", "-", "1e3", "TRUE", 0.5, 2.5, 0.1, 0.2, -1, -7,
       1e9, 123456789012, 999999.999999, 1e-7, 5e-7)  # fmt: skip
KINDS = (*unit_kinds(), "", "township", "township")

At = tuple[str, int, int]  # sheet, row, column


class Filled(NamedTuple):
    """A filing, what is typed for it, and what each formula cell of its workbook is worth by Python."""

    filing: Filing
    typed: dict[At, object]
    worth: dict[At, object]


def blank(edition_id: str) -> Filing:
    """Return a township's empty filing of an edition's first year."""
    edition = load_edition(edition_id)
    return replace(Filing.blank(edition.first_year), unit=Unit("示例乡人民政府", "township"))


def literals(node) -> set[float]:
    """Return the numbers written in an expression: where its verdict may turn."""
    if isinstance(node, Number):
        return {node.value}
    return {number for item in node.operands for number in literals(item)} if isinstance(node, Operation) else set()


def fillings(edition_id: str, count: int, seed: int):
    """Yield filings: balanced ones with some cells made odd, so that every rule holds here and breaks there."""
    dice, edition = random.Random(seed), load_edition(edition_id)
    sums = [
        (next(iter(coefficients)), coefficients)
        for instance, coefficients in identities(edition_id)
        if instance.rule.fills
    ]
    first = edition.first_year
    span = (first - 1, first, first + 1, first + 3, first + 5)
    turning = [(i.refs, sorted(literals(i.node))) for i in live_instances(edition_id) if literals(i.node)]
    turning = [([ref for ref in refs if ref.cell in edition.cells], numbers) for refs, numbers in turning]
    for _ in range(count):
        most = dice.choice((0, 1, 3, 7, 7, 30, 4000))
        cells = {
            cell.id: round(dice.uniform(0, most), dice.choice((0, 1, 6))) if cell.kind is ValueKind.AMOUNT
            else dice.randint(-most if cell.kind is ValueKind.SIGNED else 0, most)
            for cell in edition.cells.values()
        }  # fmt: skip
        for _ in range(2):
            for total, coefficients in sums:
                cells[total] = -sum(cells[cell] * sign for cell, sign in coefficients.items() if cell != total)
        for cell in dice.sample(sorted(cells), dice.choice((0, 0, 1, 2, 5, 40, len(cells)))):
            cells[cell] = dice.choice(
                (*ODD, dice.randint(0, 30), (cells[cell] or 0) + 1 if not isinstance(cells[cell], str) else 0)
            )
        for refs, numbers in dice.sample(turning, 3):
            cells[dice.choice(refs).cell] = dice.choice(numbers)
        kind, year = dice.choice(KINDS), dice.choice((*span, None))
        yield Filing(edition_id, year, Unit("示例乡人民政府", kind), cells)


@cache
def filled(edition_id: str, count: int, seed: int) -> tuple[Filled, ...]:
    """Return fillings with what is typed and what every formula must then be worth."""
    return tuple(_filled(filing) for filing in fillings(edition_id, count, seed))


def _filled(filing: Filing) -> Filled:
    """Return a filing with its workbook's values; no application keeps an empty text as one, so there is none."""
    filing = replace(filing, cells={cell: None if value == "" else value for cell, value in filing.cells.items()})
    content = replace(content_for(filing), result=checked(filing), checked_at="2026-01-12 09:30")
    plan, names = plan_workbook(content), content.layout.names
    typed: dict[At, object] = {tuple(names[cell]): filing.cells[cell] for cell in content.edition.cells}
    settings = content.settings()
    typed |= {tuple(names[name]): settings[name] for name in ("unit.name", "unit.kind", "year", "unit.self", "contact")}
    typed |= {  # what was judged, as 校验 keeps it
        (sheet, row, column + JUDGED): value if content.result else None
        for (sheet, row, column), value in typed.items()
    }
    if content.result:
        typed |= {tuple(names["verdict"]): verdict_text(content), tuple(names["checked_at"]): content.checked_at}
    else:
        typed |= {tuple(names["verdict"]): None, tuple(names["checked_at"]): None}
    worth = {
        (sheet.title, row, column): "" if cell.value is None else cell.value
        for sheet in plan.sheets
        for (row, column), cell in sheet.cells.items()
        if cell.formula
    }
    return Filled(filing, typed, worth)


def checked(filing: Filing) -> CheckResult | None:
    """Return a result that may stand beside a filing: none yet, one that passed, one with warnings, one with errors."""
    dice = random.Random(filing.dumps())
    counts = dice.choice((None, (0, 0), (0, 1), (0, 12), (1, 0), (3, 2), (120, 7)))
    if counts is None:
        return None
    errors, warnings = (
        [Finding("X-00", severity, "") for _ in range(count)]
        for severity, count in zip((Severity.ERROR, Severity.WARNING), counts, strict=True)
    )
    return CheckResult("", filing.edition, (*errors, *warnings))


def differ(wanted: object, found: object) -> bool:
    """Return whether a formula's value is another than Python's: verdicts, texts and small counts to the letter.

    Broken and large numbers within two units of the sixth place: engines show ten digits, and round half up or down.
    """
    if isinstance(wanted, str) or isinstance(found, str) or found is None:
        return wanted != ("" if found is None else found)
    if isinstance(wanted, int) and abs(wanted) < 1_000_000:
        return found != wanted
    return abs(float(found) - float(wanted)) > 2e-6 * max(1.0, abs(float(wanted)))


def differences(wanted: dict[At, object], found: dict[At, object]) -> list[tuple[At, object, object]]:
    """Return every formula cell whose value differs: where, Python's value, the engine's."""
    return [(at, value, found.get(at)) for at, value in wanted.items() if differ(value, found.get(at))]
