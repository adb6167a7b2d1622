"""What a text says that its own words, its table, the calendar or its unit deny."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from gk_xl.form.filing import Unit
from tests.checks.text.test_kinds import codes
from tests.checks.text.test_rewriting import filing
from tests.checks.text.test_told_elsewhere import messages
from tests.checks.text.test_wording_of_offices import HEAD, T3

SEVERAL = {
    **T3, "t3__received_new__natural_person": 9, "t3__received_new__commercial": 4, "t3__received_new__research": 1,
    "t3__granted__total": 8, "t3__unavailable__not_held__total": 5, "t3__refused__third_party__total": 1,
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("按申请人看，自然人提出的最多，商业企业其次。", False),
        ("按申请人看，自然人提出的最多，科研机构其次。", True),
        ("从办理结果看，予以公开的最多，本机关不掌握的次之。", False),
        ("从办理结果看，不予公开的最多。", True),
        ("科研机构提出的意见最多。", False),
        ("参加活动的科研机构最多。", False),
    ],
)
def test_which_kind_is_the_most_is_held_against_the_table(text, wrong):
    """最多, 其次 of applicants and of results; what else is told of people is not held against it."""
    assert wrong is ("X-41" in codes(HEAD + text, **SEVERAL))


@pytest.mark.parametrize(
    ("part", "text", "code", "wrong"),
    [
        ("overview", "集中公布第十三个五年规划纲要（2021—2025年）。", "X-22", True),
        ("overview", "集中公布第十四个五年规划纲要（2021—2025年）。", "X-22", False),
        ("overview", "以政府信息公开条例施行七周年为契机，2025年5月开展宣传。", "X-22", True),
        ("overview", "以政府信息公开条例施行六周年为契机，2025年5月开展宣传。", "X-22", False),
        ("overview", "按照《国务院办公厅关于全面推进基层政务公开标准化规范化工作的管理办法》（国办发〔2019〕54号）编制目录。", "X-62", True),
        ("overview", "定点机构信息共#REF!条。", "X-27", True),
        ("problems", "以上妥否，请各位领导审阅。", "X-27", True),
        ("overview", "工作日专人接听，第3页 共8页全年受理来电42个。", "X-27", True),
        ("overview", "遵循先审查、后公開的原则。", "X-62", True),
        ("problems", "下一步，我乡将把报送情况纳入考核，并按季度。", "X-61", True),
        ("overview", "联络员名单报乡党政办备案。", "X-56", False),
        ("overview", "我乡将2025年度任务分解到各站所。", "X-32", False),
    ],
)  # fmt: skip
def test_what_calendar_and_documents_deny(part, text, code, wrong):
    """Plans and their years, anniversaries, numbers of documents, leftovers; an object of 将 is no plan."""
    assert wrong is any(told.startswith(code) for told in messages(part, text))


@pytest.mark.parametrize(
    ("name", "kind", "text", "code", "wrong"),
    [
        ("示例县民政局", "county_department", "本报告由示例县水务局按照国务院办公厅规定的格式编制。", "X-18", True),
        ("示例县民政局", "county_department", "本报告由示例县民政局按照国务院办公厅规定的格式编制。", "X-18", False),
        ("示例县民政局", "county_department", "市民政局成立政务公开工作领导小组，由局长任组长。", "X-57", True),
        ("示例县民政局", "county_department", "县民政局成立政务公开工作领导小组，由局长任组长。", "X-57", False),
    ],
)
def test_another_bureau_or_the_own_one_of_another_level_is_asked_about(name, kind, text, code, wrong):
    """Whose report it is, and of which level."""
    made = filing(text)
    made = replace(made, unit=Unit(name, kind, "我局", "示例县"), signed=replace(made.signed, name=name))
    assert wrong is any(found.code == code for found in check(made).findings)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [("与上年的9件相比持平", True), ("与上年的14件相比持平", False), ("比2024年的9件有所增加", False), ("比2024年的19件有所增加", True)],
)  # fmt: skip
def test_a_change_without_this_years_number_is_held_against_the_table(said, wrong):
    """14 in the table; of a part, or of what else came, nothing is known."""
    cells = {**SEVERAL, "t3__received_new__total": 14}
    assert wrong is ("X-41" in codes(f"{HEAD}新收申请数量{said}。", **cells))
    for other in ("收到群众留言", "自然人申请", "网上申请数量", "收到的信访件"):
        assert "X-41" not in codes(f"{HEAD}{other}{said}。", **cells)


def test_one_cause_is_one_line():
    """自然人占一半（50%）: the fraction and its share are one claim."""
    cells = {
        **T3,
        "t3__received_new__natural_person": 30,
        "t3__received_new__total": 40,
        "t3__outcome_total__total": 40,
    }
    found = [
        one
        for one in check(filing(f"{HEAD}收到申请40件。自然人占一半（占50%）。", **cells)).findings
        if one.code == "X-41"
    ]
    assert len(found) == 1


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("有联络员31人，其中党员22人，本科以上学历的17人。", True),
        ("有联络员31人，其中东片22人、西片17人。", False),
        ("除甲村、乙社区各设3处外，其余11个村各设1处，共17处。", True),
        ("11个村各设1处，共17处。", False),
        ("全年支出8.4万元，其中网站6.1万元、宣传2.3万元，余1.6万元。", True),
        ("全年支出8.4万元，其中网站6.1万元、宣传3.9万元，余1.6万元。", False),
        ("上年末有效文件12件，本年制发3件，废止1件，另有1件有效期届满失效，年末为13件。", True),
        ("上年末我局现行有效的行政规范性文件为12件，本年废止1件、新制发3件，年末保留13件。", False),
        ("发布信息312条，较上年的260条增长20%，其中民生信息120条，占38.5%，占比同比上升3.5个百分点。", True),
        ("抽查14个村，11个达标，其余3个整改。", True),
        ("抽查14个村，11个达标，其余4个整改。", False),
    ],
)
def test_right_numbers_at_the_edge_of_a_wording(text, right):
    """Attributes of persons, 除……外, what is left, what ran out, a growth beside a share; and what is wrong beside each."""
    assert right is not any(told.startswith(("X-10", "X-38", "X-39")) for told in messages("overview", text))


def test_what_had_been_planned_is_no_plan():
    """原计划2024年底前……，现拟……: told as what did not come about."""
    said = "原计划2024年底前建成公开专区，因大厅搬迁未能完成，现拟与新大厅同步建设。"
    assert not any(told.startswith("X-32") for told in messages("problems", said))
