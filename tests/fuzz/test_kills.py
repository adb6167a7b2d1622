"""Every kind of save survives kill -9; a few moments here, two hundred a kind by hand (:mod:`tests.fuzz.kills`)."""

from __future__ import annotations

import sys

import pytest

from gk_xl.workbook import saving
from tests.fuzz import kills, store_kills

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a child is forked")


OTHERS = [pytest.param(kind, 2, marks=pytest.mark.thorough) for kind in kills.KINDS if kind != "bytes"]


@pytest.mark.parametrize(("kind", "times"), [("bytes", 12), *OTHERS])
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_killed_save_loses_nothing(kind, times):
    tried = kills.attempt(kind, times, seed=7)
    assert tried.kills == times
    assert tried.wrong == []


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_killed_store_keeps_what_was_saved():
    """The desk's store, by hand as often as wanted: ``python -m tests.fuzz.store_kills``."""
    saved, wrong = store_kills.attempt(12, seed=7)
    assert saved
    assert wrong == []


def test_a_save_that_writes_in_place_would_be_found_out(monkeypatch):
    """The judge sees a version kept by writing over the one before: what this test is for."""

    def in_place(target, spare):
        newest = target.with_name(target.name + ".bak")
        with newest.open("wb") as file:
            for byte in target.read_bytes():
                file.write(bytes([byte]))
                file.flush()

    monkeypatch.setattr(saving, "_keep", in_place)
    assert kills.attempt("bytes", 30, seed=3).wrong
