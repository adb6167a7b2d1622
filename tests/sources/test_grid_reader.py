"""What is read of tables drawn as grids, one truth a test."""

from __future__ import annotations

import pytest

from gk_xl.form.load import edition_in_force, load_edition
from gk_xl.sources.document import grid_of_rows
from gk_xl.sources.grid_reader import GridReader
from gk_xl.sources.grid_tables import pieces_of, read_pieces
from gk_xl.sources.model import Line, NoteKind, Role
from gk_xl.sources.pieces import Piece


def drawn(rows, first=1, *, sure=True):
    """Return the lines of a grid: rows of texts, or of (text, rows, columns)."""
    given = [[one if isinstance(one, tuple) else (one, 1, 1) for one in row] for row in rows]
    grid = grid_of_rows(given, sure=sure)
    texts = [tuple(box.text for box in grid.row(row)) for row in range(grid.height)]
    return [Line(first + row, " ".join(text), text, grid, row) for row, text in enumerate(texts)]


# ------------------------------------------------------------------ which rows are which table


def test_a_row_that_no_table_alone_has_belongs_to_the_rows_below_it():
    """A banner above the heads goes with them, whatever the section above the grid asks for."""
    lines = drawn([["全年数据"], ["信息内容", "本年制发件数"], ["规章", "3"]])
    (name,) = pieces_of(lines, {1: "t4"})
    assert name == "t2"
    assert [*pieces_of(lines, {1: "t4"})["t2"][0].lines] == [0, 1, 2]


def test_a_grid_of_one_row_is_its_section_s():
    """Where no label tells, the section above it does; without one nobody claims it."""
    (line,) = drawn([["甲", "1"]], first=7)
    assert [*pieces_of([line], {7: "t3"})] == ["t3"]
    assert pieces_of([line], {}) == {}


def test_words_between_grids_end_nothing():
    """A heading or a note stands before and between grids: each grid is read."""
    first, second = drawn([HEADS, RULES]), drawn([HEADS, DOCUMENTS], first=10)
    lines = [Line(0, "二、主动公开"), *first, Line(9, "续表"), *second]
    assert [[*piece.lines] for piece in pieces_of(lines, {})["t2"]] == [[0, 1], [0, 1]]


@pytest.mark.parametrize("count", [4, 5])
def test_a_table_is_turned_for_more_than_a_few_numbers(count):
    """Four cells that fit when rows and columns change places may be chance, five are not."""
    edition = edition_in_force()
    cells = [cell for cell in edition.table("t3").cells if cell.row == "received_new"][:count]
    rows = [["申请人", cells[0].row_label], *([cell.column_label, "7"] for cell in cells)]
    (pieces,) = pieces_of(drawn(rows), {}).values()
    reading = read_pieces(edition, "t3", pieces, None)
    assert reading.cells == ({cell.id: 7 for cell in cells} if count > 4 else {})


def test_a_turned_table_is_told_before_all_and_every_cell_of_it_is_doubtful():
    """What could not be placed is told behind it; rows of another table in the same grid are not turned with it."""
    edition = load_edition("2021")
    cells = [cell for cell in edition.table("t3").cells if cell.row == "received_new"]
    rows = [["申请人", cells[0].row_label], *([cell.column_label, "7"] for cell in cells), ["外星人", "9"]]
    pieces = pieces_of(drawn([*rows, ["行政规范性文件", "5"]]), {})
    reading = read_pieces(edition, "t3", pieces["t3"], None)
    assert reading.cells == {cell.id: 7 for cell in cells}
    assert reading.doubts == {cell.id: "原文的表格行列倒置，已转过来读。" for cell in cells}
    told, *others = reading.notes
    assert (told.kind, told.lines, "行和列" in told.message) == (NoteKind.READ, tuple(range(1, len(rows) + 1)), True)
    assert [note.found for note in others if note.kind is NoteKind.UNPLACED] == ["9"]
    assert all(Role.CELL in reading.roles[number] for number in told.lines)


def test_cases_as_rows_and_results_as_columns_are_read_by_their_labels():
    """表四 drawn with three rows: each number is the cell of the labels beside and above it, surely, and that is told."""
    edition = load_edition("2021")
    results = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    cases = {"行政复议": "reconsideration", "未经复议直接起诉": "suit_direct", "复议后起诉": "suit_after"}
    numbers = {case: [str(10 * row + column) for column in range(5)] for row, case in enumerate(cases)}
    lines = drawn([["", *results], *([case, *found] for case, found in numbers.items())])
    reading = read_pieces(edition, "t4", pieces_of(lines, dict.fromkeys(range(1, 5), "t4"))["t4"], 2025)
    columns = ("upheld", "corrected", "other", "pending", "total")
    wanted = {
        f"t4.{row}.{column}": int(number)
        for case, row in cases.items()
        for column, number in zip(columns, numbers[case], strict=True)
    }
    assert (reading.cells, reading.doubts) == (wanted, {})
    assert ["左边和上边的标签" in note.message for note in reading.notes] == [True]


def test_a_table_as_the_form_prints_it_is_read_as_it_stands():
    """Nothing is turned, nothing is told."""
    edition = load_edition("2021")
    (pieces,) = pieces_of(drawn([HEADS, RULES, DOCUMENTS]), {}).values()
    reading = read_pieces(edition, "t2", pieces, 2025)
    assert (values(reading, "rules"), values(reading, "normative_doc")) == ([1, 2, 3], [4, 5, 6])
    assert (reading.doubts, reading.notes) == ({}, [])


# ------------------------------------------------------------------ what is in the cells

HEADS = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
OLDER = ("信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量")
RULES, DOCUMENTS = ("规章", "1", "2", "3"), ("行政规范性文件", "4", "5", "6")
PROSE = "这是一句很长的说明文字，写在表格里面，占了整整一行，没有任何数字。"


def read(*grids, table="t2", year=2025, sure=True):
    """Return what grids of rows hold of a table: one grid a page; whose lines were guessed where not ``sure``."""
    edition = load_edition("2021")
    pages = [drawn(rows, 100 * number + 1, sure=sure) for number, rows in enumerate(grids)]
    pieces = [Piece(lines[0].grid, {line.row: line for line in lines}) for lines in pages]
    return GridReader(edition, edition.table(table), year).read(pieces)


def left(reading):
    """Return what was not placed, with the reason."""
    return {note.found: note.message.rpartition("没有放入，")[2] for note in reading.notes if note.kind == "unplaced"}


def values(reading, row):
    """Return the three numbers of a row of the first block; None where a cell was not read."""
    return [reading.cells.get(f"t2.{row}.{column}") for column in ("issued", "repealed", "in_force")]


def test_heads_that_are_labels_of_rows_too_are_heads():
    """其他 and 总计 stand over columns and before rows: two of them without numbers are heads, as on a page cut off a wide table."""
    reading = read([["", "其他", "总计"], ["一、本年新收政府信息公开申请数量", "3", "5"]], table="t3")
    assert reading.cells == {"t3.received_new.other": 3, "t3.received_new.total": 5}
    assert not reading.doubts


def test_a_column_s_name_typed_into_a_row_is_what_its_cell_holds():
    """One row's label and one column's: a row, whose cell is no number and is shown as it stands."""
    reading = read([HEADS, ["规章", HEADS[1], "2", "3"], DOCUMENTS])
    assert values(reading, "rules") == [HEADS[1], 2, 3]
    assert values(reading, "normative_doc") == [4, 5, 6]


def test_heads_behind_numbers_begin_anew():
    """The second block's columns stand in another order: its own heads count, not those of the first; printed as the form has them they are sure."""
    rows = [HEADS, RULES, ["信息内容", *HEADS[:0:-1]], ["行政规范性文件", "6", "5", "4"]]
    for sure in (True, False):
        reading = read(rows, sure=sure)
        assert (values(reading, "rules"), values(reading, "normative_doc")) == ([1, 2, 3], [4, 5, 6])
        assert {*reading.doubts.values()} == (set() if sure else {"原文各列的次序与规范格式不同，按表头读入。"})


@pytest.mark.parametrize("numbers", ["甲乙", "12"])
def test_a_column_of_numbers_before_the_labels_is_no_label(numbers):
    """序号 of the office's own stands before 规章 and 行政规范性文件: nothing is doubtful for it."""
    reading = read([["序号", *HEADS], [numbers[0], *RULES], [numbers[1], *DOCUMENTS]])
    assert (values(reading, "rules"), values(reading, "normative_doc")) == ([1, 2, 3], [4, 5, 6])
    assert not reading.doubts
    assert not left(reading)


def test_a_group_that_no_form_prints_as_one_row_is_told():
    """Numbers beside 三、本年度办理结果 itself are of no row: quoted, and the row below is read."""
    columns = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    numbers = ["1", *["0"] * 5, "1"]
    reading = read([["", *columns], ["三、本年度办理结果", *numbers], ["（七）总计", *numbers]], table="t3")
    assert {cell.split(".")[1] for cell in reading.cells} == {"outcome_total"}
    assert [*left(reading)] == ["三、本年度办理结果 1 0 0 0 0 0 1"]


def test_a_label_not_whole_below_one_unknown_is_doubtful():
    """A row may have been cut in two at the foot of a page: read, and marked."""
    reading = read([HEADS, ["□□", "1", "2", "3"], ["行政规范性文档", "4", "5", "6"]])
    assert values(reading, "normative_doc") == [4, 5, 6]
    assert {why for cell, why in reading.doubts.items() if "normative" in cell} == {
        "上一行没有认出，这一行的标签也不完整，可能是一行被分在两页。"
    }


@pytest.mark.parametrize(
    "rows",
    [
        [["", "4", "15", "36"], ["行政规范性文件", "", "5", "6"]],
        [["行政", "4", "15", "36"], ["行政规范性文件", "5", "6", "7"]],
    ],
)
def test_the_last_digits_of_a_row_that_was_cut_are_doubtful(rows):
    """Digits below an incomplete row may be the ends of its numbers: no number of theirs is sure."""
    reading = read([HEADS, RULES, *rows])
    placed = {cell for cell, value in reading.cells.items() if "normative" in cell and value is not None}
    assert placed
    assert placed <= reading.doubts.keys()


def test_an_ordinal_alone_may_be_the_upper_half_of_the_row_below():
    """4. with 21 and 595, then 保护第三方合法权益 with 5: it may be 215."""
    columns = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    upper, lower = ["4.", "0", "0", "21", "8", "0", "37", "595"], ["保护第三方合法权益", "", "", "5", "", "", "2", ""]
    reading = read([["", *columns], upper, lower], table="t3")
    assert {cell for cell, value in reading.cells.items() if value is not None} <= reading.doubts.keys()


def test_digits_without_a_label_below_a_row_make_it_doubtful():
    """12 and 5 below it: 125, or a row that has lost its label."""
    reading = read([HEADS, ["规章", "12", "3", "4"], ["", "5", "", ""], DOCUMENTS])
    assert {cell for cell in reading.doubts if "rules" in cell} == {cell for cell in reading.cells if "rules" in cell}
    assert not any("normative" in cell for cell in reading.doubts)


def test_a_label_that_both_forms_print_is_told_when_it_is_broken():
    """Another edition's label counts only where it fits better; 信息内容 is theirs and ours."""
    (told,) = read([["信息\n内容", *HEADS[1:]], RULES]).notes
    assert told.message == "表二的标签“信息内容”被换行拆开，已接上。"


@pytest.mark.parametrize(
    ("rows", "rules", "documents", "quoted"),
    [
        ([HEADS, RULES, DOCUMENTS], [1, 2, 3], [4, 5, 6], {}),
        (  # the years side by side: the report's own
            [
                [("信息内容", 2, 1), ("2024年", 1, 3), ("2025年", 1, 3)], [*HEADS[1:], *HEADS[1:]],
                ["规章", "7", "8", "9", "1", "2", "3"],
            ],
            [1, 2, 3], [None] * 3, {"7 8 9": "本版表格没有这样的列"},
        ),
        ([HEADS, RULES, RULES], [1, 2, 3], [None] * 3, {"1 2 3": "是重复的一行"}),
        ([HEADS, ["", "1", "2", "3"]], [None] * 3, [None] * 3, {"1 2 3": "前面没有认得出的行标签"}),
        ([HEADS, ["□□", "1", "2", "3"], ["○○", "1", "2", "3"], DOCUMENTS], [None] * 3, [4, 5, 6],
         {"□□ 1 2 3": "没有这样的标签", "○○ 1 2 3": "前面没有认得出的行标签"}),
        ([HEADS, ["□□", "1", "2", "3"], ["规范性", "4", "5", "6"]], [None] * 3, [None] * 3,
         {"□□ 1 2 3": "没有这样的标签", "规范性 4 5 6": "没有这样的标签"}),
        ([[*HEADS, "备注"], [*RULES, "9"]], [1, 2, 3], [None] * 3, {"9": "在“备注”下"}),
        ([HEADS, [*RULES, "4"], DOCUMENTS], [None] * 3, [4, 5, 6], {"1 2 3 4": "这一行应有 3 个数，原文有 4 个"}),
        ([OLDER, RULES], [None] * 3, [None] * 3, {"1 2 3": "原文的列是“本年新制作数量”"}),
        ([HEADS, ["规章", "", "2", "3"], ["行政规范性文件", "", "", ""]], [None, 2, 3], [None] * 3, {}),
        ([HEADS, ["规章", "若干", "2", "3"]], ["若干", 2, 3], [None] * 3, {}),
        ([HEADS, [PROSE, "", "", ""], RULES], [1, 2, 3], [None] * 3, {}),
    ],
)  # fmt: skip
def test_what_heads_and_labels_settle_is_read_surely(rows, rules, documents, quoted):
    """No cell is doubtful; a number that has no cell is quoted with the reason."""
    reading = read(rows)
    assert (values(reading, "rules"), values(reading, "normative_doc")) == (rules, documents)
    assert not reading.doubts
    told = left(reading)
    assert told.keys() == quoted.keys()
    assert all(quoted[found] in told[found] for found in quoted)


@pytest.mark.parametrize(
    ("rows", "rules", "doubtful", "why", "quoted"),
    [
        (  # columns in another order go by their heads, of which one is not the form's own
            [["信息内容", HEADS[2], "本年制发文件数", HEADS[3]], ["规章", "2", "1", "3"]], [1, 2, 3], 3, "次序与规范格式不同", [],
        ),
        ([HEADS, RULES, ["规章", "1", "2", "4"]], [1, 2, 3], 3, "同一行出现两次", ["1 2 4"]),
        ([HEADS, ["□□", "1", "2", "3"], DOCUMENTS], [1, 2, 3], 3, "这一行的标签是“□□”，按前后次序读入", []),
        ([HEADS, ["规章", "1\n2", "2", "3"]], [12, 2, 3], 1, "分在两行，连起来读作“12”", []),
        (
            [["信息内容", (HEADS[1], 1, 2), HEADS[2], HEADS[3]], ["规章", "1", "7", "2", "3"]],
            [1, 2, 3], 1, "分成了几格，内容不同，取第一个", ["7"],
        ),
        ([HEADS, ["规章", ("1", 1, 2), "3"], DOCUMENTS], [1, None, 3], 2, "没有说明这一列属于哪一组", []),
        ([RULES, DOCUMENTS], [1, 2, 3], 6, "没有可以对上的表头", []),
    ],
)  # fmt: skip
def test_what_order_alone_settles_is_doubtful(rows, rules, doubtful, why, quoted):
    """The number is read where it most likely belongs, every such cell is asked about."""
    reading = read(rows)
    assert values(reading, "rules") == rules
    assert len(reading.doubts) == doubtful
    assert all(why in said for said in reading.doubts.values())
    assert [*left(reading)] == quoted


def test_heads_hold_on_the_next_page():
    """A page that begins with a row of numbers goes by the heads of the page before; what it does not know ends there."""
    reading = read([HEADS, RULES], [DOCUMENTS])
    assert (values(reading, "rules"), values(reading, "normative_doc")) == ([1, 2, 3], [4, 5, 6])
    assert not reading.doubts
    parted = read([HEADS, ["□□", "1", "2", "3"]], [DOCUMENTS])
    assert values(parted, "normative_doc") == [4, 5, 6]
    assert left(parted) == {"□□ 1 2 3": "本版表格没有这样的标签；请对照原件核对。"}


def test_a_block_has_heads_of_its_own():
    """Heads behind numbers begin a block: they count below it, those above it no more."""
    rows = [HEADS, RULES, ["信息内容", ("本年处理决定数量", 1, 3)], ["行政许可", ("8", 1, 3)]]
    reading = read(rows)
    assert values(reading, "rules") == [1, 2, 3]
    assert reading.cells["t2.licence.decisions"] == 8
    assert (reading.doubts, left(reading)) == ({}, {})


def test_sentences_in_a_grid_are_prose_and_labels_are_labels():
    """Every line is accounted for."""
    reading = read([HEADS, [PROSE, "", "", ""], [*RULES], ["□□", "7", "8", "9"]])
    assert reading.prose == [2]
    assert {number: sorted(map(str, roles)) for number, roles in reading.roles.items()} == {
        1: ["label"], 3: ["cell", "label"], 4: ["unplaced"],
    }  # fmt: skip


def test_a_group_of_another_form_is_placed_in_its_last_row():
    """（六）其他处理 as one row: into 3.其他, 0 in the others."""
    table = load_edition("2021").table("t3")
    columns = [table.column_labels[column] for column in table.columns]
    reading = read([["", *columns], ["（六）其他处理", "1", "0", "0", "0", "0", "0", "1"]], table="t3")
    assert [reading.cells[f"t3.otherwise.{row}.total"] for row in ("correction_overdue", "fee_unpaid", "other")] == [
        0,
        0,
        1,
    ]
    assert reading.doubts["t3.otherwise.other.total"].startswith("原文的“（六）其他处理”只有一行")


def test_years_in_a_row_of_their_own_are_heads():
    """Whatever stands above the first numbers and is no label is a head; the report's own year counts."""
    years = ["", ("2024年", 1, 3), ("2025年", 1, 3)]
    reading = read([years, ["信息内容", *HEADS[1:], *HEADS[1:]], ["规章", "7", "8", "9", "1", "2", "3"]])
    assert values(reading, "rules") == [1, 2, 3]
    assert [*left(reading)] == ["7 8 9"]


def test_a_label_of_another_form_is_read_and_said():
    """规范性文件 is what the form of 2019 prints: it is read as 行政规范性文件, and that is told."""
    reading = read([HEADS, ["规范性文件", "4", "5", "6"]])
    assert values(reading, "normative_doc") == [4, 5, 6]
    ((noted),) = reading.notes
    assert (noted.kind, noted.found, "按“行政规范性文件”读" in noted.message) == ("normalised", "规范性文件", True)


def test_a_label_cut_in_two_cells_is_put_together():
    """规|章 is 规章; two cells alone are no label with a number."""
    reading = read([[("信息内容", 1, 2), *HEADS[1:]], ["规", "章", "1", "2", "3"]])
    assert values(reading, "rules") == [1, 2, 3]
    assert (reading.doubts, reading.notes) == ({}, [])


RESULTS_OF_CASES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


@pytest.mark.parametrize("grouped", [True, False])
def test_the_row_without_a_label_is_read_by_its_heads(grouped):
    """表四 has one row; where only results stand above it, not whose, the order is taken and every cell asked about."""
    single = [(text, 2, 1) for text in RESULTS_OF_CASES]
    heads = [
        [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
        [*single, ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
        [*RESULTS_OF_CASES, *RESULTS_OF_CASES],
    ]
    reading = read([*(heads if grouped else [[*RESULTS_OF_CASES] * 3]), [*map(str, range(1, 16))]], table="t4")
    cells = [cell.id for cell in load_edition("2021").table("t4").cells]
    assert [reading.cells[cell] for cell in cells] == [*range(1, 16)]
    assert len(reading.doubts) == (0 if grouped else 15)


def test_rows_narrower_than_their_heads_go_by_order():
    """A head more than columns: as many cells as the form has are taken in order, surely only where none is blank."""
    reading = read([[*HEADS, "备注"], ["规章", "1", "", "3"], DOCUMENTS])
    assert (values(reading, "rules"), values(reading, "normative_doc")) == ([1, None, 3], [4, 5, 6])
    assert {cell.split(".")[1] for cell in reading.doubts} == {"rules"}


def test_of_a_cell_drawn_as_two_the_filled_one_counts():
    """An empty half is no contradiction."""
    reading = read([["信息内容", (HEADS[1], 1, 2), HEADS[2], HEADS[3]], ["规章", "", "7", "2", "3"]])
    assert (values(reading, "rules"), reading.doubts) == ([7, 2, 3], {})


def test_an_adopted_row_is_told():
    """The label as printed and the row it was read as stand in a note."""
    reading = read([HEADS, ["□□", "1", "2", "3"], DOCUMENTS])
    assert [(note.found, note.read) for note in reading.notes] == [("□□", "规章")]
    assert reading.notes[0].kind == "normalised"


def test_a_number_under_several_heads_makes_its_row_doubtful():
    """As many boxes as cells: in their order; fewer: by their heads; sure in neither case."""
    edition = load_edition("2021")
    cells = [cell for cell in edition.table("t3").cells if cell.row == "received_new"]
    heads = ["", *(cell.column_label for cell in cells)]
    crooked = [cells[0].row_label, "1", ("2", 1, 2), "3", "4", "5", "6"]
    for line, expected in (([*crooked, "7"], [1, 2, 3, 4, 5, 6, 7]), (crooked, [1, 2, None, 3, 4, 5, 6])):
        lines = drawn([[*heads, *[""] * (len(line) - len(crooked))], line])
        reading = read_pieces(edition, "t3", [Piece(lines[0].grid, {own.row: own for own in lines})], 2021)
        assert [reading.cells.get(cell.id) for cell in cells] == expected
        assert reading.cells.keys() == reading.doubts.keys()


def test_a_banner_of_another_form_is_not_told_as_ours_misprinted():
    """第二十条第（九）项 is a line of 2019's form, by its own words."""
    reading = read([[("第二十条第（九）项", 1, 4)], HEADS, RULES])
    assert (values(reading, "rules"), reading.notes) == ([1, 2, 3], [])


def test_a_row_drawn_two_rows_high_is_one_row():
    """Where every cell goes on into the next row of the grid, nothing stands twice."""
    reading = read([HEADS, [(text, 2, 1) for text in RULES], [], DOCUMENTS])
    assert (values(reading, "rules"), values(reading, "normative_doc")) == ([1, 2, 3], [4, 5, 6])
    assert (reading.notes, reading.doubts) == ([], {})
