"""Grids → numbers in cells: by the label beside a number and the heads above it, never by counting alone.

Where heads and labels do not settle a cell, it is doubtful or not placed; whatever number is not placed is quoted.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gk_xl.form.load import edition_ids, load_edition
from gk_xl.sources.collapsed import place_group
from gk_xl.sources.heads import Heads, of_own_year
from gk_xl.sources.label_notes import tell_labels
from gk_xl.sources.labels import Kind, LabelBook, bare, fold, money_named
from gk_xl.sources.model import Role
from gk_xl.sources.pieces import (
    Found,
    Head,
    Piece,
    are_between,
    between,
    has_head,
    is_crooked,
    is_head,
    one_each,
)
from gk_xl.sources.readings import (
    NO_LABEL,
    OTHER_YEAR,
    UNKNOWN_LABEL,
    TableReading,
    given_twice,
    headed_otherwise,
    miscounted,
)
from gk_xl.sources.row_labels import RowLabels
from gk_xl.sources.sections import path_of
from gk_xl.sources.shape import Shape, shape_of
from gk_xl.sources.tokens import Sort, Token, is_value
from gk_xl.sources.values import place_value

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from gk_xl.form.schema import CellId, Edition, Table
    from gk_xl.sources.document import Box
    from gk_xl.sources.labels import Match

_WRAPPED: Final = re.compile(r"(?<=[\d.,])[^\S\n]*+\n\s*+(?=[\d.])")


class GridReader:
    """Reads the pieces of one table; ``year`` is the report's where it is known."""

    def __init__(self, edition: Edition, table: Table, year: int | None = None) -> None:
        self.edition, self.table, self.year = edition, table, year
        self.shape: Shape = shape_of(edition.id, table.id)
        self.rows = RowLabels(edition, self.shape)
        self.result = TableReading(table)
        self.tokens: list[Token] = []
        self.heads = Heads(self.shape)
        self.taken: dict[CellId, str] = {}
        self.met: dict[CellId, Box] = {}
        known = [load_edition(name) for name in edition_ids() if name != edition.id]
        self.foreign = [LabelBook(other.grid) for one in known for other in one.tables if other.id == table.id]
        self.open_rows: list[tuple[int, str, list[Box]]] = []
        self.last: Found | None = None
        self.guessed = False

    def read(self, pieces: Sequence[Piece]) -> TableReading:
        """Return what the pieces hold of the table."""
        for piece in pieces:
            self._piece(piece)
        heads = {fold(cell.column_label) for cell in self.table.cells}
        tell_labels(self.result, self.tokens, set(self.shape.rows), heads)
        return self.result

    # ------------------------------------------------------------------ rows

    def _piece(self, piece: Piece) -> None:
        """Read rows one after the other, heads as they come."""
        edges = Counter(max((b.column + b.columns for b in piece.grid.row(row)), default=0) for row in piece.lines)
        usual = edges.most_common(1)[0][0] if edges else 0
        self.guessed = not piece.grid.sure  # there a head may stand over another column than its own
        self.heads.turn_page(piece.grid.width)
        for row, line in piece.lines.items():
            boxes = piece.grid.row(row)
            own = [box for box in boxes if box.row == row or row == min(piece.lines)]
            edge = max((box.column + box.columns for box in boxes), default=0)
            if not any(bare(box.text) for box in own):
                continue
            if is_head(self.shape, own, after_heads=self.heads.inside):
                self._heads(own, line.number, ragged=edge != usual)
            else:
                self._row(row, line.number, boxes, regular=edge == usual)
        self._settle_open()

    def _heads(self, boxes: Sequence[Box], line: int, *, ragged: bool) -> None:
        """Take a row of heads."""
        self.heads.begin_row(boxes, ragged=ragged)
        self.last = None
        beside = {index for box in boxes for index in self.shape.book.exact.get(fold(box.text), ())}
        for box in boxes:
            if not bare(box.text):
                continue
            for text in path_of(box.text):
                indices = tuple(index for index in self.shape.labels(text, beside) if self.shape.is_head(index))
                self._note_label(replace(box, text=text), indices, line, beside)
                self.heads.put(replace(box, text=text), indices)

    def _note_label(self, box: Box, indices: Sequence[int], line: int, beside: Collection[int] = ()) -> None:
        match = self.shape.book.best(box.text, but=beside) if indices else None
        self.result.mark([line], Role.LABEL)
        if match is not None:
            self.tokens.append(Token(Sort.LABEL, box.text, (line,), match, self._better(box.text, match)))

    def _better(self, text: str, match: Match) -> Match | None:
        """Return another edition's label that a text means more exactly."""
        found = [m for book in self.foreign if (m := book.best(text)) is not None and m.score > match.score + 0.02]
        return max(found, key=lambda m: m.score, default=None)

    def _row(self, row: int, line: int, boxes: Sequence[Box], *, regular: bool) -> None:
        """Read a row of numbers."""
        self.heads.inside = False
        year = self.heads.year_beside(boxes, self.year)
        boxes = [box for box in boxes if year is None or box != year[0]]
        if year is not None and not year[1]:
            self._left([box for box in boxes if is_value(box.text)], Found(row, line, (), [], year[0].text), OTHER_YEAR)
            return
        stubs = self.rows.stubs(boxes)
        for box, indices in stubs:
            self._note_label(box, indices, line)
        end = max((box.column + box.columns for box, _ in stubs), default=0)
        rest = [box for box in boxes if box.column >= end]
        found = self.rows.found(row, line, stubs, rest)
        if found is None:
            self._unknown(row, line, boxes)
            return
        if self.open_rows and self._may_be_cut(found):
            for cell in found.cells:
                self.result.doubt(cell, "上一行没有认出，这一行的标签也不完整，可能是一行被分在两页。")
        over = any(b.over and b.rows == 1 for b in boxes)
        why = "原文这一行的文字压在表格线上或相互重叠，可能是相邻一行的。" if over else ""
        if not why and any(bare(box.text) and self.shape.labels(box.text) and not is_value(box.text) for box in rest):
            why = "原文这一行的数中间有标签，各数可能错了位。"
        own = found.cells if found.group is None else self.shape.groups[found.group]
        for cell in own if why else ():
            self.result.doubt(cell, why)
        self.last = found
        self._settle_open(found.cells)
        self.heads.ragged = self.heads.ragged or self.heads.are_astray(found.cells, end)
        self._spread(found, regular=regular and not self.heads.ragged)
        self._place(found)

    def _may_be_cut(self, found: Found) -> bool:
        """Return whether a row and the one above, that is not known, may be parts of one row."""
        _, above, boxes = self.open_rows[-1]
        match = self.shape.book.best(found.label)
        if match is None or match.kind is not Kind.EXACT or match.body:
            return True
        filled = sum(bool(bare(box.text)) for box in boxes)
        fewer = sum(bool(bare(box.text)) for box in found.boxes) < filled <= len(found.cells)
        own = fold(self.edition.cell(found.cells[0]).row_label)
        return own.startswith(fold(above)) and (fewer or bool(above))

    # ------------------------------------------------------------------ columns

    def _spread(self, found: Found, *, regular: bool) -> None:
        """Give each box of a row its cell: by the heads above it; by order where there are none, and then doubtful."""
        mapped: dict[CellId, list[Box]] = {}
        loose: list[Box] = []
        for box in found.boxes if regular else ():
            cell = self._cell_under(found.cells, box)
            if cell is not None:
                mapped.setdefault(cell, []).append(box)
            elif bare(box.text):
                loose.append(box)
        crooked = any(is_crooked(box, self.heads.over) for box in found.boxes)
        filled = [box for box in found.boxes if bare(box.text)]
        odd = crooked or self.heads.unspanned
        for boxes, astray in ((found.boxes, odd), (filled, are_between(map(self.heads.over_box, loose)))):
            if mapped and astray and len(boxes) == len(found.cells):
                self._by_order(found, boxes, sure=False)
                return
        beyond = [box for box in filled if not self.heads.over_box(box)]
        whole = len(mapped) == len(found.cells)
        if mapped and all(whole and box.column > own[-1].column for box in beyond for own in mapped.values()):
            self._by_heads(found, mapped, loose)
            why = "这一行右边还有没有表头的数，按表头读入。" if beyond else ""
            why = "表头没有说明这一列属于哪一组：同一行有一格横跨几列，按表头读入。" if crooked else why
            for cell in found.spread if why else ():
                self.result.doubt(cell, why)
            return
        heads = [head for box in found.boxes for head in self.heads.over_box(box)]
        sure = 2 * sum(has_head(self.heads.over_box(box)) for box in filled) > len(filled)
        fitting = [boxes for boxes in (found.boxes, filled, one_each(filled)) if len(boxes) == len(found.cells)]
        if regular and heads and not mapped:
            self._left(filled, found, self._other_heads(found))
        elif fitting:
            self._by_order(found, fitting[0], sure=sure and fitting[0] == filled)
        elif filled:
            self._left(filled, found, miscounted(len(found.cells), len(filled)))

    def _cell_under(self, cells: Sequence[CellId], box: Box) -> CellId | None:
        """Return the cell that the heads above a box name; None where they name none, or several equally well."""
        heads = self.heads.over_box(box)
        known = {index for head in heads for index in head.labels}
        if of_own_year(heads, self.year, labels=False) is False:
            return None
        scores = {
            cell: sum(index in known for index in self.shape.heads[cell])
            for cell in cells
            if self.shape.heads[cell] and self.shape.heads[cell][0] in known
        }
        top = max(scores.values(), default=0)
        best = [cell for cell in cells if scores.get(cell) == top and top]
        return best[0] if len(best) == 1 else self._next_of(best, box)

    def _next_of(self, cells: Sequence[CellId], box: Box) -> CellId | None:
        """Return which of several cells under the same head a box means: the first one not met before, in the form's order."""
        free = [cell for cell in cells if cell not in self.taken and self.met.get(cell, box) == box]
        if not free:
            return None
        self.met[free[0]] = box
        self.result.doubt(free[0], "表头没有说明这一列属于哪一组，按次序读入。")
        return free[0]

    def _other_heads(self, found: Found) -> str:
        heads = dict.fromkeys(bare(self._shown(h)) for b in found.boxes for h in self.heads.over_box(b))
        return headed_otherwise(heads, (self.edition.cell(cell).column_label for cell in found.cells))

    def _shown(self, head: Head) -> str:
        return self.shape.book.labels[head.labels[0]].text if head.labels else head.text

    def _by_heads(self, found: Found, mapped: Mapping[CellId, list[Box]], loose: list[Box]) -> None:
        moved = [*mapped] != sorted(mapped, key=self.shape.order.__getitem__)
        named = not self.guessed and all(len(boxes) == 1 and self._is_named(boxes[0]) for boxes in mapped.values())
        if not moved and (guessed := between(found.cells, mapped, loose)) is not None:
            cell, box = guessed
            head = bare(self._shown(self.heads.over_box(box)[-1]))
            if of_own_year(self.heads.over_box(box), self.year) is not False:
                loose.remove(box)
                found.spread[cell] = self._token(box, found)
                self.result.doubt(cell, f"这一列的表头是“{head}”，按前后次序读入。")
        for cell, boxes in mapped.items():
            years = {box: of_own_year(self.heads.over_box(box), self.year) for box in boxes}
            own = [box for box in boxes if years[box]]
            if False in years.values() and not own and self.edition.cell(cell).over_year != "first":
                self.result.doubt(cell, "表头写的是别的年度，按表头的名称读入。")
            loose += [box for box in boxes if own and box not in own and bare(box.text)]
            filled = [box for box in own or boxes if bare(box.text)]
            if len({bare(box.text) for box in filled}) > 1:
                self.result.doubt(cell, "原文这一格分成了几格，内容不同，取第一个。")
                loose += filled[1:]
            if moved and not named:
                self.result.doubt(cell, "原文各列的次序与规范格式不同，按表头读入。")
            found.spread[cell] = self._token((filled or own or boxes)[0], found)
        if loose:
            over = [head for box in loose for head in self.heads.over_box(box)[-1:]]
            heads = "、".join(dict.fromkeys(f"“{bare(self._shown(head))}”" for head in over))
            self._left(loose, found, f"它们在{heads or '没有表头的列'}下，本版表格没有这样的列；请对照原件核对。")

    def _is_named(self, box: Box) -> bool:
        """Return whether one of the heads over a box is printed as the form prints it."""
        return any(fold(head.text) in self.shape.book.exact for head in self.heads.over_box(box))

    def _by_order(self, found: Found, boxes: Sequence[Box], *, sure: bool) -> None:
        for cell, box in zip(found.cells, boxes, strict=True):
            found.spread[cell] = self._token(box, found)
            if not sure:
                self.result.doubt(cell, "这一行没有可以对上的表头，按次序读入。")

    def _token(self, box: Box, found: Found) -> Token:
        unit = money_named([found.label, *(head.text for head in self.heads.over_box(box))])
        return Token(Sort.VALUE if bare(box.text) else Sort.EMPTY, box.text, (found.line,), unit=unit)

    # ------------------------------------------------------------------ placing

    def _place(self, found: Found) -> None:
        """Put a row's values into the result, or say of a row given twice that it is."""
        values = [bare(token.text) for token in found.spread.values()]
        again = [cell for cell in found.spread if cell in self.taken]
        if again and any(values):
            same = all(bare(found.spread[cell].text) == self.taken[cell] for cell in again)
            if not same:
                for cell in again:
                    self.result.doubt(cell, "原文同一行出现两次，两处的数不一致，取前一处。")
            self._left([box for box in found.boxes if bare(box.text)], found, given_twice(same=same))
            return
        if any(values):
            self.taken |= {cell: bare(token.text) for cell, token in found.spread.items()}
        if found.group is not None:
            if found.spread:
                place_group(self.result, self.edition, self.shape.groups[found.group], self._joined(found), found.label)
            return
        for cell, token in self._joined(found).items():
            place_value(self.result, self.edition, cell, token)

    def _joined(self, found: Found) -> dict[CellId, Token]:
        """Return the values of a row, digits on two lines of a cell joined, which is doubtful."""
        joined = {}
        for cell, token in found.spread.items():
            text = _WRAPPED.sub("", token.text)
            if text != token.text:
                self.result.doubt(cell, f"原文这一格的数分在两行，连起来读作“{bare(text)}”。")
            joined[cell] = replace(token, text=text)
        return joined

    def _left(self, boxes: Sequence[Box], found: Found, why: str) -> None:
        if tokens := [self._token(box, found) for box in boxes]:
            self.result.leave(tokens, f"{self.table.name}“{bare(found.label)}”", why)

    # ------------------------------------------------------------------ rows without a known label

    def _unknown(self, row: int, line: int, boxes: Sequence[Box]) -> None:
        """Keep a row whose label is not known until the next known one: the sequence may leave it only one place."""
        filled = [box for box in boxes if bare(box.text) and (box.row == row)]
        if not (numbers := [box for box in filled if is_value(box.text)]):
            if filled and all(self.shape.labels(box.text) for box in filled):
                self.result.mark([line], Role.LABEL)
            elif filled:
                self.result.prose.append(line)
            return
        first = min(box.column for box in numbers)
        label = " ".join(bare(box.text) for box in filled if box.column < first)
        rest = [box for box in boxes if box.column >= first]
        above = self.last
        fewer = above is not None and len(numbers) < sum(bool(bare(box.text)) for box in above.boxes)
        if above is not None and fewer and fold(label) in fold(self.edition.cell(above.cells[0]).row_label):
            for cell in above.cells:
                self.result.doubt(cell, "下面一行没有自己的标签，可能是这一行的数被分在两行。")
        self.last = None
        self.open_rows.append((line, label, rest))

    def _settle_open(self, following: Sequence[CellId] | None = None) -> None:
        """Give unknown rows the places left between known ones, where they are as many; of several, each by a part of its label."""
        rows = list(self.shape.rows.values())
        done = [number for number, cells in enumerate(rows) if cells[0] in self.taken]
        before = max(done, default=-1)
        behind = rows.index(tuple(following)) if following and tuple(following) in rows else len(rows)
        fits = len(self.open_rows) == behind - before - 1
        for number, (line, label, rest) in enumerate(self.open_rows, before + 1):
            found = Found(0, line, rows[number] if number < len(rows) else (), rest, label)
            filled = [box for box in rest if bare(box.text)]
            full = fits and bool(label) and len(filled) == len(found.cells)
            if full and (len(self.open_rows) == 1 or fold(label) in fold(self.edition.cell(found.cells[0]).row_label)):
                under = {self._cell_under(found.cells, box): box for box in filled}
                own = [under[cell] for cell in found.cells] if {*under} == {*found.cells} else filled
                self._by_order(found, own, sure=False)
                self.result.doubts |= dict.fromkeys(found.cells, f"这一行的标签是“{label}”，按前后次序读入。")
                self.result.read_in_order([line], label, self.edition.cell(found.cells[0]).row_label)
                self._place(found)
            else:
                shown = [Token(Sort.TEXT, label, (line,))] if label else []
                tokens = [*shown, *(self._token(box, found) for box in filled)]
                self.result.leave(tokens, self.table.name, UNKNOWN_LABEL if label else NO_LABEL)
        self.open_rows = []
