"""Whatever comes into a filing, what goes on can be written into any file and reckoned with."""

from __future__ import annotations

import json
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_xl.checks.run import check
from gk_xl.errors import BadFiling
from gk_xl.form.cleaning import LARGEST, YEARS, clean_text, error_value, is_beyond, read_json, sound_number
from gk_xl.form.filing import Filing, Signature, Unit, enter
from gk_xl.form.load import NARRATIVE, load_edition
from tests.conftest import examples

ANYTHING = st.text(st.characters(), max_size=30)
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\r]")


@given(ANYTHING)
def test_a_clean_text_can_be_written_anywhere(text):
    """No control character, no half character, line ends of one kind; what was clean stays as it is."""
    cleaned = clean_text(text)
    assert not UNWRITABLE.search(cleaned)
    cleaned.encode("utf-8")
    assert clean_text(cleaned) == cleaned
    assert [c for c in text if c.isprintable()] == [c for c in cleaned if c.isprintable()]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("元\u0007", "元"), ("一\r\n二\r三\v四\u2028五", "一\n二\n三\n四\n五"), ("\ud800乡", "乡"), ("a\tb", "a\tb"), ("\u3000一、", "\u3000一、")],
)  # fmt: skip
def test_what_is_taken_away(text, wanted):
    """Line ends become one kind, tabs and wide blanks stay, the rest goes."""
    assert clean_text(text) == wanted


@given(st.one_of(st.integers(), st.floats()))
def test_a_number_is_within_reason_or_a_text(value):
    """What cannot be reckoned with becomes a text that says so, and stays one."""
    held = sound_number(value)
    if isinstance(held, str):
        assert not math.isfinite(value) or abs(value) > LARGEST
        assert is_beyond(held)
    else:
        assert math.isfinite(held)
        assert held == value


@pytest.mark.parametrize(
    "text", ["1e400", "-1E+13", "9" * 4301, "1,000,000,000,001", "inf", "-Infinity", "NaN", "+1000000000001.5"]
)
def test_numbers_that_no_cell_can_hold(text):
    """In digits, with an exponent, with separators, or no number at all."""
    assert is_beyond(text)


@pytest.mark.parametrize(
    "text", ["1000000000000", "0000000000000000012", "12", "1e5", "若干", "", "1e", "infinite", "²²²²"]
)
def test_numbers_within_reason(text):
    """The limit itself, leading zeros, and texts."""
    assert not is_beyond(text)


def test_error_values():
    """As a file writes them, and as Excel's object model gives them."""
    assert [error_value(v) for v in (" #div/0! ", "#SPILL!", "#1", None, 5, True)] == [
        "#DIV/0!",
        "#SPILL!",
        "",
        "",
        "",
        "",
    ]
    assert [error_value(v) for v in (-2146826281, -2146826246, -2146826265)] == ["#DIV/0!", "#N/A", "#REF!"]


def filing(**changes):
    """Return a filing of zeros with some members changed."""
    edition = load_edition("2021")
    return Filing("2021", **{"year": 2025, "cells": dict.fromkeys(edition.cells, 0), **changes})


@pytest.mark.parametrize("year", [0, 9999, 10**20, -1, 1])
def test_an_impossible_year_is_no_year_and_said(year):
    """Behind it every year has a next one; what was typed is told."""
    found = enter(filing(year=year))
    assert found.year is None
    assert "E-08" in {finding.code for finding in check(filing(year=year)).findings}
    assert enter(filing(year=YEARS[-1])).year == YEARS[-1]


@examples(12)
@given(ANYTHING, st.floats(), st.integers())
def test_rules_and_json_can_take_whatever_enters(text, number, whole):
    """No exception, JSON that reads back the same, and the same findings when it enters once more."""
    dirty = filing(
        year=whole,
        unit=Unit(text, "township", text, text),
        cells={**filing().cells, "t3.granted.total": number, "t3.partial.total": whole, "t3.received_new.total": text},
        narrative={**dict.fromkeys(NARRATIVE, ()), "overview": (text,)},
        signed=Signature(text, text),
        waivers={"T2-10": text},
    )
    clean = enter(dirty)
    assert Filing.loads(clean.dumps()) == clean
    assert check(dirty).findings == check(clean).findings


def test_json_that_says_one_thing_twice_is_refused():
    """The last one must not silently win."""
    with pytest.raises(BadFiling, match="t3.granted.total"):
        Filing.loads('{"edition": "2021", "cells": {"t3.granted.total": 1, "t3.granted.total": 2}}')


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a":' * 100_000, '{"edition": "2021", "cells": ' + "[" * 41 + "]" * 41 + "}"]
)
def test_json_that_is_too_deep_is_refused(text):
    """One sentence, no recursion."""
    with pytest.raises(BadFiling, match="套得太深"):
        read_json(text)


def test_brackets_in_texts_are_no_depth():
    """Only the structure counts."""
    text = json.dumps({"edition": "2021", "year": 2025, "narrative": {"overview": ["[{" * 500, '"' * 30 + "[" * 50]}})
    assert len(Filing.loads(text).paragraphs("overview")) == 2


@pytest.mark.parametrize("digits", ["9" * 4301, "1e400", "-1e300", "1" + "0" * 20])
def test_huge_numbers_in_json_are_entries_that_cannot_be_right(digits):
    """They are read as what was written, and found."""
    read = Filing.loads(f'{{"edition": "2021", "year": 2025, "cells": {{"t3.granted.total": {digits}}}}}')
    assert read.value("t3.granted.total") == digits
    (found,) = [finding for finding in check(read).findings if finding.code == "E-07"]
    assert len(found.message) < 200


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_json_number_is_refused(word):
    """JSON has no such numbers."""
    with pytest.raises(BadFiling, match="不是有限的数"):
        Filing.loads(f'{{"edition": "2021", "cells": {{"t3.granted.total": {word}}}}}')


def test_what_was_taken_away_is_found_where_it_stood():
    """A hint names the place and the character."""
    read = Filing.loads(json.dumps({"edition": "2021", "year": 2025, "narrative": {"overview": ["好", "元\u0007"]}}))
    (found,) = [finding for finding in check(read).findings if finding.code == "E-09"]
    assert (found.place, "U+0007" in found.message) == ("narrative.overview.2", True)
    assert read.paragraphs("overview") == ("好", "元")


@pytest.mark.parametrize("typed", ["\n", "  ", "\t", "\u3000", "\u00a0", "\r\n\r\n", " \n\u3000"])
def test_blanks_and_line_ends_are_no_entry_however_they_come_in(typed, tmp_path):
    """A cell that holds nothing to be seen is blank in a filing as it is in the sheet that is made of it."""
    from gk_xl.workbook.build import build_workbook
    from gk_xl.workbook.read import read_workbook

    cell = "t3.granted.total"
    filing = enter(Filing.blank(2025, Unit("示例乡人民政府", "township")).with_cells({cell: typed}))
    path = tmp_path / "年报.xlsx"
    path.write_bytes(build_workbook(filing))
    assert filing.value(cell) is None
    assert read_workbook(path).filing.value(cell) is None


@pytest.mark.parametrize("unseen", ["\u200b", "\u200d", "\u202e", "\u2066", "\u00ad", "\ufeff", "\u061c", "\U000e0041"])
def test_what_nobody_sees_is_taken_away_and_told(unseen):
    """A name is the same name with or without it, and nothing turns the order of reading round; rare characters stay."""
    rare = "\u3007\U00020000邉\U000e0101"  # a variation sequence is part of its character
    written = {
        "edition": "2021",
        "year": 2025,
        "unit": {"name": f"示例{unseen}乡人民政府"},
        "narrative": {"overview": [rare]},
    }
    read = Filing.loads(json.dumps(written))
    assert read.unit.name == "示例乡人民政府"
    assert read.paragraphs("overview") == (rare,)
    (found,) = [finding for finding in check(read).findings if finding.code == "E-09"]
    assert (found.place, f"U+{ord(unseen):04X}" in found.message) == ("unit.name", True)
