"""What a text counts and then tells piece by piece: events by month, channels, what was examined; wrong beside right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from gk_xl.form.load import load_edition
from tests.checks.text.test_kinds import codes
from tests.checks.text.test_rewriting import filing

CAME = "新收政府信息公开申请77件，上年度结转3件。"


@pytest.mark.parametrize(
    ("code", "wrong", "right"),
    [
        ("X-10", "开展业务培训2次（3月、6月、9月各1次）。", "开展业务培训3次（3月、6月、9月各1次）。"),
        ("X-10", "召开例会6次（一季度、三季度各2次）。", "召开例会4次（一季度、三季度各2次）。"),
        ("X-10", "开展业务培训2次（3月、6月、9月）。", "开展业务培训3次（3月、6月、9月）。"),
        (
            "X-10",
            "培训2次，一次面向机关（32人），一次面向统计员（68人），合计90人次。",
            "培训2次，一次面向机关（32人），一次面向统计员（58人），合计90人次。",
        ),
        (
            "X-10",
            "举办培训2场，第一场参训45人，第二场参训52人，合计参训107人。",
            "举办培训2场，第一场参训45人，第二场参训52人，合计参训97人。",
        ),
        ("X-10", "培训2次，分别培训32人、58人，合计培训100人次。", "培训2次，分别培训32人、58人，合计培训90人次。"),
        ("X-10", "把关材料96份，同意公开90份、不同意公开9份。", "把关材料96份，同意公开90份、不同意公开6份。"),
        (
            "X-10",
            f"{CAME}申请渠道分为网络申请49件、信函申请21件、当面申请4件。",
            f"{CAME}申请渠道分为网络申请49件、信函申请24件、当面申请4件。",
        ),
        ("X-10", "一件一登记、一季一核对，全年核对十二次。", "一件一登记、一季一核对，全年核对四次。"),
        ("X-10", "每月通报一次更新情况，全年通报9次。", "每月通报一次更新情况，全年通报12次。"),
        ("X-10", "每季度开展自查1次，全年自查6次。", "每季度至少自查1次，全年自查6次。"),
        (
            "X-38",
            "办结9件，包括网上申请的18件在内，均已答复。",
            "办结9件，包括网上申请的3件在内，均已答复。",
        ),
        (
            "X-10",
            "全年审批317份，其中同意发布297份、不予发布12份。",
            "全年审批317份，其中同意发布297份、不予发布20份。",
        ),
        (
            "X-10",
            "全年审核信息561条，其中同意公开519条、退回32条。",
            "全年审核信息561条，其中同意公开529条、退回32条。",
        ),
        ("X-10", "全年审查信息1260余条，退回修改1400条。", "全年审查信息1260余条，退回修改14条。"),
        ("X-38", "举办培训3次，其中面向村干部的专题培训5次。", "举办培训3次，其中面向村干部的专题培训2次。"),
        ("X-38", "参训260人次，其中县级部门274人次。", "参训260人次，其中县级部门174人次。"),
        (
            "X-10",
            f"{CAME}按渠道分为：网上49件、邮寄21件、当面4件。",
            f"{CAME}按渠道分为：网上49件、邮寄24件、当面4件。",
        ),
        (
            "X-10",
            f"{CAME}其中网上申请53件、信函申请21件、当面申请16件。",
            f"{CAME}其中网上申请40件、信函申请21件、当面申请16件。",
        ),
        (
            "X-10",
            f"{CAME}按内容分，涉及征地97件，涉及处罚案件材料22件。",
            f"{CAME}按内容分，涉及征地55件，涉及处罚案件材料22件。",
        ),
        ("X-10", "全年收到申请9件，比上年增加3件，增长33.3%。", "全年收到申请9件，比上年增加3件，增长50%。"),
        (
            "X-10",
            "公开信息745条，上年为406条，增加339条，增长45.5%。",
            "公开信息745条，上年为406条，增加339条，增长83.5%。",
        ),
        ("X-10", "收到申请22件，较2021年增加2件，增长11%。", "收到申请22件，较2021年增加2件，增长10%。"),
        ("X-10", "与2018年的20件相比，增加2件，增长9%。", "与2018年的21件相比，增加2件，增长9%。"),
        ("X-10", "2023年发布20条，2024年发布22条，增长11%。", "2023年发布20条，2024年发布22条，增长10%。"),
    ],
)
def test_what_does_not_come_to_its_whole_is_found(code, wrong, right):
    """Each asked about; the right one is left alone."""
    assert codes(wrong).get(code) in ("warning", "hint", "error")
    assert code not in codes(right)


@pytest.mark.parametrize(
    "text",
    [
        "开展业务培训5次（3月、6月、9月）。",
        "开展检查4次（上半年、下半年各2次）。",
        "培训3次，一次面向机关（32人），一次面向统计员（68人），合计130人次。",
        "公文属性审查317份，其中主动公开297份、不予公开12份。",
        "全年审查信息317份，其中同意发布200份、退回修改80份、撤稿37份。",
        "全年审查信息1260余条，退回修改1265条次。",
        f"{CAME}从渠道看，主要为网上49件、邮寄21件。",
        f"{CAME}其中网上49件、邮寄21件。",
        f"{CAME}按渠道分为：网上49件、邮寄27件、当面4件。",
        f"{CAME}按内容分，涉及征地49件，涉及处罚案件材料22件。",
        "收到申请32件，较2021年增加5件，增长18.5%。",
        "收到申请32件，较2021年增加5件，增长18%。",
    ],
)
def test_what_may_be_right_is_left_alone(text):
    """Months left out, three parts, channels that are the main ones or count what was carried in; rounded and cut shares."""
    assert not {code for code, level in codes(text).items() if level != "hint"} & {"X-10", "X-38", "X-39"}


def test_times_larger_than_their_whole_are_asked_about_only():
    """Times may be counted in two ways."""
    assert codes("举办培训3次，其中面向村干部的专题培训5次。")["X-38"] == "warning"


def test_an_amount_in_characters_has_lost_its_ten_thousand():
    """八十六点四元 for three projects, as 86.4元."""
    cells = dict.fromkeys(load_edition("2019").cells, 0) | {"t2.procurement.projects": 3, "t2.procurement.amount": 86.4}

    def heard(text):
        told = replace(filing(text, "overview"), edition="2019", year=2020, cells=cells)
        return "X-09" in {item.code for item in check(told).findings}

    assert heard("实施政府集中采购项目三个，采购总金额八十六点四元。")
    assert not heard("实施政府集中采购项目三个，采购总金额八十六点四万元。")
