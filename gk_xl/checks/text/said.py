"""What a segment says, before its period and its party are known, and the record of a reading tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from gk_xl.checks.text.grammar import Reading
    from gk_xl.checks.text.segments import Segment
    from gk_xl.checks.text.subject import Subject


class Said(NamedTuple):
    """What a segment says: a subject and a number; ``negated``: in words; ``sure`` as in Statement."""

    subject: Subject
    number: float
    start: int
    unit: str = ""
    vague: bool = False
    negated: bool = False
    sure: bool = True
    reading: str = ""


class Trial(NamedTuple):
    """A reading tried on a segment, and why it did not fit (empty: it did)."""

    segment: Segment
    reading: Reading
    why: str
