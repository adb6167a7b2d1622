"""Files on their way to other processes: what a killed run leaves is swept away, what a living one needs stays."""

from __future__ import annotations

import io
import os
import signal
import tempfile
import time
from pathlib import Path

import pytest

from gk_xl.checks.run import joined
from gk_xl.checks.text_rules.content.sketches import sketches
from gk_xl.desk.aside import Aside
from gk_xl.desk.context import Context
from gk_xl.desk.examining import Task, examine
from gk_xl.desk.gathering import Piece
from gk_xl.desk.packing import unpack
from gk_xl.desk.running import Run
from gk_xl.desk.spool import HALF_MADE, LOCK, PREFIX, TOGETHER, Shelf, spool
from tests.desk.test_desk import RIGHT, WRONG

pytestmark = pytest.mark.skipif(os.name == "nt", reason="killed by a signal")


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def owner(place):
    """Return a process that holds a folder, and the folder."""
    process = os.fork()
    if not process:
        with spool() as folder:
            Path(folder, "年报").write_bytes(b"1")
            signal.pause()
        os._exit(0)
    while not (found := list(place.glob(f"{PREFIX}*/年报"))):
        time.sleep(0.01)
    return process, found[0].parent


def test_what_a_killed_run_has_left_is_swept_and_what_lives_stays(place):
    process, folder = owner(place)
    assert folder.stat().st_mode & 0o777 == 0o700
    with spool() as mine:
        assert folder.exists()
        assert Path(mine).exists()
    assert not Path(mine).exists()
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    assert (folder / "年报").exists()
    with spool():
        assert not folder.exists()
    assert not list(place.iterdir())


def test_a_folder_that_is_just_being_made_stays_and_a_foreign_one_too(place):
    made, foreign, link = place / f"{PREFIX}1", place / "gk_xl", place / f"{PREFIX}2"
    made.mkdir()
    foreign.mkdir()
    (foreign / LOCK).touch()
    link.symlink_to(foreign)
    with spool():
        assert made.exists()
    os.utime(made, (time.time() - 2 * HALF_MADE,) * 2)
    with spool():
        assert not made.exists()
    assert (foreign / LOCK).exists()


def test_what_is_laid_aside_comes_back_in_any_order():
    shelf = Shelf()
    texts = [b"", "年报".encode(), b"x" * (TOGETHER + 1), b"y", b"z" * TOGETHER, b"last"]
    places = [shelf.put(text) for text in texts]
    again = [shelf.get(place, len(text)) for place, text in reversed([*zip(places, texts, strict=True)])]
    assert again == texts[::-1]
    assert shelf.get(places[2] + 5, 7) == b"x" * 7


@pytest.mark.parametrize("refused", ["made", "written"])
def test_what_a_disk_does_not_take_stays_in_memory(monkeypatch, refused):
    class Full(io.BytesIO):
        def write(self, _):
            raise OSError(28, "No space left on device")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full if refused == "made" else Full)
    shelf = Shelf()
    places = [shelf.put(bytes([number]) * TOGETHER) for number in range(3)]
    assert [shelf.get(place, 2) for place in places] == [b"\0\0", b"\1\1", b"\2\2"]


def test_sketches_that_are_laid_aside_are_the_same():
    known = [sketches(filing) for filing in (RIGHT, WRONG)]
    shelf = Shelf()
    aside = [Aside(texts, shelf) for texts in known]
    for texts, found in zip(known, aside, strict=True):
        assert len(found) == len(texts) == 2
        for text, again in zip(texts, found, strict=True):
            assert again[:3] == text[:3]
            assert again.kinds == text.kinds
            assert again.text == text.text
        assert found[:1][0].clauses == texts[0].clauses
        with pytest.raises(IndexError):
            found[2]
    assert [part.clauses for part in Aside(aside[1], Shelf())] == [part.clauses for part in known[1]]


def test_a_file_laid_aside_says_what_it_said(tmp_path):
    """Text, findings, lines and counts, those with a finding that only several files tell among them."""
    (tmp_path / "错.json").write_text(WRONG.dumps(), encoding="utf-8")
    run = Run(Context(), workers=1)
    ((_, found),) = run.entries([Piece(tmp_path / "错.json")])
    plain = unpack(examine([Task("错.json", WRONG.dumps().encode())], Context())[0], Context())
    assert found.filing == plain.filing
    assert dict(found.filing.narrative) == dict(WRONG.narrative)
    assert found.filing.dumps() == plain.filing.dumps()
    assert found.result.findings == plain.result.findings
    assert found.result.findings[:2] == plain.result.findings[:2]
    assert found.lines == plain.lines
    assert found.lines != plain.lines[1:]
    assert (found.result.counts, found.outcome) == (plain.result.counts, plain.outcome)
    more = joined(found.result, found.filing, plain.result.findings[:1])
    assert sum(more.counts.values()) == sum(plain.result.counts.values()) + 1


def test_what_the_tables_need_of_a_file_is_held_without_its_text(tmp_path):
    """The sketches are the same, and lie on the shelf."""
    (tmp_path / "错.json").write_text(WRONG.dumps(), encoding="utf-8")
    run = Run(Context(), workers=1, whole=False)
    ((_, found),) = run.entries([Piece(tmp_path / "错.json")])
    assert isinstance(found.texts, Aside)
    assert [text.text for text in found.texts] == [text.text for text in sketches(WRONG)]
