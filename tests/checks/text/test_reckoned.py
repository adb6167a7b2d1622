"""What the numbers of a text must come to, shares of the tables' numbers, and the regulation's own limits."""

from __future__ import annotations

import json

import pytest

from gk_xl import Filing, load_edition
from gk_xl.checks.run import check

CELLS = {
    "t3.received_new.natural_person": 30, "t3.received_new.commercial": 11, "t3.received_new.total": 41,
    "t3.carried_in.natural_person": 3, "t3.carried_in.total": 3,
    "t3.granted.natural_person": 15, "t3.granted.total": 15, "t3.partial.natural_person": 6, "t3.partial.total": 6,
    "t3.unavailable.not_held.natural_person": 9, "t3.unavailable.not_held.commercial": 11, "t3.unavailable.not_held.total": 20,
    "t3.outcome_total.natural_person": 30, "t3.outcome_total.commercial": 11, "t3.outcome_total.total": 41,
    "t3.carried_out.natural_person": 3, "t3.carried_out.total": 3,
    "t4.reconsideration.upheld": 3, "t4.reconsideration.corrected": 1, "t4.reconsideration.pending": 1, "t4.reconsideration.total": 5,
}  # fmt: skip
PREFIX = "2024年收到政府信息公开申请41件。"


def found(text, codes):
    """Return the severities of some rules on a text under 依申请公开 of a bureau with the cells above."""
    filing = Filing.loads(json.dumps({
        "edition": "2021", "year": 2024,
        "unit": {"name": "示例县农业农村局", "kind": "county_department", "self": "我局", "county": "示例县"},
        "cells": dict.fromkeys(load_edition("2021").cells, 0) | CELLS,
        "narrative": {"overview": ["依申请公开情况", text]},
    }, ensure_ascii=False))  # fmt: skip
    return [item.severity.value for item in check(filing).findings if item.code in codes]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("信息526条，上年为480条，同比增长9.6%。", "信息526条，上年为480条，同比增长6.9%。"),
        ("信息数量较上年480条增长9.6%，达到526条。", "信息数量较上年480条增长9.6%，达到562条。"),
        ("网站点击36.2万次，同比增加4.2万次，增长13.1%。", "网站点击36.2万次，同比增加4.2万次，增长31.1%。"),
        ("“三公”经费18.6万元，比上年减少2.4万元，下降11.4%。", "“三公”经费18.6万元，比上年减少2.4万元，下降14.1%。"),
        ("发现问题18个，已整改16个，2个正在整改。", "发现问题18个，已整改17个，2个正在整改。"),
        ("收到建议16条，已采纳12条，其余4条作出说明。", "收到建议16条，已采纳12条，其余5条作出说明。"),
        ("栏目由12个减少到9个，归并3个。", "栏目由12个减少到9个，归并4个。"),
        (
            "上年末有规范性文件13件，今年制定2件、废止1件，年末14件。",
            "上年末有规范性文件12件，今年制定2件、废止1件，年末14件。",
        ),
        ("规范性文件制定2件，废止1件，比上年末净增1件。", "规范性文件制定2件，废止1件，比上年末净减1件。"),
        ("组织培训3期，参训210人次，平均每期70人次。", "组织培训3期，参训210人次，平均每期80人次。"),
        ("组织宣讲36场，平均每月3场。", "组织宣讲36场，平均每月4场。"),
        ("召开会议4次，每季度一次。", "召开会议6次，每季度一次。"),
    ],
)
def test_what_the_numbers_do_not_come_to_is_asked_about(right, wrong):
    """The right sentence brings nothing of X-10, the wrong one a warning."""
    assert found(right, {"X-10"}) == []
    assert found(wrong, {"X-10"}) == ["warning"]


@pytest.mark.parametrize(
    "text",
    [
        "全市新收来信901件，首次突破900件，比上年增加67件，增长8.0%；其中自然人734件。",
        "行政复议5件，其中维持3件，纠正1件，1件尚未审结。",
        "满意率提高3.2%，达到96.5%，收到问卷410份。",
        "信息约526条，比上年的480条增长10%。",
        "审核信息630条，发布618条，不予发布8条，退回修改4条。",
        "公开信息526条，其中解读12条，比上年增长20%。",
        "发现问题18个，整改16个，上年遗留的2个也已完成。",
        "上年末有规范性文件13件，今年制定2件、废止1件、修改1件，年末14件。",
        "开展宣讲，平均每场40人。",
        "行政许可事项上年为6项，因县里收回2项，本年减少2项，全年办理13件。",
        "发布公告14篇、整改公告6篇，较上年的16篇公告共增加4篇，增幅25%。",
    ],
)
def test_what_may_be_right_is_not_reckoned(text):
    """A rough number, another matter, a list of which the first is an item, a change that a number of the sentence gives."""
    assert found(text, {"X-10"}) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("自然人申请占73.2%。", "自然人申请占83.2%。"),
        ("予以公开和部分公开共21件，占办结总数的51.2%。", "予以公开和部分公开共21件，占办结总数的48.8%。"),
        ("予以公开15件，公开率（含部分公开）51.2%。", "予以公开15件，公开率（含部分公开）36.6%。"),
        ("申请公开率36.6%。", "申请公开率63.6%。"),
        ("无法提供的占48.8%，部分公开的占14.6%。", "无法提供的占48.8%，部分公开的占16.4%。"),
        ("申请办结率93.2%。", "申请办结率83.2%。"),
        ("行政复议被纠正率20%。", "行政复议被纠正率30%。"),
        ("复议案件审结4件，维持率75%。", "复议案件审结4件，维持率57%。"),
    ],
)
def test_shares_are_those_of_the_tables(right, wrong):
    """The right share brings nothing of X-41, the wrong one a warning."""
    assert found(PREFIX + right, {"X-41", "X-10"}) == []
    assert found(PREFIX + wrong, {"X-41", "X-10"}) == ["warning"]


@pytest.mark.parametrize(
    "text",
    [
        "办结建议40件，办结率75%。",
        "自然人占比提高3.1%。",
        "网上申请中自然人占60%。",
        "按期办结率80%。",
        "公开率比上年提高12%。",
    ],
)
def test_shares_of_something_else_are_left_alone(text):
    """Of proposals, a change, of one channel, of those due."""
    assert found(PREFIX + text, {"X-41"}) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("严守法定20个工作日答复时限。", "严守法定15个工作日答复时限。"),
        ("严格按照条例规定的20个工作日期限办理。", "严格按照条例规定的20日期限办理。"),
        ("在7个工作日内一次性告知补正。", "在15个工作日内一次性告知补正。"),
        ("第三方自收到征求意见书之日起15个工作日内提出意见。", "第三方自收到征求意见书之日起20个工作日内提出意见。"),
        ("经批准延长答复期限20个工作日。", "经批准延长答复期限30个工作日。"),
        ("根据《条例》第三十六条第（五）项，告知不掌握。", "根据《条例》第三十八条第（五）项，告知不掌握。"),
        ("依据《条例》第三十七条作区分处理。", "依据《条例》第二十七条作区分处理。"),
        ("依照《条例》第四十二条收取信息处理费。", "依照《条例》第五十二条收取信息处理费。"),
        ("自2019年5月15日新修订的《条例》施行以来。", "自2019年5月1日新修订的《条例》施行以来。"),
    ],
)
def test_the_regulation_says_what_it_says(right, wrong):
    """The right article or limit brings nothing of X-44, the wrong one a warning."""
    assert found(right, {"X-44"}) == []
    assert found(wrong, {"X-44"}) == ["warning"]


@pytest.mark.parametrize(
    "text",
    [
        "法定许可时限20个工作日压缩到5个工作日。",
        "承诺5个工作日内答复，比法定期限提前15个工作日。",
        "依据《水法》第三十八条，告知不掌握。",
        "根据《条例》第五十条的规定，报告社会评议结果。",
        "经征求第三方意见，在第32个工作日答复。",
    ],
)
def test_other_limits_and_articles_are_left_alone(text):
    """Of a licence, of another law, a day with its reason."""
    assert found(text, {"X-44"}) == []


def test_an_answer_beyond_the_limit_is_a_hint():
    """在第36个工作日予以公开, with nothing that says why."""
    assert found("我局在第36个工作日予以公开。", {"X-44"}) == ["hint"]
