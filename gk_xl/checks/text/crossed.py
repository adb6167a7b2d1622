"""Numbers of one row of 表三 and one kind of applicants: 不掌握4件，自然人3件、企业1件; 自然人的16件中予以公开3件."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.subject import GROUP, applications
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.checks.text.said import Said

_WITHIN: Final = regex(r"\d[件宗]?(?:申请)?(?:当?中|里|[（：])")
_PARTED: Final = ("outcome", "applicant")


def crossed(found: Sequence[Said], text: str) -> list[Said]:
    """Return what was read of a folded text in order, what a row or a kind of applicants parts into as of both.

    Such a part begins right behind the number that it comes to, which is less than what all came to.
    """
    if not {"outcome", "applicant"} <= {said.subject.act for said in found}:
        return list(found)
    told = sorted(found, key=lambda said: said.start)
    whole = max((said.number for said in told if said.subject.act.startswith("received")), default=0)
    at = 0
    while at < len(told):
        end = _part(told, at, whole, text)
        for index in range(at + 1, end):
            told[index] = _both(told[at], told[index])
        at = max(at + 1, end)
    return told


def _part(told: Sequence[Said], at: int, whole: float, text: str) -> int:
    """Return where what a number parts into ends, 0 where it parts into nothing."""
    one = told[at]
    if one.subject.act not in _PARTED or one.negated or one.number == whole or one.subject.row.endswith(GROUP):
        return 0
    other = _PARTED[1 - _PARTED.index(one.subject.act)]
    rest, end = one.number, at + 1
    while end < len(told) and told[end].subject.act == other:
        rest -= told[end].number
        end += 1
    if rest or end == at + 1:
        return 0
    several = one.subject.act == "outcome" and end > at + 2
    return end if several or _WITHIN.search(text, one.start, told[at + 1].start) else 0


def _both(one: Said, other: Said) -> Said:
    """Return a part with the row of one number and the applicants of the other."""
    row, column = one.subject.row or other.subject.row, one.subject.column or other.subject.column
    return other._replace(subject=applications("outcome", row, column))
