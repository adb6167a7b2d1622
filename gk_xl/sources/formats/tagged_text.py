"""Tables that a text holds as HTML, as converters write them into Markdown → rows of cells between bars, a line each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gk_xl.sources.document import Grid
from gk_xl.sources.formats.sheet_order import is_heading

if TYPE_CHECKING:
    from collections.abc import Iterator

_TABLE: Final = re.compile(r"<table\b[^>]*>.*?</table\s*>", re.IGNORECASE | re.DOTALL)
REMARK: Final = "文件里的表格是网页代码，已拆成一行一行读；下面说的行号是拆行以后的。"


def untagged(text: str) -> str | None:
    """Return a text with its HTML tables as rows; None where it has none."""
    made, count = _TABLE.subn(lambda table: "\n".join(["", *_rows(table[0]), ""]), text)
    return made if count else None


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
