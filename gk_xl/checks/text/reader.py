"""Segments → statements, by the readings of ``grammar.toml``.

What a segment leaves open (废止1件) is filled up from what the sentence spoke of before: a document, a kind of case.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text import classified, naming, paired
from gk_xl.checks.text.applications import APPLICATION_UNITS, LEFT_UNITS, ON_HAND, Applications
from gk_xl.checks.text.crossed import RESULTS, SUITS, behind_suits, ended_in, meant
from gk_xl.checks.text.following import COUNTED_BEFORE, LEFT_OPEN, follows
from gk_xl.checks.text.grammar import fitting
from gk_xl.checks.text.lists import told_apart
from gk_xl.checks.text.matters import Matters
from gk_xl.checks.text.named import Named
from gk_xl.checks.text.said import Said, Trial
from gk_xl.checks.text.segments import Segment, segments
from gk_xl.checks.text.shorthand import COUNTED
from gk_xl.checks.text.subject import Subject, applications, cases
from gk_xl.checks.text.unclaimed import Unclaimed
from gk_xl.checks.text.within import WITHIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.checks.text.grammar import Reading
    from gk_xl.checks.text.lexer import Token
    from gk_xl.form.schema import Edition

OF: Final = "/"
"""Between a topic and its kind, which the next sentence may go on with: 结果维持10件; behind 1.行政许可。: 办理64件."""
_TOLD_OF: Final = {"normative": "document", "other": "decision"}  # what the kind of a topic is, where not of cases
LONGEST: Final = 60
"""Tokens of a segment; a longer one is left unread."""
CASE_UNITS: Final = frozenset(["件", "宗", "起", "例", "次", "条", "项", "个", "件次", ""])
DOCUMENT_UNITS: Final = frozenset(["件", "份", "个", "部", "条", "篇", "项", ""])
DECISION_UNITS: Final = frozenset(["件", "件次", "宗", "起", "项", "份", "个", "次", "例", ""])
_YEARS: Final = {-1: "last", 0: "this", 1: "next"}
_APPLYING: Final = ("申请", "提起", "申请人", "提出")
_FEE: Final = "processing_fee"
_CHARGING: Final = ("charge", "notice")
_NO_CHARGES: Final = frozenset({"purchase", "decision", "document", "case"})
_HEAD: Final = frozenset({"decision", "filler", "year", "this"})
_UNITS: Final = {
    "case": CASE_UNITS, "decisions": DECISION_UNITS, "normative": DOCUMENT_UNITS, "rules": DOCUMENT_UNITS, "documents": DOCUMENT_UNITS,
    "purchase": frozenset(["个", "项", "次", "宗"]), "charge": frozenset(["件", "份"]), "outcome": APPLICATION_UNITS - {"次"}, **dict.fromkeys(ON_HAND, LEFT_UNITS),
}  # fmt: skip
"""Units that what is counted may bear."""


@dataclass
class Reader:
    """Reads one sentence.

    ``government``: whether the unit is a government, whose own name 县政府 is; ``year``: the report's;
    ``topic``: what stands before, or the heading, is about; afterwards what the sentence was last about.
    """

    edition: Edition
    government: bool = False
    year: int | None = None
    topic: str = ""
    trials: list[Trial] | None = None
    case: str = ""
    result: str = ""  # how the cases ended that were counted last: 法院判决纠正的案件2件，其中……
    narrowed: str = ""  # the same, where their kinds are listed
    document: str = ""
    decision: str = ""
    decisions: list[str] = field(default_factory=list)  # all kinds named since the last ；
    deciding: bool = False  # decisions of all kinds have been counted: 作出执法决定41件
    matters: bool = False  # what may be decided on has been counted: 行政许可事项7项
    apart: bool = False  # the cases counted last begin behind a ；, what follows is said of them
    parted: set[str] = field(default_factory=set)  # kinds of cases whose results stand in brackets
    total: Said | None = None  # the cases counted last
    last: str = ""  # the reading of the segment before
    here: Segment = field(default_factory=lambda: Segment((), "", 0, frozenset(), ""))
    sort: str = ""  # the only kind of applicants counted so far, nothing else before it
    headed: str = ""  # the only kind of applicants that a list is headed by: 自然人申请的办理结果：
    under: bool = False  # in what is headed by a kind of decisions: 行政许可方面，……
    party: bool = False  # in what is listed of one sort of applicants: 自然人新收81件、办结83件、转下年4件
    bare: float = 0  # a number whose fate the next words tell: 另2件征求意见，结转下年度
    bare_at: int = 0  # where it stands
    bare_among: str = ""  # the group of the count before it in one list, “?” where it is open
    outer: tuple[float, int] | tuple[()] = ()  # the same, of a number before brackets
    one: bool = False  # one application was counted, and nothing since
    nested: bool = False  # in brackets
    away: bool = False  # the sentence has turned to another matter than applications
    managed: bool = False  # in a list of what was handled for others
    counted: bool = False  # a number has been given
    fee: str = ""  # the charge named last, and not as none; no other matter since
    listed: bool = False  # in a list of what was published
    now: str = ""  # what is spoken of where the segment stands
    found: list[Said] = field(default_factory=list)
    some: list[Said] = field(default_factory=list)  # numbers that no reading claimed
    named: list[Said] = field(default_factory=list)  # cells that words beside a number name
    words: frozenset[str] = frozenset()  # sorts and words of the sentence
    applications: bool = False  # the sentence, or what stands before, is about applications

    def read(self, text: str) -> list[Said]:
        """Return what a folded sentence, titles masked, says of cases, documents, decisions and money."""
        found = tuple(
            [self._dated(token) if token.sort == "year" else token for token in told_apart(text, self.edition.id)]
        )
        about_them = self.topic == "application" or classified.names_applications(found, self.topic)
        self.topic, _, kind = ("application" if about_them else self.topic).partition(OF)
        setattr(self, _TOLD_OF.get(self.topic, "case"), kind)
        self.matters = bool(self.decision)
        self.applications = self.topic == "application" or any(token.sort == "application" for token in found)
        self.words = classified.words_of(found)
        ways = frozenset([token.name for token in found if token.sort == "channel"])
        counted = Applications(self.topic, self.words, self.trials, ways)
        left, names = Unclaimed(topic=self.topic), Named(matters=Matters(self.decision))
        for segment in segments(found):
            if len(segment.tokens) <= LONGEST:
                at, self.now = len(self.found), counted.topic
                self._segment(segment)
                counted.parties = len({said.subject.column for said in self.found if said.subject.column})
                counted.most = max((said.number for said in self.found if said.subject.column), default=0)
                self.found += counted.read(segment, frozenset([said.start for said in self.found[at:]]))
                if self.headed:
                    self.found[at:] = naming.of_party(self.found[at:], self.headed)
                if self.under and not any(token.name == "full" for token in segment.tokens):
                    ours = [said for said in self.found[at:] if said.subject.thing != "application"]
                    self.found[at:] = ours  # 行政许可方面，新收申请430件
                claimed = {said.start for said in self.found[at:]} | classified.single(segment)
                apart = self.away or self.under or bool(self.sort or self.headed)
                left.look(segment, claimed, counted.topic, away=apart)
                names.note(segment, claimed)
                if not (self.away or self.sort or self.headed):
                    case = "" if self.managed else self.case
                    names.look(segment, counted.topic, case, self.document, listed=self.listed)
        kinds = {"case": meant(self.case, self.found), "normative": naming.kept(self.document, self.edition)}
        self.topic = f"{counted.topic}{OF}{kinds[counted.topic]}" if kinds.get(counted.topic) else counted.topic
        drafted = "classified" in self.words
        self.some, self.named = ([], []) if drafted else (left.close(self.found), names.said())
        return self.found

    def turned(self, text: str) -> str:
        """Return what a folded sentence is about at its end, empty when it names no matter."""
        counted = Applications(self.topic, frozenset())
        for segment in segments(told_apart(text, self.edition.id)):
            counted.turn(segment)
        return counted.topic

    def _dated(self, token: Token) -> Token:
        """Return a year as last year, this year or next year, other tokens as they are."""
        return token if self.year is None else token._replace(sort=_YEARS.get(int(token.value) - self.year, "year"))

    def _segment(self, segment: Segment) -> None:
        """Read one segment by the first reading that fits, and remember what it spoke of."""
        if segment.opening in "。；":
            self.last, self.decisions = "", []
        apart = (self.apart and segment.opening != "；") or (self.here.has("case") and not self.here.has("count"))
        if not apart and (ended := behind_suits(self.found, segment.opening)) is not None:
            self.case = ended
        parted = segment.has("among") or segment.opening == "（"  # 支持我局4件（直接起诉1件、复议后起诉3件）
        self.narrowed = self.result if parted else (self.narrowed if segment.opening == "、" else "")
        if segment.opening in "。；：":
            self.headed = ""
        if segment.opening in "：，":
            self.headed = naming.heading_party(self.here.tokens) or self.headed  # 企业方面，……
        if self.parted >= SUITS and not segment.depth:
            self.case = "litigation"
        self.here = segment
        self.bare = 0 if segment.opening in "。；" else self.bare
        if self.nested and not segment.depth and self.outer:
            (self.bare, self.bare_at), self.outer = self.outer, ()  # 另有3件（自然人、企业、律所各1件）结转下年
        elif segment.depth and not self.nested and self.bare:
            self.outer = (self.bare, self.bare_at)
        self.nested = segment.depth > 0
        self.away = not segment.has("application") and (self.away or classified.turns_away(segment))
        closed = any(token.name == "close" for token in segment.tokens)
        self.managed = closed or segment.has("manage") or (self.managed and segment.opening == "、")
        here = ""
        for reading, match in fitting("one", segment.code, every=self.trials is not None):
            why = "words"
            if match is not None:
                why = self._unfit(reading, segment) or self._stopped(reading, segment.tokens[: match.end()])
            if match is not None and not why:
                said = list(self._says(reading, segment.tokens[match.start() : match.end()], segment))
                self.found += said
                why, here = ("", reading.id) if said else ("subject", "")
            if self.trials is not None:
                self.trials.append(Trial(segment, reading, why))
            if here:
                break
        self._remember(segment, here)
        if segment.depth and self.found and self.found[-1].subject.column in RESULTS:
            self.parted.add(self.found[-1].subject.row)

    def _unfit(self, reading: Reading, segment: Segment) -> str:
        """Return why a reading is not even tried on a segment, empty when it is."""
        for word in reading.nowhere:
            if word in self.words:
                return f"nowhere {word}"
        if reading.after and not follows(self, reading.after):
            return f"after {reading.after}"
        listed = self.party and segment.opening in ("、", "，" if reading.says == "none" else "、")
        if (listed and reading.subject.startswith("carried")) or (reading.subject == "outcome" and self.sort):
            return "one sort of applicants"
        if reading.subject == "outcome" and segment.has("halt") and classified.concerning(segment.tokens):
            return "concerning"
        if reading.subject and (self.away or not self.applications):
            return "applications"
        if reading.subject == "applicant" and self.now == "case" and not segment.has("application"):
            return "topic"  # 行政复议9件，其中自然人提起7件
        if not segment.has("application") and classified.carried_elsewhere(reading.subject, self.now, self.words):
            return "topic"
        if reading.after == "bare-count" and classified.of_several(segment, self.bare, self.bare_among):
            return "every"  # 一件由……，另一件由……提出，均予以公开; 3件实为投诉，2件属咨询，均不予处理
        if "published-list" in reading.unless and (self.listed or segment.has("application")):
            return "unless published-list"
        if "manage" in reading.unless and self.managed:
            return "unless manage"
        if "two-counts" in reading.unless and sum(token.sort == "count" for token in segment.tokens) > 1:
            return "unless two-counts"
        return ""

    def _stopped(self, reading: Reading, before: Sequence[Token]) -> str:
        """Return which word, in what fits or before it, makes it another matter; empty when there is none."""
        for token in classified.without_whom(before):
            if token.sort in reading.unless and not (token.sort == "above" and self.government):
                return f"unless {token.sort} {token.text}"
        return ""

    def _remember(self, segment: Segment, here: str) -> None:
        if self.nested and not here and segment.has("last"):  # 行政复议1件（上年2件）
            return
        if segment.has("case") and segment.has("count"):
            self.apart = segment.opening in "。；"
        denied = self.case and segment.has("negation") and not segment.has("count")  # 没有行政诉讼。被纠正的1件……
        kept = ("document", "decision") if denied else ("case", "document", "decision")
        for token in segment.tokens if segment.has("count") or segment.sorts & _NO_CHARGES else ():
            if token.sort in kept and token.name != "file":
                setattr(self, token.sort, token.name)
                self.decisions += [token.name] if token.sort == "decision" else []
            elif token.sort == "count" and token.name == "项":
                self.decision = "" if classified.other_matters(segment) else self.decision
                self.matters = bool(self.decision)
        self.deciding |= segment.has("count") and segment.has("decide") and not segment.has("publish")
        head = segment.has("decision") and segment.sorts <= _HEAD
        self.under = head or (self.under and segment.opening not in "。；")
        self.matters |= head
        if not segment.sorts.isdisjoint(_CHARGING):
            named = next((token.name for token in segment.tokens if token.sort == "charge"), _FEE)
            self.fee = "" if segment.has("negation") or segment.has("halt") else named  # 行政事业性收费减免
        elif not segment.sorts.isdisjoint(_NO_CHARGES):
            self.fee = ""
        kinds = {said.subject.column for said in self.found if said.subject.act == "applicant"}
        first = (here == "applicant-count" or classified.answered_of_one(segment)) and not self.counted
        self.sort = min(kinds or {"one"}) if first else "" if len(kinds) > 1 else self.sort
        self.case = self.case if segment.has("count") else naming.headed_case(segment, self.case)
        came = segment.tokens[0].sort == "applicant" and segment.has("receive")
        self.party = came or (self.party and segment.opening == "、")
        if segment.has("count"):
            self.counted = True
            self.result = next((token.name for token in segment.tokens if token.sort == "result"), "")
            counts = [token for token in segment.tokens if token.sort == "count"]
            later = classified.left_open(segment.tokens)
            plain = not here and len(counts) == 1 and (later or not classified.says_more(segment))
            within = segment.tokens[-1].text in WITHIN
            self.bare_among = classified.listed_among(segment, self.found, self.bare)
            self.bare = counts[0].value if plain and counts[0].name in COUNTED and not within else 0
            self.bare_at = counts[0].start
            self.one = [token.value for token in counts] == [1] and segment.has("application") and not here
            self.one &= segment.tokens[0].text != "有"  # 有1件申请: one of many
        if segment.tokens[-1].text in WITHIN:  # 制发的12件规范性文件中，……: parts follow
            self.document = ""
        # 公开信息58条；作出行政处罚决定12件、行政强制决定3件
        self.listed &= not (segment.has("decide") or self.matters)
        self.listed |= segment.has("count") and (segment.has("publish") or segment.has("application"))
        self.last = here or (self.last if not (segment.has("count") or classified.parts_off(segment)) else "")

    def _says(self, reading: Reading, matched: Sequence[Token], segment: Segment) -> Iterator[Said]:
        """Return what a match means."""
        match reading.says:
            case "all":
                return self._all(reading, matched)
            case "detail":
                return self._detail(reading, matched)
            case "concluded":
                pending = cases(self.case, "pending")
                return iter([Said(pending, 0, matched[0].start, negated=True, reading=reading.id)])
            case "none" | "zero" | "no-fee":
                return self._denied(reading, matched)
        return self._counted(reading, matched, segment)

    def _detail(self, reading: Reading, matched: Sequence[Token]) -> Iterator[Said]:
        """Yield what a match adds to what was counted: 2件由申请人撤回，计入其他结果."""
        after, within = reading.after, reading.after == "row-count"
        last, start = (self.found[-1].number, self.found[-1].start) if self.found else (0, 0)
        told = last if after in (*COUNTED_BEFORE, "row-count") else self.bare if after in LEFT_OPEN else 1
        at = start if after in COUNTED_BEFORE else self.bare_at if after == "bare-count" else matched[0].start
        for subject in self._subjects(reading, matched):
            if not within or subject.within(self.found[-1].subject):
                yield Said(subject, told, at, "件", sure=within, reading=reading.id)

    def _denied(self, reading: Reading, matched: Sequence[Token]) -> Iterator[Said]:
        """Yield what a match says there was none of."""
        counted = any(token.sort == "count" and token.value and not paired.of_kinds(token) for token in matched)
        if counted or (reading.id == "no-case" and classified.other_cause(matched)):
            return
        if reading.id == "no-decision" and classified.on_some(self.here.tokens[0]):
            return
        for subject in self._subjects(reading, matched):
            yield Said(subject, 0, matched[0].start, negated=True, reading=reading.id)

    def _counted(self, reading: Reading, matched: Sequence[Token], segment: Segment) -> Iterator[Said]:
        """Yield the number of a match, of what its words name."""
        number = next((token for token in reversed(matched) if token.sort in ("count", "money")), None)
        subjects = list(self._subjects(reading, matched)) if number else []
        several = len(subjects) > 1 and not naming.made_and_open(matched)
        if number is None or (several and number.value) or number.start in classified.single(self.here):
            return
        if classified.of_something_else(reading, number, subjects, matched, self.here):
            return
        decided = number.name == "项" and any(token.sort == "decision" for token in matched)
        if decided and classified.of_matters(self.edition, matched):
            return
        person = number.name in ("人", "名") and any(token.text in _APPLYING for token in matched)
        for subject in subjects:
            units = _UNITS.get(subject.act) or _UNITS.get(subject.thing, APPLICATION_UNITS)
            persons = subject.act in ("applicant", "outcome") and bool(subject.column) and number.name in paired.PERSONS
            case = persons or (person and subject.thing == "case")  # 1人申请行政复议: one case, as a rule
            if case or number.counted is None or not number.value or number.name in units:
                vague = number.counted is not None and number.counted.vague
                sure = not case and not (segment.has("manage") and subject.thing == "decisions")
                sure &= not any(token.sort == "row" and token.value for token in matched)
                said = Said(
                    subject, number.value, number.start, number.name, vague=vague, sure=sure, reading=reading.id
                )
                self.total = said if subject.thing == "case" and subject.column == "total" else self.total
                yield said

    def _all(self, reading: Reading, matched: Sequence[Token]) -> Iterator[Said]:
        """Yield what is said of all cases counted before: 均获维持, 均为复议后起诉."""
        kind = next((token.name for token in matched if token.sort == "case"), "")
        result = next((token.name for token in matched if token.sort == "result"), "")
        counted = classified.said_of(self.here.tokens, self.total.subject.row, self.case) if self.total else ""
        if result and counted and (not kind or kind == counted or reading.id == "only-result"):
            yield Said(cases(counted, result, every=True), 0, matched[0].start, negated=True, reading=reading.id)
        elif kind.startswith("suit_") and self.total and counted == "litigation":
            yield Said(cases(kind), self.total.number, matched[0].start, self.total.unit, reading=reading.id)

    def _subjects(self, reading: Reading, matched: Sequence[Token]) -> Iterator[Subject]:
        """Yield the subjects that the words of a match name."""
        if reading.says in ("fee", "no-fee"):
            yield Subject("charge", row=self.fee if reading.says == "fee" else _FEE)
            return
        kinds = naming.kinds_of_cases(matched)
        results = [token.name for token in matched if token.sort == "result"]
        if reading.subject == "outcome":
            if not classified.beside_granted(self.here.tokens, matched[0]):
                who = [token.name for token in matched if token.sort == "applicant"]
                rows = naming.rows(matched, self.here.tokens, self.found)
                yield from (row._replace(column=party) for row in rows for party in who or [self.headed])
        elif reading.subject in ("applicant", "over"):
            act = self.found[-1].subject.act if reading.subject == "over" else "applicant"
            if reading.says == "none" and any(token.sort == "receive" for token in matched):
                act = "received_new"  # 未收到企业的申请
            yield from (
                applications(act, column=party) for party in naming.parties(reading, matched, self.found, self.edition)
            )
        elif reading.subject:
            columns = naming.parties_before(matched) if reading.says == "count" else ()
            acts = reading.subject.split()
            if self.here.opening == "（" and self.found and self.found[-1].subject.act == "applicant":
                columns = (self.found[-1].subject.column,)  # 自然人23件（含结转2件）
                acts = ["carried_in" if act == "carried" else act for act in acts]
            yield from (applications(act, column=one) for act in acts for one in columns or [""])
        elif results:
            kind = kinds[-1] if kinds else classified.tried_by(self.here.tokens, self.case)
            if reading.says == "none":
                told = ended_in(self.found, self.here.tokens) if not kinds and results == ["corrected"] else []
                yield from (cases(one, result) for one in dict.fromkeys((kind, *told)) for result in results if one)
            elif kind:
                yield cases(kind, results[-1])
        elif reading.after == "case-topic":
            yield from map(cases, (self.case,) if self.case else ("reconsideration", "litigation"))
        elif self.narrowed and kinds and not (self.case == "reconsideration" and SUITS.issuperset(kinds)):
            yield from (cases(kind, self.narrowed) for kind in kinds)
        elif kinds[1:] and not kinds[2:] and reading.says != "none":
            yield cases("both" if set(kinds) == {"reconsideration", "litigation"} else kinds[-1])
        elif reading.after == "case-named":
            yield cases(self.case)
        else:
            yield from map(cases, kinds)
        yield from naming.decisions(reading, matched, self.found, (self.decision, self.decisions))
        yield from [Subject("purchase", column="amount")] if reading.after == "procurement-projects" else []
        yield from naming.documents(reading, matched, self.here.tokens, self.found, (self.document, self.edition))
        for token in matched:
            if token.sort in ("charge", "notice"):
                yield Subject("charge", row=token.name)
            elif token.sort == "purchase":
                money = any(other.sort == "money" for other in matched)
                columns = ("projects", "amount") if reading.says == "none" else ("amount",) if money else ("projects",)
                yield from (Subject("purchase", column=column) for column in columns)
