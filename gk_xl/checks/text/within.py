"""A number and what it parts into in one clause → two clauses: 复议10件中，7件维持; 17件新申请，居民个人提出14件."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.paired import LABELS, mark
from gk_xl.checks.text.shorthand import COUNTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.checks.text.lexer import Token

WITHIN: Final = ("中", "里", "当中", "里头")
_CONSISTING: Final = ("包括", "包含", "含", "其中")
_BY: Final = ("由", "来自", "出自")
PARTING: Final = frozenset({*WITHIN, *_CONSISTING, *_BY, "有"})
"""Words behind which a number may part; a sentence without one holds nothing of the kind."""
_WHOLE: Final = ("application", "receive", "answer")
"""What a number before 中 may count."""
_LEFT_OF_IT: Final = ("有", "尚", "尚有", "仍", "还")
"""9件中尚有3件未结."""


def cut_within(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens with a ， behind 中 where a count follows: 复议10件中，7件维持; or, behind a count, what it parts into."""
    counted = closed = came = False
    for index, token in enumerate(found):
        if token.text in _BY and counted and came and _each_counted(found[index + 1 :]):
            yield mark("，", token.start)  # 17件新申请由居民个人提出14件、企业提出3件
            continue
        yield token
        came = token.sort != "mark" and (came or token.sort in ("application", "receive"))
        counted = token.sort == "count" or (counted and token.sort != "mark")
        closed = counted and (closed or token.sort in _WHOLE)
        following = found[index + 1] if index + 1 < len(found) else None
        if token.text in _CONSISTING and counted and following is not None and following.sort in LABELS:
            yield mark("，", token.end)  # 予以公开的12件包括自然人9件、企业3件
            continue
        if token.text == "有" and counted and came and following is not None and following.sort == "count":
            yield mark("，", token.end)  # 4件新收申请有3件为个人
            continue
        if token.text not in WITHIN or following is None:
            continue
        ours = closed or (counted and following.sort in LABELS) or (came and following.sort == "applicant")
        if following.sort == "count" or ours or following.text in _LEFT_OF_IT:
            yield mark("，", token.end)


def _each_counted(behind: Sequence[Token]) -> bool:
    """Return whether a kind of applicants, with the number of its own applications, stands at the head of tokens."""
    item = list(takewhile(lambda token: token.sort != "mark", behind))
    counted = [token.name in COUNTED for token in item if token.sort == "count"]
    return bool(item) and item[0].sort == "applicant" and counted == [True]
