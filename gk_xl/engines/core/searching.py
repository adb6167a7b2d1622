"""Finding cells by what they hold, the same for every engine."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Protocol

from gk_xl.engines.core.values import CellError, Matrix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Spot = tuple[int, int]


class Block(Protocol):
    """A block of cells that can be read."""

    def read(self) -> Matrix:
        """Return the values."""

    def read_formulas(self) -> list[list[str]]:
        """Return the formulas; a constant as its text."""

    def read_texts(self) -> list[list[str]]:
        """Return what the cells show."""


def pattern_of(text: str, *, whole: bool, match_case: bool) -> re.Pattern[str]:
    """Return what Excel's search means: ``*`` and ``?`` stand for others, ``~`` takes that from them."""
    found = re.sub(
        r"~([*?~])|([*?])|([^*?])",
        lambda part: re.escape(part[1] or part[3] or "") or {"*": ".*?", "?": "."}[part[2]],
        text,
    )
    return re.compile(rf"\A{found}\Z" if whole else found, re.DOTALL | (0 if match_case else re.IGNORECASE))


def find(block: Block, pattern: re.Pattern[str], *, backward: bool, by_columns: bool) -> Spot | None:
    """Return row and column from 0 of the first cell, in the order asked for, that shows a text; None without one."""
    texts = block.read_texts()
    spots = [(r, c) for r, row in enumerate(texts) for c, text in enumerate(row) if text and pattern.search(text)]
    spots.sort(key=(lambda spot: spot[::-1]) if by_columns else None)
    return (spots[-1] if backward else spots[0]) if spots else None


def entered(text: str) -> Any:
    """Return what a cell holds after a text was typed into it: a number, TRUE or FALSE, a formula, a text, a blank."""
    if text.startswith("=") or not text:
        return text or None
    if text.upper() in ("TRUE", "FALSE"):
        return text.upper() == "TRUE"
    return float(text) if re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", text) else f"'{text}"


def contents(block: Block) -> Matrix:
    """Return what cells were filled with, as it can be written back: formulas, numbers, and texts that stay texts."""
    return [
        [
            formula
            if formula.startswith("=") and formula != value
            else f"'{value}"
            if isinstance(value, str)
            else value
            for value, formula in zip(*pair, strict=True)
        ]
        for pair in zip(block.read(), block.read_formulas(), strict=True)
    ]


_KINDS: dict[str, Callable[[Any], bool]] = {
    "numbers": lambda value: isinstance(value, float | int | dt.datetime) and not isinstance(value, bool),
    "text": lambda value: isinstance(value, str) and not isinstance(value, CellError),
    "logical": lambda value: isinstance(value, bool),
    "errors": lambda value: isinstance(value, CellError),
}


def special(block: Block, cell_type: str, value_type: str | None) -> list[Spot]:
    """Return the cells of a block, from 0, that are blank, or hold a constant or a formula with a value of a kind."""
    found = []
    for r, (values, formulas) in enumerate(zip(block.read(), block.read_formulas(), strict=True)):
        for c, (value, formula) in enumerate(zip(values, formulas, strict=True)):
            calculated = formula.startswith("=") and formula != value
            kind = "formulas" if calculated else "blanks" if value is None else "constants"
            if kind == cell_type and (value_type is None or _KINDS[value_type](value)):
                found.append((r, c))
    return found


def rectangles(spots: Iterable[Spot]) -> list[tuple[int, int, int, int]]:
    """Return row, column, rows and columns of the blocks that cells make up: runs in a row, alike runs below joined."""
    runs: list[tuple[int, int, int]] = []
    for row, column in sorted(spots):
        if runs and runs[-1][0] == row and runs[-1][2] == column - 1:
            runs[-1] = (row, runs[-1][1], column)
        else:
            runs.append((row, column, column))
    blocks: dict[tuple[int, int], list[list[int]]] = {}
    for row, first, last in runs:
        stack = blocks.setdefault((first, last), [])
        if stack and sum(stack[-1]) == row:
            stack[-1][1] += 1
        else:
            stack.append([row, 1])
    made = [(row, first, rows, last - first + 1) for (first, last), stack in blocks.items() for row, rows in stack]
    return sorted(made)


def runs(first: int, count: int, hidden: Iterable[int]) -> list[tuple[int, int]]:
    """Return the runs of lines between hidden ones: the first of each, and how many."""
    found, start = [], first
    for line in sorted({*(number for number in hidden if first <= number < first + count), first + count}):
        if line > start:
            found.append((start, line - start))
        start = line + 1
    return found


def without_doubles(rows: Matrix, keys: Sequence[int]) -> list[int]:
    """Return the numbers, from 0, of the rows that are the first with their values in some columns, counted from 1."""
    seen, kept = set(), []
    for number, row in enumerate(rows):
        key = tuple(_alike(row[column - 1]) for column in keys)
        if key not in seen:
            seen.add(key)
            kept.append(number)
    return kept


def _alike(value: Any) -> tuple[str, Any]:
    """Return what two values have in common when Excel takes them for the same: texts whatever their case."""
    return type(value).__name__, value.casefold() if isinstance(value, str) else value
