"""Another unit, kind or county on 封面 is said once, not in every sentence, and hides nothing that is wrong besides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from gk_xl.form.filing import Filing, Unit
from gk_xl.form.finding import Severity
from tests.conftest import ROOT

TEXT = (ROOT / "examples/2025_示例乡.json").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def report() -> Filing:
    """Return a right report that calls itself 我乡."""
    filing = Filing.loads(TEXT, "x")
    said = tuple(text.replace("全年办结", "我乡全年办结") for text in filing.narrative["overview"])
    return replace(filing, narrative={**filing.narrative, "overview": said})


def covered(filing: Filing, **changes: str) -> Filing:
    """Return the filing with another unit on 封面; it calls itself as its kind does."""
    return replace(filing, unit=replace(filing.unit, self_word="", **changes))


def said(filing, last=None):
    """Return the codes that are said of a filing, and the message of X-72."""
    found = [item for item in check(filing, last).findings if item.severity is not Severity.NOT_ASSESSABLE]
    return [item.code for item in found], next((item.message for item in found if item.code == "X-72"), "")


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "示例镇人民政府"},
        {"name": "示例镇人民政府", "kind": "town"},
        {"name": "白水街道办事处", "kind": "subdistrict"},
        {"kind": "town"},
        {"kind": "county_department"},
    ],
)
def test_one_slip_is_one_line(report, changes):
    assert said(report)[0] == []
    codes, message = said(covered(report, **changes))
    assert codes == ["X-72"]
    assert "条也就对了" in message


def test_what_is_wrong_besides_stays(report):
    wrong = report.with_cells({"t3.received_new.total": 99})
    codes, _ = said(covered(wrong, name="示例镇人民政府"))
    assert sorted(codes) == sorted([*said(wrong)[0], "X-72"])


def test_year_and_unit_are_two_slips(report):
    codes, _ = said(replace(covered(report, name="示例镇人民政府"), year=2019))
    assert sorted(codes) == ["X-70", "X-72"]


def test_last_years_text_is_a_witness(report):
    """Without a signature, the file of last year and the text of this one agree."""
    unsigned = replace(covered(report, name="白水镇人民政府"), signed=replace(report.signed, name=""))
    last = replace(report, year=2024, unit=Unit("示例乡人民政府", "township"))
    assert "上年数据" in said(unsigned, last)[1]
    assert said(unsigned)[1] == ""


def test_a_neighbours_text_under_ones_own_signature_is_no_slip_of_the_cover(report):
    own = replace(covered(report, name="白水乡人民政府"), signed=replace(report.signed, name="白水乡人民政府"))
    codes, _ = said(own)
    assert "X-56" in codes
    assert "X-72" not in codes


def test_a_unit_in_place_of_its_county_is_told(report):
    """Typing 示例县, LibreOffice completes it to the unit's name in the same column."""
    bureau = replace(report.unit, name="示例县卫生健康局", kind="county_department", county="示例县卫生健康局")
    signed = replace(report.signed, name=bureau.name)
    codes, message = said(replace(report, unit=bureau, signed=signed, narrative={}))
    assert "X-72" in codes
    assert "所属县（市、区）是“示例县卫生健康局”，单位名称说的是“示例县”" in message
    codes, _ = said(replace(report, unit=replace(bureau, county="示例县"), signed=signed, narrative={}))
    assert "X-72" not in codes
