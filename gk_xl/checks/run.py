"""Filing (and last year's) → findings. Rules never raise over a filing; what they cannot decide, they say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from gk_xl.checks.catalogue import catalogue, instances, show, tidy
from gk_xl.checks.cells import has_fields
from gk_xl.checks.expression import LAST, YEAR, evaluate
from gk_xl.checks.suspects import suspects
from gk_xl.errors import EditionNotFound
from gk_xl.form.finding import CheckResult, Finding, Severity, Verdict
from gk_xl.form.load import edition_for, load_edition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from gk_xl.checks.catalogue import Instance, Rule
    from gk_xl.checks.narrative.text import Narrative
    from gk_xl.form.filing import Filing
    from gk_xl.form.schema import Edition

WORKBOOK = "workbook"  # rules that only the workbook layer can judge


@dataclass(frozen=True)
class Case:
    """One filing under check, with last year's beside it (None: not known), and those that it adds up, if any."""

    filing: Filing
    last: Filing | None = None
    members: tuple[Filing, ...] = ()

    @property
    def edition(self) -> Edition:
        """The edition of this year's filing."""
        return self.filing.form

    @property
    def last_edition(self) -> str:
        """The edition of last year's filing: as filed, else the one of that year, empty when there is none."""
        if self.last is not None:
            return self.last.edition
        try:
            return "" if self.filing.year is None else edition_for(self.filing.year - 1).id
        except EditionNotFound:
            return ""

    @cached_property
    def narrative(self) -> Narrative:
        """The text as sentences."""
        from gk_xl.checks.narrative.text import read

        return read(self.filing)

    @cached_property
    def numbers(self) -> Mapping[str, float]:
        """Every number that an expression may ask for, by the name it gives it: of this year, of last year, the year."""
        found: dict[str, float] = {} if self.filing.year is None else {YEAR: self.filing.year}
        for prefix, filing in (("", self.filing), (LAST, self.last)):
            if filing is not None:
                found |= {
                    prefix + cell: value
                    for cell, value in filing.cells.items()
                    if value is not None and not isinstance(value, str)
                }
        return found


@lru_cache
def _function(call: str) -> Callable[[Case, Rule], Iterable[Finding]]:
    """Return the function that a rule's ``call`` names; imported when first needed."""
    module, _, name = call.partition(":")
    function: Callable[[Case, Rule], Iterable[Finding]] = getattr(import_module(f"gk_xl.checks.{module}"), name)
    return function


def judge(instance: Instance, case: Case) -> Verdict:
    """Return what one instance of a rule says of a filing."""
    if case.last is None and instance.about_last_year:
        return Verdict.NOT_ASSESSABLE
    value = evaluate(instance.node, case.numbers)
    if value is None:
        return Verdict.UNDECIDED
    return Verdict.HOLDS if value else Verdict.BROKEN


def _broken(instance: Instance, case: Case) -> Finding:
    """Return the finding of a broken instance: message, both sides, cells of this year's filing."""
    values: dict[str, object] = dict(instance.labels)
    sides = None
    if instance.sides:
        left, right = (evaluate(side, case.numbers) for side in instance.sides)
        if left is not None and right is not None and not isinstance(left, bool) and not isinstance(right, bool):
            sides = (tidy(left), tidy(right))
            values |= {"left": sides[0], "right": sides[1], "difference": show(tidy(sides[0] - sides[1]))}
    for name, node in instance.parts.items():
        values[name] = evaluate(node, case.numbers)
    cells = tuple(ref.cell for ref in instance.refs if not ref.last and ref.cell in case.edition.cells)
    return instance.rule.finding(values, cells, sides=sides)


def _expressed(rule: Rule, case: Case, undecided: dict[str, int]) -> Iterator[Finding]:
    """Yield the findings of a rule written as an expression."""
    last_id = case.last_edition
    if rule.last_editions and last_id not in rule.last_editions:
        return
    bound = instances(rule.code, case.filing.edition, last_id)
    weaker = instances(rule.code, case.filing.edition, last_id, weaker=True) if rule.weaker else ()
    for number, instance in enumerate(bound):
        verdict = judge(instance, case)
        if verdict is Verdict.NOT_ASSESSABLE:
            yield _not_assessable(rule)
            return
        if verdict is Verdict.UNDECIDED:
            undecided[rule.code] = undecided.get(rule.code, 0) + 1
        elif verdict is Verdict.BROKEN:
            yield _broken(instance, case)
        elif weaker and judge(weaker[number], case) is Verdict.BROKEN:
            yield _broken(weaker[number], case)


def _not_assessable(rule: Rule) -> Finding:
    """Return the note that a rule could not be judged for want of last year's data."""
    return Finding(
        rule.code,
        Severity.NOT_ASSESSABLE,
        f"没有上年数据，没有判断（不等于通过）。规则：{rule.why}载入上年数据后再校验。",
    )


def check(
    filing: Filing,
    last: Filing | None = None,
    *,
    source: str = "",
    extra: Iterable[Finding] = (),
    members: Iterable[Filing] = (),
) -> CheckResult:
    """Return all that the rules say of a filing, gravest first.

    ``last`` is last year's filing; ``extra`` are findings that another layer has made (integrity of the workbook);
    ``members`` are the filings that a county's own report adds up.
    A warning that the filing answers with a reason is marked waived, and so is an error whose rule allows it.
    """
    case = Case(filing, last, tuple(members))
    spoken = replace(case, filing=_expanded(filing))
    findings: list[Finding] = list(extra)
    undecided: dict[str, int] = {}
    for rule in catalogue().values():
        if rule.call == WORKBOOK or not rule.applies(filing.edition, filing.unit.kind, filing.year):
            continue
        if rule.call:
            asked = spoken if rule.call.startswith("narrative.") else case
            findings.extend(_function(rule.call)(asked, rule))
        else:
            findings.extend(_expressed(rule, case, undecided))
    findings = [_waived(finding, filing) for finding in findings]
    located = suspects(spoken, findings)
    ordered = tuple(sorted(findings, key=_order(filing.edition)))
    return CheckResult(
        source,
        filing.edition,
        ordered,
        located.suspects if located else (),
        undecided,
        located.reason if located else "",
    )


def _expanded(filing: Filing) -> Filing:
    """Return the filing as its report will read: fields of the narrative replaced by their numbers."""
    if not has_fields(filing):
        return filing
    from gk_xl.form.fields import expand

    return expand(filing)


def _waived(finding: Finding, filing: Filing) -> Finding:
    """Return the finding as waived where a reason answers it; an error only by a rule of errors that says so itself."""
    rule = catalogue().get(finding.code)
    allowed = finding.severity is Severity.WARNING or (rule is not None and rule.waivable)
    if finding.severity is Severity.ERROR and rule is not None:
        allowed = rule.waivable and rule.severity is Severity.ERROR
    if allowed and finding.severity is not Severity.NOT_ASSESSABLE and filing.waivers.get(finding.code, "").strip():
        return replace(finding, waived=True)
    return finding


@lru_cache
def _order(edition_id: str) -> Callable[[Finding], tuple[object, ...]]:
    """Sort: waived last, gravest first, then by place from the cover on through the six sections, then by rule."""
    edition = load_edition(edition_id)
    codes = {code: number for number, code in enumerate(catalogue())}
    sections = {section.id: number for number, section in enumerate(edition.sections)}
    cells = {
        cell.id: (sections[edition.section(cell.table).id], number)
        for number, cell in enumerate(edition.cells.values())
    }

    def place(finding: Finding) -> tuple[int, int]:
        kind, _, rest = (finding.place or "").partition(".")
        if kind == "narrative":
            part, _, paragraph = rest.partition(".")
            # The text before the first heading stands on the first section's sheet.
            return sections.get(part, 0), int(paragraph or 0) if part in sections else 0
        return cells.get(finding.cells[0], (-1, 0)) if finding.cells else (-1, 0)

    def key(finding: Finding) -> tuple[object, ...]:
        return finding.waived, -finding.severity.level, place(finding), codes.get(finding.code, -1)

    return key
