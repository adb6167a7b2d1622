"""A number with a mark of a note behind it is asked about where the sums show it, and nothing else is."""

from __future__ import annotations

import pytest

from gk_xl.checks.entries import read_entry
from gk_xl.form.load import edition_ids, load_edition
from gk_xl.form.schema import ValueKind
from gk_xl.sources.lengthened import doubt_marked
from gk_xl.sources.readings import TableReading
from gk_xl.sources.tokens import Sort, Token
from gk_xl.sources.values import place_value
from tests.sources.drawn import filing_of


def reading_of(edition, change, table="t3"):
    """Return a reading of a table after ``change`` of its numbers."""
    form = load_edition(edition)
    filing = filing_of(edition, 5)
    cells = {cell.id: filing.cells[cell.id] for cell in form.table(table).cells}
    reading = TableReading(form.table(table), cells | change(cells))
    doubt_marked(reading, edition)
    return reading


@pytest.mark.parametrize("mark", [1, 12])
@pytest.mark.parametrize("edition", edition_ids())
def test_a_mark_is_asked_about_in_every_cell_with_sums(edition, mark):
    """Of two cells in different rows and columns too; the number stays as it was read."""
    marked = ["t3.received_new.commercial", "t3.outcome_total.natural_person"]
    reading = reading_of(edition, lambda cells: {c: int(f"{cells[c]}{mark}") for c in marked})
    assert sorted(reading.doubts) == sorted(marked)
    assert all(str(reading.cells[cell]).endswith(str(mark)) for cell in marked)


@pytest.mark.parametrize("edition", edition_ids())
def test_a_number_whose_sums_hold_or_want_another_one_is_none(edition):
    cell = "t3.received_new.commercial"
    assert not reading_of(edition, lambda _: {}).doubts
    assert not reading_of(edition, lambda cells: {cell: cells[cell] + 1}).doubts
    assert not reading_of(
        edition, lambda cells: {cell: int(f"{cells[cell]}1"), "t3.received_new.total": None}
    ).doubts or ("natural" not in cell)


@pytest.mark.parametrize(
    ("text", "asked"), [("4537o", True), ("1O", True), ("01", True), ("O", False), ("4537", False)]
)
def test_a_letter_or_a_nought_where_no_number_has_one_is_asked_about(text, asked):
    edition = load_edition(edition_ids()[-1])
    reading = TableReading(edition.table("t3"))
    place_value(reading, edition, "t3.granted.total", Token(Sort.VALUE, text, (1,)))
    assert reading.cells["t3.granted.total"] == read_entry(text, ValueKind.COUNT, "件").number
    assert bool(reading.doubts) == asked
