"""Lists worded freely: each number held against its cell, wrong beside right."""

from __future__ import annotations

import pytest

from tests.checks.text.test_told_in_passing import judged

T3 = {
    "t3.received_new.natural_person": 8, "t3.received_new.commercial": 3, "t3.received_new.other": 1, "t3.received_new.total": 12,
    "t3.carried_in.natural_person": 1, "t3.carried_in.commercial": 1, "t3.carried_in.total": 2,
    "t3.granted.natural_person": 5, "t3.granted.commercial": 2, "t3.granted.total": 7,
    "t3.partial.natural_person": 2, "t3.partial.total": 2,
    "t3.refused.state_secret.natural_person": 1, "t3.refused.state_secret.total": 1,
    "t3.refused.third_party.commercial": 1, "t3.refused.third_party.total": 1,
    "t3.unavailable.needs_creation.other": 1, "t3.unavailable.needs_creation.total": 1,
    "t3.outcome_total.natural_person": 8, "t3.outcome_total.commercial": 3, "t3.outcome_total.other": 1,
    "t3.outcome_total.total": 12,
    "t3.carried_out.natural_person": 1, "t3.carried_out.commercial": 1, "t3.carried_out.total": 2,
}  # fmt: skip
T4 = {
    "t4.reconsideration.upheld": 3, "t4.reconsideration.other": 1, "t4.reconsideration.pending": 1, "t4.reconsideration.total": 5,
    "t4.suit_after.upheld": 2, "t4.suit_after.corrected": 1, "t4.suit_after.other": 1, "t4.suit_after.pending": 1,
    "t4.suit_after.total": 5,
}  # fmt: skip
CASES = "因政府信息公开被申请行政复议5件，复议后起诉5件"
SUITS = "政府信息公开行政诉讼均为复议后起诉，"


DECIDED = {"t2.licence.decisions": 412, "t2.penalty.decisions": 35}


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("行政许可方面，全年受理428件，办结412件；行政处罚方面，立案38件，办结35件。", "t2.penalty.decisions"),
        ("行政许可412件，其中不动产登记类390件；行政处罚35件；行政强制方面，无。", "t2.compulsion.decisions"),
        ("行政许可、行政处罚、行政强制依次为412件、35件、0件。", "t2.licence.decisions"),
        ("行政许可、行政处罚分别为412件、35件，行政强制、行政事业性收费两项均为0。", "t2.compulsion.decisions"),
    ],
)
def test_decisions_under_their_heads(text, cell):
    """A head names the kind of what is counted behind it."""
    codes = {item.code for item in judged(text, cells=T3 | DECIDED | {"t2.admin_fee.amount": 0})}
    assert not codes & {"X-09", "X-10", "X-71", "X-75"}
    changed = {cell: DECIDED.get(cell, 0) + 4}
    codes = {item.code for item in judged(text, cells=T3 | DECIDED | {"t2.admin_fee.amount": 0} | changed)}
    assert codes & {"X-09", "X-75"}


def told(text, **how):
    """Return the codes of what the sentences are found to break in a table that they are held against."""
    cells = T3 | T4 | how.pop("cells", {})
    return {
        item.code
        for item in judged(text, cells=cells, **how)
        if item.code in ("X-03", "X-04", "X-05", "X-06", "X-75", "X-71")
    }


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("本年新收申请12件，其中自然人8件、企业3件、其他1件。", "t3.received_new.commercial"),
        (
            "新收的12件申请里，8件自然人申请、3件企业申请，余下1件由村民小组以其他组织名义提出。",
            "t3.received_new.natural_person",
        ),
        ("本年新收申请12件。企业3件，占25%；以公民个人名义提出的8件。", "t3.received_new.natural_person"),
        ("新收申请12件，申请人为8名自然人、3家企业和1个其他组织。", "t3.received_new.commercial"),
        ("收到申请12件。予以公开的7件，申请人为5名自然人和2家企业。", "t3.granted.commercial"),
        ("收到申请12件。予以公开7件（5件自然人申请、2件企业申请）。", "t3.granted.natural_person"),
        ("收到申请12件，1件自然人申请、1件企业申请结转2025年。", "t3.carried_out.commercial"),
        ("收到申请12件，年内处理完结12件，2件结转下年。", "t3.outcome_total.total"),
        ("全年予以公开7件、部分公开2件。", "t3.partial.total"),
        (
            "收到申请12件。决定不予公开的2件中，涉密的1件不予公开，涉及企业商业秘密不予公开的1件。",
            "t3.refused.third_party.total",
        ),
        ("收到申请12件。无法提供1件，需要另行加工汇总。", "t3.unavailable.needs_creation.total"),
        ("新收12件申请中，自然人占了大头，为8件；其次是商业企业，3件。", "t3.received_new.commercial"),
        ("自然人、商业企业、其他三类申请人新收申请数依次为8件、3件、1件。", "t3.received_new.other"),
        ("新收申请12件，其中来自个人的8件，来自企业的3件，来自其他组织的1件。", "t3.received_new.other"),
        ("新收申请12件，年底尚有2件在办（自然人、企业各1件），均转入2025年。", "t3.carried_out.commercial"),
        ("期初2件，新收12件，办结12件，期末2件。", "t3.carried_in.total"),
        ("上年结转2件、本年新收12件，本年办结12件、结转下年2件。", "t3.outcome_total.total"),
        ("收到申请12件。答复“予以公开”的7件，“部分公开”的2件，“不予公开”的2件。", "t3.partial.total"),
        ("收到申请12件，其中予以公开的7件包括自然人5件、企业2件。", "t3.granted.commercial"),
        ("自然人申请的办理结果：予以公开5件、部分公开2件。", "t3.granted.natural_person"),
        ("收到申请12件，跨年度办理2件。", "t3.carried_out.total"),
        ("12件新收申请有8件为个人、3件为企业；2件上年结转申请为个人和企业。", "t3.received_new.natural_person"),
        ("结转下年度的2件分别由自然人和企业各提出1件。", "t3.carried_out.natural_person"),
        ("12件办结申请中，全部公开7件，部分公开2件，拒绝公开2件。", "t3.refused.state_secret.total"),
        ("新收申请12件，加上去年没办完的2件，共14件。", "t3.carried_in.total"),
    ],
)
def test_applications_in_a_list(text, cell):
    """Who applied by name, by number of persons, of what was given; a row by what it means."""
    assert not told(text)
    assert told(text, cells={cell: T3[cell] + 4})


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("行政复议5件（维持3件、申请人撤回1件、正在审理中1件）。", "t4.reconsideration.other"),
        ("行政复议5件，其中维持3件、终止审理1件、尚未作出决定1件。", "t4.reconsideration.pending"),
        ("复议后起诉5件（法院支持我局2件、撤销答复1件、原告撤诉1件、审理中1件）。", "t4.suit_after.other"),
        (
            "复议后起诉5件：判决驳回原告诉讼请求2件、判决撤销原答复1件、裁定准许撤诉1件、一审未判1件。",
            "t4.suit_after.pending",
        ),
        ("复议后起诉5件，其中驳回诉讼请求2件、责令重新答复1件、撤回起诉1件、待判1件。", "t4.suit_after.corrected"),
        ("行政复议5件，维持3件，1件由申请人撤回，1件尚在审理。", "t4.reconsideration.other"),
        (
            "行政诉讼共5件，均未直接起诉；5件是复议后诉讼，胜诉2件、败诉1件、撤诉1件、在审1件。",
            "t4.suit_after.corrected",
        ),
        ("行政诉讼5件，未经复议的0件，经过复议的5件（维持2、纠正1、其他1、未结1）。", "t4.suit_after.upheld"),
        ("因公开答复引发行政复议5件、行政诉讼5件。", "t4.reconsideration.total"),
        ("行政复议5件，3件被维持，1件以其他方式结案，1件未审结。", "t4.reconsideration.other"),
    ],
)
def test_how_cases_ended_in_other_words(text, cell):
    """Words that the table does not have, in a list that comes to all cases."""
    text = text.replace("行政复议", "政府信息公开行政复议").replace("复议后起诉", "政府信息公开案件复议后起诉")
    assert not told(text)
    assert "X-06" in told(text, cells={cell: T4[cell] + 4})


@pytest.mark.parametrize(
    "text",
    [
        "政府信息公开案件复议后起诉5件（征地类3件、规划类2件）。",
        "受理申请14件（含2023年结转2件）。自然人9件（含结转1件）、企业4件（含结转1件）、其他1件。",
        "当年2件申请延期答复，均经负责人批准；今年5件申请涉及征地补偿，均予以公开。",
        "政府信息公开行政复议5件，其中自然人提起4件、企业提起1件。",
        "企业是主要申请人：在新收的12件申请中，自然人8件、企业3件，予以公开7件。",
        "自然人方面：收到申请8件，办结9件（含上年结转1件）。",
        "企业方面，新收3件，办结3件，结转下年1件。",
        "被诉政府信息公开案件，法院支持我局2件（直接起诉0件、复议后起诉2件），撤诉1件。",
        "新收申请12件中有8件来自自然人，有3件来自企业，剩下1件来自村集体。",
        "政府信息公开诉讼5件，未经复议0起、复议后5起。",
        "收到申请12件，不予公开及其他共3件，由自然人和企业提出。",
        "收到申请12件，申请人为5名自然人和2家企业。",  # persons, each of whom may have applied twice
        "政府信息公开行政复议5件，其中涉及征地3件、涉及规划2件。",
        "本年新收申请12件，比上年增加2件；上年12件、本年12件。",
    ],
)
def test_what_a_list_leaves_open(text):
    """Nothing is said of a list that is of something else."""
    assert not told(text)
