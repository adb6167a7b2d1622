"""Common phrases with one character typed for another that looks or sounds like it, or two neighbours swapped (X-62)."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.tokens import KEPT
from gk_xl.checks.text_rules.data import lists
from gk_xl.form.prebuilt import prebuilt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_FILE: Final = Path(__file__).with_suffix(".toml")
_WINDOW: Final = 4
"""So many characters that stand together leave no doubt which word was meant when one of them is another."""


@lru_cache
def wrong_phrases() -> Mapping[str, tuple[str, int]]:
    """Return every four characters of a phrase as they are misspelt, with the phrase and where in it they begin."""
    return prebuilt("phrases", lambda: _misspelt(lists(_FILE)))


def _misspelt(table: Mapping[str, str]) -> dict[str, tuple[str, int]]:
    """Return the misspelt windows of the phrases of a table, each with the shortest such phrase; one that is right elsewhere is left out."""
    alike = _alike(f"{table['sounds']} {table['looks']}")
    phrases = sorted(table["phrases"].split(), key=len, reverse=True)
    right = {window: (phrase, at) for phrase in phrases for at, window in enumerate(_windows(phrase))}
    meant = right.keys() | set(table["meant"].split())
    pairs = ((wrong, where) for window, where in right.items() for wrong in _slips_of(window, alike))
    return {wrong: where for wrong, where in pairs if wrong not in meant}


def _alike(groups: str) -> dict[str, str]:
    """Return for each character those of its groups."""
    found: dict[str, str] = defaultdict(str)
    for group in groups.split():
        for one in group:
            found[one] += group.replace(one, "")
    return dict(found)


def _windows(phrase: str) -> Iterator[str]:
    return (phrase[at : at + _WINDOW] for at in range(len(phrase) - _WINDOW + 1))


def _slips_of(window: str, alike: Mapping[str, str]) -> Iterator[str]:
    """Yield a window with one character in another's place, and with two neighbours swapped."""
    for at, one in enumerate(window):
        for other in alike.get(one, ""):
            yield window[:at] + other + window[at + 1 :]
    for at in range(_WINDOW - 1):
        yield window[:at] + window[at + 1] + window[at] + window[at + 2 :]


@lru_cache(maxsize=KEPT)
def misspelt_phrase(text: str) -> tuple[str, str] | None:
    """Return a misspelt phrase of a text, and the right one: of a long one only four characters, where the rest is another."""
    known = wrong_phrases()
    for at in range(len(text) - _WINDOW + 1):
        window = text[at : at + _WINDOW]
        if window in known:
            phrase, begun = known[window]
            right = phrase[begun : begun + _WINDOW]
            around = text[max(at - begun, 0) : at - begun + len(phrase)]
            return (around, phrase) if around.replace(window, right) == phrase else (window, right)
    return None
