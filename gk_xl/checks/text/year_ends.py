"""年初, 年末, 期初, 期末 as last year and next year, where they tell of what was carried over."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.lexer import Token
from gk_xl.checks.text.shorthand import COUNTED

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDS: Final = {
    "年初": "last",
    "年末": "next",
    "年底": "next",
    "截至年底": "next",
    "截至年末": "next",
    "期初": "last",
    "期末": "next",
}
_LEFT: Final = ("剩下", "剩余", "余下", "剩", "余", "留", "留了")
"""Right behind last year they are what was carried over: 上年剩下3件, 2024年剩下3件."""
TOLD: Final = frozenset({*ENDS, *_LEFT})
_BOTH_ENDS: Final = 6
"""So many words behind 年初 may 年末 stand, and what was carried over behind both: 年初、年末均无未办结申请."""
OVER: Final = ("carry", "pending", "across", "to_handle")
_UP_TO_CARRIED: Final = frozenset({"filler", "negation", "list", "application", "count"})
_NEAR: Final = 5


def ends_of_year(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens with 年初 before what was carried over or open, as last year, 年末 as next: 年初有结转申请4件, 年初未办结2件."""
    found = tuple(_left(found))
    both = _ends_together(found)
    books = _ends_of_books(found)
    for index, token in enumerate(found):
        if index in both or index in books:
            year = both.get(index) or books[index]
            yield token._replace(sort=year, name=year)
            if index in books:
                yield Token("carry", "carry", token.end, token.end, "")
            continue
        if token.sort == "across" and index + 1 < len(found) and found[index + 1].sort == "carry":
            came = found[index + 1].name == "come" or (index and found[index - 1].sort == "last")
            year = "last" if came else "next"
            yield token._replace(sort=year, name=year)  # 跨年转入1件，跨年转出1件
            continue
        alone = not index or found[index - 1].sort in (
            "mark",
            "filler",
            "organ",
            "list",
            "application",
            "unknown",
            "negation",
        )
        ahead = [other.sort for other in found[index + 1 : index + _NEAR]]
        at = next((at for at, sort in enumerate(ahead) if sort in OVER), len(ahead))
        near = at < len(ahead) and set(ahead[:at]) <= _UP_TO_CARRIED
        if token.text in ENDS and alone and near:
            yield token._replace(sort=ENDS[token.text], name=ENDS[token.text])
        else:
            yield token


def _left(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens with 剩下 between last year and a number as what was carried over."""
    for before, token, ahead in zip((None, *found), found, (*found[1:], None), strict=False):
        over = (
            before is not None
            and before.sort in ("last", "year")
            and ahead is not None
            and ahead.sort in ("count", "filler")
        )
        yield token._replace(sort="carry", name="carry") if over and token.text in _LEFT else token


def _ends_of_books(found: tuple[Token, ...]) -> dict[int, str]:
    """Return where 期初 and 期末 stand right before a count, each, in a sentence that counts what came or was closed, as years."""
    at = {
        index: ENDS[one.text]
        for index, (one, other) in enumerate(pairwise(found))
        if one.text in ENDS and other.sort == "count" and other.name in COUNTED
    }
    sorts = {token.sort for token in found}
    ours = sorts & {"receive", "answer"} and "document" not in sorts
    return at if ours and set(at.values()) == {"last", "next"} else {}


def _ends_together(found: tuple[Token, ...]) -> dict[int, str]:
    """Return where 年初 and 年末 stand side by side before what was carried over or left undone at both, as years."""
    for index, (one, _, other) in enumerate(zip(found, found[1:], found[2:], strict=False)):
        both = ENDS.get(one.text), ENDS.get(other.text)
        if both == ("last", "next") and any(token.sort in OVER for token in found[index + 3 : index + 3 + _BOTH_ENDS]):
            return {index: "last", index + 2: "next"}
    return {}
