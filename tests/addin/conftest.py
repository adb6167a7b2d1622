"""A workbook opened through each face that the buttons see: both engines of ours, through xlwings and without it.

In LibreOffice the face without xlwings is what clerks use; ``GK_XL_FACES=all`` adds xlwings over LibreOffice.
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

if TYPE_CHECKING:
    from gk_xl.form.filing import Filing

FACES = ["openpyxl", "openpyxl inside", pytest.param("libreoffice inside", marks=pytest.mark.application)]
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
    started: dict[str, xw.App] = {}
    yield started
    for app in started.values():
        app.quit()


def application(apps, name):
    if name not in apps:
        engine = {"openpyxl": openpyxl, "libreoffice": libreoffice}[name]
        if engine is libreoffice:
            try:
                find_soffice()
                load_uno()
            except EngineError as error:
                pytest.skip(sentence(error))
        engine.register()
        apps[name] = xw.App(visible=False, add_book=False)
    xw.engines[name].activate()
    return apps[name]


@pytest.fixture(params=FACES)
def opened(apps, request, tmp_path):
    """Yield a function that makes a workbook of a filing and opens it, through one of the faces."""
    name, _, face = request.param.partition(" ")
    app = application(apps, name)
    books = []

    def open_filing(filing: Filing, last: Filing | None = None, name: str = "年报.xlsx"):
        path = tmp_path / name
        path.write_bytes(build_workbook(filing, last))
        books.append(app.books.open(str(path)))
        return faces.Book(books[-1].impl) if face else books[-1]

    yield open_filing
    for book in books:
        book.close()


@pytest.fixture
def calculates(request):
    """Return whether the engine of ``opened`` reckons what formulas are worth."""
    return "openpyxl" not in request.node.callspec.params["opened"]
