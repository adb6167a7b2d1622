"""The workbook calculates alike everywhere: every formula of so many fillings in four spreadsheet engines.

500 in LibreOffice, which clerks use, and in the quickest; 200 in the two that take minutes for them. ``GK_XL_FILLINGS``
takes as many in all.
"""

from __future__ import annotations

import os
from contextlib import closing

import pytest

from gk_xl.workbook.build import build_workbook
from tests.real_apps.live.engines import Gnumeric, HyperFormula, IronCalc, LibreOffice
from tests.real_apps.live.fillings import EDITIONS, blank, differences, filled
from tests.real_apps.live.moves import moves

FILLINGS = int(os.environ.get("GK_XL_FILLINGS", "500"))
SLOW = int(os.environ.get("GK_XL_FILLINGS", "200"))
QUICK = 12
application = pytest.mark.application


def agree(edition_id: str, engine, count: int) -> None:
    """Assert that copies, entries, verdicts, sums, differences, levels and sentences are worth what Python says."""
    tried = filled(edition_id, count, 20)
    asked, seen = list(tried[0].worth), 0
    for one, found in zip(tried, engine.all([one.typed for one in tried], asked), strict=True):
        assert differences(one.worth, found) == [], one.filing.dumps()
        seen += 1
    assert seen == count


@pytest.mark.parametrize("edition_id", EDITIONS)
@pytest.mark.parametrize("count", [QUICK, pytest.param(FILLINGS, marks=application)])
def test_ironcalc_agrees(edition_id, count):
    """IronCalc: a few fillings each day, all where applications are."""
    agree(edition_id, IronCalc(edition_id), count)


@application
@pytest.mark.parametrize("edition_id", EDITIONS)
def test_libreoffice_agrees(opened, edition_id):
    """LibreOffice."""
    agree(edition_id, LibreOffice(opened(build_workbook(blank(edition_id)))), FILLINGS)


@application
@pytest.mark.parametrize("edition_id", EDITIONS)
def test_hyperformula_agrees(edition_id):
    """HyperFormula."""
    with closing(HyperFormula(edition_id)) as engine:
        agree(edition_id, engine, SLOW)


@application
@pytest.mark.parametrize("edition_id", EDITIONS)
def test_gnumeric_agrees(edition_id):
    """Gnumeric."""
    agree(edition_id, Gnumeric(edition_id), SLOW)


@pytest.mark.parametrize("edition_id", EDITIONS)
def test_another_filling_gives_other_values(edition_id):
    """The comparison bites: what an engine makes of the next filling is never taken for this one's."""
    tried = filled(edition_id, QUICK, 20)
    asked = list(tried[0].worth)
    found = IronCalc(edition_id).all([one.typed for one in tried[1:]], asked)
    assert all(differences(one.worth, other) for one, other in zip(tried, found, strict=False))


@application
@pytest.mark.parametrize("edition_id", EDITIONS)
def test_moved_inputs_bend_nothing(edition_id):
    """Inputs moved onto others in HyperFormula: every formula still reads by place."""
    with closing(HyperFormula(edition_id)) as engine:
        engine.ask({"moves": [(s.sheet, s.row, s.column, t.row, t.column) for s, t in moves(edition_id, seed=3)]})
        agree(edition_id, engine, QUICK)
