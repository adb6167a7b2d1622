"""The report as a Word document with the body typography of GB/T 9704—2012; the same bytes for the same filing."""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from gk_xl.report import embed
from gk_xl.report.comments import Comments
from gk_xl.report.model import build_report
from gk_xl.report.values import escape
from gk_xl.report.wordml import Body
from gk_xl.workbook.kinds import GENERATOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.form.filing import Filing
    from gk_xl.form.finding import Finding
    from gk_xl.report.model import Report

_PARTS = Path(__file__).parent / "parts"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
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


def write_docx(
    filing: Filing, *, failed: int = 0, findings: Sequence[Finding] = (), public: bool = False, keywords: str = ""
) -> bytes:
    """Return the report of a filing as a .docx file.

    With ``failed`` > 0 the first page says that so many errors stand; ``findings`` become comments at the words
    or cells they speak of.
    ``public`` leaves out all that is not seen on the page: the numbers the file carries for a later refresh, content
    controls, comments.
    """
    report, created = build_report(filing, failed=failed), created_on(filing)
    comments = Comments(() if public else findings, created, report)
    body = Body(comments, controls=not public)
    parts = {
        "word/document.xml": _document(body.report(report)),
        "word/styles.xml": _part("styles"),
        "word/settings.xml": _part("settings"),
        "word/fontTable.xml": _part("fontTable"),
        "word/footer1.xml": _footer("left"),
        "word/footer2.xml": _footer("right"),
        **properties_of(report, created, keywords),
    }
    if not public:
        parts[embed.ITEM] = embed.Carried.of(filing, report, body.controls).xml()
        parts[embed.PROPERTIES] = embed.properties()
    if comments:
        parts["word/comments.xml"] = f'{_HEAD}<w:comments xmlns:w="{_W}">{comments.xml()}</w:comments>'
    return _package(parts)


def _document(body: str) -> str:
    return f'{_HEAD}<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{body}</w:body></w:document>'


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
        f'{_HEAD}<w:ftr xmlns:w="{_W}"><w:p><w:pPr><w:pStyle w:val="Footer"/><w:ind w:{side}="280"/>'
        f'<w:jc w:val="{side}"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>{page}'
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )


def created_on(filing: Filing) -> str:
    """Return the document's date: the day it was signed, else New Year's Day after the report year; never now."""
    day = filing.signed.day
    if day:
        return f"{day.isoformat()}T00:00:00Z"
    return f"{1980 if filing.year is None else filing.year + 1:04d}-01-01T00:00:00Z"


def properties_of(report: Report, created: str, keywords: str = "") -> dict[str, str]:
    """Return the parts that say what the document is and whose: the unit's, and of no person."""
    return {"docProps/core.xml": _core(report, created, keywords), "docProps/app.xml": _app(report)}


def _core(report: Report, created: str, keywords: str) -> str:
    unit = escape(report.unit)
    words = f"<cp:keywords>{escape(keywords)}</cp:keywords>" if keywords else ""
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(report.title)}</dc:title><dc:subject>{escape(report.subject)}</dc:subject>"
        f"<dc:creator>{unit}</dc:creator><cp:lastModifiedBy>{unit}</cp:lastModifiedBy>"
        f"{words}"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{created}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{created}</dcterms:modified>'
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def _app(report: Report) -> str:
    return (
        f'{_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>{GENERATOR}</Application><Company>{escape(report.unit)}</Company></Properties>"
    )


def _package(parts: dict[str, str]) -> bytes:
    """Return the parts zipped with content types and relationships, without a clock in it."""
    types = "".join(f'<Override PartName="/{name}" ContentType="{_TYPES[name]}"/>' for name in parts if name in _TYPES)
    document = [
        (f"{_R}/{name.rstrip('12')}", f"{name}.xml")
        for name in ("styles", "settings", "fontTable", "footer1", "footer2", "comments")
        if f"word/{name}.xml" in parts
    ]
    carried = {}
    if embed.ITEM in parts:
        document.append((f"{_R}/customXml", f"../{embed.ITEM}"))
        properties = _relationships((f"{_R}/customXmlProps", Path(embed.PROPERTIES).name))
        carried["customXml/_rels/item1.xml.rels"] = properties
    members = {
        "[Content_Types].xml": (
            f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'
        ),
        "_rels/.rels": _relationships(
            (f"{_R}/officeDocument", "word/document.xml"),
            (
                "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                "docProps/core.xml",
            ),
            (f"{_R}/extended-properties", "docProps/app.xml"),
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
    return f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{items}</Relationships>'
