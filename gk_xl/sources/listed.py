"""Tables told as lists: the label of a row, behind it the heads of its columns, each with its number → rows of a grid.

规章：本年制发件数5件，本年废止件数0件 on one line, or a head and its number on each line below the label. A line that holds
anything else is none of it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

from gk_xl.form.load import edition_ids, edition_in_force, load_edition
from gk_xl.sources.document import Box, Grid
from gk_xl.sources.labels import bare, fold, money_named
from gk_xl.sources.model import Line
from gk_xl.sources.sections import is_heading_again, is_table_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PARTED: Final = re.compile(r"[，,、；;。\s]+")
_PAIR: Final = re.compile(
    r"(?P<head>[^\d：:]{2,}?(?:[（(](?:金额)?单位[：:][^）)]*[）)])?)[：:为]?(?P<value>\d[\d,]*(?:\.\d+)?(?:件|宗|项|条|个|万元|元)?)"
)
_FEWEST: Final = 2
"""So many rows one behind the other are a table, at least."""

Pairs = dict[str, str]
"""By its column a value."""


class _Row:
    """A row: the line of its label, its columns with their values, the lines that it takes."""

    def __init__(self, line: Line, label: str, pairs: Pairs) -> None:
        self.line, self.label, self.pairs, self.size = line, label, pairs, 1


def listed(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a document, those of lists in the sections of tables as rows of grids."""
    found: list[Line] = []
    in_table, at = False, 0
    while at < len(lines):
        text = lines[at].text
        in_table = next((bool(s.table) for s in edition_in_force().sections if is_heading_again(text, s)), in_table)
        rows = list(_rows(lines, at)) if in_table else []
        if len(rows) < _FEWEST:
            found.append(lines[at])
            at += 1
            continue
        for _, group in groupby(rows, key=lambda row: [*row.pairs]):
            found += _drawn(list(group))
        at += sum(row.size for row in rows)
    return found


def _rows(lines: Sequence[Line], at: int) -> Iterator[_Row]:
    """Yield the rows that follow one another from a line on."""
    while at < len(lines) and (row := _row(lines, at)) is not None:
        yield row
        at += row.size


def _row(lines: Sequence[Line], at: int) -> _Row | None:
    line = lines[at]
    if line.grid is not None:
        return None
    label, _, rest = bare(line.text).replace(":", "：").partition("：")
    if not is_table_label(label):
        return None
    row = _Row(line, label, _pairs(rest) or {})
    if rest:
        return row if row.pairs else None
    while at + row.size < len(lines) and lines[at + row.size].grid is None:
        more = _pairs(lines[at + row.size].text)
        if not more or not row.pairs.keys().isdisjoint(more):
            break
        row.pairs |= more
        row.size += 1
    return row if row.pairs else None


def _pairs(text: str) -> Pairs | None:
    """Return the columns that a text names, each with its value; None where it says anything else, or one twice."""
    items = [match for part in _PARTED.split(text.strip()) if part for match in [_PAIR.fullmatch(part)]]
    named = [(_columns().get(fold(item["head"])), _measured(item)) for item in items if item]
    pairs = {column: value for column, value in named if column}
    return pairs if items and len(pairs) == len(items) else None


def _measured(item: re.Match[str]) -> str:
    """Return a value with the unit of money that its head names, where it has none itself."""
    return f"{item['value']}{money_named([item['head']])}" if item["value"][-1:].isdigit() else item["value"]


@lru_cache
def _columns() -> dict[str, str]:
    """Return the heads of single columns in all editions by their folded text, and by what stands before a bracket."""
    heads = [cell.column_label for name in edition_ids() for cell in load_edition(name).cells.values()]
    return {fold(head).partition("(")[0]: head for head in heads} | {fold(head): head for head in heads}


def _drawn(rows: Sequence[_Row]) -> Iterator[Line]:
    """Yield rows with the same columns as the rows of a grid, below their heads."""
    texts = [["", *rows[0].pairs], *([row.label, *row.pairs.values()] for row in rows)]
    boxes = [Box(number, column, 1, 1, text) for number, own in enumerate(texts) for column, text in enumerate(own)]
    grid = Grid(tuple(boxes), rows[0].line.spot)
    for number, (own, row) in enumerate(zip(texts, [rows[0], *rows], strict=True)):
        yield Line(row.line.number, " ".join(filter(None, own)), tuple(own), grid, number, row.line.spot)
