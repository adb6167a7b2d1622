"""Workbook → filing. Values only, as typed: blank is not zero, a text stays a text, a formula is a finding."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gk_xl.errors import WorkbookError
from gk_xl.workbook.doubtful import carried_doubts
from gk_xl.workbook.expected import expected_plan
from gk_xl.workbook.files import package_in, read_bytes
from gk_xl.workbook.grid import Reading, layout_of, reading_of
from gk_xl.workbook.integrity import inspect, unsettled
from gk_xl.workbook.kinds import DAMAGED as PACKAGE_DAMAGED
from gk_xl.workbook.linked import behind_findings, carried_links
from gk_xl.workbook.raw import RawWorkbook
from gk_xl.workbook.standing import standing
from gk_xl.workbook.summed import with_summed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gk_xl.form.finding import Finding
    from gk_xl.workbook.layout import Layout

DAMAGED = (
    KeyError,
    IndexError,
    SyntaxError,
    TypeError,
    AttributeError,
    ArithmeticError,
    *PACKAGE_DAMAGED,
)
"""What reading XML that is not as it must be can end in."""

__all__ = ["Reading", "read_content", "read_workbook"]


def read_workbook(path: Path | str, *, integrity: bool = True) -> Reading:
    """Return what a workbook of ours holds.

    WorkbookError says in one sentence why a file cannot be read; NotATemplate that it is a workbook, but not ours.
    Without ``integrity`` only values are read: five times faster, for files known to be unchanged.
    """
    path = Path(path)
    return read_content(read_bytes(path), path, integrity=integrity)


def read_content(data: bytes, path: Path, *, integrity: bool = True) -> Reading:
    """Return what the content of a workbook of ours holds; ``path`` is how messages call it. Errors as above."""
    package = package_in(data, path)
    try:
        return _read(path, package, integrity=integrity)
    except DAMAGED as error:
        raise WorkbookError(f"“{path}”的内部结构不完整，读不下去。请用 Excel 打开后另存一份再试。") from error


def _read(path: Path, package: Any, *, integrity: bool) -> Reading:
    raw = RawWorkbook(package)
    form = layout_of(str(path), raw.constant, raw.members)
    asked = form.sheets[:-1]  # 使用说明 holds nothing to read
    values = {title: raw.values(title) for title in asked if title in raw.members}
    settled = _settled(raw, form, values) if integrity else ()
    stand = standing(form, {title: rows for title, rows in values.items() if title not in settled}, raw.place)
    formulas: dict[str, str] = {}
    findings: list[Finding] = []
    if integrity:
        findings, formulas = inspect(raw, form, stand.places)
    doubts, links = carried_doubts(raw.constant), carried_links(raw.constant)
    reading = reading_of(form, values, stand.places, findings, formulas, stand.gone, doubts, links)
    return with_summed(replace(reading, findings=(*reading.findings, *behind_findings(reading))), raw.constant)


def _settled(raw: RawWorkbook, form: Layout, titles: Iterable[str]) -> set[str]:
    """Return the sheets that hold at first sight all that was planned, so that no label needs to be looked for."""
    plans = {plan.title: plan for plan in expected_plan(form).sheets}
    return {title for title in titles if title in plans and not any(unsettled(plans[title], raw.sheet(title)))}
