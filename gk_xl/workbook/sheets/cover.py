"""封面: who reports, on which year, and how far the workbook has come."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from gk_xl.engines.core.addresses import parse_address
from gk_xl.form.filing import MONEY_UNITS
from gk_xl.form.load import base_id
from gk_xl.form.profile import profile_of
from gk_xl.form.units import unit_kinds
from gk_xl.workbook.layout import (
    COVER,
    ENTRIES,
    FLAGS,
    GUIDE,
    LAST_HIDDEN,
    LAST_YEAR,
    RESULTS,
    SETTINGS_COLUMN,
    SETTINGS_FIRST,
    Place,
)
from gk_xl.workbook.plan import Condition, SheetPlan, Validation, area
from gk_xl.workbook.styles import FLAG_STYLES

if TYPE_CHECKING:
    from gk_xl.form.schema import Value
    from gk_xl.workbook.content import Content
    from gk_xl.workbook.sheets.table import TableSheet

READ_BY_FORMULAS = ("unit.name", "unit.kind", "year")
STEPS = (
    ("第一步", "填本页的黄色格子。", COVER),
    ("第二步", "填二、三、四的表格。黄色格填数，没有的填 0；蓝色格是总计，也要填，旁边会算出应有的数。", "t2"),
    ("第三步", "填一、五、六的正文，一段一行，可从 Word 整段粘贴。", "overview"),
    ("第四步", "把上年报告的数填到“上年数据”（首次填报的跳过）。", LAST_YEAR),
    ("第五步", "点“校验”，按“校验结果”逐条改正；再点“导出报告”。没有按钮时看各表的红色格子和本页的核对栏。", RESULTS),
)


def plan_cover(content: Content, tables: list[TableSheet]) -> SheetPlan:
    """Return the plan of 封面."""
    plan = SheetPlan(COVER, "C00000", hidden_from=FLAGS + 1, freeze=(0, 0))
    plan.widths |= {1: 2, 2: 18, 3: 34, 4: 9, 5: 9, 6: 9, 7: 26}
    notice, profile = content.edition.notice, profile_of(content.edition.id)
    subtitle = f"填报工作簿 · {base_id(content.edition.id)} 年版格式（{notice.number}）"
    if profile:
        subtitle += f" · 附 {profile.name} 的本地要求" + (f"（{profile.handed_in}）" if profile.handed_in else "")
    plan.span(1, 2, 1, 6, "cover_title", "政府信息公开工作年度报告")
    plan.span(2, 2, 1, 6, "cover_subtitle", subtitle)
    plan.heights |= {1: 44, 2: 22, 3: 8}
    plan.span(SETTINGS_FIRST - 1, 2, 1, 6, "band", "填报单位")
    plan.heights[SETTINGS_FIRST - 1] = 22
    _settings(plan, content)
    row = SETTINGS_FIRST + len(content.layout.settings) + 1
    row = _progress(plan, content, tables, row)
    row = _steps(plan, content, row + 1)
    plan.print_to = (row, 7)
    plan.flagged = (SETTINGS_FIRST, SETTINGS_COLUMN, SETTINGS_FIRST + len(content.layout.settings) - 1, SETTINGS_COLUMN)
    _flags(plan, content)
    return plan


def _settings(plan: SheetPlan, content: Content) -> None:
    """Put label, input and hint of every setting."""
    values = content.settings()
    for number, (name, label, hint) in enumerate(content.layout.settings):
        row = SETTINGS_FIRST + number
        style = "setting"
        value: Value | dt.date = values[name]
        if name in ("signed.date", "deadline"):
            style = "setting_date"
            value = _as_date(values[name])
        plan.put(row, 2, "label", label)
        plan.put(row, SETTINGS_COLUMN, style, value)
        plan.span(row, 4, 1, 4, "hint", hint)
        plan.heights[row] = 24
        if name in READ_BY_FORMULAS:
            _copy(plan, content, name)
        at = ((row, SETTINGS_COLUMN),)
        if name == "unit.kind":
            choices = tuple(kind.label for kind in unit_kinds().values())
            plan.validations.append(Validation(at, label, f"{hint}。", "请从列表里选择。", choices=choices))
        elif name == "year":
            years = (content.edition.first_year, content.edition.last_year or 2099)
            error = f"这本工作簿用于 {years[0]} 年度{'起' if content.edition.last_year is None else f'至 {years[1]} 年度'}的报告。"
            plan.validations.append(Validation(at, label, f"{hint}。", error, years=years))
        elif style == "setting_date":
            plan.validations.append(Validation(at, label, f"{hint}。", "请填日期，如 2026-1-10。", date=True))
        elif name.startswith("units."):
            plan.validations.append(Validation(at, label, f"{hint}。", "请从列表里选择。", choices=MONEY_UNITS))
        else:
            plan.validations.append(Validation(at, label, f"{hint}。", ""))


def _copy(plan: SheetPlan, content: Content, name: str) -> None:
    """Put the copy of a setting that formulas read."""
    place = content.layout.names[name]
    read, value = content.layout.reading(place), content.settings()[name]
    copy = place.copy
    plan.put(copy.row, copy.column, "hidden", value or "", formula=f'IF(ISBLANK({read}),"",{read})')


def _as_date(value: Value) -> Value | dt.date:
    """Return an ISO date as a date, other text as it is."""
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return value


def _progress(plan: SheetPlan, content: Content, tables: list[TableSheet], row: int) -> int:
    """Put the live counts of each table and the verdict over all; return the next free row."""
    plan.span(row, 2, 1, 6, "band", "实时核对（不用点按钮，随填随算）")
    plan.heights[row] = 22
    for column, text in ((2, "部分"), (3, "进度"), (4, "✓ 成立"), (5, "✗ 不成立"), (6, "！请确认"), (7, "还差")):
        plan.put(row + 1, column, "grid_head", text)
    first = row + 2
    for number, sheet in enumerate(tables):
        _table_line(plan, sheet, first + number)
    last = first + len(tables) - 1
    at = last + 1
    blanks, broken = f"SUM(G{first}:G{last})", f"SUM(E{first}:E{last})"
    formula = (
        f'IF({broken}>0,"✗ 有 "&{broken}&" 处勾稽不成立，请看各表的红色格子",'
        f'IF({blanks}>0,"… 还有 "&{blanks}&" 格没有填好","✓ 各表填齐，勾稽全部成立"))'
    )
    counts = [[plan.cells[r, c].value for r in range(first, last + 1)] for c in (5, 7)]
    wrong, missing = (sum(value for value in column if isinstance(value, int)) for column in counts)
    value = (
        f"✗ 有 {wrong} 处勾稽不成立，请看各表的红色格子"
        if wrong
        else (f"… 还有 {missing} 格没有填好" if missing else "✓ 各表填齐，勾稽全部成立")
    )
    plan.span(at, 2, 1, 6, "verdict", value, formula=formula)
    plan.heights[at] = 30
    plan.conditions += [
        Condition((at, 2, at, 7), f'LEFT($B${at},1)="✗"', "red"),
        Condition((at, 2, at, 7), f'LEFT($B${at},1)="✓"', "green"),
        Condition((first, 5, last, 5), f"E{first}>0", "red"),
        Condition((first, 6, last, 6), f"F{first}>0", "amber"),
    ]
    names = content.layout.names
    for offset, (name, label) in enumerate((("verdict", "上次校验结论"), ("checked_at", "上次校验时间")), start=1):
        plan.put(at + offset, 2, "label", label)
        source = names[name].absolute
        shown = content.result and {"verdict": verdict_text(content), "checked_at": content.checked_at}[name]
        plan.span(
            at + offset, 3, 1, 5, "shown", shown or "还没有校验", formula=f'IF({source}="","还没有校验",{source})'
        )
        plan.heights[at + offset] = 22
    return at + 3


def verdict_text(content: Content) -> str:
    """Return the verdict of the last check in one line."""
    if content.result is None:
        return ""
    counts = content.result.counts
    head = "✗ 未通过" if counts["error"] else ("！请确认" if counts["warning"] else "✓ 通过")
    return f"{head}：错误 {counts['error']}，警告 {counts['warning']}，提示 {counts['hint']}，无法判断 {counts['not_assessable']}"


def _table_line(plan: SheetPlan, sheet: TableSheet, row: int) -> None:
    """Put one table's line: progress, verdict counts, cells still to fill."""
    total = len(sheet.table.cells)
    places = [sheet.place_of(cell).right(ENTRIES) for cell in sheet.table.cells]
    rows, columns = [p.row for p in places], [p.column for p in places]
    block = f"'{sheet.sheet}'!{area(min(rows), min(columns), max(rows), max(columns))}"
    good = sum(int(sheet.plan.cells[p.row, p.column].value == 1) for p in places)
    plan.put(row, 2, "grid_label", sheet.section.tab, link=f"'{sheet.sheet}'!A1")
    plan.put(row, 3, "grid_cell", f"已填好 {good} / {total} 格", formula=f'"已填好 "&SUM({block})&" / {total} 格"')
    errors, warnings = _split(sheet)
    for column, wanted, block_name, values in (
        (4, 1, sheet.errors, errors),
        (5, 0, sheet.errors, errors),
        (6, 0, sheet.warnings, warnings),
    ):
        formula = f"COUNTIF('{sheet.sheet}'!{block_name},{wanted})" if block_name else "0"
        plan.put(row, column, "grid_cell", values.count(wanted), formula=formula)
    plan.put(row, 7, "grid_cell", total - good, formula=f"{total}-SUM({block})")
    plan.heights[row] = 22


def _split(sheet: TableSheet) -> tuple[list[object], list[object]]:
    """Return the present verdicts of the rule list: of errors, of warnings."""
    lists: list[list[object]] = []
    for block in (sheet.errors, sheet.warnings):
        values: list[object] = []
        if block:
            (first, column), (last, _) = (parse_address(part) for part in block.split(":"))
            values = [
                cell.value
                for row in range(first, last + 1)
                if (cell := sheet.plan.cells.get((row, column))) is not None
            ]
        lists.append(values)
    return lists[0], lists[1]


def _steps(plan: SheetPlan, content: Content, row: int) -> int:
    """Put the five steps with links; return the next free row."""
    plan.span(row, 2, 1, 6, "band", "怎么填")
    plan.heights[row] = 22
    for number, (step, text, target) in enumerate(STEPS, start=1):
        sheet = target if target in (COVER, LAST_YEAR, RESULTS) else content.edition.section(target).tab
        plan.put(row + number, 2, "step", step, link=f"'{sheet}'!A1")
        plan.span(row + number, 3, 1, 5, "text", text)
        plan.heights[row + number] = 36 if len(text) > 36 else 22
    at = row + len(STEPS) + 1
    plan.put(at, 2, "step", "说明", link=f"'{GUIDE}'!A1")
    plan.span(
        at, 3, 1, 5, "text", "每一格填什么、颜色是什么意思，见“使用说明”。工作簿有保护（无密码），只有黄、蓝格可以填。"
    )
    plan.heights[at] = 36
    return at


def _flags(plan: SheetPlan, content: Content) -> None:
    """Put the flag block of the settings."""
    levels = content.levels()
    for name, _, _ in content.layout.settings:
        place: Place = content.layout.names[name]
        plan.put(place.row, place.column + FLAGS, "flag", levels.get(name) or None)
    plan.widths |= dict.fromkeys(range(FLAGS + 1, LAST_HIDDEN + 1), 3)
    region = (SETTINGS_FIRST, SETTINGS_COLUMN, SETTINGS_FIRST + len(content.layout.settings) - 1, SETTINGS_COLUMN)
    plan.paint(FLAGS, region, FLAG_STYLES)
