"""Naming the wrong cell: what is claimed is right, what ties is said to tie, nothing minimal is missed."""

from __future__ import annotations

import importlib.util
import random
import sys
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gk_xl.checks.binding import identities as catalogued
from gk_xl.checks.identity import Identity
from gk_xl.checks.locate import REASONS, Witness, describe, locate
from gk_xl.checks.locate.likelihood import Judge
from gk_xl.checks.locate.prices import STILL
from gk_xl.checks.locate.search import MARGIN, SLACK, search
from gk_xl.checks.locate.structure import structure_of
from gk_xl.checks.misplaced import hints
from gk_xl.form.load import edition_ids, load_edition

BENCH = Path(__file__).parent.parent / "bench" / "locate_cases.py"
spec = importlib.util.spec_from_file_location("locate_cases", BENCH)
cases = sys.modules["locate_cases"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(cases)

LONG = 40_000_000  # steps: these tests judge what is found, not where the search is cut short
EDITIONS = edition_ids()


def residuals(identities, cells):
    return [i for i in identities if sum(k * cells[c] for c, k in i.coefficients.items()) + i.constant]


def zeros(edition):
    return dict.fromkeys((cell for cell in edition.cells if cell[:2] in ("t3", "t4")), 0)


def members(suspect):
    return [{(c.cell, c.proposed) for c in (*suspect.changes, *choice)} for choice in suspect.choices or ((),)]


@pytest.fixture(scope="module", params=EDITIONS)
def form(request):
    edition = load_edition(request.param)
    return edition, cases.identities(edition)


# ------------------------------------------------------------------ one wrong cell


@pytest.mark.parametrize("size", ["township", "city"])
def test_one_wrong_cell_is_named_in_every_cell_of_table_three(form, size):
    """Whichever single cell is mistyped, it is claimed alone, with the number it held."""
    edition, identities = form
    rng = random.Random(f"{edition.id} {size}")
    true = cases.table3(edition, rng, size)
    for cell, value in true.items():
        found = value + rng.choice((3, 5, 10, 90)) if value < 10 or rng.random() < 0.5 else cases.slip(rng, value)
        first = locate(edition, {**true, cell: found}, identities, limit=LONG).suspects[0]
        assert (first.unique, members(first)) == (True, [{(cell, value)}]), (cell, found)


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


def group(edition, **values):
    return {**zeros(edition), **{f"t4.reconsideration.{column}": value for column, value in values.items()}}


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
        Witness(f"t4.reconsideration.{c}", cells[f"t4.reconsideration.{c}"], 9.0) for c in ("upheld", "total", "other")
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


def residuals_of(identities, cells):
    """Return the decided identities that are broken."""
    decided = [i for i in identities if all(isinstance(cells.get(c), int) for c in i.coefficients)]
    return residuals(decided, cells)


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


@settings(max_examples=60, deadline=None)
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


# ------------------------------------------------------------------ complete within the bound

SMALL_ROWS = ("received_new", "carried_in", "granted", "partial", "outcome_total", "carried_out")
SMALL_COLUMNS = ("natural_person", "commercial", "total")


def small_identities():
    """A table three of two result rows and two kinds of applicants: small enough to try everything."""
    found = []
    for c in SMALL_COLUMNS:
        found.append(
            Identity(
                "T3-01",
                {
                    f"t3.received_new.{c}": 1,
                    f"t3.carried_in.{c}": 1,
                    f"t3.outcome_total.{c}": -1,
                    f"t3.carried_out.{c}": -1,
                },
            )
        )
        found.append(Identity("T3-02", {f"t3.outcome_total.{c}": 1, f"t3.granted.{c}": -1, f"t3.partial.{c}": -1}))
    found += [
        Identity("T3-03", {f"t3.{r}.total": 1, f"t3.{r}.natural_person": -1, f"t3.{r}.commercial": -1})
        for r in SMALL_ROWS
    ]
    return found


def small_table(rng):
    cells = {f"t3.{r}.{c}": 0 for r in SMALL_ROWS for c in SMALL_COLUMNS}
    for _ in range(rng.choice((3, 20, 300))):
        went = rng.choice(("granted", "partial", "carried_out"))
        for cell in cases.route(rng.choice(SMALL_COLUMNS[:2]), rng.choice(SMALL_ROWS[:2]), went):
            cells[cell] += 1
    return cells


def solve(columns, target):
    """Return the one solution of columns · x = target over the rationals; None when there is none or many."""
    rows = [[Fraction(column[n]) for column in columns] + [Fraction(target[n])] for n in range(len(target))]
    done = 0
    for at in range(len(columns)):
        pivot = next((n for n in range(done, len(rows)) if rows[n][at]), None)
        if pivot is None:
            return None
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [value / rows[done][at] for value in rows[done]]
        for n in range(len(rows)):
            if n != done and rows[n][at]:
                rows[n] = [a - rows[n][at] * b for a, b in zip(rows[n], rows[done], strict=True)]
        done += 1
    return None if any(row[-1] for row in rows[done:]) else [row[-1] for row in rows[:done]]


def repairs(identities, cells, most):
    """Yield every set of at most ``most`` cells, with amounts, none of them idle, that mends all identities."""
    names = list(cells)
    columns = [[i.coefficients.get(name, 0) for i in identities] for name in names]
    target = [-sum(k * cells[c] for c, k in i.coefficients.items()) for i in identities]
    for size in range(1, most + 1):
        for chosen in combinations(range(len(names)), size):
            amounts = solve([columns[n] for n in chosen], target)
            if amounts and all(amount and amount.denominator == 1 for amount in amounts):
                moves = {names[n]: int(amount) for n, amount in zip(chosen, amounts, strict=True)}
                if all(cells[name] + amount >= 0 for name, amount in moves.items()):
                    yield moves


@pytest.mark.parametrize("count", [1, 2, 3])
def test_no_likely_repair_is_missed(count):
    """Every repair of up to three cells, found by trying all, is among the solutions if it is likely enough."""
    identities = small_identities()
    structure = structure_of("2021", identities)
    compared = 0
    for seed in range(12):
        rng = random.Random(f"{count} {seed}")
        cells = small_table(rng)
        cases.mistype(rng, cells, count, filled=False)
        broken = {n: r for n, i in enumerate(identities) if (r := sum(k * cells[c] for c, k in i.coefficients.items()))}
        if not broken:
            continue
        judge = Judge(structure, [cells[cell] for cell in structure.cells], frozenset(), {})
        solutions = search(structure, [(judge, broken, None)], LONG).solutions
        assert solutions
        found = set()
        for solution in solutions:
            for outcomes in product(*(judge.outcomes(pattern, amount) for pattern, amount in solution.uses)):
                moves = {}
                for outcome in outcomes:
                    for cell, amount in outcome.moves:
                        moves[structure.cells[cell]] = moves.get(structure.cells[cell], 0) + amount
                found.add(frozenset((cell, amount) for cell, amount in moves.items() if amount))
        for moves in repairs(identities, cells, 3):
            cost = sum(judge.slip(structure.numbers[cell], amount) for cell, amount in moves.items())
            if cost <= solutions[0].cost + MARGIN - SLACK:
                compared += 1
                assert frozenset(moves.items()) in found, (seed, moves)
    assert compared >= 10


def test_no_pattern_costs_less_than_the_identities_it_touches_are_worth(form):
    """The price of an identity that holds is a lower bound, whatever the numbers on the table."""
    edition, identities = form
    structure = structure_of(edition.id, [i for i in identities if i.code.startswith("T3")])
    rng = random.Random(1)
    for size in cases.SIZES:
        table = cases.table3(edition, rng, size)
        judge = Judge(structure, [table[cell] for cell in structure.cells], frozenset(), {})
        for pattern in structure.patterns:
            floor = judge.least(pattern)
            assert floor >= STILL * len(pattern.effect)
            for amount in (-40, -2, -1, 1, 2, 3, 11):
                assert judge.weight(pattern, amount) >= floor - 1e-9


# ------------------------------------------------------------------ limits and words


def test_a_hopeless_table_is_called_undecidable(form):
    """Random numbers are not explained away: no suspect, and a sentence that says so."""
    edition, identities = form
    rng = random.Random(6)
    cells = {cell: rng.randrange(1000) for cell in cases.table3(edition, rng, "county")}
    located = locate(edition, cells, identities)
    assert (located.suspects, located.decided) == ((), False)
    assert "无法判定" in located.reason


def test_a_search_cut_short_makes_no_claim(form):
    """Where not all was compared nothing is called unique."""
    edition, identities = form
    case = cases.mistyped(edition, random.Random(9), "county", 4, filled=True)
    located = locate(edition, case.cells, identities, limit=0)
    assert not located.decided
    assert "无法判定" in located.reason
    assert not any(suspect.unique for suspect in located.suspects)


def test_tables_are_answered_one_by_one(form):
    """A slip in table three and one in table four are two suspects, each with its own rules."""
    edition, identities = form
    cells = group(edition, upheld=3, corrected=1, total=0)
    cells["t3.granted.research"] = 5
    located = locate(edition, cells, identities)
    assert [(s.resolves, s.unique) for s in located.suspects if s.rank == 1] == [
        (("T3-02", "T3-03"), True),
        (("T4-01",), True),
    ]


def test_an_explanation_reads_as_a_clerk_would_say_it():
    """The sentence names cell, both numbers, the slip, and the rules that hold afterwards."""
    edition = load_edition("2021")
    identities = cases.identities(edition)
    cells = zeros(edition)
    for cell in cases.route("natural_person", "received_new", "granted"):
        cells[cell] = 21
    cells["t3.received_new.total"] = 12
    (suspect,) = locate(edition, cells, identities).suspects
    assert (
        describe(edition, suspect, lambda cell: "J6") == "J6 可能填错：12 应为 21（数字颠倒），改后 T3-01、T3-03 成立。"
    )
    assert describe(edition, suspect).startswith("表三“一、本年新收政府信息公开申请数量”“总计” 可能填错：12 应为 21")


def test_a_class_of_ties_never_sounds_sure():
    """A tie says how many ways there are and asks for the records."""
    edition = load_edition("2021")
    cells = group(edition, upheld=3, corrected=2, other=1, pending=1, total=9)
    first = locate(edition, cells, cases.identities(edition)).suspects[0]
    text = describe(edition, first, lambda cell: cell.rpartition(".")[2])
    assert text.startswith("有 5 种改法都说得通，请对照台账选一种：")
    assert "另外 2 种" in text
    assert text.endswith("改后 T4-01 成立。")


def test_every_reason_has_a_word():
    """The closed list of reasons and its words are the same fifteen."""
    assert set(REASONS) == {
        "digits_swapped", "digit_wrong", "digit_missing", "digit_extra", "neighbour_cell", "row_shift", "column_shift", "omitted",
        "doubled", "wrong_row", "wrong_column", "sign", "missing_entry", "total_not_added", "other",
    }  # fmt: skip


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
