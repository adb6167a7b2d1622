"""Whether a line of 校验结果 is done: formulas that compare cells with what they held when they were judged."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from gk_xl.checks.binding import instances
from gk_xl.engines.core.addresses import column_letters
from gk_xl.workbook.layout import COVER, FIRST_ONES, JUDGED, SETTINGS_FIRST, UNCOUNTED, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.form.finding import Finding, Suspect
    from gk_xl.workbook.causes import Cause
    from gk_xl.workbook.content import Content

DONE = "✓ 已改"
_WATCHED = re.compile(r"""EXACT\((?:"([^"]*)"|[^"]+"")[,;]INDEX\('?([^'!(]+?)'?[!.]A(\d+):[^,;]+[,;](\d+)[,;](\d+)\)""")
"""A cell in the formula of :func:`changed_since`, or in one of before that quotes what it held; applications drop apostrophes."""
WATCHED = 40  # so many cells that a line names beside its own are watched


def changed_since(places: Sequence[Place], beside: Sequence[Place] = (), *, one_is_enough: bool = False) -> str:
    """Return the formula (without ``=``) that says whether cells hold something else than when they were judged.

    It says so once all of ``places`` do, or where ``one_is_enough`` any of them; with ``beside`` once any of either does.
    What each held stands beside its flag.
    """
    same = [f'IFERROR(EXACT({at.right(JUDGED).absolute}&"",{_held(at)}&""),TRUE)' for at in (*places, *beside)]
    return f'IF({"AND" if beside or one_is_enough else "OR"}({",".join(same)}),"","{DONE}")'


def _held(place: Place) -> str:
    """Return what reads a cell; on 封面 from the row above the inputs on: what stands further up counts flags."""
    first = SETTINGS_FIRST - 1 if place.sheet == COVER else 1
    end = f"${column_letters(place.column + 1)}${place.row + 1}"
    return f"INDEX('{place.sheet}'!$A${first}:{end},{place.row - first + 1},{place.column})"


class Watched(NamedTuple):
    """What the formula of :func:`changed_since` compares: cells, with what they held where it says so; any or all."""

    cells: tuple[tuple[Place, str | None], ...]
    any_of: bool


def watched(formula: str) -> Watched:
    """Return what such a formula watches; no cells for what is no such formula."""
    cells = tuple(
        (Place(found[2], int(found[3]) + int(found[4]) - 1, int(found[5])), found[1])
        for found in _WATCHED.finditer(formula.replace("$", ""))
    )
    return Watched(cells, "IF(AND(" in formula)


def state_of(content: Content, cause: Cause, own: Place | None) -> str:
    """Return the state of a cause's line at ``own``: changed once a cell that it names is; of blanks and of many totals, the last.

    None where the first templates keep nothing of what was judged.
    """
    finding = cause.until or cause.finding
    if own is None or content.layout.schema in FIRST_ONES or content.flagged(cause.finding) not in content.levels():
        return ""
    cells = finding.cells
    if len(cells) > 1 and content.painted(finding) == cells:
        return changed_since([content.layout.names[cells[-1]]])
    return changed_since([own], _beside(content, own, (finding,)) if cause.until is None else ())


def state_of_clue(content: Content, suspect: Suspect, resolved: Sequence[Finding]) -> str:
    """Return the state of a clue's line: changed once the cells are that it names; of one, once a sum it resolves is.

    Of several that tie, once any of their cells is.
    """
    if content.layout.schema in FIRST_ONES:
        return ""
    places = [content.layout.names[change.cell] for change in suspect.changes]
    if not places:
        tied = {content.layout.names[change.cell]: None for choice in suspect.choices for change in choice}
        return changed_since(list(tied)[:WATCHED], one_is_enough=True)
    return changed_since(places, _beside(content, places[0], resolved) if len(places) == 1 else ())


def _beside(content: Content, own: Place, findings: Sequence[Finding]) -> Sequence[Place]:
    """Return where stands what findings compare with the cell at ``own``: numbers, last year's, what they tell of 封面.

    Last year's numbers are left out where they came from another file: whatever 上年数据 holds, then, says nothing of them.
    """
    names: list[str] = []
    for finding in findings:
        names += finding.cells
        if content.last_is_kept and content.layout.schema not in UNCOUNTED:
            names += (f"last.{cell}" for cell in _of_last_year(content, finding))
        if COVER in finding.message:
            told = content.settings().items()
            names += (name for name, value in told if value and str(value) in finding.message)
    places = [content.layout.names[name] for name in dict.fromkeys(names) if name in content.layout.names]
    return [place for place in places if place != own][:WATCHED]


def _of_last_year(content: Content, finding: Finding) -> Iterator[str]:
    """Yield last year's cells that the broken equation of a finding mentions."""
    for instance in instances(finding.code, content.filing.edition, content.case.last_edition):
        if tuple(ref.cell for ref in instance.refs if not ref.last) == finding.cells:
            yield from (ref.cell for ref in instance.refs if ref.last)
