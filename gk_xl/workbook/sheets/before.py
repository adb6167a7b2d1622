"""Last year's numbers beside this year's: a column right of a table, for a table of one line two rows below it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from gk_xl.engines.core.addresses import column_letters
from gk_xl.form.fields import number_text
from gk_xl.workbook.layout import FIRST_LINE, LAST_REASONS, LAST_YEAR
from gk_xl.workbook.sheets.sizes import SUM_WIDTH

if TYPE_CHECKING:
    from gk_xl.form.schema import Cell, Table
    from gk_xl.workbook.content import Content
    from gk_xl.workbook.plan import SheetPlan

HEAD, BELOW = "上年", "上年的数（取自“上年数据”）"
SEVERAL_WIDTH = 15
LAST_COLUMN = 9  # of 上年数据: one past its inputs, so that the corners of the block are locked


def plan_before(plan: SheetPlan, content: Content, table: Table) -> None:
    """Put last year's numbers: of each row its total, else all of its numbers."""
    rows = [list(group) for _, group in groupby(table.cells, key=lambda cell: cell.row)]
    if table.lines == table.head_lines + 1:
        _below(plan, content, table)
        return
    used = [column for _, column in plan.cells if column <= table.width + 6]
    column = max(used) + 1
    totals = {cell.id for cell in table.cells if content.edition.adds_up(cell)}
    plan.span(FIRST_LINE, column, table.head_lines, 1, "live_head", HEAD)
    plan.widths[column] = SUM_WIDTH if totals else SEVERAL_WIDTH
    for cells in rows:
        shown = [cell for cell in cells if cell.id in totals] or cells
        known = [cell for cell in shown if f"last.{cell.id}" in content.layout.names]
        if known:
            plan.put(
                content.layout.names[cells[0].id].row,
                column,
                "live",
                _value(content, known),
                formula=_formula(content, known),
            )


def _below(plan: SheetPlan, content: Content, table: Table) -> None:
    """Put last year's numbers below a table of one line, each under its own."""
    row = max(row for row, column in plan.cells if column <= table.width) + 2
    plan.span(row, 1, 1, table.width, "live_head", BELOW)
    plan.heights |= {row: 20, row + 1: 20}
    for cell in table.cells:
        if f"last.{cell.id}" in content.layout.names:
            column = content.layout.names[cell.id].column
            plan.put(row + 1, column, "live", _value(content, [cell]), formula=_formula(content, [cell]))


def _formula(content: Content, cells: list[Cell]) -> str:
    """Return the formula that shows last year's numbers of some cells, whatever is dragged in 上年数据."""
    names = content.layout.names
    last = names[LAST_REASONS].row + 1
    block = f"'{LAST_YEAR}'!$A$1:${column_letters(LAST_COLUMN)}${last}"
    places = [names[f"last.{cell.id}"] for cell in cells]
    read = [f"INDEX({block},{place.row},{place.column})" for place in places]
    shown = '&"、"&'.join(read)
    given = ",".join(f"ISNUMBER({one})" for one in read)
    return f'IF(OR({given}),{shown},"")'


def _value(content: Content, cells: list[Cell]) -> str | int | float:
    """Return what the formula shows now."""
    last = content.last
    numbers = [last.number(cell.id) if last else None for cell in cells]
    if all(number is None for number in numbers):
        return ""
    if len(cells) == 1 and numbers[0] is not None:
        return numbers[0]
    values = [last.value(cell.id) if last else None for cell in cells]
    return "、".join(
        "" if value is None else value if isinstance(value, str) else number_text(value) for value in values
    )
