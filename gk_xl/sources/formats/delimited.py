"""Text whose cells are parted by commas, as spreadsheets save it → the same with tabs between the cells."""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import Final

FEWEST, NARROWEST = 8, 3
"""So many lines with the same number of cells, and so many cells, show that commas part cells."""
_NUMBERS: Final = re.compile(r"\d\s+\d")
"""Numbers with blanks between: the commas are those of thousands."""


def parted(text: str) -> list[str] | None:
    """Return the lines of a text with tabs in place of the commas that part its cells; None where they part none.

    A line with one cell is that text alone; a cell of several lines is one line, and leaves blank ones behind.
    """
    if text.count(",") < FEWEST * (NARROWEST - 1) or "\t" in text:
        return None
    try:
        reader = csv.reader(text.split("\n"))
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error:
        return None
    sizes = Counter(len(row) for _, row in rows if len(row) >= NARROWEST)
    if not sizes or max(sizes.values()) < FEWEST:
        return None
    usual = {size for size, count in sizes.items() if count >= FEWEST}
    if any(_NUMBERS.search(cell) for _, row in rows if len(row) in usual for cell in row):
        return None
    lines = [""] * text.count("\n") + [""]
    for number, row in rows:
        cells = [" ".join(cell.split()) for cell in row]
        alone = sum(map(bool, cells)) == 1 and bool(cells[0])
        lines[number - 1] = cells[0] if alone else "\t".join(cells)
    return lines
