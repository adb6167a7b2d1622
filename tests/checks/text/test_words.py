"""The words of the rooms: each pattern of words.toml is asked for by its module, and each that is asked for stands there. Forms of the lexicon stand once."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from gk_xl.checks.text.words import FOLDER, lexicon
from gk_xl.checks.text_rules import wordings
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.kept import toml
from gk_xl.form.load import edition_in_force

FILES = sorted(Path(wordings.__file__).parent.glob("*/words.toml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_words_are_those_that_are_asked_for(file):
    table = toml(file)
    for module in file.parent.glob("*.py"):
        text = module.read_text(encoding="utf-8")
        asked = set(re.findall(r"\b_WORDS\.(?!table)(\w+)", text))
        tables = set(re.findall(r"\b_WORDS\.table\(\"(\w+)\"", text))
        known = table.pop(module.stem, {})
        assert asked == {name for name, item in known.items() if isinstance(item, str)}, module
        assert tables <= {name for name, item in known.items() if not isinstance(item, str)}, module
        words = Words(str(module))
        assert all(getattr(words, name).pattern for name in asked)
        assert all(pattern.pattern for name in tables for pattern in words.table(name).values())
    assert not table.keys() - {"pieces"}


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.toml")), ids=lambda file: file.stem)
def test_a_form_stands_once(file):
    """What stands a second time under one name is a slip of who added it."""
    for sort, named in toml(file).items():
        for name, forms in named.items():
            again = [form for form, times in Counter(forms.split()).items() if times > 1]
            assert not again, f"{sort}.{name}"


FEW = 5
SOME = {("filler", "total")}
"""Names of which a module may list a part: 合计 says more than 共."""


@pytest.mark.parametrize("path", sorted(FOLDER.parent.glob("*.py")), ids=lambda path: path.stem)
def test_no_module_lists_what_the_lexicon_names(path):
    """A list of words that are one thing asks the lexicon for its name; ``word`` is the name of what has none."""
    known = lexicon(edition_in_force().id).words
    named = {word for word in known.values() if word.name != "word"} - SOME
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        items = node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else ()
        forms = [item.value for item in items if isinstance(item, ast.Constant) and isinstance(item.value, str)]
        names = {known.get(form) for form in forms}
        assert len(forms) < FEW or len(names) > 1 or not names <= named, forms
