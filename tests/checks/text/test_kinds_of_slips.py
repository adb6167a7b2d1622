"""Slips of one kind each, wrong beside right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from gk_xl.form.filing import Unit
from gk_xl.form.load import load_edition
from tests.checks.text.test_kinds import codes
from tests.checks.text.test_rewriting import filing

COUNTY = Unit("云溪县人民政府", "county_government", "我县", "云溪县")
TOWN = Unit("白石岭乡人民政府", "township", "我乡", "云溪县")
ZONE = Unit("云溪经济技术开发区管理委员会", "development_zone", "我委", "云溪市")


@pytest.mark.parametrize(
    ("code", "part", "wrong", "right", "unit"),
    [
        ("X-55", "overview", "县政府公报出版期，发放3600册。", "县政府公报出版6期，发放3600册。", COUNTY),
        (
            "X-55",
            "overview",
            "政府公报编印4期、赠阅2000；建成专区14个。",
            "政府公报编印4期、赠阅2000册；建成专区14个。",
            COUNTY,
        ),
        (
            "X-10",
            "overview",
            "全年审查拟公开文件141份，同意公开148份。",
            "全年审查拟公开文件141份，同意公开118份。",
            None,
        ),
        ("X-10", "overview", "征集意见40条，采纳42条。", "征集意见40条，采纳12条。", None),
        (
            "X-10",
            "overview",
            "公开政府信息1268条。从渠道看，通过政府网站公开712条，通过微信公众号公开489条，通过公示栏公开58条。",
            "公开政府信息1268条。从渠道看，通过政府网站公开712条，通过微信公众号公开498条，通过公示栏公开58条。",
            None,
        ),
        (
            "X-57",
            "preamble",
            "我县推进公开，全市政务公开工作质效稳步提升。",
            "我县推进公开，全县政务公开工作质效稳步提升。",
            COUNTY,
        ),
        (
            "X-56",
            "overview",
            "在县政府门户网站松坪乡专栏发布信息46条。",
            "在县政府门户网站白石岭乡专栏发布信息46条。",
            TOWN,
        ),
        (
            "X-18",
            "preamble",
            "云溪高新技术产业开发区管理委员会2025年政府信息公开工作年度报告依据条例编制。",
            "云溪经济技术开发区管理委员会2025年政府信息公开工作年度报告依据条例编制。",
            ZONE,
        ),
        (
            "X-44",
            "overview",
            "均自收到申请之日起30个工作日内答复，需要延长的依法告知申请人。",
            "均自收到申请之日起20个工作日内答复，需要延长的依法告知申请人。",
            None,
        ),
        (
            "X-27",
            "other_matters",
            "收费0元。（没有收费的填0元，此行填完删除）",
            "收费0元。（没有收费的单位不发通知）",
            None,
        ),
    ],
)
def test_a_slip_is_found_and_the_right_sentence_left_alone(code, part, wrong, right, unit):
    """Each by the rule of its kind."""
    assert code in codes(wrong, part, unit=unit)
    assert code not in codes(right, part, unit=unit)


@pytest.mark.parametrize(
    "text",
    [
        "自收到申请之日起30个工作日内答复1件，系延长答复期限。",
        "公开政府信息1268条。从渠道看，通过政府网站公开712条，通过微信公众号公开480条。",
        "我县获评优秀，在全市政务公开工作会议上作交流。",
    ],
)
def test_what_may_be_right_is_left_alone(text):
    """What was answered later by leave, channels left out, the city's own conference."""
    assert not {"X-44", "X-39", "X-57", "X-10"} & set(codes(text, unit=COUNTY))


def test_published_decisions_are_told_of_by_a_slip_only():
    """公开行政许可2751件 beside 2715 decided; other numbers published are others'."""

    def heard(text, decided):
        cells = dict.fromkeys(load_edition("2021").cells, 0) | {"t2.licence.decisions": decided}
        return "X-75" in {item.code for item in check(replace(filing(text, "overview"), cells=cells)).findings}

    assert heard("公开行政许可2751件、行政处罚96件。", 2715)
    assert heard("公开行政许可2751件、行政处罚96件。", 2761)
    assert not heard("公开行政许可2751件、行政处罚96件。", 2751)
    assert not heard("公开行政许可2751件、行政处罚96件。", 3102)


def test_procurement_in_yuan_of_many_projects():
    """129 projects for 8742.35元 have lost their 万."""
    cells = dict.fromkeys(load_edition("2019").cells, 0) | {
        "t2.procurement.projects": 129,
        "t2.procurement.amount": 8742.35,
    }

    def heard(text):
        told = replace(filing(text, "overview"), edition="2019", year=2020, cells=cells)
        return "X-09" in {item.code for item in check(told).findings}

    assert heard("政府集中采购项目129个，采购金额8742.35元。")
    assert not heard("政府集中采购项目129个，采购金额8742.35万元。")
