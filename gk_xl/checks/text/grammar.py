"""``grammar.toml`` → readings, and the readings that a segment of tokens fits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.words import lexicon
from gk_xl.form.kept import toml
from gk_xl.form.load import Keys, edition_in_force
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from gk_xl.checks.text.lexer import Token

FILE: Final = Path(__file__).with_name("grammar.toml")
LONGEST_GAP: Final = 12
_WRITTEN: Final = ("count", "money", "year", "number", "mark", "unknown", "this")
_STOPS: Final = frozenset(
    {"halt", "negation", "count", "money", "mark", "result", "zero", "case", "document", "decision"}
)
"""Tokens that a gap “_” does not pass."""
_PIECE: Final = regex(r"<([a-z_|]+)>|([_~])|(\s+)|(.)")


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading: what fits it (``pattern`` over the codes of a segment), what must not stand there, what it says of what (``subject``, empty: of the things named)."""

    id: str
    says: str
    subject: str
    pattern: re.Pattern[str]
    after: str
    unless: tuple[str, ...]
    right: tuple[str, ...]
    silent: tuple[str, ...]


@lru_cache
def _codes() -> dict[str, str]:
    """Return the character that stands for each sort of token."""
    sorts = sorted({word.sort for word in lexicon(edition_in_force().id).words.values()} | set(_WRITTEN))
    return {sort: chr(0xE000 + number) for number, sort in enumerate(sorts)}


def coded(tokens: Sequence[Token]) -> str:
    """Return a segment as a string, a character a token."""
    codes = _codes()
    return "".join(codes[token.sort] for token in tokens)


def _compiled(written: str) -> re.Pattern[str]:
    """Return a pattern of grammar.toml as one over codes."""
    codes, found = _codes(), []
    gap = "".join(code for sort, code in codes.items() if sort not in _STOPS)
    for match in _PIECE.finditer(written):
        sorts, sign, space, other = match.groups()
        if sorts:
            names = sorts.replace("year", "year|this").split("|")
            found.append(f"[{''.join(codes[sort] for sort in names)}]")
        elif sign:
            found.append(f"[{gap}]{{0,{LONGEST_GAP}}}?" if sign == "_" else f"[{codes['filler']}]{{0,{LONGEST_GAP}}}+")
        elif not space:
            found.append(other)
    return regex("".join(found))


@lru_cache
def readings() -> tuple[Reading, ...]:
    """Return the readings in the order in which they are tried; BadEditionFile names a key that is not known."""
    found = []
    for item in toml(FILE)["reading"]:
        keys = Keys(f"checks/text/{FILE.name}", f"reading {item.get('id')}", item)
        found.append(
            Reading(
                keys.take("id", str),
                keys.take("says", str),
                keys.take("subject", str, ""),
                _compiled(keys.take("pattern", str)),
                keys.take("after", str, ""),
                tuple(keys.take("unless", list, [])),
                tuple(keys.take("right", list, [])),
                tuple(keys.take("silent", list, [])),
            )
        )
        keys.done()
    return tuple(found)
