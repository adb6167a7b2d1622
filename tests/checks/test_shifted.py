"""Slips that keep every sum show against last year."""

from __future__ import annotations

from gk_xl.checks.locate import locate
from gk_xl.checks.shifted import hints
from tests.checks.residues import cases, zeros

# ------------------------------------------------------------------ slips that keep every sum


def one_row(edition, row, column, count):
    cells = zeros(edition)
    for cell in cases.route(column, "received_new", row):
        cells[cell] = count
    return cells


def neighbours(edition):
    """Return the last two reasons to refuse of a form, and the last two kinds of applicants, as ids."""
    table = edition.table("t3")
    rows = [row for row in table.rows if row.startswith("refused.")]
    columns = [column for column in table.columns if column not in table.total_columns]
    return rows[-2:], columns[-2:]


def test_a_row_filled_in_one_off_shows_against_last_year(form):
    """Every sum holds, but last year's cases stood one row higher: a question, with what to change."""
    edition, identities = form
    (right, wrong), _ = neighbours(edition)
    last = one_row(edition, right, "commercial", 6)
    now = one_row(edition, wrong, "commercial", 5)
    assert locate(edition, now, identities).suspects == ()
    (hint,) = hints(edition, now, last)
    mended = {**now, **{change.cell: change.proposed for change in hint.changes}}
    assert mended == one_row(edition, right, "commercial", 5)
    assert {change.reason for change in hint.changes} == {"wrong_row"}
    assert f"去年“{edition.table('t3').row_labels[right][-1]}”行有 6 件" in hint.text
    assert "错填了一行" in hint.text


def test_a_column_filled_in_one_off_shows_against_last_year(form):
    """The same for a kind of applicants, from 一 to 四."""
    edition, _ = form
    _, (right, wrong) = neighbours(edition)
    last = one_row(edition, "granted", right, 3)
    now = one_row(edition, "granted", wrong, 4)
    (hint,) = hints(edition, now, last)
    mended = {**now, **{change.cell: change.proposed for change in hint.changes}}
    assert mended == one_row(edition, "granted", right, 4)


def test_no_hint_without_the_pattern(form):
    """Not for the same row, a far row, a single case, another order of size, a blank, or no last year."""
    edition, _ = form
    (row, wrong), _ = neighbours(edition)
    last = one_row(edition, row, "commercial", 6)
    for other, count in ((row, 6), ("partial", 6), (wrong, 1), (wrong, 60)):
        assert hints(edition, one_row(edition, other, "commercial", count), last) == ()
    now = one_row(edition, wrong, "commercial", 5)
    assert hints(edition, {**now, f"t3.{row}.research": None}, last) == ()
    assert hints(edition, now, {}) == ()
