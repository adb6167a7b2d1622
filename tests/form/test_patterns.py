"""Patterns and TOML files that are worked out once: they say what re and tomllib say, and nothing bent is taken."""

from __future__ import annotations

import marshal
import re
import subprocess
import sys
import tomllib

import pytest

from gk_xl.form import beside, kept
from gk_xl.form.patterns import Patterns, regex
from tests.conftest import ROOT

WRITTEN = (
    r"\d+", r"(?P<year>\d{4})年(?:度)?", r"[一二三四五六七八九十]{1,3}(?<!十)是", r"(?i)ABC|[^，。；]{0,12}+x", r"", r"(a)|(?P<b>b)\2",
    "[\u4e00-\u9fff]+", r"(?:收到|受理)[^，。；]*?(\d+)件", r"^\s*$",
)  # fmt: skip
FILES = sorted((ROOT / "gk_xl").rglob("*.toml"))


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("flags", [0, re.MULTILINE, re.ASCII | re.IGNORECASE])
def test_a_kept_code_is_what_re_makes(tmp_path, written, flags):
    """Compiled, written, read back: the same pattern, code and all."""
    file = tmp_path / "sub" / "codes"
    first = Patterns(file)
    wanted = re.compile(written, flags)
    assert first.compiled(written, int(flags)) == wanted
    sys_flag, sys.dont_write_bytecode = sys.dont_write_bytecode, False
    try:
        first.write()
    finally:
        sys.dont_write_bytecode = sys_flag
    second = Patterns(file)
    found = second.compiled(written, int(flags))
    assert found == wanted
    assert (found.groups, dict(found.groupindex), found.flags) == (wanted.groups, dict(wanted.groupindex), wanted.flags)
    assert not second.fresh


@pytest.mark.parametrize(
    "data",
    [
        b"", b"nonsense", marshal.dumps(5), marshal.dumps(("another Python", {})), marshal.dumps((beside.stamp(), [1])),
        marshal.dumps((beside.stamp(), {(r"\d+", 0): marshal.dumps((32, b"777", 0, {}, (None,), None, ()))})),
        marshal.dumps((beside.stamp(), {(r"\d+", 0): "bent"})),
    ],
)  # fmt: skip
def test_a_bent_store_is_not_taken(tmp_path, data):
    """Whatever the file holds, the pattern is the one that was asked for."""
    file = tmp_path / "codes"
    file.write_bytes(data)
    assert Patterns(file).compiled(r"\d+", 0) == re.compile(r"\d+")


def test_nothing_is_written_where_nothing_may_be(tmp_path):
    """A folder that is a file, or bytecode not wanted: no file, no error."""
    (tmp_path / "file").write_text("x")
    for file in (tmp_path / "file" / "codes", tmp_path / "none" / "codes"):
        store = Patterns(file)
        store.compiled("a", 0)
        before, sys.dont_write_bytecode = sys.dont_write_bytecode, file.parent.name == "none"
        try:
            store.write()
        finally:
            sys.dont_write_bytecode = before
        assert not file.exists()


def test_a_pattern_does_what_one_of_re_does():
    """Search, match, substitute, split; what is no pattern is told when it is used."""
    number = regex(r"(?P<n>\d+)")
    assert number.pattern == r"(?P<n>\d+)"
    assert number.search("共12件")["n"] == "12"
    assert number.sub("x", "1a2") == "xax"
    assert [match[0] for match in number.finditer("1a2")] == ["1", "2"]
    assert (number.groups, dict(number.groupindex)) == (1, {"n": 1})
    with pytest.raises(re.error):
        regex("(").search("")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_toml_file_says_the_same(path):
    """The constants are what tomllib reads, and the caller's own."""
    first = kept.toml(path)
    assert first == tomllib.loads(path.read_text(encoding="utf-8"))
    first.clear()
    assert kept.toml(path)


def test_a_toml_file_that_changed_is_read_anew(tmp_path):
    """Dates, too; what is no TOML is a ValueError."""
    path = tmp_path / "a.toml"
    for text in ("a = 1", "a = 2026-01-10\nb = [1, 2, {c = '三'}]", "a = 1979-05-27T07:32:00Z"):
        path.write_text(text, encoding="utf-8")
        assert kept.toml(path) == tomllib.loads(text)
    path.write_text("a = ", encoding="utf-8")
    with pytest.raises(ValueError, match="Invalid value"):
        kept.toml(path)


def test_bytecode_of_toml_and_python_of_one_name_do_not_meet(tmp_path):
    """data.py and data.toml stand in one folder."""
    (tmp_path / "data.py").write_text("VALUE = 1")
    (tmp_path / "data.toml").write_text("value = 2")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import data; from pathlib import Path\n"
        f"from gk_xl.form.kept import toml; assert toml(Path({str(tmp_path)!r}, 'data.toml')) == {{'value': 2}}; assert data.VALUE == 1"
    )
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", code], check=False, cwd=ROOT, env={"PATH": "", "PYTHONPATH": str(ROOT)}
        )
        assert done.returncode == 0
    assert len(list((tmp_path / "__pycache__").iterdir())) == 2
