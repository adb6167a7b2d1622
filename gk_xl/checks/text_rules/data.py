"""What the rules on the text know of the language and of the world, read from the TOML files beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gk_xl.form.kept import toml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Term(NamedTuple):
    """A fixed term; ``unless_behind`` are characters before, ``unless_before`` after a slip that make it another word."""

    name: str
    unless_behind: str = ""
    unless_before: str = ""


@dataclass(frozen=True)
class Proofreading:
    """The lists of proofreading.toml; each is described there."""

    may_double: frozenset[str]
    compounds: Mapping[str, tuple[str, ...]]
    doubled_before: Mapping[str, str]
    doubled_behind: Mapping[str, str]
    said_twice: str
    begun: frozenset[str]
    terms: tuple[Term, ...]
    confusions: Mapping[str, str]
    confusions_unless: Mapping[str, str]
    titles: tuple[str, ...]
    headings: tuple[str, ...]
    report_names: tuple[str, ...]
    counted: tuple[str, ...]
    slots: tuple[str, ...]
    verbs_in_xing: str
    numbers: Mapping[str, str]


@lru_cache
def proofreading() -> Proofreading:
    """Return the lists of ``proofreading.toml``; TypeError names a key that is not known, or missing."""
    table = _table("proofreading.toml")
    table |= {name: frozenset(table[name].split()) for name in ("may_double", "begun")}
    table |= {name: tuple(table[name].split()) for name in ("report_names", "counted", "slots")}
    compounds = {word: tuple(tails.split()) for word, tails in table.pop("compounds").items()}
    terms = tuple(Term(**term) for term in table.pop("term"))
    return Proofreading(compounds=compounds, terms=terms, **table)


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
    foreign_parts: tuple[str, ...]
    other_notices: tuple[str, ...]
    residue: Mapping[str, str]
    topics: tuple[Sequence[str], ...]
    articles: tuple[Matter, ...]
    sites: Mapping[str, str]


@lru_cache
def world() -> World:
    """Return the lists of ``world.toml``; TypeError names a key that is not known, or missing."""
    table = _table("world.toml")
    kept = {name: tuple(years) for names, years in table.pop("anniversaries").items() for name in names.split()}
    cited = table.pop("articles").items()
    articles = tuple(Matter(tuple(words.split()), frozenset(found)) for words, found in cited)
    return World(anniversaries=kept, articles=articles, **table)


def _table(name: str) -> dict[str, Any]:
    """Return what stands in a file, its lists as tuples."""
    found = toml(Path(__file__).with_name(name))
    return {key: tuple(value) if isinstance(value, list) else value for key, value in found.items()}
