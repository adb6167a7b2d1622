"""Some seconds of mutants of every kind; by hand as many as wanted: ``python -m tests.fuzz.run workbooks 20000``."""

from __future__ import annotations

import os
import time

import pytest

from tests.fuzz.kinds import KINDS
from tests.fuzz.run import SLOWEST, Tally, one

pytestmark = pytest.mark.thorough
SECONDS = float(os.environ.get("GK_XL_FUZZ_SECONDS", "4"))


@pytest.mark.parametrize("kind", KINDS)
def test_mutants_are_refused_in_a_sentence_or_right(kind, tmp_path):
    """No exception that nobody foresaw, nothing that takes long, and what is written of them can be read by us."""
    tally, end, number = Tally(), time.process_time() + SECONDS, 0
    while time.process_time() < end:
        one(kind, number, tmp_path, tally)
        number += 1
    assert tally.cases > 5
    assert not tally.faults, tally.examples
    assert tally.slowest < SLOWEST
