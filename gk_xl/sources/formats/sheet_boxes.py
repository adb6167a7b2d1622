"""The text boxes of a workbook's sheets: what they say, and in which row each begins.

Element names are those of ECMA-376 part 1, chapters 20 and 21.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.sources.formats.sheet_looks import Looks

_PLACED: Final = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_DRAWN: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OFF: Final = ("0", "false")


def boxes_of(looks: Looks, title: str) -> list[tuple[int, list[str]]]:
    """Return the text boxes of a sheet that are seen, from top to bottom: the row in which each begins, from 0, its lines."""
    return sorted(_boxes(looks, title), key=lambda box: box[0])


def _boxes(looks: Looks, title: str) -> Iterator[tuple[int, list[str]]]:
    for member in looks.raw.drawings(title):
        root = looks.root(member)
        for anchor in () if root is None else root:
            row = anchor.findtext(f"{_PLACED}from/{_PLACED}row")
            for shape in anchor.iter(f"{_PLACED}sp"):
                named = shape.find(f"{_PLACED}nvSpPr/{_PLACED}cNvPr")
                hidden = named is not None and named.get("hidden", "0") not in _OFF
                said = shape.iterfind(f"{_PLACED}txBody/{_DRAWN}p")
                lines = ["".join(text.text or "" for text in one.iter(f"{_DRAWN}t")).strip() for one in said]
                if any(lines) and not hidden:
                    yield int(row) if row and row.isdigit() else 0, [line for line in lines if line]
