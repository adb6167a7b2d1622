"""Tables of PDF files that no lines are drawn round: words by their coordinates, over pages."""

from __future__ import annotations

import pytest

from gk_xl.sources.formats import pdf
from tests.sources.papers import Paper

pytest.importorskip("pdfplumber", reason="an extra; CI has it")

NARROW = [(80, 0), (140, 1), (156, 2), (172, 3)]
"""Where columns begin that are a digit wide."""


def _set(paper, y, texts):
    """Print the texts of one line of the narrow table."""
    for x, column in NARROW:
        if column < len(texts) and texts[column]:
            paper.text(x, y, 10, texts[column])


def _tables(paper):
    return [
        [[box.text for box in grid.row(row)] for row in range(grid.height)]
        for grid in pdf.read(paper.data(), "样本").grids
    ]


def test_digits_wrapped_in_a_table_without_lines_stay_with_their_number():
    """118 as 11 and 8 below it: one cell of two lines, which is asked about; the row below is a row of its own."""
    paper = Paper()
    for y, texts in ((100, ("信息内容", "本年制发件数", "本年废止件数")), (120, ("规章", "11", "2")), (131, ("", "8", "")),
                     (150, ("行政规范性文件", "4", "5"))):  # fmt: skip
        for x, text in zip((80, 220, 330), texts, strict=True):
            if text:
                paper.text(x, y, 9, text)
    (grid,) = pdf.read(paper.data(), "样本").grids
    assert [[box.text for box in grid.row(row)] for row in (1, 2)] == [
        ["规章", "11\n8", "2"],
        ["行政规范性文件", "4", "5"],
    ]


def test_labels_on_several_lines_stay_with_their_rows_whatever_their_ordinals():
    """Numbers beside the first line of their labels; a row whose label nobody knows takes none of the next row's."""
    paper, y = Paper(), 100
    rows = (
        (("本行没有", "这样的标签"), "91"), (("1、信访举报", "投诉类申请"), "12"), (("2、重复申请",), "34"),
        (("3、要求提供", "公开出版物"), "56"),
    )  # fmt: skip
    paper.text(220, 80, 9, "自然人")
    paper.text(330, 80, 9, "商业企业")
    for label, number in rows:
        paper.text(220, y, 9, number)
        paper.text(330, y, 9, "7")
        for line in label:
            paper.text(80, y, 9, line)
            y += 12
        y += 4
    (grid,) = pdf.read(paper.data(), "样本").grids
    found = {grid.row(row)[1].text: grid.row(row)[0].text for row in range(1, grid.height)}
    assert {number: found[number] for _, number in rows[1:]} == {number: "".join(label) for label, number in rows[1:]}
    assert found["91"] not in set(found.values()) - {found["91"]}


def test_columns_as_narrow_as_a_digit_are_columns():
    """Heads of one letter a line, digits of one number below one another, a page's end between them and in a label."""
    paper = Paper()
    for number, heads in enumerate((("自", "商", "其"), ("然", "业", "他"), ("人", "企"), ("", "业"))):
        _set(paper, 700 + 12 * number, ("", *heads))
    _set(paper, 750, ("1.属于国", "1", "0", "4"))
    _set(paper, 762, ("家秘密", "2"))
    _set(paper, 780, ("2.重复", "7", "1", "0"))
    paper.turn()
    _set(paper, 60, ("申请", "", "3", ""))
    _set(paper, 78, ("（七）总计", "5", "6", "9"))
    ((heads, *rows),) = _tables(paper)
    assert heads[1:] == ["自然人", "商业企业", "其他"]
    assert rows == [
        ["1.属于国家秘密", "1\n2", "0", "4"], ["2.重复申请", "7", "1\n3", "0"], ["（七）总计", "5", "6", "9"],
    ]  # fmt: skip


def test_heads_at_the_foot_of_a_page_are_those_of_the_next():
    """No number stands below them there; what has no number below it anywhere is a column of blanks."""
    paper = Paper()
    for x, head in ((220, "自然人"), (330, "商业企业"), (440, "科研机构")):
        paper.text(x, 760, 9, head)
    paper.turn()
    for y, texts in ((60, ("1.信访举报投诉类申请", "1", "2")), (80, ("2.重复申请", "3", "4"))):
        for x, text in zip((80, 220, 440), texts, strict=True):
            paper.text(x, y, 9, text)
    (table,) = _tables(paper)
    assert table == [
        ["", "自然人", "商业企业", "科研机构"],
        ["1.信访举报投诉类申请", "1", "", "2"],
        ["2.重复申请", "3", "", "4"],
    ]


def test_numbers_pushed_by_blanks_stay_under_their_heads():
    """Some numbers stand at the left of their cells, some a few points further: one column by its head."""
    paper = Paper()
    for y, texts in (
        (60, ("信息内容", "本年制发件数", "现行有效件数")),
        (80, ("规章", "3", "5")),
        (100, ("行政规范性文件", "4", "6")),
    ):
        for number, text in enumerate(texts):
            paper.text((80, 220, 330)[number] + (20 if text == "6" else 0), y, 9, text)
    (table,) = _tables(paper)
    assert table == [["", "本年制发件数", "现行有效件数"], ["规章", "3", "5"], ["行政规范性文件", "4", "6"]]


def test_a_row_of_an_office_s_own_is_no_rest_of_the_row_above():
    """Its label is no piece of a label of the form."""
    paper = Paper()
    for y, texts in (
        (60, ("", "自然人", "商业企业")),
        (80, ("3.要求提供公开出版物", "3", "5")),
        (93, ("其中：涉及征地的", "4", "6")),
    ):
        for x, text in zip((80, 220, 330), texts, strict=True):
            if text:
                paper.text(x, y, 9, text)
    (table,) = _tables(paper)
    assert table[1:] == [["3.要求提供公开出版物", "3", "5"], ["其中：涉及征地的", "4", "6"]]
