"""What a text tells as its unit's own and cannot be: duties, organs, words and sites of others."""

from __future__ import annotations

import pytest

from gk_xl.form.filing import Unit
from tests.checks.text.test_kinds import BUREAU, codes

CITY = Unit("云溪市人民政府", "city_government", "我市", "")
OFFICE = Unit("示例省水利厅", "province_department", "我厅", "示例省")


@pytest.mark.parametrize(
    ("code", "unit", "wrong", "right"),
    [
        ("X-56", BUREAU, "我局将取水许可等事项全部上网公开。", "我局将医保定点医药机构名单全部上网公开。"),
        ("X-56", BUREAU, "本局公布了教师资格认定的流程。", "政务服务大厅集中公开教师资格认定等流程，我局派人进驻。"),
        (
            "X-56",
            BUREAU,
            "县畜牧局成立由局长任组长的政务公开领导小组。",
            "县医保局成立由局长任组长的政务公开领导小组。",
        ),
        ("X-19", CITY, "我县对政府门户网站实行集约化管理。", "我市对政府门户网站实行集约化管理。"),
        ("X-57", None, "我乡由局机关办公室统筹政府信息公开工作。", "我乡由党政办公室统筹，县水利局办公室给予指导。"),
        ("X-57", CITY, "政务公开工作由局党组统一领导。", "市教育局党组把政务公开列入议程。"),
        ("X-57", None, "成立由省长任组长的政务公开工作领导小组。", "成立由乡长任组长的政务公开工作领导小组。"),
        ("X-57", OFFICE, "信息同步推送至乡人民政府门户网站。", "信息同步推送至省人民政府门户网站。"),
    ],
)
def test_what_is_anothers_is_no_own(code, unit, wrong, right):
    """A licence of another trade, an organ that the unit has not, a place or a site below it."""
    assert codes(wrong, unit=unit).get(code) in ("warning", "error")
    assert code not in codes(right, unit=unit)


def test_a_short_name_is_defined_before_it_is_used():
    """Or is the end of a title that is given in full."""
    law = "根据《中华人民共和国政府信息公开条例》（以下简称《条例》）编制本报告。"
    assert codes(law + "我乡按照《办法》规定的内容公开。").get("X-44") in ("warning", "error")
    assert "X-44" not in codes(law + "我乡按照《条例》规定的内容公开。")
    assert "X-44" not in codes(law + "学习《示例县信息公开办法》，按照《办法》公开。")
