"""What a rule on the text said before is what it would say now: of every text, whatever was changed in between."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gk_xl.checks import again
from gk_xl.checks.run import check
from tests.checks.narrative.scenes import planted_faults, scenes, with_sentence

if TYPE_CHECKING:
    from gk_xl.form.filing import Filing

MOST = 4
"""Cells changed at once at most."""


def filings():
    """Return filings with a fault each, and right reports of many sentences."""
    dice = random.Random(20261129)
    found = [fault.filing for at, fault in enumerate(planted_faults()) if at % 5 == 0]
    for scene in scenes():
        filing = scene.filing
        for sentence in dice.sample(scene.sentences, min(15, len(scene.sentences))):
            filing = with_sentence(filing, sentence)
        found.append(filing)
    return found


def changed(filing: Filing, dice: random.Random) -> Filing:
    """Return a filing with some cells changed to another number, none or text."""
    cells = dice.sample(sorted(filing.cells), dice.randint(1, MOST))
    return filing.with_cells({cell: dice.choice((0, 1, 7, 12, 2.5, None, "未统计")) for cell in cells})


@pytest.mark.variants(4)
@pytest.mark.parametrize("part", range(4))
def test_it_says_what_it_would_say_anew(part):
    """Checked, changed and checked again, the findings are those of a check that remembers nothing."""
    dice, differing, some = random.Random(20261129 + part), 0, filings()[part::4]
    for filing in some:
        before = check(filing)
        for _ in range(2):
            other = changed(filing, dice)
            found = check(other)
            again._RECENT.clear()
            assert repr(check(other)) == repr(found)
            differing += before != found
            check(filing)
    assert differing > len(some)


@pytest.mark.parametrize(
    "change",
    [
        {"year": 2023}, {"edition": "2021"}, {"deadline": "2026-03-01"}, {"narrative": {}}, {"noted": {"year": "二〇"}},
        {"cells": {"t3.received_new.total": 2.0}},
    ],
)  # fmt: skip
def test_only_the_same_text_is_known_again(change):
    """Of another year, form or deadline, or of a number that is written otherwise, every rule is asked anew."""
    filing = next(scene.filing for scene in scenes())
    again._RECENT.clear()
    check(filing)
    found = check(replace(filing, **change))
    again._RECENT.clear()
    assert repr(found) == repr(check(replace(filing, **change)))


def test_few_texts_are_remembered():
    """However many are checked; and nothing is asked of a rule that is answered as before."""
    some = [scene.filing for scene in scenes()]
    for filing in some:
        check(filing)
    assert len(again._RECENT) <= again.RECENT < len(some)
    asked = []
    texts = again.Spoken(again._RECENT[-1][0])
    rule = type("Rule", (), {"code": "X-00"})()
    for _ in range(2):
        texts.judged(rule, lambda case, _: [asked.append(case.filing.number("t3.received_new.total"))])
    assert len(asked) == 1
