"""What a paste or a drag did to the form in Excel, and what the next button makes of it."""

from __future__ import annotations

import pytest

from gk_xl.workbook.styles import STYLES
from tests.addin.excel.conftest import NAMES, cell, flagged, sheet
from tests.doubles.excel.conditions import OTHER, Held

T3 = "三、依申请公开"
TABLE = (6, 4, 30, 10)


def pasted(book, area, *, locked: bool = True) -> None:
    """Do to cells what a paste from another workbook does: its locks and formats come along, ours go."""
    grid = sheet(book, T3).grid
    for row in range(area[0], area[2] + 1):
        for column in range(area[1], area[3] + 1):
            held = grid.cell(row, column)
            held.locked, held.looks = locked, {"Font.Size": 16.0}
    for one in grid.conditions:
        one.cut(area)
    grid.conditions[:] = [one for one in grid.conditions if one.areas]


def painting(book):
    """Return for each cell of 表三 which formulas may paint it, how, and whether one keeps the next from painting."""
    grid = sheet(book, T3).grid
    return {
        (row, column): {
            (one.formula, one.stops, tuple(sorted(item for item in one.looks.items() if item[1] is not False)))
            for one in grid.conditions
            if one.covers(row, column)
        }
        for row in range(TABLE[0], TABLE[2] + 1)
        for column in range(TABLE[1], TABLE[3] + 1)
    }


@pytest.mark.variants(2)
@pytest.mark.parametrize("area", [TABLE, (8, 5, 9, 6), (30, 10, 30, 10)])
@pytest.mark.parametrize("locked", [True, False])
def test_flags_are_painted_again(excel, faulty, area, locked):
    """Conditional formats are laid over the cells as they were, formula for formula; the next click finds nothing."""
    book = excel.report(faulty)
    before = painting(book)
    pasted(book, area, locked=locked)
    assert painting(book) != before
    said = excel.click(book, "check")
    count = (area[2] - area[0] + 1) * (area[3] - area[1] + 1)
    assert said.startswith(f"已恢复 {count} 格的格式（“{T3}”")
    assert painting(book) == before
    grid = sheet(book, T3).grid
    assert not any(grid.cell(*place).locked for place in before)
    assert grid.cell(area[0], area[1]).looks["Font.Size"] == STYLES["entry"]["font_size"]
    assert grid.protected
    assert not excel.click(book, "check").startswith("已恢复")


def test_many_small_pastes_and_formats_of_another_kind(excel, good):
    """A format torn into many pieces still covers what it covers; colour scales and whole columns of the clerk stay."""
    book = excel.report(good)
    grid = sheet(book, T3).grid
    before = painting(book)
    scale, column = Held([TABLE], OTHER, ""), Held([(1, 4, 1_048_576, 4)], 2, "=$D1>100")
    for row in range(6, 31, 2):
        for place in range(4, 11, 2):
            pasted(book, (row, place, row, place), locked=False)
    grid.conditions[:0] = [scale, column]
    said = excel.click(book, "check")
    assert said.startswith("已恢复 52 格的格式")
    after = painting(book)
    assert {place: rules - {("=$D1>100", True, ())} for place, rules in after.items()} == {
        place: rules | ({("", True, ())} if (place[0] % 2 or place[1] % 2) else set())
        for place, rules in before.items()
    }
    assert not excel.click(book, "check").startswith("已恢复")


def test_a_label_without_its_lock_is_locked(excel, good):
    """Labels and formulas that lost their lock while the sheet was open get it back, and it is said."""
    book = excel.report(good)
    place = NAMES["t3.received_new.natural_person"]
    grid = sheet(book, T3).grid
    label, live = grid.cell(place.row, 1), grid.cell(place.row, 12)
    label.locked = live.locked = False
    said = excel.click(book, "fill_totals")
    assert said.startswith("已重新锁定 2 格印定的文字和公式（“三、依申请公开”A6、“三、依申请公开”L6）。")
    assert label.locked
    assert live.locked
    assert not excel.click(book, "fill_totals").startswith("已")


def test_names_that_are_gone_come_back(excel, good):
    """Names that were deleted stand for their cells again."""
    book = excel.report(good)
    before = dict(book.names)
    for name in ("t4.reconsideration.upheld", "t3.granted.total", "unit.name"):
        del book.names[name]
    assert excel.click(book, "check").startswith("已把 3 个单元格名称改回原处")
    assert {name: text.replace("'", "") for name, text in book.names.items()} == {
        name: text.replace("'", "") for name, text in before.items()
    }


def test_undo_takes_the_numbers_back_and_leaves_the_form_whole(excel, faulty):
    """撤销上一步 after a healed click: flags and list of the click go, the restored form stays."""
    book = excel.report(faulty)
    before = painting(book)
    numbers = [name for name in NAMES if name.startswith("t3.") and name.count(".") == 2]
    pasted(book, TABLE)
    excel.click(book, "check")
    assert any(flagged(book, name) for name in numbers)
    assert excel.click(book, "undo").startswith("已撤销“校验”。")
    assert not any(flagged(book, name) for name in numbers)
    assert painting(book) == before
    assert not cell(book, "t3.granted.total").locked


def test_a_cell_that_was_dragged_or_copied_gets_its_own_prompt_back(excel, good):
    """A cell of another row put over a cell brings the other row's prompt along, open as it is: that is damage too."""
    book = excel.report(good)
    grid = sheet(book, T3).grid
    own = {place: dict(grid.cell(*place).looks) for place in ((10, 6), (11, 6))}
    for place in own:
        grid.cell(*place).looks = dict(grid.cell(8, 10).looks)
    assert excel.click(book, "check").startswith("已恢复 2 格的格式（“三、依申请公开”F10:F11）")
    key = "Validation.InputTitle"
    assert {place: grid.cell(*place).looks[key] for place in own} == {place: own[place][key] for place in own}
    assert not excel.click(book, "check").startswith("已恢复")


def test_a_merged_cell_pasted_onto_others_is_taken_apart(excel, faulty):
    """In Excel as elsewhere: cells that a paste merged come apart, the merged cell it left is merged again."""
    book = excel.report(faulty)
    grid, t2 = sheet(book, "二、主动公开").grid, "二、主动公开"
    before = sorted(grid.merges)
    grid.cell(9, 2).value = None
    grid.merges[:] = [*(area for area in grid.merges if area != "B9:D9"), "B6:D6"]
    said = excel.click(book, "fill_totals")
    assert f"已拆开后来合并的格（“{t2}”B6:D6）" in said
    assert f"已重新合并拆开的格（“{t2}”B9:D9）。" in said
    assert sorted(grid.merges) == before
    assert "合并" not in excel.click(book, "fill_totals")
