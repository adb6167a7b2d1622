"""Kinds of faults that a reviewer marks, wrong beside right."""

from __future__ import annotations

import pytest

from gk_xl.checks.run import check
from gk_xl.form.filing import Unit
from tests.checks.text.test_kinds import codes
from tests.checks.text.test_rewriting import filing
from tests.checks.text.test_slips_of_writers import BANNER, BUREAU, COUNTY, DISTRICT, STREET, both

VILLAGE = Unit("白水乡人民政府", "township", "我乡", "云溪县")
PROVINCE = Unit("江南省水利厅", "province_department", "我厅", "江南省")

NUMBERS = [
    ("X-10", "overview", "制定规章2件、废止1件；制发行政规范性文件9件，废止4件，较上年末净增{8|5}件。", None),
    ("X-10", "overview", "本年登记申请17件，2024年为20件，同比{增长|下降}15%。", None),
    ("X-10", "overview", "期内新增申请60件，后者较上一年度之75件{增长|下降}20.0%。", None),
    ("X-10", "overview", "举办开放日12场，2024年8场，{下降|增长}明显。", None),
    ("X-10", "overview", "公开解读24篇，上年为30篇，有所{增加|减少}。", None),
    ("X-10", "overview", "聘请监督员15名，每个村{2|3}名。", None),
    ("X-10", "overview", "在6个社区设宣传栏，每个社区2块，共计{14|12}块。", STREET),
    ("X-10", "overview", "未发生行政复议{3|0}件。", None),
    ("X-10", "overview", "本年没有因政府信息公开引发的行政诉讼{2|0}件。", None),
    ("X-10", "overview", "督查发现问题9条，已改7条，余下{3|2}条因施工尚未完成。", None),
    ("X-10", "overview", "办结的16件当中，予以公开8件，恰好占{三分之一|一半}。", None),
    ("X-10", "problems", "问题有{四|三}：同一事项更新不齐；查找靠人工，耗时长；群众知晓不多。", None),
    ("X-10", "overview", "发布信息1850条。网站1110条，占60%；公众号{575|555}条，占30%；报纸185条，占10%。", None),
    ("X-10", "overview", "公开信息86条。填写审查单{68|86}张，与网站发布数量一一对应。", None),
    ("X-39", "overview", "采购3个项目，金额87.6万元，分别为物资20.4万元、路灯{54.2|45.2}万元、设备22万元。", None),
    ("X-10", "overview", "账号由21个整合为15个，关停注销{9|6}个。", None),
]
YEARS = [
    ("X-32", "overview", "尚有1件按程序结转{2023|2026}年办理。", None),
    ("X-32", "overview", "全年答复35件，剩2件跨入{2024|2026}年。", None),
    ("X-32", "overview", "仍有3件未到期，顺延至{2025|2026}年答复。", None),
    ("X-32", "problems", "下一步，我县将在{2023|2026}年把双语公开延伸到各村。", COUNTY),
    ("X-44", "preamble", "依照《中华人民共和国{档案法|政府信息公开条例}》第四十九条规定编制本报告。", None),
    ("X-44", "overview", "修订后的《条例》于5月{1|15}日起施行，我乡组织学习。", None),
    ("X-44", "overview", "《条例》自2019年{6月1|5月15}日起正式施行。", None),
    ("X-44", "preamble", "根据《中华人民共和国政府信息公开条例》（2019年{5|4}月3日修订）编制本报告。", None),
]
LEVELS = [
    ("X-57", "overview", "{镇|乡}长每半年听一次汇报，6名监督员到场。", VILLAGE),
    ("X-57", "preamble", "望湖街道{人民政府|办事处}根据条例编制本报告。", STREET),
    ("X-57", "preamble", "由城东区望湖街道{人民政府|办事处}编制本报告。", STREET),
    ("X-57", "overview", "面向全{县|区}各部门开展培训2期。", DISTRICT),
    ("X-57", "overview", "面向全{旗|县}各部门开展培训2期。", COUNTY),
    ("X-57", "preamble", "汇总全{县|旗}各部门的数据。", BANNER),
    ("X-57", "overview", "面向全{县|省}水利系统开展培训2期。", PROVINCE),
    ("X-57", "preamble", "本报告反映2025年全{市|县}交通运输系统的政府信息公开工作。", BUREAU),
    ("X-57", "overview", "在{乡党委、乡|县委、县}政府领导下，我局开展工作。", BUREAU),
    ("X-19", "problems", "针对上述问题，2026年我{市|县}将重点抓好三项工作。", COUNTY),
    ("X-19", "overview", "2025年，本{县|乡}立足山区实际，用双语公开信息。", VILLAGE),
    ("X-19", "other_matters", "2025年度，我{县|街道}收取信息处理费0元。", STREET),
]
WORDS = [
    ("X-59", "overview", "没有{无|}行政诉讼。", None),
    ("X-59", "overview", "本年未{没有|}发生行政复议。", None),
    ("X-61", "overview", "因档案已移交而无法提供的1件，告知了保管单位名称{及|及电话}。", None),
    ("X-62", "overview", "不予公开的是属于国家{机|秘}密的1件。", None),
    ("X-62", "overview", "{局部|部分}公开1件。", None),
    ("X-62", "overview", "坚持先审后发，不发布{|未}经核实的消息。", None),
    ("X-63", "other_matters", "{下一步，一是完善目录；二是建立审签制度|按要求收集建议提案}。", None),
    ("X-63", "other_matters", "{针对上述问题，将加强培训|本年没有收取信息处理费}。", None),
]


@pytest.mark.parametrize(("code", "part", "text", "unit"), [*NUMBERS, *YEARS, *LEVELS, *WORDS])
def test_the_wrong_words_are_found_and_the_right_ones_left_alone(code, part, text, unit):
    """Each by the rule of its kind; ``{wrong|right}`` stands in the sentence."""
    wrong, right = both(text)
    assert code in codes(wrong, part, unit=unit)
    assert code not in codes(right, part, unit=unit)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("制发行政规范性文件9件，其中修订2件，废止4件，净增7件。", None),
        ("公开解读24篇，2024年为30篇，满意率明显提高。", None),
        ("受施工影响，2025年新收申请52件，同比增加19件，增长57.6%；办结51件。", None),
        ("聘请监督员约15名，每个村2名以上。", None),
        ("收到申请；2024年剩余2件转入2025年办理的均已答复。", None),
        ("学习《信访工作条例》，《条例》自2022年5月1日起施行。", None),
        ("《优化营商环境条例》自2020年1月1日起施行。", None),
        ("各镇、街道人民政府（办事处）开展自查；乡镇、街道政府信息公开专栏更新12次。", DISTRICT),
        ("在全市考核中列第3位，在南屏县召开的全市现场会上发言。", COUNTY),
        ("参加全区（自治区）培训，对接全市统一平台，我市统一部署的任务已完成。", COUNTY),
        ("本县政务公开工作领导小组来乡检查，我县没有统一要求的不公开，本县制发的办法已转发。", VILLAGE),
        ("根据《保密法》第九条，编制保密审查目录，驻村工作队在镇党委领导下开展宣传。", BUREAU),
        ("我县政府网站设专栏，本县统一的目录已对接。", VILLAGE),
        (
            "12个村电子屏同屏同步，政策宣传普及。信息公开与需求趋于缓和。没有无故拖延的，没有未按时答复的，没有未收到反馈的，未无偿提供纸质件。",
            None,
        ),
    ],
)
def test_what_leaves_it_open(text, unit):
    """Rough numbers, another year's rest, other regulations, those above and below: nothing is said."""
    asked = {"X-10", "X-32", "X-44", "X-57", "X-59", "X-61", "X-62", "X-63"} | ({"X-19"} if unit else set())
    assert not asked & set(codes(text, unit=unit))


def test_two_results_and_the_share_of_both():
    """予以公开31件与部分公开8件合占60.9%: of both together, not of either."""
    cells = {"t3__received_new__total": 64, "t3__outcome_total__total": 64}
    cells |= {"t3__granted__total": 31, "t3__partial__total": 8}
    told = "办结申请64件，予以公开31件与部分公开8件合占{}%；信访投诉1件。"
    assert "X-41" in codes(told.format("48.4"), **cells)
    assert "X-41" not in codes(told.format("60.9"), **cells)


def test_most_applicants_and_a_share_of_what_was_handled():
    """自然人居多，计19件，占比73.1%; 不掌握的30件，占全部处理件的48.4%."""
    cells = {"t3__received_new__total": 26, "t3__received_new__natural_person": 19}
    cells |= {"t3__outcome_total__total": 26, "t3__unavailable__not_held__total": 12}
    assert "X-41" in codes("申请人以自然人居多，计19件，占比79.1%。", **cells)
    assert "X-41" not in codes("申请人以自然人居多，计19件，占比73.1%。", **cells)
    assert "X-41" in codes("申请中本机关不掌握的12件，占全部处理件的40.2%。", **cells)
    assert "X-41" not in codes("申请中本机关不掌握的12件，占全部处理件的46.2%。", **cells)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("较上年有所下降", True),
        ("较上年有所增加", False),
        ("同比持平", True),
        ("同比增长33.3%", True),
        ("同比增长50%", False),
        ("比去年减少4件", True),
        ("比上年增加4件", False),
        ("同比增长", False),
        ("与上年相比，办理质量有所下降", False),
    ],
)
def test_a_rise_or_a_fall_against_last_years_tables(said, wrong):
    """12 this year, 8 the year before; where last year is not known, or blank, nothing is said."""
    made = filing(f"本年新收政府信息公开申请12件，{said}。", t3__received_new__total=12)
    last = filing("", t3__received_new__total=8)
    blank = filing("", t3__received_new__total=None)

    def heard(before):
        return "X-41" in {finding.code for finding in check(made, before).findings}

    assert heard(last) is wrong
    assert not heard(None)
    assert not heard(blank)


def test_what_a_court_tries_is_no_reconsideration():
    """因1件答复引发复议，维持后当事人又提起诉讼，现由法院审理中: the suit is not decided, the reconsideration is."""
    cells = {"t4__reconsideration__total": 1, "t4__reconsideration__upheld": 1}
    cells |= {"t4__suit_after__total": 1, "t4__suit_after__pending": 1}
    assert "X-06" not in codes("因1件答复引发复议，维持后当事人又提起诉讼，现由法院审理中。", **cells)
    told = "被申请行政复议1件，现由复议机关审理中。"
    assert "X-06" in codes(told, **cells)
