"""Tokens → segments: the words between two marks, an item of a list (label N unit、label N unit) alone."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.text.grammar import coded
from gk_xl.checks.text.paired import OTHERS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from gk_xl.checks.text.lexer import Token

TELLING: Final = frozenset(
    {"count", "money", "result", "zero", "negation", "case", "document", "decision", "carry", "row", "every"}
)
"""What makes a bracket say something of its own; one without is a remark on the noun before it."""

_LABEL: Final = frozenset({"row", "filler", "be", "cause"})
_RESULT: Final = frozenset({"result", "filler", "be"})
_COUNTABLE: Final = frozenset({"answer", "receive", "carry"})
_NOUNS: Final = frozenset({"applicant", "document", "decision", "row", "case", "result"})
_ANSWERS: Final = frozenset({"count", "money", "zero", "negation"})
"""What answers a label in front of a ：."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One count with the words that belong to it: those since the count before it, and those up to the next."""

    before: tuple[Token, ...]
    count: Token
    behind: tuple[Token, ...]


class Segment(NamedTuple):
    """A run of tokens without marks; ``opening`` is the mark before it, ``depth`` how many brackets are open."""

    tokens: tuple[Token, ...]
    opening: str
    depth: int
    sorts: frozenset[str]
    code: str  # of its tokens, as readings are tried on it
    pieces: tuple[Piece, ...] = ()  # its counts

    @property
    def start(self) -> int:
        """Where it begins in the sentence."""
        return self.tokens[0].start

    def has(self, sort: str) -> bool:
        """Return whether a token of a sort stands in it."""
        return sort in self.sorts


def has_number(run: Sequence[Token]) -> bool:
    """Return whether a count or an amount stands among tokens."""
    return any(token.sort in ("count", "money") for token in run)


def segments(found: Sequence[Token]) -> tuple[Segment, ...]:
    """Return the segments of a sentence in order."""
    if any(token.name == "（" for token in found):
        found = tuple(_without_remarks(found))
    return tuple(_whole(list(_cut(found))))


_OF_A_KIND: Final = (
    "一半", "半数", "过半", "大部分", "多数", "主要", "占比", "最", "上升", "下降", "增加", "减少", "增长", "为主", "居多", "数量", "其次", "次之", "再次", "大头", "第二",
    "第三",
)  # fmt: skip
_REACHED: Final = ("达", "达到", "共", "共有", "共计", "有", "计")
_NAMELY: Final = ("即", "就是", "也就是")
_TOLD_ANEW: Final = frozenset({"applicant", "row", "result", "case"})
_NUMBERS: Final = frozenset({"count", "money"})
_SAID: Final = _NUMBERS | {"negation"}
"""Sorts of what says something of its own before a ：: 没有结转到下年：予以公开3件."""
_JOINING: Final = ("和", "与", "及", "以及")
_NEAR: Final = 6
"""So many words behind 和 may the number stand that makes what follows an item of its own."""
_LEAST: Final = 4
"""So many places behind its opening a bracket closes that holds a number, a mark and a word."""
_TOLD_BEHIND: Final = frozenset({"filler", "be", "count"})


def _whole(found: list[Segment]) -> Iterator[Segment]:
    """Yield the segments, a kind of applicants with the number behind it in one: 自然人占比最高，为61件."""
    index = 0
    while index < len(found):
        segment = found[index]
        following = found[index + 1] if index + 1 < len(found) else None
        if following is not None and segment.has("applicant") and _announces(segment, following):
            kept = [token for token in segment.tokens if token.sort in ("among", "applicant")]
            told = following.tokens[following.tokens[0].text in _NAMELY :]
            yield _segment([*kept, *told], segment.opening, segment.depth)
            index += 2
            continue
        yield segment
        index += 1


def _announces(segment: Segment, following: Segment) -> bool:
    """Return whether a segment says something of one kind of applicants, whose number is all that follows."""
    kinds = {token.name for token in segment.tokens if token.sort == "applicant"}
    apart = segment.sorts & {"count", "negation", "row", "case", "receive", "answer"}
    text = "".join(token.text for token in segment.tokens)
    return (
        len(kinds) == 1
        and not apart
        and (following.opening, following.depth) in (("，", segment.depth), ("（", segment.depth + 1))
        and {token.sort for token in following.tokens if token.text not in _NAMELY} <= _TOLD_BEHIND
        and following.has("count")
        and (following.tokens[0].sort in ("be", "count") or following.tokens[0].text in (*_REACHED, *_NAMELY))
        and following.tokens[-1].name != "within"
        and any(word in text for word in _OF_A_KIND)
    )


def _without_remarks(found: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens without brackets that say nothing of their own: 收费（特种设备检验费）26.8万元."""
    closes: dict[int, int] = {}
    opened: list[int] = []
    for index, token in enumerate(found):
        if token.name == "（" and token.sort == "mark":
            opened.append(index)
        elif token.name == "）" and token.sort == "mark" and opened:
            closes[opened.pop()] = index
    index = 0
    while index < len(found):
        close = closes.get(index)
        if close is not None and _labels(found, index, close):
            if any(inner.sort == "result" for inner in found[index + 1 : close]):
                yield found[index]._replace(name="，", text="，")  # 被撤销并责令重作（结果纠正）1件
            yield from found[index + 1 : close]
            index = close + 1
            continue
        if close is not None and _numbered(found, index, close):
            yield from found[index + 1 : close]  # 自然人（39件，88.6%）
            index = close + 1
            continue
        if close is not None and _leads(found, index, close):
            yield from (found[index + 1], found[index])  # 不予公开（1件，属内部事务信息）
            yield from found[index + 3 : close + 1]
            index = close + 1
            continue
        if close is not None and (_kinds(found, index, close) or _is_remark(found, index, close)):
            index = close + 1
            continue
        yield found[index]
        index += 1


def _labels(found: Sequence[Token], opens: int, closes: int) -> bool:
    """Return whether a bracket says more closely which row is counted behind it: 无法提供（本机关不掌握）10件."""
    counted = closes + 1 < len(found) and found[closes + 1].sort == "count"
    inner = {token.sort for token in found[opens + 1 : closes]}
    if counted and "result" in inner and inner <= _RESULT:
        return True
    if counted and [token.sort for token in found[opens + 1 : closes]] == ["decision"]:
        return opens > 0 and found[opens - 1].sort in ("unknown", "filler")  # 查封扣押（行政强制）14件
    return counted and opens > 0 and found[opens - 1].sort == "row" and "row" in inner and inner <= _LABEL


def _is_remark(found: Sequence[Token], opens: int, closes: int) -> bool:
    """Return whether a bracket says nothing of its own; 结转2件（企业） tells who applied."""
    inner = {token.sort for token in found[opens + 1 : closes]}
    applied = opens > 0 and found[opens - 1].sort == "count" and inner == {"applicant"}
    return inner.isdisjoint(TELLING) and not applied


def _kinds(found: Sequence[Token], opens: int, closes: int) -> bool:
    """Return whether a bracket only says which kinds the cases before it are of: 行政诉讼（含直接起诉和复议后起诉）均为零."""
    inner = {token.sort for token in found[opens + 1 : closes]}
    named = opens > 0 and found[opens - 1].sort == "case"
    return named and "case" in inner and inner <= {"case", "among", "list", "filler", "mark"}


def _numbered(found: Sequence[Token], opens: int, closes: int) -> bool:
    """Return whether a bracket holds nothing but the number of the words before it, and its share: 办结合计（10件）, 规范性文件（全年仅此1件）."""
    opens_with = next((token.sort for token in found[opens + 1 : closes] if token.name not in ("total", "tail")), "")
    if opens == 0 or opens_with != "count":
        return False
    if found[opens - 1].sort not in _NOUNS and found[opens - 1].text not in OTHERS:
        start = next((at for at in range(opens - 1, -1, -1) if found[at].sort in ("mark", "count")), -1)
        if (start >= 0 and found[start].sort == "count") or _COUNTABLE.isdisjoint(
            {token.sort for token in found[start + 1 : opens]}
        ):
            return False
    inner = found[opens + 1 : closes]
    own = all(token.sort in ("count", "mark", "share", "of") or token.name in ("total", "tail") for token in inner)
    return own and sum(token.sort == "count" for token in inner) == 1


def _leads(found: Sequence[Token], opens: int, closes: int) -> bool:
    """Return whether a bracket begins with the number of the words before it and goes on with what it was: 不予公开（1件，属内部事务信息）."""
    if opens == 0 or found[opens - 1].sort not in _NOUNS or closes < opens + _LEAST:
        return False
    first, then, rest = found[opens + 1], found[opens + 2], found[opens + 3 : closes]
    return (
        first.sort == "count" and then.name == "，" and bool(rest) and not any(token.sort == "count" for token in rest)
    )


def _item(found: Sequence[Token], start: int) -> Sequence[Token]:
    """Return the tokens from a place up to the next mark."""
    end = next((index for index in range(start, len(found)) if found[index].sort == "mark"), len(found))
    return found[start:end]


def _cut(found: Sequence[Token]) -> Iterator[Segment]:
    """Yield the segments; 、 parts two items where a number stands before it, else it lists."""
    run: list[Token] = []
    opening, depth = "", 0
    sorts: set[str] = set()  # of the run
    for index, token in enumerate(found):
        joins = token.text in _JOINING and token.sort == "list" and not sorts.isdisjoint(_NUMBERS)
        if joins and _counts_next(found, index + 1):  # 2名自然人和1家企业
            yield _segment(run, opening, depth)
            run, opening, sorts = [], "、", set()
            continue
        if token.text in _NAMELY and not run and index + 1 < len(found) and found[index + 1].sort in _TOLD_ANEW:
            continue  # 新收申请2件，即自然人申请2件
        if token.sort != "mark":
            run.append(token)
            announced = token.sort == "count" and index + 1 < len(found) and in_all(found[index + 1])
            sorts.add("filler" if announced else token.sort)  # 前两项合计公开和部分公开34件: no item ends at 和
            continue
        if token.name == "：" and _answered(found[index + 1 : index + 5]) and sorts.isdisjoint(_SAID):
            continue  # 现行有效件数：9件; 行政复议：总计4件
        if token.name == "、" and not _parts(sorts, _item(found, index + 1)):
            if run:
                run.append(token._replace(sort="list"))
            continue
        if run:
            yield _segment(run, opening, depth)
        run, opening, sorts = [], token.name, set()
        depth += {"（": 1, "）": -1}.get(token.name, 0)
    if run:
        yield _segment(run, opening, depth)


def _counts_next(found: Sequence[Token], start: int) -> bool:
    """Return whether a number stands near behind a place, before the next mark, and is not all that stands there."""
    near = list(takewhile(lambda token: token.sort != "mark", found[start : start + _NEAR]))
    return has_number(near) and len(near) > 1


def _parts(sorts: Collection[str], behind: Sequence[Token]) -> bool:
    """Return whether a 、 parts two items: a number on either side, or 无 before each: 无行政处罚、无行政强制."""
    if not _NUMBERS.isdisjoint(sorts):
        return has_number(behind)
    return bool(behind) and behind[0].sort == "negation" and "negation" in sorts


def in_all(token: Token) -> bool:
    """Return whether it is 共, 合计 or the like."""
    return token.sort == "filler" and token.name == "total"


_THIS_YEAR: Final = ("全年", "本年度", "本年", "今年", "当年", "年内", "有", "计")


def _answered(behind: Sequence[Token]) -> bool:
    """Return whether what stands behind a ： begins with the answer, or with 共 before it."""
    while behind and (in_all(behind[0]) or behind[0].sort == "this" or behind[0].text in _THIS_YEAR):
        behind = behind[1:]
    return bool(behind) and behind[0].sort in _ANSWERS


def _segment(run: Sequence[Token], opening: str, depth: int) -> Segment:
    tokens, sorts = tuple(run), frozenset([token.sort for token in run])
    return Segment(tokens, opening, depth, sorts, coded(run), tuple(_pieces(tokens)) if "count" in sorts else ())


def _pieces(tokens: tuple[Token, ...]) -> Iterator[Piece]:
    """Yield the counts of a segment, each with its words."""
    places = [index for index, token in enumerate(tokens) if token.sort == "count"]
    for before, at, behind in zip([-1, *places], places, [*places[1:], len(tokens)], strict=False):
        yield Piece(tokens[before + 1 : at], tokens[at], tokens[at + 1 : behind])
