"""A verb parted by its number, labels before a mark, persons with one each, what goes on behind a mark, words that only fill."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from gk_xl.form.filing import Unit
from tests.checks.text.test_kinds import codes
from tests.checks.text.test_rewriting import filing
from tests.checks.text.test_told_together import TOLD
from tests.checks.text.test_wording_of_offices import HEAD, T3

SPOKEN_OF = TOLD | {"X-09", "X-10", "X-11", "X-71", "X-75"}


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("出台规章4部，同时宣布2部规章失效。", {"t2__rules__issued": 4, "t2__rules__repealed": 2}),
        (
            "印发规范性文件4件，另宣布2件规范性文件作废。",
            {"t2__normative_doc__issued": 4, "t2__normative_doc__repealed": 2},
        ),
        (
            "就规范性文件来说，新出4件，同时废止老件2件。",
            {"t2__normative_doc__issued": 4, "t2__normative_doc__repealed": 2},
        ),
        ("印发规范性文件4件，存量从7件升至9件。", {"t2__normative_doc__issued": 4, "t2__normative_doc__in_force": 9}),
        (
            "印发规范性文件4件，有效存量自7件增至9件。",
            {"t2__normative_doc__issued": 4, "t2__normative_doc__in_force": 9},
        ),
        (
            "行政许可、行政处罚这两类决定，全年分别作出7件、2件。",
            {"t2__licence__decisions": 7, "t2__penalty__decisions": 2},
        ),
        ("行政许可和行政处罚，本年度分别办理7件和2件。", {"t2__licence__decisions": 7, "t2__penalty__decisions": 2}),
        ("查处擅自砍伐林木的行为4起，行政处罚决定2件。", {"t2__penalty__decisions": 2}),
        (
            "经乡便民服务中心作出行政许可决定7件，行政处罚决定2件。",
            {"t2__licence__decisions": 7, "t2__penalty__decisions": 2},
        ),
        ("由乡综合服务中心办理行政许可7件。", {"t2__licence__decisions": 7}),
        (
            "制发规范性文件4件，与同类乡镇相比，为历年最多；废止2件。",
            {"t2__normative_doc__issued": 4, "t2__normative_doc__repealed": 2},
        ),
        ("印发规范性文件4件，废除2件。", {"t2__normative_doc__issued": 4, "t2__normative_doc__repealed": 2}),
        ("规范性文件没有新增，也没有废止，仍为7件。", {"t2__normative_doc__in_force": 7}),
        ("规范性文件零新增、零废止，存量7件。", {"t2__normative_doc__in_force": 7}),
        ("截至年底，我乡名下的规范性文件还有7件有效。", {"t2__normative_doc__in_force": 7}),
        ("行政许可7件、行政处罚2件均已公示。", {"t2__licence__decisions": 7, "t2__penalty__decisions": 2}),
    ],
)
def test_documents_and_decisions(text, cells):
    """Told with the number between the parts of a verb, behind a mark, or beside what is of another time."""
    assert not SPOKEN_OF & set(codes(f"（一）主动公开。{text}", **cells))
    for cell, value in cells.items():
        assert SPOKEN_OF & set(codes(f"（一）主动公开。{text}", **{**cells, cell: value + 3})), cell


@pytest.mark.parametrize(
    "text",
    [
        "因职能所限，我乡不办理行政许可，不实施行政处罚和行政强制。",
        "我乡不从事行政许可，也不作出行政处罚、行政强制决定。",
        "本机关既不办理行政许可，也不实施行政处罚和行政强制。",
        "我乡无权作出行政许可、行政处罚、行政强制决定。",
    ],
)
def test_what_a_unit_does_not_decide_on(text):
    """Several kinds in one, whose denial goes on behind a mark."""
    for row in ("licence", "penalty", "compulsion"):
        assert "X-09" in codes(text, **{f"t2__{row}__decisions": 3}), row


@pytest.mark.parametrize(
    "text",
    ["规章、规范性文件均无制发、废止。", "规范性文件零新增、零废止。", "本年规范性文件既无新增，也无废止。"],
)
def test_two_acts_denied_in_one(text):
    """By one word before both, or by one before each."""
    for column in ("issued", "repealed"):
        assert {"X-09", "X-36"} & set(codes(text, **{f"t2__normative_doc__{column}": 3})), column


def test_kinds_of_decisions_and_charges_denied_in_one():
    """未发生行政许可、处罚、强制及收费: each of the four."""
    text = "本年度未发生行政许可、处罚、强制及收费。"
    for cell in ("licence__decisions", "penalty__decisions", "compulsion__decisions", "admin_fee__amount"):
        assert "X-09" in codes(text, **{f"t2__{cell}": 3}), cell


@pytest.mark.parametrize(
    "text", ["收到申请30件，既无上年遗留，也无年末积压。", "收到申请30件，年初无结转，年末也无在办。"]
)
def test_neither_end_of_the_year(text):
    """Neither from last year nor to the next."""
    for cell in ("t3__carried_in__total", "t3__carried_out__total"):
        assert "X-04" in codes(HEAD + text, **{**T3, cell: 3}), cell


@pytest.mark.parametrize(
    "text",
    [
        "首次轻微违法的，不实施行政处罚和行政强制。全年作出行政处罚决定3件。",
        "对符合免罚清单的情形，不作出行政处罚。全年作出行政处罚决定3件。",
        "编制文件目录，收录现行有效文件4件、失效文件3件。",
    ],
)
def test_what_is_not_done_in_some_cases_denies_nothing(text):
    """Nor are files that lapsed some time repealed this year."""
    assert "X-09" not in codes(text, t2__penalty__decisions=3, t2__normative_doc__in_force=4)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("收到申请30件。上年跨年接续办理2件。", {"t3__carried_in__total": 2}),
        ("收到申请30件。2024年余下2件。", {"t3__carried_in__total": 2}),
        ("26件新申请与2件上年结转件合并计算。", {"t3__received_new__total": 26, "t3__carried_in__total": 2}),
        ("收到申请30件，没有办结的2件因征求第三方意见顺延至下年。", {"t3__carried_out__total": 2}),
        ("收到申请30件，未办结的2件因等待鉴定，移到2026年。", {"t3__carried_out__total": 2}),
        (
            "收到申请30件，本年答结28件、转入2026年办理2件。",
            {"t3__outcome_total__total": 28, "t3__carried_out__total": 2},
        ),
        ("收到申请30件，以上30件均于法定期限内了结。", {"t3__outcome_total__total": 30}),
        ("收到申请30件，当年收、当年清30件。", {"t3__outcome_total__total": 30}),
        (
            "收到申请30件。来申请的个人有28件，企业2件。",
            {"t3__received_new__natural_person": 28, "t3__received_new__commercial": 2},
        ),
        ("收到申请30件，余者为商业企业2件。", {"t3__received_new__commercial": 2}),
        (
            "收到申请30件。30件申请由居民个人提出28件、律所提出2件。",
            {"t3__received_new__natural_person": 28, "t3__received_new__legal_service": 2},
        ),
        ("收到申请30件。申请人：自然人28名各1件，律所1家2件。", {"t3__received_new__natural_person": 28}),
        ("收到申请30件，其中企业2家各提交1件。", {"t3__received_new__commercial": 2}),
        ("收到申请30件，因信息不存在等原因无法提供2件。", {"t3__unavailable__not_held__total": 2}),
        ("收到申请30件，以过程性信息为由未公开2件。", {"t3__refused__deliberative__total": 2}),
        (
            "收到申请30件。其中2件申请查阅规划图件，予以公开；28件不掌握。",
            {"t3__granted__total": 2, "t3__unavailable__not_held__total": 28},
        ),
        ("收到申请30件。申请量在县直部门中居于前列：上年结转2件。", {"t3__carried_in__total": 2}),
        ("对各科室、各下属单位开展考核；全年收到申请30件，上年结转2件。", {"t3__carried_in__total": 2}),
        ("收到申请30件，为历年最高；上年结转2件。", {"t3__carried_in__total": 2}),
        ("收到申请30件，上年底在办2件。", {"t3__carried_in__total": 2}),
        ("收到申请30件，另承接上年末尚在办理的2件。", {"t3__carried_in__total": 2}),
        ("收到申请30件，剩下2件在2026年答复。", {"t3__carried_out__total": 2}),
        ("收到申请30件，尚有2件处于答复期限内。", {"t3__carried_out__total": 2}),
        ("收到申请30件，2件因需征求第三方意见，截至年底尚未办结。", {"t3__carried_out__total": 2}),
        (
            "收到申请32件，已办30件，未办完的2件转下年。",
            {"t3__received_new__total": 32, "t3__outcome_total__total": 30, "t3__carried_out__total": 2},
        ),
        ("收到申请30件，给予公开28件，公开部分内容2件。", {"t3__granted__total": 28, "t3__partial__total": 2}),
        ("收到申请30件，给了全部材料的28件，只公开部分的2件。", {"t3__granted__total": 28, "t3__partial__total": 2}),
        ("收到申请30件，逾期没补材料、按放弃处理的2件。", {"t3__otherwise__correction_overdue__total": 2}),
        (
            "收到申请30件，信访类3件，重复提交的2件，均不予处理。",
            {"t3__not_processed__petition__total": 3, "t3__not_processed__duplicate__total": 2},
        ),
        ("收到申请30件，尚有2件因12月下旬收到、仍在答复期限内，结转下年度继续办理。", {"t3__carried_out__total": 2}),
        ("上年有2件没办完，今年收到申请30件。", {"t3__carried_in__total": 2}),
        ("应办申请32件，2件来自上年，30件为本年收到。", {"t3__carried_in__total": 2}),
        ("收到申请30件，本机关没有制作也没有保存的2件。", {"t3__unavailable__not_held__total": 2}),
        ("收到申请30件，补正期满没有补的2件，终止办理。", {"t3__otherwise__correction_overdue__total": 2}),
    ],
)
def test_applications(text, cells):
    """Whose number stands among words that only fill, or beside others'."""
    right = {**T3, "t3__outcome_total__total": 30, **cells}
    unit = Unit("白水县水利局", "county_department", "我局", "白水县")
    assert not (TOLD | {"X-75"}) & set(codes(HEAD + text, unit=unit, **right))
    for cell, value in cells.items():
        assert SPOKEN_OF & set(codes(HEAD + text, unit=unit, **{**right, cell: value + 5})), cell


def test_one_who_would_not_have_an_answer():
    """Goes on to reconsideration behind a mark; what came of it is told next."""
    text = HEAD + "收到申请30件。有1名申请人对部分公开答复不服，向县政府申请行政复议，复议机关维持了我乡答复。"
    right = {**T3, "t4__reconsideration__total": 1, "t4__reconsideration__upheld": 1}
    assert not {"X-06", "X-08"} & set(codes(text, **right))
    assert "X-06" in codes(text, **{**right, "t4__reconsideration__total": 4, "t4__reconsideration__upheld": 4})
    wrong = {**right, "t4__reconsideration__upheld": 0, "t4__reconsideration__corrected": 1}
    assert {"X-06", "X-08"} & set(codes(text, **wrong))


def test_a_paragraph_that_only_counts_rows_is_on_applications():
    """Two of the rows that part all of them, with 的 before their numbers."""
    texts = ("（二）依申请公开。收到申请30件。", "从结果看，全部公开的20件、区分处理后部分公开的10件。")
    right = {**T3, "t3__granted__total": 20, "t3__partial__total": 10, "t3__outcome_total__total": 30}

    def found(**cells: int) -> set[str]:
        made = replace(filing("", **cells), narrative={"overview": texts})
        return {finding.code for finding in check(made).findings}

    assert "X-05" not in found(**right)
    assert "X-05" in found(**{**right, "t3__partial__total": 13})


def test_no_application_by_a_kind():
    """无一件由企业提出: denied of that kind."""
    text = HEAD + "收到申请30件，无一件由企业提出。"
    assert not TOLD & set(codes(text, **T3))
    assert "X-03" in codes(text, **{**T3, "t3__received_new__natural_person": 28, "t3__received_new__commercial": 2})


def test_what_is_not_provided_again_is_no_repeated_application():
    """不予重复提供 is said of a paper."""
    text = HEAD + "收到申请30件，其中1件要求重新出具已获取信息，依法不予重复提供。"
    assert "X-05" not in codes(text, **T3, t3__not_processed__reconfirm__total=1)


def test_documents_made_and_out():
    """制作2件并已公开: as many were disclosed, in the form that asks for it."""
    blank = filing("")
    zeros = dict.fromkeys(type(blank).blank(2020, blank.unit).cells, 0)
    made = {"t2.normative_doc.made": 2, "t2.normative_doc.disclosed_total": 6}

    def found(text: str, newly: int) -> set[str]:
        base = type(blank).blank(2020, blank.unit)
        cells = {**zeros, **made, "t2.normative_doc.newly_disclosed": newly}
        whole = replace(base, cells=cells, signed=blank.signed, narrative={"overview": (text,)})
        return {finding.code for finding in check(whole).findings}

    for text in (
        "规范性文件制作2件并已公开，对外公开总数6件。",
        "制作规范性文件2件，均已于当年新公开，对外公开总数6件。",
    ):
        assert "X-75" not in found(text, 2)
        assert "X-75" in found(text, 5)
    hidden = "制作规范性文件2件，未向社会公开，对外公开总数6件。"
    assert "X-09" not in found(hidden, 0)
    assert "X-09" in found(hidden, 2)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        (
            "处罚、强制类事项均为0项。许可事项12项。",
            {"t2.penalty.items_prev": 0, "t2.compulsion.items_prev": 0, "t2.licence.items_prev": 12},
        ),
        (
            "县里下放处罚事项12项、强制事项2项，作出处罚决定4件。",
            {"t2.penalty.items_delta": 12, "t2.compulsion.items_delta": 2},
        ),
    ],
)
def test_matters_of_the_older_form(text, cells):
    """How many there were, each kind with its own 事项; how many came."""
    blank = filing("")
    base = type(blank).blank(2020, blank.unit)
    zeros = dict.fromkeys(base.cells, 0)

    def found(**other: int) -> set[str]:
        told = {name.replace("__", "."): value for name, value in other.items()}
        held = {**zeros, "t2.penalty.decisions": 4 if "决定4件" in text else 0, **cells, **told}
        whole = replace(base, cells=held, signed=blank.signed, narrative={"overview": (text,)})
        return {finding.code for finding in check(whole).findings}

    for cell, value in cells.items():
        assert not {"X-71", "X-75"} & found()
        assert {"X-71", "X-75"} & found(**{cell.replace(".", "__"): value + 5}), cell
