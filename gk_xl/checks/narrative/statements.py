"""Sentences → statements: what is counted, how many, in which year, by whom. See README.md for the grammar."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.checks.narrative import words
from gk_xl.checks.narrative.roles import CASE_WORD, Setting, filler_only, subject_of
from gk_xl.checks.narrative.words import APPLICATION, NEGATION, SAYING
from gk_xl.checks.text import statements as reading
from gk_xl.checks.text.context import Frame, frames
from gk_xl.checks.text.statement import Statement
from gk_xl.checks.text.words import names
from gk_xl.form.load import load_edition
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.text.sentences import Narrative, Sentence
    from gk_xl.checks.text.tokens import Clause, Count
    from gk_xl.form.filing import Unit
    from gk_xl.form.schema import Edition


_APPLICATION_WORD: Final = regex(
    r"依(?:法)?申请|公开申请|信息公开[^，。；]{0,4}申请|申请公开|公开[^，。；]{0,6}信息的?申请"
)
_OTHER_TOPIC: Final = regex(
    r"咨询|热线|12345|信访|来访|留言|信箱|建议|提案|培训|会议|公众号|微博|网站|主动公开|解读|舆情|投诉|举报|调查|征集|诉求|工单|办件|许可证|稿件|公报|专区|栏目"
)
_PETITION_ROW: Final = regex(r"信访、?举报、?投诉类(?:申请)?")
"""A row of 表三, no topic of its own."""
_BY_WAY_OF: Final = regex(r"(?:其中)?(?:通过|以|经)")
_BECAUSE: Final = regex(r"因[^，]*申请")
_ANOTHER_MATTER: Final = regex(r"收到|受理|接待|接到|办理|转办|交办|收集|征集|召开|举办|开展")
_SAYS: Final = regex(rf"{NEGATION}|零|〇|均|全部|都|皆|已|顺利|圆满|有序|办结率")
_RELEVANT: Final = regex(r"申请|不予公开|部分公开|复议|诉讼|规范性文件|规章|行政(?:许可|处罚|强制)")
_NONE: Final = regex(rf"{NEGATION}|零|〇")
_NO_APPLICATION: Final = regex(
    rf"{NEGATION}(?:有)?(?:收到|接到|接收到?|受理|发生|出现|产生|收|有人)?(?>过|有|任何|一[例件起]|1[例件起]|涉及|来自){{0,16}}{SAYING}"
    rf"(?P<noun>{APPLICATION})(?:的)?(?>情况|情形|现象|事项|事宜|案件|信息|件|办理|需求|发生|申请){{0,16}}(?=$|[，。；、！]|和|及|以及|也|且|或)"
)
_ONE_SORT_OF: Final = regex(r"其[余他它]|科研|公益|法律服务|企业|法人|组织|自然人|公民")
_EVERY_SORT: Final = regex(
    r"(?:公民|自然人)[^，。；]{0,12}(?:法人|组织|企业)|(?:法人|组织|企业)[^，。；]{0,12}(?:公民|自然人)"
)
_ZERO_APPLICATION: Final = regex(
    rf"(?P<noun>{APPLICATION})(?:的)?(?:数量|总量|总数|量|数|件数)?(?:均|都)?为(?:零|〇)(?:件|宗|条|次)?(?=$|[，。；、])"
)
_ALL_CLOSED: Final = regex(
    r"(?:(?:均|全部|都|皆|悉数|全数|百分之百)(?:已)?|^(?:现|目前)?已)(?>按时|按期|依法|及时|按规定|按要求|依规|妥善|规范|、|得到|予以|在[^，。；]{0,14}(?:内|前)){0,16}"
    r"(?:办结|办理完毕|办理完成|办理完结|办复)|(?<!按时)(?<!按期)(?<!及时)办结率(?:为|达到?|：)?(?:100%|百分之百)"
)
_ALL_ANSWERED: Final = regex(
    r"(?:均|全部|都|皆)(?:已)?(?>按时|按期|依法|及时|按规定|按要求|依规|妥善|规范|、|得到|予以|进行|给予|作出|做出|完成|书面|了|"
    r"在[^，。；]{0,14}(?:内|前)){0,16}(?:答复|回复)(?=$|[，。；、]|完毕|完成|申请人|到位)"
)
_INTENT: Final = regex(
    r"确保|做到|保证|凡|对于|如有|如|若|须|应当|应|必须|推动|力争|将|要求|努力|实现|争取|严格|下一步|今后|目标|原则"
)
_SMOOTH: Final = regex(
    r"申请[^，。；]{0,10}答复[^，。；]{0,8}(?:工作|均|都)[^。；]{0,14}(?:顺利|圆满|有序)(?:地)?(?:开展|进行|完成)"
    r"|(?:所有|全部|上述|每[件一]|收到的)(?:政府信息公开)?申请(?:均|都|全部)(?:已)?(?>按时|按期|及时|依法|按规定){0,16}(?:得到)?(?:答复|办结)"
)
_ONE_OUTCOME: Final = regex(
    r"(?P<every>均|全部|都|皆)?(?>已|依法|依规|按时|按期|按规定|按要求|及时|、){0,16}"
    r"(?:(?:作出|做出|给予|答复为|处理结果为|结果为|属于|为|系)了?)?(?P<result>[\u4e00-\u9fff]{2,14}?)的?(?:答复|处理|决定)?"
)
_TOTALS: Final = ("received", "received_new", "answered", "handled", "on_application")
_DUE_ONLY: Final = regex(r"上一?年|结转|其中|部分|到期|应(?:答复|办结)|期限届满")
_REFUSED_INFORMATION: Final = regex(
    r"(?:\d{4}年度?|本年度?|全年)[^。；，]{0,12}(?:不予公开|部分公开)的(?:政府)?信息(?:都|均|全部)(?:属于|是|为)"
)
_LATER: Final = regex(r"截[至止](?:目前|报告|发稿|本报告|发布)|目前|发布之日")


def statements(narrative: Narrative, edition: Edition, year: int | None, unit: Unit) -> tuple[Statement, ...]:
    """Return everything that a narrative says of what the tables count; the last few narratives are remembered."""
    return _statements(narrative, edition.id, year, unit)


@lru_cache(maxsize=8)
def _statements(narrative: Narrative, edition_id: str, year: int | None, unit: Unit) -> tuple[Statement, ...]:
    edition = load_edition(edition_id)
    found: list[Statement] = []
    paragraph, topic = ("", -1), ""
    for sentence in narrative.sentences:
        here = (sentence.part, sentence.paragraph)
        if here != paragraph:
            topic = ""
        paragraph = here
        topic = topic or _topic_of_heading(sentence.heading)
        setting = reading.Setting(edition, year, unit, topic)
        others = list(reading.statements(sentence, setting))
        reader = _Reader(sentence, setting, topic, frozenset(item.start for item in others))
        found += _in_order([*reader.run(), *others])
        topic = reader.topic
    return tuple(found)


def _in_order(said: list[Statement]) -> list[Statement]:
    """Return a sentence's statements as they follow one another; behind 均已办结, 没有结转 means next year."""
    said.sort(key=lambda item: item.start)
    for index, item in enumerate(said):
        if item.subject == "carried" and item.negated and any(other.subject == "all_closed" for other in said[:index]):
            said[index] = item._replace(subject="carried_out")
    return said


@lru_cache(maxsize=256)
def _topic_of_heading(heading: str) -> str:
    """Return what the sentences under a heading are about unless they say otherwise."""
    if re.search(r"依(?:法)?申请|申请公开|公开申请", heading):
        return "application"
    return "case" if re.search(r"复议|诉讼", heading) else ""


def _denied(clause: str) -> bool:
    """Return whether a clause says that there is none: a number behind it counts something else."""
    return bool(_NONE.search(clause)) and bool(_NO_APPLICATION.search(clause))


class _Reader:
    """Reads one sentence, clause by clause; ``topic`` is what it was last about."""

    def __init__(self, sentence: Sentence, setting: reading.Setting, topic: str, claimed: frozenset[int]) -> None:
        self.sentence, self.edition, self.topic, self.claimed = sentence, setting.edition, topic, claimed
        self.text = sentence.masked
        self.clauses: tuple[Clause, ...] = ()
        self.counts: tuple[Count, ...] = ()
        self.year, self.unit = setting.year, setting.unit
        self.before: tuple[int, Statement | None] = (-1, None)

    def run(self) -> Iterator[Statement]:
        """Yield the statements of the sentence."""
        if not self.topic and not _RELEVANT.search(self.text):
            return
        self.clauses, self.counts = self.sentence.clauses, self.sentence.counts
        if not self.counts and not _SAYS.search(self.text):
            for clause in self.clauses:
                self._turn_to(clause)
            return
        by_clause: dict[int, list[Count]] = {}
        for count in self.counts:
            by_clause.setdefault(count.clause, []).append(count)
        for index, clause in enumerate(self.clauses):
            self._turn_to(clause)
            yield from self._in_words(index, clause, bool(by_clause.get(index)))
            for count in (count for count in by_clause.get(index, ()) if count.start not in self.claimed):
                for statement in self._counted(index, count):
                    self.before = (index, statement)
                    yield statement

    @cached_property
    def frames(self) -> tuple[Frame, ...]:
        """The period and scope of every clause."""
        return frames(self.text, self.clauses, self.year, self.unit)

    def _turn_to(self, clause: Clause) -> None:
        """Change the topic where a clause names another."""
        text = self.sentence.text[clause.start : clause.end]
        case = None
        if "议" in text or "诉" in text:
            for case in CASE_WORD.finditer(text):  # noqa: B007 - the last one counts
                pass
        if _APPLICATION_WORD.search(text) and not (case and _BECAUSE.search(text)):
            self.topic = "application"
        elif "规范性文件" in text or "规章" in text:
            self.topic = "normative"
        elif case:
            self.topic = "case"
        elif _OTHER_TOPIC.search(_PETITION_ROW.sub("", text)):
            self.topic = "other"

    def _counted(self, index: int, count: Count) -> Iterator[Statement]:
        """Yield the statement of one count."""
        before, clause = count.before, self.clauses[index]
        narrowed = False
        if index and clause.depth == self.clauses[index - 1].depth:
            previous = self.clauses[index - 1].text
            bare = not any(other.clause == index - 1 for other in self.counts)
            if bare and filler_only(before) and self.text[clause.start - 1] in "，：" and not _denied(previous):
                before = previous + before
            narrowed = (
                bare
                and bool(_BY_WAY_OF.match(previous))
                and bool(words.CHANNEL.search(previous) and not words.ANY_CHANNEL.search(previous))
            )
        setting = Setting(
            before, count.behind, clause.text, self.topic, self.text, narrowed
        )  # fmt: skip
        following = self.text[count.end : count.end + 1]
        if not count.unit and following and following not in "，。；、）":
            return
        subject = subject_of(count, setting, self.edition)
        if not subject or subject == "?":
            ours = count.behind.startswith(("申请", "政府信息公开申请", "依申请"))
            if self.topic == "application" and not subject and not ours and _ANOTHER_MATTER.search(before):
                self.topic = "other"
            return
        yield self._statement(subject, count.number, index, count)

    def _statement(
        self, subject: str, number: float, index: int, count: Count | None = None, *, negated: bool = False
    ) -> Statement:
        frame = self.frames[index]
        unit, vague, start = (count.unit, count.vague, count.start) if count else ("", False, self.clauses[index].start)
        return Statement(subject, number, unit, frame.period, frame.scope, self.sentence, vague, negated, start=start)

    def _in_words(self, index: int, clause: Clause, counted: bool) -> Iterator[Statement]:
        """Yield what a clause says without a number: 未收到申请, 均已办结, 均获维持."""
        text = clause.text
        if _NONE.search(text):
            yield from self._nothing(index, text)
        if self.topic == "application" and not counted and not _INTENT.search(text) and not _LATER.search(self.text):
            if row := self._one_outcome(index, clause):
                yield self._statement(f"all_outcome:{row}", 0, index, negated=True)
            elif _DUE_ONLY.search(text):
                pass
            elif _ALL_CLOSED.search(text):
                yield self._statement("all_closed", 0, index, negated=True)
            elif _ALL_ANSWERED.search(text):
                yield self._statement("all_answered", 0, index, negated=True)
        if (_SMOOTH.search(text) or _REFUSED_INFORMATION.search(text)) and not _INTENT.search(self.text):
            yield self._statement("smooth", 0, index, negated=True)

    def _one_outcome(self, index: int, clause: Clause) -> str:
        """Return the row of 表三 that all applications counted in the clause before had for outcome, else nothing."""
        at, told = self.before
        match = _ONE_OUTCOME.fullmatch(clause.text)
        if match is None or told is None or at != index - 1 or told.subject not in _TOTALS or "其中" in self.text:
            return ""
        if told.number <= 1 or not match["every"]:
            return ""
        rows = names(self.edition.id, "row")
        return "granted" if match["result"] == "公开" else rows.get(match["result"], "")

    def _nothing(self, index: int, text: str) -> Iterator[Statement]:
        """Yield what a clause says there is none of."""
        none = _NO_APPLICATION.search(text) or _ZERO_APPLICATION.search(text)
        if none and (_APPLICATION_WORD.search(none["noun"]) or self.topic == "application"):
            if _ONE_SORT_OF.search(text[: none.start()]) and not _EVERY_SORT.search(text[: none.start()]):
                return
            if re.search(r"新的?申请|新增|其[他它](?!组织)|另外|再(?:次)?收到", none[0]):
                return
            channel = words.CHANNEL.search(text) and not words.ANY_CHANNEL.search(text)
            if not channel and not re.search(r"复议|诉讼|逾期|超期|未答复|不予", none[0]):
                yield self._statement("received", 0, index, negated=True)
