"""Why a number that contradicts its cell may be of another matter: it is asked about then, and is no error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.context import Scope
from gk_xl.checks.text.subject import TOTALS
from gk_xl.checks.text_rules.against_tables.beside import run_of
from gk_xl.checks.text_rules.against_tables.targets import judge, target
from gk_xl.checks.text_rules.words import Words

if TYPE_CHECKING:
    from gk_xl.checks.case import Case
    from gk_xl.checks.text.statement import Statement
    from gk_xl.checks.text.subject import Subject

_WORDS: Final = Words(__file__)
_MOST: Final = 3
"""So many numbers elsewhere in a text fit at least, where one that does not is doubted for those beside it."""
_NEAR: Final = 200
"""So many characters before a sentence may its noun stand."""
_COUNTED_OTHERWISE: Final = frozenset({"次", "件次", "人次", "条次", "笔"})
"""Units of what was done, rather than of applications and cases."""
_ON_HAND: Final = ("carried", "carried_in", "carried_out")
_ALL_OFF: Final = "这句里的数都与表不同，说的如果不是这一格的事项，请写清楚；"
_OTHER_UNIT: Final = "这个数的单位是“{unit}”，说的如果不是件数，请写清楚；"
_BESIDES: Final = "这句说的像是另外的件数，说的如果不是全部，请写清楚；"
_OTHERS_BEFORE: Final = "这句还说到别的事项，说的如果不是政府信息公开申请或案件，请写清楚；"
_UNNAMED: Final = "这句没有写明是什么件，是政府信息公开申请的请写明；"
_A_PROBLEM: Final = "这句说的像是问题里的事例，说的如果不是全部，请写清楚；"
_A_REMARK: Final = "这个数写在括号里，说的如果只是其中一部分或者别的事项，请写清楚；"


def doubt(item: Statement, told: tuple[Statement, ...], case: Case) -> str:
    """Return what a finding says first where a number may not be of its cell, empty where no doubt is left."""
    if item.subject.thing in ("application", "case") and item.unit in _COUNTED_OTHERWISE:
        return _OTHER_UNIT.format(unit=item.unit)
    if item.subject.thing in ("application", "case") and (told_so := _in_passing(item, case)):
        return told_so
    if _remarked(item, told):
        return _A_REMARK
    return _ALL_OFF if _off_together(item, told, case) else ""


def _in_passing(item: Statement, case: Case) -> str:
    """Return what makes a number one told by the way: besides others, behind another matter, without its noun, as an instance."""
    text, totals = item.sentence.masked, item.subject.act in TOTALS
    before, place = text[: max(item.start, 0)], item.sentence.heading + case.narrative.before(item.sentence, _NEAR)
    if _WORDS.besides.search(before) and item.subject.act not in _ON_HAND:
        return _BESIDES
    if (matter := _WORDS.other_matter.search(before)) and not _WORDS.named.search(before, matter.end()):
        return _OTHERS_BEFORE
    if (totals or item.subject.act == "pending") and not _WORDS.noun.search(place + text):
        return _UNNAMED
    return _A_PROBLEM if item.sentence.part == "problems" and not totals else ""


def _remarked(item: Statement, told: tuple[Statement, ...]) -> bool:
    """Return whether a number stands in brackets that do not part what is counted right before them: （另有1件复议）, 8件（企业1件）."""
    text, begun = item.sentence.masked, max(item.start, 0)
    opened = text.rfind("（", 0, begun)
    if opened < 0 or opened + 1 == begun or "）" in text[opened:begun]:
        return False  # 企业（6件）: what stands before the bracket is counted in it
    before = [other.subject for other in told if other.sentence is item.sentence and 0 <= other.start < opened]
    return not before or not _parted(before[-1], item.subject)


def _parted(whole: Subject, part: Subject) -> bool:
    """Return whether a bracket behind a count lists parts of it: 收到申请30件（自然人24件）, 复议6件（维持5件）, 不予公开3件（商业秘密2件）."""
    if whole.thing != part.thing:
        return whole.thing in ("normative", "rules", "documents", "decisions")
    if part.act == "outcome":
        return whole.act in TOTALS or part.within(whole)
    if part.act == "applicant":
        return whole.act in TOTALS
    return part.act in _ON_HAND or part.thing != "application"


def _off_together(item: Statement, told: tuple[Statement, ...], case: Case) -> bool:
    """Return whether no number of its sentence, or of its list of applicants, fits the tables, while most of the text does.

    One slip leaves the numbers beside it right; where several are all wrong, and not those of each other, what was read is
    mostly another matter's.
    """
    binding = [other for other in told if other.binding and other.scope is Scope.OWN and other.number]
    listed = item.subject.act == "applicant" and item in binding
    first, last = run_of(binding, item) if listed else (0, len(binding))
    here, rest = dict[int, set[tuple[float, float]]](), list[bool]()
    for at, other in enumerate(binding):
        wanted = target(other.subject, case.filing.edition)
        verdict = judge(other.number, wanted, case.filing) if wanted is not None else None
        if verdict is None:
            continue
        if other.sentence is item.sentence and first <= at < last:
            here.setdefault(other.start, set()).add((other.number, verdict.value))
        else:
            rest.append(verdict.fits)
    off = set[tuple[float, float]]().union(*here.values())
    if len(here) == 1 or any(said == held or (held, said) in off for said, held in off):
        return False
    return sum(rest) >= max(_MOST, len(rest) - sum(rest) + 1)
