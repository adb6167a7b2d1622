"""X-10, lists within lists: which of a list's numbers are parts of parts, and whether its pieces come to the total."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.statements import statements
from gk_xl.checks.text_rules.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gk_xl.checks.case import Case
    from gk_xl.checks.text.sentences import Sentence
    from gk_xl.checks.text.subject import Subject
    from gk_xl.checks.text.tokens import Count

_WORDS: Final = Words(__file__)


def levels_of(text: str, start: int, items: Sequence[Count]) -> list[int]:
    """Return for each item how deep it is nested: 1 behind a further 其中, 内有 or （ until the ； or ） that ends it."""
    levels: list[int] = []
    deep, brackets, at = False, 0, start
    for item in items:
        between = text[at : item.start]
        for match in _WORDS.nesting.finditer(between):
            mark = match[0]
            brackets += {"（": 1, "）": -1}.get(mark, 0)
            if mark == "；":
                deep = False
            elif mark not in "（）" and levels:
                deep = True
        levels.append(1 if deep or brackets > 0 else 0)
        at = item.end
    return levels


def groups_fit(text: str, items: Sequence[Count], total: Count) -> bool:
    """Return whether the list, cut at every ； or 其中, has a piece that comes to the total, or begins its pieces with what does."""
    piece: float = 0
    firsts: float = 0  # the first of each: 其中直接起诉31件，被纠正1件；复议后起诉29件
    at = items[0].start
    for item in items:
        cut = _WORDS.parted.search(text[at : item.start]) is not None
        if cut or item is items[0]:
            if piece == total.number:
                return True
            piece = 0
            firsts += item.number
        piece += item.number
        at = item.end
    return total.number in (piece, firsts)


def rows_told(case: Case) -> Mapping[Sentence, Mapping[int, Subject]]:
    """Return by sentence and place the numbers that were read as those of rows of 表三."""
    found: dict[Sentence, dict[int, Subject]] = {}
    for item in statements(case.narrative, case.edition, case.filing.year, case.filing.unit):
        if item.subject.act == "outcome" and not item.subject.column:
            found.setdefault(item.sentence, {})[item.start] = item.subject
    return found
