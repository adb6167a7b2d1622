"""A letter as a Word file: a title, whom it is for, sentences, headings and lists, who signs it; in the report's own styles."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from gk_xl.report.package import properties, word_file
from gk_xl.report.values import attribute, signature_starts
from gk_xl.report.wordml import CHARACTER, SECTION, text, twips

if TYPE_CHECKING:
    from collections.abc import Sequence


CLOSING = 2
"""So many of the last sentences stand on one page with the signature, unless a letter says otherwise, and with the last row of a list just above them."""
_KEPT = "<w:keepNext/>"
_CLOSER = '<w:snapToGrid w:val="0"/><w:spacing w:line="500" w:lineRule="exact"/>'
_CLOSE_SIGNED = '<w:snapToGrid w:val="0"/><w:spacing w:before="240" w:line="500" w:lineRule="exact"/>'
"""Under a list the closing is set closer: all of it goes over to the next page with a row, for want of a line."""


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
    """What a letter says, in order, its title with line breaks where it is to be broken; ``signed`` and ``date`` stand at its end, ``after`` behind them (an annex).

    ``closing`` sentences stay with the signature: the fewer, the less of a page stays empty.
    """

    title: str
    addressed: str
    parts: Sequence[str | Heading | Listing]
    signed: str = ""
    date: str = ""
    after: Sequence[str | Heading | Listing] = ()
    closing: int = CLOSING


def write_letter(letter: Letter, owner: str, created: str) -> bytes:
    """Return a letter as a .docx file; ``owner`` wrote it, at a moment that is said and not looked up."""
    lines = "<w:r><w:br/></w:r>".join(map(text, letter.title.split("\n")))
    body = [f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>{lines}</w:p>']
    if letter.addressed:
        body.append(_paragraph("BodyText", letter.addressed, '<w:ind w:firstLineChars="0" w:firstLine="0"/>'))
    closing = [*takewhile(lambda part: isinstance(part, str), letter.parts[: -letter.closing - 1 : -1])][::-1]
    above = letter.parts[: len(letter.parts) - len(closing)]
    last = above[-1] if above else None
    close = _CLOSER if isinstance(last, Listing) else ""
    below = [_paragraph("BodyText", str(part), _KEPT + close) for part in closing]
    below += _signature(letter, _CLOSE_SIGNED if close else "", close)
    if isinstance(last, Listing):
        body += [_part(part, letter.title) for part in above[:-1]]
        body.append(_list(last, letter.title, "".join(below)))
    else:
        body += [*(_part(part, letter.title) for part in above), *below]
    body += [_part(part, letter.title) for part in letter.after]
    body.append(SECTION)
    return word_file("".join(body), properties(letter.title.replace("\n", ""), "", owner, created))


def _part(part: str | Heading | Listing, title: str) -> str:
    if isinstance(part, Heading):
        return _paragraph("Heading1", part.text)
    return _paragraph("BodyText", part) if isinstance(part, str) else _list(part, title)


def _signature(letter: Letter, signed: str, dated: str) -> list[str]:
    """Return unit and date, two characters from the right edge as GB/T 9704 has it, each with its spacing."""
    unit, date = signature_starts(letter.signed, letter.date)
    places = (
        ("Signature", letter.signed, unit, (_KEPT if letter.date else "") + signed),
        ("Date", letter.date, date, dated),
    )
    return [
        _paragraph(style, value, f'{kept}<w:ind w:left="{round(start * CHARACTER)}"/>')
        for style, value, start, kept in places
        if value
    ]


def _paragraph(style: str, value: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{text(value)}</w:p>'


def _list(listing: Listing, title: str, below: str = "") -> str:
    """Return the list as a table whose head is repeated on every page, a line of white below it.

    Paragraphs ``below`` stand on the page of the last row: in a row of their own without lines, as LibreOffice keeps a
    row of a table that is broken over pages with the next row, but not with what follows the table.
    """
    small = "Small" if listing.small else ""
    widths = twips([column.width for column in listing.columns])
    head = _row([column.label for column in listing.columns], widths, f"TableHead{small}", "<w:tblHeader/>", keep=True)
    end = len(listing.rows) - 1
    rows = [
        _row(row, widths, f"TableLabel{small}", keep=bool(below) and at == end) for at, row in enumerate(listing.rows)
    ]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    last = _BELOW.format(width=sum(widths), columns=len(widths), content=_GAP + below) if below else ""
    return (
        _ABOVE + '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        f"{_PADDING}<w:tblCaption w:val={attribute(title)}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"{head}{''.join(rows)}{last}</w:tbl>{_END if below else _GAP}"
    )


_PADDING = (
    '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>'
    '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar>'
)
_ABOVE = (
    '<w:p><w:pPr><w:pStyle w:val="BodyText"/><w:keepNext/><w:spacing w:line="160" w:lineRule="exact"/></w:pPr></w:p>'
)
_GAP = '<w:p><w:pPr><w:pStyle w:val="BodyText"/><w:spacing w:line="160" w:lineRule="exact"/></w:pPr></w:p>'
_END = '<w:p><w:pPr><w:pStyle w:val="BodyText"/><w:snapToGrid w:val="0"/><w:spacing w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
"""What Word asks for behind a table, as low as it goes and hidden: it shall not open a page."""
_BELOW = (
    '<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{columns}"/>'
    '<w:tcBorders><w:left w:val="nil"/><w:bottom w:val="nil"/><w:right w:val="nil"/></w:tcBorders>'
    '<w:tcMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tcMar></w:tcPr>{content}</w:tc></w:tr>'
)


def _row(values: Sequence[str], widths: Sequence[int], style: str, more: str = "", *, keep: bool = False) -> str:
    kept = "<w:keepNext/>" if keep else '<w:keepNext w:val="0"/>'
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        + "".join(_paragraph(style, line, kept) for line in value.split("\n"))
        + "</w:tc>"
        for value, width in zip(values, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>{cells}</w:tr>"
