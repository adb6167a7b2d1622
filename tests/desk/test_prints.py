"""What is printed: files' names whole, the units' numbers to be read, a table's heading once, percentage points as the change they are."""

from __future__ import annotations

import io
import re

import docx
import pytest
from openpyxl import load_workbook

from gk_xl.desk.book import summary
from gk_xl.desk.book.paper import FINDINGS, LEADER, UNITS, VALUES, YEARS
from gk_xl.desk.circular import circular
from gk_xl.desk.front import FIGURE_HEADS
from gk_xl.desk.page import page
from tests.desk.test_leader import FILINGS, LAST, WRONG, brief


@pytest.fixture(scope="module")
def found():
    return brief([WRONG, *FILINGS[:2]], [LAST[2], *LAST[:2]])


@pytest.fixture(scope="module")
def book(found):
    return load_workbook(io.BytesIO(summary(found)))


@pytest.mark.parametrize("name", [UNITS, FINDINGS])
def test_a_files_name_is_set_smaller_where_it_is_long(book, name):
    """LibreOffice breaks no link over lines: what does not fit is not printed."""
    sheet = book[name]
    head = next(cell for row in sheet.iter_rows(max_row=4) for cell in row if cell.value == "文件")
    told = sheet.cell(head.row + 1, head.column)
    assert told.value
    assert told.alignment.shrink_to_fit
    assert not told.alignment.wrap_text


def test_the_units_numbers_print_upright_as_many_pages_as_they_take(book):
    sheet = book[VALUES]
    assert sheet.page_setup.orientation == "portrait"
    assert sheet.page_setup.fitToWidth == 0
    assert sheet.page_setup.fitToHeight in (None, 1)  # one is what is not written
    assert {sheet.cell(4, column).alignment.textRotation for column in range(4, 20)} == {90}


def test_a_table_of_the_page_has_one_heading(found):
    shown = page(found).partition('<section id="sums">')[2].partition("</section>")[0]
    captions = re.findall(r"<caption.*?>(.*?)</caption>", shown)
    assert len(captions) == 3
    assert all(shown.count(caption) == 1 for caption in captions)


def test_a_share_changes_by_percentage_points(found, book):
    """They stand with their number, and a share has no growth."""
    change, growth = FIGURE_HEADS.index("增减"), FIGURE_HEADS.index("增幅")
    table = docx.Document(io.BytesIO(circular(found))).tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    shares = [row for row in rows if row[0].startswith(("公开率", "纠错率"))]
    assert [row for row in shares if row[change] != "—"]
    assert all(re.fullmatch(r"—|[+-]?[\d.]+个百分点", row[change]) and row[growth] == "—" for row in shares)
    line = re.search(r"<td>公开率（.*?</tr>", page(found)).group()
    assert re.search(r">[+-]?[\d.]+个百分点</td><td[^>]*>—</td>", line)
    for name in (LEADER, YEARS):
        cells = next(
            row for row in book[name].iter_rows() if any(str(cell.value).startswith("公开率（") for cell in row)
        )
        assert [cell.value for cell in cells if "个百分点" in cell.number_format]
        assert "百分点" not in "".join(str(cell.value) for cell in cells)
