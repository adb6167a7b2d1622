"""Words beside a number → the cells that they name, whichever of the sentence's numbers is theirs.

A reading says which number belongs to which cell. Where the words are too free for that, they still tell of which cells
the sentence speaks; and the number of a cell that is spoken of in numbers must be among them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.matters import UNIT, Matters
from gk_xl.checks.text.said import Said
from gk_xl.checks.text.subject import GROUP, Subject, applications, cases
from gk_xl.checks.text.unclaimed import IN_TIME, UNITS, ending

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from gk_xl.checks.text.lexer import Token
    from gk_xl.checks.text.segments import Piece, Segment

_CASE_UNITS: Final = frozenset(["件", "宗", "起", "例", ""])
_OF_THE_REST: Final = ("除", "其余", "另外")
"""Words that elsewhere make a number another matter's; of how cases ended, they part them."""
_PEOPLE: Final = frozenset(["名", "人", "人次", "家", "户"])
_APART: Final = frozenset(
    ["halt", "negation", "elsewhere", "hold", "channel", "intent", "each", "classified", "money", "charge", "notice", "purchase"]
)  # fmt: skip
"""Sorts before a number that make it one of something else, or leave open of what it is."""
_ENDS: Final = _APART | {"part", "among", "cause", "unknown", "title", "of", "despite", "number", "share"}
"""Sorts behind a number with which other words begin."""
_OF_MATTERS: Final = frozenset(["halt", "charge", "hold"])
_ACTS: Final = ("issue", "repeal", "in_force")
_WHERE: Final = ("filler", "list", "this", "year", "above", "channel")
_OUT: Final = ("公开", "新公开", "对外公开", "主动公开", "公布", "发布", "公示")
_ALL_OUT: Final = ("全部公开",)
_AND: Final = ("并", "且", "已", "均已")
"""Before what was done with the documents counted before: 制作1件并已公开."""
_BARE: Final = frozenset(
    ["filler", "be", "every", "this", "year", "list", "among", "count", "number", "share", "anyway", "organ", "dealt"]
)
_CARRYING: Final = frozenset(["carry", "across", "pending", "last", "next"])
_LEFT: Final = frozenset(["剩", "剩下", "剩余", "余", "余下", "尚"])
_DONE: Final = frozenset(["办", "共办", "答", "已答"])
_NEGATING: Final = ("negation", "zero", "every")
_NAMES: Final = frozenset(["row", "applicant", "carry", "answer", "receive"])
_NOTHING: Final = _NAMES | frozenset(
    [
        "negation", "zero", "count", "result", "filler", "be", "list", "every", "among", "this", "year", "last", "next", "application",
        "decide", "manage", "publish", "cause", "intent", "anyway", "organ", "case",
    ]
)  # fmt: skip
"""Sorts of a segment that says only that there was none."""
_ENDING: Final = frozenset(["年底", "年末", "底", "末"])
"""What came then is a part: 2022年底新收的1件."""
_OF_THIS_YEAR: Final = frozenset(["本年", "本年度", "当年", "今年"])
_IN_ALL: Final = frozenset(["全年", "只", "仅", "受理", "只有"])
_TOGETHER: Final = frozenset(["共计", "合计", "总计", "一共", "总共"])


@dataclass
class Named:
    """Looks at one sentence's segments in order; ``found`` are what was named, each with the place of its count."""

    found: list[tuple[Subject, int]] = field(default_factory=list)
    none: list[tuple[Subject, int]] = field(default_factory=list)  # what is said not to have been
    told: bool = False  # a row of 表三 or a kind of applicants has been counted
    loose: int = -1  # where a number stands that nothing has claimed, and behind which no row was named
    matters: Matters = field(default_factory=Matters)
    new: bool = False  # this year's have been counted alone
    one: int = -1  # where the only number stands, that of one application
    more: bool = False  # other numbers have been met
    tried: bool = False  # one case has been counted last
    made: tuple[Subject, int] | tuple[()] = ()  # documents counted last as made, once they are out, and where
    decided: bool = False  # in a list of decisions that were published: 公示行政许可决定12件、行政处罚决定3件

    def said(self) -> list[Said]:
        """Return what was named, without numbers; what there was none of is negated."""
        told, none = self.found + self.matters.found, self.none + self.matters.none
        found = [Said(subject, 0, start, sure=False) for subject, start in told]
        return found + [Said(subject, 0, start, negated=True, sure=False) for subject, start in none]

    def note(self, segment: Segment, claimed: Collection[int]) -> None:
        """Take up what a segment leaves for those behind it: whose matters are counted, a number that nothing has claimed."""
        self.matters.note(segment)
        counts = [token for token in segment.tokens if token.sort == "count"]
        if not segment.has("row"):
            loose = (
                len(counts) == 1
                and not segment.has("among")
                and counts[0].start not in claimed
                and counts[0].name in UNITS
            )
            self.loose = counts[0].start if loose else (-1 if counts or segment.opening in "。；" else self.loose)

    def _alone(self, segment: Segment, piece: Piece, topic: str) -> None:
        """Take up that one application is all that the sentence counts."""
        if piece.count.name not in UNITS:
            return
        first = not self.more and not self.told and self.one < 0 and piece.count.value == 1 and not segment.has("row")
        self.more |= not first
        self.one = piece.count.start if first and topic == "application" and _came(piece) else -1

    def _behind(self, segment: Segment) -> None:
        """Take up the row that follows a number in words of its own: 2件要卷宗，属行政执法案卷."""
        named = {token.name for token in segment.tokens if token.sort == "row"}
        rows = {name for name in named if "." in name and not name.endswith(GROUP)}
        apart = segment.sorts & {"negation", "each", "intent", "part", "case", "document"}
        if self.loose >= 0 and segment.opening == "，" and len(rows) == 1 and not apart:
            self.found.append((applications("outcome", min(rows)), self.loose))
        elif self.one >= 0 and not apart - {"part"}:
            told = rows or named & {"granted", "partial"}
            self.found += [(applications("outcome", row), self.one) for row in told if len(told) == 1]
        if segment.has("row"):
            self.loose = -1

    def _ended(self, segment: Segment, case: str) -> None:
        """Take up how the one case ended that was counted last: 直接起诉1件，法院判决驳回原告诉讼请求."""
        ends = {end for token in segment.tokens if (end := ending(token))}
        if self.tried and case and segment.opening == "，" and len(ends) == 1 and not segment.has("negation"):
            self.found.append((cases(case, min(ends)), segment.start))
        self.tried &= segment.opening == "，" and not segment.has("case")

    def look(self, segment: Segment, topic: str, case: str, document: str, *, listed: bool) -> None:
        """Take up what the words beside the counts of a segment name.

        ``topic``, ``case`` and ``document`` were spoken of last; empty where what is counted may be others'.
        ``listed``: in a list of what was published.
        """
        self._none(segment, topic, case)
        self.matters.absent(segment)
        if not segment.has("count"):
            if topic == "application":
                self._behind(segment)
            elif self.made and segment.opening == "，" and _all_out(segment.tokens):
                self.found.append(self.made)
            self._ended(segment, case)
            self.matters.unchanged(segment)
            return
        self.decided = not segment.has("info") and (
            (segment.has("publish") and _of_deciding(segment)) or (self.decided and segment.opening in "、，（）")
        )
        for piece in segment.pieces:
            words = _beside(piece)
            sorts = {word.sort for word in words if ending(word) is None and not (case and word.text in _OF_THE_REST)}
            if (
                sorts & _APART - (_OF_MATTERS if piece.count.name == UNIT else set())
                or piece.count.counted is None
                or piece.count.counted.vague
            ):
                continue
            found = self.matters.named_by(piece, sorts) or _of_cases(piece, words, sorts, case)
            tried = case and segment.has("among")  # 行政诉讼41件，其中行政许可3件
            found = found or ([] if topic == "application" or tried else _of_decisions(piece, sorts))
            if (listed or "publish" in sorts) and not self.decided:  # 公开行政许可12件: told apart by rules
                found = [item._replace(act="published") if item.thing == "decisions" else item for item in found]
            found = found or _of_documents(piece, words, sorts, document)
            if not found and topic == "application" and not segment.has("case") and not segment.has("document"):
                found = self._of_applications(piece, words, sorts)
            self.found += [(subject, piece.count.start) for subject in found]
            self.made = _made(piece, found)
            if self.made and (_all_out(piece.behind) or any(word.text in _OUT for word in piece.before)):
                self.found.append(self.made)  # 制作并公开9件, 印发2件并全部公开
            self.tried = segment.has("case") and piece.count.value == 1
            self._alone(segment, piece, topic)
        self.matters.unchanged(segment)
        self.told |= segment.has("row") or segment.has("applicant")
        self.new |= any(token.sort == "receive" and token.name == "new" for token in segment.tokens)

    def _none(self, segment: Segment, topic: str, case: str) -> None:
        """Take up what a segment says there was none of: 未出现不予公开、不予处理情形; 新收、上年结转、结转下年均为0件."""
        words = segment.tokens
        if segment.sorts.isdisjoint(_NEGATING) or not segment.sorts <= _NOTHING | {"unknown"}:
            return
        at = next((index for index, word in enumerate(words) if _is_none(word)), -1)
        if at < 0 or not all(_may_stand(word) for word in words):
            return
        behind = words[at + 1 :] if words[at].sort == "negation" else ()
        if behind and behind[0].sort == "row" and words[at].text.endswith("未"):
            return  # 未予以公开
        subjects = list(_without(behind, topic, case)) or list(_without(words[:at], topic, case))
        self.none += [(subject, words[at].start) for subject in subjects]

    def _of_applications(self, piece: Piece, words: Sequence[Token], sorts: set[str]) -> list[Subject]:
        """Return the rows, columns and totals of 表三 that are named."""
        before = {word.name for word in piece.before if word.sort == "row"}
        rows = before or {word.name for word in words if word.sort == "row"}
        parties = {word.name for word in words if word.sort == "applicant"}
        if "organisations" in parties and len(parties) > 1:
            return []  # 商业企业等法人12件
        if parties:
            apart = rows or "list" in sorts or piece.count.name not in UNITS | _PEOPLE
            all_of = [applications("received")] if _every_application(piece) else []  # 13件申请全由自然人提出
            act = "applicant"
            if sorts & {"carry", "last", "next"}:  # 上年结转2件均为自然人
                act = "" if len(over := _carried(words, sorts)) != 1 else over[0].act
            return [] if apart or not act else [*all_of, *(applications(act, column=party) for party in parties)]
        if piece.count.name not in UNITS:
            return []
        acting = [word for word in piece.before if word.text != "了"]
        granted = not rows and any(word.text == "公开" for word in (*acting[-1:], *piece.behind[:1]))
        if granted and "application" not in sorts:
            return [applications("outcome", "granted")]
        if rows and "list" in sorts:
            return []  # 公开或部分公开4件: together
        if rows:
            single = {row for row in rows if not row.endswith(GROUP)}
            plain = (
                not single
                and rows != {"otherwise.*"}
                and len(rows) == 1
                and sorts <= _BARE | {"row", "application", "answer", "decide"}
            )
            return [applications("outcome", row) for row in (rows if plain else single if len(single) == 1 else ())]
        if sorts & _CARRYING:
            return _carried(words, sorts)
        return self._total(piece, words, sorts)

    def _total(self, piece: Piece, words: Sequence[Token], sorts: set[str]) -> list[Subject]:
        """Return what came, or was answered."""
        texts = {word.text for word in words}
        ours = any(word.text in _OF_THIS_YEAR for word in piece.before)  # 本年度4件申请也全部办结
        closed = not ours and "every" in sorts and any(word.name == "close" for word in piece.behind)  # 66件已全部办结
        apart = sorts & {"publish", "part", "info", "disclosure"} or (texts & (IN_TIME | _ENDING) and not closed)
        if apart or piece.count.name not in ("件", "宗", "起", "份"):
            return []
        if texts & _LEFT and not (piece.behind and piece.behind[0].sort in ("among", "be")):  # 剩下2件分别来自……
            return [applications("carried_out")]
        if ("answer" in sorts or texts & _DONE) and "receive" not in sorts:
            plain = sorts <= _BARE | {"answer", "application", "manage", "unknown", "of"} and "among" not in sorts
            return [applications("answered")] if plain and (closed or not self.new) else []
        if "receive" in sorts:
            new = any(word.sort == "receive" and word.name == "new" for word in words)
            return [applications("received_new" if new else "received")]
        return [applications("received")] if not self.told and _of_every_one(piece, sorts, texts) else []


def _is_none(word: Token) -> bool:
    """Return whether a word says that there was none."""
    return word.sort in ("negation", "zero") or (word.sort == "count" and not word.value)


def _may_stand(word: Token) -> bool:
    """Return whether a word leaves it at that: nothing is said of some of them, or of another matter."""
    return (word.sort in _NOTHING and not (word.sort == "count" and word.value)) or (word.sort, len(word.text)) == (
        "unknown",
        1,
    )


def _without(words: Sequence[Token], topic: str, case: str) -> Iterator[Subject]:
    """Yield what is named of which there was none; of a group and its rows, the rows."""
    rows = [word.name for word in words if word.sort == "row"]
    years = [word.sort if word.sort in ("last", "next", "carry") else "" for word in words]
    for index, word in enumerate(words):
        if word.sort == "result" and case:
            yield cases(case, word.name)
        elif topic != "application" or word.sort not in _NAMES:
            continue
        elif word.sort == "row":
            if not (
                word.name.endswith(GROUP) and any(row.startswith(word.name[:-1]) for row in rows if row != word.name)
            ):
                yield applications("outcome", word.name)
        elif word.sort == "applicant":
            yield applications("applicant", column=word.name)
        elif word.sort == "carry":
            before, near = years[max(index - 2, 0) : index], years[index + 1 : index + 3]
            yield applications("carried_in" if "last" in before else "carried_out" if "next" in near else "carried")
        elif word.sort == "answer" or word.name == "new":
            yield applications("answered" if word.sort == "answer" else "received_new")


def _of_every_one(piece: Piece, sorts: Collection[str], texts: Collection[str]) -> bool:
    """Return whether a number without a verb is that of all applications: 全年8件申请, 3件申请分别来自, 合计9件."""
    behind = [word for word in piece.behind if word.sort != "filler" or word.name == "within"]
    if "application" in sorts:
        every = len(behind) > 1 and (behind[1].sort in ("every", "among", "filler") or behind[1].text == "无一")
        year = any(word.sort in ("this", "year") or word.name == "one" or word.text == "全年" for word in piece.before)
        alone = not any(word.text in ("提出", "提起", "提交") for word in piece.before)  # 一名申请人全年提出申请5件
        return alone and (every or year) and not {"unknown", "among", "manage"} & {word.sort for word in piece.before}
    within = bool(piece.behind) and piece.behind[0].name == "within"
    return set(sorts) <= _BARE and (bool(_TOGETHER & set(texts)) or within)


def _every_application(piece: Piece) -> bool:
    """Return whether a number that begins what it stands in is said of every application: 13件申请全由……提出."""
    first = [word.sort for word in piece.behind[:2]]
    return first == ["application", "every"] and {word.sort for word in piece.before} <= _BARE


def _beside(piece: Piece) -> tuple[Token, ...]:
    """Return the words before a count, and those behind it up to where others begin."""
    behind = takewhile(lambda word: word.sort not in _ENDS or ending(word) is not None, piece.behind)
    return (*piece.before, *behind)


def _of_cases(piece: Piece, words: Sequence[Token], sorts: Collection[str], case: str) -> list[Subject]:
    """Return the kind of cases and the result named."""
    kinds = {word.name for word in words if word.sort == "case"} if case else set()
    told = "result" in sorts or any(ending(word) is not None for word in words)
    kinds = kinds or ({case} if case and told else set())
    if len(kinds) != 1 or piece.count.name not in _CASE_UNITS or {"manage", "cause", "row"} & set(sorts):
        return []
    results = {word.name for word in words if word.sort == "result"}
    results |= {end for word in words if (end := ending(word))}
    beside = [word for word in (*piece.before[-1:], *piece.behind[:1]) if word.sort == "case"]
    found = [cases(min(kinds), result) for result in results]
    return found if found and not (beside and "every" in sorts) else [*found, cases(min(kinds))]


def _came(piece: Piece) -> bool:
    """Return whether a number is that of all that came: 收到1件申请, 全年仅有1件申请; not 有1件申请."""
    words = (*piece.before, *piece.behind)
    came = any(word.sort == "receive" or word.text in _IN_ALL for word in words)
    return came and not any(word.sort == "case" for word in words)


def _of_deciding(segment: Segment) -> bool:
    """Return whether decisions, not entries on them, are what is counted: 公示各类执法决定26件."""
    return any(word.name == "decided" for word in segment.tokens)


def _of_decisions(piece: Piece, sorts: Collection[str]) -> list[Subject]:
    """Return the kind of decisions named right before the count."""
    kinds = {word.name for word in piece.before if word.sort == "decision"}
    apart = (
        {"info", "disclose"} & set(sorts)
        or "application" in sorts
        or piece.count.name not in UNITS
        or "receive" in sorts
    )
    return [] if apart or len(kinds) != 1 else [Subject("decisions", row=min(kinds))]


def _of_documents(piece: Piece, words: Sequence[Token], sorts: Collection[str], document: str) -> list[Subject]:
    """Return the columns of documents whose acts are named."""
    kinds = {word.name for word in words if word.sort == "document" and word.name != "file"} or {document} - {""}
    acts = {word.name for word in words if word.sort in _ACTS}
    apart = "application" in sorts or piece.count.name not in UNITS or "unknown" in sorts
    return [] if apart or len(kinds) != 1 else [Subject(min(kinds), column=act) for act in acts]


def _made(piece: Piece, found: Sequence[Subject]) -> tuple[Subject, int] | tuple[()]:
    """Return what documents are that are counted as made, once they are published, and where their number stands."""
    kinds = [subject.thing for subject in found if subject.column == "issued"]
    return (Subject(kinds[0], column="newly_disclosed"), piece.count.start) if kinds else ()


def _all_out(words: Sequence[Token]) -> bool:
    """Return whether words say that all have been published, and name nothing else: 均已对外公开, 全部上网公开; not 解读材料全部公开."""
    first = next((word for word in words if word.sort not in _WHERE and word.name != "site"), None)
    every = first is not None and (first.sort == "every" or first.text in _ALL_OUT)
    every |= first is not None and words[0].text in _AND and first.text in _OUT
    negated = any(word.sort in ("negation", "count") for word in words)
    return every and not negated and words[-1].text in (*_OUT, *_ALL_OUT)


def _carried(words: Sequence[Token], sorts: set[str]) -> list[Subject]:
    """Return what was carried over, by the year and the words for it."""
    if {"last", "next"} <= sorts:
        return []
    if "last" in sorts:
        return [applications("carried_in")] if sorts & {"carry", "across", "pending"} else []
    if sorts & {"next", "pending"}:
        return [applications("carried_out")]
    bare = any(word.sort == "carry" and word.text == "结转" for word in words)
    return [applications("carried")] if bare and not sorts & {"receive", "answer", "manage", "application"} else []
