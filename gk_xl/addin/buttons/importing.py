"""导入报告: a published report, or a table copied in Word, → the open workbook; what stands there is asked about first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gk_xl.addin.buttons.choosing import choose
from gk_xl.addin.buttons.doubting import put_doubts, standing_doubts
from gk_xl.addin.buttons.filling import put_values
from gk_xl.addin.buttons.judging import Ask, decider, spot
from gk_xl.addin.buttons.marking import keep_in_note, put_suggestions
from gk_xl.addin.clipboard import copied_html, described, has_table
from gk_xl.addin.com import values_of
from gk_xl.addin.edit import Edit
from gk_xl.addin.healing import healing
from gk_xl.addin.view import read_book
from gk_xl.addin.wording import spoken
from gk_xl.errors import HostError
from gk_xl.form.links import kept, links_of, seen
from gk_xl.form.load import NARRATIVE, base_id
from gk_xl.form.schema import PREAMBLE
from gk_xl.form.units import is_one_unit
from gk_xl.workbook.content import Content
from gk_xl.workbook.layout import CAPACITY, COVER
from gk_xl.workbook.linked import NAME, link_constants
from gk_xl.workbook.sheets.narrative import fitted, row_height

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gk_xl.form.filing import Filing
    from gk_xl.form.schema import CellId, Value
    from gk_xl.workbook.grid import Reading

LISTED = 3
NOTHING = "什么也没有改。"


class Arrived(NamedTuple):
    """What a report gave: the filing, why cells are doubtful or not read, what was left over, in sentences.

    ``moved`` are the beginnings of texts among its tables, which went to the end of 一.
    """

    filing: Filing
    doubts: Mapping[CellId, str]
    left: tuple[str, ...]
    moved: tuple[str, ...] = ()


Take = Callable[[Path | None, bytes, int | None], Arrived]


@spoken()
@healing("导入报告")
def import_report(
    book: Any,
    path: Path | str = "",
    ask: Ask | None = None,
    take: Take | None = None,
    paste: Callable[[], bytes] | None = None,
) -> str:
    """导入报告: fill the workbook from a report, or from a table on the clipboard, and say what came, and what is doubtful.

    Without ``path`` the clipboard is offered where it holds a table, else the application asks for a file. Numbers and
    text that stand there are replaced on the clerk's word only.
    """
    reading, asking = read_book(book), decider(book, ask)
    copied = b"" if path else (paste or (lambda: copied_html(book)))()
    if copied and has_table(copied):
        if not asking(f"剪贴板里有复制来的表格（{described(copied)}）。用它来填吗？（选“否”则选择报告文件。）"):
            copied = b""
    else:
        copied = b""
    source = None if copied else Path(path or choose(book, "导入报告", "已发布的报告", "工作簿没有改动。"))
    arrived = (take or taken)(source, copied, reading.filing.year)
    name = f"“{source.name}”" if source else "剪贴板里的表格"
    problem = doubts(reading, arrived.filing, name)
    if problem and not asking(f"{problem}仍要导入吗？"):
        return f"没有导入，{NOTHING}"
    plan = Plan(reading, arrived.filing)
    if plan.question and not asking(plan.question):
        plan.keep()
    if not plan.is_empty:
        with Edit(book, "导入报告") as edit:
            plan.put(edit, book, arrived)
    return told(plan, arrived, name, whole=source is not None)


def taken(path: Path | None, copied: bytes, year: int | None) -> Arrived:
    """Return what a file, or else what was copied, holds; read in this process."""
    from gk_xl.sources.model import MOVED, NoteKind

    if path is None:
        from gk_xl.sources.pasted import import_pasted

        imported = import_pasted(copied, year)
    else:
        from gk_xl.sources.open import import_sources

        imported = import_sources([path])
        if imported.filing.year is None and year is not None:
            imported = import_sources([path], year)
    left = [note.message for note in imported.notes_of(NoteKind.UNPLACED)]
    moved = [note.found for note in imported.notes_of(NoteKind.READ) if MOVED in note.message]
    # A table copied alone says nothing about the other tables.
    doubts = {
        cell: doubt.reason for cell, doubt in imported.filing.doubts.items() if path is not None or not doubt.unread
    }
    return Arrived(imported.filing, {**doubts, **imported.doubts}, tuple(left), tuple(moved))


def doubts(reading: Reading, filing: Filing, name: str) -> str:
    """Return why a clerk might not want this report: another year, another unit. HostError for another form."""
    ours = reading.filing
    if base_id(filing.edition) != base_id(ours.edition):
        raise HostError(
            f"{name}用的是 {base_id(filing.edition)} 年版表格，这本工作簿是 {base_id(ours.edition)} 年版，没有导入。"
            "要放进“上年数据”的，请点“载入上年”。"
        )
    words = []
    if None not in (ours.year, filing.year) and ours.year != filing.year:
        words.append(f"{name}是 {filing.year} 年度的报告，这本工作簿是 {ours.year} 年度的。")
    mine, theirs = ours.unit.name, filing.unit.name
    if mine and theirs and not is_one_unit(mine, theirs, ours.unit.county):
        words.append(f"它的单位是“{theirs}”，这本工作簿是“{mine}”。")
    return "".join(words)


class Plan:
    """What of a report goes where: into blank places, and over what stands there."""

    def __init__(self, reading: Reading, new: Filing) -> None:
        self.reading = reading
        old = reading.filing
        came = {cell: value for cell, value in new.cells.items() if value is not None and cell in reading.places}
        self.blank = {cell: value for cell, value in came.items() if old.value(cell) is None}
        self.other = {cell: value for cell, value in came.items() if old.value(cell) not in (None, value)}
        texts = {part: new.paragraphs(part) for part in NARRATIVE if new.paragraphs(part)}
        self.texts = {part: text for part, text in texts.items() if not old.paragraphs(part)}
        self.other_texts = {part: text for part, text in texts.items() if old.paragraphs(part) not in ((), text)}
        before, after = (Content(reading.layout, filing).settings() for filing in (old, new))
        self.settings = {
            name: value
            for name, value in after.items()
            if value is not None and before.get(name) is None and name in reading.places
        }

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be written."""
        return not (self.blank or self.other or self.texts or self.other_texts or self.settings)

    @property
    def question(self) -> str:
        """What to ask before anything is replaced; empty where nothing is."""
        words = []
        if self.other:
            listed = "；".join(
                f"{spot(self.reading.places[cell])}填的是 {self.reading.filing.value(cell)}，报告是 {value}"
                for cell, value in list(self.other.items())[:LISTED]
            )
            words.append(f"{len(self.other)} 个不同的数（{listed}{'……' if len(self.other) > LISTED else ''}）")
        if self.other_texts:
            words.append(
                f"“{'”“'.join(self.reading.filing.form.part_name(part) for part in self.other_texts)}”的不同文字"
            )
        if not words:
            return ""
        return f"工作簿里已经填有{'和'.join(words)}。换成报告里的吗？（原来的记在批注里。选“否”只填空着的。）"

    def keep(self) -> None:
        """Let what stands there stand."""
        self.other, self.other_texts = {}, {}

    def put(self, edit: Edit, book: Any, arrived: Arrived) -> None:
        """Write it all as parts of one step."""
        self._numbers(edit)
        put_values(edit, self.reading, self.other, "导入报告")
        shown = seen(arrived.filing)
        for part in (*self.texts, *self.other_texts):
            self._text(edit, book, part, shown.paragraphs(part))
        links = kept(links_of(arrived.filing), self.reading.links)
        if links != self.reading.links:
            edit.constants(NAME, link_constants(links))
        for name, value in self.settings.items():
            place = self.reading.places[name]
            edit.block(place.sheet, place.row, place.column, [[_as_date(value) if name == "signed.date" else value]])
        put_doubts(edit, self.reading, standing_doubts(self.reading, arrived.doubts, {**self.blank, **self.other}))
        put_suggestions(edit, read_book(book))

    def _numbers(self, edit: Edit) -> None:
        """Write numbers into blank cells, neighbours of a row at once."""
        places = {self.reading.places[cell]: value for cell, value in self.blank.items()}
        order = sorted(places, key=lambda place: (place.sheet, place.row, place.column))
        for _, run in groupby(enumerate(order), key=lambda one: (one[1].sheet, one[1].row, one[1].column - one[0])):
            cells = [place for _, place in run]
            edit.numbers(cells[0].sheet, cells[0].row, cells[0].column, [[places[place] for place in cells]])

    def _text(self, edit: Edit, book: Any, part: str, text: Sequence[str]) -> None:
        """Write the paragraphs of a part, a row each; those that stood there go into the note of the first."""
        first, size = self.reading.places[f"narrative.{part}.1"], CAPACITY[part]
        rows = fitted(tuple(text), size)
        area = book.sheets[first.sheet].range((first.row, first.column), (first.row + size - 1, first.column))
        old = [row[0] for row in values_of(area)]
        used = max([number for number, value in enumerate(old, 1) if value not in (None, "")], default=0)
        end = max(used, len(rows))
        edit.block(first.sheet, first.row, first.column, [[row] for row in [*rows, *[None] * (end - len(rows))]])
        sheet = edit.sheet(first.sheet)
        for number, row in enumerate(rows):
            sheet.range((first.row + number, first.column)).row_height = row_height(row)
        before = "\n".join(str(value) for value in old if value not in (None, ""))
        if before:
            today = dt.datetime.now().astimezone().date().isoformat()
            keep_in_note(edit, first, f"原文（{today} 导入报告改）：{before}")

    def parts(self, written: Mapping[CellId, Value]) -> str:
        """Return which parts of the report are filled, how far, and which are left as they were."""
        form, places, filled, left = self.reading.filing.form, self.reading.places, list[str](), list[str]()
        texts = self.texts | self.other_texts
        counts = [(COVER, len(self.settings), "项")]
        for section in form.printed:
            if section.narrative == "overview":
                counts.append((PREAMBLE, len(texts.get("preamble", ())), "段"))
            if section.narrative:
                counts.append((section.tab, len(texts.get(section.narrative, ())), "段"))
            else:
                counts.append((section.tab, sum(places[cell].sheet == section.tab for cell in written), "格"))
        for label, count, unit in counts:
            (filled if count else left).append(f"{label} {count} {unit}" if count else label)
        return "，".join(filled) + (f"；没有动{'、'.join(left)}" if left else "")

    def doubtful(self, arrived: Arrived) -> list[CellId]:
        """Return the doubtful cells among those that are written."""
        return [cell for cell in arrived.doubts if cell in self.blank or cell in self.other]


def _as_date(value: Value) -> Any:
    try:
        return dt.datetime.fromisoformat(str(value))
    except ValueError:
        return value


def told(plan: Plan, arrived: Arrived, name: str, *, whole: bool) -> str:
    """Return what to say: tables that could not be read first, then what came, what is doubtful, what was left over."""
    filing, words = arrived.filing, []
    if whole:
        lost = [t.name for t in filing.form.tables if all(filing.value(cell.id) is None for cell in t.cells)]
        words += [f"{'、'.join(lost)}没有读到，请照原件填写。"] if lost else []
    written, texts = {**plan.blank, **plan.other}, [*plan.texts, *plan.other_texts]
    count = sum(not isinstance(value, str) for value in written.values())
    if plan.is_empty:
        words.append(f"{name}里没有可以填入的新内容，{NOTHING}")
    else:
        paragraphs = sum(len(filing.paragraphs(part)) for part in texts)
        words.append(
            f"已从{name}填入 {count} 个数{f'、{paragraphs} 段文字' if paragraphs else ''}：{plan.parts(written)}。"
        )
    if plan.other or plan.other_texts:
        words.append("换下来的记在批注里。")
    doubtful = plan.doubtful(arrived)
    kept = [cell for cell in doubtful if isinstance(filing.value(cell), str)]
    unsure = [cell for cell in doubtful if cell not in kept]
    for cells, what in ((unsure, "个数读得没有把握"), (kept, "格填的不是数，照原样放入")):
        if cells:
            shown = "、".join(spot(plan.reading.places[cell]) for cell in cells[:LISTED])
            more = "等" if len(cells) > LISTED else ""
            words.append(f"有 {len(cells)} {what}（{shown}{more}），已用蓝色标出，批注里写明了。")
    if arrived.moved and "overview" in texts:
        words.append(
            f"表格里有 {len(arrived.moved)} 段文字放在了“一、总体情况”的末尾（{arrived.moved[0]}），不要的请删去。"
        )
    if arrived.left:
        words.append(f"有 {len(arrived.left)} 处没有放进来，如：{arrived.left[0]}")
    return "".join(words) + ("" if plan.is_empty else "请对照原件看一遍，再点“校验”。")
