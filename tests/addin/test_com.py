"""What is handed to Excel so that it stays what it is."""

from __future__ import annotations

import pytest

from gk_xl.addin.com import storable
from gk_xl.engines.core.values import CellError
from tests.doubles.excel.grid import Cell

TEXTS = (
    "12", "１２", "1,234.5", "(5)", "（5）", "50%", "５％", "￥8", "$8", ".5", "-3", "1e3", "TRUE", "false", "#N/A", "=1+1", "+86",
    "@甲", "＝甲", "'5", "3:20", "上午9:00", "2-3", "1/2", "2025-1-1", "2025年1月1日", "3月5日", "2025年3月", "十二件", "2件",
    "（一）主动公开。公开本级财政预算。", "一是信息更新不及时。", "2025年，我乡新收申请3件。", "T3-01", "无", " 12 ",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_stays_a_text(text):
    """Whatever Excel would make of it, were it typed."""
    cell = Cell()
    cell.enter(storable(text))
    assert (cell.value, cell.formula) == (text, "")


@pytest.mark.parametrize(
    "text", ["（一）主动公开。", "一是信息更新不及时。", "2025年，我乡新收申请3件。", "十二件", "无"]
)
def test_what_is_surely_a_text_needs_no_apostrophe(text):
    """The clerk sees no mark before a sentence in the formula bar."""
    assert storable(text) == text


@pytest.mark.parametrize(
    ("value", "kept"),
    [(None, None), (3, 3), (2**31, 2.0**31), (True, True), (2.5, 2.5), (CellError("#N/A"), "#N/A"), ("", "")],
)
def test_other_values_go_as_com_takes_them(value, kept):
    """Long integers as floats, error values by their names, the rest as it is."""
    assert storable(value) == kept
    assert type(storable(value)) is type(kept)
