"""How many matters (事项, 项目) there were last year, and how many more or fewer: what the words beside their number name.

行政许可上年17项，增加3项; 由61项增加到63项; 214项，与去年一样; 仍为3项; 没有行政强制事项.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product, takewhile
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.context import is_change
from gk_xl.checks.text.short_names import MATTERS
from gk_xl.checks.text.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from gk_xl.checks.text.lexer import Token
    from gk_xl.checks.text.segments import Piece, Segment

COLUMNS: Final = ("items_prev", "items_delta")
UNIT: Final = "项"
_FEWER: Final = (
    *("合并", "整合", "归并", "撤并", "减少", "取消", "减", "少", "降", "下降", "压减", "精简", "下放", "划出"),
    *("调减", "核减", "削减", "缩减", "压缩", "剔除", "移出", "划转", "停用", "停征", "停收"),
)
_MORE: Final = (
    "新增", "承接", "增", "增加", "新设", "调增", "净增", "增补", "增列", "补充", "扩充", "纳入", "接收", "增设", "新添",
)  # fmt: skip
_EITHER: Final = ("调整", "变化", "变动", "增减", "变更")
_OPEN: Final = ("变", "变成", "调整")
_HANDED: Final = ("下放", "划出", "划转")
"""What another organ gave away, where it was taken over."""
_TAKEN: Final = ("承接", "接收", "赋权", "划入", "转入", "县里", "市里", "省里", "上级", "县级", "市级")
_FROM: Final = ("由", "从")
_THEN: Final = ("原有", "原为", "原来", "原", "原来有", "原共", "年初", "年初有", "期初")
"""Right before a number they make it last year's."""
_STILL: Final = ("仍", "仍为", "仍是", "仍有", "还是", "依旧", "保持", "保持在", "维持", "维持在", "稳定在", "保持为")
"""Right before a number they say that it was last year's, too."""
_SAME: Final = ("持平", "相同", "一致", "一样", "相当", "同")
"""Behind last year they end what says that nothing changed."""
_COMPARING: Final = ("与", "和", "同", "较", "比", "跟", "相较", "对比")
_PLAIN: Final = frozenset({"filler", "every", "this", "year", "be", "list"})
_LISTED: Final = frozenset(["decision", "short", "charge"])
_BACK: Final = "了到至为的"


@dataclass
class Matters:
    """Looks at one sentence's segments in order; ``row`` is that of 表二 named last, ``at`` where its matters have been counted."""

    row: str = ""
    at: int = -1
    same: bool = False  # there are said to be as many as last year
    decided: bool = False  # what was decided on them has been counted: what comes behind may be said of that
    rows: set[str] = field(default_factory=set)  # all that have been named since the last ；
    found: list[tuple[Subject, int]] = field(default_factory=list)
    none: list[tuple[Subject, int]] = field(default_factory=list)

    def note(self, segment: Segment) -> None:
        """Take up whose matters are counted in a segment and behind it."""
        self.rows = set() if segment.opening in "。；" else self.rows
        named = next((token.name for token in segment.tokens if token.sort in _LISTED), "")
        if named and named != self.row:
            self.row, self.at, self.same, self.decided = named, -1, False, False
        self.rows |= {named} - {""}

    def named_by(self, piece: Piece, sorts: Collection[str]) -> list[Subject]:
        """Return the columns that the words beside a count name."""
        if piece.count.name != UNIT or not self.row or "number" in sorts:
            return []
        if len(self.rows) > 1 and any(word.name == "total" for word in piece.before):
            self.row = ""  # 行政许可17项、行政处罚310项，合计327项
            return []
        self.at = piece.count.start
        said, behind = ("".join(word.text for word in words) for words in (piece.before, piece.behind))
        verb = "".join(word.text for word in takewhile(lambda word: word.sort not in _LISTED, piece.before))
        if verb != said and verb.endswith((*_MORE, *_FEWER)):
            return [self._subject("items_delta", _direction(verb))]  # 县里下放处罚事项12项
        reached = any(word.name == "reach" for word in piece.before)  # 由19项减至16项
        if reached or is_change(said) or said.rstrip("了").endswith((*_MORE, *_FEWER)):
            return [self._subject("items_delta", _direction(said))]
        changes = behind.startswith((*_MORE, *_FEWER)) or any(word.name == "reach" for word in piece.behind[:1])
        from_then = changes and any(word.text in _FROM for word in piece.before)
        every = (
            self.same and not behind and any(word.sort in ("every", "be") for word in piece.before)
        )  # 与上年持平，均为4项
        then = every or "last" in sorts or from_then or said.endswith(_THEN)
        return [self._subject("items_prev")] if then else []

    def unchanged(self, segment: Segment) -> None:
        """Take up that there are as many as last year: 行政许可5项，与上年相同; 行政处罚38项没有变化; 收费项目仍为3项."""
        counts = [token for token in segment.tokens if token.sort == "count" and token.name == UNIT]
        still = len(counts) == 1 and segment.tokens[-1] is counts[0] and _still(segment.tokens[:-1])
        if not self.row or self.decided or not (still or _level(segment)):
            self.decided |= any(token.sort == "count" and token.name != UNIT for token in segment.tokens)
            return
        self.none.append((self._subject("items_delta"), segment.start))
        self.same = True
        if self.at >= 0:
            self.found.append((self._subject("items_prev"), self.at))

    def absent(self, segment: Segment) -> None:
        """Take up that there were no matters of a kind: 没有行政强制事项, 无行政事业性收费项目."""
        words = [word for word in segment.tokens if word.sort not in ("this", "year", "be", "every")]
        zero = any(word.sort == "count" and not word.value for word in words)
        if not (zero or segment.has("negation")) or not any(word.text.endswith(MATTERS) for word in words):
            return
        named = [word.name for word in words if word.sort in _LISTED]
        if named and {word.sort for word in words} <= {"negation", "filler", "list", *_LISTED} | (
            {"count"} if zero else set()
        ):
            for row, column in product(named, COLUMNS):
                self.none.append((Subject("decisions", row=row, column=column), segment.start))

    def _subject(self, column: str, act: str = "") -> Subject:
        return Subject("decisions", act, self.row, column)


def _direction(said: str) -> str:
    """Return whether words before a number say that there are more or fewer, empty where they leave that open: 由11项变为9项."""
    verb = said.rstrip(_BACK)
    handed = verb.endswith(_HANDED) and any(word in said for word in _TAKEN)  # 承接下放1项
    if verb.endswith(_FEWER) and not handed:
        return "fewer"
    return "" if verb.endswith(_OPEN) else "more"


def _still(before: Sequence[Token]) -> bool:
    """Return whether the words before a number say that it was last year's, too."""
    return "".join(word.text for word in before).endswith(_STILL)


def _level(segment: Segment) -> bool:
    """Return whether a segment ends with words for no change: 与去年一样, 没有变化, 无新增和取消."""
    ends = segment.has("last") and "".join(token.text for token in segment.tokens).endswith(_SAME)
    if ends or segment.tokens[-1].name == "level":
        end = next(index for index, token in enumerate(segment.tokens) if token.sort == "last" or token.name == "level")
        named = any(token.sort in (*_LISTED, "count") for token in segment.tokens[:end])
        return named or all(token.sort in _PLAIN or token.text in _COMPARING for token in segment.tokens[:end])
    at = next((index for index, token in enumerate(segment.tokens) if token.sort == "negation"), -1)
    said = {token.text for token in segment.tokens[at:] if token.sort not in ("negation", "list", "filler")}
    both = not said.isdisjoint(_MORE) and not said.isdisjoint(_FEWER)
    return at >= 0 and said <= {*_MORE, *_FEWER, *_EITHER} and (both or not said.isdisjoint(_EITHER))
