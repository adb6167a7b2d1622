"""A filing as JSON: what goes out comes back, and what is not in the published shape is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_xl.errors import BadFiling
from gk_xl.form.cleaning import clean_text
from gk_xl.form.filing import Filing, Signature, Unit
from gk_xl.form.load import NARRATIVE, edition_ids, load_edition
from gk_xl.form.units import unit_kinds

SEEN = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Cn"))
"""Characters that one sees; what nobody sees is taken away where it comes in and said (test_cleaning)."""
TEXT = st.text(SEEN, min_size=1, max_size=20).map(clean_text).filter(str.strip)
VALUES = st.one_of(st.none(), st.integers(-(10**9), 10**9), st.floats(-1e6, 1e6).filter(lambda x: x != int(x)), TEXT)


@st.composite
def filings(draw):
    """Any filing: numbers, blanks and texts in any cell, any narrative, any unit."""
    edition = load_edition(draw(st.sampled_from(edition_ids())))
    some = draw(st.dictionaries(st.sampled_from(sorted(edition.cells)), VALUES, max_size=30))
    narrative = {part: tuple(draw(st.lists(TEXT, max_size=4))) for part in NARRATIVE}
    unit = Unit(draw(TEXT), draw(st.sampled_from(["", *unit_kinds()])), draw(TEXT), draw(TEXT))
    date = draw(st.dates().map(lambda day: day.isoformat()) | st.just(""))
    waivers = draw(st.dictionaries(st.sampled_from(["T2-10", "T4-06"]), TEXT))
    cells = {**dict.fromkeys(edition.cells), **some}
    return Filing(edition.id, edition.first_year, unit, cells, narrative, Signature(draw(TEXT), date), waivers)


@given(filings())
def test_what_goes_out_comes_back(filing):
    """JSON out and in gives the same filing: blank stays blank, 0 stays 0, a text stays a text."""
    assert Filing.loads(filing.dumps()) == filing


def test_blank_is_not_zero():
    """null and 0 are two things, and a cell never mentioned is blank."""
    filing = Filing.from_json({"edition": "2021", "year": 2025, "cells": {"t3.granted.total": 0}})
    assert filing.value("t3.granted.total") == 0
    assert filing.value("t3.partial.total") is None
    assert filing.number("t3.partial.total") is None


def test_the_published_shape():
    """The members, letter for letter and in their order."""
    data = Filing.blank(2025, Unit("示例乡人民政府", "township", "我乡", "示例县")).as_json()
    assert list(data) == ["edition", "year", "unit", "cells", "narrative", "signed", "waivers"]
    assert list(data["unit"]) == ["name", "kind", "self", "county"]
    assert list(data["narrative"]) == ["preamble", "overview", "problems", "other_matters"]
    assert len(data["cells"]) == 200


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ([], "JSON 对象"),
        ({}, "edition"),
        ({"edition": "2021", "colour": 1}, "colour"),
        ({"edition": "2021", "cells": {"t9.x.y": 1}}, "t9.x.y"),
        ({"edition": "2021", "cells": {"t3.granted.total": True}}, "t3.granted.total"),
        ({"edition": "2021", "cells": {"t3.granted.total": [1]}}, "t3.granted.total"),
        ({"edition": "2021", "narrative": {"overview": "一段"}}, "overview"),
        ({"edition": "2021", "narrative": {"seven": []}}, "seven"),
        ({"edition": "2021", "unit": {"kind": "village"}}, "village"),
        ({"edition": "2021", "year": "2025"}, "year"),
        ({"edition": "2021", "waivers": {"T2-10": 1}}, "T2-10"),
    ],
)
def test_what_is_not_in_the_shape_is_refused_by_name(data, word):
    """The sentence names the member at fault."""
    with pytest.raises(BadFiling, match=word):
        Filing.loads(json.dumps(data))


def test_text_that_is_no_json():
    """The sentence names line and column."""
    with pytest.raises(BadFiling, match="第 2 行"):
        Filing.loads('{"edition":\n oops}')
