"""Slips that keep every sum show against last year."""

from __future__ import annotations

from gk_xl.checks.locate import locate
from gk_xl.checks.misplaced import hints
from tests.checks.residues import cases, zeros

# ------------------------------------------------------------------ slips that keep every sum


def one_row(edition, row, column, count):
    cells = zeros(edition)
    for cell in cases.route(column, "received_new", row):
        cells[cell] = count
    return cells


def test_a_row_filled_in_one_off_shows_against_last_year(form):
    """Every sum holds, but last year's cases stood one row higher: a question, with what to change."""
    edition, identities = form
    last = one_row(edition, "refused.third_party", "commercial", 6)
    now = one_row(edition, "refused.internal_affairs", "commercial", 5)
    assert locate(edition, now, identities).suspects == ()
    (hint,) = hints(edition, now, last)
    mended = {**now, **{change.cell: change.proposed for change in hint.changes}}
    assert mended == one_row(edition, "refused.third_party", "commercial", 5)
    assert {change.reason for change in hint.changes} == {"wrong_row"}
    assert "去年“4.保护第三方合法权益”行有 6 件" in hint.text
    assert "错填了一行" in hint.text


def test_a_column_filled_in_one_off_shows_against_last_year(form):
    """The same for a kind of applicants, from 一 to 四."""
    edition, _ = form
    last = one_row(edition, "granted", "legal_service", 3)
    now = one_row(edition, "granted", "other", 4)
    (hint,) = hints(edition, now, last)
    mended = {**now, **{change.cell: change.proposed for change in hint.changes}}
    assert mended == one_row(edition, "granted", "legal_service", 4)


def test_no_hint_without_the_pattern(form):
    """Not for the same row, a far row, a single case, another order of size, a blank, or no last year."""
    edition, _ = form
    last = one_row(edition, "refused.third_party", "commercial", 6)
    for row, count in (
        ("refused.third_party", 6),
        ("partial", 6),
        ("refused.internal_affairs", 1),
        ("refused.internal_affairs", 60),
    ):
        assert hints(edition, one_row(edition, row, "commercial", count), last) == ()
    now = one_row(edition, "refused.internal_affairs", "commercial", 5)
    assert hints(edition, {**now, "t3.refused.third_party.research": None}, last) == ()
    assert hints(edition, now, {}) == ()
