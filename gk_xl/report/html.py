"""The report as one web page: self-contained, readable by a screen reader and on a phone, printing like the Word file."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from gk_xl.report.model import build_report
from gk_xl.report.title import title_words
from gk_xl.report.values import CHARACTERS, signature_starts, width
from gk_xl.workbook.kinds import GENERATOR

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.form.filing import Filing
    from gk_xl.form.schema import GridCell, Table
    from gk_xl.report.fields import Run
    from gk_xl.report.model import Paragraph, PrintedTable, Report

_STYLE = Path(__file__).parent / "parts" / "page.css"
_NARROW = 9
"""Tables with at least this many columns align their labels left, as the printed form does."""


def write_html(filing: Filing, *, failed: int = 0) -> str:
    """Return the report of a filing as an HTML document; with ``failed`` > 0 it opens by saying so many errors stand."""
    report = build_report(filing, failed=failed)
    title = escape(report.title)
    banner = f'<p class="banner" role="note">{escape(report.banner)}</p>\n' if report.banner else ""
    lines = "<wbr>".join(f"<span>{'<wbr>'.join(map(escape, title_words(line)))}</span>" for line in report.title_lines)
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f'<meta name="author" content="{escape(report.unit)}">\n<meta name="description" content="{title}">\n'
        f'<meta name="generator" content="{GENERATOR}">\n'
        f"<style>\n{_style()}</style>\n</head>\n<body>\n<main>\n{banner}<h1>{lines}</h1>\n{_body(report, filing)}"
        "</main>\n</body>\n</html>\n"
    )


def _body(report: Report, filing: Filing) -> str:
    parts = [_narrative(report.preamble, 2)]
    for section in report.sections:
        name = f"section-{section.section.id}"
        parts.append(
            f'<section aria-labelledby="{name}">\n<h2 id="{name}" class="level-1">{escape(section.heading)}</h2>\n'
        )
        parts.append(_narrative(section.paragraphs, 2))
        if section.table:
            parts.append(table_of(section.table))
        parts.append("</section>\n")
    parts.append(_signature(report, filing))
    return "".join(parts)


def _narrative(paragraphs: Sequence[Paragraph], above: int) -> str:
    """Return paragraphs; headings take the rank under the one before, so that no rank of the outline is skipped."""
    parts, ranks = [], {0: above}
    for paragraph in paragraphs:
        runs = "".join(_run(run, paragraph) for run in paragraph.runs)
        style = f' class="level-{paragraph.level}"' if paragraph.level else ""
        if paragraph.is_heading:
            ranks = {level: rank for level, rank in ranks.items() if level < paragraph.level}
            rank = ranks[paragraph.level] = min(ranks[max(ranks)] + 1, 6)
            parts.append(f"<h{rank}{style}>{runs}</h{rank}>\n")
        else:
            parts.append(f"<p{style}>{runs}</p>\n")
    return "".join(parts)


def _run(run: Run, paragraph: Paragraph) -> str:
    text = escape(run.text)
    if run.tag:
        return f'<span data-cell="{escape(run.tag)}">{text}</span>'
    return f'<span class="lead">{text}</span>' if run.lead and not paragraph.is_heading else text


def table_of(printed: PrintedTable) -> str:
    """Return a table whose every number names its heads, so that a screen reader says which case it counts."""
    table = printed.table
    columns = "".join(f'<col style="width:{100 * wide / sum(table.widths_mm):.4g}%">' for wide in table.widths_mm)
    caption = f"{table.id}-caption"
    label = f'class="table" role="region" aria-labelledby="{caption}" tabindex="0"'
    rows = "".join(_group(printed, *lines) for lines in _groups(table))
    return (
        f'<div {label}>\n<table class="columns-{table.width}">\n<caption id="{caption}">{escape(printed.caption)}</caption>\n'
        f"<colgroup>{columns}</colgroup>\n{rows}</table>\n</div>\n"
    )


def _groups(table: Table) -> Iterator[tuple[bool, range]]:
    """Yield the table's lines as head groups and body groups, in order: whether head, and its lines."""
    heads = {item.line for item in table.grid if item.head}
    start = 0
    for line in range(1, table.lines + 1):
        if line == table.lines or (line in heads) != (start in heads):
            yield start in heads, range(start, line)
            start = line


def _group(printed: PrintedTable, head: bool, lines: range) -> str:
    """Return one group of lines: the first heads as thead, heads further down as a tbody of their own."""
    tag = "thead" if head and lines.start == 0 else "tbody"
    style = ' class="head"' if head and tag == "tbody" else ""
    rows = "".join(f"<tr>{''.join(_cells(printed, line))}</tr>\n" for line in lines)
    return f"<{tag}{style}>\n{rows}</{tag}>\n"


def _cells(printed: PrintedTable, line: int) -> Iterator[str]:
    table = printed.table
    for item in table.grid:
        if item.line != line:
            continue
        spans = (f' colspan="{item.columns}"' if item.columns > 1 else "") + (
            f' rowspan="{item.lines}"' if item.lines > 1 else ""
        )
        if item.cell:
            heads = " ".join(_name(table, head) for head in heads_of(table, item))
            text = escape(printed.texts[item.cell] + printed.units.get(item.cell, ""))
            yield f'<td{spans} headers="{heads}" data-cell="{item.cell}">{text}</td>'
        else:
            yield f'<th id="{_name(table, item)}"{_scope(table, item)}{spans}>{escape(item.text)}</th>'


def _scope(table: Table, item: GridCell) -> str:
    if item.head:
        return f' scope="{"colgroup" if item.columns > 1 else "col"}"'
    align = ' class="label"' if item.lines == 1 and table.width >= _NARROW else ""
    return f' scope="{"rowgroup" if item.lines > 1 else "row"}"{align}'


def heads_of(table: Table, number: GridCell) -> list[GridCell]:
    """Return the printed heads and labels that say what a number counts: from the top down, then from the left."""
    head_lines = {item.line for item in table.grid if item.head}
    last = max(line for line in head_lines if line < number.line)
    first = last
    while first - 1 in head_lines:
        first -= 1
    above = [
        item
        for item in table.grid
        if item.head and first <= item.line <= last and item.column <= number.column < item.column + item.columns
    ]
    beside = [
        item
        for item in table.grid
        if not item.head and not item.cell and item.line <= number.line < item.line + item.lines
    ]
    return above + sorted(beside, key=lambda item: item.column)


def _name(table: Table, item: GridCell) -> str:
    return f"{table.id}-{item.line}-{item.column}"


def _signature(report: Report, filing: Filing) -> str:
    if not (report.signature or report.date):
        return ""
    unit, _ = signature_starts(report.signature, report.date)
    right = max(CHARACTERS - unit - width(report.signature), 0)
    day = f'<time datetime="{filing.signed.date}">{report.date}</time>' if filing.signed.day else escape(report.date)
    name = f"<p>{escape(report.signature)}</p>\n" if report.signature else ""
    date = f'<p class="date">{day}</p>\n' if report.date else ""
    return f'<div class="signature" style="margin-right:{right:g}em">\n{name}{date}</div>\n'


@lru_cache
def _style() -> str:
    return _STYLE.read_text(encoding="utf-8")
