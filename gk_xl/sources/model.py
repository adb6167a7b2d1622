"""What comes out of a published report: a filing, and an account of how every line of the source was read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from gk_xl.form.filing import MONEY_UNITS
from gk_xl.form.load import NARRATIVE
from gk_xl.form.schema import ValueKind
from gk_xl.sources.document import NOWHERE, Spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gk_xl.form.filing import Filing, Unit
    from gk_xl.form.schema import Cell, CellId
    from gk_xl.sources.document import Grid


MOVED: Final = "表格部分放不下"
"""How a note says that a text among tables went to the end of 一."""


class NoteKind(StrEnum):
    """What a note tells: something decided while reading, something normalised, left over, or not found."""

    READ = "read"
    NORMALISED = "normalised"
    UNPLACED = "unplaced"
    MISSING = "missing"

    @property
    def label(self) -> str:
        """The Chinese word a clerk reads."""
        return {"read": "说明", "normalised": "已规范", "unplaced": "未放入", "missing": "缺少"}[self.value]


class Role(StrEnum):
    """What a line of the source was used for; LAYOUT: rulers and bare column borders."""

    TITLE = "title"
    HEADING = "heading"
    LABEL = "label"
    CELL = "cell"
    NARRATIVE = "narrative"
    SIGNATURE = "signature"
    LAYOUT = "layout"
    UNPLACED = "unplaced"


@dataclass(frozen=True, slots=True)
class Note:
    """One remark about the import, for the clerk.

    ``where`` says line and place (“第83行，表二…”), ``found`` quotes the source, ``read`` what was made of it ("" when
    nothing), ``message`` is the whole Chinese sentence; ``lines`` holds the line numbers, 1-based, for programs.
    """

    kind: NoteKind
    where: str
    found: str
    read: str
    message: str
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source: its number (1-based) and text.

    ``cells`` where the format itself has table rows: row ``row`` (0-based) of ``grid``. ``spot`` says where it stood.
    """

    number: int
    text: str
    cells: tuple[str, ...] | None = None
    grid: Grid | None = None
    row: int = 0
    spot: Spot = NOWHERE


@dataclass(frozen=True)
class Imported:
    """A published report as a filing.

    ``placed`` gives for every cell that was found the line of its value; ``roles`` for every line that is not blank
    what it was used for. A line that was not used has the role ``unplaced`` and a note of that kind. ``spots`` tells
    where the lines stood of a source that has no lines of its own, ``doubts`` why a cell's reading is not sure.
    """

    filing: Filing
    notes: tuple[Note, ...]
    placed: Mapping[CellId, int] = field(default_factory=dict)
    roles: Mapping[int, tuple[Role, ...]] = field(default_factory=dict)
    spots: Mapping[int, Spot] = field(default_factory=dict)
    doubts: Mapping[CellId, str] = field(default_factory=dict)

    def notes_of(self, *kinds: NoteKind) -> tuple[Note, ...]:
        """Return the notes of some kinds, in the order of the source."""
        return tuple(note for note in self.notes if note.kind in kinds)


def at_lines(numbers: Iterable[int]) -> str:
    """Return how a message names lines: 第83行, 第13–14行, 第3、9行."""
    lines = sorted(set(numbers))
    if not lines:
        return ""
    if len(lines) > 1 and (len(lines) > 3 or lines[-1] - lines[0] == len(lines) - 1):
        return f"第{lines[0]}–{lines[-1]}行"
    return f"第{'、'.join(map(str, lines))}行"


def note(kind: NoteKind, lines: Iterable[int], place: str, message: str, *, found: str = "", read: str = "") -> Note:
    """Return a note whose ``where`` is made of its lines and its place."""
    numbers = tuple(sorted(set(lines)))
    where = "，".join(part for part in (at_lines(numbers), place) if part)
    return Note(kind, where, found, read, message, numbers)


def leaves_unit_open(cell: Cell) -> bool:
    """Return whether a cell holds money and its printed head does not say in which unit."""
    return cell.kind is ValueKind.AMOUNT and cell.unit not in MONEY_UNITS


def missing_notes(filing: Filing, placed: Mapping[CellId, int]) -> list[Note]:
    """Return what the filing still lacks: blank cells (row by row), narrative, year, unit, signature."""
    edition, notes = filing.form, []
    blank: dict[tuple[str, str], list[CellId]] = defaultdict(list)
    for cell_id, cell in edition.cells.items():
        if filing.value(cell_id) is None:
            blank[cell.table, cell.row].append(cell_id)
    for table in edition.tables:
        rows = {row: cells for (name, row), cells in blank.items() if name == table.id}
        count = sum(map(len, rows.values()))
        if count == len(table.cells):
            message = f"{table.name}的 {count} 个数一个也没有找到；请按原件补填。"
            notes.append(note(NoteKind.MISSING, (), table.name, message))
            continue
        for row, cells in rows.items():
            whole = len(cells) == sum(cell.row == row for cell in table.cells)
            names = "、".join(f"“{edition.cell(cell_id).column_label}”" for cell_id in cells)
            place = f"{table.name}“{table.row_labels[row][-1]}”"
            empty = {placed[cell_id] for cell_id in cells if cell_id in placed}
            why = "原文是空白" if empty else "没有找到"
            which = f"整行 {len(cells)} 个数" if whole and len(cells) > 1 else f"{names}"
            message = f"{place}的{which}{why}；请按原件补填，没有的填 0。"
            notes.append(note(NoteKind.MISSING, empty, place, message))
    for cell in edition.cells.values():
        if leaves_unit_open(cell) and filing.number(cell.id) and cell.id not in filing.units:
            place = edition.describe(cell.id)
            message = f"{place}的 {filing.number(cell.id)} 没有写单位；请确认是元还是万元。"
            notes.append(note(NoteKind.MISSING, {placed[cell.id]} if cell.id in placed else (), place, message))
    for part in NARRATIVE:
        if part != "preamble" and not filing.paragraphs(part):
            heading = edition.section(part).heading
            notes.append(note(NoteKind.MISSING, (), heading, f"没有找到“{heading}”的正文；请按原件补上。"))
    if filing.year is None:
        notes.append(note(NoteKind.MISSING, (), "年度", "没有找到报告的年度；请在封面填写。"))
    if not filing.unit.name:
        notes.append(note(NoteKind.MISSING, (), "单位名称", "没有找到编制单位的名称；请在封面填写。"))
    if not (filing.signed.name and filing.signed.date):
        lacking = "和".join(
            word for word, value in (("单位名称", filing.signed.name), ("成文日期", filing.signed.date)) if not value
        )
        notes.append(note(NoteKind.MISSING, (), "落款", f"文末没有找到落款的{lacking}；请在封面填写。"))
    return notes


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a reader: the file's name for messages, and what prevails over its content."""

    source: str
    year: int | None = None
    unit: Unit | None = None
