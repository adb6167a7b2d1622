"""Delta debugging finds what a failure needs, and stops when its time is up."""

from __future__ import annotations

import time

import pytest

from tests.real_apps.shortest import shortest

LATER = time.monotonic() + 3600


@pytest.mark.parametrize("needed", [{0}, {199}, {3, 150}, {10, 11, 12, 90}])
def test_only_what_is_needed_is_left(needed):
    assert shortest(range(200), needed.issubset, LATER) == sorted(needed)


def test_it_stops_in_time():
    asked = []
    assert shortest(range(50), lambda some: bool(asked.append(some)) or {7, 40} <= set(some), 0) == list(range(50))
    assert not asked
