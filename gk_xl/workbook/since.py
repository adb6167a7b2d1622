"""Whether a line of 校验结果 is done: formulas that compare cells with what they held when they were judged."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from gk_xl.checks.binding import instances
from gk_xl.checks.catalogue import show, tidy
from gk_xl.engines.core.addresses import column_letters
from gk_xl.workbook.layout import COVER, JUDGED, SETTINGS_FIRST, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gk_xl.form.finding import Finding, Suspect
    from gk_xl.form.schema import Value
    from gk_xl.workbook.causes import Cause
    from gk_xl.workbook.content import Content

DONE = "✓ 已改"
_WATCHED = re.compile(r"""EXACT\((?:"([^"]*)"|[^"]+"")[,;]INDEX\('?([^'!(]+?)'?[!.]A(\d+):[^,;]+[,;](\d+)[,;](\d+)\)""")
"""A cell in the formula of :func:`changed_since`; applications drop apostrophes that a name needs not."""
QUOTED = 60  # a setting with a longer text is not watched
WATCHED = 40  # so many cells that a line names beside its own are watched


def changed_since(
    places: Sequence[Place], said: Mapping[Place, str] = MappingProxyType({}), *, one_is_enough: bool = False
) -> str:
    """Return the formula (without ``=``) that says whether cells hold something else than when they were judged.

    It says so once all of ``places`` do, whose values stand beside their flags, or where ``one_is_enough`` any of them; or
    any of ``said``, where a text is given.
    """
    same = [f'IFERROR(EXACT({place.right(JUDGED).absolute}&"",{_held(place)}&""),TRUE)' for place in places]
    same += [f'IFERROR(EXACT("{text}",{_held(place)}&""),TRUE)' for place, text in said.items()]
    return f'IF({"AND" if said or one_is_enough else "OR"}({",".join(same)}),"","{DONE}")'


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

    A text in a cell that bears no flag is not watched: nothing keeps how it was typed.
    """
    finding = cause.until or cause.finding
    if own is None or content.flagged(cause.finding) not in content.levels():
        return ""
    cells = finding.cells
    if len(cells) > 1 and content.painted(finding) == cells:
        return changed_since([content.layout.names[cells[-1]]])
    return changed_since([own], _beside(content, own, (finding,)) if cause.until is None else {})


def state_of_clue(content: Content, suspect: Suspect, resolved: Sequence[Finding]) -> str:
    """Return the state of a clue's line: changed once the cells are that it names; of one, once a sum it resolves is.

    Of several that tie, once any of their cells is.
    """
    places = [content.layout.names[change.cell] for change in suspect.changes]
    if not places:
        tied = {content.layout.names[change.cell]: None for choice in suspect.choices for change in choice}
        return changed_since(list(tied)[:WATCHED], one_is_enough=True)
    return changed_since(places, _beside(content, places[0], resolved) if len(places) == 1 else {})


def _beside(content: Content, own: Place, findings: Sequence[Finding]) -> Mapping[Place, str]:
    """Return what findings compare with the cell at ``own``, each with what it held: numbers, last year's, of 封面 what they tell."""
    values: dict[str, Value] = {}
    for finding in findings:
        values |= {cell: content.filing.value(cell) for cell in finding.cells}
        if content.last is not None:
            values |= {f"last.{cell}": content.last.value(cell) for cell in _of_last_year(content, finding)}
        if COVER in finding.message:
            values |= {
                name: value
                for name, value in content.settings().items()
                if value and _is_quotable(str(value)) and str(value) in finding.message
            }
    said = {}
    for name, value in list(values.items())[:WATCHED]:
        place = content.layout.names.get(name)
        if place is None or place == own:
            continue
        if place.sheet == COVER:
            said[place] = str(value)
        elif not isinstance(value, str) and value in (None, tidy(value or 0)):
            said[place] = "" if value is None else show(value)
    return said


def _is_quotable(text: str) -> bool:
    """Return whether a text may stand in a formula between quotes: a formula's texts end at 255 characters."""
    return '"' not in text and len(text) <= QUOTED and text.isprintable()


def _of_last_year(content: Content, finding: Finding) -> Iterator[str]:
    """Yield last year's cells that the broken equation of a finding mentions."""
    for instance in instances(finding.code, content.filing.edition, content.case.last_edition):
        if tuple(ref.cell for ref in instance.refs if not ref.last) == finding.cells:
            yield from (ref.cell for ref in instance.refs if ref.last)
