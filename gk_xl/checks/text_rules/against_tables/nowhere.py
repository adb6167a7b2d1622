"""X-71, X-74: numbers and sums of money that no reading understood, and that the tables hold nowhere."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import show
from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.context import Period, Scope, frames
from gk_xl.checks.text.statements import unclaimed
from gk_xl.checks.text.tokens import figures
from gk_xl.checks.text_rules.against_tables.explained import elsewhere
from gk_xl.checks.text_rules.against_tables.fees import FEE_CELL
from gk_xl.checks.text_rules.against_tables.targets import (
    DONE,
    GRANTED,
    IN,
    NEW,
    OUT,
    applicants_of,
    kinds_of_cases,
    sum_of,
)
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.finding import Severity
from gk_xl.form.load import load_edition
from gk_xl.form.parts import RECONSIDERATION, suit_rows
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.statement import Statement
    from gk_xl.checks.text.subject import Subject
    from gk_xl.form.filing import Filing
    from gk_xl.form.finding import Finding
    from gk_xl.form.schema import CellId, Edition

    Sums = tuple[tuple[CellId, ...], ...]

_WORDS: Final = Words(__file__)

_TOTALS: Final[Sums] = ((NEW,), (NEW, IN), (DONE,))


@lru_cache(maxsize=256)
def places(subject: Subject, edition_id: str) -> Sums:
    """Return the cells, and the sums of cells, in which an unclaimed number may stand: its nearest first."""
    edition = load_edition(edition_id)
    if subject.act == "case":
        return _cases(subject.row, edition)
    if subject.act == "decision":
        return tuple((cell.id,) for cell in edition.matching(f"t2.{subject.row}.decisions"))
    if subject.act == "matters":
        previous, change = (f"t2.{subject.row}.{column}" for column in ("items_prev", "items_delta"))
        return ((previous,), (change,), (previous, change)) if {previous, change} <= edition.cells.keys() else ()
    if subject.act == "document":
        return tuple((cell.id,) for row in ("normative_doc", "rules") for cell in edition.matching(f"t2.{row}.*"))
    if subject.act in ("done", "closed"):
        return ((DONE,),)
    if subject.act == "received":
        return _TOTALS
    if subject.act == "granted":
        return (GRANTED[:1], GRANTED[1:], GRANTED, *_TOTALS)
    if subject.act == "open":
        return ((OUT,), (IN,))
    if subject.act == "applicant":
        return applicants_of(subject.column, edition)
    if subject.act == "outcome":
        group, _, row = subject.row.partition(".")
        cells = tuple(cell.id for cell in edition.matching(f"t3.{group}*.total"))
        own = tuple(cell for cell in cells if cell == f"t3.{subject.row}.total")
        return tuple(dict.fromkeys((own, cells) if own else (cells, *((cell,) for cell in cells if row == "*"))))
    rows = tuple(cell.id for cell in edition.matching("t3.*.total"))
    groups = dict.fromkeys(cell.split(".")[1] for cell in rows if cell.count(".") > 2)
    sums = tuple(tuple(cell for cell in rows if cell.startswith(f"t3.{group}.")) for group in groups)
    columns = tuple((cell.id,) for cell in edition.matching("t3.received_new.*"))
    return tuple(dict.fromkeys((*_TOTALS, *((cell,) for cell in rows), *sums, GRANTED, *columns)))


def _cases(kind: str, edition: Edition) -> Sums:
    """Return the cells of one kind of cases, of both where suits are told together."""
    columns, suits = edition.table("t4").columns, suit_rows(edition)
    single = [(f"t4.{one}.{column}",) for one in kinds_of_cases(kind, edition) for column in columns]
    summed = [tuple(f"t4.{one}.{column}" for one in suits) for column in columns]
    every = [tuple(f"t4.{one}.total" for one in (RECONSIDERATION, *suits))]
    found = single if kind == RECONSIDERATION else [*single, *summed, *(every if kind == "both" else ())]
    return tuple(cells for cells in dict.fromkeys(found) if all(cell in edition.cells for cell in cells))


def _about_others(item: Statement) -> bool:
    """Return whether a number sorts applications by content (行政处罚类4件), or counts the unit's suits of every kind."""
    text = item.sentence.masked
    return bool(
        ("申请" in text and _WORDS.content.search(text)) or (_WORDS.court.search(text) and "信息公开" not in text)
    )


@rule_function("nowhere.counts")
def counts(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-71: yield a hint for every number that stands nowhere in the part of the tables that its words name."""
    filing = case.filing
    told: set[tuple[str, float]] = set()
    for item in unclaimed(case.narrative, case.edition, filing.year, filing.unit):
        timely = item.binding or item.subject.act == "matters"  # 上年29项: the column of last year's
        if not timely or item.scope is not Scope.OWN or (item.sentence.place, item.number) in told:
            continue
        if any(filing.number(cell) is None for cell in (NEW, IN, OUT, DONE)):
            return
        number = item.number if not item.subject.every else filing.number(NEW) or 0
        found = places(item.subject, filing.edition)
        sums = [sum_of(cells, filing) for cells in found]
        known = [value for value in sums if value is not None]
        if len(known) < len(sums) or not known or number in _allowed(item.subject, known, filing) or elsewhere(item):
            continue
        if _about_others(item):
            continue
        told.add((item.sentence.place, item.number))
        unit = item.unit or ("万元" if item.subject.act == "money" else "件")
        values: dict[str, object] = {
            "said": f"{show(number)} {unit}",
            "cell": case.edition.describe(found[0][0]),
            "value": known[0],
        }
        named = item.subject.act == "matters" and _LAST_YEAR.search(item.sentence.masked, 0, max(item.start, 0))
        severity = Severity.WARNING if named else None
        yield rule.at(item.sentence, values, found[0], sides=(number, known[0]), severity=severity)
    yield from _of_them_all(case, rule)


_OF_THEM: Final = regex(
    r"(?<![\d.第])(?P<number>\d+)[件宗](?:政府信息公开|信息公开|依申请公开)?申请(?:当?中|里)(?=[，有超大近多半一])"
)


def _of_them_all(case: Case, rule: Rule) -> Iterator[Finding]:
    """Yield where 五 speaks of so many applications, and neither the tables nor the rest of the text know of that many: 37件申请中有不少指向规划."""
    for sentence in case.narrative.bearing(_OF_THEM):
        match = _OF_THEM.search(sentence.masked)
        if match is None or sentence.part != "problems":
            continue
        number = int(match["number"])
        sums = [sum_of(cells, case.filing) for cells in ((NEW,), (NEW, IN), (DONE,))]
        told = any(
            count.number == number
            for other in case.narrative.sentences
            for count in other.counts
            if other is not sentence
        )
        own = all(
            frame == (Period.THIS, Scope.OWN) for frame in frames(sentence.masked, case.filing.year, case.filing.unit)
        )
        known = [value for value in sums if value is not None]
        if own and not told and len(known) == len(sums) and number not in known:
            values = {"said": f"{number} 件", "cell": case.edition.describe(NEW), "value": known[0]}
            yield rule.at(sentence, values, (NEW,), sides=(number, known[0]))


_LAST_YEAR: Final = regex(r"(?:上一?年|去年)度?[^，。；、\d]{0,16}(?:项目|事项)(?:数量?)?(?:为|有|是|共)?$")
"""Behind these words a number can be nothing but the column of last year's."""


_SPENT: Final = (
    ("t2.procurement.amount", regex(r"集中采购|政府采购|集采")),
    (
        FEE_CELL,
        regex(r"行政事业性收费|收费(?:金额|总额|收入|入库|[共合总]?计(?=\d))"),
    ),
)
_CHARGED: Final = regex(r"(?:收取|征收)[^，。；\d]{2,12}费(?=(?P<yuan>\d+\.\d+)元)")
"""Some fee that is as many yuan as the table holds ten thousands."""
_PROJECTS: Final = regex(
    r"(?:采购|集采)(?:项目)?(?:共|计|合计|为|：|完成|实施)*(?P<behind>\d+)(?:个|项|批次?|宗)|"
    r"(?P<before>\d+)(?:个|项|批次?|宗)(?:政府)?(?:集中采购|集采|采购)"
)
_YUAN: Final = 10_000
_LITTLE: Final = 500
"""Less yuan beside a table that holds more: 万 has been lost."""


def _near_sums(text: str) -> str:
    """Return a sentence without the clauses in which nothing is counted, but for what was waived: 采购结果已在采购网公告."""
    clauses = _WORDS.clauses.findall(text)
    return "，".join(clause for clause in clauses if "减免" in clause or any("0" <= mark <= "9" for mark in clause))


@rule_function("nowhere.spent")
def spent(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-74: yield a hint for a sentence on procurement or fees none of whose sums, or projects, is the table's."""
    filing = case.filing
    for sentence in case.narrative.sentences:
        text = sentence.masked
        for cell, words in _SPENT if "采" in text or "费" in text else ():
            value = filing.number(cell) if cell in case.edition.cells else None
            told = words.search(text) or (cell == FEE_CELL and _charged(case, text, value))
            if not value or not told or _WORDS.not_spent.search(_near_sums(text)):
                continue
            if any(frame != (Period.THIS, Scope.OWN) for frame in frames(text, filing.year, filing.unit)):
                continue
            sums = [(one.yuan, text[one.start : one.end]) for one in figures(text) if one.yuan]
            projects = [int(match["behind"] or match["before"]) for match in _PROJECTS.finditer(text)]
            wanted = filing.number("t2.procurement.projects") if cell.startswith("t2.procurement") else None
            if sums and not _is_one(value, sums, cell):
                said, number, known, at = sums[0][1], sums[0][0] / _YUAN, value, cell
            elif projects and wanted and wanted not in (*projects, sum(projects)):
                said, number, known, at = f"{projects[0]} 个项目", projects[0], wanted, "t2.procurement.projects"
            else:
                continue
            values: dict[str, object] = {"said": said, "cell": case.edition.describe(at), "value": known}
            yield rule.at(sentence, values, (at,), sides=(number, known))


def _charged(case: Case, text: str, value: float | None) -> bool:
    """Return whether a sentence tells of a fee by its own name: the only one of the text, or as many yuan as ten thousands in the table."""
    slip = _CHARGED.search(text)
    if slip is not None and float(slip["yuan"]) == value:
        return True
    return (
        bool(_WORDS.by_name.search(text))
        and sum(
            len(_WORDS.by_name.findall(sentence.masked)) + len(_SPENT[1][1].findall(sentence.masked))
            for sentence in case.narrative.sentences
        )
        == 1
    )


def _is_one(value: float, sums: list[tuple[float, str]], cell: str) -> bool:
    """Return whether an amount, in yuan or ten thousands, is one of those written, to its precision, or all together.

    Some yuan beside as many ten thousands are none of it: 万 has been lost.
    """
    for yuan, written in sums:
        if yuan < _LITTLE < value * _YUAN and ("元" in written or cell.startswith("t2.procurement")):
            continue
        digits = written.partition(".")[2].rstrip("万亿元")
        slack = 0.5 * 10 ** -len(digits) * (_YUAN**2 if "亿" in written else _YUAN if "万" in written else 1)
        if any(abs(yuan - value * unit) <= slack + 1e-6 for unit in (1, _YUAN)):
            return True
    units = (1, _YUAN) if len(sums) > 1 else (_YUAN,)
    return any(abs(sum(yuan for yuan, _ in sums) - value * unit) < 1 for unit in units)


def _allowed(subject: Subject, known: list[float], filing: Filing) -> set[float]:
    """Return the numbers that are right; what was carried over makes more of them right."""
    new, before, after, done = (filing.number(cell) or 0 for cell in (NEW, IN, OUT, DONE))
    if subject.act == "received" and not (before or after):
        return {new}
    if subject.act in ("done", "closed"):
        return {done, done - before, *((new, new + before) if after and subject.act == "done" else ())}
    return {abs(value) for value in known}
