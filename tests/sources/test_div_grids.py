"""Pages whose tables are no table elements: CSS grids, display: table, roles, rows of boxes, tags that a system invented."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from html import escape

import pytest

from gk_xl.form.load import edition_ids
from gk_xl.sources.document import Grid
from gk_xl.sources.formats import html as page
from gk_xl.sources.open import import_sources
from tests.sources.drawn import Drawn, drawing_of, filing_of, once
from tests.sources.measure import judged

EDITIONS = edition_ids()


def placed(block):
    """Yield the cells of a drawn table with their places from 1, row by row."""
    taken = set()
    for row, cells in enumerate(block.rows, 1):
        column = 1
        for cell in cells:
            while (row, column) in taken:
                column += 1
            yield row, column, cell
            taken |= {(row + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
            column += cell.columns


def width_of(block):
    return sum(cell.columns for cell in block.rows[0])


def at_lines(block):
    """Return a CSS grid whose items name their lines, spans in one of the three ways of writing them."""
    ways = ("grid-row:{r}/span {h};grid-column:{c}/span {w}", "grid-area:{r}/{c}/{re}/{ce}",
            "grid-row-start:{r};grid-row-end:{re};grid-column-start:{c};grid-column-end:{ce}")  # fmt: skip
    items = [
        f'<div style="{way}">{escape(cell.text)}</div>'
        for n, (row, column, cell) in enumerate(placed(block))
        for way in [ways[n % 3].format(r=row, c=column, h=cell.rows, w=cell.columns, re=row + cell.rows, ce=column + cell.columns)]
    ]  # fmt: skip
    random.Random(1).shuffle(items)
    return f'<div style="display:grid">{"".join(items)}</div>'


def flowing(block):
    """Return a CSS grid whose items name their spans only; classes say what they are."""
    items = "".join(
        f'<div class="cell c{cell.columns} r{cell.rows}">{escape(cell.text)}</div>' for _, _, cell in placed(block)
    )
    spans = "".join(f".c{n}{{grid-column:span {n}}}.r{n}{{grid-row:span {n}}}" for n in range(2, 30))
    template = f"repeat({width_of(block) - 1}, minmax(0, 1fr)) 2fr"
    return f"<style>.{block.table}{{display: grid; grid-template-columns: {template}}}{spans}</style><section class={block.table}>{items}</section>"


def css_table(block):
    """Return boxes with display: table; it has no spans, merged cells are blank ones."""
    rows = "".join(
        f'<div style="display:table-row">{"".join(f"<div style=display:table-cell>{escape(t)}</div>" for t in row)}</div>'
        for row in once(block)
    )
    return f'<div style="display:table"><div style="display:table-row-group">{rows}</div></div>'


def roles(block):
    """Return boxes whose roles say what they are, spans as well."""
    rows = "".join(
        "<div role=row>" + "".join(
            f'<div role="cell" aria-colspan="{cell.columns}" aria-rowspan="{cell.rows}">{escape(cell.text)}</div>' for cell in row
        ) + "</div>"
        for row in block.rows
    )  # fmt: skip
    return f"<div role=table>{rows}</div>"


def flex(block):
    """Return rows of boxes as wide as their style says; what covers rows below is blank there."""
    wide, rows = width_of(block), [[] for _ in block.rows]
    for row, column, cell in placed(block):
        for down in range(cell.rows):
            rows[row - 1 + down].append((column, cell.columns, "" if down else cell.text))
    shown = "".join(
        '<div style="display:flex">' + "".join(
            f'<div style="width:{100 * columns / wide:.3f}%">{escape(text)}</div>' for _, columns, text in sorted(row)
        ) + "</div>"
        for row in rows
    )  # fmt: skip
    return f"<div class=tbl>{shown}</div>"


def bare_rows(block):
    """Return rows of boxes of which no style is known, blank ones for merged cells."""
    rows = "".join(f"<div>{''.join(f'<div>{escape(text)}</div>' for text in row)}</div>" for row in once(block))
    return f"<div><div>{rows}</div></div>"


def invented(block):
    """Return rows of elements that a system invented."""
    rows = "".join(
        f"<u-row>{''.join(f'<u-cell><u-text>{escape(text)}</u-text></u-cell>' for text in row)}</u-row>"
        for row in once(block)
    )
    return f"<u-grid><u-body>{rows}</u-body></u-grid>"


def listed(block):
    """Return rows that are lists, laid out side by side."""
    rows = "".join(
        f'<ul style="display: flex">{"".join(f"<li>{escape(text)}</li>" for text in row)}</ul>' for row in once(block)
    )
    return f"<div>{rows}</div>"


def wrapped(block):
    """Return rows of invented boxes, each text wrapped twice."""
    rows = "".join(
        f"<x-view>{''.join(f'<x-view><x-text><span>{escape(text)}</span></x-text></x-view>' for text in row)}</x-view>"
        for row in once(block)
    )
    return f"<x-view>{rows}</x-view>"


def in_each_other(block, first=0):
    """Return rows and stacks of boxes in each other, as a table can be cut apart: by rows where that can be, or by columns."""
    return f"<div class=t>{_cut([*placed(block)], first)}</div>"


def by_columns(block):
    """Return them cut by columns where that can be: which numbers stand side by side is seen on the screen only."""
    return in_each_other(block, 1)


def in_paragraphs(block):
    """Return them as editors of articles make them: sections, the text of each box a paragraph."""
    made = re.sub(r"<div>([^<]*)</div>", r"<div><p>\1</p></div>", in_each_other(block))
    return made.replace("<div", "<section").replace("</div", "</section")


def _cut(cells, axis):
    if len(cells) == 1:
        return f"<div>{escape(cells[0][2].text)}</div>"
    for own in (axis, 1 - axis):
        edges = [(at[own], at[own] + (at[2].columns if own else at[2].rows)) for at in cells]
        begins = [b for b, _ in sorted(set(edges)) if not any(begin < b < end for begin, end in edges)]
        cuts = sorted(set(begins))
        if len(cuts) > 1:
            parts = [
                [at for at in cells if begin <= at[own] < end]
                for begin, end in zip(cuts, [*cuts[1:], 999], strict=True)
            ]
            style = ' style="display:flex"' if own else ""
            return f"<div{style}>{''.join(_cut(part, axis) for part in parts)}</div>"
    raise AssertionError("a table that cannot be cut apart")


WAYS = [at_lines, flowing, css_table, roles, flex, bare_rows, invented, listed, wrapped, in_each_other, in_paragraphs]


def page_of(drawing, way, line="<p>{}</p>"):
    body = "".join(way(block) if isinstance(block, Drawn) else line.format(escape(block)) for block in drawing.blocks)
    return f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body><div id=app><nav>首页</nav><div>{body}</div></div></body></html>"


def read(tmp_path, drawing, text):
    path = tmp_path / "年报.html"
    path.write_text(text, encoding="utf-8")
    return judged(drawing, import_sources([path]))


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("way", WAYS)
def test_every_number_of_a_table_without_table_elements_is_read(tmp_path, way, edition):
    """All of them, with the text around."""
    drawing = drawing_of(filing_of(edition, 7))
    found = read(tmp_path, drawing, page_of(drawing, way))
    assert not found.silent
    assert not found.broken
    assert found.right == found.all


@pytest.mark.parametrize("way", WAYS)
def test_blank_boxes_keep_their_places(tmp_path, way):
    """A blank number never moves its neighbours, and never is one."""
    drawing, chance = drawing_of(filing_of(EDITIONS[-1], 8)), random.Random(8)
    gone = dict.fromkeys(chance.sample(sorted(drawing.filing.cells), 40))
    blank = drawing_of(type(drawing.filing)(**{**vars(drawing.filing), "cells": {**drawing.filing.cells, **gone}}))
    found = read(tmp_path, blank, page_of(blank, way))
    assert not found.silent
    assert found.right + found.doubtful + found.missing == found.all
    assert found.right > found.all - 60


@pytest.mark.parametrize("way", [in_each_other, by_columns])
def test_boxes_in_each_other_never_move_a_number(tmp_path, way):
    """A box is left out here and there, or heads and labels are of unequal depth: what is not sure is not read."""
    box, chance = re.compile(r"<div>\d+(?:\.\d+)?</div>"), random.Random(5)
    for left_out in (0, 1, 1, 2, 5):
        drawing = drawing_of(filing_of(EDITIONS[-1], left_out))
        text = page_of(drawing, way)
        for spot in sorted(chance.sample([*box.finditer(text)], left_out), key=re.Match.start, reverse=True):
            text = text[: spot.start()] + text[spot.end() :]
        found = read(tmp_path, drawing, text)
        assert not found.silent
        assert not found.broken


@pytest.mark.parametrize("rule", [".t .side", ".t div>.side,.t>.side", ".t div.side", ".t .t2 .side,.t .side"])
@pytest.mark.parametrize("known", [True, False])
def test_a_style_inside_another_element_is_that_of_its_boxes(tmp_path, rule, known):
    """A style sheet says which boxes stand side by side; where it says so of a part of them only, no part is a table."""
    drawing = drawing_of(filing_of(EDITIONS[-1], 9))
    text = page_of(drawing, in_each_other).replace(' style="display:flex"', " class=side")
    left = "" if known else ".t>.side>.side{display:block}"
    found = read(tmp_path, drawing, text.replace("<body>", f"<style>{rule}{{display: flex}}{left}</style><body>"))
    assert not found.silent
    assert not found.broken
    assert found.right == found.all if known else found.right + found.doubtful + found.missing == found.all


def test_a_style_below_another_element_is_not_that_of_others():
    """What stands right below is not what stands further down, nor what stands elsewhere."""
    text = "<style>.a>.x{display:none}.b .x{display:none}</style><div class=a><p class=x>一</p><div><p class=x>二</p></div></div>"
    text += "<div class=b><div><p class=x>三</p></div></div><p class=x>四</p>"
    assert [block.text for block in page.read(f"<html><body>{text}</body></html>".encode(), "样本").blocks] == [
        "二",
        "四",
    ]


@pytest.mark.parametrize("way", [in_each_other, in_paragraphs])
def test_a_page_in_columns_is_read_part_by_part(tmp_path, way):
    """A list of links beside the report, each of its sections in an element of its own, short as they are."""
    drawing = drawing_of(filing_of(EDITIONS[-1], 9))
    text = (
        page_of(drawing, way)
        .replace("<nav>首页</nav>", "<div>首页</div>")
        .replace("<div id=app>", '<div style="display:flex">')
    )
    at = text.index("<p>五、")
    end = text.index("</div>", at)
    found = read(tmp_path, drawing, f"{text[:at]}<div>{text[at:end]}</div>{text[end:]}")
    assert not found.silent
    assert not found.broken
    assert found.right == found.all


@pytest.mark.parametrize("line", ["<text-line>{}</text-line>", '<x-p style="display:block">{}</x-p>', '<span style="display:block">{}</span>'])  # fmt: skip
def test_a_line_of_an_invented_element_is_a_paragraph(tmp_path, line):
    """Its title, its headings, its sentences, the signature."""
    drawing = drawing_of(filing_of(EDITIONS[-1], 9))
    found = read(tmp_path, drawing, page_of(drawing, roles, line))
    assert not found.broken
    assert found.right == found.all


def test_what_flows_in_a_line_is_no_paragraph_of_its_own():
    """Invented elements inside a paragraph, beside text, or said to be inline."""
    for line in (
        "<p><x-a>本年公开</x-a><x-b>12条。</x-b></p>", "<div>本年<x-a>公开</x-a><x-b>12条。</x-b></div>",
        "<div><x-a style=display:inline>本年公开</x-a><x-b style=display:inline-block>12条。</x-b></div>",
    ):  # fmt: skip
        (block,) = page.read(f"<html><body>{line}</body></html>".encode(), "样本").blocks
        assert block.text == "本年公开12条。"


def test_a_page_that_is_laid_out_by_a_grid_is_no_table():
    """Columns of a page and lists of links are not; their text is read."""
    text = "甲" * 300
    for body in (
        f"<div style='display:grid;grid-template-columns:1fr 3fr'><div>栏目</div><div><p>{text}</p></div></div>",
        "<div style='display:grid;grid-template-columns:1fr 1fr'><div>规章</div><div>总计</div><div>法规</div><div>解读</div></div>",
        "<div><div><div>规章</div><div>1</div></div><div><div>解读</div><div>2</div></div></div>",
    ):
        blocks = page.read(f"<html><body>{body}</body></html>".encode(), "样本").blocks
        assert not any(isinstance(block, Grid) for block in blocks)
        assert blocks


@pytest.mark.parametrize("written", ["６ ９４９", "6&nbsp;949", "6&#8201;949", "6 949", "+6&#8239;949"])
def test_thousands_that_blanks_part_are_read_and_asked_about(tmp_path, written):
    """Two numbers in one cell look the same; what is no group of three digits is no such number."""
    drawing = drawing_of(filing_of(EDITIONS[-1], 7))
    filing = drawing.filing
    text = page_of(drawing_of(replace(filing, cells={**filing.cells, "t3.received_new.total": 88776})), roles)
    path = tmp_path / "年报.html"
    for shown, number in ((written, 6949), (written[:-1], None)):
        path.write_text(text.replace(">88776<", f">{shown}<"), encoding="utf-8")
        imported = import_sources([path])
        held = imported.filing.cells["t3.received_new.total"]
        assert "t3.received_new.total" in imported.filing.doubts
        assert held == number if number else isinstance(held, str)
