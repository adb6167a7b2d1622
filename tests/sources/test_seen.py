"""What a reader of the file sees counts: not what is hidden, struck out, raised as the mark of a note, or shown as another number."""

from __future__ import annotations

import io
import random
import re
import zipfile

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from gk_xl.sources.document import LEFT_OUT
from gk_xl.sources.open import import_sources
from tests.sources.drawn import drawing_of, filing_of
from tests.sources.measure import judged
from tests.sources.writers import sheet, tidy_page, word_file

SEED, EACH = 7, 9
"""Every so manieth number is changed."""


def drawing(year=None):
    return drawing_of(filing_of("2021", SEED, year=year))


def read(folder, content, suffix, expected=None):
    """Return a file's import, and how it agrees with the drawing."""
    path = folder / f"年报{suffix}"
    path.write_bytes(content)
    imported = import_sources([path])
    return imported, judged(expected or drawing(), imported)


def changed(text, pattern, change):
    """Return a text with every so manieth match changed."""
    count = iter(range(10_000))
    made = re.sub(pattern, lambda match: match[0] if next(count) % EACH else change(match), text)
    assert made != text
    return made


# ---------------------------------------------------------------------- pages


@pytest.mark.parametrize(
    "more",
    [
        "<s>12</s>{}", "<del>12</del><ins>{}</ins>", "<span style='text-decoration: line-through'>12</span>{}",
        "<span hidden>12</span>{}", "<span class=old>12</span>{}", "<span class=gone>12</span>{}",
        "<p>{}<b><sup>1</sup></b></p>", "{}<span style='vertical-align:super'>1</span>", "<ruby>{}<rt>3</rt></ruby>",
        "{}<sub>1</sub>", "<font color='#ffffff'>1</font>{}", "<span style='color: white'>1</span>{}",
        "{}<span style='opacity: 0'>1</span>", "{}<span style='position:absolute;left:-9999px'>15</span>",
        "{}<i style='font-size:0'>1</i>", "<span class='tip shut'>1</span>{}",
    ],
)  # fmt: skip
def test_a_page_shows_no_digits_but_the_number(more, tmp_path):
    """Neither what is struck out or hidden, by a style sheet too, nor the mark of a note is part of the number."""
    page, _ = tidy_page(drawing(), random.Random(1))
    rules = "<style>@media print{td{display:none}} .old{display:none} .tip{display:block} .tip.shut{display:none} span.gone, i{text-decoration:line-through}</style>"
    page = changed(page.replace("</head>", f"{rules}</head>"), r"(?<=>)\d+(?=</td>)", lambda m: more.format(m[0]))
    imported, found = read(tmp_path, page.encode(), ".html")
    assert (found.right, found.broken) == (found.all, [])
    assert (LEFT_OUT in [note.message for note in imported.notes]) == any(
        word in more for word in ("<s>", "<del>", "through", "gone")
    )


def test_two_boxes_in_a_cell_are_two_numbers(tmp_path):
    """Beside one another, without a blank in the source: which of them is meant is asked."""
    page, _ = tidy_page(drawing(), random.Random(1))
    box = "<span style='display:inline-block'>{}</span>"
    page = changed(page, r"(?<=>)\d+(?=</td>)", lambda m: box.format(m[0]) + box.format(9))
    _, found = read(tmp_path, page.encode(), ".html")
    assert found.silent == []
    assert found.doubtful > 10


def test_an_article_that_a_script_is_to_show_is_read(tmp_path):
    """As accounts of a messenger publish it; a hidden tab beside one that is seen is not."""
    page, _ = tidy_page(drawing(), random.Random(1))
    hidden = page.replace("<body>", "<body><div id='js_content' style='visibility: hidden; opacity: 0; '>")
    imported, found = read(tmp_path, hidden.encode(), ".html")
    assert (found.right, found.broken) == (found.all, [])
    assert any("正文在网页里是隐藏的" in note.message for note in imported.notes)
    other, _ = tidy_page(drawing_of(filing_of("2021", 9, year=2024)), random.Random(1))
    body = re.search("<body>(.*)</body>", other, re.DOTALL)[1]
    tabs = page.replace(
        "<body>", f"<style>.t{{display:none}}.t.on{{display:block}}</style><div class=t>{body}</div><div class='t on'>"
    )
    _, found = read(tmp_path, tabs.encode(), ".html")
    assert (found.right, found.broken) == (found.all, [])


def test_rows_and_cells_that_a_page_hides_move_nothing(tmp_path):
    """Old rows, and cells that an editor keeps below a merged one."""
    page, _ = tidy_page(drawing(), random.Random(1))
    row = re.compile(r"<tr>(?=(?:(?!</tr>).)*>\d)(?:(?!</tr>).)*</tr>", re.DOTALL)
    page = changed(page, row, lambda m: m[0].replace("<tr>", "<tr style='display:none'>").replace(">0<", ">5<") + m[0])
    page = changed(page, r"\d+</td>", lambda m: f"{m[0]}<td style='display: none;'>88</td>")
    _, found = read(tmp_path, page.encode(), ".html")
    assert (found.right, found.broken) == (found.all, [])


def test_a_cell_that_is_struck_out_as_a_whole_is_asked_about(tmp_path):
    """Whether nothing holds there, or 0, nobody can tell."""
    page, _ = tidy_page(drawing(), random.Random(1))
    page = changed(page, r"(?<=>)\d+(?=</td>)", lambda m: f"<s>{m[0]}</s>")
    _, found = read(tmp_path, page.encode(), ".html")
    assert found.silent == []
    assert found.doubtful == found.all - found.right > 10


# ---------------------------------------------------------------------- Word files

STYLES = (
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:style w:type="character" w:styleId="old"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="note"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="notes"><w:basedOn w:val="note"/><w:rPr><w:sz w:val="12"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="loop"><w:basedOn w:val="pool"/><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="pool"><w:basedOn w:val="loop"/></w:style></w:styles>'
)


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("<w:r><w:rPr><w:strike/></w:rPr><w:t>12</w:t></w:r>", ""), ("<w:r><w:rPr><w:dstrike/></w:rPr><w:t>1</w:t></w:r>", ""),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>12</w:t></w:r>", ""),
        ("", '<w:r><w:rPr><w:position w:val="12"/><w:sz w:val="14"/></w:rPr><w:t>1</w:t></w:r>'),
        ("", '<w:r><w:rPr><w:vertAlign w:val="subscript"/></w:rPr><w:t>1</w:t></w:r>'),
        ('<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>1</w:t></w:r>', ""),
        ('<w:r><w:rPr><w:sz w:val="2"/></w:rPr><w:t>1</w:t></w:r>', ""),
        ('<w:r><w:rPr><w:rStyle w:val="old"/></w:rPr><w:t>12</w:t></w:r>', ""),
        ("", '<w:r><w:rPr><w:position w:val="-6"/></w:rPr><w:t>1</w:t></w:r>'),
        ("", '<w:r><w:rPr><w:color w:val="FEFEFE"/></w:rPr><w:t>1</w:t></w:r>'),
        ("", '<w:r><w:rPr><w:color w:val="DDEEFF"/><w:shd w:fill="DDEEFF"/></w:rPr><w:t>1</w:t></w:r>'),
        ("", '<w:r><w:rPr><w:rStyle w:val="notes"/></w:rPr><w:t>2</w:t></w:r>'),
        ("", '<w:r><w:rPr><w:rStyle w:val="pool"/></w:rPr><w:t>2</w:t></w:r>'),
        ("<w:r><w:ruby><w:rt><w:r><w:t>3</w:t></w:r></w:rt><w:rubyBase>", "</w:rubyBase></w:ruby></w:r>"),
    ],
    ids=["struck", "struck twice", "hidden", "raised", "lowered", "white", "tiny", "struck by a style", "set lower", "nearly white", "as its ground", "raised by a style's base", "white by it", "ruby"],
)  # fmt: skip
def test_a_word_file_shows_no_digits_but_the_number(before, behind, tmp_path):
    """As on a page."""
    content, _ = word_file(drawing(), random.Random(2))
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w") as package:
        document = source.read("word/document.xml").decode()
        number = r'(?<=<w:p>)<w:r><w:t xml:space="preserve">\d+</w:t></w:r>(?=</w:p></w:tc>)'
        package.writestr("word/styles.xml", STYLES)
        package.writestr("word/document.xml", changed(document, number, lambda m: before + m[0] + behind))
    _, found = read(tmp_path, made.getvalue(), ".docx")
    assert (found.right, found.broken) == (found.all, [])


# ---------------------------------------------------------------------- workbooks


def book(change, own=None):
    """Return somebody's workbook, changed."""
    made, buffer = load_workbook(io.BytesIO(sheet(own or drawing(), None)[0])), io.BytesIO()
    change(made)
    made.save(buffer)
    return buffer.getvalue()


def numbers(made):
    cells = [cell for row in made.active.iter_rows() for cell in row if isinstance(cell.value, float | int)]
    cells = [cell for cell in cells if cell.value == int(cell.value)]
    return cells[::EACH]


def rich(made, *, struck):
    for cell in numbers(made):
        own = InlineFont(strike=True) if struck else InlineFont(vertAlign="superscript")
        block, value = TextBlock(own, "12"), f"{cell.value:g}"
        cell.value = CellRichText(block, value) if struck else CellRichText(value, block)


@pytest.mark.parametrize("struck", [True, False], ids=["struck", "raised"])
def test_parts_of_a_cell_that_are_struck_out_or_raised_are_no_digits(struck, tmp_path):
    """As on a page."""
    _, found = read(tmp_path, book(lambda made: rich(made, struck=struck)), ".xlsx")
    assert (found.right, found.broken) == (found.all, [])


@pytest.mark.parametrize(
    ("look", "asked"),
    [
        ({"color": "FFFFFFFF"}, False),
        ({"vertAlign": "subscript"}, False),
        ({"sz": 6}, True),
        ({"sz": 11, "b": True}, None),
    ],
    ids=["white", "lowered", "small", "bold"],
)
def test_a_sign_behind_a_number_of_a_cell_is_never_its_last_digit(look, asked, tmp_path):
    """One in white or lowered is left out, a small one asked about; a bold digit is one."""

    def change(made):
        for cell in numbers(made):
            value = f"{cell.value:g}"
            number, sign = (value, "12") if asked is not None else (value[:-1], value[-1])
            cell.value = CellRichText(TextBlock(InlineFont(sz=11), number), TextBlock(InlineFont(**look), sign))

    _, found = read(tmp_path, book(change), ".xlsx")
    assert (found.silent, found.broken) == ([], [])
    assert found.right == found.all if not asked else found.all - found.right > 10


def formatted(code, times=1.0, less=0.0):
    def change(made):
        for cell in numbers(made):
            cell.value, cell.number_format = cell.value * times - less, code

    return change


def struck_cells(made):
    for cell in numbers(made):
        cell.font = Font(strike=True)


@pytest.mark.parametrize(
    "change",
    [formatted("0%", 0.01), formatted("#,##0,", 1000), formatted("0", less=0.4), struck_cells],
    ids=["per cent", "thousands", "rounded", "struck"],
)
def test_a_cell_that_shows_another_number_than_it_holds_is_asked_about(change, tmp_path):
    """1 % is not 0.01, and 67 not 66.6: which of them is meant the clerk says."""
    _, found = read(tmp_path, book(change), ".xlsx")
    assert found.silent == []
    assert found.doubtful > 5


@pytest.mark.parametrize(
    "code", ["0", "#,##0", '0"件"', "0;-0;;@", "[Red]0.00", "General", "@", '_(* #,##0_);_(* "-"_)']
)
def test_formats_that_show_what_a_cell_holds_ask_nothing(code, tmp_path):
    """Digits grouped, with a unit, in red."""
    _, found = read(tmp_path, book(formatted(code)), ".xlsx")
    assert (found.right, found.doubtful, found.broken) == (found.all, 0, [])


def with_another(made, state, year):
    """Put another year's report on a sheet before."""
    other = load_workbook(io.BytesIO(sheet(drawing_of(filing_of("2021", 9, year=year)), None)[0])).active
    page = made.create_sheet(str(year), 0)
    for row in other.iter_rows():
        for cell in row:
            page.cell(cell.row, cell.column, cell.value)
    page.sheet_state = state
    made.active = 1


def test_a_hidden_sheet_is_no_part_of_the_report(tmp_path):
    """Last year's, kept out of sight."""
    _, found = read(tmp_path, book(lambda made: with_another(made, "hidden", 2021)), ".xlsx")
    assert (found.right, found.broken) == (found.all, [])


def test_of_reports_of_several_years_the_newest_is_read(tmp_path):
    """Their texts are not mixed, and the others' sheets are named."""
    own = drawing(year=2023)
    imported, found = read(tmp_path, book(lambda made: with_another(made, "visible", 2022), own), ".xlsx", own)
    assert (found.right, found.broken) == (found.all, [])
    assert any("2023 年的" in note.message and "2022没有读" in note.message for note in imported.notes)


def test_hidden_rows_of_a_sheet_are_not_read(tmp_path):
    """One that nobody sees is not found."""

    def change(made):
        row = next(cell.row for cell in made.active["B"] if cell.value == "（一）予以公开")
        made.active.row_dimensions[row].hidden = True

    _, found = read(tmp_path, book(change), ".xlsx")
    assert found.silent == []
    assert found.missing == 7


def test_numbers_of_a_column_without_a_head_behind_the_last_are_left(tmp_path):
    """A column in which somebody checks the sums: the row is read by its heads, and doubtful."""

    def change(made):
        for row in made.active.iter_rows():
            if sum(isinstance(cell.value, float | int) for cell in row[:10]) == 7 and row[9].value is not None:
                made.active.cell(row[0].row, 11, 0)

    _, found = read(tmp_path, book(change), ".xlsx")
    assert (found.right, found.broken) == (found.all, [])
