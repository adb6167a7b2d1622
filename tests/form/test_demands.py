"""What a whole report is asked for before its sentences are searched: every text in which a pattern is found has it."""

from __future__ import annotations

import random
from re import _parser

import pytest

from gk_xl.form.demands import ANYTHING, MOST, RUN, demanded, held_by, met_by, needs_of
from gk_xl.form.needed import DIGIT
from tests.form.test_needed import made, patterns_of_ours


def of(written: str):
    return demanded(_parser.parse(written))


@pytest.mark.parametrize(
    ("written", "demand"),
    [
        (r"结转(?!果)", "结转"),
        (r"(?<!\d)(\d{4})年", ("年", frozenset({DIGIT}))),
        (r"甲乙?(?:丙|丁戊)", ("甲", (None, frozenset("丙"), "丁戊"))),
        (r"(?:甲|乙|[丙丁])", frozenset("甲乙丙丁")),
        (
            r"(?:甲|乙|[丙丁]戊|己甲|己(?:[甲乙]|甲庚)|己庚)",
            (None, frozenset("甲乙"), ("戊", frozenset("丙丁")), "己庚"),
        ),
        (r"(?:甲乙|.)", ANYTHING),
        (r"(?:甲乙){0,3}[^丙](?!丁)(?<!戊)", ANYTHING),
        (r"(?:甲乙){1,3}?(?=丙)(?<=丁)", ("甲乙", "丙", "丁")),
        (r"(?P<one>甲)(?P=one)", "甲"),
        (r"(?i:a)b", "b"),
        (r"(?i)ab", ANYTHING),
        ("|".join(f"{chr(0x4E00 + number)}年" for number in range(MOST + 1)), ANYTHING),
        (r"", ANYTHING),
        (r"(?<!\d)1[3-9]\d{9}(?!\d)", ("1", frozenset("3456789"), frozenset({DIGIT}), frozenset({RUN}))),
        (r"\d{2,9}?[05]?(?=年)\d{2}", (frozenset({DIGIT}), "年")),
        (r"\d{3}号\d{4}", ("号", frozenset({DIGIT}))),
    ],
)
def test_what_is_demanded(written, demand):
    assert of(written) == demand


@pytest.mark.parametrize(
    ("written", "needs"),
    [
        (r"结转", ("结", "转")),
        (r"甲[乙丙](?:丁|戊己)?", ("甲", "乙丙")),
        (r"(?:[甲乙丙]丁|戊)", ("丁戊",)),
        (r"(?:甲|.)乙?", ()),
        (r"甲(?:甲|乙(?=甲))", ("甲",)),
    ],
)
def test_what_is_needed_one_of_each(written, needs):
    assert needs_of(of(written)) == tuple(map(frozenset, needs))


def test_which_texts_have_it():
    texts = ["2025年将", "今年", "结转5件", "٣件", "", "编号20251"]
    holding = held_by(texts, "□")
    every = (1 << len(texts)) - 1

    def found(written):
        which = met_by(of(written), holding, every)
        return [text for at, text in enumerate(texts) if which >> at & 1]

    assert found(r"\d{4}年") == ["2025年将"]
    assert found(r"(?:\d|今).") == ["2025年将", "今年", "结转5件", "٣件", "编号20251"]
    assert found(r"件\d|\d件") == ["结转5件", "٣件"]
    assert found(r"\d{4}[0-4]") == ["编号20251"]
    assert found(r"□") == texts
    assert found(r".?") == texts
    assert found(r"(?:甲|乙)年") == []


def test_no_pattern_of_ours_is_found_where_its_demand_is_not_met():
    dice, selective = random.Random(6), 0
    for pattern in patterns_of_ours():
        demand = demanded(_parser.parse(pattern.pattern, pattern.__dict__["_flags"]))
        selective += demand != ANYTHING
        for _ in range(40):
            text = (
                dice.choice(("", "。"))
                + made(list(_parser.parse(pattern.pattern)), dice)
                + dice.choice(("", "。", "，"))
            )
            if pattern.search(text):
                held = held_by([text], "")
                assert met_by(demand, held, 1), (pattern.pattern, text)
                assert all(any(held.get(sign) for sign in need) for need in needs_of(demand)), (pattern.pattern, text)
    assert selective > 380
