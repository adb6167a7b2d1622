"""What the cells of a drawn grid tell besides their texts: how high they are, what is printed across their lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.form.load import EDITIONS, compose, load_edition, read_edition
from gk_xl.sources.document import Box, Grid
from gk_xl.sources.grid_reader import GridReader
from gk_xl.sources.grid_tables import read_pieces
from gk_xl.sources.model import Line
from gk_xl.sources.pieces import Piece

HEADS = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
RULES = ("规章", "1", "2", "3")


def boxes_of(*rows):
    """Return the cells of some rows, one place each."""
    return [Box(row, column, 1, 1, text) for row, line in enumerate(rows) for column, text in enumerate(line)]


def read(boxes, table="t2", edition="2021"):
    """Return what a grid of these cells holds of a table."""
    edition, grid = load_edition(edition), Grid(tuple(boxes))
    rows = sorted({box.row for box in boxes})
    lines = {row: Line(row, "", tuple(box.text for box in grid.row(row)), grid, row) for row in rows}
    return GridReader(edition, edition.table(table), 2025).read([Piece(grid, lines)])


@pytest.mark.parametrize(("rows", "doubtful"), [(1, True), (2, False)])
def test_a_text_across_the_lines_of_its_cell_may_be_the_next_row_s(rows, doubtful):
    """In a cell of one row: all its row's numbers are asked about. In one of two rows it lies across the middle."""
    boxes = boxes_of(HEADS, RULES)
    boxes[4] = Box(1, 0, rows, 1, "规章", over=True)
    reading = read(boxes)
    assert [value for value in reading.cells.values() if value is not None] == [1, 2, 3]
    assert (len(reading.doubts) == 3) is doubtful


def test_a_row_without_a_label_takes_nothing_from_the_whole_row_below_it():
    """As many numbers as the row below has: a row that lost its label, not the upper half of that one."""
    reading = read(boxes_of(HEADS, ("", "7", "8", "9"), RULES))
    assert [reading.cells[f"t2.rules.{column}"] for column in ("issued", "repealed", "in_force")] == [1, 2, 3]
    assert reading.doubts == {}
    assert [note.found for note in reading.notes if note.kind == "unplaced"] == ["7 8 9"]


@pytest.mark.parametrize(("group", "row"), [("（四）无法提供", "needs_creation"), ("（五）不予处理", "duplicate")])
def test_a_label_that_two_groups_have_is_the_row_of_the_group_beside_it(group, row):
    """A form may print 2.其他 below each of its groups: what stands to the left of it tells which."""
    text = (EDITIONS / "2021.toml").read_text(encoding="utf-8")
    for label in ("2.没有现成信息需要另行制作", "2.重复申请"):
        assert text.count(f'"{label}"') == 1
        text = text.replace(f'"{label}"', '"2.其他"')
    edition = replace(read_edition(text, "2021.toml"), id="2021+twice")
    compose(edition)
    columns = [cell.column_label for cell in edition.table("t3").cells if cell.row == "received_new"]
    grid = Grid(tuple(boxes_of(("", "", *columns), (group, "2.其他", *"1000001"))))
    lines = {row: Line(row, "", tuple(box.text for box in grid.row(row)), grid, row) for row in (0, 1)}
    reading = GridReader(edition, edition.table("t3"), 2025).read([Piece(grid, lines)])
    assert {cell.split(".")[2] for cell in reading.cells} == {row}


def test_heads_that_stand_one_place_too_far_left_are_not_gone_by():
    """The corner above the labels was left out: a column's name stands over the labels, so the numbers go by their order."""
    reading = read(boxes_of((*HEADS[1:], "备注"), RULES))
    assert [reading.cells[f"t2.rules.{column}"] for column in ("issued", "repealed", "in_force")] == [1, 2, 3]


def test_a_column_of_one_s_own_within_a_group_is_no_column_of_the_form():
    """备注 below 申请人情况: the group's name alone says nothing of which applicant is meant."""
    heads = [Box(0, 0, 2, 1, ""), Box(0, 1, 1, 2, "申请人情况"), Box(1, 1, 1, 1, "自然人"), Box(1, 2, 1, 1, "备注")]
    label = Box(2, 0, 1, 1, "一、本年新收政府信息公开申请数量")
    reading = read([*heads, label, Box(2, 1, 1, 1, "3"), Box(2, 2, 1, 1, "9")], "t3")
    assert (reading.cells, reading.doubts) == ({"t3.received_new.natural_person": 3}, {})
    assert [note.found for note in reading.notes] == ["9"]


APPLICANTS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]


def test_a_column_with_a_head_of_its_own_between_known_ones_is_read_by_its_place():
    """The number is asked about, under the head it has, and is not quoted as left out besides."""
    heads = [head if head != "科研机构" else "甲类申请人" for head in APPLICANTS]
    reading = read(boxes_of(("", *heads), ("（一）予以公开", "1", "2", "3", "4", "5", "6", "21")), "t3")
    assert sorted(reading.cells.values()) == [1, 2, 3, 4, 5, 6, 21]
    assert reading.cells["t3.granted.research"] == 3
    assert reading.doubts == {"t3.granted.research": "这一列的表头是“甲类申请人”，按前后次序读入。"}
    assert reading.notes == []


def test_the_last_row_may_be_the_unknown_one():
    """Behind the row before it there is one place: the last."""
    edition, numbers = load_edition("2021"), [*"1000001"]
    rows = [cell.row_label for cell in edition.table("t3").cells if cell.column == "total"]
    reading = read(boxes_of(("", *APPLICANTS), (rows[-2], *numbers), ("□□", *numbers)), "t3")
    assert [(note.found, note.read) for note in reading.notes] == [("□□", rows[-1])]
    assert {cell.split(".")[1] for cell in reading.doubts} == {"carried_out"}


@pytest.mark.parametrize(("second", "known"), [("信息公开申请数量", True), ("依据不明的申请", False)])
def test_two_rows_that_show_the_end_of_their_labels_only_are_told_by_their_order(second, known):
    """A sheet whose rows are too low shows the last line of a label; a row of another label is in no place of the form's."""
    edition, numbers = load_edition("2021"), [*"1000001"]
    rows = [("信息公开申请数量", *numbers), (second, *"2000002"), ("（一）予以公开", *"3000003")]
    reading = read(boxes_of(("", *APPLICANTS), *rows), "t3")
    found = {row for row in ("received_new", "carried_in", "granted") if f"t3.{row}.total" in reading.cells}
    assert found == ({"received_new", "carried_in", "granted"} if known else {"received_new", "granted"})
    assert {cell.split(".")[1] for cell in reading.doubts} == found - {"granted"}
    assert edition.cell("t3.received_new.total").row_label.endswith("信息公开申请数量")


def test_a_page_whose_columns_lie_elsewhere_goes_by_order():
    """A number under the head of a group alone, as many numbers as columns: in order and doubtful, not one column further."""
    heads = [
        Box(0, 0, 2, 1, "（本列数据的勾稽关系）"), Box(0, 1, 2, 1, ""), Box(0, 2, 2, 1, "自然人"),
        Box(0, 3, 1, 6, "法人或其他组织"), Box(0, 9, 2, 1, "总计"),
        *(Box(1, column, 1, 1, text) for column, text in enumerate(
            ("商业企业", "科研机构", "", "社会公益组织", "法律服务机构", "其他"), 3
        )),
    ]  # fmt: skip
    row = ("7.属于行政执法案卷", "", "", "3", "6", "7", "0", "1", "0", "17")
    reading = read([*heads, *(Box(2, column, 1, 1, text) for column, text in enumerate(row))], "t3")
    cells = [cell.id for cell in load_edition("2021").table("t3").cells if cell.row == "refused.enforcement_file"]
    assert [reading.cells[cell] for cell in cells] == [3, 6, 7, 0, 1, 0, 17]
    assert set(cells) <= set(reading.doubts)


def test_heads_that_lost_their_spans_are_read_in_their_order():
    """行政复议 over one column, 复议后起诉 over all that is left: the fifteen numbers stand in the form's order."""
    results = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    rows = [("行政复议", "行政诉讼"), (*results, "未经复议直接起诉", "复议后起诉"), results * 2]
    rows.append(tuple(str(number) for number in range(1, 16)))
    boxes = boxes_of(*rows)
    ends = [max(box.column for box in boxes if box.row == row) for row in range(4)]
    boxes = [replace(box, columns=15 - box.column) if box.column == ends[box.row] else box for box in boxes]
    reading = read(boxes, "t4")
    assert [*reading.cells.values()] == [*range(1, 16)]
    assert reading.doubts.keys() == reading.cells.keys()


@pytest.mark.parametrize("table", ["t2", "t3", "t4"])
def test_cells_that_fill_each_row_with_what_comes_next_are_read_one_after_the_other(table):
    """A page that lost the spans of its table: 9 cells a row, a label anywhere, its numbers behind it."""
    edition = load_edition("2021")
    form = edition.table(table)
    numbers = iter(range(1, 200))
    texts = [str(next(numbers)) if item.cell else item.text for item in form.grid]
    width = 9 if table == "t3" else 7
    rows = [texts[first : first + width] for first in range(0, len(texts), width)]
    grid = Grid(tuple(boxes_of(*rows)))
    lines = {row: Line(row, "", tuple(box.text for box in grid.row(row)), grid, row) for row in range(len(rows))}
    reading = read_pieces(edition, table, [Piece(grid, lines)], 2025)
    assert [*reading.cells.values()] == [*range(1, len(form.cells) + 1)]
    assert reading.doubts.keys() == reading.cells.keys()


def test_what_is_left_of_a_head_is_another_than_those_beside_it():
    """本年新 … beside 本年新制作数量 can only be the other one that begins so."""
    boxes = boxes_of(("信息内容", "本年新制作数量", "本年新", "对外公开总数量"), RULES)
    reading = read(boxes, edition="2019")
    assert {cell.rpartition(".")[2]: value for cell, value in reading.cells.items()} == {
        "made": 1, "newly_disclosed": 2, "disclosed_total": 3,
    }  # fmt: skip
    assert reading.doubts == {}


def test_a_number_over_two_columns_without_heads_leaves_the_others_theirs():
    """The rows below a page's end: as many columns as the form has, all of that row asked about."""
    values = [Box(0, 1, 1, 2, "4"), *(Box(0, column, 1, 1, str(column)) for column in range(3, 8))]
    reading = read([Box(0, 0, 1, 1, "四、结转下年度继续办理"), *values], "t3")
    assert [*reading.cells.values()] == [4, None, 3, 4, 5, 6, 7]
    assert {*reading.doubts} == {*reading.cells}
