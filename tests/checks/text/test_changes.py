"""What is said of two numbers of one thing, then and now: each way of telling them beside each of what is said."""

from __future__ import annotations

import itertools

import pytest

from gk_xl.checks.text_rules.arithmetic.changes import changes
from gk_xl.checks.text_rules.arithmetic.fractions import fractions
from gk_xl.checks.text_rules.arithmetic.most_of_list import not_most_of_list
from gk_xl.checks.text_rules.arithmetic.trends import trends
from tests.checks.text.test_told_elsewhere import messages

WRONG = [
    "由212项减至226项。",
    "从28个精简为41个。",
    "由3个整合为5个。",
    "由12个增加到9个。",
    "由95%提升至91%。",
    "8件，比上年的12件有所增加。",
    "8件，上年为12件，同比增加。",
    "8件，2023年为12件，增长明显。",
    "12件，比上年的8件有所减少。",
    "12件，2023年8件，下降明显。",
    "新收57件（上年60件），增加3件，上升5%。",
    "新收60件（上年57件），减少3件。",
    "2019年收到119件，2020年收到144件，多出25件，升幅17.36%。",
    "5件，少于上年的4件。",
    "3件，多于上年的4件。",
    "18件，2023年为24件，减少8件，同比下降25%。",
    "24件，2023年为18件，增加8件。",
    "由12个减少到9个，归并4个。",
    "满意度由第一轮的86%升至第二轮的91%，提高15个百分点。",
    "关注人数由1100人增至1650人，增长33.3%。",
    "收到192件，比上年的160件增加32件，增长25%。",
    "收到58件，比上年的64件多收6件。",
    "收到64件，比上年的58件少收6件。",
    "4份，与上一年的2份相比增加两倍。",
    "4件，比上年的2件翻了两番。",
    "12件，是上年4件的4倍。",
    "发布作品120个，上年为40个，是上年的4倍。",
    "公开信息100条，2019年为51条，增长近两倍。",
    "发布信息3200条，2022年为2560条，同比增长20%。",
    "信息由2020年的60条增至2021年的180条，是上年的4倍。",
    "公告由2024年的20篇增加到2025年的40篇，翻了两番。",
    "发布信息500条，上年为400条，同比增长20%。",
    "关注人数由年初的900人升至年末的2700人，比年初增长了3倍。",
    "错别字由上年的15处减至9处，下降60%。",
    "访问量1510万次，上年为1260万次，增加220万次。",
    "2022年收到12件，2023年收到9件，有所增加。",
    "本年收到12件，上年收到20件，基本持平。",
    "合格率由86%提升到91%，提高6个百分点。",
    "关注人数由9800人增至1.2万人，增长52.4%。",
    "由9项减少到6项，减少2项。",
    "收到26件（去年20件，增加5件）。",
    "12件，同比增长30%（2022年为10件）。",
    "时限由5个工作日压缩至2个工作日，缩短4个工作日。",
]
RIGHT = [
    "由3个平台整合为5个板块。",
    "时效由20个工作日提升至5个工作日。",
    "8件，上年为6件，增长明显。",
    "8件，上年为12件，办结率明显提高。",
    "8件，2023年12件，有所下降。",
    "新收60件（上年57件），增加3件。",
    "自然人9件、商业企业3件（2024年9件），增长33.3%。",
    "同比增加3件（2024年9件），增长33.3%。",
    "新收57件（上年60件），减少3件。",
    "2019年收到119件，2020年收到144件，多出25件，升幅21.01%。",
    "2022年新收14件，2021年为11件，增加3件，增长27.3%。",
    "18件，2023年为24件，减少6件。",
    "24件，2023年为18件，增加6件。",
    "关注人数由1100人增至1650人，增长50%。",
    "6份，与上一年的2份相比增加两倍。",
    "8件，比上年的2件翻了两番。",
    "6件，较上年的2件增至3倍。",
    "12件，是上年4件的3倍。",
    "发布作品120个，上年为40个，是上年的3倍。",
    "公开信息100条，2019年为51条，增长近一倍。",
    "公开信息204条，2019年为51条，增长三倍。",
    "发布信息3200条，2022年为2560条，同比增长25%。",
    "信息由2020年的60条增至2021年的180条，是上年的3倍。",
    "公告由2024年的20篇增加到2025年的40篇，翻了一番。",
    "发布信息500条，上年为400条，同比增长25%。",
    "关注人数由年初的900人升至年末的2700人，是年初的3倍。",
    "错别字由上年的15处减至9处，下降40%。",
    "2022年为2100条，2023年为2560条，增长21.9%。",
    "本年收到12件，上年收到12件，与上年持平。",
    "收到12件，2023年新收14件，结转2件。",
    "关注人数由9800人增至1.2万人，增长22.4%。",
    "由9项减少到6项，减少5项、新增2项。",
    "比上年的12件多收3件，共15件。",
    "新收26件，上年结转2件，共28件。",
    "新收26件，较2022年增加6件，增长30%（2022年20件）。",
    "合格率由80%提高到90%，提高12.5%。",
]


@pytest.mark.parametrize("text", WRONG)
def test_a_change_that_is_none_is_told(text):
    assert list(changes(text))


@pytest.mark.parametrize("text", RIGHT)
def test_a_right_change_is_told_nothing(text):
    assert not list(changes(text))


PAIRS = [
    "受理咨询由{then}件增至{now}件，{said}。",
    "受理咨询由2022年的{then}件上升到2023年的{now}件，{said}。",
    "受理咨询{now}件，上年为{then}件，{said}。",
    "受理咨询{now}件，比上年的{then}件{said}。",
    "受理咨询{now}件（上年{then}件），{said}。",
    "上年受理咨询{then}件，今年{now}件，{said}。",
    "2022年受理咨询{then}件，2023年受理{now}件，{said}。",
    "2023年受理咨询{now}件，2022年受理{then}件，{said}。",
]
SAID = [
    ("增加8件", "增加6件"), ("增长50%", "增长40%"), ("同比增长50.0%", "同比增长33.3%"), ("是上年的1.5倍", "是上年的2.5倍"),
    ("有所增加", "有所减少"), ("增加8件，增长50%", "增加8件，增长33.3%"), ("同比上升50%", "同比下降50%"),
    ("增加8件，同比上升50%", "减少8件，同比下降33.3%"),
]  # fmt: skip


@pytest.mark.parametrize(("pair", "said"), [*itertools.product(PAIRS, SAID)])
def test_whatever_is_said_may_stand_behind_each_pair(pair, said):
    right, wrong = (pair.format(then=16, now=24, said=one) for one in said)
    assert not list(changes(right))
    assert list(changes(wrong))


@pytest.mark.parametrize(
    "text",
    [
        "收到4份申请，申请人均为自然人，与上一年度的2份相比增加一倍。",
        "自然人25件、商业企业1件，与2023年的26件持平。",
        "事项上年为14项，本年取消1项，减少1项。",
        "新收192件，比2023年的160件增加32件，增长20%；连同上年结转的8件，应办理200件。",
    ],
)
def test_which_numbers_are_meant(text):
    assert not list(changes(text))


@pytest.mark.parametrize(
    "text",
    [
        "收到4份申请，申请人均为自然人，与上一年度的2份相比增加两倍。",
        "新收192件，比2023年的160件增加32件，增长25%；连同上年结转的8件，应办理200件。",
    ],
)
def test_a_wrong_one_of_them_is_told(text):
    assert list(changes(text))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("留言20件，其中12件反映占道经营，超过半数。", "留言20件，其中8件反映占道经营，超过半数。"),
        ("12个社区中已有5个完成编制，不足半数。", "12个社区中已有7个完成编制，不足半数。"),
        ("信息90条，其中村级财务30条，占总数的三分之一。", "信息90条，其中村级财务40条，占总数的三分之一。"),
        ("信息100条，其中民生类72条，占七成以上。", "信息100条，其中民生类68条，占七成以上。"),
        ("信息100条，其中民生类68条，占近七成。", "信息100条，其中民生类48条，占近七成。"),
    ],
)
def test_a_share_in_words_is_that_of_its_numbers(right, wrong):
    assert not list(fractions(right))
    assert list(fractions(wrong))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (
            "发布动态76条、公告92条、解读64条，其中公告数量最多。",
            "发布动态76条、公告92条、解读64条，其中解读数量最多。",
        ),
        (
            "接待咨询40人次，投诉12人次、求助25人次，其中投诉类最少。",
            "接待咨询40人次、投诉12人次、求助25人次，其中求助类最少。",
        ),
    ],
)
def test_which_of_a_list_is_the_most(right, wrong):
    assert not list(not_most_of_list(right))
    assert list(not_most_of_list(wrong))


def test_a_number_taken_up_again_is_the_same():
    def told(text):
        return [message for message in messages("overview", text) if message.startswith("X-10")]

    assert not told("全年组织开放日活动3场。3场活动共有120人参加。")
    assert told("全年组织开放日活动3场。4场活动共有120人参加。")
    assert not told("全年组织开放日活动3场，培训4场。4场培训共有120人参加。")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("发布信息460条。与上年的400条相比，增长15%。", "发布信息460条。与上年的400条相比，增长13%。"),
        ("发布信息250条。其中，公众号发布90条，占总数的36%。", "发布信息250条。其中，公众号发布90条，占总数的63%。"),
        ("发布信息120条，其中转载上级信息35条。", "发布信息120条，其中转载上级信息135条。"),
        ("四个季度分别发布30条、42条、38条和50条，合计160条。", "四个季度分别发布30条、42条、38条和50条，合计150条。"),
        (
            "开展业务培训4次，覆盖各站所。通过这4次培训，答复质量提高。",
            "开展业务培训4次，覆盖各站所。通过这3次培训，答复质量提高。",
        ),
    ],
)
def test_what_a_sentence_says_of_the_one_before(right, wrong):
    def told(text):
        return [message for message in messages("overview", text) if message.startswith(("X-10", "X-38", "X-39"))]

    assert not told(right)
    assert told(wrong)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("解读逐年增加，2022年为115篇，2023年为138篇，2024年为164篇。", False),
        ("解读逐年增加，2022年为115篇，2023年为183篇，2024年为164篇。", True),
        ("申请逐年减少，2022年为15件，2023年为9件，2024年为11件。", True),
        ("2022年、2023年、2024年分别公开信息210条、245条、280条，呈逐年上升态势。", False),
        ("2022年、2023年、2024年分别公开信息210条、285条、280条，呈逐年上升态势。", True),
        ("2021年至2023年公开信息分别为320条、356条和391条，呈逐年下降态势。", True),
        ("近三年逐年上升，2024年为3010条，2023年为2560条，2022年为2100条。", False),
        ("2022年为2100条，2023年为2560条，2024年为2410条，总体呈上升趋势。", False),
        ("2023年10件，2024年12件，逐年上升。", False),
    ],
)
def test_years_one_by_one_go_the_way_that_is_said(text, wrong):
    assert bool(list(trends(text))) is wrong


TABLE = {
    "t3__received_new__total": 10, "t3__received_new__natural_person": 7, "t3__received_new__commercial": 3,
    "t3__carried_in__total": 2, "t3__outcome_total__total": 11, "t3__carried_out__total": 1, "t3__granted__total": 6,
    "t3__unavailable__not_held__total": 5, "t4__reconsideration__total": 2, "t4__suit_direct__total": 2,
    "t2__licence__decisions": 60, "t2__penalty__decisions": 10,
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("本年度办结的申请多于本年新收的申请。", False),
        ("本年度办结的申请少于本年新收的申请。", True),
        ("商业企业提出的申请少于自然人提出的申请。", False),
        ("商业企业提出的申请多于自然人提出的申请。", True),
        ("行政复议与行政诉讼件数相同。", False),
        ("行政复议与行政诉讼件数不同。", True),
        ("仅自然人和商业企业向我局提出过政府信息公开申请。", False),
        ("仅自然人向我局提出过政府信息公开申请。", True),
        ("予以公开的超过半数。", False),
        ("予以公开的不到半数。", True),
        ("从办理结果看，数量最多的一类是予以公开。", False),
        ("从办理结果看，数量最多的一类是本机关不掌握相关政府信息。", True),
        ("网站留言多于自然人申请。", False),
        ("上年办结的申请少于新收的申请。", False),
    ],
)
def test_cells_are_compared_in_words(text, wrong):
    """What the tables deny of two of their numbers."""
    told = messages("overview", "（二）依申请公开。收到政府信息公开申请10件。" + text, **TABLE)
    assert any(message.startswith("X-41") for message in told) is wrong
