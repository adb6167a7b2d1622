"""What the rules on the text know of the world, read from the TOML file beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gk_xl.form.kept import toml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Matter(NamedTuple):
    """A matter of the regulation, the words that name it, and the articles that it stands in."""

    words: tuple[str, ...]
    articles: frozenset[int]


@dataclass(frozen=True)
class World:
    """The lists of world.toml; each is described there."""

    overview_limit: int
    similarity: float
    meetings: Mapping[str, int]
    plans: Mapping[str, Sequence[int]]
    anniversaries: Mapping[str, tuple[int, ...]]
    days: Mapping[str, tuple[int, str]]
    foreign_parts: tuple[str, ...]
    other_notices: tuple[str, ...]
    residue: Mapping[str, str]
    topics: tuple[Sequence[str], ...]
    articles: tuple[Matter, ...]
    sites: Mapping[str, str]
    laws: Mapping[str, Sequence[str]]
    duties: Mapping[str, str]


@lru_cache
def world() -> World:
    """Return the lists of ``world.toml``; TypeError names a key that is not known, or missing."""
    table = lists(Path(__file__).with_name("world.toml"))
    kept = {name: tuple(years) for names, years in table.pop("anniversaries").items() for name in names.split()}
    cited = table.pop("articles").items()
    articles = tuple(Matter(tuple(words.split()), frozenset(found)) for words, found in cited)
    return World(anniversaries=kept, articles=articles, **table)


def lists(path: Path) -> dict[str, Any]:
    """Return what stands in a file, its lists as tuples."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in toml(path).items()}
