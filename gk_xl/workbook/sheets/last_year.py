"""上年数据: last year's numbers in compact matrices, labelled as last year's edition prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.checks.reasons import by_code
from gk_xl.form.fields import expand
from gk_xl.form.load import NARRATIVE
from gk_xl.form.schema import ValueKind
from gk_xl.workbook.layout import FLAGS, LAST_HIDDEN, LAST_REASONS, LAST_TEXT, LAST_TEXT_LABELS, LAST_YEAR
from gk_xl.workbook.plan import SheetPlan, Validation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gk_xl.form.filing import Filing
    from gk_xl.workbook.content import Content

LONGEST = 32_000  # characters of a cell; Excel takes 32,767


def plan_last_year(content: Content) -> SheetPlan:
    """Return the plan of the sheet 上年数据."""
    plan = SheetPlan(LAST_YEAR, "7F7F7F", hidden_from=FLAGS + 1)
    plan.widths |= {1: 52, **dict.fromkeys(range(2, 9), 13)}
    year = content.layout.names["year"].copy.absolute
    filing = content.filing
    before = "" if filing.year is None else filing.year - 1
    plan.span(
        1,
        1,
        1,
        8,
        "title",
        f"上年数据（{before}年度报告的数）",
        formula=f'"上年数据（"&IF(SUM({year})>0,SUM({year})-1,"")&"年度报告的数）"',
    )
    hint = "点“载入上年”自动填入，或照上年报告填写。整张表空着表示没有上年数据，跨年规则只报“无法判断”。"
    plan.span(2, 1, 1, 8, "band_wrap", hint)
    plan.heights |= {1: 30, 2: 22}
    places = []
    for block in content.layout.last_year_blocks:
        plan.put(block.head_row, 1, "grid_head", block.table.name)
        longest = max(len(label) for _, label in block.columns)
        plan.heights[block.head_row] = 22 if longest <= 6 else 8 + 15 * -(-longest // 6)
        for index, (_, label) in enumerate(block.columns):
            plan.put(block.head_row, 2 + index, "grid_head", label)
        for number, (row, label) in enumerate(block.rows):
            at = block.head_row + 1 + number
            plan.put(at, 1, "grid_label", label)
            plan.heights[at] = 20 if len(label) < 28 else 34
            for index, (column, _) in enumerate(block.columns):
                cell = content.layout.last.cell(f"{block.table.id}.{row}.{column}")
                value = None if content.last is None else content.last.value(cell.id)
                plan.put(at, 2 + index, "amount" if cell.kind is ValueKind.AMOUNT else "entry", value)
                places.append((at, 2 + index))
    plan.judge(content)
    plan.widths |= dict.fromkeys(range(FLAGS + 1, LAST_HIDDEN + 1), 3)
    last_row = _words(plan, content)
    plan.validations.append(Validation(tuple(places), "上年数据", "照上年报告填写；没有上年报告的整张表空着。", ""))
    plan.freeze = (3, 1)
    plan.start = min(places)
    plan.print_to = (last_row, 8)
    return plan


def _words(plan: SheetPlan, content: Content) -> int:
    """Put last year's words below the numbers; return the last row."""
    head = content.layout.last_texts_head
    hint = "上年的文字：点“载入上年”自动填入，校验时用来查有没有照抄去年、去年写过哪些理由。可以空着。"
    plan.span(head, 1, 1, 8, "band_wrap", hint)
    plan.heights[head] = 22
    texts = {} if content.last is None else last_texts(content.last)
    row = head
    for name, label in LAST_TEXT_LABELS.items():
        row = content.layout.names[name].row
        plan.put(row, 1, "grid_label", label)
        plan.span(row, 2, 1, 7, "kept", texts.get(name))
        plan.heights[row] = 48
    return row


def last_texts(last: Filing) -> Mapping[str, str]:
    """Return last year's words as the sheet keeps them, by the name of their cell; what is empty is left out."""
    told = expand(last)
    texts = {f"{LAST_TEXT}{part}": "\n".join(told.paragraphs(part)) for part in NARRATIVE}
    reasons = [f"{code} {' '.join(reason.split())}" for code, reason in by_code(last.waivers).items()]
    texts[LAST_REASONS] = "\n".join(reasons)
    return {name: text[:LONGEST] for name, text in texts.items() if text.strip()}
