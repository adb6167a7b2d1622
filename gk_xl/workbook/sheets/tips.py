"""What the rows and columns of a table count: in a few words beside each row, in full at a click on its label.

Beside, not over: a box that opens at a number hides the numbers to be typed next, in LibreOffice those to the right, in Excel
those below. A label is clicked by who asks, and its box lies on labels.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from gk_xl.form.guidance import of_column, of_row
from gk_xl.workbook.layout import FIRST_LINE, FLAGS
from gk_xl.workbook.plan import Validation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.form.guidance import Guidance
    from gk_xl.form.schema import Edition, GridCell, Table
    from gk_xl.workbook.content import Content
    from gk_xl.workbook.plan import SheetPlan

HEAD = "计什么（点行名、列名看全）"
WIDTH = 30  # characters of the column, for 17 Chinese ones of its size
LINE, LONGEST = 30, 255  # letters of a line, which LibreOffice does not break, and of all that a box may hold
OPENING, CLOSING = "（“《〔", "，。；：、）”》〕？！"
TITLE = 14  # characters of the head of a box


def title_of(label: str) -> str:
    """Return a label as the head of its box: without what stands in brackets, cut where it is long."""
    short = label.partition("（区分")[0]
    return short if len(short) <= TITLE else f"{short[: TITLE - 1]}…"


def plan_tips(plan: SheetPlan, content: Content, table: Table) -> None:
    """Put what each row counts beside it, below a table of one line, and the whole of it on the labels."""
    for item, found in explained(content.edition, table):
        at = (FIRST_LINE + item.line, 1 + item.column)
        plan.validations.append(Validation((at,), title_of(item.text), whole(found), "", shown=True))
    places = content.layout.names
    rows = [(row, next(group)) for row, group in groupby(table.cells, key=lambda cell: cell.row)]
    said = [(places[cell.id], of_row(content.edition, table.id, row)) for row, cell in rows]
    tips = [(place, known.tip) for place, known in said if known and known.tip]
    if not tips:
        return
    if table.lines == table.head_lines + 1:
        row = max(row for row, column in plan.cells if column <= table.width) + 2
        plan.heights[row] = 34
        ends = [place.column for place, _ in tips[1:]] + [table.width + 1]
        for (place, tip), end in zip(tips, ends, strict=True):
            plan.span(row, place.column, 1, end - place.column, "tip", tip)
        return
    column = max(at for _, at in plan.cells if at < FLAGS) + 1
    if column >= FLAGS:
        return
    plan.span(FIRST_LINE, column, table.head_lines, 1, "tip", HEAD)
    plan.widths[column] = WIDTH
    for place, tip in tips:
        plan.put(place.row, column, "tip_line", tip.removesuffix("。"))


def explained(edition: Edition, table: Table) -> Iterator[tuple[GridCell, Guidance]]:
    """Yield the labels of rows and columns of which it is written down what they count."""
    numbers = {item.cell: item for item in table.grid if item.cell}
    said: set[tuple[int, int]] = set()
    for cell in table.cells:
        number = numbers[cell.id]
        for item in table.grid:
            if item.cell or (item.line, item.column) in said:
                continue
            beside = item.line <= number.line < item.line + item.lines and item.column < number.column
            above = item.column <= number.column < item.column + item.columns and item.line < number.line
            of_this = item.text == cell.row_label and (beside or above)
            found = of_row(edition, table.id, cell.row) if of_this else None
            if found is None and above and item.text == cell.column_label:
                found = of_column(edition, table.id, cell.column)
            if found is not None:
                said.add((item.line, item.column))
                yield item, found


def broken(words: str) -> str:
    """Return words in lines of one length; no line begins with a mark that closes, ends with one that opens, parts a number."""
    if len(words) <= LINE + 1:
        return words
    at = LINE
    while words[at] in CLOSING or words[at - 1] in OPENING or words[at - 1 : at + 1].isdecimal():
        at -= 1
    return f"{words[:at]}\n{broken(words[at:])}"


def whole(found: Guidance) -> str:
    """Return all that is said of a row or column, in lines that need no breaking, as much of it as a box holds."""
    parts = (("计", found.counts), ("不计", found.leaves_out), ("查", found.where), ("易错", found.mistake))
    text = ""
    for head, said in parts:
        lines = broken(f"{head}：{said}")
        longer = f"{text}\n{lines}" if text else lines
        if said and len(longer) <= LONGEST:
            text = longer
    return text
