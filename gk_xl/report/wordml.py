"""A report as the body of a Word document (WordprocessingML), written as text: fast, and the same every time."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from gk_xl.report.comments import TOP
from gk_xl.report.values import attribute, escape, signature_starts, width
from gk_xl.report.wordfile import SIGNATURE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.form.schema import GridCell, Table
    from gk_xl.report.comments import Comments
    from gk_xl.report.fields import Run
    from gk_xl.report.model import Paragraph, PrintedTable, Report

CHARACTER = 315
"""Pitch of one character of the body text, in twips: 16 pt less 0.25 pt, so that 28 stand in 156 mm."""
TYPE_AREA = 8845
"""Width of the type area in twips (156 mm)."""
_ROW_HEIGHT = 380
_LOW_ROW = 345
"""Height of a row in a table of many columns, in twips."""
_LABEL_LINE, _BORDER = 230, 10
"""Height of a line of a label in such a table, and of the rule under a row."""
PADDING = 28
"""What stays free above and below a cell's text (``styles.xml``); less where a table would leave its page."""
_ROOM = 12756 - 579 - 3 * (2 * _LABEL_LINE + 2 * PADDING + _BORDER - _LOW_ROW)
"""Height of the type area less a heading and what three more wrapped labels take: a wider fallback font must not part
the heading from its table."""
_CELL_MARGIN = 57
_SHORT_HEAD = 8
_SMALL = 180
"""Width of one character of 小五 (9 pt), in twips."""
_SMALL_FROM = 9
"""Tables with at least this many columns set their labels in 小五 (9 pt), others in 五号 (10.5 pt)."""
_NUMBERS = {"TableNumber": 210, "TableNumberSmall": 170, "TableNumberSmaller": 140, "TableNumberLeast": 110}
"""The styles of a table's numbers with the height of their figures, in twips (``styles.xml``)."""
_FIGURE = 0.64
"""Width of a figure, in parts of its height: half of it in 宋体, so much in what may stand in for it."""
_AFTER_TABLE = '<w:spacing w:before="290"/>'
"""Half a line between a table and the heading behind it."""
PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="1446" w:gutter="0"/>'
)
"""A4; 天头 37 mm, 订口 28 mm, the type area 156 × 225 mm; the page number's dash 7 mm under it."""
SECTION = (
    '<w:sectPr><w:footerReference w:type="even" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/>'
    f'{PAGE}<w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
)
"""The end of a document's body: its page, and the page numbers of odd and even pages."""


class Body:
    """Writes ``w:body``. ``controls``: name → identifier and text of every place that shows something of the filing."""

    def __init__(self, comments: Comments, *, controls: bool = True) -> None:
        self.controlled = controls
        self.parts: list[str] = []
        self.comments = comments
        self.controls: dict[str, tuple[str, str]] = {}
        self.numbers = itertools.count(1_000_001)

    def report(self, report: Report) -> str:
        """Return the document's body, section properties included."""
        if report.banner:
            self.paragraph("CheckBanner", text(report.banner))
        self.paragraph("Title", self.comments.around(TOP, "<w:r><w:br/></w:r>".join(map(text, report.title_lines))))
        self.narrative(report.preamble)
        apart = ""
        for section in report.sections:
            self.paragraph("Heading1", self.comments.around(section.section.id, text(section.heading)), apart)
            self.narrative(section.paragraphs, signed=section is report.sections[-1])
            apart = _AFTER_TABLE if section.table else ""
            if section.table:
                self.table(section.table, signed=section is report.sections[-1])
        self.signature(report)
        self.parts.append(SECTION)
        return "".join(self.parts)

    def paragraph(self, style: str, runs: str, properties: str = "") -> None:
        """Add one paragraph."""
        self.parts.append(f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>')

    def narrative(self, paragraphs: Sequence[Paragraph], *, signed: bool = False) -> None:
        """Add paragraphs of text, headings as headings; the last one before the signature stays on its page."""
        for number, paragraph in enumerate(paragraphs, start=1):
            style = f"Heading{paragraph.level}" if paragraph.is_heading else "BodyText"
            keep = "<w:keepNext/><w:keepLines/>" if signed and number == len(paragraphs) else ""
            runs = self.comments.between(paragraph)
            self.paragraph(
                style, "".join(run if isinstance(run, str) else self.run(run, paragraph) for run in runs), keep
            )

    def run(self, run: Run, paragraph: Paragraph) -> str:
        """Return one run; a heading run in with its sentence bears the look of its level, a number its control."""
        style = f"Lead{paragraph.level}" if run.lead and not paragraph.is_heading and paragraph.level < 3 else ""
        properties = f'<w:rStyle w:val="{style}"/>' if style else ""
        if not run.tag:
            return text(run.text, properties)
        return self.control(run.tag, run.label, run.text, properties=properties)

    def control(self, tag: str, label: str, value: str, *, lock: str = "", properties: str = "") -> str:
        """Return a number in a content control: tag = the cell's identifier, alias = its Chinese name.

        What is no plain number goes without: LibreOffice 7.4 repeats the text of a control that holds Chinese letters
        when it saves the file. Such a cell is found by its place in the table.
        """
        self.controls[label] = tag, value
        if not (self.controlled and value.isascii()):
            return text(value, properties)
        return (
            f"<w:sdt><w:sdtPr><w:alias w:val={attribute(label)}/><w:tag w:val={attribute(tag)}/>"
            f'<w:id w:val="{next(self.numbers)}"/>{lock}<w:text/></w:sdtPr>'
            f"<w:sdtContent>{text(value, properties) or '<w:r><w:t></w:t></w:r>'}</w:sdtContent></w:sdt>"
        )

    def signature(self, report: Report) -> None:
        """Add unit and date: two characters from the right edge, the date beginning two characters after the unit."""
        unit, date = signature_starts(report.signature, report.date)
        places = (
            (report.signature, f'<w:ind w:left="{round(unit * CHARACTER)}"/>'),
            (report.date, f'<w:ind w:left="{round(date * CHARACTER)}" w:right="-{2 * CHARACTER}"/>'),
        )
        for (style, (tag, name)), (value, indent) in zip(SIGNATURE.items(), places, strict=True):
            self.controls[name] = tag, value
            if value:
                self.paragraph(style, text(value), indent)

    def table(self, printed: PrintedTable, *, signed: bool = False) -> None:
        """Add a statutory table with all its merges; one that stands before the signature stays on its page."""
        table = printed.table
        widths = twips(table.widths_mm)
        small = table.width >= _SMALL_FROM
        padding = padding_of(table, widths) if small else PADDING
        height = _LOW_ROW - 2 * (PADDING - padding) if small else _ROW_HEIGHT
        sides = "".join(f'<w:{side} w:w="{padding}" w:type="dxa"/>' for side in ("top", "bottom"))
        one_head = not any(item.head and item.line >= table.head_lines for item in table.grid)
        self.parts.append(
            '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
            f"{f'<w:tblCellMar>{sides}</w:tblCellMar>' if padding < PADDING else ''}"
            '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
            ' w:noHBand="1" w:noVBand="1"/>'
            f"<w:tblCaption w:val={attribute(printed.caption)}/>"
            f"<w:tblDescription w:val={attribute(_description(printed))}/></w:tblPr><w:tblGrid>"
            + "".join(f'<w:gridCol w:w="{column}"/>' for column in widths)
            + "</w:tblGrid>"
        )
        ends = _ends(table) - ({table.lines - 1} if signed else set())
        for line in range(table.lines):
            head = "<w:tblHeader/>" if one_head and line < table.head_lines else ""
            self.parts.append(
                f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>{head}</w:trPr>'
            )
            covering = [item for item in table.grid if item.line <= line < item.line + item.lines]
            for item in sorted(covering, key=lambda item: item.column):
                self.cell(printed, item, line, sum(widths[item.column : item.column + item.columns]), last=line in ends)
            self.parts.append("</w:tr>")
        self.parts.append("</w:tbl>")

    def cell(self, printed: PrintedTable, item: GridCell, line: int, wide: int, *, last: bool) -> None:
        """Add one printed cell, or its continuation on a later line; behind the ``last`` line of a block a page may end."""
        table = printed.table
        span = f'<w:gridSpan w:val="{item.columns}"/>' if item.columns > 1 else ""
        merge = "" if item.lines == 1 else '<w:vMerge w:val="restart"/>' if item.line == line else "<w:vMerge/>"
        small = "Small" if table.width >= _SMALL_FROM else ""
        content = ""
        if item.cell:
            value, unit = printed.texts[item.cell], printed.units.get(item.cell, "")
            style = _style_of(value + unit, wide)
            number = self.control(item.cell, printed.labels[item.cell], value, lock='<w:lock w:val="sdtLocked"/>')
            content = self.comments.around(item.cell, number) + text(unit)
        else:
            centred = item.head or item.lines > 1 or table.width < _SMALL_FROM
            style = ("TableHead" if centred else "TableLabel") + small
            if item.line == line:
                content = text(item.text)
        keep = '<w:keepNext w:val="0"/>' if last else ""
        indent = _even_lines(item.text, wide) if item.head and small else ""
        self.parts.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}{indent}</w:pPr>{content}</w:p></w:tc>'
        )


def text(value: str, properties: str = "") -> str:
    """Return a text as runs; tabs become tab stops. An empty text is nothing."""
    if not value:
        return ""
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    pieces = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "" for piece in value.split("\t")
    )
    return f"<w:r>{properties}{pieces}</w:r>"


def _ends(table: Table) -> frozenset[int]:
    """Return the lines behind which a page may end: the last of the table, and of each block with heads of its own."""
    heads = {item.line for item in table.grid if item.head}
    return frozenset(
        line for line in range(table.lines) if line == table.lines - 1 or (line + 1 in heads and line not in heads)
    )


def _style_of(value: str, wide: int) -> str:
    """Return the style of a number: smaller for one of so many digits that a line would break it in two."""
    most = (wide - 2 * _CELL_MARGIN) / max(1, 2 * width(value) * _FIGURE)
    return next((style for style, size in _NUMBERS.items() if size <= most), [*_NUMBERS][-1])


def _even_lines(label: str, wide: int) -> str:
    """Return the indents that break a narrow head into lines of equal length: 商业⏎企业, not 商业企⏎业."""
    if len(label) > _SHORT_HEAD:
        return ""
    inner = wide - 2 * _CELL_MARGIN
    fit = inner // _SMALL
    lines = math.ceil(len(label) / fit)
    even = math.ceil(len(label) / lines)
    side = (inner - even * _SMALL - _SMALL // 2) // 2
    return f'<w:ind w:left="{side}" w:right="{side}"/>' if lines > 1 and even < fit and side > 0 else ""


def padding_of(table: Table, widths: Sequence[int]) -> int:
    """Return what stays free above and below the text of a table's cells, in twips, so that it stands on one page.

    A table that is longer than a page in any case is left as it is.
    """
    tried = (padding for padding in range(PADDING, -1, -1) if height_of(table, widths, padding) <= _ROOM)
    return next(tried, PADDING)


def height_of(table: Table, widths: Sequence[int], padding: int) -> int:
    """Return how high a table of many columns comes to stand with a padding, in twips: by row, or by its longest label."""
    rows = [_LOW_ROW - 2 * (PADDING - padding)] * table.lines
    for item in sorted(table.grid, key=lambda item: item.lines):
        fit = (sum(widths[item.column : item.column + item.columns]) - 2 * _CELL_MARGIN) // _SMALL
        covered = slice(item.line, item.line + item.lines)
        needed = _LABEL_LINE * math.ceil(width(item.text) / max(1, fit)) + 2 * padding + _BORDER
        rows[covered.stop - 1] += max(0, needed - sum(rows[covered]))
    return sum(rows)


def twips(widths_mm: Sequence[float]) -> list[int]:
    """Return column widths in twips that fill the type area exactly."""
    scale = TYPE_AREA / sum(widths_mm)
    edges = [round(scale * edge) for edge in itertools.accumulate(widths_mm, initial=0)]
    return [right - left for left, right in itertools.pairwise(edges)]


def _description(printed: PrintedTable) -> str:
    table = printed.table
    return f"{printed.caption}，{table.lines} 行 {table.width} 列，其中表头 {table.head_lines} 行；单位：{table.unit}。"
