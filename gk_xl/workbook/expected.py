"""What every workbook of a layout must still hold: the plan of a blank one, made once and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.form.filing import Filing, Unit
from gk_xl.form.load import MARK
from gk_xl.form.prebuilt import prebuilt
from gk_xl.workbook.build import plan_workbook
from gk_xl.workbook.content import Content

if TYPE_CHECKING:
    from gk_xl.workbook.layout import Layout
    from gk_xl.workbook.plan import PlanCell, WorkbookPlan


def expected_plan(form: Layout) -> WorkbookPlan:
    """Return the plan that every workbook of a layout must still follow: its fixed parts do not depend on a filing."""
    key = form.key
    if key not in _PLANS:
        _PLANS[key] = _planned(form) if MARK in form.edition.id else _kept(form)
    return _PLANS[key]


def _planned(form: Layout) -> WorkbookPlan:
    """Return the plan of a blank workbook."""
    return plan_workbook(Content(form, Filing(form.edition.id, None, Unit(), dict.fromkeys(form.edition.cells))))


def _kept(form: Layout) -> WorkbookPlan:
    """Return the plan of a blank workbook of a statutory edition, as it was kept, or planned now; equal cells are one, kept once."""
    edition, last, schema, extras = form.key
    name = "_".join((edition, last, schema, "-".join(extra.encode().hex() for extra in extras)))
    return prebuilt(
        f"plan_{name}", lambda: _shared(_planned(form)), lambda thing: "form" if thing is form else None, lambda _: form
    )


def _shared(plan: WorkbookPlan) -> WorkbookPlan:
    """Return a plan whose equal cells are the same one: of thousands that hold but a format there are some dozens."""
    known: dict[tuple[PlanCell, type], PlanCell] = {}
    for sheet in plan.sheets:
        sheet.cells = {place: known.setdefault((cell, type(cell.value)), cell) for place, cell in sheet.cells.items()}
    return plan


_PLANS: dict[tuple[str, str, str, tuple[str, ...]], WorkbookPlan] = {}
