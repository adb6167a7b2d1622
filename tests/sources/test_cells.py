"""Spreadsheets that were printed without lines: texts begin at the edges of columns, numbers end there."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from gk_xl.form.load import edition_ids
from gk_xl.sources.formats import pdf
from gk_xl.sources.formats.pdf_cells import are_cut, cells_of, rows_and_tables
from gk_xl.sources.formats.pdf_lines import Sign
from gk_xl.sources.formats.pdf_linked import side_by_side
from gk_xl.sources.open import import_sources
from tests.sources import drawn, quirks, spread
from tests.sources.drawn import drawing_of, filing_of
from tests.sources.measure import judged
from tests.sources.papers import Paper
from tests.sources.spread import printed_sheet

NEWEST = edition_ids()[-1]
KINDS = [
    drawn.plain, drawn.blanks, drawn.extra_column, drawn.missing_column, drawn.swapped_columns, drawn.two_years,
    drawn.repeated_groups, quirks.totals_first, quirks.empty_rows, quirks.zeros_blank, quirks.long_paragraphs,
    quirks.spread_labels, quirks.last_in_rows, quirks.two_years_of_three,
]  # fmt: skip


@pytest.mark.variants(2)
@pytest.mark.parametrize("down_first", [True, False], ids=["down", "over"])
@pytest.mark.parametrize("quirk", KINDS, ids=lambda quirk: quirk.__name__)
def test_a_sheet_as_it_was_printed_comes_back_whole(tmp_path, monkeypatch, quirk, down_first):
    """Columns more or fewer than the form's, blank cells, labels cut by the next cell, texts longer than the page."""
    edition = edition_ids()[KINDS.index(quirk) % 2]
    monkeypatch.setattr(spread, "WIDE", 60.0)
    drawing = drawing_of(filing_of(edition, 7))
    quirk(drawing, random.Random(7))
    path = tmp_path / "年报.pdf"
    path.write_bytes(printed_sheet(drawing, down_first=down_first, ruled=False, each=8, cut=True))
    found = judged(drawing, import_sources([path]))
    assert (found.silent, found.broken) == ([], [])
    assert found.right == found.all


def run(text, x, y):
    """Return the characters of a text that begins at a place, each ten points wide."""
    return [Sign(sign, x + 10 * at, x + 10 * at + 10, y, y + 10, 10) for at, sign in enumerate(text)]


def page(*texts):
    return [sign for text, x, y in texts for sign in run(text, x, y)]


TABLE = [
    *(("一、本年新收政府", 52.0, 20.0 * row) for row in range(1, 6)),
    *(("自然人和企业", 102.0, 20.0 * row) for row in range(1, 6)),
    *((text, 198.0 - 10 * len(text), 20.0 * row) for row, text in enumerate(["7", "12", "345", "8", "90"], 1)),
    *(("其他", 202.0, 20.0 * row) for row in range(1, 6)),
]


def test_columns_are_told_by_their_edges():
    """A text that reaches into the next cell belongs to the one in which it begins; numbers to the one in which they end."""
    cells = cells_of([page(*TABLE)])
    assert cells is not None
    assert [round(edge) for edge in cells.edges] == [50, 100, 200]
    assert [cells.column(run(text, x, 0)) for text, x in (("自然人和企业", 102), ("345", 168), ("其他", 202))] == [
        1,
        1,
        2,
    ]


def test_a_number_that_runs_over_a_blank_cell_was_typed_as_a_text():
    """8,590.40 begins where texts do; one that lies across an edge anywhere else shows that there is none."""
    assert cells_of([page(*TABLE, ("8,590.40", 52.0, 120.0))]) is not None
    assert cells_of([page(*TABLE, ("8,590.40", 47.0, 120.0))]) is None


def test_texts_that_touch_at_an_edge_are_those_of_two_cells():
    """A number with blanks round it fills its cell, a label that was cut ends at the next."""
    numbers = page(("\u30005件\u3000", 61.0, 120.0), ("\u30007", 101.0, 120.0))
    cut = replace(run("结果维持", 52.0, 140.0)[0], clip=(50.0, 101.0))
    labels = [replace(sign, clip=cut.clip) for sign in run("结果维持", 61.0, 140.0)] + run("结果纠正", 101.0, 140.0)
    cells = cells_of([[*page(*TABLE), *numbers, *labels]])
    _, (table,) = rows_and_tables(cells, [*numbers, *labels], 1)
    assert [[box.text.strip() for box in table.grid.row(row) if box.text] for row in (0, 1)] == [
        ["5件", "7"],
        ["结果维持", "结果纠正"],
    ]


def test_a_table_in_which_nothing_is_cut_is_none():
    """Other programs wrap what is too long: their labels may stand on several lines."""
    assert cells_of([page(*((text[:4], x, y) for text, x, y in TABLE))]) is None
    assert cells_of([[]]) is None


TEXT = "统计期限自本年一月一日起至十二月三十一日止"
LEFT = page(("报告", 50, 20), (TEXT[:16], 50, 40), ("另一段", 50, 60))
RIGHT = page((TEXT[14:], 10, 40), ("总计", 50, 60))
LOWER_LEFT, LOWER_RIGHT = page(("行政许可", 50, 40)), page(("12", 50, 40))


def test_pages_are_put_side_by_side_by_what_both_draw():
    """A text over the page's edge is drawn again on the next page, from a few characters before the edge."""
    assert side_by_side([LEFT, RIGHT], 200, [False, True]) == [{0: 0.0, 1: 180.0}]
    assert side_by_side([LEFT, LOWER_LEFT, RIGHT], 200, [False, False, True]) == [{0: 0.0, 2: 180.0}, {1: 0.0}]
    assert side_by_side([LEFT, LOWER_LEFT], 200, [False, False]) == []


@pytest.mark.parametrize("over", [False, True], ids=["down", "over"])
def test_a_right_page_without_such_a_text_is_placed_by_its_order(over):
    """The second right page belongs to the second left one, where it is surely a right one."""
    pages = [LEFT, RIGHT, LOWER_LEFT, LOWER_RIGHT] if over else [LEFT, LOWER_LEFT, RIGHT, LOWER_RIGHT]
    second, right = (2, 1) if over else (1, 2)
    told = [False, over, not over, True]
    assert side_by_side(pages, 200, told) == [{0: 0.0, right: 180.0}, {second: 0.0, 3: 180.0}]
    assert side_by_side(pages, 200, [*told[:3], False]) == [{0: 0.0, right: 180.0}, {second: 0.0}, {3: 0.0}]


def test_numbers_off_their_row_make_it_doubtful():
    """A cell of two lines of which one shows: whose digits they are nobody can tell."""
    cells = cells_of([page(*TABLE)])
    _, (whole,) = rows_and_tables(cells, page(*TABLE), 1)
    assert not any(box.over for box in whole.grid.boxes)
    _, (crossed,) = rows_and_tables(cells, page(*TABLE, ("5", 188.0, 62.0)), 1)
    assert {box.row for box in crossed.grid.boxes if box.over} == {1, 2, 3}


def test_digits_that_the_next_cell_cuts_make_their_row_doubtful():
    """A number typed as a text shows only so many of its digits."""
    table = [entry for entry in TABLE if entry[0] != "345"]
    cells = cells_of([page(*table)])
    _, (cut,) = rows_and_tables(cells, page(*table, ("12345678901", 102.0, 60.0)), 1)
    assert {box.row for box in cut.grid.boxes if box.over} == {1, 2, 3}


@pytest.mark.parametrize("foot", ["第 {} 页", "{}", "样板乡 — {} —"])
def test_running_feet_of_a_sheet_are_none_of_its_cells(tmp_path, monkeypatch, foot):
    """They stand in the middle of each page, at no column's edge, and count on."""
    monkeypatch.setattr(spread, "WIDE", 60.0)
    drawing = drawing_of(filing_of(NEWEST, 8))
    path = tmp_path / "年报.pdf"
    path.write_bytes(printed_sheet(drawing, down_first=True, ruled=False, each=8, cut=True, foot=foot))
    found = judged(drawing, import_sources([path]))
    assert (found.right, found.silent, found.broken) == (found.all, [], [])


def test_small_letters_are_looked_at_through_a_glass(tmp_path, monkeypatch):
    """A sheet scaled down to the width of the paper: letters of three points."""
    for name, size in (("WIDE", 20.0), ("HIGH", 4.5), ("SIZE", 3.4)):
        monkeypatch.setattr(spread, name, size)
    drawing = drawing_of(filing_of(NEWEST, 9))
    path = tmp_path / "年报.pdf"
    path.write_bytes(printed_sheet(drawing, down_first=True, ruled=False, each=24, cut=True))
    found = judged(drawing, import_sources([path]))
    assert (found.right, found.silent, found.broken) == (found.all, [], [])


def test_a_sign_of_no_width_parts_no_text():
    """It is drawn as a blank upon the next character."""
    table = [entry for entry in TABLE if entry[0] != "其他"]
    signs = page(*table)
    for row in range(1, 6):
        first, second = run("其他", 202.0, 20.0 * row)
        signs += [first, Sign(" ", 212.0, 214.5, first.top, first.bottom, 10), second]
    cells = cells_of([signs])
    _, (found,) = rows_and_tables(cells, signs, 1)
    assert [box.text for box in found.grid.row(0)][-1] == "其他"


def test_texts_over_one_another_without_edges_are_doubtful():
    """Cells in the middle of their columns: labels are read by their places, and every cell is asked about."""
    table = [(text, x - 5.0 * len(text) + 3.0 * (row % 3), 20.0 * row) for row in range(1, 6) for text, x in (
        ("一、本年新收政府信息公开申请数量", 150), ("363", 225), ("301", 285), ("285", 345),
    )]  # fmt: skip
    paper = Paper()
    for text, x, y in [*table, *((text, x + 4, y + 200) for text, x, y in table)]:
        paper.text(x, y, 10, text)
    assert are_cut([page(*table)])
    assert cells_of([page(*table)]) is None
    grids = list(pdf.read(paper.data(), "样本.pdf").grids)
    assert grids
    assert all(box.over for grid in grids for box in grid.boxes)
