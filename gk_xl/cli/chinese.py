"""argparse in Chinese: its own words, and what it says of a command that is written wrongly."""

from __future__ import annotations

import argparse
import shutil
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Never

from gk_xl.cli.exit_codes import COULD_NOT

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS: Final[Mapping[str, str]] = {
    "usage: ": "写法：",
    "positional arguments": "要给的",
    "options": "可选的",
    "show this help message and exit": "显示这份说明",
    "show program's version number and exit": "显示版本号",
    "the following arguments are required: %s": "还缺 %s",
    "unrecognized arguments: %s": "不认识 %s",
    "one of the arguments %s is required": "%s 要给其中一个",
    "not allowed with argument %s": "不能与 %s 一起用",
    "expected one argument": "后面要跟一个值",
    "expected at least one argument": "后面至少要跟一个值",
    "expected at most one argument": "后面最多跟一个值",
    "invalid %(type)s value: %(value)r": "“%(value)s”不是要求的写法",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s 不明确，可能是 %(matches)s",
}
"""What argparse says, by its own words; it asks for them through gettext, as programs in any language do."""


def translated(text: str) -> str:
    """Return a text of argparse in Chinese; as it is where it has none."""
    return WORDS.get(text, text)


argparse._ = translated  # type: ignore[attr-defined]


@cache
def _width() -> int:
    """Return how many characters a line of help has: argparse asks the terminal anew for each of a hundred arguments."""
    return shutil.get_terminal_size().columns - 2


class Parser(argparse.ArgumentParser):
    """A parser that says in one Chinese line what is wrong."""

    def __init__(self, **named: Any) -> None:
        super().__init__(formatter_class=lambda prog: argparse.HelpFormatter(prog, width=_width()), **named)

    def _check_value(self, action: argparse.Action, value: object) -> None:
        """Say what can be chosen when something else was written."""
        if action.choices is not None and value not in action.choices:
            named = action if action.option_strings else None  # a word without an option has an English name only
            raise argparse.ArgumentError(named, f"没有“{value}”；可用：{'、'.join(map(str, action.choices))}")

    def error(self, message: str) -> Never:
        """Print one line and exit with 2."""
        self.exit(COULD_NOT, f"gk-xl：命令写得不对（{message}）。用“{self.prog} -h”查看写法。\n")
        raise AssertionError  # exit does not return
