"""What may be typed into cells, through xlwings, in both engines."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest

from gk_xl.engines.core.errors import EngineError


def test_a_list_of_words(sheet):
    """Words, cells of this sheet or another, a name: each is the source that is read back."""
    rule = sheet["B2:B4"].data_validation
    rule.set_list(["是", "否", 3])
    assert (rule.type, rule.source, rule.in_cell_dropdown) == ("list", "是,否,3", True)
    assert (rule.operator, rule.formula1, rule.formula, rule.alert_style) == (None, None, None, "stop")
    rule.set_list(sheet["D1:D3"], in_cell_dropdown=False)
    assert (rule.source.replace(f"{sheet.name}!", ""), rule.in_cell_dropdown) == ("=$D$1:$D$3", False)
    other = sheet.book.sheets.add("参数")
    rule.set_list(other["A1:A3"])
    assert rule.source.replace("'", "") == "=参数!$A$1:$A$3"
    named = sheet.book.names.add("choices", "='参数'!$A$1:$A$3")
    rule.set_list(named)
    assert rule.source == "=choices"


@pytest.mark.parametrize(
    ("kind", "operator", "operands", "told"),
    [
        ("whole_number", "between", (1, 10), ("=1", "=10")),
        ("decimal", "not_between", (0.5, "=A1"), ("=0.5", "=A1")),
        ("text_length", "less_than_or_equal", (500,), ("=500", None)),
        ("date", "greater_than", (dt.date(2025, 1, 20),), ("=DATE(2025,1,20)", None)),
        ("time", "not_equal_to", (dt.time(8, 30),), ("=TIME(8,30,0)", None)),
        ("whole_number", "equal_to", (4,), ("=4", None)),
        ("whole_number", "less_than", (4,), ("=4", None)),
        ("whole_number", "greater_than_or_equal", ("=SUM($D$1:$D$4)",), ("=SUM($D$1:$D$4)", None)),
    ],
)
def test_a_comparison(sheet, kind, operator, operands, told):
    """Each kind and operator is read back with its operands, as formulas."""
    rule = sheet["C3"].data_validation
    getattr(rule, f"set_{kind}")(operator, *operands)
    assert (rule.type, rule.operator, (rule.formula1, rule.formula2)) == (kind, operator, told)
    assert (rule.source, rule.in_cell_dropdown, rule.ignore_blank) == (None, None, True)
    rule.delete()
    assert (rule.type, rule.operator, rule.ignore_blank) == ("none", None, None)


def test_a_formula_counts_from_the_first_cell_asked(sheet):
    """A formula of the range's own is told as it is for each cell; what is cut off its front changes it for none."""
    sheet["B1:B9"].data_validation.set_custom('=AND(A1>0,A1<>"x")')
    assert sheet["B1:B9"].data_validation.formula == '=AND(A1>0,A1<>"x")'
    assert sheet["B5"].data_validation.formula == '=AND(A5>0,A5<>"x")'
    sheet["B1:B3"].data_validation.delete()
    assert sheet["B5:B9"].data_validation.formula == '=AND(A5>0,A5<>"x")'
    assert [cell.data_validation.type for cell in sheet["B3:B4"]] == ["none", "custom"]


def test_cells_that_differ(sheet):
    """Some with a rule, or each with another: the type says so, and what holds in one is not put over the other."""
    area = sheet["B2:D4"]
    sheet["C3"].data_validation.set_whole_number("equal_to", 1)
    assert area.data_validation.type == "mixed_criteria"
    assert area.data_validation.alert_style is None
    with pytest.raises(EngineError):
        area.data_validation.set_list(["是"])
    area.data_validation.delete()
    area.data_validation.set_list(["是"])
    sheet["C3"].data_validation.set_whole_number("equal_to", 1)
    assert (area.data_validation.type, sheet["D4"].data_validation.type) == ("inconsistent", "list")
    assert [sheet[cell].data_validation.type for cell in ("B2", "B3", "C2", "C3", "C4", "D3")] == [
        "list", "list", "list", "whole_number", "list", "list",
    ]  # fmt: skip


def test_rules_outlive_a_save(app, book, tmp_path):
    """A file saved and opened again has them."""
    book.sheets[0]["B2"].data_validation.set_list(["是", "否"])
    book.sheets[0]["B3"].data_validation.set_date("between", dt.date(2025, 1, 1), "=B2+1")
    path, other = tmp_path / "规则.xlsx", tmp_path / "再开.xlsx"
    book.save(str(path))
    shutil.copy(path, other)
    again = app.books.open(str(other))
    first, second = (again.sheets[0][cell].data_validation for cell in ("B2", "B3"))
    assert (first.type, first.source, first.in_cell_dropdown) == ("list", "是,否", True)
    assert (second.type, second.operator, second.formula2) == ("date", "between", "=B2+1")
    again.close()


def test_the_form_s_prompts_are_told_and_stay(ours):
    """A number's cell has a prompt and an alert; a protected sheet keeps its rules."""
    cell = ours.sheets["三、依申请公开"]["E6"]
    rule = cell.data_validation
    assert (rule.type, rule.operator) == ("whole_number", "greater_than_or_equal")
    assert rule.show_error
    prompts = (rule.input_title, rule.input_message, rule.show_input, rule.error_title, rule.error_message)
    assert rule.error_message
    with pytest.raises(EngineError):
        rule.delete()
    ours.sheets["三、依申请公开"].impl.unprotect()
    rule.set_whole_number("between", 0, 9)
    assert rule.formula2 == "=9"
    assert (rule.input_title, rule.input_message, rule.show_input, rule.error_title, rule.error_message) == prompts


def test_what_the_application_itself_holds(sheet):
    """``api`` is the application's own."""
    assert sheet["B2"].data_validation.api is not None
