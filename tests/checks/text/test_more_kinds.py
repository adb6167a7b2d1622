"""Kinds of slips in names, shares and lists, and of right wording beside them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from gk_xl.form.filing import Filing, Unit
from gk_xl.form.load import load_edition
from tests.checks.text.test_kinds import codes
from tests.checks.text.test_rewriting import filing

DISTRICT = Unit("松陵区人民政府", "county_government", "全区", "松陵区")
TAX = Unit("国家税务总局云溪县税务局", "vertical_department", "我局", "云溪县")


@pytest.mark.parametrize(
    ("code", "part", "text"),
    [
        ("X-10", "overview", "发放调查问卷300份，收回276份，回收率为96%。"),
        ("X-10", "overview", "受理建议40条，采纳12条；办结30条，办结率85%。"),
        ("X-10", "overview", "网上办理32.5万件，占全部业务50万件的75%。"),
        ("X-10", "overview", "公开事项由118项减至131项。"),
        ("X-10", "overview", "网站栏目由28个精简为41个。"),
        ("X-10", "overview", "平均办理时限从15个工作日缩短至20个工作日。"),
        ("X-10", "overview", "满意度由92.5%提高到90.1%。"),
        ("X-39", "overview", "按渠道划分：信函6件、网络9件。按内容划分：征地8件、低保9件。"),
        ("X-55", "overview", "全年收到申请件，均由村民提出。"),
        ("X-55", "overview", "收取行政事业性收费12.6，没有减免。"),
        ("X-62", "overview", "贯彻《国务院办公厅关于推进政务新媒体健康有序发展的意见》（国办发〔2018〕132号）。"),
        (
            "X-14",
            "problems",
            "我乡跨部门协同推进公开，机制健全，说明工作扎实，是全县先进单位之一。下一步，加强学习培训。",
        ),
        ("X-14", "problems", "依申请公开结转办理机制运行平稳，成效良好。下一步，加强学习培训。"),
    ],
)
def test_a_slip_is_found(code, part, text):
    """Each by the rule of its kind."""
    assert code in codes(text, part)


@pytest.mark.parametrize(
    ("code", "part", "text"),
    [
        ("X-10", "overview", "发放调查问卷300份，收回276份，回收率为92%。"),
        ("X-10", "overview", "全年办件300件，其中线上276件，按时办结率100%。"),
        ("X-10", "overview", "网上办理32.5万件，占全部业务50万件的65%。"),
        ("X-10", "overview", "公开和部分公开共208件，其中公开161件、部分公开47件，占办结总数430件的48.4%。"),
        ("X-38", "overview", "公开和部分公开共208件，其中公开161件、部分公开47件，占办结总数430件的48.4%。"),
        ("X-22", "overview", "第三方评估得分由2023年的86.7分提升到89.2分；收到信息公开申请12件。"),
        ("X-10", "overview", "公开事项由118项增至131项，收费由9项减为7项。"),
        (
            "X-10",
            "overview",
            "网站栏目由41个精简为28个，办理时限从20个工作日缩短至15个工作日。",
        ),
        ("X-10", "overview", "答复时效由20个工作日提升至5个工作日，测评由全县12名上升到3名。"),
        ("X-10", "overview", "街道信息公开的复议共9件，维持6件，纠正1件，2件还在审理。"),
        (
            "X-10",
            "overview",
            "公开11件，不公开3件（三类内部信息2件、四类过程性信息1件），无法提供3件（没有的），合计17件。",
        ),
        (
            "X-04",
            "overview",
            "申请按人分：自然人新收5件、结转转入0件、办结4件、转下年1件；商业企业新收0件、办结0件，无转下年件。",
        ),
        ("X-39", "overview", "按渠道划分：信函6件、网络9件。按内容划分：征地8件、低保7件。"),
        ("X-39", "overview", "按渠道划分：信函6件、网络9件。按内容划分：主要是征地8件、低保5件。"),
        ("X-39", "overview", "收到申请5件，3件由村民提出，2件由企业提出，全部答复：公开2件，不掌握2件，转信访1件。"),
        ("X-55", "overview", "对收到申请件，逐件登记。"),
        ("X-55", "problems", "个别栏目建而不用，长期只有3、4条信息。下一步，每月更新。"),
        ("X-62", "overview", "贯彻《国务院办公厅关于推进政务新媒体健康有序发展的意见》（国办发〔2018〕123号）。"),
        ("X-14", "problems", "有2件申请结转下年，个别站所压到最后一天答复。2025年起，到期前三天提醒。"),
        ("X-14", "problems", "被纠正的案件均发生在土地征收。制定答复范本，每季度讲评一次。"),
        ("X-14", "problems", "不掌握的答复占38.5%。今后在受理页面列明各部门职责。"),
        (
            "X-14",
            "problems",
            "●毛病：名单只有金额，没写标准，来问的多。\n●改法：第三批起名单前附上标准，询问明显减少。",
        ),
        ("X-38", "overview", "接到申请6件，其中自然人5件、商业企业1件，2024年为7件，少1件。"),
        ("X-10", "overview", "收件渠道为当面3件、信函2件。与2024年的9件相比，少了4件，降幅44.4%。"),
        ("X-22", "preamble", "本报告由党政办公室起草，乡长办公会2026年1月13日讨论通过。"),
        ("X-22", "overview", "个别事项延续到2026年，待下年度一并说明。"),
        ("X-32", "preamble", "谨将2025年1月1日至12月31日的办理始末报告如下。"),
        ("X-32", "problems", "今后将在批复后20个工作日内公开批复文件，2025年下半年批复的9个项目都如期公开。"),
        ("X-44", "overview", "复议认为答复内容并无不当，但超过法定期限2日。"),
        (
            "X-10",
            "overview",
            "新收45件，其中高校3件，公益组织2件，均提供了资料；连同结转的2件，办结47件，转入次年0件。",
        ),
        (
            "X-10",
            "overview",
            "全省新收183件，办结160件。公开共36件，占办结数的22.5%。其中，本级新收13件，各部门70件，市县100件。",
        ),
        ("X-10", "overview", "受理新申请193件，月均16.1件（2024年月均14.5件，全年174件）。"),
        (
            "X-25",
            "overview",
            "1.1 主动公开：发布12条。\n1.2 依申请公开：3件。\n1.3 信息管理：2次。\n1.4 平台建设：4栏。\n1.5 监督保障：2次。",
        ),
        ("X-56", "overview", "换届后乡政府领导分工已更新。"),
        ("X-56", "overview", "一件要乡党委和政府的内部材料，没有公开。"),
        (
            "X-14",
            "problems",
            "问题在两个方面：学习不够系统；公众号以转载为主。\n应对：分三批培训65人次，原创每周不少于2篇。",
        ),
    ],
)
def test_right_wording_is_left_alone(code, part, text):
    """The same kinds, right."""
    assert code not in codes(text, part)


def test_a_measure_behind_a_dash_is_one():
    """没有按目录公开——逐项补齐, beside problems that say 已."""
    said = (
        "1.公开不及时。3个村超过七天才公开——已建立周查制度，每周五通报。",
        "2.解读少。8件文件没有解读——对照清单逐件补齐，6月底前完成。",
    )
    text = "\n".join((*said, "3.答复慢。2件拖到最后一天——加强提醒，到期前三天催办。"))
    assert "X-47" not in codes(text, "problems")


def test_a_name_as_long_as_the_units_own_that_differs_in_a_character():
    """In full, for every kind of unit; in two characters only as the author."""
    assert {"X-56", "X-30"} & set(codes("报告由松凌区人民政府办公室汇总。", "preamble", DISTRICT))
    assert "X-56" in codes("国家税务总局云西县税务局编制了本报告。", "preamble", TAX)
    assert "X-56" in codes("国家税务总局青岭县税务局编制了本报告。", "preamble", TAX)
    assert "X-56" not in codes("国家税务总局云溪县税务局编制了本报告。", "preamble", TAX)
    assert "X-56" not in codes("到国家税务总局青岭县税务局学习考察。", "overview", TAX)


def test_what_follows_a_list_of_both_kinds_of_suits_is_said_of_all():
    """被法院纠正1件 behind 其中直接起诉……、复议后起诉……; the kinds of 判决纠正的案件 are kinds of these."""
    suits = {"t4.suit_direct.corrected": 1, "t4.suit_direct.upheld": 16, "t4.suit_direct.total": 17}
    suits |= {"t4.suit_after.corrected": 0, "t4.suit_after.upheld": 10, "t4.suit_after.total": 10}
    text = "因政府信息公开发生行政诉讼27件，其中直接起诉17件、复议后起诉10件；被法院纠正{}件。"
    assert "X-06" not in codes(text.format(1), "overview", DISTRICT, **suits)
    assert "X-06" in codes(text.format(3), "overview", DISTRICT, **suits)
    ended = "政府信息公开行政诉讼中，法院判决纠正的案件{}件，其中直接起诉{}件、复议后起诉0件。"
    assert "X-06" not in codes(ended.format(1, 1), "overview", DISTRICT, **suits)


def test_what_is_only_consulted_on_is_no_outcome():
    """对11件涉及第三方合法权益的申请征求意见: nothing was refused by it."""
    cells = {"t3.refused.third_party.total": 5, "t3.outcome_total.total": 5, "t3.received_new.total": 5}
    for name in ("第三方合法权益", "第三方权益"):
        text = f"收到政府信息公开申请5件。对11件涉及{name}的申请征求意见，5件不予公开。"
        assert "X-05" not in codes(text, **cells)


def test_a_group_beside_rows_of_its_own_is_no_total():
    """不予公开1件，行政查询事项1件: together the two of the table; in brackets the row is a part."""
    cells = {"t3.received_new.total": 4, "t3.granted.total": 2, "t3.refused.third_party.total": 1}
    cells |= {"t3.refused.inquiry_matter.total": 1, "t3.outcome_total.total": 4}
    listed = "收到政府信息公开申请4件，予以公开2件，不予公开{}件，行政查询事项1件。"
    assert "X-05" not in codes(listed.format(1), **cells)
    assert "X-05" in codes(listed.format(3), **cells)
    assert "X-05" in codes("收到政府信息公开申请4件，予以公开2件，不予公开1件（行政查询事项1件）。", **cells)


def test_documents_open_by_now_are_of_all_years():
    """目前对外公开的规范性文件共7件 is the stock, on the form that asks for it."""
    cells = {"t2.normative_doc.made": 2, "t2.normative_doc.newly_disclosed": 2, "t2.normative_doc.disclosed_total": 7}
    told = "制定规范性文件2件，已全部公开，目前对外公开的规范性文件共{}件。"
    for number, accused in ((7, False), (9, True)):
        report = filing(told.format(number), "overview")
        old = replace(report, edition="2019", year=2020, cells=dict.fromkeys(load_edition("2019").cells, 0) | cells)
        assert ("X-09" in {finding.code for finding in check(old).findings}) is accused


@pytest.mark.parametrize(
    ("code", "part", "text"),
    [
        ("X-10", "overview", "全年开展政务公开培训3次。\n我乡组织培训5次。"),
        ("X-10", "overview", "我乡对42家单位进行抽测。\n全年指导46家单位。"),
        ("X-25", "problems", "更新不够及时。下一步抓好三项工作：（一）明确专人每周更新；（二）补充公开目录。"),
        ("X-27", "other_matters", "收取信息处理费0元。（本栏填写收取信息处理费情况，没有的填“无”）"),
        ("X-32", "problems", "更新不够及时。改进措施：开展档案电子化，2099年已完成60万页。"),
        ("X-32", "overview", "全年将要公开各类信息118条。"),
        ("X-32", "other_matters", "一、信息处理费：2022年度我乡未产生信息处理费。"),
        ("X-44", "overview", "答复均在收到申请之日起30个工作日内或依法延长的期限内作出。"),
    ],
)
def test_a_slip_of_a_tired_clerk_is_found(code, part, text):
    """A number told twice, items miscounted, an instruction left, years that are over or have not begun, a limit of the law."""
    assert code in codes(text, part)


@pytest.mark.parametrize(
    ("code", "part", "text"),
    [
        ("X-10", "overview", "全年开展政务公开培训3次。\n线上组织培训5次。"),
        ("X-10", "overview", "全年开展政务公开培训3次。\n上半年组织培训2次。"),
        ("X-10", "overview", "全县42家单位。\n随机抽查，对6家单位提出意见。"),
        ("X-25", "problems", "更新不够及时。下一步抓好两项工作：（一）明确专人每周更新；（二）补充公开目录。"),
        ("X-32", "overview", "本年度拟公开文件82份，主动公开56份。"),
        ("X-32", "problems", "更新不够及时。改进措施：开展档案电子化，2099年完成60万页。"),
        ("X-44", "overview", "答复均在收到申请之日起20个工作日内或依法延长的期限内作出。"),
    ],
)
def test_right_wording_beside_a_tired_clerks_is_let_be(code, part, text):
    """Parts of a whole, what was done online or in half a year, plans, what is open to be decided on."""
    assert code not in codes(text, part)


@pytest.mark.parametrize(
    ("part", "text", "told"),
    [
        ("problems", "针对上述问题，2025年已印发工作要点，明确专人负责。", False),
        ("problems", "2026年已印发工作要点。", True), ("overview", "2025年已印发工作要点12份。", True),
    ],
)  # fmt: skip
def test_what_was_mended_before_the_report_went_out_may_stand_in_five(part, text, told):
    """A report of 2024 is written in January 2025; what is told of the year reported on is another matter."""
    unit = Unit("云溪县水务局", "county_department", "我局", "云溪县")
    report = replace(Filing.blank(2024, unit), narrative={part: (text,)})
    assert any("报告的是 2024 年" in found.message for found in check(report).findings) is told
