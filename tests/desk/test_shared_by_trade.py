"""X-48: a text copied from a bureau of another trade; the sentences that were copied are the ones that are listed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gk_xl.checks.text_rules.content.copies_in_folder import pairs, shared
from gk_xl.checks.text_rules.content.sketches import sketches
from gk_xl.desk.batch import held_together
from gk_xl.desk.brief import Brief
from gk_xl.desk.collection import Collection
from gk_xl.desk.entry import Entry
from gk_xl.form.finding import CheckResult
from tests.desk.test_desk import RIGHT

COPIED = (
    "围绕审计结果公告发布各类信息五百余条，把审计整改情况逐项列在门户网站的专栏里，方便群众对照查看。",
    "修订审计公开目录，明确发布前由法规审理科的两名审计人员逐件把关，做到先审查、后公开，责任到人。",
    "在办事大厅设置审计查阅点，配备专人引导，老人和残疾人由工作人员陪同查找，当场打印需要的材料。",
    "邀请群众代表评议审计公开工作，收到建议六条，均已采纳并在网站上逐条说明采纳的理由和办理时间。",
)
PHRASE = "全年按照市政府办公室的统一部署开展了政务公开主题日活动，组织干部职工集中学习条例和各项配套文件。"


def bureau(name, *sentences):
    unit = replace(RIGHT.unit, name=name, kind="city_department", self_word="我局")
    return replace(RIGHT, unit=unit, narrative={**RIGHT.narrative, "problems": (), "overview": sentences})


AUDIT, STATISTICS = (bureau(f"临江市{name}局", *COPIED, PHRASE) for name in ("审计", "统计"))
OTHERS = [
    bureau(f"临江市{name}局", f"{sign * 15}是今年公开的重点，{sign * 29}也是。", PHRASE)
    for name, sign in zip(("水利", "教育", "民政", "司法", "财政", "公安", "商务"), "甲乙丙丁戊己庚", strict=True)
]


@pytest.mark.parametrize("order", [(AUDIT, STATISTICS), (STATISTICS, AUDIT)])
def test_the_copied_sentences_are_listed_and_the_phrase_of_the_place_is_not(order):
    every = [sketches(filing) for filing in (*order, *OTHERS)]
    (pair,) = pairs(every[:2], every)
    listed = "".join(sentence for _, sentence in pair.sentences)
    assert len(pair.sentences) >= len(COPIED)
    for rest in ("发布各类信息五百余条", "由法规审理科的两名", "配备专人引导", "收到建议"):
        assert rest in listed
    assert "主题日" not in listed


@pytest.mark.parametrize("order", [(AUDIT, STATISTICS), (STATISTICS, AUDIT)])
def test_the_finding_quotes_what_was_copied(order):
    found = dict(shared([*order, *OTHERS]))
    assert found.keys() == {0, 1}
    for finding in found.values():
        assert "如“" in finding.message
        assert "主题日" not in finding.message


def test_the_phrase_of_all_is_no_sentence_of_the_two_in_what_a_county_is_told(monkeypatch):
    """The list is made from the units that were told; what is a set phrase is counted over all."""
    monkeypatch.setattr("gk_xl.desk.batch.shared", shared)
    entries = [
        Entry(Path(f"{filing.unit.name}.json"), filing=filing, result=CheckResult("", "2021", ()))
        for filing in (AUDIT, STATISTICS, *OTHERS)
    ]
    brief = Brief(Collection(tuple(held_together(entries)), year=RIGHT.year))
    ((_, _, pair),) = brief.alike
    assert not any("主题日" in sentence for _, sentence in pair.sentences)
