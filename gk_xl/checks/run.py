"""Filing (and last year's) → findings. Rules never raise over a filing; what they cannot decide, they say."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from gk_xl.checks.again import Spoken
from gk_xl.checks.binding import with_milder
from gk_xl.checks.case import Case, judge, not_assessable
from gk_xl.checks.catalogue import OFF, catalogue_of, gap, show, tidy
from gk_xl.checks.cells import has_fields
from gk_xl.checks.expression import evaluate
from gk_xl.checks.reasons import answered
from gk_xl.checks.registry import rule_functions
from gk_xl.checks.suspects import suspects
from gk_xl.form.cleaning import error_value
from gk_xl.form.filing import enter
from gk_xl.form.finding import CheckResult, Finding, Severity, Verdict
from gk_xl.form.load import base_id, load_edition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from gk_xl.checks.binding import Instance
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.registry import RuleFunction
    from gk_xl.form.filing import Filing

WORKBOOK = "workbook"  # rules that only the workbook layer can judge
FOLDER = "folder"  # rules about several filings together
COVER_YEAR, COVER_UNIT = "X-70", "X-72"  # what these explain is said once
ERROR_VALUE = "E-06"  # what stands there is nothing: no other rule may speak of it


def _broken(instance: Instance, case: Case) -> Finding:
    """Return the finding of a broken instance: message, both sides, cells of this year's filing."""
    values: dict[str, object] = dict(instance.labels)
    sides = None
    if instance.sides:
        left, right = (evaluate(side, case.numbers) for side in instance.sides)
        if left is not None and right is not None and not isinstance(left, bool) and not isinstance(right, bool):
            sides = (tidy(left), tidy(right))
            values |= {
                "left": sides[0],
                "right": sides[1],
                "difference": show(tidy(sides[0] - sides[1])),
                "gap": gap(*sides),
            }
    for name, node in instance.parts.items():
        values[name] = evaluate(node, case.numbers)
    cells = tuple(ref.cell for ref in instance.refs if not ref.last and ref.cell in case.edition.cells)
    return instance.rule.finding(values, cells, sides=sides)


def _expressed(rule: Rule, case: Case, undecided: dict[str, int]) -> Iterator[Finding]:
    """Yield the findings of a rule written as an expression."""
    for instance, milder in with_milder(rule.code, case.filing.edition, case.last_edition):
        verdict = judge(instance, case)
        if verdict is Verdict.NOT_ASSESSABLE:
            yield not_assessable(rule)
            return
        if verdict is Verdict.UNDECIDED:
            undecided[rule.code] = undecided.get(rule.code, 0) + 1
        elif verdict is Verdict.BROKEN:
            yield _broken(instance, case)
        elif milder and judge(milder, case) is Verdict.BROKEN:
            yield _broken(milder, case)


def check(
    filing: Filing,
    last: Filing | None = None,
    *,
    source: str = "",
    extra: Iterable[Finding] = (),
    members: Iterable[Filing] = (),
    asked: Iterable[str] = (),
) -> CheckResult:
    """Return all that the rules say of a filing, gravest first.

    ``last`` is last year's filing; ``extra`` are findings that another layer has made (integrity of the workbook);
    ``members`` are the filings that a county's own report adds up; ``asked`` the codes of local rules that a profile asks for.
    A warning that the filing answers with a reason is marked waived, and so is an error whose rule allows it.
    """
    filing = enter(filing)
    case = Case(filing, None if last is None else enter(last), tuple(enter(member) for member in members))
    spoken = replace(case, filing=_legible(_expanded(filing)))
    undecided: dict[str, int] = {}
    wanted, others = frozenset(asked), list(extra)
    known = catalogue_of(filing.edition)
    findings = _once([*others, *_judged(case, spoken, wanted, undecided)], known)
    for slip in [finding for finding in findings if finding.code in (COVER_YEAR, COVER_UNIT)]:
        from gk_xl.checks.text_rules.years.cover_year import folded

        mended, read = (replace(one, filing=_mended(one.filing, slip, spoken)) for one in (case, spoken))
        findings = folded(findings, slip, _once([*others, *_judged(mended, read, wanted, {})], known))
    findings = answered([_as_asked(finding, wanted, known) for finding in findings], filing)
    sides = {(finding.code, finding.left, finding.right) for finding in findings if finding.left != finding.right}
    if any((code, right, left) in sides for code, left, right in sides):
        from gk_xl.checks.mirrored import mirrored  # in few reports two columns are exchanged

        findings = mirrored(findings, case.edition)
    theirs = False
    if filing.summed:
        from gk_xl.checks.summed import by_units  # most reports are no sum

        findings, theirs = by_units(filing, findings)
    located = None if theirs else suspects(spoken, findings)
    ordered = tuple(sorted(findings, key=_order(filing.edition)))
    return CheckResult(
        source,
        base_id(filing.edition),
        ordered,
        located.suspects if located else (),
        undecided,
        located.reason if located else "",
    )


def joined(result: CheckResult, filing: Filing, more: Iterable[Finding]) -> CheckResult:
    """Return a result with findings that only a look at other filings could make, in their place and answered as the others are."""
    found = answered([*more], enter(filing))
    return replace(result, findings=tuple(sorted([*result.findings, *found], key=_order(filing.edition))))


def _mended(filing: Filing, slip: Finding, spoken: Case) -> Filing:
    """Return a filing with what a slip on 封面 says it should bear."""
    if slip.code == COVER_YEAR:
        return replace(filing, year=int(slip.right or 0))
    from gk_xl.checks.text_rules.names.cover_unit import unit_told

    told = unit_told(spoken)
    return filing if told is None else replace(filing, unit=told.unit)


def _judged(case: Case, spoken: Case, wanted: frozenset[str], undecided: dict[str, int]) -> Iterator[Finding]:
    """Yield what every rule that concerns a filing says of it; ``spoken`` is the same with its text as it is printed."""
    filing, text = case.filing, Spoken(spoken)
    for rule, function in _concerning(filing.edition, filing.unit.kind, filing.year, wanted):
        if function is None:
            yield from _expressed(rule, case, undecided)
        else:
            yield from text.judged(rule, function.judge) if function.reads_text else function.judge(case, rule)


@lru_cache(maxsize=256)
def _concerning(
    edition_id: str, kind: str, year: int | None, wanted: frozenset[str]
) -> tuple[tuple[Rule, RuleFunction | None], ...]:
    """Return the rules that concern a filing of an edition, by a kind of unit, on a year, each with what judges it but for an expression."""
    return tuple(
        (rule, rule_functions()[rule.call] if rule.call else None)
        for rule in catalogue_of(edition_id).values()
        if rule.call not in (WORKBOOK, FOLDER)
        and rule.applies(edition_id, kind, year)
        and (rule.unless_asked != OFF or rule.code in wanted)
    )


def _expanded(filing: Filing) -> Filing:
    """Return the filing as its report will read: fields of the narrative replaced by their numbers."""
    if not has_fields(filing):
        return filing
    from gk_xl.form.fields import expand

    return expand(filing)


def _legible(filing: Filing) -> Filing:
    """Return a filing without the names and dates of 封面 that are error values: nothing is to be compared with them."""
    unit, signed = filing.unit, filing.signed
    if not any(map(error_value, (unit.name, unit.county, unit.self_word, signed.name, signed.date))):
        return filing

    def kept(text: str) -> str:
        return "" if error_value(text) else text

    return replace(
        filing,
        unit=replace(unit, name=kept(unit.name), county=kept(unit.county), self_word=kept(unit.self_word)),
        signed=replace(signed, name=kept(signed.name), date=kept(signed.date)),
    )


def _once(findings: list[Finding], known: Mapping[str, Rule]) -> list[Finding]:
    """Return the findings without those of a rule that yields to another which speaks of the same sentence or cell.

    Of a place that holds an error value only that is said.
    """
    failed = {finding.place for finding in findings if finding.code == ERROR_VALUE and finding.place}
    findings = [finding for finding in findings if finding.code == ERROR_VALUE or finding.place not in failed]
    said = {(finding.code, subject) for finding in findings if (subject := _subject(finding))}
    return [
        finding
        for finding in findings
        if finding.code not in known
        or not any((other, _subject(finding)) in said for other in known[finding.code].yields_to)
    ]


def _subject(finding: Finding) -> object:
    """Return what a finding speaks of: its sentence, or its one cell."""
    return finding.excerpt or (finding.cells if len(finding.cells) == 1 else None)


def _as_asked(finding: Finding, asked: frozenset[str], known: Mapping[str, Rule]) -> Finding:
    """Return the finding of a local rule as a hint where no profile asks for it."""
    rule = known.get(finding.code)
    if rule is None or rule.unless_asked != Severity.HINT or finding.code in asked:
        return finding
    return replace(finding, severity=Severity.HINT) if finding.severity.level > Severity.HINT.level else finding


@lru_cache
def _order(edition_id: str) -> Callable[[Finding], tuple[object, ...]]:
    """Sort: waived last, gravest first, then by place from the cover on through the six sections, then by rule."""
    edition = load_edition(edition_id)
    codes = {code: number for number, code in enumerate(catalogue_of(edition_id))}
    sections = {section.id: number for number, section in enumerate(edition.printed)}
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
