"""Slips of the hand: words by their sound, two units, a number with a blank in it, personal data, years of another report."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from gk_xl import Filing, load_edition
from gk_xl.checks.run import check
from tests.checks.text.test_rewriting import filing


def found(text, code, part="overview"):
    """Return what a rule says of a text of a bureau's report of 2024, as severities."""
    filing = Filing.loads(json.dumps({
        "edition": "2021", "year": 2024,
        "unit": {"name": "示例县农业农村局", "kind": "county_department", "self": "我局", "county": "示例县"},
        "cells": dict.fromkeys(load_edition("2021").cells, 0), "narrative": {part: [text]},
    }, ensure_ascii=False))  # fmt: skip
    return [item.severity.value for item in check(filing).findings if item.code == code]


@pytest.mark.parametrize(
    ("part", "code", "right", "wrong"),
    [
        ("overview", "X-62", "建立健全机制，及时召开会议。", "建力健全机制，及时召开会议。"),
        ("overview", "X-62", "及时召开会议，完成整改。", "及时招开会议，完成整改。"),
        ("overview", "X-62", "按照《条例》规定办理。", "按照《条列》规定办理。"),
        ("overview", "X-62", "扎实推进政务公开。", "扎实推进政务公公开。"),
        ("overview", "X-55", "群众满意度为98.6%。", "群众满意度为98.6。"),
        ("overview", "X-55", "收到来信41件。", "收到来信41个件。"),
        ("overview", "X-55", "兑现资金1.36亿元。", "兑现资金1.36亿万元。"),
        ("overview", "X-31", "公开信息526条。", "公开信息5 26条。"),
        ("overview", "X-59", "组织培训3期。", "组织培训3期3期。"),
        ("overview", "X-33", "2024年12月开展宣传。", "2024年13月开展宣传。"),
        ("overview", "X-49", "联系电话0733-4221860。", "申请人张某430721198503127418。"),
        ("problems", "X-32", "更新慢。下一步，加强培训，2025年组织培训4期。", "更新慢。下一步，加强培训，2024年组织培训4期。"),
        ("problems", "X-22", "2024年，我局公开工作存在以下问题：更新慢，将加强。", "2023年，我局公开工作存在以下问题：更新慢，将加强。"),
        ("other_matters", "X-32", "2024年，我局未收取信息处理费。", "2022年，我局未收取信息处理费。"),
        ("preamble", "X-18", "根据《条例》要求，编制2024年政府信息公开工作年度报告。", "根据《条例》要求，编制2023年政府信息公开工作年度报告。"),
    ],
)  # fmt: skip
def test_slips_are_found(part, code, right, wrong):
    """The right text brings nothing of the rule, the wrong one one finding that is no hint."""
    assert found(right, code, part) == []
    assert len(found(wrong, code, part)) == 1
    assert "hint" not in found(wrong, code, part)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("制定方案、安全预案，修订制度，学习会议精神。", "X-62"),
        ("向社会公众开放，公平公正公开。", "X-62"),
        ("引用条款只写到条、没有写到项。", "X-55"),
        ("满意度为98.6分。", "X-55"),
        ("2023年，示例县农业农村局未收取费用，2024年也没有收取。", "X-32"),
    ],
)
def test_right_words_stay(text, code):
    """Words that hold a slip's characters, a score, two years beside one another."""
    assert found(text, code) == []


def test_a_mobile_number_to_call_is_a_hint():
    """It may be the office's own."""
    assert found("张某负责，联系电话13973312345。", "X-49") == ["hint"]


def test_an_ordinal_of_the_sections_is_a_hint_out_of_order_a_warning():
    """一、二、三、 inside 一 are a way of writing; 一、三、 leaves one out."""
    first, second, third = "一、主动公开。公开信息5条。", "二、依申请公开。收到0件。", "三、平台建设。网站1个。"
    assert found(f"{first}\n{second}\n{third}", "X-25") == ["hint"]


def test_a_notice_that_was_sent_is_a_word_on_fees():
    """发出收费通知 says of the fee what 六 has to say."""
    assert found("对1件申请发出收费通知，金额300元，申请人未缴纳。", "X-12", "other_matters") == []


def test_problems_alone_have_no_measures():
    """2024年， is no measure."""
    text = "2024年，我局政府信息公开工作存在以下问题：一是内容不够全面；二是解读形式单一；三是人员能力不足。"
    assert found(text, "X-47", "problems") == ["warning"] or found(text, "X-14", "problems") == ["warning"]


def test_all_that_a_sentence_gives_away_is_told_at_once():
    """An identity number and a mobile number in one sentence: one finding names both, neither whole."""
    made = filing("申请人张某，身份证号430721198503127414，手机号13973312345，要求公开。")
    (told,) = [finding for finding in check(made).findings if finding.code == "X-49"]
    assert "身份证号“430" in told.message
    assert "手机号码“139" in told.message
    assert "13973312345" not in told.message + told.excerpt
    assert "430721198503127414" not in told.message + told.excerpt
    assert str(told.severity) == "error"


OLD = tuple(
    f"（{sign}）{topic}。围绕{topic}逐项对照目录开展工作，由专人负责登记和审核，按季度向领导小组汇报进展情况，做到有记录、可查询。"
    for sign, topic in zip("一二三四", ("主动公开", "依申请公开", "政府信息管理", "平台建设"), strict=True)
)


@pytest.mark.parametrize(("own", "copied"), [(1, True), (3, False)])
def test_whole_paragraphs_of_last_year_are_told_whatever_the_rest_says(own, copied):
    """Four paragraphs are last year's to the letter beside one of this year's own; one of them beside others says nothing."""
    mine = tuple(
        f"今年{at}月起换了做法，把{sign}类事项交给村里会计登记，镇里只留底册，年底统一装订成册备查。"
        for at, sign in enumerate("甲乙丙", 3)
    )
    now = replace(filing(""), narrative={"overview": (*OLD[own - 1 :], *mine[:own])})
    last = replace(filing(""), narrative={"overview": OLD})
    codes = {finding.code for finding in check(now, last).findings}
    assert ("X-28" in codes) is copied


def test_numbers_beside_one_another_have_no_total():
    assert not found("全年通过网站公开信息201条，通过新媒体发布108条，通过公开栏张贴21条。", "X-10")
