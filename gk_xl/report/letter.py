"""A letter as a Word file: a title, whom it is for, sentences, headings and lists, who signs it; in the report's own styles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gk_xl.report.package import properties, word_file
from gk_xl.report.values import attribute, signature_starts
from gk_xl.report.wordml import CHARACTER, SECTION, text, twips

if TYPE_CHECKING:
    from collections.abc import Sequence


CLOSING = 2
"""So many of the last sentences stand on one page with the signature: none stands on a page alone."""
_KEPT = "<w:keepNext/>"


class Column(NamedTuple):
    """A column of the list: what stands above it, and its share of the width."""

    label: str
    width: float


class Heading(NamedTuple):
    """A heading between sentences."""

    text: str


class Listing(NamedTuple):
    """A list as a table; in a cell, a line break begins a new paragraph. ``small`` sets it in 9 pt."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    small: bool = False


class Letter(NamedTuple):
    """What a letter says, in order, its title with line breaks where it is to be broken; ``signed`` and ``date`` stand at its end, ``after`` behind them (an annex)."""

    title: str
    addressed: str
    parts: Sequence[str | Heading | Listing]
    signed: str = ""
    date: str = ""
    after: Sequence[str | Heading | Listing] = ()


def write_letter(letter: Letter, owner: str, created: str) -> bytes:
    """Return a letter as a .docx file; ``owner`` wrote it, at a moment that is said and not looked up."""
    lines = "<w:r><w:br/></w:r>".join(map(text, letter.title.split("\n")))
    body = [f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>{lines}</w:p>']
    if letter.addressed:
        body.append(_paragraph("BodyText", letter.addressed, '<w:ind w:firstLineChars="0" w:firstLine="0"/>'))
    signed = bool(letter.signed or letter.date)
    last = len(letter.parts) - CLOSING
    listed = last - 1  # a list just above the closing gives its last row along
    body += [
        _part(
            part,
            letter.title,
            kept=at >= (listed if isinstance(part, Listing) else last) and (signed or part is not letter.parts[-1]),
        )
        for at, part in enumerate(letter.parts)
    ]
    body += _signature(letter)
    body += [_part(part, letter.title) for part in letter.after]
    body.append(SECTION)
    return word_file("".join(body), properties(letter.title.replace("\n", ""), "", owner, created))


def _part(part: str | Heading | Listing, title: str, *, kept: bool = False) -> str:
    """Return a part; one that is kept stands on the page of what follows it."""
    if isinstance(part, Heading):
        return _paragraph("Heading1", part.text)
    return (
        _paragraph("BodyText", part, _KEPT if kept else "") if isinstance(part, str) else _list(part, title, kept=kept)
    )


def _signature(letter: Letter) -> list[str]:
    """Return unit and date, two characters from the right edge as GB/T 9704 has it."""
    unit, date = signature_starts(letter.signed, letter.date)
    places = (("Signature", letter.signed, unit, _KEPT if letter.date else ""), ("Date", letter.date, date, ""))
    return [
        _paragraph(style, value, f'{kept}<w:ind w:left="{round(start * CHARACTER)}"/>')
        for style, value, start, kept in places
        if value
    ]


def _paragraph(style: str, value: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{text(value)}</w:p>'


def _list(listing: Listing, title: str, *, kept: bool) -> str:
    """Return the list as a table whose head is repeated on every page, a line of white below it.

    The last row of one that is kept stands on the page of what follows.
    """
    small = "Small" if listing.small else ""
    widths = twips([column.width for column in listing.columns])
    head = _row([column.label for column in listing.columns], widths, f"TableHead{small}", "<w:tblHeader/>", keep=True)
    end = len(listing.rows) - 1
    rows = [_row(row, widths, f"TableLabel{small}", keep=kept and at == end) for at, row in enumerate(listing.rows)]
    gap = _GAP.format(_KEPT if kept else "")
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        _ABOVE + '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        f"{_PADDING}<w:tblCaption w:val={attribute(title)}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"{head}{''.join(rows)}</w:tbl>{gap}"
    )


_PADDING = (
    '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>'
    '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar>'
)
_ABOVE = (
    '<w:p><w:pPr><w:pStyle w:val="BodyText"/><w:keepNext/><w:spacing w:line="160" w:lineRule="exact"/></w:pPr></w:p>'
)
_GAP = '<w:p><w:pPr><w:pStyle w:val="BodyText"/>{}<w:spacing w:line="160" w:lineRule="exact"/></w:pPr></w:p>'


def _row(values: Sequence[str], widths: Sequence[int], style: str, more: str = "", *, keep: bool = False) -> str:
    kept = "<w:keepNext/>" if keep else '<w:keepNext w:val="0"/>'
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        + "".join(_paragraph(style, line, kept) for line in value.split("\n"))
        + "</w:tc>"
        for value, width in zip(values, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>{cells}</w:tr>"
