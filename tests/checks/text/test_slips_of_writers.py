"""Kinds of slips in right reports, wrong beside right."""

from __future__ import annotations

import re

import pytest

from gk_xl.form.filing import Unit
from tests.checks.text.test_kinds import codes

COUNTY = Unit("云溪县人民政府", "county_government", "我县", "云溪县")
DISTRICT = Unit("城东区人民政府", "county_government", "我区", "城东区")
BANNER = Unit("乌兰旗人民政府", "county_government", "我旗", "乌兰旗")
BUREAU = Unit("云溪县交通运输局", "county_department", "我局", "云溪县")
TOWN = Unit("白石岭镇人民政府", "town", "我镇", "云溪县")
STREET = Unit("望湖街道办事处", "subdistrict", "我街道", "城东区")

NAMES = [
    ("X-56", "other_matters", "《{安澧县|云溪县}2025年政务公开工作要点》明确的18项任务已完成。", COUNTY),
    ("X-56", "overview", "制定《{昭屏县|云溪县}政府信息管理办法》，对信息实行闭环管理。", COUNTY),
    ("X-56", "problems", "一是出台《{北辰区|城东区}政府信息公开申请办理规范》，推行抽评制度。", DISTRICT),
    ("X-56", "overview", "编制完成{青龙镇|白石岭镇}基层政务公开标准目录，涉及26个领域。", TOWN),
    ("X-56", "overview", "对照《{清风街道|望湖街道}政府信息公开指南》更新目录。", STREET),
    ("X-56", "problems", "下一步，{双河镇|白石岭镇}将进一步加强信息公开。", TOWN),
    ("X-56", "overview", "{昭屏县|云溪县}政务公开工作领导小组召开会议2次。", COUNTY),
    ("X-56", "preamble", "通讯地址：{永溪县|云溪县}城关镇建设路56号。", BUREAU),
    ("X-56", "overview", "审批资料公开范围认定不当，{县水务局|县交通运输局}已按复议决定重新答复。", BUREAU),
    ("X-56", "overview", "以县政府网站为主，辅以{县医疗保障服务中心|县交通运输服务中心}公示栏。", BUREAU),
    ("X-56", "problems", "下一步，{县水务局|县交通运输局}将优化栏目设置，提高信息公开质量。", BUREAU),
    ("X-56", "other_matters", "{县水务局|我局}全年未收取信息处理费。", BUREAU),
    ("X-57", "overview", "调整充实{街道|镇}政务公开工作领导小组，明确1名分管领导负责。", TOWN),
    ("X-57", "overview", "全旗用蒙汉双语公开信息。用{藏|蒙}汉两种文字公开信息738条。", BANNER),
    ("X-56", "overview", "在{青山镇|白石岭镇}政府信息公开专栏发布信息，组织各村更新公开栏。", TOWN),
    ("X-56", "overview", "在{青山镇|白石岭镇}便民服务大厅设查阅点1处。", TOWN),
    ("X-56", "other_matters", "{青山镇|白石岭镇}2025年未收取信息处理费。", TOWN),
    ("X-56", "problems", "{县教育局|县交通运输局}存在政策解读不够丰富的问题。", BUREAU),
    ("X-56", "other_matters", "{县教育局|县交通运输局}2025年无其他需要报告的事项。", BUREAU),
    ("X-30", "overview", "经{南山县|县}司法局审核，没有制发规范性文件。", BUREAU),
    ("X-30", "overview", "根据{南山县|县}政府办公室部署，开展自查。", BUREAU),
    ("X-56", "preamble", "电子版可在局门户网站（http://{jyj|jtj}.yunxi.gov.cn）下载。", BUREAU),
    ("X-56", "preamble", "电子版可在局门户网站（{mzj.yunxi|www.yunxi}.gov.cn）下载。", BUREAU),
    ("X-56", "overview", "制发行政规范性文件1件，即《{永溪县|云溪县}农村公路养护管理办法》。", BUREAU),
    ("X-56", "preamble", "如有疑问，请与县交通运输局办公室联系（{永溪县|云溪县}文昌路96号）。", BUREAU),
    ("X-56", "overview", "制定《云溪县{水务局|交通运输局}政府信息发布审核办法》。", BUREAU),
    ("X-56", "preamble", "按照县政府要求，云溪县{水务局|交通运输局}编制了2025年度政府信息公开工作年度报告。", BUREAU),
    ("X-56", "overview", "2025年，县{水务局|交通运输局}立足职能，主动发布信息。", BUREAU),
    ("X-56", "overview", "在县政府网站{双河镇|白石岭镇}栏目发布信息12条。", TOWN),
    ("X-56", "overview", "二〇二五年，{双河镇|白石岭镇}深入贯彻党的二十届三中全会精神。", TOWN),
    ("X-56", "overview", "一年来，{安澧县|云溪县}坚持以人民为中心。", COUNTY),
    ("X-30", "preamble", "报告可在{永溪区|城东区}人民政府门户网站下载。", DISTRICT),
]
LISTS = [
    (
        "X-10",
        "overview",
        "重点公开了以下四类信息{。|：助企信息、项目信息、民生信息和防控信息。}全年更新目录2次。",
        None,
    ),
    ("X-10", "overview", "用好镇便民服务大厅、村级公开栏{|和“柳林发布”}三个渠道，设查阅点四个。", TOWN),
    ("X-25", "problems", "存在三个方面的问题：其一，政策下线不够及时；其二，渠道不够顺畅{|；其三，互动不足}。", None),
    ("X-25", "problems", "存在{三|两}点不足：1.更新不够及时；2.解读不够丰富。", None),
    ("X-25", "problems", "一是提高比重；二是选聘信息员，每村1名，共12名{|；}三是开展结对帮带。", None),
    ("X-25", "problems", "其一，提高政策信息的比重{|；}其二，选聘信息员。", None),
    ("X-10", "overview", "公开渠道包括以下{五|四}种：网站、公众号、公开栏、微信群。", None),
    ("X-10", "overview", "培训内容包括条例、规定、办法{四|三}项。", None),
    ("X-25", "problems", "问题有{三|二}：一是意识不强；二是更新不及时。", None),
    ("X-25", "problems", "从{五|四}个方面改进：第一，加强学习；第二，加强检查；第三，加强考核；第四，加强培训。", None),
    ("X-25", "problems", "下一步做好“{三|两}个强化”：一是强化学习；二是强化检查。", None),
]
TYPED = [
    ("X-62", "overview", "稳步推进基层政务公开标准化{规化|规范化}。", None),
    ("X-62", "overview", "清理行政规范{性性|性}文件。", None),
    ("X-62", "overview", "未发生行政{复复|复}议案件。", None),
    ("X-62", "overview", "清理规范{性性|性}文件。", None),
    (
        "X-62",
        "other_matters",
        "按照《政府信息公开信息处理费管理办法》（国办{发|函}〔2020〕109号），本年度未收费。",
        None,
    ),
    ("X-44", "overview", "我乡以新修订《条例》于2019年5月{1日|15日}施行为契机，组织学习。", None),
    ("X-44", "overview", "新修订的《条例》施行以来（2019年{4|5}月15日起施行），我乡组织学习。", None),
    ("X-27", "overview", "落实分管副局长{×|1}人、联络员2人。", None),
    ("X-27", "preamble", "如有疑问，请与乡党政办联系（电话：0883-{XXXXXXX|3521006}）。", None),
    ("X-62", "overview", "推进政务公{|开}工作规范化。", None),
    ("X-62", "overview", "推进政务公开标准{规化|化规范化}建设。", None),
    ("X-44", "overview", "新《条例》自2019年5月1{2|5}日起施行。", None),
    ("X-59", "preamble", "数据统计期限自2025年1月1日起至2025年12月31日{日|}止。", None),
    ("X-27", "overview", "公开信息{N|12}条。", None),
    ("X-27", "overview", "{20XX|2025}年公开信息12条。", None),
]
YEARS = [
    ("X-32", "overview", "年内答复20件，尚余1件未到答复期限，结转{2025|2026}年。", None),
    ("X-32", "problems", "改进：{2025|2026}年每季度至少发布1篇解读；实行信息报送月通报。", None),
    ("X-32", "problems", "整改措施：一是{2025|2026}年起每月更新公开栏至少2次。", None),
    ("X-32", "problems", "针对存在的问题，一是重新编制主动公开目录，{2025|2026}年上半年上线运行；二是制定文本。", None),
    ("X-22", "other_matters", "落实{2024|2025}年政务公开工作要点情况：涉及我乡的11项任务已全部完成。", None),
    ("X-32", "overview", "围绕《{2024|2025}年政务公开工作要点》，细化任务22项。", None),
    ("X-22", "problems", "明年（{2025|2026}年），我乡将重点抓好三项工作。", None),
    ("X-22", "overview", "上年（{2023|2024}年）公开信息120条，本年公开140条。", None),
]
NUMBERS = [
    ("X-10", "overview", "公开信息21条，同比增加{9|6}条、增长40.0%。", None),
    ("X-10", "overview", "网站群由{8|21}个栏目群整合为{21|8}个。", None),
    ("X-10", "overview", "将{12|15}个账号整合为{15|12}个。", None),
    ("X-10", "overview", "发出问卷1000份，收回有效问卷940份，有效回收率{96|94}%。", None),
    ("X-10", "overview", "全年共审核拟发布信息873条，退回修改{929|29}条，及时更新6次。", None),
    ("X-10", "other_matters", "承办建议126件、提案148件，共274件，公开办理复文{281|251}件。", COUNTY),
    ("X-10", "other_matters", "办理人大建议16件、政协提案28件，公开答复{45|40}件。", COUNTY),
    ("X-40", "overview", "本年新收申请5件，比2024年多1件；上年结转1件，两项相加为{7|6}件。", None),
    ("X-10", "overview", "在{17|7}个社区设政务公开角。全街道共11个社区。", STREET),
    ("X-10", "overview", "全县12个司法所均设公开栏。对{21|12}个司法所轮训一遍。", BUREAU),
    ("X-25", "problems", "主要问题：1.档案数字化率偏低；{3|2}.检索不够充分；{4|3}.解读术语多。", None),
    ("X-10", "overview", "全镇21个村中有{23|20}个村建成公开栏。", TOWN),
    ("X-10", "other_matters", "办理建议提案92件，应公开85件，实际公开{88|80}件。", COUNTY),
    ("X-10", "overview", "全年公开信息60条，月均{6|5}条。", None),
    ("X-10", "overview", "抽查栏目12个，更新不及时的{15|5}个。", None),
    ("X-38", "overview", "信箱来信12封，已答复{14|10}封。", None),
]
WITHIN = [
    ("X-10", "overview", "新收申请12件；结转上年申请1件。申请渠道：网络8件，信函3件，当面{2|1}件。", None),
    (
        "X-10",
        "overview",
        "收到申请12件，无上年结转。事项主要为退休审批、工伤认定、招聘，分别为5件、4件、{4|3}件。",
        None,
    ),
    ("X-10", "overview", "办结的申请中，1.予以公开26件。2.部分公开8件。前两项合计公开和部分公开{35|34}件。", None),
    ("X-10", "overview", "主动公开各类信息1236条。公开住房分配信息94条、工程质量监管信息{1630|163}条。", BUREAU),
    ("X-10", "overview", "全镇9个行政村、2个社区建成标准化公开栏，公开栏总数{12|11}个。", TOWN),
    ("X-10", "overview", "行政处罚58件，罚款312.6{亿|万}元。", BUREAU),
    ("X-44", "problems", "按新《条例》第{三十二|二十}条重新设置法定主动公开内容栏目。", None),
    ("X-63", "overview", "{但工作中还存在一些问题：信息报送不及时，下一步将加大力度|信息报送及时，质量提高}。", None),
    ("X-63", "overview", "{我镇公开工作仍存在不足，主要是解读不够丰富，今后将加强解读|解读丰富}。", TOWN),
    (
        "X-63",
        "problems",
        "{全年主动公开政府信息3105条，受到社会各界广泛好评|解读不够丰富，去年的问题整改成效明显}。",
        None,
    ),
    ("X-63", "other_matters", "{存在的主要问题是公开不及时|没有需要报告的事项}。", None),
    ("X-63", "problems", "{主要成效：公开渠道更加畅通|公开渠道不够畅通}。", None),
]


@pytest.mark.parametrize(("code", "part", "text", "unit"), [*NAMES, *LISTS, *TYPED, *YEARS, *NUMBERS, *WITHIN])
def test_the_wrong_words_are_found_and_the_right_ones_left_alone(code, part, text, unit):
    """Each by the rule of its kind; ``{wrong|right}`` stands in the sentence."""
    wrong, right = both(text)
    assert code in codes(wrong, part, unit=unit)
    assert code not in codes(right, part, unit=unit)


def both(text):
    """Return a sentence with the wrong words and with the right ones, in each of its places."""
    return tuple(re.sub(r"\{([^{}|]*)\|([^{}|]*)\}", form, text) for form in (r"\1", r"\2"))


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("推动乡镇持续深化政务公开，指导全县各乡镇修订信息公开指南，制定城乡社区政务公开目录。", COUNTY),
        ("维护好县政府网站，同步县财政局、县审计局的公开内容。", BUREAU),
        ("示范区政府办公室、高新区司法局参加培训，数据由各单位上报后由区政府办公室汇总。", DISTRICT),
        ("抽调镇干部参加培训，动员镇机关干部学习，激励镇各村更新公开栏，建立镇政务公开领导小组。", TOWN),
        ("指导乡镇各村更新公开栏，组织全镇各村（社区）学习，镇干部参加培训。", TOWN),
        ("县财政局研究部署预算公开，县司法局2025年未收到行政复议。", BUREAU),
        ("高新区持续深化政务公开，工业园区认真落实条例，老城区持续公开。", DISTRICT),
        ("县财政局按照规定公开部门预算，县纪委监委对公开工作开展检查，县档案局接收移交档案。", BUREAU),
        ("县财政局将预算公开情况纳入检查，县政府办公室组织培训。", BUREAU),
        ("按照《江州市2025年政务公开工作要点》部署，落实《云溪县政务公开考核办法》。", BUREAU),
        ("编制完成镇级公开事项目录26个领域；制定农村乡镇政务公开目录；编制村级公开目录。", TOWN),
        ("各镇、街道办事处开展自查；各乡镇（街道）党工委抓落实。", STREET),
        ("与清波县、南屏县联合印发《三县政务公开协作办法》。", COUNTY),
    ],
)
def test_others_who_may_be_named(text, unit):
    """Those above and below, zones, all of them together, who works with the unit."""
    assert not {"X-30", "X-56", "X-57"} & set(codes(text, unit=unit))


@pytest.mark.parametrize(
    "text",
    [
        "更新专题、专栏5个栏目。",
        "2021年4月3日公布的修订后的《条例》由我乡组织学习。",
        "二○二五年设置展板，尺寸60×8厘米。",
        "现将有关情况报告如下。",
        "检查发现信息公开存在一些问题：更新不及时，已全部整改。",
        "由3个平台整合为5个板块。",
        "我镇下辖19个行政村，在12个行政村设置公开栏，参加全县85个行政村的评比。",
        "改进措施：2025年已完成栏目改版，每季度发布1篇解读。",
        "2024年政务公开工作考核中指出的问题已整改，2025年的任务已完成。",
    ],
)
def test_what_is_no_slip(text):
    """A number of what is listed, a day on which the regulation was made known, a size, an opening."""
    assert not {"X-10", "X-44", "X-27", "X-62", "X-63"} & set(codes(text))


def test_a_heading_behind_a_colon_gives_no_list():
    """（一）……三个方面的问题：, and then （二）; items in paragraphs of their own are a list."""
    from dataclasses import replace

    from gk_xl.checks.run import check
    from tests.checks.text.test_rewriting import filing

    def heard(*paragraphs):
        told = replace(filing("", "problems"), narrative={"problems": paragraphs})
        return {finding.code for finding in check(told).findings} & {"X-10", "X-25"}

    head, last = "（一）主要问题。我乡主要存在以下三个方面的问题：", "（二）改进情况。已完善制度。"
    assert heard(head, last) == {"X-10"}
    assert heard(head, "1.更新不及时。", "2.解读不丰富。", "3.力量不足。", last) == set()
    assert heard("做好五项工作，重点是以下五项工作。", "一、更新不及时。") <= {"X-25"}


def test_shares_of_rows_in_a_list():
    """自然人31件（占88.3%）, 无法提供57件，占36.6%: of which total is left open, and none gives it."""
    cells = {"t3__received_new__total": 37, "t3__received_new__natural_person": 31, "t3__outcome_total__total": 37}
    assert "X-41" in codes("新收申请中自然人31件（占88.3%）、商业企业6件。", **cells)
    assert "X-41" not in codes("新收申请中自然人31件（占83.8%）、商业企业6件。", **cells)
    assert "X-41" in codes("新收申请中，自然人31件、占88.3%，商业企业6件。", **cells)
    assert "X-41" in codes("予以公开率为70%。申请办结37件。", **cells, t3__granted__total=37)
    cells["t3__unavailable__not_held__total"] = 12
    assert "X-41" in codes("从办结情况看，结果较好。无法提供12件，占30.0%。", **cells)
    assert "X-41" not in codes("从办结情况看，结果较好。无法提供12件，占32.4%。", **cells)


def test_all_closed_by_the_end_of_the_year_and_one_left():
    """到年底全部办结 beside one that is carried over."""
    told = "年初有上年结转来的申请1件，年内又新收8件。到年底{}：予以公开的8件。剩余1件转入2026年办理。"
    cells = {f"t3__{row}__total": number for row, number in (("carried_in", 1), ("received_new", 8))}
    cells |= {"t3__granted__total": 8, "t3__outcome_total__total": 8, "t3__carried_out__total": 1}
    assert "X-05" in codes(told.format("全部办结，共8件"), **cells)
    assert "X-05" not in codes(told.format("办结8件"), **cells)


@pytest.mark.parametrize(
    ("code", "part", "text", "unit"),
    [
        ("X-10", "overview", "采购电脑12台，单价5000元，合计6万元。", None),
        ("X-10", "overview", "培训43人，人均200元，合计0.86万元。", None),
        ("X-14", "problems", "政策文件解读率只有60%，3条信息超过20个工作日才公开。下一步，将定期核对。", None),
        ("X-14", "problems", "信息员全年调整3次。下一步，将固定专人。", None),
        (
            "X-25",
            "problems",
            "1.存在的问题。（1）更新不及时；（2）用语不严谨。2.改进措施。（1）定期提醒；（2）前置审核。",
            None,
        ),
    ],
)
def test_right_wordings_that_were_asked_about(code, part, text, unit):
    """A price of one, problems told by facts, a list begun anew under the next heading."""
    assert code not in codes(text, part, unit=unit)


@pytest.mark.parametrize(
    "text",
    [
        "劳动保障监察立案63件，作出行政处罚14件。",
        "新印发行政规范性文件3件，同步解读。",
        "本年没有制发行政规范性文件；行政强制也没有。",
        "一网通办平台办件107.6万件，都是全区的。",
    ],
)
def test_a_sentence_that_counts_is_no_heading(text):
    """So no heading above it is called empty."""
    from dataclasses import replace

    from gk_xl.checks.run import check
    from tests.checks.text.test_rewriting import filing

    told = replace(filing("", "overview"), narrative={"overview": ("（二）依申请公开", text, "未收到申请。")})
    assert not [item for item in check(told).findings if item.code == "X-13" and "下面没有文字" in item.message]
    empty = replace(told, narrative={"overview": ("（二）依申请公开", "（三）政府信息管理", text)})
    assert [item for item in check(empty).findings if item.code == "X-13" and "下面没有文字" in item.message]
