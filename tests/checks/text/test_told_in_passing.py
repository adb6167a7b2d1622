"""What is told in passing: none of it, of last year, by whom, of which part. Wrong beside right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from gk_xl.form.filing import Unit
from tests.checks.text.test_rewriting import filing

T3 = {
    "t3.received_new.natural_person": 8, "t3.received_new.total": 8,
    "t3.carried_in.natural_person": 1, "t3.carried_in.total": 1,
    "t3.granted.natural_person": 6, "t3.granted.total": 6,
    "t3.refused.third_party.natural_person": 1, "t3.refused.third_party.total": 1,
    "t3.outcome_total.natural_person": 7, "t3.outcome_total.total": 7,
    "t3.carried_out.natural_person": 2, "t3.carried_out.total": 2,
    "t2.admin_fee.amount": 41.85,
}  # fmt: skip
NONE = {cell: 0 for cell in T3 if not cell.startswith(("t3.received_new", "t3.granted", "t3.outcome_total", "t2"))}
NONE |= {f"t3.{row}.{column}": 8 for row in ("granted", "outcome_total") for column in ("natural_person", "total")}


UNITS = {
    "county_department": Unit("示例县农业农村局", "county_department", "我局", "示例县"),
    "township": Unit("示例乡人民政府", "township", "我乡", "示例县"),
    "county_government": Unit("示例县人民政府", "county_government", "我县", "示例县"),
}


def judged(*texts, cells=T3, kind="county_department", part="overview"):
    """Return the findings on a text of a bureau, or of a unit of another kind, with some cells."""
    told = ("（二）依申请公开", *texts) if part == "overview" else texts
    zeros = filing("").with_cells(cells)
    return check(replace(zeros, year=2024, unit=UNITS[kind], narrative={part: told})).findings


def found(*texts, **how):
    """Return the codes of what a text is found to break."""
    return {item.code for item in judged(*texts, **how)}


@pytest.mark.parametrize(
    ("code", "text", "changed"),
    [
        ("X-03", "受理依申请公开8件（均为自然人申请），答复8件。", {"t3.received_new.natural_person": 7}),
        ("X-04", "新收申请8件，年末没有未办结件。", {"t3.carried_out.total": 2}),
        ("X-04", "新收申请8件，无上年及下年结转。", {"t3.carried_in.total": 1}),
        ("X-04", "新收申请8件、结转0件、办结8件、结转下年0件。", {"t3.carried_in.total": 1}),
        ("X-04", "自然人申请8件，合计8件，均为本年新收。", {"t3.carried_in.total": 1}),
        ("X-04", "新收申请数、上年结转数、办结数、结转下年数分别为8件、0件、8件、0件。", {"t3.carried_in.total": 3}),
        ("X-75", "办理申请8件，均予以公开。没有不予公开、不予处理的情形。", {"t3.refused.third_party.total": 8}),
    ],
)
def test_none_of_it_is_held_against_the_table(code, text, changed):
    """A negation, a list of labels: what there was none of must be none in the table."""
    right = T3 | NONE
    assert code not in found(text, cells=right)
    assert code in found(text, cells=right | changed)


def test_zeros_one_after_the_other_deny_all():
    """零受理、零答复、零结转."""
    text = "我局全年依申请公开工作为零受理、零答复、零结转。"
    assert not {"X-04", "X-07"} & found(text, cells=dict.fromkeys(T3, 0))
    assert {"X-04", "X-07"} <= found(text)


@pytest.mark.parametrize(
    ("code", "text", "cell"),
    [
        ("X-04", "新收申请8件；上年度结转1件，为自然人申请。", "t3.carried_in.natural_person"),
        ("X-04", "新收申请8件，上年结转1件（自然人），办结7件。", "t3.carried_in.natural_person"),
        ("X-04", "新收申请8件，办结7件，结转下年2件，2件的申请人都是自然人。", "t3.carried_out.natural_person"),
        ("X-04", "新收申请8件，上年结转1件，办结7件，结转2件（自然人2件）。", "t3.carried_out.natural_person"),
        ("X-04", "办结申请7件，另有2件因需征求第三方意见结转2025年办理。", "t3.carried_out.total"),
        (
            "X-05",
            "收到申请8件，予以公开6件，另1件因申请公开的信息属于第三方合法权益而不予公开。",
            "t3.refused.third_party.total",
        ),
        ("X-05", "收到申请8件，6件公开，1件不公开（一件系第三方商业秘密）。", "t3.refused.third_party.total"),
    ],
)
def test_a_part_has_its_own_cell(code, text, cell):
    """Whose what was carried over is, why one was left, on what ground one was refused."""
    assert code not in found(text)
    assert code in found(text, cells=T3 | {cell: T3[cell] + 5})


@pytest.mark.parametrize(
    "text",
    [
        "上年没有结转，年底结转2件。",
        "上年没有遗留。新收申请8件，1件需延长答复期限，2件转入下年。",
        "上年结转1件，已于1月答复完毕；结转下年度继续办理2件。",
        "收到申请8件，一件由村民提出，另一件由村组提出，均予以公开。",
    ],
)
def test_what_is_told_beside_it_is_not_denied(text):
    """没有结转 is of last year where what goes on to next year is told; a month is of when it was done."""
    assert not {"X-75", "X-04", "X-05"} & found(
        text, cells=T3 | {"t3.carried_in.natural_person": 0, "t3.carried_in.total": 0} if "没有" in text else T3
    )


def test_a_government_counts_what_its_departments_issue():
    """县政府及各部门 is the whole area, which a government's table holds."""
    text = "县政府及各部门全年制发行政规范性文件9件，废止4件，现行有效83件。"
    cells = {"t2.normative_doc.issued": 9, "t2.normative_doc.repealed": 4, "t2.normative_doc.in_force": 83}
    assert "X-09" not in found(text, cells=cells, kind="county_government")
    assert "X-09" in found(text, cells=cells | {"t2.normative_doc.in_force": 86}, kind="county_government")


@pytest.mark.parametrize(
    ("code", "wrong", "right", "part", "kind"),
    [
        ("X-25", "采取三项措施：第一，更新目录；第二，培训人员。", "采取两项措施：第一，更新目录；第二，培训人员。", "problems", "county_department"),
        ("X-62", "不予公开中，危及“三安全两稳定”1件。", "不予公开中，危及“三安全一稳定”1件。", "overview", "county_department"),
        ("X-62", "属于四类内部事务信息1件。", "属于三类内部事务信息1件。", "overview", "county_department"),
        ("X-57", "成立由县长任组长的领导小组，党政办负责日常工作。", "成立由乡长任组长的领导小组，党政办负责日常工作。", "overview", "township"),
        ("X-74", "全年收取草原植被恢复费41.85元。", "全年收取草原植被恢复费41.85万元。", "overview", "county_department"),
        ("X-32", "下一步，推进档案数字化，2025年已再完成4万页。", "下一步，推进档案数字化，2025年再完成4万页。", "problems", "county_department"),
        ("X-32", "全年将举办培训3期，参训217人次。", "全年举办培训3期，参训217人次。", "overview", "county_department"),
        ("X-05", "收到的政府信息公开申请也已于年内全部办结。", "收到的政府信息公开申请除结转的2件外已于年内全部办结。", "overview", "county_department"),
    ],
)  # fmt: skip
def test_a_slip_beside_what_is_right(code, wrong, right, part, kind):
    """Announced and listed, how many kinds a row names, another level's head, lost 万, what the year will bring, all done."""
    assert code in found(wrong, part=part, kind=kind)
    assert code not in found(right, part=part, kind=kind)


def test_items_in_paragraphs_of_their_own_are_counted():
    """三个方面问题： with its items in the paragraphs behind."""
    items = ("一是目录更新不及时。", "二是解读形式单一。")
    assert "X-25" in found("主要存在三个方面问题：", *items, part="problems")
    assert "X-25" not in found("主要存在两个方面问题：", *items, part="problems")


@pytest.mark.parametrize(
    ("code", "text", "how"),
    [
        ("X-03", "县政府各部门共收到政府信息公开申请5件，各乡镇共收到3件。", {"kind": "county_government"}),
        ("X-03", "县政府部门收到政府信息公开申请5件。", {"kind": "county_government"}),
        ("X-62", "不予公开2件，涉及两类过程性信息。", {}),
        ("X-32", "针对上述问题，2025年已制定整改方案。", {"part": "problems"}),
        ("X-32", "全年将公开指南更新3次，将组织机构信息更新2次。", {}),
        ("X-74", "全年收取行政事业性收费418500.3元。", {}),
        ("X-05", "惠农项目办结9个，2个结转下年实施。", {"part": "problems"}),
        ("X-04", "惠农项目办结9个，5个结转下年实施。", {"part": "problems"}),
        ("X-07", "信息处理费零收取。", {}),
        ("X-25", "采取两项措施：第一，更新目录；第二，培训人员。其中第三，不再另列。", {"part": "problems"}),
    ],
)
def test_words_alike_that_are_right(code, text, how):
    """A government's departments alone, two of a row's kinds, a plan made by now, 将 before what is put, yuan that the table rounds."""
    assert code not in found(text, **how)


def test_another_levels_head_is_asked_about_only():
    """A town may tell of the county's own group."""
    (item,) = [one for one in judged("由县长任组长的领导小组已成立。", kind="township") if one.code == "X-57"]
    assert item.severity.value == "hint"
