"""封面: who reports, on which year, and how far the workbook has come."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from gk_xl.form.filing import MONEY_UNITS
from gk_xl.form.load import base_id
from gk_xl.form.profile import profile_of
from gk_xl.form.units import unit_kinds
from gk_xl.workbook.content import verdict_text
from gk_xl.workbook.flags import flags
from gk_xl.workbook.layout import (
    COVER,
    FLAGS,
    GUIDE,
    LAST_HIDDEN,
    LAST_YEAR,
    RESULTS,
    SETTINGS_COLUMN,
    SETTINGS_FIRST,
    SLIP,
    Place,
)
from gk_xl.workbook.plan import SheetPlan, Validation
from gk_xl.workbook.sheets.changed import CHANGED
from gk_xl.workbook.sheets.progress import plan_progress
from gk_xl.workbook.styles import FLAG_STYLES

if TYPE_CHECKING:
    from gk_xl.form.schema import Value
    from gk_xl.workbook.content import Content
    from gk_xl.workbook.sheets.table import TableSheet

READ_BY_FORMULAS = ("unit.name", "unit.kind", "year")
BEFORE = "（改动以前的）"  # ahead of the verdict of the last check, once something was changed behind it
STEPS = (
    ("第一步", "填本页的黄色格子。", COVER),
    ("第二步", "填二、三、四的表格。黄色格填数，没有的填 0；蓝色格是总计，也要填，旁边会算出应有的数。", "t2"),
    ("第三步", "填一、五、六的正文，一段一行，可从 Word 整段粘贴。", "overview"),
    ("第四步", "把上年报告的数填到“上年数据”（首次填报的跳过）。", LAST_YEAR),
    ("第五步", "点“校验”，按“校验结果”逐条改正。没有按钮的，存盘后把工作簿拖到“校验.cmd”上。", RESULTS),
    ("第六步", "点“报送单”，打印签字；再点“导出报告”。没有按钮的用同名的 .cmd。", SLIP),
)


def plan_cover(content: Content, tables: list[TableSheet]) -> SheetPlan:
    """Return the plan of 封面."""
    plan = SheetPlan(COVER, "C00000", hidden_from=FLAGS + 1, freeze=(0, 0))
    plan.widths |= {1: 2, 2: 24, 3: 34, 4: 10, 5: 10, 6: 10, 7: 26}
    notice, profile = content.edition.notice, profile_of(content.edition.id)
    subtitle = f"填报工作簿 · {base_id(content.edition.id)} 年版格式（{notice.number}）"
    if profile:
        subtitle += f" · 附 {profile.name} 的本地要求" + (f"（{profile.handed_in}）" if profile.handed_in else "")
    plan.span(1, 2, 1, 6, "cover_title", "政府信息公开工作年度报告")
    plan.span(2, 2, 1, 6, "cover_subtitle", subtitle)
    plan.heights |= {1: 36, 2: 18}
    plan.span(SETTINGS_FIRST - 1, 2, 1, 6, "band", "填报单位")
    plan.heights[SETTINGS_FIRST - 1] = 20
    _settings(plan, content)
    row = SETTINGS_FIRST + len(content.layout.settings)
    row = plan_progress(plan, content, tables, row)
    row = _last_check(plan, content, row)
    row = _steps(plan, content, row + 1)
    plan.start = (SETTINGS_FIRST, SETTINGS_COLUMN)
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
        plan.heights[row] = 20
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


def _last_check(plan: SheetPlan, content: Content, row: int) -> int:
    """Put verdict and time of the last check; return the next free row."""
    names = content.layout.names
    for offset, (name, label) in enumerate((("verdict", "上次校验结论"), ("checked_at", "上次校验时间"))):
        plan.put(row + offset, 2, "label", label)
        source = names[name].absolute
        shown = content.result and {"verdict": verdict_text(content), "checked_at": content.checked_at}[name]
        before = f'IF({CHANGED.address}>0,"{BEFORE}","")&' if name == "verdict" else ""
        formula = f'IF({source}="","还没有校验",{before}{source})'
        plan.span(row + offset, 3, 1, 5, "shown", shown or "还没有校验", formula=formula)
        plan.heights[row + offset] = 20
    return row + 2


def _steps(plan: SheetPlan, content: Content, row: int) -> int:
    """Put the five steps with links; return the next free row."""
    plan.span(row, 2, 1, 6, "band", "怎么填")
    plan.heights[row] = 22
    for number, (step, text, target) in enumerate(STEPS, start=1):
        sheet = target if target in (COVER, LAST_YEAR, RESULTS, SLIP) else content.edition.section(target).tab
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
    flagged = flags(content)
    for name, _, _ in content.layout.settings:
        place: Place = content.layout.names[name]
        plan.put_flag(place.row, place.column, *flagged.get(name, (None,)))
    plan.widths |= dict.fromkeys(range(FLAGS + 1, LAST_HIDDEN + 1), 3)
    region = (SETTINGS_FIRST, SETTINGS_COLUMN, SETTINGS_FIRST + len(content.layout.settings) - 1, SETTINGS_COLUMN)
    plan.paint_flags(region, FLAG_STYLES)
    plan.judge(content)
