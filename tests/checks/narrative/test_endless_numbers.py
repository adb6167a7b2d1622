"""Texts with numbers that are none."""

from __future__ import annotations

import pytest

from gk_xl.checks.run import check
from gk_xl.form.filing import Filing
from gk_xl.form.load import load_edition


@pytest.mark.parametrize("digits", [400, 5000])
def test_more_digits_than_a_number_has_are_no_number(digits):
    """Nothing is reckoned with them, in no kind of sentence."""
    edition = load_edition("2021")
    big = "9" * digits
    texts = tuple(text.format(big) for text in (
        "新收政府信息公开申请{0}件，其中自然人{0}件，法人1件。", "制发规范性文件{0}件。", "收取信息处理费{0}万元。", "占{0}%。",
        "{0}年1月1日起施行。", "同比增长{0}%，由{0}件增至{0}件。", "{0}.5万元",
    ))  # fmt: skip
    filing = Filing(
        "2021", 2025, cells=dict.fromkeys(edition.cells, 0), narrative={"overview": texts, "problems": texts}
    )
    assert not any(
        big in str((finding.left, finding.right, finding.proposal)) for finding in check(filing, filing).findings
    )
