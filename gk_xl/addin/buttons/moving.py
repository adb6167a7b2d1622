"""Paragraphs that stand in the wrong part of the text are moved, on the clerk's word."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gk_xl.addin.buttons.judging import asker
from gk_xl.addin.edit import Edit
from gk_xl.form.misplaced import misplaced
from gk_xl.workbook.layout import CAPACITY
from gk_xl.workbook.sheets.narrative import fitted, row_height

if TYPE_CHECKING:
    from gk_xl.addin.buttons.judging import Ask
    from gk_xl.workbook.grid import Reading


def move_text(book: Any, reading: Reading, ask: Ask | None = None) -> str:
    """Ask whether what stands in the wrong block is to be moved, and say that it was; empty when nothing was moved."""
    found = misplaced(replace(reading.filing, narrative=reading.typed))
    if found is None or not asker(book, ask)(f"{found.said}。要移到该在的地方去吗？"):
        return ""
    with Edit(book, "移动段落") as edit:
        for part, paragraphs in found.parts.items():
            _put(edit, reading, part, paragraphs)
    return "已按原来的次序把段落移到它的位置，字句没有改。"


def _put(edit: Edit, reading: Reading, part: str, paragraphs: tuple[str, ...]) -> None:
    """Write a part of the text from its first row on."""
    first, rows = reading.places[f"narrative.{part}.1"], CAPACITY[part]
    texts = [*fitted(paragraphs, rows), *[None] * rows][:rows]
    edit.block(first.sheet, first.row, first.column, [[text] for text in texts])
    sheet = edit.sheet(first.sheet)
    for number, text in enumerate(texts):
        sheet.range((first.row + number, first.column)).row_height = row_height(text or "")
