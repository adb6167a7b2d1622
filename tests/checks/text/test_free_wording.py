"""Numbers told in free wording are read of the right cell; what sounds alike is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from gk_xl.form.filing import Unit
from gk_xl.form.load import load_edition
from tests.checks.text.test_kinds import BUREAU, codes
from tests.checks.text.test_rewriting import filing

MANAGEMENT = Unit("云溪市城市管理局", "city_department", "我局", "云溪市")
ZONE = Unit("松陵临港产业园管理委员会", "development_zone", "我委", "云溪市")
BANNER = Unit("赛汗旗人民政府", "county_government", "全旗", "赛汗旗")
HEARD = {"X-03", "X-04", "X-05", "X-06", "X-09", "X-71", "X-75"}
NEW, DONE = "t3.received_new.total", "t3.outcome_total.total"


@pytest.mark.parametrize(
    ("text", "cell", "value", "unit"),
    [
        ("政府信息公开申请工作：市城管局全年收到申请23件，办结23件。", NEW, 23, MANAGEMENT),
        ("政府信息公开：县政府综合执法局的投诉9件由该局办理；园区管委会收到信息公开申请14件。", NEW, 14, ZONE),
        ("旗人民政府办理代表建议62件；政府信息公开行政复议5件。", "t4.reconsideration.total", 5, BANNER),
        ("全县医院23家；我局现行有效行政规范性文件7件。", "t2.normative_doc.in_force", 7, BUREAU),
        ("第三方评估得分由2024年的86.7分提升到89.2分；收到信息公开申请12件。", NEW, 12, None),
        ("政府信息公开申请方面，收到的13件申请中有2件逾期。", NEW, 13, None),
        ("新收15件中有8件属于查档。", NEW, 15, None),
        ("政府信息公开申请中，来自律所2件，占新收总数16件的八分之一。", NEW, 16, None),
        ("政府信息公开申请中，不掌握3件，占全部答复12件的四分之一。", DONE, 12, None),
        ("制发行政规范性文件6件。全年新收35件申请，均已答复。", NEW, 35, None),
        ("结转下年度3件，均为跨部门信息。", "t3.carried_out.total", 3, None),
        ("不掌握答复94件，占比偏高。", "t3.unavailable.not_held.total", 94, None),
        ("政府信息公开申请中，无法提供（本机关不掌握）10件。", "t3.unavailable.not_held.total", 10, None),
        ("政府信息公开申请中，收到的重复申请2件，依法不予处理。", "t3.not_processed.duplicate.total", 2, None),
        ("政府信息公开申请中，予以公开的9件多为林地审批文件。", "t3.granted.total", 9, None),
        ("制发《集市管理规定》等2件行政规范性文件。", "t2.normative_doc.issued", 2, None),
        ("现行有效行政规范性文件7件，其中本年制发2件。", "t2.normative_doc.issued", 2, None),
        (
            "因政府信息公开被申请行政复议18件，比上年少3件。结果维持10件，结果纠正8件。",
            "t4.reconsideration.upheld",
            10,
            None,
        ),
        ("因政府信息公开的行政复议中，1件被责令重新答复。", "t4.reconsideration.corrected", 1, None),
        ("政府信息公开申请中，2件要查阅卷宗，属行政执法案卷，均未提供。", "t3.refused.enforcement_file.total", 2, None),
        ("政府集中采购共4个项目，采购总金额20万元。", "t2.procurement.projects", 4, None),
    ],
)
def test_the_number_is_held_against_its_cell(text, cell, value, unit):
    """The right number brings nothing; two more in the table does."""
    edition = "2019" if "procurement" in cell else "2021"
    told = filing(text, "overview")
    blank = dict.fromkeys(load_edition(edition).cells, 0)
    if edition == "2019":
        told = replace(told, edition="2019", year=2020)
    if unit is not None:
        told = replace(told, unit=unit, signed=replace(told.signed, name=unit.name))
    wide = {cell: value + 2, "t2.procurement.amount": 20} if edition == "2019" else {cell: value + 2}

    def heard(cells):
        found = check(replace(told, cells=blank | cells)).findings
        return {(item.code, item.message) for item in found if item.code in HEARD}

    assert heard(wide) - heard({**wide, cell: value})


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("X-05", "收到信访举报投诉49件，答复49件，其中转为依申请公开0件。"),
        ("X-05", "收到居民来信8封，答复8封。"),
        ("X-05", "答复申请人时，因涉及第三方不予公开2件以外的情形均说明了理由。"),
        ("X-75", "为居民办理公租房申请84件、老年证申请156件。"),
        ("X-03", "县司法局全年收到申请15件，本乡没有。"),
        ("X-75", "收到政府信息公开申请5件，其中1件因涉及他人，征求意见后部分公开。"),
        ("X-09", "行政许可工作平稳，信访事项办理340件。"),
        ("X-09", "行政许可事项7项，收到的处理决定由专人归档64件。"),
    ],
)
def test_what_sounds_alike_is_left_alone(code, text):
    """Other matters, other organs."""
    assert code not in codes(text)


def test_matters_of_the_older_form_are_read_by_last_year_and_change():
    """行政许可上年17项，增加3项，处理决定389件: three columns of the form that asks for them."""
    text = "行政许可上年17项，增加3项，处理决定389件；行政处罚上年85项，减少2项，处理决定21件。"
    right = {
        "t2.licence.items_prev": 17, "t2.licence.items_delta": 3, "t2.licence.decisions": 389,
        "t2.penalty.items_prev": 85, "t2.penalty.items_delta": -2, "t2.penalty.decisions": 21,
    }  # fmt: skip
    blank = dict.fromkeys(load_edition("2019").cells, 0)
    told = replace(filing(text, "overview"), edition="2019", year=2020)

    def heard(cells):
        return [item.code for item in check(replace(told, cells=blank | cells)).findings if item.code in HEARD]

    assert not heard(right)
    for cell, value in right.items():
        assert heard({**right, cell: value + 7}), cell


@pytest.mark.parametrize(
    ("code", "part", "wrong", "right"),
    [
        ("X-10", "overview", "编印公报6期，每期800册，共4600册。", "编印公报6期，每期800册，共4800册。"),
        ("X-10", "overview", "公开栏更换内容4次，每半年一次。", "公开栏更换内容4次，每季度一次。"),
        ("X-10", "overview", "采购金额284530.6万元，约合2.85亿元。", "采购金额284530.6万元，约合28.45亿元。"),
        ("X-10", "overview", "申请涉及征收的38件，占49.6%；其他7件。", "申请涉及征收的38件，占46.9%；其他7件。"),
        ("X-10", "problems", "在审结的56件案件中，纠正9件，占14.8%。", "在审结的56件案件中，纠正9件，占16.1%。"),
        ("X-10", "overview", "新收申请54件，同比减少10件，增长15.6%。", "新收申请54件，同比减少10件，下降15.6%。"),
        (
            "X-10", "overview", "公开信息27条，其中预决算2条、人事1条、动态26条；公开栏更换4次。",
            "公开信息27条，其中预决算2条、人事1条、动态24条；公开栏更换4次。",
        ),
        ("X-10", "overview", "用汉语、傣语、佤语四种语言录制广播。", "用汉语、傣语、佤语三种语言录制广播。"),
        ("X-62", "problems", "征求义见不够充分。", "征求意见不够充分。"),
        ("X-62", "problems", "档案数剧没有更新。", "档案数据没有更新。"),
        ("X-32", "overview", "新收申请81件，较2025年的66件上升22.7%。", "新收申请81件，较2024年的66件上升22.7%。"),
        ("X-32", "problems", "更新慢。2024年打算把公开列入考核。", "更新慢。2026年打算把公开列入考核。"),
        ("X-32", "overview", "新收申请9件，结转2025年继续办理8件。", "新收申请9件，结转2026年继续办理8件。"),
    ],
)  # fmt: skip
def test_numbers_and_years_that_contradict_themselves(code, part, wrong, right):
    """Each is accused where it is wrong, and left alone where it is right."""
    assert code in codes(wrong, part)
    assert code not in codes(right, part)


def test_one_kind_of_applicants_that_the_table_does_not_have():
    """受理商业企业提出的申请2件 beside two of 自然人."""
    cells = {NEW: 2, "t3.received_new.natural_person": 2}
    told = "受理{}提出的政府信息公开申请2件。"
    assert "X-71" in codes(told.format("商业企业"), **cells)
    assert not {"X-71", "X-75"} & set(codes(told.format("自然人"), **cells))


def test_every_one_is_counted_by_a_number_with_all_of_them():
    """13件申请全由自然人提出; 66件已全部办结, behind what came this year and what was carried over."""
    cells = {NEW: 13, "t3.received_new.natural_person": 13, DONE: 13}
    told = "政府信息公开申请方面，13件申请全由自然人提出。"
    assert not HEARD & set(codes(told, **cells))
    assert HEARD & set(codes(told, **{**cells, NEW: 15}))
    cells = {NEW: 64, "t3.carried_in.total": 2, DONE: 66}
    told = "政府信息公开申请新收64件、上年结转2件，66件已全部办结。"
    assert not HEARD & set(codes(told, **cells))
    assert HEARD & set(codes(told, **{**cells, DONE: 68}))


def test_a_centre_does_not_call_itself_a_bureau():
    """我局 in the report of 交易中心."""
    centre = Unit("云溪市公共资源交易中心", "institution", "我中心", "云溪市")
    assert "X-19" in codes("我局全年组织交易项目1126个。", unit=centre)
    assert "X-19" not in codes("我中心全年组织交易项目1126个。", unit=centre)
    survey = Unit("云溪县地质调查局", "institution", "我局", "云溪县")
    assert "X-19" not in codes("我局全年组织培训16次。", unit=survey)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("X-03", "2023年、2024年、2025年，我乡分别收到公开申请1件、5件、3件。"),
        ("X-03", "新收申请6件：自然人4件，商业企业2件。上年结转2件：自然人1件，商业企业1件。"),
        ("X-38", "新收申请6件，其中自然人4件，商业企业2件，2024年结转2件，应办结8件。"),
        ("X-08", "有6件申请被申请行政复议，2件经复议后又诉至法院，没有申请人绕过复议直接起诉。"),
        ("X-06", "2件答复被行政复议机关纠正、1件被法院判决纠正。"),
        ("X-10", "在办结件中，予以公开376件；不予公开118件，占13.3%；无法提供186件，占20.9%。"),
    ],
)
def test_right_wording_that_sounds_wrong(code, text):
    """Several years side by side, what was due, a court's result, the applicants of what was carried over, shares of all."""
    cells = {NEW: 6, "t3.received_new.natural_person": 4, "t3.received_new.commercial": 2, "t3.carried_in.total": 2}
    cells |= {"t3.carried_in.natural_person": 1, "t3.carried_in.commercial": 1}
    cells |= {"t4.reconsideration.total": 6, "t4.reconsideration.corrected": 2}
    cells |= {"t4.suit_after.total": 2, "t4.suit_after.corrected": 1}
    assert code not in codes(text, **cells)
