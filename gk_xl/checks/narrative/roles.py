"""A count of applications and the words around it → what it counts, or nothing where the words do not say it clearly.

Subjects: ``received`` ``received_new`` ``received:<column>`` ``on_application`` ``answered`` ``handled``; all others are
read by the package ``text``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.narrative import words
from gk_xl.checks.narrative.words import APPLICATION, SAYING, TAIL
from gk_xl.checks.text.context import is_change
from gk_xl.checks.text.statements import CLASSIFIED
from gk_xl.checks.text.words import names
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from gk_xl.checks.text.tokens import Count
    from gk_xl.form.schema import Edition

APPLICATION_UNITS: Final = frozenset(
    ["件", "宗", "条", "次", "件次", "份", "起", "个", "例", "项", "人次", "笔", "条次"]
) | {""}
LINK: Final = 12
"""So far behind a number the name of its row may stand."""
_ONLY_FILLER: Final = regex(
    r"(?>共计?|合计|累计|总计|一共|总共|总数|总量|数量|件数|为|是|有|达|计|仅|只|均|都|分别|数|：|、|其中|全年|本年度?|年内|今年|\d{4}年度?|已|约){0,16}"
)
_RECEIVED: Final = regex(rf"(?P<verb>{words.RECEIVED_VERB}){SAYING}(?P<noun>{APPLICATION}){TAIL}")
_RECEIVED_BARE: Final = regex(rf"(?P<verb>{words.RECEIVED_VERB}){TAIL}")
_NOUN_FIRST: Final = regex(
    rf"(?P<noun>{APPLICATION})(?:方面|工作|情况)?(?>，|：|、|的|数|共|本年度?|全年|年内|我[乡镇局]|依法|累计|新){{0,16}}(?P<verb>{words.RECEIVED_VERB}){TAIL}"
)
_NOUN: Final = regex(rf"(?P<noun>{APPLICATION}){TAIL}")
_ANSWERED: Final = regex(rf"{words.ANSWERED_VERB}(?:{SAYING}(?P<noun>{APPLICATION}))?{TAIL}")
_HANDLED: Final = regex(rf"{words.HANDLED_VERB}{SAYING}(?P<noun>{APPLICATION}){TAIL}")
_BEHIND_NOUN: Final = regex(rf"^{SAYING}(?P<noun>{APPLICATION})(?:$|[，、并均且已全都])")
_SPECIFIC: Final = regex(r"依(?:法)?申请|公开申请|信息公开|申请公开|公开[^，]{0,6}信息的?申请")
CASE_WORD: Final = regex(
    r"(?P<suit_direct>未经(?:行政)?复议(?:而)?(?:直接)?(?:起诉|提起(?:行政)?诉讼|诉讼)|直接(?:起诉|提起(?:行政)?诉讼))|"
    r"(?P<suit_after>(?:经)?(?:行政)?复议后(?:再)?(?:起诉|提起(?:行政)?诉讼|诉讼|又?起诉))|"
    r"(?P<reconsideration>(?:行政)?复议)|(?P<litigation>(?:行政)?诉讼|被起?诉(?=\d))"
)
_PLAIN_PREFIX: Final = regex(
    r"(?>\d{4}年(?:度)?|\d{1,2}月(?:\d{1,2}[日号]|底|末)?|本年度?|今年|以来|全年|年内|年度|一年来|当年|当期|截[至止]|我[乡镇局委办县市区厅省州处院队站街]|道|"
    r"本[乡镇局委办级]|本机关|本单位|街道|办事处|镇|乡|局|机关|政府|共计?|合计|累计|总计|一共|新|已|依法|依规|其中|，|、|：|分别|均|并|也|还|再|按规定|按要求|"
    r"按时|按期|及时|规范|妥善|全部|实际|在|法定|规定|期限|时限|时间|内|前|予以|了|另|又|申请|的|：|公开){0,16}"
)
_AMONG_THE_NEW: Final = regex(r"(?:新收|当年|今年收)[^，。；]{0,14}(?:申请|件)中，")
_OF_THE_NEW: Final = regex(r"新收的?[^，。；]{0,12}\d+[件宗条份]?[^，。；]{0,6}(?:办|答|回)")
"""本年新收的183件办结171件: without those carried over."""
_DENIED: Final = regex(rf"{words.NEGATION}(?:有)?$")
"""没有一起被纠正: the number is not one of anything."""
_CARRIED: Final = regex(r"[^，。；]{0,4}(?:结转|转结|遗留|顺延|跨年|转下|转入|转至)")
_OTHERS: Final = regex(rf"{CASE_WORD.pattern}|规范性文件|规章")
"""Words before a number that make it another matter's: the package text reads those."""


class Setting(NamedTuple):
    """What stands around a count: the words before (filled up from the clause before), behind, and the topic."""

    before: str
    behind: str
    clause: str
    topic: str
    sentence: str
    narrowed: bool  # the clause before names one channel


def subject_of(count: Count, setting: Setting, edition: Edition) -> str:
    """Return what a count counts, empty when the words do not say it clearly."""
    if is_change(setting.before) or _DENIED.search(setting.before):
        return ""
    if _OTHERS.search(setting.before) or CASE_WORD.search(setting.behind):
        return ""
    if setting.topic == "application" and count.unit in APPLICATION_UNITS:
        return _application(setting, edition)
    return ""


def filler_only(text: str) -> bool:
    """Return whether words before a number only announce a number (共, 全年共计)."""
    return _ONLY_FILLER.fullmatch(text) is not None


def _part_of_something(prefix: str, setting: Setting) -> bool:
    """Return whether the words before narrow the count to a part, or make it something else."""
    if words.NOT_TOTAL.search(prefix):
        return True
    return setting.narrowed or bool(words.CHANNEL.search(prefix) and not words.ANY_CHANNEL.search(prefix))


def _application(setting: Setting, edition: Edition) -> str:
    """Return what is counted in a clause about applications."""
    before, behind = setting.before, setting.behind
    if _CARRIED.search(before) or _CARRIED.match(behind):
        return ""
    rows = _rows(edition.id)
    if rows.search(before) or rows.search(behind[:LINK]):
        return ""  # how applications ended: the package text reads that
    return _counted(before, behind, setting)


@lru_cache
def _rows(edition_id: str) -> re.Pattern[str]:
    """Return a pattern for the names of the rows of 三、本年度办理结果."""
    by_length = sorted(names(edition_id, "row"), key=len, reverse=True)
    return regex("|".join(map(re.escape, by_length)))


def _counted(before: str, behind: str, setting: Setting) -> str:
    """Return received, answered and their like."""
    for pattern, subject in ((_HANDLED, "handled"), (_ANSWERED, "answered"), (_RECEIVED, "received")):
        match = pattern.search(before)
        if match:
            noun = match["noun"]
            if noun and not _SPECIFIC.search(noun) and setting.topic != "application":
                return ""
            if noun is None and not _PLAIN_PREFIX.fullmatch(before[: match.start()]):
                return ""
            if _part_of_something(before[: match.start()] + (match[0] if noun is None else ""), setting):
                return ""
            if subject == "received" and (part := _one_sort(match[0])):
                return f"received:{part}"
            if subject == "answered" and ("延期" in setting.sentence or _of_the_new(setting)):
                return ""
            new = subject == "received" and (match["verb"] == "新收" or "新收" in before)
            return "received_new" if new else subject
    match = _NOUN_FIRST.search(before)
    if match:
        return "" if _part_of_something(before[: match.start()], setting) else "received"
    return _noun_or_verb(before, behind, setting)


def _of_the_new(setting: Setting) -> bool:
    """Return whether what was closed is said of this year's applications alone: 新收的317件中，办结304件."""
    return bool(_OF_THE_NEW.search(setting.clause) or _AMONG_THE_NEW.search(setting.sentence))


def _one_sort(text: str) -> str:
    """Return the column when the words name one sort of applicant only: 收到公民提出的申请."""
    persons, organisations = re.search(r"公民|自然人|个人", text), re.search(r"法人|组织|企业", text)
    if persons and not organisations:
        return "natural_person"
    return "organisations" if organisations and not persons else ""


def _noun_or_verb(before: str, behind: str, setting: Setting) -> str:
    """Return the subject where only a noun, or only a verb, stands before the number."""
    match = _NOUN.search(before)
    if match and _SPECIFIC.search(match["noun"]):
        prefix = before[: match.start()]
        if _part_of_something(prefix, setting) or re.search(r"涉及|关于|答复|办结|回复|规范|主动公开$", prefix):
            return ""
        plain = "申请" in match["noun"].removeprefix("依申请").removeprefix("依法申请")
        if not plain and CLASSIFIED.search(setting.sentence):
            return ""
        if not plain and (match["noun"].endswith("信息") or behind.startswith(("信息", "政府信息"))):
            return ""  # items handed out, not applications
        return "received" if plain else "on_application"
    together = re.search(r"共有?$", before)
    if together and _PLAIN_PREFIX.fullmatch(before[: together.start()]) and _BEHIND_NOUN.match(behind):
        return "received"
    match = _RECEIVED_BARE.search(before)
    if match:
        if not _PLAIN_PREFIX.fullmatch(before[: match.start()]):
            return ""
        noun = _BEHIND_NOUN.match(behind)
        if noun:
            return "received_new" if match["verb"] == "新收" else "received"
        if not behind.strip("，、") or behind.startswith(("并", "均", "已", "且")):
            return "received_new" if match["verb"] == "新收" else "received"
    return ""
