"""Whether a line of 校验结果 is done: formulas that compare cells with what they held when they were judged."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from gk_xl.checks.catalogue import show, tidy
from gk_xl.engines.core.addresses import column_letters
from gk_xl.workbook.layout import JUDGED, Place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gk_xl.workbook.causes import Cause
    from gk_xl.workbook.content import Content

DONE = "✓ 已改"
_WATCHED = re.compile(r"""EXACT\((?:"([^"]*)"|[^"]+"")[,;]INDEX\('?([^'!(]+?)'?[!.][^,;]+[,;](\d+)[,;](\d+)\)""")
"""A cell in the formula of :func:`changed_since`; applications drop apostrophes that a name needs not."""
WATCHED = 40  # so many cells that a line names beside its own are watched


def changed_since(places: Sequence[Place], said: Mapping[Place, str] = MappingProxyType({})) -> str:
    """Return the formula (without ``=``) that says whether cells hold something else than when they were judged.

    It says so once all of ``places`` do, whose values stand beside their flags; or any of ``said``, where a text is given.
    """
    same = [f'IFERROR(EXACT({place.right(JUDGED).absolute}&"",{_held(place)}&""),TRUE)' for place in places]
    same += [f'IFERROR(EXACT("{text}",{_held(place)}&""),TRUE)' for place, text in said.items()]
    return f'IF({"AND" if said else "OR"}({",".join(same)}),"","{DONE}")'


def _held(place: Place) -> str:
    sheet, rows, columns = place.sheet, place.row + 1, column_letters(place.column + 1)
    return f"INDEX('{sheet}'!$A$1:${columns}${rows},{place.row},{place.column})"


class Watched(NamedTuple):
    """What the formula of :func:`changed_since` compares: cells, with what they held where it says so; any or all."""

    cells: tuple[tuple[Place, str | None], ...]
    any_of: bool


def watched(formula: str) -> Watched:
    """Return what such a formula watches; no cells for what is no such formula."""
    cells = tuple(
        (Place(found[2], int(found[3]), int(found[4])), found[1])
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
    said = {}
    for cell in cells[:WATCHED] if cause.until is None else ():
        place, value = content.layout.names.get(cell), content.filing.value(cell)
        if place and place != own and not isinstance(value, str) and value in (None, tidy(value or 0)):
            said[place] = "" if value is None else show(value)
    return changed_since([own], said)
