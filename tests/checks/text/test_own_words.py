"""Items of a list of outcomes in the words of an office: held against the row that the words tell of."""

from __future__ import annotations

import pytest

from tests.checks.text.test_kinds import codes
from tests.checks.text.test_told_together import TOLD
from tests.checks.text.test_wording_of_offices import HEAD, T3

GRANTED = {"t3__granted__total": 5}


@pytest.mark.parametrize(
    ("item", "row"),
    [
        ("婚姻登记查询2件", "refused__inquiry_matter"),
        ("要查户籍底册的2件引导到派出所窗口", "refused__inquiry_matter"),
        ("个人社保缴费查询2件，不予公开", "refused__inquiry_matter"),
        ("人事任免内部材料2件不公开", "refused__internal_affairs"),
        ("工作人员考勤表2件列入不予公开", "refused__internal_affairs"),
        ("还没有审定的规划方案2件，未予公开", "refused__deliberative"),
        ("仍处于讨论阶段的预案2件不公开", "refused__deliberative"),
        ("稽查卷宗2件", "refused__enforcement_file"),
        ("投标单位报价属于商业秘密，不予公开2件", "refused__third_party"),
        ("当事人不愿公开的2件", "refused__third_party"),
        ("乡里压根没有这类材料的2件", "unavailable__not_held"),
        ("2件我局从未制作过", "unavailable__not_held"),
        ("需要重新整理台账才拿得出的2件", "unavailable__needs_creation"),
        ("需汇总招标数据的2件", "unavailable__needs_creation"),
        ("说不清要什么的2件", "unavailable__unclear"),
        ("表述不清2件", "unavailable__unclear"),
        ("群众反映宅基地纠纷的2件，转信访部门办理", "not_processed__petition"),
        ("2件实为投诉企业欠薪，均不予处理", "not_processed__petition"),
        ("同一人就同一事项再次申请的2件", "not_processed__duplicate"),
        ("索要统计年鉴2件，告知获取途径", "not_processed__publication"),
        ("2件要求对已拿到的批复盖章确认", "not_processed__reconfirm"),
        ("收费通知发出后没交钱的2件", "otherwise__fee_unpaid"),
        ("补正通知发出后没下文的2件", "otherwise__correction_overdue"),
        ("涉及他人住房信息未予公开2件", "refused__third_party"),
        ("还没公布的规划2件", "refused__deliberative"),
        ("监管执法检查卷2件", "refused__enforcement_file"),
        ("登记信息查询告知查询途径2件", "refused__inquiry_matter"),
        ("没有的材料2件", "unavailable__not_held"),
        ("无法识别所需信息2件", "unavailable__unclear"),
        ("同一件事申请好几遍的2件", "not_processed__duplicate"),
        ("反映低保问题转信访2件", "not_processed__petition"),
        ("有2件因申请人逾期不缴纳信息处理费而不再处理", "otherwise__fee_unpaid"),
        ("2件隐去门牌号后部分公开", "partial"),
        ("2件涉及门牌号码，处理后部分公开", "partial"),
    ],
)
def test_the_words_of_an_item_tell_of_its_row(item, row):
    """A table with the number passes, one with another is accused."""
    text = f"{HEAD}收到申请30件，予以公开5件，{item}。"
    assert not TOLD & set(codes(text, **T3, **GRANTED, **{f"t3__{row}__total": 2}))
    assert TOLD & set(codes(text, **T3, **GRANTED, **{f"t3__{row}__total": 4}))


@pytest.mark.parametrize(
    "item",
    [
        "会商纪要2件、未定稿的方案2件",  # one row together
        "告知信息不存在2件、非本机关掌握2件",  # the same
        "档案已移交、告知向档案馆查询2件",
        "企业投诉2件，自然人投诉1件",  # of one kind of applicants each
        "群众投诉类热线2件",
        "征求第三方意见2件",
        "发出补正告知书2件",
        "内部培训2次",
        "领导干部接访信访群众2件次",
        "余下22件按其他情形处理",
    ],
)
def test_what_may_be_of_another_matter_is_left(item):
    """Nothing of it is held against a row of its own."""
    text = f"{HEAD}收到申请30件，予以公开5件，{item}。"
    assert not TOLD & set(
        codes(text, **T3, **GRANTED, t3__refused__deliberative__total=4, t3__otherwise__other__total=9)
    )


def test_a_list_that_ends_in_its_group_counts_no_group():
    """人事档案2件、学籍查询3件列入不予公开: neither number is that of the group."""
    cells = {"t3__refused__internal_affairs__total": 2, "t3__refused__inquiry_matter__total": 3}
    for end in ("列入不予公开", "不予公开", "，均不予公开", "，依法均不予公开"):
        text = f"{HEAD}收到申请30件，予以公开5件，职工考核材料2件、学籍查询3件{end}。"
        assert "X-05" not in codes(text, **T3, **GRANTED, **cells)
    text = f"{HEAD}收到申请30件，予以公开5件，旧村材料2件、宅基地材料3件，均不予公开。"
    assert "X-05" not in codes(text, **T3, **GRANTED, **cells)
