"""A report that lost its line breaks → its lines: broken again at the title, the headings, the labels, the signature.

So it comes out of archives, of some web pages, and of programs that lost a table too wide for them. What stood on a line of its own in the narrative is not known any more but
where a blank follows a full stop.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.form.load import edition_ids, edition_in_force, load_edition
from gk_xl.sources.document import Paragraph
from gk_xl.sources.labels import bare, fold
from gk_xl.sources.tokens import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.form.schema import Section
    from gk_xl.sources.document import Document

LONG: Final = 600
"""Characters of a line that holds a whole report; the tables alone have more."""
NEEDED: Final = 4
"""So many headings of sections in one line make it a report."""
REMARK: Final = "全文连成了一行，已按标题、表格的标签和落款重新分行，下面的行号是分行以后的；正文的分段请对照原件核对。"
IN_ONE_PARAGRAPH: Final = "全文连成了一段，没有表格线，已按标题、表格的标签和落款重新分行；正文的分段请对照原件核对。"
_TITLE: Final = re.compile(
    r"\S{2,40}?20\d\d\s*年\S{0,30}?公开\S{0,6}?(?:年度报告|年报)|20\d\d\s*年\S{2,40}?公开\S{0,6}?(?:年度报告|年报)"
)
_SIGNED: Final = re.compile(
    r"(?<=[。！；])\s*(\S{4,30}?)\s*(20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)(?=\s*\S{0,200}$)"
)
_PARAGRAPH: Final = re.compile(
    r"(?<=[。！？])[ \u00a0\u3000]+(?=\S)|(?<!\s)(?=\s*?\u3000\u3000)\s++|[ \u00a0]{3,}|(?<=[。！？；])(?=（[一二三四五六七八九十]{1,2}）)"
)
SHORT: Final = 4
"""A label as short as 其他 is one only behind another label, a number or a blank, not inside words."""


def rebroken(text: str) -> str | None:
    """Return a text with its lines broken again where one line holds most of a report; None where none does."""
    lines = text.split("\n")
    if not any(len(line) >= LONG and len(_headings(line)) >= NEEDED for line in lines):
        return None
    return "\n".join(part for line in lines for part in (_parts(line) if len(line) >= LONG else [line]))


def with_lines(document: Document) -> Document:
    """Return a document without tables, a paragraph that holds most of a report broken again; else the same."""
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    if document.by_line or len(paragraphs) < len(document.blocks):
        return document
    broken = [rebroken(one.text) for one in paragraphs]
    if not any(broken):
        return document
    blocks = [
        replace(one, text=line)
        for one, whole in zip(paragraphs, broken, strict=True)
        for line in (whole or one.text).split("\n")
    ]
    return replace(document, blocks=tuple(blocks), remarks=(*document.remarks, IN_ONE_PARAGRAPH))


def _headings(line: str) -> list[tuple[int, int, Section]]:
    """Return where the sections begin in a line (beginning and end of the heading): each once, in the form's order."""
    found: list[tuple[int, int, Section]] = []
    at = 0
    for section in edition_in_force().sections:
        names = sorted({section.heading, *section.variants}, key=len, reverse=True)
        spans = [span for name in names if (span := _span(line, name, at)) is not None]
        if spans:
            begin, end = min(spans)
            found.append((begin, end, section))
            at = end
    return found


def _span(line: str, name: str, at: int) -> tuple[int, int] | None:
    """Return where a heading stands in a line, blanks between its characters allowed."""
    match = re.compile(r"\s*".join(map(re.escape, bare(name)))).search(line, at)
    return match.span() if match else None


def _parts(line: str) -> Iterator[str]:
    """Yield the lines that one line is broken into."""
    headings = _headings(line)
    if len(headings) < NEEDED:
        yield line
        return
    yield from _before(line[: headings[0][0]])
    ends = [begin for begin, _, _ in headings[1:]] + [len(line)]
    for (begin, end, section), until in zip(headings, ends, strict=True):
        yield line[begin:end].strip()
        rest = line[end:until].strip()
        if section.table:
            yield from _cells(rest, section.table)
        else:
            yield from _paragraphs(rest, last=until == len(line))


def _before(text: str) -> Iterator[str]:
    """Yield what stands before the first heading: what the page says, the title, the preamble."""
    at = 0
    for title in _TITLE.finditer(text):
        yield from (text[at : title.start()].strip(), title.group())
        at = title.end()
    yield from _paragraphs(text[at:])


def _paragraphs(text: str, *, last: bool = False) -> Iterator[str]:
    """Yield the paragraphs of a text; of the last one the signature apart."""
    signed = list(_SIGNED.finditer(text))[-1:] if last else []
    end = signed[0].start() if signed else len(text)
    yield from (part.strip() for part in _PARAGRAPH.split(text[:end]) if part.strip())
    for match in signed:
        yield from (match[1], match[2], text[match.end() :].strip())


@lru_cache
def _labels(table_id: str) -> tuple[str, ...]:
    """Return the folded labels of a table in all editions, the longest first."""
    tables = [table for name in edition_ids() for table in load_edition(name).tables if table.id == table_id]
    return tuple(
        sorted({fold(item.text) for table in tables for item in table.grid if item.text}, key=len, reverse=True)
    )


def _cells(text: str, table_id: str) -> Iterator[str]:
    """Yield a table's labels each on a line, and what stands between them."""
    places = [place for place, sign in enumerate(text) if bare(sign)]
    folded = fold(text)
    if len(folded) != len(places):
        yield text
        return
    at = since = 0
    while at < len(folded):
        apart = at == since or folded[at - 1].isdigit() or places[at] > places[at - 1] + 1
        known = (label for label in _labels(table_id) if apart or len(label) >= SHORT)
        label = next((label for label in known if folded.startswith(label, at)), "")
        if not label:
            at += 1
            continue
        yield from _between(text, places, since, at)
        yield text[places[at] : places[at + len(label) - 1] + 1]
        at = since = at + len(label)
    yield from _between(text, places, since, len(folded))


def _between(text: str, places: list[int], since: int, at: int) -> list[str]:
    """Return what stands between two labels, each piece that blanks part by itself."""
    return parts_of(text[places[since] : places[at - 1] + 1]) if since < at else []
