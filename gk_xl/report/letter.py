"""A letter to a unit as a Word file: a title, whom it is for, some sentences, a list; in the report's own styles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gk_xl.report.package import properties, word_file
from gk_xl.report.values import attribute
from gk_xl.report.wordml import SECTION, text, twips

if TYPE_CHECKING:
    from collections.abc import Sequence


class Column(NamedTuple):
    """A column of the list: what stands above it, and its share of the width."""

    label: str
    width: float


class Letter(NamedTuple):
    """What a letter says. In a cell of the list, a line break begins a new paragraph."""

    title: str
    addressed: str
    sentences: Sequence[str]
    columns: Sequence[Column] = ()
    rows: Sequence[Sequence[str]] = ()


def write_letter(letter: Letter, owner: str, created: str) -> bytes:
    """Return a letter as a .docx file; ``owner`` wrote it, at a moment that is said and not looked up."""
    body = [
        _paragraph("Title", letter.title),
        _paragraph("BodyText", letter.addressed, '<w:ind w:firstLineChars="0" w:firstLine="0"/>'),
    ]
    *before, last = letter.sentences
    body += [_paragraph("BodyText", sentence) for sentence in before]
    body.append(_paragraph("BodyText", last, '<w:spacing w:after="145"/>'))
    if letter.rows:
        body.append(_list(letter))
    body.append(SECTION)
    return word_file("".join(body), properties(letter.title, "", owner, created))


def _paragraph(style: str, value: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{text(value)}</w:p>'


def _list(letter: Letter) -> str:
    """Return the list as a table whose head is repeated on every page."""
    widths = twips([column.width for column in letter.columns])
    head = _row([column.label for column in letter.columns], widths, "TableHead", "<w:tblHeader/>")
    rows = [_row(row, widths, "TableLabel") for row in letter.rows]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        f"<w:tblCaption w:val={attribute(letter.title)}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"{head}{''.join(rows)}</w:tbl>"
        '<w:p><w:pPr><w:pStyle w:val="BodyText"/><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
    )


def _row(values: Sequence[str], widths: Sequence[int], style: str, more: str = "") -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        + "".join(_paragraph(style, line, '<w:keepNext w:val="0"/>') for line in value.split("\n"))
        + "</w:tc>"
        for value, width in zip(values, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>{cells}</w:tr>"
