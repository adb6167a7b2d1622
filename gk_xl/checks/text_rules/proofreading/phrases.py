"""Common phrases with one character typed for another that looks or sounds like it, or two neighbours swapped (X-62)."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.text.tokens import KEPT
from gk_xl.checks.text_rules.data import lists
from gk_xl.form.prebuilt import prebuilt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_FILE: Final = Path(__file__).with_suffix(".toml")
_WINDOW: Final = 4
"""So many characters that stand together leave no doubt which word was meant when one of them is another."""
_BEGIN: Final = "已以一及与和在再对为由有将被从向并且经未无均都每各全其此该于而也还或又则即"
"""Characters that are words: at the end of four the next word may begin with one (专题会|已召开)."""
_BESIDE: Final = 3
"""So many do where a word of them is written the wrong way round."""


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
    found = {wrong: where for wrong, where in pairs if wrong not in meant}
    return {**found, **_turned_round(phrases, table["meant"].split(), {*table["side_by_side"].split()})}


def _turned_round(phrases: list[str], meant: list[str], no_slips: set[str]) -> dict[str, tuple[str, int]]:
    """Return the words of two characters in phrases of whole words as they are written the wrong way round (益利), with the character beside them.

    Those that are words in another cut (办理|结果, 处理|办结) are left out, and ``no_slips``.
    """
    whole = [phrase for phrase in phrases if len(phrase) % 2 == 0]
    words = no_slips | _words_of(whole)
    right = {text[at : at + 3] for text in (*phrases, *meant) for at in range(len(text) - 2)}
    found = {}
    for phrase in whole:
        for at in range(0, len(phrase), 2):
            turned = phrase[at + 1] + phrase[at]
            for start, wrong in ((at - 1, phrase[at - 1 : at] + turned), (at, turned + phrase[at + 2 : at + 3])):
                another = {wrong[:2], wrong[1:]} - {turned}
                if len(wrong) == _BESIDE and turned not in words and not another & words and wrong not in right:
                    found[wrong] = (phrase, start)
    return found


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
    """Yield a window with one character in another's place, with two neighbours swapped, with an inner one typed twice."""
    for at, one in enumerate(window):
        edge = at in (0, _WINDOW - 1)
        for other in alike.get(one, ""):
            if not (edge and other in _BEGIN):
                yield window[:at] + other + window[at + 1 :]
    for at in range(_WINDOW - 1):
        yield window[:at] + window[at + 1] + window[at] + window[at + 2 :]
    yield window[0] + window[1] * 2 + window[2]
    yield window[1] + window[2] * 2 + window[3]


def _words_of(phrases: list[str]) -> set[str]:
    """Return the words of two characters that phrases of whole words are made of."""
    return {phrase[at : at + 2] for phrase in phrases for at in range(0, len(phrase), 2)}


class _Alone(NamedTuple):
    """Words of two characters written the wrong way round, and what may stand beside one that stands alone."""

    turned: frozenset[str]
    before: frozenset[str]
    behind: frozenset[str]


@lru_cache
def _alone() -> _Alone:
    """Return what ``phrases.toml`` says of words that stand alone."""
    table = lists(_FILE)
    words = _words_of([phrase for phrase in table["phrases"].split() if len(phrase) % 2 == 0])
    kept = words | {*table["side_by_side"].split()}
    turned = frozenset(word[::-1] for word in words if word[::-1] not in kept)
    return _Alone(turned, frozenset(table["before"].split()), frozenset(table["behind"].split()))


_OPENS: Final = frozenset("，。；：、（“《的了和与将把被为对在等各每其")
_CLOSES: Final = frozenset("，。；：、）”》的了和与及等")


def _turned_alone(text: str, pairs: list[str]) -> tuple[str, str] | None:
    """Return a word that stands alone the wrong way round (进行查检，), and the right one; None when there is none."""
    alone = _alone()
    for pair in {*filter(alone.turned.__contains__, pairs)}:
        at = text.find(pair)
        while at >= 0:
            before, behind = text[max(at - 2, 0) : at], text[at + 2 : at + 4]
            opened = not before or before[-1] in _OPENS or before in alone.before
            if opened and (not behind or behind[0] in _CLOSES or behind[0].isdecimal() or behind in alone.behind):
                return pair, pair[::-1]
            at = text.find(pair, at + 1)
    return None


@lru_cache(maxsize=KEPT)
def misspelt_phrase(text: str) -> tuple[str, str] | None:
    """Return a misspelt phrase of a text, and the right one: of a long one only four characters, where the rest is another."""
    known = wrong_phrases()
    pairs = [*map(add, text, text[1:])]
    for size, windows in ((_WINDOW, map(add, pairs, pairs[2:])), (_BESIDE, map(add, pairs, text[2:]))):
        if window := next(filter(known.__contains__, windows), ""):
            phrase, begun = known[window]
            right, at = phrase[begun : begun + size], text.find(window)
            around = text[max(at - begun, 0) : at - begun + len(phrase)]
            return (around, phrase) if around.replace(window, right) == phrase else (window, right)
    return _turned_alone(text, pairs)
