"""What a year's change, a column of last year's and all that was on hand are held to; rows named by what was done."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from gk_xl.form.filing import Filing, Unit
from gk_xl.form.load import load_edition
from tests.checks.text.test_asked_for import read
from tests.checks.text.test_wording_of_offices import HEAD

BUREAU = Unit("示例县水务局", "county_department", "我局", "示例县")


def raised(text, cells, year=2025, part="overview", unit=BUREAU):
    """Return code and severity of what is found in a paragraph beside some cells, all others 0."""
    edition = "2019" if year < 2021 else "2021"
    blank = Filing.blank(year, unit)
    blank = replace(blank, edition=edition)
    table = dict.fromkeys(load_edition(edition).cells, 0) | cells
    made = replace(
        blank, cells=table, narrative={"overview": ("收到政府信息公开申请30件，予以公开30件。",), part: (text,)}
    )
    return {(one.code, str(one.severity)) for one in check(made).findings}


@pytest.mark.parametrize(
    ("said", "wrong", "code"),
    [
        ("上年我局收到申请9件，本年收到申请的数量较上年增加2件。", "上年我局收到申请9件，本年收到申请的数量较上年增加3件。", "X-41"),
        ("受理政府信息公开申请11件，其中予以公开10件，不予公开1件。", "受理政府信息公开申请11件，其中予以公开10件，无不予公开的情形。", "X-75"),
    ],
)  # fmt: skip
def test_of_applications(said, wrong, code):
    """A difference is held against this year's number, 无 against the row."""
    cells = {
        "t3.received_new.total": 11,
        "t3.outcome_total.total": 11,
        "t3.granted.total": 10,
        "t3.refused.internal.total": 1,
    }
    known = {cell: value for cell, value in cells.items() if cell in load_edition("2021").cells}
    row = next(cell.id for cell in load_edition("2021").matching("t3.refused.*.total"))
    known[row] = 1
    assert not {one for one in raised(HEAD + said, known) if one[0] == code and one[1] != "hint"}
    assert {one for one in raised(HEAD + wrong, known) if one[0] == code and one[1] != "hint"}


@pytest.mark.parametrize(
    ("said", "wrong", "code"),
    [
        ("上一年行政许可项目为36项，本年减少4项。", "上一年行政许可项目为36项，本年增加4项。", "X-75"),
        ("我局上一年有行政许可项目36项。", "我局上一年有行政许可项目37项。", "X-71"),
    ],
)
def test_of_matters(said, wrong, code):
    """Which way the matters went, and how many there were last year."""
    cells = {"t2.licence.items_prev": 36, "t2.licence.items_delta": -4}
    assert (code, "warning") not in raised(said, cells, 2020)
    assert (code, "warning") in raised(wrong, cells, 2020)


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("全年待办申请32件。", True),
        ("全年待办申请31件。", False),
        ("年末尚有待办申请32件。", False),
        ("年末待办申请0件。", True),
    ],
)
def test_all_on_hand(said, right):
    """待办 is all that came and was carried in, or what is left: where it says which, that alone."""
    cells = {
        "t3.received_new.total": 30,
        "t3.carried_in.total": 2,
        "t3.outcome_total.total": 32,
        "t3.granted.total": 32,
    }
    assert (("X-04", "error") not in raised(HEAD + said, cells)) is right


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("因第三方不同意公开且涉及其合法权益而未公开的2件。", {("outcome:refused.third_party", 2)}),
        ("逾期不补正3件，以其他方式处理2件。", {("outcome:otherwise.other", 2)}),
    ],
)
def test_rows_by_what_was_done(said, wanted):
    """未公开 behind a row that is a ground, and an ending that cases have, too."""
    assert wanted <= read(HEAD + "收到申请30件。" + said)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("新印发规范性文件1件，清理废止2件，现仍执行的有7件。", {("normative:in_force", 7)}),
        ("市政府年内公布规章2部，同时废止1部。", {("rules:issued", 2), ("rules:repealed", 1)}),
    ],
)
def test_documents(said, wanted):
    """仍执行 is in force; rules are made by being published, where some are repealed beside."""
    assert wanted <= read(said, unit=Unit("示例市人民政府", "city_government", "我市", "示例市"))


@pytest.mark.parametrize(("number", "asked"), [(30, False), (40, True)])
def test_all_of_them_in_what_is_wanting(number, asked):
    """五 speaks of the applications of the year by a number that nothing else has."""
    cells = {"t3.received_new.total": 30, "t3.outcome_total.total": 30, "t3.granted.total": 30}
    said = f"主动公开不够细，{number}件申请中有不少指向水价信息。下一步将增设专栏。"
    assert (("X-71", "hint") in raised(said, cells, part="problems")) is asked


@pytest.mark.parametrize(("writer", "right"), [("示例县人民政府办公室", True), ("示例市人民政府办公室", False)])
def test_who_wrote_the_report(writer, right):
    """A county's report is not put together by the office of a city of its name."""
    unit = Unit("示例县人民政府", "county_government", "我县", "示例县")
    found = raised(f"本报告由{writer}汇总各部门数据编制而成。", {}, part="preamble", unit=unit)
    other = raised("本报告由示例县人民政府办公室汇总各部门数据编制而成。", {}, part="preamble", unit=unit)
    assert (found == other) is right
