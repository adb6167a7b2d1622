"""The generator of layouts: a filing drawn as others publish it, in every format, with their quirks.

A report is a list of blocks, paragraphs and drawn tables (rows of cells: text, rows and columns spanned). A *quirk* changes
the drawn tables or their numbers, a *writer* makes a file of the blocks. What must come out is known: the filing, and for
each quirk what of it a reader can know.
"""

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import dataclass, field, replace
from html import escape

from gk_xl.checks.binding import identities
from gk_xl.form.filing import Filing, Signature, Unit
from gk_xl.form.load import load_edition
from gk_xl.form.schema import ValueKind


@dataclass(frozen=True)
class Cell:
    """One drawn cell."""

    text: str
    rows: int = 1
    columns: int = 1


@dataclass
class Drawn:
    """A drawn table, and which table of the form it is."""

    table: str
    rows: list[list[Cell]]


@dataclass
class Drawing:
    """A whole report as drawn. ``unsure`` are cells that a reader may leave doubtful or blank, ``lost`` must not be right."""

    filing: Filing
    blocks: list[str | Drawn]
    unsure: set[str] = field(default_factory=set)
    expected: dict[str, object] = field(default_factory=dict)


def filing_of(edition_id, seed, *, year=None):
    """Return a filing whose sums hold, its leaves by chance: mostly 0 as in real ones."""
    edition, chance = load_edition(edition_id), random.Random(f"{edition_id} {seed}")
    cells = {}
    for cell in edition.cells.values():
        if cell.kind is ValueKind.AMOUNT:
            cells[cell.id] = chance.choice([0, round(chance.uniform(0, 900), 2)])
        else:
            cells[cell.id] = chance.choice([0, 0, 0, chance.randint(1, 9), chance.randint(10, 400)])
    for _, coefficients in identities(edition.id):
        if "t3.received_new" in next(iter(coefficients)):
            continue
        totals = [cell for cell in coefficients if edition.cell(cell).total]
        parts = [cell for cell in coefficients if cell not in totals]
        if len(totals) == 1 and all(not edition.cell(part).total for part in parts):
            cells[totals[0]] = sum(cells[part] for part in parts)
    _balance(edition, cells)
    year = year or edition.first_year
    narrative = {
        "preamble": (
            f"根据《中华人民共和国政府信息公开条例》编制本报告，统计期限自{year}年1月1日起至{year}年12月31日止。",
        ),
        "overview": (
            "（一）主动公开。全年公开各类信息120条。",
            "（二）依申请公开。依法依规办理，渠道畅通，答复及时，没有引起争议的情形。",
        ),
        "problems": (
            "一是解读形式不够丰富，图解少；二是更新不够及时。",
            "下一步，增加图解、短视频等形式，每周核对栏目更新情况。",
        ),
        "other_matters": ("依据《政府信息公开信息处理费管理办法》，本年度没有收取信息处理费。",),
    }
    unit = Unit("样板乡人民政府", "township", "我乡")
    return Filing(edition.id, year, unit, cells, narrative, Signature(unit.name, f"{year + 1}-01-10"))


def _balance(edition, cells):
    """Let the totals of 表三 follow from its leaves: rows first, then the outcome, then what was carried out."""
    table = edition.table("t3")
    for column in table.columns:
        leaves = [
            c.id for c in table.cells
            if c.column == column and c.row not in ("received_new", "carried_in", "outcome_total", "carried_out")
        ]  # fmt: skip
        cells[f"t3.outcome_total.{column}"] = sum(cells[c] for c in leaves)
        cells[f"t3.carried_out.{column}"] = cells[f"t3.carried_out.{column}"] % 3
        cells[f"t3.carried_in.{column}"] = min(2, cells[f"t3.outcome_total.{column}"])
        cells[f"t3.received_new.{column}"] = (
            cells[f"t3.outcome_total.{column}"] + cells[f"t3.carried_out.{column}"] - cells[f"t3.carried_in.{column}"]
        )
    for row in table.rows:
        cells[f"t3.{row}.total"] = sum(cells[c.id] for c in table.cells if c.row == row and c.column != "total")


def drawing_of(filing):
    """Return a filing drawn as the form prints it."""
    day = filing.signed.day
    blocks = [filing.title, *filing.narrative["preamble"]]
    for section in filing.form.sections:
        blocks.append(section.heading)
        blocks += [drawn(filing, section.table)] if section.table else filing.narrative[section.narrative]
    blocks += [filing.signed.name, f"{day.year}年{day.month}月{day.day}日"]
    return Drawing(filing, blocks, expected=dict(filing.cells))


def drawn(filing, table_id):
    """Return one table with its numbers."""
    table = filing.form.table(table_id)
    rows = [[] for _ in range(table.lines)]
    for item in sorted(table.grid, key=lambda item: (item.line, item.column)):
        value = filing.cells.get(item.cell) if item.cell else None
        text = item.text if not item.cell else "" if value is None else f"{value}"
        rows[item.line].append(Cell(text, item.lines, item.columns))
    return Drawn(table_id, rows)


# --------------------------------------------------------------------------------------------------------- quirks


def plain(drawing, chance):
    """As the form prints it."""


def _tables(drawing, *ids):
    return [
        block for block in drawing.blocks if isinstance(block, Drawn) and block.table in (ids or ("t2", "t3", "t4"))
    ]


def _numbers(drawn_table):
    for row in drawn_table.rows:
        for number, cell in enumerate(row):
            if cell.text[:1].isdigit() and cell.text.replace(".", "").isdigit():
                yield row, number, cell


def padded(drawing, chance):
    """Numbers between wide and no-break spaces, some in full width, some with a unit."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    for table in _tables(drawing):
        for row, number, cell in list(_numbers(table)):
            text = chance.choice([cell.text, f"\u3000{cell.text}\u00a0", cell.text.translate(wide)])
            row[number] = replace(cell, text=text + ("件" if table.table != "t2" and chance.random() < 0.1 else ""))


def typos(drawing, chance):
    """Slips in labels: 不子公开, 只记, 废纸件数, half-width marks."""
    slips = {
        "不予公开": "不子公开",
        "只计": "只记",
        "本年废止": "本年废纸",
        "内部事务": "内容事务",
        "（": "(",
        "）": ")",
    }
    for table in _tables(drawing):
        for row in table.rows:
            for number, _cell in enumerate(row):
                for right, wrong in slips.items():
                    if right in row[number].text:
                        row[number] = replace(row[number], text=row[number].text.replace(right, wrong))


def cut_labels(drawing, chance):
    """Labels broken by a line."""
    for table in _tables(drawing):
        for row in table.rows:
            for number, cell in enumerate(row):
                if len(cell.text) > 5 and not cell.text[:1].isdigit():
                    half = len(cell.text) // 2
                    row[number] = replace(cell, text=f"{cell.text[:half]}\n{cell.text[half:]}")


def blanks(drawing, chance):
    """Cells left blank, wherever they stand."""
    gone = set(chance.sample(sorted(drawing.filing.cells), 60))
    cells = {name: None if name in gone else value for name, value in drawing.filing.cells.items()}
    _redraw(drawing, replace(drawing.filing, cells=cells))


def _redraw(drawing, filing):
    drawing.expected = dict(filing.cells)
    for index, block in enumerate(drawing.blocks):
        if isinstance(block, Drawn):
            drawing.blocks[index] = drawn(filing, block.table)


def repeated_groups(drawing, chance):
    """Group labels repeated in each row in place of one over many rows."""
    for table in _tables(drawing, "t3"):
        flat = _flat(table)
        heads = drawing.filing.form.table("t3").head_lines
        table.rows = [*table.rows[:heads], *([Cell(text) for text in row] for row in flat[heads:])]


def _flat(table):
    """Return the full rectangle of a table's texts, spans repeated."""
    taken, height = {}, len(table.rows)
    for number, row in enumerate(table.rows):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            for r in range(number, min(height, number + cell.rows)):
                for c in range(column, column + cell.columns):
                    taken[r, c] = cell.text
            column += cell.columns
    width = max(c for _, c in taken) + 1
    return [[taken.get((r, c), "") for c in range(width)] for r in range(height)]


def page_break(drawing, chance):
    """The table of 三 in two, its heads repeated."""
    index = next(i for i, block in enumerate(drawing.blocks) if isinstance(block, Drawn) and block.table == "t3")
    table = drawing.blocks[index]
    flat, heads = _flat(table), drawing.filing.form.table("t3").head_lines
    at = heads + chance.randint(4, 12)
    body = [[Cell(text) for text in row] for row in flat[at:]]
    first = [*table.rows[:heads], *([Cell(text) for text in row] for row in flat[heads:at])]
    repeated = table.rows[:heads] if chance.random() < 0.5 else []
    drawing.blocks[index : index + 1] = [Drawn("t3", first), Drawn("t3", [*repeated, *body])]


def pieces(drawing, chance):
    """表四 as three small tables."""
    index = next(i for i, block in enumerate(drawing.blocks) if isinstance(block, Drawn) and block.table == "t4")
    flat = _flat(drawing.blocks[index])
    parts = []
    for number, name in enumerate(("行政复议", "未经复议直接起诉", "复议后起诉")):
        across = range(5 * number, 5 * number + 5)
        parts.append(Drawn("t4", [[Cell(name, 1, 5)], *([[Cell(flat[row][c]) for c in across] for row in (2, 3)])]))
    drawing.blocks[index : index + 1] = parts


def one_table(drawing, chance):
    """表二's five blocks as tables of their own."""
    index = next(i for i, block in enumerate(drawing.blocks) if isinstance(block, Drawn) and block.table == "t2")
    parts, rows = [], []
    for row in drawing.blocks[index].rows:
        if row[0].text.startswith("第二十条") and rows:
            parts.append(Drawn("t2", rows))
            rows = []
        rows.append(row)
    drawing.blocks[index : index + 1] = [*parts, Drawn("t2", rows)]


def extra_row(drawing, chance):
    """A regional row that no form has."""
    table = _tables(drawing, "t3")[0]
    at = len(table.rows) - 2
    table.rows.insert(at, [Cell("其中：涉及征地拆迁的", 1, 2), *(Cell(str(n)) for n in range(501, 508))])
    for row in table.rows[:at]:
        for number, cell in enumerate(row):
            if cell.text == "三、本年度办理结果":
                row[number] = replace(cell, rows=cell.rows + 1)


def extra_column(drawing, chance):
    """A column that no form has, before the totals."""
    table = _tables(drawing, "t3")[0]
    heads = drawing.filing.form.table("t3").head_lines
    flat = [[*row[:-1], "外国组织" if n < heads else f"{600 + n}", row[-1]] for n, row in enumerate(_flat(table))]
    table.rows = [[Cell(text) for text in row] for row in flat]


def missing_column(drawing, chance):
    """A column that the form has and the report has not: its cells are nowhere."""
    table = _tables(drawing, "t3")[0]
    gone = chance.randint(4, 7)
    column = drawing.filing.form.table("t3").columns[gone - 3]
    table.rows = [[Cell(text) for c, text in enumerate(row) if c != gone] for row in _flat(table)]
    lost = {cell.id for cell in drawing.filing.form.table("t3").cells if cell.column == column}
    drawing.expected |= dict.fromkeys(lost)


def swapped_columns(drawing, chance):
    """Columns in another order, heads and numbers alike."""
    table = _tables(drawing, "t3")[0]
    order = [0, 1, 2, *chance.sample(range(3, 10), 7)]
    table.rows = [[Cell(row[c]) for c in order] for row in _flat(table)]


def transposed(drawing, chance):
    """Rows and columns exchanged."""
    table = _tables(drawing, "t3")[0]
    table.rows = [[Cell(text) for text in row] for row in zip(*_flat(table), strict=True)]


def two_years(drawing, chance):
    """Two years side by side in 表四, the report's first."""
    table = _tables(drawing, "t4")[0]
    year = drawing.filing.year
    rows = [
        [*row, *(Cell("7" if cell.text.isdigit() else cell.text, cell.rows, cell.columns) for cell in row)]
        for row in table.rows
    ]
    table.rows = [[Cell(f"{year}年", 1, 15), Cell(f"{year - 1}年", 1, 15)], *rows]


def single_row(drawing, chance):
    """（六） in one row, as the earlier edition has it."""
    form = drawing.filing.form
    parts = [cell for cell in form.table("t3").cells if cell.row.startswith("otherwise.")]
    if not parts:
        return
    table = _tables(drawing, "t3")[0]
    at = next(n for n, row in enumerate(table.rows) if any(cell.text == "（六）其他处理" for cell in row))
    sums = [sum(drawing.filing.cells[c.id] for c in parts if c.column == column) for column in form.table("t3").columns]
    table.rows[at : at + 3] = [[Cell("（六）其他处理", 1, 2), *(Cell(str(value)) for value in sums)]]
    for row in table.rows[:at]:
        for number, cell in enumerate(row):
            if cell.text == "三、本年度办理结果":
                row[number] = replace(cell, rows=cell.rows - 2)
    drawing.unsure |= {cell.id for cell in parts}


def all_in_one(drawing, chance):
    """The whole report in the rows of one table: headings and paragraphs over its whole width."""
    title, *rest = drawing.blocks
    rows = []
    for block in rest:
        rows += [[Cell(block, 1, 30)]] if isinstance(block, str) else _wide(block)
    drawing.blocks[:] = [title, Drawn("t3", rows)]


def lost_spans(drawing, chance):
    """Every span lost, as careless editors save tables: rows of different length."""
    for table in _tables(drawing):
        table.rows = [[Cell(cell.text) for cell in row] for row in table.rows]


def lost_cells(drawing, chance):
    """Rows of 表三 in which a blank cell is not there at all: what follows has moved to the left."""
    table = _tables(drawing, "t3")[0]
    heads = drawing.filing.form.table("t3").head_lines
    for row in table.rows[heads:]:
        if chance.random() < 0.3:
            values = row[-7:]
            row.remove(values[chance.randint(0, 5)])


def merged_values(drawing, chance):
    """A number over two columns: whose it is nobody can tell."""
    table = _tables(drawing, "t3")[0]
    row = table.rows[-1]
    row[-7:-5] = [replace(row[-7], columns=2)]
    drawing.unsure |= {"t3.carried_out.natural_person", "t3.carried_out.commercial"}


def _wide(table):
    """Return a table's rows stretched to the width of the widest: its last column takes what is left."""
    width = max(sum(cell.columns for cell in row) for row in table.rows)
    flat = [[Cell(text) for text in row] for row in _once(table)]
    return [[*row[:-1], replace(row[-1], columns=31 - width)] for row in flat]


QUIRKS = [
    plain, padded, typos, cut_labels, blanks, repeated_groups, page_break, pieces, one_table, extra_row, extra_column,
    missing_column, swapped_columns, transposed, two_years, single_row, all_in_one,
    lost_spans, lost_cells, merged_values,
]  # fmt: skip


# --------------------------------------------------------------------------------------------------------- writers


def tidy_page(drawing, chance):
    """A web page with nothing but the report."""
    return _page("".join(_html_block(block) for block in drawing.blocks)), ".html"


def word_page(drawing, chance):
    """A page as Word saves it: spans and o:p everywhere, paragraphs in cells, no-break spaces, GBK."""

    def text(value):
        cut = chance.randint(0, len(value))
        return f"<span lang=EN-US>{escape(value[:cut])}</span><font>{escape(value[cut:])}</font><o:p></o:p>"

    body = "".join(_html_block(block, text, cell_paragraphs=True) for block in drawing.blocks)
    return _page(body, charset="gb2312").encode("gb18030"), ".htm"


def site_page(drawing, chance):
    """A page of a government site: navigation, breadcrumb, index head, share buttons, footer around the article."""
    title, *rest = drawing.blocks
    nav = "<ul>" + "".join(f"<li><a>{name}</a></li>" for name in ("首页", "政务公开", "政府信息公开年报")) + "</ul>"
    index = (
        "<table><tr><td>索引号</td><td>000014349/2026-00012</td><td>发布机构</td><td>样板县</td></tr>"
        "<tr><td>成文日期</td><td>2026-01-16</td><td>组配分类</td><td>年报</td></tr></table>"
    )
    article = "".join(_html_block(block) for block in rest)
    body = (
        f"<header>{nav}</header><div class='crumb'>当前位置：首页 &gt; 政务公开 &gt; 政府信息公开年报</div>{index}<h1>{title}</h1>"
        f"<div class='info'>发布时间：2026-01-20 来源：样板网 浏览次数：12</div><div id='zoom' class='TRS_Editor'>{article}</div>"
        "<div class='share'>分享到：微信 微博</div><div>上一篇：没有了</div><footer>版权所有 样板县人民政府 备案12345号</footer>"
    )
    return _page(body), ".html"


def framed_page(drawing, chance):
    """A page laid out by tables: the whole article in a cell."""
    body = "".join(_html_block(block) for block in drawing.blocks)
    return _page(f"<table><tr><td>栏目</td><td><table><tr><td>{body}</td></tr></table></td></tr></table>"), ".html"


def _page(body, charset="utf-8"):
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>样板网</title></head><body>{body}</body></html>'
    )


def _html_block(block, text=escape, *, cell_paragraphs=False):
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
    return ["\t".join(_line(text) for text in row) for row in _once(block)]


def _once(block):
    """Return the full rectangle, the text of a merged cell in its first place only."""
    rows = [list(row) for row in _flat(block)]
    seen, height = set(), len(block.rows)
    for number, row in enumerate(block.rows):
        column = 0
        for cell in row:
            while (number, column) in seen:
                column += 1
            places = [
                (r, c)
                for r in range(number, min(height, number + cell.rows))
                for c in range(column, column + cell.columns)
            ]
            seen |= set(places)
            for r, c in places[1:]:
                rows[r][c] = ""
            column += cell.columns
    return rows


def pipes(block):
    """A Markdown table of full width."""
    rows = ["| " + " | ".join(_line(text) for text in row) + " |" for row in _once(block)]
    return [rows[0], "|" + " --- |" * len(_once(block)[0]), *rows[1:]]


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


TEXTS = [_text(lines_of) for lines_of in (tabbed, tabbed_full, pipes, one_a_line, spaced, bars, copied)]
WRITERS = [tidy_page, word_page, site_page, framed_page, word_file, sheet]
