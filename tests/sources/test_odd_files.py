"""Files as clerks hold them, made by other ways than usual: read all the same, or called what they are."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from gk_xl.errors import SourceError
from gk_xl.sources.open import import_sources
from tests.sources.drawn import drawing_of, filing_of
from tests.sources.measure import judged
from tests.sources.papers import Paper
from tests.sources.producers import dressed
from tests.sources.writers import tidy_page, word_file

pytest.importorskip("pdfplumber", reason="an extra; CI has it")

DRAWING = drawing_of(filing_of("2021", 3))
_SCHEMAS = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"


def packed(**parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return made.getvalue()


def parts_of_word():
    chance = random.Random(1)
    with zipfile.ZipFile(io.BytesIO(dressed(word_file(DRAWING, chance)[0], ruled=True))) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def strict():
    """A file saved as Strict Open XML."""
    parts = parts_of_word()
    for kind in ("wordprocessingml", "officeDocument"):
        parts = {name: text.replace(f"{_SCHEMAS}{kind}/2006/", f"{_STRICT}{kind}/") for name, text in parts.items()}
    assert _STRICT in parts["word/document.xml"]
    return packed(**parts)


def named_otherwise():
    """A file of Word on the web: its text is in document2.xml."""
    return packed(**{
        name.replace("document.xml", "document2.xml"): text.replace("word/document.xml", "word/document2.xml")
        for name, text in parts_of_word().items()
    })  # fmt: skip


def page_inside():
    """A file that a website exports: Word is to put a web page into it."""
    parts = parts_of_word()
    head, _, _ = parts["word/document.xml"].partition("<w:body>")
    chunk = f'<w:altChunk xmlns:r="{_SCHEMAS}officeDocument/2006/relationships" r:id="r9"/>'
    parts["word/document.xml"] = f"{head}<w:body>{chunk}<w:p/></w:body></w:document>"
    parts["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="{_SCHEMAS}package/2006/relationships"><Relationship Id="r9" Target="/word/page.html" '
        f'Type="{_SCHEMAS}officeDocument/2006/relationships/aFChunk"/></Relationships>'
    )
    parts["word/page.html"] = tidy_page(DRAWING, random.Random(1))[0]
    return packed(**parts)


@pytest.mark.parametrize("make", [strict, named_otherwise, page_inside])
def test_word_files_of_other_makers_are_read_whole(make, tmp_path):
    """None of them is damaged, and nothing of them is lost."""
    path = tmp_path / "年报.docx"
    path.write_bytes(make())
    found = judged(DRAWING, import_sources([path]))
    assert (found.right, found.broken) == (found.all, [])


def latin():
    """A PDF whose font draws characters that its codes do not tell: copied, it is Latin letters."""
    paper = Paper()
    for line in range(40):
        paper.text(80, 60 + 17 * line, 12, "!#$A0 BCDEF 12")
    return paper.data()


@pytest.mark.parametrize(
    ("name", "content", "what", "instead"),
    [
        ("年报.ofd", packed(**{"OFD.xml": "<x/>", "Doc_0/Document.xml": "<x/>"}), "版式文件（OFD）", "另存为 .pdf"),
        ("年报.zip", packed(**{"年报.docx": "x"}), "压缩文件", "先解压"),
        ("年报.rar", b"Rar!\x1a\x07\x00" + bytes(range(200)), "压缩文件", "先解压"),
        ("年报.url", b"[InternetShortcut]\r\nURL=https://example.gov.cn/nb.html\r\n", "快捷方式", "另存为网页"),
        ("年报.webarchive", b"bplist00" + bytes(range(200)), "网页归档", "在浏览器里打开"),
        ("年报.doc", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(900), "不完整", "另存为 .docx"),
        ("~$年报.docx", b"\x05Admin" + bytes(157), "临时文件", "没有“~$”的那一个"),
        ("年报.pdf", latin(), "字体没有带文字对照", "另存为 .docx"),
    ],
)
def test_what_is_no_report_is_called_what_it_is(name, content, what, instead, tmp_path):
    """Not damaged, not in another encoding: one sentence with what to do."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceError) as refused:
        import_sources([path])
    said = str(refused.value)
    assert what in said
    assert instead in said
    assert "损坏" not in said
    assert said.count("。") == 1
