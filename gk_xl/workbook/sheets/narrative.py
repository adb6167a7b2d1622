"""The sheets of 一, 五 and 六: a paragraph a row, as text pasted from Word lands; beside it sentences from the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.engines.core.addresses import column_letters
from gk_xl.form.links import seen
from gk_xl.form.sentences import TOPICS, suggest
from gk_xl.workbook.flags import flags
from gk_xl.workbook.layout import (
    CAPACITY,
    FIRST_ONES,
    FLAGS,
    LAST_HIDDEN,
    NARRATIVE_COLUMN,
    SUGGESTION_COLUMN,
    SUGGESTION_ROWS,
)
from gk_xl.workbook.plan import SheetPlan, Validation
from gk_xl.workbook.styles import FLAG_STYLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.form.filing import Filing
    from gk_xl.form.schema import Section
    from gk_xl.form.sentences import Suggestion
    from gk_xl.workbook.content import Content
    from gk_xl.workbook.layout import Layout

LOWEST = 30  # points of a row of one line, or of none
LINE = 18.2  # points of a line of text: as high as LibreOffice draws it
WIDTH = 72  # characters of the paragraph column: some 34 Chinese characters a line
SUGGESTION_WIDTH = 44
BLANK_ROWS = 12  # so many rows of a sheet without text are printed, to be written on by hand
SUGGESTED = "由表格写成的句子（校验后更新）。点选一条，再点“采纳建议”，就放进左边的正文。"
TIP = "一段一行，可整篇粘贴。"  # beside the first row; it covers no other, the row above says more
PREAMBLE_BELOW = "前言（可以不写）在第 {} 行，点这里跳过去"
PROMPTS = {
    "preamble": "一般写编制依据、统计期限（1月1日至12月31日）、电子版在哪里、联系方式。",
    "overview": "一段一行；小标题单独一行，写作“（一）主动公开”。整篇从 Word 复制后选中第一行粘贴；没有按钮的，用“选择性粘贴”的“无格式文本”。",
    "problems": "写真实的问题和对应的改进措施，不能写“无”。",
    "other_matters": "写信息处理费的收取情况（没有收取也要写明），再写其他事项；没有的写“无其他需要报告的事项。”",
}


def plan_narrative(content: Content, section: Section) -> SheetPlan:
    """Return the plan of a narrative section; the preamble stands below 一."""
    plan = SheetPlan(section.tab, "548235", hidden_from=FLAGS + 1, one_page=False, default_height=LOWEST)
    plan.widths |= {1: 5, NARRATIVE_COLUMN: WIDTH, 3: 1.5}
    plan.span(1, 1, 1, 2, "title_left", section.heading)
    names = content.layout.names
    unit, year = names["unit.name"].copy.absolute, names["year"].copy.absolute
    filing = content.filing
    text = f"{filing.unit.name}　{'' if filing.year is None else filing.year}年度"
    plan.span(2, 1, 1, 2, "subtitle_left", text, formula=f'{unit}&"　"&{year}&"年度"')
    plan.heights |= {1: 30, 2: 20}
    parts = ("preamble", section.narrative) if section.narrative == "overview" else (section.narrative,)
    for part in parts:
        _part(plan, content, part, section)
    last = max(content.layout.narrative_first(part).row + CAPACITY[part] - 1 for part in parts)
    if "preamble" in parts:
        first = content.layout.narrative_first("preamble").row
        link = f"'{section.tab}'!{column_letters(NARRATIVE_COLUMN)}{first}"
        plan.put(2, SUGGESTION_COLUMN, "link", PREAMBLE_BELOW.format(first), link=link)
    plan.print_to = (last, NARRATIVE_COLUMN)
    plan.printed = printed_rows(content.layout, section, content.filing)
    plan.freeze = (3, 1)
    plan.start = (4, NARRATIVE_COLUMN)
    plan.flagged = (4, NARRATIVE_COLUMN, last, NARRATIVE_COLUMN)
    plan.paint_flags(plan.flagged, FLAG_STYLES)
    plan.judge(content)
    plan.widths |= dict.fromkeys(range(FLAGS + 1, LAST_HIDDEN + 1), 3)
    return plan


def _part(plan: SheetPlan, content: Content, part: str, section: Section) -> None:
    """Put the rows of one narrative part with the prompt in the row above them."""
    first = content.layout.narrative_first(part)
    label = "前言（印在“一”之前，可以不写）" if part == "preamble" else section.heading
    hint = PROMPTS[part]
    if part == "overview" and section.parts:
        hint += (
            f"依次写：{'、'.join(f'（{n}）{name}' for n, name in zip('一二三四五六', section.parts, strict=False))}。"
        )
    band = f"{label}　{hint}" if part == "preamble" else hint
    plan.span(first.row - 1, 1, 1, 2, "band_wrap", band)
    plan.heights[first.row - 1] = 6 + 16 * -(-len(band) // (WIDTH // 2 + 2))
    flagged = flags(content)
    paragraphs = fitted(seen(content.filing).paragraphs(part), CAPACITY[part])
    for number in range(CAPACITY[part]):
        row = first.row + number
        text = paragraphs[number] if number < len(paragraphs) else None
        plan.put(row, 1, "number", number + 1)
        plan.put(row, NARRATIVE_COLUMN, "paragraph", text)
        plan.put_flag(row, NARRATIVE_COLUMN, *flagged.get(f"narrative.{part}.{number + 1}", (None,)))
        place = first.down(number)
        written = f"IF(ISBLANK({content.layout.reading(place)}),0,1)"
        plan.put(row, place.copy.column, "hidden", int(bool(text)), formula=written)
        if text:
            plan.heights[row] = row_height(text)
    places = tuple((first.row + number, NARRATIVE_COLUMN) for number in range(CAPACITY[part]))
    plan.validations.append(Validation(places[:1], label[:30], TIP, ""))
    beside = [(name, text) for name, _, text in suggestions(content.filing) if name.startswith(f"narrative.{part}.")]
    if beside:
        plan.widths[SUGGESTION_COLUMN] = SUGGESTION_WIDTH
        plan.put(first.row - 1, SUGGESTION_COLUMN, "band_wrap", SUGGESTED)
        plan.heights[first.row - 1] = max(plan.heights[first.row - 1], 38)
    for name, text in beside:
        row = content.layout.names[name].row
        plan.span(row, SUGGESTION_COLUMN, SUGGESTION_ROWS, 1, "suggestion", text or None, output=True)


def printed_rows(form: Layout, section: Section, filing: Filing) -> tuple[tuple[int, int], ...]:
    """Return first and last row of what is worth printing of a narrative sheet: no blank page, 前言 where there is one."""
    first = form.narrative_first(section.narrative).row
    written = min(len(filing.paragraphs(section.narrative)), CAPACITY[section.narrative])
    blocks = [(1, first + max(written, BLANK_ROWS) - 1)]
    count = min(len(filing.paragraphs("preamble")), CAPACITY["preamble"])
    if section.narrative == "overview" and count and form.schema not in FIRST_ONES:
        above = form.narrative_first("preamble").row
        blocks.append((above - 1, above + count - 1))
    return tuple(blocks)


def row_height(text: str) -> float:
    """Return the height, in points, of a row that holds a paragraph, also where a flag makes it bold."""
    lines = sum(-(-max(1, len(line)) // (WIDTH // 2 - 3)) for line in text.split("\n"))
    return min(400, max(LOWEST, 3 + LINE * lines))


def suggestions(filing: Filing) -> Iterator[tuple[str, Suggestion | None, str]]:
    """Yield each sentence beside the text: the name of the row it begins at, itself (None: nothing to say), its text."""
    found = {item.topic: item for item in suggest(filing)}
    rows = dict.fromkeys((topic.part for topic in TOPICS), 1)
    for topic in TOPICS:
        item = found.get(topic.name)
        shown = ""
        if item is not None:
            state = "（已采纳）" if item.taken(filing) else ""
            shown = f"【{topic.name}】{state}{item.text or f'暂时写不出：{item.reason}'}"
        yield f"narrative.{topic.part}.{rows[topic.part]}", item, shown
        rows[topic.part] += SUGGESTION_ROWS


def fitted(paragraphs: tuple[str, ...], rows: int) -> tuple[str, ...]:
    """Return the paragraphs in at most so many rows: what is beyond goes into the last, a line each.

    The reader splits a cell at line breaks, so nothing is lost on the way back.
    """
    if len(paragraphs) <= rows:
        return paragraphs
    return (*paragraphs[: rows - 1], "\n".join(paragraphs[rows - 1 :]))
