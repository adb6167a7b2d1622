"""Parts of patterns that several files share: ``{so}`` in a pattern stands for one of ``pieces.toml``."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from gk_xl.form.kept import toml
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Mapping

_PIECE: Final = re.compile(r"\{([a-z_]+)\}")
_NONE: Final[Mapping[str, str]] = MappingProxyType({})


@cache
def shared() -> Mapping[str, str]:
    """Return the pieces that patterns of all files may name."""
    return toml(Path(__file__).with_suffix(".toml"))


def whole(written: str, own: Mapping[str, str] = _NONE) -> str:
    """Return a pattern with the pieces that it names put in, its own file's before the shared ones; KeyError names one that is none."""
    while _PIECE.search(written):
        written = _PIECE.sub(lambda piece: own[piece[1]] if piece[1] in own else shared()[piece[1]], written)
    return written


def pieced(written: str) -> re.Pattern[str]:
    """Return a pattern as ``regex`` does, with the shared pieces that it names put in."""
    return regex(whole(written))
