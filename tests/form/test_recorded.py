"""Records whose methods are taken from what is kept: they do what Python's own do, and nothing is compiled twice."""

from __future__ import annotations

import collections
import dataclasses
import re
import subprocess
import sys
import typing
from re import _compiler
from typing import NamedTuple

import pytest

from gk_xl.form import patterns, recorded
from gk_xl.form.beside import Beside
from tests.conftest import ROOT


def made():
    """Return a record and a named tuple, made now."""

    @dataclasses.dataclass(frozen=True, order=True)
    class Point:
        x: int
        y: int = 2
        more: list[int] = dataclasses.field(default_factory=list)

    class Pair(NamedTuple):
        left: int
        right: str = "r"

    return Point, Pair


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A store of the test's own, in use from now on."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(recorded, "_STORE", Beside(tmp_path / "records"))
    monkeypatch.setitem(vars(dataclasses), "exec", recorded._exec)
    monkeypatch.setitem(vars(collections), "eval", recorded._eval)
    monkeypatch.setitem(vars(typing), "compile", recorded._compile)
    return tmp_path / "records"


def test_a_record_of_kept_code_is_one_of_pythons_own(kept, monkeypatch):
    """Made, written, made again of what was read back: the same to all who ask, and compiled once."""
    for times in (1, 2):
        point_class, pair_class = made()
        point = point_class(1)
        assert point == point_class(1, 2, []) != point_class(1, 3)
        assert (hash(pair_class(1)), pair_class(1), repr(pair_class(1))) == (
            hash((1, "r")),
            (1, "r"),
            "Pair(left=1, right='r')",
        )
        assert repr(point).endswith(".Point(x=1, y=2, more=[])")
        assert pair_class.__annotations__["left"] == typing.ForwardRef("int")
        with pytest.raises(SyntaxError):
            typing.ForwardRef("1 +")
        assert point_class(1) < point_class(2)
        assert dataclasses.replace(point, y=5).y == 5
        with pytest.raises(dataclasses.FrozenInstanceError):
            point.x = 3
        with pytest.raises(TypeError):
            point_class()
        assert point_class(1).more is not point_class(1).more
        assert recorded._STORE.fresh == (times == 1)
        recorded._STORE.write()
        monkeypatch.setattr(recorded, "_STORE", Beside(kept))


def test_a_bent_store_is_not_taken(kept):
    """Whatever the file holds, the record is the one that was asked for."""
    kept.write_bytes(b"bent")
    point_class, _ = made()
    assert point_class(7).x == 7


def test_a_pattern_that_stands_in_the_code_is_kept(tmp_path, monkeypatch):
    """Of characters or bytes it is the one that re makes; one put together from a unit's words is not kept."""
    store = patterns.Patterns(tmp_path / "codes")
    monkeypatch.setattr(patterns, "_STORE", store)
    wanted = [re.compile(r"(?P<county>[^县]{2,4})县"), re.compile(rb"<row(\s[^>]*)?>", re.DOTALL)]
    monkeypatch.setattr(_compiler, "compile", recorded._pattern)
    re.purge()
    assert [re.compile(r"(?P<county>[^县]{2,4})县"), re.compile(rb"<row(\s[^>]*)?>", re.DOTALL)] == wanted
    for unit in ("沙柳乡", "白水乡"):
        assert re.search(f"{unit}政府", f"{unit}政府")
    assert re.search("(?i)a|" r"\bB", "xA")
    assert set(store.known) == {
        (r"(?P<county>[^县]{2,4})县", 0),
        (rb"<row(\s[^>]*)?>", int(re.DOTALL)),
        (r"(?i)a|\bB", 0),
    }
    with pytest.raises(re.error):
        re.compile("(")


def test_a_command_keeps_its_records(tmp_path):
    """The command line takes them from there; who only imports the package has Python's own."""
    for code, wanted in (("import gk_xl.cli.start", True), ("import gk_xl.checks.run", False)):
        said = f"{code}\nimport dataclasses, collections, typing\nprint('exec' in vars(dataclasses), 'eval' in vars(collections), 'compile' in vars(typing))"
        done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True, cwd=ROOT)
        assert done.stdout.split() == [str(wanted)] * 3
