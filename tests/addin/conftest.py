"""A workbook opened through each face that the buttons see: both engines of ours, through xlwings and without it.

In LibreOffice the face without xlwings, in LibreOffice's own Python, is what clerks use, and what its tests run in
(:mod:`tests.addin.inside`); ``GK_XL_FACES=all`` adds xlwings over LibreOffice.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from zlib import crc32

import pytest
import xlwings as xw

from gk_xl.addin.wording import sentence
from gk_xl.engines import face as faces
from gk_xl.engines import libreoffice, openpyxl
from gk_xl.engines.core.errors import EngineError
from gk_xl.engines.libreoffice.process import find_soffice, load_uno
from gk_xl.workbook.build import build_workbook
from tests.addin import inside

if TYPE_CHECKING:
    from gk_xl.form.filing import Filing

INSIDE = "libreoffice inside"
FACES = ["openpyxl", "openpyxl inside", pytest.param(INSIDE, marks=pytest.mark.application)]
if os.environ.get("GK_XL_FACES") == "all":  # xlwings over each engine is proven in tests/engines; by hand here, too
    FACES.append(pytest.param("libreoffice", marks=pytest.mark.application))

OF_FILES = ("openpyxl", "openpyxl inside")


def pytest_collection_modifyitems(items):
    """Of the two faces of a file, a run for every commit sees one of each test, half of them each; the whole run sees both."""
    for item in items:
        face = getattr(item, "callspec", None) and item.callspec.params.get("opened")
        if face in OF_FILES and OF_FILES.index(face) != crc32(item.nodeid.replace(*reversed(OF_FILES)).encode()) % 2:
            item.add_marker("thorough")


@pytest.fixture(scope="session")
def apps():
    started: dict[str, xw.App | inside.Inside] = {}
    yield started
    for app in started.values():
        app.quit()


def has_libreoffice() -> None:
    """Skip the test with the reason where there is no LibreOffice."""
    try:
        find_soffice()
        load_uno()
    except EngineError as error:
        pytest.skip(sentence(error))


def application(apps, name):
    """Return the application of an engine; without xlwings, whose ``face`` stands for it."""
    name, _, face = name.partition(" ")
    if name not in apps:
        if name == "libreoffice":
            has_libreoffice()
        {"openpyxl": openpyxl, "libreoffice": libreoffice}[name].register()
        apps[name] = xw.App(visible=False, add_book=False)
    xw.engines[name].activate()
    return faces.App(apps[name].impl) if face else apps[name]


def libreoffice_with_tests(apps, request):
    """Return the LibreOffice that runs the tests of this run that are for it; one that is gone is started anew."""
    if INSIDE in apps and apps[INSIDE].is_gone:
        apps.pop(INSIDE).quit()
    if INSIDE not in apps:
        has_libreoffice()
        files = [str(item.path) for item in request.session.items if is_inside(item)]
        apps[INSIDE] = inside.Inside(list(dict.fromkeys(files)))
    return apps[INSIDE]


def is_inside(item) -> bool:
    """Return whether a test is for LibreOffice's own Python."""
    return getattr(item, "callspec", None) is not None and item.callspec.params.get("opened") == INSIDE


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem):
    """Have a test for LibreOffice's own Python run there."""
    office = pyfuncitem.funcargs.get("opened")
    if not isinstance(office, inside.Inside):
        return None
    office.run(pyfuncitem.nodeid)
    return True


@pytest.fixture(params=FACES)
def opened(apps, request, tmp_path):
    """Yield a function that makes a workbook of a filing and opens it, through one of the faces."""
    if request.param != INSIDE:
        app = application(apps, request.param)
    elif inside.context is None:
        yield libreoffice_with_tests(apps, request)
        return
    else:
        app = faces.App(libreoffice.App(inside.context))
    books = []

    def open_filing(filing: Filing, last: Filing | None = None, name: str = "年报.xlsx"):
        path = tmp_path / name
        path.write_bytes(build_workbook(filing, last))
        books.append(app.books.open(str(path)))
        return books[-1]

    yield open_filing
    for book in books:
        book.close()


@pytest.fixture
def calculates(request):
    """Return whether the engine of ``opened`` reckons what formulas are worth."""
    return "openpyxl" not in request.node.callspec.params["opened"]
