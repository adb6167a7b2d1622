"""The two published reports that the project was given: every fault that a rule covers, and nothing false."""

from __future__ import annotations

from pathlib import Path

import pytest

from gk_xl.checks.run import check
from gk_xl.form.finding import Severity

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
HANDONG, TONGJIANG = "000_24f5c9f1b4e8e6e7.txt", "004_823258b7bce19c4d.txt"


def findings_of(name, scenes):
    text = pytest.importorskip("gk_xl.sources.text")
    path = SEEDS / name
    if not path.exists():
        pytest.skip("the published reports are not here")
    filing = text.import_text(path.read_text(encoding="utf-8"), name).filing
    own = scenes.catalogue()
    return [
        finding
        for finding in check(filing).findings
        if own[finding.code].file in scenes.OWN_FILES and finding.severity is not Severity.NOT_ASSESSABLE
    ]


def test_handong(scenes):
    """Period to 28 December, old outline, 全局 and 我镇 in a 乡, signed on 3 February, marks, numbering, answers praised."""
    found = findings_of(HANDONG, scenes)
    assert sorted((finding.code, finding.severity.value) for finding in found) == [
        ("X-07", "warning"),
        ("X-13", "hint"),
        ("X-15", "hint"),
        ("X-16", "warning"),
        ("X-17", "error"),
        ("X-18", "warning"),
        ("X-19", "error"),
        ("X-19", "error"),
        ("X-23", "warning"),
        ("X-25", "warning"),
        ("X-26", "warning"),
        ("X-26", "warning"),
        ("X-29", "hint"),
    ]
    said = "\n".join(finding.message for finding in found)
    for words in (
        "没有写：政府信息公开平台建设，没有单列标题：主动公开、依申请公开、政府信息管理",
        "2020-12-28",
        "全局",
        "我镇",
        "2021年2月3日",
        "“。、”",
        "半角“,”",
        "（二）",
        "概述",
        "时效性",
    ):
        assert words in said
    quoted = {finding.code for finding in found if "顺利开展" in (finding.excerpt or "")}
    assert quoted == {"X-07", "X-19"}


def test_tongjiang(scenes):
    """Three of the five parts and the period missing, this year's accounts, no signature, a problem left unanswered."""
    found = findings_of(TONGJIANG, scenes)
    assert sorted((finding.code, finding.severity.value) for finding in found) == [
        ("X-13", "hint"),
        ("X-15", "hint"),
        ("X-17", "warning"),
        ("X-22", "warning"),
        ("X-24", "warning"),
    ]
    said = "\n".join(finding.message for finding in found)
    for words in (
        "没有写：政府信息管理，没有单列标题：政府信息公开平台建设、监督保障",
        "没有写统计期限",
        "2019 年决算",
        "单位名称和成文日期",
    ):
        assert words in said
