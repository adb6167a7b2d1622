"""Tables without lines whose columns are a character wide: letters below one another make labels, digits numbers."""

from __future__ import annotations

import io
from dataclasses import replace

import pdfplumber
import pytest

from gk_xl.form.load import load_edition
from gk_xl.sources.formats import pdf
from gk_xl.sources.formats.pdf_lines import rows_of, signs_of
from gk_xl.sources.formats.pdf_sheets import Look, is_right
from gk_xl.sources.formats.pdf_stacks import unstacked
from tests.sources.papers import Paper

SIZE, STEP, LEFT, PITCH = 10, 14, 60, 22
HEADS = [cell.column_label for cell in load_edition("2021").table("t3").cells[:7]]
ROWS = [
    ("1.属于国家秘密", ("0", "12", "345", "0", "6", "0", "363")),
    ("2.重复申请", ("7", "0", "0", "0", "0", "0", "7")),
    ("5.属于三类内部事务信息", ("0", "0", "0", "1024", "0", "0", "1024")),
]


def stack(paper, x, y, text, across=1):
    """Print a text downwards, so many characters a line; return where it ends."""
    for first in range(0, len(text), across):
        paper.text(x, y, SIZE, text[first : first + across])
        y += STEP
    return y


def page(across=1):
    """Return a page with heads and rows, each as high as its highest text."""
    paper, y = Paper(), 60
    for label, texts in [("", HEADS), *ROWS]:
        ends = [stack(paper, LEFT, y, label)]
        for number, text in enumerate(texts, 1):
            ends.append(stack(paper, LEFT + PITCH * number, y, text, across if label else 1))
        y = max(ends)
    return paper


def lines(paper):
    """Return the printed lines of the first page."""
    with pdfplumber.open(io.BytesIO(paper.data())) as opened:
        return rows_of(signs_of(opened.pages[0].chars))


@pytest.mark.parametrize("across", [1, 2])
def test_letters_below_one_another_are_the_texts_of_cells(across):
    """Every label whole beside its numbers; digits on lines of their own, which is asked about, are kept apart."""
    (grid,) = pdf.read(page(across).data(), "样本").grids
    assert [box.text for box in grid.row(0)][1:] == HEADS
    read = [[box.text for box in grid.row(row)] for row in range(1, grid.height)]
    assert [[cell.replace("\n", "") for cell in row] for row in read] == [[label, *texts] for label, texts in ROWS]
    assert read[0][3] == "\n".join(["345"[first : first + across] for first in range(0, 3, across)])


def test_numbers_that_nearly_fill_their_columns_are_two():
    """Less than a third of their height lies between them; the digits of one touch."""
    paper, y = Paper(), 60
    for label, texts in [("", HEADS), ("1.属于国家秘密", ("0", "1144", "459", "1024", "0", "0", "0"))]:
        ends = [stack(paper, LEFT, y, label)]
        for number, text in enumerate(texts, 1):
            ends.append(stack(paper, LEFT + PITCH * number, y, text, 4 if label else 1))
        y = max(ends)
    (grid,) = pdf.read(paper.data(), "样本").grids
    assert [box.text for box in grid.row(1)] == ["1.属于国家秘密", "0", "1144", "459", "1024", "0", "0", "0"]


MARKED = ("（一）", "予以公开"), ("（二）", "部分公开"), ("（七）", "总计")


def test_a_head_that_a_mark_sets_a_line_lower_is_of_the_same_row():
    """Its mark takes two columns' width but for the half without ink, and begins below the first lines of the others."""
    paper = Paper()
    whole = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量")
    for number, text in enumerate(whole):
        stack(paper, LEFT + PITCH * number, 60, text)
    for number, (mark, text) in enumerate(MARKED, 2):
        x = LEFT + PITCH * number
        paper.text(x - 0.5 * SIZE, 60 + STEP, SIZE, mark)
        stack(paper, x, 60 + 2 * STEP, text)
    (row, *_) = unstacked(lines(paper))
    assert [sign.text for sign in row.signs] == [*whole, *(mark + text for mark, text in MARKED)]


def test_the_end_of_a_label_above_such_rows_is_none_of_them():
    """A page begins with the rest of a row of the page before; the first letter of a head alone on its line is the head's."""
    paper = Paper()
    y = stack(paper, LEFT, 60, "申请数量")
    rows = [("二、上年结转政府信息公开申请数量", ("2",) * 7), *ROWS]
    for label, texts in rows:
        ends = [stack(paper, LEFT, y, label)]
        ends += [stack(paper, LEFT + PITCH * number, y, text, 4) for number, text in enumerate(texts, 1)]
        y = max(ends)
    first = [row.signs[0].text for row in unstacked(lines(paper))]
    assert first == [*"申请数量", *(label for label, _ in rows)]


def test_a_page_of_such_a_table_is_no_right_half_of_a_sheet():
    """It holds labels of rows, though none on a line."""
    shown = Look(1, 595.0, 842.0, tuple(lines(page())))
    assert not is_right(shown)
    assert is_right(replace(shown, rows=tuple(row for row in shown.rows if row.x0 > LEFT + SIZE)))


def test_the_lines_of_a_page_of_text_stay_as_they_are():
    """Short lines and a table of a few letters are no such table."""
    paper = Paper()
    for number in range(30):
        paper.text(60, 60 + STEP * number, SIZE, "其他" if number % 2 else "一、总体情况如下所述。")
    assert unstacked(rows := lines(paper)) == rows
