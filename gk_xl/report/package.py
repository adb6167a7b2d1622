"""A Word file as a package: the parts that every document of ours shares, zipped without a clock in it."""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache
from pathlib import Path

from gk_xl.report import embed
from gk_xl.report.values import escape
from gk_xl.workbook.kinds import GENERATOR
from gk_xl.workbook.namespaces import PACKAGE, RELATIONS, WORD_ML, XML_HEAD

_PARTS = Path(__file__).parent / "parts"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = {
    "word/document.xml": f"{_WORD}.document.main+xml",
    "word/styles.xml": f"{_WORD}.styles+xml",
    "word/settings.xml": f"{_WORD}.settings+xml",
    "word/fontTable.xml": f"{_WORD}.fontTable+xml",
    "word/footer1.xml": f"{_WORD}.footer+xml",
    "word/footer2.xml": f"{_WORD}.footer+xml",
    "word/comments.xml": f"{_WORD}.comments+xml",
    embed.PROPERTIES: "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
}


def word_file(body: str, properties: dict[str, str], more: dict[str, str] | None = None) -> bytes:
    """Return a document from its body, what it says of itself, and parts of its own; styles and page numbers are ours."""
    parts = {
        "word/document.xml": _document(body),
        "word/styles.xml": _part("styles"),
        "word/settings.xml": _part("settings"),
        "word/fontTable.xml": _part("fontTable"),
        "word/footer1.xml": _footer("left"),
        "word/footer2.xml": _footer("right"),
        **properties,
        **(more or {}),
    }
    return _package(parts)


def _document(body: str) -> str:
    return f'{XML_HEAD}<w:document xmlns:w="{WORD_ML}" xmlns:r="{RELATIONS}"><w:body>{body}</w:body></w:document>'


@lru_cache
def _part(name: str) -> str:
    return (_PARTS / f"{name}.xml").read_text(encoding="utf-8")


def _footer(side: str) -> str:
    """Return a footer: the page number between two 一字线, one character in from the outer edge."""
    page = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    return (
        f'{XML_HEAD}<w:ftr xmlns:w="{WORD_ML}"><w:p><w:pPr><w:pStyle w:val="Footer"/><w:ind w:{side}="280"/>'
        f'<w:jc w:val="{side}"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>{page}'
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )


def properties(title: str, subject: str, owner: str, created: str, keywords: str = "") -> dict[str, str]:
    """Return the parts that say what a document is and whose: a unit's, and of no person."""
    unit = escape(owner)
    words = f"<cp:keywords>{escape(keywords)}</cp:keywords>" if keywords else ""
    core = (
        f'{XML_HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:subject>{escape(subject)}</dc:subject>"
        f"<dc:creator>{unit}</dc:creator><cp:lastModifiedBy>{unit}</cp:lastModifiedBy>"
        f"{words}"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{created}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{created}</dcterms:modified>'
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )
    app = (
        f'{XML_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>{GENERATOR}</Application><Company>{unit}</Company></Properties>"
    )
    return {"docProps/core.xml": core, "docProps/app.xml": app}


def _package(parts: dict[str, str]) -> bytes:
    """Return the parts zipped with content types and relationships, without a clock in it."""
    types = "".join(f'<Override PartName="/{name}" ContentType="{_TYPES[name]}"/>' for name in parts if name in _TYPES)
    document = [
        (f"{RELATIONS}/{name.rstrip('12')}", f"{name}.xml")
        for name in ("styles", "settings", "fontTable", "footer1", "footer2", "comments")
        if f"word/{name}.xml" in parts
    ]
    carried = {}
    if embed.ITEM in parts:
        document.append((f"{RELATIONS}/customXml", f"../{embed.ITEM}"))
        properties = _relationships((f"{RELATIONS}/customXmlProps", Path(embed.PROPERTIES).name))
        carried["customXml/_rels/item1.xml.rels"] = properties
    members = {
        "[Content_Types].xml": (
            f'{XML_HEAD}<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'
        ),
        "_rels/.rels": _relationships(
            (f"{RELATIONS}/officeDocument", "word/document.xml"),
            (
                f"{PACKAGE}/relationships/metadata/core-properties",
                "docProps/core.xml",
            ),
            (f"{RELATIONS}/extended-properties", "docProps/app.xml"),
        ),
        "word/_rels/document.xml.rels": _relationships(*document),
        **carried,
        **parts,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, _ZIP_DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0  # the same on every operating system
            package.writestr(member, content.encode())
    return buffer.getvalue()


def _relationships(*targets: tuple[str, str]) -> str:
    """Return a .rels part; the n-th target has the id rIdn."""
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{XML_HEAD}<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'
