"""Short and free ways of counting: books kept by one word each, matters of the older form, one application alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from gk_xl.form.filing import Unit
from gk_xl.form.load import load_edition
from tests.checks.text.test_kinds import BUREAU, codes
from tests.checks.text.test_rewriting import filing

HEARD = {"X-03", "X-04", "X-05", "X-06", "X-07", "X-09", "X-71", "X-74", "X-75"}
NEW, IN, OUT, DONE = (f"t3.{row}.total" for row in ("received_new", "carried_in", "carried_out", "outcome_total"))
GRANTED, HELD, UNCLEAR = "t3.granted.total", "t3.unavailable.not_held.total", "t3.unavailable.unclear.total"
CAME = {NEW: 20, DONE: 20, GRANTED: 20}
ZONE = Unit("松陵临港产业园管理委员会", "development_zone", "我委", "云溪市")


def heard(told, cells, edition="2021"):
    blank = dict.fromkeys(load_edition(edition).cells, 0)
    found = check(replace(told, edition=edition, cells=blank | cells)).findings
    return {(item.code, item.message) for item in found if item.code in HEARD}


def told(text, edition="2021", unit=BUREAU):
    year = 2020 if edition == "2019" else 2024
    made = replace(filing(text, "overview"), edition=edition, year=year, unit=unit)
    return replace(made, signed=replace(made.signed, name=unit.name))


@pytest.mark.parametrize(
    ("text", "right", "beside"),
    [
        ("依申请公开，收9件、结7件、转2件。", {NEW: 9, DONE: 7, OUT: 2}, {GRANTED: 7}),
        ("收到公开申请4件，4件全部予以公开，未结转下年。", {NEW: 4, GRANTED: 4, OUT: 0}, {DONE: 4}),
        ("收到公开申请3件，其中2件本机关没有，1件予以公开。", {NEW: 3, HELD: 2, GRANTED: 1}, {DONE: 3}),
        (
            "收到公开申请5件，予以公开3件，另2件分别因本机关不掌握、补正后内容仍不明确未能提供。",
            {NEW: 5, GRANTED: 3, HELD: 1, UNCLEAR: 1},
            {DONE: 5},
        ),
        ("收到申请共4件。其中：公开3件，不掌握1件。", {NEW: 4, GRANTED: 3, HELD: 1}, {DONE: 4}),
        ("当年收件9件；上年转入1件；当年办结8件；转入下年2件。", {NEW: 9, IN: 1, DONE: 8, OUT: 2}, {GRANTED: 8}),
        (
            "新收申请7件。其中公开4件，不掌握2件，以上共6件；另有1件结转下年度。",
            {NEW: 7, DONE: 6, OUT: 1, GRANTED: 4, HELD: 2},
            {},
        ),
        ("全年只收到1件申请，经检索我局不掌握相关信息，已书面告知。", {NEW: 1, HELD: 1}, {DONE: 1}),
        ("上年结转的2件已于1月办结，新收申请3件，年末无结转。", {NEW: 3, IN: 2, OUT: 0}, {DONE: 5, GRANTED: 5}),
        ("全年零申请、零结转。", {NEW: 0, IN: 0, OUT: 0}, {}),
        (
            "公示执法决定30件，其中行政许可决定26件、行政处罚决定4件。",
            {"t2.licence.decisions": 26, "t2.penalty.decisions": 4},
            {},
        ),
        ("作出行政许可9件，无行政事业性收费。", {"t2.licence.decisions": 9, "t2.admin_fee.amount": 0}, {}),
        (
            "行政复议：总计6件，结果维持6件。",
            {"t4.reconsideration.total": 6, "t4.reconsideration.upheld": 6},
            CAME,
        ),
        (
            "因政府信息公开被申请行政复议8件，除3件尚未审结外，其余5件全部维持。",
            {"t4.reconsideration.total": 8, "t4.reconsideration.pending": 3, "t4.reconsideration.upheld": 5},
            CAME,
        ),
        ("新收申请9件，按信访举报投诉类不予处理的多达6件。", {NEW: 9, "t3.not_processed.petition.total": 6}, {DONE: 9}),
        (
            "收到公开申请5件，因危及“三安全一稳定”不予公开2件，予以公开3件。",
            {NEW: 5, "t3.refused.security_stability.total": 2, GRANTED: 3},
            {DONE: 5},
        ),
        (
            "收到公开申请6件，予以公开4件；2件信息不存在，告知申请人本机关不掌握。",
            {NEW: 6, GRANTED: 4, HELD: 2},
            {DONE: 6},
        ),
        ("作出行政许可9件；收费金额合计456.08万元。", {"t2.licence.decisions": 9, "t2.admin_fee.amount": 456.08}, {}),
        ("我局行政规范性文件由42件减至37件。", {"t2.normative_doc.in_force": 37}, {}),
    ],
)
def test_the_right_table_is_left_alone_and_another_is_not(text, right, beside):
    """Of each cell that the text gives, seven more are heard of."""
    assert not heard(told(text), right | beside)
    for cell, value in right.items():
        assert heard(told(text), {**right, **beside, cell: value + 7}), cell


@pytest.mark.parametrize(
    "text",
    [
        "热线工单收9件、办7件、转2件。",
        "无新增行政事业性收费项目。",
        "制发行政规范性文件由上年的8件减至5件，原因是清理。",
        "收到政府信息公开申请20件，其中2件分别因本机关不掌握、不属于职责范围无法提供。",
        "全年公示行政处罚12件、行政许可231件，均在规定时限内完成。",
        "公开政府信息90条，其中行政许可26件、行政处罚3件。",
        "有1件申请需要征求第三方意见，第三方表示同意公开。",
        "其中1件申请因信息不存在无法提供，1件因不属于本机关掌握无法提供。",
        "局机关有3人从事行政复议工作。",
        "办理老年证申请15件。下一步做好政府信息公开。",
    ],
)
def test_what_is_something_else_is_left_alone(text):
    """Other papers, entries on decisions, one case of many, people."""
    cells = {NEW: 20, DONE: 20, GRANTED: 17, HELD: 3, "t2.licence.decisions": 40, "t2.penalty.decisions": 5}
    cells |= {"t4.reconsideration.total": 2, "t4.reconsideration.upheld": 2, "t2.admin_fee.amount": 3}
    cells |= {"t2.normative_doc.issued": 5, "t2.normative_doc.in_force": 40, HELD: 2, GRANTED: 18}
    assert not heard(told(text), cells)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("其他对外管理服务事项上年21项，今年取消3项，办理408件。", {"other_service": (21, -3, 408)}),
        ("行政许可5项，与上年相同，作出决定34件。", {"licence": (5, 0, 34)}),
        ("行政许可事项从16项减至12项，作出许可决定487件。", {"licence": (16, -4, 487)}),
        ("其他对外管理服务事项由12项增加2项，办理6208件。", {"other_service": (12, 2, 6208)}),
        ("行政强制事项上年8项，本年没有增减，作出行政强制决定5件。", {"compulsion": (8, 0, 5)}),
    ],
)
def test_matters_of_the_older_form(text, right):
    """How many there were, how many more or fewer, what was decided on them."""
    columns = ("items_prev", "items_delta", "decisions")
    cells = {
        f"t2.{row}.{column}": value for row, some in right.items() for column, value in zip(columns, some, strict=True)
    }
    assert not heard(told(text, "2019"), cells, "2019")
    for cell, value in cells.items():
        assert heard(told(text, "2019"), {**cells, cell: value + 50}, "2019"), cell


def test_a_zone_calls_itself_so():
    """开发区全年作出 in the report of its 管委会 is its own number."""
    text = "受市级部门委托，产业园全年作出行政许可决定34件。"
    assert heard(told(text, unit=ZONE), {"t2.licence.decisions": 38})
    assert not heard(told(text, unit=ZONE), {"t2.licence.decisions": 34})


def test_a_month_of_what_made_them_many():
    """由于12月集中收到 is no period of what is carried over."""
    assert "X-04" in codes("政府信息公开申请方面，由于12月集中收到，结转下年6件。", **{OUT: 5, NEW: 9})


def test_yuan_without_wan():
    """Seven digits before 元 are no telephone number."""
    text = "收取行政事业性收费3189000元。"
    assert heard(told(text), {"t2.admin_fee.amount": 31.89})
    assert not heard(told(text), {"t2.admin_fee.amount": 318.9})
