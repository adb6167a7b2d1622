"""What applications asked for, whose numbers stand in lists, and what was wrong in whole reports."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.checks.case import Case
from gk_xl.checks.run import check
from gk_xl.checks.text.statements import statements
from gk_xl.form.filing import Filing, Unit
from tests.checks.text.test_kinds import codes
from tests.checks.text.test_rewriting import filing
from tests.checks.text.test_told_elsewhere import messages
from tests.checks.text.test_wording_of_offices import HEAD, T3

CITY = Unit("示例市人民政府", "city_government", "我市", "示例市")


def read(*paragraphs, unit=None, year=2025):
    """Return what is read of paragraphs of 一, each subject with its number."""
    made = Filing.blank(year, unit or filing("").unit)
    case = Case(replace(made, narrative={"overview": paragraphs}))
    return {(str(one.subject), one.number) for one in statements(case.narrative, case.edition, year, made.unit)}


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("预算资金类4件部分公开。", {("outcome:partial", 4)}),
        ("5件要求公开信访复查过程，实质为信访诉求，不予处理；2件重复，不予处理。", {("outcome:not_processed.petition", 5), ("outcome:not_processed.duplicate", 2)}),
        ("申请公开巡查记录的3件作为行政执法案卷不予公开。", {("outcome:refused.enforcement_file", 3)}),
        ("涉及储备库位置的2件，经保密审查认定为国家秘密，不予公开。", {("outcome:refused.state_secret", 2)}),
        ("稽查案卷2件不公开。", {("outcome:refused.enforcement_file", 2)}),
        ("有3件要求提供历年统计年鉴，属公开出版物，未予处理；2件予以公开。", {("outcome:not_processed.publication", 3), ("outcome:granted", 2)}),
        ("有2件不予处理，均属信访。其余3件予以公开。", {("outcome:not_processed.*", 2), ("outcome:granted", 3)}),
        ("还有1件12月下旬才收到，结转下年办理。", {("carried_out", 1)}),
        ("6件依法延期，跨年办理。", {("carried_out", 6)}),
        ("自收到申请之日起20个工作日内全部答复：公开3件，部分公开2件。", {("outcome:granted", 3), ("outcome:partial", 2)}),
        ("办公室统筹、各处室协同，全年答复11件，不予公开4件。", {("outcome:refused.*", 4)}),
        ("科研机构、法律服务机构各2件、5件。", {("applicant:research", 2), ("applicant:legal_service", 5)}),
    ],
)  # fmt: skip
def test_what_was_asked_for_is_no_other_matter(said, wanted):
    """资金, 信访, 年鉴 are what the applications were about; 作为, 均属 say which row they are in."""
    assert wanted <= read(HEAD + "收到申请30件。" + said)


def test_consent_of_others_is_no_result():
    """征求意见12次，同意公开的7次: nobody counts applications by 次."""
    assert not any(
        subject == "outcome:granted" for subject, _ in read(HEAD + "收到申请30件。征求第三方意见12次，同意公开的7次。")
    )


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("制发规章3件、规范性文件14件。", {("rules:issued", 3), ("normative:issued", 14)}),
        ("现行有效规章18部、规范性文件77件。", {("rules:in_force", 18), ("normative:in_force", 77)}),
        ("对2012年以来文件开展清理，废止规范性文件6件。", {("normative:repealed", 6)}),
        ("作出并公开行政许可34件。", {("decisions:licence", 34)}),
        ("复议、诉讼案件共7件，其中信息公开行政复议4件，维持3件、其他结果1件。", {("case:reconsideration.upheld", 3), ("case:reconsideration.other", 1)}),
        ("信息公开行政复议4件，其中撤回1件；市政府维持3件。", {("case:reconsideration.upheld", 3)}),
        ("信息公开行政复议3件，2件申请人撤回、列入其他结果，1件尚未审结。", {("case:reconsideration.other", 2)}),
        ("信息公开行政复议2件，维持1件、纠正1件，没有行政诉讼。被纠正的1件，原因是未告知救济途径。", {("case:reconsideration.corrected", 1)}),
        ("信息公开直接起诉的8件中纠正1件，经复议再起诉的9件中尚有3件未结。", {("case:suit_after.total", 9), ("case:suit_after.pending", 3)}),
        ("未经复议的诉讼1件，维持；信息公开复议之后的诉讼3件。", {("case:suit_after.total", 3)}),
    ],
)  # fmt: skip
def test_acts_and_kinds_of_a_list_are_shared(said, wanted):
    """The act before the first of two stands for both; what there was none of has no results."""
    assert wanted <= read(said, unit=CITY)


def test_amounts_left_open_are_none():
    """三千二百余万元（3218.6万元）: the exact one counts."""
    text = "完成政府集中采购项目21个，采购总金额三千二百余万元（3218.6万元）。"
    assert {number for subject, number in read(text, unit=CITY, year=2020) if subject == "purchase:amount"} == {
        32186000
    }


@pytest.mark.parametrize(
    ("part", "paragraphs", "code", "wrong"),
    [
        ("overview", ("答复寄出之前，由窗口人员逐件复核，由窗口人员逐件复核，再行寄出。",), "X-59", True),
        ("overview", ("答复寄出之前，由窗口人员逐件复核，由分管领导逐件复核，再行寄出。",), "X-59", False),
        ("overview", ("接收捐赠物资37批，批批张榜。",), "X-59", False),
        ("overview", ("抽查部门21家，发现问题26个，年底前完成整改62个。",), "X-10", True),
        ("overview", ("抽查部门21家，发现问题62个，年底前完成整改26个。",), "X-10", False),
        ("overview", ("第一，抓政策公开。", "第二，抓管理。", "第三，抓平台。", "第三，抓监督。"), "X-25", True),
        ("overview", ("第一，抓政策公开。", "第二，抓管理。", "第三，抓平台。", "第四，抓监督。"), "X-25", False),
        ("overview", ("【主动公开】（1）预算公开。（2）补贴公开。", "【依申请公开】（1）收件。（2）来源。"), "X-25", False),
        ("overview", ("2022、2023、2024三年新收量依次为11件、13件、17件。",), "X-33", False),
    ],
)  # fmt: skip
def test_slips_of_whole_reports(part, paragraphs, code, wrong):
    """A clause said twice, more mended than found, ordinals of paragraphs."""
    assert wrong is any(told.startswith(code) for told in messages(part, *paragraphs))


@pytest.mark.parametrize(("share", "wrong"), [("四分之三", False), ("四分之一", True), ("一半", True)])
def test_a_fraction_in_words_is_held_against_the_table(share, wrong):
    """居民个人占四分之三, where the table has 30 of 40."""
    cells = {
        **T3,
        "t3__received_new__natural_person": 30,
        "t3__received_new__total": 40,
        "t3__outcome_total__total": 40,
    }
    assert wrong is ("X-41" in codes(f"{HEAD}收到申请40件。自然人占{share}。", **cells))


def test_the_own_countys_name_turned_about_is_found():
    """泸永县 in a town of 永泸县; 永泸县 is right."""
    made = filing("")
    unit = replace(made.unit, county="永泸县")
    for place, wrong in (("永泸县", False), ("泸永县", True)):
        said = replace(made, unit=unit, narrative={"overview": (f"通过{place}政府信息公开平台发布信息132条。",)})
        assert wrong is any(found.code == "X-30" for found in check(said).findings)


@pytest.mark.parametrize(("leading", "wrong"), [("省委、省政府", False), ("市委、市政府", True)])
def test_a_province_is_led_by_none_below(leading, wrong):
    """在市委、市政府坚强领导下, in a province's bureau."""
    made = filing("")
    unit = replace(made.unit, name="岭北省水利厅", kind="province_department", self_word="我厅", county="岭北省")
    said = replace(made, unit=unit, narrative={"overview": (f"政务公开工作在{leading}坚强领导下稳步推进。",)})
    assert wrong is any(found.code == "X-57" for found in check(said).findings)


@pytest.mark.parametrize(
    ("said", "upheld"),
    [
        ("信息公开行政复议3件，结果维持。", True),
        ("信息公开行政复议3件，维持1件，纠正2件。", False),
        ("信息公开行政复议3件，其中直接受理1件，维持。", False),
    ],
)
def test_a_result_that_ends_what_is_said_is_of_all(said, upheld):
    """行政复议3件，结果维持: all three."""
    assert upheld is any(subject == "all:reconsideration.upheld" for subject, _ in read(said, unit=CITY))


def test_a_result_in_brackets_says_how_a_case_is_counted():
    """裁定准许撤诉（其他结果）的1件."""
    text = "信息公开直接起诉3件，法院维持的2件，裁定准许撤诉（其他结果）的1件。"
    assert ("case:suit_direct.other", 1) in read(text, unit=CITY)


@pytest.mark.parametrize(
    ("text", "unit", "cells", "code"),
    [
        ("受天气影响，一季度只收到21件，二、三、四季度分别为43件、55件、51件。", None, {}, "X-38"),
        ("发布预警28期，其中春季、夏季、秋季分别为12期、7期和9期。", None, {}, "X-10"),
        ("按收件单位划分，镇（街道）收181件，部门收291件。", "county", {"t3__received_new__total": 472}, "X-03"),
        ("不予公开3件（过程性信息1件，执法案卷1宗涉两份申请计2件）。", None, {"t3__refused__deliberative__total": 1, "t3__refused__enforcement_file__total": 2}, "X-05"),
    ],
)  # fmt: skip
def test_right_words_of_a_third_writer(text, unit, cells, code):
    """Quarters one after another, a list that ends in 和, numbers by who received, one file of two applications."""
    made = filing(HEAD + text, **cells)
    if unit:
        made = replace(made, unit=Unit("示例县人民政府", "county_government", "我县", "示例县"))
    assert code not in {found.code for found in check(made).findings if str(found.severity) != "hint"}
