"""Each format becomes a document, and the form is found in it."""

from __future__ import annotations

import base64
import io
import quopri
import re
import zipfile

import pytest

from gk_xl.errors import SourceError
from gk_xl.form.filing import Filing
from gk_xl.form.load import edition_ids
from gk_xl.report.html import write_html
from gk_xl.sources.document import Grid, grid_of_rows
from gk_xl.sources.formats import docx as word
from gk_xl.sources.formats import format_of
from gk_xl.sources.formats import html as page
from gk_xl.sources.open import import_sources
from tests.conftest import ROOT
from tests.sources.drawn import drawing_of, filing_of
from tests.sources.measure import judged
from tests.sources.writers import TEXTS, html_block, tidy_page

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


def test_sentences_between_the_title_and_the_article_are_the_preamble(tmp_path):
    """Where 一 to 六 stand in one table, what introduces them stands above it; the page's own lines there are none of it."""
    drawing = drawing_of(filing_of(edition_ids()[-1], 4))
    title, preamble, *rest = drawing.blocks
    rows = "".join(f"<tr><td>{html_block(one)}</td></tr>" for one in rest)
    head = f"<h1>{title}</h1><p>发布日期：2022-01-20 来源：县政府</p><p>{preamble}</p>"
    path = tmp_path / "年报.html"
    path.write_text(f"<html><body>{head}<table>{rows}</table></body></html>", encoding="utf-8")
    found = judged(drawing, import_sources([path]))
    assert (found.right, found.broken) == (found.all, [])


def test_edges_that_differ_by_a_hair_are_one_edge():
    """LibreOffice saves a .doc so: 行政复议 ends a twentieth of a point before 总计 below it does."""

    def row(*cells):
        return f"<w:tr>{''.join(f'<w:tc><w:tcPr><w:gridSpan w:val={chr(34)}{n}{chr(34)}/></w:tcPr>{p(t)}</w:tc>' for t, n in cells)}</w:tr>"

    def boxes(*widths):
        grid = f"<w:tblGrid>{''.join(f'<w:gridCol w:w={chr(34)}{width}{chr(34)}/>' for width in widths)}</w:tblGrid>"
        rows = row(("行政复议", 2), ("行政诉讼", 3)) + row(("结果维持", 1), ("总计", 2), ("结果维持", 1), ("总计", 1))
        (table,) = word.read(docx_of(f"<w:tbl>{grid}{rows}</w:tbl>"), "样本").grids
        return [[(box.text, box.column, box.columns) for box in table.row(number)] for number in (0, 1)]

    plain = [
        [("行政复议", 0, 2), ("行政诉讼", 2, 2)],
        [("结果维持", 0, 1), ("总计", 1, 1), ("结果维持", 2, 1), ("总计", 3, 1)],
    ]
    assert boxes(586, 585, 1, 586, 586) == plain
    assert boxes(586, 585, 586, 586, 586)[1][1] == ("总计", 1, 2)
    assert boxes()[1][1] == ("总计", 1, 2)


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


def html(body):
    return f"<html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()


TITLE = "<h1>样板乡2025年政府信息公开工作年度报告</h1>"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (html("<h1>样板局2025年部门预算公开</h1><p>一、部门职责</p><table><tr><td>项目</td><td>预算数</td></tr><tr><td>合计</td><td>1</td></tr></table>"), "像是预算、决算公开的材料"),
        (html("<h1>政府网站工作年度报表（2025年度）</h1><table><tr><td>独立用户访问总量（单位：个）</td><td>1</td></tr><tr><td>a</td><td>2</td></tr></table>"), "像是政府网站工作年度报表"),
        (html(f"{TITLE}<p>一、总体情况</p><p>好。</p><p>二、主动公开政府信息情况</p><p>加载中</p><p>五、存在的主要问题及改进情况</p><p>无。</p>"), "网页没有加载完"),
        ("样板乡政府信息公开工作年度报告".encode().decode("gb18030", "ignore").encode(), "乱码"),
        (b"PK\x03\x04" + b"x" * 900, "已经损坏"),
        (b"<html><body>" + b"<p>a</p>" * 1_100_000, "不像一份报告的网页"),
        (b"\xff\xd8\xff\xe0", "其实是图片"),
    ],
)  # fmt: skip
def test_what_is_no_report_is_recognised(tmp_path, content, said):
    """Another kind of report, a page whose tables did not load, mojibake, damage: one sentence, what to do."""
    path = tmp_path / "报告.html"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=said) as caught:
        import_sources([path])
    assert str(caught.value).count("。") == 1
    assert "请" in str(caught.value)


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_page_in_a_single_file_is_read(tmp_path, encoding, charset):
    """As browsers and Word save it, also under the name of a Word file; without a page in it that is said."""
    filing = Filing.loads(EXAMPLE.read_text(encoding="utf-8"))
    text = write_html(filing).replace("utf-8", charset).encode(charset)
    packed = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes, "8bit": bytes}[encoding](text)
    head = (
        b"From: <Saved by Blink>\r\nSubject: 2025\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related;\r\n\ttype="text/html"; boundary="==b"\r\n\r\n\r\n--==b\r\n'
    )
    part = f"Content-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode()
    for suffix in (".mht", ".doc"):
        path = tmp_path / f"年报{suffix}"
        path.write_bytes(head + part + packed + b"\r\n--==b--\r\n")
        found = import_sources([path]).filing
        assert (found.cells, found.narrative) == (filing.cells, filing.narrative)
    path.write_bytes(head + b"Content-Type: image/png\r\n\r\nx\r\n--==b--\r\n")
    with pytest.raises(SourceError, match="里面没有网页内容"):
        import_sources([path])


def test_numbers_and_texts_in_fields_are_read(tmp_path):
    """As reporting systems print their pages; what is hidden, a button, or the hint of a search box is not."""
    drawing = drawing_of(filing_of(edition_ids()[-1], 12))
    text = tidy_page(drawing, None)[0]
    text = re.sub(r"(<td[^>]*>)([0-9.]+)</td>", r'\1<input value="\2"><input type="hidden" value="9"></td>', text)
    problems = drawing.narrative["problems"]
    for paragraph in problems:
        text = text.replace(f"<p>&nbsp;&nbsp;{paragraph}</p>\n", "")
    inside = "\n".join(
        f"{paragraph}此外，继续加强队伍建设，按季度开展业务培训，抓好各项制度的落实。" for paragraph in problems
    )
    heading = drawing.filing.form.section("problems").heading
    text = text.replace(f"{heading}</p>", f"{heading}</p><textarea readonly>{inside}</textarea>")
    text = text.replace("<body>", "<body><form><input value='请输入关键字'><textarea>请留言</textarea></form>")
    path = tmp_path / "年报.html"
    path.write_text(text, encoding="utf-8")
    filing = import_sources([path]).filing
    assert filing.cells == drawing.filing.cells
    assert filing.narrative == {**drawing.filing.narrative, "problems": tuple(inside.split("\n"))}


def test_a_site_s_long_foot_does_not_hide_the_signature(tmp_path):
    """A page copied or printed whole has a dozen lines below it, and its publishing line above."""
    drawing = drawing_of(filing_of(edition_ids()[-1], 13))
    text, _ = TEXTS[0](drawing, None)
    title, _, rest = text.partition("\n")
    head = f"发布时间：2022-01-18 09:12　来源：样板乡人民政府　浏览次数：125次　【字体：大 中 小】　打印 分享到：{'微信 微博 空间 ' * 6}"
    foot = [
        "扫一扫在手机打开当前页",
        "相关解读",
        "一图读懂年报",
        *(f"友情链接{n}" for n in range(9)),
        "联系电话：0000-7654321",
    ]
    path = tmp_path / "年报.txt"
    path.write_text("\n".join([title, head, rest, *foot]), encoding="utf-8")
    filing = import_sources([path]).filing
    assert (filing.signed, filing.narrative) == (drawing.filing.signed, drawing.filing.narrative)
