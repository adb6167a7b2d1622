"""Labels that say what the next sentence counts, lists of applicants, groups that are told twice."""

from __future__ import annotations

import json

import pytest

from gk_xl import Filing, load_edition
from gk_xl.checks.run import check

T2_2019 = {
    "t2.licence.items_prev": 14, "t2.licence.items_delta": 2, "t2.licence.decisions": 530,
    "t2.other_service.items_prev": 9, "t2.other_service.decisions": 71,
    "t2.penalty.items_prev": 205, "t2.penalty.items_delta": 11, "t2.penalty.decisions": 63, "t2.compulsion.decisions": 7,
    "t2.normative_doc.made": 3, "t2.normative_doc.newly_disclosed": 3, "t2.normative_doc.disclosed_total": 21,
    "t3.received_new.natural_person": 6, "t3.received_new.commercial": 3, "t3.received_new.total": 9,
    "t3.carried_in.natural_person": 1, "t3.carried_in.total": 1,
    "t3.granted.natural_person": 4, "t3.granted.commercial": 3, "t3.granted.total": 7,
    "t3.refused.internal_affairs.natural_person": 2, "t3.refused.internal_affairs.total": 2,
    "t3.outcome_total.natural_person": 6, "t3.outcome_total.commercial": 3, "t3.outcome_total.total": 9,
    "t3.carried_out.natural_person": 1, "t3.carried_out.total": 1,
    "t4.suit_direct.upheld": 1, "t4.suit_direct.total": 1,
}  # fmt: skip
T3_2021 = {
    "t3.received_new.natural_person": 5, "t3.received_new.total": 5,
    "t3.granted.natural_person": 2, "t3.granted.total": 2,
    "t3.otherwise.correction_overdue.natural_person": 1, "t3.otherwise.correction_overdue.total": 1,
    "t3.otherwise.other.natural_person": 2, "t3.otherwise.other.total": 2,
    "t3.outcome_total.natural_person": 5, "t3.outcome_total.total": 5,
}  # fmt: skip


def codes(edition, cells, *texts, part="overview", **changed):
    """Return the codes of the rules of the text that speak of a bureau's paragraphs, with some cells changed."""
    told = cells | {name.replace("__", "."): value for name, value in changed.items()}
    filing = Filing.loads(json.dumps({
        "edition": edition, "year": {"2019": 2020, "2021": 2024}[edition],
        "unit": {"name": "示例县农业农村局", "kind": "county_department", "self": "我局", "county": "示例县"},
        "cells": dict.fromkeys(load_edition(edition).cells, 0) | told,
        "narrative": {part: list(texts)},
    }, ensure_ascii=False))  # fmt: skip
    speaking = {"X-10", "X-59", "X-03", "X-04", "X-05", "X-06", "X-08", "X-09", "X-11", "X-71", "X-75"}
    return {item.code for item in check(filing).findings} & speaking


DECISIONS = "1.行政许可。上一年14项，承接上级下放增加2项，现为16项，办理530件。2.其他对外管理服务事项。上一年9项，本年没有变化，办理71件。"
PENALTIES = "行政处罚事项由上一年的205项增加11项至216项，作出处罚决定63件，作出强制决定7件。"
DOCUMENTS = "3.规范性文件。本年新制作3件，新公开3件，对外公开总数21件。"


@pytest.mark.parametrize(
    ("text", "cell", "value"),
    [
        (DECISIONS, "t2.licence.items_prev", 16),
        ("行政许可项目上年14项，今年承接下放2项；其他对外管理服务事项9项没有变化。", "t2.licence.items_delta", 5),
        ("行政许可项目上年14项，今年承接下放2项；其他对外管理服务事项9项没有变化。", "t2.other_service.items_prev", 12),
        ("收到政府信息公开申请9件。1件申请于12月下旬收到，结转次年。", "t3.carried_out.total", 3),
        (DECISIONS, "t2.licence.items_delta", 9),
        (DECISIONS, "t2.licence.decisions", 503),
        (DECISIONS, "t2.other_service.items_prev", 14),
        (DECISIONS, "t2.other_service.items_delta", 2),
        (DECISIONS, "t2.other_service.decisions", 17),
        (PENALTIES, "t2.penalty.decisions", 36),
        (PENALTIES, "t2.compulsion.decisions", 11),
        (DOCUMENTS, "t2.normative_doc.made", 21),
        (DOCUMENTS, "t2.normative_doc.newly_disclosed", 1),
        (DOCUMENTS, "t2.normative_doc.disclosed_total", 12),
        ("收到申请9件，其中自然人6件、企业3件。", "t3.received_new.commercial", 2),
        ("全年收到政府信息公开申请9件。从申请人看，自然人6件，占66.7%；商业企业3件。", "t3.received_new.commercial", 4),
        (
            "收到政府信息公开申请9件，予以公开7件（自然人4件、企业获得公开3件）。",
            "t3.granted.commercial",
            2,
        ),
        ("全年行政事业性收费为0。", "t2.licence.items_prev", 14),
        ("行政许可项目由上年的14项增至16项，全年作出许可决定530件。", "t2.licence.items_prev", 16),
        ("行政处罚事项上年205项，取消了3项，新增了14项。", "t2.penalty.items_prev", 202),
        ("其他公共服务事项上一年度9项，没有增减变化，办理71件。", "t2.other_service.items_delta", 3),
        ("其他公共服务事项上一年度9项，没有增减变化，办理71件。", "t2.other_service.decisions", 17),
        ("行政事业性收费项目没有增减变化，上年0项。", "t2.admin_fee.items_delta", 2),
        ("无行政事业性收费项目。", "t2.admin_fee.items_prev", 2),
        ("本年新制作行政规范性文件3件，新公开3件，对外公开总数21件；规章为0件。", "t2.rules.disclosed_total", 2),
        ("新制作行政规范性文件3件，3件全部对外公开，累计公开21件。", "t2.normative_doc.newly_disclosed", 2),
        ("行政复议没有发生，也未因此被申请复议。", "t4.reconsideration.total", 1),
        ("收到申请9件。从申请人看，收到的申请中自然人6件、商业企业3件。", "t3.received_new.natural_person", 8),
        (
            "登记受理新申请共9件，多数来自自然人，即6件；来自化肥、种子等企业的3件。",
            "t3.received_new.natural_person",
            9,
        ),
        ("新收申请9件，自然人申请6件，商业企业申请3件，其他组织申请0件。", "t3.received_new.other", 2),
        ("行政诉讼方面，直接起诉1件，法院支持我局。", "t4.suit_direct.upheld", 0),
        ("因政府信息公开被直接起诉1件，法院判决驳回原告诉讼请求。", "t4.suit_direct.upheld", 3),
    ],
)
def test_a_changed_cell_is_found(text, cell, value):
    """The text is right as the cells are, and speaks against the changed one."""
    assert codes("2019", T2_2019, text) == set()
    if value != T2_2019.get(cell):
        assert codes("2019", T2_2019, text, **{cell.replace(".", "__"): value}) != set()


@pytest.mark.parametrize(
    ("text", "cell", "value"),
    [
        (
            "答复申请5件，其他处理3件。其他处理的3件中，逾期不补正1件、申请人主动撤回等2件。",
            "t3.otherwise.other.total",
            5,
        ),
        (
            "答复申请5件，其他处理3件。其他处理的3件中，逾期不补正1件、申请人主动撤回等2件。",
            "t3.otherwise.fee_unpaid.total",
            3,
        ),
        ("办结政府信息公开申请5件，其他处理3件（逾期未补正1件，转为咨询答复2件）。", "t3.otherwise.other.total", 3),
    ],
)
def test_the_rest_of_a_group_is_read(text, cell, value):
    """What is no other row of 其他处理 is its last; a group told twice is no two parts."""
    assert codes("2021", T3_2021, text) == set()
    assert codes("2021", T3_2021, text, **{cell.replace(".", "__"): value}) != set()


@pytest.mark.parametrize(
    "text",
    [
        "合并栏目14个，清理重复信息203条；组织12个市场监管所信息员跟班学习。",
        "收到政府信息公开申请9件。清理重复录入3件。",
        "审核拦截涉及国家秘密信息12条。",
        "全年收到申请9件。申请内容中，涉及征收土地的4件、涉及规划的3件、涉及登记的1件、其他1件。",
        "信息发布前须经经办人、分管领导、主要领导三级审核。",
        "4.文件。本年印发简报3件。",
        "1.行政许可。全年办理群众来访26件。",
        "全年公布收费事项12条，由各执收单位分别公开。",
        "收到政府信息公开申请9件，新收的申请分别由各股室办理。",
        "集中采购：巡护车辆249200元、办公设备100000元，合计349200元。",
        "新收政府信息公开申请9件，办结9件。按申请人划分：自然人6件、企业3件。",
    ],
)
def test_right_wording_is_not_accused(text):
    """Words of a row said of other things, labels before other matters."""
    assert codes("2019", T2_2019, text) == set()
