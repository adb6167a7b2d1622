"""The report as a Word document with the body typography of GB/T 9704—2012; the same bytes for the same filing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.report import embed
from gk_xl.report.comments import Comments
from gk_xl.report.model import build_report
from gk_xl.report.package import properties, word_file
from gk_xl.report.wordml import Body
from gk_xl.workbook.namespaces import WORD_ML, XML_HEAD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.form.filing import Filing
    from gk_xl.form.finding import Finding
    from gk_xl.report.model import Report


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
    written, parts = body.report(report), {}
    if not public:
        parts[embed.ITEM] = embed.Carried.of(filing, report, body.controls).xml()
        parts[embed.PROPERTIES] = embed.properties()
    if comments:
        parts["word/comments.xml"] = f'{XML_HEAD}<w:comments xmlns:w="{WORD_ML}">{comments.xml()}</w:comments>'
    return word_file(written, properties_of(report, created, keywords), parts)


def created_on(filing: Filing) -> str:
    """Return the document's date: the day it was signed, else New Year's Day after the report year; never now."""
    day = filing.signed.day
    if day:
        return f"{day.isoformat()}T00:00:00Z"
    return f"{1980 if filing.year is None else filing.year + 1:04d}-01-01T00:00:00Z"


def properties_of(report: Report, created: str, keywords: str = "") -> dict[str, str]:
    """Return the parts that say what the document is and whose: the unit's, and of no person."""
    return properties(report.title, report.subject, report.unit, created, keywords)
