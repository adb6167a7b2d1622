"""Spreadsheets in which every cell has borders, the rows of text too: texts run over blank cells, labels end at the next one."""

from __future__ import annotations

import io
import random
from dataclasses import replace

import pytest

pytest.importorskip("pdfplumber", reason="an extra; CI has it")

import pdfplumber

from gk_xl.form.load import edition_ids, load_edition
from gk_xl.sources.formats import pdf
from gk_xl.sources.formats.pdf_clipped import moved_together
from gk_xl.sources.formats.pdf_clips import UNSEEN, clips_of, with_drawing
from gk_xl.sources.formats.pdf_lines import Row, Sign
from gk_xl.sources.formats.pdf_owned import owned_signs
from gk_xl.sources.formats.pdf_sheets import Look, is_right
from gk_xl.sources.labels import LabelBook
from gk_xl.sources.open import import_sources
from gk_xl.sources.shape import WEAKEST
from tests.sources import spread
from tests.sources.drawn import Cell, Drawn, drawing_of, filing_of
from tests.sources.measure import judged
from tests.sources.papers import Paper
from tests.sources.quirks import last_in_rows, long_paragraphs, two_years_of_three
from tests.sources.spread import printed_sheet
from tests.sources.writers import tidy_page

OLDEST, NEWEST = edition_ids()[0], edition_ids()[-1]
CELLS = [(0.0, 0.0, 50.0, 20.0), (50.0, 0.0, 100.0, 20.0), (100.0, 0.0, 150.0, 20.0)]


def read(folder, drawing, **how):
    """Return how well a printed sheet comes back."""
    path = folder / "年报.pdf"
    path.write_bytes(printed_sheet(drawing, down_first=True, ruled=True, bordered=True, **how))
    return judged(drawing, import_sources([path]))


def typed(text, x, *, size=10.0, y=5.0):
    """Return the characters of a text that begins at a place."""
    return [Sign(sign, x + size * at, x + size * (at + 1), y, y + size, size) for at, sign in enumerate(text)]


def told(signs):
    """Return what the three cells beside one another hold."""
    found = owned_signs(CELLS, signs)
    return ["".join(sign.text for sign in sorted(found[cell], key=lambda sign: sign.x0)) for cell in CELLS]


@pytest.mark.variants(2)
@pytest.mark.parametrize(
    ("edition", "wide", "each"), [(OLDEST, 60.0, 8), (NEWEST, 33.0, 16)], ids=["two pages wide", "one page wide"]
)
def test_rows_of_text_are_text_and_labels_end_at_their_border(tmp_path, monkeypatch, edition, wide, each):
    """Every number in its cell, every sentence whole, also where a border runs through it or the page ends in it."""
    monkeypatch.setattr(spread, "WIDE", wide)
    found = read(tmp_path, drawing_of(filing_of(edition, 5)), each=each)
    assert (found.right, found.silent, found.broken) == (found.all, [], [])


def test_pages_without_a_label_of_a_row_are_right_ones_by_their_rules(tmp_path, monkeypatch):
    """Four columns a page: paragraphs run over three pages, some pages hold nothing but blank cells."""
    monkeypatch.setattr(spread, "WIDE", 60.0)
    found = read(tmp_path, drawing_of(filing_of(NEWEST, 5)), each=4)
    assert (found.right, found.silent, found.broken) == (found.all, [], [])


def test_a_text_longer_than_the_sheet_is_wide_is_whole(tmp_path, monkeypatch):
    """It runs on over pages that hold nothing else: no rule, no number."""
    monkeypatch.setattr(spread, "WIDE", 60.0)
    drawing = drawing_of(filing_of(NEWEST, 5))
    long_paragraphs(drawing, random.Random(5))
    found = read(tmp_path, drawing, each=8)
    assert (found.right, found.silent, found.broken) == (found.all, [], [])


def test_small_print_is_read_as_large(tmp_path, monkeypatch):
    """A sheet that was scaled down to fit the paper."""
    monkeypatch.setattr(spread, "WIDE", 19.0)
    monkeypatch.setattr(spread, "HIGH", 5.2)
    monkeypatch.setattr(spread, "SIZE", 4.0)
    found = read(tmp_path, drawing_of(filing_of(NEWEST, 5)), each=16)
    assert (found.right, found.silent, found.broken) == (found.all, [], [])


@pytest.mark.variants(2)
@pytest.mark.parametrize("quirk", [last_in_rows, two_years_of_three])
def test_tables_that_stand_in_one_grid_do_not_take_from_one_another(tmp_path, monkeypatch, quirk):
    """What stands below the heading of a section is of no table above it."""
    monkeypatch.setattr(spread, "WIDE", 33.0)
    drawing = drawing_of(filing_of(OLDEST, 5))
    quirk(drawing, None)
    found = read(tmp_path, drawing, each=16)
    assert (found.right, found.silent, found.broken) == (found.all, [], [])


def test_text_in_the_first_of_many_cells_is_a_paragraph(tmp_path):
    """A web page made of a sheet: headings and paragraphs in the first cell of their rows, blank cells behind them."""
    drawing = drawing_of(filing_of(NEWEST, 5))
    title, *rest = drawing.blocks
    rows = []
    for block in rest:
        rows += block.rows if isinstance(block, Drawn) else [[Cell(block), *[Cell("")] * 14]]
    drawing.blocks[:] = [title, Drawn("t3", rows)]
    path = tmp_path / "年报.html"
    path.write_text(tidy_page(drawing, None)[0], encoding="utf-8")
    found = judged(drawing, import_sources([path]))
    assert (found.right, found.silent, found.broken) == (found.all, [], [])


@pytest.mark.parametrize(("left", "right"), [(54.0, True), (180.0, False)], ids=["a sheet", "leaders of contents"])
def test_text_before_rules_runs_over_from_a_left_page_where_they_are_a_sheet_s(left, right):
    """Rules in the middle of a page are of something else: the text before them is the page's own."""
    rows = tuple(Row(tuple(typed("本年度没有收取信息处理费。", 40, y=20.0 * number))) for number in range(5, 9))
    page = Look(2, 595, 842, rows, (100, 120, 140, 160), left, 470)
    assert is_right(page) is right


def test_a_text_that_lies_across_borders_is_that_of_the_cell_it_begins_in():
    assert told(typed("政府信息公开年度报告", 2)) == ["政府信息公开年度报告", "", ""]


def test_a_text_in_the_middle_belongs_to_the_middle_cell():
    assert told(typed("政府信息公开", 45)) == ["", "政府信息公开", ""]


def test_a_text_that_is_cut_in_a_cell_that_holds_another_is_not_that_one_s():
    """The page cuts it behind the character that lies across the border, or a little later: none of it is of the number."""
    assert told([*typed("政府信息公", 2), *typed("12", 85)]) == ["政府信息公", "12", ""]
    assert told([*typed("政府信息公开", 2), *typed("1", 85)]) == ["政府信息公开", "1", ""]


def test_a_mark_that_fills_its_column_is_of_that_column():
    """Labels of one letter a line: the bracket stands where the letters do, though its ink is at its right."""
    column, beside = (0.0, 0.0, 11.0, 200.0), (11.0, 0.0, 80.0, 200.0)
    signs = [Sign(sign, 4, 14, 5 + 12 * at, 15 + 12 * at, 10) for at, sign in enumerate("（一）")]
    found = owned_signs([column, beside], signs)
    assert "".join(sign.text for sign in found[column]) == "（一）"
    assert not found[beside]


def test_a_mark_that_hangs_over_a_border_with_its_blank_half_is_within():
    """TeX sets full-width marks so at the end of a line."""
    assert told(typed("三）", 34)) == ["三）", "", ""]
    assert told(typed("（三", 44)) == ["", "（三", ""]


def digits(text, x, *, size=8.0):
    return [Sign(sign, x + size / 2 * at, x + size / 2 * (at + 1), 5, 5 + size, size) for at, sign in enumerate(text)]


def test_a_number_wider_than_its_cell_is_one_and_the_next_number_another():
    """TeX lets it run out at the right; where it meets the next, their distance is not that of their digits."""
    assert told([*digits("12345678901234", 4), *digits("7", 90)]) == ["12345678901234", "7", ""]
    assert told([*digits("1234567890123", 4), *digits("459", 56.4)]) == ["1234567890123", "459", ""]


@pytest.mark.parametrize(("last", "over"), [("3", False), ("34567", True)])
def test_several_digits_behind_a_border_are_doubtful(last, over):
    """They may be the number of the next cell: one digit that lies across is not."""
    paper = Paper()
    for x in (100, 160, 220, 280):
        paper.rule(x, 100, x, 140)
    for y in (100, 120, 140):
        paper.rule(100, y, 280, y)
    paper.text(100, 80, 10, "申请数量")
    paper.text(162, 104, 10, "12345678901" + last)
    (grid,) = pdf.read(paper.data(), "样本.pdf").grids
    (box,) = [box for box in grid.boxes if box.text]
    assert (box.text, box.column, box.over) == ("12345678901" + last, 1, over)


def test_a_text_that_its_cell_cuts_begins_where_it_is_drawn():
    """That is how it is told from one in the middle of the next cell."""
    (first, *_) = moved_together(
        [replace(sign, clip=(173.0, 353.0)) for sign in typed("要求行政机关确认或重新出具已获取信息", 174.5)],
        ruled=True,
    )
    assert first.x0 == 174.5


def test_texts_that_fill_their_cells_are_two():
    """A page whose cells have no padding: nothing lies across a border."""
    assert told([*typed("商业企业家", 0), *typed("科研机构者", 50)]) == ["商业企业家", "科研机构者", ""]


def test_numbers_that_fill_their_cells_are_two_in_a_sheet_too():
    """Texts that lie across borders elsewhere tell nothing of numbers: those do not run over."""
    rows = [[(x0, 20.0 * row, x1, 20.0 * row + 20) for x0, _, x1, _ in CELLS] for row in range(3)]
    texts = [*typed("政府信息公开年度", 2), *typed("政府信息公开年度", 3, y=25)]
    found = owned_signs([*rows[0], *rows[1], *rows[2]], [*texts, *typed("12345", 0, y=45), *typed("67890", 50, y=45)])
    assert ["".join(sign.text for sign in found[cell]) for cell in rows[2]] == ["12345", "67890", ""]


def test_lines_of_a_label_above_its_cell_are_not_seen():
    """A row too low for its label shows the last line of it; the others are drawn over the row above."""
    paper = Paper()
    paper.pages[-1].append("q 50 700 200 15 re W* n")
    paper.text(52, 112, 10, "本年制")  # above the clip, which ends 127 points below the upper edge
    paper.text(52, 130, 10, "发件数")
    paper.pages[-1].append("Q")
    with pdfplumber.open(io.BytesIO(paper.data())) as file:
        with_drawing(file.pages[0])
        assert clips_of(file.pages[0], ruled=True) == [UNSEEN] * 3 + [(50.0, 250.0)] * 3


@pytest.mark.parametrize(
    ("names", "right"), [(["四、结转下年度继续办理"], True), (["申请人情况", "四、结转下年度继续办理"], True)]
)
def test_labels_above_numbers_are_heads_of_exchanged_rows(names, right):
    """A right page of a table whose rows and columns are exchanged begins with them; a row has its label beside it."""
    heads = [Row(tuple(typed(name, 80, y=100 + 20.0 * at))) for at, name in enumerate(names)]
    numbers = [Row(tuple(typed("12", 200, y=200 + 20.0 * at))) for at in range(4)]
    assert is_right(Look(2, 595, 842, (*heads, *numbers)))
    beside = Row((*typed(names[-1], 80, y=300), *typed("12", 300, y=300)))
    assert not is_right(Look(2, 595, 842, (*heads, *numbers, beside)))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("发件数", "本年制发件数"),
        ("其他组织", "法人或其他组织"),
        ("业性收费", "行政事业性收费"),
        ("信息公开申请数量", None),
        ("织", None),
    ],
)
def test_the_last_line_of_a_label_tells_it_where_no_other_ends_so(text, label):
    found = [
        book.labels[match.index].text
        for table in load_edition(NEWEST).tables
        if (match := (book := LabelBook(table.grid)).best(text)) is not None and match.kind >= WEAKEST
    ]
    assert found == ([label] if label else [])


def test_letters_of_labels_in_columns_that_touch_stay_in_theirs():
    """Columns as narrow as a letter: one line of several labels is no text that runs over."""
    assert told([*typed("一", 5), *typed("第第", 42), *typed("二", 75)]) == ["一第", "第二", ""]
