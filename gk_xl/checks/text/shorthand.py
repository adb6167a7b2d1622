"""Tokens that mean something only by what they stand beside.

收8件、办8件、转0件; 未结转下年; 1件本机关没有; 另3件分别因……、……、……; 律师事务所等法律服务机构2件.
"""

from __future__ import annotations

from bisect import bisect
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.lexer import Token
from gk_xl.checks.text.paired import OTHERS
from gk_xl.checks.text.subject import GROUP

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COUNTED: Final = ("件", "宗", "起", "")
"""Units of applications and cases; what is counted in 条 or 篇 was published."""
_CAME: Final = ("收", "收到", "新收", "收件")
_DONE: Final = ("办", "结", "办理", "办出", "答")
_LEFT: Final = ("转", "转出", "结转", "余", "剩")
_BOOKS: Final = {
    **dict.fromkeys(_CAME, "came"),
    **dict.fromkeys(_DONE, "done"),
    **dict.fromkeys(_LEFT, "left"),
}
_CLOSED: Final = ("已办", "共办", "已答", "共答", "已结", "共结")
"""Before a number, of applications: 已办16件."""
_MARKS: Final = (*_CLOSED, "不存在", "未结", "没有", "分别", "等", *_LEFT)
"""Without one of these a sentence has none of it."""
_EVERY_COLUMN: Final = 3
_SEVERAL: Final = 2
_GIVEN: Final = frozenset({"unknown", "applicant", "result", "halt", "part", "pseudo", "info", "list", "elsewhere"})
"""Sorts of what may stand before 等 as an example of the label behind it."""
_GIVEN_ROWS: Final = frozenset({"row", "ground", "cause", "application"})
"""Besides, before the name of a group of rows: 因信访、重复申请等原因不予处理3件."""
_REASONS: Final = ("原因", "情形", "情况", "理由", "事由")
_CLOSE: Final = 4
"""So many words behind a label may its number stand."""
_NAMED_BEFORE: Final = ("carry", "row", "receive", "answer")
"""Before a number they say what it counts as a whole."""


def spelled_out(found: tuple[Token, ...], text: str) -> tuple[Token, ...]:
    """Return the tokens of a folded sentence with such shorthand as the words that it stands for."""
    if not any(word in text for word in _MARKS):
        return found
    texts = {token.text for token in found}
    if "不存在" in texts:
        found = tuple(_not_there(found))
    if "未结" in texts:
        found = tuple(_not_carried(found))
    if not texts.isdisjoint(_LEFT) and not texts.isdisjoint(_DONE):
        found = tuple(_books(found))
    if any(word in text for word in _CLOSED):
        found = tuple(_so_many_done(found))
    if "没有" in texts and any(map(_holder, found)):
        found = tuple(_not_held(found))
    if "等" in texts:
        found = tuple(_examples(found))
    return _one_each(found) if "分别" in texts else found


def _examples(found: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens with what 等 gives examples of as filling: 律师事务所等法律服务机构2件, 撤诉、终止审理等其他结果2件."""
    given = {at for index, token in enumerate(found) if token.text == "等" for at in _given(found, index)}
    for index, token in enumerate(found):
        yield token._replace(sort="filler", name="word") if index in given else token


def _given(found: Sequence[Token], index: int) -> list[int]:
    """Return the places of the examples before 等, none where no counted kind of applicants, result or group stands behind it."""
    behind = found[index + 1 :]
    while behind and behind[0].text in _REASONS:  # 等原因不予处理3件
        behind = behind[1:]
    label = behind[0] if behind else None
    sort = "applicant" if label is not None and label.text in OTHERS else label.sort if label is not None else ""
    ahead = behind[1 : 1 + _CLOSE]
    counted = next((token for token in ahead if token.sort in ("count", "mark")), None)
    group = sort == "row" and label is not None and label.name.endswith(GROUP)
    if not (group or sort in ("applicant", "result")) or counted is None or counted.sort != "count":
        return []
    given = _GIVEN | (_GIVEN_ROWS if group else {"filler"} if sort == "result" else set())
    places: list[int] = []
    for at in range(index - 1, -1, -1):
        listed = found[at].name == "、" and at > 0 and (found[at - 1].sort in given or found[at - 1].text in OTHERS)
        missing = found[at].text == "不存在" and at > 0 and found[at - 1].sort == "info"  # 因信息不存在等原因
        if not (listed or missing) and found[at].sort not in given and found[at].text not in OTHERS:
            break
        places.append(at)
    return places


def _not_carried(found: Sequence[Token]) -> Iterator[Token]:
    """Yield 未结 before 转 as 未: 未结转下年."""
    for index, token in enumerate(found):
        carried = index + 1 < len(found) and found[index + 1].sort == "carry" and found[index + 1].text[0] == "转"
        yield token._replace(sort="negation", name="none") if token.text == "未结" and carried else token


def _not_there(found: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens without the row of what is not held where 信息不存在, which is the same row, is counted apart beside it."""
    counts = [token.start for token in found if token.sort == "count"]
    missing = [other.start for one, other in pairwise(found) if one.sort == "info" and other.text == "不存在"]
    told = [bisect(counts, start) for start in missing]
    for token in found:
        held = token.name == "unavailable.not_held" and any(bisect(counts, token.start) != number for number in told)
        yield token._replace(sort="unknown", name="") if held else token


def _books(found: Sequence[Token]) -> Iterator[Token]:
    """Yield what a list counts by one word each (收8件、办8件、转0件) as what came, was closed, and is carried to next year."""
    at = {index: _BOOKS[token.text] for index, token in enumerate(found) if _begins_item(found, index)}
    if len(set(at.values())) < _EVERY_COLUMN:
        yield from found
        return
    for index, token in enumerate(found):
        what = at.get(index)
        if what == "left":
            yield Token("next", "next", token.start, token.start, "")
            yield token._replace(sort="carry", name="carry")
        else:
            yield token._replace(sort="answer", name="close") if what == "done" else token


def _so_many_done(found: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens with 办 between 已 or 共 and a number that ends what is said as closed: 已办16件; not 共办10件实事."""
    for index, token in enumerate(found):
        before = found[index - 1].text if index else ""
        counted = index + 1 < len(found) and found[index + 1].sort == "count" and found[index + 1].name in COUNTED
        ends = index + 2 >= len(found) or found[index + 2].sort == "mark"
        done = before + token.text in _CLOSED and counted and ends
        yield token._replace(sort="answer", name="close") if done else token


def _begins_item(found: Sequence[Token], index: int) -> bool:
    """Return whether a word of the books stands between a mark and a count."""
    begins = not index or found[index - 1].sort == "mark"
    counted = index + 1 < len(found) and found[index + 1].sort == "count" and found[index + 1].name in COUNTED
    return found[index].text in _BOOKS and begins and counted


def _not_held(found: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens with the row of what is not held where so many are said not to be there: 1件本机关没有."""
    for index, token in enumerate(found):
        before, behind = found[max(index - 2, 0) : index], found[index + 1 : index + 2]
        counted = [other.sort for other in before] == ["count", "filler"] and before[0].name in COUNTED
        ends = not behind or behind[0].sort == "mark"
        if token.text == "没有" and counted and _holder(before[1]) and ends:
            yield token._replace(sort="row", name="unavailable.not_held")
        else:
            yield token


def _holder(token: Token) -> bool:
    """Return whether it is a word by which the unit calls itself."""
    return token.sort == "filler" and token.name == "self"


def _one_each(found: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return 3件分别因不掌握、需要另行制作、属于信访事项 as one of each, where as many are named as were counted."""
    at = next(index for index, token in enumerate(found) if token.text == "分别")
    end = next(
        (index for index in range(at, len(found)) if found[index].sort == "mark" and found[index].name != "、"),
        len(found),
    )
    count = found[at - 1] if at else None
    labels = [token for token in found[at:end] if token.sort in ("row", "applicant") and not token.name.endswith(GROUP)]
    if count is None or count.sort != "count" or len(labels) < _SEVERAL or len(labels) != count.value:
        return found
    parts = [
        part
        for label in labels
        for part in (
            Token("mark", "、", label.start, label.start, "、"),
            label,
            count._replace(start=label.end, end=label.end, value=1),
        )
    ]
    start = next((index for index in range(at - 1, -1, -1) if found[index].sort == "mark"), -1) + 1
    if any(token.sort in _NAMED_BEFORE for token in found[start : at - 1]):  # 结转下年的3件分别由……
        return (*found[:at], *parts, *found[end:])
    return (*found[: at - 1], *parts[1:], *found[end:])
