"""Wordings of offices that once were not read, or were read as of all: each with a table that has the number and one that has another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from gk_xl.form.filing import Unit
from tests.checks.text.test_kinds import codes
from tests.checks.text.test_rewriting import filing

HEAD = "（二）依申请公开。"
T3 = {"t3__received_new__total": 30, "t3__received_new__natural_person": 30}


def raised(*paragraphs: str, **cells: int) -> set[str]:
    """Return the codes that an overview of some paragraphs raises."""
    made = replace(filing("", **cells), narrative={"overview": paragraphs})
    return {finding.code for finding in check(made).findings}


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("收到申请30件。年前留下来没办完的2件。", "t3__carried_in__total"),
        ("收到申请30件，还有2件未到期限、转入次年。", "t3__carried_out__total"),
        ("收到申请30件，其余办结，剩余2件系企业12月中旬提交，结转至次年。", "t3__carried_out__total"),
        ("收到申请30件，提出申请的既有村民个人（30件），也有其他组织递交的2件。", "t3__received_new__other"),
        ("收到申请30件，申请人系自然人者三十件，系律师事务所者二件。", "t3__received_new__legal_service"),
        ("收到申请30件；承接上年未办结2件，两者相加32件。", "t3__carried_in__total"),
        ("收到申请30件。连同上年移交续办的2件，应办总数为32件。", "t3__carried_in__total"),
        ("收到申请30件，让补正、到期没补的2件。", "t3__otherwise__correction_overdue__total"),
        ("收到申请30件。我乡手里没有、告诉申请人向县林业局问的2件。", "t3__unavailable__not_held__total"),
        ("收到申请30件。实为信访诉求、已引导至信访窗口的2件。", "t3__not_processed__petition__total"),
        ("收到申请30件，提了行政诉讼，没有先复议再打官司的，有2件直接告到法院。", "t4__suit_direct__total"),
    ],
)
def test_what_offices_write_is_held_against_its_cell(text, cell):
    """A table with the number passes, one with another is accused."""
    told = {"X-03", "X-04", "X-05", "X-06", "X-07", "X-08"}
    assert not told & set(codes(HEAD + text, **T3, **{cell: 2}))
    assert told & set(codes(HEAD + text, **T3, **{cell: 5}))


@pytest.mark.parametrize("mark", ["●", "——", "■", "（1）", "1."])
def test_an_item_of_a_list_is_about_what_its_heading_says(mark):
    """新收30件 below 依申请公开情况, whatever the item begins with."""
    text = ("二、依申请公开情况", f"{mark}新收30件。")
    assert "X-03" not in raised(*text, **T3)
    assert "X-03" in raised(*text, t3__received_new__total=31)


def test_the_next_heading_of_the_level_is_about_its_own():
    """（三）政务新媒体: 收到8件 is of no applications."""
    assert "X-03" not in raised("（二）依申请公开。", "1.新收30件。", "（三）新渠道。", "收到8件，均已回复。", **T3)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("收到申请30件。科研机构申请多为水文资料，其中3件予以公开。", "t3__granted__total"),
        ("收到申请30件。因第三方书面不同意，不予公开3件。", "t3__refused__third_party__total"),
        ("收到申请30件，上年结转2件；答复或作其他处理3件。", "t3__otherwise__other__total"),
    ],
)
def test_a_part_is_not_all_of_its_row(text, row):
    """One kind's applications, those of one reason, what was answered or otherwise handled: not the row's total."""
    assert not {"X-05"} & set(
        codes(HEAD + text, **T3, **{row: 9, "t3__granted__research": 3, "t3__refused__internal_affairs__total": 4})
    )


@pytest.mark.parametrize(
    ("code", "right", "wrong"),
    [
        ("X-55", "疫情最紧的2、3月份，共发布73条。", "公开信息54，其中动态20条。"),
        ("X-55", "主动公开条数为412，其中旧改88条、救助73条。", "共发布动态20条，公开信息54。"),
        (
            "X-10",
            "新收62件，索取批复31件，监测数据12件，执法记录10件，其余9件。",
            "公开信息62条，其中动态31条，公告13条。",
        ),
        ("X-62", "改进举措是：抢救性修复受潮档案。", "改进措是：抢救性修复受潮档案。"),
        (
            "X-20",
            "依照国办公开办函〔2019〕61号文件改版平台，编制标准目录。",
            "依照国办公开办函〔2021〕31号编制本报告。",
        ),
        (
            "X-39",
            "按内容分，养老19件、补贴11件、监察6件、招聘5件，总计41件。按结果分，公开22件、部分公开4件、不予公开16件。",
            "按内容分，养老19件、补贴11件、监察6件、招聘5件。按结果分，公开22件、部分公开4件、不予公开16件。",
        ),
    ],
)
def test_a_right_wording_is_no_slip(code, right, wrong):
    """Months of a span, 条数为412, a list that goes on, 举措, another document of the office, a division that says what it comes to."""
    assert code not in codes(HEAD + right)
    assert code in codes(HEAD + wrong)


def test_a_kind_of_suits_that_there_was_none_of():
    """经复议再起诉的，没有: of the kind that is named, not of all cases."""
    table = {
        "t4__suit_direct__total": 2,
        "t4__suit_direct__upheld": 2,
        "t4__reconsideration__total": 3,
        "t4__reconsideration__upheld": 3,
    }
    text = "政府信息公开行政复议3件，均获维持。直接起诉2件，判决维持。经复议再起诉的，没有。"
    assert not {"X-06", "X-08"} & set(codes(text, **table))
    assert {"X-06", "X-08"} & set(codes(text, **table, t4__suit_after__total=1, t4__suit_after__upheld=1))


@pytest.mark.parametrize(("corrected", "accused"), [(1, False), (2, True)])
def test_the_latter_of_two_kinds_of_suits(corrected, accused):
    """后者有1件判决纠正 behind two kinds: of the second."""
    text = "政府信息公开行政诉讼12件，直接起诉的5件，复议后再起诉的7件，后者有1件判决纠正。"
    table = {
        "t4__suit_direct__total": 5,
        "t4__suit_direct__upheld": 5,
        "t4__suit_after__total": 7,
        "t4__suit_after__upheld": 7 - corrected,
    }
    assert ("X-06" in codes(text, **table, t4__suit_after__corrected=corrected)) == accused


@pytest.mark.parametrize(("upheld", "accused"), [(2, False), (1, True)])
def test_a_bracket_behind_the_last_kind_of_suits(upheld, accused):
    """复议后起诉3件（维持2件，尚在审理1件）: what comes to the kind before it is of that kind, not of both."""
    text = "政府信息公开行政诉讼5件，其中直接起诉2件、复议后起诉3件（维持2件，尚在审理1件）。"
    table = {
        "t4__suit_direct__total": 2,
        "t4__suit_direct__upheld": 2,
        "t4__suit_after__total": 3,
        "t4__suit_after__pending": 1,
    }
    assert ("X-06" in codes(text, **table, t4__suit_after__upheld=upheld)) == accused


def test_a_paragraph_twice_at_once():
    """A short paragraph right behind itself stands twice; elsewhere it may."""
    line, other = "没有向任何人收过信息处理费。", "别的没有要报告的。"
    assert "X-59" in raised(line, line, other)
    assert "X-59" not in raised(line, other, line)


def test_months_in_words_are_the_period():
    """元月一日起至十二月三十一日止 is the whole year."""
    told = codes("统计口径以公历年度为准，即元月一日起至十二月三十一日止。", "preamble")
    assert "X-17" not in told
    assert "X-17" in codes("统计口径以公历年度为准，即元月一日起至十一月三十日止。", "preamble")


@pytest.mark.parametrize(
    ("unit", "county", "accused"),
    [("云陂区人民政府", "云陂区", True), ("云陂市科学技术局", "云陂市", True), ("云陂县人民政府", "云陂县", False)],
)
def test_a_county_that_leads_is_no_district_or_city(unit, county, accused):
    """在县委、县政府的正确领导下: of a county's report alone; a city's may tell of its counties."""
    kind = "county_government" if unit.endswith("政府") else "city_department"
    of = Unit(unit, kind, "", county)
    assert ("X-57" in codes("在县委、县政府的正确领导下，公开工作平稳推进。", unit=of)) == accused
    assert "X-57" not in codes("各县委、县政府均明确了分管领导，指导下级单位编制目录。", unit=of)
    assert "X-57" not in codes("赴邻近的青川县学习考察，县委、县政府高度重视公开，经验值得借鉴。", unit=of)


def test_reasons_that_are_each_of_one():
    """不予公开2件，理由分别是……（第三方合法权益）和……（过程性信息）: one of each, not two of the first."""
    text = "不予公开2件，理由分别是第十五条（第三方合法权益）和第十六条第二款（过程性信息）。"
    rows = {"t3__refused__third_party__total": 1, "t3__refused__deliberative__total": 1}
    assert "X-05" not in codes(HEAD + "收到申请30件。" + text, **T3, **rows)
    assert "X-05" in codes(HEAD + "收到申请30件。" + text, **T3, t3__refused__third_party__total=3)


@pytest.mark.parametrize(
    ("text", "cell", "said", "held"),
    [
        ("收到申请30件。予以公开20件；不予公开2件。", "t3__refused__third_party__total", 2, 5),
        ("收到申请30件。还有没办完的2件。", "t3__carried_in__total", 2, 0),
    ],
)
def test_what_another_cell_holds_is_asked_about(text, cell, said, held):
    """A number that its cell does not hold and the one beside it does: a warning, no error; else an error."""
    other = {"t3__granted__total": 20, "t3__refused__internal_affairs__total": held, "t3__carried_out__total": 1}
    code = "X-05" if "公开" in text else "X-04"
    assert codes(HEAD + text, **T3, **other, **{cell: said})[code] == "warning"
    assert codes(HEAD + text, **T3, **other, **{cell: 7})[code] == "error"


def test_an_office_of_a_small_unit_decides_for_it():
    """便民服务大厅办理行政许可153件: the 镇's own; 县政务服务中心's are another's."""
    text = "主动公开。便民服务大厅办理行政许可153件，作出行政处罚2件，涉及收费3.5万元。"
    table = {"t2__licence__decisions": 153, "t2__penalty__decisions": 2}
    assert "X-09" not in codes(text, **table, t2__admin_fee__amount=3.5)
    assert "X-09" in codes(text, **{**table, "t2__licence__decisions": 135}, t2__admin_fee__amount=3.5)
    assert "X-09" in codes(text, **table, t2__admin_fee__amount=35)
    other = "主动公开。县政务服务中心办理行政许可153件，作出行政处罚2件。"
    assert "X-09" not in codes(other, **{**table, "t2__licence__decisions": 135})


def test_the_end_of_a_sentence_said_again():
    """What ends one sentence stands again as the next: ……；计划全部兑现。计划全部兑现。 is one too many."""
    end = "年初公布的96项发布计划全部兑现。"
    assert "X-59" in codes("数据一律按日程发布；" + end + end)
    assert "X-59" not in codes("数据一律按日程发布；" + end + "年初公布的计划全部完成。")


def test_a_list_behind_a_heading_in_brackets_begins_anew():
    """【存在的问题】一是……二是…… behind 【政府信息管理】一是……三是……."""
    one = "【政府信息管理】一是把好审核关；二是把好隐私关；三是把好更新关。"
    assert "X-25" not in raised(one, "【监督保障】一是热线人员同步培训；二是每月推出指引。")
    assert "X-25" in raised(one, "【监督保障】一是热线人员同步培训；三是每月推出指引。")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (
            "接到118件新申请，较2024年的134件减少16件，下降11.94%。",
            "接到118件新申请，较2024年的134件减少16件，增长11.94%。",
        ),
        ("公开信息18条，2024年为24条，减少6条，同比下降25%。", "公开信息18条，2024年为24条，减少8条，同比下降25%。"),
        ("公开信息24条，2024年为18条，增加6条。", "公开信息24条，2024年为18条，增加8条。"),
    ],
)
def test_a_change_between_two_years(right, wrong):
    """Whatever stands between this year's number and last year's, and with 比 or without."""
    assert "X-10" not in codes(right)
    assert "X-10" in codes(wrong)
    assert "X-10" not in codes("公开动态6条，公告1条，同上年的5条相比增加2条。")
