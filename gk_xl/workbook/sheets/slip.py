"""报送单: who answers for the report, what the check said, and the fingerprint of what they sign; one page to print."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from gk_xl.workbook.layout import SEALED, SIGNERS, SLIP, SLIP_COLUMN, SLIP_FIRST
from gk_xl.workbook.plan import SheetPlan, Validation
from gk_xl.workbook.sheets.changed import CHANGED

if TYPE_CHECKING:
    from gk_xl.form.schema import Value
    from gk_xl.workbook.content import Content

HINT = (
    "改完、校验通过后点“报送单”，写下结论、理由和指纹；再填上签字的人，打印、签字、盖章。"
    "此后改动任何一处，指纹就对不上，要重新点、重新签。"
)
FOOT = "核对指纹：收到的机关把工作簿或报告重新算一遍，与本页相同，就是签字的这一份。"
STALE = "✗ 已作废：做好以后{}改动过，请重新点“报送单”"
HEIGHTS = {"parts": 118}  # points that eight parts take
SMALL = ("parts",)  # what is printed small: nobody reads it but to compare
LETTERS, HIGHEST = 30, 400  # Chinese characters of a line of the right column, points of its highest row
LEAST, LATER = 18, 22  # points of a line, of one that is signed by hand: a sheet without reasons takes one screen


def live_verdict(verdict: str) -> str:
    """Return the formula (without ``=``) of a verdict that holds while 封面 counts no change since the check."""
    return f'IF({CHANGED.absolute}>0,"{STALE.format("")}","{verdict}")'


def slip_height(name: str, text: str) -> float:
    """Return the height of a row, in points, that shows a text whole; the page is made to fit."""
    lines = sum(-(-max(1, len(line) // (1 + line.isascii())) // LETTERS) for line in text.split("\n"))
    return min(HIGHEST, max(HEIGHTS.get(name, LEAST), 5 + (14.3 if name in SMALL else 16.5) * lines))


def plan_slip(content: Content) -> SheetPlan:
    """Return the plan of the sheet 报送单."""
    plan = SheetPlan(SLIP, "C00000")
    plan.widths |= {1: 18, SLIP_COLUMN: 66}
    plan.span(1, 1, 1, 2, "title", "政府信息公开工作年度报告报送单")
    plan.span(2, 1, 1, 2, "band_wrap", HINT)
    plan.heights |= {1: 24, 2: 37, 3: 3}
    names, filing = content.layout.names, content.filing
    unit, year = names["unit.name"].copy.absolute, names["year"].copy.absolute
    shown = f"{filing.unit.name}　{'' if filing.year is None else filing.year}年度"
    plan.put(SLIP_FIRST, 1, "label", "报送单位、年度")
    plan.put(SLIP_FIRST, SLIP_COLUMN, "shown", shown, formula=f'{unit}&"　"&{year}&"年度"')
    plan.heights |= {SLIP_FIRST: 20, SLIP_FIRST + 1: 3}
    for name, label in SEALED:
        place = names[f"slip.{name}"]
        plan.put(place.row, 1, "label", label)
        style = "shown_small" if name in SMALL else "shown"
        plan.put(place.row, SLIP_COLUMN, style, filing.slip.get(name), output=True)
        plan.heights[place.row] = slip_height(name, filing.slip.get(name, ""))
    for name, label in SIGNERS:
        place = names[f"slip.{name}"]
        dated = name == "date"
        value: Value | dt.date = filing.slip.get(name)
        if dated and value:
            try:
                value = dt.date.fromisoformat(str(value))
            except ValueError:
                value = str(value)
        plan.put(place.row, 1, "label", label)
        plan.put(place.row, SLIP_COLUMN, "setting_date" if dated else "setting", value)
        plan.heights[place.row] = LATER
        said = "签字的日期，如 2026-1-10；也可以空着，打印后手写。" if dated else "填姓名；也可以空着，打印后手写签字。"
        error = "请填日期，如 2026-1-10。" if dated else ""
        plan.validations.append(Validation(((place.row, SLIP_COLUMN),), label, said, error, date=dated))
    last = max(names[f"slip.{name}"].row for name, _ in SIGNERS) + 1
    plan.span(last, 1, 1, 2, "hint", FOOT)
    plan.heights[last] = 20
    plan.start = (last - len(SIGNERS), SLIP_COLUMN)
    plan.print_to = (last, SLIP_COLUMN)
    return plan
