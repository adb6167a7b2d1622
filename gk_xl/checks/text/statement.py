"""What one clause says of one number: the form in which everything that is read leaves this package."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gk_xl.checks.text.context import Period, Scope

if TYPE_CHECKING:
    from gk_xl.checks.text.sentences import Sentence

__all__ = ["Period", "Scope", "Statement"]


class Statement(NamedTuple):
    """What one clause says of one number.

    ``subject`` is one of those of the README, or a claim: ``all_closed`` (均已办结), ``all_answered`` (均已答复),
    ``smooth`` (答复工作顺利), ``all:<kind>.<column>`` (均获维持), ``all_outcome:<row>`` (5件，均予以公开).
    ``negated``: said in words (未收到); ``number`` is then 0. ``sure`` is false where the words may mean something
    wider than the cell (办理行政许可). ``reading`` names the reading of grammar.toml, empty for others.
    """

    subject: str
    number: int | float
    unit: str
    period: Period
    scope: Scope
    sentence: Sentence
    vague: bool = False
    negated: bool = False
    sure: bool = True
    reading: str = ""
    start: int = -1

    @property
    def binding(self) -> bool:
        """Whether the statement can be held against this year's tables of the unit."""
        return self.period is Period.THIS and not self.vague
