"""Signs beside a number that are none of it: left out and said, or asked about."""

from __future__ import annotations

import io
import random

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from gk_xl.sources.marks import circled, unmarked
from gk_xl.sources.open import import_sources
from tests.sources.test_seen import book, changed, drawing, numbers, read
from tests.sources.writers import tidy_page

NUMBER = r"(?<=>)\d+(?=</td>)"


@pytest.mark.parametrize(
    "more",
    [
        "{}²",
        "{}⑥",
        "{} ⑥",
        "{}①②",
        "{}*",
        "{}※",
        "※{}",
        "{}[1]",
        "{}［注2］",
        "〔注〕{}",
        "{}注",
        "{} 注1",
        "{}¹⁾",
        "{}件③",
        "{}*1",
        "{}❶",
    ],
)
def test_marks_behind_a_number_are_left_out_and_that_is_said(more, tmp_path):
    """Whatever the sign is."""
    page, _ = tidy_page(drawing(), random.Random(1))
    page = changed(page, NUMBER, lambda m: more.format(m[0]))
    imported, found = read(tmp_path, page.encode(), ".html")
    assert (found.right, found.broken) == (found.all, [])
    assert sum("是标记，未计" in note.message for note in imported.notes) > 10


@pytest.mark.parametrize("text", ["△24", "▲24", "③5", "5 3", "2̶1̶", "①②", "表3②则", "24a", "第2项", "2023年*"])
def test_what_may_be_something_else_stays(text):
    """A triangle is a minus before an amount; two numbers are two."""
    assert unmarked(text) == (text, "")


def test_a_circled_figure_alone_is_the_number_and_asked_about(tmp_path):
    """It may be the mark of a note in a cell that was left blank."""
    page, _ = tidy_page(drawing(), random.Random(1))
    page = changed(page, r"(?<=>)[1-9](?=</td>)", lambda m: chr(ord("①") + int(m[0]) - 1))
    _, found = read(tmp_path, page.encode(), ".html")
    assert found.silent == []
    assert [circled(text) for text in "①⑳⑴❿㈠"] == [1, 20, 1, 10, 1]
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    filing = import_sources([path]).filing
    assert all(isinstance(filing.cells[cell], int) for cell in filing.doubts)
    assert any("带圈" in doubt.reason for doubt in filing.doubts.values())


def parted(made, *, own):
    """Have numbers stand behind old ones that are struck out, in cells whose font strikes out as well."""
    for cell in numbers(made):
        look = InlineFont(sz=10) if own else InlineFont(sz=10, strike=False)
        old = TextBlock(InlineFont(strike=True), "12") if own else "12"
        cell.value, cell.font = CellRichText(old, TextBlock(look, f" {cell.value:g}")), Font(strike=True)


@pytest.mark.parametrize("own", [True, False])
def test_what_a_part_of_a_cell_says_goes_before_the_font_of_the_cell(own, tmp_path):
    """LibreOffice gives a cell the font of its first part."""
    _, found = read(tmp_path, book(lambda made: parted(made, own=own)), ".xlsx")
    assert (found.right, found.broken) == (found.all, [])
    whole = io.BytesIO(book(lambda made: [setattr(cell, "font", Font(strike=True)) for cell in numbers(made)]))
    _, found = read(tmp_path, whole.getvalue(), ".xlsx")
    assert found.silent == []
    assert found.doubtful > 10


def test_letters_that_recognition_takes_digits_for_are_asked_about(tmp_path):
    """The number as the picture most likely shows it."""
    page, _ = tidy_page(drawing(), random.Random(1))
    page = changed(page, r"(?<=>)\d*1\d+(?=</td>)", lambda m: m[0].replace("0", "O").replace("1", "l"))
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    filing, whole = import_sources([path]).filing, tidy_page(drawing(), random.Random(1))[0]
    path.write_text(whole, encoding="utf-8")
    wanted = import_sources([path]).filing.cells
    assert {c: v for c, v in filing.cells.items() if isinstance(v, int)} == {
        c: v for c, v in wanted.items() if isinstance(filing.cells[c], int)
    }
    assert sum("识别错的数字" in doubt.reason for doubt in filing.doubts.values()) >= 2


@pytest.mark.parametrize("look", [{"number_format": ";;;"}, {"font": Font(color="FFFFFFFF")}])
def test_a_number_of_a_sheet_that_is_not_seen_is_asked_about(look, tmp_path):
    """What is printed is a blank cell."""
    name, value = next(iter(look.items()))
    _, found = read(tmp_path, book(lambda made: [setattr(cell, name, value) for cell in numbers(made)]), ".xlsx")
    assert found.silent == []
    assert found.doubtful > 10
