"""Organs, levels and forms that a unit has not, words turned round and verbs lost: wrong beside right."""

from __future__ import annotations

import pytest

from gk_xl.checks.text_rules.proofreading.phrases import misspelt_phrase
from gk_xl.form.filing import Unit
from tests.checks.text.test_kinds import BUREAU, codes

COUNTY = Unit("云溪县人民政府", "county_government", "我县", "云溪县")
TOWN = Unit("白石镇人民政府", "town", "我镇", "云溪县")


@pytest.mark.parametrize(
    ("code", "unit", "wrong", "right"),
    [
        ("X-57", TOWN, "定期向镇人大常委会报告工作。", "定期向镇人大主席团报告工作，接受县人大常委会检查。"),
        ("X-57", TOWN, "镇检察院派员讲课。", "县检察院派员到镇讲课。"),
        ("X-56", TOWN, "欢迎各界对两河镇政府信息公开工作提出意见。", "欢迎各界对白石镇政府信息公开工作提出意见。"),
        ("X-19", COUNTY, "全年通报4次，推动我市政务公开工作提质。", "全年通报4次，推动我县政务公开工作提质。"),
        ("X-76", BUREAU, "可以向公安机关提起行政诉讼。", "可以向人民法院提起行政诉讼。"),
        (
            "X-76",
            BUREAU,
            "（二）依申请公开。窗口摆放《医疗救助申请表》，方便群众申请。",
            "（一）主动公开。窗口摆放《医疗救助申请表》，方便群众申请。",
        ),
        ("X-76", BUREAU, "我局高度政务公开工作。", "我局高度重视政务公开工作。"),
        ("X-33", BUREAU, "全年发布信息12.5条。", "平均每月发布信息12.5条。"),
        ("X-33", BUREAU, "3月印发方案，7月开展自查，5月完成整改。", "3月印发方案，5月开展自查，7月完成整改。"),
        ("X-33", BUREAU, "11月启动改版，9月完成验收。", "11月启动改版，1月完成验收。"),
        ("X-27", BUREAU, "请向办公室反映。【打印本页】", "请向办公室反映，电话见【联系我们】。"),
        ("X-27", BUREAU, "公开信息5条。上一篇：通知", "公开信息5条，上一篇解读获好评。"),
    ],
)
def test_what_cannot_be_is_a_warning_or_more(code, unit, wrong, right):
    """And what can is not."""
    assert codes(wrong, unit=unit).get(code) in ("warning", "error")
    assert codes(right, unit=unit).get(code) not in ("warning", "error")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("关系群众切身益利", "切身利益"), ("做好工部作署", "工作部署"), ("坚守合法益权", "合法权益")],
)
def test_a_word_turned_round_is_known_by_its_neighbour(wrong, right):
    """With the phrase as it should be."""
    found = misspelt_phrase(wrong)
    assert found is not None
    assert found[1] == right


@pytest.mark.parametrize(
    "text", ["兴修水利益处大，办理办结手续", "市城建局、市城管局参加", "当事人信息不公开", "展开宣传，切实落到实处"]
)
def test_words_side_by_side_are_not_turned_round(text):
    """Two words whose ends look like one the wrong way round."""
    assert misspelt_phrase(text) is None


@pytest.mark.parametrize(
    ("code", "unit", "wrong", "right"),
    [
        ("X-57", TOWN, "成立由局长任组长的领导小组。", "成立由镇长任组长的领导小组，由县长任组长的专班来镇调研。"),
        ("X-57", TOWN, "镇党组专题研究2次。", "镇党委专题研究2次。"),
        ("X-57", BUREAU, "成立由镇长任组长的领导小组。", "成立由局长任组长的领导小组。"),
        ("X-57", BUREAU, "厅党组专题研究2次。", "局党组专题研究2次，省厅党组书记来调研。"),
        ("X-57", COUNTY, "省政府门户网站开设专栏12个。", "县政府门户网站开设专栏12个。"),
        ("X-57", COUNTY, "镇政府常务会议听取汇报1次。", "县政府常务会议听取汇报1次。"),
        ("X-44", BUREAU, "宣传2020年1月1日起施行的民法典。", "宣传2021年1月1日起施行的民法典。"),
        ("X-27", BUREAU, "召开推进会。于月日完成。", "召开推进会。日月同辉，按月、日公布。"),
        ("X-27", BUREAU, "无其他事项。以上是为您生成的报告。", "无其他事项。为您服务是我们的职责。"),
        ("X-62", BUREAU, "对公开情况进行查检。", "对公开情况进行检查，民政、医保窗口同步查验。"),
        ("X-62", BUREAU, "开展监督检检查2次。", "开展监督检查、安检检查2次。"),
        ("X-76", BUREAU, "局长每季度一次政务公开工作汇报。", "局长每季度听取一次政务公开工作汇报。"),
    ],
)
def test_whose_head_office_and_government_it_is(code, unit, wrong, right):
    """The unit's own, and words as they are written."""
    assert codes(wrong, unit=unit).get(code) in ("warning", "error")
    assert codes(right, unit=unit).get(code) not in ("warning", "error")
