"""One token into one cell: the number, the unit that was typed with it, and a remark of what was normalised."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gk_xl.checks.entries import LETTER_READ, read_entry
from gk_xl.form.doubt import Doubt
from gk_xl.form.filing import enter
from gk_xl.form.patterns import regex
from gk_xl.form.schema import ValueKind
from gk_xl.sources.labels import SPACES
from gk_xl.sources.marks import circled, is_struck, unmarked
from gk_xl.sources.model import NoteKind, Role, leaves_unit_open, note
from gk_xl.sources.tokens import Sort

if TYPE_CHECKING:
    from gk_xl.checks.entries import Reading
    from gk_xl.form.filing import Filing
    from gk_xl.form.schema import Cell, CellId, Edition
    from gk_xl.sources.readings import TableReading
    from gk_xl.sources.tokens import Token

_MISREAD: Final = regex(r"[\dlI|OoSBZ]{2,7}")
_AS_DIGITS: Final = str.maketrans("lI|OoSBZ", "11100582")
"""Letters that recognition of a picture takes digits for."""
_PARTED: Final = regex(r"[-+－＋]?\d{1,3}(?: \d{3})+(?:[.．]\d+)?")
"""A number whose thousands blanks part, which two numbers might be as well."""


def entered(filing: Filing) -> Filing:
    """Return an imported filing as it goes on: clean, what is no number in doubt, whichever kind of file it came from."""
    filing = enter(filing)
    return replace(filing, doubts={**filing.doubts, **_kept_as_typed(filing)})


def _kept_as_typed(filing: Filing) -> dict[CellId, Doubt]:
    """Return the cells that hold what was typed, because it is no number for certain: the clerk decides."""
    kept = {}
    for cell_id, value in filing.cells.items():
        if not isinstance(value, str):
            continue
        cell = filing.form.cell(cell_id)
        reading = read_entry(value, cell.kind, cell.unit)
        why = "不能读作数字" if reading is None else "可能表示没有（0）"
        if reading is not None and reading.sure:
            why = f"是文字，像是 {reading.number}"
        kept[cell_id] = Doubt(value, f"原文填的是“{value}”，{why}，照原样放入；请填上数字。")
    return kept


def _under_unit(result: TableReading, cell: Cell, unit: str, reading: Reading) -> Reading:
    """Return an amount of money as the unit means it that its head names; doubtful where the two say different things."""
    if reading.unit:
        if reading.unit != unit:
            result.doubt(cell.id, f"表头的单位是{unit}，格里写的是{reading.unit}。")
        return reading
    measured = read_entry(f"{reading.number}{unit}", cell.kind, cell.unit)
    if measured is None:
        result.doubt(cell.id, f"表头的单位写作“{unit}”，分不清这个数是哪一个单位的。")
        return reading
    note = measured.note if measured.number != reading.number else f"单位“{measured.unit}”取自表头"
    return replace(measured, note="、".join(filter(None, (reading.note, note))))


def _without_marks(result: TableReading, cell: Cell, text: str) -> Reading | None:
    """Return what a text says without the marks beside its number; a circled figure alone is asked about."""
    if (number := circled(text)) is not None:
        result.doubt(cell.id, f"原文是带圈的“{text}”，读作 {number}，也可能是注的标记。")
        return read_entry(f"{number}", cell.kind, cell.unit)
    if _MISREAD.fullmatch(text) and any(map(str.isdigit, text)):
        result.doubt(cell.id, f"原文的“{text}”里有字母，可能是识别错的数字，按 {text.translate(_AS_DIGITS)} 读。")
        return read_entry(text.translate(_AS_DIGITS), cell.kind, cell.unit)
    left, marks = unmarked(text)
    reading = read_entry(left, cell.kind, cell.unit) if marks else None
    if reading is None or not reading.sure:
        return None
    if is_struck(marks):
        result.doubt(cell.id, f"原文是“{text}”，划去的“{marks}”没有读。")
    return replace(reading, note="、".join(filter(None, (reading.note, f"“{marks}”是标记，未计"))))


def place_value(result: TableReading, edition: Edition, cell_id: CellId, token: Token) -> None:
    """Put what a token says into ``result``; a token of an empty cell leaves the cell blank.

    A mark for nothing (“/”, “无”) and what is no number stay as typed, which :func:`entered` tells.
    """
    cell = edition.cell(cell_id)
    result.placed[cell_id] = token.lines[0]
    if token.sort is Sort.EMPTY:
        result.cells[cell_id] = None
        return
    result.mark(token.lines, Role.CELL)
    text = SPACES.sub(" ", token.text).strip()
    if text != token.text:
        result.spaced.append(token)
    reading, place = read_entry(text, cell.kind, cell.unit), f"{result.table.name}{cell.label}"
    if reading is None and _PARTED.fullmatch(text):
        reading = read_entry(text.replace(" ", ""), cell.kind, cell.unit)
        result.doubt(cell_id, f"原文的“{text}”中间有空格，按千位分隔连起来读。")
    if reading is None:
        reading = _without_marks(result, cell, text)
    if reading is None or not reading.sure:
        result.cells[cell_id] = text
        return
    if cell.kind is ValueKind.AMOUNT and token.unit and (token.unit != cell.unit or leaves_unit_open(cell)):
        reading = _under_unit(result, cell, token.unit, reading)
    result.cells[cell_id] = reading.number
    if LETTER_READ in reading.note and any(map(str.isdigit, text)):
        result.doubt(cell_id, f"原文的“{text}”里有字母 O，按 0 读，也可能是注的标记。")
    if len(text) > 1 and text.isdigit() and text[0] in "0０":
        result.doubt(cell_id, f"原文写的是“{text}”，按 {reading.number} 读，也可能是 0 和注的标记。")
    shown = f"{reading.number}"
    if leaves_unit_open(cell) and reading.unit:
        result.units[cell_id], shown = reading.unit, f"{reading.number} {reading.unit}"
    if reading.note:
        message = f"{place}填的是“{text}”，读作 {shown}（{reading.note}）。"
        result.notes.append(note(NoteKind.NORMALISED, token.lines, place, message, found=text, read=shown))
