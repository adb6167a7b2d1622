"""Digits of one number that stand apart in a cell: read as one where a sum says so, else as they were typed."""

from __future__ import annotations

import pytest

from gk_xl.form.load import edition_ids, load_edition
from gk_xl.sources.parted import join_parted
from gk_xl.sources.readings import TableReading
from tests.sources.drawn import filing_of

ROW = "t3.received_new"


def reading_of(edition, total, *unknown):
    """Return a reading of 表三 with the total of its first row as typed."""
    table = load_edition(edition).table("t3")
    filing = filing_of(edition, 5)
    cells = {cell.id: filing.cells[cell.id] for cell in table.cells}
    cells |= dict.fromkeys(unknown)
    reading = TableReading(table, {**cells, f"{ROW}.total": total(cells[f"{ROW}.total"])})
    join_parted(reading, edition)
    return reading, cells[f"{ROW}.total"]


@pytest.mark.parametrize("between", [" ", "\n"])
@pytest.mark.parametrize("edition", edition_ids())
def test_digits_that_make_the_sum_of_their_row_are_one_number_which_is_asked_about(edition, between):
    reading, right = reading_of(edition, lambda total: f"{str(total)[:-1]}{between}{str(total)[-1]}")
    assert reading.cells[f"{ROW}.total"] == right
    assert [*reading.doubts] == [f"{ROW}.total"]


@pytest.mark.parametrize("edition", edition_ids())
def test_digits_that_no_sum_joins_stay_as_they_were_typed(edition):
    """Two numbers in one cell, or numbers of its sums that are not known: nothing is guessed."""
    other, _ = reading_of(edition, lambda total: f"{str(total)[:-1]} {(total + 1) % 10}")
    parts = f"{ROW}.commercial", "t3.carried_in.total"
    unknown, _ = reading_of(edition, lambda total: f"{str(total)[:-1]} {str(total)[-1]}", *parts)
    assert all(isinstance(reading.cells[f"{ROW}.total"], str) and not reading.doubts for reading in (other, unknown))
