"""Slips of language, of numbers to call by and of time, each wrong beside right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from tests.checks.text.test_kinds import BUREAU, codes, filing


@pytest.mark.parametrize(
    ("code", "part", "wrong", "right"),
    [
        ("X-61", "problems", "栏目更新慢。今后将指导各村及时。", "栏目更新慢。今后将指导各村及时更新。"),
        (
            "X-61",
            "problems",
            "栏目更新慢。今后由专人巡查，确保内容准确和。",
            "栏目更新慢。今后由专人巡查，确保内容总和。",
        ),
        ("X-61", "overview", "有关意见由办公室汇总后，向。", "公示了资金的使用方向。"),
        ("X-61", "overview", "工作人员的业务水平得到。", "各项要求都听得到。"),
        ("X-61", "overview", "按照分级负责、归口管理的。", "按照分级负责、归口管理的原则。"),
        ("X-26", "overview", "新增“”专栏。", "新增“问答”专栏。"),
        ("X-61", "overview", "对公示栏进行了全面。", "对公示栏进行了全面清理，检查有序进行。"),
        ("X-26", "preamble", "网址为http://www.baishi.gov.，欢迎查询。", "网址为http://www.baishi.gov.cn，欢迎查询。"),
        ("X-26", "overview", "群众满意度98%%。", "群众满意度98%。"),
        (
            "X-63",
            "overview",
            "（二）依申请公开。我乡对网站首页作了调整，链接每日检查。",
            "（四）政府信息公开平台建设。我乡对网站首页作了调整，链接每日检查。",
        ),
        (
            "X-61",
            "problems",
            "存在问题：一是数量少；二是更新慢；三是。",
            "存在问题：一是数量少；二是更新慢；三是人手紧。",
        ),
        (
            "X-26",
            "overview",
            "每半年征求群众意见？建议均已答复。",
            "围绕“平台够不够用”自查，平台好不好用？群众说了算。",
        ),
        ("X-26", "overview", "及时公开fangxun抗旱信息。", "通过weixin公众号、app和VR展厅公开信息。"),
        ("X-27", "overview", "新增路况查询&nbsp;&nbsp;功能。", "新增A&B楼查询功能。"),
        ("X-27", "overview", "定期听取意见（此处简要说明考核情况）。", "定期听取意见（意见簿放在大厅）。"),
        ("X-27", "overview", "公布提取情况（小王：数据再和科里对一下）。", "公布提取情况（附：流程图）。"),
        ("X-26", "overview", "我乡d公开栏每月更新。", "我乡e企通专栏、K线图每月更新。"),
        ("X-26", "overview", "我乡公开hn栏每月更新。", "我乡公开栏“乡事tong知道”每月更新，距县城30km处。"),
        ("X-33", "preamble", "请与乡党政办联系，电话0792-334120。", "请与乡党政办联系，电话0792-3341208。"),
        ("X-33", "preamble", "请与乡党政办联系，邮编3328。", "请与乡党政办联系，邮编332800。"),
        ("X-25", "problems", "不足：一是更新慢；一是解读少。", "不足：一是更新慢；二是解读少。"),
        ("X-63", "other_matters", "无其他事项，针对上述不足，今后将加强培训。", "无其他事项。"),
    ],
)
def test_a_slip_is_a_warning_or_more(code, part, wrong, right):
    """And beside what is right nothing is said."""
    assert codes(wrong, part).get(code) in ("warning", "error")
    assert code not in codes(right, part)


@pytest.mark.parametrize(
    ("code", "wrong", "right"),
    [
        ("X-56", "县水利局办公室负责本局信息的登记和归档。", "县医保局办公室负责本局信息的登记和归档。"),
        ("X-56", "县教育局党组专题研究政务公开2次。", "县医保局党组专题研究政务公开2次。"),
        ("X-56", "县民政局党组把本局信息公开列入议程。", "县财政局办公室对本局预算公开情况进行检查。"),
        (
            "X-44",
            "根据《中华人民共和国政府信息公开办法》公开信息。",
            "根据《云溪县政府信息公开办法》和《中华人民共和国政府信息公开条例》公开信息。",
        ),
        ("X-22", "组织学习《中华人民共和国物权法》。", "组织学习《中华人民共和国民法典》。"),
        ("X-22", "不服答复的，可以依法向市医疗保障局申请行政复议。", "不服答复的，可以依法向县人民政府申请行政复议。"),
    ],
)
def test_a_bureau_names_itself_and_the_law_in_force(code, wrong, right):
    """In a report of a county's bureau of 2024."""
    assert codes(wrong, unit=BUREAU).get(code) in ("warning", "error")
    assert code not in codes(right, unit=BUREAU)


AREAS = "我乡从主动公开、依申请公开、信息管理三个方面推进政务公开，现将有关情况报告如下。"


def test_what_is_announced_stands_in_the_paragraphs_behind():
    """As many as were announced, each with its ordinal."""
    items = [
        "（一）以公开回应关切。公开信息5条。",
        "（二）以答复保障权利。收到申请0件。",
        "（三）以审查管好信息。审查5次。",
    ]
    assert "X-25" not in codes("\n".join((AREAS, *items)))
    assert codes("\n".join((AREAS, *items[:2]))).get("X-25") == "warning"


@pytest.mark.parametrize(
    ("code", "wrong", "right"),
    [
        ("X-22", "深入学习党的二十届七中全会精神。", "深入学习党的二十届三中全会精神。"),
        ("X-25", "问题有：1.内容不全；1.更新不快。", "问题有：1.内容不全；2.更新不快。"),
        ("X-27", "清单见错误！未找到引用源。", "清单见附件。"),
        ("X-62", "专栏跟新不够及时。", "干部紧跟新形势，专栏更新及时。"),
        ("X-62", "重点领城信息逐月公布。", "引领城乡协调发展，带领城区居民评议。"),
    ],
)
def test_a_slip_in_any_report_is_a_warning_or_more(code, wrong, right):
    """A session that was not held by then, an item twice, a field of the word processor, words that sound alike."""
    assert codes(wrong).get(code) in ("warning", "error")
    assert code not in codes(right)


def test_a_law_has_one_day_of_effect_in_a_long_text():
    """Of many sentences only those that may be wrong are looked at: one on another law is."""
    text = "公开信息5条。" * 12 + "学习新修订的《中华人民共和国行政复议法》，该法自2023年1月1日起施行。"
    assert codes(text).get("X-44") == "warning"


@pytest.mark.parametrize(
    ("code", "wrong", "right"),
    [
        (
            "X-44",
            "《政府信息公开信息处理费管理办法》自2020年1月1日起施行。",
            "《政府信息公开信息处理费管理办法》自2021年1月1日起施行。",
        ),
        (
            "X-44",
            "组织学习2021年7月1日起施行的《中华人民共和国数据安全法》。",
            "组织学习2021年9月1日起施行的《中华人民共和国数据安全法》。",
        ),
        ("X-33", "2024年5月15日（星期五），举办宣传活动。", "2024年5月15日（星期三），举办宣传活动。"),
        ("X-33", "5月15日（周五），举办宣传活动。", "5月15日（周四），举办宣传活动，每周一至周五接待。"),
        ("X-33", "2月29日，公布检查计划。", "2024年2月29日，公布检查计划。"),
    ],
)
def test_what_the_calendar_and_the_laws_say(code, wrong, right):
    """In a report of 2025: days of effect, days of the week, the 29th of February."""
    assert codes(wrong).get(code) in ("warning", "error")
    assert code not in codes(right)


@pytest.mark.parametrize(("year", "found"), [(2020, True), (2021, False)])
def test_a_law_is_followed_from_the_year_in_which_it_was_made(year, found):
    """As a draft it may be named before."""
    for text, wrong in (
        ("按照《中华人民共和国个人信息保护法》隐去身份证号。", found),
        ("参加《中华人民共和国个人信息保护法》草案的讨论。", False),
    ):
        said = [
            one.message for one in check(replace(filing(text, "overview"), year=year)).findings if one.code == "X-22"
        ]
        assert any("制定" in message for message in said) is wrong
