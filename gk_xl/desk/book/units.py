"""报送情况: a row a unit, those that are not there among them; 整改进度: what became of what was returned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gk_xl.desk.aside import first_said
from gk_xl.desk.book.paper import FILE, FINDINGS, LOOKS, ROUNDS, UNITS, Link, cells_of
from gk_xl.desk.entry import BESIDE, DUPLICATE, FAILED, MISSING, TIED, UNREADABLE
from gk_xl.desk.noted import REASON
from gk_xl.form.cleaning import clean_text
from gk_xl.workbook.sheets.results import APART, BELOW

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gk_xl.desk.book.paper import Paper
    from gk_xl.desk.brief import Brief
    from gk_xl.desk.entry import Entry
    from gk_xl.desk.roster import Listed

Row = list[tuple[str, Any]]
MARK = "√"
"""What stands in the last column of the units that are to get a slip."""
COLUMNS = (("序号", 6), ("单位", 26), ("单位类型", 12), ("年度", 8), ("结论", 10), ("错误", 7), ("警告", 7), ("提示", 7),
           ("说明", 14), ("先看这一条", 52), ("联系人", 16), ("截止", 12), ("收到", 12), ("文件", 44), ("退回", 7))  # fmt: skip
STATUS_COLUMN, SAID_COLUMN, UNIT_COLUMN, MARK_COLUMN = 4, 8, 1, len(COLUMNS) - 1
FIRST_ROW = 3
FOLDER_COLUMN = MARK_COLUMN + 2
"""Where the first row keeps, unseen, which folder the summary was made of: the buttons ask for it."""
SHOWN = 84
WHOLE = "汇总报告"
ROUND_COLUMNS = (("单位", 26), ("轮次", 7), ("结论", 10), ("已改", 7), ("仍有", 7), ("新增", 7), ("上次退回", 12),
                 ("已改的", 44), ("仍有的", 60), ("新增的", 60))  # fmt: skip


def write_units(paper: Paper, brief: Brief, first_lines: Mapping[int, int]) -> None:
    """Write the list; ``first_lines`` says for each file, by its place, on which row of 问题清单 it begins."""
    sheet = paper.add(UNITS, [width for _, width in COLUMNS], colour="#1F4E79", by_row=True)
    paper.band(
        sheet,
        0,
        len(COLUMNS),
        "title_left",
        f"{brief.year}年度报告报送情况" if not brief.year else f"{brief.year}报告报送情况",
        30,
    )
    if brief.folder is not None and clean_text(str(brief.folder)) == str(brief.folder):
        sheet.write_string(0, FOLDER_COLUMN, str(brief.folder), paper.look("hidden"))
        sheet.set_column(FOLDER_COLUMN, FOLDER_COLUMN, 3, None, {"hidden": True})
    hint = f"{brief.headline}点单位看它的问题，点文件打开它。要退回的在最后一列打“{MARK}”，用加载宏的“退回单”按钮写退回单。单位书面写明的理由，记在“{FINDINGS}”的“{REASON}”一栏，保存后再汇总就算数。"
    paper.band(sheet, 1, len(COLUMNS), "band_wrap", hint, 36)
    last = paper.table(sheet, COLUMNS, _rows(paper, brief, first_lines), head=FIRST_ROW - 1)
    sheet.freeze_panes(FIRST_ROW, UNIT_COLUMN + 1)
    sheet.data_validation(
        FIRST_ROW, MARK_COLUMN, max(last - 1, FIRST_ROW), MARK_COLUMN, {"validate": "list", "source": [MARK]}
    )


def _rows(paper: Paper, brief: Brief, first_lines: Mapping[int, int]) -> Iterator[Row]:
    """Yield the files and the units without one, in the county's order."""
    waiting = list(brief.collection.missing)
    number = 0
    for at, entry in enumerate(brief.entries):
        while waiting and entry.listed and waiting[0].order < entry.listed.order:
            number += 1
            yield _missing(number, waiting.pop(0))
        if entry.listed is None:
            while waiting:
                number += 1
                yield _missing(number, waiting.pop(0))
        number += 1
        yield _row(paper, brief, number, entry, first_lines.get(at))
    for unit in waiting:
        number += 1
        yield _missing(number, unit)


def _missing(number: int, unit: Listed) -> Row:
    from gk_xl.form.units import unit_kinds

    kind = unit_kinds().get(unit.kind)
    due = unit.due.isoformat() if unit.due else None
    return [
        ("result_centre", number),
        ("result_text", unit.name),
        ("result_centre", kind.label if kind else None),
        ("result_centre", None),
        (LOOKS[MISSING], MISSING),
        *[("result_centre", None)] * 4,
        ("result_text", "还没有交，请催报。"),
        ("result_text", unit.contact),
        ("result_centre", due),
        ("result_centre", None),
        ("result_text", None),
        ("mark", None),
    ]


def _row(paper: Paper, brief: Brief, number: int, entry: Entry, line: int | None) -> Row:
    first = _first(brief, entry)
    year = entry.filing.year if entry.filing else None
    unit: Any = Link(f"internal:'{FINDINGS}'!A{line + 1}", entry.unit) if line is not None else entry.unit
    listed, came = entry.listed, entry.received
    progress = None if entry.aside else brief.rounds.progress(entry)
    said = "；".join(filter(None, ["、".join(brief.marks(entry)), progress.said if progress else ""]))
    returned = entry.status in (FAILED, UNREADABLE) and entry is not brief.county
    return [
        ("result_centre", number),
        ("link" if isinstance(unit, Link) else "result_text", unit),
        ("result_centre", entry.kind),
        ("result_centre", year),
        _standing(brief, entry),
        *cells_of(entry, "error", "warning", "hint"),
        ("result_centre", said),
        ("result_text", first),
        ("result_text", listed.contact if listed else None),
        ("result_centre", listed.due.isoformat() if listed and listed.due else None),
        ("result_centre", came.date().isoformat() if came else None),
        (FILE, paper.file_link(entry)),
        ("mark", MARK if returned else None),
    ]


def _standing(brief: Brief, entry: Entry) -> tuple[str, Any]:
    """Return what a file came to, as a cell; the county's own report is none of those that are counted."""
    return ("level_open", WHOLE) if entry is brief.county else (LOOKS[entry.status], entry.status)


def _first(brief: Brief, entry: Entry) -> str:
    """Return the one thing to know of a file: that it does not count, else what stands first in its list, shortened."""
    if {DUPLICATE, TIED} <= entry.marks:
        return "日期与另一份相同，分不出先后，这份没有计入；请问单位以哪一份为准。"
    if DUPLICATE in entry.marks:
        return "有更新的一份，这份不算。"
    if BESIDE in entry.marks:
        return f"{entry.said_beside(brief.collection.year)}。"
    if entry is brief.county:
        title = f"见“{brief.broken.title}”" if brief.broken else ""
        return f"汇总报告，不计入合计；与各单位合计的核对{title}。"
    said = first_said(entry)
    text = entry.problem if said is None else said
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 2]}……"


def write_rounds(paper: Paper, brief: Brief) -> None:
    """Write what became of what was returned; no sheet where nothing was."""
    rows = list(_progress(brief))
    if not rows:
        return
    sheet = paper.add(ROUNDS, [width for _, width in ROUND_COLUMNS], colour="#BF8F00")
    paper.band(sheet, 0, len(ROUND_COLUMNS), "title_left", "退回以后改了没有", 30)
    paper.table(sheet, ROUND_COLUMNS, rows, head=1)


def _progress(brief: Brief) -> Iterator[Row]:
    for entry in brief.entries:
        progress, told = brief.rounds.progress(entry), brief.rounds.reference(entry)
        if entry.aside or progress is None or told is None:
            continue
        texts = (
            "\n".join(f"{item.place} {item.message}".strip().replace(BELOW, APART) for item in progress.mended),
            *(
                "\n".join(f"{line.shown or ''} {line.message or ''}".strip().replace(BELOW, APART) for line in lines)
                for lines in (progress.still, progress.new)
            ),
        )
        yield [
            ("result_text", entry.unit),
            ("result_centre", progress.number),
            (LOOKS[entry.status], entry.status),
            *(("result_centre", len(items)) for items in (progress.mended, progress.still, progress.new)),
            ("result_centre", told.date),
            *(("result_text", text) for text in texts),
        ]
