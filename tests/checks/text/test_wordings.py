"""The examples of the wordings: each block of the TOML files finds what it says is wrong, and is silent where it says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gk_xl.checks.text.in_figures import in_figures
from gk_xl.checks.text.sentences import fold, masked
from gk_xl.checks.text_rules import wordings as module
from gk_xl.checks.text_rules.arithmetic.tied import around
from gk_xl.checks.text_rules.wordings import Table
from gk_xl.form.kept import toml

ROOMS = module.__file__.removesuffix("wordings.py")
YEAR = 2024
KNOWN = {"year": YEAR, "latest": 0, "said": 0, "behind": 0, "before_it": 0, "ahead": 0}
READ = {"figures": lambda text: in_figures(masked(text)), "masked": masked, "text": str}
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


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_piece_is_part_of_several_patterns(file):
    written = re.sub(r"^(?:says|#).*", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert [name for name in toml(file).get("pieces", ()) if written.count(f"{{{name}}}") < 2] == []


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
