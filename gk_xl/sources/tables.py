"""Tokens of a table region → numbers in cells, by the sequence of the labels, never by counting lines.

A row's numbers are those between its label and the next label. They are placed when there are as many as the form
has cells in that row, or when the line has the table's full width; otherwise they are listed as not placed, with the
reason. A block whose column heads are another edition's is not placed either: its numbers mean something else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gk_xl.form.load import edition_ids, load_edition
from gk_xl.sources.collapsed import collapsible, columns_of, place_group
from gk_xl.sources.glued import Glued, decided
from gk_xl.sources.label_notes import tell_labels, tell_spaces
from gk_xl.sources.labels import LabelBook, bare, fold, money_named
from gk_xl.sources.model import NoteKind, Role, note
from gk_xl.sources.readings import (
    NO_LABEL,
    OTHER_YEAR,
    UNKNOWN_LABEL,
    TableReading,
    given_twice,
    headed_otherwise,
    miscounted,
)
from gk_xl.sources.segments import Walker
from gk_xl.sources.shape import shape_of
from gk_xl.sources.tokens import Sort, Token, Tokenizer
from gk_xl.sources.values import place_value
from gk_xl.sources.years import is_year, year_alone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.form.schema import CellId, Edition, GridCell, Table
    from gk_xl.sources.model import Line
    from gk_xl.sources.segments import Segment


@dataclass(frozen=True, slots=True)
class Row:
    """One printed line of the form that holds numbers: the index of its own label (None: table 四), its cells."""

    leaf: int | None
    name: str
    cells: tuple[GridCell, ...]


def rows_of(table: Table, book: LabelBook) -> tuple[Row, ...]:
    """Return the printed lines of a table that hold numbers, in printed order, each with its own label."""
    rows = []
    for line in range(table.lines):
        cells = tuple(item for item in table.grid if item.cell and item.line == line)
        if cells:
            leaves = [i for i, item in enumerate(book.labels) if item.line == line and not item.head]
            leaf = leaves[-1] if leaves else None
            rows.append(Row(leaf, book.labels[leaf].text if leaf is not None else "数据行", cells))
    return tuple(rows)


def read_table(edition: Edition, table: Table, lines: Sequence[Line], year: int | None = None) -> TableReading:
    """Return what a region of the source holds of one table of ``edition``; ``year`` is the report's where it is known."""
    return _TableReader(edition, table, year).read(lines)


class _TableReader:
    """Walks through the tokens of one region."""

    def __init__(self, edition: Edition, table: Table, year: int | None) -> None:
        self.edition, self.table, self.year = edition, table, year
        self.book = LabelBook(table.grid)
        self.rows = rows_of(table, self.book)
        self.row_at: dict[int | None, int] = {row.leaf: number for number, row in enumerate(self.rows)}
        self.result = TableReading(table)
        self.glued: list[tuple[Glued, Segment, str]] = []
        known = [load_edition(name) for name in edition_ids() if name != edition.id]
        others = [other for one in known for other in one.tables if other.id == table.id]
        self.others = [LabelBook(other.grid) for other in others]
        self.column_heads = {fold(cell.column_label) for one in (table, *others) for cell in one.cells}

    def read(self, lines: Sequence[Line]) -> TableReading:
        tokens = Tokenizer(self.book, self.others).tokens(lines)
        for token in tokens:
            if token.sort in (Sort.LABEL, Sort.LAYOUT):
                self.result.mark(token.lines, Role.LABEL if token.sort is Sort.LABEL else Role.LAYOUT)
        walker = Walker(self.row_at, [len(row.cells) for row in self.rows], collapsible(self.edition.id, self.table.id))
        segments = walker.walk(tokens)
        self.result.prose += [number for token in walker.prose for number in token.lines]
        self._adopt_years(segments)
        self._adopt_unknown(segments)
        taken: dict[str, Segment] = {}
        for segment in segments:
            self._settle(segment, taken)
        self._split_glued()
        tell_labels(self.result, tokens, set(self.row_at), self.column_heads)
        tell_spaces(self.result)
        return self.result

    def _adopt_years(self, segments: Sequence[Segment]) -> None:
        """Give the numbers behind the report's own year the row above, those behind another year none."""
        row: int | None = None
        for segment in segments:
            year = "" if segment.row is not None or segment.label is None else segment.label.text
            if segment.row is not None:
                row = None if segment.filled else segment.row
            if not segment.filled or not is_year(year):
                continue
            own = self.row_at.get(None, row)
            if own is not None and (year_alone(year, self.year) or len(segment.filled) > len(self.rows[own].cells)):
                segment.row = own  # or it is the last of the heads
                continue
            why = "不知道是不是报告这一年的数。" if year_alone(year, self.year) is None else OTHER_YEAR
            self.result.leave(segment.filled, f"{self.table.name}“{bare(year)}”", why)
            segment.items, segment.label = [], None

    def _adopt_unknown(self, segments: list[Segment]) -> None:
        """Give a row whose label was not recognised its place where the sequence leaves only one."""
        known = {segment.row for segment in segments if segment.row is not None}
        for position, segment in enumerate(segments):
            if segment.row is not None or segment.label is None or segment.label.foreign is not None:
                continue
            before = next((s.row for s in reversed(segments[:position]) if s.row is not None), -1)
            behind = next((s.row for s in segments[position + 1 :] if s.row is not None), len(self.rows))
            if before is None or behind is None or behind - before != 2 or before + 1 in known:
                continue
            if len(segment.filled) != len(self.rows[before + 1].cells):
                continue
            segment.row = before + 1
            known.add(segment.row)
            lines, found, read = segment.label.lines, segment.label.text.strip(), self.rows[segment.row].name
            self.result.mark(lines, Role.LABEL)
            self.result.read_in_order(lines, found, read)

    # ------------------------------------------------------------------ placing

    def _settle(self, segment: Segment, taken: dict[str, Segment]) -> None:
        """Place the values of one row, or say why they are not placed."""
        if segment.row is None:
            if not self._settle_group(segment):
                self._leave_unknown(segment)
            return
        self._keep_own_year(segment)
        row, filled = self._narrowed(self.rows[segment.row], segment), segment.filled
        own = row.cells[0].cell or ""
        place = f"{self.table.name}“{row.name}”"
        if not self._heads_fit(segment.heads, row):
            if filled:
                heads = (bare(token.text) for token in segment.heads if self._names_column(token))
                expected = (self.edition.cell(cell.cell or "").column_label for cell in row.cells)
                self.result.leave(filled, place, headed_otherwise(heads, expected))
            return
        earlier = taken.get(own)
        if earlier is not None and filled:
            same = [bare(t.text) for t in earlier.filled] == [bare(t.text) for t in filled]
            self.result.leave(filled, place, given_twice(same=same))
            return
        values = self._fit(segment, row)
        if values is None and self._is_glued(segment, row):
            taken[own] = segment
            return
        if values is None:
            self.result.leave(filled, place, miscounted(len(row.cells), len(filled)))
            return
        if filled:
            taken[own] = segment
        moved = bool(filled) and self._is_moved(segment.heads, row)
        for cell, token in zip(row.cells, values, strict=True):
            if token is not None and cell.cell:
                unit = self._unit_of(cell.cell, segment)
                place_value(self.result, self.edition, cell.cell, replace(token, unit=unit))
                if segment.parted:
                    self.result.doubt(cell.cell, "这一行的标签和数被分在两页，按前后次序读入。")
                if moved:
                    self.result.doubt(cell.cell, "原文各列的次序与规范格式不同，按规范格式的次序读入。")

    def _unit_of(self, cell: CellId, segment: Segment) -> str:
        """Return the unit of money that the label beside a cell and the heads over it name."""
        own = shape_of(self.edition.id, self.table.id).heads[cell]
        heads = (token for token in segment.heads if token.match is None or token.match.index in own)
        return money_named(token.text for token in (segment.label, *heads) if token is not None)

    def _keep_own_year(self, segment: Segment) -> None:
        """Take from a row with the numbers of several years those of the report's own year.

        Each year has all columns, or each column all years, which then stand in the heads again and again.
        """
        heads = (*segment.heads, *filter(None, [segment.label]))  # a year right before numbers counts as their label
        years = [bare(part) for token in heads for part in token.text.split() if is_year(part)]
        size, count = len(self.rows[segment.row or 0].cells), len(set(years))
        at = [number for number, year in enumerate(years[:count]) if year_alone(year, self.year)]
        filled = segment.filled
        if len(at) != 1 or len(filled) != size * count or min(size, count) < 2:
            return
        if len(years) == count:
            own = filled[at[0] * size : (at[0] + 1) * size]
        elif years == years[:count] * size:
            own = filled[at[0] :: count]
        else:
            return
        place = f"{self.table.name}“{self.rows[segment.row or 0].name}”"
        self.result.leave([token for token in filled if token not in own], place, OTHER_YEAR)
        segment.items = own

    def _is_glued(self, segment: Segment, row: Row) -> bool:
        """Return whether a row's digits are run together; it is kept until the sums of the whole table can be asked."""
        found = Glued(tuple(item.cell or "" for item in row.cells), " ".join(bare(t.text) for t in segment.filled))
        texts = [bare(token.text) for token in segment.filled]
        # Fewer numbers than cells may be a lost cell as well: only one run, or a 0 before digits, shows that some are glued.
        glued = len(texts) == 1 or any(len(text) > 1 and text.startswith("0") for text in texts)
        if (
            not glued
            or any(token.row for token in segment.filled)
            or not found.possible
            or any(token.sort is not Sort.VALUE for token in segment.filled)
        ):
            return False
        self.glued.append((found, segment, row.name))
        return True

    def _split_glued(self) -> None:
        """Split what is run together where the sums decide it; else its cells are doubtful and blank."""
        ways = decided(self.edition.id, [found for found, _, _ in self.glued], self.result.cells)
        for (found, segment, name), way in zip(self.glued, ways, strict=True):
            place, tokens = f"{self.table.name}“{name}”", segment.filled
            if way is None:
                why = "数字连在一起，合计不能确定怎样分开；请对照原件填写。"
                self.result.leave(tokens, place, why)
                for cell in found.cells:
                    self.result.doubt(cell, f"原文这一行的数字连在一起（“{found.text}”），分不开。")
                continue
            shown = "、".join(map(str, way.numbers))
            message = f"{place}的数字“{found.text}”连在一起，按合计分开读作 {shown}。"
            lines = [number for token in tokens for number in token.lines]
            self.result.notes.append(note(NoteKind.NORMALISED, lines, place, message, found=found.text, read=shown))
            for cell, number in zip(found.cells, way.numbers, strict=True):
                unit = self._unit_of(cell, segment)
                place_value(self.result, self.edition, cell, Token(Sort.VALUE, str(number), tokens[0].lines, unit=unit))
                if not way.sure:
                    self.result.doubt(cell, f"原文这一行的数字连在一起（“{found.text}”），没有合计可以核对。")

    def _settle_group(self, segment: Segment) -> bool:
        """Place the values of a group of rows that another edition prints as one row; False where it is none."""
        if segment.group is None or segment.label is None:
            return False
        cells = shape_of(self.edition.id, self.table.id).groups[segment.group]
        last = columns_of(self.edition, cells)
        items = tuple(item for item in self.table.grid if item.cell in last)
        values = self._fit(segment, Row(segment.group, bare(segment.label.text), items))
        if values is None:
            return False
        tokens = {cell: token for cell, token in zip(last, values, strict=True) if token is not None}
        if tokens:
            place_group(self.result, self.edition, cells, tokens, bare(segment.label.text))
        return bool(tokens)

    def _fit(self, segment: Segment, row: Row) -> list[Token | None] | None:
        """Return the token of every cell of a row (None: not there), or None when the numbers do not fit."""
        filled, count, first = segment.filled, len(row.cells), segment.first_line
        whole = sum(token.sort is not Sort.EMPTY for token in first) == len(filled)
        if whole and {token.row for token in first} == {self.table.width}:
            spread = self._by_column(first, row)
            if spread is not None:
                return spread
        if len(filled) == count:
            return list(filled)
        while len(first) > count and first[-1].sort is Sort.EMPTY:
            first.pop()
        named = sum(self._names_column(token) for token in segment.heads)
        if whole and len(first) == count and named != len(filled):  # else a blank cell belongs to the label
            return list(first)
        return None if filled else [None] * count

    def _by_column(self, tokens: Sequence[Token], row: Row) -> list[Token | None] | None:
        """Return a row's values by their columns in a line of full width; merged cells may be empty or repeated."""
        at = {token.column: token for token in tokens}
        values: list[Token | None] = []
        for cell in row.cells:
            under = [at[c] for c in range(cell.column, cell.column + cell.columns) if c in at]
            filled = [token for token in under if token.sort is not Sort.EMPTY]
            if not under or len({bare(token.text) for token in filled}) > 1:
                return None
            values.append((filled or under)[0])
        return values

    def _names_column(self, token: Token) -> bool:
        """Return whether a head token names a column of numbers (not a banner or a group)."""
        match = token.foreign or token.match
        return not is_year(token.text) if match is None else fold(match.label.text) in self.column_heads

    def _heads_fit(self, heads: Sequence[Token], row: Row) -> bool:
        """Return whether the heads printed over a row are this edition's, at least half of them."""
        expected = {fold(self.edition.cell(cell.cell).column_label) for cell in row.cells if cell.cell}
        names = [token for token in heads if self._names_column(token)]
        native = [t for t in names if t.match is not None and fold(t.match.label.text) in expected]
        return not names or 2 * len(native) >= len(names)

    def _narrowed(self, row: Row, segment: Segment) -> Row:
        """Return the part of a row that the heads over a piece of the table name: 表四 printed as several small tables."""
        names = [token for token in segment.heads if self._names_column(token)]
        if row.leaf is not None or not segment.filled or len(names) >= len(row.cells):
            return row
        shape = shape_of(self.edition.id, self.table.id)
        seen = {token.match.index for token in segment.heads if token.match is not None and token.match.label.head}
        groups = [index for index in seen if fold(self.book.labels[index].text) not in self.column_heads]
        for index in sorted(groups, key=lambda index: self.book.labels[index].columns):
            cells = tuple(item for item in row.cells if index in shape.heads[item.cell or ""])
            if len(cells) == len(segment.filled) == len(names):
                return Row(row.leaf, row.name, cells)
        return row

    def _is_moved(self, heads: Sequence[Token], row: Row) -> bool:
        """Return whether the heads over a row stand in another order than the form prints them, line by line or across."""
        over = [item for item in self.book.labels if item.head and self._is_over(item, row)]
        names = [fold(item.text) for item in over if fold(item.text) in self.column_heads]
        across = [fold(self.edition.cell(item.cell or "").column_label) for item in row.cells]
        seen = [fold(t.match.label.text) for t in heads if t.match is not None]
        tail = [name for name in seen if name in set(across)][-len(across) :]
        if sorted(tail) == sorted(across) and tail not in (across, names[-len(across) :]):
            return True
        texts = [fold(item.text) for item in over]
        single = [name for name in texts if texts.count(name) == 1 and name not in self.column_heads]
        kept = [name for name in seen if name in single]
        return kept != sorted(kept, key=single.index)

    @staticmethod
    def _is_over(item: GridCell, row: Row) -> bool:
        """Return whether a head stands over a cell of a row, in the same block or one before."""
        return item.line < row.cells[0].line and any(
            item.column < cell.column + cell.columns and cell.column < item.column + item.columns for cell in row.cells
        )

    def _leave_unknown(self, segment: Segment) -> None:
        """List a row that the form does not have, or numbers that stand under no row."""
        label = segment.label
        tokens = ([label] if label is not None and label.sort is Sort.TEXT else []) + segment.filled
        if not tokens:
            return
        if label is None:
            why = NO_LABEL
        elif label.foreign is not None:
            why = f"“{bare(label.text)}”是另一版表格的行，{self.edition.id} 年版没有这一行。"
        else:
            why = UNKNOWN_LABEL
        self.result.leave(tokens, self.table.name, why)
