"""Filings drawn as others publish them come back: each cell right or doubtful, nothing wrong in silence, the text intact."""

from __future__ import annotations

import pytest

from gk_xl.form.load import edition_ids
from tests.sources.measure import measured
from tests.sources.quirks import EVERY
from tests.sources.writers import TEXTS, WRITERS

PAIRS = [(quirk, WRITERS[number % len(WRITERS)]) for number, quirk in enumerate(EVERY)]
ACCURATE = 0.995


LOSING = {"lost_cells"}
"""Quirks after which nobody can read everything."""


def assert_read(found, quirk):
    assert found.silent == []
    assert found.broken == []
    if quirk.__name__ not in LOSING:
        assert found.right >= ACCURATE * (found.all - found.doubtful)


@pytest.mark.variants(2)
@pytest.mark.parametrize(("quirk", "writer"), PAIRS, ids=lambda item: item.__name__)
def test_a_drawn_report_comes_back(tmp_path, quirk, writer):
    """Whatever the quirk and the format."""
    number = PAIRS.index((quirk, writer))
    assert_read(measured(tmp_path, quirk, writer, edition_ids()[number % 2], number), quirk)


UNTOLD = {"lost_cells", "merged_values", "blanks", "zeros_blank", "turned_last", "last_in_rows"}
"""The quirks after which a text may not tell which cell a number stood in; blanks are told unless blanks part the cells."""
TOLD = [(quirk, TEXTS[number * 4 % len(TEXTS)]) for number, quirk in enumerate(EVERY)]


@pytest.mark.variants(2)
@pytest.mark.parametrize(("quirk", "writer"), TOLD, ids=lambda item: item.__name__)
def test_a_text_of_it_is_right_or_says_where_not(tmp_path, quirk, writer):
    """Blanks and borders that a text loses cost numbers, never in silence; what it keeps comes back."""
    number = TOLD.index((quirk, writer))
    found = measured(tmp_path, quirk, writer, edition_ids()[number % 2], number)
    assert found.silent == []
    assert found.broken == []
    if quirk.__name__ not in UNTOLD:
        assert found.right >= ACCURATE * (found.all - found.doubtful)


@pytest.mark.bench
@pytest.mark.parametrize("writer", TEXTS, ids=lambda item: item.__name__)
def test_every_quirk_in_every_text(tmp_path, writer):
    """All pairs, both editions, several fillings."""
    for quirk in EVERY:
        for edition in edition_ids():
            for seed in range(5):
                found = measured(tmp_path, quirk, writer, edition, f"{seed}")
                assert (found.silent, found.broken) == ([], [])


@pytest.mark.bench
@pytest.mark.parametrize("writer", WRITERS, ids=lambda item: item.__name__)
def test_every_quirk_in_every_format(tmp_path, writer):
    """All pairs, both editions, several fillings."""
    for quirk in EVERY:
        for edition in edition_ids():
            for seed in range(5):
                assert_read(measured(tmp_path, quirk, writer, edition, f"{seed}"), quirk)


@pytest.mark.variants(2)
@pytest.mark.parametrize(("name", "numbers"), [("extra_row", range(501, 508)), ("extra_column", range(604, 620))])
@pytest.mark.parametrize("writer", [WRITERS[0], WRITERS[4], WRITERS[5], *TEXTS], ids=lambda item: item.__name__)
def test_numbers_that_no_form_has_are_quoted(tmp_path, name, numbers, writer):
    """A row or a column more than the form has: its numbers are said, one by one."""
    quirk = next(known for known in EVERY if known.__name__ == name)
    said = " ".join(measured(tmp_path, quirk, writer, edition_ids()[-1], 1).said)
    assert [number for number in numbers if f"{number}" not in said] == []
