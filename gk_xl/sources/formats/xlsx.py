"""A workbook that is not ours → a document: its sheets one after the other, text in single cells as paragraphs."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from gk_xl.errors import SourceError, WorkbookError
from gk_xl.sources.beside import row_labels
from gk_xl.sources.document import BOXED, Box, Document, Grid, Paragraph, Spot
from gk_xl.sources.formats.sheet_boxes import boxes_of
from gk_xl.sources.formats.sheet_looks import Looks
from gk_xl.sources.formats.sheet_order import in_order, is_heading, of_newest
from gk_xl.sources.formats.sheet_strips import strips_of
from gk_xl.sources.labels import fold
from gk_xl.sources.sections import is_label_part, table_labels
from gk_xl.sources.side_by_side import apart
from gk_xl.workbook.files import package_in
from gk_xl.workbook.kinds import WORKBOOK
from gk_xl.workbook.raw import RawWorkbook
from gk_xl.workbook.read import DAMAGED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Floating = tuple[int, list[str]]

_MERGED: Final = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
_MOST_SHEETS: Final = 30
_LAST: Final = 1_048_577
"""A row below all others."""
_FIELDS: Final = frozenset(
    [
        "标题",
        "题目",
        "引言",
        "前言",
        "导语",
        "正文",
        "署名",
        "落款",
        "单位",
        "填报单位",
        "发文单位",
        "日期",
        "成文日期",
        "落款日期",
    ]
)
"""What a text is, in the cell before it."""


def read(data: bytes, name: str) -> Document:
    """Return what a workbook holds."""
    try:
        raw = RawWorkbook(package_in(data, name))
        blocks: list[Paragraph | Grid] = []
        looks, boxed = Looks(raw), 0
        for title in looks.sheets()[:_MOST_SHEETS]:
            floating = boxes_of(looks, title)
            boxed += len(floating)
            blocks += _parted(looks, title, floating)
    except WorkbookError as error:
        raise SourceError(str(error)) from None
    except DAMAGED:
        raise SourceError(f"{name} 的内部结构不完整，读不下去；请用 Excel 打开后另存一份再导入。") from None
    own, year, others = of_newest(blocks)
    told = f"工作簿里不止一年的报告，读的是 {year} 年的；{'、'.join(others)}没有读，要导入请另存为单独的文件。"
    remarks = [*([] if year is None else [told]), *([BOXED.format(boxed)] if boxed else [])]
    return Document(tuple(in_order(own)), WORKBOOK.label, remarks=tuple(remarks))


def _parted(looks: Looks, title: str, floating: list[Floating]) -> Iterator[Paragraph | Grid]:
    """Yield what a sheet holds; columns of text beside its tables behind what stands above them."""
    boxes = [*_boxes(looks, title)]
    strips = strips_of(boxes)
    apart = {box for own in strips for box in own}
    rest = [replace(box, text="") if box in apart else box for box in boxes]
    begin = min((box.row for box in boxes if box in apart or (strips and _is_of_report(box.text))), default=0)
    yield from _sheet([box for box in rest if box.row < begin], floating if strips else [], title)
    for box in (box for own in strips for box in own):
        lines = filter(None, map(str.strip, box.text.split("\n")))
        yield from (Paragraph(line, Spot(row=box.row + 1, sheet=title)) for line in lines)
    yield from _sheet([box for box in rest if box.row >= begin], floating, title)


def _is_of_report(text: str) -> bool:
    return is_heading(text) or fold(text) in table_labels()


def _sheet(boxes: Sequence[Box], floating: list[Floating], title: str) -> Iterator[Paragraph | Grid]:
    """Yield what the cells of a sheet hold: a row with one text that is no label is a paragraph, rows of cells are a grid.

    ``floating`` are its text boxes: each is read behind the row in which it begins, in front of or behind a table.
    """
    by_row: dict[int, list[Box]] = {}
    for box in boxes:
        by_row.setdefault(box.row, []).append(box)
    pending: list[Box] = []
    end, gap = 0, False
    for row in sorted(by_row):
        own = [box for box in by_row[row] if box.text]
        if not own and row >= end:
            gap = True
            continue
        lines = _lines(own) if row >= end else []
        if lines or (gap and own and _begins_table(own)):
            yield from _flushed(pending, title)
            pending = []
        if not pending:
            yield from _before(row, floating, title)
        gap = False
        yield from (Paragraph(line.strip(), Spot(row=row + 1, sheet=title)) for line in lines if line.strip())
        if not lines:
            pending += by_row[row]
            end = max(end, *(box.row + box.rows for box in by_row[row]))
    yield from _flushed(pending, title)
    yield from _before(_LAST, floating, title)


def _lines(own: Sequence[Box]) -> list[str]:
    """Return the paragraphs that a row is: one text that is no label, or one with what it is beside it; [] for none."""
    if len(own) == 1 and fold(own[0].text) not in table_labels() and not _is_entry(own[0].text):
        return own[0].text.split("\n")
    if _is_labelled_text(own):
        return [*([] if own[0].text in _FIELDS else [own[0].text]), *own[1].text.split("\n")]
    return []


def _before(row: int, floating: list[Floating], title: str) -> Iterator[Paragraph]:
    """Yield the text boxes that begin above a row, and take them away."""
    while floating and floating[0][0] < row:
        begin, lines = floating.pop(0)
        yield from (Paragraph(line, Spot(row=begin + 1, sheet=title)) for line in lines)


def _is_labelled_text(own: Sequence[Box]) -> bool:
    """Return whether a row is a text with what it is beside it, as 标题 or 一、总体情况."""
    if len(own) != 2 or fold(own[0].text) in table_labels():
        return False
    return own[0].text in _FIELDS or (is_heading(own[0].text) and "。" in own[1].text)


def _begins_table(boxes: Sequence[Box]) -> bool:
    """Return whether a row below a blank one holds the heads of a table: labels of the form, none of them beside numbers."""
    return all(
        is_label_part(box.text) and not box.text.isdigit() and fold(box.text) not in row_labels() for box in boxes
    )


def _is_entry(text: str) -> bool:
    """Return whether a text alone in its row is a number, with a unit perhaps, and no heading as 1. 总体情况 is."""
    words = sum("\u4e00" <= character <= "\u9fff" for character in text)
    return any(character.isdigit() for character in text) and len(text) <= 8 and words < 4


def _flushed(boxes: Sequence[Box], title: str) -> Iterator[Paragraph | Grid]:
    """Yield rows of cells as a grid, or as the tables that stand beside each other there, each below its heading."""
    if not boxes:
        return
    top, left = min(box.row for box in boxes), min(box.column for box in boxes)
    moved = tuple(Box(b.row - top, b.column - left, b.rows, b.columns, b.text) for b in boxes)
    for grid in apart(Grid(moved, Spot(row=top + 1, sheet=title))):
        first = [box.text for box in grid.row(0) if box.text]
        headed = len(first) == 1 and is_heading(first[0])
        if headed:
            yield Paragraph(first[0], Spot(row=grid.spot.row, sheet=title))
        yield grid.part(1, grid.height) if headed else grid


def _boxes(looks: Looks, title: str) -> Iterator[Box]:
    """Yield the cells of a sheet's used part that are seen, merged ones with their spans, blank ones among them."""
    from gk_xl.engines.core.addresses import parse_address

    values, seen = looks.raw.values(title), looks.texts(title)
    rows_gone, columns_gone = looks.hidden(title)
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for merge in looks.raw.sheet(title).merges:
        match = _MERGED.fullmatch(merge or "")
        if match is None:
            continue
        (top, left), (bottom, right) = parse_address(match[1] + match[2]), parse_address(match[3] + match[4])
        bottom, right = min(bottom, len(values)), min(right, len(values[0]) if values else 0)
        spans[top - 1, left - 1] = (max(1, bottom - top + 1), max(1, right - left + 1))
        covered |= {(r - 1, c - 1) for r in range(top, bottom + 1) for c in range(left, right + 1)} - {
            (top - 1, left - 1)
        }
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            if (row, column) in covered:
                continue
            rows, columns = spans.get((row, column), (1, 1))
            gone = rows_gone.issuperset(range(row + 1, row + rows + 1))
            if not gone and not columns_gone.issuperset(range(column + 1, column + columns + 1)):
                text = seen.get((row + 1, column + 1))
                yield Box(row, column, rows, columns, _shown(value) if text is None else text.strip())


def _shown(value: Any) -> str:
    """Return a value as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value).strip()
