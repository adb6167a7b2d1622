"""Names, years and days that were copied: another bureau, another people's 乡, an office of a 镇, last year's plan."""

from __future__ import annotations

import json

import pytest

from gk_xl import Filing, load_edition
from gk_xl.checks.run import check

BUREAU = {"name": "示例县农业农村局", "kind": "county_department", "self": "我局", "county": "示例县"}
PEOPLES = {"name": "那木达斡尔族乡人民政府", "kind": "ethnic_township", "self": "我乡", "county": "示例旗"}


def found(text, *codes, unit=BUREAU):
    """Return what some rules say of a text of a unit's report of 2024, as severities."""
    filing = Filing.loads(json.dumps({
        "edition": "2021", "year": 2024, "unit": unit, "cells": dict.fromkeys(load_edition("2021").cells, 0), "narrative": {"overview": [text]},
    }, ensure_ascii=False))  # fmt: skip
    return [item.severity.value for item in check(filing).findings if item.code in codes]


@pytest.mark.parametrize(
    ("right", "wrong", "severity"),
    [
        (
            "2024年，示例县农业农村局认真落实《条例》，主动公开信息。",
            "2024年，示例县水利局认真落实《条例》，主动公开信息。",
            "hint",
        ),
        ("2024年是示例县农业农村局推行目录管理的第二年。", "2024年是示例县卫生健康局推行目录管理的第二年。", "hint"),
        ("在县委、县政府的正确领导下，扎实推进。", "在市委、市政府的正确领导下，扎实推进。", "hint"),
        ("由局办公室负责日常工作。", "由镇党政办负责日常工作。", "warning"),
    ],
)
def test_what_was_copied_from_others_is_asked_about(right, wrong, severity):
    """The right sentence brings nothing of X-56 and X-57."""
    assert found(right, "X-56", "X-57") == []
    assert found(wrong, "X-56", "X-57") == [severity]


@pytest.mark.parametrize(
    "text",
    [
        "会同示例县水利局联合开展检查。",
        "申请转送示例县自然资源局办理。",
        "对农业农村局、示例县水利局的经验加以推广。",
        "在市委、市政府和县委、县政府的正确领导下，扎实推进。",
        "指导各乡镇党委政府加强公开。",
    ],
)
def test_others_with_a_reason_are_let_be(text):
    """Named together, handed over, in a list, beside the own."""
    assert found(text, "X-56", "X-57") == []


def test_another_peoples_township_is_asked_about():
    """那木鄂温克族乡 for 那木达斡尔族乡."""
    assert found("那木达斡尔族乡扎实推进公开。", "X-56", unit=PEOPLES) == []
    assert found("2024年那木鄂温克族乡政府信息公开工作扎实推进。", "X-56", unit=PEOPLES) == ["warning"]


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("下一步，力争2025年6月底前完成改版。", "下一步，力争2023年6月底前完成改版。", "X-32"),
        ("与2023年相比，申请量有所上升。", "与2024年相比，申请量有所上升。", "X-32"),
        ("截至2024年12月31日，现行有效规范性文件0件。", "截至2024年12月13日，现行有效规范性文件0件。", "X-54"),
    ],
)
def test_days_and_years_that_slipped(right, wrong, code):
    """The right sentence brings nothing of the rule, the wrong one a warning."""
    assert found(right, code) == []
    assert found(wrong, code) == ["warning"]


@pytest.mark.parametrize(
    ("text", "severities"),
    [
        ("制作政策解读12期，图解4期，视频3期，文字5期。", []),
        ("制作政策解读12期，图解4期，视频3期，文字4期。", ["hint"]),
        ("制作政策解读12期，图解4期，视频3期，文字等3期。", []),
        ("2023年培训35场，2024年培训41场，增加6场。", []),
        ("2023年培训35场，2024年培训41场，增加8场。", ["warning"]),
        ("点击量同比上升17.1%，由35万次增至41万次。", []),
        ("点击量同比上升17.1%，由35万次增至44万次。", ["warning"]),
    ],
)
def test_lists_and_changes_in_other_order(text, severities):
    """A list that misses its total by one is a hint, a change that no number gives a warning."""
    assert found(text, "X-10", "X-39") == severities
