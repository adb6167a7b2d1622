"""Doubts about what was imported, inside a workbook: which cells, what was read into them, why it is not sure."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import rule
from gk_xl.form.doubt import UNREAD, Doubt
from gk_xl.workbook.packed import packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from gk_xl.form.filing import Filing
    from gk_xl.form.finding import CheckResult, Finding
    from gk_xl.form.schema import CellId

NAME: Final = "gk_xl.doubts."
CODE: Final = "I-14"
LEVEL: Final = 4
"""What stands in the flag area for a doubt: a colour of its own."""


def doubt_constants(doubts: Mapping[CellId, Doubt]) -> dict[str, str]:
    """Return the constants that carry doubts; none where there are none."""
    if not doubts:
        return {}
    data = {cell: list(doubt) for cell, doubt in doubts.items()}
    return packed(NAME, json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def carried_doubts(constant: Callable[[str], str | None]) -> dict[CellId, Doubt]:
    """Return the doubts that a workbook's constants carry; none where they are lost or spoilt."""
    text = unpacked(NAME, constant)
    if text is None:
        return {}
    try:
        return {
            cell: Doubt(value, reason)
            for cell, (value, reason) in json.loads(text).items()
            if isinstance(reason, str) and (value is None or isinstance(value, int | float | str))
        }
    except (ValueError, TypeError, AttributeError):
        return {}


def open_doubts(filing: Filing) -> dict[CellId, Doubt]:
    """Return the doubts that still stand: whose cell holds what was read into it."""
    known = filing.form.cells
    return {c: doubt for c, doubt in filing.doubts.items() if c in known and filing.value(c) == doubt.value}


def doubt_findings(filing: Filing) -> Iterator[Finding]:
    """Yield what a check says of doubtful numbers: one finding for those of a table with the same reason.

    What was not read at all the check of blanks says, what is no number the check of entries.
    """
    told = {cell for cell, value in filing.cells.items() if value is None or isinstance(value, str)}
    read = {cell: doubt for cell, doubt in open_doubts(filing).items() if cell not in told}
    ordered = sorted(
        read, key=lambda cell: (cell.partition(".")[0], read[cell].reason, list(filing.form.cells).index(cell))
    )
    for (table, reason), group in groupby(ordered, key=lambda cell: (cell.partition(".")[0], read[cell].reason)):
        cells = tuple(group)
        name = filing.form.table(table).name
        where = filing.form.describe(cells[0]) if len(cells) == 1 else f"{name}的 {len(cells)} 个数"
        yield rule(CODE).finding({"value": f"{where}：{reason.rstrip('。')}"}, cells)


def doubt_note(doubt: Doubt) -> str:
    """Return what the note of a doubtful cell says; empty where nothing but a blank was found."""
    return "" if doubt.unread and doubt.reason == UNREAD else f"【读入存疑】{doubt.reason}"


def doubt_levels(filing: Filing, result: CheckResult | None) -> Mapping[CellId, int]:
    """Return the level of every cell that is in doubt and not confirmed by a reason."""
    confirmed = {
        cell
        for finding in (result.findings if result else ())
        if finding.code == CODE and finding.waived
        for cell in finding.cells
    }
    return {cell: LEVEL for cell in open_doubts(filing) if cell not in confirmed}
