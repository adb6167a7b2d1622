"""Clicks on the buttons in Excel's double, after which what must always hold is asked."""

from __future__ import annotations

from dataclasses import replace

from gk_xl.form.filing import Filing
from gk_xl.workbook.layout import RESULTS, RESULTS_FIRST
from tests.addin.excel.conftest import EXAMPLES, sheet
from tests.doubles.excel.com import IGNORED, REJECTED

FEE = "t2.admin_fee.amount"
OTHER_WAYS = ((REJECTED, False), (IGNORED, True), (IGNORED, False))
WRITING = ("check", "accept_proposal", "fill_totals", "fill_zeros", "load_last_year", "clear_marks")
CURRENCIES = (
    '"¥"#,##0.00',
    "[$￥-804]#,##0.00",
    '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ',
    "_ * #,##0.00_ ;_ * -#,##0.00_ ",
)
ODD = ("2-3", "（5）", "￥8", "5％", "１２", "1e3", "TRUE", "2025年3月", "=1+1", "#N/A", "'5", "3:20", "二", "十二件")
"""Texts that Excel would take for something else, were they typed."""
NO = 7  # what a message box returns for 否


def click_well(excel, book, name) -> str:
    """Click a button; what must always hold afterwards holds."""
    said = excel.click(book, name)
    assert "程序内部出错" not in said
    assert all(item.grid.protected for item in book.sheets)
    assert book.app.screen
    return said


def last_year(excel) -> str:
    """Return the file of last year's report, every number 3."""
    filing = Filing.loads((EXAMPLES / "2025_示例乡.json").read_text("utf-8"))
    path = excel.folder / "去年.json"
    path.write_text(replace(filing, year=2024, cells=dict.fromkeys(filing.cells, 3)).dumps(), "utf-8")
    return str(path)


def press_all(excel, book) -> list[str]:
    """Check, take up the first proposal, fill, load, undo, export, clear: return what was said."""
    excel.choices = [last_year(excel)]
    said = [click_well(excel, book, "check")]
    excel.select(sheet(book, RESULTS).call_Range(f"B{RESULTS_FIRST}:B{RESULTS_FIRST + 20}"))
    said.append(click_well(excel, book, "accept_proposal"))
    said.append(click_well(excel, book, "undo"))
    return said + [
        click_well(excel, book, name)
        for name in (
            "fill_totals",
            "fill_zeros",
            "load_last_year",
            "undo",
            "export_report",
            "check",
            "clear_marks",
            "about",
        )
    ]
