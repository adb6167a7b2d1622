"""How cases ended, in words that the columns of 表四 do not have, told in a list that comes to all of them.

复议后起诉3件（判决驳回诉讼请求2件、原告撤诉1件）: what is read so is sure only where the numbers of the list add up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.text.lexer import Token
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

_COLUMNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("other", regex(r"撤诉|撤回|终止|调解|和解|不予受理|不受理|移送|其[他它]")),
    ("pending", regex(r"审理中|在审|待审|[尚还正仍][未在没]|未[判审结作下开宣]|跨年|没有[判审结]|待[判结决开]")),
    ("corrected", regex(r"撤销|撤消|[责判]令|确认违法|变更|改判|败诉")),
    ("upheld", regex(r"驳回[^起]{0,8}诉讼请求|支持[我本]|支持被|胜诉")),
    ("", regex(r"驳回")),
)
"""Words of how a case ended, and the column of each; the first that fits. What was 驳回 may be of two columns."""
_WITHDRAWN: Final = regex(r"(?:申请人|当事人|原告)?(?:主动|自愿)?撤回了?(?:行政)?(?:复议申请|复议|起诉|诉讼)")
_TOLD_SO: Final = ("纠错", "败诉")
_UNITS: Final = ("件", "宗", "起", "次", "")
_TOLD: Final = frozenset({"result", "case"})
_OPENING: Final = ("，", "（", "：")
_SUITS: Final = ("litigation", "suit_direct")
_SEVERAL: Final = 2
_NEAR: Final = 6
"""So many words may stand before the number of cases, and behind it up to the list."""
_LONGEST: Final = 12
_MOST: Final = 12
"""So many words may an item have, and so many items a list."""


def ended(found: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the tokens with the words of such items as results, and 经过复议的 behind suits as one kind of them."""
    found = tuple(_behind_reconsideration(tuple(_lost(found))))
    kept: list[Token] = []
    at = 0
    while at < len(found):
        items = _list_of(found, at) if found[at].sort == "count" else []
        if not items:
            kept.append(found[at])
            at += 1
            continue
        kept += found[at : items[0].start]
        for item in items:
            kept += _told(found, item)
        at = items[-1].end
    return tuple(kept)


def _lost(found: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens with 纠错 or 败诉 before a number, and 败诉 that there was none of, as cases that were corrected: 纠错的2件, 无败诉案件."""
    for index, token in enumerate(found):
        ahead = [other for other in found[index + 1 : index + 1 + _SEVERAL] if other.text != "的"]
        counted = token.text in _TOLD_SO and bool(ahead) and ahead[0].sort == "count"
        denied = token.text == "败诉" and index > 0 and found[index - 1].sort == "negation"
        yield token._replace(sort="result", name="corrected") if counted or denied else token


class _Item(NamedTuple):
    """An item of a list: where it begins and ends, with the mark behind it, and where its number stands."""

    start: int
    number: int
    end: int


def _behind_reconsideration(found: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens with 经复议的 as suits, where suits were named before."""
    suits = False
    for token, following, number in zip(found, (*found[1:], None), (*found[2:], None, None), strict=False):
        suits |= token.sort == "case" and token.name in _SUITS
        counted = number is not None and number.sort == "count" and following is not None and following.text == "后"
        if suits and token.name == "reconsideration" and counted:  # 未经复议2件、复议后6件
            yield token._replace(name="suit_after")
            continue
        yield token._replace(sort="case", name="suit_after") if suits and token.name == "reviewed" else token


def _list_of(found: Sequence[Token], at: int) -> list[_Item]:
    """Return the items that part the cases counted at a place; none where they do not come to it, or one is of something else."""
    whole = found[at]
    start = next((index for index in range(at + 1, min(at + _NEAR, len(found))) if found[index].sort == "mark"), 0)
    if not start or found[start].name not in _OPENING or whole.name not in _UNITS or not _of_cases(found, at, start):
        return []
    start += 1
    while start < len(found) and (found[start].name == "，" or found[start].sort == "among"):
        start += 1
    items: list[_Item] = []
    rest = whole.value
    while rest > 0 and len(items) <= _MOST and (item := _next(found, start)):
        items.append(item)
        rest -= found[item.number].value
        start = item.end
    words = [_words(found, item) for item in items]
    sure = len(items) >= _SEVERAL or any(
        told is not None and told != (0, 0) for told in words
    )  # one that is all of them
    return items if not rest and sure and None not in words else []


def _next(found: Sequence[Token], start: int) -> _Item | None:
    """Return the item that begins at a place and ends behind the next mark; None where none or several things are counted in it."""
    end = next(
        (index for index in range(start, min(start + _LONGEST, len(found))) if found[index].sort == "mark"), len(found)
    )
    counts = [index for index in range(start, min(end, start + _LONGEST)) if found[index].sort == "count"]
    if len(counts) != 1 or found[counts[0]].name not in _UNITS or end - start > _LONGEST or end - start < _SEVERAL:
        return None
    return _Item(start, counts[0], min(end + 1, len(found)))


def _of_cases(found: Sequence[Token], at: int, end: int) -> bool:
    """Return whether the count at a place is of cases: 复议后起诉3件, 3件是复议后诉讼; the segment ends at ``end``."""
    before = found[max(at - _NEAR + 2, 0) : at]
    marks = [index for index, token in enumerate(before) if token.sort == "mark"]
    beside = (*before[marks[-1] + 1 if marks else 0 :], *found[at + 1 : end])
    return any(token.sort == "case" for token in beside) and not any(token.sort == "count" for token in beside)


def _words(found: Sequence[Token], item: _Item) -> tuple[int, int] | None:
    """Return where the words of an item that tell how its cases ended begin and end, (0, 0) where they are left as they are; None where none tells."""
    last = item.end - 1 if found[item.end - 1].sort == "mark" else item.end
    for start, end in ((item.start, item.number), (item.number + 1, last)):
        words = found[start:end]
        if _WITHDRAWN.match("".join([token.text for token in words])):
            return start, end
        if any(token.sort in _TOLD for token in words):
            return 0, 0
        column = _column(words)
        if column is not None:
            return (start, end) if column else (0, 0)
    return None


def _column(words: Sequence[Token]) -> str | None:
    """Return how cases ended, None when the words do not say."""
    text = "".join(token.text for token in words)
    return next((column for column, pattern in _COLUMNS if pattern.search(text)), None)


def _told(found: Sequence[Token], item: _Item) -> Iterator[Token]:
    """Yield an item with its words as one result, where they tell of one and none is named."""
    start, end = _words(found, item) or (0, 0)
    for index in range(item.start, item.end):
        if start < end and index == start:
            words = found[start:end]
            text = "".join(token.text for token in words)
            yield Token("result", _column(words) or "", words[0].start, words[-1].end, text)
        elif not start <= index < end:
            yield found[index]
