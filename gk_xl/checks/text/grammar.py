"""``grammar.toml`` → readings, and the readings that a segment of tokens fits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gk_xl.checks.text.words import lexicon
from gk_xl.form.demands import needs_of
from gk_xl.form.kept import toml
from gk_xl.form.load import Keys, edition_in_force
from gk_xl.form.patterns import demand_of, regex
from gk_xl.form.prebuilt import prebuilt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gk_xl.checks.text.lexer import Token

FILE: Final = Path(__file__).with_name("grammar.toml")
LONGEST_GAP: Final = 12
_WRITTEN: Final = ("count", "money", "year", "number", "share", "mark", "unknown", "this", "organ", "title")
_STOPS: Final = frozenset(
    {"halt", "negation", "count", "money", "mark", "result", "zero", "case", "document", "decision", "except"}
)
"""Tokens that a gap “_” does not pass."""
_WIDE_STOPS: Final = _STOPS - {"halt", "result"}
"""Tokens that a wide gap “…” does not pass: what stands in it must be named by ``unless``."""
_ALSO: Final = {
    "year": ("this",),
    "filler": ("later", "dealt", "organ"),
    "unknown": ("part", "channel", "anyway", "intent", "due", "added", "smooth", "rate", "classified", "hold", "share", "of", "title"),
}  # fmt: skip
"""Sorts that a pattern means as well when it names one: words that matter to a few readings, and to the others none."""
_KINDS: Final = {"total": "total", "absent": "word", "claim": "word"}
"""What is said of all applications, by number and in words, is read by applications.py; all else is ``one``."""
_PIECE: Final = regex(r"<([a-z_|.]+)>|([_~…])|(\s+)|(.)")


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading: what fits it (``pattern`` over the codes of a segment), what must not stand there, what it says of what (``subject``, empty: of the things named)."""

    id: str
    says: str
    subject: str
    pattern: re.Pattern[str]
    needs: tuple[frozenset[str], ...]  # of each of these codes one must stand there; the fewest come first
    after: str
    unless: tuple[str, ...]
    nowhere: tuple[str, ...]
    right: tuple[str, ...]
    silent: tuple[str, ...]


@lru_cache
def _grammar() -> Mapping[str, Any]:
    """Return what stands in grammar.toml."""
    return toml(FILE)


@lru_cache
def _kept() -> tuple[Mapping[tuple[str, str], str], tuple[Reading, ...]]:
    """Return the codes of tokens and the readings, as they were kept or made now."""
    return prebuilt("readings", lambda: (_coding(), _readings()))


def _codes() -> Mapping[tuple[str, str], str]:
    """Return the character that stands for each sort of token, and for those names of a sort that a pattern names."""
    return _kept()[0]


@lru_cache
def _coding() -> Mapping[tuple[str, str], str]:
    words = lexicon(edition_in_force().id).words.values()
    written = [*(item["pattern"] for item in _grammar()["reading"]), *_grammar()["pieces"].values()]
    named = set(re.findall(r"([a-z_]+)[.]([a-z_]+)", " ".join(written)))
    keys = sorted({(word.sort, "") for word in words} | {(sort, "") for sort in _WRITTEN} | named)
    return {key: chr(0xE000 + number) for number, key in enumerate(keys)}


@lru_cache
def words_asked() -> frozenset[str]:
    """Return the words and sorts that some reading wants to stand nowhere in the sentence."""
    return frozenset(word for reading in readings() for word in reading.nowhere)


def fitting(kind: str, code: str, *, every: bool = False) -> Iterator[tuple[Reading, re.Match[str] | None]]:
    """Yield the readings of a kind with how they fit coded tokens; ``every``: those that do not fit, too."""
    for reading in readings(kind) if every else _possible(kind, _needed(kind).intersection(code)):
        match = reading.pattern.search(code)
        if match is not None or every:
            yield reading, match


@lru_cache
def _needed(kind: str) -> frozenset[str]:
    """Return the codes that a reading of a kind needs: no others tell which may fit."""
    return frozenset(code for item in readings(kind) for need in item.needs for code in need)


@lru_cache
def _by_code(kind: str) -> Mapping[str, Sequence[int]]:
    """Return the numbers of the readings of a kind by what they need first, those that need nothing under ""."""
    found: dict[str, list[int]] = {}
    for number, item in enumerate(readings(kind)):
        for code in item.needs[0] if item.needs else ("",):
            found.setdefault(code, []).append(number)
    return found


@lru_cache(maxsize=4096)
def _possible(kind: str, present: frozenset[str]) -> tuple[Reading, ...]:
    """Return the readings of a kind that lack nothing of what they need."""
    known, by_code = readings(kind), _by_code(kind)
    some = {number for code in ("", *present) for number in by_code.get(code, ())}
    return tuple(known[number] for number in sorted(some) if not any(map(present.isdisjoint, known[number].needs)))


def coded(tokens: Sequence[Token]) -> str:
    """Return tokens as a string, a character a token."""
    codes, plain = _codes(), _plain()
    return "".join([codes.get((token.sort, token.name)) or plain[token.sort] for token in tokens])


@lru_cache
def _plain() -> Mapping[str, str]:
    """Return the characters of the sorts."""
    return {sort: code for (sort, name), code in _codes().items() if not name}


@lru_cache(maxsize=1024)
def _class(names: frozenset[str]) -> str:
    """Return the characters of all tokens that a list of sorts, and of names within a sort, means."""
    codes = _coding()
    wanted = [part for name in names for part in (name, *_ALSO.get(name, ()))]
    return "".join(
        code for (sort, name), code in codes.items() if sort in wanted or (name and f"{sort}.{name}" in wanted)
    )


@lru_cache
def _gaps() -> Mapping[str, str]:
    """Return the characters that each sign of a gap passes over."""
    sorts = frozenset(sort for sort, _ in _coding())
    return {"_": _class(sorts - _STOPS), "…": _class(sorts - _WIDE_STOPS)}


def _compiled(written: str) -> re.Pattern[str]:
    """Return a pattern of grammar.toml as one over codes."""
    found, gaps = [], _gaps()
    for name, text in _grammar()["pieces"].items():
        written = written.replace(f"{{{name}}}", text)
    for names, sign, space, other in _PIECE.findall(written):
        if names:
            found.append(f"[{_class(frozenset(names.split('|')))}]")
        elif sign in gaps:
            found.append(f"[{gaps[sign]}]{{0,{LONGEST_GAP}}}?")
        elif sign:
            found.append(f"[{_class(frozenset(('filler',)))}]{{0,{LONGEST_GAP}}}+")
        elif not space:
            found.append(other)
    return regex("".join(found))


def _ungrouped(written: Sequence[str]) -> tuple[str, ...]:
    """Return sorts, words and conditions with those of each @group that is named; KeyError where it is none."""
    groups = _grammar()["groups"]
    return tuple(one for name in written for one in (groups[name[1:]] if name.startswith("@") else (name,)))


@lru_cache
def readings(kind: str = "") -> tuple[Reading, ...]:
    """Return the readings in the order in which they are tried, those of one kind only: ``one``, ``total``, ``word``.

    BadEditionFile names a key that is not known.
    """
    if kind:
        return tuple(item for item in readings() if _KINDS.get(item.says, "one") == kind)
    return _kept()[1]


def _readings() -> tuple[Reading, ...]:
    """Return the readings as grammar.toml has them."""
    found = []
    for item in _grammar()["reading"]:
        keys = Keys(f"checks/text/{FILE.name}", f"reading {item.get('id')}", item)
        pattern = _compiled(keys.take("pattern", str))
        found.append(
            Reading(
                keys.take("id", str),
                keys.take("says", str),
                keys.take("subject", str, ""),
                pattern,
                tuple(sorted(needs_of(demand_of(pattern)), key=len)),
                keys.take("after", str, ""),
                _ungrouped(keys.take("unless", list, [])),
                tuple(keys.take("nowhere", list, [])),
                tuple(keys.take("right", list, [])),
                tuple(keys.take("silent", list, [])),
            )
        )
        keys.done()
    return tuple(found)
