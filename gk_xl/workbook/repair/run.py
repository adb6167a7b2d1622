"""repair: a damaged file → the filing it holds, last year's, the account, and the fresh workbook."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gk_xl.checks.binding import require_usable
from gk_xl.checks.catalogue import rule
from gk_xl.checks.run import check
from gk_xl.errors import WorkbookError
from gk_xl.form.load import NARRATIVE
from gk_xl.form.patterns import regex
from gk_xl.form.profile import profile_beside, profile_of
from gk_xl.workbook.build import content_for, plan_workbook, render
from gk_xl.workbook.files import package_in, read_bytes
from gk_xl.workbook.grid import Reading, reading_of
from gk_xl.workbook.kinds import WORKBOOK, kind_of
from gk_xl.workbook.layout import LEDGER, RESULTS, layout
from gk_xl.workbook.ledger import ledger_places
from gk_xl.workbook.linked import carried_links
from gk_xl.workbook.notes import joined, own_text
from gk_xl.workbook.read import DAMAGED
from gk_xl.workbook.repair.damaged import DamagedBook
from gk_xl.workbook.repair.leftover import leftovers, quoted
from gk_xl.workbook.repair.sheets import TO_IMPORT, form_of, match_sheets
from gk_xl.workbook.repair.sums import Sums
from gk_xl.workbook.repair.texts import paragraphs
from gk_xl.workbook.repair.told import Doubt, Told
from gk_xl.workbook.repair.witnesses import Witnesses, statutory_sheets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gk_xl.form.filing import Filing
    from gk_xl.workbook.layout import Layout

_SUBTITLE = regex(r"(?P<unit>.*)　(?P<year>\d{4})年度(　单位：.*)?")
DOUBTFUL = "I-11"  # its finding goes with the next check; what the note says of it stays until a person deletes it

SHEETS = (".xlsx", ".xlsm", ".xls", ".et", ".ods")  # how spreadsheets end


@dataclass(frozen=True)
class Repaired:
    """What a damaged workbook still held. ``notes`` are the clerk's own, by the name of their cell."""

    filing: Filing
    last: Filing | None
    layout: Layout
    told: Told
    notes: Mapping[str, str]

    def under_profile_beside(self, path: Path) -> Repaired:
        """Return the same under the profile that lies beside ``path``, with its annexes; what a workbook carries goes first."""
        if profile_of(self.filing.edition) is not None or (profile := profile_beside(path)) is None:
            return self
        filing = self.filing.under(profile)
        require_usable(filing.edition)
        return replace(self, filing=filing, layout=layout(filing.edition, self.layout.last.id))

    def workbook(self, checked_at: str = "") -> bytes:
        """Return the fresh workbook: checked, every doubt flagged, noted in its cell and listed in 校验结果."""
        doubts = [_finding(doubt) for doubt in self.told.doubts.values()]
        doubts += [rule("I-12").finding({"value": text}) for text in self.told.lost]
        result = check(self.filing, self.last, extra=doubts)
        content = replace(content_for(self.filing, self.last, result, checked_at), layout=self.layout)
        plan = plan_workbook(content)
        kept = {name: f"修复时存疑：{doubt.reason}" for name, doubt in self.told.doubts.items()}
        for name in {**kept, **self.notes}:
            place = self.layout.names[name]
            ours = "\n".join(line for line in plan.comments.get(place, "").split("\n") if DOUBTFUL not in line)
            plan.comments[place] = joined(ours, "\n".join(filter(None, (kept.get(name), self.notes.get(name)))))
        return render(plan)

    def summary(self) -> str:
        """Return what was recovered, in one sentence."""
        cells = self.filing.cells
        numbers = sum(value is not None for value in cells.values())
        texts = sum(len(part) for part in self.filing.narrative.values())
        doubts = [doubt for doubt in self.told.doubts.values() if not doubt.lost]
        lost = len(self.told.doubts) - len(doubts) + len(self.told.lost)
        head = f"表里 {numbers} / {len(cells)} 个数、正文 {texts} 段"
        if self.told.clean:
            return f"{head}全部找回。"
        return f"{head}，其中存疑 {len(doubts)} 处，没有找回 {lost} 处，请逐处核对。"

    def lines(self) -> list[str]:
        """Return the account, a line each."""
        return list(self.told.lines(self.layout.names))


def _finding(doubt: Doubt) -> Any:
    cells = () if doubt.name.startswith(("narrative.", "last.")) or "." not in doubt.name else (doubt.name,)
    finding = rule(DOUBTFUL).finding({"value": doubt.reason.rstrip("。")})
    if cells and doubt.name.partition(".")[0] not in ("unit", "signed", "units"):
        return replace(finding, cells=cells)
    return replace(finding, place=doubt.name)


def repair(path: Path | str, name: str = "") -> Repaired:
    """Return what can be recovered from a damaged workbook of ours; ``name`` is how messages call it.

    WorkbookError says in one sentence why a file cannot be opened; NotATemplate that nothing of ours is in it.
    """
    path = Path(path)
    data = read_bytes(path)
    try:
        package = package_in(data, path)
    except WorkbookError as error:
        raise WorkbookError(f"{error}{TO_IMPORT if _may_be_report(path, data) else ''}") from None
    try:
        return _repaired(name or path.name, DamagedBook(package))
    except DAMAGED as error:
        raise WorkbookError(f"“{path}”的内部结构不完整，修复不了。请用 Excel 打开后另存一份再试。") from error


def left_behind(data: bytes, path: Path) -> list[str]:
    """Return what the clerk put into a workbook of ours and a filing does not hold, a line each.

    Own sheets, notes, remarks, pictures, charts, last year's numbers: all that a workbook made anew of the filing lacks.
    """
    try:
        found = _repaired(path.name, DamagedBook(package_in(data, path)))
    except DAMAGED:
        return ["除表里的数和正文以外的内容"]
    places = found.layout.names
    notes = [
        f"“{places[name].sheet}”{places[name].address} 的批注“{quoted(text)}”" for name, text in found.notes.items()
    ]
    last = ["上年数据"] if found.last and any(value is not None for value in found.last.cells.values()) else []
    return [*found.told.left, *notes, *last]


def _may_be_report(path: Path, data: bytes) -> bool:
    """Return whether what is no workbook may be a published report: by its ending, or by what it holds."""
    packed = data.startswith((b"PK", b"\xd0\xcf\x11\xe0"))
    return path.suffix.lower() not in SHEETS or not packed or kind_of(data) not in (None, WORKBOOK)


def _repaired(name: str, book: DamagedBook) -> Repaired:
    form = form_of(name, book)
    sheets, told = match_sheets(book, form), Told()
    witnesses = Witnesses(book, form, sheets, told)
    Sums(witnesses, told).decide()
    _tell_sheets(witnesses, told)
    texts = paragraphs(witnesses, told)
    _from_subtitles(witnesses, told)
    reading = _read(witnesses, texts)
    fresh = layout(form.edition.id, form.last.id)
    return Repaired(reading.filing, reading.last, fresh, told, _notes(witnesses))


def _tell_sheets(witnesses: Witnesses, told: Told) -> None:
    """Tell of sheets that were renamed, are missing, stand there twice, or are not ours."""
    form, sheets = witnesses.form, witnesses.sheets
    for planned, found in sheets.found.items():
        if found.sheet.title != planned:
            told.moved.append(f"工作表“{found.sheet.title}”就是“{planned}”，名字已改回。")
    for title in sheets.missing:
        if title == RESULTS:
            told.lost.append(f"工作表“{title}”不在，其中写过的“不改的理由”没有找回。")
        elif title in statutory_sheets(form):
            told.lost.append(f"工作表“{title}”不在，其中填的内容没有找回（能由合计推出的已填上）。")
    told.left += [f"工作表“{title}”" for title in sheets.foreign]
    told.left += [f"工作表“{s.title}”（“{p}”的复本）" for p, f in sheets.found.items() for s, _ in f.copies]
    told.left += leftovers(witnesses)
    for name, title, value in witnesses.copies():
        kept = witnesses.evidence.values.get(name)
        shown = kept if isinstance(kept, str | int | float) else None
        told.doubt(name, f"另一张工作表“{title}”的同一格是 {value}。", shown)


def _from_subtitles(witnesses: Witnesses, told: Told) -> None:
    """Take unit and year from the heads of the sheets where 封面 is gone."""
    values = witnesses.evidence.values
    for found in witnesses.sheets.found.values():
        there = found.alignment.place(2, 1)
        match = _SUBTITLE.fullmatch(str(found.sheet.held(there).value or ""))
        if match is None:
            continue
        for name, value in (("unit.name", match["unit"].strip()), ("year", int(match["year"]))):
            if values.get(name) is None and value and name in witnesses.evidence.unknown:
                values[name] = value
                told.doubts.pop(name, None)
                told.doubt(name, f"封面上没有找到，取“{found.plan.title}”表头上的。", value)


def _read(witnesses: Witnesses, texts: Mapping[str, tuple[str, ...]]) -> Reading:
    """Return the filing of what was recovered: laid out again as the form has it, and read as any workbook is."""
    form = witnesses.form
    grid: dict[str, dict[tuple[int, int], Any]] = {title: {} for title in form.sheets}
    for name, value in witnesses.evidence.values.items():
        place = form.names[name]
        grid[place.sheet][place.row, place.column] = value
    for part in NARRATIVE:
        place = form.names[f"narrative.{part}.1"]
        grid[place.sheet][place.row, place.column] = "\n".join(texts[part])
    quarters = ledger_places(form.edition.id) if LEDGER in form.extras else {}
    ledger = witnesses.sheets.found.get(LEDGER)
    for place in quarters.values():
        if ledger is None:
            break
        held = ledger.sheet.held(ledger.alignment.place(place.row, place.column))
        grid[LEDGER][place.row, place.column] = None if held.error else held.value
    results = witnesses.sheets.found.get(RESULTS)
    if results is not None and results.plan.outputs is not None:
        top, left, bottom, right = results.plan.outputs
        for row in range(top, bottom + 1):
            for column in (*range(left, right + 1), results.plan.kept):
                held = results.sheet.held(results.alignment.place(row, column))
                grid[RESULTS][row, column] = None if held.error else held.value
    rows, links = {title: _rows(cells) for title, cells in grid.items()}, carried_links(witnesses.book.raw.constant)
    reading = reading_of(form, rows, {**form.names, **quarters}, links=links)
    told = {part: list(reading.filing.paragraphs(part)) for part in NARRATIVE}
    for part, number, typed, _ in reading.behind():  # what was not brought up to date before stays as it reads
        told[part][number] = typed
    narrative = {part: tuple(lines) for part, lines in told.items()}
    return replace(reading, filing=replace(reading.filing, narrative=narrative))


def _rows(cells: Mapping[tuple[int, int], Any]) -> list[list[Any]]:
    last_row, last_column = max((row for row, _ in cells), default=0), max((column for _, column in cells), default=0)
    return [[cells.get((row, column)) for column in range(1, last_column + 1)] for row in range(1, last_row + 1)]


def _notes(witnesses: Witnesses) -> dict[str, str]:
    """Return the clerk's own notes on cells of the form; those of a check are made anew."""
    found: dict[str, str] = {}
    for name, base in witnesses.base.items():
        text = witnesses.book.sheets[base.sheet].notes.get((base.row, base.column), "") if base else ""
        own = own_text(text)
        if own.strip():
            found[name] = own.strip()
    return found
