"""What a reading continues: whether it was said before, as far as the reader remembers the sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from gk_xl.checks.text import classified
from gk_xl.checks.text.crossed import OVER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.checks.text.said import Said


COUNTED_BEFORE: Final = ("over", "pending-count")
LEFT_OPEN: Final = ("bare-count", "bare-case")
"""Readings whose number is the one read last, and whose number stands open."""


class Remembered(Protocol):
    """What the reader remembers of a sentence; the fields are described there."""

    now: str
    case: str
    last: str
    one: bool
    deciding: bool
    bare: float
    nested: bool
    total: Said | None

    @property
    def found(self) -> Sequence[Said]:
        """What has been read so far."""


def follows(reader: Remembered, what: str) -> bool:
    """Return whether what a reading continues was said before."""
    if what in ("document", "decision", "matters", "fee"):
        return bool(getattr(reader, what))
    if what == "decided":
        return reader.deciding and not reader.case
    if what == "case-topic":
        return reader.now == "case" and not reader.found
    if what == "case":
        return reader.total is not None and bool(reader.last)
    if what == "one-case":
        alone = reader.total is not None and reader.total.number == 1
        return alone and reader.last in ("case-count", "count-case", "all-of-a-kind")
    if what in ("case-named", "cases"):
        return bool(reader.case) and (reader.now == "case" or (what == "cases" and reader.total is not None))
    if what == "one-application":
        return reader.one
    if what in LEFT_OPEN:
        left = reader.bare > 0 and reader.last != "row-behind"  # its row has been told
        return left and (what == "bare-count" or (bool(reader.case) and reader.now == "case"))
    if what == "documents-counted":
        return bool(classified.columns_told(reader.found))
    if what == "given-in-brackets":
        return reader.nested and any(said.subject.row in ("granted", "partial") for said in reader.found)
    if what == "parties-counted":
        return bool(reader.found) and reader.found[-1].subject.act == "applicant"
    if what == "over":
        return bool(reader.found) and reader.found[-1].subject.act in OVER and reader.found[-1].reading == reader.last
    return reader.last == what and (what != "row-count" or (bool(reader.found) and reader.nested))
