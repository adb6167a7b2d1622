"""Sentence → statements on cases, documents, decisions and money, each with its period and whose it is."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.text import classified
from gk_xl.checks.text.context import STOCK_BEFORE, frames, of_the_year_beside, reached_at
from gk_xl.checks.text.crossed import crossed, in_order, of_a_kind_alone, of_last_suits, of_one_kind, of_tables
from gk_xl.checks.text.lists import told_apart
from gk_xl.checks.text.pieces import pieced
from gk_xl.checks.text.reader import OF, Reader
from gk_xl.checks.text.statement import Period, Scope, Statement
from gk_xl.checks.text.subject import Subject
from gk_xl.checks.text.tokens import KEPT
from gk_xl.form.load import load_edition
from gk_xl.form.patterns import regex
from gk_xl.form.units import unit_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.text.said import Said, Trial
    from gk_xl.checks.text.sentences import Narrative, Sentence
    from gk_xl.form.filing import Unit
    from gk_xl.form.schema import Edition

_SMALL: Final = (*(kind.id for kind in unit_kinds().values() if kind.small), "")
_RELEVANT: Final = regex(
    r"申请|新收|掌握|无法提供|复议|诉|规范性文件|规章|许可|处罚|强制|管理服务|对外服务|公共服务|费|采购|集采|转|遗留|顺延|延续|公开|提供|处理|自然人|公民|法人|企业|组织|机构|跨年|未|正在|仍在|[尚还]在|到期"
)
_SAYING: Final = regex(
    r"[元无未没零〇均都皆已]|不(?:存在|涉及|曾|收取|征收|承担|行使|具有|具备|享有|直接|制|出台|印发|办理|实施|作出|开展|从事|产生)|全部|全数|一律|办结率|顺利|圆满|有序"
)
"""Without a count or one of these a sentence says nothing of the tables."""
_DISCLOSURE: Final = regex(r"信息公开|依(?:法)?申请|公开申请|申请公开|直接起诉|后起诉|结果维持|结果纠正")
FOLLOWING: Final = 2
"""So many sentences behind one may tell what it was about."""
_STILL: Final = regex(r"目前|现行|仍|留用|至今|截至年[末底]")
_DATED: Final = pieced(r"(\d{4})年|{last_year}[末底]")
_AMONG_THEM: Final = regex(r"其中[^，。；\d]{0,8}信息公开[^，。；\d]{0,8}\d")


def statements(narrative: Narrative, edition: Edition, year: int | None, unit: Unit) -> tuple[Statement, ...]:
    """Return everything that a narrative says of what the tables count; the last few narratives are remembered."""
    return _statements(narrative, edition.id, year, unit)[0]


def unclaimed(narrative: Narrative, edition: Edition, year: int | None, unit: Unit) -> tuple[Statement, ...]:
    """Return the numbers of a narrative that no reading claimed, each with the part of the tables that it may stand in."""
    return _statements(narrative, edition.id, year, unit)[1]


def named(narrative: Narrative, edition: Edition, year: int | None, unit: Unit) -> tuple[Statement, ...]:
    """Return the cells that words beside the numbers of a narrative name; the statements bear no number."""
    return _statements(narrative, edition.id, year, unit)[2]


@lru_cache(maxsize=8)
def _statements(
    narrative: Narrative, edition_id: str, year: int | None, unit: Unit
) -> tuple[tuple[Statement, ...], tuple[Statement, ...], tuple[Statement, ...]]:
    setting = Setting(load_edition(edition_id), year, unit)
    found: list[Statement] = []
    left: list[Statement] = []
    names: list[Statement] = []
    paragraph, topic = ("", -1), ""
    passed: list[Sentence] = []  # sentences of the paragraph that say nothing
    for at, sentence in enumerate(narrative.sentences):
        here = (sentence.part, sentence.paragraph)
        if here != paragraph:
            paragraph, topic = here, ""
            passed.clear()
        if not (sentence.counts or _SAYING.search(sentence.masked)):
            passed.append(sentence)
            continue
        topic = topic or topic_of_heading(sentence.heading, edition_id)
        if not topic and _goes_on(sentence, narrative.sentences[at + 1 : at + 1 + FOLLOWING], edition_id):
            topic = "application"
        elif not topic and "申请" in sentence.masked and sentence.counts:
            begun = narrative.sentences[max(at - FOLLOWING, 0) : at + 1]
            own = [other.masked for other in begun if other.place == sentence.place]
            first = len(own) < len(begun) or at <= FOLLOWING  # of its paragraph, or nearly
            topic = "application" if first and _came("".join(own), edition_id) else ""
        turned = _turned(passed, setting, topic)
        if (
            turned != "application"
            and _ON_APPLICATION.search(sentence.heading)
            and _none_carried(sentence.masked, edition_id)
        ):
            turned = "application"
        said, some, here_named, topic = read(sentence, setting, turned)
        found += said
        left += some
        names += here_named
        passed.clear()
    return tuple(found), tuple(left), tuple(names)


def _turned(passed: list[Sentence], setting: Setting, topic: str) -> str:
    """Return what is spoken of behind sentences that said nothing: what the last of them that names a matter names."""
    for sentence in reversed(passed):
        if (topic or _RELEVANT.search(sentence.masked)) and (turned := _turns_to(sentence.masked, setting.edition.id)):
            return turned
    return topic


def _goes_on(sentence: Sentence, following: tuple[Sentence, ...], edition_id: str) -> bool:
    """Return whether the paragraph goes on with what only applications are told by: 收到申请5件。其中不掌握2件."""
    if "申请" not in sentence.masked or not sentence.counts:
        return False
    told = [other.masked for other in following if other.place == sentence.place and other.counts]
    return _plain(sentence.masked, edition_id) and any(_of_applications(text, edition_id) for text in told)


@lru_cache(maxsize=KEPT)
def _came(text: str, edition_id: str) -> bool:
    """Return whether applications that came are counted in a folded text that names no other matter before: 收到申请5件, 收到的5件申请."""
    return classified.plain_applications_came(told_apart(text, edition_id))


@lru_cache(maxsize=KEPT)
def _plain(text: str, edition_id: str) -> bool:
    """Return whether a folded sentence counts applications without saying of what: 收到申请5件."""
    return classified.plain_applications(told_apart(text, edition_id))


@lru_cache(maxsize=KEPT)
def _of_applications(text: str, edition_id: str) -> bool:
    """Return whether a folded sentence tells of applications without naming any."""
    found = told_apart(text, edition_id)
    named = any(token.sort == "application" and token.name != "bare" for token in found)
    return not named and classified.names_applications(found)


@lru_cache(maxsize=KEPT)
def _none_carried(text: str, edition_id: str) -> bool:
    """Return whether a folded sentence names no matter and says that nothing was carried over: 上年无结转，本年也无结转."""
    return classified.none_carried(told_apart(text, edition_id)) and not _turns_to(text, edition_id)


@lru_cache(maxsize=KEPT)
def _turns_to(text: str, edition_id: str) -> str:
    """Return what a folded sentence is about at its end, empty when it names no matter."""
    return label_topic(text, edition_id) or Reader(load_edition(edition_id)).turned(text)


_ON_APPLICATION: Final = regex(r"依(?:法)?申请|申请公开|公开申请")


_OF_CASES: Final = regex(r"复议|诉讼")


@lru_cache(maxsize=256)
def topic_of_heading(heading: str, edition_id: str) -> str:
    """Return what the sentences under a heading are about unless they say otherwise."""
    if _ON_APPLICATION.search(heading):
        return "application"
    return "case" if _OF_CASES.search(heading) else label_topic(heading, edition_id)


LONGEST_LABEL: Final = 24
_OF_LABELS: Final = {"document": "normative", "decision": "other"}
_PLAIN_IN_LABELS: Final = frozenset({"filler", "number", "mark", "list", "disclosure", "publish"})


@lru_cache(maxsize=KEPT)
def label_topic(text: str, edition_id: str) -> str:
    """Return what a line that names one kind of documents or decisions and says nothing is about, with the kind: 1.行政许可."""
    if len(text) > LONGEST_LABEL:
        return ""
    found = told_apart(text, edition_id)
    named = [token for token in found if token.sort not in _PLAIN_IN_LABELS and token.text != "管理"]
    if len(named) != 1 or named[0].sort not in _OF_LABELS or named[0].name == "file":
        return ""
    return f"{_OF_LABELS[named[0].sort]}{OF}{named[0].name}"


class Setting(NamedTuple):
    """What a sentence is read with: edition, report year, unit."""

    edition: Edition
    year: int | None
    unit: Unit

    def reader(self, topic: str, trials: list[Trial] | None = None) -> Reader:
        """Return what reads one sentence; ``topic`` is that of what stands before or above it."""
        return Reader(self.edition, self.government, self.year, topic, trials)

    @property
    def government(self) -> bool:
        """Whether the unit is a government, whose own name 县政府 is."""
        return self.unit.kind.endswith("government")


def read(
    sentence: Sentence, setting: Setting, topic: str
) -> tuple[list[Statement], list[Statement], list[Statement], str]:
    """Return what a sentence says, its numbers that no reading claimed, the cells it names, and what it was last about."""
    if not topic and not _RELEVANT.search(sentence.masked):
        return [], [], [], ""
    year = (
        setting.year if "年" in sentence.masked else None
    )  # of no other sentence it is asked: one reading for all years
    *found, turned = _said(sentence.masked, topic, setting.edition.id, year, government=setting.government)
    placed = [list(_placed(sentence, setting, topic, items)) if items else [] for items in found]
    return placed[0], placed[1], placed[2], turned


@lru_cache(maxsize=2 * KEPT)
def _said(
    text: str, topic: str, edition_id: str, year: int | None, *, government: bool
) -> tuple[tuple[Said, ...], tuple[Said, ...], tuple[Said, ...], str]:
    """Return what a folded sentence says wherever it stands, its unclaimed numbers, the cells named, and what it was last about."""
    reader = Reader(load_edition(edition_id), government, year, topic)
    found = of_last_suits(of_a_kind_alone(of_one_kind(reader.read(text)), text, edition_id), text)
    return (
        tuple(of_tables(crossed(in_order(found), text), text)),
        tuple(reader.some),
        tuple(reader.named),
        reader.topic,
    )


def _placed(sentence: Sentence, setting: Setting, topic: str, found: tuple[Said, ...]) -> Iterator[Statement]:
    """Yield what was read with its period and party, without what is of another matter than the tables'."""
    parts = sentence.clauses
    known = frames(sentence.masked, setting.year, setting.unit)
    for said in found:
        index = next((n for n, clause in enumerate(parts) if said.start < clause.end), len(parts) - 1)
        period, scope = known[index]
        clause = parts[index].text
        still = said.subject.column == "in_force" and _STILL.search(clause) and not STOCK_BEFORE.search(clause)
        piece = sentence.masked[sentence.masked.rfind("；", 0, max(said.start, 0)) + 1 :].partition("；")[0]
        standing = (still or said.subject.column == "disclosed_total") and not _of_then(piece, setting.year)
        if period is Period.OTHER and (standing or reached_at(parts[index], said.start, setting.year)):
            period = Period.THIS  # 往年制定、目前仍管用的4件; 历年对外公开总数; 由上年的118件增至155件
        over = _OVER.get(said.subject.act, 0) if period is Period.OTHER else 0
        if over and of_the_year_beside(parts[index].text, setting.year, over):
            period = known[index - 1].period if index else Period.THIS  # 新收18件，上年底在办2件
        of_decisions = said.subject.thing == "decisions" or said.subject.row == "admin_fee"
        if of_decisions and scope is Scope.OTHER and setting.government and _of_all(sentence):
            scope = Scope.WHOLE
        of_any_matter = (
            said.number
            and "case" in (said.subject.thing, said.subject.act)
            and not said.subject.every
            and not _on_disclosure(sentence, said, scope, setting, topic)
        )
        if said.subject == _CHARGED and sentence.part == "other_matters" and not _BY_ITS_NAME.search(sentence.masked):
            continue  # 六 speaks of 信息处理费: 没有发出收费通知。收费金额为0元
        if of_any_matter and not _brought_against(sentence, scope, found):
            continue
        yield Statement(
            said.subject,
            said.number,
            said.unit,
            period,
            scope,
            sentence,
            said.vague,
            said.negated,
            said.sure and not of_any_matter,
            said.reading,
            said.start,
        )


_OVER: Final = {"carried_in": -1, "carried_out": 1}
"""The years that are named as those from and to which applications were carried over, by how far off they are."""
_CHARGED: Final = Subject("charge", row="admin_fee")
_BY_ITS_NAME: Final = regex(r"事业性|行政性")
_ALL_ORGANS: Final = regex(r"各(?:级)?(?:执法|行政|行政执法|职能)?(?:部门|单位|机关)")
_SOME_ORGANS: Final = regex(r"乡镇|街道|本级|办公室")


def _of_all(sentence: Sentence) -> bool:
    """Return whether a government counts what all its departments decided, no others beside them: 各执法部门作出处罚决定3121件."""
    text = sentence.masked
    return bool(_ALL_ORGANS.search(text)) and not _SOME_ORGANS.search(text)


_AGAINST_US: Final = regex(r"被[^，。；]{0,6}(?:复议|诉|告)|不服[^，。；]{0,10}答复|答复[^，。；]{0,8}不服")
_AS_THE_FORM: Final = regex(
    r"其[他它](?:结果)?\d|其他结果|尚?未审结|在审|不?经复议|复议后|直接[^，。；]{0,4}(?:起诉|提起)"
)
_OF_OTHERS: Final = regex(
    r"执法|征地|征收|拆迁|工伤|治安|处罚|许可|各类|法治|应诉|出庭|代理|(?<![在经])审理|承办|受理|信访|强制|登记|土地|合同|劳动"
)


def _brought_against(sentence: Sentence, scope: Scope, found: tuple[Said, ...]) -> bool:
    """Return whether cases are told with how they ended, as brought against the unit or by the form's own parts, and no other matter.

    被申请行政复议4件：维持2件、纠正2件; 行政复议7件，4件维持，2件属于其他结果; 直接起诉1件，判决维持.
    """
    text = sentence.masked
    ended = any(said.subject.thing == "case" and said.subject.column != "total" for said in found)
    against = _AGAINST_US.search(text) or _AS_THE_FORM.search(text)
    return (
        ended and bool(against) and scope is Scope.OWN and not _OF_OTHERS.search(text) and not _AMONG_THEM.search(text)
    )


def _of_then(text: str, year: int | None) -> bool:
    """Return whether another year is named by its number, or the end of the last: a stock is that of then."""
    return any(match[1] is None or int(match[1]) != year for match in _DATED.finditer(text))


def _on_disclosure(sentence: Sentence, said: Said, scope: Scope, setting: Setting, topic: str) -> bool:
    """Return whether counted cases are those about disclosure: a small unit's are, others must say so."""
    if _AMONG_THEM.search(sentence.masked, said.start):
        return False  # 行政复议26件，其中涉及信息公开的2件
    whole = scope is Scope.WHOLE
    if setting.unit.kind in _SMALL and not whole:
        return True
    around = sentence.masked if whole else sentence.masked + sentence.heading
    return bool(_DISCLOSURE.search(around)) or (topic.partition(OF)[0] in ("application", "case") and not whole)
