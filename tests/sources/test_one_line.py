"""Reports that lost their line breaks, rows parted by a page's end, and what a page's head tells of a report."""

from __future__ import annotations

import pytest

from gk_xl.form.load import edition_ids
from gk_xl.sources.document import Document, Meta, Paragraph
from gk_xl.sources.formats import html
from gk_xl.sources.formats.one_line import IN_ONE_PARAGRAPH, REMARK, rebroken, with_lines
from gk_xl.sources.formats.text import document_of
from gk_xl.sources.identity import title_in_head
from gk_xl.sources.model import NoteKind
from gk_xl.sources.text import import_document, import_text
from tests.sources.drawn import blanks, drawing_of, filing_of, typos
from tests.sources.measure import judged

NEWEST = edition_ids()[-1]


def one_line(drawing, between):
    pieces = [
        text
        for block in drawing.blocks
        for text in ([block] if isinstance(block, str) else [cell.text for row in block.rows for cell in row])
    ]
    return f"首页 > 政务公开 {between.join(pieces)} 打印本页"


@pytest.mark.parametrize("between", [" ", "\u3000"], ids=["blank", "wide blank"])
@pytest.mark.parametrize("edition", edition_ids())
def test_a_report_on_one_line_comes_back_whole(edition, between):
    """Numbers, paragraphs, title and signature; slips in the labels do no harm; the clerk is told that it was one line."""
    for change in (None, typos):
        drawing = drawing_of(filing_of(edition, 11))
        if change:
            change(drawing, None)
        text = one_line(drawing, between)
        found = judged(drawing, import_text(text, "样本"))
        assert (found.right, found.silent, found.broken) == (found.all, [], [])
        assert REMARK in document_of(text).remarks


@pytest.mark.variants(2)
@pytest.mark.parametrize("edition", edition_ids())
@pytest.mark.parametrize("lost", [False, True], ids=["full", "blank cells lost"])
def test_digits_on_one_line_are_split_where_the_sums_say_how(edition, lost):
    """Nothing is wrong in silence, also where blank cells left no trace; the words of the text are all there."""
    import random

    for seed in range(12, 16):
        drawing = drawing_of(filing_of(edition, seed))
        if lost:
            blanks(drawing, random.Random(seed))
        imported = import_text(one_line(drawing, ""), "样本")
        assert judged(drawing, imported).silent == []
        for part, texts in drawing.filing.narrative.items():
            assert "".join(imported.filing.paragraphs(part)) == "".join(texts)


def test_a_text_of_many_lines_is_not_broken_again():
    """A long paragraph, too, stays as it is."""
    assert rebroken("一、总体情况\n" + "公开信息若干条，" * 200) is None


def test_a_row_parted_by_a_page_is_put_together_and_doubtful():
    """Its label, the page's number, the heads again, its number."""
    drawing = drawing_of(filing_of(NEWEST, 5))
    text = "\n".join(
        line
        for block in drawing.blocks
        for line in ([block] if isinstance(block, str) else ["\t".join(c.text for c in row) for row in block.rows])
    )
    number = drawing.filing.value("t2.licence.decisions")
    text = text.replace(f"行政许可\t{number}\n", f"行政许可\n\n-2-\n\n本年处理决定数量\n{number}\n", 1)
    imported = import_text(text, "样本")
    assert imported.filing.cells == drawing.filing.cells
    assert set(imported.doubts) == {"t2.licence.decisions"}


@pytest.mark.parametrize("edition", edition_ids())
def test_a_word_file_in_one_paragraph_is_broken_again(edition):
    """A program that loses a table of too many columns leaves all its texts in one paragraph, digits run together."""
    drawing = drawing_of(filing_of(edition, 3))
    title, *rest = drawing.blocks
    texts = [
        text
        for block in rest
        for text in ([block] if isinstance(block, str) else [cell.text for row in block.rows for cell in row])
    ]
    document = with_lines(Document((Paragraph(title), Paragraph("".join(texts))), "Word 文件"))
    found = judged(drawing, import_document(document, "样本"))
    assert found.silent == []
    assert found.right > 0.5 * found.all
    assert document.remarks == (IN_ONE_PARAGRAPH,)
    assert with_lines(document) == document


def page(drawing, meta):
    """Return a page without a title and a signature of its own."""
    text = "\n".join(
        line
        for block in drawing.blocks[1:-2]
        for line in ([block] if isinstance(block, str) else ["\t".join(c.text for c in row) for row in block.rows])
    )
    return Document(tuple(Paragraph(line) for line in text.split("\n")), "网页", meta=meta)


def test_what_a_page_s_head_says_fills_what_its_text_lacks():
    """Title, year, unit and day, each said; of a day that does not fit the year nothing is taken."""
    drawing = drawing_of(filing_of(NEWEST, 6, year=2024))
    meta = Meta("样板局2024年政府信息公开工作年度报告_样板县人民政府网", "样板县样板局", "2025-01-20 10:12:00")
    imported = import_document(page(drawing, meta), "样本")
    filing = imported.filing
    assert (filing.year, filing.unit.name, filing.signed.date) == (2024, "样板县样板局", "2025-01-20")
    said = " ".join(note.message for note in imported.notes_of(NoteKind.READ))
    for words in ("取自网页的标题栏", "网页标明的发布机构", "暂取网页标明的发布日期"):
        assert words in said
    other = import_document(page(drawing, Meta(meta.title, "样板县政务服务中心", "2023-01-20")), "样本").filing
    assert (other.unit.name, other.signed.date) == ("样板局", "")


@pytest.mark.parametrize(("head", "unit"), [
    ("样板县人民政府 政府信息公开年报 样板乡2023年政府信息公开工作年度报告", "样板乡"),
    ("样板乡 2023 年政府信息公开工作年度报告 - 样板县人民政府网", "样板乡"),
    ("2023年政府信息公开工作年度报告", ""),
])  # fmt: skip
def test_a_title_in_a_page_s_head_is_parted_from_the_site_s_name(head, unit):
    """The shortest end that names a unit counts."""
    (title,) = title_in_head(head)
    assert (title.unit, title.year) == (unit, 2023)


def test_a_title_in_two_lines_above_the_article_is_found():
    """In another part of the page than the text, as sites lay their pages out."""
    drawing = drawing_of(filing_of(NEWEST, 8, year=2023))
    body = "".join(
        f"<p>{block}</p>"
        if isinstance(block, str)
        else "<table>"
        + "".join("<tr>" + "".join(f"<td>{c.text}</td>" for c in row) + "</tr>" for row in block.rows)
        + "</table>"
        for block in drawing.blocks[1:]
    )
    text = (
        "<html><body><table><tr><td>您所在的位置：首页 &gt; 信息公开年报</td></tr><tr><td>样板乡2023年政府信息<br>公开工作年度报告</td></tr>"
        f"<tr><td>2024-01-20 10:00 阅读 12 次 字号 大 中 小</td></tr><tr><td><div>{body}</div></td></tr></table></body></html>"
    )
    filing = import_document(html.read(text.encode(), "页"), "页").filing
    assert (filing.unit.name, filing.year) == ("样板乡人民政府", 2023)
    assert filing.narrative == drawing.filing.narrative


def test_a_title_in_the_text_prevails_over_the_page_s_head():
    """What the clerk reads on the page is the report's."""
    drawing = drawing_of(filing_of(NEWEST, 7, year=2024))
    blocks = (Paragraph(drawing.blocks[0]), *page(drawing, Meta()).blocks)
    meta = Meta("别县2023年政府信息公开工作年度报告", "别县人民政府办公室", "")
    filing = import_document(Document(blocks, "网页", meta=meta), "样本").filing
    assert (filing.year, filing.unit.name) == (2024, "样板乡人民政府")
