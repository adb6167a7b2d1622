"""The lines of a table in a text as a grid, where rows and columns can be told: for what the labels' sequence leaves open.

Two shapes are known: cells that follow one another exactly as the form prints them, blank ones included; and a full
rectangle, heads above and labels to the left, whatever the order of its rows and columns.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from gk_xl.sources.columned import columned
from gk_xl.sources.document import Box, Grid
from gk_xl.sources.grid_tables import read_pieces
from gk_xl.sources.label_notes import tell_labels, tell_spaces
from gk_xl.sources.labels import Kind, bare, fold, money_named
from gk_xl.sources.model import Line, Role
from gk_xl.sources.pieces import Piece
from gk_xl.sources.readings import TableReading
from gk_xl.sources.shape import shape_of
from gk_xl.sources.tokens import Sort, Token, cells_between_bars, is_border, is_value, parts_of
from gk_xl.sources.values import place_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.form.schema import Edition, GridCell
    from gk_xl.sources.shape import Shape

NARROWEST, WIDEST = 4, 60
"""Columns of a rectangle whose lines do not say where a row ends."""
LONGEST: Final = 12
"""Characters of what is typed into a cell of a number."""

Row = tuple[tuple[Line, ...], list[str]]
"""The lines on which a row stands, and its cells."""


def told_better(first: TableReading, edition: Edition, lines: Sequence[Line], year: int | None) -> TableReading:
    """Return a table's reading by its labels, or as a grid where that tells more of it, or tells it more surely."""
    if len(first.placed) == len(first.table.cells) and not first.doubts:
        return first
    best, used = first, set[int]()
    for reading, numbers in _readings(edition, first, lines, year):
        if _told(reading) > _told(best) or (reading.placed and _told(reading) == _told(best) and best is first):
            best, used = reading, numbers
    if best is not first:
        best.mark(used - best.roles.keys() - set(best.prose), Role.CELL)
        for number in first.roles.keys() - used:
            if first.roles[number] <= {Role.LAYOUT, Role.LABEL}:
                best.roles.setdefault(number, set()).update(first.roles[number])
        best.prose += [number for number in first.prose if number not in used]
        best.exact = first.exact  # labels repeated in a rectangle must not decide the edition
    return best


def _told(reading: TableReading) -> tuple[int, int]:
    """Return how many cells are surely read, and how many at all."""
    return sum(cell not in reading.doubts for cell in reading.placed), len(reading.placed)


def _readings(
    edition: Edition, first: TableReading, lines: Sequence[Line], year: int | None
) -> Iterator[tuple[TableReading, set[int]]]:
    """Yield what the lines hold, read in each shape that they may have, with the lines it uses."""
    table, shape = first.table, shape_of(edition.id, first.table.id)
    rows = _delimited(lines)
    each = [(line, text) for of, cells in rows for line in of for text in cells]
    if not rows:
        each = [(line, line.text) for line in lines if not is_border(line.text)]
    aligned = _aligned(edition, shape, each)
    if aligned is not None:
        yield aligned
        return
    for found in [rows] if rows else [_spaced(lines), *_wrapped(each)]:
        piece = _rectangle(shape, found, sure=bool(rows))
        if piece is not None:
            numbers = {line.number for of, _ in found for line in of if bare(line.text)}
            yield read_pieces(edition, table.id, [piece], year), numbers
    if not rows:
        pieces = list(columned(lines))
        numbers = {line.number for one in pieces for line in one.lines.values()}
        yield read_pieces(edition, table.id, pieces, year), numbers


def _delimited(lines: Sequence[Line]) -> list[Row]:
    """Return the lines whose cells are parted by tabs or bars."""
    rows: list[Row] = []
    for line in lines:
        if is_border(line.text):
            continue
        if "|" in line.text:
            rows.append(((line,), cells_between_bars(line.text)))
        elif "\t" in line.text and bare(line.text):
            rows.append(((line,), line.text.split("\t")))
    return rows


# ---------------------------------------------------------------------------------------------- as the form prints it


def _aligned(edition: Edition, shape: Shape, each: Sequence[tuple[Line, str]]) -> tuple[TableReading, set[int]] | None:
    """Return what cells hold that follow one another as the form prints them, each label in its place; else None."""
    items = sorted(shape.table.grid, key=lambda item: (item.line, item.column))
    begin = next((at for at, (_, text) in enumerate(each) if bare(text)), 0)
    own, rest = each[begin : begin + len(items)], each[begin + len(items) :]
    if len(own) < len(items) or any(bare(text) and is_value(text) for _, text in rest):
        return None
    if not all(_agrees(shape, item, text) for item, (_, text) in zip(items, own, strict=True)):
        return None
    result, labels = TableReading(shape.table), list[Token]()
    said = {id(item): text for item, (_, text) in zip(items, own, strict=True)}
    for item, (line, text) in zip(items, own, strict=True):
        if item.cell:
            sort = Sort.VALUE if bare(text) else Sort.EMPTY
            above = [shape.book.labels[index] for index in shape.heads[item.cell]]
            beside = [label for label in items if not label.cell and not label.head and label.line == item.line]
            unit = money_named(said[id(label)] for label in (*above, *beside))
            place_value(result, edition, item.cell, Token(sort, text.strip(" "), (line.number,), unit=unit))
        elif (match := shape.book.best(text)) is not None:
            labels.append(Token(Sort.LABEL, text, (line.number,), match))
            result.mark([line.number], Role.LABEL)
    tell_labels(result, labels, set(shape.rows), {fold(cell.column_label) for cell in shape.table.cells})
    tell_spaces(result)
    return result, {line.number for line, text in own if bare(text)}


def _agrees(shape: Shape, item: GridCell, text: str) -> bool:
    """Return whether a text can stand in a cell of the form: its label, or what may be typed there."""
    if item.cell:
        return not bare(text) or is_value(text) or (len(bare(text)) <= LONGEST and any(map(str.isdigit, text)))
    wanted, match = fold(item.text), shape.book.best(text)
    return fold(text) == wanted or (
        match is not None and match.kind >= Kind.ALIKE and shape.book.folded[match.index] == wanted
    )


# --------------------------------------------------------------------------------------------------- a full rectangle


def _spaced(lines: Sequence[Line]) -> list[Row]:
    """Return the lines as rows where blanks part them all into as many cells; none where they do not."""
    rows = [((line,), parts_of(line.text)) for line in lines if bare(line.text) and not is_border(line.text)]
    usual = Counter(len(cells) for _, cells in rows).most_common(1)
    fitting = [number for number, (_, cells) in enumerate(rows) if usual and len(cells) == usual[0][0]]
    if not fitting or usual[0][0] < NARROWEST or len(fitting) != fitting[-1] - fitting[0] + 1:
        return []
    return [rows[number] for number in fitting]


def _wrapped(each: Sequence[tuple[Line, str]]) -> Iterator[list[Row]]:
    """Yield the ways to part cells that stand one a line into rows of the same length."""
    filled = [at for at, (_, text) in enumerate(each) if bare(text)]
    own = each[filled[0] :] if filled else []
    needed = filled[-1] - filled[0] + 1 if filled else 0
    for width in range(NARROWEST, min(WIDEST, needed // 2) + 1):
        end = -(-needed // width) * width
        if end <= len(own):
            yield [
                (tuple(line for line, _ in own[at : at + width]), [text for _, text in own[at : at + width]])
                for at in range(0, end, width)
            ]


def _rectangle(shape: Shape, rows: Sequence[Row], *, sure: bool) -> Piece | None:
    """Return rows of the same length as a piece of a table; None where they are no rectangle of heads, labels and numbers.

    Heads without a cell of their own in each column stretch to the right; ``sure`` where the lines are rows of themselves.
    """
    width = max((len(cells) for _, cells in rows), default=0)
    texts = [cells if len(cells) == width else _stretched(cells, width) for _, cells in rows]
    known = [cells for cells in texts if cells is not None]
    if len(known) < len(rows) or width < 2 or not (sure or _is_regular(known)):
        return None
    boxes: list[Box] = []
    above: list[int] = []
    for number, cells in enumerate(known):
        begins = _begins(shape, cells, above)
        ends = [*begins[1:], width]
        boxes += [Box(number, at, 1, end - at, cells[at]) for at, end in zip(begins, ends, strict=True)]
        heads = len(begins) < width or not any(map(is_value, filter(bare, cells)))
        above = begins if heads else []
    grid = Grid(tuple(boxes))
    piece = Piece(grid)
    for number, (of, cells) in enumerate(rows):
        line = next((line for line in of if bare(line.text)), of[0])
        piece.lines[number] = Line(line.number, " ".join(cells), tuple(known[number]), grid, number, line.spot)
    return piece


def _stretched(cells: list[str], width: int) -> list[str] | None:
    """Return heads that are evenly spread over a width; None where they cannot be, or are no heads."""
    if not cells or width % len(cells) or any(is_value(text) for text in cells if bare(text)):
        return None
    return [text for cell in cells for text in (cell, *[""] * (width // len(cells) - 1))]


def _is_regular(rows: Sequence[list[str]]) -> bool:
    """Return whether rows of numbers follow rows of heads, with a label right before their numbers, and none among them."""
    numbered = [[bool(bare(text)) and is_value(text) for text in cells] for cells in rows]
    begin = next((number for number, marks in enumerate(numbered) if any(marks)), len(rows))
    first = min((marks.index(True) for marks in numbered if any(marks)), default=0)
    if not begin or not first or begin == len(rows):
        return False
    return all(
        bare(cells[first - 1]) and not any(bare(text) and not is_value(text) for text in cells[first:])
        for cells in rows[begin:]
    )


def _begins(shape: Shape, cells: Sequence[str], above: Sequence[int]) -> list[int]:
    """Return the columns at which the cells of a row begin; a head goes on over blanks as far as the one above it."""
    everywhere = list(range(len(cells)))
    if any(bare(text) and (is_value(text) or _is_stub(shape, text)) for text in cells):
        return everywhere
    return [
        at
        for at in everywhere
        if bare(cells[at]) or at == 0 or (above and at in above) or not any(map(bare, cells[:at]))
    ]


def _is_stub(shape: Shape, text: str) -> bool:
    indices = shape.labels(text)
    return bool(indices) and not any(shape.is_head(index) for index in indices)
