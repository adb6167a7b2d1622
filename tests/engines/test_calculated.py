"""What the formulas of a closed file came to is read without reading all of the file a second time."""

from __future__ import annotations

import datetime as dt
import re
from io import BytesIO
from zipfile import ZipFile

import pytest
import xlsxwriter
from openpyxl import load_workbook

from gk_xl.engines import openpyxl

VALUES = (7, 2.5, "字", "=1+1", " 空 ", True, False, "#N/A", "#DIV/0!", 0, 45658, "")


def made(dimension: str) -> bytes:
    """Return a workbook with formulas of every kind of value, on two sheets, that says of itself it is so large."""
    data = BytesIO()
    with xlsxwriter.Workbook(data) as book:
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        for title in ("二、主动公开", "b"):
            sheet = book.add_worksheet(title)
            for row, value in enumerate(VALUES):
                sheet.write_formula(row * 3, row, "=Z1", date if value == 45658 else None, value)
                sheet.write(row * 3, row + 1, "beside")
            sheet.write_array_formula("D40:D41", "{=Z1:Z2}", None, 9)
        book.add_worksheet("leer")
    changed = BytesIO()
    with ZipFile(data) as old, ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = re.sub(rb"<dimension [^>]*>", dimension.encode(), content)
            new.writestr(name, content)
    return changed.getvalue()


@pytest.mark.parametrize("dimension", ["", '<dimension ref="A1"/>', '<dimension ref="A1:XFD1048576"/>'])
def test_every_formula_has_the_value_that_openpyxl_reads(tmp_path, dimension):
    """Numbers, texts, errors, dates, arrays: as in a workbook read whole, whatever the file says of its size."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(made(dimension))
    book, whole, compared = openpyxl.App().books.open(str(path)), load_workbook(path, data_only=True), []
    for sheet in book.file.worksheets:
        for (row, column), cell in sheet._cells.items():
            if cell.data_type == "f":
                found, wanted = (file[sheet.title].cell(row, column).value for file in (book.values, whole))
                found = book.dated(found, cell.number_format)
                assert (type(found), found) == (type(wanted), wanted), (sheet.title, cell.coordinate)
                compared.append(found)
    assert len(compared) >= 2 * (len(VALUES) + 1)
    assert any(isinstance(value, dt.datetime) for value in compared)
