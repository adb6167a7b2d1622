"""Reports in the manner of county pages, Word files and PDFs: slips and habits in labels, heads and pages that real ones have."""

from __future__ import annotations

import io
import random
import re
import zipfile

import pytest

from gk_xl.form.load import edition_ids, load_edition
from gk_xl.sources.document import Box, Grid
from gk_xl.sources.formats.delimited import parted
from gk_xl.sources.formats.pdf_continued import regridded
from gk_xl.sources.labels import fold
from gk_xl.sources.open import import_sources
from tests.sources.drawn import Cell, Drawn, all_in_one, drawing_of, drawn, filing_of, once
from tests.sources.drawn import _flat as flat
from tests.sources.measure import judged
from tests.sources.writers import TEXTS, bold_markdown, commas, scripted_page, sheet, tidy_page, word_file

NEWEST = edition_ids()[-1]
ROUND, BRACKETED = "①②③④⑤⑥⑦⑧", "㈠㈡㈢㈣㈤㈥㈦"


def block_of(drawing, table):
    """Return a drawing's table."""
    return next(block for block in drawing.blocks if isinstance(block, Drawn) and block.table == table)


def relabelled(drawing, change):
    """Change every text of the tables that is no number."""
    for block in drawing.blocks:
        if isinstance(block, Drawn):
            block.rows = [
                [
                    Cell(c.text if c.text[:1].isdigit() and len(c.text) < 5 else change(c.text), c.rows, c.columns)
                    for c in row
                ]
                for row in block.rows
            ]


def read_back(folder, drawing, writer=tidy_page):
    """Return what came of a drawing written by a writer, and how well."""
    content, suffix = writer(drawing, random.Random(1))
    path = folder / f"年报{suffix}"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    imported = import_sources([path])
    return imported, judged(drawing, imported)


def signs(text):
    """Ordinals of one sign."""
    text = re.sub(r"^(\d)\.", lambda found: ROUND[int(found[1]) - 1], text)
    return re.sub(r"^（([一二三四五六七])）", lambda found: BRACKETED["一二三四五六七".index(found[1])], text)


def footnotes(text):
    """Marks of notes behind labels and heads."""
    marks = {
        "总计": "*",
        "（三）不予公开": "①",
        "法律服务机构": "[1]",
        "行政许可": "注",
        "其他结果": "（注2）",
        "自然人": "※",
    }
    return text + marks.get(text, "")


def other_words(text):
    """合计 for 总计, 其它 for 其他."""
    return text.replace("总计", "合计").replace("其他", "其它")


@pytest.mark.variants(2)
@pytest.mark.parametrize("change", [signs, footnotes, other_words], ids=lambda item: item.__name__)
@pytest.mark.parametrize("edition", edition_ids())
def test_labels_as_people_write_them(tmp_path, edition, change):
    """Every cell comes back, and no number of one row stands in another."""
    drawing = drawing_of(filing_of(edition, 21))
    relabelled(drawing, change)
    _, found = read_back(tmp_path, drawing)
    assert (found.right, found.silent, found.broken) == (found.all, [], [])


def test_a_row_of_a_group_whose_label_nobody_knows_is_not_the_group(tmp_path):
    """（六）其他处理 over three rows, the last with an unknown label: what the other two hold stays."""
    drawing = drawing_of(filing_of(NEWEST, 22))
    form = load_edition(NEWEST).table("t3")
    relabelled(drawing, lambda text: "另外情形" if text == "3.其他" else text)
    imported, found = read_back(tmp_path, drawing)
    assert found.silent == []
    kept = [cell.id for cell in form.cells if cell.row.startswith("otherwise.") and not cell.row.endswith("other")]
    assert {cell: imported.filing.cells[cell] for cell in kept} == {cell: drawing.expected[cell] for cell in kept}


def test_the_rest_of_a_table_with_fewer_columns_is_doubtful(tmp_path):
    """Behind a page's end the group's column is gone and no head repeated: by order, and said; never by other columns' heads."""
    drawing = drawing_of(filing_of(NEWEST, 23))
    table = block_of(drawing, "t3")
    at = drawing.blocks.index(table)
    rest = [[Cell(text) for text in row[2:]] for row in flat(table)[8:12]]
    behind = [[Cell(text) for text in row] for row in flat(table)[12:]]
    head = [*table.rows[:3], *([Cell(text) for text in row] for row in flat(table)[3:8])]
    drawing.blocks[at : at + 1] = [Drawn("t3", head), Drawn("t3", rest), Drawn("t3", [*table.rows[:3], *behind])]
    _, found = read_back(tmp_path, drawing)
    assert (found.silent, found.broken) == ([], [])
    assert found.right == found.all


def test_a_page_that_shows_nothing_of_the_first_column():
    """Its columns are told by where they stand on the paper; where pages are bound at other sides, by either side."""
    grid = Grid(tuple(Box(0, number, 1, 1, text) for number, text in enumerate(("标签", "1", "2"))))
    whole = (0.0, 40.0, 120.0, 150.0, 180.0)
    own = (0.0, 80.0, 110.0, 140.0)
    for shift in (40.0, 400.0):
        found = regridded(grid, own, whole, shift)
        assert [(box.text, box.column) for box in found.boxes] == [("标签", 1), ("1", 2), ("2", 3)]
    assert regridded(grid, (0.0, 70.0, 100.0, 110.0), whole, 40.0) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("总计*", "总计"), ("（三）不予公开①", "(三)不予公开"), ("㈢不予公开", "(三)不予公开"), ("③危及", "3.危及"), ("备注", "备注"),
     ("其它", "其他"), ("（注）", "(注)"), ("（单位：万元）", "(单位:万元)"), ("︵六︶其他︑处理", "(六)其他,处理")],
)  # fmt: skip
def test_folding_labels(typed, meant):
    """Marks of notes go from labels; what is nothing else stays."""
    assert fold(typed) == meant


# ---------------------------------------------------------------- headings, heads and feet of pages


NUMBERED = {
    "parts": lambda number, name: [f"第{number}部分　{name}"],
    "brackets": lambda number, name: [f"【{'一二三四五六'.index(number) + 1}. {name}】"],
    "bar": lambda number, name: [f"▌{number}、{name}"],
    "capitals": lambda number, name: [f"{'壹贰叁肆伍陆'['一二三四五六'.index(number)]}、{name}"],
    "alone": lambda number, name: [f"0{'一二三四五六'.index(number) + 1}", name],
}


@pytest.mark.parametrize("style", NUMBERED)
def test_headings_in_other_dress(tmp_path, style):
    """Parts, brackets, bars, capital numerals, a number alone above: the six sections are where they are."""
    drawing = drawing_of(filing_of(NEWEST, 24))
    headings = {section.heading for section in drawing.filing.form.sections}
    drawing.blocks[:] = [
        piece
        for block in drawing.blocks
        for piece in (NUMBERED[style](block[0], block[2:]) if isinstance(block, str) and block in headings else [block])
    ]
    _, found = read_back(tmp_path, drawing)
    assert (found.right, found.silent, found.broken) == (found.all, [], [])


@pytest.mark.parametrize("dots", ["", "……………………3", "........12"])
def test_a_table_of_contents_is_no_preamble(tmp_path, dots):
    """With pages or without; a date in brackets below the title and the name of an account are none either."""
    drawing = drawing_of(filing_of(NEWEST, 25))
    contents = [f"{section.heading}{dots}" for section in drawing.filing.form.sections]
    drawing.blocks[1:1] = ["（2022年1月17日）", "样板发布", "2022-01-20 18:02 发表于样板", "目　录", *contents]
    imported, found = read_back(tmp_path, drawing)
    assert (found.right, found.silent, found.broken) == (found.all, [], [])
    assert [text for text in contents if text not in " ".join(note.message for note in imported.notes)] == []


def test_tables_behind_the_signature_are_annexes(tmp_path):
    """Text and signature first, the tables on sheets or pages of their own behind them."""
    drawing = drawing_of(filing_of(NEWEST, 26))
    tables = [block for block in drawing.blocks if isinstance(block, Drawn)]
    drawing.blocks[:] = [block for block in drawing.blocks if not isinstance(block, Drawn)]
    for number, table in enumerate(tables, 1):
        drawing.blocks += [f"附表{number}", "单位：件", table]
    for writer in (tidy_page, sheet, word_file):
        _, found = read_back(tmp_path, drawing, writer)
        assert (found.right, found.silent, found.broken) == (found.all, [], []), writer


@pytest.mark.variants(2)
@pytest.mark.parametrize("writer", [scripted_page, commas, bold_markdown], ids=lambda item: item.__name__)
@pytest.mark.parametrize("edition", edition_ids())
def test_other_carriers(tmp_path, edition, writer):
    """A report in the data of a script, as CSV, with bold labels: all of it comes back."""
    drawing = drawing_of(filing_of(edition, 27))
    _, found = read_back(tmp_path, drawing, writer)
    assert (found.right, found.silent, found.broken) == (found.all, [], [])


def test_a_report_in_one_table_that_a_script_holds(tmp_path):
    """The headings stand in rows of the table; every number comes, some to be confirmed, nothing wrong in silence."""
    drawing = drawing_of(filing_of(NEWEST, 27))
    all_in_one(drawing, None)
    _, found = read_back(tmp_path, drawing, scripted_page)
    assert (found.missing, found.silent, found.broken) == (0, [], [])
    assert found.doubtful <= 15


def test_commas_of_thousands_part_no_cells():
    """Numbers parted by blanks, with commas in them, are no CSV."""
    assert parted("\n".join(["规章 1,234 2,345,678 9,876 5,432"] * 20)) is None
    assert parted("a,b,c\n" * 20)[:1] == ["a\tb\tc"]


# ---------------------------------------------------------------- tables in another shape


RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
CASES = ("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）")


@pytest.mark.variants(2)
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("edition", edition_ids())
def test_table_four_in_rows(tmp_path, edition, turned):
    """Three rows of five results, or five rows of three: each number has its labels to the left and above."""
    drawing = drawing_of(filing_of(edition, 28))
    table = block_of(drawing, "t4")
    numbers = [cell.text for cell in table.rows[-1]]
    rows = [["类别", *RESULTS], *([case, *numbers[5 * n : 5 * n + 5]] for n, case in enumerate(CASES))]
    rows = [list(row) for row in zip(*rows, strict=True)] if turned else rows
    table.rows = [[Cell(text) for text in row] for row in rows]
    for writer in (tidy_page, word_file, TEXTS[0], TEXTS[2]):
        _, found = read_back(tmp_path, drawing, writer)
        assert (found.right, found.silent, found.broken) == (found.all, [], []), writer


def test_a_head_that_nobody_knows_between_known_ones(tmp_path):
    """科研单位 for 科研机构 is the one column that is left: read, and doubtful; two of them are not guessed."""
    drawing = drawing_of(filing_of(NEWEST, 29))
    relabelled(drawing, lambda text: {"科研机构": "高校院所"}.get(text, text))
    imported, found = read_back(tmp_path, drawing)
    column = [cell for cell in drawing.expected if cell.endswith(".research")]
    assert {cell: imported.filing.cells[cell] for cell in column} == {cell: drawing.expected[cell] for cell in column}
    assert set(column) <= set(imported.doubts)
    relabelled(drawing, lambda text: {"商业企业": "公司"}.get(text, text))
    _, found = read_back(tmp_path, drawing)
    assert found.silent == []
    assert found.missing == 2 * len(column)


def test_raised_marks_are_no_digits(tmp_path):
    """12 with a raised 1 is 12, on a page and in a Word file."""
    drawing = drawing_of(filing_of(NEWEST, 30))
    page, _ = tidy_page(drawing, None)
    number = drawing.filing.cells["t2.licence.decisions"]
    page = re.sub(rf"(行政许可</td>\s*<td[^>]*>{number})<", r"\1<sup>1</sup><", page)
    assert "<sup>1" in page
    word = io.BytesIO(word_file(drawing, random.Random(2))[0])
    with zipfile.ZipFile(word) as package:
        xml = package.read("word/document.xml").decode()
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>'
    row = next(row for row in re.findall("<w:tr>.*?</w:tr>", xml) if "行政许可" in re.sub("<[^>]*>", "", row))
    at = xml.index(row) + row.rindex("</w:p>")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("word/document.xml", xml[:at] + raised + xml[at:])
    for content, suffix in ((page, ".html"), (made.getvalue(), ".docx")):
        _, found = read_back(tmp_path, drawing, lambda *_, c=content, s=suffix: (c, s))
        assert (found.right, found.silent) == (found.all, []), suffix


MARKS = [
    '<a href="#n1">1</a>', "<small>1</small>", '<span style="position:relative;top:-5px">1</span>',
    '<em style="font-size:75%">1</em>', '<span style="font-size: 8px">1</span>',
]  # fmt: skip
UNSEEN = [
    '<span style="position:absolute;left:-99em">1</span>', '<i style="position:absolute; clip: rect(0, 0, 0, 0)">1</i>',
    '<b style="transform:scale(0)">1</b>', '<b style="clip-path:inset(50%)">1</b>',
]  # fmt: skip


@pytest.mark.parametrize("sign", [*MARKS, *UNSEEN])
def test_a_sign_behind_a_number_is_never_its_last_digit(tmp_path, sign):
    """What stands off its line or is small is asked about, what only a reader for the blind tells is left out."""
    drawing = drawing_of(filing_of(NEWEST, 30))
    page, _ = tidy_page(drawing, None)
    number = drawing.filing.cells["t2.licence.decisions"]
    marked = re.sub(rf"(行政许可</td>\s*<td[^>]*>{number})<", rf"\g<1>{sign}<", page)
    assert marked != page
    _, found = read_back(tmp_path, drawing, lambda *_: (marked, ".html"))
    assert found.silent == []
    assert found.right >= found.all - (sign in MARKS)


@pytest.mark.parametrize("row", ["行政许可", "一、本年新收政府信息公开申请数量"])
def test_digits_that_a_style_sheet_elsewhere_may_raise_are_asked_about(tmp_path, row):
    """``class="sup"`` where the page only names its style sheet: never 121 in silence; digits of one class are one number."""
    drawing = drawing_of(filing_of(NEWEST, 30))
    page, _ = tidy_page(drawing, None)
    page = page.replace("</head>", '<link rel="stylesheet" href="/css/main.css"></head>')
    sign = '<span class="sup">1</span>'
    marked = re.sub(rf"({row}</td>\s*(?:<td[^>]*>[^<]*</td>\s*)*?<td[^>]*>\d+)<", rf"\g<1>{sign}<", page, count=1)
    assert marked != page
    _, found = read_back(tmp_path, drawing, lambda *_: (marked, ".html"))
    assert (found.silent, found.right) == ([], found.all - 1)
    split = re.sub(r"(?<=>)(\d)(\d+)(?=</td>)", r'<b class="n">\1</b><b class="n">\2</b>', page)
    assert split != page
    _, found = read_back(tmp_path, drawing, lambda *_: (split, ".html"))
    assert found.right == found.all


IN_WORD = {
    '<w:r><w:rPr><w:rStyle w:val="NoteMark"/></w:rPr><w:t>1</w:t></w:r>': 0,
    '<w:hyperlink w:anchor="note"><w:r><w:t>1</w:t></w:r></w:hyperlink>': 1,
    '<w:r><w:rPr><w:sz w:val="10"/></w:rPr><w:t>1</w:t></w:r>': 1,
    '<w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t></w:t></w:r>': 0,
    '<w:r><w:rPr><w:rStyle w:val="LikeIt"/></w:rPr><w:t>1</w:t></w:r>': 0,
    "<w:r><w:rPr><w:specVanish/></w:rPr><w:t>1</w:t></w:r>": 0,
    '<w:fldSimple w:instr=" NOTEREF _Ref1 "><w:r><w:t>1</w:t></w:r></w:fldSimple>': 1,
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> NOTEREF _Ref1 </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>': 1,
}
"""What stands behind a number of a Word file, and how many numbers are asked about then."""


@pytest.mark.parametrize(("run", "asked"), IN_WORD.items())
def test_a_sign_behind_a_number_in_word_is_never_its_last_digit(tmp_path, run, asked):
    """One that its style raises is left out, a link or a small sign asked about; other runs go on."""
    drawing = drawing_of(filing_of(NEWEST, 30))
    with zipfile.ZipFile(io.BytesIO(word_file(drawing, random.Random(2))[0])) as package:
        xml = package.read("word/document.xml").decode()
    row = next(row for row in re.findall("<w:tr>.*?</w:tr>", xml) if "行政许可" in re.sub("<[^>]*>", "", row))
    at = xml.index(row) + row.rindex("</w:p>")
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    style = '<w:style w:styleId="NoteMark"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    style += '<w:style w:styleId="LikeIt"><w:basedOn w:val="NoteMark"/></w:style>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("word/document.xml", xml[:at] + run + xml[at:])
        package.writestr("word/styles.xml", f"<w:styles {space}>{style}</w:styles>")
    _, found = read_back(tmp_path, drawing, lambda *_: (made.getvalue(), ".docx"))
    assert (found.right, found.silent) == (found.all - asked, [])


def stray_blanks(block):
    """A row a line, its columns below one another as a printer of one pitch sets them; a blank cell is blank."""
    rows = once(block)
    widths = [max(sum(1 + (ord(sign) > 0x2000) for sign in row[n]) for row in rows) + 2 for n in range(len(rows[0]))]
    return [
        "".join(
            text + " " * (width - sum(1 + (ord(sign) > 0x2000) for sign in text))
            for text, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


@pytest.mark.parametrize("edition", edition_ids())
def test_blank_cells_are_told_by_the_columns_of_a_text(tmp_path, edition):
    """Where columns stand below one another a number is in its column, however many are blank; never in another."""
    drawing = drawing_of(filing_of(edition, 31))
    chance = random.Random(5)
    cells = {n: None if v == 0 and chance.random() < 0.7 else v for n, v in drawing.filing.cells.items()}
    filing = drawing.filing.with_cells(cells)
    drawing.expected = cells
    drawing.blocks[:] = [drawn(filing, b.table) if isinstance(b, Drawn) else b for b in drawing.blocks]
    lines = [line for b in drawing.blocks for line in ([b] if isinstance(b, str) else stray_blanks(b))]
    _, found = read_back(tmp_path, drawing, lambda *_: ("\n".join(lines), ".txt"))
    assert (found.silent, found.broken) == ([], [])
    assert found.right >= 0.9 * found.all


@pytest.mark.parametrize(
    ("above", "unit"),
    [("校验未通过 7 处", "样板乡人民政府"), ("样板发布", "样板乡人民政府"), ("政务公开专栏", "样板乡人民政府"), ("样板县", "样板县样板乡人民政府")],
)  # fmt: skip
def test_a_line_above_a_whole_title_is_no_part_of_the_unit(tmp_path, above, unit):
    """A mark, an account, a column of the site; a place may begin the unit's name."""
    drawing = drawing_of(filing_of(NEWEST, 32))
    drawing.blocks[:] = [above, *drawing.blocks[:-2]]
    imported, _ = read_back(tmp_path, drawing)
    assert imported.filing.unit.name == unit
