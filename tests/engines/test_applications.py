"""Applications, the books that are open in them, and what stands beneath each object."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
import xlwings as xw

from gk_xl.engines import coverage
from gk_xl.engines.core.errors import EngineError, Refusal
from tests.engines.conftest import is_closed_file


def test_applications_are_found_by_their_process(app):
    """By number and as a list; an unknown process is a KeyError."""
    found = app.engine.apps
    assert app.pid in list(found.keys())
    assert found[app.pid] == app
    assert len(found) == len(list(found))
    with pytest.raises(KeyError):
        found.impl[-1]


def test_an_application_ends(app, monkeypatch):
    """Asked to, or at once; all that a program started end together. What others opened stays open."""
    other = xw.App(visible=False, add_book=True)
    other.books[0].sheets[0]["A1"].value = 1
    other.quit()
    assert other.impl not in app.engine.apps.impl.running
    other = xw.App(visible=False, add_book=False)
    process = None if is_closed_file(app) else other.impl.office.process
    other.kill()
    assert process is None or process.poll() is not None
    ended = []
    running = coverage.classes(app.engine.name)["Apps"]
    monkeypatch.setattr(running, "running", [SimpleNamespace(quit=lambda: ended.append(1))] * 2)
    running().cleanup()
    assert ended == [1, 1]


def test_switches_of_an_application(app, book):
    """What a program switches off while it writes, and on again."""
    for name in ("enable_events", "interactive", "screen_updating", "display_alerts"):
        with app.properties(**{name: False}):
            assert getattr(app, name) is False
        assert getattr(app, name) is True
    app.visible = False
    assert app.visible is False
    assert app.calculation in ("automatic", "manual")
    assert app.version.major >= 0


def test_the_bar_below_the_window(app, book):
    """What a program tells there is kept until it gives the bar back; it stands below the book in front."""
    assert app.status_bar is False
    app.status_bar = "正在校验"
    assert app.status_bar == "正在校验"
    app.status_bar = False
    assert app.status_bar is False


def test_a_bar_wants_a_window(app):
    """Without a book an application has no window: the refusal says so. A closed file has none to miss."""
    assert not len(app.books)
    if is_closed_file(app):
        app.status_bar = False
    else:
        with pytest.raises(EngineError) as refused:
            app.status_bar = "正在校验"
        assert refused.value.refusal is Refusal.NO_BOOK


def test_the_active_book_and_sheet(app, book):
    """The last one opened is in front; a sheet that is selected is the active one."""
    assert app.books.active == book
    second = book.sheets.add("二", after=book.sheets[0])
    second.select()
    assert book.sheets.active == second
    assert len(book.names) == len(book.names.impl) == 0


def test_beneath_each_object_lies_the_applications_own(app, book):
    """``api`` leads to it."""
    sheet = book.sheets[0]
    for thing in (book, book.sheets, book.names, sheet, sheet["A1"], sheet["A1"].font, sheet.page_setup):
        assert thing.api is not None
    if not is_closed_file(app):
        assert app.api is not None
        assert app.books.api is not None


def test_where_an_application_lies(app):
    """Its program, or what stands for it, is a folder that is there."""
    assert Path(app.path).is_dir()
