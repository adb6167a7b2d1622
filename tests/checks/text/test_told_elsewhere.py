"""What one sentence says of another: headings, announced numbers, claims; and numbers told by the form's own parts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from gk_xl.form.filing import Unit
from tests.checks.text.test_kinds import codes
from tests.checks.text.test_rewriting import filing
from tests.checks.text.test_wording_of_offices import HEAD, T3, raised

CASES = {"t4__reconsideration__total": 7, "t4__reconsideration__upheld": 5, "t4__reconsideration__other": 2}


def messages(part, *paragraphs, **cells):
    """Return what is said, beside hints, of a filing with one part of some paragraphs."""
    made = replace(filing("", **cells), narrative={part: paragraphs})
    return [f"{finding.code} {finding.message}" for finding in check(made).findings if str(finding.severity) != "hint"]


@pytest.mark.parametrize(
    "text",
    [
        "监督结果也是一面镜子：全年行政复议案件7件，5件维持，2件属于其他结果，没有未审结的。",
        "行政复议7件，维持5件，其他结果2件。",
    ],
)
def test_cases_told_by_the_forms_own_parts_are_those_of_table_four(text):
    """Also where nothing says that they were about disclosure, in the report of a bureau; of another matter's they tell nothing."""

    def accused(told: str, **cells: int) -> bool:
        made = replace(filing(told, **cells), unit=Unit("示例县水利局", "county_department", county="示例县"))
        return "X-06" in {finding.code for finding in check(made).findings}

    assert not accused(text, **CASES)
    assert accused(text, **{**CASES, "t4__reconsideration__other": 3, "t4__reconsideration__total": 8})
    assert not accused(text.replace("，没有未审结的", "").replace("行政复议", "征地行政复议"))


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("收到申请30件，自然人30件，其余五类主体均无申请。", "t3__received_new__research"),
        ("收到申请30件，上年结转：无。", "t3__carried_in__total"),
        ("收到申请30件，结转下年：无。", "t3__carried_out__total"),
        ("全年新收30件，上年仅有18件，多出12件；商业企业0件。", "t3__received_new__commercial"),
        ("收到申请30件，要另行加工制作的0件。", "t3__unavailable__needs_creation__total"),
        ("收到申请30件，因涉及国家秘密、经保密审查后决定不予公开的0件。", "t3__refused__state_secret__total"),
    ],
)
def test_none_is_held_against_its_cell(text, cell):
    """A table without any passes, one with some is accused."""
    told = {"X-03", "X-04", "X-05"}
    assert not told & set(codes(HEAD + text, **T3))
    assert told & set(codes(HEAD + text, **T3, **{cell: 5}))


def test_a_heading_written_twice_is_told_where_another_is_missing():
    """【监督保障】 over what is 平台建设; all five once are right."""
    heads = ["主动公开", "依申请公开", "政府信息管理", "平台建设", "监督保障"]
    right = [f"【{head}】本年度按要求开展了有关工作，逐项落实到人。" for head in heads]
    wrong = [*right[:3], right[3].replace(heads[3], heads[4]), right[4]]
    run_in = [*(f"（一）{heads[0]}。", f"{heads[0]}方面，发布信息三十条。"), *right[1:4]]
    assert not [said for said in messages("overview", *run_in) if "写了两次" in said]
    assert not [said for said in messages("overview", *right) if "写了两次" in said]
    assert [said for said in messages("overview", *wrong) if "“监督保障”写了两次" in said]


@pytest.mark.parametrize(("said", "wrong"), [("三点", True), ("两点", False), ("两个方面", False)])
def test_points_announced_in_a_sentence_of_their_own_are_counted(said, wrong):
    """差距集中在三点。第一，……。第二，…… has two."""
    text = f"差距集中在{said}。第一，文件解读滞后。第二，说理不充分。下一步加强培训。"
    assert wrong is any(found.startswith("X-25") for found in messages("problems", text))


@pytest.mark.parametrize(
    ("claim", "late", "wrong"),
    [
        ("6件都在法定期限内答复。", "一是6件申请中有2件超过法定期限才答复。", True),
        ("6件都在法定期限内答复。", "一是有1件群众留言超期才答复。", False),
        ("6件都在法定期限内答复。", "一是有2件申请临近期限才答复。", False),
        ("6件均已答复。", "一是6件申请中有2件超过法定期限才答复。", False),
    ],
)
def test_what_was_late_is_held_against_the_claim_that_nothing_was(claim, late, wrong):
    """Of the year's applications only."""
    made = replace(filing(""), narrative={"overview": (HEAD + claim,), "problems": (late + "下一步加强督办。",)})
    assert wrong is any("说有超期的" in finding.message for finding in check(made).findings)


@pytest.mark.parametrize(("rate", "wrong"), [("57.1", False), ("61.7", True)])
def test_a_share_of_a_result_is_of_its_row(rate, wrong):
    """占不予公开的57.1%."""
    cells = {**T3, "t3__refused__enforcement_file__total": 16, "t3__refused__third_party__total": 12}
    text = f"收到申请30件。28件不予公开，主要是行政执法案卷类，有16件，占不予公开的{rate}%。"
    assert wrong is ("X-41" in codes(HEAD + text, **cells))


@pytest.mark.parametrize(("rate", "wrong"), [("75", False), ("85", True)])
def test_a_share_behind_what_is_within_is_of_what_stands_before(rate, wrong):
    """政策解读412篇，其中图解、视频等309篇，占75%: asked about, for the whole may stand in another sentence."""
    assert "X-10" not in codes("办结建议85件，其中采纳和部分采纳46件，合计占54.1%。")
    found = codes(f"刊发政策解读412篇，其中图解、视频等解读309篇，占{rate}%。")
    assert found.get("X-10") == ("warning" if wrong else None)


def test_a_list_in_brackets_has_no_total_among_its_items():
    """征地批文（29件）、登记资料（12件）、规划许可（8件）: 29 is not 21 and 8."""
    text = "收到申请49件。申请集中在征地批文（29件）、登记资料（12件）、规划许可（8件）。"
    assert "X-10" not in codes(HEAD + text, t3__received_new__total=49)


def test_documents_with_the_offices_are_asked_about_only():
    """旗政府及办公室印发6件: whether the departments' are in the table nobody knows."""
    said = raised("政府及办公室新印发规范性文件6件。", t2__normative_doc__issued=6)
    assert "X-09" not in said


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        (
            "收到申请30件。20个工作日内答复25件，经批准延长后答复5件。",
            {"t3__outcome_total__total": 30, "t3__granted__total": 30},
        ),
        ("收到申请30件。群众对这2件答复没有申请复议，也没有起诉。", {}),
        ("收到申请30件（自然人30），上年结转1件（系商业企业提出1件），合计31件。", {"t3__carried_in__total": 1}),
        (
            "收到申请30件，不掌握2件。一件不掌握的答复被直接诉至法院。",
            {"t3__unavailable__not_held__total": 2, "t4__suit_direct__total": 1},
        ),
        ("收到申请30件。登记文件91份，标明主动公开的40份、依申请公开的29份、不予公开的22份。", {}),
    ],
)
def test_numbers_of_a_part_are_not_held_against_all(text, cells):
    """What took longer, whom an answer satisfied, what a bracket repeats, one answer among two."""
    assert not {"X-05", "X-06", "X-10", "X-39"} & set(codes(HEAD + text, **{**T3, **cells}))


@pytest.mark.parametrize(("place", "wrong"), [("示例县", True), ("示例区", False), ("示例市", False)])
def test_the_own_countys_government_bears_its_level(place, wrong):
    """示例县政府网站 in a 街道 of 示例区; a city may bear the name of a county in it."""
    unit = Unit("示例区柳浪街道办事处", "subdistrict", county="示例区")
    made = replace(filing(f"可以登录{place}政府网站查看。"), unit=unit)
    assert wrong is ("X-57" in {finding.code for finding in check(made).findings})


SUITS = {
    "t4__suit_direct__total": 3,
    "t4__suit_direct__upheld": 2,
    "t4__suit_direct__pending": 1,
    "t4__suit_after__total": 1,
    "t4__suit_after__upheld": 1,
}


@pytest.mark.parametrize(
    "text",
    [
        "行政诉讼4件，直接起诉3件（1件未审结）、复议后起诉1件，已结的3件均维持。",
        "行政诉讼4件，含直接起诉3件、经复议起诉1件；经复议起诉者，法院维持1件。",
        "未经复议直接到法院起诉的3件，法院维持2件；经过复议又起诉的1件，法院维持1件。",
    ],
)
def test_a_result_is_of_the_suits_that_it_can_be_of(text):
    """More than the last kind of suits came to is of both; a kind named anew is that one."""
    assert "X-06" not in codes(HEAD + text, **SUITS)
    assert "X-06" in codes(HEAD + text, **{**SUITS, "t4__suit_after__upheld": 0, "t4__suit_after__pending": 1})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("整治问题57个，已整改55个，其余2个明确于2026年一季度完成。", "X-22"),
        ("后扶直补人口2316人，每人每年600元，合计138.96万元。", "X-10"),
        ("路线图印到户，1874户一户一张。", "X-59"),
        ("新收28件（自然人27件，业主委员会1件归入其他类），是2024年14件的2倍。", "X-10"),
        ("三个平台875条信息，有两成彼此重复；村组更新频次相差大，多的月均11条，少的月均2条。", "X-10"),
        ("具体承办为乡党政办。把账目说明白，成了乡政府公开工作的头等大事。", "X-56"),
    ],
)
def test_right_words_of_two_more_writers(text, code):
    """A date that is set, a price a head, one a household, what a bracket ends, some of many, whose office it is."""
    assert code not in codes(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("索要执法案卷的有16件，涉及人事管理的有6件，其余10件分别属国家秘密1件、行政查询9件。", "X-10"),
        ("为18个社区各选配1名信息员，其中大学生社工15名、退役军人3名。", "X-38"),
        ("我镇把学习贯彻条例作为全年公开工作的开篇。", "X-55"),
        ("收到申请30件。公益组织申请的均为监测数据，3件公开、1件部分公开。", "X-05"),
    ],
)
def test_what_one_of_each_or_of_one_kind_is_no_total(text, code):
    """Numbers beside one another, one each, a noun that looks like a unit, one kind of applicants."""
    found = codes(HEAD + text, **{**T3, "t3__granted__total": 18, "t3__partial__total": 4})
    assert found.get(code) in (None, "hint")


@pytest.mark.parametrize(
    ("text", "cells", "code"),
    [
        ("年底已有21个县配备到位，尚余16个。", {}, "X-04"),
        ("法律顾问全年出具意见51份，其中依申请公开38份、执法13份。", {}, "X-03"),
        ("收到申请30件。复议1件，申请人在审理中撤回。", {"t4__reconsideration__total": 1, "t4__reconsideration__other": 1}, "X-06"),
        ("收到申请30件。申请复议2件；没有越过复议直接起诉的。", {"t4__reconsideration__total": 2}, "X-08"),
        ("新收申请同比由2019年的25件上升20.0%，主要是两个片区集中申请，共17件。", {}, "X-10"),
        ("复议被纠正11件，纠正率为14.7%（以审结75件计）；最多的片区有286件申请。", {}, "X-10"),
        ("出台规范性文件1件，另有2件继续有效，一共3件。", {"t2__normative_doc__issued": 1, "t2__normative_doc__in_force": 3}, "X-09"),
        ("作为上一级主管部门，我乡收到不服其答复的复议申请2件，维持1件、责令重新答复1件。", {}, "X-06"),
        ("办公室3人；举办培训4场，平均每场65人，共260人次。", {}, "X-10"),
        ("2026年1月1日起新修订的《中华人民共和国行政复议法》施行。", {}, "X-22"),
    ],
)  # fmt: skip
def test_right_words_of_one_more_writer(text, cells, code):
    """What is left of counties, opinions on disclosure, a case withdrawn, who passed over 复议, a growth to what stands elsewhere."""
    assert codes(HEAD + text, **{**T3, **cells}).get(code) in (None, "hint")


@pytest.mark.parametrize(
    "text",
    [
        "分主体看，自然人占83.0%，商业企业占11.6%，法律服务机构占4.2%。",
        "其中自然人占83.0%，商业企业占11.6%，法律服务机构占4.2%。",
    ],
)
def test_shares_of_some_kinds_stop_no_export(text):
    """What is left may be of kinds that are not named; more than all is an error."""
    assert codes(HEAD + text, **T3).get("X-10") in (None, "hint", "warning")
    assert codes(HEAD + text.replace("4.2%", "9.2%"), **T3)["X-10"] == "error"


@pytest.mark.parametrize("word", ["没有申请", "未申请", "没有提", "均未提出", "没提起", "无人申请"])
@pytest.mark.parametrize("what", ["复议", "行政复议"])
def test_answers_against_which_nobody_went_are_no_suits(word, what):
    """对这2件答复没有申请复议, in any words; with a suit behind them they are its number."""
    assert "X-06" not in codes(f"{HEAD}收到申请30件。当事人对这2件答复{word}{what}，也没有起诉。", **T3)
    assert "X-06" in codes(f"{HEAD}收到申请30件。2件未申请{what}直接起诉。", **T3)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("按时公开率为96.2%，2023年为93.7%，提高2.5个百分点。", False),
        ("按时公开率为96.2%，2023年为93.7%，下降2.5个百分点。", True),
        ("按时公开率由93.7%升至96.2%，提高3.5个百分点。", True),
        ("开通率去年为81%，今年达到90%，提升了9个百分点。", False),
        ("开通率去年为81%，今年达到90%，提升了7个百分点。", True),
    ],
)
def test_points_of_per_cent_are_those_of_the_two_rates(text, wrong):
    """Their direction and how many they are."""
    assert wrong is ("X-10" in codes(text))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("东岭村设宣传栏4块，西岭村设宣传栏6块，南岭村设宣传栏5块，三村共计15块。", False),
        ("东岭村设宣传栏4块，西岭村设宣传栏6块，南岭村设宣传栏5块，三村共计16块。", True),
        ("6个基层分院各聘公开督导员2名，总共14名。", True),
        ("机关9个处室、6个下属单位各聘公开督导员1名，总共15名。", False),
        ("4个分局各派联络员3名，其中女联络员7名。", False),
    ],
)
def test_places_that_each_have_some_come_to_their_total(text, wrong):
    """三村共计16块; 6个分院各聘2名，总共14名."""
    assert wrong is bool({"X-10", "X-38"} & {code for code, severity in codes(text).items() if severity != "hint"})


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("答复及时率100%。另有2件因邮路原因超出法定期限。", True),
        ("申请件件按期办复。年内没有1件超期答复。", False),
        ("没有一件申请逾期。群众留言有3件逾期答复。", False),
    ],
)
def test_late_answers_beside_any_words_for_all_in_time(text, wrong):
    """答复及时率100%, 件件按期, 没有一件逾期: of applications."""
    assert wrong is any("说有超期的" in told for told in messages("overview", f"{HEAD}收到申请30件，{text}", **T3))


def test_an_office_may_sign_for_its_government():
    """岭北省人民政府办公厅 of 岭北省人民政府."""
    made = filing("")
    unit = replace(made.unit, name="岭北省人民政府", kind="province_government", county="")
    for office, wrong in (("岭北省人民政府办公厅", False), ("岭南省人民政府办公厅", True)):
        signed = replace(made.signed, name=office)
        found = {item.code for item in check(replace(made, unit=unit, signed=signed)).findings}
        assert wrong is ("X-18" in found)


def test_a_numbered_paragraph_may_begin_with_the_number_of_a_hotline():
    """3. 12345热线: the third item, no number with a point in it."""
    told = messages(
        "other_matters", "1. 没有收取信息处理费。", "2. 复议2件。", "3. 12345热线工单96件。", "4. 收费12.6万元。"
    )
    assert not any(message.startswith("X-25") for message in told)
