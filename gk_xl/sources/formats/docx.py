"""A Word file of anyone's → a document: paragraphs, tables as grids, tracked changes as accepted.

Element names are those of ECMA-376 part 1, chapter 17. Numbers that Word counts by itself (一、（一）) are counted here
too, since headings and their order are read from them.
"""

from __future__ import annotations

import re
from copy import copy
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, Final

from gk_xl.errors import SourceError
from gk_xl.sources.document import BOXED, LEFT_OUT, STRUCK, Document, Grid, Meta, Paragraph, Spot, grid_of_rows
from gk_xl.sources.formats.nested import is_labelled, unfolded
from gk_xl.sources.formats.word_numbers import Numbering
from gk_xl.sources.formats.zipped import Package
from gk_xl.workbook.kinds import WORD
from gk_xl.workbook.namespaces import R, W

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXTS: Final = (f"{W}t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
DOCUMENT: Final = "word/document.xml"
_GONE: Final = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "rPr", "pPr", "instrText", "delText", "delInstrText", "rt")
)
_TRACKED: Final = frozenset(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_FETCHED: Final = ("attachedTemplate", "oleObject", "subDocument", "frame", "externalLink")
_TITLES: Final = ("title", "标题")
_MOST: Final = 300
_OFF: Final = ("0", "false", "off")
_MARKS: Final = ("superscript", "subscript")
_UNSEEN: Final = ("vanish", "specVanish")
_SEEN_BY: Final = ("strike", "dstrike", *_UNSEEN, "vertAlign", "position", "color", "sz")
"""What a style says of whether a text is seen, and stands on its line."""
_APART: Final = (f"{W}hyperlink", f"{W}fldSimple")
_USUAL, _SMALL = 18, 0.7
"""Half points of a run that does not tell its size; a run of so much of another's size is small."""
_TINY: Final = 4
"""Half points that the size of a text is that nobody sees, at most."""
_WHITE: Final = re.compile(r"(?:F[A-F]){3}")
"""Colours that are not seen on paper."""
_PAPER: Final = ("background1", "light1")
_SHIFTED: Final = re.compile(r"-?(?:[4-9]|\d{2,})(?:\.\d+)?")
"""Half points by which a sign stands above or below its line: 4 or more."""
_SLIVER: Final = 60
"""Twentieths of a point up to which a column of a table is none: a millimetre."""


def read(data: bytes, name: str) -> Document:
    """Return what a Word file holds; SourceError for one with macros, or that would fetch parts from elsewhere."""
    package = Package(data, name, ".docx")
    document = next((one.target for one in package.related().values() if one.kind == "officeDocument"), DOCUMENT)
    for one in package.related(document).values():
        if one.outside and one.kind in _FETCHED:
            raise SourceError(
                f"{name} 链接着外部文件（{one.target[:60]}），为安全起见没有打开；请在 Word 里断开链接，另存后再导入。"
            )
    body = next(package.xml(document).iter(f"{W}body"), None)
    if body is None:
        raise package.damaged
    _dress(body, package)
    reader = _Reader(package, document)
    blocks = tuple(reader.blocks(body))
    remarks = []
    if any(item.tag in _TRACKED for item in body.iter()):
        remarks.append("文件里有没有定稿的修订，按全部接受读取；请与定稿核对。")
    if any(_is_struck(run) for run in body.iter(f"{W}r")):
        remarks.append(LEFT_OUT)
    if reader.boxed:
        remarks.append(BOXED.format(reader.boxed))
    return Document(blocks, WORD.label, meta=_meta(package), remarks=tuple(remarks))


def _meta(package: Package) -> Meta:
    if "docProps/core.xml" not in package.names:
        return Meta()
    root = package.xml("docProps/core.xml")
    return Meta(next((item.text or "" for item in root.iter(f"{_DC}title")), ""))


class _Reader:
    """Reads the body; ``boxed`` counts the text boxes met."""

    def __init__(self, package: Package, document: str) -> None:
        self.package, self.document = package, document
        self.numbering, self.boxed = Numbering(package), 0
        self.lines = self.tables = 0

    def blocks(self, parent: Any) -> Iterator[Paragraph | Grid]:
        """Yield paragraphs and grids in order; what frames a text (a table with one cell, controls) is looked into."""
        for item in parent:
            if item.tag == f"{W}p":
                yield from self._paragraph(item)
            elif item.tag == f"{W}tbl":
                yield from self._table(item)
            elif item.tag == f"{W}altChunk":
                yield from self._page(item)
            elif item.tag not in _GONE:
                yield from self.blocks(item)

    def _page(self, element: Any) -> Iterator[Paragraph | Grid]:
        """Yield what a web page holds that Word is to put in here when it opens the file, as exports of websites have it."""
        from gk_xl.sources.formats import format_of

        part = self.package.related(self.document).get(element.get(f"{R}id", ""))
        data = self.package.bytes_of(part.target) if part and part.target in self.package.names else b""
        found = format_of(data)
        if found is not None and found.id in ("html", "mhtml"):
            yield from found.read(data, self.package.name).blocks

    def _paragraph(self, element: Any) -> Iterator[Paragraph | Grid]:
        boxes: list[Any] = []
        text = "".join(_texts(element, boxes))
        mark = self.numbering.next(element) if text.strip() else ""
        style = element.find(f"{W}pPr/{W}pStyle")
        named = style is not None and style.get(f"{W}val", "").lower().startswith(_TITLES)
        for line in (mark + text).split("\n"):
            if line.strip():
                self.lines += 1
                yield Paragraph(line, Spot(line=self.lines), strong=named)
        for box in boxes:
            self.boxed += 1
            yield from self.blocks(box)

    def _table(self, element: Any) -> Iterator[Paragraph | Grid]:
        rows = [
            row
            for row in _children(element, "tr")
            if row.find(f"{W}trPr/{W}del") is None and not _is_on(row, "trPr", "hidden")
        ]
        cells = [cell for row in rows for cell in _children(row, "tc")]
        framed = len(cells) <= 1 or any(_holds_a_form(cell) for cell in cells)
        contents = _contents(rows) if framed else []
        grid = unfolded(contents) if is_labelled(contents) else None
        if framed and grid is None:
            for cell in cells:
                yield from self.blocks(cell)
            return
        self.tables += 1
        self.lines += 1
        spot = Spot(line=self.lines, table=self.tables)
        if grid is not None:
            yield replace(grid, spot=spot)
            return
        drawn = _without_slivers([_row(row) for row in rows], element.iterfind(f"{W}tblGrid/{W}gridCol"))
        yield grid_of_rows(_merged_down(drawn), spot)


def _contents(rows: Sequence[Any]) -> list[list[tuple[tuple[str, list[Grid | None]], int, int]]]:
    """Return what the cells of a table hold, their own text and the tables in them, with their spans."""
    held: list[tuple[str, list[Grid | None]]] = []
    drawn = []
    for row in rows:
        drawn.append([(f"{len(held) + at}", across, down) for at, (_, across, down) in enumerate(_row(row))])
        held += [("", [])] * (len(drawn[-1]) - sum(1 for _ in _children(row, "tc")))
        for cell in _children(row, "tc"):
            inner = [one for one in cell.iter(f"{W}tbl") if next(one.iterancestors(f"{W}tc")) is cell]
            lines = (
                _text_of(one, _is_aside) for one in cell.iter(f"{W}p") if next(one.iterancestors(f"{W}tc")) is cell
            )
            text = "\n".join(filter(None, lines)) if inner else _cell_text(cell)
            held.append((text, [unfolded(_contents([*_children(one, "tr")])) for one in inner]))
    return [[(held[int(at)], down, across) for at, down, across in row] for row in _merged_down(drawn)]


def _text_of(paragraph: Any, left_out: Callable[[Any], bool] | None = None) -> str:
    return "".join(_texts(paragraph, [], left_out)).strip(" \u3000\u00a0")


def _dress(body: Any, package: Package) -> None:
    """Give runs what their styles say of whether they are seen, and stand on their line: what is nearer to them prevails."""
    root = package.xml("word/styles.xml") if "word/styles.xml" in package.names else None
    styles = {} if root is None else {style.get(f"{W}styleId"): style for style in root.iter(f"{W}style")}
    for run in body.iter(f"{W}r") if styles else ():
        named = [run.find(f"{W}rPr/{W}rStyle"), next(run.iterancestors(f"{W}p")).find(f"{W}pPr/{W}pStyle")]
        said = [one for name in named if name is not None for one in _said_by(styles, name.get(f"{W}val"))]
        own = run.find(f"{W}rPr")
        if said and own is None:
            own = run.makeelement(f"{W}rPr")
            run.insert(0, own)
        for one in said:
            if own.find(one.tag) is None:
                own.append(copy(one))


def _said_by(styles: Mapping[str, Any], name: str) -> Iterator[Any]:
    """Yield what a style says of how its text is seen, then what those say that it is based on."""
    met: set[str] = set()
    while name in styles and name not in met:
        met.add(name)
        yield from (one for part in _SEEN_BY if (one := styles[name].find(f"{W}rPr/{W}{part}")) is not None)
        above = styles[name].find(f"{W}basedOn")
        name = "" if above is None else above.get(f"{W}val", "")


def _holds_a_form(cell: Any) -> bool:
    """Return whether a cell holds a table of several cells, so that it only frames it."""
    return any(sum(1 for _ in inner.iter(f"{W}tc")) > 1 for inner in cell.iter(f"{W}tbl"))


def _children(parent: Any, name: str) -> Iterator[Any]:
    """Yield the rows or cells of a table itself, also those inside controls and insertions."""
    for item in parent:
        if item.tag == f"{W}{name}":
            yield item
        elif item.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
            yield from _children(item, name)


def _row(row: Any) -> list[tuple[str, int, str]]:
    """Return a row's cells: text, columns spanned, and how it is merged downwards ("" not, restart, continue)."""
    found = [("", _value(row.find(f"{W}trPr/{W}gridBefore"), 0), "")]
    found = found if found[0][1] else []
    for cell in _children(row, "tc"):
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        down = "" if merged is None else (merged.get(f"{W}val") or "continue")
        found.append((_cell_text(cell), _value(cell.find(f"{W}tcPr/{W}gridSpan"), 1), down))
    return found


def _without_slivers(
    rows: list[list[tuple[str, int, str]]], columns: Iterable[Any]
) -> list[list[tuple[str, int, str]]]:
    """Return rows without columns that nobody sees: where edges of cells differ by a hair, they are one edge."""
    edges = [0]
    for column in columns:
        width = column.get(f"{W}w", "")
        edges.append(edges[-1] + (not width.isdigit() or int(width) > _SLIVER))
    if edges[-1] == len(edges) - 1 or any(sum(across for _, across, _ in row) >= len(edges) for row in rows):
        return rows
    seen = []
    for row in rows:
        ends = list(accumulate((across for _, across, _ in row), initial=0))
        spans = [edges[end] - edges[start] for start, end in pairwise(ends)]
        cells = [
            (text, max(across, 1), down) for (text, _, down), across in zip(row, spans, strict=True) if across or text
        ]
        seen.append(cells)
    return seen


def _value(element: Any, default: int) -> int:
    text = "" if element is None else element.get(f"{W}val", "")
    return min(int(text), _MOST) if text.isdigit() and len(text) < 6 else default


def _cell_text(cell: Any) -> str:
    """Return a cell's text, its paragraphs as lines; a table of one cell inside it is text.

    What is struck out is left out, and raised signs: they are the mark of a note, not a digit.
    """
    for left_out in (_is_aside, _is_struck):
        text = _cell_lines(cell, left_out)
        if text:
            return text
    struck = _cell_lines(cell, lambda _: False)
    return STRUCK + struck if struck else ""


def _cell_lines(cell: Any, left_out: Callable[[Any], bool]) -> str:
    lines = (_text_of(paragraph, left_out) for paragraph in cell.iter(f"{W}p"))
    return "\n".join(line for line in lines if line)


def _merged_down(rows: list[list[tuple[str, int, str]]]) -> list[list[tuple[str, int, int]]]:
    """Return rows of cells with the rows that each spans; a cell that continues one above is not there."""
    result: list[list[tuple[str, int, int]]] = []
    starts: dict[int, tuple[int, int]] = {}  # column → where the merged cell began: row, number in it
    for number, row in enumerate(rows):
        line: list[tuple[str, int, int]] = []
        column = 0
        for text, across, down in row:
            begun = starts.get(column)
            if down == "continue" and begun is not None:
                above = result[begun[0]]
                there = above[begun[1]]
                above[begun[1]] = (there[0], number - begun[0] + 1, there[2])
            else:
                starts.pop(column, None)
                if down:
                    starts[column] = (number, len(line))
                line.append((text, 1, across))
            column += across
        result.append(line)
    return result


def _texts(element: Any, boxes: list[Any], left_out: Callable[[Any], bool] | None = None) -> Iterator[str]:
    """Yield the texts of a paragraph as it reads with all changes accepted; text boxes in it are put aside.

    ``left_out`` tells which runs of a cell are none of it; of other paragraphs, those struck out. In a cell a link, a field
    or a small run goes on with no number before it: it may be the mark of a note.
    """
    for item in element:
        if left_out is not None and (item.tag in _APART or (item.tag == f"{W}r" and _is_small(item)) or _begins(item)):
            yield " "
        if item.tag == f"{W}r" and (any(_is_on(item, "rPr", one) for one in _UNSEEN) or (left_out or _is_struck)(item)):
            continue
        if item.tag in _TEXTS:
            yield item.text or ""
        elif item.tag in (f"{W}tab", f"{W}ptab"):
            yield "\t"
        elif item.tag in (f"{W}br", f"{W}cr"):
            yield "" if item.get(f"{W}type") in ("page", "column") else "\n"
        elif item.tag == f"{W}noBreakHyphen":
            yield "-"
        elif item.tag == f"{W}txbxContent":
            boxes.append(item)
        elif item.tag == f"{_MC}AlternateContent":
            choice = item.find(f"{_MC}Choice")
            yield from _texts(item.find(f"{_MC}Fallback") if choice is None else choice, boxes, left_out)
        elif item.tag not in _GONE and isinstance(item.tag, str):
            yield from _texts(item, boxes, left_out)


def _begins(item: Any) -> bool:
    """Return whether a field begins here: what Word puts in, as the number of a note."""
    return bool(item.tag == f"{W}fldChar" and item.get(f"{W}fldCharType") == "begin")


def _is_small(run: Any) -> bool:
    """Return whether a run is much smaller than another one of its paragraph."""
    if run.find(f"{W}rPr/{W}sz") is None:
        return False
    sizes = [_size(one) for one in next(run.iterancestors(f"{W}p")).iter(f"{W}r") if one is not run]
    return _size(run) <= _SMALL * max(sizes, default=0)


def _size(run: Any) -> int:
    told = run.find(f"{W}rPr/{W}sz")
    return _USUAL if told is None else _value(told, _USUAL)


def _is_on(element: Any, properties: str, name: str) -> bool:
    """Return whether a property is set that is on or off."""
    found = element.find(f"{W}{properties}/{W}{name}")
    return found is not None and found.get(f"{W}val", "1") not in _OFF


def _is_struck(run: Any) -> bool:
    return _is_on(run, "rPr", "strike") or _is_on(run, "rPr", "dstrike")


def _is_aside(run: Any) -> bool:
    """Return whether a run in a cell is struck out, white, too small to be seen, or stands above or below its line."""
    names = ("vertAlign", "position", "sz")
    place, shifted, size = (run.find(f"{W}rPr/{W}{name}") for name in names)
    high = shifted is not None and _SHIFTED.fullmatch(shifted.get(f"{W}val", "")) is not None
    tiny = size is not None and _value(size, _TINY + 1) <= _TINY
    return _is_struck(run) or high or _is_white(run) or tiny or (place is not None and place.get(f"{W}val") in _MARKS)


def _is_white(run: Any) -> bool:
    """Return whether a run is written in white, or in the colour of its ground."""
    colour, ground = (run.find(f"{W}rPr/{W}{name}") for name in ("color", "shd"))
    if colour is None:
        return False
    told = colour.get(f"{W}val", "").upper()
    shade = "" if ground is None else ground.get(f"{W}fill", "").upper()
    white = _WHITE.fullmatch(told) is not None or colour.get(f"{W}themeColor") in _PAPER
    return white or (told == shade and told not in ("", "AUTO"))
