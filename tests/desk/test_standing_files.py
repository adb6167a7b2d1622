"""Which files of a folder that was looked through before are opened: those that stand on their disk otherwise than then."""

from __future__ import annotations

import os
import sqlite3
import sys

import pytest

from gk_xl.desk.gathering import Piece
from gk_xl.desk.store import Store
from tests.desk.test_running import entries, filled

OLD = 1_760_000_000
"""A time long gone, to which files are set back."""


def set_back(folder):
    for path in folder.iterdir():
        os.utime(path, (OLD, OLD))


@pytest.fixture
def few(tmp_path):
    """Return a folder of thirteen filings, two of them in an archive."""
    return filled(tmp_path / "报送", "白")


@pytest.fixture
def opened(monkeypatch):
    """Yield the names of the files whose content was asked for."""
    names = []
    plain = Piece.content
    monkeypatch.setattr(Piece, "content", lambda piece: names.append(piece.name) or plain(piece))
    return names


def test_a_file_that_stands_as_it_did_is_not_even_opened(few, store, opened):
    """Neither is one whose result is no longer known opened more than once."""
    set_back(few)
    first = entries(few, store=Store(store), workers=1)
    assert len(opened) == 13
    opened.clear()
    assert entries(few, store=Store(store), workers=1) == first
    assert opened == []
    with sqlite3.connect(store) as base:
        base.execute("DELETE FROM files")
    assert entries(few, store=Store(store), workers=1) == first
    assert len(opened) == 13


def test_a_file_written_a_moment_ago_is_opened_again(few, store, opened):
    """Another writing in the same moment would leave no trace but in its content."""
    entries(few, store=Store(store), workers=1)
    opened.clear()
    entries(few, store=Store(store), workers=1)
    assert len(opened) == 13


@pytest.mark.parametrize(
    "change",
    [
        lambda path, text: path.write_text(text + " ", encoding="utf-8"),
        lambda path, text: (
            path.with_suffix(".new").write_text(text, encoding="utf-8") and path.with_suffix(".new").replace(path)
        ),
        pytest.param(
            lambda path, text: path.write_text(text, encoding="utf-8"),
            marks=pytest.mark.skipif(
                sys.platform == "win32", reason="Windows tells no time of a change but one that can be set"
            ),
        ),
    ],
    ids=["longer", "another file", "as long"],
)
def test_other_content_is_seen_though_its_time_was_set_back(few, store, opened, change):
    set_back(few)
    path = few / "白山乡.json"
    entries(few, store=Store(store), workers=1)
    opened.clear()
    change(path, path.read_text(encoding="utf-8").replace("2026-01-10", "2026-01-12"))
    os.utime(path, (OLD, OLD))
    entries(few, store=Store(store), workers=1)
    assert opened == ["白山乡.json"]
