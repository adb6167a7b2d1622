"""Return slips: for each unit with something to mend, one Word file that says what, where, what it should be, and why."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import catalogue_of
from gk_xl.desk.brief import NOBODY, Issuer, due
from gk_xl.desk.entry import ASKED, MISNAMED, OTHER_YEAR, TIED, Entry
from gk_xl.desk.products import SLIP as ENDING
from gk_xl.desk.rounds import Rounds, lines_of
from gk_xl.form.cleaning import clean_text
from gk_xl.intake import WORKBOOK
from gk_xl.report.letter import Column, Heading, Letter, Listing, write_letter
from gk_xl.report.values import printed_day
from gk_xl.workbook.content import Reader
from gk_xl.workbook.kinds import GENERATOR
from gk_xl.workbook.sheets.results import result_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gk_xl.desk.rounds import Progress
    from gk_xl.workbook.sheets.results import ResultLine

TITLE: Final = "政府信息公开工作年度报告退回修改通知单"
ASKED_TITLE: Final = "政府信息公开工作年度报告核对通知单"
COLUMNS: Final = (
    Column("序号", 1.1),
    Column("级别", 1.3),
    Column("位置", 2.6),
    Column("问题", 5.0),
    Column("建议改为", 2.2),
    Column("为什么", 3.4),
)
"""The columns of the list, widths in centimetres: together the 15.6 cm between the margins."""
PROPOSED: Final = 4
WITHOUT: Final = (*COLUMNS[:3], Column("问题", 6.6), Column("为什么", 4.0))
"""The columns where nothing is proposed: what stands in them takes fewer lines."""
NOTHING: Final = "—"
WRITTEN: Final = "2021-09-26T00:00:00Z"  # a fixed stamp: the same findings give the same file
MUST: Final = ("level_error", "level_suspect")
"""The looks of lines that must be mended; a clue stands for the errors that it explains."""
NEVER: Final = Rounds()
_UNSAFE: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def slips(found: Sequence[Entry], issuer: Issuer = NOBODY, rounds: Rounds = NEVER) -> Iterator[tuple[str, bytes]]:
    """Yield a file name and a Word file for each unit that did not pass; no two names are alike."""
    for name, item in named(found):
        yield name, slip(item, issuer, rounds)


def named(found: Iterable[Entry]) -> Iterator[tuple[str, Entry]]:
    """Yield each file that gets a slip with the name of the slip; no two names are alike, in any letter case."""
    names: set[str] = set()
    for item in due(found):
        name = _safe(item.unit)
        if name.lower() in names:
            name = f"{name}_{_safe(item.stem, 40)}"
        while name.lower() in names:
            name += "_"
        names.add(name.lower())
        yield f"{name}{ENDING}", item


def settled(found: Sequence[Entry]) -> Iterator[str]:
    """Yield the names that slips of these files may have had at an earlier time and have no more."""
    now = {name for name, _ in named(found)}
    for item in found:
        names = (_safe(item.unit), _safe(item.stem), f"{_safe(item.unit)}_{_safe(item.stem, 40)}")
        yield from (f"{name}{ENDING}" for name in names if f"{name}{ENDING}" not in now)


def _safe(name: str, longest: int = 60) -> str:
    """Return a name as a file may bear it everywhere, the bytes of its UTF-8 within what a disk takes."""
    short = _UNSAFE.sub("_", clean_text(name)).strip(" .")[:longest]
    return short.encode()[: longest * 3].decode(errors="ignore") or "未填单位"


def slip(item: Entry, issuer: Issuer = NOBODY, rounds: Rounds = NEVER) -> bytes:
    """Return one unit's slip as .docx bytes; from the second round on it lists what is still open and what is new."""
    progress = rounds.progress(item)
    title = ASKED_TITLE if item.outcome == ASKED else TITLE
    if progress is not None:
        title += f"\n（第 {progress.number} 次）"
    parts: list[str | Heading | Listing] = [*opening(item, issuer, progress)]
    parts += _lists(item, progress)
    parts += _closing(item, issuer)
    addressed = f"{item.named}：" if item.named else ""
    return write_letter(Letter(title, addressed, parts, issuer.name, day(issuer.date)), GENERATOR, WRITTEN)


def _lists(item: Entry, progress: Progress | None) -> Iterator[Heading | Listing]:
    """Yield the lists of a slip: all of it in the first round; later what is still open and what is new."""
    if OTHER_YEAR in item.marks:
        return  # said above
    if progress is None:
        if item.lines:
            yield _listing(item, lines_of(item))
        return
    for heading, lines in (("仍然存在的", progress.still), ("新发现的", progress.new)):
        if lines:
            yield Heading(f"{heading}（{len(lines)} 处）")
            yield _listing(item, lines)


def _listing(item: Entry, lines: Sequence[ResultLine]) -> Listing:
    """Return lines of 校验结果 as a letter tells them: in words where the unit has no workbook."""
    content = item.content
    told: dict[int, ResultLine] = {}
    if content is not None:
        reader = Reader(letter=True, workbook=_has_workbook(item))
        told = {line.number: line for line in result_lines(replace(content, reader=reader))}
    rows = [_row(item, number, told.get(line.number, line)) for number, line in enumerate(lines, start=1)]
    if all(row[PROPOSED] == NOTHING for row in rows):
        return Listing(WITHOUT, [(*row[:PROPOSED], *row[PROPOSED + 1 :]) for row in rows], small=True)
    return Listing(COLUMNS, rows, small=True)


def _has_workbook(item: Entry) -> bool:
    """Return whether a unit handed in a workbook of ours, and so has 校验结果 and 校验."""
    return item.format == WORKBOOK


def opening(item: Entry, issuer: Issuer, progress: Progress | None) -> Iterator[str]:
    """Yield the sentences above the list: which file, what it came to, what was mended."""
    if item.result is None or item.filing is None:
        yield f"报送的文件“{item.name}”没能读取：{item.why}"
        yield f"请按上面的说明处理，{_until(issuer)}重新报送。"
        return
    if OTHER_YEAR in item.marks:
        yield "".join(line.message for line in item.lines) + f"（你单位报送的文件：“{item.name}”）"
        yield f"请{_until(issuer)}重新报送。"
        return
    lines = lines_of(item)
    must = sum(line.style in MUST for line in lines)
    asked = sum(line.style == "level_warning" for line in lines)
    told = "、".join([f"必须改正的 {must} 处"] * bool(must) + [f"需要核对的 {asked} 处"] * bool(asked))
    year = "" if item.filing.year is None else f"{item.filing.year}年度"
    yield f"你单位报送的{year}政府信息公开工作年度报告（“{item.name}”）经审核，有{told}。"
    if TIED in item.marks:
        yield "你单位报送了几份内容不同的报告，日期相同，分不出先后，请说明以哪一份为准。"
    if MISNAMED in item.marks:
        yield f"文件名“{item.name}”写的是别的单位，请核对有没有拿错文件，重新报送时改正。"
    if progress is not None:
        given = f"写明理由 {len(progress.answered)} 处，" if progress.answered else ""
        yield f"上次指出的问题，已经改好 {len(progress.mended)} 处，{given}仍然存在 {len(progress.still)} 处，另有新发现的 {len(progress.new)} 处。"
        if not progress.mended and not given:
            yield "与上次相比没有改动的地方，请对照上次的通知单逐条修改。"
    if item.outcome == ASKED:
        where = "在工作簿“校验结果”表右边一栏" if _has_workbook(item) else "书面"
        yield f"下列各处请逐条核对：确属填错的，改正后重新报送；属实的，{where}写明理由。请{_until(issuer)}回复。"
    else:
        yield f"现退回修改。请逐条改正或核对，{_until(issuer)}重新报送。"


def _until(issuer: Issuer) -> str:
    """Return by which day: “于2026年1月20日前”, or as soon as may be."""
    return f"于 {day(issuer.deadline)}前" if issuer.deadline else "尽快"


def day(text: str) -> str:
    """Return a day as an official letter writes it; what is no day as it is."""
    try:
        return printed_day(dt.date.fromisoformat(text))
    except ValueError:
        return text


def _closing(item: Entry, issuer: Issuer) -> Iterator[str]:
    """Yield what stands below the list: how to mend, whom to ask."""
    if item.result is not None and OTHER_YEAR not in item.marks:
        then = "改好后点“校验”，没有错误再报送。" if _has_workbook(item) else "改正后重新报送。"
        hints = "“提示”只供参考。" if any(line.style == "level_hint" for line in lines_of(item)) else ""
        yield f"{hints}{then}"
    if issuer.contact:
        yield f"联系人：{issuer.contact}。"


def _row(item: Entry, number: int, line: ResultLine) -> tuple[str, ...]:
    _, level, code, place, message, proposal, _ = line.values
    return (
        str(number),
        str(level or ""),
        str(place or ""),
        str(message),
        str(proposal or NOTHING),
        _reason(item, str(code or "")),
    )


def _reason(item: Entry, codes: str) -> str:
    """Return why: what the first rule of a line says, with its code."""
    known = catalogue_of(item.filing.edition) if item.filing else {}
    code = codes.partition("、")[0]
    why = known[code].why if code in known else ""
    return f"{why}（{codes}）" if codes else why
