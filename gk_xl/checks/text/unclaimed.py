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
from gk_xl.checks.text.segments import pieces
from gk_xl.checks.text.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from gk_xl.checks.text.lexer import Token
    from gk_xl.checks.text.segments import Piece, Segment

SOME: Final = "some"
"""The thing of what is said here: some cell of the part that ``act``, ``row`` and ``column`` name."""
_UNITS: Final = frozenset(["件", "宗", "起", "份", "例", "个", ""])
_ELSE: Final = frozenset(
    [
        "halt", "channel", "part", "elsewhere", "hold", "intent", "each", "classified", "money", "charge", "notice", "purchase", "above",
        "pseudo", "info",
    ]
)  # fmt: skip
"""Sorts near a number that make it one of something else, or leave open of what."""
_PLAIN: Final = frozenset(["filler", "every", "be", "list", "this", "year", "count", "anyway", "later", "number"])
"""Sorts that say nothing of what is counted."""
_SHORT: Final = frozenset(
    [
        "剩",
        "剩下",
        "余",
        "余下",
        "尚",
        "共办",
        "办",
        "办了",
        "答",
        "旧存",
        "老",
        "提",
        "加",
        "连同",
        "总",
        "但",
        "同",
        "均",
    ]
)
"""Words left unknown that may stand beside a number of applications, and mean nothing else."""
_OURS: Final = ("新申请",)
"""Words for applications that are a part to the readings."""
_OPEN: Final = frozenset(["across", "pending", "last", "next"])
_CASE_UNITS: Final = frozenset(["件", "宗", "起", "例"])
_IN_TIME: Final = frozenset(["当年", "按期", "按时", "及时", "内", "法定", "期限", "前"])
"""Words that make what was answered a part of it: 按期答复11件."""
_DONE: Final = frozenset(["answer", "publish", "manage"])
_CLAIMS: Final = ("closed", "answered", "outcome")
_WHOLE: Final = ("received", "received_new", "on_application", "handled", "application")
_ADDED_UP: Final = 2


@dataclass
class Unclaimed:
    """Looks at one sentence's segments in order, behind the readings."""

    found: list[Said] = field(default_factory=list)
    topic: str = ""  # what was spoken of last, when another matter was turned to in numbers that may be ours
    listed_else: bool = False  # in a list of things that are something else
    published: bool = False  # in a list of what was published
    first: bool = True  # no count has been met
    excepted: bool = False  # 除1件……外

    def look(self, segment: Segment, claimed: Collection[int], topic: str, *, away: bool) -> None:
        """Take up the counts of a segment that are not ``claimed``; ``topic`` and ``away`` as the reader knows them."""
        before, self.topic = len(self.found), topic if topic != "other" else self.topic
        self.excepted |= any(token.text == "除" for token in segment.tokens)
        self.published = (
            segment.has("publish") or segment.has("info") or (self.published and segment.opening in "、，（")
        )
        if not segment.has("count"):
            self.listed_else = (self.listed_else and segment.opening in "、，（") or _else(segment.tokens)
            return
        for piece in pieces(segment):
            last = piece.behind == () or piece.behind[-1] is segment.tokens[-1]
            words = (*piece.before, *(piece.behind if last or not piece.before else ()))
            apart = _else(words)
            if piece.count.start in claimed:
                self.listed_else = False
            elif apart or away or (self.listed_else and not _telling(words)):
                self.listed_else = self.listed_else or apart
            else:
                self._take(segment, piece, words)
            self.first = False
        if topic == "other" and len(self.found) == before:
            self.topic = topic

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
        if subject.act == "application" and "every" in behind and behind & _DONE:
            self.found.append(self.found[-1]._replace(subject=Subject(SOME, "done")))

    def _subject(self, segment: Segment, piece: Piece, words: Sequence[Token]) -> Subject | None:
        """Return the part of the tables in which a number must stand, None when it may be any number."""
        sorts = {word.sort for word in words if word.text not in _SHORT}
        sorts |= {"application"} if any(word.text in _OURS for word in words) else set()
        bare = sorts <= _PLAIN
        if piece.count.name not in _UNITS or (bare and (piece.count.name in ("", "个") or segment.depth)):
            return None
        if named := [word for word in words if word.sort == "case"]:
            apart = bool(sorts & {"manage", "negation", "cause"}) or piece.count.name not in _CASE_UNITS
            kinds = {word.name for word in named}
            return None if apart else Subject(SOME, "case", row=min(kinds) if len(kinds) == 1 else "both")
        if named := [word for word in words if word.sort == "decision"]:
            other = bool(sorts & {"among", "manage", "application", "negation"}) or self.topic == "application"
            apart = other or self.published or len(named) > 1
            return None if apart else Subject(SOME, "decision", row=named[0].name)
        other = bool(sorts & {"document", "issue", "repeal", "in_force", "disclose"})
        if other or segment.has("case") or segment.has("decision") or self.topic != "application":
            return None
        return self._of_applications(segment, words, sorts)

    def _of_applications(self, segment: Segment, words: Sequence[Token], sorts: Collection[str]) -> Subject | None:
        """Return the part of 表三 that the words near a number name."""
        rows = {word.name for word in words if word.sort == "row"}
        parties = {word.name for word in words if word.sort == "applicant"}
        texts = {word.text for word in words}
        if rows:
            if rows <= {"granted", "partial"} and (len(rows) > 1 or {"publish", "every"} & set(sorts)):
                return Subject(SOME, "granted")
            apart = len(rows) > 1 or bool(parties) or bool(set(sorts) & {"cause", "receive"})
            return None if apart else Subject(SOME, "outcome", row=min(rows))
        if parties:
            apart = len(parties) > 1 or "manage" in sorts
            return None if apart else Subject(SOME, "applicant", column=min(parties))
        carried = any(word.sort == "carry" and word.text[0] != "转" for word in words)
        if (sorts := set(sorts)) & _OPEN or carried:
            every = any(word.sort == "pending" and word.name == "every" for word in words)
            return Subject(SOME, "done" if every else "open")
        if "carry" in sorts or (sorts & _DONE and not sorts & {"application", "receive"} and texts & _IN_TIME):
            return None
        if "publish" in sorts and "application" not in sorts:
            return Subject(SOME, "granted")
        if "unknown" in sorts and not self._named(segment, words, sorts):
            return None
        ours = bool(sorts & {"application", "receive"} or sorts & _DONE or sorts <= _PLAIN)
        return Subject(SOME, "closed" if "answer" in sorts else "application") if ours else None

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
        total = next((item for item in (*said, *self.found) if _is_total(item)), None)
        if total is not None and not left and not self.excepted and (_every(said) or self._adds_up(said, total.number)):
            self.found.append(Said(Subject(SOME, "done"), total.number, total.start, total.unit, sure=False))
        return self.found

    def _adds_up(self, said: Sequence[Said], total: float) -> bool:
        """Return whether the outcomes told come to the total."""
        rows = [item for item in (*said, *self.found) if item.subject.act == "outcome" and not item.subject.every]
        rows = [item for item in rows if not any(item.subject.within(other.subject) for other in rows)]
        return len(rows) >= _ADDED_UP and sum(item.number for item in rows) == total


def _is_total(item: Said) -> bool:
    """Return whether a number may be that of all applications."""
    subject = item.subject
    return (
        bool(item.number) and not item.vague and not subject.every and not subject.column and subject.act in _WHOLE
        and subject.thing in ("application", SOME)
    )  # fmt: skip


def _every(said: Sequence[Said]) -> bool:
    """Return whether all are said to be closed, answered, or of one outcome."""
    return any(
        item.subject.every and item.subject.thing == "application" and item.subject.act in _CLAIMS for item in said
    )


def _else(words: Sequence[Token]) -> bool:
    """Return whether words make a number one of something else."""
    return any(word.sort in _ELSE and word.text not in _OURS for word in words)


def _telling(words: Sequence[Token]) -> bool:
    """Return whether words say what is counted, whatever was listed before."""
    return any(word.sort in ("row", "applicant", "application", "answer", "case", "decision") for word in words)
