"""One cause, one line: which findings a clerk sees as one, because one deed mends them all.

The findings themselves stay as they are, for the counts, the marks and whoever reads them as data; only the list in
the workbook is shortened.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from gk_xl.checks.case import Case, judge
from gk_xl.form.finding import Severity, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.form.finding import Finding, Number, Suspect
    from gk_xl.form.schema import CellId
    from gk_xl.workbook.content import Content


ERROR_VALUE = "E-06"
MANY, NAMED = 8, 5
"""So many totals of a column that are off are one line: its rows were not added up. So many of them are named."""


class Cause(NamedTuple):
    """Findings that are one line: the gravest, whose line it is, the one whose words are shown, codes of the others.

    The line is done once the cell of ``until`` is mended: the last one of many, which a clerk comes to last.
    """

    finding: Finding
    told: Finding
    others: tuple[str, ...] = ()
    until: Finding | None = None


def causes(content: Content) -> Iterator[Cause]:
    """Yield what the list tells, in the order of the findings; what a unique explanation resolves is told there.

    A text where a number belongs breaks a rule of its row, one of its kind and one of how numbers are written: one
    line, in the words of the finding that knows what was meant. What has a reason of the clerk's beside it stays.
    """
    findings = content.result.findings if content.result else ()
    answered = _answered(content)
    told = {id(finding) for suspect in content.best_suspects() for finding in explained(content, suspect)}
    shown = [f for f in findings if f.severity is not Severity.NOT_ASSESSABLE and id(f) not in told]
    texts: dict[str, list[Finding]] = {}
    sums: dict[tuple[str, str], list[Finding]] = {}
    errors: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in shown:
        if id(finding) in answered:
            continue
        if finding.code == ERROR_VALUE and finding.cells:
            cell = content.filing.form.cell(finding.cells[0])
            errors.setdefault((cell.table, cell.row, _of_what(finding)), []).append(finding)
        elif _is_about_text(content, finding):
            texts.setdefault(finding.cells[0], []).append(finding)
        elif column := _column_of_sums(content, finding):
            sums.setdefault((finding.code, column), []).append(finding)
    many = {id(one): found for found in sums.values() if len(found) >= MANY for one in found}
    many |= {id(one): found for found in errors.values() if len(found) > 1 for one in found}
    for finding in shown:
        if together := many.get(id(finding)):
            if finding is together[0]:
                told_once = _of_row if finding.code == ERROR_VALUE else _of_column
                yield Cause(finding, told_once(content, together), until=together[-1])
            continue
        group = texts.get(finding.cells[0], []) if finding.cells else []
        if not any(finding is other for other in group):
            yield Cause(finding, finding)
        elif finding is group[0]:  # findings come gravest first
            best = next((other for other in group if other.proposal is not None), finding)
            yield Cause(finding, best, tuple(dict.fromkeys(other.code for other in group if other is not finding)))


def _column_of_sums(content: Content, finding: Finding) -> str:
    """Return the column of a total that its row does not come to; empty for a finding of another kind."""
    if finding.left is None or finding.excerpt is not None or len(finding.cells) < 2:
        return ""
    total, *parts = (content.filing.form.cell(cell) for cell in finding.cells)
    return total.column if total.total and all(cell.row == total.row for cell in parts) else ""


def _of_column(content: Content, found: Sequence[Finding]) -> Finding:
    """Return what is said of many totals of a column at once: where they are, and the button that makes them anew."""
    first = found[0]
    places = [content.layout.names[finding.cells[0]].address for finding in found]
    column = content.filing.form.cell(first.cells[0]).column_label
    named = "、".join(places[:NAMED]) + (f" 等 {len(places)} 格" if len(places) > NAMED else "")
    after = "请核对各行的数；数对的，点“合计”，这一列重新算出。"
    return replace(first, message=f"“{column}”列有 {len(places)} 行与本行各格之和不符：{named}。{after}", next=after)


def _of_what(finding: Finding) -> str:
    """Return what is said of an error value, without the cell it stands in."""
    return finding.message[finding.message.find("是错误值") :]


def _of_row(content: Content, found: Sequence[Finding]) -> Finding:
    """Return what is said of the same error value in several cells of a row at once: most often the row was copied."""
    cells = [finding.cells[0] for finding in found]
    label = content.filing.form.cell(cells[0]).row_label
    named = "、".join(map(content.cell_name, cells))
    return replace(found[0], message=f"“{label}”行有 {len(cells)} 格（{named}）{_of_what(found[0])}")


def explained(content: Content, suspect: Suspect) -> list[Finding]:
    """Return the findings that go away when a unique explanation is followed, but for those with a reason beside them."""
    if not suspect.unique or content.result is None:
        return []
    findings, changed = content.result.findings, {change.cell: change.proposed for change in suspect.changes}
    answered = _answered(content)

    def goes_away(finding: Finding) -> bool:
        if finding.code in suspect.resolves:
            return not changed.keys().isdisjoint(finding.cells)
        return finding.proposal is not None and changed.get(finding.cells[0]) == finding.proposal

    return [finding for finding in findings if goes_away(finding) and id(finding) not in answered]


def doubted(content: Content) -> dict[CellId, set[Number]]:
    """Return the cells that the likeliest explanations of broken sums would change, with what they would put there."""
    found: dict[CellId, set[Number]] = {}
    for suspect in content.best_suspects():
        for change in (*suspect.changes, *(change for choice in suspect.choices for change in choice)):
            found.setdefault(change.cell, set()).add(change.proposed)
    return found


def settled_first(content: Content, finding: Finding) -> Finding | None:
    """Return a finding without what it proposes against the tables: one cause gets one answer; None where nothing of it does.

    Words that would be set right by a number that a clue calls wrong, or that the tables themselves contradict, stay as
    they are until the number is right; so does a number that neither the clue names nor makes the tables agree.
    """
    if finding.proposal is None and finding.rewrite is None:
        return None
    clues = doubted(content)
    if clues.keys().isdisjoint(finding.cells) and not is_about_open_sums(content, finding):
        return None
    first = finding.cells[0]
    agrees = finding.proposal is not None and (
        finding.proposal in clues[first] if first in clues else _settles(content, first, finding.proposal)
    )
    return replace(finding, rewrite=None, proposal=finding.proposal if agrees else None)


def is_about_open_sums(content: Content, finding: Finding) -> bool:
    """Return whether a finding holds words against a number of which the tables are not sure themselves."""
    return finding.excerpt is not None and not content.open_sums.keys().isdisjoint(finding.cells)


def _settles(content: Content, cell: CellId, proposed: Number) -> bool:
    """Return whether the tables agree with themselves about a cell once it holds a number."""
    case = Case(content.filing.with_cells({cell: proposed}), content.last)
    return all(judge(instance, case) is Verdict.HOLDS for instance in content.open_sums.get(cell, ()))


def _answered(content: Content) -> set[int]:
    """Return which findings the clerk has written a reason for."""
    findings = content.result.findings if content.result else ()
    return {id(finding) for finding in findings if finding.key in content.given or finding.waived}


def _is_about_text(content: Content, finding: Finding) -> bool:
    """Return whether a finding speaks of one cell, and that holds a text where a number belongs."""
    return (
        len(finding.cells) == 1
        and finding.left is None
        and finding.excerpt is None
        and isinstance(content.filing.value(finding.cells[0]), str)
    )
