"""The same question as in test_integrity.py, asked of cells in memory: locks, labels, formulas and shifts."""

from __future__ import annotations

import pytest

from gk_xl.engines.core.addresses import parse_address
from gk_xl.form.finding import Where
from gk_xl.workbook.expected import expected_plan
from gk_xl.workbook.integrity import normal_formula
from gk_xl.workbook.layout import Place
from gk_xl.workbook.raw import RawCell
from gk_xl.workbook.styles import unlocked
from tests.workbook.tampered import FORM, PROSE, T3, Tampered, first_input, labels

# ------------------------------------------------------------------ a cell


def test_locks_are_told_both_ways(book):
    label, (entry, _) = labels(T3)[2], first_input(T3)
    text = book.sheet(T3).cells[parse_address(label)].value
    book.put(T3, label, text, locked=False)
    book.put(T3, entry, 1, locked=True)
    found = {f.where.address: f.message for f in book.findings()}
    assert found.keys() == {label, entry}
    assert "应当锁定，现为可以填写" in found[label]
    assert "应当可以填写，现为锁定" in found[entry]


def test_a_label_wiped_and_a_formula_wiped(book):
    """The finding says what belongs there, and that nothing stands there now."""
    label = labels(T3)[2]
    del book.sheet(T3).cells[parse_address(label)]
    del book.sheet(T3).cells[parse_address("M6")]
    found = {f.where.address: (f.code, f.message) for f in book.findings()}
    assert {address: code for address, (code, _) in found.items()} == {label: "I-01", "M6": "I-02"}
    assert "“空”" in found["M6"][1]


def test_a_changed_label_is_told_with_both_texts(book):
    """What should stand there and what does; a blank of the form that is written as an empty text is no change."""
    label = labels(T3)[2]
    text = book.sheet(T3).cells[parse_address(label)].value
    book.put(T3, label, "别的")
    (found,) = book.findings()
    assert text in found.message
    assert "别的" in found.message
    book.put(T3, label)
    (found,) = book.findings()
    assert text in found.message
    assert "None" not in found.message
    book.put(T3, label, text)
    plan = expected_plan(FORM).sheet(T3)
    blank = next(p for p, c in plan.cells.items() if c.value is None and not c.formula and not unlocked(c.style))
    book.put(T3, Place(T3, *blank).address, "")
    assert book.findings() == []
    book.put(T3, Place(T3, *blank).address, "写了字")
    (found,) = book.findings()
    assert "None" not in found.message


def test_a_value_pasted_over_a_formula(book):
    book.put(T3, "M6", 7)
    (found,) = book.findings()
    assert found.code == "I-02"
    assert "“7”" in found.message


def test_a_formula_as_applications_write_it_is_the_same(book):
    """Quotes, blanks, letter case; a follower of a shared formula is taken on trust."""
    formula = book.sheet(T3).cells[parse_address("M6")].formula
    for other in (formula.lower(), f" {formula} ", "…"):
        book.put(T3, "M6", 0, other)
        assert book.findings() == []
    assert normal_formula("'三 表'!$A$1+b2") == normal_formula("三表!$A$1 + B2")


def test_a_number_that_is_printed_may_become_a_decimal(book):
    """Row numbers beside a text: 1 and 1.0 are the same, “1” and 2 are not."""
    book.put(PROSE, "A4", 1.0)
    assert book.findings() == []
    for other in ("1", 2):
        book.put(PROSE, "A4", other)
        assert book.told() == [("I-01", PROSE, "A4")]


# ------------------------------------------------------------------ shifts


@pytest.mark.parametrize(
    ("down", "right", "words"),
    [
        (1, 0, "1 行"),
        (-1, 0, "1 行"),
        (2, 0, "2 行"),
        (-2, 0, "2 行"),
        (3, 0, "3 行"),
        (-3, 0, "3 行"),
        (0, 1, "1 列"),
        (0, -1, "1 列"),
    ],
)
def test_a_shift_says_how_far(book, down, right, words):
    """Everything from row 8, or from column D, some rows or columns on."""
    sheet = book.sheet(T3)
    moved = {}
    for (row, column), cell in sheet.cells.items():
        on = row >= 8 if down else column >= 2
        moved[row + down * on, column + right * on] = cell
    sheet.cells = moved
    (found,) = [f for f in book.findings() if f.where.sheet == T3]
    assert found.code == "I-06"
    assert words in found.message
    first = min(p for p, value in _printed(T3).items() if p not in moved or moved[p].value != value)
    assert found.where.address == Place(T3, *first).address


def _printed(title):
    """What stands printed and locked in a sheet: texts and numbers, by place."""
    plan = expected_plan(FORM).sheet(title)
    return {place: cell.value for place, cell in sorted(plan.cells.items()) if cell.value is not None and not cell.formula
            and not cell.output and not unlocked(cell.style)}  # fmt: skip


def _one_column_on(book, count, stay):
    """Exchange ``count`` texts of 使用说明 for another; all but ``stay`` of them stand one column further on."""
    sheet, plan = book.sheet("使用说明"), expected_plan(FORM).sheet("使用说明")
    free = [place for place in _printed("使用说明") if (place[0], place[1] + 1) not in plan.cells][:count]
    for number, (row, column) in enumerate(free):
        if number >= stay:
            sheet.cells[row, column + 1] = sheet.cells[row, column]
        sheet.cells[row, column] = RawCell("改", "", locked=True)
    return {code for code, sheet, _ in book.told() if sheet == "使用说明"}


def test_three_labels_moved_are_a_shift_and_two_are_not(book, template):
    assert _one_column_on(book, 3, 0) == {"I-06"}
    assert _one_column_on(Tampered(template), 2, 0) == {"I-01", "I-09"}


def test_seven_of_ten_moved_are_a_shift_and_six_are_not(book, template):
    assert _one_column_on(book, 10, 3) == {"I-06"}
    assert _one_column_on(Tampered(template), 10, 4) == {"I-01", "I-09"}
    assert _one_column_on(Tampered(template), 11, 4) == {"I-01", "I-09"}


@pytest.mark.parametrize(
    ("title", "count", "whole"),
    [
        ("六、其他事项", 13, True),  # of 23
        ("六、其他事项", 12, False),
        ("校验结果", 11, False),  # all that is printed there, but few
        ("五、问题及改进", 21, False),  # half of 42
        ("五、问题及改进", 22, True),
    ],
)
def test_a_sheet_whose_content_was_exchanged_is_told_once(book, title, count, whole):
    """More than twelve texts, and more than half of them: told by the first. Else each is told."""
    places = list(_printed(title))[:count]
    for number, place in enumerate(places):
        book.sheet(title).cells[place] = RawCell(f"别的 {number}", "", locked=True)
    (found,) = book.findings()
    assert found.code == ("I-06" if whole else "I-01")
    assert found.where == Where(title, Place(title, *places[0]).address)
    assert (f"{count} 处印定文字不在原处" in found.message) is whole


def test_a_formula_that_was_changed_is_told_in_few_words(book):
    """A clerk reads the number that stands there now as it was typed, and of a formula no more than its beginning."""
    book.put(T3, "M6", 306.0, locked=True)
    (found,) = book.findings()
    assert "现为 “306”" in found.message
    assert "=IF(" not in found.message
    assert len(found.message) < 80
