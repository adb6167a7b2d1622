"""The generator of layouts: a filing drawn as others publish it, with their quirks.

A report is a list of blocks, paragraphs and drawn tables (rows of cells: text, rows and columns spanned). A *quirk* changes
the drawn tables or their numbers, a *writer* makes a file of the blocks. What must come out is known: the filing, and for
each quirk what of it a reader can know.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

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
    narrative: dict[str, tuple[str, ...]] = field(default_factory=dict)


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
    return Drawing(filing, blocks, expected=dict(filing.cells), narrative=dict(filing.narrative))


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


def once(block):
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
    flat = [[Cell(text) for text in row] for row in once(table)]
    return [[*row[:-1], replace(row[-1], columns=31 - width)] for row in flat]


QUIRKS = [
    plain, padded, typos, cut_labels, blanks, repeated_groups, page_break, pieces, one_table, extra_row, extra_column,
    missing_column, swapped_columns, transposed, two_years, single_row, all_in_one,
    lost_spans, lost_cells, merged_values,
]  # fmt: skip
