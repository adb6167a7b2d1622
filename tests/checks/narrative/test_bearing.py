"""Rules look only at sentences that have the characters of their patterns: they say what a look at every sentence would."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from gk_xl.checks.text.sentences import Narrative, read
from gk_xl.form.patterns import regex
from tests.checks.narrative.scenes import planted_faults, right_sentences, scenes, with_sentence

PARTS = 3
SIGNS = "0123456789一二三件条年月日的，。、；：（）《》“”占共其中省市县乡镇局未无"


def filings(part):
    """Return filings with a fault each, and texts with characters lost, put in, doubled and in each other's place."""
    dice = random.Random(20260129 + part)
    found = [fault.filing for at, fault in enumerate(planted_faults()) if at % (4 * PARTS) == 4 * part]
    sentences = [sentence for _, sentence in right_sentences()]
    for scene in scenes():
        for _ in range(-(-5 // PARTS)):
            filing = scene.filing
            for sentence in dice.sample(sentences, 15):
                filing = with_sentence(filing, bent(sentence, dice))
            found.append(filing)
    return found


def bent(text: str, dice: random.Random) -> str:
    signs = list(text)
    for _ in range(dice.randrange(3)):
        at = dice.randrange(len(signs) - 1)
        kind = dice.randrange(4)
        if kind == 0:
            del signs[at]
        elif kind == 1:
            signs.insert(at, dice.choice(SIGNS))
        elif kind == 2:
            signs.insert(at, signs[at])
        else:
            signs[at], signs[at + 1] = signs[at + 1], signs[at]
    return "".join(signs)


@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.thorough) for part in range(1, PARTS))])
def test_nothing_is_left_out(monkeypatch, part):
    told = [(filing, check(filing)) for filing in filings(part)]
    assert sum(len(result.findings) for _, result in told) > 2000 // PARTS
    monkeypatch.setattr(Narrative, "bearing", lambda self, *_: self.sentences)
    monkeypatch.setattr(Narrative, "may_hold", lambda *_: True)
    for filing, result in told:
        found = check(filing)
        assert found == result


@pytest.mark.parametrize(
    ("pattern", "found"),
    [(r"\d", [0, 1]), (r"〔", [2]), (r"\d〔", []), (r"[（(]", [3]), (r"\s", [0, 1, 2, 3]), ("甲", [0]), ("甲乙", [])],
)
def test_sentences_are_found_as_written_folded_and_in_figures(pattern, found):
    filing = scenes()[0].filing
    texts = ("甲共１２件。乙有十二件。国办〔。丙(丁)。",)
    narrative = read(replace(filing, narrative={"overview": texts}))
    wanted = pattern if pattern in ("甲", "甲乙") else regex(pattern)
    assert [narrative.sentences.index(item) for item in narrative.bearing(wanted)] == found


def test_what_stands_before_a_sentence_is_its_paragraphs():
    filing = scenes()[0].filing
    narrative = read(replace(filing, narrative={"overview": ("甲十二件。乙。丙。", "丁。戊。")}))
    assert [narrative.before(item, 4) for item in narrative.sentences] == ["", "12件。", "件。乙。", "", "丁。"]
