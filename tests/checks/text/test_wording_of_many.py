"""Wordings of many hands: what they say is read, what is right in them is let be."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from gk_xl import Filing, load_edition
from gk_xl.checks.run import check
from gk_xl.form.filing import Unit

T3 = {
    "t3.received_new.natural_person": 9, "t3.received_new.research": 3, "t3.received_new.total": 12,
    "t3.granted.natural_person": 7, "t3.granted.research": 3, "t3.granted.total": 10,
    "t3.not_processed.publication.natural_person": 1, "t3.not_processed.publication.total": 1,
    "t3.not_processed.reconfirm.natural_person": 1, "t3.not_processed.reconfirm.total": 1,
    "t3.outcome_total.natural_person": 9, "t3.outcome_total.research": 3, "t3.outcome_total.total": 12,
    "t4.reconsideration.upheld": 2, "t4.reconsideration.corrected": 1, "t4.reconsideration.other": 2, "t4.reconsideration.total": 5,
}  # fmt: skip


def found(text, *codes, year=2024, heading="（二）依申请公开", part="overview"):
    """Return what some rules say of a text of a bureau with the cells above, as severities."""
    filing = Filing.loads(json.dumps({
        "edition": "2021", "year": year,
        "unit": {"name": "示例县农业农村局", "kind": "county_department", "self": "我局", "county": "示例县"},
        "cells": dict.fromkeys(load_edition("2021").cells, 0) | T3,
        "narrative": {part: [heading, text]},
    }, ensure_ascii=False))  # fmt: skip
    return [item.severity.value for item in check(filing).findings if item.code in codes]


@pytest.mark.parametrize(
    "text",
    [
        "村民等自然人向我局提出政府信息公开申请9件，另有科研机构申请3件，共12件。",
        "因要求重新出具已获取的信息，不予处理1件；因要求提供报纸，不予处理1件；其余予以公开。",
        "个别答复书说理不充分，有1件在行政复议中被纠正。",
        "予以公开的10件中，自然人7件、科研机构3件。",
        "予以公开10件（自然人7件、科研机构3件）。",
        "复议5件，其中针对不予公开答复的3件。",
        "申请人以自然人为主，全年12件中自然人9件、科研机构3件。",
        "我局新收12件，占全市新收总量48件的四分之一。",
        "发生行政复议5件，其中2件由申请人撤回，计入其他结果。",
        "收到政府信息公开申请12件，予以公开的10件中自然人申请7件、科研机构申请3件；不予处理的2件均为自然人申请。",
        "全年答复申请12件，其中邮寄、当面领取分别为5件、3件，因地址有误退回2件。",
        "行政复议5件，其中被撤销并责令重新答复（结果纠正）1件，维持2件。",
    ],
)
def test_right_wording_is_not_accused(text):
    """Two kinds of applicants, a group in two parts, a result within a matter, one told behind its number, part of a list."""
    assert found(text, "X-03", "X-05", "X-06", "X-10") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("收到科研机构提交的政府信息公开申请3件、自然人提交的9件，共计13件。", "X-03"),
        ("被申请行政复议5件，均被复议机关维持。", "X-06"),
        ("行政复议5件，其中被撤销并责令重新答复（结果纠正）3件，维持2件。", "X-06"),
        ("全年收到政府信息公开申请12件，结转2件到2025年。", "X-04"),
        ("收到政府信息公开申请12件，其中自然人占比最高，为8件。", "X-03"),
        ("政府信息公开行政复议较上年减少3件，降至7件。", "X-06"),
        ("予以公开的10件中，多数要求提供纸质件；自然人申请9件、科研机构申请2件。", "X-03"),
        ("全年答复申请12件，其中邮寄、当面领取分别为5件、3件。", "X-10"),
    ],
)
def test_wrong_numbers_in_free_wording_are_found(text, code):
    """Each is one error of its rule."""
    assert found(text, code) == ["error"]


@pytest.mark.parametrize("heading", ["依申请公开情况", "依申请公开工作。", "（二）依申请公开"])
def test_a_line_that_names_a_topic_is_a_heading(heading):
    """With an ordinal or without: 发生行政复议 under 依申请公开情况 is about disclosure."""
    assert found("发生行政复议6件。", "X-06", heading=heading) == ["error"]


@pytest.mark.parametrize(
    ("right", "wrong", "code", "severity"),
    [
        ("我局对新制发的文件逐件标注属性。", "我委对新制发的文件逐件标注属性。", "X-19", "warning"),
        ("参加县级培训2次。", "参加县级培训若干次。", "X-31", "hint"),
        ("行政强制为0，行政处罚3件。", "行政处罚3件，行政许可12。", "X-55", "warning"),
        (
            "网站公开226条，公众号发布518条，两个渠道合计744条。",
            "网站公开226条，公众号发布518条，两个渠道合计754条。",
            "X-10",
            "error",
        ),
        ("聘请监督员5名，其中村民代表3名。", "聘请监督员5名，其中村民代表8名。", "X-38", "error"),
        ("所有申请均在收到之日起20个工作日内答复。", "所有申请均在收到之日起30个工作日内答复。", "X-44", "warning"),
        ("工作人员逐条筛查敏感数据。", "工作人员逐条逐条筛查敏感数据。", "X-59", "warning"),
        (
            "2024年，全县各级坚持以公开为常态，较好地保障了知情权。",
            "2023年，全县各级坚持以公开为常态，较好地保障了知情权。",
            "X-22",
            "warning",
        ),
        ("办结件中，予以公开10件，占83.3%。", "办结件中，予以公开10件，占76.9%。", "X-41", "warning"),
    ],
)
def test_slips_are_found_beside_right_wording(right, wrong, code, severity):
    """The right sentence brings nothing of the rule."""
    assert found(right, code) == []
    assert found(wrong, code) == [severity]


@pytest.mark.parametrize(
    "text", ["今年以来镇政府收到政府信息公开申请2件。", "全年更新镇政府网页信息95条，推送镇政府公众号文章30篇。"]
)
def test_words_before_the_government_of_a_town_are_no_name(text):
    """Of time, and of what is done to its pages."""
    filing = Filing.loads(json.dumps({
        "edition": "2021", "year": 2024, "unit": {"name": "双溪镇人民政府", "kind": "town", "self": "我镇", "county": "示例县"},
        "cells": {}, "narrative": {"overview": [text]},
    }, ensure_ascii=False))  # fmt: skip
    assert "X-56" not in {item.code for item in check(filing).findings}


UNEVEN = {
    "t3.received_new.natural_person": 5, "t3.received_new.research": 1, "t3.received_new.total": 6,
    "t3.granted.natural_person": 4, "t3.granted.research": 1, "t3.granted.total": 5,
    "t3.outcome_total.natural_person": 4, "t3.outcome_total.research": 1, "t3.outcome_total.total": 5,
    "t3.carried_out.natural_person": 1, "t3.carried_out.total": 1,
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "severities"),
    [
        ("收到政府信息公开申请6件，其中自然人5件、科研机构1件。办结5件，1件结转下年度。", []),
        ("收到政府信息公开申请6件，其中自然人4件、科研机构1件。办结5件，1件结转下年度。", ["error"]),
        ("收到政府信息公开申请6件。自然人提出4件，科研机构提出1件。", ["error"]),
        ("收到政府信息公开申请6件。办结5件，其中自然人4件、科研机构1件，1件结转下年度。", []),
        ("收到政府信息公开申请6件，其中自然人4件已办结、1件结转下年度。", []),
    ],
)
def test_a_list_of_applicants_is_held_against_its_own_total(text, severities, monkeypatch):
    """4 is what 办结 holds of 自然人, but the list is of the six received; where the list is of 办结, it is right."""
    monkeypatch.setitem(globals(), "T3", UNEVEN)
    assert found(text, "X-03") == severities


TOWN = {"name": "双溪镇人民政府", "kind": "town", "self": "我镇", "county": "示例县"}


def of_town(text, code, part="overview", cells=None):
    """Return how grave a rule finds a text of a town, empty when it says nothing."""
    filing = Filing.loads(json.dumps({
        "edition": "2021", "year": 2024, "unit": TOWN,
        "cells": dict.fromkeys(load_edition("2021").cells, 0) | (cells or {}), "narrative": {part: [text]},
    }, ensure_ascii=False))  # fmt: skip
    return [item.severity.value for item in check(filing).findings if item.code == code]


@pytest.mark.parametrize(
    ("title", "severities"),
    [
        ("双溪镇人民政府2024年政府信息公开工作年度报告", []),
        ("示例县双溪镇人民政府2024年政府信息公开工作年度报告", []),
        ("示例县双溪镇2024年政府信息公开工作年度报告", []),
        ("双溪镇人民政府2024年度政府信息公开工作年度报告", ["warning"]),
        ("双溪镇人民政府2023年政府信息公开工作年度报告", ["error"]),
        ("龙塘镇人民政府2024年政府信息公开工作年度报告", ["error"]),
    ],
)
def test_a_title_may_give_the_full_name(title, severities):
    """The unit's full name, its county before it; another year or unit is an error, another form of the name a warning."""
    assert of_town(title, "X-18", part="preamble") == severities


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("全年行政事业性收费96.5万元，其中污水处理费58.2万元、垃圾处理费38.3万元。", "X-42"),
        ("办结230件，其中予以公开110件、部分公开21件，两者合计131件；不予公开、无法提供合计99件。", "X-10"),
        ("规范性文件由2023年末的120件减至104件，其间制发11件、废止27件。", "X-22"),
    ],
)
def test_what_only_looks_like_it_is_let_be(text, code):
    """Fees of other kinds, a subtotal of the two, a number since the end of last year."""
    assert of_town(text, code, cells={"t2.normative_doc.issued": 11, "t2.normative_doc.repealed": 27}) == []


def test_what_becomes_of_a_city_bureau_is_no_place():
    """自然人成为市财政局的主要申请群体."""
    filing = Filing.loads(json.dumps({
        "edition": "2021", "year": 2024, "cells": {},
        "unit": {"name": "清平市财政局", "kind": "city_department", "self": "我局", "county": "清平市"},
        "narrative": {"overview": ["企业成为市财政局的主要申请群体，公众评为市财政局的优点是答复快。"]},
    }, ensure_ascii=False))  # fmt: skip
    assert "X-30" not in {item.code for item in check(filing).findings}


@pytest.mark.parametrize(
    ("first", "hints"),
    [
        ("上年度存在的人员不足等问题，已整改到位。", 0),
        ("去年的网络安全能力不足问题已解决。", 0),
        ("存在人员不足的问题。", 1),
    ],
)
def test_last_years_problem_that_was_mended_asks_for_no_measure(first, hints):
    """What was mended since is no problem of this year's report."""
    text = first + "2024年存在的主要问题是解读形式单一。改进措施：丰富解读形式，运用图表和视频。"
    assert len(of_town(text, "X-15", part="problems")) == hints


OWN = {
    "t3.received_new.natural_person": 4, "t3.received_new.total": 4, "t3.granted.natural_person": 4, "t3.granted.total": 4,
    "t3.outcome_total.natural_person": 4, "t3.outcome_total.total": 4,
}  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "收到政府信息公开申请4件，申请人均为自然人，均已办结。",
        "全年新收4件（均由公民个人提出），无上年结转和结转下年度的申请。",
        "本年收到的4件申请全部由自然人提出，行政诉讼没有发生。",
        "新收政府信息公开申请4件，上年结转和结转下年均为0件。",
    ],
)
def test_what_holds_for_all_is_held_against_each_cell(text):
    """Right as it is; one cell changed, and a reading says which."""
    text = "（二）依申请公开。" + text
    assert [of_town(text, code, cells=OWN) for code in ("X-03", "X-04", "X-08")] == [[], [], []]
    if "均" in text and "自然人" in text:
        assert of_town(text, "X-03", cells=OWN | {"t3.received_new.natural_person": 3, "t3.received_new.research": 1})
    if "下年" in text:
        assert of_town(text, "X-04", cells=OWN | {"t3.carried_out.total": 1})
        assert of_town(text, "X-04", cells=OWN | {"t3.carried_in.total": 1})
    if "诉讼" in text:
        assert of_town(text, "X-08", cells=OWN | {"t4.suit_direct.total": 2})


OPEN = OWN | {
    "t3.carried_in.natural_person": 2,
    "t3.carried_in.total": 2,
    "t3.carried_out.natural_person": 2,
    "t3.carried_out.total": 2,
}


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("年初未办结申请2件，新收4件，年末待办2件。", "t3.carried_in.total"),
        ("新收政府信息公开申请4件，结转自上年的2件，办出4件。", "t3.carried_in.total"),
        ("新收政府信息公开申请4件，结转下年度的2件亦为自然人申请。", "t3.carried_out.total"),
    ],
)
def test_what_stood_open_at_either_end_of_the_year(text, broken):
    """年初未办结 is what was carried in, not what is carried out; right as it is, found where that cell is another."""
    text = "（二）依申请公开。" + text
    assert of_town(text, "X-04", cells=OPEN) == []
    assert of_town(text, "X-04", cells=OPEN | {broken: 9}) == ["error"]


def test_a_case_that_ended_so_because_of_something():
    """除1件因……被纠正外: the result stands behind the cause."""
    text = "被申请行政复议5件，除1件因告知救济途径有误被纠正外，其余4件均获维持。"
    cells = {"t4.reconsideration.total": 5, "t4.reconsideration.upheld": 4, "t4.reconsideration.corrected": 1}
    assert of_town(text, "X-06", cells=cells) == []
    assert of_town(text, "X-06", cells=cells | {"t4.reconsideration.corrected": 0, "t4.reconsideration.other": 1})


@pytest.mark.parametrize(
    ("amount", "accused"), [("八十六点四万元", False), ("八十六点四元", True), ("八十七点九万元", True)]
)
def test_a_sum_in_characters_with_a_fraction_is_held_against_the_table(amount, accused):
    """采购总金额八十六点四元: 万 was lost."""
    blank = Filing.blank(2020, Unit("示例乡人民政府", "township", "我乡", "示例县"))
    cells = {**dict.fromkeys(blank.cells, 0), "t2.procurement.projects": 3, "t2.procurement.amount": 86.4}
    told = replace(blank, cells=cells, narrative={"overview": (f"实施政府集中采购项目三个，采购总金额{amount}。",)})
    assert ("X-09" in {finding.code for finding in check(told).findings}) == accused
