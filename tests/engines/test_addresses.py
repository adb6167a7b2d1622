"""Addresses as formulas write them, the same for the engines and for the workbook's layout."""

from __future__ import annotations

import pytest

from gk_xl.engines.core.addresses import column_letters, column_number, parse_address


@pytest.mark.parametrize(
    ("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")]
)
def test_columns_have_letters_and_back(column, letters):
    """Both ways, to the last column."""
    assert column_letters(column) == letters
    assert column_number(letters) == column
    assert parse_address(f"${letters}$7") == (7, column)


@pytest.mark.parametrize("column", [0, -1, -26])
def test_what_is_no_column_ends(column):
    """A place left of the sheet is an error, never a loop without end."""
    with pytest.raises(ValueError, match=str(column)):
        column_letters(column)
