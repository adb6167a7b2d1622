"""Tables of the form whose cells hold tables: what stands beside an inner table belongs to all of its rows."""

from __future__ import annotations

import re
from html import escape

import pytest

from gk_xl.form.load import edition_ids
from gk_xl.sources.document import Grid
from gk_xl.sources.formats import html as page
from gk_xl.sources.open import import_sources
from tests.sources.drawn import Drawn, drawing_of, filing_of
from tests.sources.test_div_grids import page_of, placed, read
from tests.sources.test_formats import docx_of, p

EDITIONS = edition_ids()


def td(inner, rows=1, columns=1):
    return f'<td rowspan="{rows}" colspan="{columns}">{inner}</td>'


def table(rows):
    return f"<table border=1>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def cut(block, columns, heads):
    """Return a drawn table cut below its columns of labels: each row's numbers, and all heads, are an inner table."""
    groups = [range(1, heads + 1), *([number] for number in range(heads + 1, len(block.rows) + 1))]
    for group in filter(None, groups):
        own = [(row, column, cell) for row, column, cell in placed(block) if row in group]
        outer = [(cell, 1 if len(group) > 1 else cell.rows) for _, column, cell in own if column <= columns]
        inner = [
            "".join(td(escape(cell.text), cell.rows, cell.columns) for r, column, cell in own if r == row and column > columns)
            for row in group
        ]  # fmt: skip
        yield outer, [row for row in inner if row]


def rows_inside(wrap=lambda inner: inner):
    """Return a way to draw tables whose rows of numbers are tables, each within what ``wrap`` makes of it."""

    def draw(block):
        if block.table == "t4":
            return _suits(block, wrap)
        columns, heads = (3, 3) if block.table == "t3" else (1, 0)
        rows = [
            "".join(td(escape(cell.text), down, cell.columns if inner else columns + 1) for cell, down in outer)
            + (td(wrap(table(inner))) if inner else "")
            for outer, inner in cut(block, columns, heads)
        ]
        return table(rows)

    return draw


def _suits(block, wrap):
    """Return 表四 as three tables below their heads."""
    parts = [
        table(
            "".join(td(escape(cell.text)) for row, column, cell in placed(block) if row in lines and first < column <= first + 5)
            for lines in ((2, 3), (4,))
        )
        for first in (0, 5, 10)
    ]  # fmt: skip
    parts = [part.replace(td("未经复议直接起诉"), "").replace(td("复议后起诉"), "") for part in parts]
    return table([
        td("行政复议", 2) + td("行政诉讼", 1, 2),
        td("未经复议直接起诉") + td("复议后起诉"),
        "".join(td(wrap(part)) for part in parts),
    ])  # fmt: skip


WAYS = {
    "inner": rows_inside(),
    "in_one_cell": rows_inside(lambda inner: table([td(inner)])),
    "in_two": rows_inside(lambda inner: table([td(f"<div>{table([td(inner)])}</div>")])),
    "below_a_blank": rows_inside(lambda inner: f"<p>&nbsp;</p>{inner}<p></p>"),
}


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("way", WAYS)
def test_every_number_of_an_inner_table_is_read(tmp_path, way, edition):
    """All of them, however deep."""
    drawing = drawing_of(filing_of(edition, 12))
    found = read(tmp_path, drawing, page_of(drawing, WAYS[way]))
    assert not found.silent
    assert not found.broken
    assert found.right == found.all


def test_a_frame_stays_a_frame():
    """A page that is laid out by tables, also one with a word of the form in a cell, is read as before."""
    drawing = drawing_of(filing_of(EDITIONS[-1], 12))
    body = "".join(rows_inside()(b) if isinstance(b, Drawn) else f"<p>{b}</p>" for b in drawing.blocks)
    for side in ("栏目", "规章"):
        text = f"<html><body><table><tr><td>{side}</td><td>{body}</td></tr></table></body></html>"
        blocks = page.read(text.encode(), "样本").blocks
        assert sum(isinstance(block, Grid) for block in blocks) == sum(isinstance(b, Drawn) for b in drawing.blocks)


def word_table(rows):
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def tc(inner, columns=1, down=""):
    merged = f'<w:vMerge w:val="{down}"/>' if down else ""
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{columns}"/>{merged}</w:tcPr>{inner}</w:tc>'


def in_word(block, depth=1):
    """Return 表二 or 表三 whose numbers are tables in cells, their labels merged downwards."""
    columns, heads = (3, 3) if block.table == "t3" else (1, 0)
    rows, open_ = [], {}
    for outer, inner in cut(block, columns, heads):
        cells, at = "", 0
        for cell, down in [*outer, (None, 0)]:
            while open_.get(at, (0, 0))[0]:
                left, wide = open_[at]
                open_[at] = (left - 1, wide)
                cells += tc("<w:p/>", wide, "continue")
                at += wide
            if cell is None:
                break
            wide = cell.columns if inner else columns + 1
            open_[at] = (down - 1, wide)
            cells += tc(p(escape(cell.text)), wide, "restart" if down > 1 else "")
            at += wide
        if inner:
            texts = re.findall(r'<td rowspan="(\d+)" colspan="(\d+)">([^<]*)</td>', "".join(inner))
            held = word_table(["".join(tc(p(text), wide) for _, wide, text in texts)])
            if len(inner) > 1:
                held = word_table(_heads_in_word(block, columns))
            for _ in range(depth - 1):
                held = word_table([tc(held + "<w:p/>")])
            cells += tc(held + "<w:p/>")
        rows.append(cells)
    return word_table(rows)


def _heads_in_word(block, columns):
    """Yield the rows of the heads of 表三, those over two rows continued in the second."""
    own = [(row, cell) for row, column, cell in placed(block) if row <= 3 and column > columns]
    yield "".join(tc(p(cell.text), cell.columns) for row, cell in own if row == 1)
    yield "".join(tc(p(c.text), c.columns, "restart" if c.rows > 1 else "") for row, c in own if row == 2)
    last = [tc(p(cell.text)) for row, cell in own if row == 3]
    yield tc("<w:p/>", 1, "continue") + "".join(last) + tc("<w:p/>", 1, "continue")


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("depth", [1, 2, 3])
def test_tables_in_cells_of_word(tmp_path, edition, depth):
    """表二 and 表三 drawn so are read to the last number, as a page is."""
    drawing = drawing_of(filing_of(edition, 13))
    body = "".join(
        p(escape(block)) if isinstance(block, str) else in_word(block, depth)
        for block in drawing.blocks
        if isinstance(block, str) or block.table != "t4"
    )
    path = tmp_path / "年报.docx"
    path.write_bytes(docx_of(body))
    imported = import_sources([path])
    own = {name: value for name, value in drawing.filing.cells.items() if not name.startswith("t4.")}
    assert {name: imported.filing.cells[name] for name in own} == own
    assert not {*own} & {*imported.doubts}
