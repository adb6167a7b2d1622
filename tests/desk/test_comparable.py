"""可比: a unit is on both sides of a figure of the two years, or on neither."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gk_xl.desk.brief import Brief
from gk_xl.desk.collection import Collection
from gk_xl.desk.entry import Entry
from gk_xl.desk.figures import compared_pairs
from tests.desk.test_desk import RIGHT, of

GRANTED = "t3.granted.total"


def pair(name, now, before):
    """Return a unit's filings of two years with so many granted; None: blank, a text as it is typed."""
    this = of(RIGHT, name).with_cells({GRANTED: now})
    return this, replace(this, year=RIGHT.year - 1, cells={**this.cells, GRANTED: before})


@pytest.mark.parametrize(("now", "before"), [("#REF!", 150), (None, 150), (150, None), (150, "约150")])
def test_a_unit_without_one_years_number_is_on_neither_side(now, before):
    found = {item.figure.id: item for item in compared_pairs([pair("甲乡", 12, 10), pair("乙乡", now, before)])}
    assert (found["granted"].now, found["granted"].before, found["granted"].change) == (12, 10, 2)
    assert found["granted"].lacking == ("乙乡人民政府",)
    assert found["granted_share"].lacking == ("乙乡人民政府",)
    assert found["received"].lacking == ()
    assert found["received"].now == 2 * RIGHT.number("t3.received_new.total")


def test_the_figures_say_whom_they_leave_out():
    entries = [
        Entry(Path(f"{now.unit.name}.json"), filing=now, last=last)
        for now, last in (pair("甲乡", 12, 10), pair("乙乡", "#REF!", 150))
    ]
    brief = Brief(Collection(tuple(entries), year=RIGHT.year))
    assert brief.lacking == ["与上年比较的予以公开、公开率两年都不含乙乡人民政府：有一年这一项没有数。"]
    assert brief.lacking[0] in brief.cautions
