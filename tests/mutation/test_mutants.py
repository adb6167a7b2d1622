"""The mutants that the run makes, and the list of those that change nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.mutation.mutants import mutants
from tests.mutation.run import ROOT, watched

SOURCE = '''
"""Text."""
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    import os
LEAST = 3

def grown(values: list[int], most: int | None) -> int:
    """Text."""
    total = 0
    for value in [one for one in values if one]:
        if value > LEAST and not isinstance(value, int | float):
            continue
        total += value
        print(f"{total}")
    return total
'''


def test_every_small_change_is_made_once():
    """Comparison, boundary, number, logic, arithmetic, what is returned, dropped calls; no type, no text."""
    made = {mutant.name for mutant in mutants(SOURCE, "source.py")}
    assert made == {
        "module: 3 → 4",
        "grown: 0 → 1",
        "grown: for one in values if one → for one in values",
        (
            "grown: value > LEAST and (not isinstance(value, int | float)) → "
            "value > LEAST or not isinstance(value, int | float)"
        ),
        "grown: value > LEAST → value >= LEAST",
        "grown: value > LEAST → value <= LEAST",
        "grown: not isinstance(value, int | float) → isinstance(value, int | float)",
        "grown: continue → break",
        "grown: total += value → total -= value",
        "grown: print(f'{total}') → pass",
        "grown: return total → return None",
        (
            "grown: if value > LEAST and (not isinstance(value, int | float)): continue → "
            "if not (value > LEAST and (not isinstance(value, int | float))): continue"
        ),
    }


def test_a_mutant_runs_as_it_says():
    """The code is the module's with the one change."""
    (boundary,) = (one for one in mutants("def over(n): return n > 3\n", "m.py") if one.now == "n >= 3")
    space: dict = {}
    exec(boundary.code, space)
    assert space["over"](3) is True


@pytest.mark.parametrize("module", watched(), ids=lambda module: module.name)
def test_what_is_said_to_change_nothing_still_stands_in_the_code(module):
    """A line of modules.toml that names no mutant any more goes."""
    assert set(module.same) <= {mutant.name for mutant in module.mutants(compiled=False)}


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform == "win32", reason="a mutant is a fork")
def test_the_run_itself_runs():
    """The command as CONTRIBUTING gives it finds that a test of the language kills a mutant of it."""
    command = [sys.executable, "-m", "tests.mutation", "expression", "--only", "tokens", "--most", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=500)
    assert (done.returncode, done.stderr) == (0, "")
    assert "expression: 1 of 1 killed (100%)" in done.stdout
