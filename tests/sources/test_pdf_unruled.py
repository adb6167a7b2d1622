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


def test_a_unit_a_little_behind_every_number_is_of_it():
    """518 件: the gap before the unit parts no columns."""
    paper = Paper()
    for x, head in ((220, "自然人"), (330, "商业企业")):
        paper.text(x, 60, 9, head)
    for y, texts in ((80, ("1.信访举报投诉类申请", "518", "2")), (92, ("2.重复申请", "0", "14"))):
        paper.text(80, y, 9, texts[0])
        for x, text in zip((220, 330), texts[1:], strict=True):
            paper.text(x, y, 9, text)
            paper.text(x + 5 * len(text) + 6, y, 9, "件")
    (table,) = _tables(paper)
    assert table[1:] == [["1.信访举报投诉类申请", "518件", "2件"], ["2.重复申请", "0件", "14件"]]


CENTRES = (60, 130, 195)
"""The middles of the columns of a table whose texts stand in the middle of their cells: groups, rows, and both in one."""


def _row(paper, y, lines, numbers, *, at, group=""):
    """Print a row, its numbers in the middle of its height; return where the next begins."""
    middle = y + (len(lines) - 1) * 5
    for number, line in enumerate(lines):
        paper.text(at - 4 * len(line), y + 10 * number, 8, line)
    if group:
        paper.text(CENTRES[0] - 4 * len(group), middle, 8, group)
    for number, text in enumerate(numbers):
        paper.text(240 + 60 * number - 2 * len(text), middle, 8, text)
    return y + 10 * len(lines) + 6


def _labels(paper):
    (table,) = _tables(paper)
    return {tuple(numbers): label for label, *numbers in table}


def test_centred_labels_of_any_height_stay_with_their_rows():
    """A label that spans two columns, one of six lines beside short ones, a group's name on the line of the numbers."""
    paper, y = Paper(), 60
    rows = (
        (("（一）予以公开",), ("11", "31"), CENTRES[1] - 20, ""),
        (("（二）部分公开（区分处理的，只记", "这一情形，不计其他情形）"), ("12", "32"), CENTRES[1] - 20, ""),
        (("1.属于国家秘密",), ("13", "33"), CENTRES[1], ""),
        (("2.其他法律行政", "法规禁止公开"), ("14", "34"), CENTRES[1], "（三）不予公开"),
        (("1.申请人无正", "当理由逾期不", "补正、行政机", "关不再处理其", "政府信息公开", "申请"), ("15", "35"), CENTRES[1], ""),
        (("3.其他",), ("16", "36"), CENTRES[1], ""),
        (("四、结转下年", "度继续办理"), ("17", "37"), CENTRES[0] + 8, ""),
    )  # fmt: skip
    for lines, numbers, at, group in rows:
        y = _row(paper, y, lines, numbers, at=at, group=group)
    assert _labels(paper) == {numbers: "".join(lines) for lines, numbers, *_ in rows}


def test_a_label_is_not_made_of_what_stands_above_its_row():
    """规 and 章 with a wide blank between them: the article above the table is no label of the row."""
    paper = Paper()
    for y, texts in ((80, ("第二十条第（一）项",)), (95, ("信息内容", "本年制发件数", "现行有效件数"))):
        for x, text in zip((60, 180, 300), texts, strict=False):
            paper.text(x, y, 9, text)
    for x, text in ((60, "规"), (90, "章"), (180, "8"), (300, "0")):
        paper.text(x, 110, 9, text)
    for x, text in ((60, "行政规范性文件"), (180, "4"), (300, "6")):
        paper.text(x, 125, 9, text)
    found = _labels(paper)
    assert found["4", "6"] == "行政规范性文件"
    assert "第二十条" not in found["8", "0"] or found["8", "0"].endswith("章")


def test_numbers_that_nearly_fill_their_columns_are_several():
    """Less than half a digit between 941, 1144 and 459; the digits of one number stand without any."""
    paper = Paper()
    for x, head in ((202, "自然人"), (215, "商业企业"), (233, "科研机构")):
        paper.text(x, 60, 4, head)
    for y, label, numbers in (
        (80, "1.信访举报投诉类申请", ("941", "1144", "459")),
        (95, "2.重复申请", ("2", "3", "4")),
    ):
        paper.text(60, y, 8, label)
        for x, number in zip((202, 216, 234), numbers, strict=True):
            paper.text(x, y, 8, number)
    (table,) = _tables(paper)
    assert [row[1:] for row in table if row[0][:2] in ("1.", "2.")] == [["941", "1144", "459"], ["2", "3", "4"]]


def _print(paper, y, places, texts):
    """Print texts that end at some places."""
    for x, text in zip(places, texts, strict=True):
        paper.text(x - 9 * sum(0.5 if sign.isdigit() else 1.0 for sign in text), y, 9, text)


def test_heads_wider_than_their_numbers_stand_over_blank_columns_too():
    """Numbers at the right ends of narrow columns, some of them blank in every row: each head keeps its own."""
    paper, ends = Paper(), (100, 140, 180, 220, 260)
    heads = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    _print(paper, 60, ends, heads)
    _print(paper, 75, ends, ("3", "8", "", "5", "293"))
    (table,) = _tables(paper)
    assert [row[-5:] for row in table] == [[*heads], ["3", "8", "", "5", "293"]]


def test_the_head_of_a_group_and_one_far_from_its_number_are_heads():
    """A table in pieces: its name on a line of its own, the first head at the left of a wide column, its number at the right."""
    paper, ends = Paper(), (150, 250, 340, 430, 520)
    heads = ("结果纠正", "其他结果", "尚未审结", "总计")
    paper.text(60, 60, 9, "行政复议")
    paper.text(60, 75, 9, "结果维持")
    _print(paper, 75, ends[1:], heads)
    _print(paper, 90, ends, ("1", "0", "280", "0", "281"))
    (table,) = _tables(paper)
    assert [row[1:] for row in table] == [["行政复议"], ["结果维持", *heads], ["1", "0", "280", "0", "281"]]


def test_lines_of_a_label_in_two_columns_that_touch_are_one_label():
    """The name of a group in each of its columns, cut by lines alike."""
    paper = Paper()
    for x, head in ((330, "自然人"), (420, "商业企业")):
        paper.text(x, 60, 9, head)
    for number, line in enumerate(("（二）部分公开", "（区分处理的，", "只计这一情形，", "不计其他情形）")):
        for x in (60, 60 + 9 * len(line)):
            paper.text(x, 80 + 11 * number, 9, line)
    paper.text(60, 130, 9, "（七）总计")
    for y, row in ((80, ("12", "3")), (130, ("12", "4"))):
        for x, text in zip((330, 420), row, strict=True):
            paper.text(x, y, 9, text)
    assert _labels(paper)["12", "3"] == "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"


def test_a_label_that_runs_over_a_blank_cell_is_that_of_its_row():
    """The name of its group stands before it on the line: it is not the row's."""
    paper = Paper()
    for x, head in ((250, "自然人"), (330, "商业企业"), (420, "总计")):
        paper.text(x, 60, 9, head)
    rows = (
        ("（三）不予公开", "1.属于国家秘密", ("12", "3", "15")), ("（四）无法提供", "2.没有现成信息需要另行制作", ("", "7", "7")),
        ("", "3.补正后申请内容仍不明确", ("", "8", "8")), ("（五）不予处理", "2.重复申请", ("4", "", "4")),
    )  # fmt: skip
    for number, (group, label, numbers) in enumerate(rows):
        paper.text(60, 80 + 15 * number, 9, group)
        paper.text(150, 80 + 15 * number, 9, label)
        for x, text in zip((255, 335, 425), numbers, strict=True):
            paper.text(x, 80 + 15 * number, 9, text)
    (table,) = _tables(paper)
    assert [(row[0], row[1:]) for row in table[1:]] == [(label, [*numbers]) for _, label, numbers in rows]


def test_a_number_between_two_columns_is_that_of_a_merged_cell():
    """It stands under no head, the cells to both sides of it are blank."""
    paper = Paper()
    for y, texts in ((80, {"自然人": 200, "商业企业": 290, "总计": 400}), (100, {"1.属于国家秘密": 60, "1": 215, "2": 305, "3": 405}),
                     (120, {"2.重复申请": 60, "4": 215, "5": 305, "9": 405}), (140, {"（七）总计": 60, "8": 260, "6": 405})):  # fmt: skip
        for text, x in texts.items():
            paper.text(x, y, 10, text)
    (grid,) = pdf.read(paper.data(), "样本").grids
    assert [(box.text, box.columns) for box in grid.row(grid.height - 1)] == [("（七）总计", 1), ("8", 3), ("6", 1)]


def test_a_label_behind_its_group_s_is_the_row_s_though_the_others_are_not_set_in():
    """Every span lost: the row that its group begins in has its label in another column, and goes on below there."""
    paper, left, first, size = Paper(), 60, 270, 10
    for number, head in enumerate(("自然人", "商业企业", "总计")):
        paper.text(first + 80 * number, 60, size, head)
    rows = [
        (["（六）其他处理", "1.申请人无正当"], "理由逾期不补正、行政机关不再处理其政府信息公开申请"),
        (["3.其他"], ""),
    ]
    y = 80
    for begins, rest in rows:
        for number, text in enumerate(begins):
            paper.text(left + 100 * number, y, size, text)
        for number in range(3):
            paper.text(first + 80 * number, y, size, "4")
        for at in range(0, len(rest), 7):
            y += 12
            paper.text(left + 100, y, size, rest[at : at + 7])
        y += 16
    (grid,) = pdf.read(paper.data(), "样本").grids
    assert [grid.at(row, 0).text for row in (1, 2)] == ["1.申请人无正当" + rows[0][1], "3.其他"]
