"""The sheets of 一, 五 and 六: one paragraph a row, so that text pasted from Word lands right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.workbook.layout import CAPACITY, FLAGS, LAST_HIDDEN, NARRATIVE_COLUMN, column_letters
from gk_xl.workbook.plan import Condition, SheetPlan, Validation

if TYPE_CHECKING:
    from gk_xl.form.schema import Section
    from gk_xl.workbook.content import Content

WIDTH = 92  # characters of the paragraph column: some 44 Chinese characters a line
PROMPTS = {
    "preamble": "可以不写。一般写编制依据、统计期限（1月1日至12月31日）、电子版在哪里、联系方式。",
    "overview": "一段一行；小标题单独一行，写作“（一）主动公开”。整篇从 Word 复制后选中第一行粘贴。",
    "problems": "写真实的问题和对应的改进措施，不能写“无”。",
    "other_matters": "写信息处理费的收取情况（没有收取也要写明），再写其他事项；没有的写“无其他需要报告的事项。”",
}


def plan_narrative(content: Content, section: Section) -> SheetPlan:
    """Return the plan of a narrative section; the preamble stands above 一."""
    plan = SheetPlan(section.tab, "548235", hidden_from=FLAGS + 1, one_page=False, default_height=30)
    plan.widths |= {1: 7, NARRATIVE_COLUMN: WIDTH, 3: 2}
    plan.span(1, 1, 1, 2, "title_left", section.heading)
    names = content.layout.names
    unit, year = names["unit.name"].absolute, names["year"].absolute
    filing = content.filing
    text = f"{filing.unit.name}　{'' if filing.year is None else filing.year}年度"
    plan.span(2, 1, 1, 2, "subtitle_left", text, formula=f'{unit}&"　"&{year}&"年度"')
    plan.heights |= {1: 30, 2: 20}
    parts = ("preamble", section.narrative) if section.narrative == "overview" else (section.narrative,)
    for part in parts:
        _part(plan, content, part, section)
    last = content.layout.narrative_first(section.narrative).row + CAPACITY[section.narrative] - 1
    plan.print_to = (last, NARRATIVE_COLUMN)
    plan.freeze = (3, 1)
    plan.flagged = (4, NARRATIVE_COLUMN, last, NARRATIVE_COLUMN)
    first = f"{column_letters(NARRATIVE_COLUMN + FLAGS)}4"
    for level, style in ((3, "flag_error"), (2, "flag_warning"), (1, "flag_hint")):
        plan.conditions.append(Condition((4, NARRATIVE_COLUMN, last, NARRATIVE_COLUMN), f"{first}={level}", style))
    plan.widths |= dict.fromkeys(range(FLAGS + 1, LAST_HIDDEN + 1), 3)
    return plan


def _part(plan: SheetPlan, content: Content, part: str, section: Section) -> None:
    """Put the rows of one narrative part with the prompt in the row above them."""
    first = content.layout.narrative_first(part)
    label = "前言（在“一”之前，可以不写）" if part == "preamble" else section.heading
    hint = PROMPTS[part]
    if part == "overview" and section.parts:
        hint += (
            f"依次写：{'、'.join(f'（{n}）{name}' for n, name in zip('一二三四五六', section.parts, strict=False))}。"
        )
    plan.span(first.row - 1, 1, 1, 2, "band_wrap", f"{label}　{hint}" if part == "preamble" else hint)
    plan.heights[first.row - 1] = 22 if len(hint) < 50 else 38
    levels = content.levels()
    paragraphs = fitted(content.filing.paragraphs(part), CAPACITY[part])
    for number in range(CAPACITY[part]):
        row = first.row + number
        text = paragraphs[number] if number < len(paragraphs) else None
        plan.put(row, 1, "number", number + 1)
        plan.put(row, NARRATIVE_COLUMN, "paragraph", text)
        plan.put(row, NARRATIVE_COLUMN + FLAGS, "flag", levels.get(f"narrative.{part}.{number + 1}") or None)
        if text:
            lines = sum(-(-max(1, len(line)) // (WIDTH // 2 - 3)) for line in text.split("\n"))
            plan.heights[row] = min(400, max(30, 8 + 16 * lines))
    places = tuple((first.row + number, NARRATIVE_COLUMN) for number in range(CAPACITY[part]))
    plan.validations.append(Validation(places[:1], label[:30], hint[:240], ""))


def fitted(paragraphs: tuple[str, ...], rows: int) -> tuple[str, ...]:
    """Return the paragraphs in at most so many rows: what is beyond goes into the last, a line each.

    The reader splits a cell at line breaks, so nothing is lost on the way back.
    """
    if len(paragraphs) <= rows:
        return paragraphs
    return (*paragraphs[: rows - 1], "\n".join(paragraphs[rows - 1 :]))
