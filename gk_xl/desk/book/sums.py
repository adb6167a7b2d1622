"""The sums in the official form, live, and the units' numbers that they are made of.

各单位数据 holds a row a unit and a column a cell of the form; 计入 says whether a row counts, and follows the switch above
it for filings that did not pass. A cell of the form is SUMPRODUCT of its column with 计入 and leads there by a link; beside
it stand the same live checks as in a unit's own workbook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_col_to_name

from gk_xl.checks.catalogue import tidy
from gk_xl.desk.book.paper import FILE, LOOKS, VALUES, Formula
from gk_xl.desk.book.rows import NumberRow
from gk_xl.desk.cellrow import values_of
from gk_xl.desk.entry import FAILED
from gk_xl.form.filing import Filing, Unit
from gk_xl.workbook.build import content_for, render_sheet
from gk_xl.workbook.form_sheet import FormSheet
from gk_xl.workbook.plan import PlanCell
from gk_xl.workbook.sheets.table import TableSheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.checks.binding import Instance
    from gk_xl.desk.book.paper import Paper
    from gk_xl.desk.book.rows import RowSheet
    from gk_xl.desk.brief import Brief
    from gk_xl.form.schema import CellId, Edition, Table, Value
    from gk_xl.workbook.content import Content
    from gk_xl.workbook.plan import SheetPlan

IN, OUT = "计入", "不计入"
HINT_COLUMNS = 6
"""The hint stands over so many columns, so that it prints on the first page."""
HEAD = 6  # rows of the head of 各单位数据
LABELS = 3  # its columns of labels: unit, outcome, whether it counts
WIDE = {"t2": 10}
NARROW = 6
"""How wide the columns of a table are: amounts take more room than applications."""
ROWS_A_PAGE = 75
"""So many units fit an upright A3 page and can be read: as many pages side by side as the columns take."""
MEMBERS_KIND = "county_government"
TRACE = "点这里看是哪些单位的数加起来的"


class Sums:
    """The units' numbers and the sums over them; ``place`` says in which column of 各单位数据 a cell stands."""

    def __init__(self, brief: Brief, edition: Edition) -> None:
        self.brief, self.edition = brief, edition
        self.parts = [(entry.unit, entry.outcome, entry.filing, entry) for entry in brief.members]
        self.own = brief.own
        self.columns = {cell: LABELS + number for number, cell in enumerate(edition.cells)}
        self.rows = len(self.parts) + (1 if self.own else 0)
        self._numbers: NumberRow | None = None

    def number_row(self, paper: Paper) -> NumberRow:
        """Return how a row of plain numbers is written."""
        if self._numbers is None:
            self._numbers = NumberRow(LABELS, len(self.columns), paper.index("number_cell"))
        return self._numbers

    @property
    def total(self) -> dict[CellId, float]:
        """The sums as they are now, all units counted."""
        return self.brief.sums

    def span(self, column: int) -> str:
        """Return the units' rows of a column as a formula on any sheet names them."""
        name = xl_col_to_name(column)
        return f"'{VALUES}'!${name}${HEAD + 1}:${name}${HEAD + max(1, self.rows)}"

    def formula(self, cell: CellId, now: float | None) -> Formula:
        """Return the sum of one cell over the rows that count."""
        column = self.columns[cell]
        name = xl_col_to_name(column)
        return Formula(
            f"SUMPRODUCT({self.span(LABELS - 1)},{self.span(column)})",
            0 if now is None else now,
            f"internal:'{VALUES}'!{name}{HEAD - 1}",
            TRACE,
        )


def write_form(paper: Paper, sums: Sums) -> None:
    """Write the tables of the official form with the sums in them, a sheet a table, checked live."""
    edition, total = sums.edition, sums.total
    filing = Filing(
        edition.id,
        sums.brief.collection.year,
        Unit(kind=MEMBERS_KIND),
        {cell: total.get(cell, 0) for cell in edition.cells},
    )
    content = content_for(filing)
    for table in edition.tables:
        _write_table(paper, sums, content, table)


def _write_table(paper: Paper, sums: Sums, content: Content, table: Table) -> None:
    """Write one table: the plan of a unit's own sheet with sums in place of entries."""
    plan = _SumSheet(content, table).plan
    for cell in table.cells:
        place = content.layout.names[cell.id]
        formula = sums.formula(cell.id, content.filing.number(cell.id))
        plan.cells[place.row, place.column] = PlanCell("total_locked", formula.now, formula.text, formula.link)
    plan.validations = []
    _subtitle(plan, sums, table)
    used = {cell.style for cell in plan.cells.values()} | set(plan.column_styles.values())
    formats = {(name, computed): paper.look(name, computed=computed) for name in used for computed in (False, True)}
    conditions = {condition.style: paper.condition(condition.style) for condition in plan.conditions}
    sheet = paper.book.add_worksheet(plan.title, FormSheet)
    render_sheet(sheet, plan, formats, conditions, {})
    at = {(place.row, place.column): cell.id for cell in table.cells if (place := content.layout.names[cell.id])}
    for (row, column), held in plan.cells.items():
        if held.link:
            now = content.filing.number(at[row, column])
            shown = Formula(held.formula, now, held.link, TRACE)
            paper.write(sheet, row - 1, column - 1, "sum_link", shown)


class _SumSheet(TableSheet):
    """A unit's sheet for the sum, whose kind and year are settled once for all."""

    def margin(self) -> None:
        """Put nothing: the sums of two years stand in 两年对比, and nobody types here."""

    def concerned(self, instance: Instance) -> list[str]:
        """Return what settles once for all whether a rule concerns the sum: nothing to ask, or that it does not."""
        filing = self.content.filing
        return [] if instance.rule.applies(filing.edition, filing.unit.kind, filing.year) else ["FALSE"]


def _subtitle(plan: SheetPlan, sums: Sums, table: Table) -> None:
    """Say above a table how many filings are summed up, and how many of them did not pass."""
    failed = sum(outcome == FAILED for _, outcome, _, _ in sums.parts)
    year = sums.brief.year
    now = f"{year}　{sums.rows} 份合计（其中未通过 {failed} 份）　单位：{table.unit}"
    told = f'"{year}　"&{_COUNTED}&" 份合计（其中未通过 "&{_FAILED}&" 份）　单位：{table.unit}"'
    plan.put(2, 1, "subtitle", now, formula=told)


_COUNTED = f"SUM('{VALUES}'!$C${HEAD + 1}:$C$20000)"
_FAILED = f"SUMIFS('{VALUES}'!$C${HEAD + 1}:$C$20000,'{VALUES}'!$B${HEAD + 1}:$B$20000,\"{FAILED}\")"


def write_values(paper: Paper, sums: Sums) -> None:
    """Write the units' numbers with the switch, the sums, and the county's typed totals below."""
    brief, edition = sums.brief, sums.edition
    sheet: RowSheet = paper.add(
        VALUES,
        [22, 8, 6, *(WIDE.get(cell.table, NARROW) for cell in edition.cells.values())],
        landscape=False,
        colour="#548235",
        by_row=True,
    )
    paper.band(sheet, 0, LABELS, "title_left", f"{brief.year}各单位数据", 30)
    paper.write(sheet, 1, 0, "label", "未通过的报告")
    paper.write(sheet, 1, 1, "label", "→")
    paper.write(sheet, 1, 2, "switch", IN)
    sheet.data_validation(1, 2, 1, 2, {"validate": "list", "source": [IN, OUT]})
    hint = f"改成“{OUT}”，表二、表三、表四的合计就只算通过和请确认的；个别单位要算或不算的，直接把“计入”改成 1 或 0。"
    sheet.merge_range(1, 3, 1, 3 + HINT_COLUMNS - 1, hint, paper.look("hint"))
    sheet.set_row(1, 48)
    _heads(paper, sheet, sums)
    labels: tuple[tuple[str, Any], ...]
    for number, (unit, outcome, filing, entry) in enumerate(sums.parts):
        row = HEAD + number
        counted = Formula(f'IF(AND(B{row + 1}="{FAILED}",$C$2<>"{IN}"),0,1)', 1)
        labels = ((FILE, paper.file_link(entry, shown=unit)), (LOOKS[outcome], outcome), ("mark", counted))
        _numbers(paper, sheet, row, labels, sums, filing)
    if sums.own is not None:
        labels = (("result_text", "本级"), ("result_centre", None), ("mark", 1))
        _numbers(paper, sheet, HEAD + len(sums.parts), labels, sums, sums.own)
    _below(paper, sheet, sums)
    sheet.autofilter(HEAD - 1, 0, HEAD + max(1, sums.rows) - 1, LABELS + len(edition.cells) - 1)
    sheet.freeze_panes(HEAD, LABELS)
    sheet.repeat_rows(2, HEAD - 1)
    sheet.repeat_columns(0, LABELS - 1)
    sheet.set_paper(8)
    sheet.fit_to_pages(0, -(-sums.rows // ROWS_A_PAGE))


def _numbers(
    paper: Paper, sheet: RowSheet, row: int, labels: Sequence[tuple[str, Any]], sums: Sums, filing: Filing | None
) -> None:
    """Write one filing's numbers; what is a text, or blank where another edition lacks the cell, counts nothing."""
    sheet.begin(row)
    head = [paper.cell(sheet, row, column, style, value) for column, (style, value) in enumerate(labels)]
    values = values_of(filing, sums.edition) if filing else (None,) * len(sums.columns)
    numbers = sums.number_row(paper).plain(row, values)
    if numbers is None:
        own = filing.form.cells if filing else {}
        numbers = "".join(
            paper.cell(sheet, row, column, _look(value, blank=cell not in own), value)
            for (cell, column), value in zip(sums.columns.items(), values, strict=True)
        )
    sheet.put(row, "".join(head) + numbers, LABELS - 1 + len(values))


def _look(value: Value, *, blank: bool) -> str:
    """Return how a value looks that is summed up; ``blank`` where nothing was to be entered."""
    return "number_cell" if isinstance(value, int | float) or (value is None and blank) else "level_warning"


def _heads(paper: Paper, sheet: Any, sums: Sums) -> None:
    """Write table, row and column above each column, and its sum."""
    edition, labels = sums.edition, ("单位", "结论", "计入")
    cells = [edition.cells[cell] for cell in sums.columns]
    rows = (
        (*labels, *(edition.table(cell.table).name for cell in cells)),
        (*[None] * LABELS, *(" ".join(cell.path[-2:]) for cell in cells)),
        (*[None] * LABELS, *(cell.column_label for cell in cells)),
    )
    looks = ("grid_head", "head_upright", "head_up")
    for row, (texts, points, look) in enumerate(zip(rows, (None, 130, 36), looks, strict=True), start=2):
        for column, text in enumerate(texts):
            paper.write(sheet, row, column, "grid_head" if column < LABELS else look, text)
        sheet.set_row(row, points)
    counted = sums.span(LABELS - 1)
    for column, (style, value) in enumerate(
        (("grid_head", "合计"), ("grid_head", None), ("sum", Formula(f"SUM({counted})", sums.rows)))
    ):
        paper.write(sheet, HEAD - 1, column, style, value)
    total = sums.total
    for cell, column in sums.columns.items():
        section = edition.section(edition.cells[cell].table)
        formula = Formula(
            f"SUMPRODUCT({counted},{sums.span(column)})",
            total.get(cell, 0),
            f"internal:'{section.tab}'!{content_place(edition, cell)}",
            "回到表里这一格",
        )
        paper.write(sheet, HEAD - 1, column, "sum_link", formula)
    sheet.merge += [[2, column, 4, column] for column in range(LABELS)]  # merge_range would write, by column


def content_place(edition: Edition, cell: CellId) -> str:
    """Return the address of a cell on the sheet of its table."""
    from gk_xl.workbook.layout import layout

    return layout(edition.id).names[cell].address


def _below(paper: Paper, sheet: Any, sums: Sums) -> None:
    """Write the county's typed totals and by how much each differs from the sum."""
    county = sums.brief.county
    if county is None or county.filing is None:
        return
    row, total = HEAD + sums.rows + 1, sums.total
    paper.write(sheet, row, 0, FILE, paper.file_link(county, shown=f"{county.unit}（汇总报告，不计入合计）"))
    for cell, column in sums.columns.items():
        paper.write(sheet, row, column, "number_cell", county.filing.value(cell))
    paper.write(sheet, row + 1, 0, "label", "减去合计，相差")
    for cell, column in sums.columns.items():
        typed = county.filing.number(cell)
        name = xl_col_to_name(column)
        now = None if typed is None else tidy(typed - total.get(cell, 0))
        formula = Formula(f'IF(ISNUMBER({name}{row + 1}),{name}{row + 1}-{name}{HEAD},"")', now)
        paper.write(sheet, row + 1, column, "difference_cell" if not now else "level_error", formula)
