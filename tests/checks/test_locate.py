"""Naming the wrong cell: what is claimed is right, what ties is said to tie."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_xl.checks.binding import identities as catalogued
from gk_xl.checks.identity import Identity
from gk_xl.checks.locate import REASONS, Witness, describe, locate
from gk_xl.form.load import load_edition
from tests.checks.residues import EDITIONS, LONG, cases, group, members, residuals, residuals_of, zeros
from tests.conftest import examples

# ------------------------------------------------------------------ one wrong cell


@pytest.mark.parametrize("size", ["township", "city"])
def test_one_wrong_cell_is_named_in_every_cell_of_table_three(form, size):
    """Whichever single cell is mistyped, the first suspect is that cell with the number it held, claimed alone.

    In a large table of random numbers another explanation can be as likely, in one cell of a hundred at most: it is told as well.
    """
    edition, identities = form
    rng = random.Random(f"{edition.id} {size}")
    true = cases.table3(edition, rng, size)
    tied = []
    for cell, value in true.items():
        found = value + rng.choice((3, 5, 10, 90)) if value < 10 or rng.random() < 0.5 else cases.slip(rng, value)
        first = locate(edition, {**true, cell: found}, identities, limit=LONG).suspects[0]
        assert {(cell, value)} in members(first), (cell, found)
        assert first.unique is (len(members(first)) == 1)
        tied += [cell] * (not first.unique)
    assert len(tied) <= (len(true) // 100 if size == "city" else 0), tied


@pytest.mark.parametrize(
    ("true", "found", "reason"),
    [
        (21, 12, "digits_swapped"), (205, 25, "digit_missing"), (34, 84, "digit_wrong"), (7, 77, "digit_extra"),
        (130, 13, "digit_missing"), (18, -18, "sign"), (18, 0, "missing_entry"), (18, 40, "other"),
    ],
)  # fmt: skip
def test_the_reason_says_how_the_number_came_about(form, true, found, reason):
    """A slip of the keyboard is recognised as what it is."""
    edition, identities = form
    cells = zeros(edition)
    for cell in cases.route("commercial", "received_new", "granted"):
        cells[cell] = true
    cells["t3.granted.commercial"] = found
    (change,) = locate(edition, cells, identities).suspects[0].changes
    assert (change.cell, change.found, change.proposed, change.reason) == ("t3.granted.commercial", found, true, reason)


def test_a_total_left_at_zero_is_a_total_not_added(form):
    """A total of zero over parts that are not zero was never added up."""
    edition, identities = form
    cells = zeros(edition)
    for cell in cases.route("commercial", "received_new", "granted"):
        cells[cell] = 4
    cells["t3.granted.total"] = 0
    (change,) = locate(edition, cells, identities).suspects[0].changes
    assert (change.cell, change.proposed, change.reason) == ("t3.granted.total", 4, "total_not_added")


def test_nothing_broken_nothing_suspected(form):
    """A table that adds up has no suspects, and that is decided."""
    edition, identities = form
    true = cases.table3(edition, random.Random(3), "county")
    assert locate(edition, true, identities) == locate(edition, {**zeros(edition), **true}, identities)
    assert locate(edition, true, identities).suspects == ()
    assert locate(edition, true, identities).decided


def test_the_catalogue_gives_the_same_identities(form):
    """The rules marked as identities are the ones tested here."""
    edition, identities = form

    def plain(code, coefficients):
        sign = 1 if coefficients[min(coefficients)] > 0 else -1
        return code, frozenset((cell, factor * sign) for cell, factor in coefficients.items())

    ours = {plain(i.code, i.coefficients) for i in identities}
    assert {plain(instance.rule.code, dict(k)) for instance, k in catalogued(edition.id)} == ours


# ------------------------------------------------------------------ several wrong cells


@pytest.mark.variants(2)
@pytest.mark.parametrize("count", [2, 3])
def test_claims_over_several_slips_are_right(form, count):
    """Where several cells are mistyped and a claim is made, it names exactly these cells and numbers."""
    edition, identities = form
    rng = random.Random(count)
    claims = 0
    for size in cases.SIZES:
        for _ in range(20):
            case = cases.mistyped(edition, rng, size, count, filled=False)
            first = locate(edition, case.cells, identities, limit=LONG).suspects[0]
            assert set(case.truth.items()) in members(first)
            claims += first.unique
    assert claims >= 48  # 80 % of 60


@pytest.mark.variants(2)
@pytest.mark.parametrize("event", [*cases.EVENTS[1:], *cases.LINES])
def test_one_correlated_slip_is_in_its_class(form, event):
    """A whole application omitted, doubled, misplaced; a line shifted, never added: the first class holds the truth."""
    edition, identities = form
    rng = random.Random(event.__name__)
    for size in cases.SIZES:
        for _ in range(8):
            case = cases.planted(edition, rng, size, 1, (event,))
            first = locate(edition, case.cells, identities, limit=LONG).suspects[0]
            assert set(case.truth.items()) in members(first)
            assert first.unique == (not first.choices)


def test_an_application_missing_from_leaf_and_row_total_ties_over_the_rows(form):
    """Only the column sums show it, so every row that can have lost it is listed, none is claimed."""
    edition, identities = form
    true = cases.table3(edition, random.Random(8), "county")
    row = next(r for r in edition.table("t3").rows[2:-2] if true[f"t3.{r}.natural_person"])
    cells = {**true}
    for cell in (f"t3.{row}.natural_person", f"t3.{row}.total"):
        cells[cell] -= 1
    first = locate(edition, cells, identities).suspects[0]
    rows = {c.cell.removesuffix(".natural_person") for choice in first.choices for c in choice if len(choice) == 2}
    assert not first.unique
    assert first.resolves == ("T3-02",)
    assert {f"t3.{r}" for r in edition.table("t3").rows[2:-2]} <= rows
    assert (
        sum(all(c.reason in ("omitted", "missing_entry") for c in choice) for choice in first.choices)
        >= len(edition.table("t3").rows) - 4
    )


def test_one_wrong_cell_is_not_explained_by_two(form):
    """A leaf and its row total both off by the same are one slip carried on, not two."""
    edition, identities = form
    true = cases.table3(edition, random.Random(8), "county")
    cell = "t3.received_new.natural_person"
    cells = {**true, cell: true[cell] + 1, "t3.received_new.total": true["t3.received_new.total"] + 1}
    first = locate(edition, cells, identities).suspects[0]
    assert not first.unique
    assert {(cell, true[cell]), ("t3.received_new.total", true["t3.received_new.total"])} in members(first)
    assert len(first.choices) > 3  # the other side of the balance may be short of one just as well


# ------------------------------------------------------------------ table four, witnesses, last year


def test_table_four_ties_unless_somebody_speaks(form):
    """One identity a group: any of its cells may be wrong; a sentence of the narrative decides."""
    edition, identities = form
    cells = group(edition, upheld=3, corrected=2, other=1, pending=1, total=9)
    first = locate(edition, cells, identities).suspects[0]
    assert not first.unique
    assert {c.cell for choice in first.choices for c in choice} == {
        c for c in cells if c.startswith("t4.reconsideration")
    }
    said = Witness("t4.reconsideration.pending", 3, 6.0, "尚未审结3件")
    named = locate(edition, cells, identities, witnesses=[said]).suspects[0]
    assert (named.unique, members(named)) == (True, [{("t4.reconsideration.pending", 3)}])


def test_a_witness_for_what_stands_there_clears_the_cell(form):
    """What the narrative confirms is not the wrong one."""
    edition, identities = form
    cells = group(edition, upheld=3, corrected=2, other=1, pending=1, total=9)
    said = [
        Witness(cell, value, 9.0)
        for cell, value in cells.items()
        if cell.startswith("t4.reconsideration") and not cell.endswith(("corrected", "pending"))
    ]
    first = locate(edition, cells, identities, witnesses=said).suspects[0]
    assert {c.cell for choice in first.choices for c in choice} == {
        "t4.reconsideration.corrected",
        "t4.reconsideration.pending",
    }


def test_witnesses_weigh_against_each_other(form):
    """The heavier witness comes first, the other explanation is kept."""
    edition, identities = form
    cells = group(edition, upheld=3, corrected=2, other=1, pending=1, total=9)
    said = [Witness("t4.reconsideration.total", 7, 8.0), Witness("t4.reconsideration.pending", 3, 2.0)]
    assert members(locate(edition, cells, identities, witnesses=said).suspects[0])[0] == {
        ("t4.reconsideration.total", 7)
    }


def test_last_year_speaks_for_what_was_carried_in(form):
    """Of the ways to balance a column, the one that agrees with last year comes first."""
    edition, identities = form
    true = cases.table3(edition, random.Random(11), "county")
    pair = ("t3.carried_in.commercial", "t3.carried_in.total")
    cells = {**true, **{cell: true[cell] + 1 for cell in pair}}
    last = {cell.replace("carried_in", "carried_out"): true[cell] for cell in pair}
    blind = locate(edition, cells, identities).suspects[0]
    assert not blind.unique
    assert members(locate(edition, cells, identities, last=last).suspects[0])[0] == {
        (cell, true[cell]) for cell in pair
    }


def test_a_known_number_enters_as_constant(form):
    """An identity may lean on a number from outside the filing."""
    edition, _ = form
    identity = Identity("Y-01", {"t3.carried_in.total": 1}, -13)
    (change,) = locate(edition, {"t3.carried_in.total": 31}, [identity]).suspects[0].changes
    assert (change.proposed, change.reason) == (13, "digits_swapped")


# ------------------------------------------------------------------ blanks and texts


def test_blanks_and_texts_leave_their_identities_undecided(form):
    """A blank is no zero: the sums over it say nothing, and nothing is suspected for its sake."""
    edition, identities = form
    true = {**zeros(edition), **cases.table3(edition, random.Random(5), "county")}
    for hole in (None, "12件", "", 1.5):
        assert locate(edition, {**true, "t3.granted.research": hole}, identities).suspects == ()
    assert locate(edition, {}, identities).suspects == ()
    assert locate(edition, dict.fromkeys(true), identities).decided


def test_a_blank_is_filled_in_as_part_of_an_explanation(form):
    """With a wrong cell in the row of a blank, both come out, the blank as missing."""
    edition, identities = form
    true = cases.table3(edition, random.Random(5), "county")
    wrong = max((f"t3.received_new.{c}" for c in edition.table("t3").columns[1:-1]), key=true.__getitem__)
    cells = {**true, "t3.received_new.natural_person": None, wrong: int(str(true[wrong]) * 2)}
    first = locate(edition, cells, identities).suspects[0]
    assert members(first)[0] == {(cell, true[cell]) for cell in cells if cells[cell] != true[cell]}
    assert {c.found: c.reason for c in first.changes}[None] == "missing_entry"
    assert all(
        i.code in first.resolves or any(cells[c] is None for c in i.coefficients)
        for i in residuals_of(identities, cells)
    )


@pytest.mark.thorough
def test_a_table_full_of_holes_does_not_stop_the_search(form):
    """Any mixture of blanks, texts and numbers is answered, and what is proposed mends what is decided."""
    edition, identities = form
    rng = random.Random(21)
    for _ in range(15):
        cells = cases.table3(edition, rng, "county")
        for cell in rng.sample(sorted(cells), 12):
            cells[cell] = rng.choice((None, "无", 2.5, -4, 17))
        for suspect in locate(edition, cells, identities).suspects:
            for member in members(suspect):
                assert not residuals_of(identities, {**cells, **dict(member)})


# ------------------------------------------------------------------ what holds for every answer


@examples(60)
@given(
    st.sampled_from(EDITIONS),
    st.sampled_from(sorted(cases.SIZES)),
    st.integers(0, 3),
    st.integers(0, 2),
    st.integers(0, 10**9),
)
def test_every_proposal_mends_everything(edition_id, size, slips, events, seed):
    """After any explanation every identity holds, no number is negative; ``unique`` stands alone at rank 1."""
    edition, rng = load_edition(edition_id), random.Random(seed)
    identities = cases.identities(edition)
    cells = cases.table3(edition, rng, size)
    for event in rng.sample(cases.EVENTS + cases.LINES, events):
        event(edition, rng, cells)
    cases.mistype(rng, cells, slips, filled=False)
    cells = {**zeros(edition), **cells}
    located = locate(edition, cells, identities)
    broken = {i.code for i in residuals(identities, cells)}
    assert bool(broken) == bool(located.suspects or not located.decided)
    assert located.decided == (not located.reason)
    for suspect in located.suspects:
        assert set(suspect.resolves) == broken
        for choice in suspect.choices[:200] or ((),):
            changes = (*suspect.changes, *choice)
            assert len({c.cell for c in changes}) == len(changes)
            assert all(
                c.proposed >= 0 and c.proposed != c.found == cells[c.cell] and c.reason in REASONS for c in changes
            )
            assert not residuals(identities, {**cells, **{c.cell: c.proposed for c in changes}})
        assert describe(edition, suspect)
        if suspect.unique:
            assert suspect.rank == 1
            assert not suspect.choices
            assert located.decided
    ranks = [suspect.rank for suspect in located.suspects]
    assert ranks == sorted(ranks)
    assert ranks[:1] in ([], [1])
    assert ranks.count(1) <= 1


def test_the_same_table_gives_the_same_answer(form):
    """Nothing depends on chance or on the order of a set."""
    edition, identities = form
    case = cases.planted(edition, random.Random(2), "county", 2)
    assert locate(edition, case.cells, identities, limit=LONG) == locate(
        edition, dict(reversed(case.cells.items())), identities, limit=LONG
    )
