"""What is read of tables printed as lines, one truth a test."""

from __future__ import annotations

import pytest

from gk_xl.form.load import load_edition
from gk_xl.sources.model import Line
from gk_xl.sources.tables import read_table

EDITION = load_edition("2021")
HEADS = ("本年制发件数", "本年废止件数", "现行有效件数")
RULES = [f"t2.rules.{column}" for column in ("issued", "repealed", "in_force")]
DOCUMENTS = [f"t2.normative_doc.{column}" for column in ("issued", "repealed", "in_force")]


def read(texts, table="t2", year=2025):
    """Return what lines, one cell each, hold of a table."""
    return read_table(EDITION, EDITION.table(table), [Line(n, text) for n, text in enumerate(texts, 1)], year)


def left(reading):
    """Return what was not placed, with the end of the reason."""
    return [(note.found, note.message.rpartition("没有放入，")[2]) for note in reading.notes if note.kind == "unplaced"]


def block(*rows, heads=HEADS):
    """Return the first block of 表二 as lines."""
    return ["第二十条第（一）项", "信息内容", *heads, *(text for row in rows for text in row)]


# ------------------------------------------------------------------ several years side by side


@pytest.mark.parametrize(("year", "own"), [(2024, (1, 2, 3)), (2025, (4, 5, 6))])
def test_of_several_years_side_by_side_the_report_s_own_counts(year, own):
    """The other year's numbers are quoted as what they are."""
    reading = read(block(("规章", *"123456"), heads=("2024年", "2025年", *HEADS, *HEADS)), year=year)
    assert reading.cells == dict(zip(RULES, own, strict=True))
    other = "4 5 6" if year == 2024 else "1 2 3"
    assert (other, "是别的年度的数。") in left(reading)


def test_numbers_of_years_that_are_not_the_report_s_are_not_taken():
    """Neither where its own year is not among them, nor where a year stands twice."""
    for heads in (("2022年", "2023年"), ("2025年", "2025年")):
        reading = read(block(("规章", *"123456"), heads=(*heads, *HEADS, *HEADS)))
        assert not reading.cells
        assert ("1 2 3 4 5 6", "这一行应有 3 个数，原文有 6 个；请对照原件填写。") in left(reading)


def test_a_row_of_one_number_with_two_years_is_not_split():
    """One number a year is as well one number and a slip: it is quoted."""
    reading = read(["第二十条第（五）项", "信息内容", "2024年", "2025年", "本年处理决定数量", "行政许可", "3", "4"])
    assert "t2.licence.decisions" not in reading.cells
    assert any(found == "3 4" for found, _ in left(reading))


# ------------------------------------------------------------------ rows


def test_a_row_given_twice_is_placed_once():
    """The same numbers again are a repetition, others are a contradiction; both are said."""
    for again, why in (("123", "是重复的一行"), ("124", "两处不一致")):
        reading = read(block(("规章", *"123"), ("规章", *again)))
        assert [reading.cells[cell] for cell in RULES] == [1, 2, 3]
        assert next(said for found, said in left(reading) if found == " ".join(again)).count(why) == 1


def test_a_row_between_two_known_ones_is_adopted():
    """Its label was not recognised, the sequence leaves it one place; that is said, and asked for."""
    rows = [cell.row_label for cell in EDITION.table("t3").cells if cell.column == "total"][7:10]
    lines = [text for row in (rows[0], "□□□□", rows[2]) for text in (row, *"1000001")]
    reading = read(lines, "t3")
    (noted,) = [note for note in reading.notes if note.found == "□□□□"]
    assert rows[1] in noted.message
    assert sum(value == 1 for value in reading.cells.values()) == 6


def test_a_row_that_does_not_fit_is_not_adopted():
    """Too few numbers, or more than one place: the label is quoted with its numbers."""
    rows = [cell.row_label for cell in EDITION.table("t3").cells if cell.column == "total"][7:11]
    for label, last, numbers in (("□□□□", rows[2], "100"), ("□□□□", rows[3], "1000001")):
        lines = [rows[0], *"1000001", label, *numbers, last, *"1000001"]
        reading = read(lines, "t3")
        assert any(found.startswith("□□□□") for found, _ in left(reading))
        assert sum(value == 1 for value in reading.cells.values()) == 4


def test_a_wrong_count_of_numbers_is_said():
    """Two numbers for three cells: none is placed, both are quoted."""
    reading = read(block(("规章", "12", "7"), ("行政规范性文件", *"123")))
    assert [reading.cells.get(cell) for cell in (*RULES, *DOCUMENTS)] == [None, None, None, 1, 2, 3]
    assert ("12 7", "这一行应有 3 个数，原文有 2 个；请对照原件填写。") in left(reading)


def test_numbers_under_no_row_are_quoted():
    """A number before the first label has no place."""
    assert ("77", "前面没有认得出的行标签；请对照原件填写。") in left(read(["77", *block(("规章", *"123"))]))


# ------------------------------------------------------------------ heads


def test_heads_in_another_order_make_the_row_doubtful():
    """The numbers are read in the form's order, and every one is asked about."""
    reading = read(block(("规章", *"123"), heads=(HEADS[1], HEADS[0], HEADS[2])))
    assert set(RULES) <= set(reading.doubts)
    assert not read(block(("规章", *"123"))).doubts
    behind = read(["第二十条第（一）项", HEADS[1], HEADS[0], HEADS[2], "信息内容", "规章", *"123"])
    assert set(RULES) <= set(behind.doubts)


def test_numbers_under_another_form_s_heads_are_not_taken():
    """Three columns of 2019 mean something else: the row is quoted with both names."""
    older = load_edition("2019")
    heads = [cell.column_label for cell in older.table("t2").cells if cell.row == "rules"]
    reading = read(block(("规章", *"123"), heads=heads))
    assert not reading.cells
    (why,) = [said for found, said in left(reading) if found == "1 2 3"]
    assert heads[1] in why
    assert HEADS[0] in why


# ------------------------------------------------------------------ other shapes


@pytest.mark.parametrize("row", ["reconsideration", "suit_direct", "suit_after"])
def test_one_of_table_four_s_small_tables_is_placed_by_its_head(row):
    """表四 printed as three tables: five numbers under a group's head are that group's, in order."""
    head = {
        "reconsideration": ["行政复议"],
        "suit_direct": ["行政诉讼", "未经复议直接起诉"],
        "suit_after": ["复议后起诉"],
    }
    columns = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    reading = read([*head[row], *columns, "1", "2", "3", "4", "10"], "t4")
    found = {cell: value for cell, value in reading.cells.items() if value is not None}
    names = ("upheld", "corrected", "other", "pending", "total")
    assert found == dict(zip([f"t4.{row}.{name}" for name in names], (1, 2, 3, 4, 10), strict=True))
    assert not reading.doubts


def test_digits_run_together_are_split_by_the_sum_alone():
    """Where the total tells how, surely; where there is none, every cell is asked about; one of two numbers may be lost."""
    sure = read(["（一）予以公开", "1000001"], "t3")
    assert [value for value in sure.cells.values() if value is not None] == [1, 0, 0, 0, 0, 0, 1]
    assert not sure.doubts
    assert [note.found for note in sure.notes] == ["1000001"]
    unsure = read(["规章", "102", "行政规范性文件", "1 23"])
    assert [unsure.cells.get(cell) for cell in (*RULES, *DOCUMENTS)] == [1, 0, 2, None, None, None]
    assert set(unsure.doubts) == set(RULES)
    assert [found for found, _ in left(unsure)] == ["1 23"]


def test_digits_that_no_sum_parts_stay_where_they_are():
    """Their cells are blank and doubtful, the digits are quoted."""
    reading = read(["（一）予以公开", "1111111111"], "t3")
    cells = {cell.id for cell in EDITION.table("t3").cells if cell.row == "granted"}
    assert {cell for cell in cells if reading.cells.get(cell) is None} == cells
    assert set(reading.doubts) == cells
    assert ("1111111111", "数字连在一起，合计不能确定怎样分开；请对照原件填写。") in left(reading)


def test_a_group_printed_as_one_row_is_placed_and_doubtful():
    """（六）其他处理 of 2019 has no rows below it: its numbers go into 3.其他, the others are 0, all are asked about."""
    reading = read(["（六）其他处理", *"123456", "21"], "t3")
    assert [reading.cells[f"t3.otherwise.other.{c}"] for c in EDITION.table("t3").columns] == [1, 2, 3, 4, 5, 6, 21]
    assert {reading.cells[f"t3.otherwise.{r}.total"] for r in ("correction_overdue", "fee_unpaid")} == {0}
    assert set(reading.doubts) == set(reading.cells)
    few = read(["（六）其他处理", "1", "2"], "t3")
    assert not few.cells
    assert [found for found, _ in left(few)] == ["1 2"]


def test_a_group_s_row_beside_its_rows_takes_nothing_from_them():
    """A row that bears its group's name after the first row of the group: the first keeps its numbers, asked about."""
    first = "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"
    reading = read([first, *"003", "302", *"00", "305", "（六）其他处理", *"000000", "263"], "t3")
    own = [f"t3.otherwise.correction_overdue.{column}" for column in EDITION.table("t3").columns]
    assert [reading.cells[cell] for cell in own][2:4] == [3, 302]
    assert reading.doubts[own[2]].startswith("原文既有这一行")
    assert "t3.otherwise.other.total" in reading.doubts


def test_words_in_a_number_s_place_are_kept_as_typed():
    """They are put in; that a number is asked for, the whole import says (test_account)."""
    reading = read(["行政许可", "若干"])
    assert reading.cells == {"t2.licence.decisions": "若干"}


def test_a_row_of_another_form_is_called_so():
    """其他对外管理服务事项 is a row of 2019: its number has no cell here, the next row is read as it is."""
    reading = read(["其他对外管理服务事项", "5", "行政许可", "6"])
    assert reading.cells == {"t2.licence.decisions": 6}
    ((found, why),) = left(reading)
    assert (found, why) == ("5", "“其他对外管理服务事项”是另一版表格的行，2021 年版没有这一行。")
    (marked,) = [number for number, roles in reading.roles.items() if "unplaced" in {str(role) for role in roles}]
    assert marked == 2


def test_an_empty_row_has_blank_cells():
    """A label with nothing behind it gives its cells, blank."""
    reading = read(["规章", "行政规范性文件", *"123"])
    assert [reading.cells.get(cell) for cell in DOCUMENTS] == [1, 2, 3]
    assert all(reading.cells.get(cell) is None for cell in RULES)
    assert not reading.notes


def test_each_row_of_several_years_has_its_own_size():
    """In the form of 2019 a fee has two numbers a year, a rule three: each row is split by its own."""
    edition = load_edition("2019")
    heads = [cell.column_label for cell in edition.table("t2").cells if cell.row == "admin_fee"]
    texts = ["第二十条第（八）项", "信息内容", "2019年", "2020年", *heads, *heads, "行政事业性收费", *"1234"]
    lines = [Line(n, text) for n, text in enumerate(texts, 1)]
    reading = read_table(edition, edition.table("t2"), lines, 2020)
    assert {cell: value for cell, value in reading.cells.items() if value is not None} == {
        "t2.admin_fee.items_prev": 3, "t2.admin_fee.items_delta": 4,
    }  # fmt: skip
    assert ("1 2", "是别的年度的数。") in left(reading)


# ------------------------------------------------------------------ lines of cells


def test_a_line_as_wide_as_the_table_is_read_by_its_columns():
    """Cells behind tabs keep their places: empty ones are blank, merged ones may be empty or repeated."""
    heads = ["第二十条第（一）项\t\t\t", "信息内容\t" + "\t".join(HEADS)]
    reading = read([*heads, "规章\t1\t\t3", "行政规范性文件\t\t5\t"])
    assert [reading.cells.get(cell) for cell in (*RULES, *DOCUMENTS)] == [1, None, 3, None, 5, None]
    merged = ["第二十条第（五）项\t\t\t", "信息内容\t本年处理决定数量\t\t"]
    for cells in ("8\t\t", "8\t8\t8", "\t8\t"):
        assert read([*merged, f"行政许可\t{cells}"]).cells["t2.licence.decisions"] == 8
    other = read([*merged, "行政许可\t8\t9\t8"])
    assert other.cells.get("t2.licence.decisions") is None
    assert [found for found, _ in left(other)] == ["8 9 8"]


def test_a_zero_before_digits_shows_that_they_are_run_together():
    """A lone 0 is a number like any other: with too few numbers the row is quoted."""
    glued, few = read(["规章", "1", "02"]), read(["规章", "0", "12"])
    assert [glued.cells.get(cell) for cell in RULES] == [1, 0, 2]
    assert set(glued.doubts) == set(RULES)
    assert [found for found, _ in left(few)] == ["0 12"]


def test_heads_are_this_form_s_when_half_of_them_are():
    """Two of four are enough, one of three is not."""
    older = [cell.column_label for cell in load_edition("2019").table("t2").cells if cell.row == "rules"]
    half = read(block(("规章", *"123"), heads=(HEADS[0], HEADS[1], older[0], older[1])))
    assert [half.cells.get(cell) for cell in RULES] == [1, 2, 3]
    third = read(block(("规章", *"123"), heads=(HEADS[0], older[0], older[1])))
    assert not third.cells


@pytest.mark.parametrize("turned", [False, True])
def test_groups_of_columns_in_another_order_make_the_row_doubtful(turned):
    """表四 with 复议后起诉 before 未经复议直接起诉: read in the form's order, every number asked about."""
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    suits = ["复议后起诉", "未经复议直接起诉"] if turned else ["未经复议直接起诉", "复议后起诉"]
    reading = read(["行政复议", "行政诉讼", *results, *suits, *results, *results, *map(str, range(1, 16))], "t4")
    assert [reading.cells[cell.id] for cell in EDITION.table("t4").cells] == [*range(1, 16)]
    assert len(reading.doubts) == (15 if turned else 0)


def test_an_unknown_row_that_has_no_place_does_not_hinder_the_next():
    """The first unknown row stands where two might be, the second where only one is left."""
    rows = [cell.row_label for cell in EDITION.table("t3").cells if cell.column == "total"]
    one = [*"1000001"]
    reading = read([rows[4], *one, "□□□□", *one, rows[7], *one, "□○□○", *one, rows[9], *one], "t3")
    assert [note.found for note in reading.notes if note.kind == "normalised"] == ["□○□○"]
    assert [found for found, _ in left(reading)] == ["□□□□ 1 0 0 0 0 0 1"]


def test_a_misfit_does_not_hinder_the_next_unknown_row():
    """The first unknown row has three numbers for seven cells, the second fits: the last row of the table, at that."""
    rows = [cell.row_label for cell in EDITION.table("t3").cells if cell.column == "total"]
    one = [*"1000001"]
    reading = read([rows[-5], *one, "□□□□", *"100", rows[-3], *one, rows[-2], *one, "□○□○", *one], "t3")
    (noted,) = [note for note in reading.notes if note.kind == "normalised"]
    assert (noted.found, noted.read) == ("□○□○", rows[-1])
    assert [found for found, _ in left(reading)] == ["□□□□ 1 0 0"]


def test_a_short_line_with_its_last_cell_blank_is_read():
    """Covered cells left out, the total empty: six numbers and a blank."""
    reading = read(["（一）予以公开\t1\t0\t2\t0\t0\t0\t"], "t3")
    cells = [cell.id for cell in EDITION.table("t3").cells if cell.row == "granted"]
    assert [reading.cells.get(cell) for cell in cells] == [1, 0, 2, 0, 0, 0, None]
    assert not left(reading)
    longer = read(["（一）予以公开\t1\t0\t2\t0\t0\t0\t3\t\t\t\t"], "t3")
    assert [longer.cells.get(cell) for cell in cells] == [1, 0, 2, 0, 0, 0, 3]
    inside = read(["（一）予以公开\t1\t0\t\t0\t0\t0\t1\t"], "t3")
    assert [inside.cells.get(cell) for cell in cells] == [1, 0, None, 0, 0, 0, 1]


def test_results_without_a_word_whose_they_are_stay_unplaced():
    """Five numbers of 表四 under heads that three groups have: which group is not guessed."""
    reading = read(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计", "1", "2", "3", "4", "10"], "t4")
    assert not [value for value in reading.cells.values() if value is not None]
    assert [found for found, _ in left(reading)] == ["1 2 3 4 10"]
