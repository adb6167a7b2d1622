"""What should stand in the text where a finding has one answer: the clerk may accept it as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.form.finding import Rewrite
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gk_xl.checks.text.statement import Statement
    from gk_xl.form.finding import Number

_NUMBER: Final = regex(
    r"(?<![0-9０-９.．,，A-Za-z])[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?:[.．][0-9０-９]+)?(?![0-9０-９])|"
    r"(?<![0-9０-９.．])[0-9０-９]+(?:[.．][0-9０-９]+)?(?![0-9０-９])"
)
_NARROW: Final = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), 0xFF0E)} | {ord(","): None, ord("，"): None}
BESIDE: Final = 2
"""Characters shown on both sides of what changes, where it is one mark or none."""


def instead(raw: str, wrong: str, right: str) -> Rewrite | None:
    """Return the rewrite of a text in which some words stand wrongly; None where they stand not once, but never or often."""
    return at_place(raw, raw.find(wrong), wrong, right) if wrong and raw.count(wrong) == 1 else None


def at_place(raw: str, at: int, wrong: str, right: str) -> Rewrite:
    """Return the rewrite of a text at a place; a change of a mark is shown with the characters beside it."""
    end = at + len(wrong)
    new = raw[:at] + right + raw[end:]
    few = max(len(wrong), len(right)) < BESIDE
    before = raw[max(0, at - BESIDE) : at] if few else ""
    behind = raw[end : end + BESIDE] if few else ""
    return Rewrite(raw, new, f"“{before}{wrong}{behind}”改为“{before}{right}{behind}”")


def all_instead(raw: str, pairs: Iterable[tuple[int, str, str]]) -> Rewrite | None:
    """Return the rewrite of a text at several places (where, what, what instead); None where there is none."""
    new, told = raw, []
    for at, wrong, right in sorted(pairs, reverse=True):
        told.append(at_place(raw, at, wrong, right).said)
        new = new[:at] + right + new[at + len(wrong) :]
    return Rewrite(raw, new, "、".join(reversed(told))) if told else None


def number_instead(item: Statement, value: Number) -> Rewrite | None:
    """Return a sentence with the number that the table holds in the place of the one it says.

    None where the number is not written in figures with its unit behind it, or cannot be told from another like it.
    """
    raw = item.sentence.raw
    if item.negated or not item.unit:
        return None
    found = [
        match
        for match in _NUMBER.finditer(raw)
        if float(match[0].translate(_NARROW)) == item.number and raw[match.end() :].lstrip().startswith(item.unit)
    ]
    if len(found) > 1 and raw == item.sentence.text:
        found = [match for match in found if match.start() == item.start]
    if len(found) != 1:
        return None
    (match,) = found
    wrong, right = match[0] + item.unit, f"{value}{item.unit}"
    if not raw.startswith(wrong, match.start()):  # a space between number and unit
        return None
    return at_place(raw, match.start(), wrong, right)
