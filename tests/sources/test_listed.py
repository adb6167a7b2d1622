"""Tables told as lists: the label of a row with its columns and their numbers behind it, or below it line by line."""

from __future__ import annotations

import pytest

from gk_xl.form.load import edition_ids, load_edition
from gk_xl.sources.lines import lines_of
from gk_xl.sources.open import import_sources
from gk_xl.sources.text import document_of, import_text
from tests.sources.drawn import Drawn, drawing_of, filing_of
from tests.sources.measure import judged
from tests.sources.writers import tidy_page

NEWEST = edition_ids()[-1]
SUITS = ("行政复议", "未经复议直接起诉", "复议后起诉")


def rows_of(filing, table):
    """Return the rows of a table: the label of each, its columns with their values."""
    cells = filing.form.table(table).cells
    names = {cell.row: cell.row_label for cell in cells}
    names |= dict(zip(names, SUITS, strict=False)) if table == "t4" else {}
    return [
        (name, [(cell.column_label, filing.cells[cell.id]) for cell in cells if cell.row == row])
        for row, name in names.items()
    ]


def on_one_line(label, pairs):
    return [f"{label}：" + "，".join(f"{head}{value}" for head, value in pairs) + "。"]


def in_units(label, pairs):
    return [
        f"{label}: "
        + "；".join(f"{head.partition('（')[0]}为{value}{'件' * ('金额' not in head)}" for head, value in pairs)
    ]


def line_by_line(label, pairs):
    return [label, *(f"　{head}：{value}" for head, value in pairs)]


def told(edition, way, seed=6):
    """Return a drawing with its tables told so."""
    drawing = drawing_of(filing_of(edition, seed))
    blocks = []
    for block in drawing.blocks:
        rows = rows_of(drawing.filing, block.table) if isinstance(block, Drawn) else []
        blocks += [line for row in rows for line in way(*row)] or [block]
    drawing.blocks[:] = blocks
    return drawing


@pytest.mark.parametrize("way", [on_one_line, in_units, line_by_line])
@pytest.mark.parametrize("edition", edition_ids())
def test_tables_told_as_lists_are_read(tmp_path, edition, way):
    """Every number in its cell, in pages and in texts."""
    drawing = told(edition, way)
    path = tmp_path / "年报.html"
    path.write_text(tidy_page(drawing, None)[0], encoding="utf-8")
    for imported in (import_sources([path]), import_text("\n".join(drawing.blocks), "年报.txt")):
        found = judged(drawing, imported)
        assert (found.right, found.silent, found.broken) == (found.all, [], [])


SAID = "行政许可：本年处理决定数量3件。\n行政处罚：本年处理决定数量4件。"


def read(second, first="全年没有发生争议。"):
    """Return the import of a report with such texts in 一 and 二."""
    headings = [section.heading for section in load_edition(NEWEST).sections]
    texts = [first, second, "", "", "解读还不够。", "没有其他事项。"]
    whole = "\n".join(part for pair in zip(headings, texts, strict=True) for part in pair if part)
    return import_text(f"样板乡2024年政府信息公开工作年度报告\n{whole}", "年报.txt").filing


def test_what_a_list_does_not_say_whole_is_no_row():
    """A comparison behind the number, a column named twice, one row alone; such lines in 一 are its text."""
    cells = ("t2.licence.decisions", "t2.penalty.decisions")
    assert [read(SAID).cells[cell] for cell in cells] == [3, 4]
    for text in (SAID.replace("件。", "件，比上年多2件。"), SAID.replace("3件", "3件，本年处理决定数量5件"), SAID[:16]):
        assert read(text).cells[cells[0]] is None
    filing = read("", SAID)
    assert filing.narrative["overview"] == tuple(SAID.split("\n"))
    assert [filing.cells[cell] for cell in cells] == [None, None]


def test_a_text_without_lists_keeps_its_lines():
    """Labels alone on their lines, numbers below, as a copied table has them."""
    text = "二、主动公开政府信息情况\n行政许可\n3\n行政处罚\n4"
    assert [block.text for block in document_of(text).blocks] == text.split("\n")

    assert [line.text for line in lines_of(document_of(text))] == text.split("\n")
