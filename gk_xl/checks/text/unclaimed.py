"""Counts that no reading claimed: which part of the tables each may stand in.

Nobody can write a reading for every free wording (有进有出：承接上年1件，新来6件). Where a sentence speaks of applications, cases,
documents or decisions, and nothing makes its number one of something else, the number must at least stand somewhere
in that part. The words near it say how wide the part is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.context import is_change
from gk_xl.checks.text.said import Said
from gk_xl.checks.text.short_names import MATTERS
from gk_xl.checks.text.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from gk_xl.checks.text.lexer import Token
    from gk_xl.checks.text.segments import Piece, Segment

SOME: Final = "some"
"""The thing of what is said here: some cell of the part that ``act``, ``row`` and ``column`` name."""
UNITS: Final = frozenset(["件", "宗", "起", "份", "例", "个", ""])
"""What an application, a document or a decision is counted in."""
_CASE_UNITS: Final = frozenset(["件", "宗", "起", "例"])
_NAMED: Final = ("自然人", "公民", "个人", "企业", "商业企业")
"""Kinds of applicants by plain names: 均为自然人."""
DECISIONS: Final = {"许可": "licence", "处罚": "penalty", "强制": "compulsion"}
"""Short names, of decisions where a count stands right behind."""
_LISTED: Final = ("decision", "short", "charge")
_TAKEN_UP: Final = ("case", "document", *_LISTED)
_NOW: Final = frozenset(
    "现有 现为 为 共 共有 共计 合计 总计 总数 达到 达 剩 剩余 余 余下 至 到 尚 尚余 尚有 尚剩 还有 现存".split()  # noqa: SIM905
)
"""Right before a number of matters they make it that of all by now."""
_ELSE: Final = frozenset(
    [
        "halt", "channel", "part", "elsewhere", "hold", "intent", "each", "classified", "money", "charge", "notice", "purchase", "above",
        "pseudo", "info",
    ]
)  # fmt: skip
"""Sorts near a number that make it one of something else, or leave open of what."""
_NEVER: Final = frozenset(
    [
        "hold", "channel", "elsewhere", "charge", "notice", "purchase", "info", "publish", "among", "application", "negation",
    ]
)  # fmt: skip
"""The same for decisions, whose own words (检查, 登记, 设计审核) may be such."""
_PLAIN: Final = frozenset(
    ["filler", "every", "be", "list", "this", "year", "count", "anyway", "later", "number", "share", "organ", "dealt"]
)
"""Sorts that say nothing of what is counted."""
_SHORTS: Final = "剩 剩下 余 余下 尚 共办 办 办了 答 旧存 老 提 加 加上 连同 总 但 同 均 占 各 结 计"
_SHORT: Final = frozenset(_SHORTS.split())
"""Words left unknown that may stand beside a number of applications, and mean nothing else."""
_OURS: Final = ("新申请",)
"""Words for applications that are a part to the readings."""
_REST: Final = ("其余", "另", "另外", "其他", "其它")
"""Words that stop a reading, but not the number of those that were left."""
_OPEN: Final = frozenset(["across", "pending", "last", "next"])
IN_TIME: Final = frozenset(["当年", "按期", "按时", "及时", "内", "法定", "期限", "前"])
"""Words that make what was answered a part of it: 按期答复11件."""
_DONE: Final = frozenset(["answer", "publish", "manage"])
_ACTS: Final = frozenset(["issue", "repeal", "in_force", "disclose", "publish"])
_ENDINGS: Final = {"dismissed": "upheld", "overturned": "corrected", "settled": "other", "rejected": ""}
_ENDED_OTHERWISE: Final = frozenset(["终止", "撤回", "撤诉"])
_TELL: Final = frozenset(
    ["row", "applicant", "application", "answer", "case", "decision", "publish", "receive", "carry", "pending"]
)
"""Sorts that say what is counted, whatever was listed before."""
_CLAIMS: Final = ("closed", "answered", "outcome")
_WHOLE: Final = ("received", "received_new", "on_application", "handled", "application", "closed")
_ADDED_UP: Final = 2


def ending(token: Token) -> str | None:
    """Return the column of how a case ended, in words that the table's columns do not have; empty where it may be two, None for other words."""
    if token.sort == "halt":
        return _ENDINGS.get(token.name)
    return "other" if token.text in _ENDED_OTHERWISE else None


@dataclass
class Unclaimed:
    """Looks at one sentence's segments in order, behind the readings."""

    found: list[Said] = field(default_factory=list)
    topic: str = ""  # what was spoken of last, when another matter was turned to in numbers that may be ours
    case: str = ""  # the kind of cases spoken of last
    document: bool = False  # documents have been named
    rows: set[str] = field(default_factory=set)  # of decisions and charges named since the last ；
    listed_else: bool = False  # in a list of things that are something else
    published: bool = False  # in a list of what was published
    first: bool = True  # no count has been met
    counted: bool = False  # applications, or of what they consist, since the last ；
    excepted: bool = False  # 除1件……外
    before: tuple[Token, ...] = ()  # the words before a bracket

    def look(self, segment: Segment, claimed: Collection[int], topic: str, *, away: bool) -> None:
        """Take up the counts of a segment that are not ``claimed``; ``topic`` and ``away`` as the reader knows them."""
        before, self.topic = len(self.found), topic if topic != "other" else self.topic
        self._remember(segment)
        self.listed_else &= segment.opening not in "。；"
        self.counted = (
            (self.counted and segment.opening not in "。；") or segment.has("application") or segment.has("among")
        )
        if not segment.has("count"):
            self.listed_else = (self.listed_else and segment.opening in "、，（") or _else(segment.tokens)
            self._claim(segment)
            self.before = segment.tokens
            return
        for piece in segment.pieces:
            last = piece.behind == () or piece.behind[-1] is segment.tokens[-1]
            words = (*piece.before, *(piece.behind if last or not piece.before else ()))
            if segment.opening == "（" and not words:
                words = self.before
            apart = _else(words) and not (_decided(piece) or _charges(piece))
            if piece.count.start in claimed:
                self.listed_else = False
            elif apart or away or (self.listed_else and not _telling(words)):
                self.listed_else = self.listed_else or apart
            else:
                self._take(segment, piece, words)
            self.first = False
        if topic == "other" and len(self.found) == before:
            self.topic = topic
        self.before = segment.tokens

    def _remember(self, segment: Segment) -> None:
        """Take up what a segment names for those behind it."""
        self.rows = set() if segment.opening in "。；" else self.rows
        for token in () if segment.sorts.isdisjoint(_TAKEN_UP) else segment.tokens:
            self.case = token.name if token.sort == "case" else self.case
            self.document |= token.sort == "document" and token.name != "file"
            self.rows |= {token.name} if token.sort in _LISTED else set()
        self.excepted = self.excepted or any(token.text == "除" for token in segment.tokens)
        self.published = (
            segment.has("publish") or segment.has("info") or (self.published and segment.opening in "、，（")
        )

    def _claim(self, segment: Segment) -> None:
        """Take up that all applicants were of one kind."""
        parties = {token.name for token in segment.tokens if token.text in _NAMED}
        plain = all(
            token.sort in _PLAIN | {"applicant", "application", "receive", "unknown"} for token in segment.tokens
        )
        if segment.has("every") and len(parties) == 1 and plain and self.topic == "application":
            party = min(parties)
            self.found.append(Said(Subject(SOME, "applicant", column=party, every=True), 0, segment.start, sure=False))

    def _take(self, segment: Segment, piece: Piece, words: Sequence[Token]) -> None:
        """Take up one count where its words say of which part of the tables it is."""
        count, subject = piece.count.counted, self._subject(segment, piece, words)
        change = is_change("".join(word.text for word in piece.before)) or any(
            word.name == "reach" for word in piece.behind
        )
        if subject is None or count is None or count.vague or change:
            return
        self.found.append(Said(subject, piece.count.value, piece.count.start, piece.count.name, sure=False))
        behind = {word.sort for word in piece.behind}
        if subject.act in ("application", "received", "closed") and "every" in behind and behind & _DONE:
            self.found.append(self.found[-1]._replace(subject=Subject(SOME, "done")))

    def _subject(self, segment: Segment, piece: Piece, words: Sequence[Token]) -> Subject | None:
        """Return the part of the tables in which a number must stand, None when it may be any number."""
        sorts = {word.sort for word in words if word.text not in _SHORT}
        sorts |= {"application"} if any(word.text in _OURS for word in words) else set()
        if piece.count.name == "项" and (told := self._matters(piece, words)):  # 行政强制1项; 取消1项，尚余2项
            return Subject(SOME, "matters", row=min(told)) if len(told) == 1 else None
        bare = sorts <= _PLAIN
        if piece.count.name not in UNITS or (bare and (piece.count.name in ("", "个") or segment.depth)):
            return None
        if decision := _decided(piece):
            apart = bool(sorts & _NEVER) or self.published or (self.topic == "application" and not self._apart(piece))
            return None if apart else Subject(SOME, "decision", row=decision)
        if named := {word.name for word in words if word.sort == "case"} or self._ended(words):
            apart = bool(sorts & {"manage", "negation", "cause"}) or piece.count.name not in _CASE_UNITS
            return None if apart else Subject(SOME, "case", row=min(named) if len(named) == 1 else "both")
        if sorts & _ACTS and (segment.has("document") or (self.document and self.topic != "application")):
            plain = sorts <= _PLAIN | _ACTS | {"document", "title"}
            return Subject(SOME, "document") if plain else None
        other = sorts & {"document", "issue", "repeal", "in_force", "disclose", "decision"}
        if other or segment.has("case") or self.topic != "application":
            return None
        return self._of_applications(segment, words, sorts)

    def _matters(self, piece: Piece, words: Sequence[Token]) -> set[str]:
        """Return the rows of 表二 whose matters are counted; behind words for what there are now, those named since the last ；."""
        named = {word.name for word in words if word.sort in _LISTED}
        if _charges(piece) or _decided(piece) or any(word.text in MATTERS for word in words):
            return named
        now = piece.before and (piece.before[-1].text in _NOW or piece.before[-1].name == "reach")
        plain = {word.sort for word in words if word.text not in _NOW} <= _PLAIN
        return self.rows if now and plain and len(self.rows) == 1 else set()

    def _apart(self, piece: Piece) -> bool:
        """Return whether decisions stand apart from the applications spoken of: 未收到申请；场所许可4件."""
        beside = bool(piece.before) and piece.before[-1].end == piece.count.start and piece.before[-1].sort != "filler"
        return beside and not self.counted

    def _ended(self, words: Sequence[Token]) -> set[str]:
        """Return the kind of cases spoken of where words tell how one ended."""
        ended = any(word.sort == "result" or ending(word) is not None for word in words)
        return {self.case} if ended and self.case else set()

    def _of_applications(self, segment: Segment, words: Sequence[Token], sorts: Collection[str]) -> Subject | None:
        """Return the part of 表三 that the words near a number name."""
        rows = {word.name for word in words if word.sort == "row"}
        parties = {word.name for word in words if word.sort == "applicant"}
        if "list" in sorts and (parties or any(word.text in _REST for word in words)):
            return None  # 不予处理及其他共4件, 科研机构和村民小组各1件
        if rows:
            if rows <= {"granted", "partial"} and (len(rows) > 1 or {"publish", "every"} & set(sorts)):
                return Subject(SOME, "granted")
            apart = len(rows) > 1 or bool(parties) or "receive" in sorts
            cause = "cause" in sorts and min(rows).endswith(".*")
            return None if apart or cause else Subject(SOME, "outcome", row=min(rows))
        if parties:
            apart = len(parties) > 1 or "manage" in sorts or bool({"last", "next"} & set(sorts))
            return None if apart else Subject(SOME, "applicant", column=min(parties))
        return self._of_all(segment, words, set(sorts))

    def _of_all(self, segment: Segment, words: Sequence[Token], sorts: set[str]) -> Subject | None:
        """Return the part of 表三 where neither a row nor an applicant is named."""
        carried = any(word.sort == "carry" and word.text[0] != "转" for word in words)
        if sorts & _OPEN or carried:
            every = any(word.sort == "pending" and word.name == "every" for word in words)
            return Subject(SOME, "done" if every else "open")
        texts = {word.text for word in words}
        in_time = IN_TIME & texts
        if "carry" in sorts or (sorts & _DONE and not sorts & {"application", "receive"} and in_time):
            return None
        if "publish" in sorts and "application" not in sorts:
            return Subject(SOME, "granted")
        if sorts & {"unknown", "title"} and not self._named(segment, words, sorts):
            return None
        if any(word.text in _REST for word in words):
            return None
        if "negation" in sorts or ("answer" in sorts and in_time & {"期限", "内"} and "尚" in texts):
            return Subject(SOME, "open") if "answer" in sorts else None
        if "answer" in sorts:
            return Subject(SOME, "closed")
        if sorts & {"application", "receive"}:
            if {"number", "receive"} <= sorts:
                return None  # 1件申请于12月下旬收到
            if any(token.text == "同时" or token.text.startswith("同时") for token in segment.tokens):
                return None  # 一件申请同时提出三项内容的
            apart = _else(segment.tokens) or any(
                word.sort in ("among", "applicant") for word in (*segment.tokens, *self.before)
            )
            return Subject(SOME, "application" if apart else "received")
        return Subject(SOME, "application") if "manage" in sorts or sorts <= _PLAIN else None

    def _named(self, segment: Segment, words: Sequence[Token], sorts: Collection[str]) -> bool:
        """Return whether unknown words among those of a number only say who applied: 渔民申请14件, 14件申请."""
        unknown = [word for word in words if word.sort == "unknown" and word.text not in _SHORT]
        known = next((word for word in words if word.sort == "application"), None)
        if known is None:
            return "answer" in sorts
        leading = [word for word in unknown if word.start < known.start]
        beside = len(leading) == 1 and leading[0] is segment.tokens[0] and leading[0].end == known.start and self.first
        return not leading or (beside and not set(sorts) & {"receive", "manage", "answer"})

    def close(self, said: Sequence[Said]) -> list[Said]:
        """Return what was taken up in the sentence, with the number of those handled where all are said to be."""
        told = {item.subject.row for item in said if item.subject.row}
        double = {
            item.subject.row for item in self.found if [other.subject for other in self.found].count(item.subject) > 1
        }
        self.found = [
            item
            for item in self.found
            if item.subject.act not in ("decision", "outcome") or item.subject.row not in told | double
        ]
        left = any(
            item.subject.act in ("open", "pending", "carried_out", "carried") and item.number
            for item in (*said, *self.found)
        )
        alone = {item.subject.column for item in self.found if item.subject.every}
        for item in said:
            if item.number and item.subject.act == "received" and item.subject.column in alone:
                self.found.append(item._replace(subject=Subject(SOME, "received"), sure=False))
            if item.number and item.subject.act == "received" and item.subject.column:
                self.found.append(
                    item._replace(subject=Subject(SOME, "applicant", column=item.subject.column), sure=False)
                )
            elif item.number and item.subject.act == "handled":
                self.found.append(item._replace(subject=Subject(SOME, "done"), sure=False))
            elif item.number and item.reading == "count-of-applications-within":
                self.found.append(item._replace(subject=Subject(SOME, "received"), sure=False))
        totals = [item for item in (*said, *self.found) if _is_total(item)]
        added = [item for item in totals if self._adds_up(said, item, left=left)]
        total = next(iter(totals if _every(said) and not left else added), None)
        if total is not None and not self.excepted:
            self.found.append(Said(Subject(SOME, "done"), total.number, total.start, total.unit, sure=False))
        return self.found

    def _adds_up(self, said: Sequence[Said], total: Said, *, left: bool) -> bool:
        """Return whether the outcomes told come to the total; it stands behind them where some applications are ``left``."""
        rows = [item for item in (*said, *self.found) if item.subject.act == "outcome" and not item.subject.every]
        rows = [item for item in rows if not any(item.subject.within(other.subject) for other in rows)]
        behind = not left or all(item.start < total.start for item in rows)
        return len(rows) >= _ADDED_UP and behind and sum(item.number for item in rows) == total.number


def _is_total(item: Said) -> bool:
    """Return whether a number may be that of all applications."""
    subject = item.subject
    return (
        bool(item.number)
        and not item.vague
        and not subject.every
        and not subject.column
        and subject.act in _WHOLE
        and subject.thing in ("application", SOME)
    )


def _every(said: Sequence[Said]) -> bool:
    """Return whether all are said to be closed, answered, or of one outcome."""
    return any(
        item.subject.every and item.subject.thing == "application" and item.subject.act in _CLAIMS for item in said
    )


def _else(words: Sequence[Token]) -> bool:
    """Return whether words make a number one of something else."""
    return any(word.sort in _ELSE and word.text not in _OURS and word.text not in _REST for word in words)


def _decided(piece: Piece) -> str:
    """Return the kind of decisions that is named right before a count: 宅基地建房许可8件, 行政处罚决定3件."""
    for word in reversed(piece.before):
        if word.text in DECISIONS or word.sort == "decision":
            refused = any(other.text == "不予" for other in piece.before)
            return "" if refused else DECISIONS.get(word.text, word.name)
        if word.sort not in ("filler", "be", "decide"):
            break
    return ""


def _charges(piece: Piece) -> bool:
    """Return whether kinds of charges are counted: 行政事业性收费2项."""
    before = [word for word in piece.before if word.sort not in ("filler", "be", "last", "this", "year")]
    return piece.count.name == "项" and bool(before) and before[-1].name == "admin_fee"


def _telling(words: Sequence[Token]) -> bool:
    """Return whether words say what is counted, whatever was listed before."""
    return any(word.sort in _TELL for word in words)
