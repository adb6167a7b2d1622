"""Numbers that contradict their cells and are right all the same: of this year's applications alone, of a part, of what is carried over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.shorthand import PERSONS
from gk_xl.checks.text_rules.against_tables.beside import run_of
from gk_xl.checks.text_rules.against_tables.targets import judge, target, uneven
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from gk_xl.checks.case import Case
    from gk_xl.checks.text.statement import Statement
    from gk_xl.form.finding import Number


def explained(item: Statement, told: tuple[Statement, ...], case: Case) -> bool:
    """Return whether a number is one of a part: of this year's or last year's applications alone, of one result, of what is carried over."""
    if item.subject.act == "outcome" and item.subject.row.endswith(".*"):
        return _told_in_parts(item, told, case)
    piece = item.sentence.masked[: max(item.start, 0)].rpartition("；")[2]
    if item.subject.act == "applicant" and item.unit in PERSONS and not _comes_to(item, told):
        return True  # 3人提出5件
    if item.subject.act == "applicant" and (match := _OF_RESULT.search(piece)) and "）" not in piece[match.end() :]:
        return True  # who applied for what ended so
    if item.subject.act == "applicant" and item.negated and _ROW_COUNTED.search(piece):
        return True  # 部分公开4件，申请人全部是自然人，没有企业
    if item.subject.act == "answered" and _LAST.search(piece):
        return item.number == case.filing.number("t3.carried_in.total")
    if item.subject.act == "applicant" and _CARRIED.search(item.sentence.masked, 0, max(item.start, 0)):
        return case.filing.number(f"t3.carried_out.{item.subject.column}") == item.number
    if item.subject.act != "answered" or item.subject.every or uneven("total", case.filing):
        return False
    done, carried = case.filing.number("t3.outcome_total.total"), case.filing.number("t3.carried_in.total")
    if not carried or done is None or item.number != done - carried:
        return False
    new = case.filing.number("t3.received_new.total")
    return item.number <= (new or 0) and any(
        other.subject.act in ("received", "received_new") and other.number == new for other in told
    )


def _comes_to(item: Statement, told: tuple[Statement, ...]) -> bool:
    """Return whether a list of applicants comes to the number of applications told before it, so that each applied once."""
    here = [other for other in told if other.sentence.place == item.sentence.place and other.binding]
    first, last = run_of(here, item)
    totals = {other.number for other in here[:first] if other.subject.act in ("received", "received_new")}
    return sum(other.number for other in here[first:last]) in totals


_OF_RESULT: Final = regex(
    r"(?:予公开|予以公开|部分公开|同意公开|不公开|(?<![\u4e00-\u9fff])公开|无法提供|不掌握|不予处理|其他处理)的?\d+[件宗](?:申请)?(?:当?中|里|（)"
)
"""不予公开的5件中，自然人3件; 予以公开15件（自然人11件、企业4件）."""
_ROW_COUNTED: Final = regex(r"(?:(?<!申请)公开|提供|掌握|处理|信息|案卷|事项)的?\d+[件宗]")
_LAST: Final = regex(r"(?:上一?年度?|去年|\d{4}年)(?:度)?结转[^，]{0,6}\d+[件宗]，[^，；。\d]{0,4}$")
_CARRIED: Final = regex(r"结转|未办结|在办|跨年|尚未")
"""结转下年的3件中，自然人2件: what follows may be of those."""


def _told_in_parts(item: Statement, told: tuple[Statement, ...], case: Case) -> bool:
    """Return whether a group is counted several times in one place, each with a reason of its own, and all of them make it up."""
    same = [
        other
        for other in told
        if other.subject == item.subject
        and other.sentence.place == item.sentence.place
        and not _AGAIN.match(other.sentence.masked, max(other.start, 0))
    ]
    wanted = target(item.subject, case.filing.edition)
    verdict = judge(sum(other.number for other in same), wanted, case.filing) if len(same) > 1 and wanted else None
    return verdict is not None and verdict.fits


def beside_its_rows(item: Statement, told: tuple[Statement, ...], value: Number) -> bool:
    """Return whether 不予公开 N stands in one list with rows of its own group, which make up the rest: 不予公开1件，行政查询事项1件."""
    if not item.subject.row.endswith(".*"):
        return False
    text, rest = item.sentence.masked, 0.0
    for other in told:
        if (
            other.sentence is item.sentence
            and other.start > item.start
            and other.subject.row.startswith(item.subject.row[:-1])
        ):
            if other.subject.act != item.subject.act or _OPENS.search(text, item.start, other.start):
                return False
            rest += other.number
    return bool(rest) and abs(item.number + rest - value) < SLIGHT


_AGAIN: Final = regex(r"\d+[件宗]?(?:申请)?(?:之|当)?[中里]")
"""其他处理的3件中: the number told before, taken up again."""
_OPENS: Final = regex(r"其中|包括|分别|[（：]|\d[件宗]?(?:申请)?(?:之|当)?[中里]")
SLIGHT: Final = 1e-6


_NOT_COUNTED: Final = regex(
    r"与(?:政府)?信息公开(?:工作)?(?:均|都)?无关|不计入|未计入|[不未](?:纳入|列入|反映在|反映到|体现在)[^，。；]{0,6}(?:表|统计|报告)|不在(?:本(?:报告|表|次|年报)|统计|此|上表)|(?:包括|包含|含|计)(?:在|入)上述|不属于?(?:本表|本报告|政府信息公开|信息公开|统计范围)|计入[^，。；]{0,16}(?:报告|报表)"
)
_SPLIT: Final = regex(r"(?:拆分|拆解|合并)(?:后|成|为|计)")
"""收到申请书21份，拆分后计30件: the papers are not the applications."""
_COUNTED_AS: Final = regex(r"计入(?:“)?(?:予以公开|部分公开|不予公开|无法提供|不予处理|其他处理)")
_ASKED_FOR: Final = regex(
    r"作为[^，。；]{0,12}复议(?:机构|机关)|"
    r"某(?:行政)?(?:复议|诉讼)|(?:行政)?(?:复议|诉讼)(?:案件)?(?:案卷|卷宗|材料|档案|决定书|判决书|文书|笔录)"
)
"""A case whose papers somebody asked for, or that the unit decides for others, is none of its own."""
_RELATED: Final = regex(r"因政府信息公开|政府信息公开(?:引[起发]|类|相关)?的?(?:行政)?(?:复议|诉讼)")


def elsewhere(item: Statement) -> bool:
    """Return whether the sentence itself says that a number is not one of the table's row, or that more is counted there."""
    text = item.sentence.masked
    if "case" in (item.subject.thing, item.subject.act):
        if _ASKED_FOR.search(text):
            return True
        said = _NOT_COUNTED.search(text, max(item.start, 0))
        clause = max(text.rfind("，", 0, max(item.start, 0)), text.rfind("；", 0, max(item.start, 0)), 0)
        return said is not None and not _RELATED.search(text, clause, max(item.start, 0)) and bool(item.number)
    if item.subject.act.startswith("received"):
        return _SPLIT.search(text) is not None
    return _COUNTED_AS.search(text) is not None and item.subject.act == "outcome"
