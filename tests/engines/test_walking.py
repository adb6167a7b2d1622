"""Finding one's way: whole rows and columns, what is hidden, what is found, what is special."""

from __future__ import annotations

import pytest

from tests.engines.conftest import is_closed_file


def places(ranges) -> list[str]:
    return [area.get_address(False, False) for area in ranges]


def test_rows_and_columns_are_gone_through(sheet):
    """Each row and each column is a range of its own."""
    sheet["B2"].value = [[1, 2, 3], [4, 5, 6]]
    area = sheet["B2:D3"]
    assert places(area.rows) == ["B2:D2", "B3:D3"]
    assert places(area.columns) == ["B2:B3", "C2:C3", "D2:D3"]
    assert area.rows[1].value == [4, 5, 6]
    assert area.columns(3).value == [3, 6]
    assert (area.rows.count, area.columns.count) == (2, 3)
    assert area.impl.rows.shape == area.impl.columns.shape == (2, 3)
    assert area.impl.coords[1:] == (2, 2, 2, 3)
    assert area.count == 6
    assert (area.impl.max_cells_per_read, area.impl.max_cells_per_write) == (None, None)


def test_whole_rows_and_columns_have_addresses(sheet):
    """``A:C`` and ``2:3`` are ranges like others."""
    assert sheet["B:C"].shape == (1_048_576, 2)
    assert sheet["2:3"].shape == (2, 16_384)
    assert sheet.cells.shape == (1_048_576, 16_384)
    sheet["B2"].value = 7
    assert sheet["2:2"][0, 1].value == 7


def test_expansion_stops_at_the_first_blank(sheet):
    """One cell stays one cell, whatever lies beyond the gap; ways that do not exist are refused."""
    sheet["A1"].value = [[1, None, 3], [None, 5, 6], [7, 8, 9]]
    assert places([sheet["A1"].expand(), sheet["A1"].expand("down"), sheet["B2"].expand("table")]) == [
        "A1",
        "A1",
        "B2:C3",
    ]
    assert places([sheet["A3"].expand("right"), sheet["B2:C2"].expand("d"), sheet["F9"].expand()]) == [
        "A3:C3",
        "B2:C3",
        "F9",
    ]
    with pytest.raises(ValueError, match="aside"):
        sheet["A1"].expand("aside")


def test_hidden_rows_and_columns(sheet):
    """They are hidden, asked for, and shown again; None where they differ."""
    area = sheet["B2:D4"]
    assert (area.rows.hidden, area.columns.hidden) == (False, False)
    area.rows[1].rows.hidden = True
    area.columns[0].columns.hidden = True
    assert (area.rows.hidden, area.columns.hidden) == (None, None)
    assert (sheet["A3"].rows.hidden, sheet["B9"].columns.hidden) == (True, True)
    assert places(area.get_special_cells("visible")) == ["C2:D2", "C4:D4"]
    area.rows.hidden = area.columns.hidden = False
    assert (area.rows.hidden, area.columns.hidden) == (False, False)


def test_special_cells_are_told_by_what_they_hold(app, sheet):
    """Blanks, constants and formulas, by kind of value; those beside one another are one range."""
    sheet["A1"].value = [[1, "字", None], [True, "=1+1", None], ["=1/0", None, 2]]
    area = sheet["A1:C3"]
    assert places(area.get_special_cells("blanks")) == ["C1:C2", "B3"]
    assert places(area.get_special_cells("constants")) == ["A1:B1", "A2", "C3"]
    assert places(area.get_special_cells("constants", "text")) == ["B1"]
    assert places(area.get_special_cells("constants", "numbers")) == ["A1", "C3"]
    assert places(area.get_special_cells("constants", "logical")) == ["A2"]
    assert places(area.get_special_cells("formulas")) == ["B2", "A3"]
    assert sheet["A1:B1"].get_special_cells("blanks") == []
    if not is_closed_file(app):
        assert places(area.get_special_cells("formulas", "errors")) == ["A3"]
        assert places(area.get_special_cells("formulas", "numbers")) == ["B2"]


def test_texts_are_found_in_the_order_asked_for(sheet):
    """Forward or backward, by rows or columns; a part or the whole; ``*`` and ``?`` stand for others, ``~`` for none."""
    sheet["A1"].value = [["公开", "不予公开", "x"], ["予以公开", 12, "X*"]]
    area = sheet["A1:C2"]
    assert area.find("公开").address == "$A$1"
    assert area.find("公开", direction="backward").address == "$A$2"
    assert area.find("予以", order="columns").address == "$A$2"
    assert area.find("不予公开", whole=True).address == "$B$1"
    assert area.find("X", match_case=True).address == "$C$2"
    assert area.find("x~*").address == "$C$2"
    assert area.find("予?公开").address == "$A$2"
    assert area.find("12", whole=True).address == "$B$2"
    assert area.find("没有") is None


def test_texts_are_replaced_in_constants_and_formulas(app, sheet):
    """What is left is entered as if typed: a number where it is one, a blank where nothing is left."""
    sheet["A1"].value = [["12件", "件", '=LEN("件数")'], ["三件事", 15, None]]
    sheet["A1:C2"].replace_all("件", "")
    assert sheet["A1:C2"].formula == (("12", "", '=LEN("数")'), ("三事", "15", ""))
    assert sheet["A1"].value == 12
    assert sheet["B1"].value is None
    sheet["A1:C2"].replace_all("1", "2", whole=True)
    assert sheet["B2"].value == 15
    sheet["A1:C2"].replace_all("15", "16", whole=True)
    assert sheet["B2"].value == 16


def test_whole_columns_are_searched_where_they_are_used(sheet):
    """A column has a million cells; only those in use are looked at."""
    sheet["B2"].value = [["公开"], ["x"], [None], ["x"]]
    assert sheet["B:B"].find("公开").address == "$B$2"
    assert sheet["D:D"].find("公开") is None
    assert places(sheet["B:B"].get_special_cells("constants")) == ["B2:B3", "B5"]
    assert places(sheet["A:C"].get_special_cells("visible")) == ["A1:C1048576"]
    sheet["B:B"].replace_all("x", "y")
    sheet["B:B"].remove_duplicates(1)
    assert sheet["B2:B5"].value == ["公开", "y", None, None]
    sheet["B:B"].clear_contents()
    assert sheet["B2:B5"].value == [None] * 4


def test_rows_that_say_the_same_twice_go(sheet):
    """The first of them stays, the rest move up; case does not count, a number is no text."""
    sheet["A1"].value = [["名", "数"], ["Aa", 1], ["aA", 2], ["1", 3], [1, 4], ["Aa", 5]]
    sheet["A4"].value = "'1"
    sheet["A1:B6"].remove_duplicates([1], has_headers=True)
    assert sheet["A1:B6"].value == [["名", "数"], ["Aa", 1], ["1", 3], [1, 4], [None, None], [None, None]]


@pytest.mark.parametrize("name", ["color", "number_format", "wrap_text", "row_height", "left", "width", "merge_cells"])
def test_what_is_awaited_is_what_is_there(sheet, name):
    """A program written for the browser, where every answer is awaited, runs on a desktop."""
    import asyncio

    sheet["B2"].value, sheet["B2"].color = 3, (1, 2, 3)
    found = asyncio.run(getattr(sheet["B2"].impl, f"get_{name}")())
    assert found == getattr(sheet["B2"].impl, name)


def test_ranges_are_awaited(app, book, sheet):
    """Ranges, sheets and selections come back as xlwings' own objects."""
    import asyncio

    sheet["B2"].value = [[1, 2], [3, 4]]
    assert asyncio.run(sheet["B2:C3"].get_value()) == [[1, 2], [3, 4]]
    assert asyncio.run(sheet["B2"].get_formula()) == "1"
    assert asyncio.run(sheet["B2:B3"].get_formula()) == ["1", "3"]
    assert asyncio.run(sheet["B2"].get_expanded_range()).address == "$B$2:$C$3"
    assert asyncio.run(sheet["C3"].get_current_region()).address == "$B$2:$C$3"
    assert asyncio.run(sheet.get_used_range()).address == sheet.used_range.address
    assert asyncio.run(book.sheets.get_active()) == sheet
    assert asyncio.run(sheet["B2"].font.get_size()) == sheet["B2"].font.size
    assert asyncio.run(book.load()) is book
    asyncio.run(book.flush())
