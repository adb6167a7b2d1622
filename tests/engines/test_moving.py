"""Cells and sheets that are copied, moved, sorted, filled on, inserted and deleted."""

from __future__ import annotations

import pytest

from gk_xl.engines.core.errors import EngineError, Refusal
from tests.engines.conftest import is_closed_file


@pytest.fixture
def table(sheet):
    """Yield a sheet with three numbers, a formula of two of them, and looks."""
    sheet["A1"].value = [[1, 2, "=A1+B1"], [4, None, "字"]]
    sheet["A1"].color = (255, 0, 0)
    sheet["B1"].add_note("注")
    return sheet


def test_a_copy_takes_values_formulas_looks_and_notes_along(app, table):
    """Formulas speak of the cells beside them; a target several times as large is filled with repetitions."""
    table["A1:C2"].copy(table["E5"])
    assert table["E5:G6"].formula == (("1", "2", "=E5+F5"), ("4", "", "字"))
    assert (table["E5"].color, table["F5"].note.text) == ((255, 0, 0), "注")
    table["A1:B1"].copy(table["A10:B12"])
    assert table["A10:B12"].value == [[1, 2]] * 3
    if not is_closed_file(app):
        assert table["G5"].value == 3


def test_a_copy_reaches_other_sheets_and_books(app, book, table):
    """The same from sheet to sheet; from book to book, too."""
    other = book.sheets.add("二", after=table)
    table["A1:C2"].copy(other["B2"])
    assert other["B2:D3"].formula == (("1", "2", "=B2+C2"), ("4", "", "字"))
    second = app.books.add()
    try:
        table["A1:B2"].copy(second.sheets[0]["C3"])
        assert second.sheets[0]["C3:D4"].value == [[1, 2], [4, None]]
        assert second.sheets[0]["C3"].color == (255, 0, 0)
        if is_closed_file(app):
            with pytest.raises(EngineError, match="another file"):
                table.copy(before=second.sheets[0])
        else:
            assert table.copy(before=second.sheets[0]).name == f"{table.name} (2)"
            assert [sheet.name for sheet in second.sheets] == [f"{table.name} (2)", table.name]
    finally:
        second.close()


@pytest.mark.application
def test_sheets_reach_other_books_again_and_again(office):
    """LibreOffice ended one time in twenty when a sheet was imported before one that is shown."""
    for _ in range(40):
        first, second = office.books.add(), office.books.add()
        first.sheets[0]["A1"].value = 1
        assert first.sheets[0].copy(before=second.sheets[0])["A1"].value == 1
        second.close()
        first.close()


def test_what_was_copied_is_pasted_in_part(app, table):
    """Values, formulas, formats, notes or widths alone; turned, without blanks, added to what is there."""
    table["A1:C2"].copy()
    assert app.cut_copy_mode == "copy"
    table["A10"].paste("values")
    assert table["A10:B11"].value == [[1, 2], [4, None]]
    assert table["A10"].color is None
    table["E10"].paste("formulas")
    assert table["G10"].formula == "=E10+F10"
    table["E20"].paste("formats")
    assert (table["E20"].color, table["E20"].value) == ((255, 0, 0), None)
    table["A20"].paste("values", transpose=True)
    assert table["A20:B21"].value == [[1, 4], [2, None]]
    table["A10"].paste("values", operation="add")
    assert table["A10:B10"].value == [2, 4]
    table["J2"].value = 9
    table["I1"].paste("values", skip_blanks=True)
    assert table["I1:J2"].value == [[1, 2], [4, 9]]
    table["E30"].paste("comments")
    assert (table["F30"].note.text, table["F30"].value) == ("注", None)
    table["A:A"].column_width = 25
    table["L1"].paste("column_widths")
    assert table["L1"].column_width == pytest.approx(25, abs=0.8)
    table["P1"].paste()
    assert (table["P1"].value, table["P1"].color) == (1, (255, 0, 0))
    table["B1"].number_format = "0.00"
    table["S1"].copy_from(table["A2"])
    table["T1"].paste("values_and_number_formats")
    assert (table["T1:U1"].value, table["U1"].number_format, table["T1"].color) == ([1, 2], "0.00", None)
    with pytest.raises(EngineError):
        table["A40"].paste("validation")
    app.cut_copy_mode = False
    assert app.cut_copy_mode is None


def test_a_range_is_copied_from_another(table):
    """All of it, or its values, formulas or formats."""
    table["E5"].copy_from(table["A1:C2"])
    assert table["G5"].formula == "=E5+F5"
    table["E10"].copy_from(table["A1:B2"], "values", transpose=True)
    assert table["E10:F11"].value == [[1, 4], [2, None]]
    assert table["E10"].color is None
    table["A20"].copy_from(table["A1:B2"], "formats")
    assert (table["A20"].color, table["A20"].value) == ((255, 0, 0), None)


def test_rows_are_sorted_by_several_columns(sheet):
    """Numbers before texts, blanks last, headers where they are; looks go along."""
    sheet["A1"].value = [["名", "数"], ["乙", 2], ["甲", 2], ["丙", 1], ["丁", None], ["戊", "x"]]
    sheet["B4"].color = (255, 0, 0)
    sheet["A1:B6"].sort([2], True, has_headers=True)
    assert sheet["B2:B6"].value == [1, 2, 2, "x", None]
    assert sheet["B2"].color == (255, 0, 0)
    sheet["A2:B4"].sort([2, 1], [False, True])
    assert sheet["B2:B4"].value == [2, 2, 1]
    sheet["D1"].value = [[3, 1, 1, 1], [3, 1, 1, 0], [3, 1, 0, 2], [2, 9, 9, 9]]
    sheet["D1:G4"].sort([1, 2, 3, 4])
    assert sheet["D1:G4"].value == [[2, 9, 9, 9], [3, 1, 0, 2], [3, 1, 1, 0], [3, 1, 1, 1]]


def test_one_formula_fills_a_range(app, sheet):
    """An array formula is read as it was written, from each of its cells."""
    sheet["A1"].value = [[1, 4], [2, 5], [3, 6]]
    sheet["D1:D3"].formula_array = "=A1:A3*B1:B3"
    assert sheet["D1:D3"].formula_array == "=A1:A3*B1:B3"
    assert (sheet["D1:D3"].has_array, sheet["A1"].has_array) == (True, False)
    sheet["E1"].formula = "=A1+1"
    assert sheet["E1"].formula_array == "=A1+1"
    sheet["E2"].formula2 = "=A2+1"
    assert sheet["E2"].formula2 == "=A2+1"
    if not is_closed_file(app):
        assert sheet["D1:D3"].value == [4, 10, 18]


def test_sheets_are_copied_and_moved(book, table):
    """A copy stands where it was put, under a name of its own; a moved sheet keeps its name."""
    copied = table.copy(name="副本")
    assert [sheet.name for sheet in book.sheets] == [table.name, "副本"]
    assert copied["A1:B1"].value == [1, 2]
    assert table.copy(before=table).name == f"{table.name} (2)"
    assert [sheet.name for sheet in book.sheets] == [f"{table.name} (2)", table.name, "副本"]
    book.sheets["副本"].move(before=book.sheets[0])
    book.sheets[f"{table.name} (2)"].move(after=book.sheets[2])
    assert [sheet.name for sheet in book.sheets] == ["副本", table.name, f"{table.name} (2)"]
    book.sheets["副本"].move(after=book.sheets[1])
    assert [sheet.name for sheet in book.sheets] == [table.name, "副本", f"{table.name} (2)"]


@pytest.mark.parametrize("member", ["insert", "delete", "sort", "copy_from", "paste", "move", "adjust_indent", "merge"])
def test_a_protected_sheet_is_left_as_it_is(app, ours, member):
    """What Excel refuses on a protected sheet is refused, by whatever member it is tried."""
    sheet = ours.sheets["三、依申请公开"]
    before = sheet["A1:D9"].value
    calls = {
        "insert": ("down",),
        "delete": ("up",),
        "sort": ([1],),
        "copy_from": (sheet["A1"],),
        "move": (sheet["J20"],),
        "adjust_indent": (1,),
    }
    with pytest.raises(EngineError) as refused:
        getattr(sheet["A6:D9"], member)(*calls.get(member, ()))
    assert refused.value.refusal in {Refusal.LOCKED_CELL, Refusal.LOCKED_LOOKS, Refusal.NOT_CALCULATED}
    assert sheet["A1:D9"].value == before


def test_cells_are_repeated_over_a_larger_range(sheet):
    """fill_copy repeats value and looks, in a closed file, too."""
    sheet["B2"].value, sheet["B2"].color = "字", (255, 0, 0)
    sheet["B2"].autofill(sheet["B2:B4"], "fill_copy")
    assert sheet["B2:B4"].value == ["字", "字", "字"]
    assert sheet["B4"].color == (255, 0, 0)


@pytest.mark.parametrize("app", ["openpyxl"], indirect=True)
@pytest.mark.parametrize(("cells", "kind"), [("B2:B4", "fill_series"), ("A2:B4", "fill_copy"), ("B2:B3", "fill_copy")])
def test_a_closed_file_repeats_whole_cells_only(app, sheet, cells, kind):
    """A series is not reckoned; what begins elsewhere, or is no multiple, is refused before anything is written."""
    source = sheet["B2:B3"] if cells == "B2:B4" else sheet["B2:B4"]
    source.value = [[1]] * source.shape[0]
    with pytest.raises(EngineError) as refused:
        source.autofill(sheet[cells], kind)
    assert refused.value.refusal is Refusal.UNSUPPORTED
    assert sheet["B5"].value is None


@pytest.mark.parametrize("call", [
    lambda cells: cells.insert("down"), lambda cells: cells.delete(), lambda cells: cells.move(cells.sheet["D9"]),
    lambda cells: cells.autofill(cells.sheet["A1:A9"]), lambda cells: cells.sheet.autofit(), lambda cells: cells.autofit(),
    lambda cells: cells.copy_picture(), lambda cells: cells.to_pdf("a.pdf"), lambda cells: cells.sheet.to_html("a.html"),
    lambda cells: cells.sheet.book.to_pdf("a.pdf"), lambda cells: cells.sheet.book.app.calculate(),
    lambda cells: cells.sheet.book.app.macro("Modul.Makro")(),
])  # fmt: skip
@pytest.mark.parametrize("app", ["openpyxl"], indirect=True)
def test_what_a_closed_file_cannot_do_is_refused(app, sheet, call, tmp_path, monkeypatch):
    """Nothing is drawn, printed, calculated or moved behind formulas' backs; each has its code."""
    assert is_closed_file(app)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(EngineError) as refused:
        call(sheet["A1"])
    assert refused.value.refusal in {Refusal.NOT_CALCULATED, Refusal.NOT_DRAWN, Refusal.UNSUPPORTED}
    assert list(tmp_path.glob("*")) == []
