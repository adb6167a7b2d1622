"""Years, articles, placeholders and doubled words that a text cannot mean; wrong beside right."""

from __future__ import annotations

import pytest

from gk_xl.checks.run import check
from tests.checks.text.test_kinds import codes
from tests.checks.text.test_rewriting import filing

YEAR = filing("", "overview").year


@pytest.mark.parametrize(
    ("code", "part", "wrong", "right"),
    [
        ("X-27", "other_matters", "20XX年未发生收费。", f"{YEAR}年未发生收费。"),
        ("X-27", "overview", "202X年制定规范性文件1件。", "2021年制定规范性文件1件。"),
        ("X-27", "overview", "印发实施方案（云政办发〔20××〕3号）。", "印发实施方案（云政办发〔2021〕3号）。"),
        ("X-44", "problems", "学习《条例》第六十三条。", "学习《条例》第三十六条。"),
        (
            "X-44",
            "preamble",
            "根据《中华人民共和国政府信息公开条例》第五十条、第六十条编制。",
            "根据《中华人民共和国政府信息公开条例》第四十九条、第五十条编制。",
        ),
        (
            "X-32",
            "problems",
            f"（三）{YEAR}年将做到惠企政策解读率100%。",
            f"（三）{YEAR + 1}年将做到惠企政策解读率100%。",
        ),
        ("X-32", "problems", f"3.{YEAR}年将组织培训2次。", f"3.{YEAR + 1}年将组织培训2次。"),
        (
            "X-32",
            "overview",
            f"上年度亦无结转，因而不存在答复情形，亦无事项需结转{YEAR}年。",
            f"上年度亦无结转，因而不存在答复情形，亦无事项需结转{YEAR + 1}年。",
        ),
        (
            "X-59",
            "overview",
            "无法提供1件（本机关不不掌握相关政府信息）。",
            "无法提供1件（本机关不掌握相关政府信息）。",
        ),
        ("X-59", "overview", "全年未未收到申请。", "全年未收到申请。"),
    ],
)
def test_a_slip_is_found_and_the_right_sentence_left_alone(code, part, wrong, right):
    """Each by the rule of its kind."""
    assert code in codes(wrong, part)
    assert code not in codes(right, part)


@pytest.mark.parametrize(
    ("code", "part", "text"),
    [
        ("X-44", "overview", "宣传《优化营商环境条例》第六十五条和《条例》第二十条。"),
        ("X-44", "overview", "学习《信访工作条例》第五十八条。"),
        ("X-27", "overview", "印发《2021—2025年规划》，接入12345热线。"),
        ("X-32", "problems", f"（一）{YEAR}年，将政策解读纳入考核后，质量仍不高。"),
        ("X-22", "overview", "转载“庆祝建党100周年”专题信息20条。"),
        ("X-32", "overview", f"上年结转至{YEAR}年办理的3件均已办结。"),
        ("X-59", "overview", "政策不能不落实，公开不得不做。"),
    ],
)
def test_what_is_right_is_left_alone(code, part, text):
    """Another regulation has more articles; what came over from the year before."""
    assert code not in codes(text, part)


def test_a_plan_that_is_told_of_as_past_is_left_alone():
    """What the plan of the year asked for."""
    text = f"（二）按照{YEAR}年工作要点要求，将政策解读纳入考核。"
    assert "X-32" not in {finding.code for finding in check(filing(text, "problems")).findings}


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("今年是新中国成立{}周年，也是关键之年。", 1949),
        (f"{YEAR}年是建党{{}}周年。", 1921),
        ("以庆祝改革开放{}周年为契机，设置专栏。", 1978),
        ("正值《中华人民共和国政府信息公开条例》施行{}周年，组织宣传。", 2008),
        ("本年度恰逢抗战胜利{}周年。", 1945),
    ],
)
def test_an_anniversary_falls_in_its_own_year(wrong, right):
    """Four years off, and in the year itself."""
    assert codes(wrong.format(YEAR - right - 4), "overview").get("X-22") == "warning"
    assert "X-22" not in codes(wrong.format(YEAR - right), "overview")


@pytest.mark.parametrize(
    "text",
    [
        f"以迎接建党{YEAR + 1 - 1921}周年为契机，围绕中心开展宣传。",
        "转载《新中国成立70周年》专题文章12篇，围绕中心开展宣传。",
        "今年是本镇便民服务中心成立3周年。",
        "2019年围绕庆祝新中国成立70周年设置的专栏已归档。",
        "改革开放40周年展览资料已公开。",
    ],
)
def test_other_anniversaries_are_left_alone(text):
    """Next year's, a title's, a unit's own, one told with its year, one not told to be kept."""
    assert not any("周年是" in one for one in _problems(text))


def _problems(text: str) -> list[str]:
    """Return what X-22 says of a paragraph of 一."""
    return [finding.message for finding in check(filing(text, "overview")).findings if finding.code == "X-22"]
