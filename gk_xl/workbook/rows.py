"""Rows of a sheet, each read once however many workbooks hold it: most rows are the template's own, byte for byte.

A row is known by its bytes, the namespaces it was written under, the cell formats of its workbook and the texts that it
refers to: whatever any of them changes is read anew. A few thousand rows are kept, the latest ones.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gk_xl.engines.core.addresses import column_letters, column_number, parse_address
from gk_xl.workbook.cutting import Cut, Lately, cut, parsed, text_of
from gk_xl.workbook.namespaces import MAIN, SPREADSHEET_ML
from gk_xl.workbook.values import moment, unescaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gk_xl.workbook.plan import SheetPlan

_ROW, _ROW_CELL, _VALUE, _FORMULA, _INLINE = (f"{MAIN}{name}" for name in ("row", "c", "v", "f", "is"))
MOST_ROWS, MOST_COLUMNS = 1_000, 128
"""How far a sheet is read: well beyond every form, also where rows were inserted."""
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
    """The cell formats of a workbook: which lock, which show a number as a date; none where the file has lost them.

    ``blank`` are the cells that hold nothing but a format, by its number: half of all.
    """

    locks: Sequence[bool] = ()
    dates: Sequence[bool] = ()
    since_1904: bool = False
    blank: dict[int, RawCell] = field(default_factory=dict)


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


class Rows(list[Row]):
    """The rows of a sheet; ``settled`` remembers the plans, by their identity, that all of them follow.

    ``values`` are those of the sheet from A1 on, row by row, once somebody asked for them: for reading only.
    """

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        super().__init__(rows)
        self.settled: dict[int, SheetPlan] = {}
        self.values: list[list[Any]] | None = None


@dataclass(eq=False, slots=True)
class _Cell:
    """A cell as it is written, and what it is under the formats, and with the shared string, that it was last read with."""

    place: Place
    style: int
    kind: str
    text: str | None
    formula: str
    filled: bool
    under: Formats | None = None
    raw: RawCell | None = None


class _Written(NamedTuple):
    """A row as it is written: its cells, and the shared strings that they name."""

    number: int
    cells: list[_Cell]
    beyond: list[str]
    strings: tuple[int, ...]
    known: dict[tuple[Formats, tuple[str | None, ...]], Row]


_HEAD = re.compile(rb"<row(?:\s[^>]*)?>")
_PLAIN = re.compile(
    rb'r="([A-Z]{1,3})([1-9]\d{0,6})"(?: s="(\d{1,6})")?(?: t="([A-Za-z]+)")?'
    rb'(?:/>|>(?:<f(?: aca="false")?>([^<>\x00-\x1f]*)</f>)?(?:<v>([^<>\x00-\x1f]*)</v>)?</c>)\s*'
)
"""A cell behind ``<c ``, as nearly all are written: what it says is then said without a parser."""
_OTHERWISE = re.compile("&(?!(?:lt|gt|quot|apos|amp);)|[\ufffe\uffff]")
"""What XML forbids in a text, or writes by numbers."""
_ENTITIES: Final = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_DEFAULT: Final = f' xmlns="{SPREADSHEET_ML}"'.encode()
_NUMBER = re.compile(rb'\sr="(\d+)"')


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
    known: dict[tuple[Formats, tuple[str | None, ...]], Rows]


_PARTS = Lately(24)


def rows_of(data: bytes, formats: Formats, strings: Sequence[str]) -> tuple[Cut, Rows] | None:
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
    key = formats, _named(part.strings, strings)
    rows = part.known.get(key)
    if rows is None:
        if len(part.known) >= FEW:
            part.known.clear()
        rows = part.known[key] = Rows(_row(one, formats, strings) for one in part.written)
    return part.pieces, rows


def _all_written(pieces: Cut) -> list[_Written] | None:
    """Return the rows of a part as they are written; None where one does not say its number."""
    if pieces.spaces not in _LATELY and len(_LATELY) >= FEW:
        _LATELY.clear()
    known = _LATELY.setdefault(pieces.spaces, _Known(Lately(), Lately(KEPT_CELLS)))
    found: list[_Written | None] = known.rows.several(pieces.rows)
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
    if any(next(item.iterdescendants(_ROW), None) is not None for item in elements):
        return None  # a row in a row
    return [_written(int(item.get("r")), _cells_in(item)) for item in elements]


def _cell_by_cell(spaces: bytes, rows: Sequence[bytes], lately: Lately) -> list[_Written] | None:
    """Return rows as they are written, their cells looked up one by one: what a unit typed stands among the template's own.

    None where a row or a cell is not written in the plainest way.
    """
    told: list[tuple[int, list[_Cell]]] = []
    missing: list[tuple[bytes, list[_Cell], int]] = []
    plain = _DEFAULT in spaces
    for row in rows:
        head = _HEAD.match(row)
        number = head and _NUMBER.search(head[0])
        if not head or not number:
            return None
        first, *pieces = row[head.end() : -len(b"</row>")].split(b"<c ") if not head[0].endswith(b"/>") else (b"",)
        if first.strip():
            return None
        cells = lately.several(pieces)
        for at in [at for at, cell in enumerate(cells) if cell is None]:
            piece = pieces[at]
            cells[at] = _plain(piece) if plain else None
            if cells[at] is None:
                missing.append((piece, cells, at))
            else:
                lately.put(piece, cells[at])
        told.append((int(number[1]), cells))
    elements = list(parsed(spaces, [b"<c " + piece for piece, _, _ in missing])) if missing else []
    if len(elements) != len(missing) or any(item.tag != _ROW_CELL or not item.get("r") for item in elements):
        return None
    for (piece, cells, at), item in zip(missing, elements, strict=True):
        cells[at] = _cell(item, 0)
        lately.put(piece, cells[at])
    return [_written(number, cells) for number, cells in told]


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


def _plain(piece: bytes) -> _Cell | None:
    """Return a cell from what stands behind ``<c ``; None for one that is not written in the plainest way, or not rightly."""
    match = _PLAIN.fullmatch(piece)
    if match is None:
        return None
    letters, row, style, kind, formula, value = match.groups()
    try:
        told = "" if formula is None else _text(formula) or "…"
        text = _text(value) if value else None
    except ValueError:
        return None
    filled = formula is not None or value is not None
    return _Cell((int(row), _column(letters)), int(style or 0), kind.decode() if kind else "n", text, told, filled)


@lru_cache(maxsize=1_024)
def _column(letters: bytes) -> int:
    """Return the number of a column."""
    return column_number(letters.decode())


def _text(written: bytes) -> str:
    """Return what stands between two tags; ValueError where only a parser can tell."""
    text = written.decode()
    if not written.isascii() or b"&" in written:
        if _OTHERWISE.search(text):
            raise ValueError(text)
        if "&" in text:
            for entity, sign in _ENTITIES:
                text = text.replace(entity, sign)
    return text


def _written(number: int, cells: list[_Cell]) -> _Written:
    """Return a row as it is written, what lies beyond what is read apart."""
    near, beyond = cells, list[str]()
    if number > MOST_ROWS or max([cell.place[1] for cell in cells], default=0) > MOST_COLUMNS:
        near, far = [], cells
        if number <= MOST_ROWS:
            near, far = ([cell for cell in cells if (cell.place[1] > MOST_COLUMNS) is out] for out in (False, True))
        beyond = [f"{column_letters(cell.place[1])}{number}" for cell in far if cell.filled]
    strings = tuple([int(cell.text) for cell in near if cell.kind == "s" and cell.text is not None])
    return _Written(number, near, beyond, strings, {})


def _row(written: _Written, formats: Formats, strings: Sequence[str]) -> Row:
    """Return a row under the formats and with the texts of a workbook."""
    key = formats, _named(written.strings, strings)
    found = written.known.get(key)
    if found is None:
        if len(written.known) >= FEW:
            written.known.clear()
        found = written.known[key] = _made(written, formats, iter(key[1]))
    return found


def _named(numbers: tuple[int, ...], strings: Sequence[str]) -> tuple[str | None, ...]:
    """Return the shared strings of some numbers; None for one that there is not."""
    count = len(strings)
    return tuple([strings[number] if 0 <= number < count else None for number in numbers])


def _made(written: _Written, formats: Formats, texts: Any) -> Row:
    number = written.number
    row = Row(number, beyond=written.beyond)
    cells, values = row.cells, row.values
    for cell in written.cells:
        named = cell.kind == "s" and cell.text is not None
        told = next(texts) if named else None
        raw = cell.raw
        if raw is None or cell.under is not formats or (named and raw.value != told):
            raw = _raw(cell, formats, told)
        place = cell.place if cell.place[0] == number else (number, cell.place[1])
        cells[place] = raw
        if cell.filled and raw.value not in (None, ""):
            column = place[1]
            values.extend([None] * (column - len(values)))
            values[column - 1] = shown(raw, formats.since_1904) if raw.is_date else raw.value
    return row


def _raw(cell: _Cell, formats: Formats, told: str | None) -> RawCell:
    """Return a cell under the formats of a workbook; ``told`` is the shared string that it names."""
    style, text = cell.style, cell.text
    cell.under = formats
    if not cell.filled and style in formats.blank:
        cell.raw = formats.blank[style]
        return cell.raw
    value = told if text is None or cell.kind == "s" else _typed(text, cell.kind)
    known = 0 <= style < len(formats.locks)
    cell.raw = RawCell(value, cell.formula, formats.locks[style] if known else True, known and formats.dates[style])
    if not cell.filled:
        formats.blank[style] = cell.raw
    return cell.raw


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
