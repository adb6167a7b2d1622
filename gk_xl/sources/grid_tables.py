"""Which rows of a document's grids belong to which table, in which edition they are printed, and what they hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gk_xl.form.load import edition_ids, load_edition
from gk_xl.sources.crossed import SHARE, read_crossed
from gk_xl.sources.document import Grid, turned
from gk_xl.sources.grid_reader import GridReader
from gk_xl.sources.labels import fold
from gk_xl.sources.model import Line, NoteKind, Role, note
from gk_xl.sources.pieces import Piece
from gk_xl.sources.shape import known_labels
from gk_xl.sources.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gk_xl.form.schema import Edition
    from gk_xl.sources.document import Box
    from gk_xl.sources.readings import TableReading

FEW: Final = 4
"""Fewer labels that only one table has do not make a grid that table."""


def pieces_of(lines: Sequence[Line], asked: Mapping[int, str]) -> dict[str, list[Piece]]:
    """Return the rows of grids by the table they belong to.

    A row belongs to the table that alone has one of its labels, else to that of the rows above it, else of the rows below
    it in its grid, else to the table of the section in which it stands (``asked``, by line number). A grid that holds the
    whole report has headings among its rows: what stands below one belongs to no table above it.
    """
    found: dict[str, list[Piece]] = {}
    for grid, rows in _grids(lines):
        names = _names([_told(line) for line in rows], [asked.get(line.number, "") for line in rows])
        last = ""
        for line, name in zip(rows, names, strict=True):
            if not name:
                continue
            if name != last:
                found.setdefault(name, []).append(Piece(grid))
            found[name][-1].lines[line.row] = line
            last = name
    return found


def _grids(lines: Sequence[Line]) -> list[tuple[Grid, list[Line]]]:
    grids: list[tuple[Grid, list[Line]]] = []
    for line in lines:
        if line.grid is None:
            continue
        if not grids or grids[-1][0] is not line.grid:
            grids.append((line.grid, []))
        grids[-1][1].append(line)
    return grids


def _told(line: Line) -> str:
    """Return the table whose labels alone stand in a row, "" for none or several."""
    texts = {fold(text) for text in line.cells or ()}
    tables = {table for table in _all_tables() if texts & known_labels(table)}
    return tables.pop() if len(tables) == 1 else ""


def _all_tables() -> tuple[str, ...]:
    return tuple(dict.fromkeys(table.id for name in edition_ids() for table in load_edition(name).tables))


def _names(told: Sequence[str], asked: Sequence[str]) -> list[str]:
    names, last = list[str](), ""
    for number, name in enumerate(told):
        if number and asked[number] != asked[number - 1]:
            last = ""
        last = name or last or next((later for later in told[number:] if later), "") or asked[0]
        names.append(last)
    return names


def read_pieces(edition: Edition, table_id: str, pieces: Sequence[Piece], year: int | None) -> TableReading:
    """Return what the pieces hold of a table of an edition; a table drawn with rows and columns exchanged is turned."""
    table = edition.table(table_id)
    reading = GridReader(edition, table, year).read(pieces)
    sure = len(reading.cells.keys() - reading.doubts.keys())
    if not pieces or sure >= SHARE * len(table.cells):
        return reading
    crossed = read_crossed(edition, table_id, pieces)
    if crossed is not None and len(crossed.cells) > sure:
        crossed.exact = reading.exact
        return crossed
    # pages cut a table below one of its rows, or beside one of its columns
    ways = ([_turned(piece) for piece in parts] for parts in (_stacked(pieces), pieces))
    other = max((GridReader(edition, table, year).read(way) for way in ways), key=lambda read: len(read.cells))
    if reading.cells or len(other.cells) <= FEW:
        return _in_order(reading, edition, pieces, year)
    for cell in other.cells:
        other.doubt(cell, "原文的表格行列倒置，已转过来读。")
    lines = [line.number for piece in pieces for line in piece.lines.values()]
    other.mark(lines, Role.CELL)
    message = f"{table.name}的行和列与规范格式相反，已转过来读，请逐格核对。"
    other.notes.insert(0, note(NoteKind.READ, lines, table.name, message))
    return other


def _in_order(reading: TableReading, edition: Edition, pieces: Sequence[Piece], year: int | None) -> TableReading:
    """Return what the cells tell one after the other, where that is most of a table and more than rows and columns tell.

    A page that lost its spans fills each row with what comes next: labels stand anywhere, their numbers still behind them.
    """
    lines = [
        Line(line.number, text, spot=line.spot)
        for piece in pieces
        for row, line in piece.lines.items()
        for box in piece.grid.row(row)
        if box.row == row
        for text in box.text.split("\n")
    ]
    flowing = read_table(edition, reading.table, lines, year)
    if len(flowing.cells) <= max(len(reading.cells), SHARE * len(reading.table.cells)):
        return reading
    for cell in flowing.cells:
        flowing.doubt(cell, "原文表格的各格没有对齐，按先后次序读入。")
    flowing.exact = reading.exact
    message = f"{reading.table.name}的各格没有按行列对齐，已按先后次序读，请逐格核对。"
    flowing.notes.insert(0, note(NoteKind.READ, [line.number for line in lines], reading.table.name, message))
    return flowing


def _stacked(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return pieces of one width as one, the later below the earlier: parts of a table that pages cut."""
    if len({piece.grid.width for piece in pieces}) > 1 or len(pieces) == 1:
        return pieces
    boxes: list[Box] = []
    lines: dict[int, Line] = {}
    for piece in pieces:
        first, height = min(piece.lines), len(lines)
        part = piece.grid.part(first, max(piece.lines) + 1)
        boxes += [replace(box, row=box.row + height) for box in part.boxes]
        lines |= {height + row: line for row, line in enumerate(piece.lines.values())}
    return [Piece(Grid(tuple(boxes), pieces[0].grid.spot, all(piece.grid.sure for piece in pieces)), lines)]


def _turned(piece: Piece) -> Piece:
    """Return a piece with rows and columns exchanged; all its rows then stand in its first line."""
    first, end = min(piece.lines), max(piece.lines) + 1
    grid = turned(piece.grid.part(first, end))
    line = piece.lines[first]
    found = Piece(grid)
    for row in range(grid.height):
        cells = tuple(box.text for box in grid.row(row))
        found.lines[row] = Line(line.number, " ".join(cells), cells, grid, row, line.spot)
    return found
