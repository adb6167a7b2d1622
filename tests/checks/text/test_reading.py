"""The readings of grammar.toml on their own examples, the lexicon, and what must hold of any text."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_xl.checks.case import Case
from gk_xl.checks.text.grammar import readings
from gk_xl.checks.text.lexer import tokens
from gk_xl.checks.text.reader import Reader
from gk_xl.checks.text.sentences import fold, masked
from gk_xl.checks.text.words import lexicon
from gk_xl.checks.text_rules.against_tables.figures import said
from gk_xl.checks.text_rules.against_tables.targets import judge, target
from gk_xl.form.filing import Filing, Unit
from gk_xl.form.load import edition_ids, load_edition
from tests.conftest import examples

UNIT = Unit("示例乡人民政府", "township", "我乡", "示例县")


def shown(item):
    if item.subject.every or item.subject.act == "smooth":
        return str(item.subject)
    return f"{item.subject}={item.number:g}{'-' if item.negated else ''}"


def read(text, edition, trials=None):
    found = []
    for sentence in re.split(r"(?<=。)", text):
        here = Reader(edition, year=2024, trials=trials).read(masked(fold(sentence)))
        found += sorted(here, key=lambda item: item.start)
    return found


def edition_with(statements):
    """Return the edition that has the cells of the statements: documents made and procurement are those of 2019."""
    return load_edition("2019" if re.search(r"purchase|made|disclosed", statements) else "2021")


RIGHT = [(reading.id, example) for reading in readings() for example in reading.right]
SILENT = [(reading.id, example) for reading in readings() for example in reading.silent]


@pytest.mark.parametrize(("name", "example"), RIGHT)
def test_a_right_example(name, example):
    """The sentence says what stands behind its arrow, and its own reading has a part in it."""
    text, wanted = example.split(" → ")
    found = read(text, edition_with(wanted))
    assert [shown(item) for item in found] == wanted.split()
    assert name in {item.reading for item in found}


@pytest.mark.parametrize(("name", "example"), RIGHT)
def test_a_right_example_told_of_another_table(name, example):
    """Each number of a right example fits the table that has it, and is wrong for the table that has another."""
    text, wanted = example.split(" → ")
    edition = edition_with(wanted)
    blank = Filing.blank(2024, UNIT) if edition.id == "2021" else Filing.blank(2020, UNIT)
    filing = replace(blank, narrative={"overview": (text.replace("2024", str(blank.year)),)})
    zeros = dict.fromkeys(edition.cells, 0)
    for item in said(Case(filing)):
        held = target(item.subject, edition.id)
        if held is None or not item.binding:
            continue
        first = held.readings[0][0]
        right = replace(filing, cells={**zeros, first: item.number})
        wrong = replace(filing, cells={**zeros, **{cell: item.number + 3 for cells in held.readings for cell in cells}})
        assert judge(item.number, held, right).fits, item
        assert not judge(item.number, held, wrong).fits, item


@pytest.mark.parametrize(("name", "example"), SILENT)
def test_a_silent_example(name, example):
    """Nothing is read."""
    for edition in edition_ids():
        assert not read(example, load_edition(edition)), name


def test_every_reading_has_an_example():
    """No reading without a sentence that it is for, no two of one name."""
    assert all(reading.right for reading in readings())
    names = [reading.id for reading in readings()]
    assert len(set(names)) == len(names)


def test_a_reading_passed_over_fits_nowhere():
    """What lacks the words that a reading needs is nothing that its pattern fits."""
    from gk_xl.checks.text.grammar import coded, fitting
    from gk_xl.checks.text.lexer import Token

    sorts = [*sorted({word.sort for word in lexicon("2021").words.values()}), "count", "money", "unknown"]
    source = random.Random(2024)
    for some in (source.choices(sorts, k=source.randint(1, 6)) for _ in range(2000)):
        code = coded([Token(sort, "", 0, 1, "") for sort in some])
        fits = {reading.id for kind in ("one", "total", "word") for reading, _ in fitting(kind, code)}
        assert fits == {reading.id for reading in readings() if reading.pattern.search(code)}, some


def test_why_a_reading_did_not_fit():
    """Every reading tried is told with its reason; the one that fits has none."""
    trials = []
    read("未发生行政诉讼败诉案件。", load_edition("2021"), trials)
    reasons = {trial.reading.id: trial.why for trial in trials}
    assert reasons["no-case"] == "words"
    trials = []
    read("减少行政诉讼1件，其中直接起诉1件。", load_edition("2021"), trials)
    assert "unless halt 减少" in {trial.why for trial in trials}
    trials = []
    read("作出行政处罚决定3件。", load_edition("2021"), trials)
    assert [trial.reading.id for trial in trials if not trial.why] == ["decide-count"]


WORDS = st.sampled_from(
    [*lexicon("2021").words, "，", "、", "；", "。", "（", "）", "：", "5件", "3起", "2.5万元", "2024年", "甲"]
)


@examples(200)
@given(st.lists(WORDS, max_size=60).map("".join) | st.text(max_size=80))
def test_tokens_are_the_whole_sentence(text):
    """No character is lost, none is read twice, and whatever is read has a place in the text."""
    text = fold(text)
    assert "".join(token.text for token in tokens(text, "2021")) == text
    for item in read(text, load_edition("2021")):
        assert 0 <= item.start < len(text)


def test_reading_is_linear():
    """Twice the text has at most twice the tokens: a token is never read again."""
    text = "全年作出行政许可决定312件、行政处罚决定47件，未发生行政复议、行政诉讼。"
    once, twice = (len(tokens(text * count, "2021")) for count in (100, 200))
    assert twice == 2 * once


@pytest.mark.parametrize("word", ["我县", "我市", "我区", "我州", "我旗", "我盟"])
def test_every_kind_of_place_speaks_of_itself(word):
    """我旗、我盟 as well as 我县: both figures of the sentence are read, as the whole place's."""
    found = read(f"{word}收到政府信息公开申请5件，{word}已办结12件。", load_edition("2021"))
    assert [shown(item) for item in found] == ["received=5", "answered=12"]
