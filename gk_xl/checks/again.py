"""What the rules on the text say, kept with all that they asked of the tables for it.

A clerk corrects one cell and presses 校验 again: the text is the same, and so are nearly all the numbers that a rule holds
it against. A rule that was answered what it was answered before says what it said before.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.registry import Judge
    from gk_xl.form.finding import Finding

    Answers = dict[str, Any]
    Kept = dict[str, tuple[Answers, tuple[Finding, ...]]]

RECENT: Final = 4
"""So many texts are remembered, each with unit, year and the filings beside it."""
_RECENT: Final[deque[tuple[Case, Kept]]] = deque(maxlen=RECENT)


class _Asked(Mapping[str, Any]):
    """The cells of a filing that writes down what was asked of them."""

    def __init__(self, cells: Mapping[str, Any]) -> None:
        self._cells = cells
        self.answers: Answers = {}

    def get(self, cell: str, default: Any = None) -> Any:
        """Return what a cell holds."""
        value = self.answers[cell] = self._cells.get(cell)
        return default if value is None else value

    def __getitem__(self, cell: str) -> Any:
        """Return what a cell holds; KeyError for none that is filed."""
        self.answers[cell] = self._cells.get(cell)
        return self._cells[cell]

    def __iter__(self) -> Iterator[str]:
        """Yield the cells: whoever goes through them asks for all."""
        self.answers.update(self._cells)
        return iter(self._cells)

    def __len__(self) -> int:
        """Return how many cells there are."""
        return len(self._cells)

    def answer(self, answers: Answers) -> bool:
        """Return whether the cells answer as they did: a number that is written otherwise is another answer."""
        held = self._cells
        return all(repr(held.get(cell)) == repr(value) for cell, value in answers.items())


class Spoken:
    """A text before the rules that read it."""

    def __init__(self, case: Case) -> None:
        self._cells = _Asked(case.filing.cells)
        # What cleaning noted is no part of what is compared, so no rule on the text is given it.
        self._case = replace(case, filing=replace(case.filing, cells=self._cells, noted={}, doubts={}))
        text = replace(case, filing=replace(case.filing, cells={}))
        self._kept: Kept = next((kept for known, kept in [*_RECENT] if known == text), {})
        if not self._kept:
            _RECENT.append((text, self._kept))

    def judged(self, rule: Rule, judge: Judge) -> tuple[Finding, ...]:
        """Return what a rule says of the text."""
        known = self._kept.get(rule.code)
        if known is not None and self._cells.answer(known[0]):
            return known[1]
        answers = self._cells.answers = {}
        found = tuple(judge(self._case, rule))
        self._kept[rule.code] = answers, found
        return found
