"""PDF files come in: the text as it was typed, tables by their rules, over pages, whoever made them."""

from __future__ import annotations

import builtins
import random
import re
import sys
import zlib
from dataclasses import replace

import pytest

from gk_xl.errors import SourceError
from gk_xl.form.filing import Filing
from gk_xl.report.pdf import write_pdf
from gk_xl.sources.document import grid_of_rows
from gk_xl.sources.formats import format_of, pdf
from gk_xl.sources.formats.pdf_continued import continued
from gk_xl.sources.formats.pdf_guard import LARGEST_STREAM
from gk_xl.sources.formats.pdf_lines import as_typed
from gk_xl.sources.open import import_sources
from tests.conftest import ROOT
from tests.sources.papers import Paper, Setting, file_of, report, stream_of

pytest.importorskip("pdfplumber", reason="an extra; CI has it")

EXAMPLE = ROOT / "examples" / "2025_示例乡.json"

LAYOUTS = {
    "justified, bare numbers": Setting(justified=True, number="{}", centred=False),
    "open at the sides, a running head": Setting(ruled="open", head="示例乡政府信息公开年报", number="第{}页"),
    "labels of one character a line, pages that cut the tables": Setting(narrow=True, per_page=500, number="- {} -"),
    "heads again on each page": Setting(narrow=True, repeat_heads=True, per_page=420),
    "a printed web page": Setting(
        indent=0, gap=12, size=11, pitch=18, number="{}/9", head="https://example.gov.cn/nb.html"
    ),
    "dashed lines": Setting(ruled="dashed", narrow=True),
    "no lines at all": Setting(ruled="none"),
    "no lines, labels over several lines": Setting(ruled="none", narrow=True),
    "no lines, numbers beside the first line of their labels": Setting(ruled="none", narrow=True, at_top=True),
    "a title spread by blanks, few lines": Setting(spread_title=True, size=16, pitch=29),
}


@pytest.fixture(scope="module")
def filing():
    """The example with another number in each cell, so that none can stand in for another."""
    example = Filing.loads(EXAMPLE.read_text(encoding="utf-8"))
    numbers = random.Random(7).sample(range(1000), len(example.cells))
    return replace(example, cells=dict(zip(example.cells, numbers, strict=True)))


def read(tmp_path, data):
    path = tmp_path / "年报.pdf"
    path.write_bytes(data)
    return import_sources([path])


@pytest.mark.variants(2)
@pytest.mark.parametrize("name", LAYOUTS)
def test_reports_come_back_whole(name, filing, tmp_path):
    """Each number stands in its cell; the text is the typed one, no page number or running head in it."""
    found = read(tmp_path, report(filing, LAYOUTS[name])).filing
    assert found.cells == filing.cells
    assert found.narrative == filing.narrative
    assert (found.signed, found.year, found.unit.name) == (filing.signed, 2025, filing.unit.name)


@pytest.mark.variants(2)
@pytest.mark.parametrize("name", [*list(LAYOUTS)[2:4], "no lines at all"])
def test_blank_cells_stay_blank(name, filing, tmp_path):
    """A cell that the report left empty is empty; its neighbours keep their places, or are not placed and said so."""
    chance = random.Random(5)
    left = {cell: None if chance.random() < 0.15 else value for cell, value in filing.cells.items()}
    imported = read(tmp_path, report(replace(filing, cells=left), LAYOUTS[name]))
    found = imported.filing.cells
    wrong = {cell for cell in left if found[cell] != left[cell]}
    assert all(found[cell] is None for cell in wrong)
    assert len(wrong) <= (0 if LAYOUTS[name].ruled == "all" else 14)


def test_words_keep_their_blanks(filing, tmp_path):
    """Blanks that were typed stay, words of Latin letters wrapped at a line's end are parted again."""
    texts = tuple(
        f"全年举办 Open Data Day 活动 {n} 次，通过“county open government platform mobile edition”发布信息。" * 3
        for n in range(11, 14)
    )
    told = replace(filing, narrative={**filing.narrative, "overview": texts})
    assert read(tmp_path, report(told)).filing.narrative["overview"] == texts


def test_glyphs_named_by_radicals_are_characters():
    """Producers that name a glyph by the radical of the same shape do not change what is read."""
    assert as_typed("⼈⺠政府⽹站⼆、⻅〈") == "人民政府网站二、见〈"


def test_paragraphs_that_are_not_set_in_are_told_by_the_step_between_them():
    """The only long line fills the page's width and ends; what stands as far below it as all else is a paragraph."""
    paper, lines = (
        Paper(),
        ["统计期限自2025年1月1日起至2025年12月31日止。", "第一部分\u3000总体情况", "公开信息12条。", "渠道畅通。"],
    )
    for number, text in enumerate(lines):
        paper.text(80, 90 + 26 * number, 12, text)
    assert [block.text for block in pdf.read(paper.data(), "样本").blocks] == lines


def _ruled(paper, uprights):
    """Draw rules for three rows of two columns, and the given uprights."""
    for y in (100, 120, 140, 160):
        paper.rule(80, y, 300, y)
    for x, y0, y1 in uprights:
        paper.rule(x, y0, x, y1)
    for row, texts in enumerate((("信息内容", "本年制发件数"), ("规章", "3"), ("行政规范性文件", "4"))):
        for x, text in zip((84, 204), texts, strict=True):
            paper.text(x, 105 + 20 * row, 9, text)


def test_an_upright_goes_on_where_another_of_its_table_does():
    """A gap in a border, as a merged cell cut by a page's end leaves it, opens no cell to its neighbour."""
    paper = Paper()
    _ruled(paper, [(80, 100, 160), (200, 100, 125), (200, 136, 160), (300, 100, 160)])
    (grid,) = pdf.read(paper.data(), "样本").grids
    assert [[box.text for box in grid.row(row)] for row in range(grid.height)] == [
        ["信息内容", "本年制发件数"], ["规章", "3"], ["行政规范性文件", "4"],
    ]  # fmt: skip


def test_a_merged_cell_between_two_rules_stays_one():
    """The upright between the columns is not drawn in the row of the heading: nobody forgot it."""
    paper = Paper()
    _ruled(paper, [(80, 100, 160), (200, 120, 160), (300, 100, 160)])
    paper.pages[0] = [line for line in paper.pages[0] if "4fe1606f51855bb9" not in line and "672c5e74" not in line]
    paper.text(150, 105, 9, "第二十条第（一）项")
    (grid,) = pdf.read(paper.data(), "样本").grids
    assert [box.text for box in grid.row(0)] == ["第二十条第（一）项"]


def test_text_printed_across_a_rule_is_doubtful():
    """A label of two lines in a row of one spills into its neighbours: whose it is nobody can tell."""
    paper = Paper()
    _ruled(paper, [(80, 100, 160), (200, 100, 160), (300, 100, 160)])
    paper.text(84, 134, 9, "压线")
    (grid,) = pdf.read(paper.data(), "样本").grids
    assert [any(box.over for box in grid.row(row)) for row in range(3)] == [False, True, False]


def test_labels_that_no_rule_parts_belong_to_the_rows_beside_them():
    """Two labels of the form in one cell, beside two rows of numbers."""
    paper = Paper()
    for x0, y in ((80, 100), (80, 120), (200, 140), (80, 160)):
        paper.rule(x0, y, 300, y)
    for x in (80, 200, 300):
        paper.rule(x, 100, x, 160)
    for row, texts in enumerate((("信息内容", "本年制发件数"), ("规章", "3"), ("行政规范性文件", "4"))):
        for x, text in zip((84, 204), texts, strict=True):
            paper.text(x, 105 + 20 * row, 9, text)
    (grid,) = pdf.read(paper.data(), "样本").grids
    assert [[box.text for box in grid.row(row)] for row in (1, 2)] == [["规章", "3"], ["行政规范性文件", "4"]]


@pytest.mark.parametrize("labels", [("规章", ""), ("行政规范", "性文件"), ("4.", "保护第三方合法权益")])
def test_digits_that_a_page_s_end_parts_are_one_number(labels):
    """12 on one page, 8 on the next, below a label that is whole or cut: 12 and 8 on two lines of one cell."""
    above = grid_of_rows(
        [[(text, 1, 1) for text in row] for row in (("信息内容", "制发", "废止"), (labels[0], "12", "3"))]
    )
    below = grid_of_rows([[(text, 1, 1) for text in (labels[1], "8", "")]])
    whole = continued(above, below)
    assert [box.text for box in whole.row(1)] == ["".join(labels), "12\n8", "3"]
    assert whole.height == 2


def test_a_number_that_was_pushed_to_the_next_page_belongs_to_the_row_above():
    """Nothing below the label but the ends of two numbers: 8 of 12|8, and 40 whole, which is asked about."""
    above = grid_of_rows([[(text, 1, 1) for text in ("规章", "12", "", "3", "0")]])
    below = grid_of_rows([[(text, 1, 1) for text in ("", "8", "40", "", "")]])
    whole = continued(above, below)
    assert [box.text for box in whole.row(0)] == ["规章", "12\n8", "40", "3", "0"]
    assert [box.over for box in whole.row(0)] == [False, False, True, False, False]


def test_digits_of_a_row_without_a_label_go_on_over_the_page():
    """Fewer digits below a row of numbers only, as 表四 has one; as many are a row of their own."""
    above = grid_of_rows([[(text, 1, 1) for text in ("7", "34", "37")]])
    ends, row = (grid_of_rows([[(text, 1, 1) for text in texts]]) for texts in (("", "7", "7"), ("1", "2", "3")))
    assert [box.text for box in continued(above, ends).boxes] == ["7", "34\n7", "37\n7"]
    assert continued(above, row).height == 2


def test_the_bar_beside_a_changed_line_joins_no_tables():
    """A heading between two tables, marked as changed by a thin bar at the left, is a line of text."""
    paper = Paper()
    for top, texts in ((100, ("规章", "3")), (150, ("自然人", "4"))):
        for y in (top, top + 30):
            paper.rule(80, y, 300, y)
        for x in (80, 200, 300):
            paper.rule(x, top, x, top + 30)
        for x, text in zip((84, 204), texts, strict=True):
            paper.text(x, top + 8, 10, text)
    paper.rule(78.4, 130, 78.4, 150)
    paper.text(80, 134, 10, "三、收到和处理政府信息公开申请情况")
    document = pdf.read(paper.data(), "样本")
    assert [[box.text for box in grid.boxes] for grid in document.grids] == [["规章", "3"], ["自然人", "4"]]


def test_blanks_drawn_below_an_underline_were_not_typed():
    """A blank that reaches over the digit behind it fills the gap that is set between Chinese and digits."""
    paper = Paper()
    paper.text(80, 100, 12, "公开信息")
    paper.text(128, 100, 6, " ")
    paper.text(130, 100, 12, "120")
    paper.text(150, 100, 12, "条。")
    assert [block.text for block in pdf.read(paper.data(), "样本").blocks] == ["公开信息120条。"]


def _scan():
    return Paper().data(image_only=True)


def _locked():
    digest = "00" * 32
    return Paper().data(
        trailer=f"/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{digest}> /U <{digest}> >>"
    )


def _other():
    paper = Paper()
    for number, text in enumerate(("示例乡2025年部门预算公开说明", "一、部门基本情况", "二、收入支出预算总体情况")):
        paper.text(90, 90 + 30 * number, 14, text)
    return paper.data()


def _empty():
    paper = Paper()
    paper.pages = []
    return paper.data()


def _drawn_full():
    paper = Paper()
    paper.pages = [["0 0 m 1 1 l S"] * 300_000]
    return paper.data()


def _nested():
    paper = Paper()
    paper.pages = [["[" * 100]]
    return paper.data()


def _forms_in_forms():
    """Return a page with a form that draws a form twenty times, and so on: twenty billion drawings in a few bytes."""
    depth = 8
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /F0 5 0 R >> >> >>",
        stream_of("/F0 Do"),
    ]
    for level in range(depth):
        inner = stream_of(f"/F{level + 1} Do " * 20)
        head = f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F{level + 1} {6 + level} 0 R >> >> "
        bodies.append(inner.replace(b"<< ", b"<< " + head.encode(), 1))
    bodies.append(stream_of("0 0 m 1 1 l S").replace(b"<< ", b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] ", 1))
    return file_of(bodies, "")


def _packed_twice():
    packed = zlib.compress(zlib.compress(bytes(LARGEST_STREAM + 100), 9), 9)
    stream = b"<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n" % len(packed) + packed + b"\nendstream"
    return file_of(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>", stream], "")


def test_heads_that_a_page_s_end_cuts_through_are_a_table():
    """Uprights run to the end of the page, no rule closes them: what stands between is the row of a table."""
    paper = Paper()
    for x in (80, 200, 300, 400):
        paper.rule(x, 700, x, 760)
    paper.rule(80, 700, 400, 700)
    paper.rule(80, 730, 400, 730)
    for row, texts in enumerate((("信息内容", "本年制发件数", "现行有效件数"), ("规章", "3", "4"))):
        for x, text in zip((84, 204, 304), texts, strict=True):
            paper.text(x, 710 + 30 * row, 9, text)
    (grid,) = pdf.read(paper.data(), "样本").grids
    assert [[box.text for box in grid.row(row)] for row in range(grid.height)] == [
        ["信息内容", "本年制发件数", "现行有效件数"],
        ["规章", "3", "4"],
    ]


def test_a_text_whose_cell_s_rules_do_not_meet_is_not_lost():
    """Browsers end the label of a group a little higher than the row beside it: the cell below it has no corner there."""
    paper = Paper()
    rows = [("（六）其他处理", "3.其他", "12"), ("", "（七）总计", "34"), ("四、结转下年度继续办理", "", "5")]
    for number, texts in enumerate(rows):
        for x, text in zip((60, 170, 330), texts, strict=True):
            paper.text(x, 104 + 30 * number, 10, text)
    for y, x0 in ((100, 50), (130, 160), (160, 160), (155, 50), (190, 50)):
        paper.rule(x0, y, 400 if y != 155 else 160, y)
    for x, top in ((50, 100), (160, 100), (320, 100), (400, 100)):
        paper.rule(x, top, x, 190 if x != 160 else 160)
    (grid,) = pdf.read(paper.data(), "样本.pdf").grids
    assert [box.text for box in grid.row(grid.height - 1) if box.text] == ["四、结转下年度继续办理", "5"]


def _unsized(data):
    return re.sub(rb"/MediaBox \[0 0", b"/MediaBox [/x 0", data)


BAD = {
    "a page drawn full": (_drawn_full, "展开后大得不正常"),
    "lists in lists": (_nested, "展开后大得不正常"),
    "forms in forms": (_forms_in_forms, "展开后大得不正常"),
    "a stream packed twice": (_packed_twice, "展开后大得不正常"),
    "a scan": (_scan, "扫描件"),
    "a locked file": (_locked, "密码"),
    "a cut file": (lambda: report(Filing.loads(EXAMPLE.read_text(encoding="utf-8")))[:900], "损坏"),
    "a page of no size": (lambda: _unsized(Paper().data()), "损坏"),
    "a file of zeros": (lambda: b"%PDF-1.4\n" + bytes(4000), "损坏"),
    "no page": (_empty, "一页也没有"),
    "blank pages": (lambda: Paper().data(), "没有文字"),
    "another report": (_other, "不是政府信息公开工作年度报告"),
}


@pytest.mark.parametrize(("size", "scaling"), [(0, 100), (14, 0)])
def test_text_of_no_width_or_height_is_no_failure_of_ours(size, scaling, tmp_path):
    """Nobody sees it; the file is not called damaged either."""
    paper = Paper()
    for line in range(40):
        paper.text(80, 60 + 17 * line, size, "一、总体情况 0")
    paper.pages[-1].insert(0, f"{scaling} Tz")
    with pytest.raises(SourceError, match="没有文字|没有读到") as refused:
        read(tmp_path, paper.data())
    assert "毛病" not in str(refused.value)


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_told_in_one_sentence(name, tmp_path):
    """What cannot be read is named as what it is."""
    made, word = BAD[name]
    with pytest.raises(SourceError, match=word) as refused:
        read(tmp_path, made())
    assert str(refused.value).count("。") == 1
    assert str(refused.value).endswith("。")


def test_without_its_component_the_clerk_is_told_what_to_do(filing, tmp_path, monkeypatch):
    """Where pdfplumber is not installed, one sentence says how to go on."""
    known = builtins.__import__

    def absent(name, *args, **kwargs):
        if name.partition(".")[0] == "pdfplumber":
            raise ImportError(name)
        return known(name, *args, **kwargs)

    monkeypatch.delitem(sys.modules, "pdfplumber", raising=False)
    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(SourceError, match=r"另存为 \.docx"):
        read(tmp_path, report(filing))


def test_a_pdf_is_known_by_its_content():
    """The mark may stand behind a few bytes that a server put before it."""
    known = format_of(b"\n\n%PDF-1.4")
    assert known is not None
    assert known.id == "pdf"


@pytest.mark.application
def test_our_pdf_comes_back_exactly(filing, tmp_path):
    """The PDF that the tool exports, set by LibreOffice, is read as the filing it came from."""
    path = tmp_path / "年报.pdf"
    write_pdf(filing, path, failed=0)
    found = import_sources([path]).filing
    assert (found.cells, found.narrative, found.signed) == (filing.cells, filing.narrative, filing.signed)
