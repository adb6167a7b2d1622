"""What officials write of 表二 in other words: matters of the older form, documents, charges, decisions; own sentences.

Each text is right of the cells beside it, and every one of them, changed, is noticed.
"""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from gk_xl import Filing, load_edition
from gk_xl.checks.run import check

SPEAKING = {"X-07", "X-09", "X-10", "X-11", "X-36", "X-37", "X-39", "X-42", "X-71", "X-74", "X-75"}
YEARS = {"2019": 2020, "2021": 2024}


def filing(edition, text, cells):
    """Return a bureau's report with one paragraph and some cells; all others hold 0."""
    return Filing.loads(json.dumps({
        "edition": edition, "year": YEARS[edition],
        "unit": {"name": "示例县水利局", "kind": "county_department", "self": "我局", "county": "示例县"},
        "cells": dict.fromkeys(load_edition(edition).cells, 0) | {f"t2.{cell}": value for cell, value in cells.items()},
        "narrative": {"overview": [text]},
    }, ensure_ascii=False))  # fmt: skip


def heard(told):
    """Return the codes of the rules of the text that speak."""
    return {item.code for item in check(told).findings} & SPEAKING


def holds(edition, text, cells):
    """Assert that a text is right of some cells, and that each of them, changed, is noticed."""
    told = filing(edition, text, cells)
    assert not heard(told)
    for cell, value in cells.items():
        changed = replace(told, cells={**told.cells, f"t2.{cell}": value + 3})
        assert heard(changed), cell


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("许可事项去年31项，今年核减4项，现有27项，办结许可612件。", {"licence.items_prev": 31, "licence.items_delta": -4, "licence.decisions": 612}),
        ("处罚事项上年120项，调增18项，办结处罚案件237起。", {"penalty.items_prev": 120, "penalty.items_delta": 18, "penalty.decisions": 237}),
        ("行政处罚事项调增18项，调减2项，处罚决定237件。", {"penalty.items_delta": 16, "penalty.decisions": 237}),
        ("54项处罚事项与上一年度一样，全年下达处罚决定31件。", {"penalty.items_prev": 54, "penalty.items_delta": 0, "penalty.decisions": 31}),
        ("处罚项目由61项增加到63项，当年处罚18件。", {"penalty.items_prev": 61, "penalty.items_delta": 2, "penalty.decisions": 18}),
        ("许可事项6项，同去年一样。", {"licence.items_prev": 6, "licence.items_delta": 0}),
        ("许可事项6项，较上年没有变化，办结95件。", {"licence.items_prev": 6, "licence.items_delta": 0, "licence.decisions": 95}),
        ("行政处罚事项稳定在214项，处罚决定68件。", {"penalty.items_prev": 214, "penalty.items_delta": 0, "penalty.decisions": 68}),
        ("行政处罚事项15项，本年度未增未减，处理决定3件。", {"penalty.items_prev": 15, "penalty.items_delta": 0, "penalty.decisions": 3}),
        ("行政处罚事项15项，年内无新增和取消。", {"penalty.items_prev": 15, "penalty.items_delta": 0}),
        ("行政许可原为17项，今年承接下放1项。", {"licence.items_prev": 17, "licence.items_delta": 1}),
        ("收费项目2项，与上年一致。", {"admin_fee.items_prev": 2, "admin_fee.items_delta": 0}),
        ("行政事业性收费仍是3项。", {"admin_fee.items_prev": 3, "admin_fee.items_delta": 0}),
    ],
)  # fmt: skip
def test_matters_of_the_older_form(text, cells):
    """Last year's, this year's more or fewer, what was decided: short names, and every word for no change."""
    holds("2019", text, cells)


@pytest.mark.parametrize(
    "text",
    [
        "公布许可事项26项，办理95件。",
        "政务大厅进驻许可事项26项、服务事项41项。",
        "行政处罚12件，许可事项全程网办。",
        "行政许可11项，其中9项即办。",
        "行政强制事项1项，仍有1项未公开。",
        "公开医院收费项目42项。",
        "行政许可8件，规范中介收费金额20万元。",
    ],
)
def test_other_matters_are_left_alone(text):
    """What was published, is offered at a counter, or is others'."""
    cells = {"licence.items_prev": 9, "licence.items_delta": 2, "licence.decisions": 8, "penalty.decisions": 12}
    assert not heard(filing("2019", text, {**cells, "compulsion.items_prev": 1}))
