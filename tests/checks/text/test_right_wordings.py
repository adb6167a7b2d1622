"""Right wordings that a rule once accused, each beside a wrong one of its kind. Own sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from tests.checks.text.test_kinds import codes
from tests.checks.text.test_rewriting import filing

HEAD = "（二）依申请公开。"


@pytest.mark.parametrize(
    ("code", "right", "wrong"),
    [
        ("X-62", "以申请公开名义反映信访问题的，已作引导。", "以申请公开渠道畅通，办理及时。"),
        ("X-62", "在网上申请入口增设提示，申请入库后统一编号。", "申请入可以当面提交，也可以邮寄。"),
        ("X-55", "答复书引用条、款、项逐一核对。", "新收政府信息公开申请件，均已答复。"),
        (
            "X-10",
            "复议和诉讼共34件，其中复议20件：维持11件、纠正4件、其他3件、未审结2件。",
            "公开信息34条，其中动态20条、公告11条、其他4条。",
        ),
    ],
)
def test_a_right_wording_is_not_accused(code, right, wrong):
    """What looks like a slip is a word of its own; a list within a list adds up to its own total."""
    assert code not in codes(HEAD + right)
    assert code in codes(HEAD + wrong)


@pytest.mark.parametrize("last", [1, 2])
def test_a_number_in_brackets_is_that_of_the_words_before(last):
    """办结合计（9件），结转下年（1件）: neither number is the other's."""
    table = {
        "t3__received_new__natural_person": 10, "t3__received_new__total": 10, "t3__granted__total": 9,
        "t3__outcome_total__total": 9, "t3__carried_out__total": last,
    }  # fmt: skip
    found = codes(HEAD + "新收政府信息公开申请（10件）。以上办结合计（9件），结转下年度继续办理（1件）。", **table)
    assert ("X-04" in found) == (last != 1)


@pytest.mark.parametrize(("third", "accused"), [("3", False), ("5", True)])
def test_numbers_inside_a_paragraph_go_on_in_the_next(third, accused):
    """（二）…1.…2.… in one paragraph, 3. at the head of the next."""
    texts = ("（一）主动公开。1.栏目。设专栏。2.内容。公开预算。", f"{third}.时限。按时更新。")
    made = replace(filing(""), narrative={"overview": texts})
    assert ("X-25" in {finding.code for finding in check(made).findings}) == accused
