"""Every refusal of an engine has a sentence, and every sentence has the facts that it names."""

from __future__ import annotations

import ast
from functools import cache
from string import Formatter

import pytest

from gk_xl.addin.wording import SENTENCES, sentence, spoken
from gk_xl.engines.core.errors import EngineError, Refusal
from gk_xl.errors import HostError
from tests.conftest import ROOT


@cache
def raised() -> dict[str, set[str]]:
    """Return the facts that come with each refusal wherever the engines raise it."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / "gk_xl" / "engines").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            kind = getattr(node.func, "id", "") if isinstance(node, ast.Call) and node.args else ""
            if kind in ("EngineError", "Refused") and isinstance(node.args[0].value, ast.Name):
                facts = {keyword.arg for keyword in node.keywords} if kind == "EngineError" else {"what"}
                name = node.args[0].attr
                if node.args[0].value.id == "self":  # the code that a refused member was given
                    continue
                assert found.setdefault(name, facts) == facts, f"{name} is raised with different facts in {path}"
    return found


@pytest.mark.parametrize("refusal", Refusal, ids=lambda refusal: refusal.name)
def test_a_refusal_becomes_one_sentence(refusal):
    """The sentence holds the facts, ends as a sentence, and every refusal is raised somewhere."""
    facts = raised()[refusal.name]
    assert {name for _, name, _, _ in Formatter().parse(SENTENCES[refusal]) if name} <= facts
    said = sentence(EngineError(refusal, **dict.fromkeys(facts, "某物")))
    assert said.endswith(("。", "某物"))
    assert "{" not in said


def test_a_button_speaks():
    """What an engine refuses under a button is the clerk's sentence; other errors pass."""
    with pytest.raises(HostError, match="“表三”的保护设了密码"), spoken():
        raise EngineError(Refusal.PASSWORD, sheet="表三")
    with pytest.raises(KeyError), spoken():
        raise KeyError("x")
