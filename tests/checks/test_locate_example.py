"""The worked example of gk_xl/checks/locate/README.md, worked out again."""

from __future__ import annotations

import re

import pytest

from gk_xl.checks.binding import identities
from gk_xl.checks.identity import Identity
from gk_xl.checks.locate import describe, locate
from gk_xl.checks.locate.classes import explanations
from gk_xl.checks.locate.likelihood import SLIP, slip
from gk_xl.checks.locate.lines import line_slips
from gk_xl.checks.locate.prices import Prices
from gk_xl.checks.locate.run import LIMIT_OF_STEPS, _decidable, _judge, _residuals
from gk_xl.checks.locate.search import MARGIN, search
from gk_xl.checks.locate.structure import structure_of
from gk_xl.form.load import load_edition
from tests.conftest import ROOT
from tests.filings import whole

CELL = "t3.granted.natural_person"
PAGE = re.sub(r"\s+", " ", (ROOT / "gk_xl" / "checks" / "locate" / "README.md").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def typed():
    """The identities of 表三, and its cells with 21 in place of 12."""
    known = [Identity(i.rule.code, c) for i, c in identities("2021") if next(iter(c)).startswith("t3")]
    cells = whole("2021").cells
    more = 12 - cells[CELL]
    rows = ("granted", "outcome_total", "received_new")
    right = {
        cell: value + more if cell in {CELL, *(f"t3.{row}.total" for row in rows)}
        or cell in {f"t3.{row}.natural_person" for row in rows[1:]} else value
        for cell, value in cells.items()
    }  # fmt: skip
    assert not _residuals(right, known)
    return known, {**right, CELL: 21}


def test_the_page_says_what_the_modules_find(typed):
    known, cells = typed
    usable, blanks = _decidable(cells, known)
    residuals = _residuals(cells, usable)
    structure = structure_of("2021", usable)
    assert f"Of the {len(usable)} identities of the table ({len(structure.cells)} cells), two" in PAGE
    for node, off in residuals.items():
        assert re.search(rf"\| {node} \({usable[node].code}\) \|[^|]+\| {off} \|", PAGE)

    (pattern,) = (one for one in structure.patterns if structure.numbers[CELL] in one.slips)
    assert f"There are {len(structure.patterns)}. Pattern {pattern.number} has one event" in PAGE
    assert (len(pattern.events), {node for node, _ in pattern.effect}) == (1, residuals.keys())

    judge = _judge(structure, cells, blanks, ())
    cost = SLIP + slip(21, 12).cost
    assert f"mistyped: {SLIP}." in PAGE
    assert f"swapped: {slip(21, 12).cost:.2f} more. Pattern {pattern.number} with the amount 9 costs {cost:.2f}" in PAGE
    assert line_slips(structure, [identity.code for identity in usable], judge, residuals) == []

    prices = Prices(structure, judge, residuals)
    each = {round(prices.whole[node], 2) for node in residuals}
    assert f"{each.pop():.2f} each, {sum(prices.whole[node] for node in residuals):.2f} together" in PAGE
    assert f"the best found and {MARGIN} (" in PAGE

    (solution,) = search(structure, [(judge, residuals, None)], LIMIT_OF_STEPS).solutions
    assert (solution.uses, round(solution.cost, 2)) == (((pattern, 9),), round(cost, 2))
    (explanation,) = explanations(judge.found, [solution]).explanations
    assert (explanation.chance, explanation.twins) == (1.0, False)


def test_the_clerk_reads_the_sentence_of_the_page(typed):
    known, cells = typed
    edition = load_edition("2021")
    (suspect,) = locate(edition, cells, known).suspects
    assert suspect.unique
    assert f"> {describe(edition, suspect)}" in PAGE
