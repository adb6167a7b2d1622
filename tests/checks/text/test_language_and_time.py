"""Slips of language, of numbers to call by and of time, each wrong beside right: own sentences."""

from __future__ import annotations

import pytest

from tests.checks.text.test_kinds import codes


@pytest.mark.parametrize(
    ("code", "part", "wrong", "right"),
    [
        ("X-61", "problems", "栏目更新慢。今后将指导各村及时。", "栏目更新慢。今后将指导各村及时更新。"),
        (
            "X-61",
            "problems",
            "栏目更新慢。今后由专人巡查，确保内容准确和。",
            "栏目更新慢。今后由专人巡查，确保内容总和。",
        ),
        ("X-61", "overview", "有关意见由办公室汇总后，向。", "公示了资金的使用方向。"),
        ("X-26", "overview", "我乡d公开栏每月更新。", "我乡e企通专栏、K线图每月更新。"),
        ("X-26", "overview", "我乡公开hn栏每月更新。", "我乡公开栏“乡事tong知道”每月更新，距县城30km处。"),
        ("X-33", "preamble", "请与乡党政办联系，电话0792-334120。", "请与乡党政办联系，电话0792-3341208。"),
        ("X-33", "preamble", "请与乡党政办联系，邮编3328。", "请与乡党政办联系，邮编332800。"),
        ("X-25", "problems", "不足：一是更新慢；一是解读少。", "不足：一是更新慢；二是解读少。"),
        ("X-63", "other_matters", "无其他事项，针对上述不足，今后将加强培训。", "无其他事项。"),
    ],
)
def test_a_slip_is_a_warning_or_more(code, part, wrong, right):
    """And beside what is right nothing is said."""
    assert codes(wrong, part).get(code) in ("warning", "error")
    assert code not in codes(right, part)
