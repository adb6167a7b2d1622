"""An error value on 封面 or in the text is one slip: one line says so, and no other rule speaks of what stands there."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from gk_xl.form.filing import Filing, Signature, Unit

UNIT = Unit("示例乡人民政府", "township", "我乡", "示例县")
BLANK = Filing.blank(2025, UNIT)
TEXT = {
    "overview": ("我乡认真贯彻条例，公开政府信息5条。",),
    "problems": ("存在的问题：解读不够。下一步，我乡将加强解读。",),
}
FILING = replace(
    BLANK,
    cells=dict.fromkeys(BLANK.cells, 0),
    narrative=TEXT,
    signed=Signature("示例乡人民政府", "2026-01-10"),
    deadline="2026-01-31",
    contact="0000-0000000",
)


def told(filing):
    """Return what is said of a filing, how often: code and place."""
    return Counter((finding.code, finding.place) for finding in check(filing).findings)


def with_error(place, error):
    """Return the filing with an error value at a place of 封面."""
    head, _, field = place.partition(".")
    if not field:
        return replace(FILING, **{head: error})
    return replace(FILING, **{head: replace(getattr(FILING, head), **{field: error})})


@pytest.mark.parametrize("error", ["#REF!", "#N/A"])
@pytest.mark.parametrize(
    "place", ["unit.name", "unit.self_word", "unit.county", "signed.name", "signed.date", "deadline", "contact"]
)
def test_an_error_value_on_the_cover_is_one_line(place, error):
    more = told(with_error(place, error)) - told(FILING)
    assert more == {("E-06", place.replace("self_word", "self")): 1}


def test_a_paragraph_that_is_an_error_value_is_one_line():
    """Neither unended nor without content: nothing stands there."""
    more = told(replace(FILING, narrative=TEXT | {"overview": (*TEXT["overview"], "#VALUE!")})) - told(FILING)
    assert more == {("E-06", "narrative.overview.2"): 1}


def test_what_else_is_wrong_on_the_cover_is_still_said():
    """A date that cannot be read beside a name that is an error value."""
    filing = replace(FILING, signed=Signature("#REF!", "元旦前"))
    assert {("E-06", "signed.name"), ("X-24", "signed.date")} <= set(told(filing))
