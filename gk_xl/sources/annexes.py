"""Tables of a text that stand behind its last section, as annexes do: which lines are theirs."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from gk_xl.form.load import edition_ids, load_edition
from gk_xl.sources.labels import bare, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.sources.model import Line

NEAR: Final = 6
"""So near one another two lines with a table's first labels stand at its beginning."""
CAPTION: Final = 30
"""Characters of a line above a table that names it, at most."""
_PARTS: Final = re.compile(r"[\s|│*]+")
_CAPTION: Final = re.compile(r"附?[件表]|单位")


def labelled(lines: Sequence[Line], table_id: str) -> list[int]:
    """Return the positions of lines with one of a table's first labels."""
    tables = [table for name in edition_ids() for table in load_edition(name).tables if table.id == table_id]
    labels = {fold(item.text) for table in tables for item in table.grid if item.text and item.line < 2}
    return [
        position
        for position, line in enumerate(lines)
        if any(fold(part) in labels for part in line.cells or (line.text, *_PARTS.split(line.text)) if bare(part))
    ]


def begins(lines: Sequence[Line], table_id: str, behind: int = 0) -> int | None:
    """Return where a table's first labels stand, the earliest place at or behind a position; None where nowhere."""
    hits = [position for position in labelled(lines, table_id) if position >= behind]
    return next((here for here, following in pairwise(hits) if following - here <= NEAR), None)


def annexes(lines: Sequence[Line], last: int) -> dict[str, range]:
    """Return by table the lines of those that a text prints behind its last heading, the lines that name them included."""
    tables = dict.fromkeys(table.id for name in edition_ids() for table in load_edition(name).tables)
    first = {
        name: at for name in tables if (at := begins(lines, name, last + 1)) is not None and lines[at].grid is None
    }
    starts = {name: _named(lines, at, last) for name, at in first.items()}
    ends = sorted([*starts.values(), len(lines)])
    return {name: range(at, ends[ends.index(at) + 1]) for name, at in starts.items()}


def _named(lines: Sequence[Line], at: int, last: int) -> int:
    """Return where the lines begin that name a table which begins at a position."""
    begin = at
    for position in range(at - 1, last, -1):
        text = bare(lines[position].text)
        if text and (len(text) > CAPTION or _CAPTION.match(text) is None):
            break
        begin = position if text else begin
    return begin
