"""The scenes as a module for the tests of this folder."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

_NAME = "narrative_scenes"


def _load():
    if _NAME not in sys.modules:
        spec = importlib.util.spec_from_file_location(_NAME, Path(__file__).with_name("scenes.py"))
        module = importlib.util.module_from_spec(spec)
        sys.modules[_NAME] = module
        spec.loader.exec_module(module)
    return sys.modules[_NAME]


SCENES = _load()


@pytest.fixture(scope="session")
def scenes():
    return SCENES


def pytest_generate_tests(metafunc):
    """Hand the data files out as parameters, one test a sentence, a fault, a case."""
    if "right_sentence" in metafunc.fixturenames:
        found = list(SCENES.right_sentences())
        metafunc.parametrize("right_sentence", found, ids=[f"{n}" for n in range(len(found))])
    if "planted" in metafunc.fixturenames:
        found = list(SCENES.planted_faults())
        metafunc.parametrize("planted", found, ids=[f"{fault.code}-{n}" for n, fault in enumerate(found)])
    if "case" in metafunc.fixturenames:
        found = list(SCENES.cases())
        metafunc.parametrize("case", found, ids=[f"{c.rule}-{c.verdict}-{n}" for n, c in enumerate(found)])
