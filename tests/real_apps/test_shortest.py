"""Delta debugging finds what a failure needs, and stops when its time is up."""

from __future__ import annotations

import time

import pytest

from tests.real_apps import test_random_walk
from tests.real_apps.shortest import shortest
from tests.real_apps.walker import GONE

LATER = time.monotonic() + 3600


@pytest.mark.parametrize("needed", [{0}, {199}, {3, 150}, {10, 11, 12, 90}])
def test_only_what_is_needed_is_left(needed):
    assert shortest(range(200), needed.issubset, LATER) == sorted(needed)


def test_it_stops_in_time():
    asked = []
    assert shortest(range(50), lambda some: bool(asked.append(some)) or {7, 40} <= set(some), 0) == list(range(50))
    assert not asked


@pytest.mark.parametrize(
    ("stack", "again", "told"),
    [
        ("ScTabViewShell::Notify", False, True), ("ScTabViewShell::Notify", True, True),
        ("_ZN11Application17GetTopWindowCountEv", False, False), ("_ZN11Application17GetTopWindowCountEv", True, True),
    ],
)  # fmt: skip
def test_what_the_walkers_own_question_ended_is_walked_again(stack, again, told, monkeypatch):
    """LibreOffice gone is a fault at once; gone while it counted its windows for the walker, once is noted, twice a fault."""
    fault, noted = f"step 3 turn: {GONE}: exit code 134 {stack}", []
    monkeypatch.setattr(test_random_walk, "fault", lambda steps: fault if again and len(steps) == 4 else "")
    assert test_random_walk.lasting([None] * 9, fault, lambda *what: noted.append(what)) == (fault if told else "")
    assert noted == ([] if told else [("once", fault)])
