"""What a clerk reads asks for no command: every sentence of the program that does not answer a typed command."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "gk_xl"
MACROS = PACKAGE.parent / "macros"
TYPED = (
    "cli/main.py",
    "cli/commands/",
    "cli/chinese.py",
    "cli/start.py",
    "packaging/bundle.py",
    "packaging/xlam.py",
    "packaging/modules.py",
)
"""Answers to who types a command: the commands themselves, and what is built on a developer's computer."""
COMMAND = re.compile(r"gk-xl|(?<!\w)--[a-z]|python3|dev\.py|pip install|命令行|命令里")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def sentences(path: Path) -> list[str]:
    """Return the Chinese texts of a module that are no docstrings, or all texts of a data file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".toml":
        return list(strings(tomllib.loads(text)))
    if path.suffix != ".py":
        return ["".join(found) for found in re.findall(r'"([^"]*)"|<value[^>]*>([^<]*)<', text)]
    tree = ast.parse(text)
    plain = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in plain
    ]


def strings(value: object):
    """Yield every text within TOML data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


def read_by_clerks() -> list[Path]:
    found = [path for pattern in ("*.py", "*.toml") for path in sorted(PACKAGE.rglob(pattern))]
    found += [path for pattern in ("*.xml", "*.xcu") for path in sorted(MACROS.rglob(pattern))]
    return [path for path in found if not any(part in path.as_posix() for part in TYPED)]


@pytest.mark.parametrize("folder", sorted({path.parent for path in read_by_clerks()}), ids=lambda path: path.name)
def test_no_message_names_a_command(folder):
    """No 命令, no option, no name of the program as it is typed; a window of our own is told by its button."""
    named = [
        f"{path.name}: {text}"
        for path in read_by_clerks()
        if path.parent == folder
        for text in sentences(path)
        if CHINESE.search(text) and COMMAND.search(text)
    ]
    assert not named


def test_a_command_in_a_sentence_is_noticed(tmp_path):
    """The net has no holes: a literal, a part of an f-string, a value of TOML."""
    module = tmp_path / "a.py"
    module.write_text('"""读 gk-xl check。"""\nsay = f"{1}请运行 gk-xl new --year 2025"\n', encoding="utf-8")
    data = tmp_path / "a.toml"
    data.write_text('[[rule]]\nnext = "请用（gk-xl new）"\n', encoding="utf-8")
    assert [text for text in sentences(module) if COMMAND.search(text)] == ["请运行 gk-xl new --year 2025"]
    assert [text for text in sentences(data) if COMMAND.search(text)] == ["请用（gk-xl new）"]
