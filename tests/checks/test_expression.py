"""The rule language: read, evaluated with three verdicts, printed for Excel."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_xl.checks.expression import (
    Entry,
    Operation,
    Ref,
    Sum,
    bind,
    evaluate,
    excel,
    excel_verdict,
    fits,
    linear,
    mentions,
    parse,
)  # fmt: skip
from gk_xl.errors import BadExpression, UnknownCell
from gk_xl.form.load import load_edition
from gk_xl.form.schema import ValueKind

EDITION = load_edition("2021")


def verdict(text, cells):
    """Evaluate an expression over some cells, the others blank."""
    node = bind(parse(text), EDITION, EDITION)
    numbers = {name: value for name, value in cells.items() if not isinstance(value, str)}
    return evaluate(node, numbers)


G, P, T = "t3.granted.other", "t3.partial.other", "t3.granted.total"


@pytest.mark.parametrize(
    ("text", "cells", "wanted"),
    [
        (f"{G} == {P}", {G: 1, P: 1}, True),
        (f"{G} == {P}", {G: 1, P: 2}, False),
        (f"{G} == {P}", {G: 1}, None),
        (f"{G} == {P}", {G: 1, P: "1"}, None),
        (f"{G} + {P} * 2 - 1 >= 2", {G: 1, P: 1}, True),
        (f"{G} == 0.3", {G: 0.1 + 0.2}, True),
        (f"not ({G} > 0 and {P} > 0)", {G: 1, P: 0}, True),
        (f"{G} == 0 or {P} == 0", {G: 1, P: 0}, True),
        (f"{G} == 0 or {P} == 0", {P: 0}, None),
        (f"{G} == last.{G}", {G: 1, f"last.{G}": 1}, True),
        ("sum(t3.refused.*.other) == 8", {f"t3.{row}.other": 1 for row in EDITION.table("t3").rows}, True),
        ("sum(t3.otherwise*.other) == 3", {f"t3.{row}.other": 1 for row in EDITION.table("t3").rows}, True),
        (f"entry({G})", {}, False),
        (f"entry({G})", {G: "12"}, False),
        (f"entry({G})", {G: 1.5}, False),
        (f"entry({G})", {G: -1}, False),
        (f"entry({G})", {G: 0}, True),
        ("entry(t2.admin_fee.amount)", {"t2.admin_fee.amount": 1.5}, True),
    ],
)
def test_three_verdicts(text, cells, wanted):
    """A rule holds, is broken, or is undecided over a blank or a text; only entry() decides about blanks."""
    assert verdict(text, cells) is wanted


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 0),
        ("t3.a ==", 7),
        ("t3.a == (1", 10),
        ("t3.a ? 1", 4),
        ("t3.a == 1 2", 10),
        ("t3.*.x == 1", 0),
        ("sum(1)", 4),
    ],
)
def test_a_bad_expression_says_where(text, position):
    """The error carries the character where reading stopped."""
    with pytest.raises(BadExpression) as error:
        parse(text)
    assert error.value.position == position


def test_a_name_that_is_no_cell_is_refused():
    """Binding to an edition refuses what the edition does not have."""
    for text in ("t3.granted.nobody == 0", "sum(t3.nothing.*.total) == 0", "entry(t9.a.b)"):
        with pytest.raises(UnknownCell):
            bind(parse(text), EDITION, EDITION)


def test_mentions_come_in_order_and_once():
    """The first cell mentioned is where a finding points."""
    node = bind(parse(f"{T} == {G} + {P} + {G}"), EDITION, EDITION)
    assert mentions(node) == (Ref(T), Ref(G), Ref(P))


def test_linear_coefficients():
    """left − right, cell by cell; anything but sums has none."""
    assert linear(bind(parse(f"{T} == {G} - {P}"), EDITION, EDITION)) == {Ref(T): 1, Ref(G): -1, Ref(P): 1}
    for text in (f"{T} >= {G}", f"{T} == {G} * 2", f"{T} == 3"):
        assert linear(bind(parse(text), EDITION, EDITION)) is None


@pytest.mark.parametrize("edition_id", ["2019", "2021"])
def test_groups_are_the_rows_above_a_total_one_group_after_the_other(edition_id):
    """Of the outcomes of both forms, spelled out; a total with nothing under its heading has none."""
    edition = load_edition(edition_id)
    listed = "t3.granted.other + t3.partial.other + " + " + ".join(
        f"sum(t3.{group}.other)" for group in ("refused.*", "unavailable.*", "not_processed.*", "otherwise*")
    )
    found, wanted = (
        bind(parse(f"t3.outcome_total.other == {side}"), edition, edition)
        for side in ("groups(t3.outcome_total.other)", listed)
    )
    assert excel(found, lambda ref: ref.cell) == excel(wanted, lambda ref: ref.cell)
    assert (mentions(found), linear(found)) == (mentions(wanted), linear(wanted))
    numbers = {cell: number / 10 for number, cell in enumerate(edition.cells, start=1)}
    sides = [evaluate(node.operands[1], numbers) for node in (found, wanted)]
    assert sides[0] == sides[1]
    with pytest.raises(UnknownCell):
        bind(parse("groups(t3.received_new.other)"), edition, edition)


def test_neighbours_print_as_ranges():
    """Cells below each other print as one range, so that the formula in the sheet can be read."""
    node = bind(parse("t3.granted.other == sum(t3.refused.*.other)"), EDITION, EDITION)
    rows = {f"t3.{row}.other": number for number, row in enumerate(EDITION.table("t3").rows, start=6)}
    formula = excel_verdict(node, lambda ref: f"I{rows[ref.cell]}")
    assert formula == "IF(COUNT(I8,I10:I17)=9,IF(ABS(I8-SUM(I10:I17))<0.00000055,1,0),-1)"


COLUMNS = {"t3.granted.total": "J8", "t3.granted.other": "I8", "t3.partial.other": "I9", "t2.admin_fee.amount": "F4"}


def printed(text, at=COLUMNS):
    """The formula of an expression, each cell at its address, last year's on another sheet."""
    node = bind(parse(text), EDITION, EDITION)
    return excel(node, lambda ref: f"'上年'!$B${at[ref.cell][1:]}" if ref.last else at[ref.cell])


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        (f"{G} == {P}", "ABS(I8-I9)<0.00000055"),
        (f"{G} <= {P}", "I8-I9<0.00000055"),
        (f"{G} >= {P}", "I8-I9>-0.00000055"),
        (f"{G} < {P}", "I8-I9<=-0.00000055"),
        (f"{G} > {P}", "I8-I9>=0.00000055"),
        (f"{G} + {P} == 12.5", "ABS(I8+I9-12.5)<0.00000055"),
        (f"{G} - {P} == {T} - 1", "ABS(I8-I9-(J8-1))<0.00000055"),
        (f"{G} - {P} + {T} > 0", "I8-I9+J8-0>=0.00000055"),
        (f"{G} - ({P} + {T}) > 0", "I8-(I9+J8)-0>=0.00000055"),
        (f"{G} * 2 > {P}", "(I8*2)-I9>=0.00000055"),
        (f"not {G} > 0", "NOT(I8-0>=0.00000055)"),
        (f"{G} > 0 and {P} > 0 or {T} > 0", "OR(AND(I8-0>=0.00000055,I9-0>=0.00000055),J8-0>=0.00000055)"),
        (f"entry({G})", "AND(ISNUMBER(I8),SUM(I8)>=0,SUM(I8)=INT(SUM(I8)))"),
        ("entry(t2.admin_fee.amount)", "AND(ISNUMBER(F4),SUM(F4)>=0)"),
        (f"{G} == last.{G}", "ABS(I8-'上年'!$B$8)<0.00000055"),
    ],
)
def test_each_sign_as_excel_writes_it(text, formula):
    """Without a bracket too many, so that a clerk who clicks on it can read it."""
    assert printed(text) == formula


def test_what_may_be_negative_is_asked_for_a_whole_number_only():
    """A signed cell is whatever whole number."""
    signed = next((cell.id for cell in EDITION.cells.values() if cell.kind is ValueKind.SIGNED), None)
    node = Entry(Ref(signed or "t9.change"), ValueKind.SIGNED)
    assert excel(node, lambda ref: "B2") == "AND(ISNUMBER(B2),SUM(B2)=INT(SUM(B2)))"


@pytest.mark.parametrize(
    ("places", "formula"),
    [
        (["I8", "I9", "J10"], "SUM(I8:I9,J10)"),  # another column
        (["I8", "I10", "I11"], "SUM(I8,I10:I11)"),  # a gap
        (["$I$8", "$I$9", "$I$10"], "SUM($I$8:$I$10)"),
        (["'三'!I8", "'三'!I9", "'四'!I10"], "SUM('三'!I8:I9,'四'!I10)"),  # another sheet
        (["I9", "I8"], "SUM(I9,I8)"),  # upwards is no neighbour
        (["名", "I8"], "SUM(名,I8)"),  # a name is no address
    ],
)
def test_neighbours_are_cells_right_below_each_other(places, formula):
    """One range for what follows down a column of one sheet; the rest is named alone."""
    refs = tuple(Ref(str(number)) for number in range(len(places)))
    node = Sum("x", refs, tuple(ref.name for ref in refs))
    assert excel(node, lambda ref: places[int(ref.cell)]) == formula


def test_a_verdict_is_guarded_by_the_cells_it_needs():
    """1, 0, or -1 while a cell is blank; what asks about the blank itself, or mentions no cell, is always decided."""
    at = COLUMNS.__getitem__
    guarded = bind(parse(f"{G} == {P}"), EDITION, EDITION)
    assert excel_verdict(guarded, lambda ref: at(ref.cell)) == (
        "IF(COUNT(I8:I9)=2,IF(ABS(I8-I9)<0.00000055,1,0),-1)"
    )  # fmt: skip
    entry = bind(parse(f"entry({G})"), EDITION, EDITION)
    assert excel_verdict(entry, lambda ref: at(ref.cell)).startswith("IF(AND(ISNUMBER(I8)")
    assert excel_verdict(parse("1 == 1"), str) == "IF(ABS(1-1)<0.00000055,1,0)"


@pytest.mark.parametrize(
    ("value", "count", "amount", "signed"),
    [
        (0, True, True, True), (3, True, True, True), (-1, False, False, True), (1.0, True, True, True),
        (0.5, False, True, False), (-0.5, False, False, False), (-2.0, False, False, True),
        (0.0, True, True, True), (float("nan"), False, False, False), (float("inf"), False, False, False),
        (None, False, False, False), ("3", False, False, False), ("", False, False, False),
    ],
)  # fmt: skip
def test_what_each_kind_of_cell_may_hold(value, count, amount, signed):
    """A count: a whole number from 0; an amount: any number from 0; a signed one: any whole number."""
    kinds = (ValueKind.COUNT, ValueKind.AMOUNT, ValueKind.SIGNED)
    assert [fits(value, kind) for kind in kinds] == [count, amount, signed]


@pytest.mark.parametrize(("apart", "equal"), [(5e-7, True), (6e-7, False)])
@pytest.mark.parametrize("sign", [1, -1])
def test_two_sides_are_equal_when_six_places_show_no_difference(apart, equal, sign):
    """… and then neither is the larger one."""
    cells = {G: 1.0, P: 1.0 + sign * apart}
    assert verdict(f"{G} == {P}", cells) is equal
    assert verdict(f"{G} < {P}", cells) is (not equal and sign > 0)
    assert verdict(f"{G} > {P}", cells) is (not equal and sign < 0)
    assert verdict(f"{G} <= {P}", cells) is (equal or sign > 0)
    assert verdict(f"{G} >= {P}", cells) is (equal or sign < 0)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("10 - 3 - 2", 5),
        ("1 == 1 and 1 == 2 or 1 == 1", True),
        ("not 1 == 2 and 1 == 1", True),
        ("not not 1 == 1", True),
        ("1.5 * 2", 3.0),
    ],
)
def test_signs_bind_as_in_arithmetic(text, value):
    """Times before plus, from the left, comparison before not, and before or."""
    assert evaluate(parse(text), {}) == value


def test_literals_keep_their_kind():
    """A whole number is an int, so that a message prints 3 and not 3.0."""
    assert type(parse("3").value) is int
    assert type(parse("3.5").value) is float


def test_parts_leave_totals_out_and_a_pattern_takes_them_in():
    """parts() is what a total must be."""
    every, parts = (bind(parse(text), EDITION, EDITION) for text in ("sum(t3.granted.*)", "parts(t3.granted.*)"))
    assert Ref(T) in every.refs
    assert Ref(T) not in parts.refs
    assert len(every.refs) == len(parts.refs) + len(EDITION.table("t3").total_columns)
    assert not parse("sum(t3.granted.*)").parts
    assert not parse(T).parts


def test_names_of_a_sum_are_those_added_one_after_the_other():
    """(a + b) + c is one sum; a + (b + c) and what has several cells on the right is not."""
    assert bind(parse(f"{G} + {P} + {T}"), EDITION, EDITION).names == (G, P, T)
    assert bind(parse(f"sum(t3.refused.*.other) + {T}"), EDITION, EDITION).names[-1] == T
    for text in (f"{G} + ({P} + {T})", f"{G} + sum(t3.refused.*.other)", f"{G} * 2 + {P}", f"{G} - {P}", f"2 + {G}"):
        assert bind(parse(text), EDITION, EDITION).names == ()
    assert bind(parse(f"{G} == {P}"), EDITION, EDITION).names == ()


def test_last_year_is_asked_of_its_own_edition():
    """A cell that only the earlier form has is known there, and unknown this year."""
    earlier = load_edition("2019")
    only = next(cell for cell in earlier.cells if cell not in EDITION.cells)
    node = bind(parse(f"last.{only} == {G}"), EDITION, earlier)
    assert mentions(node) == (Ref(only, last=True), Ref(G))
    assert mentions(node)[0].name == f"last.{only}"
    for text, form in ((f"{only} == 0", "2021"), (f"last.{G.replace('granted', 'nothing')} == 0", "2019")):
        with pytest.raises(UnknownCell, match=form):
            bind(parse(text), EDITION, earlier)


def test_a_negative_side_of_an_identity_counts_negatively():
    """Differences of differences; a cell on both sides takes itself away."""
    assert linear(bind(parse(f"{T} - ({G} - {P}) == 0 * 1"), EDITION, EDITION)) is None
    assert linear(bind(parse(f"{T} - ({G} - {P}) == {G}"), EDITION, EDITION)) == {Ref(T): 1, Ref(G): -2, Ref(P): 1}
    assert linear(bind(parse(f"{T} == {G} or {T} == {P}"), EDITION, EDITION)) is None
    assert linear(bind(parse(T), EDITION, EDITION)) is None


@pytest.mark.parametrize(
    ("text", "position", "why"),
    [
        (f"{G} == ", len(f"{G} == "), "这里应当是数"), ("t3.a == 1)", 9, "多出了内容"), ("sum(t3.a", 8, r"应当是 \)"),
        ("and == 1", 0, "这里应当是数"), ("sum t3.a", 4, r"应当是 \("), ("t3.a == é", 7, "看不懂"),
    ],
)  # fmt: skip
def test_where_and_why_reading_stopped(text, position, why):
    """The character and the reason."""
    with pytest.raises(BadExpression, match=why) as error:
        parse(text)
    assert error.value.position == position


@pytest.mark.parametrize(
    "text", [f"{G} + {P} + {T}", f"{G} + sum(t3.refused.*.other)", f"sum(t3.refused.*.other) + {G} + {P}"]
)
@given(numbers=st.lists(st.floats(0, 1e6), min_size=40, max_size=40))
def test_a_sum_is_added_up_in_the_order_in_which_it_is_written(text, numbers):
    """The last binary place decides at the edge of a rounding: Python adds up as the formula in the sheet does."""

    def plain(node):
        if isinstance(node, Operation):
            return plain(node.operands[0]) + plain(node.operands[1])
        total = 0
        for name in node.names:
            total += cells[name]
        return total

    node = bind(parse(text), EDITION, EDITION)
    cells = dict(zip((ref.name for ref in mentions(node)), numbers, strict=False))
    assert evaluate(node, cells) == plain(node)
