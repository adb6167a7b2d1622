"""Slips that nothing but other words of the text tell, each kind in several wordings, with right wording beside it."""

from __future__ import annotations

import json

import pytest

from gk_xl import Filing, load_edition
from gk_xl.checks.run import check

CELLS = {
    "t3.received_new.natural_person": 7, "t3.received_new.legal_service": 2, "t3.received_new.total": 9,
    "t3.carried_in.natural_person": 1, "t3.carried_in.total": 1,
    "t3.granted.natural_person": 6, "t3.granted.legal_service": 2, "t3.granted.total": 8,
    "t3.outcome_total.natural_person": 6, "t3.outcome_total.legal_service": 2, "t3.outcome_total.total": 8,
    "t3.carried_out.natural_person": 2, "t3.carried_out.total": 2,
}  # fmt: skip
BUREAU = {"name": "青岚县农业农村局", "kind": "county_department", "self": "我局", "county": "青岚县"}
TOWN = {"name": "白石镇人民政府", "kind": "town", "self": "我镇", "county": "青岚县"}
COUNTY = {"name": "青岚县人民政府", "kind": "county_government", "self": "全县", "county": "青岚县"}
ZONE = {"name": "临江高新技术产业开发区管理委员会", "kind": "development_zone", "self": "管委会", "county": "临江市"}
SPEAKING = {
    "X-05", "X-40", "X-49", "X-61", "X-27", "X-10", "X-22", "X-30", "X-32", "X-38", "X-39", "X-41", "X-55", "X-56", "X-57", "X-59", "X-62", "X-63",
}  # fmt: skip


def codes(*texts, part="overview", unit=BUREAU, cells=CELLS):
    """Return the codes of the rules that speak of a unit's paragraphs in the report of 2024."""
    filing = Filing.loads(json.dumps({
        "edition": "2021", "year": 2024, "unit": unit, "cells": dict.fromkeys(load_edition("2021").cells, 0) | cells,
        "narrative": {part: list(texts)},
    }, ensure_ascii=False))  # fmt: skip
    return {item.code for item in check(filing).findings} & SPEAKING


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("与2023年的8件相比，申请量增加1件，增长11.1%。", "与2023年的8件相比，申请量增加1件，增长12.5%。"),
        ("新收申请九件，比二〇二三年的八件增加两件。", "新收申请九件，比二〇二三年的八件增加一件。"),
        ("收到申请九件，较上年的十二件下降百分之三十。", "收到申请九件，较上年的十二件下降百分之二十五。"),
        (
            "9件新收申请中，通过网站提交6件，当面提交5件。",
            "9件新收申请中，通过网站提交6件，当面提交3件。",
        ),
        ("九件新收申请中：信函提交五件、网络提交五件。", "九件新收申请中：信函提交五件、网络提交四件。"),
        (
            "公开信息240条。其中政策解读60条，占全年公开信息的52%。",
            "公开信息240条。其中政策解读60条，占全年公开信息的25%。",
        ),
        (
            "全年推送作品231篇，其中图解64篇、短视频48个、动态101条。",
            "全年推送作品213篇，其中图解64篇、短视频48个、动态101条。",
        ),
        ("公开重点集中在春耕、农机、畜牧和种业等五个方面。", "公开重点集中在春耕、农机、水利、畜牧和种业等五个方面。"),
        ("围绕农资、农机、渔业以及种业等三类信息开展公开。", "围绕农资、农机以及种业等三类信息开展公开。"),
        ("办理结果如下：较2023年减少3件。", "办理结果如下：予以公开8件，结转下年度2件。"),
        ("提供纸质材料，超出的12页按每页10元收取，实收12元。", "提供纸质材料，超出的12页按每页10元收取，实收120元。"),
        ("共主动公开信息310条。县政府网站公开356条。", "共主动公开信息310条。县政府网站公开256条。"),
        (
            "现行有效规范性文件86件，发布解读57篇，其中图解61篇。",
            "现行有效规范性文件86件，发布解读57篇，其中图解41篇。",
        ),
        (
            "作出许可决定210件、处罚决定32件，两类决定合计224件。",
            "作出许可决定210件、处罚决定32件，两类决定合计242件。",
        ),
        ("培训86人次、宣讲14人次，以上两项活动共计110人次。", "培训86人次、宣讲14人次，以上两项活动共计100人次。"),
        (
            "依申请公开中，应办理的申请已全部办结。结转下年度2件。",
            "依申请公开中，应办理的申请已按期全部办结。结转下年度2件。",
        ),
        ("结转下年度2件，所有申请已于年底前全部办结。", "结转下年度2件，所有到期申请已于年底前全部办结。"),
        ("2023年县农业农村局紧扣农时推进政务公开。", "2024年县农业农村局紧扣农时推进政务公开。"),
        ("尚未办结、结转2024年的2件申请正在征求意见。", "尚未办结、结转2025年的2件申请正在征求意见。"),
        (
            "落实《国务院办公厅关于印发〈公共企事业单位信息公开规定制定办法〉的通知》（国办发〔2021〕50号）。",
            "落实《国务院办公厅关于印发〈公共企事业单位信息公开规定制定办法〉的通知》（国办发〔2020〕50号）。",
        ),
        (
            "按照《国务院办公厅关于印发2022年政务公开工作要点的通知》（国办发〔2021〕8号）。",
            "按照《国务院办公厅关于印发2022年政务公开工作要点的通知》（国办发〔2022〕8号）。",
        ),
    ],
)
def test_a_slip_is_found(wrong, right):
    """The wrong sentence raises what the right one does not."""
    assert codes(wrong) - codes(right)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (
            "公开信息486条，其中网站142条，新媒体138条，公示栏26条。",
            "公开信息486条，其中网站142条，新媒体318条，公示栏26条。",
        ),
        ("公开信息728条。网站公开164条，公开栏公开114条。", "公开信息278条。网站公开164条，公开栏公开114条。"),
        (
            "农资类1206条，种业类207条（大豆52条、玉米140条、水稻51条）。",
            "农资类1206条，种业类207条（大豆52条、玉米104条、水稻51条）。",
        ),
        ("栏目设指南、制度、年报四个板块。", "栏目设指南、制度、内容、年报四个板块。"),
        ("实现按主题、时效三种方式检索。", "实现按主题、机关、时效三种方式检索。"),
        ("开展网上测评12次，每月2次。", "开展网上测评12次，每月1次。"),
        ("自然人7件，占78%；法律服务机构2件，占24%。", "自然人7件，占78%；法律服务机构2件，占22%。"),
        ("连连同上年结转的1件，共10件。", "连同上年结转的1件，共10件。"),
        ("全年公开信息1260条，比2023年的1200条多80条。", "全年公开信息1260条，比2023年的1200条多60条。"),
        ("上年结转1件，本年新收9件，应办申请共计11件。", "上年结转1件，本年新收9件，应办申请共计10件。"),
        ("现有政务新媒体3个，其中微信公众号4个。", "现有政务新媒体5个，其中微信公众号4个。"),
        ("审核信息300条，发布320条，退回修改12条。", "审核信息300条，发布288条，退回修改12条。"),
        ("工作总体情况汇报如下：", "工作总体情况平稳有序。"),
        ("对拟公开信息进行保密审察。", "对拟公开信息进行保密审查。"),
        ("占占总数的一半，通通过网站提交。", "通过网站提交。"),
        ("年年内完成改版，个个别栏目未更新。", "年内完成改版，个别栏目未更新。"),
        ("予公开8件，结转下年度2件。", "予以公开8件，结转下年度2件。"),
        ("作出行处罚决定3件。", "作出行政处罚决定3件。"),
        ("涉及个隐私的信息不予公开。", "涉及个人隐私的信息不予公开。"),
        ("加上上年结的1件，应办10件。", "加上上年结转的1件，应办10件。"),
        ("贯彻《中华人民共和国政府信息公开条》。", "贯彻《中华人民共和国政府信息公开条例》。"),
        ("2022年，我局聚焦农时推进公开。", "2024年，我局聚焦农时推进公开。"),
        ("本年度工作平稳。较2022年的12件减少3件。", "本年度工作平稳。较2023年的12件减少3件。"),
        ("剩余2件未到答复期限，转入2024年办理。", "剩余2件未到答复期限，转入2025年办理。"),
        ("2022年结转1件，全年新收9件。", "2023年结转1件，全年新收9件。"),
        ("截至2023年12月31日，已办结8件。", "截至2024年12月31日，已办结8件。"),
        (
            "落实国务院办公厅2021年政务公开工作要点（国办发〔2020〕12号）。",
            "落实国务院办公厅2021年政务公开工作要点（国办发〔2021〕12号）。",
        ),
    ],
)
def test_a_slip_of_the_keys_is_found(wrong, right):
    """Digits turned round in a list, kinds that are not as many, characters doubled or lost, years left."""
    assert codes(wrong) - codes(right)


@pytest.mark.parametrize(
    "text",
    [
        "人人参与，层层落实，仅仅靠公告不够，次次有回应。",
        "转载国家、省、市市场监管部门信息56条。",
        "公开信息486条，其中网站142条、新媒体138条等。",
        "党政办、综治办等三个办公室共同负责。",
        "实现市、县、乡三级联动。信息属于四类过程性信息。",
        "2023年结转1件，故2024年共应办10件。",
        "不予公开3件，其中涉及商业秘密2件、个人隐私1件。",
        "已予公开，未予公开的说明理由；不予开具证明，部分开放。",
        "2020年以来的文件全部清理，自2022年起实行台账管理。",
        "与2022年、2023年相比，申请量逐年下降。",
    ],
)
def test_what_only_looks_like_a_slip(text):
    """Words that may be doubled, lists left open, years of history."""
    assert not codes("我局全年工作平稳有序。", text) & {"X-10", "X-22", "X-32", "X-59", "X-62"}


@pytest.mark.parametrize(
    ("first", "wrong", "right"),
    [
        ("全县16个乡镇（街道）设立查阅点。", "在18个乡镇（街道）建成专区。", "在16个乡镇（街道）建成专区。"),
        ("将政务公开纳入十一个行政村年度考核。", "指导13个行政村更新公开栏。", "指导11个行政村更新公开栏。"),
        ("11个基层农技推广站明确了信息员。", "组织12个基层农技推广站学习。", "组织2个基层农技推广站试点。"),
        ("通过微信公众号公开信息162条。", "全年公众号推送图文126条。", "全年公众号推送图文162条。"),
    ],
)
def test_a_fact_told_twice(first, wrong, right):
    """A unit has one number of villages and offices, an account one of posts."""
    assert "X-10" in codes(first, wrong)
    assert "X-10" not in codes(first, right)


@pytest.mark.parametrize(
    ("unit", "wrong", "right"),
    [
        (TOWN, "根据有关规定，2024年青山镇未收取信息处理费。", "根据有关规定，2024年我镇未收取信息处理费。"),
        (TOWN, "全年红星乡收到政府信息公开申请9件。", "全年白石镇收到政府信息公开申请9件。"),
        (COUNTY, "青杨县新收政府信息公开申请9件。", "全县新收政府信息公开申请9件。"),
        (COUNTY, "2024年，清河县制发行政规范性文件3件。", "2024年，青岚县制发行政规范性文件3件。"),
        (ZONE, "2024年，青山湖高新区管委会主动靠前服务企业。", "2024年，临江高新区管委会主动靠前服务企业。"),
    ],
)
def test_the_name_of_another(unit, wrong, right):
    """Whose numbers a clause gives, and who works, is the unit itself."""
    assert codes(wrong, unit=unit) & {"X-30", "X-56"}
    assert not codes(right, unit=unit) & {"X-30", "X-56"}


@pytest.mark.parametrize(
    ("part", "wrong", "right"),
    [
        ("problems", "2024年，县农业农村局将重点做好以下工作。", "2025年，县农业农村局将重点做好以下工作。"),
        ("overview", "申请人王秀英（家住白石镇河东村三组）申请公开低保名单。", "申请人王某申请公开低保名单。"),
        ("overview", "全年公开信息240条，此处待补充。", "全年公开信息240条，内容有待补充。"),
        ("other_matters", "2024年我局未收取信息处理费", "2024年我局未收取信息处理费。"),
        ("problems", "2024年度我局将着力提升解读质量。", "2024年我局针对上年问题开展了整改。"),
        ("other_matters", "2023年承办人大代表建议5件、政协提案4件。", "2024年承办人大代表建议5件、政协提案4件。"),
        (
            "problems",
            "解读质量不高。被申请行政复议2件，结果维持1件，其他结果1件。",
            "解读质量不高，1件行政复议因此被纠正。",
        ),
    ],
)
def test_the_wrong_time_or_place(part, wrong, right):
    """Plans for the year that is over, last year's year, figures among the problems."""
    assert codes(wrong, part=part) - codes(right, part=part)


@pytest.mark.parametrize(
    "text",
    [
        "9件新收申请中，网上提交6件，3件由企业提出，2件延期答复。",
        "公开信息240条，政策解读60条，占政策文件的80%。",
        "抽查8个行政村，对其中2个行政村进行通报。11个行政村均设公开栏。",
        "公开重点集中在春耕、农机、畜牧等五个方面。",
        "涉及一二三产业、农机和畜牧等四个方面。",
        "答复结果均为予以公开。办理情况为：已全部按期答复。",
        "共主动公开信息310条。微信公众号推送420条。",
        "一件一件抓落实，第三方一件一件核对。",
        "经办人每页填写10元工本费。",
        "全市收到申请52件。县里收到9件。",
    ],
)
def test_right_wording_is_not_accused(text):
    """Parts that overlap, shares of something else, villages that are some of them, lists that are left open."""
    assert not codes(text) & {"X-05", "X-10", "X-30", "X-38", "X-56"}
