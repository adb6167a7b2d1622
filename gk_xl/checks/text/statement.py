"""What one clause says of one number: the form in which everything that is read leaves this package."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gk_xl.checks.text.context import Period, Scope

if TYPE_CHECKING:
    from gk_xl.checks.text.sentences import Sentence
    from gk_xl.checks.text.subject import Subject

__all__ = ["Period", "Scope", "Statement"]


class Statement(NamedTuple):
    """What one clause says of one number.

    ``number`` in ``unit`` (an amount in yuan); ``period``: of what time; ``scope``: whose; ``start``: where it begins.
    ``negated``: said in words (未收到); ``number`` is then 0. ``sure`` is false where the words may mean something
    wider than the cell (办理行政许可). ``reading`` names the reading of grammar.toml, empty for others.
    """

    subject: Subject
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
