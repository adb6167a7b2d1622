"""The examples of the wordings: each block of the TOML files finds what it says is wrong, and is silent where it says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from gk_xl.checks.text.in_figures import in_figures
from gk_xl.checks.text.sentences import fold, masked
from gk_xl.checks.text_rules import wordings as module
from gk_xl.checks.text_rules.arithmetic.tied import around
from gk_xl.checks.text_rules.wordings import wordings
from gk_xl.form.kept import toml

ROOMS = module.__file__.removesuffix("wordings.py")
YEAR = 2024
KNOWN = {"year": YEAR, "latest": 0, "said": 0, "behind": 0, "before_it": 0, "ahead": 0}
READ = {"": lambda text: in_figures(masked(text)), "masked": masked, "text": str}


def blocks():
    for file in sorted(Path(ROOMS).glob("*/wordings.toml")):
        for kind in (kind for kind, blocks in toml(file).items() if kind != "pieces"):
            for number, wording in enumerate(wordings(file, kind)):
                yield pytest.param(wording, id=f"{file.parent.name}-{kind}-{number}")


def problems(wording, text):
    part = wording.parts[0] if wording.parts else "overview"
    text = READ[wording.read](fold(text))
    return list(wording.problems(text, part, lambda match: {**KNOWN, **around(match)}))


@pytest.mark.parametrize("wording", list(blocks()))
def test_a_wording_finds_its_examples(wording):
    assert wording.wrong
    for text in wording.wrong:
        (problem, *_) = problems(wording, text)
        assert "{" not in problem


@pytest.mark.parametrize("wording", list(blocks()))
def test_a_wording_leaves_alone_what_is_right(wording):
    for text in wording.fine:
        assert not problems(wording, text)
