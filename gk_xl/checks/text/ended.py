"""How cases ended, in words that the columns of 表四 do not have, told in a list that comes to all of them.

复议后起诉3件（判决驳回诉讼请求2件、原告撤诉1件）: what is read so is sure only where the numbers of the list add up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.lexer import Token
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

_COLUMNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("other", regex(r"撤诉|撤回|终止|调解|和解|不予受理|不受理|移送|其[他它]")),
    ("pending", regex(r"审理中|在审|待审|[尚还正仍][未在没]|未[判审结作下]|没有[判审结]|待[判结决]")),
    ("corrected", regex(r"撤销|撤消|责令|确认违法|变更|改判|败诉")),
    ("upheld", regex(r"驳回[^起]{0,8}诉讼请求|支持[我本]|支持被|胜诉")),
)
"""Words of how a case ended, and the column of each; the first that fits."""
_UNITS: Final = ("件", "宗", "起", "")
_TOLD: Final = frozenset({"result", "case"})
_OPENING: Final = ("（", "：")
_SEVERAL: Final = 2
_LONGEST: Final = 12
_MOST: Final = 12
"""So many words may an item have, and so many items a list."""


def ended(found: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the tokens with the words of such items as results."""
    kept: list[Token] = []
    at = 0
    while at < len(found):
        items = _list_of(found, at) if found[at].sort == "count" else []
        if not items:
            kept.append(found[at])
            at += 1
            continue
        kept += found[at : items[0][0]]
        for start, end in items:
            kept += _item(found[start:end])
            kept.append(found[end])
            kept += found[end + 1 : end + 2]
        at = items[-1][1] + 2
    return tuple(kept)


def _list_of(found: Sequence[Token], at: int) -> list[tuple[int, int]]:
    """Return the items, each from its first word to its count, that part the cases counted at a place; none where they do not come to it."""
    whole = found[at]
    start = at + 1
    while start < len(found) and (found[start].name in ("，", *_OPENING) or found[start].sort == "among"):
        start += 1
    opened = any(token.name in _OPENING or token.sort == "among" for token in found[at + 1 : start])
    if not opened or whole.name not in _UNITS or not _of_cases(found, at):
        return []
    items: list[tuple[int, int]] = []
    first, rest = start, whole.value
    for index in range(start, len(found)):
        token = found[index]
        if token.sort == "count":
            rest -= token.value
            if token.name not in _UNITS or index == first or index - first > _LONGEST or rest < 0 or len(items) > _MOST:
                return []
            items.append((first, index))
            if not rest:
                break
            first = index + 2
        elif token.sort == "mark" and index >= first:
            return []
    known = [any(token.sort in _TOLD for token in found[one:end]) or _column(found[one:end]) for one, end in items]
    return items if not rest and len(items) >= _SEVERAL and all(known) else []


def _of_cases(found: Sequence[Token], at: int) -> bool:
    """Return whether the count at a place is of cases: 复议后起诉3件, 3件行政诉讼."""
    before = found[max(at - 4, 0) : at]
    marks = [index for index, token in enumerate(before) if token.sort == "mark"]
    return any(token.sort == "case" for token in before[marks[-1] + 1 if marks else 0 :])


def _column(item: Sequence[Token]) -> str:
    """Return how the cases of an item ended, empty when its words do not say."""
    text = "".join(token.text for token in item)
    return next((column for column, words in _COLUMNS if words.search(text)), "")


def _item(item: Sequence[Token]) -> Sequence[Token]:
    """Return the words of an item as one result, where they tell of one and none is named."""
    column = _column(item)
    if not column or any(token.sort in _TOLD for token in item):
        return item
    return (Token("result", column, item[0].start, item[-1].end, "".join(token.text for token in item)),)
