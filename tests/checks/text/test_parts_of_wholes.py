"""X-10: fractions, parts, averages and rates that the numbers beside them do not give."""

from __future__ import annotations

import pytest

from gk_xl.checks.run import check
from tests.checks.text.test_rewriting import filing


def summed(text):
    """Return the severities of X-10 on a text."""
    return [finding.severity.value for finding in check(filing(text, "overview")).findings if finding.code == "X-10"]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("18件中，企业提出9件，刚好占一半。", "18件中，企业提出9件，刚好占三分之一。"),
        ("16件中，自然人12件，占四分之三。", "16件中，自然人12件，占一半。"),
        ("全年审查稿件415条，发布402条，不予发布13条。", "全年审查稿件415条，发布402条，不予发布23条。"),
        ("抽查网站2次，发现问题6个，当场纠正5个。", "抽查网站2次，发现问题6个，当场纠正7个。"),
        ("收费52310.4万元，约5.23亿元。", "收费52310.4万元，约52.3亿元。"),
        ("9个村召开院坝会108场，平均每村12场。", "9个村召开院坝会108场，平均每村14场。"),
        (
            "来信新收180件，结转办理20件，共200件，办结171件，办结率85.5%。",
            "来信新收180件，结转办理20件，共200件，办结171件，办结率95%。",
        ),
        (
            "发放问卷300份，收回280份，满意和基本满意的266份，满意率95%。",
            "发放问卷300份，收回280份，满意和基本满意的266份，满意率88.7%。",
        ),
    ],
)
def test_what_the_numbers_do_not_give_is_asked_about(right, wrong):
    """The right sentence brings nothing, the wrong one a warning."""
    assert summed(right) == []
    assert summed(wrong) == ["warning"]


@pytest.mark.parametrize(
    "text",
    [
        "18件中，企业提出3件，律所提出6件，占一半。",
        "16件中，自然人7件，占一半左右。",
        "项目投入20万元，约30万元用于设备。",
        "发现问题6个，当场纠正5个，上年遗留的2个也已解决。",
        "收到来信5件，公开2件，不予公开1件，转有关单位2件。",
        "审查稿件60条，发布50条，不予发布6条，退回修改4条。",
        "9个村召开院坝会110场，平均每村12场。",
        "按提出人分，公民6件，单位5件（企业4件，律所1件），合计11件。",
        "来信21件，其中居民提出19件，村委会、企业各1件。",
        "全年办理来信14件，含上年结转2件，分别作出采纳答复8件，解释说明6件（政策类4件，历史类2件）。",
        "新制作文件9件，其中新公开8件（1件内部使用），对外公开总数为120件。",
    ],
)
def test_what_may_be_right_is_left_alone(text):
    """A rounded mean, a vague fraction, a share of several, another sum."""
    assert summed(text) == []


def test_a_wrong_rate_is_told_once():
    """Two readings of one rate come to one thing, said once, as gravely as the surer of them says it."""
    assert summed("全年发放问卷，收回190份，其中满意181份，满意率98.3%。") == ["error"]


@pytest.mark.parametrize(
    "text",
    [
        "来信21件，其中居民提出19件，企业5件，其余1件。",
        "按提出人分，公民6件，单位5件（企业4件，律所1件），合计12件。",
    ],
)
def test_what_does_not_come_to_its_total_either_way_is_an_error(text):
    """Neither with the parts in brackets nor without them."""
    assert summed(text) == ["error"]
