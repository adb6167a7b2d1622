"""Numbers of a row and a kind of applicants, numbers reached from last year's, and what is said not to have been."""

from __future__ import annotations

import pytest

from tests.checks.text.test_kinds import codes

RECEIVED = {
    "t3__received_new__total": 9,
    "t3__received_new__natural_person": 6,
    "t3__received_new__commercial": 3,
    "t3__outcome_total__total": 9,
}
HEAD = "（二）依申请公开。"


@pytest.mark.parametrize(
    ("text", "cell", "right", "wrong"),
    [
        (
            "收到申请9件。不掌握的5件，提出人为自然人的4件、商业企业的1件。",
            "unavailable__not_held__natural_person",
            4,
            3,
        ),
        ("收到申请9件。不掌握5件，自然人、商业企业分别为4件和1件。", "unavailable__not_held__natural_person", 4, 3),
        (
            "收到申请9件，自然人6件，自然人的6件中予以公开1件、不掌握5件。",
            "unavailable__not_held__natural_person",
            5,
            4,
        ),
        ("收到申请9件，自然人6件、商业企业3件，自然人申请的6件均予以公开。", "granted__natural_person", 6, 5),
    ],
)
def test_a_row_told_with_who_applied_is_that_cell(text, cell, right, wrong):
    """Neither the row's total nor all that one kind of applicants asked for is meant."""
    row = cell.rpartition("__")[0]
    table = {**RECEIVED, f"t3__{row}__total": 5 if "掌握" in text else 6, "t3__granted__natural_person": 1}
    table["t3__unavailable__not_held__commercial"] = 1
    assert {"X-03", "X-05"}.isdisjoint(codes(HEAD + text, **{**table, f"t3__{cell}": right}))
    found = codes(HEAD + text, **{**table, f"t3__{cell}": wrong})
    assert found.get("X-05") == "error"


@pytest.mark.parametrize("parted", ["商业企业1件、自然人1件", "其中商业企业1件，自然人1件", "商业企业和自然人各1件"])
@pytest.mark.parametrize("left", ["转入下一年度的2件", "结转下年2件"])
def test_a_carried_number_parts_into_who_applied(left, parted):
    """It is of what was carried over, not of what came: named or not, with 其中 or without."""
    table = {
        **RECEIVED,
        "t3__carried_out__commercial": 1,
        "t3__carried_out__natural_person": 1,
        "t3__carried_out__total": 2,
    }
    text = f"收到申请9件，其中自然人6件、商业企业3件。{left}，{parted}。"
    assert {"X-03", "X-04"}.isdisjoint(codes(HEAD + text, **table))
    wrong = {"t3__carried_out__commercial": 0, "t3__carried_out__natural_person": 2}
    assert {"X-03", "X-04"} & set(codes(HEAD + text, **{**table, **wrong}))


@pytest.mark.parametrize("ended", ["被纠正的1件，原因是答复没有写救济途径", "纠正的1件已重新答复"])
def test_of_several_cases_nobody_knows_which_a_next_sentence_means(ended):
    """Of one kind it is that kind's."""
    one = "政府信息公开行政复议2件，维持1件、纠正1件"
    table = {f"t4__reconsideration__{name}": 1 for name in ("upheld", "corrected")} | {"t4__reconsideration__total": 2}
    suits = {"t4__suit_after__pending": 1, "t4__suit_after__total": 1}
    several = f"{one}；复议后提起行政诉讼1件，尚未审结1件；没有未经复议直接起诉的案件。{ended}。"
    assert "X-06" not in codes(several, **table, **suits)
    assert "X-06" not in codes(f"{one}。{ended}。", **table)
    none = {"t4__reconsideration__corrected": 0, "t4__reconsideration__other": 1}
    assert "X-06" in codes(f"发生政府信息公开行政复议2件。{ended}。", **{**table, **none})


def test_the_last_and_smallest_of_a_list_are_no_parts_of_the_one_before():
    """禁止公开4件 ends a label of the form; nothing was made public there."""
    text = "不予公开的理由依次为：内部事务信息12件，法律行政法规禁止公开4件，国家秘密3件，危及“三安全一稳定”2件。"
    assert "X-39" not in codes(HEAD + text)
    assert "X-39" in codes(HEAD + "全年主动公开4条，动态类信息3条，公告类信息2条。")


@pytest.mark.parametrize("new", [9, 8])
def test_a_number_reached_from_last_years_is_this_years(new):
    """新收申请由上年的14件增至9件 says 9 of this year, 14 of none."""
    text = "政府信息公开新收申请由上年的14件减至9件，其中自然人申请由12件减至6件，商业企业申请由2件增至3件。"
    found = codes(HEAD + text, **{**RECEIVED, "t3__received_new__total": new})
    assert ("X-03" in found) == (new != 9)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("收到申请0件，未出现不予处理情形。", "t3__not_processed__petition__total"),
        ("收到申请0件，没有因补正后仍不明确而无法提供的。", "t3__unavailable__unclear__total"),
        ("上年结转、新收、结转下年度的申请均为0件。", "t3__carried_in__total"),
        ("上年结转、新收、结转下年度的申请均为0件。", "t3__carried_out__total"),
        ("新收、上年结转、办结以及结转下年度的申请数量均为0。", "t3__carried_out__total"),
    ],
)
def test_what_is_said_not_to_have_been_is_held_against_the_table(text, cell):
    """Where the table has some, that is asked about, of a result as a warning; where it has none, nothing is said."""
    assert "X-75" not in codes(HEAD + text)
    assert codes(HEAD + text, **{cell: 4}).get("X-75") == ("hint" if "carried" in cell else "warning")


@pytest.mark.parametrize(
    "text",
    [
        "有4件申请未予以公开。",
        "没有因信访举报投诉引发的其他问题。",
        "没有自然人不服答复。",
        "上年结转4件，均已办结，没有结转。",
    ],
)
def test_other_negations_say_nothing_of_a_cell(text):
    """未予以公开 may be refused; what was not done about a row is no number of it."""
    table = {"t3__granted__total": 4, "t3__not_processed__petition__total": 4, "t3__received_new__natural_person": 6}
    assert "X-75" not in codes(HEAD + text, **table, t3__carried_in__total=4)


def test_cases_end_in_as_few_ways_as_the_text_says():
    """无被纠正案件, 已全部审结: each of the columns is held against the table."""
    text = "因政府信息公开被申请行政复议3件，已全部审结，其中维持3件，无被纠正案件。"
    table = {"t4__reconsideration__total": 3, "t4__reconsideration__upheld": 3}
    assert "X-06" not in codes(HEAD + text, **table)
    assert codes(HEAD + text, **table, t4__reconsideration__corrected=2).get("X-06") == "error"
    assert codes(HEAD + text, **table, t4__reconsideration__pending=2).get("X-06") == "error"


@pytest.mark.parametrize(("answered", "level"), [(9, None), (8, "error")])
def test_channels_add_up_to_what_came_and_all_of_it_was_answered(answered, level):
    """接到书面申请5件、网上申请4件，共计9件 are all; 9件均已答复 is how many were answered."""
    text = "接到书面申请5件、网上申请4件，共计9件，自然人6件、商业企业3件。9件均已答复。"
    assert codes(text, **{**RECEIVED, "t3__outcome_total__total": answered}).get("X-05") == level


@pytest.mark.parametrize("text", ["收到加装电梯申请5件，均为自然人。"])
def test_other_applications_by_persons_are_none_of_ours(text):
    """Only applications without another name are read as those for information."""
    assert "X-03" not in codes(text, **RECEIVED)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("发布信息1105条，比上年多发布85条，增长8.3%。", None),
        ("发布信息1105条，比上年多发布85条，增长18.3%。", "warning"),
        ("现行有效规范性文件5件，较上年底减少1件，原因是年内废止1件、制发0件。", None),
        ("出台规范性文件3件，年内无废止，现行有效11件（2024年末为8件）。", None),
        ("出台规范性文件3件，年内无废止，现行有效11件（2024年末为9件）。", "warning"),
    ],
)
def test_stocks_and_changes_are_reckoned_by_what_is_told(text, level):
    """多发布85条 is a difference, no number of last year; none repealed is a movement too."""
    assert codes(f"（一）主动公开。{text}").get("X-10") == level


def test_a_slot_before_the_unit_of_applications_is_empty():
    """全年共收到公开申请件 lacks its number; 收到公开申请件5件 does not."""
    assert "X-55" in codes(f"{HEAD}全年共收到公开申请件，加上上年结转的1件，共办理25件。")
    assert "X-55" not in codes(f"{HEAD}全年共收到公开申请件5件，加上上年结转的1件，共办理6件。")


def test_a_unit_is_not_told_to_call_itself_what_it_does():
    """A cover with the wrong kind is X-72's: 镇政府 is no reason to write 镇政府."""
    from gk_xl.form.filing import Unit

    unit = Unit("白水镇人民政府", "township", "镇政府", "云溪县")
    assert "X-19" not in codes("镇政府本年度未收到政府信息公开申请。", unit=unit)
