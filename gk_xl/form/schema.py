"""The statutory form as immutable data: editions, tables, printed lines, cells, references.

Identifiers are those of the project's contract: a cell is ``table.row.column``, for example
``t3.refused.state_secret.commercial`` (表三, 不予公开·属于国家秘密, 商业企业).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from gk_xl.errors import UnknownCell
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CellId = str
Value = int | float | str | None
"""What a cell holds: a number, None (blank), or the text as typed when it is not a number."""

PREAMBLE = "前言"
"""How what stands above the first heading is called."""


class ValueKind(StrEnum):
    """What a cell may hold: a count (integer, 0 or more), a signed integer, or an amount of money (0 or more)."""

    COUNT = "count"
    SIGNED = "signed"
    AMOUNT = "amount"


class Reference(NamedTuple):
    """A provision that a table, row or rule rests on; ``str()`` is how it is cited to a clerk."""

    id: str
    title: str
    number: str
    article: str = ""
    issued: str = ""

    def __str__(self) -> str:
        number = f"（{self.number}）" if self.number else ""
        return f"《{self.title}》{number}{self.article}"


class Cell(NamedTuple):
    """One number of the form. ``path`` holds the printed labels of its row, outermost first.

    ``over_year`` says how the quarters make the year: their ``sum``, the ``first`` one's number, or the ``last`` one's.
    """

    id: CellId
    table: str
    row: str
    column: str
    kind: ValueKind
    unit: str
    total: bool
    path: tuple[str, ...]
    column_label: str
    reference: str
    over_year: str = "sum"

    @property
    def row_label(self) -> str:
        """The row's own printed label."""
        return self.path[-1]

    @property
    def label(self) -> str:
        """Row and column as printed, for messages: ``“1.属于国家秘密”行“商业企业”列``."""
        return f"“{self.row_label}”“{self.column_label}”"


class GridCell(NamedTuple):
    """One printed cell: a label or a number to fill in, with its place and span in the grid (0-based)."""

    line: int
    column: int
    lines: int
    columns: int
    text: str = ""
    cell: CellId | None = None
    head: bool = False


@dataclass(frozen=True)
class Table:
    """One statutory table: its printed grid and its cells in printed order."""

    id: str
    name: str
    unit: str
    widths_mm: tuple[float, ...]
    grid: tuple[GridCell, ...]
    cells: tuple[Cell, ...]
    head_lines: int
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    row_labels: Mapping[str, tuple[str, ...]]
    column_labels: Mapping[str, str]

    @cached_property
    def total_columns(self) -> frozenset[str]:
        """The columns that add up the others of their row: every cell in them is a total."""
        return frozenset(
            column for column in self.columns if all(cell.total for cell in self.cells if cell.column == column)
        )

    @cached_property
    def lines(self) -> int:
        """How many printed lines the table has, head included."""
        return max(item.line + item.lines for item in self.grid)

    @property
    def width(self) -> int:
        """How many grid columns the table has."""
        return len(self.widths_mm)


class Section(NamedTuple):
    """One of the six sections, or an annex: a heading with either a table or narrative under it."""

    id: str
    heading: str
    tab: str
    reference: str
    narrative: str = ""
    table: str = ""
    variants: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    in_order: bool = False
    title: str = ""


@dataclass(frozen=True)
class Edition:
    """One edition of the form, valid for the report years ``first_year`` to ``last_year`` (None: in force).

    ``annexes`` are tables that a county adds (:mod:`gk_xl.form.profile`); statutory editions have none.
    """

    id: str
    first_year: int
    last_year: int | None
    title_pattern: str
    notice: Reference
    references: Mapping[str, Reference]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    annexes: tuple[Section, ...] = ()

    @property
    def statutory(self) -> str:
        """The identifier of the statutory edition, without the mark of a county's profile."""
        return self.id.partition("+")[0]

    @property
    def printed(self) -> tuple[Section, ...]:
        """What is printed in order: the six sections, then the annexes that a county adds."""
        return (*self.sections, *self.annexes)

    @cached_property
    def cells(self) -> Mapping[CellId, Cell]:
        """Every cell of the form by identifier, in printed order."""
        return {cell.id: cell for table in self.tables for cell in table.cells}

    def cell(self, cell_id: CellId) -> Cell:
        """Return the cell with this identifier; UnknownCell when the edition has none."""
        try:
            return self.cells[cell_id]
        except KeyError:
            raise UnknownCell(f"{self.statutory} 年版表格没有单元格 {cell_id}") from None

    def table(self, table_id: str) -> Table:
        """Return the table with this identifier."""
        for table in self.tables:
            if table.id == table_id:
                return table
        raise UnknownCell(f"{self.statutory} 年版没有表 {table_id}")

    def section(self, section_id: str) -> Section:
        """Return the section with this identifier (a table's or a narrative's)."""
        for section in self.printed:
            if section_id in (section.id, section.table, section.narrative):
                return section
        raise UnknownCell(f"{self.statutory} 年版没有部分 {section_id}")

    def part_name(self, part: str) -> str:
        """Return how messages call a part of the text: its heading, 前言 for what stands above the first."""
        return PREAMBLE if part == "preamble" else self.section(part).heading

    def part_quoted(self, part: str) -> str:
        """Return the same inside a sentence: a heading in quotation marks."""
        return PREAMBLE if part == "preamble" else f"“{self.part_name(part)}”"

    def matching(self, pattern: str) -> Iterator[Cell]:
        """Yield the cells whose identifier matches a pattern with ``*``, in printed order."""
        if pattern not in self._matches:
            start, *_, end = pattern.split("*") if "*" in pattern else (pattern, pattern)
            found = [name for name in self.cells if name.startswith(start) and name.endswith(end)]
            if pattern.count("*") != 1 or any(len(name) < len(pattern) - 1 for name in found):
                fits = regex(pattern.replace(".", r"\.").replace("*", ".*")).fullmatch
                found = [name for name in found if fits(name)]
            self._matches[pattern] = tuple(self.cells[name] for name in found)
        yield from self._matches[pattern]

    def adds_up(self, cell: Cell) -> bool:
        """Return whether a cell stands in a column that adds up the others."""
        return cell.column in self.table(cell.table).total_columns

    def added_up_by(self, total: CellId) -> tuple[tuple[CellId, ...], ...]:
        """Return the cells that a row's total adds up in its column: the other rows under its heading, group by group.

        Rows of one group (``refused.…``) stand together; () where the total has no heading above it.
        """
        whole = self.cell(total)
        groups: dict[str, list[CellId]] = {}
        for cell in self.table(whole.table).cells:
            beside = cell.column == whole.column and cell.row != whole.row and len(cell.path) > 1
            if beside and cell.path[:1] == whole.path[:1]:
                groups.setdefault(cell.row.partition(".")[0], []).append(cell.id)
        return tuple(map(tuple, groups.values())) if len(whole.path) > 1 else ()

    @cached_property
    def _matches(self) -> dict[str, tuple[Cell, ...]]:
        return {}

    def title(self, unit: str, year: int | None) -> str:
        """Return the report's title; the unit's name as the title bears it, without 人民政府, never 年年."""
        name = unit.removesuffix("人民政府") if unit.endswith(("乡人民政府", "镇人民政府")) else unit
        title = self.title_pattern.format(unit=name, year=year)
        return title if year is not None else title.replace("None年", "")

    def describe(self, cell_id: CellId) -> str:
        """Return how a message names a cell: table, row, column as printed."""
        cell = self.cell(cell_id)
        return f"{self.table(cell.table).name}{cell.label}"
