"""Short names of decisions and charges as those in full, where what stands beside them says so.

许可 beside another decision; 许可事项26项; 收费18.72万元 beside decisions; 收费项目2项.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Final

from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.checks.text.lexer import Token

MATTERS: Final = ("事项", "项目")
_MOVED: Final = ("下放", "承接", "划转", "划入", "赋权", "接收", "取消", "新设")
"""Right before 许可事项 they say what became of so many: 县里下放处罚事项12项."""
_OF_MATTERS: Final = {"许可事项": "licence", "处罚事项": "penalty"}
"""Words that elsewhere name no decision, as a whole."""
_DEALT: Final = ("answer", "dealt")
_CLOSE: Final = 5
"""So many words behind 许可事项 may its number stand."""
_HEADS: Final = frozenset({"mark", "list", "filler", "this", "year", "last"})
"""Sorts before a name that what is said of it begins with."""
_ASKED_FOR: Final = ("decision", "short")
_ASKED: Final = [[sort] for sort in _ASKED_FOR]
_ELSEWHERE: Final = {"licence": "part", "penalty": "unknown", "compulsion": "unknown", "other_service": "unknown"}
"""What a short name is elsewhere."""
_SUMS: Final = frozenset({"money", "zero", "every", "negation"})
_KINDS: Final = ("项", "类")
"""Units of how many have been named: 强制与收费两项均无."""
_OF_APPLICATIONS: Final = frozenset({"application", "notice", "disclosure"})
_PLAIN: Final = frozenset({"filler", "be", "this", "year", "every", "last", "receive"})
"""Sorts beside 收费项目 that leave open of what it is."""
_TELLING: Final = frozenset({"count", "money", "zero", "negation"})
_CHARGE: Final = "admin_fee"
_PROCESSING: Final = "processing_fee"
_FEE: Final = "收费"


MAY_NAME: Final = regex(r"许可|罚|强制|服务|行政权力|费")
"""What a folded sentence holds that names a decision or a charge."""


def in_full(found: tuple[Token, ...], text: str) -> tuple[Token, ...]:
    """Return the tokens of a folded sentence with the short names in it as what they mean there."""
    if not MAY_NAME.search(text):
        return found
    sorts = {token.sort for token in found}
    named = not sorts.isdisjoint((*_ASKED_FOR, "charge")) or any(token.text in _OF_MATTERS for token in found)
    if not named:
        return found
    found = tuple(_of_matters(tuple(_without_requests(found))))
    decisions = {token.name for token in found if token.sort == "short" and token.name != _CHARGE}
    decided = any(token.sort in ("decision", "document", "charge") and token.name != "file" for token in found)
    listed = len(decisions) > 1 or any(token.sort == "decision" for token in found)
    charged = (decided or listed) and not sorts & _OF_APPLICATIONS
    ours = not any(token.sort == "notice" or token.name == _PROCESSING for token in found)
    return tuple(_meant(found, listed=listed, charged=charged, ours=ours))


def _without_requests(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens without 申请 behind a decision: 受理行政许可申请189件 are no applications for information."""
    for index, token in enumerate(found):
        asked = token.name == "bare" and index and found[index - 1].sort in _ASKED_FOR
        yield token._replace(sort="halt", name="word") if asked else token


def _of_matters(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens with the decisions in full whose matters are counted: 许可事项由31项增至33项, 54项处罚项目."""
    for index, token in enumerate(found):
        whole = _OF_MATTERS.get(token.text, "")
        behind = found[index + 1 : index + 2]
        parted = token.sort == "short" and bool(behind) and behind[0].text in MATTERS
        if not ((whole or parted) and _counted(found, index)):
            yield token
            continue
        end = token.start + len(token.text.removesuffix("事项"))
        yield token._replace(sort="decision", name=whole or token.name, end=end, text=token.text.removesuffix("事项"))
        if whole:
            yield token._replace(sort="filler", name="matter", start=end, text="事项")


def _counted(found: Sequence[Token], index: int) -> bool:
    """Return whether the number of matters stands right before a word, or close behind one that begins what is said."""
    before = found[index - 1] if index else None
    if before is not None and before.sort == "count" and before.name == "项":
        return True
    near = takewhile(lambda token: token.sort != "mark", found[index + 1 : index + 1 + _CLOSE])
    ahead = list(near)
    first = next((token for token in ahead if token.sort == "count"), None)
    dealt = any(token.sort in _DEALT for token in ahead)  # 许可事项办结3件
    begins = before is None or before.sort in _HEADS or before.text.endswith(_MOVED)
    return first is not None and (first.name == "项" or dealt) and begins


def _meant(found: tuple[Token, ...], *, listed: bool, charged: bool, ours: bool) -> Iterator[Token]:
    """Yield the tokens, a decision in full where several are ``listed``, 收费 as a charge of the table where it is told beside them.

    ``ours``: the sentence is not on 信息处理费, whose 收费金额 is no number of 表二.
    """
    for index, token in enumerate(found):
        if token.sort == "short" and token.name != _CHARGE:
            yield token._replace(sort="decision" if listed else _ELSEWHERE[token.name])
        elif token.sort == "short":
            meant = ours and (_begins(found, index) if charged else _alone(found, index))
            yield token._replace(sort="charge" if meant else "filler", name=_CHARGE if meant else "fee")
        elif ours and charged and token.text == _FEE and _told(found, index):
            yield token._replace(sort="charge", name=_CHARGE)
        else:
            yield token


def _begins(found: Sequence[Token], index: int) -> bool:
    """Return whether no word before a name says of which kind it is."""
    return not index or found[index - 1].sort in _HEADS or found[index - 1].sort == "negation"


def _told(found: Sequence[Token], index: int) -> bool:
    """Return whether a sum stands behind 收费, or a decision before it in one list: 强制和收费均为零."""
    ahead = (token for token in found[index + 1 :] if token.sort not in ("filler", "be") and token.name not in _KINDS)
    behind = next((token.sort for token in ahead), "")
    before = [token.sort for token in found[max(index - 2, 0) : index]]
    none = before[-1:] == ["negation"] and behind in ("", "mark")  # 行政许可3件，无收费
    return none or (behind in _SUMS and _begins(found, index)) or (before[:1] in _ASKED and before[1:] == ["list"])


_LONG: Final = 24
"""So many words before and behind a name are looked at: more than there are between two marks."""


def _alone(found: Sequence[Token], index: int) -> bool:
    """Return whether nothing beside 收费项目 says of what it is: 收费项目2项, 收费项目金额为0."""
    if not found[index].text.endswith(MATTERS):
        return False  # 收费金额0元: of 信息处理费, where the sentence before speaks of it
    first = max(index - _LONG, 0)
    start = next((at + 1 for at in range(index - 1, first - 1, -1) if found[at].sort == "mark"), first)
    near = takewhile(lambda token: token.sort != "mark", found[start : index + _LONG])
    beside = {token.sort for token in near} - {"short"}
    return beside <= _PLAIN | _TELLING and not beside.isdisjoint(_TELLING)
