"""What the exporter writes for each edition and each shipped example, part by part, against what was looked at and accepted.

After a wanted change: ``GK_XL_ACCEPT=1 pytest tests/report`` rewrites the accepted files; look at git's difference.
"""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from gk_xl.report.docx import write_docx

WRITTEN = (
    "[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels", "word/document.xml", "word/footer1.xml",
    "word/footer2.xml", "docProps/core.xml", "docProps/app.xml", "customXml/item1.xml", "customXml/itemProps1.xml",
    "customXml/_rels/item1.xml.rels",
)  # fmt: skip
COMMENTS = "word/comments.xml"  # where the errors are said that stand in a report exported all the same
STATIC = ("word/styles.xml", "word/settings.xml", "word/fontTable.xml")


def tree(data: bytes) -> str:
    """Return XML as an indented tree, so that a difference shows as lines."""
    root = etree.fromstring(data)
    etree.indent(root)
    return etree.tostring(root, encoding="unicode") + "\n"


def test_parts_of_the_word_file_are_the_accepted_ones(document, golden, accept):
    folder = golden / document.name / "word"
    with zipfile.ZipFile(io.BytesIO(document.docx())) as package:
        written = {*WRITTEN, *([COMMENTS] if document.findings else [])}
        assert sorted(package.namelist()) == sorted(written | {*STATIC})
        for name in sorted(written):
            made, file = tree(package.read(name)), folder / name.replace("/", ".").lstrip(".")
            if accept:
                folder.mkdir(parents=True, exist_ok=True)
                file.write_text(made, encoding="utf-8")
            assert made == file.read_text(encoding="utf-8"), name


@pytest.mark.parametrize("name", STATIC)
def test_static_parts_are_well_formed_and_carry_no_clock(name, example):
    with zipfile.ZipFile(io.BytesIO(write_docx(example))) as package:
        etree.fromstring(package.read(name))
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_web_page_is_the_accepted_one(document, golden, accept):
    file = golden / document.name / "page.html"
    made = document.html()
    if accept:
        file.write_text(made, encoding="utf-8")
    assert made == file.read_text(encoding="utf-8")
