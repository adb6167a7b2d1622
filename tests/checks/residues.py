"""Tables for the tests of naming a wrong cell, and what their sums are off by."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from gk_xl.form.load import edition_ids

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


def group(edition, **values):
    return {**zeros(edition), **{f"t4.reconsideration.{column}": value for column, value in values.items()}}


def residuals_of(identities, cells):
    """Return the decided identities that are broken."""
    decided = [i for i in identities if all(isinstance(cells.get(c), int) for c in i.coefficients)]
    return residuals(decided, cells)
