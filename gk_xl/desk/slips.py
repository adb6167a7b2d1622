"""Return slips: for each unit with something to mend, one Word file that says what, where and how."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import TYPE_CHECKING, Any

from gk_xl.desk.batch import ASKED, FAILED, UNREADABLE, Checked
from gk_xl.form.door import clean_text
from gk_xl.workbook.kinds import GENERATOR

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.workbook.sheets.results import ResultLine

TITLE = "政府信息公开工作年度报告校验意见单"
COLUMNS = (("序号", 1.4), ("级别", 1.5), ("代码", 1.9), ("位置", 3.0), ("问题和改法", 8.0))
"""The columns of the list, widths in centimetres: together the 15.8 cm between the margins."""
SETTLED = "level_open"  # what is answered already, or cannot be judged
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_EPOCH = dt.datetime(2021, 9, 26)  # noqa: DTZ001 - a fixed stamp: the same findings give the same file


ENDING = "_校验意见单.docx"


def slips(found: Sequence[Checked]) -> Iterator[tuple[str, bytes]]:
    """Yield a file name and a Word file for each unit that did not pass; no two names are alike."""
    for name, item in named(found):
        yield name, slip(item)


def named(found: Sequence[Checked]) -> Iterator[tuple[str, Checked]]:
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


def settled(found: Sequence[Checked]) -> Iterator[str]:
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


def slip(item: Checked) -> bytes:
    """Return one unit's slip as .docx bytes."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.6)
    section.top_margin = section.bottom_margin = Cm(2.5)
    _font(document.styles["Normal"], "仿宋_GB2312", 14)
    properties = document.core_properties
    properties.title, properties.author, properties.language = TITLE, GENERATOR, "zh-CN"
    properties.created = properties.modified = _EPOCH
    head = document.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _font(head.add_run(TITLE), "方正小标宋简体", 20)
    document.add_paragraph(f"{item.unit}：")
    for text in opening(item):
        document.add_paragraph(text).paragraph_format.first_line_indent = Pt(28)
    lines = [line for line in item.lines() if line.style != SETTLED]
    if lines:
        _list(document, lines)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def opening(item: Checked) -> tuple[str, ...]:
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


def _list(document: Any, lines: Sequence[ResultLine]) -> None:
    """Add the list: what 校验结果 shows, the proposal and the quoted sentence with the message."""
    from docx.shared import Cm

    table = document.add_table(rows=1, cols=len(COLUMNS), style="Table Grid")
    table.autofit = False
    for column, (_, width) in zip(table.columns, COLUMNS, strict=True):
        column.width = Cm(width)
    rows = [tuple(label for label, _ in COLUMNS), *(_row(number, line) for number, line in enumerate(lines, start=1))]
    for number, values in enumerate(rows):
        cells = table.rows[0].cells if number == 0 else table.add_row().cells
        for cell, value, (_, width) in zip(cells, values, COLUMNS, strict=True):
            cell.width = Cm(width)
            run = cell.paragraphs[0].add_run(value)
            _font(run, "黑体" if number == 0 else "宋体", 10.5)
    _repeat(table.rows[0])


def _row(number: int, line: ResultLine) -> tuple[str, ...]:
    _, level, code, place, message, proposal, _ = line.values
    text = f"{message}\n建议：{proposal}" if proposal else str(message)
    return str(number), str(level or ""), str(code or ""), str(place or ""), text


def _font(owner: Any, name: str, size: float) -> None:
    """Give a style or a run its font, for Chinese characters, too."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    owner.font.name, owner.font.size = name, Pt(size)
    owner.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _repeat(row: Any) -> None:
    """Repeat a table's head on every page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - python-docx has no word for it
