"""How wide a table's columns and how high its lines are in its sheet, so that its labels are read in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gk_xl.form.schema import GridCell, Table

STUB_WIDTHS = (4, 13, 37)  # characters of the three label columns of a table of narrow lines
NUMBER_WIDTH = 6.5
SUM_WIDTH, DIFFERENCE_WIDTH = 6.3, 7.5  # of what is computed beside it, and of last year's
LINE = 13.5  # points of one line of a label in size 10
LETTER, PLAIN_LETTER = 13.5, 44 / 3  # pixels of one letter of such a label, and of one in size 11
EDGES = 6  # pixels that a cell keeps free at the sides of its text
NUMBERS = 450  # pixels of a screen that are there for the columns of numbers of a table set close


def column_widths(table: Table, stubs: int) -> dict[int, float]:
    """Return the widths of a table's columns in characters, its first being 1; ``stubs`` of them are labels."""
    if stubs > 1:
        return {**dict(enumerate(STUB_WIDTHS[-stubs:], start=1)), **_close_widths(table, stubs)}
    total, scale = sum(table.widths_mm), 88 if stubs else 104
    return {at: round(scale * mm / total + 0.8, 2) for at, mm in enumerate(table.widths_mm, start=1)}


def line_height(table: Table, widths: Mapping[int, float], stubs: int, line: int) -> float:
    """Return a line's height in points: enough for its longest label in its columns."""
    labels = list(_labels(table, line))
    if stubs > 1:  # set close: no more than that
        lines = max((_lines(item, widths, LETTER) for item in labels), default=1)
        return 16.5 if lines == 1 else LINE * lines + 2
    if stubs:
        lines = max((_printed_lines(item, table) for item in labels), default=1)
        return max(27.0, 8 + 15.0 * lines)
    if line >= table.head_lines:
        return 34.0
    return max(40.0, 8 + 15.0 * max((_lines(item, widths, PLAIN_LETTER) for item in labels), default=1))


def _close_widths(table: Table, stubs: int) -> dict[int, float]:
    """Return the widths of columns of numbers: a long head takes two lines, more where the screen is too narrow for that."""
    columns = range(stubs + 1, table.width + 1)
    heads = {item.column + 1: len(item.text) for item in table.grid if item.head and item.columns == 1}
    for lines in range(2, max((3, *heads.values()))):
        letters = {column: -(-heads.get(column, 0) // lines) for column in columns}
        widths = {at: max(NUMBER_WIDTH, round((LETTER * letters[at] + EDGES - 5) / 7 + 0.05, 1)) for at in columns}
        if sum(map(_pixels, widths.values())) <= NUMBERS:
            return widths
    return dict.fromkeys(columns, NUMBER_WIDTH)


def _labels(table: Table, line: int) -> Iterator[GridCell]:
    """Yield the labels that stand in one line alone."""
    return (item for item in table.grid if item.line == line and item.lines == 1 and item.text)


def _lines(item: GridCell, widths: Mapping[int, float], letter: float) -> int:
    """Return how many lines a label takes whose letters are so many pixels wide."""
    across = sum(_pixels(widths[item.column + 1 + more]) for more in range(item.columns))
    return -(-len(item.text) // max(1, int((across - EDGES) / letter)))


def _printed_lines(item: GridCell, table: Table) -> int:
    """Return how many lines a label takes in its printed width, at four millimetres a letter."""
    across = sum(table.widths_mm[item.column : item.column + item.columns])
    return -(-len(item.text) // max(1, int(across / 4.0)))


def _pixels(width: float) -> float:
    """Return how many pixels a column takes that is so many characters wide."""
    return width * 7 + 5
