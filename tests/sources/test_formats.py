"""Each format becomes a document, and the form is found in it."""

from __future__ import annotations

import io
import zipfile

import pytest

from gk_xl.errors import SourceError
from gk_xl.form.filing import Filing
from gk_xl.report.html import write_html
from gk_xl.sources.document import Grid, grid_of_rows
from gk_xl.sources.formats import docx as word
from gk_xl.sources.formats import format_of
from gk_xl.sources.formats import html as page
from gk_xl.sources.open import import_sources
from tests.conftest import ROOT

EXAMPLE = ROOT / "examples" / "2025_示例乡.json"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx_of(body, **parts):
    """Return a Word file with this body; ``parts`` by name, ``__`` for a slash."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            package.writestr(name.replace("__", "/"), text)
    return buffer.getvalue()


def p(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_our_web_page_comes_back_exactly(tmp_path):
    """Numbers, paragraphs and signature of a page of ours are those of the filing."""
    filing = Filing.loads(EXAMPLE.read_text(encoding="utf-8"))
    path = tmp_path / "年报.html"
    path.write_text(write_html(filing), encoding="utf-8")
    found = import_sources([path]).filing
    assert (found.cells, found.narrative, found.signed) == (filing.cells, filing.narrative, filing.signed)


def test_spans_and_blanks_keep_their_places():
    """A cell spans what it says, a row below begins behind it, 0 rows mean down to the end."""
    grid = grid_of_rows([[("甲", 0, 1), ("乙", 1, 2)], [("1", 1, 1), ("", 1, 1)], [("2", 1, 1), ("3", 1, 1)]])
    assert (grid.height, grid.width) == (3, 3)
    assert [[box.text for box in grid.row(row)] for row in range(3)] == [
        ["甲", "乙"],
        ["甲", "1", ""],
        ["甲", "2", "3"],
    ]


def test_a_page_is_its_article(tmp_path):
    """Navigation, breadcrumbs and buttons are left out; the title above the article and the signature below it are kept."""
    article = "".join(
        f"<p><span>{text[:1]}</span>{text[1:]}&nbsp;</p>"
        for text in ["一、总体情况", "公开了5条。", "六、其他需要报告的事项", "无。"]
    )
    text = (
        "<html><head><meta charset='gbk'><title>样板网</title></head><body><div>首页 &gt; 公开</div><h1>样板乡2025年政府信息公开工作年度报告</h1>"
        f"<div>分享到</div><div class='TRS_Editor'>{article}</div><div><p>样板乡人民政府</p><p>2026年1月10日</p></div><div>版权所有</div></body></html>"
    )
    document = page.read(text.encode("gbk"), "页")
    assert [block.text for block in document.blocks] == [
        "样板乡2025年政府信息公开工作年度报告", "一、总体情况", "公开了5条。", "六、其他需要报告的事项", "无。", "样板乡人民政府", "2026年1月10日",
    ]  # fmt: skip


def test_a_word_file_is_read_as_it_would_be_accepted():
    """Insertions are text, deletions are none, and that is said; merged cells span; Word's own numbers are counted."""
    inserted = "<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>"
    merged = "<w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr><w:p><w:r><w:t>组</w:t></w:r></w:p></w:tc>"
    below = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    table = f"<w:tbl><w:tr>{merged}<w:tc>{p('1')}</w:tc></w:tr><w:tr>{below}<w:tc>{p('2')}</w:tc></w:tr></w:tbl>"
    numbered = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>总体情况</w:t></w:r></w:p>"
    numbers = (
        f"<w:numbering {W}><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/>"
        "<w:lvlText w:val='%1、'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
    )
    document = word.read(docx_of(numbered + inserted + table, **{"word__numbering.xml": numbers}), "文")
    first, second, grid = document.blocks
    assert (first.text, second.text) == ("一、总体情况", "新")
    assert isinstance(grid, Grid)
    assert [[box.text for box in grid.row(row)] for row in range(2)] == [["组", "1"], ["组", "2"]]
    assert any("修订" in remark for remark in document.remarks)


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"word__vbaProject.bin": "x"}, "里有宏"),
        ({"word___rels__document.xml.rels": BOMB}, "DOCTYPE"),
        (
            {
                "word___rels__document.xml.rels": '<R><r Type="a/attachedTemplate" TargetMode="External" Target="//x/y.dotm"/></R>'
            },
            "链接着外部文件",
        ),
    ],
)
def test_a_word_file_that_is_a_danger_is_refused(parts, said):
    """Macros, entities and parts that would be fetched: one sentence with what to do."""
    with pytest.raises(SourceError, match=said):
        word.read(docx_of(p("一、总体情况"), **parts), "文")


def test_a_format_is_told_by_its_content():
    """Whatever a file is called, its content says what it is."""
    assert [known.id if known else None for known in map(format_of, (b"<html><body>x", docx_of(""), "年报".encode(), b"%PDF-1.7", b"\x89PNG"))] == [
        "html", "docx", "text", "pdf", None,
    ]  # fmt: skip
