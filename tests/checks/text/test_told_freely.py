"""What was carried over, how cases ended and who applied, told freely: a table with the number passes, one with another is accused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from gk_xl.checks.text.short_names import MAY_NAME
from gk_xl.checks.text.words import names
from gk_xl.form.filing import Unit
from tests.checks.text.test_kinds import codes
from tests.checks.text.test_rewriting import filing
from tests.checks.text.test_told_together import TOLD
from tests.checks.text.test_wording_of_offices import HEAD, T3


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("收到申请30件，连同结转的2件一并办理。", "t3__carried_in__total"),
        ("收到申请30件，算上上年的2件。", "t3__carried_in__total"),
        ("今年收到申请30件加去年2件，全部办清。", "t3__carried_in__total"),
        ("收到申请30件，结转进来的2件。", "t3__carried_in__total"),
        ("上年剩下2件，本年收到申请30件。", "t3__carried_in__total"),
        ("收到申请30件，个人提的28件，律师提的2件。", "t3__received_new__legal_service"),
        ("收到申请30件，外加结转过来2件。", "t3__carried_in__total"),
        ("收到申请30件，年末有2件未到答复期。", "t3__carried_out__total"),
        ("收到申请30件，到12月31日还有2件没到期，转到明年办。", "t3__carried_out__total"),
        ("收到申请30件，还有2件要到2026年1月才到期，先结转。", "t3__carried_out__total"),
        ("收到申请30件，还有2件明年办。", "t3__carried_out__total"),
        ("收到申请30件，2件尚未到答复期限，先结转。", "t3__carried_out__total"),
        ("收到申请30件，结转到二〇二六年的有两件。", "t3__carried_out__total"),
        ("收到申请30件，公开5件，2件反映邻里纠纷，转信访办处理。结转下年2件。", "t3__carried_out__total"),
        ("收到申请30件，都是村民个人交来的，有2件是来建厂的外地公司提的。", "t3__received_new__commercial"),
        ("收到申请30件，自然人28件、高校课题组申请2件。", "t3__received_new__research"),
    ],
)
def test_what_was_carried_over_and_who_applied(text, cell):
    """In words that name no column of the table as it does."""
    right = {**T3, "t3__granted__total": 5, "t3__not_processed__petition__total": 2}
    assert not {"X-04"} & set(codes(HEAD + text, **right, **{cell: 2}))
    assert TOLD & set(codes(HEAD + text, **right, **{cell: 5}))


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("没先申请复议就告到法院的2件", {"suit_direct__total": 2}),
        ("不走复议程序而直接打官司2件", {"suit_direct__total": 2}),
        ("复议之后接着告上法庭的2件", {"suit_after__total": 2}),
        ("复议后又被起诉2件", {"suit_after__total": 2}),
        ("被申请行政复议2件，作出维持决定2件", {"reconsideration__total": 2, "reconsideration__upheld": 2}),
        ("行政复议：全年2件，维持2件", {"reconsideration__total": 2, "reconsideration__upheld": 2}),
        ("行政复议：本年共2件，均获维持", {"reconsideration__total": 2, "reconsideration__upheld": 2}),
        ("行政复议2件，撤回、终止等其他结果2件", {"reconsideration__total": 2, "reconsideration__other": 2}),
        ("行政复议2件，2件县里给纠正了", {"reconsideration__total": 2, "reconsideration__corrected": 2}),
        ("直接起诉2件，原告撤诉，列其他结果2件", {"suit_direct__total": 2, "suit_direct__other": 2}),
        ("复议后起诉2件且均获维持", {"suit_after__total": 2, "suit_after__upheld": 2}),
        (
            "行政诉讼9件，直接起诉7件、复议后起诉2件，后者尚有2件未审结",
            {"suit_direct__total": 7, "suit_after__total": 2, "suit_after__pending": 2},
        ),
    ],
)
def test_how_cases_came_and_ended(text, cells):
    """The last cell named is wrong in turn."""
    text = f"{HEAD}因政府信息公开，{text}。"
    right = {f"t4__{cell}": number for cell, number in cells.items()}
    assert "X-06" not in codes(text, **T3, **right)
    last = list(right)[-1]
    assert "X-06" in codes(text, **T3, **{**right, last: right[last] + 3})


@pytest.mark.parametrize(
    "told",
    [
        "省人民政府办理以本厅为被申请人的复议案件6件，结果维持5件、其他结果1件。",
        "复议机关审理涉我厅信息公开案件6件，作出维持决定5件，申请人撤回、终止等其他结果1件。",
        "本机关作为被申请人的行政复议案件6件，经审理维持5件，驳回、终止等其他结果1件。",
    ],
)
def test_cases_that_another_organ_tried_against_us_are_ours(told):
    """Whoever stands before the number as the one who tried them."""
    made = replace(
        filing(""), unit=Unit("江北省水利厅", "province_department", "我厅", ""), narrative={"overview": (told,)}
    )
    right = {"t4.reconsideration.total": 6, "t4.reconsideration.upheld": 5, "t4.reconsideration.other": 1}
    for cell in right:
        cells = {**made.cells, **right}
        assert not any(item.code == "X-06" for item in check(replace(made, cells=cells)).findings)
        cells[cell] += 2
        assert any(item.code == "X-06" for item in check(replace(made, cells=cells)).findings)


def test_cases_that_we_tried_ourselves_are_no_cases_against_us():
    """本局作为复议机关审理……."""
    text = f"{HEAD}我乡信息公开答复平稳，本机关作为复议机关审理行政复议案件33件。"
    assert "X-06" not in codes(text, **T3)


def test_one_act_is_of_both_kinds_of_documents():
    """废止的2件规章和21件规范性文件."""
    text = "全年制发的1件规章、27件规范性文件均已入库，废止的2件规章和21件规范性文件同步标注。"
    unit = Unit("江北市人民政府", "city_government", "我市", "江北市")
    right = {
        "t2__rules__issued": 1,
        "t2__normative_doc__issued": 27,
        "t2__rules__repealed": 2,
        "t2__normative_doc__repealed": 21,
    }
    assert "X-09" not in codes(text, unit=unit, **right)
    for cell in ("t2__rules__repealed", "t2__normative_doc__repealed"):
        assert "X-09" in codes(text, unit=unit, **{**right, cell: 5})


def test_what_came_and_what_was_opened_stand_side_by_side():
    """我乡7件申请公开3件: 申请 and 公开, each with its own number."""
    text = f"{HEAD}我乡30件申请公开5件，不掌握4件。"
    cells = {**T3, "t3__granted__total": 5, "t3__unavailable__not_held__total": 4}
    assert not TOLD & set(codes(text, **cells))
    assert TOLD & set(codes(text, **{**cells, "t3__granted__total": 7}))


def test_that_all_came_from_one_kind_of_applicants_is_held_against_the_others():
    """Without a number: 收到的申请均由自然人提出."""
    text = HEAD + "我乡全年收到的政府信息公开申请均由自然人提出。"
    assert not {"X-03", "X-71"} & set(codes(text, **T3))
    assert "X-71" in codes(text, **{**T3, "t3__received_new__natural_person": 28, "t3__received_new__commercial": 2})


def test_a_cooperative_is_a_company_or_another_organisation():
    """Offices enter it in either column."""
    text = HEAD + "收到申请30件，分别由29名村民和1个农民专业合作社提出。"
    for column in ("commercial", "other"):
        cells = {
            "t3__received_new__total": 30,
            "t3__received_new__natural_person": 29,
            f"t3__received_new__{column}": 1,
        }
        assert not TOLD & set(codes(text, **cells))


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_every_name_of_a_decision_or_a_charge_is_looked_for(edition):
    """A sentence without such a word is not looked through for short names."""
    for sort in ("decision", "short", "charge"):
        forms = names(edition, sort)
        assert forms
        assert not [form for form in forms if not MAY_NAME.search(form)]
