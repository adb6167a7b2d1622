"""Rows of a sheet, each read once however many workbooks hold it: most rows are the template's own, byte for byte.

A row is known by its bytes, the namespaces it was written under, the cell formats of its workbook and the texts that it
refers to: whatever any of them changes is read anew. A few thousand rows are kept, the latest ones.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gk_xl.engines.core.addresses import column_letters, parse_address
from gk_xl.workbook.values import moment, unescaped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.workbook.plan import SheetPlan

MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW, _ROW_CELL, _VALUE, _FORMULA, _INLINE, _TEXT, _RUN = (
    f"{MAIN}{name}" for name in ("row", "c", "v", "f", "is", "t", "r")
)
MOST_ROWS, MOST_COLUMNS = 1_000, 128
"""How far a sheet is read: well beyond every form, also where rows were inserted."""
KEPT: Final = 1_200
"""Rows, or shared strings, of one generation; two generations are kept."""
KEPT_CELLS: Final = 8_000
"""Cells of one generation, of rows that are no template's own."""
FEW: Final = 8
"""Ways in which one row may be known: formats and texts of different workbooks."""

Place = tuple[int, int]


class RawCell(NamedTuple):
    """A cell as the file holds it. ``formula`` is without ``=``; a shared formula's followers carry ``…``."""

    value: str | float | bool | None
    formula: str
    locked: bool
    is_date: bool = False


@dataclass(eq=False, frozen=True)
class Formats:
    """The cell formats of a workbook: which lock, which show a number as a date; none where the file has lost them."""

    locks: Sequence[bool] = ()
    dates: Sequence[bool] = ()
    since_1904: bool = False


@dataclass(eq=False, slots=True)
class Row:
    """One row: its cells by place, its values up to the last one, the addresses of cells beyond what is read.

    ``judged`` remembers for a sheet's plan, by its identity, whether the row is as planned.
    """

    number: int
    cells: dict[Place, RawCell] = field(default_factory=dict)
    values: list[Any] = field(default_factory=list)
    beyond: list[str] = field(default_factory=list)
    judged: dict[int, tuple[SheetPlan, bool]] = field(default_factory=dict)


@dataclass(eq=False, slots=True)
class _Cell:
    """A cell as it is written, and, where no shared string is named, what it is under the formats it was last read with."""

    place: Place
    style: int
    kind: str
    text: str | None
    formula: str
    filled: bool
    under: Formats | None = None
    raw: RawCell | None = None


class _Written(NamedTuple):
    """A row as it is written: cells as column, format, kind, text of the value and formula; the shared strings it names."""

    number: int
    cells: list[_Cell]
    beyond: list[str]
    strings: tuple[int, ...]
    known: dict[tuple[Formats, tuple[str | None, ...]], Row]


class Lately:
    """What was read lately by its bytes, in two generations: the older one goes when the younger is full."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._young: dict[bytes, Any] = {}
        self._old: dict[bytes, Any] = {}

    def get(self, key: bytes) -> Any:
        """Return what is known; None where it is not, or no longer."""
        found = self._young.get(key)
        if found is None and (found := self._old.get(key)) is not None:
            self.put(key, found)
        return found

    def put(self, key: bytes, value: Any) -> None:
        """Remember something."""
        if len(self._young) >= self._most:
            self._old, self._young = self._young, {}
        self._young[key] = value


# ------------------------------------------------------------------------------- a part cut at its rows

_DECLARED = re.compile(rb'<\?xml version="1\.0"(?: encoding="(?:UTF|utf)-8")?(?: standalone="(?:yes|no)")?\s*\?>\s*')
_ROOT = re.compile(rb"<worksheet(?:\s[^>]*)?>")
_SPACES = re.compile(rb'\sxmlns(?::\w+)?="[^"]*"')
_ROWS = re.compile(rb"<row(?:\s[^>]*)?/>|<row(?:\s[^>]*[^/>])?>(?s:.*?)</row>")
_HEAD = re.compile(rb"<row(?:\s[^>]*)?>")
_NUMBER = re.compile(rb'\sr="(\d+)"')
_ITEMS = re.compile(rb"<si(?:\s[^>]*)?/>|<si>(?s:.*?)</si>")
_OPENED, _CLOSED, _END = b"<sheetData>", b"</sheetData>", b"</worksheet>"


class Cut(NamedTuple):
    """A sheet's part in pieces: the namespaces it declares, its rows, and what stands around them, each well-formed."""

    spaces: bytes
    rows: list[bytes]
    around: tuple[bytes, bytes]


def cut(data: bytes) -> Cut | None:
    """Return a sheet's part cut at its rows; None for one that is written in any but the plainest way.

    Comments, declarations, prefixed names, other encodings: such a part is read as a whole.
    """
    declared = _DECLARED.match(data)
    root = _ROOT.match(data, declared.end() if declared else 0)
    if root is None or b"<!" in data or data.find(b"<?", 2) >= 0 or data.count(b"<sheetData") != 1:
        return None
    head, opened, rest = data.partition(_OPENED)
    body, closed, tail = rest.partition(_CLOSED)
    end = tail.rstrip()
    if not opened or not closed or not end.endswith(_END) or b"<row" in head or b"<row" in tail:
        return None
    rows = _pieces(body, b"<row", b"</row>", _ROWS)
    if rows is None:
        return None
    spaces = b"".join(sorted(_SPACES.findall(root[0])))
    return Cut(spaces, rows, (head + _END, b"<worksheet%b>%b" % (spaces, end)))


def _pieces(body: bytes, begin: bytes, end: bytes, pattern: re.Pattern[bytes]) -> list[bytes] | None:
    """Return a text cut into its elements of one name; None where anything but white space stands between them."""
    *found, rest = body.split(end)
    if not rest and all(piece.startswith(begin) and piece.find(begin, 1) < 0 for piece in found):
        return [piece + end for piece in found]
    found = pattern.findall(body)
    return None if sum(map(len, found)) != len(body) and pattern.sub(b"", body).strip() else found


class _Known(NamedTuple):
    """What is known under some namespaces."""

    rows: Lately
    cells: Lately


_LATELY: dict[bytes, _Known] = {}


class _Part(NamedTuple):
    """A sheet's part that was read: its pieces, its rows as they are written, the shared strings that these name."""

    pieces: Cut
    written: list[_Written]
    strings: tuple[int, ...]
    known: dict[tuple[Formats, tuple[str | None, ...]], list[Row]]


_PARTS = Lately(24)


def rows_of(data: bytes, formats: Formats, strings: Sequence[str]) -> tuple[Cut, list[Row]] | None:
    """Return a sheet's part in pieces, and its rows; None for one that is written in any but the plainest way.

    XMLSyntaxError where a row is no XML.
    """
    part = _PARTS.get(data)
    if part is None:
        pieces = cut(data)
        written = None if pieces is None else _all_written(pieces)
        if pieces is None or written is None:
            return None
        part = _Part(pieces, written, tuple(index for row in written for index in row.strings), {})
        _PARTS.put(data, part)
    count = len(strings)
    key = formats, tuple(strings[index] if 0 <= index < count else None for index in part.strings)
    rows = part.known.get(key)
    if rows is None:
        if len(part.known) >= FEW:
            part.known.clear()
        rows = part.known[key] = [_row(one, formats, strings) for one in part.written]
    return part.pieces, rows


def _all_written(pieces: Cut) -> list[_Written] | None:
    """Return the rows of a part as they are written; None where one does not say its number."""
    if pieces.spaces not in _LATELY and len(_LATELY) >= FEW:
        _LATELY.clear()
    known = _LATELY.setdefault(pieces.spaces, _Known(Lately(), Lately(KEPT_CELLS)))
    found: list[_Written | None] = [known.rows.get(piece) for piece in pieces.rows]
    missing = [number for number, one in enumerate(found) if one is None]
    if missing:
        rows = [pieces.rows[number] for number in missing]
        written = _cell_by_cell(pieces.spaces, rows, known.cells) or _row_by_row(pieces.spaces, rows)
        if written is None:
            return None
        for number, one in zip(missing, written, strict=True):
            known.rows.put(pieces.rows[number], one)
            found[number] = one
    return [one for one in found if one is not None]


def _row_by_row(spaces: bytes, rows: Sequence[bytes]) -> list[_Written] | None:
    """Return rows as they are written; None where one does not say its number."""
    elements = list(parsed(spaces, rows))
    if len(elements) != len(rows) or any(item.tag != _ROW or not item.get("r") for item in elements):
        return None
    return [_written(int(item.get("r")), _cells_in(item)) for item in elements]


def _cell_by_cell(spaces: bytes, rows: Sequence[bytes], lately: Lately) -> list[_Written] | None:
    """Return rows as they are written, their cells looked up one by one: what a unit typed stands among the template's own.

    None where a row or a cell is not written in the plainest way.
    """
    numbers: list[int] = []
    cells: list[list[bytes]] = []
    for row in rows:
        head = _HEAD.match(row)
        number = head and _NUMBER.search(head[0])
        if not head or not number:
            return None
        first, *others = row[head.end() : -len(b"</row>")].split(b"<c ") if not head[0].endswith(b"/>") else (b"",)
        if first.strip():
            return None
        numbers.append(int(number[1]))
        cells.append(others)
    found = {piece: lately.get(piece) for row in cells for piece in row}
    missing = [piece for piece, cell in found.items() if cell is None]
    if missing:
        elements = list(parsed(spaces, [b"<c " + piece for piece in missing]))
        if len(elements) != len(missing) or any(item.tag != _ROW_CELL or not item.get("r") for item in elements):
            return None
        for piece, item in zip(missing, elements, strict=True):
            found[piece] = _cell(item, 0)
            lately.put(piece, found[piece])
    return [_written(number, [found[piece] for piece in row]) for number, row in zip(numbers, cells, strict=True)]


def parsed(spaces: bytes, pieces: Sequence[bytes]) -> Any:
    """Return the element that holds some pieces, which were written under some namespaces."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(b"<all%b>%b</all>" % (spaces, b"".join(pieces)), parser)


_STRINGS: dict[bytes, Lately] = {}


def shared_strings(data: bytes) -> list[str] | None:
    """Return the texts of a part of shared strings; None for one that is written in any but the plainest way."""
    declared = _DECLARED.match(data)
    begin = data.find(b"<sst", declared.end() if declared else 0)
    begin, end = data.find(b">", begin) + 1, data.rfind(b"</sst>")
    if not 0 < begin <= end or b"<!" in data or data.find(b"<?", 2) >= 0 or data[end:].strip() != b"</sst>":
        return None
    root = data[declared.end() if declared else 0 : begin]
    if not root.startswith(b"<sst"):
        return None
    body, spaces = data[begin:end], b"".join(sorted(_SPACES.findall(root)))
    pieces = _pieces(body, b"<si", b"</si>", _ITEMS)
    if pieces is None:
        return None
    if spaces not in _STRINGS and len(_STRINGS) >= FEW:
        _STRINGS.clear()
    lately = _STRINGS.setdefault(spaces, Lately())
    found: list[str | None] = [lately.get(piece) for piece in pieces]
    missing = [number for number, one in enumerate(found) if one is None]
    if missing:
        elements = list(parsed(spaces, [pieces[number] for number in missing]))
        if len(elements) != len(missing) or any(item.tag != f"{MAIN}si" for item in elements):
            return None
        for number, item in zip(missing, elements, strict=True):
            found[number] = text_of(item)
            lately.put(pieces[number], found[number])
    return [one or "" for one in found]


# --------------------------------------------------------------------------------------- one row


def read_row(item: Any, number: int, formats: Formats, strings: Sequence[str]) -> Row:
    """Return a row from its element."""
    return _row(_written(number, _cells_in(item)), formats, strings)


def _cells_in(item: Any) -> list[_Cell]:
    """Return the cells of a row's element; one without an address stands next to the one before."""
    cells: list[_Cell] = []
    for cell in item.iterchildren(_ROW_CELL):
        cells.append(_cell(cell, cells[-1].place[1] + 1 if cells else 1))
    return cells


def _cell(item: Any, column: int) -> _Cell:
    """Return a cell as it is written."""
    get = item.get
    address, kind, filled = get("r"), get("t") or "n", len(item) > 0
    text, formula = _content(item, kind) if filled else (None, "")
    return _Cell(parse_address(address) if address else (0, column), int(get("s", 0)), kind, text, formula, filled)


def _written(number: int, cells: list[_Cell]) -> _Written:
    """Return a row as it is written, what lies beyond what is read apart."""
    near, beyond = cells, list[str]()
    if number > MOST_ROWS or any(cell.place[1] > MOST_COLUMNS for cell in cells):
        near, far = [], cells
        if number <= MOST_ROWS:
            near, far = ([cell for cell in cells if (cell.place[1] > MOST_COLUMNS) is out] for out in (False, True))
        beyond = [f"{column_letters(cell.place[1])}{number}" for cell in far if cell.filled]
    strings = tuple(int(cell.text) for cell in near if cell.kind == "s" and cell.text is not None)
    return _Written(number, near, beyond, strings, {})


def _row(written: _Written, formats: Formats, strings: Sequence[str]) -> Row:
    """Return a row under the formats and with the texts of a workbook."""
    count = len(strings)
    key = formats, tuple(strings[index] if 0 <= index < count else None for index in written.strings)
    found = written.known.get(key)
    if found is None:
        if len(written.known) >= FEW:
            written.known.clear()
        found = written.known[key] = _made(written, formats, iter(key[1]))
    return found


def _made(written: _Written, formats: Formats, texts: Any) -> Row:
    number = written.number
    row = Row(number, beyond=written.beyond)
    cells, values = row.cells, row.values
    for cell in written.cells:
        raw = cell.raw if cell.under is formats else None
        if raw is None:
            raw = _raw(cell, formats, texts)
        place = cell.place if cell.place[0] == number else (number, cell.place[1])
        cells[place] = raw
        if raw.value not in (None, ""):
            column = place[1]
            values.extend([None] * (column - len(values)))
            values[column - 1] = shown(raw, formats.since_1904) if raw.is_date else raw.value
    return row


def _raw(cell: _Cell, formats: Formats, texts: Any) -> RawCell:
    """Return a cell under the formats of a workbook; one that names a shared string takes the next of these texts."""
    style, text, named = cell.style, cell.text, cell.kind == "s"
    value = None if text is None else next(texts) if named else _typed(text, cell.kind)
    known = 0 <= style < len(formats.locks)
    raw = RawCell(value, cell.formula, formats.locks[style] if known else True, known and formats.dates[style])
    if not named:
        cell.under, cell.raw = formats, raw
    return raw


def shown(cell: RawCell, since_1904: bool) -> Any:
    """Return a cell's value; the date of a number that is shown as one."""
    return moment(cell.value, since_1904) if cell.is_date and isinstance(cell.value, float) else cell.value


def _content(item: Any, kind: str) -> tuple[str | None, str]:
    """Return the text of the value and the formula of a cell that has either."""
    value = formula = inline = None
    for node in item:
        tag = node.tag
        if tag == _VALUE:
            value = node if value is None else value
        elif tag == _FORMULA:
            formula = node if formula is None else formula
        elif tag == _INLINE:
            inline = node if inline is None else inline
    told = "" if formula is None else formula.text or "…"
    if kind == "inlineStr":
        return (None if inline is None else text_of(inline)), told
    return (None if value is None else value.text), told


def _typed(text: str, kind: str) -> str | float | bool | None:
    """Return what the text of a value means for a cell of a kind (18.18.11, ST_CellType)."""
    if kind == "b":
        return text.strip() in ("1", "true")
    if kind == "n":
        number = float(text)
        return number if math.isfinite(number) else text.strip()
    return text if kind == "inlineStr" else unescaped(text)


def text_of(item: Any) -> str:
    """Return the text of a string item, its runs joined, phonetic hints left out."""
    if len(item) == 1 and item[0].tag == _TEXT:
        return unescaped(item[0].text or "")
    parts = [node.text or "" for node in item.findall(_TEXT)]
    parts += [node.text or "" for run in item.findall(_RUN) for node in run.findall(_TEXT)]
    return unescaped("".join(parts))
