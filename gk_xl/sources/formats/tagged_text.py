"""Tables that a text holds as HTML, as converters write them into Markdown → rows of cells between bars, each at its own line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gk_xl.sources.document import Grid
from gk_xl.sources.formats.sheet_order import is_heading

if TYPE_CHECKING:
    from collections.abc import Iterator

_TABLE: Final = re.compile(r"<table\b[^>]*>.*?</table\s*>", re.IGNORECASE | re.DOTALL)


def rows_of_tables(text: str) -> list[tuple[int, str]] | None:
    """Return the lines of a text with their numbers, its HTML tables as rows; None where it has none."""
    found = list(_TABLE.finditer(text))
    if not found:
        return None
    lines: list[tuple[int, str]] = []
    at = 0
    for table in found:
        lines += _numbered(text, at, table.start())
        number = text.count("\n", 0, table.start()) + 1
        lines += [(number, row) for row in _rows(table[0])]
        at = table.end()
    return [*lines, *_numbered(text, at, len(text))]


def _numbered(text: str, begin: int, end: int) -> Iterator[tuple[int, str]]:
    yield from enumerate(text[begin:end].split("\n"), text.count("\n", 0, begin) + 1)


def _rows(table: str) -> Iterator[str]:
    from gk_xl.sources.formats.html import parsed
    from gk_xl.sources.formats.html_blocks import Flow

    for grid, _ in Flow(parsed(table, "")).blocks():
        if not isinstance(grid, Grid):
            yield grid.text
            continue
        framed = any(box.columns == grid.width and is_heading(box.text) for box in grid.boxes)  # the report in a table
        for row in range(grid.height):
            own = [(box, box.column) for box in grid.row(row) if box.row == row]
            texts = {column: " ".join(box.text.split("\n")).replace("|", "｜") for box, column in own}
            whole = framed and len(own) == 1 and own[0][0].columns == grid.width
            yield texts[0] if whole else f"| {' | '.join(texts.get(at, '') for at in range(grid.width))} |"
