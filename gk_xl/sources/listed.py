"""Tables told as lists: the label of a row, behind it the heads of its columns, each with its number → rows of a grid.

规章：本年制发件数5件，本年废止件数0件 on one line, a head and its number on each line below the label, or in the cells of each
row of a table: 规章 | 本年制发件数 | 5 | 件. Labels of groups may stand between. What holds anything else is none of it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.form.load import edition_ids, edition_in_force, load_edition
from gk_xl.sources.document import Box, Grid
from gk_xl.sources.labels import bare, fold, money_named, split_ordinal
from gk_xl.sources.model import Line
from gk_xl.sources.sections import is_heading_again, is_table_label, path_of, undecorated
from gk_xl.sources.tokens import is_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.form.schema import GridCell

_PARTED: Final = re.compile(r"[，,、；;。\s]+")
_PAIR: Final = re.compile(
    r"(?P<head>[^\d：:]{2,}?(?:[（(](?:金额)?单位[：:][^）)]*[）)])?)(?:[：:]|(?:[：:为]|(?<=[^：:]))(?P<value>[-+－＋−‑]?\d[\d,]*(?:\.\d+)?(?:件|宗|项|条|个|万元|元)?))"
)
_CLOSE: Final = re.compile(
    r"(?<=[^\d\s，,、；;。])\s+(?=[-+－＋−‑]?\d)|(?<=\d)\s+(?=(?:件|宗|项|条|个|万元|元)(?![\u4e00-\u9fff]))"
)
"""Blanks between a head and its number, and between a number and its unit."""
LONGEST_VALUE: Final = 12
"""Characters of what stands beside the head of a column."""
_FEWEST: Final = 2
"""So many rows one behind the other are a table, at least."""

Pairs = dict[str, str]
"""By its column a value."""


class _Row:
    """A row: the line of its label, its columns with their values, the lines that it takes; without columns, of a group."""

    def __init__(self, line: Line, label: str, pairs: Pairs) -> None:
        self.line, self.label, self.pairs, self.size = line, label, pairs, 1

    @property
    def is_over(self) -> bool:
        """Whether it names a block with heads of its own: 第二十条第（一）项."""
        return not self.pairs and any(item.head for item in _items().get(fold(self.label), ()))


def listed(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a document, those of lists in the sections of tables as rows of grids."""
    found: list[Line] = []
    in_table, at = False, 0
    while at < len(lines):
        text = lines[at].text
        in_table = next((bool(s.table) for s in edition_in_force().sections if is_heading_again(text, s)), in_table)
        rows = list(_rows(lines, at)) if in_table or lines[at].grid is not None else []
        if sum(bool(row.pairs) for row in rows) < _FEWEST:
            found.append(lines[at])
            at += 1
            continue
        for block in _blocks(rows):
            found += _drawn(block)
        at += sum(row.size for row in rows)
    return found


def _rows(lines: Sequence[Line], at: int) -> Iterator[_Row]:
    """Yield the rows that follow one another from a line on."""
    while at < len(lines) and (row := _row(lines, at)) is not None:
        yield row
        at += row.size


def _row(lines: Sequence[Line], at: int) -> _Row | None:
    line = lines[at]
    if line.grid is not None and (row := _of_cells(lines, at)) is not None:
        return row
    text = line.text if line.grid is None else _alone(line)
    label, rest = next(((bare(a), b.strip()) for a, b in _parted(text) if _is_label(a)), ("", ""))
    if not label:
        return None
    if _is_over_labels(label) and _is_row(fold(rest)):
        label, rest = rest, ""  # 信息内容：规章
    row = _Row(line, label, _pairs(rest) or _pairs(bare(rest)) or {})
    if rest:
        return row if row.pairs else None
    while at + row.size < len(lines):
        more, size = _below(lines, at + row.size)
        if not more or not row.pairs.keys().isdisjoint(more):
            break
        row.pairs |= more
        row.size += size
    below = lines[at + row.size].text if at + row.size < len(lines) else ""
    return None if "" in row.pairs.values() and is_value(below) else row  # 本年废止件数： and 5 on the next line


def _below(lines: Sequence[Line], at: int) -> tuple[Pairs, int]:
    """Return the pairs on a line below a label, or in a row of a table, or in two, heads above numbers; how many it takes."""
    line = lines[at]
    if line.grid is None:
        return _pairs(line.text) or {}, 1
    heads = [_column(text) for text in line.cells or ()]
    if len(heads) == 2 and heads[0] and not heads[1]:
        value = bare((line.cells or ("", ""))[1])
        return ({heads[0]: value}, 1) if len(value) <= LONGEST_VALUE else ({}, 1)
    under = lines[at + 1].cells or () if at + 1 < len(lines) and lines[at + 1].grid is line.grid else ()
    known = [head for head in heads if head]
    if len(known) > 1 and len(known) == len({*known}) == len(heads) == len(under) and line.grid.height == 2:
        return dict(zip(known, map(bare, under), strict=True)), 2
    return {}, 1


def _column(text: str) -> str:
    """Return the head of a single column that a text names, with its group or without; "" for none."""
    return _columns().get(fold(path_of(text)[-1]), "")


def _alone(line: Line) -> str:
    """Return the text of a row that holds one alone."""
    filled = [text for text in line.cells or () if bare(text)]
    return filled[0] if len(filled) == 1 else ""


def _is_over_labels(label: str) -> bool:
    """Return whether a label is the head over the labels of rows."""
    items = _items().get(fold(label), ())
    return bool(items) and fold(label) not in _columns() and all(item.head for item in items)


def _parted(text: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to part a line into the label of a row and what is behind it: at a colon, or at a blank."""
    shown = undecorated(text).replace(":", "：").strip()
    for mark in ("：", " ", "\u3000", "\t"):
        label, _, rest = shown.partition(mark)
        yield label, rest


def _is_label(text: str) -> bool:
    return bool(bare(text)) and all(map(is_table_label, path_of(bare(text))))


# ------------------------------------------------------------------------------------------------ pairs in a text


def _pairs(text: str) -> Pairs | None:
    """Return the columns that a text names, each with its value; None where it says anything else, or one twice."""
    parts = filter(None, _PARTED.split(_CLOSE.sub("", text.strip())))
    items = [_PAIR.fullmatch(_in_group(part)) for part in parts]
    named = [(_columns().get(fold(item["head"])), _measured(item)) for item in items if item]
    pairs = {column: value for column, value in named if column}
    return pairs if items and len(pairs) == len(items) else None


def _in_group(part: str) -> str:
    """Return a pair without the head over its column and others: 法人或其他组织：商业企业5."""
    group, _, pair = part.replace(":", "：").partition("：")
    is_group = not _is_row(fold(group)) and any(item.head for item in _items().get(fold(group), ()))
    return pair if pair and is_group and fold(group) not in _columns() else part


def _measured(item: re.Match[str]) -> str:
    """Return a value with the unit of money that its head names, where it has none itself."""
    value = item["value"] or ""
    return f"{value}{money_named([item['head']])}" if value[-1:].isdigit() else value


@lru_cache
def _columns() -> dict[str, str]:
    """Return the heads of single columns in all editions by their folded text, and by what stands before a bracket."""
    heads = [cell.column_label for name in edition_ids() for cell in load_edition(name).cells.values()]
    return {fold(head).partition("(")[0]: head for head in heads} | {fold(head): head for head in heads}


@lru_cache
def _items() -> dict[str, list[GridCell]]:
    """Return the labels of all tables by their folded text."""
    found: dict[str, list[GridCell]] = {}
    for item in (item for name in edition_ids() for table in load_edition(name).tables for item in table.grid):
        if not item.cell:
            found.setdefault(fold(item.text), []).append(item)
    return found


# ------------------------------------------------------------------------------------------------ one number a row


def _of_cells(lines: Sequence[Line], at: int) -> _Row | None:
    """Return the row that begins in a row of a table which holds one number behind the label of its row and its column's."""
    row: _Row | None = None
    for line in lines[at:]:
        told = _told(line.cells or ())
        if line.grid is not lines[at].grid or told is None:
            break
        label, column, value = told
        if row is None:
            row = _Row(line, label, {column: value})
        elif label == row.label and column not in row.pairs:
            row.pairs[column] = value
            row.size += 1
        else:
            break
    return row


def _told(cells: Sequence[str]) -> tuple[str, str, str] | None:
    """Return the label of a row, the head of a column and the number behind them, where cells hold these and a unit at most."""
    for at in range(2, len(cells)):
        column, value = _columns().get(fold(cells[at - 1])), bare(cells[at])
        labels = [text for text in cells[: at - 1] if _is_row(fold(path_of(text)[-1]))]
        rest = [text for text in cells[at + 1 :] if bare(text)]
        if column and labels and (not value or is_value(value)) and not any(map(is_value, rest)):
            return labels[-1], column, f"{value}{money_named(rest)}" if value[-1:].isdigit() else value
    return None


def _is_row(folded: str) -> bool:
    """Return whether a folded text names a row, with its ordinal or without, and no column."""
    return folded not in _columns() and not _named().isdisjoint((folded, split_ordinal(folded)[1]))


@lru_cache
def _named() -> frozenset[str]:
    """Return the labels of rows with their ordinals and without; the heads of a table that has no labels of rows."""
    tables = [
        [item for item in table.grid if not item.cell] for name in edition_ids() for table in load_edition(name).tables
    ]
    rows = ([item for item in items if not item.head] or items for items in tables)
    names = {fold(item.text) for own in rows for item in own}
    return frozenset(names | {split_ordinal(name)[1] for name in names})


# ------------------------------------------------------------------------------------------------ the grids


def _blocks(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Yield rows with the same columns, with the labels of the groups over them; what is over heads begins a block."""
    block: list[_Row] = []
    for row in rows:
        own = next((list(one.pairs) for one in block if one.pairs), None)
        if own is not None and (row.is_over or (row.pairs and [*row.pairs] != own)):
            groups = block[_last(block) + 1 :]
            yield block[: _last(block) + 1]
            block = groups
        block.append(row)
    yield block


def _last(block: Sequence[_Row]) -> int:
    return max((number for number, row in enumerate(block) if row.pairs), default=-1)


def _drawn(rows: Sequence[_Row]) -> Iterator[Line]:
    """Yield rows with the same columns as the rows of a grid, below their heads."""
    heads = next((["", *row.pairs] for row in rows if row.pairs), [""])
    over = next((number for number, row in enumerate(rows) if not row.is_over), len(rows))
    texts = [(row, [row.label, *row.pairs.values()]) for row in rows]
    texts.insert(over, (rows[min(over, len(rows) - 1)], heads))
    wide = len(heads)
    boxes = [
        Box(number, column, 1, 1 if len(own) > 1 else wide, text)
        for number, (_, own) in enumerate(texts)
        for column, text in enumerate(own)
    ]
    grid = Grid(tuple(boxes), rows[0].line.spot)
    for number, (row, own) in enumerate(texts):
        cells = (*own, *[""] * (wide - len(own)))
        yield Line(row.line.number, " ".join(filter(None, own)), cells, grid, number, row.line.spot)
