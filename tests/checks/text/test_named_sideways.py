"""Other units named by the way, and text in another part than its own; wrong beside right."""

from __future__ import annotations

import pytest

from gk_xl.form.filing import Unit
from tests.checks.text.test_kinds import BUREAU, codes

TOWN = Unit("大营镇人民政府", "town", "我镇", "云溪县")
COUNTY = Unit("云溪县人民政府", "county_government", "我县", "云溪县")
ZONE = Unit("平远高新技术产业开发区管理委员会", "development_zone", "我委", "云溪市")


@pytest.mark.parametrize(
    ("unit", "wrong", "right"),
    [
        (TOWN, "对柳林镇专栏2019年以来发布的信息开展自查。", "对大营镇专栏2019年以来发布的信息开展自查。"),
        (TOWN, "维护好县政府网站小营子镇页面。", "维护好县政府网站大营镇页面。"),
        (TOWN, "“柳林发布”微信公众号推送信息156条。", "“大营发布”微信公众号推送信息156条。"),
        (BUREAU, "“泾桐医保”微信公众号推送信息156条。", "“云溪医保”微信公众号推送信息156条。"),
        (BUREAU, "局微信公众号“泾桐医疗保障”推送信息156条。", "局微信公众号“云溪医疗保障”推送信息156条。"),
        (TOWN, "“柳林镇政府”微信公众号推送信息156条。", "“大营镇政府”微信公众号推送信息156条。"),
        (BUREAU, "“平川县医保局”公众号推送信息86条。", "“云溪县医保局”公众号推送信息86条。"),
        (BUREAU, "“健康云溪”“泾桐医保”两个公众号推送86条。", "“健康云溪”“云溪医保”两个公众号推送86条。"),
        (BUREAU, "已告知申请人向长宁县财政局提出。", "已告知申请人向县财政局提出。"),
        (COUNTY, "智能问答系统为临淮市群众答复提问3.9万次。", "智能问答系统为云溪县群众答复提问3.9万次。"),
        (
            ZONE,
            "规范性文件库收录平泽经济技术开发区有效文件19件。",
            "规范性文件库收录平远高新技术产业开发区有效文件19件。",
        ),
    ],
)
def test_another_unit_named_by_the_way_is_asked_about(unit, wrong, right):
    """In the name of a page or an account, in whom it serves; the unit's own is left alone."""
    assert "X-56" in codes(wrong, unit=unit)
    assert "X-56" not in codes(right, unit=unit)


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        (BUREAU, "“健康医保”微信公众号推送信息156条。"),
        (BUREAU, "“智慧医保”公众号推送信息156条。"),
        (BUREAU, "转载“泾桐医保”公众号信息6条。"),
        (BUREAU, "“湖北医保”公众号推送信息156条。"),
        (BUREAU, "“云溪发布”公众号推送信息156条。"),
        (TOWN, "“云溪发布”微信公众号推送信息156条。"),
        (TOWN, "“幸福大营”微信公众号推送信息156条。"),
        (TOWN, "维护好县政府网站各镇页面、乡镇专栏。"),
        (TOWN, "及时更新镇专栏，做好镇公众号。"),
        (COUNTY, "为全县群众答复提问3.9万次，方便市民办事。"),
        (ZONE, "立足国家级高新区定位。"),
    ],
)
def test_what_names_no_other_unit_is_left_alone(unit, text):
    """General words, what is above, what is another's by its own account."""
    assert "X-56" not in codes(text, unit=unit)


def test_an_account_of_a_place_that_is_known_is_a_warning():
    """Of one in no list it is asked only."""
    assert codes("“临泉医保”微信公众号推送信息156条。", unit=BUREAU)["X-56"] == "warning"
    assert codes("“泾桐医保”微信公众号推送信息156条。", unit=BUREAU)["X-56"] == "hint"


def test_what_is_wanting_stands_in_its_own_part():
    """Problems told in 一; proposals dealt with in 五."""
    wanting = "过去一年存在两个方面的不足：一是公开内容以动态类居多，发放明细公开不够及时；二是资料陈旧。"
    assert codes(wanting)["X-63"] == "hint"
    assert "X-63" not in codes(wanting, "problems")
    assert codes("不足之处：一是更新不够及时；二是解读形式单一。")["X-63"] == "hint"
    proposals = "本年度办理人大代表建议43件、政协提案58件，满意率均为100%。"
    assert codes(proposals, "problems")["X-63"] == "hint"
    assert "X-63" not in codes(proposals)
    assert "X-63" not in codes("部分建议、提案答复公开不够及时，办理建议43件只公开了21件。", "problems")
