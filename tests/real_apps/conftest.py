"""LibreOffice for the tests that need the real application."""

from __future__ import annotations

import pytest

from gk_xl.engines.core.errors import EngineError
from gk_xl.engines.libreoffice.process import Office, desktop_of, find_soffice, load_uno, open_document, remove_lock
from tests.real_apps.desk import desk_of_its_own


@pytest.fixture(scope="session")
def office():
    """Yield the component context of a headless LibreOffice of our own; skipped with the reason where there is none."""
    try:
        find_soffice()
        load_uno()
    except EngineError as error:
        pytest.skip(str(error))
    running = Office()
    try:
        yield running.connect()
    finally:
        running.stop()


@pytest.fixture(scope="session")
def desktop(office):
    """Return the desktop of the running LibreOffice."""
    return desktop_of(office)


@pytest.fixture
def opened(desktop, tmp_path):
    """Yield a function that writes workbook bytes to a file and returns the document LibreOffice made of it."""
    documents = []

    def open_bytes(data: bytes, name: str = "年报.xlsx", **options):
        path = tmp_path / name
        path.write_bytes(data)
        document = open_document(desktop, path, Hidden=True, **options)
        documents.append((document, path))
        return document

    yield open_bytes
    for document, path in documents:
        document.close(True)
        remove_lock(path)


@pytest.fixture
def desk():
    """Yield a screen with a LibreOffice that has the extension."""
    with desk_of_its_own() as made:
        yield made
