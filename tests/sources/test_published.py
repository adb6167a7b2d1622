"""Reports in the manner of county pages, Word files and PDFs: slips and habits in labels, heads and pages that real ones have."""

from __future__ import annotations

import random
import re

import pytest

from gk_xl.form.load import edition_ids, load_edition
from gk_xl.sources.document import Box, Grid
from gk_xl.sources.formats.pdf_continued import regridded
from gk_xl.sources.labels import fold
from gk_xl.sources.open import import_sources
from tests.sources.drawn import Cell, Drawn, drawing_of, filing_of
from tests.sources.drawn import _flat as flat
from tests.sources.measure import judged
from tests.sources.writers import tidy_page

NEWEST = edition_ids()[-1]
ROUND, BRACKETED = "①②③④⑤⑥⑦⑧", "㈠㈡㈢㈣㈤㈥㈦"


def block_of(drawing, table):
    """Return a drawing's table."""
    return next(block for block in drawing.blocks if isinstance(block, Drawn) and block.table == table)


def relabelled(drawing, change):
    """Change every text of the tables that is no number."""
    for block in drawing.blocks:
        if isinstance(block, Drawn):
            block.rows = [
                [
                    Cell(c.text if c.text[:1].isdigit() and len(c.text) < 5 else change(c.text), c.rows, c.columns)
                    for c in row
                ]
                for row in block.rows
            ]


def read_back(folder, drawing, writer=tidy_page):
    """Return what came of a drawing written by a writer, and how well."""
    content, suffix = writer(drawing, random.Random(1))
    path = folder / f"年报{suffix}"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    imported = import_sources([path])
    return imported, judged(drawing, imported)


def signs(text):
    """Ordinals of one sign."""
    text = re.sub(r"^(\d)\.", lambda found: ROUND[int(found[1]) - 1], text)
    return re.sub(r"^（([一二三四五六七])）", lambda found: BRACKETED["一二三四五六七".index(found[1])], text)


def footnotes(text):
    """Marks of notes behind labels and heads."""
    marks = {
        "总计": "*",
        "（三）不予公开": "①",
        "法律服务机构": "[1]",
        "行政许可": "注",
        "其他结果": "（注2）",
        "自然人": "※",
    }
    return text + marks.get(text, "")


def other_words(text):
    """合计 for 总计, 其它 for 其他."""
    return text.replace("总计", "合计").replace("其他", "其它")


@pytest.mark.parametrize("change", [signs, footnotes, other_words], ids=lambda item: item.__name__)
@pytest.mark.parametrize("edition", edition_ids())
def test_labels_as_people_write_them(tmp_path, edition, change):
    """Every cell comes back, and no number of one row stands in another."""
    drawing = drawing_of(filing_of(edition, 21))
    relabelled(drawing, change)
    _, found = read_back(tmp_path, drawing)
    assert (found.right, found.silent, found.broken) == (found.all, [], [])


def test_a_row_of_a_group_whose_label_nobody_knows_is_not_the_group(tmp_path):
    """（六）其他处理 over three rows, the last with an unknown label: what the other two hold stays."""
    drawing = drawing_of(filing_of(NEWEST, 22))
    form = load_edition(NEWEST).table("t3")
    relabelled(drawing, lambda text: "另外情形" if text == "3.其他" else text)
    imported, found = read_back(tmp_path, drawing)
    assert found.silent == []
    kept = [cell.id for cell in form.cells if cell.row.startswith("otherwise.") and not cell.row.endswith("other")]
    assert {cell: imported.filing.cells[cell] for cell in kept} == {cell: drawing.expected[cell] for cell in kept}


def test_the_rest_of_a_table_with_fewer_columns_is_doubtful(tmp_path):
    """Behind a page's end the group's column is gone and no head repeated: by order, and said; never by other columns' heads."""
    drawing = drawing_of(filing_of(NEWEST, 23))
    table = block_of(drawing, "t3")
    at = drawing.blocks.index(table)
    rest = [[Cell(text) for text in row[2:]] for row in flat(table)[8:12]]
    behind = [[Cell(text) for text in row] for row in flat(table)[12:]]
    head = [*table.rows[:3], *([Cell(text) for text in row] for row in flat(table)[3:8])]
    drawing.blocks[at : at + 1] = [Drawn("t3", head), Drawn("t3", rest), Drawn("t3", [*table.rows[:3], *behind])]
    _, found = read_back(tmp_path, drawing)
    assert (found.silent, found.broken) == ([], [])
    assert found.right == found.all


def test_a_page_that_shows_nothing_of_the_first_column():
    """Its columns are told by where they stand on the paper; where pages are bound at other sides, by either side."""
    grid = Grid(tuple(Box(0, number, 1, 1, text) for number, text in enumerate(("标签", "1", "2"))))
    whole = (0.0, 40.0, 120.0, 150.0, 180.0)
    own = (0.0, 80.0, 110.0, 140.0)
    for shift in (40.0, 400.0):
        found = regridded(grid, own, whole, shift)
        assert [(box.text, box.column) for box in found.boxes] == [("标签", 1), ("1", 2), ("2", 3)]
    assert regridded(grid, (0.0, 70.0, 100.0, 110.0), whole, 40.0) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("总计*", "总计"), ("（三）不予公开①", "(三)不予公开"), ("㈢不予公开", "(三)不予公开"), ("③危及", "3.危及"), ("备注", "备注"),
     ("其它", "其他"), ("（注）", "(注)"), ("（单位：万元）", "(单位:万元)")],
)  # fmt: skip
def test_folding_labels(typed, meant):
    """Marks of notes go from labels; what is nothing else stays."""
    assert fold(typed) == meant
