"""What the column 建议 of 校验结果 offers for a finding: the number, the words, or the button that fills in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.checks.catalogue import show
from gk_xl.form.finding import Change, Severity, numbered

if TYPE_CHECKING:
    from gk_xl.form.finding import Finding, Rewrite
    from gk_xl.workbook.content import Content
    from gk_xl.workbook.layout import Place


def proposed(content: Content, finding: Finding) -> tuple[Change, ...]:
    """Return what a finding proposes to write into its first cell; nothing where it proposes nothing."""
    if finding.proposal is None or not finding.cells:
        return ()
    cell = finding.cells[0]
    return (Change(cell, content.filing.value(cell), finding.proposal, "other"),)


def rewritable(content: Content, finding: Finding) -> Rewrite | None:
    """Return what a finding proposes for its paragraph, where the words stand there as they were judged, and once.

    A name in braces stands in the text where the finding speaks of its number: then the number is the cell's matter.
    """
    part, _, number = (finding.place or "").removeprefix("narrative.").partition(".")
    if finding.rewrite is None or not finding.rewrite.old or not number.isdigit():
        return finding.rewrite if finding.rewrite and not finding.rewrite.old else None
    paragraphs = content.filing.paragraphs(part)
    at = int(number) - 1
    return finding.rewrite if at < len(paragraphs) and paragraphs[at].count(finding.rewrite.old) == 1 else None


def advice(content: Content, changes: tuple[Change, ...], rewrite: Rewrite | None, here: Place | None) -> str:
    """Return what 采纳建议 offers for a finding: the words, the cell, or one of the two; a cell that is not ``here`` by name."""
    cells = []
    for change in changes:
        place = content.layout.names[change.cell]
        named = place.address if here and place.sheet == here.sheet else f"{place.sheet} {place.address}"
        named = named if content.reader.workbook else content.cell_name(change.cell)
        cells.append(f"{'' if place == here else f'{named} '}改为 {show(change.proposed)}")
    if rewrite is None:
        return "；".join(cells)
    return numbered([f"正文{rewrite.said}", *(f"把 {cell}" for cell in cells)]) if cells else f"正文{rewrite.said}"


def filling(content: Content, finding: Finding) -> str:
    """Return by which button blank cells are filled in; empty where a finding is of anything else."""
    cells = finding.cells
    if (
        not cells
        or finding.severity is not Severity.ERROR
        or any(content.filing.value(cell) is not None for cell in cells)
    ):
        return ""
    if not content.reader.workbook:
        return "有数的填数，没有的填 0"
    totals = all(content.edition.cell(cell).total for cell in cells)
    return "点“合计”填上" if totals else "填好有数的，再点“一键补零”"
