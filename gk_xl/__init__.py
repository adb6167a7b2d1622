"""gk_xl: 政府信息公开工作年度报告, from the locked workbook over its cross-checks to the report document.

The public names are those in ``__all__``; they are loaded when they are first used, so that importing the package
costs nothing::

    from gk_xl import check, read_workbook

    for finding in check(read_workbook("年报.xlsx").filing).findings:
        print(finding.code, finding.cells, finding.message)
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # not from typing: loading that takes longer than all else until Ctrl+C is answered
if TYPE_CHECKING:
    from gk_xl.checks.catalogue import rule as explain
    from gk_xl.checks.run import check
    from gk_xl.errors import GkXlError
    from gk_xl.form.filing import Filing
    from gk_xl.form.load import edition_for, edition_ids, load_edition
    from gk_xl.report.docx import write_docx
    from gk_xl.workbook.build import build_template, build_workbook
    from gk_xl.workbook.read import read_workbook

_HOMES = {
    "Filing": "form.filing",
    "GkXlError": "errors",
    "build_template": "workbook.build",
    "build_workbook": "workbook.build",
    "check": "checks.run",
    "edition_for": "form.load",
    "edition_ids": "form.load",
    "explain": "checks.catalogue:rule",
    "load_edition": "form.load",
    "read_workbook": "workbook.read",
    "write_docx": "report.docx",
}

__all__ = [
    "Filing",
    "GkXlError",
    "build_template",
    "build_workbook",
    "check",
    "edition_for",
    "edition_ids",
    "explain",
    "load_edition",
    "read_workbook",
    "write_docx",
]


def __getattr__(name: str) -> object:
    """Return a public name, loading its module now (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'gk_xl' has no attribute {name!r}")
    module, _, attribute = _HOMES[name].partition(":")
    return getattr(import_module(f"gk_xl.{module}"), attribute or name)
