"""What a proof-reader knows of the language and of the fixed terms of the form, read from ``language.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gk_xl.checks.text_rules.data import lists

if TYPE_CHECKING:
    from collections.abc import Mapping


class Term(NamedTuple):
    """A fixed term; ``unless_behind`` are characters before, ``unless_before`` after a slip that make it another word.

    ``elsewhere``: with another character in it, it is another word.
    """

    name: str
    unless_behind: str = ""
    unless_before: str = ""
    elsewhere: bool = False


@dataclass(frozen=True)
class Language:
    """The lists of language.toml; each is described there."""

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
    laws: tuple[str, ...]
    headings: tuple[str, ...]
    formulas: tuple[str, ...]
    report_names: tuple[str, ...]
    counted: tuple[str, ...]
    slots: tuple[str, ...]
    verbs_in_xing: str
    numbers: Mapping[str, str]


@lru_cache
def language() -> Language:
    """Return the lists of ``language.toml``; TypeError names a key that is not known, or missing."""
    table = lists(Path(__file__).with_suffix(".toml"))
    table |= {name: frozenset(table[name].split()) for name in ("may_double", "begun")}
    table |= {name: tuple(table[name].split()) for name in ("laws", "formulas", "report_names", "counted", "slots")}
    compounds = {word: tuple(tails.split()) for word, tails in table.pop("compounds").items()}
    terms = tuple(Term(**term) for term in table.pop("term"))
    return Language(compounds=compounds, terms=terms, **table)
