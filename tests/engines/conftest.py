"""One application an engine for the whole suite, and a record of every member that xlwings called in it."""

from __future__ import annotations

import datetime as dt
import inspect
import sys

import pytest
import xlwings as xw

from gk_xl.engines import coverage, libreoffice, openpyxl
from gk_xl.engines.core.errors import EngineError
from gk_xl.engines.libreoffice.process import find_soffice, load_uno
from gk_xl.workbook.build import build_template

ENGINES = ["openpyxl", pytest.param("libreoffice", marks=pytest.mark.application)]
ENGINES += ["excel"] if "excel" in [engine.name for engine in xw.engines] else []
PROOF = "test_every_member_that_counts_was_called"
proven: set[tuple[str, str, str]] = set()
"""Engine, class and member of every call that came back."""


def pytest_collection_modifyitems(items):
    """The proof that everything was called comes when everything has been."""
    items.sort(key=lambda item: item.name.startswith(PROOF))


def when(*parts: int) -> dt.datetime:
    """Return a date and time; spreadsheets know no time zones."""
    return dt.datetime(*parts)  # noqa: DTZ001


def start(name: str):
    """Return an application of an engine; skipped with the reason where there is none."""
    if name == "openpyxl":
        openpyxl.register()
    elif name == "libreoffice":
        try:
            find_soffice()
            load_uno()
        except EngineError as error:
            pytest.skip(str(error))
        libreoffice.register()
    else:
        xw.engines["excel"].activate()
    return xw.App(visible=False, add_book=False)


def record(engine: str, name: str, cls: type) -> None:
    """Note the members of a class that are read, called or set from outside of the engines, when that worked."""
    known = set(coverage.members(name)[0])

    def from_outside() -> bool:
        return not sys._getframe(2).f_globals["__name__"].startswith("gk_xl.engines")

    def called(member, function):
        def call(*arguments, **options):
            found = function(*arguments, **options)
            proven.add((engine, name, member))
            return found

        return call

    def get(self, member):
        found = object.__getattribute__(self, member)
        if member not in known or not from_outside():
            return found
        if inspect.ismethod(found):
            return called(member, found)
        proven.add((engine, name, member))
        return found

    def put(self, member, value):
        object.__setattr__(self, member, value)
        if member in known and from_outside():
            proven.add((engine, name, member))

    cls.__getattribute__, cls.__setattr__ = get, put
    for member in known & coverage.SPECIAL:
        if coverage.standing(cls, member) == "covered":
            setattr(cls, member, called(member, getattr(cls, member)))


@pytest.fixture(scope="session")
def apps():
    for engine in coverage.ENGINES:
        for name, cls in coverage.classes(engine).items():
            record(engine, name, cls)
    started: dict[str, xw.App] = {}
    yield started
    for app in started.values():
        app.quit()


@pytest.fixture(params=ENGINES)
def app(apps, request):
    return running(apps, request.param)


def running(apps: dict[str, xw.App], name: str) -> xw.App:
    """Return the application of an engine; one that is gone fails its own test and is started anew for the next."""
    if name == "libreoffice" and name in apps and apps[name].impl.office.process.poll() is not None:
        del apps[name]
    if name not in apps:
        apps[name] = start(name)
    xw.engines[name].activate()
    return apps[name]


@pytest.fixture
def office(apps):
    """Yield LibreOffice alone, for what a closed file cannot do."""
    return running(apps, "libreoffice")


@pytest.fixture
def book(app):
    made = app.books.add()
    yield made
    made.close()


@pytest.fixture
def sheet(book):
    return book.sheets[0]


@pytest.fixture
def ours(app, tmp_path):
    """Yield the template, opened; protected as it is handed out."""
    path = tmp_path / "年报.xlsx"
    path.write_bytes(build_template())
    opened = app.books.open(str(path))
    yield opened
    opened.close()


def is_closed_file(app) -> bool:
    return app.engine.name == "openpyxl"
