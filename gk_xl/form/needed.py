"""What a text must have somewhere for a pattern to be found in it: a word, or one of a few characters.

Of the patterns that a check asks of every sentence nineteen in twenty find nothing. Most of them could not: a count without
a figure, a title without 《. Asking for that first costs a fraction of trying the pattern at every character.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Needed = str | frozenset[str]
"""A word that is in the text, or characters one of which is; ``DIGIT`` stands for any figure."""

DIGIT: Final = "\\d"
MOST: Final = 16
"""So many characters are asked for at most: more are found in nearly every text."""
_SHARES: Final = {
    0.6: "。，公政、",
    0.35: "办进责开负了人站务村的年补贴府信息",
    0.15: "农名对网事发上民所度一查生业工会告报在核中（）件请服理地时保文乡栏财；法后全设由项招目改水按便社助册条0123",
}
"""About how many of a hundred sentences of reports have a character; all others are rarer than the last."""
_SELDOM: Final = 0.05
_FIGURES: Final = 0.35
_COMMON: Final = {sign: share for share, text in _SHARES.items() for sign in text}
_WORTH: Final = 0.5
"""So many of all texts may have what is needed; of what most have it is not worth asking."""


def needed(parsed: Any, code: Sequence[int]) -> Needed | None:
    """Return what every text has in which a pattern is found; None where there is no such thing, or no use in asking.

    ``parsed`` and ``code`` are ``re``'s own. What a text has is a necessary condition only: behind it the pattern is asked.
    """
    from re import _constants as sre  # type: ignore[attr-defined]

    items = list(parsed)
    if parsed.state.flags & sre.SRE_FLAG_IGNORECASE or _begins_quickly(items, code, sre):
        return None
    found = min(_of_sequence(items, sre), key=_likely, default=None)
    if found is None or _likely(found) >= _WORTH:
        return None
    only = "".join(found)
    return only if len(found) == 1 and only != DIGIT else found


def as_set(need: frozenset[str]) -> str:
    """Return the pattern that finds one of some characters."""
    signs = (sign if sign == DIGIT else re.escape(sign) for sign in sorted(need))
    return f"[{''.join(signs)}]"


def _begins_quickly(items: list[Any], code: Sequence[int], sre: Any) -> bool:
    """Return whether a pattern knows by itself at which few characters of a text it is to be tried."""
    head = code[2] if code and code[0] == sre.INFO else 0
    if head & sre.SRE_INFO_PREFIX:
        return True
    first = min(_of_sequence(items[:1], sre), key=_likely, default=None)
    return bool(head & sre.SRE_INFO_CHARSET) and first is not None and _likely(first) < _WORTH


def _likely(need: Needed) -> float:
    """Return about how many of all sentences have something."""
    if isinstance(need, str):
        return _SELDOM / len(need)
    return sum(_FIGURES if sign == DIGIT else _COMMON.get(sign, _SELDOM) for sign in need)


def _of_sequence(items: list[Any], sre: Any) -> Iterator[Needed]:
    """Yield what items that follow each other need, each for itself; literal characters in a row are a word."""
    word = ""
    for operator, argument in [*items, (None, None)]:
        if operator is sre.LITERAL:
            word += chr(argument)
            continue
        if word:
            yield word if len(word) > 1 else frozenset(word)
        word = ""
        if operator is not None:
            yield from _of_item(operator, argument, sre)


def _of_item(operator: Any, argument: Any, sre: Any) -> Iterator[Needed]:
    """Yield what one item needs."""
    if operator is sre.IN:
        found = of_set(argument, sre)
        if found:
            yield found
    elif operator is sre.BRANCH:
        yield from _of_branches([list(branch) for branch in argument[1]], sre)
    elif operator is sre.SUBPATTERN:
        _, added, taken, inside = argument
        if not (added or taken):
            yield from _of_sequence(list(inside), sre)
    elif operator in (sre.MAX_REPEAT, sre.MIN_REPEAT, getattr(sre, "POSSESSIVE_REPEAT", None)):
        least, _, inside = argument
        if least:
            yield from _of_sequence(list(inside), sre)
    elif operator is getattr(sre, "ATOMIC_GROUP", ()):
        yield from _of_sequence(list(argument), sre)
    elif operator is sre.ASSERT:
        yield from _of_sequence(list(argument[1]), sre)


def _of_branches(branches: list[list[Any]], sre: Any) -> Iterator[Needed]:
    """Yield the characters one of which stands in whichever of some branches is taken."""
    together: set[str] = set()
    for branch in branches:
        likeliest = min(map(_one_of, _of_sequence(branch, sre)), key=_likely, default=frozenset[str]())
        if not likeliest:
            return
        together |= likeliest
    if len(together) <= MOST:
        yield frozenset(together)


def _one_of(need: Needed) -> frozenset[str]:
    """Return characters one of which a text has that has what is needed."""
    return min((frozenset(sign) for sign in need), key=_likely) if isinstance(need, str) else need


def of_set(items: Iterable[Any], sre: Any, most: int = MOST) -> frozenset[str]:
    """Return the characters of a set; none where it says what it is not, or holds more than ``most``. ``sre`` are ``re``'s constants."""
    found: set[str] = set()
    for operator, argument in items:
        if operator is sre.LITERAL:
            found.add(chr(argument))
        elif operator is sre.RANGE and argument[1] - argument[0] < most:
            found.update(map(chr, range(argument[0], argument[1] + 1)))
        elif operator is sre.CATEGORY and argument is sre.CATEGORY_DIGIT:
            found.add(DIGIT)
        else:
            return frozenset()
    return frozenset(found) if len(found) <= most else frozenset()
