"""Blocks of a workbook's sheets → the order of a report: its text in the order of the form, tables of sheets of their own behind it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gk_xl.form.load import edition_in_force
from gk_xl.sources.document import Grid, Paragraph
from gk_xl.sources.identity import is_title, year_of_title
from gk_xl.sources.sections import SURE, heading_score, is_table_label

if TYPE_CHECKING:
    from collections.abc import Sequence

_SECTIONS: Final = "一二三四五六"
_ABOUT: Final = re.compile(r"说明|须知|目录|字典|下拉")
"""What a sheet is called that is about the workbook."""


def of_newest(blocks: Sequence[Paragraph | Grid]) -> tuple[list[Paragraph | Grid], int | None, list[str]]:
    """Return the blocks of one report where sheets hold those of several years, its year, and the other years' sheets.

    A sheet belongs to the title above it; the year is None where there is one report.
    """
    reports: list[tuple[int, dict[str, list[Paragraph | Grid]]]] = [(0, {})]
    for name, own in _by_sheet(blocks).items():
        year = next(filter(None, (year_of_title(block.text) for block in own if isinstance(block, Paragraph))), 0)
        if year and any(map(_is_of_form, own)):
            reports.append((year, {}))
        reports[-1][1][name] = own
    newest = max(year for year, _ in reports)
    others = [name for year, sheets in reports for name in sheets if 0 < year < newest]
    kept = [block for block in blocks if block.spot.sheet not in others]
    return kept, newest if others else None, others


def _by_sheet(blocks: Sequence[Paragraph | Grid]) -> dict[str, list[Paragraph | Grid]]:
    sheets: dict[str, list[Paragraph | Grid]] = {}
    for block in blocks:
        sheets.setdefault(block.spot.sheet, []).append(block)
    return sheets


def in_order(blocks: Sequence[Paragraph | Grid]) -> list[Paragraph | Grid]:
    """Return blocks as a report has them.

    Sheets of text often hold 一, 五, 六, others the tables; what stands before the sheet with the title is no preamble.
    """
    apart = _apart(blocks)
    text = [block for block in blocks if block.spot.sheet not in apart]
    rest = [block for block in blocks if block.spot.sheet in apart]
    chunks: list[tuple[int, list[Paragraph | Grid]]] = [(0, [])]
    for block in text:
        section = _SECTIONS.find(block.text[:1]) + 1 if isinstance(block, Paragraph) and is_heading(block.text) else 0
        if section:
            chunks.append((section, []))
        chunks[-1][1].append(block)
    ordered = [block for _, chunk in sorted(chunks, key=lambda chunk: chunk[0]) for block in chunk]
    return [*ordered, *sorted(rest, key=lambda block: isinstance(block, Paragraph))]


def is_heading(text: str) -> bool:
    """Return whether a line is surely the heading of a section, numbered as the form numbers it."""
    return text[:1] in _SECTIONS and text[1:2] == "、" and heading_score(text, edition_in_force()) >= SURE


def _apart(blocks: Sequence[Paragraph | Grid]) -> set[str]:
    """Return the sheets that hold no text of a report whose title stands on another, behind some of them."""
    sheets = _by_sheet(blocks)
    names = [*sheets]
    lines = {name: [block.text for block in own if isinstance(block, Paragraph)] for name, own in sheets.items()}
    titled = next((number for number, name in enumerate(names) if any(map(is_title, lines[name]))), 0)
    return {
        name
        for number, name in enumerate(names)
        if titled and number != titled and not any(map(is_heading, lines[name]))
        if number < titled or _ABOUT.search(name) or any(map(_is_of_form, sheets[name]))
    }


def _is_of_form(block: Paragraph | Grid) -> bool:
    return isinstance(block, Grid) and any(is_table_label(box.text) for box in block.boxes)
