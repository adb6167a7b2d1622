"""Return slips: for each unit with something to mend, one Word file that says what, where and how."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gk_xl.desk.entry import ASKED, FAILED, UNREADABLE, Entry
from gk_xl.form.door import clean_text
from gk_xl.report.letter import Column, Letter, write_letter
from gk_xl.workbook.kinds import GENERATOR

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.workbook.sheets.results import ResultLine

TITLE = "政府信息公开工作年度报告校验意见单"
COLUMNS = (
    Column("序号", 1.3),
    Column("级别", 1.4),
    Column("代码", 1.7),
    Column("位置", 2.8),
    Column("问题和改法", 8.4),
)
"""The columns of the list, widths in centimetres: together the 15.6 cm between the margins."""
SETTLED = "level_open"  # what is answered already, or cannot be judged
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
WRITTEN = "2021-09-26T00:00:00Z"  # a fixed stamp: the same findings give the same file
ENDING = "_校验意见单.docx"


def slips(found: Sequence[Entry]) -> Iterator[tuple[str, bytes]]:
    """Yield a file name and a Word file for each unit that did not pass; no two names are alike."""
    for name, item in named(found):
        yield name, slip(item)


def named(found: Sequence[Entry]) -> Iterator[tuple[str, Entry]]:
    """Yield each file that gets a slip with the name of the slip; no two names are alike, in any letter case."""
    names: set[str] = set()
    for item in found:
        if item.outcome in (UNREADABLE, FAILED, ASKED):
            name = _safe(item.unit)
            if name.lower() in names:
                name = f"{name}_{_safe(item.path.stem, 40)}"
            while name.lower() in names:
                name += "_"
            names.add(name.lower())
            yield f"{name}{ENDING}", item


def settled(found: Sequence[Entry]) -> Iterator[str]:
    """Yield the names that slips of these files may have had at an earlier time and have no more."""
    now = {name for name, _ in named(found)}
    for item in found:
        for name in (_safe(item.unit), _safe(item.path.stem), f"{_safe(item.unit)}_{_safe(item.path.stem, 40)}"):
            if f"{name}{ENDING}" not in now:
                yield f"{name}{ENDING}"


def _safe(name: str, longest: int = 60) -> str:
    """Return a name as a file may bear it everywhere, the bytes of its UTF-8 within what a disk takes."""
    short = _UNSAFE.sub("_", clean_text(name)).strip(" .")[:longest]
    return short.encode()[: longest * 3].decode(errors="ignore") or "未填单位"


def slip(item: Entry) -> bytes:
    """Return one unit's slip as .docx bytes."""
    lines = [line for line in item.lines if line.style != SETTLED]
    rows = [_row(number, line) for number, line in enumerate(lines, start=1)]
    return write_letter(Letter(TITLE, f"{item.unit}：", opening(item), COLUMNS, rows), GENERATOR, WRITTEN)


def opening(item: Entry) -> tuple[str, ...]:
    """Return the sentences above the list: which file, what it came to, what to do."""
    if item.result is None or item.filing is None:
        return (f"你单位报送的文件“{item.file}”没能读取：{item.problem}", "请按上面的说明处理后重新报送。")
    counts = item.result.counts
    year = "" if item.filing.year is None else f"{item.filing.year} 年度"
    asked = f"错误 {counts['error']} 处" if counts["error"] else "没有错误"
    told = f"你单位报送的{year}报告（“{item.file}”）经校验，{asked}，需要核对的 {counts['warning']} 处，提示 {counts['hint']} 处。"
    todo = (
        "错误请改正；警告请核对，属实的在工作簿“校验结果”表写明理由；提示供参考。改好后点“校验”，没有错误再重新报送。"
    )
    return told, todo


def _row(number: int, line: ResultLine) -> tuple[str, ...]:
    _, level, code, place, message, proposal, _ = line.values
    text = f"{message}\n建议：{proposal}" if proposal else str(message)
    return str(number), str(level or ""), str(code or ""), str(place or ""), text
