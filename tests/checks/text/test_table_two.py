"""What officials write of 表二 in other words: matters of the older form, documents, charges, decisions.

Each text is right of the cells beside it, and every one of them, changed, is noticed.
"""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from gk_xl import Filing, load_edition
from gk_xl.checks.run import check

SPEAKING = {"X-07", "X-09", "X-10", "X-11", "X-36", "X-37", "X-39", "X-42", "X-71", "X-74", "X-75"}
YEARS = {"2019": 2020, "2021": 2024}


BUREAU = {"name": "示例县水利局", "kind": "county_department", "self": "我局", "county": "示例县"}


def filing(edition, text, cells, unit=BUREAU):
    """Return a report with one paragraph and some cells; all others hold 0."""
    return Filing.loads(json.dumps({
        "edition": edition, "year": YEARS[edition],
        "unit": unit,
        "cells": dict.fromkeys(load_edition(edition).cells, 0) | {f"t2.{cell}": value for cell, value in cells.items()},
        "narrative": {"overview": [text]},
    }, ensure_ascii=False))  # fmt: skip


def heard(told):
    """Return the codes of the rules of the text that speak."""
    return {item.code for item in check(told).findings} & SPEAKING


def holds(edition, text, cells):
    """Assert that a text is right of some cells, and that each of them, changed, is noticed."""
    told = filing(edition, text, cells)
    assert not heard(told)
    for cell, value in cells.items():
        changed = replace(told, cells={**told.cells, f"t2.{cell}": value + 3})
        assert heard(changed), cell


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("许可事项去年31项，今年核减4项，现有27项，办结许可612件。", {"licence.items_prev": 31, "licence.items_delta": -4, "licence.decisions": 612}),
        ("处罚事项上年120项，调增18项，办结处罚案件237起。", {"penalty.items_prev": 120, "penalty.items_delta": 18, "penalty.decisions": 237}),
        ("行政处罚事项调增18项，调减2项，处罚决定237件。", {"penalty.items_delta": 16, "penalty.decisions": 237}),
        ("54项处罚事项与上一年度一样，全年下达处罚决定31件。", {"penalty.items_prev": 54, "penalty.items_delta": 0, "penalty.decisions": 31}),
        ("处罚项目由61项增加到63项，当年处罚18件。", {"penalty.items_prev": 61, "penalty.items_delta": 2, "penalty.decisions": 18}),
        ("许可事项6项，同去年一样。", {"licence.items_prev": 6, "licence.items_delta": 0}),
        ("许可事项6项，较上年没有变化，办结95件。", {"licence.items_prev": 6, "licence.items_delta": 0, "licence.decisions": 95}),
        ("行政处罚事项稳定在214项，处罚决定68件。", {"penalty.items_prev": 214, "penalty.items_delta": 0, "penalty.decisions": 68}),
        ("行政处罚事项15项，本年度未增未减，处理决定3件。", {"penalty.items_prev": 15, "penalty.items_delta": 0, "penalty.decisions": 3}),
        ("行政处罚事项15项，年内无新增和取消。", {"penalty.items_prev": 15, "penalty.items_delta": 0}),
        ("行政许可原为17项，今年承接下放1项。", {"licence.items_prev": 17, "licence.items_delta": 1}),
        ("收费项目2项，与上年一致。", {"admin_fee.items_prev": 2, "admin_fee.items_delta": 0}),
        ("行政事业性收费仍是3项。", {"admin_fee.items_prev": 3, "admin_fee.items_delta": 0}),
    ],
)  # fmt: skip
def test_matters_of_the_older_form(text, cells):
    """Last year's, this year's more or fewer, what was decided: short names, and every word for no change."""
    holds("2019", text, cells)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("行政许可事项保持4项，全年办件31件。", {"licence.items_prev": 4, "licence.items_delta": 0, "licence.decisions": 31}),
        ("行政许可事项从11项变为9项，办理量48件。", {"licence.items_prev": 11, "licence.items_delta": -2, "licence.decisions": 48}),
        ("行政许可事项取消1项，尚余12项。", {"licence.items_prev": 13, "licence.items_delta": -1}),
        ("行政强制项目数与上年持平，均为4项，作出行政强制决定2件。", {"compulsion.items_prev": 4, "compulsion.items_delta": 0, "compulsion.decisions": 2}),
        ("许可项目22项、处罚项目403项，与上年相同，分别作出决定731件、58件。", {"licence.items_prev": 22, "penalty.items_prev": 403, "licence.decisions": 731, "penalty.decisions": 58}),
        ("行政处罚事项372项，上年同样为372项，立案办结29件。", {"penalty.items_prev": 372, "penalty.decisions": 29}),
        ("行政事业性收费项目上一年4项，今年停征1项。", {"admin_fee.items_prev": 4, "admin_fee.items_delta": -1}),
        ("通过政府集中采购实施项目5个，采购总金额86.3万元。", {"procurement.projects": 5, "procurement.amount": 86.3}),
        ("当年无政府集中采购。", {"procurement.projects": 0, "procurement.amount": 0}),
        ("行政强制事项1项，年内未实施。", {"compulsion.items_prev": 1, "compulsion.decisions": 0}),
        ("行政强制事项1项，没有办件。", {"compulsion.items_prev": 1, "compulsion.decisions": 0}),
        ("行政处罚事项2项、行政强制事项1项，全年均未作出决定。", {"penalty.items_prev": 2, "compulsion.items_prev": 1, "penalty.decisions": 0, "compulsion.decisions": 0}),
        ("行政处罚、行政强制事项分别为2项和1项，都没有作出处理决定。", {"penalty.items_prev": 2, "compulsion.items_prev": 1, "penalty.decisions": 0, "compulsion.decisions": 0}),
    ],
)  # fmt: skip
def test_decisions_behind_their_matters(text, cells):
    """办件 and 办理量 as well as 处理决定; none on any of the kinds told; all matters that there are now."""
    holds("2019", text, cells)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("规范性文件年初8件，年内新增2件、废止3件，年末在册7件。", {"normative_doc.issued": 2, "normative_doc.repealed": 3, "normative_doc.in_force": 7}),
        ("制发规范性文件1件，废止2件，有效件数由年初的8件变为7件。", {"normative_doc.issued": 1, "normative_doc.repealed": 2, "normative_doc.in_force": 7}),
        ("出台规范性文件7件、宣布废止4件，存量由2023年底的55件变为58件。", {"normative_doc.issued": 7, "normative_doc.repealed": 4, "normative_doc.in_force": 58}),
        ("制发规范性文件2件，未作废止，在用文件11件。", {"normative_doc.issued": 2, "normative_doc.repealed": 0, "normative_doc.in_force": 11}),
        ("制发规范性文件2件，没有废止任何文件，仍在实施的有11件。", {"normative_doc.issued": 2, "normative_doc.repealed": 0, "normative_doc.in_force": 11}),
        ("本局不曾制发规范性文件。", {"normative_doc.issued": 0}),
        ("没有出台新的规范性文件，也没有废止的，现行有效的还是原来那3件。", {"normative_doc.issued": 0, "normative_doc.repealed": 0, "normative_doc.in_force": 3}),
        ("本年度未新制发规范性文件，现行有效规范性文件维持3件不变。", {"normative_doc.issued": 0, "normative_doc.in_force": 3}),
        ("印发《示例县河道采砂管理规定》这一规范性文件（全年仅此1件）。", {"normative_doc.issued": 1}),
        ("规范性文件数量由8件增加到9件，其中新增2件，废止1件。", {"normative_doc.issued": 2, "normative_doc.repealed": 1, "normative_doc.in_force": 9}),
        ("现行有效规范性文件9件，其中新制发2件。", {"normative_doc.issued": 2, "normative_doc.in_force": 9}),
        ("没有新制定规范性文件，对1件到期文件予以废止。", {"normative_doc.issued": 0, "normative_doc.repealed": 1}),
        ("规范性文件总量25件，当年制发3件，废止5件。", {"normative_doc.issued": 3, "normative_doc.repealed": 5, "normative_doc.in_force": 25}),
        ("规章、规范性文件均为0件。", {"rules.issued": 0, "normative_doc.issued": 0}),
        ("规范性文件立3件、废5件，现行有效25件。", {"normative_doc.issued": 3, "normative_doc.repealed": 5, "normative_doc.in_force": 25}),
        ("当年制定规范性文件3件，废止的没有，现行有效25件。", {"normative_doc.issued": 3, "normative_doc.repealed": 0, "normative_doc.in_force": 25}),
        ("本年规范性文件无新增、无废止，现行有效25件。", {"normative_doc.issued": 0, "normative_doc.repealed": 0, "normative_doc.in_force": 25}),
        ("规范性文件数量没有变化，仍是25件，既未制发也未废止。", {"normative_doc.issued": 0, "normative_doc.repealed": 0, "normative_doc.in_force": 25}),
        ("公布施行规章2件。", {"rules.issued": 2}),
        ("修订公布《示例县规章制定程序规定》等规章2件。", {"rules.issued": 2}),
    ],
)  # fmt: skip
def test_documents_in_other_words(text, cells):
    """What there is told as a movement, none in any words, documents named before their number."""
    holds("2021", text, cells)


def test_what_all_departments_of_a_county_decided_is_asked_about():
    """Beside the townships' it is a part of the county's."""
    county = {"name": "示例县人民政府", "kind": "county_government", "self": "", "county": "示例县"}
    told = filing(
        "2021",
        "各部门作出行政许可决定5821件、行政处罚决定312件。",
        {"licence.decisions": 5281, "penalty.decisions": 312},
        county,
    )
    beside = filing("2021", "各部门作出行政许可决定5821件，各乡镇460件。", {"licence.decisions": 6281}, county)
    assert heard(told) == {"X-09"}
    assert not heard(beside)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("制作并公开规范性文件9件，对外公开总数127件。", {"normative_doc.made": 9, "normative_doc.newly_disclosed": 9, "normative_doc.disclosed_total": 127}),
        ("印发规范性文件2件，均已上网公开，历年公开的总数量为9件。", {"normative_doc.made": 2, "normative_doc.newly_disclosed": 2, "normative_doc.disclosed_total": 9}),
        ("印发规范性文件4件，解读材料全部公开，公开规范性文件6件。", {"normative_doc.made": 4, "normative_doc.newly_disclosed": 6}),
        ("印发规范性文件2件并全部公开，公开总量保持在9件。", {"normative_doc.made": 2, "normative_doc.newly_disclosed": 2, "normative_doc.disclosed_total": 9}),
    ],
)  # fmt: skip
def test_documents_of_the_older_form(text, cells):
    """All that were made are public."""
    holds("2019", text, cells)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("行政许可全年办结63件，行政处罚全年办结12件，公开66条、15条。", {"licence.decisions": 63, "penalty.decisions": 12}),
        ("行政许可、处罚和强制分别作出决定63件、12件和0件。", {"licence.decisions": 63, "penalty.decisions": 12, "compulsion.decisions": 0}),
        ("行政事业性收费金额由上年的134.5万元降至126.4万元。", {"admin_fee.amount": 126.4}),
        ("停止征收全部行政事业性收费，当年收费为零。", {"admin_fee.amount": 0}),
        ("作出执法决定75件，其中许可63件、处罚12件。", {"licence.decisions": 63, "penalty.decisions": 12}),
        ("作出许可决定63件、处罚决定12件，收费18.72万元。", {"licence.decisions": 63, "penalty.decisions": 12, "admin_fee.amount": 18.72}),
        ("作出行政许可决定63件；收取会计资格考试费18.72万元。", {"licence.decisions": 63, "admin_fee.amount": 18.72}),
        ("行政事业性收费仅水土保持补偿费一项，共126.4万元。", {"admin_fee.amount": 126.4}),
        ("本局不涉及行政事业性收费。", {"admin_fee.amount": 0}),
        ("规范性文件制发数为0；收费项目金额为0。", {"normative_doc.issued": 0, "admin_fee.amount": 0}),
        ("不曾作出行政处罚决定。", {"penalty.decisions": 0}),
    ],
)  # fmt: skip
def test_charges_and_decisions_in_other_words(text, cells):
    """收费 beside decisions, a fee by its own name, none in any words."""
    holds("2021", text, cells)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("行政事业性收费2.6万元，政府集中采购3个项目，共18万元。", {"admin_fee.amount": 2.6}),
        ("代征社会保险费320万元，行政事业性收费2.6万元。", {"admin_fee.amount": 2.6}),
        ("收取耕地开垦费12万元，收取不动产登记费8万元。", {"admin_fee.amount": 26.3}),
        ("制发规范性文件2件，累计公开27件，较上年新增9件。", {"normative_doc.issued": 2, "normative_doc.in_force": 27}),
        ("现行有效的文件中，原有规范性文件9件。", {"normative_doc.in_force": 11}),
        ("行政处罚、行政强制事项分别为2项和1项。", {"penalty.decisions": 8, "compulsion.decisions": 3}),
        ("行政诉讼41件，其中行政许可3件。", {"licence.decisions": 8}),
        ("对在用的25件规范性文件开展评估，拟废止2件。", {"normative_doc.in_force": 25}),
        ("许可事项26项、处罚事项310项，均已公开，全年办件330件。", {"licence.decisions": 318, "penalty.decisions": 12}),
        ("2018年制发的《示例办法》等3件规范性文件继续有效。", {"normative_doc.in_force": 25}),
        ("行政处罚案件年均增长12%，全年均未发生行政诉讼。", {"penalty.decisions": 12}),
        ("行政事业性收费落实减免政策，共12万元。", {"admin_fee.amount": 31.2}),
        ("未发出收费通知。收费金额为0元。", {"admin_fee.amount": 31.2}),
        ("起草规范性文件2件，尚未印发。", {"normative_doc.issued": 3}),
        ("行政许可事项4项，均未收费。", {"licence.decisions": 31}),
        ("行政强制事项1项，未按时公开，也没有调整。", {"compulsion.decisions": 3}),
    ],
)
def test_what_is_right_of_other_things_passes(text, cells):
    """Of procurement, premiums and several fees; matters of the newer form; what was not charged or published."""
    assert not heard(filing("2021", text, cells))


@pytest.mark.parametrize(
    "text",
    [
        "许可事项26项、处罚事项9项，合计35项，与上年持平。",
        "许可事项26项，流程与上年相同。",
        "许可事项26项，作出决定8件，与去年一样。",
    ],
)
def test_what_else_is_as_last_year(text):
    """Of all kinds together, of how they are handled, of what was decided: no matters of one kind."""
    cells = {"licence.items_prev": 24, "licence.items_delta": 2, "licence.decisions": 8}
    assert not heard(filing("2019", text, {**cells, "penalty.items_prev": 8, "penalty.items_delta": 1}))


@pytest.mark.parametrize(
    "text",
    [
        "公布许可事项26项，办理95件。",
        "政务大厅进驻许可事项26项、服务事项41项。",
        "行政处罚12件，许可事项全程网办。",
        "行政许可11项，其中9项即办。",
        "行政强制事项1项，仍有1项未公开。",
        "公开医院收费项目42项。",
        "行政许可8件，规范中介收费金额20万元。",
    ],
)
def test_other_matters_are_left_alone(text):
    """What was published, is offered at a counter, or is others'."""
    cells = {"licence.items_prev": 9, "licence.items_delta": 2, "licence.decisions": 8, "penalty.decisions": 12}
    assert not heard(filing("2019", text, {**cells, "compulsion.items_prev": 1}))
