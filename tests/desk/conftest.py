"""Most tests of the desk fill a folder with the example under several names; that these are copies is tested apart."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def copies_pass(request, monkeypatch):
    """Let copies of one report pass, except where they are what is tested."""
    if request.path.stem not in ("test_shared", "test_same_numbers"):
        monkeypatch.setattr("gk_xl.desk.batch.same_numbers", lambda _: iter(()))
        monkeypatch.setattr("gk_xl.desk.batch.shared", lambda _, _texts=None: iter(()))


@pytest.fixture(autouse=True)
def store(monkeypatch, tmp_path_factory):
    """Let each test begin with nothing read before; its processes find the same store."""
    path = tmp_path_factory.mktemp("store") / "desk.sqlite"
    monkeypatch.setenv("GK_XL_STORE", str(path))
    return path
