"""汇总.xlsx: who passed, what is wrong, every unit's numbers side by side with their sums."""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING, Any

from gk_xl.checks.catalogue import catalogue_of
from gk_xl.desk.batch import remarks
from gk_xl.desk.entry import ASKED, FAILED, OUTCOMES, PASSED, UNREADABLE, Entry
from gk_xl.form.filing import normal_number
from gk_xl.form.load import base_id, load_edition
from gk_xl.workbook.build import EPOCH
from gk_xl.workbook.kinds import GENERATOR
from gk_xl.workbook.layout import RESULT_COLUMNS
from gk_xl.workbook.styles import SONG, STYLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.form.schema import Cell, Edition, Value

OVERVIEW, FINDINGS, RULES = "总览", "问题清单", "常见问题"
LOOKS = {UNREADABLE: "level_error", FAILED: "level_error", ASKED: "level_warning", PASSED: "level_suspect"}
UNIT_COLUMNS = (("序号", 6), ("单位", 26), ("单位类型", 12), ("年度", 8), ("结论", 10), ("错误", 7), ("警告", 7), ("提示", 7),
                ("无法判断", 10), ("先看这一条", 70), ("文件", 34))  # fmt: skip
FINDING_COLUMNS = (("单位", 24), *zip(RESULT_COLUMNS[1:], (10, 10, 20, 70, 24, 26), strict=True), ("文件", 30))
RULE_COLUMNS = (("代码", 9), ("规则", 50), ("级别", 10), ("单位数", 9), ("处数", 9), ("哪些单位", 80))
LONGEST = 32_767  # characters that a cell holds
LABELS = 3  # columns of labels before the sums and the units' numbers


def summary(found: Sequence[Entry], notes: Sequence[str] = ()) -> bytes:
    """Return the summary of checked files as .xlsx bytes; the same bytes for the same outcomes.

    ``notes`` stand above the list, with what strikes one about the files together.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "政府信息公开工作年度报告校验汇总", "author": GENERATOR, "created": EPOCH})
    paper = _Paper(book)
    ranked = sorted(found, key=lambda item: (OUTCOMES.index(item.outcome), item.unit))
    _overview(paper, ranked, notes)
    paper.sheet(FINDINGS, FINDING_COLUMNS, _finding_rows(ranked))
    paper.sheet(RULES, RULE_COLUMNS, _rule_rows(ranked))
    groups: dict[tuple[str, int], list[Entry]] = {}
    for item in found:
        if item.filing:
            groups.setdefault((base_id(item.filing.edition), item.filing.year or 0), []).append(item)
    for (edition_id, year), items in sorted(groups.items(), reverse=True):
        _numbers(paper, load_edition(edition_id), year, items)
    book.close()
    return buffer.getvalue()


class _Paper:
    """A workbook with the looks of ours."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self._looks: dict[str, Any] = {}

    def look(self, style: str) -> Any:
        """Return a style of ours as a format of this workbook."""
        if style not in self._looks:
            self._looks[style] = self.book.add_format(
                {"font_name": SONG, "font_size": 11, "valign": "vcenter", **STYLES[style]}
            )
        return self._looks[style]

    def sheet(
        self, title: str, columns: Sequence[tuple[str, float]], rows: Iterator[list[tuple[str, Any]]], head: int = 0
    ) -> Any:
        """Add a sheet: a head row under ``head`` free rows, and rows of (style, value); it can be filtered."""
        sheet = self.book.add_worksheet(title)
        sheet.hide_gridlines(2)
        for column, (label, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(head, column, label, self.look("grid_head"))
        sheet.set_row(head, 24)
        last = head
        for last, row in enumerate(rows, start=head + 1):
            for column, (style, value) in enumerate(row):
                self.write(sheet, last, column, style, value)
            sheet.set_row(last, _height(row, columns))
        sheet.autofilter(head, 0, max(last, head + 1), len(columns) - 1)
        sheet.freeze_panes(head + 1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(head)
        return sheet

    def write(self, sheet: Any, row: int, column: int, style: str, value: Value) -> None:
        """Write a cell: numbers as numbers, texts as texts whatever they look like."""
        if value is None or value == "":
            sheet.write_blank(row, column, None, self.look(style))
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, self.look(style))
        else:
            text = value if len(value) <= LONGEST else f"{value[: LONGEST - 2]}……"
            sheet.write_string(row, column, text, self.look(style))


def _height(row: list[tuple[str, Any]], columns: Sequence[tuple[str, float]]) -> float:
    """Return the height of a row, in points, that shows the longest of its texts whole."""
    lines = 1
    for (_, value), (_, width) in zip(row, columns, strict=True):
        lines = max(lines, sum(-(-max(1, len(line)) // int(width / 2 - 1)) for line in str(value or "").split("\n")))
    return min(400, 8 + 15 * lines)


def headline(found: Sequence[Entry]) -> str:
    """Return how many files came to what: “共 5 份：读不了 1，未通过 2，请确认 1，通过 1。”."""
    counts = Counter(item.outcome for item in found)
    told = "，".join(f"{outcome} {counts[outcome]}" for outcome in OUTCOMES if counts[outcome])
    return f"共 {len(found)} 份：{told}。"


def _overview(paper: _Paper, found: Sequence[Entry], more: Sequence[str]) -> None:
    """Write the first sheet: the headline, what strikes one, a row a file."""
    notes = [*remarks(found), *more]
    sheet = paper.sheet(OVERVIEW, UNIT_COLUMNS, _unit_rows(found), head=2 + len(notes))
    sheet.merge_range(0, 0, 0, len(UNIT_COLUMNS) - 1, "政府信息公开工作年度报告校验汇总", paper.look("title_left"))
    sheet.merge_range(1, 0, 1, len(UNIT_COLUMNS) - 1, headline(found), paper.look("band_wrap"))
    for number, note in enumerate(notes, start=2):
        sheet.merge_range(number, 0, number, len(UNIT_COLUMNS) - 1, note, paper.look("band_wrap"))
    for number, height in enumerate((30, 22, *[22] * len(notes))):
        sheet.set_row(number, height)


def _unit_rows(found: Sequence[Entry]) -> Iterator[list[tuple[str, Any]]]:
    centre, text = "result_centre", "result_text"
    for number, item in enumerate(found, start=1):
        counts = item.result.counts if item.result else {}
        first = next((line.values[4] for line in item.lines if line.style != "level_open"), item.problem)
        year = item.filing.year if item.filing else None
        yield [
            (centre, number), (text, item.unit), (centre, item.kind), (centre, year), (LOOKS[item.outcome], item.outcome),
            *((centre, counts.get(severity)) for severity in ("error", "warning", "hint", "not_assessable")),
            (text, first), (text, item.file),
        ]  # fmt: skip


def _finding_rows(found: Sequence[Entry]) -> Iterator[list[tuple[str, Any]]]:
    for item in found:
        if item.problem:
            yield [
                ("result_text", item.unit), ("level_error", UNREADABLE), *[("result_centre", None)] * 2,
                ("result_text", item.problem), *[("result_text", None)] * 2, ("result_text", item.file),
            ]  # fmt: skip
        for line in item.lines:
            _, level, code, place, message, proposal, reason = line.values
            yield [
                ("result_text", item.unit), (line.style, level), ("result_centre", code), ("result_centre", place),
                ("result_text", message), ("result_text", proposal), ("result_text", reason), ("result_text", item.file),
            ]  # fmt: skip


def _rule_rows(found: Sequence[Entry]) -> Iterator[list[tuple[str, Any]]]:
    """Yield the rules that were broken, the most frequent first: what to explain at the next training."""
    units: dict[str, list[str]] = {}
    places: Counter[str] = Counter()
    for item in found:
        for finding in item.result.findings if item.result else ():
            if finding.severity.level > 1 and not finding.waived:
                places[finding.code] += 1
                if item.unit not in units.setdefault(finding.code, []):
                    units[finding.code].append(item.unit)
    known = {code: rule for item in found if item.filing for code, rule in catalogue_of(item.filing.edition).items()}
    for code, names in sorted(units.items(), key=lambda entry: (-len(entry[1]), entry[0])):
        level = known[code].severity.label
        yield [
            ("result_centre", code), ("result_text", known[code].why), ("result_centre", level),
            ("result_centre", len(names)), ("result_centre", places[code]), ("result_text", "、".join(names)),
        ]  # fmt: skip


def _numbers(paper: _Paper, edition: Edition, year: int, found: Sequence[Entry]) -> None:
    """Write every unit's numbers of one year side by side; sums are formulas, with the value they have now.

    A government's own report counts its departments and townships already: it stands last, outside the sum.
    """
    whole = [item for item in found if item.kind_is_whole]
    members = [item for item in found if item not in whole]
    first = LABELS + 2
    columns = [("表", 6), ("行", 44), ("列", 22), ("合计", 12), ("没填的单位", 12)]
    columns += [(item.unit, 14) for item in members] + [(f"{item.unit}（汇总，不计入合计）", 16) for item in whole]
    title = f"{year}年度各单位数据" if year else "年度未填的数据"
    sheet = paper.sheet(f"{title}（{edition.id}年版）", columns, iter(()))
    for row, cell in enumerate(edition.cells.values(), start=1):
        labels = [("grid_label", label) for label in _labels(edition, cell)]
        for column, (style, label) in enumerate(labels):
            paper.write(sheet, row, column, style, label)
        sheet.set_row(row, _height(labels, columns[:LABELS]))
        values = [item.filing.value(cell.id) if item.filing else None for item in (*members, *whole)]
        numbers = [value for value in values[: len(members)] if isinstance(value, int | float)]
        if members:
            span = f"{_column(first)}{row + 1}:{_column(first + len(members) - 1)}{row + 1}"
            total = normal_number(round(sum(numbers), 6))
            sheet.write_formula(row, LABELS, f"=SUM({span})", paper.look("total_locked"), total)
            missing = len(members) - len(numbers)
            sheet.write_formula(row, LABELS + 1, f"={len(members)}-COUNT({span})", paper.look("grid_cell"), missing)
        for column, value in enumerate(values, start=first):
            wrong = value is not None and not isinstance(value, int | float)
            paper.write(sheet, row, column, "level_warning" if wrong else "grid_cell", value)
    sheet.freeze_panes(1, first)


def _labels(edition: Edition, cell: Cell) -> tuple[str, str, str]:
    table = next(table for table in edition.tables if table.id == cell.table)
    return table.name, " ".join(cell.path[-2:]), cell.column_label


def _column(number: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    name: str = xl_col_to_name(number)
    return name
