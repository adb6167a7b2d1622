"""The command line speaks Chinese: help and errors hold no English sentence of argparse."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from gk_xl.cli.main import build_parser, main
from tests.test_structure import commands

WORDS_OF_ARGPARSE = re.compile(
    r"usage|positional|options:|show this|required|invalid|expected|argument |unrecognized|choose from|ambiguous"
)


@pytest.mark.parametrize("name", commands())
def test_help_is_chinese(name, capsys):
    """Every word of argparse's own is translated."""
    with pytest.raises(SystemExit) as ended:
        main([name, "-h"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    assert text.startswith("写法：gk-xl")
    assert not re.search(r"(--\w+|\[) [A-Z]{3,}", text)  # what is to be given has a Chinese name, too
    assert not WORDS_OF_ARGPARSE.search(text)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "还缺 命令"),
        (["chek"], "没有“chek”；可用："),
        (["check"], "还缺 文件或文件夹"),
        (["new", "--year", "今年", "-o", "a.xlsx"], "--year：“今年”不是要求的写法"),
        (["new", "--year", "2025", "-o"], "-o/--output：后面要跟一个值"),
        (["check", "a.xlsx", "--marke", "b.xlsx"], "不认识 --marke b.xlsx"),
        (["desk", "chekc", "x", "-o", "y"], "（没有“chekc”；可用：check、"),
    ],
)
def test_a_command_written_wrongly_is_one_chinese_line(arguments, said, capsys):
    """Exit code 2, one line, which names the word at fault."""
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args(arguments)
    assert ended.value.code == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert not WORDS_OF_ARGPARSE.search(error)


def test_the_version_is_printed_by_every_door():
    """gk-xl --version and python -m gk_xl --version say the same."""
    asked = [[sys.executable, "-m", module, "--version"] for module in ("gk_xl", "gk_xl.cli")]
    answers = {subprocess.run(command, capture_output=True, text=True, check=True).stdout for command in asked}
    (answer,) = answers
    assert re.fullmatch(r"gk-xl \d+\.\d+\.\d+\S*\n", answer)


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_completion_can_be_generated(shell):
    """The parser is one that the generator of completions understands, and every command is in what it writes."""
    import shtab

    script = shtab.complete(build_parser(), shell)
    assert all(name in script for name in commands())
