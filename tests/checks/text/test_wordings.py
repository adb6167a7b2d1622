"""The examples of the wordings: each block of the TOML files finds what it says is wrong, and is silent where it says so."""

from __future__ import annotations

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


def blocks():
    for file in sorted(Path(ROOMS).glob("*/wordings.toml")):
        for kind in (kind for kind, blocks in toml(file).items() if kind != "pieces"):
            for number, wording in enumerate(Table(str(file)).kind(kind)):
                room = file.parent.name
                yield pytest.param(
                    wording, "figures" if room == "arithmetic" else "masked", id=f"{room}-{kind}-{number}"
                )


def problems(wording, usual, text):
    text = READ[wording.read or usual](fold(text))
    return list(wording.problems(text, lambda match: {**KNOWN, **around(match)}))


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
