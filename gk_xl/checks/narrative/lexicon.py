"""What the rules on narrative know of the world, read from ``lexicon.toml``: a next year adds lines, no code."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from gk_xl.form.load import Keys

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Lexicon:
    """The lists of lexicon.toml; each is described there."""

    overview_limit: int
    similarity: float
    meetings: Mapping[str, int]
    foreign_parts: tuple[str, ...]
    residue: Mapping[str, str]
    topics: tuple[tuple[str, ...], ...]


@lru_cache
def lexicon() -> Lexicon:
    """Return the lists of ``lexicon.toml``; BadEditionFile names the key at fault."""
    path = Path(__file__).with_name("lexicon.toml")
    keys = Keys(f"checks/narrative/{path.name}", "", tomllib.loads(path.read_text(encoding="utf-8")))
    found = Lexicon(
        overview_limit=keys.take("overview_limit", int),
        similarity=keys.take("similarity", float),
        meetings=keys.take("meetings", dict),
        foreign_parts=tuple(keys.take("foreign_parts", list)),
        residue=keys.take("residue", dict),
        topics=tuple(tuple(words) for words in keys.take("topics", list)),
    )
    keys.done()
    return found
