"""The rule language: read, evaluated with three verdicts, printed for Excel."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_xl.checks.expression import Operation, Ref, bind, evaluate, excel_verdict, linear, mentions, parse
from gk_xl.errors import BadExpression, UnknownCell
from gk_xl.form.load import load_edition

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


def test_neighbours_print_as_ranges():
    """Cells below each other print as one range, so that the formula in the sheet can be read."""
    node = bind(parse("t3.granted.other == sum(t3.refused.*.other)"), EDITION, EDITION)
    rows = {f"t3.{row}.other": number for number, row in enumerate(EDITION.table("t3").rows, start=6)}
    formula = excel_verdict(node, lambda ref: f"I{rows[ref.cell]}")
    assert formula == "IF(COUNT(I8,I10:I17)=9,IF(ABS(I8-SUM(I10:I17))<0.00000055,1,0),-1)"


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
