"""How many applications came, were answered and were handled, that none came, and what is said of all of them.

A number is read with its own words: those since the number before it and, where only 共 or 全年 stands there, those of the
segment before. What another reading has claimed is left alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text import classified
from gk_xl.checks.text.context import is_change
from gk_xl.checks.text.grammar import coded, fitting
from gk_xl.checks.text.paired import PERSONS
from gk_xl.checks.text.said import Said, Trial
from gk_xl.checks.text.subject import TOTALS, applications
from gk_xl.checks.text.within import WITHIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.checks.text.grammar import Reading
    from gk_xl.checks.text.lexer import Token
    from gk_xl.checks.text.segments import Piece, Segment
    from gk_xl.checks.text.subject import Subject

APPLICATION_UNITS: Final = frozenset(
    ["件", "宗", "起", "例", "次", "条", "项", "个", "件次", "", "份", "人次", "笔", "条次"]
)
ON_HAND: Final = ("carried", "carried_in", "carried_out", "pending")
LEFT_UNITS: Final = APPLICATION_UNITS - {"个"}
"""Those of applications on hand: 尚余16个 is of counties or of what else is told."""
AMONG: Final = "其中"
MANY: Final = 2
LINK: Final = 12
"""So many characters behind a number the name of its row may stand."""
_ANNOUNCING: Final = frozenset(["filler", "be", "every", "among", "this", "year", "list"])
"""Sorts that only announce a number: 共, 全年共计."""
_OTHERS: Final = ("site", "topic", "licence")
"""Names of words that turn to another matter."""
_BY: Final = ("通过", "其中通过", "以", "经")
_HELD: Final = frozenset(["receive", "manage", "hold"])
_WAYS: Final = ("渠道", "途径", "方式")
_OF_ANOTHER: Final = frozenset({"part", "halt", "decision", "elsewhere", "hold"})
_ONLY_WHEN: Final = frozenset({"filler", "year", "this"})
_DUE: Final = ("需", "应")
"""需办理11件, 全年应办504件: what came together with what was carried over."""
_ORGANISED: Final = ("组织", "企业", "单位")

_COMPARING: Final = frozenset("比较同")


@dataclass
class Applications:
    """Reads one sentence's segments in order; ``topic`` is what was last spoken of, ``words`` sorts and words of the whole.

    ``ways`` are the channels that the whole names, by their kinds.
    """

    topic: str
    words: frozenset[str]
    trials: list[Trial] | None = None
    ways: frozenset[str] = frozenset()
    before: Segment | None = None
    told: tuple[int, Said | None] = (0, None)  # the total given last, and in which segment
    number: int = 0  # of the segment
    counted: int = 0  # the segment in which something was counted last
    part: bool = False  # the segment before is 其中 alone
    new: bool = False  # 新收的5件中: what follows is of this year's alone
    parties: int = 0  # kinds of applicants counted so far
    most: float = 0  # of one kind of applicants
    channels: int = 0  # ways of applying counted so far
    found: list[Said] = field(default_factory=list)

    def read(self, segment: Segment, claimed: frozenset[int]) -> list[Said]:
        """Return what a segment says of all applications; the counts that begin at ``claimed`` are read already."""
        self.number += 1
        self.found = []
        self.turn(segment)
        about = self.topic
        if segment.has("count"):
            self.counted = self.number
            claimed |= classified.single(segment)
            for piece in segment.pieces:
                if piece.count.start not in claimed:
                    self._count(segment, piece)
        self._words(segment, about)
        if segment.has("receive") and segment.tokens[-1].text in WITHIN:
            self.new |= any(token.name == "new" for token in segment.tokens)
        self.channels += segment.has("channel") and segment.has("count")
        self.part = len(segment.tokens) == 1 and segment.tokens[0].text == AMONG
        self.before = segment
        return self.found

    def turn(self, segment: Segment) -> None:
        """Change the topic where a segment names another."""
        sorts = segment.sorts
        ours = "application" in sorts and (_named(segment.tokens) or _every_one_that_came(segment))
        ours &= not {"case", "cause"} <= sorts
        if ours or (self.topic in ("normative", "other") and _new_alone(segment)):
            self.topic = "application"
        elif "document" in sorts and any(token.sort == "document" and token.name != "file" for token in segment.tokens):
            self.topic = "normative"
        elif "case" in sorts:
            self.topic = "case"
        elif "decision" in sorts or any(token.name in _OTHERS or token.text == "主动公开" for token in segment.tokens):
            self.topic = self.topic if classified.belongs(segment) else "other"

    # ---------------------------------------------------------------- counts

    def _count(self, segment: Segment, piece: Piece) -> None:
        """Read one count."""
        words = [*self._joined(segment, piece), piece.count, *piece.behind]
        at = words.index(piece.count)
        why = self._unread(piece, words[:at])
        apart = {"count", "of"} & {token.sort for token in segment.tokens if token.start < piece.count.start}
        code = coded(words)
        for reading, match in fitting("total", code, every=self.trials is not None):
            if why or match is None or not match.start() <= at < match.end():
                self._tried(segment, reading, why or "words")
                continue
            stopped = self._stopped(reading, words[: match.end()], segment)
            subject = (
                None if stopped else _subject(reading, words[match.start() : match.end()], words[:at], first=not apart)
            )
            if subject == applications("received") and self.part:
                subject, stopped = None, f"unless {AMONG}"
            self._tried(segment, reading, stopped)
            if subject:
                self._tell(
                    Said(
                        subject,
                        piece.count.value,
                        piece.count.start,
                        piece.count.name,
                        vague=bool(piece.count.counted and piece.count.counted.vague),
                        reading=reading.id,
                    )
                )
            break
        if self.told[0] != self.number or self.told[1] is None or self.told[1].start != piece.count.start:
            self._turn_away(piece)

    def _tell(self, said: Said) -> None:
        self.found.append(said)
        self.told = (self.number, said)

    def _turn_away(self, piece: Piece) -> None:
        """Another matter was received or held: bare numbers behind it are of that."""
        ours = bool(piece.behind) and piece.behind[0].sort == "application"
        ours |= piece.count.name in PERSONS and any(token.sort == "application" for token in piece.behind)
        sorts = {token.sort for token in piece.before}
        ours |= "application" in sorts and bool(sorts & {"row", "channel"})  # 收到的重复申请2件, 收到书面申请1件
        ours |= "across" in sorts  # 连同去年底收到、跨年办理的1件
        ours |= "channel" in sorts and any(token.text in _WAYS for token in piece.before)  # 受理渠道为信函30件
        due = any(token.text.endswith(_DUE) for token in piece.before)
        due |= any(token.sort == "of" for token in piece.before)  # 占全市新收612件的三分之一
        due |= not piece.count.value  # 新收、结转的申请均为0
        if self.topic == "application" and not (ours or due) and any(token.sort in _HELD for token in piece.before):
            self.topic = "other"

    def _joined(self, segment: Segment, piece: Piece) -> list[Token]:
        """Return the words before a count, with the segment before where nothing but an announcement stands there."""
        before = self.before
        own = list(piece.before)
        first = not any(token.sort == "count" and token.start < piece.count.start for token in segment.tokens)
        if (
            first
            and before is not None
            and segment.opening in "，："
            and before.depth == segment.depth
            and not before.has("count")
            and not before.has("negation")
            and all(token.sort in _ANNOUNCING for token in own)
        ):
            return [*before.tokens, *own]
        return own

    def _unread(self, piece: Piece, before: Sequence[Token]) -> str:
        """Return why a count cannot be one of all applications, empty when it can."""
        if self.topic != "application" or piece.count.name not in APPLICATION_UNITS:
            return "topic"
        said = "".join(token.text for token in before)
        if is_change(said) and not (said.endswith("新增") and not _COMPARING & {*said}):
            return "change"  # 本年新增7件 came; 比上年新增7件 is a change
        if any(token.sort in ("case", "row", "document") for token in before):
            return "another reading's"
        for token in piece.behind:
            near = token.start < piece.count.end + LINK
            if token.sort == "case" or (near and token.sort in ("row", "carry", "across")):
                return f"behind {token.text}"
        return ""

    # ---------------------------------------------------------------- words

    def _words(self, segment: Segment, about: str) -> None:
        """Read what is said without a number, in a segment that speaks ``about`` a matter."""
        every = False
        for reading, match in fitting("word", segment.code, every=self.trials is not None):
            of_all, why = reading.subject.startswith("all_"), "words"
            if match is not None:
                why = self._stopped(reading, segment.tokens if of_all else segment.tokens[: match.end()], segment)
                matched = segment.tokens[match.start() : match.end()]
                why = why or self._unsaid(reading, matched, segment, about, every=every)
            self._tried(segment, reading, why)
            if match is not None and not why:
                every |= of_all
                row = _row(matched) if reading.subject == "all_outcome" else ""
                party = _one_party(matched) if reading.subject == "all_applicant" else ""
                subject = applications(reading.subject.removeprefix("all_"), row, party, every=of_all and not party)
                number = self.told[1].number if party and self.told[1] else 0
                self.found.append(Said(subject, number, matched[0].start, negated=True, reading=reading.id))

    def _unsaid(self, reading: Reading, matched: Sequence[Token], segment: Segment, about: str, *, every: bool) -> str:
        """Return why a match says nothing of all applications, empty when it does."""
        if reading.says == "absent":
            ours = about == "application" or _named(matched)
            one = all(token.value == 1 for token in matched if token.sort == "count")
            return ("" if ours else "topic") if one else "count"
        if not reading.subject.startswith("all_"):
            return ""
        if every or about != "application" or not self._all_told(segment):
            return "topic"
        if any(token.sort == "share" and token.value != 100 for token in matched):
            return "share"
        if reading.after == "total":
            at, told = self.told
            said = _one_party(matched) if reading.subject == "all_applicant" else _row(matched)
            near = (
                at in range(self.counted, self.number + 1)
                if reading.subject == "all_outcome"
                else (at == self.number - (not segment.has("count")))
            )
            total = told is not None and told.subject.act in TOTALS and not told.subject.column and told.number > 1
            if not (said and near and total):
                return "after total"
        return ""

    def _all_told(self, segment: Segment) -> bool:
        """Return whether every count of a segment is that of all applications received: 受理的5件申请全部办结."""
        told = {said.start for said in self.found if said.subject.act in ("received", "received_new", "handled")}
        return told.issuperset([token.start for token in segment.tokens if token.sort == "count"])

    # ---------------------------------------------------------------- conditions

    def _stopped(self, reading: Reading, before: Sequence[Token], segment: Segment) -> str:
        """Return which word or condition makes it another matter; empty when there is none."""
        for word in reading.nowhere:
            if word in self.words:
                return f"nowhere {word}"
        alone = sum(token.sort == "count" for token in segment.tokens) == 1  # 科研1件、公益2件，两类合计3件
        less = any(token.sort == "count" and token.value < self.most for token in segment.tokens)  # of some of them
        if reading.after == "parties" and (max(self.parties, self.channels) < MANY or not alone or less):
            return "after parties"
        if segment.has("among") and any(token.name == "on_application" for token in before) and not self._came(segment):
            return "unless among"  # 出具意见51份，其中依申请公开38份
        channel = self._by_one_channel(before, both=reading.says == "absent") if "one-channel" in reading.unless else ""
        if channel:
            return f"unless one-channel {channel}"
        if "one-party" in reading.unless and not (_every_party(before) and _every_party(self._headed(segment))):
            return "unless one-party"
        if "two-counts" in reading.unless and not alone:
            return "unless two-counts"
        if "of-the-new" in reading.unless and (self.new or self._new_before(segment, before)):
            return "unless of-the-new"
        for token in before:
            if token.name in ("site", "platform") and "one-channel" in reading.unless:
                continue
            if token.sort in reading.unless or token.text in reading.unless:
                return f"unless {token.sort} {token.text}"
        return ""

    def _came(self, segment: Segment) -> bool:
        """Return whether a segment, or the one before it, says that something came, was dealt with or answered."""
        segments = (segment, self.before) if self.before is not None else (segment,)
        return any(one.has("receive") or one.has("manage") or one.has("answer") for one in segments)

    def _headed(self, segment: Segment) -> Sequence[Token]:
        """Return the words before a segment that goes on with whom they name: 自然人仍是申请主体，共提出申请150件."""
        before = self.before
        return before.tokens if before is not None and segment.opening == "，" and not before.has("count") else ()

    def _new_before(self, segment: Segment, before: Sequence[Token]) -> bool:
        """Return whether the same segment counts this year's applications first: 新收183件办结171件."""
        return any(token.name == "new" and token.start < before[-1].start for token in segment.tokens)

    def _by_one_channel(self, before: Sequence[Token], *, both: bool) -> str:
        """Return the channel that what is counted came by, empty when none or every channel is named.

        ``both``: 书面 and 网络 named together are every channel. 书面 is a channel beside another: 书面申请1件、网络申请2件.
        """
        previous = self.before.tokens if self.before is not None and not self.before.has("count") else ()
        narrowing = previous if previous and "".join(token.text for token in previous).startswith(_BY) else ()
        for words in (before, narrowing):
            named = [token for token in words if token.sort == "channel" or token.name in ("site", "platform")]
            ways = {"net" if token.sort == "halt" else token.name for token in named}
            texts = {token.text for token in named}
            if any(token.sort == "anyway" or token.text == "各类" for token in words) or {"线上", "线下"} <= texts:
                continue
            if both and "net" in ways and ways & {"hand", "writing"}:
                continue
            if ways - {"writing"} or (ways and not both and self.ways - {"writing"}):
                return named[0].text
        return ""

    def _tried(self, segment: Segment, reading: Reading, why: str) -> None:
        if self.trials is not None:
            self.trials.append(Trial(segment, reading, why))


def _new_alone(segment: Segment) -> bool:
    """Return whether 新收14件 stands alone: nothing but applications is counted so."""
    new = any(token.name == "new" for token in segment.tokens)
    return new and segment.has("count") and segment.sorts <= {"receive", "count", "filler", "year", "this", "organ"}


def _every_one_that_came(segment: Segment) -> bool:
    """Return whether something is said of all applications that came, nothing else named: 全年收到的申请已于年内全部办结."""
    if not {"receive", "every"} <= segment.sorts or segment.has("count") or segment.sorts & _OF_ANOTHER:
        return False
    came = next(index for index, token in enumerate(segment.tokens) if token.sort == "receive")
    behind = [token.text for token in segment.tokens[came + 1 : came + 3]]
    return behind == ["的", "申请"] and {token.sort for token in segment.tokens[:came]} <= _ONLY_WHEN


def _named(words: Sequence[Token]) -> bool:
    """Return whether words name applications for information, not just some application."""
    disclosure = new = column = -LINK
    for token in words:
        named = token.name != "bare" or token.start - disclosure <= 6 or token.start in (new, column)
        if token.sort == "application" and named:
            return True
        if token.sort == "receive" and token.name == "new":
            new = token.end  # 新收申请: no other applications are called so
        if token.sort == "count" and token.start == new:
            new = token.end  # 新收35件申请
        if token.sort == "disclosure" or token.text == "公开":
            disclosure = token.end
        if token.text in classified.columns():
            column = token.end  # 自然人申请: who applied, as the columns call them
    return False


def _subject(reading: Reading, matched: Sequence[Token], before: Sequence[Token], *, first: bool) -> Subject:
    """Return what a count counts: of this year alone, of one kind of applicants, or all; ``first``: of its segment."""
    if reading.subject == "on_application" and any(token.name == "new" for token in matched):
        return applications("received_new")  # 29件新收中
    if reading.subject != "received":
        return applications(reading.subject)
    if party := _one_party([*before, *matched] if first else matched):
        return applications("received", column=party)
    new = any(token.sort == "receive" and token.name == "new" for token in (*before, *matched))
    return applications("received_new" if new else "received")


def _one_party(words: Sequence[Token]) -> str:
    """Return the column when one sort of applicant only is named: 收到公民提出的申请."""
    parties = {token.name for token in words if token.sort == "applicant"}
    mixed = _organised(words) and "natural_person" in parties
    return min(parties) if len(parties) == 1 and not mixed else ""


def _every_party(words: Sequence[Token]) -> bool:
    """Return whether no sort of applicants is named, or persons as well as organisations."""
    parties = {token.name for token in words if token.sort == "applicant"}
    organised = bool(parties - {"natural_person"}) or _organised(words)
    return not parties or ("natural_person" in parties and organised)


def _organised(words: Sequence[Token]) -> bool:
    """Return whether organisations are named in other words than the columns'."""
    return any(token.text.endswith(_ORGANISED) for token in words if token.sort in ("pseudo", "unknown", "filler"))


def _row(matched: Sequence[Token]) -> str:
    """Return the row that all had for outcome; 公开 alone is 予以公开."""
    every = False
    for token in matched:
        every |= token.sort == "every" or token.text.startswith("全部")
        if every and token.sort == "row":
            return token.name
        if every and token.text == "公开":
            return "granted"
    return ""
