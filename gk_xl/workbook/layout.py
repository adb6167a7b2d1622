"""CellId ↔ sheet and address: the only place that knows addresses.

A table stands in its sheet from row 3 on, as the statute prints it, beginning in column A. Everything a program needs
to keep in a sheet stands in hidden columns to the right, outside the print area:

- the flag block: ``FLAGS`` columns right of a cell, its level (4 doubt of an import, 3 error, 2 warning, 1 hint), unlocked;
- the entry block: ``ENTRIES`` columns right of a number, 1 where it fits its kind, 0 where not;
- the rule list: one line for each rule instance that is checked live, from column ``RULES`` on;
- the copy block: ``COPIES`` columns right of an input, the number (or text) that stands there now;
- the paint block: ``PAINT`` columns right of a number, the level that its live checks give it;
- the judged block: ``JUDGED`` columns right of an input, what it held when it was judged: its flag shows as long as it
  still holds that, and 封面 lets the verdict stand as long as all of them do.

Formulas read inputs through their copies alone. A clerk may drag one input onto another, and every spreadsheet then
bends the formulas (and names) that mention either; a copy names no input, it asks for the row and the column within a
block (:meth:`Layout.reading`) whose four edges are locked cells, which nobody can drag.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from gk_xl.engines.core.addresses import column_letters
from gk_xl.form.finding import Where
from gk_xl.form.load import NARRATIVE, base_id, load_edition

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gk_xl.form.schema import Cell, Edition, GridCell, Table

SCHEMA = 8
"""Version of this layout; a workbook carries it in a custom property and in the name ``gk_xl.schema``."""

EARLIER = ("1", "2", "3", "4", "5", "6", "7")
"""Versions whose numbers stand where this one's stand, while formulas, colours and hidden blocks do not.

Such a workbook is read and judged as it is; its form is held against nothing, and 修复 makes one of this version of it.
"""
FIRST_ONES = ("1", "2")
"""Of these, those whose 前言 stands above 一, not below it, that have no sheet beside the form's and no judged block."""

NARROW_LISTS = ("1", "2", "3")
"""Of these, those in whose 校验结果 a line holds fewer words."""
LEVELS_ALONE = ("1", "2", "3", "4", "5")
"""Of these, those whose flags are numbers: a formula there is not asked for."""

UNCOUNTED = ("1", "2", "3", "4", "5", "6")
"""Of these, those whose 封面 does not count what was changed: nothing is kept beside 上年数据, no verdict follows a change."""

COVER, LAST_YEAR, RESULTS, GUIDE = "封面", "上年数据", "校验结果", "使用说明"
LEDGER, SLIP = "台账", "报送单"
OPTIONAL = (LEDGER, SLIP)
"""Sheets that a workbook need not have: without them it is as good."""

FIRST_LINE = 3  # 1-based row of a table's first printed line
FLAGS, ENTRIES, RULES, COPIES, PAINT, JUDGED = 20, 40, 60, 62, 80, 100  # column offsets
LAST_HIDDEN = 116

CAPACITY = {"preamble": 8, "overview": 60, "problems": 40, "other_matters": 20}
"""How many paragraphs each narrative part has rows for; what is beyond goes into the last row, line by line."""

NARRATIVE_COLUMN = 2
SUGGESTION_COLUMN, SUGGESTION_ROWS = 4, 3  # beside the paragraphs: each suggested sentence over so many of their rows
RESULTS_FIRST, RESULTS_ROWS = 6, 300
RESULT_COLUMNS = ("序号", "级别", "代码", "位置", "说明", "建议", "不改的理由（警告可填）")
"""What a line tells; 校验结果 has the columns of :data:`LIST_COLUMNS`."""
LIST_COLUMNS = ("序号", "级别", "状态", "位置", "说明", "建议", "不改的理由（警告可填）", "代码")
LEVEL_COLUMN, STATE_COLUMN, PLACE_COLUMN, MESSAGE_COLUMN, ADVICE_COLUMN, REASON_COLUMN, CODE_COLUMN = range(2, 9)
KEY_COLUMN = FLAGS + 1  # hidden: the key of the finding that a line is about, under which a reason beside it is kept

SETTINGS = (
    ("unit.name", "单位名称", "全称，与公章一致；乡镇的报告标题里不带“人民政府”"),
    ("unit.kind", "单位类型", "点右侧箭头选择"),
    ("year", "报告年度", "四位数，如报告 2025 年的工作就填 2025"),
    ("unit.self", "本单位自称", "正文里怎样称呼自己，如“我乡”；空着按类型推定"),
    ("unit.county", "所属县（市、区）", "如“示例县”，用来查找误写的外地名称"),
    ("deadline", "公开截止日期", "上级另有规定的填写；空着按条例第四十九条"),
    ("signed.name", "落款单位", "一般与单位名称相同"),
    ("signed.date", "成文日期", "报告落款的日期，如 2026-1-10"),
    ("contact", "联系方式", "填报人和电话，只供核对，不写进报告"),
)
SETTINGS_FIRST, SETTINGS_COLUMN = 5, 3
MONEY_SETTING = "units."  # + cell id: which unit a cell without a printed unit is in

LAST_TEXT = "last.narrative."  # + part of the narrative: last year's paragraphs, a line each
LAST_REASONS = "last.waivers"  # the reasons given last year, a line each: code, blank, reason
LAST_TEXT_LABELS = {
    **dict(
        zip((f"{LAST_TEXT}{part}" for part in NARRATIVE), ("前言", "总体情况", "问题及改进", "其他事项"), strict=True)
    ),
    LAST_REASONS: "不改的理由",
}
"""What of last year's words the sheet 上年数据 keeps, one cell each, with its label."""

SIGNERS = (("filler", "填报人"), ("reviewer", "审核人"), ("head", "负责人"), ("date", "日期"))
SEALED = (
    ("verdict", "校验结论"),
    ("at", "校验时间"),
    ("reasons", "不改的理由"),
    ("fingerprint", "指纹"),
    ("parts", "各部分的指纹"),
)
"""What 报送单 bears: who signs (typed), and of what (written by its button); names begin with ``slip.``."""
SLIP_FIRST, SLIP_COLUMN = 4, 2

OUTPUTS = ("verdict", "checked_at")
OUTPUT_ROW = {"verdict": 2, "checked_at": 3}


def is_judged(name: str) -> bool:
    """Return whether 校验 judges what stands under a name, and keeps it beside: not 台账, 报送单, last year's words, outputs."""
    return name not in OUTPUTS and name not in LAST_TEXT_LABELS and not name.startswith(("slip.", "ledger."))


class Place(NamedTuple):
    """A cell of the workbook, 1-based."""

    sheet: str
    row: int
    column: int

    @property
    def address(self) -> str:
        """The A1 address without the sheet."""
        return f"{column_letters(self.column)}{self.row}"

    @property
    def absolute(self) -> str:
        """The address as a formula on any sheet writes it."""
        return f"'{self.sheet}'!${column_letters(self.column)}${self.row}"

    def right(self, columns: int) -> Place:
        """Return the place so many columns to the right."""
        return Place(self.sheet, self.row, self.column + columns)

    @property
    def copy(self) -> Place:
        """Where the copy of this input stands: what formulas mention in its stead."""
        return self.right(COPIES)

    @property
    def suggestion(self) -> Place:
        """Where the suggested sentence stands that begins beside this paragraph's row."""
        return self._replace(column=self.column + SUGGESTION_COLUMN - NARRATIVE_COLUMN)

    def down(self, rows: int) -> Place:
        """Return the place so many rows below."""
        return Place(self.sheet, self.row + rows, self.column)


@dataclass(frozen=True)
class LastYearBlock:
    """Rows of last year's table that share their columns, with the sheet row of their head."""

    table: Table
    head_row: int
    columns: tuple[tuple[str, str], ...]  # identifier, label
    rows: tuple[tuple[str, str], ...]  # identifier, label


@dataclass(frozen=True)
class Layout:
    """Where everything of one edition's workbook stands; ``last`` is the edition of the sheet 上年数据.

    ``schema`` is the version of the template, ``extras`` are the optional sheets that the workbook has.
    """

    edition: Edition
    last: Edition
    schema: str = str(SCHEMA)
    extras: tuple[str, ...] = OPTIONAL

    @property
    def key(self) -> tuple[str, str, str, tuple[str, ...]]:
        """What :func:`layout` makes this layout from."""
        return self.edition.id, self.last.id, self.schema, self.extras

    @cached_property
    def sheets(self) -> tuple[str, ...]:
        """The sheets in their order."""
        tabs = (section.tab for section in self.edition.printed)
        titles = (COVER, *tabs, LEDGER, SLIP, LAST_YEAR, RESULTS, GUIDE)
        return tuple(title for title in titles if title not in OPTIONAL or title in self.extras)

    @cached_property
    def settings(self) -> tuple[tuple[str, str, str], ...]:
        """Name, label and hint of each setting on 封面, in order."""
        extra = tuple(
            (MONEY_SETTING + cell.id, f"{cell.column_label}的单位", "表头没有印单位，选“元”或“万元”")
            for cell in self.edition.cells.values()
            if "或" in cell.unit
        )
        return (*SETTINGS, *extra)

    @cached_property
    def names(self) -> Mapping[str, Place]:
        """Every defined name that stands for one cell: numbers, settings, paragraphs, last year's numbers, outputs."""
        places: dict[str, Place] = {}
        for number, (name, _, _) in enumerate(self.settings):
            places[name] = Place(COVER, SETTINGS_FIRST + number, SETTINGS_COLUMN)
        for table in self.edition.tables:
            for item in table.grid:
                if item.cell:
                    places[item.cell] = self.grid_place(table, item)
        for part in NARRATIVE:
            first = self.narrative_first(part)
            for number in range(CAPACITY[part]):
                places[f"narrative.{part}.{number + 1}"] = first.down(number)
        for block in self.last_year_blocks:
            for number, (row, _) in enumerate(block.rows):
                for index, (column, _) in enumerate(block.columns):
                    name = f"last.{block.table.id}.{row}.{column}"
                    places[name] = Place(LAST_YEAR, block.head_row + 1 + number, 2 + index)
        for number, name in enumerate(LAST_TEXT_LABELS):
            places[name] = Place(LAST_YEAR, self.last_texts_head + 1 + number, 2)
        for name, line in OUTPUT_ROW.items():
            places[name] = Place(RESULTS, line, 3)
        if SLIP in self.extras:
            for number, (name, _) in enumerate((*SEALED, *SIGNERS)):
                places[f"slip.{name}"] = Place(SLIP, SLIP_FIRST + 2 + number, SLIP_COLUMN)
        return places

    @cached_property
    def judged(self) -> Mapping[str, Sequence[Place]]:
        """The places whose content is judged, by sheet."""
        found: dict[str, list[Place]] = {}
        for name, place in self.names.items():
            if is_judged(name):
                found.setdefault(place.sheet, []).append(place)
        return found

    def reading(self, place: Place) -> str:
        """Return the formula (without ``=``) that reads an input by its place, whatever is dragged where.

        The block ends one past the inputs. It begins in A1, so that its rows and columns are the sheet's; on 封面 a row above
        the inputs: the line above them depends on all sheets, and they on these.
        """
        table = next(
            (table for table in self.edition.tables if self.edition.section(table.id).tab == place.sheet), None
        )
        last = (
            (FIRST_LINE + table.lines, table.width + 1)
            if table
            else (SETTINGS_FIRST + len(self.settings), SETTINGS_COLUMN + 1)
            if place.sheet == COVER
            else (self.narrative_last(place.sheet) + 1, NARRATIVE_COLUMN + 1)
        )
        first = SETTINGS_FIRST - 1 if place.sheet == COVER else 1
        return f"INDEX($A${first}:${column_letters(last[1])}${last[0]},{place.row - first + 1},{place.column})"

    def grid_place(self, table: Table, item: GridCell) -> Place:
        """Return where a printed cell of a table begins."""
        return Place(self.edition.section(table.id).tab, FIRST_LINE + item.line, 1 + item.column)

    def narrative_first(self, part: str) -> Place:
        """Return the first row of a narrative part; the preamble stands in the sheet of 一, below it."""
        tab = self.edition.section("overview" if part == "preamble" else part).tab
        above = {"preamble": "overview"} if self.schema not in FIRST_ONES else {"overview": "preamble"}
        return Place(tab, 4 + CAPACITY[above[part]] + 2 if part in above else 4, NARRATIVE_COLUMN)

    def narrative_last(self, tab: str) -> int:
        """Return the last row of text in a narrative sheet."""
        parts = [(self.narrative_first(part), CAPACITY[part]) for part in NARRATIVE]
        return max(first.row + rows - 1 for first, rows in parts if first.sheet == tab)

    @cached_property
    def last_year_blocks(self) -> tuple[LastYearBlock, ...]:
        """The matrices of the sheet 上年数据: rows of one table with the same columns stand together."""
        blocks, row = [], 4
        for table in self.last.tables:
            by_row = [(name, tuple(cells)) for name, cells in groupby(table.cells, key=lambda cell: cell.row)]
            for columns, group in groupby(by_row, key=lambda item: tuple((c.column, c.column_label) for c in item[1])):
                rows = tuple((name, full_row_label(cells[0])) for name, cells in group)
                blocks.append(LastYearBlock(table, row, columns, rows))
                row += len(rows) + 2
        return tuple(blocks)

    @cached_property
    def last_texts_head(self) -> int:
        """The row of the head above last year's words, below the matrices."""
        block = self.last_year_blocks[-1]
        return block.head_row + len(block.rows) + 2

    def place(self, name: str) -> Place | None:
        """Return where a cell id, a paragraph, a setting, or a whole narrative part (its first row) stands."""
        return self.names.get(name) or self.names.get(f"{name}.1")

    def where(self, name: str) -> Where | None:
        """Return sheet and address of what has a place; None for the rest."""
        place = self.place(name)
        return None if place is None else Where(place.sheet, place.address)


def full_row_label(cell: Cell) -> str:
    """Return a row's labels in one line, without the group that every row of 表三 shares."""
    return " ".join(cell.path[-2:]) if len(cell.path) > 2 else cell.path[-1]


@lru_cache
def layout(edition_id: str, last_id: str = "", schema: str = str(SCHEMA), extras: tuple[str, ...] = OPTIONAL) -> Layout:
    """Return the layout of an edition's workbook whose 上年数据 follows the edition ``last_id`` (default: the same)."""
    return Layout(load_edition(edition_id), load_edition(last_id or base_id(edition_id)), schema, extras)
