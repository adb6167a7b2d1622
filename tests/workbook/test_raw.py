"""Reading a workbook's XML: whatever other programs write, and no further than a form can reach."""

from __future__ import annotations

import datetime as dt
import io
import re
import resource
import zipfile
from functools import cache

import pytest
from python_calamine import CalamineWorkbook

from gk_xl.checks.run import check
from gk_xl.form.filing import Filing, Unit
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.files import open_package
from gk_xl.workbook.layout import layout
from gk_xl.workbook.raw import MOST_COLUMNS, MOST_ROWS, RawWorkbook
from gk_xl.workbook.read import read_workbook
from gk_xl.workbook.values import is_date_format, moment, unescaped

TABLE = "三、依申请公开"
CELL = "t3.granted.total"


@cache
def zeros():
    """Return the bytes of a workbook with 0 in every cell."""
    blank = Filing.blank(2025, Unit("示例乡人民政府", "township", "我乡", "示例县"))
    return build_workbook(blank.with_cells(dict.fromkeys(blank.cells, 0)))


@pytest.fixture
def rewritten(tmp_path):
    """Build a workbook of zeros and change the XML of parts; return its path."""

    def change(*changes, filing=None):
        source = zipfile.ZipFile(io.BytesIO(build_workbook(filing) if filing else zeros()))
        path = tmp_path / "年报.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                text = source.read(name)
                for part, pattern, new in changes:
                    if name == part:
                        text, count = re.subn(pattern, new, text.decode())
                        assert count
                        text = text.encode()
                target.writestr(name, text)
        return path

    return change


def part_of(title):
    """Return the part that holds a sheet."""
    return RawWorkbook(zipfile.ZipFile(io.BytesIO(zeros()))).members[title]


ADDRESS = layout("2021", "2021").names[CELL].address


def test_values_are_those_that_calamine_reads(rewritten):
    """An independent reader agrees on every sheet: numbers, texts, dates, booleans, blanks."""
    example = Filing.blank(2025, Unit("示例乡人民政府", "township", "我乡", "示例县"))
    cells = {name: number % 7 for number, name in enumerate(example.cells)} | {"t2.admin_fee.amount": 1.5, CELL: "三件"}
    filing = Filing(**{**example.with_cells(cells).__dict__, "deadline": "2026-01-31"})
    path = rewritten(filing=filing)
    raw = RawWorkbook(open_package(path))
    other = CalamineWorkbook.from_path(str(path))
    for title in raw.members:
        rows = other.get_sheet_by_name(title).to_python(skip_empty_area=False)
        theirs = {(r, c): v for r, row in enumerate(rows) for c, v in enumerate(row) if v != ""}
        ours = {(r, c): v for r, row in enumerate(raw.values(title)) for c, v in enumerate(row) if v is not None}
        assert {place: value.date() if isinstance(value, dt.datetime) else value for place, value in ours.items()} == {
            place: value.date() if isinstance(value, dt.datetime) else value for place, value in theirs.items()
        }


@pytest.mark.parametrize("title", [TABLE, "使用说明", "校验结果"])
@pytest.mark.parametrize("address", ["XFD1048576", "A1048576", "XFD2"])
def test_a_cell_at_the_end_of_a_sheet_costs_nothing_and_is_told(rewritten, title, address):
    """Memory stays that of the form; one finding names the cell, and the numbers are read as they stand."""
    row = re.search(r"\d+", address)[0]
    stray = f'<row r="{row}"><c r="{address}"><v>1</v></c></row>'
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reading = read_workbook(rewritten((part_of(title), "</sheetData>", f"{stray}</sheetData>")))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000
    assert reading.filing.number(CELL) == 0
    (found,) = [finding for finding in reading.findings if finding.code == "I-09"]
    assert (found.where.address, address in found.message) == (address, True)


def test_a_foreign_sheet_is_not_read_however_large(rewritten):
    """A clerk's own sheet may hold anything, even what is no XML."""
    sheet = '<sheet name="我的台账" sheetId="99" r:id="rId99"/></sheets>'
    relation = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/none.xml"/></Relationships>'
    )
    path = rewritten(
        ("xl/workbook.xml", "</sheets>", sheet), ("xl/_rels/workbook.xml.rels", "</Relationships>", relation)
    )
    assert read_workbook(path).filing.number(CELL) == 0


def test_cells_without_their_address_are_read_in_order(rewritten):
    """The address of a cell is optional in OOXML (18.3.1.4)."""
    part = part_of(TABLE)
    filing = Filing.blank(2025).with_cells({CELL: 7, "t3.received_new.total": 3})
    plain = read_workbook(rewritten(filing=filing))
    bare = rewritten((part, r'<c r="[A-Z]+\d+"', "<c"), (part, r'<row r="\d+"', "<row"), filing=filing)
    # XlsxWriter leaves out cells without content; put the gaps back is what a writer without addresses must do.
    raw = RawWorkbook(open_package(bare))
    assert sorted(str(cell.value) for cell in raw.sheet(TABLE).cells.values()) == sorted(
        str(cell.value) for cell in RawWorkbook(open_package(rewritten(filing=filing))).sheet(TABLE).cells.values()
    )
    assert plain.filing.number(CELL) == 7


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#REF!", "#SPILL!", "#CALC!"])
def test_an_error_value_is_called_what_it_is(rewritten, error):
    """Never “not filled in”: the finding names the cell, the value, and what to do."""
    path = rewritten(
        (part_of(TABLE), rf'(<c r="{ADDRESS}"[^>]*)><v>0</v></c>', rf'\1 t="e"><v>{error}</v></c>'),
    )
    reading = read_workbook(path)
    assert reading.filing.value(CELL) == error
    findings = [found for found in check(reading.filing).findings if CELL in found.cells]
    assert [found.code for found in findings] == ["E-06"]
    assert error in findings[0].message
    assert "没有填" not in findings[0].message
    assert reading.where(findings[0]).address == ADDRESS


def test_an_unknown_error_value_is_a_text(rewritten):
    """A later Excel may have more of them: the workbook is read all the same."""
    change = (part_of(TABLE), rf'(<c r="{ADDRESS}"[^>]*)><v>0</v></c>', r'\1 t="e"><v>#PYTHON!</v></c>')
    assert read_workbook(rewritten(change)).filing.value(CELL) == "#PYTHON!"


@pytest.mark.parametrize(
    ("number", "held"), [("1e400", "1e400"), ("-1E+999", "-1E+999"), ("1e300", "1e+300"), ("NaN", "NaN")]
)
def test_a_number_that_cannot_be_is_a_text_that_is_found(rewritten, number, held):
    """Before any arithmetic."""
    change = (part_of(TABLE), rf'(<c r="{ADDRESS}"[^>]*)><v>0</v></c>', rf"\1><v>{number}</v></c>")
    reading = read_workbook(rewritten(change))
    assert reading.filing.value(CELL) == held
    assert "E-07" in {found.code for found in check(reading.filing).findings}


def test_a_name_that_points_beyond_the_form_counts_as_lost(rewritten):
    """It is told, and the number is read where it belongs."""
    column, row = re.fullmatch(r"([A-Z]+)(\d+)", ADDRESS).groups()
    change = ("xl/workbook.xml", rf"\$?{column}\$?{row}(</definedName>)", r"$XFD$1048576\1")
    reading = read_workbook(rewritten(change))
    assert reading.filing.number(CELL) == 0
    assert "I-04" in {finding.code for finding in reading.findings}


def test_limits_leave_room():
    """A sheet with many inserted rows is still read."""
    assert MOST_ROWS >= 500
    assert MOST_COLUMNS >= 100


@pytest.mark.parametrize(
    ("code", "dated"),
    [("yyyy-mm-dd", True), ('yyyy"年"m"月"d"日"', True), ("[$-804]aaaa", False), ("h:mm", True), ("[h]:mm:ss", True), ("[Red]0", False), ("General", False),
     ("#,##0.00", False), ("0.00E+00", False), ('0"days"', False), ("@", False), ("[DBNum1]yyyy", True), (r"0\d", False)],
)  # fmt: skip
def test_formats_that_show_dates(code, dated):
    """Quoted and escaped letters, colours and conditions are none."""
    assert is_date_format(code) is dated


def test_serial_numbers():
    """From 1900 and from 1904; what is no day of our time stays the number that was typed."""
    assert moment(46032) == dt.datetime(2026, 1, 10)  # noqa: DTZ001
    assert moment(46032 - 1462, since_1904=True) == dt.datetime(2026, 1, 10)  # noqa: DTZ001
    assert moment(46032.9999999) == dt.datetime(2026, 1, 10, 23, 59, 59)  # noqa: DTZ001
    for number in (-1.0, 0.0, 0.5, 1.0, 59.0, 60.0, 61.0, 2025.0, 19_999.0, 80_000.0, 1e9):
        assert moment(number) == number


def test_escaped_characters():
    """_xHHHH_ is a character; an escaped underscore keeps the rest from being one."""
    assert unescaped("a_x0007_b") == "a\x07b"
    assert unescaped("_x005F_x0007_") == "_x0007_"
    assert unescaped("_xD83D__xDE00_") == "\U0001f600"
    assert unescaped("_xD83D_") == "\ufffd"
