"""Fixed terms as they are misspelt: a character lost, replaced or typed twice, two in each other's place, known confusions (X-62)."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from operator import add
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.text.tokens import KEPT
from gk_xl.checks.text_rules.proofreading.language import language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def distance(left: str, right: str, most: int) -> int:
    """Return how many characters must be put in, left out, replaced or swapped to make one text the other, at most ``most`` + 1."""
    if abs(len(left) - len(right)) > most:
        return most + 1
    before = list(range(len(right) + 1))
    above: list[int] = []
    for i, one in enumerate(left, 1):
        row = [i]
        for j, other in enumerate(right, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (one != other))
            if i > 1 and j > 1 and one == right[j - 2] and left[i - 2] == other:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        above, before = before, row
    return before[-1]


class _Slip(NamedTuple):
    """A misspelt term: the right one, and the characters around it that make it another word."""

    right: str
    unless_behind: str
    unless_before: str


_PAIR: Final = 2
_FUNCTION: Final = "的和要及需并与"
"""Characters that a heading may do without."""


@lru_cache
def slips() -> Mapping[str, _Slip]:
    """Return every term with one inner character lost or typed twice, terms with two neighbours swapped, the known confusions."""
    data = language()
    names = [term.name for term in data.terms]
    found = {}
    for term in data.terms:
        name = term.name
        wrong = {name[:at] + name[at + 1 :] for at in range(1, len(name) - 1)}
        wrong |= _swapped(name)
        for text in wrong - set(names):
            if not any(text in other for other in names):
                begun = text[:_PAIR] == name[:_PAIR]  # what stands before it makes another word of it no more
                unless_behind = term.unless_behind + (data.verbs_in_xing if name.startswith("行") else "")
                found[text] = _Slip(name, "" if begun else unless_behind, term.unless_before)
    for name in data.formulas:
        found |= {text: _Slip(name, "", "") for text in _swapped(name) if text != name}
    for name in data.headings:
        wrong = {name[:at] + name[at + 1 :] for at in range(1, len(name) - 1) if name[at] not in _FUNCTION}
        found |= {text: _Slip(name, "", "") for text in wrong}
    for name in (*names, *data.headings):
        found |= {text: _Slip(right, "", "") for text, right in _typed_twice(name) if text not in name}
    for text, right in data.confusions.items():
        found[text] = _Slip(right, "", data.confusions_unless.get(text, ""))
    return found


def _swapped(name: str) -> set[str]:
    """Return a term with two neighbouring characters in each other's place, wherever they stand."""
    return {name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in range(len(name) - 1)}


def _typed_twice(name: str) -> Iterator[tuple[str, str]]:
    """Yield each inner character of a term twice between its neighbours, and as it should be: 政复复议, 政复议."""
    for at in range(1, len(name) - 1):
        before, one, behind = name[at - 1], name[at], name[at + 1]
        yield before + one * 2 + behind, before + one + behind


@lru_cache
def _by_pair() -> Mapping[str, tuple[str, ...]]:
    """Return the slips by two neighbouring characters of theirs that no right term has, or the fewest."""
    data = language()
    right = (
        *(term.name for term in data.terms),
        *data.headings,
        *data.formulas,
        *data.confusions.values(),
    )
    often = Counter(pair for name in right for pair in _pairs(name))
    found: dict[str, list[str]] = {}
    for wrong in slips():  # of two pairs that no term has, the one that is a pair turned round: 步一 of 进步一
        found.setdefault(min(_pairs(wrong), key=lambda pair: (often[pair], pair[::-1] not in often)), []).append(wrong)
    return {pair: tuple(slips) for pair, slips in found.items()}


def _pairs(text: str) -> list[str]:
    """Return the pairs of neighbouring characters of a text."""
    return [text[at : at + 2] for at in range(len(text) - 1)]


@lru_cache(maxsize=KEPT)
def like_a_slip(text: str) -> bool:
    """Return whether two neighbouring characters of a text are those by which some slip is known."""
    return not _by_pair().keys().isdisjoint(map(add, text, text[1:]))


def slips_in(text: str) -> list[str]:
    """Return the slips that occur anywhere in a text, their context not yet looked at: as they stand, of two at one place the longer first."""
    index = _by_pair()
    found = [wrong for pair in index.keys() & set(_pairs(text)) for wrong in index[pair] if wrong in text]
    return sorted(found, key=lambda wrong: (text.find(wrong), -len(wrong)))


_LONG: Final = 6
"""So many characters a term has that no other word is like but for one of them."""
_NO_SLIP: Final = frozenset("是未的与或及之和不无府务")
"""Characters that make another right wording in the place of another: 应公开未公开; 政务 for 政府."""


@lru_cache
def _whole() -> frozenset[str]:
    """Return the wordings of which one inner character is not replaced."""
    data = language()
    return frozenset(
        (*data.formulas, *(term.name for term in data.terms if len(term.name) >= _LONG and not term.elsewhere))
    )


@lru_cache
def _halves() -> Mapping[str, tuple[tuple[str, int, str], ...]]:
    """Return the halves of those wordings, each with its place in which, by a pair of characters that few of them have."""
    halves = [(name[start:end], start, name) for name in _whole() for start, end in _cut(len(name))]
    often = Counter(pair for half, _, _ in halves for pair in _pairs(half))
    found: dict[str, list[tuple[str, int, str]]] = {}
    for half in halves:
        found.setdefault(min(_pairs(half[0]), key=often.__getitem__), []).append(half)
    return {pair: tuple(halves) for pair, halves in found.items()}


def _cut(length: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return where the halves of a wording of some length begin and end: one of them is whole when one character is not."""
    return (0, length // 2), (length // 2, length)


@lru_cache(maxsize=KEPT)
def replaced(text: str) -> tuple[str, str] | None:
    """Return a fixed wording in a text with one inner character in the place of another, and the right one; None when there is none."""
    index = _halves()
    for half, at, name in (half for pair in sorted(index.keys() & set(_pairs(text))) for half in index[pair]):
        start = text.find(half)
        while start >= 0:
            here = text[max(0, start - at) : start - at + len(name)]
            wrong = [place for place, sign in enumerate(name) if here[place : place + 1] not in (sign, "")]
            if len(here) == len(name) and len(wrong) == 1 and 0 < wrong[0] < len(name) - 1 and here not in _whole():
                sign = here[wrong[0]]
                if sign not in _NO_SLIP and name[wrong[0]].isalpha() and sign.isalpha() and not sign.isascii():
                    return here, name
            start = text.find(half, start + 1)
    return None
