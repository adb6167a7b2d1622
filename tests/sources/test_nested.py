"""Tables of the form whose cells hold tables: what stands beside an inner table belongs to all of its rows."""

from __future__ import annotations

from html import escape

import pytest

from gk_xl.form.load import edition_ids
from gk_xl.sources.document import Grid
from gk_xl.sources.formats import html as page
from tests.sources.drawn import Drawn, drawing_of, filing_of
from tests.sources.test_div_grids import page_of, placed, read

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
