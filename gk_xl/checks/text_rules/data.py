"""What the rules on the text know of the language, read from the TOML files beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from gk_xl.form.kept import toml
from gk_xl.form.load import Keys

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Term:
    """A fixed term; ``unless_behind`` are characters before, ``unless_before`` after a slip that make it another word."""

    name: str
    unless_behind: str
    unless_before: str


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
    """Return the lists of ``proofreading.toml``; BadEditionFile names the key at fault."""
    path = Path(__file__).with_name("proofreading.toml")
    keys = Keys(f"checks/text_rules/{path.name}", "", toml(path))
    terms = []
    for number, raw in enumerate(keys.take("term", list)):
        item = Keys(f"checks/text_rules/{path.name}", f"term[{number}]", raw)
        terms.append(
            Term(item.take("name", str), item.take("unless_behind", str, ""), item.take("unless_before", str, ""))
        )
        item.done()
    found = Proofreading(
        may_double=frozenset(keys.take("may_double", str).split()),
        compounds={word: tuple(tails.split()) for word, tails in keys.take("compounds", dict).items()},
        doubled_before=keys.take("doubled_before", dict),
        doubled_behind=keys.take("doubled_behind", dict),
        said_twice=keys.take("said_twice", str),
        begun=frozenset(keys.take("begun", str).split()),
        terms=tuple(terms),
        confusions=keys.take("confusions", dict),
        confusions_unless=keys.take("confusions_unless", dict),
        titles=tuple(keys.take("titles", list)),
        headings=tuple(keys.take("headings", list)),
        report_names=tuple(keys.take("report_names", str).split()),
        counted=tuple(keys.take("counted", str).split()),
        slots=tuple(keys.take("slots", str).split()),
        verbs_in_xing=keys.take("verbs_in_xing", str),
        numbers=keys.take("numbers", dict),
    )
    keys.done()
    return found


@dataclass(frozen=True)
class Matter:
    """A matter of the regulation, the words that name it, and the articles that it stands in."""

    words: tuple[str, ...]
    articles: frozenset[int]


@dataclass(frozen=True)
class World:
    """The lists of world.toml; each is described there."""

    overview_limit: int
    similarity: float
    meetings: Mapping[str, int]
    plans: Mapping[str, tuple[int, int]]
    anniversaries: Mapping[str, tuple[int, ...]]
    foreign_parts: tuple[str, ...]
    other_notices: frozenset[str]
    residue: Mapping[str, str]
    topics: tuple[tuple[str, ...], ...]
    articles: tuple[Matter, ...]
    sites: Mapping[str, str]


@lru_cache
def world() -> World:
    """Return the lists of ``world.toml``; BadEditionFile names the key at fault."""
    path = Path(__file__).with_name("world.toml")
    keys = Keys(f"checks/text_rules/{path.name}", "", toml(path))
    found = World(
        overview_limit=keys.take("overview_limit", int),
        similarity=keys.take("similarity", float),
        meetings=keys.take("meetings", dict),
        plans={name: (first, last) for name, (first, last) in keys.take("plans", dict).items()},
        anniversaries={
            name: tuple(years) for names, years in keys.take("anniversaries", dict).items() for name in names.split()
        },
        foreign_parts=tuple(keys.take("foreign_parts", list)),
        other_notices=frozenset(keys.take("other_notices", list)),
        residue=keys.take("residue", dict),
        topics=tuple(tuple(words) for words in keys.take("topics", list)),
        articles=tuple(
            Matter(tuple(words.split()), frozenset(articles)) for words, articles in keys.take("articles", dict).items()
        ),
        sites=keys.take("sites", dict),
    )
    keys.done()
    return found
