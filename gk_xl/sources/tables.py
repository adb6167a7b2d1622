"""Tokens of a table region → numbers in cells, by the sequence of the labels, never by counting lines.

A row's numbers are those between its label and the next label. They are placed when there are as many as the form
has cells in that row, or when the line has the table's full width; otherwise they are listed as not placed, with the
reason. A block whose column heads are another edition's is not placed either: its numbers mean something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gk_xl.form.load import edition_ids, load_edition
from gk_xl.sources.labels import Kind, LabelBook, bare, fold
from gk_xl.sources.model import NoteKind, Role, note
from gk_xl.sources.readings import TableReading
from gk_xl.sources.segments import Walker
from gk_xl.sources.tokens import Sort, Tokenizer
from gk_xl.sources.values import place_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.form.schema import Edition, GridCell, Table
    from gk_xl.sources.model import Line
    from gk_xl.sources.segments import Segment
    from gk_xl.sources.tokens import Token


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


def read_table(edition: Edition, table: Table, lines: Sequence[Line]) -> TableReading:
    """Return what a region of the source holds of one table of ``edition``."""
    return _TableReader(edition, table).read(lines)


class _TableReader:
    """Walks through the tokens of one region."""

    def __init__(self, edition: Edition, table: Table) -> None:
        self.edition, self.table = edition, table
        self.book = LabelBook(table.grid)
        self.rows = rows_of(table, self.book)
        self.row_at: dict[int | None, int] = {row.leaf: number for number, row in enumerate(self.rows)}
        self.result = TableReading(table)
        known = [load_edition(name) for name in edition_ids() if name != edition.id]
        others = [other for one in known for other in one.tables if other.id == table.id]
        self.others = [LabelBook(other.grid) for other in others]
        self.column_heads = {fold(cell.column_label) for one in (table, *others) for cell in one.cells}

    def read(self, lines: Sequence[Line]) -> TableReading:
        tokens = Tokenizer(self.book, self.others).tokens(lines)
        for token in tokens:
            if token.sort in (Sort.LABEL, Sort.LAYOUT):
                self.result.mark(token.lines, Role.LABEL if token.sort is Sort.LABEL else Role.LAYOUT)
        walker = Walker(self.row_at, [len(row.cells) for row in self.rows])
        segments = walker.walk(tokens)
        for token in walker.prose:
            self.result.leave([token], self.table.name, "这是表格以外的文字；如需保留，请移到一、五、六部分。")
        self._adopt_unknown(segments)
        taken: dict[int, Segment] = {}
        for segment in segments:
            self._settle(segment, taken)
        self._labels(tokens)
        self._spaces()
        return self.result

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
            message = f"{self.table.name}有一行的标签是“{found}”，按前后次序读作“{read}”，请核对。"
            self.result.notes.append(note(NoteKind.NORMALISED, lines, self.table.name, message, found=found, read=read))

    # ------------------------------------------------------------------ placing

    def _settle(self, segment: Segment, taken: dict[int, Segment]) -> None:
        """Place the values of one row, or say why they are not placed."""
        if segment.row is None:
            self._leave_unknown(segment)
            return
        row, filled = self.rows[segment.row], segment.filled
        place = f"{self.table.name}“{row.name}”"
        if not self._heads_fit(segment.heads, row):
            heads = "、".join(f"“{bare(token.text)}”" for token in segment.heads if self._names_column(token))
            if filled:
                own = "、".join(f"“{self.edition.cell(cell.cell or '').column_label}”" for cell in row.cells)
                self.result.leave(filled, place, f"原文的列是{heads}，本版的列是{own}，含义不同；请对照原件填写。")
            return
        earlier = taken.get(segment.row)
        if earlier is not None and filled:
            same = [bare(t.text) for t in earlier.filled] == [bare(t.text) for t in filled]
            why = "与前面同一行的数相同，是重复的一行。" if same else "前面已有同一行的数，两处不一致；请对照原件核定。"
            self.result.leave(filled, place, why)
            return
        values = self._fit(segment, row)
        if values is None:
            why = f"这一行应有 {len(row.cells)} 个数，原文有 {len(filled)} 个；请对照原件填写。"
            self.result.leave(filled, place, why)
            return
        if filled:
            taken[segment.row] = segment
        for cell, token in zip(row.cells, values, strict=True):
            if token is not None and cell.cell:
                place_value(self.result, self.edition, cell.cell, token)

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
        if whole and len(first) == count:
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
        return match is None or fold(match.label.text) in self.column_heads

    def _heads_fit(self, heads: Sequence[Token], row: Row) -> bool:
        """Return whether the heads printed over a row are this edition's, at least half of them."""
        expected = {fold(self.edition.cell(cell.cell).column_label) for cell in row.cells if cell.cell}
        names = [token for token in heads if self._names_column(token)]
        native = [t for t in names if t.match is not None and fold(t.match.label.text) in expected]
        return not names or 2 * len(native) >= len(names)

    def _leave_unknown(self, segment: Segment) -> None:
        """List a row that the form does not have, or numbers that stand under no row."""
        label = segment.label
        tokens = ([label] if label is not None and label.sort is Sort.TEXT else []) + segment.filled
        if not tokens:
            return
        if label is None:
            why = "前面没有认得出的行标签；请对照原件填写。"
        elif label.foreign is not None:
            why = f"“{bare(label.text)}”是另一版表格的行，{self.edition.id} 年版没有这一行。"
        else:
            why = "本版表格没有这样的标签；请对照原件核对。"
        self.result.leave(tokens, self.table.name, why)

    def _is_used(self, token: Token) -> bool:
        """Return whether a label names a row or a column of numbers of this edition."""
        match = token.match
        return match is not None and (match.index in self.row_at or fold(match.label.text) in self.column_heads)

    # ------------------------------------------------------------------ labels

    def _labels(self, tokens: list[Token]) -> None:
        """Say which labels were not printed as the form has them."""
        spaced: list[Token] = []
        for token in tokens:
            match = token.match
            if token.sort is not Sort.LABEL or match is None:
                continue
            text, read = token.text.strip(), match.label.text
            shown = " ".join(text.split())
            self.result.exact += match.kind is Kind.EXACT
            if match.kind is Kind.FRAGMENT or (token.foreign is not None and not self._is_used(token)):
                continue
            if "\n" in text:
                message = f"{self.table.name}的标签“{read}”被换行拆开，已接上。"
            elif match.kind is Kind.GLUED and not match.label.head:
                message = f"{self.table.name}的标签“{read}”和数“{match.glued}”连在一起，已分开。"
            elif match.kind is Kind.GLUED:
                message = (
                    f"{self.table.name}的标签“{read}”里混进了“{match.glued}”，不是格里的数，没有采用；请核对原件。"
                )
            elif match.kind is Kind.ALIKE:
                message = f"{self.table.name}的标签写作“{shown}”，按“{read}”读。"
            elif match.kind is Kind.CUT:
                message = f"{self.table.name}的标签只剩“{shown}”，按次序读作“{read}”，请核对。"
            else:
                if text != read:
                    spaced.append(token)
                continue
            self.result.notes.append(
                note(NoteKind.NORMALISED, token.lines, f"{self.table.name}标签", message, found=shown, read=read)
            )
        if spaced:
            lines = [number for token in spaced for number in token.lines]
            texts = "、".join(dict.fromkeys(f"“{' '.join(token.text.split())}”" for token in spaced))
            message = (
                f"{self.table.name}有 {len(spaced)} 个标签的空格、标点或序号与规范格式不同（{texts}），按规范格式读。"
            )
            self.result.notes.append(note(NoteKind.NORMALISED, lines, f"{self.table.name}标签", message, found=texts))

    def _spaces(self) -> None:
        """Say how many cells had spaces around their value."""
        if self.result.spaced:
            lines = [number for token in self.result.spaced for number in token.lines]
            kinds = {"\u3000": "全角空格", "\u00a0": "不间断空格", " ": "半角空格", "\t": "制表符"}
            seen = [name for mark, name in kinds.items() if any(mark in token.text for token in self.result.spaced)]
            spaces = "、".join(seen or ["空白"])
            message = f"{self.table.name}有 {len(self.result.spaced)} 个格的数字前后带有{spaces}，已去掉。"
            self.result.notes.append(note(NoteKind.NORMALISED, lines, f"{self.table.name}数字", message))
