"""The search for a wrong cell is complete within its bound, and says when it was cut short."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations, product
from math import inf

import pytest

from gk_xl.checks.identity import Identity
from gk_xl.checks.locate import REASONS, describe, locate
from gk_xl.checks.locate.likelihood import Judge
from gk_xl.checks.locate.prices import STILL, Prices
from gk_xl.checks.locate.search import CEILING, MARGIN, SLACK, Search, Target, search
from gk_xl.checks.locate.structure import structure_of
from gk_xl.form.load import load_edition
from tests.checks.residues import LONG, cases, group, zeros

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


def spoken(structure, rng, cells, weight=6.0):
    """Return witnesses of four cells as a judge takes them: some for what stands there, some for another number."""
    named = rng.sample(range(len(structure.cells)), 4)
    return {cell: {max(0, cells[structure.cells[cell]] + rng.choice((0, 0, -3, 2, 7))): weight} for cell in named}


@pytest.mark.variants(2)
@pytest.mark.parametrize("witnesses", [False, True])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_no_likely_repair_is_missed(count, witnesses):
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
        expected = spoken(structure, rng, cells) if witnesses else {}
        judge = Judge(structure, [cells[cell] for cell in structure.cells], frozenset(), expected)
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


@pytest.mark.parametrize("seed", [46, 67])
def test_sums_that_several_slips_share_are_settled_last(seed):
    """Five cells mistyped, most sums touched by two of them: to take all five back is among the likeliest repairs."""
    identities = small_identities()
    rng = random.Random(f"5 {seed}")
    true = small_table(rng)
    cells = dict(true)
    cases.mistype(rng, cells, 5, filled=False)
    undone = frozenset((cell, true[cell] - value) for cell, value in cells.items() if value != true[cell])
    touched = [sum(bool(i.coefficients.get(cell)) for cell, _ in undone) for i in identities]
    assert len(undone) == 5
    assert sum(count > 1 for count in touched) > sum(count == 1 for count in touched) // 2
    assert undone in solutions_of(identities, cells)[0]


def solutions_of(identities, cells, limit=LONG):
    """Return the solutions of the small table as sets of moves, and whether the steps sufficed."""
    structure = structure_of("2021", identities)
    broken = {n: r for n, i in enumerate(identities) if (r := sum(k * cells[c] for c, k in i.coefficients.items()))}
    judge = Judge(structure, [cells[cell] for cell in structure.cells], frozenset(), {})
    found = search(structure, [(judge, broken, None)], limit)
    moves = set()
    for solution in found.solutions:
        for outcomes in product(*(judge.outcomes(pattern, amount) for pattern, amount in solution.uses)):
            moves.add(frozenset((structure.cells[cell], n) for outcome in outcomes for cell, n in outcome.moves))
    return moves, not found.cut_short


def mistyped(seed, count):
    """Return the small table with some cells mistyped."""
    rng = random.Random(f"{count} {seed}")
    cells = small_table(rng)
    cases.mistype(rng, cells, count, filled=False)
    return cells


@pytest.mark.parametrize(("count", "seed"), [(2, 1), (2, 4), (3, 2), (3, 5)])
def test_the_order_of_the_identities_is_of_no_account(count, seed):
    """Whichever identity comes first, the same repairs are found: none is settled, shared or touched before the search."""
    identities, cells = small_identities(), mistyped(seed, count)
    first = solutions_of(identities, cells)
    assert first[0]
    for at in range(1, len(identities)):
        assert solutions_of(identities[at:] + identities[:at], cells) == first, at


@pytest.mark.parametrize(("count", "seed"), [*((2, seed) for seed in range(6)), (3, 8)])
def test_the_quick_look_only_saves_time(count, seed, monkeypatch):
    """Without it the bound is raised step by step, and once more when a solution is found: nothing is lost.

    In the last table a second explanation costs so much more than the best that the bound must be raised for it alone.
    """
    identities, cells = small_identities(), mistyped(seed, count)
    first = solutions_of(identities, cells)
    monkeypatch.setattr("gk_xl.checks.locate.search.REACH", -1000.0)
    for step in (0.5, 6.0):
        monkeypatch.setattr("gk_xl.checks.locate.search.STEP", step)
        assert solutions_of(identities, cells) == first


@pytest.mark.parametrize(("count", "seed"), [(4, 27), (5, 49), (6, 27)])
def test_a_slip_that_settles_two_sums_is_never_spared(count, seed, monkeypatch):
    """What a pattern costs is weighed against all that it settles: the same is found as when nothing is left out."""
    cells = mistyped(seed, count)
    quick = solutions_of(small_identities(), cells)
    monkeypatch.setattr(Search, "_relief", lambda *_: (0, {0: inf}, inf))
    assert quick == solutions_of(small_identities(), cells)


def test_what_breaks_as_much_as_it_mends_may_be_part_of_an_explanation():
    """40 applications that came over from last year and go on to the next are left out, of people or of firms: both are found.

    The first of the two cells mends its row and breaks its column; the quick look passes over such.
    """
    found, whole = solutions_of(small_identities(), mistyped(29, 4))
    assert whole
    for column in SMALL_COLUMNS[:2]:
        left_out = {(f"t3.carried_in.{column}", 40), (f"t3.carried_out.{column}", 40)}
        assert any(left_out <= moves for moves in found), column


def test_what_one_slip_explains_is_found_before_any_step():
    """Whichever cell is wrong, to take it back is found with no step at all, and the search says that it was cut short."""
    identities = small_identities()
    true = small_table(random.Random(3))
    for cell in true:
        found, whole = solutions_of(identities, {**true, cell: true[cell] + 1}, limit=0)
        assert not whole
        assert frozenset({(cell, -1)}) in found, cell


def start_of(edition_id, identities, cells, expected=None):
    """Return the structure of identities and the start of a search in a table as it stands."""
    structure = structure_of(edition_id, identities)
    broken = {
        n: r for n, i in enumerate(identities)
        if (r := sum(k * cells[c] for c, k in i.coefficients.items()) + i.constant)
    }  # fmt: skip
    named = {structure.numbers[cell]: {value: 6.0} for cell, value in (expected or {}).items()}
    judge = Judge(structure, [cells[cell] for cell in structure.cells], frozenset(), named)
    return structure, [(judge, broken, None)]


def tables_to_search():
    """Yield small and whole tables with some cells mistyped, some with sentences that name a right number."""
    for count, seed in product((2, 3, 4), range(4)):
        cells = mistyped(seed, count)
        named = {cell: cells[cell] + 1 for cell in list(cells)[seed::5]} if seed % 2 and count < 4 else None
        yield start_of("2021", small_identities(), cells, named)
    edition = load_edition("2021")
    identities = [i for i in cases.identities(edition) if i.code.startswith("T3")]
    for count, size in ((2, "township"), (3, "county"), (3, "township"), (4, "county")):
        rng = random.Random(f"{count} {size}")
        cells = dict(cases.table3(edition, rng, size))
        cases.mistype(rng, cells, count, filled=False)
        yield start_of("2021", identities, cells)


STEPS = [281, 1176, 424, 1350, 170, 11026, 982, 14701, 3278, 7571, 2422, 3414, 573, 1018, 3453, 7477]
"""Steps that a search of each of these tables may take: what it takes since its bounds are as close as they are."""


@pytest.mark.parametrize("number", range(len(STEPS)))
def test_the_bounds_spare_the_search_what_cannot_be_likely(number, monkeypatch):
    """No more steps than so many: a bound that got looser, or a way that is tried in vain, is seen here."""
    made = []
    monkeypatch.setattr("gk_xl.checks.locate.search.Target", lambda limit: made.append(Target(limit)) or made[0])
    structure, starts = list(tables_to_search())[number]
    assert not search(structure, starts, LONG).cut_short
    assert made[0].steps <= STEPS[number]


AMOUNTS = (-40, -7, -3, -2, -1, 1, 2, 3, 7, 11)


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
            assert all(judge.weight(pattern, amount) >= floor - 1e-9 for amount in AMOUNTS)


@pytest.mark.parametrize("seed", range(4))
def test_witnesses_lower_and_raise_the_least_cost_and_the_prices_alike(form, seed):
    """Whatever witnesses say, no amount makes a pattern cheaper than its least cost, nor than what it touches is worth."""
    edition, identities = form
    structure = structure_of(edition.id, [i for i in identities if i.code.startswith("T3")])
    rng = random.Random(seed)
    table = cases.table3(edition, rng, "county")
    expected = spoken(structure, rng, table, rng.choice((3.0, 6.0, 12.0)))
    judge = Judge(structure, [table[cell] for cell in structure.cells], frozenset(), expected)
    touch = Prices(structure, judge, {0: 7, 8: 7, 20: -7}).touch
    for pattern in structure.patterns:
        floor = judge.least(pattern)
        assert floor >= judge.cheapest() - 1e-9
        assert max(floor, 0) >= sum(touch[node] for node, _ in pattern.effect) - 1e-9
        assert all(judge.weight(pattern, amount) >= floor - 1e-9 for amount in AMOUNTS)
    assert any(touch)


# ------------------------------------------------------------------ limits and words


def test_a_hopeless_table_is_called_undecidable(form):
    """Random numbers are not explained away: no suspect, and a sentence that says so."""
    edition, identities = form
    rng = random.Random(6)
    cells = {cell: rng.randrange(1000) for cell in cases.table3(edition, rng, "county")}
    located = locate(edition, cells, identities)
    assert (located.suspects, located.decided) == ((), False)
    assert "无法判定" in located.reason


@pytest.mark.parametrize("wrong", [7, 3, 1])
def test_a_hopeless_table_with_sentences_about_it_is_known_to_be_hopeless(form, wrong):
    """Every row total is off, and sentences say what four of them should be: the bound alone tells that it costs too much."""
    edition, identities = form
    structure = structure_of(edition.id, [i for i in identities if i.code.startswith("T3")])
    cells = dict(cases.table3(edition, random.Random(2), "township"))
    expected = {structure.numbers[f"t3.{row}.total"]: {cells[f"t3.{row}.total"]: 6.0} for row in cases.HEADS}
    cells |= {f"t3.{row}.total": cells[f"t3.{row}.total"] + wrong for row in edition.table("t3").rows}
    broken = {
        n: r for n, i in enumerate(identities)
        if i.code.startswith("T3") and (r := sum(k * cells[c] for c, k in i.coefficients.items()))
    }  # fmt: skip
    judge = Judge(structure, [cells[cell] for cell in structure.cells], frozenset(), expected)
    assert Search(structure, judge, broken, Target(1)).start.rest > CEILING


@pytest.mark.parametrize(("seed", "size"), [(1, "township"), (3, "county")])
def test_a_search_cut_short_knows_the_best_by_its_quick_look(seed, size):
    """With four cells mistyped, a fraction of the steps finds what 16,000 prove to be cheapest: the bounds are that close."""
    edition = load_edition("2021")
    identities = [i for i in cases.identities(edition) if i.code.startswith("T3")]
    structure = structure_of("2021", identities)
    rng = random.Random(f"4 {seed} {size}")
    cells = dict(cases.table3(edition, rng, size))
    cases.mistype(rng, cells, 4, filled=False)
    broken = {
        n: r for n, i in enumerate(identities)
        if (r := sum(k * cells[c] for c, k in i.coefficients.items()) + i.constant)
    }  # fmt: skip
    judge = Judge(structure, [cells[cell] for cell in structure.cells], frozenset(), {})
    short, whole = (search(structure, [(judge, broken, None)], limit) for limit in (2_000, 16_000))
    assert (short.cut_short, whole.cut_short) == (True, False)
    assert short.solutions[0].uses == whole.solutions[0].uses


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
