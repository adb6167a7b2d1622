"""The examples of the wordings: each block of the TOML files finds what it says is wrong, and is silent where it says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gk_xl.checks.text.in_figures import in_figures
from gk_xl.checks.text.pieces import shared
from gk_xl.checks.text.sentences import fold, masked
from gk_xl.checks.text_rules import wordings as module
from gk_xl.checks.text_rules.arithmetic.tied import around
from gk_xl.checks.text_rules.wordings import Table
from gk_xl.form.kept import toml

ROOMS = module.__file__.removesuffix("wordings.py")
YEAR = 2024
KNOWN = {"year": YEAR, "latest": 0, "said": 0, "behind": 0, "before_it": 0, "ahead": 0, "asked": 1}
READ = {"figures": lambda text: in_figures(masked(text)), "masked": masked, "text": str}
SHORT = 12
"""A piece of so few characters may stand elsewhere by chance."""
FILES = sorted(Path(ROOMS).glob("*/word*.toml"))


def blocks():
    for file in (file for file in FILES if file.stem == "wordings"):
        for kind in (kind for kind, blocks in toml(file).items() if kind != "pieces"):
            for number, wording in enumerate(Table(str(file)).kind(kind)):
                room = file.parent.name
                yield pytest.param(
                    wording, "figures" if room == "arithmetic" else "masked", id=f"{room}-{kind}-{number}"
                )


def problems(wording, usual, text):
    text = READ[wording.read or usual](fold(text))
    return list(wording.problems(text, lambda match: {**KNOWN, **around(match)}))


def holds(*paths):
    """Return what stands in some files but for messages and comments."""
    return re.sub(r"^(?:says|#).*", "", "".join(path.read_text(encoding="utf-8") for path in paths), flags=re.MULTILINE)


@pytest.mark.parametrize(
    "file", [None, *FILES], ids=lambda file: f"{file.parent.name}-{file.stem}" if file else "shared"
)
def test_a_piece_is_part_of_several_patterns_and_written_once(file):
    """Of one pattern it is no piece; and whoever needs its words names it."""
    pieces = toml(file).get("pieces", {}) if file else shared()
    written = holds(
        *([file] if file else [path for path in Path(ROOMS).parent.rglob("*") if path.suffix in (".py", ".toml")])
    )
    assert [name for name in pieces if written.count(f"{{{name}}}") < 2] == []
    assert [name for name, piece in pieces.items() if len(piece) > SHORT and written.count(piece) != 1] == []


@pytest.mark.parametrize(("wording", "usual"), list(blocks()))
def test_a_wording_finds_its_examples(wording, usual):
    assert wording.wrong
    for text in wording.wrong:
        (problem, *_) = problems(wording, usual, text)
        assert "{" not in problem


@pytest.mark.parametrize(("wording", "usual"), list(blocks()))
def test_a_wording_leaves_alone_what_is_right(wording, usual):
    for text in wording.fine:
        assert not problems(wording, usual, text)
