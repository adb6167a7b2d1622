"""What is told of the year (X-22): anniversaries, days that come round, what is done when; each wrong beside right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from tests.checks.text.test_kinds import filing


def codes_of(year: int, text: str, part: str = "overview") -> set[str]:
    """Return the codes that a paragraph of a report of a year raises above a hint."""
    found = check(replace(filing(text, part), year=year)).findings
    return {one.code for one in found if str(one.severity) != "hint"}


@pytest.mark.parametrize(
    ("year", "wrong", "right"),
    [
        (2019, "围绕庆祝新中国成立71周年，公开活动安排。", "围绕庆祝新中国成立70周年，公开活动安排。"),
        (2019, "围绕庆祝新中国成立71周年，公开活动安排。", "筹备新中国成立71周年庆祝活动，公开活动安排。"),
        (2020, "2020年5月15日，新修订的条例施行满三周年。", "2020年5月15日，新修订的条例施行满一周年。"),
        (2020, "2020年是《行政诉讼法》施行三十五周年。", "2020年是《行政诉讼法》施行三十周年，我乡举办讲座。"),
        (2024, "12月14日国家宪法日，开展宣传。", "12月4日国家宪法日，开展宣传。"),
        (2024, "在国际档案日（6月19日）展出档案。", "在国际档案日（6月9日）展出档案。"),
        (2024, "在第三十四届“世界水日”期间举办活动。", "在第三十二届“世界水日”期间举办活动。"),
        (2024, "6月25日是第33个全国土地日。", "6月25日是第34个全国土地日，6月20日土地日宣传启动。"),
    ],
)
def test_what_comes_round_has_its_year_and_its_day(year, wrong, right):
    """Counted from the first one, told on its own day."""
    assert "X-22" in codes_of(year, wrong)
    assert "X-22" not in codes_of(year, right)


@pytest.mark.parametrize(
    ("code", "part", "wrong", "right"),
    [
        ("X-32", "overview", "汛期将及时发布雨情信息60条。", "汛期及时发布雨情信息60条。"),
        ("X-32", "problems", "2025年，街道对公开栏进行了更换。", "2025年，街道将对公开栏进行更换。"),
        ("X-33", "overview", "申请人于9月2日提出申请，我乡于8月20日作出答复。", "8月2日提出申请，8月20日作出答复。"),
        ("X-33", "overview", "名单自5月16日起公示，至5月12日止。", "名单自5月6日起公示，至5月12日止。"),
        ("X-33", "overview", "12315政务服务便民热线转办2件。", "12345政务服务便民热线转办2件。"),
        ("X-22", "overview", "5月公布二季度水质信息。", "7月公布二季度水质信息。"),
        ("X-22", "overview", "在条例施行20周年之际，组织竞赛。", "在条例施行16周年之际，组织竞赛。"),
    ],
)
def test_what_is_told_has_its_time(code, part, wrong, right):
    """In a report of 2024."""
    assert code in codes_of(2024, wrong, part)
    assert code not in codes_of(2024, right, part)
