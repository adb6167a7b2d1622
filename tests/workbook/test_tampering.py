"""The same question as in test_integrity.py, asked of cells in memory: each boundary and each exception of the answer."""

from __future__ import annotations

import pytest

from gk_xl.checks.catalogue import rule
from gk_xl.engines.core.addresses import parse_address
from gk_xl.form.finding import Severity, Where
from gk_xl.workbook.expected import expected_plan
from gk_xl.workbook.integrity import grouped, inspect, is_earlier
from gk_xl.workbook.layout import EARLIER, LAST_HIDDEN, Place
from tests.workbook.tampered import COVER, FORM, PROSE, RESULTS, T2, T3, first_input, labels, noted


def test_nothing_changed_nothing_told(book):
    assert inspect(book, FORM, FORM.names) == ([], {})


@pytest.mark.parametrize(
    ("locked", "excel", "told"), [(True, True, 0), (True, False, 0), (False, False, 0), (False, True, 1)]
)
def test_the_lock_of_the_structure(book, locked, excel, told):
    book.structure_locked, book.saved_by_excel = locked, excel
    found = book.findings()
    assert [f.code for f in found] == ["I-07"] * told
    assert all("工作簿结构" in f.message for f in found)


def test_a_missing_sheet_does_not_hide_the_others(book):
    """The first sheet is gone: it is told, and so is what stands in the last one; its names are not missed one by one."""
    del book.sheets[COVER]
    book.put("使用说明", labels("使用说明")[0], "改")
    assert [code for code, *_ in book.told()] == ["I-05", "I-01"]


def test_outside_the_statutory_form_a_change_is_a_warning(book):
    """No number can go wrong on 使用说明; in a table it can."""
    book.put("使用说明", labels("使用说明")[0], "改")
    book.put(T3, labels(T3)[0], "改")
    assert {f.where.sheet: f.severity for f in book.findings()} == {"使用说明": Severity.WARNING, T3: Severity.ERROR}


def test_formulas_in_cells_to_fill_are_handed_on_by_name(book):
    """What was typed into an input; not the formulas that the plan has there itself."""
    address, name = first_input(T3)
    book.put(T3, address, 2, "1+1")
    assert inspect(book, FORM, FORM.names) == ([], {name: "=1+1"})


@pytest.mark.parametrize("schema", [None, *EARLIER])
def test_a_name_that_was_moved_onto_a_formula_of_the_form_hands_on_none(book, schema):
    """Moved beside the form, onto a formula that somebody typed there, it does; onto a sheet of no template it does not."""
    book.constants |= {"gk_xl.schema": schema} if schema else {}
    book.put(T3, "Z60", 1, "2-1")
    address, name = first_input(T3)
    book.put(T3, address, 2, "1+1")
    second = next(n for n, p in FORM.names.items() if p.sheet == T3 and n != name)
    third = next(n for n, p in FORM.names.items() if p.sheet == T2)
    moved = {name: Place(T3, 6, 13), second: Place(T3, 60, 26), third: Place("别的表", 1, 1)}
    assert book.sheet(T3).cells[6, 13].formula
    assert inspect(book, FORM, FORM.names | moved)[1] == {second: "=2-1"}


def test_a_formula_over_a_label_is_told_with_both(book):
    address = labels(T3)[3]
    text = book.sheet(T3).cells[parse_address(address)].value
    book.put(T3, address, text, '"x"')
    (found,) = book.findings()
    assert (found.code, found.where) == ("I-01", Where(T3, address))
    assert '="x"' in found.message
    assert text in found.message


# ------------------------------------------------------------------ an earlier template


def test_an_earlier_template_is_one_line_with_missing_sheets_and_typed_formulas(book):
    """Its labels are held against nothing; what was typed as a formula is still handed on."""
    book.constants["gk_xl.schema"] = EARLIER[0]
    del book.sheets[T2]
    book.put(T3, labels(T3)[0], "改")
    address, name = first_input(T3)
    book.put(T3, address, 2, "1+1")
    findings, formulas = inspect(book, FORM, FORM.names)
    assert [f.code for f in findings] == ["I-13", "I-05"]
    assert T2 in findings[1].message
    assert formulas == {name: "=1+1"}
    assert is_earlier(book.constant)
    book.constants["gk_xl.schema"] = None
    assert not is_earlier(book.constant)


# ------------------------------------------------------------------ names


def test_constants_and_names(book):
    """Gone, on another sheet, moved on its own: each told with the cell's address and what is wrong."""
    one, two, three = [n for n, p in FORM.names.items() if p.sheet == T3 and n.endswith(".total")][:3]
    book.constants["gk_xl.edition"] = None
    book.places[one] = None
    book.places[two] = FORM.names[two]._replace(sheet=T2)
    book.places[three] = FORM.names[three]._replace(row=FORM.names[three].row + 1)
    found = book.findings()
    assert [f.code for f in found] == ["I-04"] * 4
    assert [f.where.address if f.where else "" for f in found] == [
        "",
        *(FORM.names[n].address for n in (one, two, three)),
    ]
    for finding, words in zip(
        found,
        ("gk_xl.edition", "丢失了", f"指到了别的工作表（{T2}）", f"指到了 {book.places[three].address}"),
        strict=True,
    ):
        assert words in finding.message


def test_a_name_is_still_looked_at_when_another_sheet_is_missing(book):
    """The names of the missing sheet are told with it; those behind them one by one."""
    del book.sheets[COVER]
    name = [n for n, p in FORM.names.items() if p.sheet == T3][-1]
    book.places[name] = None
    assert book.told() == [("I-05", "", ""), ("I-04", T3, FORM.names[name].address)]


def test_names_of_a_shifted_or_missing_sheet_are_told_with_it(book):
    """Rows moved, and names with them: one line, however many names."""
    sheet = book.sheet(T3)
    sheet.cells = {(row + (row >= 8), column): cell for (row, column), cell in sheet.cells.items()}
    for name, place in FORM.names.items():
        if place.sheet == T3:
            book.places[name] = place._replace(row=place.row + 1)
    assert [code for code, *_ in book.told()] == ["I-06"]


# ------------------------------------------------------------------ many changes


def test_three_changes_stand_alone_and_four_are_one_line(book):
    for address in labels(T3)[:3]:
        book.put(T3, address, "改", locked=False)
    found = [f for f in book.findings() if f.code == "I-03"]
    assert [f.where.address for f in found] == labels(T3)[:3]
    fourth = labels(T3)[3]
    book.put(T3, fourth, "改", locked=False)
    (found,) = [f for f in book.findings() if f.code == "I-03"]
    assert "（共 4 格）" in found.message
    assert "如 " not in found.message


def test_eight_areas_are_named_and_nine_are_and_more(book):
    eight = [f"A{row}" for row in range(1, 17, 2)]
    (found,) = grouped(noted(*eight))
    assert found.message.startswith("、".join(eight) + "（共 8 格）：")
    (found,) = grouped(noted(*eight, "A17"))
    assert found.message.startswith("、".join(eight) + "等处（共 9 格）：")


def test_an_example_is_given_where_the_changes_differ(book):
    (found,) = grouped(noted("A1", "A2", "A3", "A4", messages=["甲", "乙", "甲", "甲"]))
    assert found.message.startswith("A1:A4（共 4 格）：如 A1，")


def test_what_has_no_place_is_not_put_together():
    """Four constants lost are four lines; so are four findings of which one has no place."""
    lost = [rule("I-04").finding({"value": str(n), "problem": "丢失了"}) for n in range(4)]
    assert list(grouped(lost)) == lost
    placed = [finding.at(Where(T3, f"A{n + 1}")) for n, finding in enumerate(lost)]
    assert len(list(grouped(placed))) == 1


# ------------------------------------------------------------------ a sheet


def test_protection_drawings_and_cells_far_away(book):
    sheet = book.sheet(T3)
    sheet.protected, sheet.drawings, sheet.beyond = False, 2, (3, "ZZ9")
    found = book.findings()
    assert [(f.code, f.where) for f in found] == [
        ("I-07", Where(T3, "A1")), ("I-09", Where(T3, "ZZ9")), ("I-10", Where(T3, "A1")),
    ]  # fmt: skip
    assert f"工作表“{T3}”" in found[0].message
    assert "3 格，从 ZZ9 起" in found[1].message
    assert "2" in found[2].message


def test_merges_split_and_added_are_told_apart(book):
    book.sheet(T3).merges.remove("A6:C6")
    book.sheet(T3).merges.add("D10:E10")
    found = book.findings()
    assert [(f.code, f.where.address) for f in found] == [("I-08", "A6"), ("I-08", "D10")]
    assert ["被拆开了" in f.message for f in found] == [True, False]
    assert "是后来合并的" in found[1].message


def test_content_beside_the_form(book):
    """Told up to the last column the form hides things in; blanks are none; long texts are cut."""
    column = Place(T3, 60, LAST_HIDDEN).address
    book.put(T3, column, "备" * 30)
    (found,) = book.findings()
    assert (found.code, found.where.address) == ("I-09", column)
    assert "备" * 20 in found.message
    assert "备" * 21 not in found.message
    for address, value in ((column, ""), (Place(T3, 61, LAST_HIDDEN + 1).address, "远"), ("A60", None)):
        book.put(T3, address, value)
    assert book.findings() == []


def test_the_column_that_the_program_keeps_is_its_own(book):
    kept = expected_plan(FORM).sheet(RESULTS).kept
    book.put(RESULTS, Place(RESULTS, 40, kept).address, "key")
    assert book.findings() == []
    book.put(RESULTS, Place(RESULTS, 40, kept + 1).address, "别的")
    assert [code for code, *_ in book.told()] == ["I-09"]


@pytest.mark.parametrize(
    ("address", "inside"), [("A6", True), ("G305", True), ("I6", False), ("A306", False), ("G306", False)]
)
def test_a_result_typed_where_nobody_has_checked(book, address, inside):
    """Inside the area of results it is a forged one; outside it is a remark."""
    book.put(RESULTS, address, "没有问题", locked=True)
    assert book.told() == [("I-01" if inside else "I-09", RESULTS, address)]


def test_after_a_check_the_results_are_the_programs(book):
    """The time of a check, or a reason that was typed behind one, says that the program wrote here."""
    book.put(RESULTS, "C2", "✓ 通过")
    assert [code for code, *_ in book.told()] == ["I-01"]
    book.put(RESULTS, "C3", "昨天")
    assert [code for code, *_ in book.told()] == ["I-01", "I-01"]
    book.put(RESULTS, "C3", "2026-01-15T10:00:00")
    book.put(RESULTS, "B8", "结果")
    assert book.findings() == []
    book.put(RESULTS, "C3", None)
    book.put(RESULTS, "G8", "情况属实", locked=False)
    assert book.findings() == []


def test_a_remark_beside_the_results_is_no_check(book):
    """An unlocked cell outside the area of results, however it came there; a cell for the time of a check, wiped."""
    book.put(RESULTS, "C2", "✓ 通过")
    book.put(RESULTS, "I6", "备注", locked=False)
    assert ("I-01", RESULTS, "C2") in book.told()
    book.sheet(RESULTS).cells.pop((3, 3), None)
    assert ("I-01", RESULTS, "C2") in book.told()


def test_what_the_program_suggests_beside_a_text_changes_at_any_time(book):
    book.put(PROSE, "D4", "【规范性文件】本年度制发行政规范性文件1件。")
    assert book.findings() == []
