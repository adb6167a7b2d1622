"""What takes an application: moving cells behind formulas, filling on, pages, macros."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from gk_xl.engines.core.errors import EngineError, Refusal
from tests.engines.conftest import when

pytestmark = pytest.mark.application


@pytest.fixture
def desk(office):
    made = office.books.add()
    yield made
    made.close()


@pytest.fixture
def paper(desk):
    return desk.sheets[0]


def test_cells_are_inserted_and_formulas_follow(paper):
    """Cells, whole rows and whole columns; the new ones look like those above, or below."""
    paper["A1"].value = [[1, 2], [3, 4], [None, "=A1+A2"]]
    paper["A1"].color, paper["A2"].color = (255, 0, 0), (0, 0, 255)
    paper["A2"].insert("down")
    assert paper["A1:A3"].value == [1, None, 3]
    assert paper["B3"].formula == "=A1+A3"
    assert (paper["A2"].color, paper["A3"].color) == ((255, 0, 0), (0, 0, 255))
    paper["2:2"].insert("down", copy_origin="format_from_right_or_below")
    assert paper["A1:A4"].value == [1, None, None, 3]
    paper["A:A"].insert("right")
    assert paper["B1"].value == 1
    assert paper["C4"].formula == "=B1+B4"
    paper["B1"].insert("right")
    assert paper["B1:D1"].value == [None, 1, 2]


def test_cells_are_deleted_and_formulas_follow(paper):
    """Up, to the left, whole rows and columns."""
    paper["A1"].value = [[1, 2, 3], [4, 5, 6], [7, 8, "=SUM(A1:A3)"]]
    paper["A2"].delete("up")
    assert paper["A1:A3"].value == [1, 7, None]
    assert paper["C3"].value == 8
    paper["A1"].delete("left")
    assert paper["A1:C1"].value == [2, 3, None]
    paper["1:1"].delete()
    assert paper["B1"].value == 5
    paper["B:B"].delete()
    assert paper["B1"].value == 6


def test_moved_cells_take_formulas_along(paper):
    """What speaks of them speaks of their new place."""
    paper["A1"].value = [[1, 2, "=A1+B1"]]
    paper["A1:B1"].move(paper["D5"])
    assert paper["A1:B1"].value == [None, None]
    assert (paper["D5:E5"].value, paper["C1"].formula) == ([1, 2], "=D5+E5")


def test_a_note_is_wide_enough_to_read(paper):
    """LibreOffice makes it 29 mm wide and as long as that takes, past the window."""
    paper["A1"].add_note("总计填 14，各类申请人合计 6，多 8。请核对这一行的各个数和总计。\n" * 3)
    paper["A2"].add_note("核对")
    long, short = (paper[cell].impl.note.api.getAnnotationShape().getSize() for cell in ("A1", "A2"))
    assert long.Width == short.Width > 60 * 100
    assert short.Height < long.Height < 40 * 100


def test_references_to_what_is_gone_read_as_in_the_file(desk, paper, tmp_path):
    """A cell, a column, a row, a sheet that was deleted: the formula says #REF!, as the file will."""
    other = desk.sheets.add("乙", after=paper)
    third = desk.sheets.add("丙", after=other)
    other["A1"].value, third["A1"].value = 1, 2
    formulas = ['=IF(COUNT(A1:A2,B7)=2,(A2+B7),"#REF!")', "=SUM(A5:A6)+F1", "=SUM(丙!A1:B2)*丙!A1", "=F1+SUM(F1:F2)"]
    for row, formula in enumerate(formulas, 1):
        paper[f"J{row}"].formula = formula
    other["A1"].formula = f"={paper.name}!F1+{paper.name}!A1"
    paper["B7"].delete("up")
    paper["F:F"].delete()
    paper["5:6"].delete()
    third.delete()
    shown = [row[0] for row in paper["I1:I4"].formula] + [other["A1"].formula]
    assert shown[:3] == ['=IF(COUNT(A1:A2,#REF!)=2,(A2+#REF!),"#REF!")', "=SUM(#REF!)+#REF!", "=SUM(#REF!)*#REF!"]
    assert shown[3:] == ["=#REF!+SUM(#REF!)", f"=#REF!+{paper.name}!A1"]
    desk.save(tmp_path / "关系.xlsx")
    saved = openpyxl.load_workbook(tmp_path / "关系.xlsx")
    assert [saved[paper.name].cell(row, 9).value for row in range(1, 5)] + [saved["乙"]["A1"].value] == shown


def test_references_beyond_the_edge_read_as_in_the_file(desk, paper, tmp_path):
    """A formula copied upwards or to the left looks for its cells where there are none: #REF!, as the file will say."""
    paper["C9"].formula, paper["D9"].formula = '=IF(COUNT(B3:B4)=2,(B3+B4),"")', "=SUM($A3:D$4)+A1"
    paper["C9"].copy(paper["C5"])
    paper["D9"].copy(paper["A9"])
    paper["D9"].copy(paper["D2"])
    shown = [paper[cell].formula for cell in ("C5", "A9", "D2", "C9")]
    assert shown[0] == '=IF(COUNT(#REF!)=2,(#REF!+#REF!),"")'
    assert shown[1:] == ["=SUM($A3:A$4)+#REF!", "=SUM(#REF!)+#REF!", '=IF(COUNT(B3:B4)=2,(B3+B4),"")']
    desk.save(tmp_path / "关系.xlsx")
    saved = openpyxl.load_workbook(tmp_path / "关系.xlsx")[paper.name]
    assert [saved[cell].value for cell in ("C5", "A9", "D2", "C9")] == shown


@pytest.mark.parametrize(
    ("start", "kind", "filled"),
    [
        ([[1]], "fill_default", [1, 1, 1]),
        ([[1]], "fill_series", [1, 2, 3]),
        ([[1], [3]], "fill_default", [1, 3, 5]),
        ([[2], [4]], "growth_trend", [2, 4, 8]),
        ([["字"]], "fill_copy", ["字", "字", "字"]),
        ([[when(2026, 1, 30)]], "fill_days", [when(2026, 1, day) for day in (30, 31)] + [when(2026, 2, 1)]),
        ([[when(2026, 1, 30)]], "fill_weekdays", [when(2026, 1, 30), when(2026, 2, 2), when(2026, 2, 3)]),
        ([[when(2025, 3, 1)]], "fill_years", [when(year, 3, 1) for year in (2025, 2026, 2027)]),
        ([[when(2025, 3, 1)]], "fill_months", [when(2025, month, 1) for month in (3, 4, 5)]),
    ],
)  # fmt: skip
def test_cells_are_filled_on(paper, start, kind, filled):
    """A number alone is repeated, two are a series, dates go on by days, weekdays, months or years."""
    paper["B2"].value = start
    source = paper["B2"].resize(len(start), 1)
    source.autofill(paper["B2:B4"], kind)
    assert paper["B2:B4"].value == filled


def test_formats_and_values_are_filled_on_apart(paper):
    """fill_formats leaves values, fill_values leaves looks; formulas go along to the right and upwards."""
    paper["C5"].value, paper["C5"].color = 7, (255, 0, 0)
    paper["C6"].value = 1
    paper["C5"].autofill(paper["C5:C6"], "fill_formats")
    assert (paper["C6"].value, paper["C6"].color) == (1, (255, 0, 0))
    paper["C5"].autofill(paper["C5:E5"], "fill_values")
    assert (paper["C5:E5"].value, paper["E5"].color) == ([7, 7, 7], None)
    paper["C8"].formula = "=A1+$B$1"
    paper["C8"].autofill(paper["C8:D8"])
    assert paper["D8"].formula == "=B1+$B$1"
    paper["C5"].autofill(paper["C3:C5"], "fill_copy")
    assert paper["C3:C5"].value == [7, 7, 7]
    with pytest.raises(EngineError, match="flash_fill"):
        paper["C5"].autofill(paper["C5:C6"], "flash_fill")
    with pytest.raises(ValueError, match="one way"):
        paper["C5"].autofill(paper["D5:D9"])


def test_rows_and_columns_fit_their_content(paper):
    """A long text widens its column; lines heighten their row."""
    paper["B2"].value = "很长很长很长很长很长很长的一句话"
    narrow = paper["B2"].column_width
    paper["B2"].columns.autofit()
    assert paper["B2"].column_width > narrow
    paper["C3"].value = "一\n二\n三"
    paper["C3"].wrap_text = True
    paper["C3"].row_height = 12
    paper["C3"].rows.autofit()
    assert paper["C3"].row_height > 30
    paper["B:B"].column_width = 5
    paper.autofit("columns")
    assert paper["B2"].column_width > narrow
    paper.autofit()
    paper["B2:C3"].autofit()


def test_pages_are_written(desk, paper, tmp_path):
    """A book, one sheet, a range: each a PDF; hidden sheets are left out."""
    paper["A1"].value = "第一张"
    other = desk.sheets.add("二", after=paper)
    other["A1"].value = "第二张"
    paths = [
        desk.to_pdf(tmp_path / "book.pdf"),
        other.to_pdf(tmp_path / "sheet.pdf", quality="minimum"),
        paper["A1:B2"].to_pdf(tmp_path / "range.pdf"),
    ]
    pages = [Path(path).read_bytes() for path in paths]
    assert all(page.startswith(b"%PDF") for page in pages)
    assert [
        page.count(b"/Type/Page/") + page.count(b"/Type/Page\n") + page.count(b"/Type /Page\n") for page in pages
    ] == [2, 1, 1]
    assert (paper.visible, other.visible) == (True, True)


def test_a_sheet_as_a_web_page(paper, tmp_path):
    """What is seen stands in the page."""
    paper["B2"].value = "公开"
    paper.to_html(tmp_path / "page.html")
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "公开" in text
    assert "<table" in text


def test_a_range_as_a_picture(office, paper, tmp_path):
    """In a file, and in the clipboard, where nothing but the picture is."""
    paper["A1:C4"].color = (255, 0, 0)
    paper["A1:C4"].impl.to_png(str(tmp_path / "range.png"))
    assert (tmp_path / "range.png").read_bytes().startswith(b"\x89PNG")
    paper["A1:C4"].copy_picture()
    name = "com.sun.star.datatransfer.clipboard.SystemClipboard"
    content = office.impl.context.ServiceManager.createInstanceWithContext(name, office.impl.context).getContents()
    (flavour,) = content.getTransferDataFlavors()
    assert flavour.MimeType == "image/png"
    assert content.getTransferData(flavour).value.startswith(b"\x89PNG")


def test_macros_are_run_by_their_names(office, desk):
    """A function in Basic takes arguments and returns a value; one that is not there is refused."""
    libraries = desk.api.BasicLibraries
    if not libraries.hasByName("Standard"):
        libraries.createLibrary("Standard")
    libraries.getByName("Standard").insertByName("Rechnen", "Function Doppelt(n)\nDoppelt = 2 * n\nEnd Function\n")
    assert desk.macro("Rechnen.Doppelt")(21) == 42
    with pytest.raises(EngineError) as refused:
        office.macro("Rechnen.Nichts")()
    assert refused.value.refusal is Refusal.REFUSED


def test_the_application_tells_of_itself(office, desk):
    """Its folder, its process, how it calculates."""
    assert (Path(office.path) / "soffice.bin").exists()
    assert office.pid in list(xw.engines["libreoffice"].apps.keys())
    office.calculation = "manual"
    assert office.calculation == "manual"
    office.calculation = "automatic"
    desk.sheets[0]["A1"].formula = "=1+1"
    office.calculate()
    assert desk.sheets[0]["A1"].value == 2
    assert office.version.major >= 7
    with pytest.raises(EngineError) as refused:
        office.alert("问")
    assert refused.value.refusal is Refusal.NO_WINDOW


def test_a_print_area_of_the_file_makes_room_for_the_new_one(desk, paper, tmp_path):
    """Saved once, not twice: LibreOffice keeps the name that it read beside the areas that it was given since."""
    paper["A1"].value = 1
    paper.page_setup.print_area = "$A$1:$B$6"
    desk.save(tmp_path / "区域.xlsx")
    (tmp_path / "再开.xlsx").write_bytes((tmp_path / "区域.xlsx").read_bytes())
    kept = desk.app.books.open(tmp_path / "再开.xlsx")
    kept.sheets[0].page_setup.print_area = "$A$1:$B$9"
    kept.save(tmp_path / "存.xlsx")
    kept.close()
    with zipfile.ZipFile(tmp_path / "存.xlsx") as package:
        book = package.read("xl/workbook.xml").decode()
    assert re.findall(r"Print_Area[^>]*>([^<]*)", book) == ["Sheet1!$A$1:$B$9"]


def test_cells_of_columns_that_nobody_wrote_to_are_read_alone(desk, paper, tmp_path):
    """Beyond the columns that it keeps, LibreOffice answers for the last one it keeps: what stands there is not there."""
    paper["A2"].value = ["日期", when(2026, 1, 12)]
    desk.save(tmp_path / "日期.xlsx")
    (tmp_path / "再开.xlsx").write_bytes((tmp_path / "日期.xlsx").read_bytes())
    kept = desk.app.books.open(tmp_path / "再开.xlsx")
    held = kept.sheets[0]
    assert held["V1:V5"].value == [None] * 5
    assert held["V2:X3"].value == [[None] * 3] * 2
    assert held["V2"].value is None
    assert held["A2:B2"].value == ["日期", when(2026, 1, 12)]
    kept.close()
