"""Kinds of slips, and right wording beside them."""

from __future__ import annotations

import pytest

from gk_xl.checks.run import check
from gk_xl.form.filing import Unit
from tests.checks.text.test_rewriting import filing

BUREAU = Unit("云溪县医疗保障局", "county_department", "我局", "云溪县")
OFFICE = Unit("云溪市人民政府办公室", "city_department", "我办", "云溪市")


def codes(text: str, part: str = "overview", unit: Unit | None = None, **cells) -> dict[str, str]:
    """Return the codes and levels that a paragraph raises."""
    from dataclasses import replace

    made = filing(text, part, **cells)
    if unit is not None:
        made = replace(made, unit=unit, signed=replace(made.signed, name=unit.name))
    return {finding.code: finding.severity.value for finding in check(made).findings}


@pytest.mark.parametrize(
    ("code", "part", "text"),
    [
        ("X-33", "overview", "（一）主动公开。4月31日，在县政府网站公开了预算信息。"),
        ("X-33", "overview", "（一）主动公开。13月1日，在县政府网站公开了预算信息。"),
        ("X-59", "problems", "针对上述问题，已对各村公开栏逐一逐一核对。"),
        ("X-61", "problems", "栏目更新不够及时。下一步，我乡将进一步。"),
        ("X-61", "problems", "栏目更新不够及时。下一步，我乡将加强培训，以及。"),
        ("X-62", "overview", "按照县里的统一按排，我乡设置了公开栏。"),
        ("X-62", "overview", "我乡认真学习政府信息公开条列。"),
        ("X-38", "overview", "收到申请5件，其中网上收到7件。"),
        ("X-10", "overview", "其中自然人申请45件，占90%；企业申请5件，占15%。"),
        ("X-10", "overview", "收到申请21件，均已办结。2024年收到申请24件，2025年同比增长12.5%。"),
        ("X-25", "problems", "存在三个方面的问题：一是更新慢；二是解读少。下一步：一是定期更新；二是加强解读。"),
        ("X-44", "preamble", "根据《中华人民共和国政府信息公开条例》（2019年6月15日起施行）编制本报告。"),
        ("X-44", "preamble", "根据《中华人民共和国政府信息公开条例》第十五条编制本报告。"),
        ("X-22", "preamble", "我乡按照格式编制2023年度报告。"),
        ("X-38", "overview", "意见箱收集意见26个，解决31个。"),
        ("X-38", "overview", "抽查单位12家，其中不合格17家。"),
        ("X-39", "overview", "采购总金额20.5万元（垃圾清运车12万元，办公电脑9.5万元）。"),
        ("X-25", "overview", "主要做了两项工作，突出三个重点：一是抓学习，组织培训。二是抓检查，每月一次。"),
    ],
)
def test_a_slip_is_found(code, part, text):
    """Each by the rule of its kind."""
    assert code in codes(text, part)


def test_another_bureau_that_speaks_of_its_own_work():
    """县民政局 in the report of 县医疗保障局, as the subject of a part; one's own short form may."""
    assert {"X-18", "X-56"} & set(codes("（五）监督保障。县民政局坚持每季度研究一次政务公开工作。", unit=BUREAU))
    assert "X-56" in codes("县教育局收到政府信息公开申请5件。", unit=BUREAU)
    assert "X-56" not in codes("县医保局坚持每季度研究一次政务公开工作。", unit=BUREAU)
    assert "X-56" not in codes("我局坚持每季度研究一次政务公开工作。", unit=BUREAU)


@pytest.mark.parametrize(
    ("code", "part", "text"),
    [
        ("X-33", "overview", "2024年2月29日，在县政府网站公开了预算信息。"),
        ("X-36", "overview", "办理无线电台设置、无障碍设施验收等行政许可57件。"),
        ("X-36", "overview", "对无证经营的行为作出行政处罚57件。"),
        ("X-55", "overview", "公开信息80条，其中财政信息20条，人事任免类为0，其他60条。"),
        ("X-56", "overview", "1—5月以镇政府名义公开的信息已经迁移。"),
        ("X-56", "overview", "申请人不服镇政府答复，向县政府申请行政复议。"),
        ("X-38", "overview", "甲村办理12件、乙村办理9件、丙村办理5件；其中20件已办结。"),
        ("X-38", "overview", "新收申请5件（其中自然人4件、企业1件），上年结转2件，合计7件。"),
        ("X-42", "overview", "收取城镇垃圾处理费等行政事业性收费27.3万元。"),
        ("X-06", "overview", "另有2起因土地征收引起的诉讼，与政府信息公开无关。"),
        ("X-06", "overview", "1件申请查阅某行政复议案件卷宗，予以公开。"),
        ("X-10", "overview", "收到申请213件（2024年为200件），上年结转9件，合计222件。"),
        ("X-25", "overview", "一、总体情况：我乡按照要求推进公开。"),
        (
            "X-25",
            "problems",
            "存在两个方面的问题：一是更新慢；二是解读少。下一步：一是定期更新；二是加强解读；三是组织培训。",
        ),
        ("X-25", "problems", "从三个方面改进。存在问题：一是更新慢；二是解读少。"),
        ("X-25", "overview", "突出三个重点：公开内容、公开渠道、公开时效。一是抓学习；二是抓检查。"),
        ("X-10", "overview", "其中自然人申请45件，占90%；企业申请5件，占10%。"),
        ("X-10", "overview", "收到申请21件，均已办结。2024年收到申请24件，2025年同比下降12.5%。"),
        ("X-10", "overview", "收到申请27件，另有21件重复。2024年收到申请24件，2025年同比增长12.5%。"),
        ("X-10", "overview", "办结50件，予以公开20件，占40%；部分公开5件，占10%。"),
        ("X-10", "overview", "网上收到30件，占33.3%；当面收到30件，占33.3%；信函收到30件，占33.4%。"),
        ("X-44", "preamble", "根据《中华人民共和国政府信息公开条例》（2019年5月15日起施行）第五十条编制本报告。"),
        ("X-38", "overview", "意见箱收集意见31个，解决26个。"),
        ("X-39", "overview", "采购总金额21.5万元（垃圾清运车12万元，办公电脑9.5万元）。"),
        ("X-09", "overview", "行政许可项目9项，与上年持平。"),
        ("X-09", "overview", "县综合执法大队在我乡辖区内作出行政处罚21件，由县城管局统计。"),
        ("X-06", "overview", "因行政处罚被申请复议7件，不属于本报告统计范围。"),
        ("X-03", "overview", "自2008年《条例》施行至2024年底，我乡累计受理政府信息公开申请167件。"),
        ("X-03", "overview", "收到申请书17份，其中3份涉及多个事项，拆分后计20件。"),
        ("X-04", "overview", "零售许可57件（新办21件、延续36件）。"),
        ("X-05", "overview", "办结申请3件：涉及他人隐私不公开2件，内部管理信息不公开1件。"),
        ("X-10", "overview", "除12名村民外，还有企业4件、律师事务所3件、公益组织2件，共21件。"),
        ("X-10", "overview", "自然人19件、商业企业4件，科研机构和其他各2件，合计27件。"),
        ("X-10", "overview", "公开信息302条（2024年为255条，增加47条，增幅18.4%）。"),
        ("X-55", "overview", "全年应办12件（新收9，结转3），办结10件，结转2件。"),
        ("X-25", "overview", "一、二、三季度均为零报告，四季度公开信息7条。"),
        ("X-25", "overview", "一年来，我乡一是抓学习，组织培训；二是抓检查，每月一次。"),
        ("X-62", "overview", "行政复议法施行后，对政府信息公开案件实行复议前置。"),
        ("X-56", "overview", "采购项目2个，分别为乡政府食堂改造和办公设备购置。"),
        ("X-14", "problems", "站所报送信息不及时。对此，镇上出台了报送办法。"),
        ("X-47", "problems", "一是解读质量不高；二是力量不足。2025年，我乡对5个村各指派1人。"),
    ],
)
def test_right_words_are_not_accused(code, part, text):
    """The numbers of the tables leave these sentences right."""
    cells = {"t2__licence__decisions": 57, "t2__penalty__decisions": 57, "t2__admin_fee__amount": 27.3}
    cells |= {"t3__refused__third_party__total": 2, "t3__outcome_total__total": 3} if "他人隐私" in text else {}
    assert codes(text, part, **cells).get(code) in (None, "not_assessable", "hint")


def test_last_years_year_before_this_years_own_number_is_an_error():
    """2024年新收申请99件, and the table of 2025 has 99; another number may be last year's, and a small one chance."""
    text = "2024年新收政府信息公开申请{}件。"
    assert codes(text.format(99), t3__received_new__total=99)["X-22"] == "error"
    assert codes(text.format(98), t3__received_new__total=99)["X-32"] == "warning"
    small = codes(text.format(4), t3__received_new__total=4)
    assert "warning" in (small.get("X-22"), small.get("X-32"))


def test_the_office_of_a_government_may_tell_the_whole():
    """市政府办公室 adds up for the city; a bureau does not."""
    text = "全市共收到政府信息公开申请306件，其中本机关收到18件。"
    assert "X-50" not in codes(text, unit=OFFICE)
    assert "X-50" in codes("全县共收到政府信息公开申请306件，其中乡镇12件。", unit=BUREAU)


def test_a_county_tells_its_own_area_alone():
    """全市 in the report of a county is another's; 全县, and what the city asks of it, is right."""
    county = Unit("云溪县人民政府", "county_government", "我县", "云溪县")
    assert codes("全市主动公开政府信息7450条。", unit=county)["X-50"] == "warning"
    assert "X-50" not in codes("全县主动公开政府信息7450条。", unit=county)
    assert "X-50" not in codes("按照全市统一部署，公开政府信息7450条，在全市考核中列第3名。", unit=county)


def test_an_outcome_that_is_counted_among_another_is_no_contradiction():
    """10份公开, 2份计入予以公开: twelve in the table."""
    text = "答复12份，其中10份予以公开，2份告知获取途径，计入予以公开。"
    cells = {"t3__received_new__total": 12, "t3__outcome_total__total": 12, "t3__granted__total": 12}
    assert "X-05" not in codes(text, **cells)


@pytest.mark.parametrize(
    ("text", "cells", "level"),
    [
        ("9件申请都已办完。", {"t3__received_new__total": 9, "t3__outcome_total__total": 9}, None),
        ("9件申请都已办完。", {"t3__received_new__total": 9, "t3__outcome_total__total": 8}, "hint"),
        (
            "渔民申请14件，公开13件、第三方1件。",
            {"t3__received_new__total": 15, "t3__outcome_total__total": 15},
            "hint",
        ),
        ("为村民办理残疾证申请14件。", {"t3__received_new__total": 9}, None),
        ("12345热线转来14件，答复14件。", {"t3__received_new__total": 9}, None),
        ("网上申请5件，现场申请4件。", {"t3__received_new__total": 9, "t3__outcome_total__total": 9}, None),
        ("去年收到申请14件。", {"t3__received_new__total": 9}, None),
        ("申请量由上年的14件降至9件。", {"t3__received_new__total": 9}, None),
    ],
)
def test_a_number_in_free_words_is_looked_up(text, cells, level):
    """What no reading claims must stand in the part of the tables that its words name; numbers of other things are left alone."""
    assert codes(f"（二）依申请公开。{text}", **cells).get("X-71") == level


def test_a_share_of_all_applications_is_reckoned_with_the_table():
    """26件，占新收总数的65%: of forty."""
    text = "（二）依申请公开。涉及房屋征收的26件，占新收总数的{}%。"
    assert codes(text.format(56), t3__received_new__total=40)["X-41"] == "warning"
    assert "X-41" not in codes(text.format(65), t3__received_new__total=40)
