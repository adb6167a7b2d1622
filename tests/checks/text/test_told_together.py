"""Numbers told together, in part or one beside another: what is meant is held against its cell, what may be right is not accused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from gk_xl.form.filing import Unit
from tests.checks.text.test_kinds import codes
from tests.checks.text.test_rewriting import filing
from tests.checks.text.test_table_two import holds
from tests.checks.text.test_wording_of_offices import HEAD, T3, raised

TOLD = {"X-03", "X-04", "X-05", "X-06", "X-07", "X-08"}
BOTH = {**T3, "t3__carried_in__total": 4}
SUITS = {"t4__suit_direct__total": 5, "t4__suit_after__total": 6}


@pytest.mark.parametrize(
    "text",
    [
        "收到申请30件，加上年初留下的4件，在办总数34件。",
        "收到申请30件，上年结转4件，手头在办34件。",
        "收到申请30件，连同上年结转4件，全年待办申请34件。",
        "收到申请30件，上年结转4件，待办总量34件。",
    ],
)
def test_all_that_was_on_hand_is_not_what_was_left(text):
    """What came and what was carried over, together; another number is accused."""
    assert not TOLD & set(codes(HEAD + text, **BOTH))
    assert TOLD & set(codes(HEAD + text.replace("34", "36"), **BOTH))


@pytest.mark.parametrize("left", ["年末在办总量2件", "截至年底在办总数2件", "到年底，尚在办理2件"])
def test_what_is_on_hand_at_the_end_is_what_was_left(left):
    """在办总量 at the end of the year is what goes over."""
    assert not TOLD & set(codes(f"{HEAD}收到申请30件，{left}。", **T3, t3__carried_out__total=2))
    assert TOLD & set(codes(f"{HEAD}收到申请30件，{left}。", **T3, t3__carried_out__total=5))


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("逾期未补正及其他处理6件", "otherwise"),
        ("重复申请和其他不予处理6件", "not_processed"),
        ("逾期不缴费以及其他处理6件", "otherwise"),
    ],
)
def test_a_row_and_the_rest_of_its_group_are_the_group(text, row):
    """Neither the row nor the rest alone; beside another row of the group nothing is sure."""
    first, second = {
        "otherwise": ("otherwise__correction_overdue", "otherwise__other"),
        "not_processed": ("not_processed__duplicate", "not_processed__excessive"),
    }[row]
    cells = {f"t3__{first}__total": 4, f"t3__{second}__total": 2}
    assert "X-05" not in codes(f"{HEAD}收到申请30件，予以公开5件，{text}。", **T3, t3__granted__total=5, **cells)
    cells[f"t3__{second}__total"] = 4
    assert "X-05" in codes(f"{HEAD}收到申请30件，予以公开5件，{text}。", **T3, t3__granted__total=5, **cells)


def test_the_others_of_a_group_are_not_all_of_it():
    """信访投诉3件，其他不予处理2件: the group has five."""
    cells = {"t3__not_processed__petition__total": 3, "t3__not_processed__excessive__total": 2}
    for text in ("信访投诉类3件，其他不予处理2件", "信访投诉类3件，重复申请及其他不予处理2件"):
        assert "X-05" not in codes(f"{HEAD}收到申请30件，{text}。", **T3, **cells)


def test_another_one_in_brackets_is_of_what_was_asked_for():
    """4件要求提供……（另1件……）: of one matter; behind a result it is all of the row."""
    cells = {"t3__not_processed__duplicate__total": 3, "t3__granted__total": 4}
    assert "X-05" not in codes(HEAD + "收到申请30件，4件要求提供房屋登记簿（另1件为重复申请）。", **T3, **cells)
    assert "X-05" in codes(HEAD + "收到申请30件，予以公开4件（另1件为重复申请）。", **T3, **cells)


@pytest.mark.parametrize(
    "text",
    [
        "未走复议直接起诉5件，先行复议再起诉的6件，维持、其他结果、未审结各2件。",
        "直接起诉5件，先经复议、再提起诉讼6件，维持、其他结果、未审结各2件。",
        "直接起诉5件，复议之后又告到法院6件，维持、其他结果、未审结各2件。",
    ],
)
def test_what_stands_behind_one_kind_of_suits_is_of_that_kind(text):
    """Reconsideration first, in whatever words, is the second kind of suits."""
    ended = {f"t4__suit_after__{one}": 2 for one in ("upheld", "other", "pending")}
    cells = {**T3, **SUITS, **ended, "t4__suit_direct__upheld": 5}
    text = f"{HEAD}因政府信息公开引发的{text}"
    assert "X-06" not in codes(text, **cells)
    assert "X-06" in codes(text, **{**cells, "t4__suit_after__pending": 3, "t4__suit_after__total": 7})


@pytest.mark.parametrize(
    "text",
    [
        "行政诉讼11件，直接起诉5件、复议后起诉6件；两类案件里纠正5件，分别为2件、3件。",
        "行政诉讼11件，直接起诉5件、复议后起诉6件，其中纠正分别为2件、3件。",
    ],
)
def test_two_numbers_of_a_result_are_of_the_two_kinds_of_suits(text):
    """In the order in which the kinds were told."""
    cells = {**T3, **SUITS, "t4__suit_direct__corrected": 2, "t4__suit_after__corrected": 3}
    assert "X-06" not in codes(HEAD + text, **cells)
    assert "X-06" in codes(HEAD + text, **{**cells, "t4__suit_direct__corrected": 3, "t4__suit_after__corrected": 2})


@pytest.mark.parametrize(
    "text",
    [
        "无人直接起诉，复议后起诉6件，法院维持4件、尚未判决2件。",
        "复议后起诉6件，没有直接起诉的，法院维持4件、尚未判决2件。",
    ],
)
def test_results_behind_a_kind_that_there_was_none_of_are_the_others(text):
    """没有直接起诉的: what follows is said of the suits that there were."""
    ended = {"t4__suit_after__total": 6, "t4__suit_after__upheld": 4, "t4__suit_after__pending": 2}
    text = f"{HEAD}因信息公开引发的诉讼，{text}"
    assert "X-06" not in codes(text, **T3, **ended)
    assert "X-06" in codes(text, **T3, **{**ended, "t4__suit_after__pending": 4})


def test_cases_over_an_answer_are_our_own():
    """In a bureau's report, too, where nothing else names disclosure."""
    cells = {"t4__reconsideration__total": 7, "t4__reconsideration__upheld": 7}
    told = "对我局答复不服申请复议的7件，全部维持。"
    right = replace(filing("", **cells), narrative={"overview": [told]})
    wrong = replace(right, cells={**right.cells, "t4.reconsideration.total": 8})
    assert not any(item.code == "X-06" for item in check(right).findings)
    assert any(item.code == "X-06" for item in check(wrong).findings)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("收到申请30件，5件办完：2件公开了水塘测绘图等资料；1件部分公开。", "t3__granted__total"),
        ("全年新收30件——个人30件，另外几类申请人都没有。", "t3__received_new__commercial"),
        ("收到申请30件，按信访投诉另行处理2件。", "t3__not_processed__petition__total"),
        ("收到申请30件，须重新加工制作2件。", "t3__unavailable__needs_creation__total"),
        ("收到申请30件，岁内答复完毕2件。", "t3__outcome_total__total"),
        ("收到申请30件，2件公司申请因资料核实转到2026年。", "t3__carried_out__commercial"),
    ],
)
def test_a_number_in_passing_is_held_against_its_cell(text, cell):
    """A table with the number passes, one with another is accused."""
    text, right = HEAD + text, {cell: 0 if "另外" in text else 2, "t3__partial__total": 1}
    assert not TOLD & set(codes(text, **T3, **right))
    assert TOLD & set(codes(text, **T3, **{**right, cell: 4}))


def test_nothing_carried_to_a_year_named_by_its_number():
    """没有转到2026年的件, a sentence of its own under the heading."""
    assert "X-04" not in raised("（二）依申请公开。", "收到申请30件。送到信访窗口。没有转到2026年的件。", **T3)
    assert "X-04" in raised(
        "（二）依申请公开。", "收到申请30件。送到信访窗口。没有转到2026年的件。", **T3, t3__carried_out__total=2
    )


@pytest.mark.parametrize(
    ("edition", "text", "cells"),
    [
        ("2021", "行政许可26件，处罚、收费两项均无。", {"licence.decisions": 26, "penalty.decisions": 0, "admin_fee.amount": 0}),
        ("2021", "行政处罚、行政强制事项全年都没有办理。", {"penalty.decisions": 0, "compulsion.decisions": 0}),
        ("2021", "行政许可26件，动用行政强制3次，行政事业性收费分文未取。", {"licence.decisions": 26, "compulsion.decisions": 3, "admin_fee.amount": 0}),
        ("2021", "规范性文件制发8件、清理退出6件，年末存量40件。", {"normative_doc.issued": 8, "normative_doc.repealed": 6, "normative_doc.in_force": 40}),
        ("2019", "新制作并公开规范性文件4件。", {"normative_doc.made": 4, "normative_doc.newly_disclosed": 4}),
        ("2019", "许可事项上年9项、今年没变，受理办结80件。", {"licence.items_prev": 9, "licence.items_delta": 0, "licence.decisions": 80}),
    ],
)  # fmt: skip
def test_table_two_in_passing(edition, text, cells):
    """Each number, changed, is noticed."""
    holds(edition, text, cells)


def test_rules_made_by_order():
    """以市政府令公布 makes rules; 在网站公布 shows those that there are."""
    city = Unit("示例市人民政府", "city_government", "我市", "示例市")
    for text, made in (("以政府令公布规章3件。", 4), ("在门户网站公布规章3件。", 0)):
        told = replace(filing("", t2__rules__issued=made), unit=city, narrative={"overview": [text]})
        assert ("X-09" in {item.code for item in check(told).findings}) is (made > 0)


@pytest.mark.parametrize(
    ("name", "severity"),
    [("示例滨江产业园管理委员会", "hint"), ("示例镇人民政府", "warning")],
)
def test_a_zone_founded_as_a_department_is_asked_mildly(name, severity):
    """E-10: its office may be one; a 镇 is none."""
    told = replace(filing(""), unit=Unit(name, "city_department", "我局", "示例市"))
    assert [item.severity.value for item in check(told).findings if item.code == "E-10"] == [severity]


@pytest.mark.parametrize(
    ("edition", "text", "cells"),
    [
        ("2021", "我局不承担行政许可、行政强制职能，行政处罚6件。", {"licence.decisions": 0, "compulsion.decisions": 0, "penalty.decisions": 6}),
        ("2021", "乡里不直接办理行政许可，也不具有行政强制权。", {"licence.decisions": 0, "compulsion.decisions": 0}),
        ("2021", "区级没有规章制定权限，规范性文件制发5件。", {"rules.issued": 0, "normative_doc.issued": 5}),
        ("2021", "本中心不出台规范性文件。", {"normative_doc.issued": 0}),
        ("2021", "许可事项办结75件，作出处罚决定8件，无收费。", {"licence.decisions": 75, "penalty.decisions": 8, "admin_fee.amount": 0}),
        ("2021", "4件规范性文件于当年印发，集中清理废止7件。", {"normative_doc.issued": 4, "normative_doc.repealed": 7}),
        ("2021", "9月，对规范性文件开展清理，年末现行有效14件，当年新出台4件。", {"normative_doc.in_force": 14, "normative_doc.issued": 4}),
        ("2019", "其他对外管理服务事项上年20项，随事项下放减少5项，经办630件。", {"other_service.items_prev": 20, "other_service.items_delta": -5, "other_service.decisions": 630}),
    ],
)  # fmt: skip
def test_what_a_unit_may_not_decide_it_did_not_decide(edition, text, cells):
    """Each number, changed, is noticed."""
    holds(edition, text, cells)


@pytest.mark.parametrize(
    ("text", "cell", "value"),
    [
        ("年初还有2件跨年件，收到申请30件。", "t3__carried_in__total", 2),
        ("收到申请30件，2件因资料待核实等原因跨年。", "t3__carried_out__total", 2),
        ("收到申请30件，还有2件12月底才收到，结转下年办理。", "t3__carried_out__total", 2),
        ("收到申请30件，2件全部于年内办结。", "t3__outcome_total__total", 2),
        ("收到申请30件，“不掌握相关政府信息”达2件。", "t3__unavailable__not_held__total", 2),
        ("收到申请30件，因逾期不补正而终止的2件。", "t3__otherwise__correction_overdue__total", 2),
        ("收到申请30件，因法规禁止而不予公开2件。", "t3__refused__legal_prohibition__total", 2),
        ("收到申请30件，举报投诉性质的2件。", "t3__not_processed__petition__total", 2),
        ("收到申请30件。政府信息公开行政复议3件，纠错的2件、结论为维持的1件。", "t4__reconsideration__corrected", 2),
        ("收到申请30件。政府信息公开行政诉讼，复议之后又诉的2件。", "t4__suit_after__total", 2),
        ("收到申请30件。没有因政府信息公开涉诉。", "t4__suit_direct__total", 0),
        ("收到申请30件。政府信息公开行政复议3件，维持3件，均未出现被纠正的情形。", "t4__reconsideration__corrected", 0),
    ],
)
def test_rows_and_results_in_other_words(text, cell, value):
    """A table with the number passes, one with another is accused."""
    cells = {"t4__reconsideration__total": 3, "t4__reconsideration__upheld": 3 if "维持3" in text else 1}
    cells = {**T3, **(cells if "复议3" in text else {})}
    assert not TOLD & set(codes(HEAD + text, **cells, **{cell: value}))
    assert TOLD & set(codes(HEAD + text, **cells, **{cell: value + 3}))


@pytest.mark.parametrize(
    ("text", "cell", "value"),
    [
        ("收到申请30件，公开4件，牵涉他人的隐私不便公开2件。", "t3__refused__third_party__total", 2),
        ("收到申请30件，公开4件，查询事项不予公开2件。", "t3__refused__inquiry_matter__total", 2),
        ("收到申请30件。政府信息公开行政复议3件，维持1件，以其他结果结案2件。", "t4__reconsideration__other", 2),
        ("收到申请30件。政府信息公开行政诉讼，复议后起诉2件，2件待二审裁判。", "t4__suit_after__pending", 2),
    ],
)
def test_what_may_not_be_opened_and_what_awaits_a_court(text, cell, value):
    """不便公开 beside 公开4件 is no second 予以公开."""
    cells = {**T3, "t3__granted__total": 4 if "公开4" in text else 0}
    cells |= {"t4__reconsideration__total": 3, "t4__reconsideration__upheld": 1} if "复议3" in text else {}
    cells |= {"t4__suit_after__total": 2} if "起诉2" in text else {}
    assert not TOLD & set(codes(HEAD + text, **cells, **{cell: value}))
    assert TOLD & set(codes(HEAD + text, **cells, **{cell: value + 3}))


def test_applications_of_people_need_no_other_name():
    """收到村民个人申请, in a report on disclosure, unless its words say for what."""
    for text, ours in (("收到村民个人申请4件，不掌握1件。", True), ("收到村民建房申请4件，不批1件。", False)):
        assert ours is ("X-03" in raised(text, t3__received_new__total=9, t3__received_new__natural_person=9))


@pytest.mark.parametrize(
    ("edition", "text", "cells"),
    [
        ("2021", "没有制发、也没有废止规范性文件，现行有效7件。", {"normative_doc.issued": 0, "normative_doc.repealed": 0, "normative_doc.in_force": 7}),
        ("2021", "废止规范性文件4件，新发布5件。", {"normative_doc.repealed": 4, "normative_doc.issued": 5}),
        ("2019", "印发规范性文件5份，5份均已上网。", {"normative_doc.made": 5, "normative_doc.newly_disclosed": 5}),
    ],
)  # fmt: skip
def test_documents_in_other_words(edition, text, cells):
    """Each number, changed, is noticed."""
    holds(edition, text, cells)


@pytest.mark.parametrize(
    ("text", "cell", "value"),
    [
        ("收到申请30件，予以公开4件；2件由申请人撤回，计入其他。", "t3__otherwise__other__total", 2),
        ("收到申请30件，内容涉及农机购置补贴资金；上年没有积压。", "t3__carried_in__total", 0),
        ("收到申请30件，除社会公益组织提交的2件外，都由村民提交。", "t3__received_new__public_interest", 2),
        ("收到申请30件，除2件出自律师事务所外，28件由村民提交。", "t3__received_new__legal_service", 2),
    ],
)
def test_others_and_all_but_some(text, cell, value):
    """A table with the number passes, one with another is accused."""
    cells = {**T3, "t3__granted__total": 4}
    cells["t3__received_new__natural_person"] = 28 if "28" in text else 30
    assert not TOLD & set(codes(HEAD + text, **cells, **{cell: value}))
    assert TOLD & set(codes(HEAD + text, **cells, **{cell: value + 3}))
