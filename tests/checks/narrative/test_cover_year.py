"""A wrong year on 封面 is said once, not in every paragraph, and hides nothing that is wrong besides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from gk_xl.form.filing import Filing
from gk_xl.form.finding import Severity


@pytest.fixture
def report(scenes):
    """Return a right report of 2024 whose paragraphs name their year."""
    filing = next(scene.filing for scene in scenes.scenes() if scene.name.startswith("township with some"))
    assert filing.year == 2024
    problems = ("2024年存在的主要问题：一是解读的形式比较单一；二是业务培训还不够。", filing.narrative["problems"][1])
    return replace(filing, narrative={**filing.narrative, "problems": problems})


def said(filing, last=None):
    """Return the codes that are said of a filing, once each, and the message of X-70."""
    found = [item for item in check(filing, last).findings if item.severity is not Severity.NOT_ASSESSABLE]
    return [item.code for item in found], next((item.message for item in found if item.code == "X-70"), "")


@pytest.mark.parametrize("year", [2022, 2023, 2025, 2026])
def test_one_slip_is_one_line(report, year):
    codes, message = said(replace(report, year=year))
    assert codes.count("X-70") == 1
    assert set(codes) <= {*said(report)[0], "X-70"}
    assert "另外" in message


def test_what_is_wrong_besides_stays(report):
    cells = {**report.cells, "t3.received_new.total": 99}
    right, _ = said(replace(report, cells=cells))
    codes, _ = said(replace(report, cells=cells, year=2022))
    assert right
    assert sorted(codes) == sorted([*right, "X-70"])


def test_last_year_is_a_witness(report):
    last = replace(report, year=2023)
    unsigned = replace(report, year=2022, signed=replace(report.signed, date=""))
    codes, message = said(unsigned, last)
    assert "X-70" in codes
    assert "上年数据" in message


def test_a_stale_period_alone_is_no_slip_of_the_cover(report):
    stale = tuple(
        text.replace("2024年1月1日", "2023年1月1日").replace("2024年12月31日", "2023年12月31日")
        for text in report.narrative["preamble"]
    )
    codes, _ = said(replace(report, narrative={**report.narrative, "preamble": stale}))
    assert "X-17" in codes
    assert "X-70" not in codes


@pytest.mark.parametrize(
    ("stated", "offered"),
    [
        ("自2025年1月1日起至2025年12月28日止", "“2025年1月1日起至2025年12月28日”改为“2025年1月1日起至2025年12月31日”"),
        ("自2025年1月2日至12月31日止", "“2025年1月2日至12月31日”改为“2025年1月1日至12月31日”"),
        ("自2025年2月1日起至2025年11月30日止", ""),
    ],
)
def test_one_wrong_day_of_the_period_has_one_answer(stated, offered):
    """The other end and the year are the report's: the day is offered. Where more is wrong, nothing is."""
    filing = Filing.blank(2025)
    text = {"preamble": (f"本报告中所列数据的统计期限{stated}。",)}
    (found,) = [f for f in check(replace(filing, narrative=text)).findings if f.code == "X-17"]
    assert (found.rewrite.said if found.rewrite else "") == offered
