"""A text file → a document: one paragraph a line, blank lines among them; tables drawn with lines are grids."""

from __future__ import annotations

from typing import Final

from gk_xl.errors import SourceError
from gk_xl.sources.document import Document, Paragraph, Spot
from gk_xl.sources.formats.delimited import parted
from gk_xl.sources.formats.drawn_text import redrawn
from gk_xl.sources.formats.encoding import decode
from gk_xl.sources.formats.one_line import REMARK, rebroken
from gk_xl.sources.formats.tagged_text import REMARK as ROWS
from gk_xl.sources.formats.tagged_text import untagged

LONGEST: Final = 500_000
"""Characters of a text; the longest reports have some 20,000."""
LARGEST_TEXT: Final = 4 * 1024 * 1024


def read(data: bytes, name: str) -> Document:
    """Return what a text file holds."""
    if len(data) > LARGEST_TEXT:
        megabytes = len(data) / 1024 / 1024
        raise SourceError(f"{name} 有 {megabytes:.1f} MB，超过 4 MB，不像年度报告的文本；请只保留报告正文再导入。")
    text, encoding = decode(data, name)
    if len(text) > LONGEST:
        raise SourceError(
            f"{name} 有 {len(text)} 个字符，超过 {LONGEST} 个，不像年度报告的文本；请只保留报告正文再导入。"
        )
    return document_of(text, encoding)


def document_of(text: str, encoding: str = "") -> Document:
    """Return a text as a document."""
    given = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    rows = untagged(given)
    broken = rebroken(given) if rows is None else None
    remarks = [*([encoding] if encoding else []), *([ROWS] if rows else []), *([REMARK] if broken is not None else [])]
    lines = parted(rows or given) or (rows or broken or given).split("\n")
    blocks = tuple(Paragraph(line, Spot(line=number)) for number, line in redrawn(lines))
    return Document(blocks, "纯文本", by_line=True, remarks=tuple(remarks))
