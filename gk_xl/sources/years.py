"""Years over columns and beside rows, where a table shows other years beside the report's own."""

from __future__ import annotations

from typing import Final

from gk_xl.form.patterns import regex
from gk_xl.sources.labels import bare

YEAR: Final = regex(r"(20\d\d)\s*年")
"""A year over columns of numbers."""
_YEAR_ALONE: Final = regex(r"[(（]?(?:(20\d\d)年度?|([上去前本今当])一?年度?)(?:数据?|情况|同期)?[)）]?")
"""What says of which year numbers are, and nothing else."""


def is_year(text: str) -> bool:
    """Return whether a text says of which year numbers are, and nothing else."""
    return _YEAR_ALONE.fullmatch(bare(text)) is not None


def year_alone(text: str, own: int | None) -> bool | None:
    """Return whether a text that is a year is the report's ``own``; None where it is none, or that is not known."""
    match = _YEAR_ALONE.fullmatch(bare(text))
    if match is None:
        return None
    if match[1]:
        return None if own is None else int(match[1]) == own
    return match[2] in "本今当"
