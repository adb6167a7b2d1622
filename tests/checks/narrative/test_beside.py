"""A number that contradicts its cell and stands in the cell beside: asked about, not accused, for it may mean that one."""

from __future__ import annotations

import pytest

from gk_xl.checks.run import check
from tests.checks.narrative.test_grammar import filing_with

DOCUMENTS = {"t2.normative_doc.made": 2, "t2.normative_doc.newly_disclosed": 2, "t2.normative_doc.disclosed_total": 7}
SUITS = {
    "t4.suit_direct.corrected": 1, "t4.suit_direct.total": 17, "t4.suit_after.corrected": 0, "t4.suit_after.total": 10,
    "t4.reconsideration.corrected": 2, "t4.reconsideration.total": 5,
}  # fmt: skip
RESULTS = {"t3.granted.total": 4, "t3.partial.total": 3, "t3.unavailable.not_held.total": 0}


@pytest.mark.parametrize(
    ("text", "cells", "year", "code", "severity"),
    [
        ("本年新公开规范性文件7件。", DOCUMENTS, 2019, "X-09", "warning"),
        ("本年新公开规范性文件8件。", DOCUMENTS, 2019, "X-09", "error"),
        ("本年制作规范性文件7件。", DOCUMENTS, 2019, "X-09", "warning"),
        ("复议后起诉的10件中，结果纠正1件。", SUITS, 2024, "X-06", "warning"),
        ("复议后起诉的10件中，结果纠正3件。", SUITS, 2024, "X-06", "error"),
        ("行政复议结果纠正1件。", SUITS, 2024, "X-06", "warning"),
        ("答复申请时予以公开3件。", RESULTS, 2024, "X-05", "warning"),
        ("答复申请时予以公开5件。", RESULTS, 2024, "X-05", "error"),
        ("答复申请时予以公开3件，部分公开3件。", RESULTS, 2024, "X-05", "error"),
        ("行政复议5件，复议后起诉5件。", SUITS, 2024, "X-06", "error"),
    ],
)
def test_what_stands_beside_is_asked_about(text, cells, year, code, severity):
    """It names the cell beside; a total of another kind of case is none, nor a cell that the text gives itself."""
    filing = filing_with(text, year=year)
    (found,) = [item for item in check(filing.with_cells(cells)).findings if item.code == code]
    assert found.severity.value == severity
    assert ("的相同，说的如果是那一格，请把文字写清楚" in found.message) is (severity == "warning")
