"""The ONE program behind every button: what a click does to a workbook, in Excel, in LibreOffice, in a closed file.

Each button is a function of an open workbook that does its work in one step and returns one Chinese sentence; what
keeps it from working is a :class:`gk_xl.errors.GkXlError` whose text says what to do, and the workbook is as it was.
Questions go to ``ask`` (a text → yes or no; a message box of the application when none is given).

The workbook is an ``xlwings.Book``. Only a small part of xlwings' object model is used: books, sheets, ranges with
``value``, ``formula``, ``note``, looks and links, names, selection, alert. LibreOffice's own Python has no xlwings; there
:mod:`gk_xl.engines.face` gives the same engine objects the same face, so this package, like the checks, imports
the standard library only. What needs more (writing Word, reading a published report) is handed in by the host as
``write``, ``take``, ``receive`` and ``mend``; by default it is done in process.
"""

from __future__ import annotations

from gk_xl.addin.buttons.county import return_marked, summarise
from gk_xl.addin.buttons.filling import accept_all, accept_proposal, fill_totals, fill_zeros
from gk_xl.addin.buttons.importing import import_report
from gk_xl.addin.buttons.last_year import load_last_year
from gk_xl.addin.buttons.ledger import take_ledger
from gk_xl.addin.buttons.marking import check, clear_marks
from gk_xl.addin.buttons.repairing import repair
from gk_xl.addin.buttons.reporting import about, export_report
from gk_xl.addin.buttons.signing import make_slip
from gk_xl.addin.buttons.walking import LEADING, led, next_finding, previous_finding
from gk_xl.addin.edit import undo

LABELS = {
    "import_report": "导入报告",
    "load_last_year": "载入上年",
    "take_ledger": "台账汇入",
    "fill_totals": "合计",
    "fill_zeros": "一键补零",
    "check": "校验",
    "next_finding": "下一处",
    "previous_finding": "上一处",
    "accept_proposal": "采纳建议",
    "accept_all": "全部采纳",
    "make_slip": "报送单",
    "export_report": "导出报告",
    "clear_marks": "清除标记",
    "repair": "修复",
    "summarise": "汇总",
    "return_marked": "退回单",
    "about": "关于",
}
"""What stands on each button, in the order of the work."""

__all__ = [
    "LABELS",
    "LEADING",
    "about",
    "accept_all",
    "accept_proposal",
    "check",
    "clear_marks",
    "export_report",
    "fill_totals",
    "fill_zeros",
    "import_report",
    "led",
    "load_last_year",
    "make_slip",
    "next_finding",
    "previous_finding",
    "repair",
    "return_marked",
    "summarise",
    "take_ledger",
    "undo",
]
