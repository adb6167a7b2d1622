"""No regular expression of gk_xl may take a time that explodes, whatever the text: what it can read in how many ways."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import gk_xl
from gk_xl.checks.run import check
from gk_xl.checks.text.grammar import readings
from gk_xl.checks.text.reader import LONGEST
from gk_xl.checks.text.sentences import LONGEST_SENTENCE
from gk_xl.checks.text_rules.words import Words
from gk_xl.form import patterns as made
from gk_xl.form.filing import Filing
from tests.checks.narrative.ambiguity import doubles, graph, power

EXAMPLES = Path(__file__).parents[3] / "examples"


def of_values(value):
    """Yield the patterns that a value of a module is or holds."""
    if isinstance(value, Words):
        yield from of_values([*value])
    elif isinstance(getattr(value, "pattern", None), str | bytes):
        yield value.pattern
    elif isinstance(value, dict):
        yield from of_values([*value, *value.values()])
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from of_values(item)


def of_source(path):
    """Yield the patterns that a file gives to re or regex as they stand."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
            continue
        name = ast.unparse(node.func)
        if (name.startswith("re.") or name == "regex") and isinstance(node.args[0].value, str | bytes):
            yield node.args[0].value


def of_a_check():
    """Yield the patterns that are made as a filing is checked: of names, years, words of the files."""
    found = set()
    with pytest.MonkeyPatch.context() as patch:
        plain = made.Patterns.compiled
        patch.setattr(made.Patterns, "compiled", lambda self, text, flags: found.add(text) or plain(self, text, flags))
        compiled = re._compile
        patch.setattr(re, "_compile", lambda text, flags: found.add(text) or compiled(text, flags))
        for path in sorted(EXAMPLES.rglob("*.json")):
            check(Filing.loads(path.read_text(encoding="utf-8")))
    return {text for text in found if isinstance(text, str | bytes)}


@cache
def all_patterns():
    """Return every pattern with where it was found."""
    found = {}
    for module in walk_packages(gk_xl.__path__, "gk_xl."):
        if not module.name.endswith("__main__"):
            found |= dict.fromkeys(of_values(list(vars(import_module(module.name)).values())), module.name)
    for path in Path(gk_xl.__path__[0]).rglob("*.py"):
        found |= {pattern: path.stem for pattern in of_source(path) if pattern not in found}
    found |= {pattern: "made in a check" for pattern in of_a_check() if pattern not in found}
    return found | {reading.pattern.pattern: f"grammar {reading.id}" for reading in readings()}


def test_no_pattern_reads_a_text_in_ways_that_double():
    """Of no text: no loop reads anything in two ways."""
    assert len(all_patterns()) > 600
    wrong = [(where, pattern) for pattern, where in all_patterns().items() if doubles(graph(pattern))]
    assert not wrong


def test_patterns_over_a_text_are_read_in_few_ways():
    """Loops in a row that may share a text: one over a sentence of a thousand characters, two over sixty tokens or one line."""
    assert LONGEST_SENTENCE <= 1000
    assert LONGEST <= 60
    most = {pattern: 1 if where.startswith("gk_xl.checks.text") else 2 for pattern, where in all_patterns().items()}
    wrong = [(all_patterns()[pattern], pattern) for pattern, least in most.items() if power(graph(pattern)) > least]
    assert not wrong


@pytest.mark.parametrize(
    "pattern",
    ["(?:a|ab|b)*c", "(a+)+$", "(?:a*)*b", "(?:..|.)+x", "(?:至|截[至止]|截止到?|到)+日", "(?:x[^，]{0,6}|xx)*y"],
)
def test_ways_that_double_are_seen(pattern):
    assert doubles(graph(pattern))


@pytest.mark.parametrize(
    "pattern", ["(?:ab|ac)*d", r"\d{1,3}(?:,\d{3})+", "(?:a?b){0,9}c", "(?>a|ab){0,16}c", "[^，]*，[^，]*"]
)
def test_ways_that_do_not_double_are_let_be(pattern):
    assert not doubles(graph(pattern))


@pytest.mark.parametrize(
    ("pattern", "ways"),
    [
        ("a*a*b", 2),
        (r"\s*(.+?)\s*x", 3),
        (r"\d+,\d+", 1),
        ("a*+a*b", 1),
        ("(?>a*)b", 0),
        (r"(?P<n>\d+)件(?P=n)", 1),
        ("abc", 0),
    ],
)
def test_loops_in_a_row_are_counted(pattern, ways):
    assert power(graph(pattern)) == ways


HANGING = (
    "统计期限为2025年1月1日起" + "—" * 60 + "底。",
    "统计期限为2025年1月1日" + "截止到" * 60 + "底。",
    "全县" + "各级" * 60 + "无。",
    "本级部门" * 250 + "。",
    "除1" * 330 + "。",
)
"""Rows of dashes and words that stopped a check for ever, or for seconds."""


def test_what_stopped_a_check_is_checked_at_once():
    texts = ", ".join(map(repr, HANGING))
    script = (
        "from dataclasses import replace; from gk_xl.checks.run import check; from gk_xl.form.filing import Filing\n"
        f"check(replace(Filing.blank(2025), narrative={{'overview': ({texts},)}}))"
    )
    done = subprocess.run([sys.executable, "-c", script], timeout=120, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
