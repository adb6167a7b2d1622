"""The writers: files and texts made of a drawn report, as others publish it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from html import escape

from tests.sources.drawn import once

# --------------------------------------------------------------------------------------------------------- writers


def tidy_page(drawing, chance):
    """A web page with nothing but the report."""
    return _page("".join(html_block(block) for block in drawing.blocks)), ".html"


def word_page(drawing, chance):
    """A page as Word saves it: spans and o:p everywhere, paragraphs in cells, no-break spaces, GBK."""

    def text(value):
        cut = chance.randint(0, len(value))
        return f"<span lang=EN-US>{escape(value[:cut])}</span><font>{escape(value[cut:])}</font><o:p></o:p>"

    body = "".join(html_block(block, text, cell_paragraphs=True) for block in drawing.blocks)
    return _page(body, charset="gb2312").encode("gb18030"), ".htm"


def site_page(drawing, chance):
    """A page of a government site: navigation, breadcrumb, index head, share buttons, footer around the article."""
    title, *rest = drawing.blocks
    nav = "<ul>" + "".join(f"<li><a>{name}</a></li>" for name in ("首页", "政务公开", "政府信息公开年报")) + "</ul>"
    index = (
        "<table><tr><td>索引号</td><td>000014349/2026-00012</td><td>发布机构</td><td>样板县</td></tr>"
        "<tr><td>成文日期</td><td>2026-01-16</td><td>组配分类</td><td>年报</td></tr></table>"
    )
    article = "".join(html_block(block) for block in rest)
    body = (
        f"<header>{nav}</header><div class='crumb'>当前位置：首页 &gt; 政务公开 &gt; 政府信息公开年报</div>{index}<h1>{title}</h1>"
        f"<div class='info'>发布时间：2026-01-20 来源：样板网 浏览次数：12</div><div id='zoom' class='TRS_Editor'>{article}</div>"
        "<div class='share'>分享到：微信 微博</div><div>上一篇：没有了</div><footer>版权所有 样板县人民政府 备案12345号</footer>"
    )
    return _page(body), ".html"


def framed_page(drawing, chance):
    """A page laid out by tables: the whole article in a cell."""
    body = "".join(html_block(block) for block in drawing.blocks)
    return _page(f"<table><tr><td>栏目</td><td><table><tr><td>{body}</td></tr></table></td></tr></table>"), ".html"


def _page(body, charset="utf-8"):
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>样板网</title></head><body>{body}</body></html>'
    )


def html_block(block, text=escape, *, cell_paragraphs=False):
    if isinstance(block, str):
        return f"<p>&nbsp;&nbsp;{text(block)}</p>\n"
    rows = []
    for row in block.rows:
        cells = []
        for cell in row:
            shown = text(cell.text).replace("\n", "<br>")
            if cell_paragraphs:
                shown = f"<p class=MsoNormal>{shown}</p>"
            cells.append(f'<td rowspan="{cell.rows}" colspan="{cell.columns}">{shown or "&nbsp;"}</td>')
        rows.append(f"<tr>{''.join(cells)}</tr>\n")
    return f"<table border=1><tbody>{''.join(rows)}</tbody></table>\n"


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_file(drawing, chance):
    """A Word file: runs split anywhere, gridSpan and vMerge, some text inserted as a tracked change."""

    def runs(value):
        cut = chance.randint(0, len(value))
        parts = "".join(
            f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>' for part in (value[:cut], value[cut:]) if part
        )
        return f"<w:ins>{parts}</w:ins>" if chance.random() < 0.05 else parts

    def paragraph(value):
        return f"<w:p>{runs(value)}</w:p>"

    body = [paragraph(block) if isinstance(block, str) else _word_table(block, paragraph) for block in drawing.blocks]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "word/document.xml", f'<w:document xmlns:w="{_W}"><w:body>{"".join(body)}</w:body></w:document>'
        )
    return buffer.getvalue(), ".docx"


def _word_table(block, paragraph):
    """Return a table with merged cells as Word writes them: a continued cell in each row that is covered."""
    below, rows = {}, []
    for row in block.rows:
        line, column = [], 0

        def covered(at, cells=line):
            while below.get(at, (0, 0))[0]:
                left, across = below[at]
                below[at] = (left - 1, across)
                cells.append(f'<w:tc><w:tcPr><w:gridSpan w:val="{across}"/><w:vMerge/></w:tcPr><w:p/></w:tc>')
                at += across
            return at

        for cell in row:
            column = covered(column)
            merge = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
            texts = "".join(paragraph(text) for text in cell.text.split("\n"))
            line.append(f'<w:tc><w:tcPr><w:gridSpan w:val="{cell.columns}"/>{merge}</w:tcPr>{texts}</w:tc>')
            if cell.rows > 1:
                below[column] = (cell.rows - 1, cell.columns)
            column += cell.columns
        covered(column)
        rows.append(f"<w:tr>{''.join(line)}</w:tr>")
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def sheet(drawing, chance):
    """A workbook of somebody's: everything in one sheet, one below the other, numbers as numbers."""
    from openpyxl import Workbook

    book = Workbook()
    page, row = book.active, 1
    for block in drawing.blocks:
        if isinstance(block, str):
            page.cell(row, 1, block)
            row += 1
            continue
        taken = set()
        for number, line in enumerate(block.rows):
            column = 1
            for cell in line:
                while (row + number, column) in taken:
                    column += 1
                value = cell.text
                page.cell(
                    row + number,
                    column,
                    float(value) if value.replace(".", "", 1).isdigit() and value.isascii() else value,
                )
                taken |= {(row + number + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
                if cell.rows * cell.columns > 1:
                    page.merge_cells(
                        start_row=row + number,
                        start_column=column,
                        end_row=row + number + cell.rows - 1,
                        end_column=column + cell.columns - 1,
                    )
                column += cell.columns
        row += len(block.rows) + 1
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue(), ".xlsx"


# ------------------------------------------------------------------------------------------------ texts made by people


def _text(lines_of):
    """Return a writer of text files, whose tables ``lines_of`` prints."""

    def write(drawing, chance):
        lines = []
        for block in drawing.blocks:
            lines += [block] if isinstance(block, str) else lines_of(block)
        return "\n".join(lines), ".txt"

    write.__name__ = lines_of.__name__
    return write


def _line(text):
    return text.replace("\n", "")


def tabbed(block):
    """A row a line, tabs, covered cells left out, as a browser copies a table."""
    return ["\t".join(_line(cell.text) for cell in row) for row in block.rows]


def tabbed_full(block):
    """A row a line, tabs, every column there, merged cells empty but the first."""
    return ["\t".join(_line(text) for text in row) for row in once(block)]


def pipes(block):
    """A Markdown table of full width."""
    rows = ["| " + " | ".join(_line(text) for text in row) + " |" for row in once(block)]
    return [rows[0], "|" + " --- |" * len(once(block)[0]), *rows[1:]]


def one_a_line(block):
    """One cell a line; a blank cell is a blank line."""
    return [_line(cell.text) for row in block.rows for cell in row]


def spaced(block):
    """A row a line, spaces between, as text copied from a page of paper."""
    return [" ".join(_line(cell.text) for cell in row if cell.text) for row in block.rows]


def bars(block):
    """Bars and corners, a border between rows."""
    rows = ["│" + "│".join(_line(cell.text) for cell in row) + "│" for row in block.rows]
    return [line for row in rows for line in ("├──┼──┤", row)]


def copied(block):
    """Cells as a browser copies paragraphs in cells: a tab alone between blank lines."""
    return ["\n\n\t\n\n".join(_line(cell.text) or " " for cell in row) for row in block.rows]


def scripted_page(drawing, chance):
    """Write a page whose script holds the article, its characters escaped."""
    body = json.dumps({"title": drawing.filing.title, "content": tidy_page(drawing, chance)[0]})
    return f"<html><body><div id=app></div><script>show({body})</script></body></html>", ".html"


def commas(drawing, chance):
    """Write what a spreadsheet saves as CSV."""
    out = io.StringIO()
    rows = csv.writer(out)
    for block in drawing.blocks:
        rows.writerows([[block]] if isinstance(block, str) else once(block))
    return out.getvalue(), ".csv"


def bold_markdown(drawing, chance):
    """Write Markdown with an empty row of heads and bold labels."""
    lines = []
    for block in drawing.blocks:
        rows = [] if isinstance(block, str) else once(block)
        lines += [block] if isinstance(block, str) else ["|" * (len(rows[0]) + 1), "|" + "---|" * len(rows[0])]
        lines += ["|" + "|".join(f"**{text}**" if text else "" for text in row) + "|" for row in rows]
    return "\n".join(lines), ".md"


def tagged_markdown(drawing, chance):
    """Write Markdown as converters of scans do: each table as HTML, on one line."""
    blocks = (block if isinstance(block, str) else html_block(block).replace("\n", "") for block in drawing.blocks)
    return "\n\n".join(blocks), ".md"


TEXTS = [
    *(_text(lines_of) for lines_of in (tabbed, tabbed_full, pipes, one_a_line, spaced, bars, copied)),
    commas, bold_markdown, tagged_markdown,
]  # fmt: skip
WRITERS = [tidy_page, word_page, site_page, framed_page, word_file, sheet, scripted_page]
