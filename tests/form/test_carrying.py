"""A filing in the cells of another edition: each number is mapped, added up, or told, and none is made up."""

from __future__ import annotations

import pytest

from gk_xl.form.carrying import carried
from gk_xl.form.filing import Filing
from gk_xl.form.load import edition_ids

PAIRS = [(first, second) for first in edition_ids() for second in edition_ids() if first != second]


def filled(edition, number):
    """Return a filing whose cells hold this number."""
    from gk_xl.form.load import load_edition

    blank = Filing.blank(load_edition(edition).first_year)
    return blank.with_cells(dict.fromkeys(blank.cells, number))


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_every_number_is_mapped_or_told(source, target):
    """The same cells hold the same; of the others each is dropped and said, or part of a sum."""
    filing = filled(source, 3)
    found = carried(filing, target)
    own, given = found.filing.form.cells, filing.form.cells
    assert found.filing.edition == target
    assert set(found.filing.cells) == set(own)
    assert {found.filing.value(cell) for cell in own if cell in given} == {3}
    sums = {cell: value for cell, value in found.filing.cells.items() if cell not in given and value is not None}
    parts = [cell for cell in given if cell not in own and cell not in found.dropped]
    assert sum(sums.values()) == 3 * len(parts)
    assert set(found.unknown) == {cell for cell in own if found.filing.value(cell) is None}
    assert found.mapped == sum(value is not None for value in found.filing.cells.values())


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_a_group_of_zeros_is_parted_and_a_blank_stays_blank(source, target):
    """0 for a group is 0 for each of its rows; what is blank is never made a number."""
    given = filled(source, 0)
    zeros = carried(given, target)
    columns = {cell.rpartition(".")[2] for cell in given.cells}
    assert zeros.dropped == {}
    assert [cell for cell in zeros.unknown if "otherwise" in cell and cell.rpartition(".")[2] in columns] == []
    assert set(carried(filled(source, None), target).filing.cells.values()) == {None}
