"""Tokens of a table → segments: what stands under each row label, and which column heads stand over it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from gk_xl.sources.labels import Kind, bare, fold, split_ordinal
from gk_xl.sources.paragraphs import PAGE_NUMBER
from gk_xl.sources.sections import plain
from gk_xl.sources.tokens import Sort
from gk_xl.sources.years import YEAR

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from gk_xl.sources.tokens import Token

PROSE: Final = 25
"""A text of this length in a table region is a sentence, not a label or an entry."""
HEADS: Final = 100
"""So many heads in a row are kept, several times what a form has; what goes before them is no head of the table."""


@dataclass
class Segment:
    """What stands in the source under one row label: ``row`` is its number in the form, None when not recognised.

    ``group`` is the label's index where it is one over several rows that another edition prints as one row.
    """

    row: int | None
    label: Token | None
    heads: tuple[Token, ...]
    items: list[Token] = field(default_factory=list)
    group: int | None = None
    parted: bool = False
    """Whether a page's end and repeated heads stand between the label and what it holds."""

    @property
    def filled(self) -> list[Token]:
        """The tokens that hold something."""
        return [item for item in self.items if item.sort in (Sort.VALUE, Sort.TEXT)]

    @property
    def first_line(self) -> list[Token]:
        """The tokens before the first row break that follows something."""
        first: list[Token] = []
        for item in self.items:
            if item.sort is not Sort.BREAK:
                first.append(item)
            elif first:
                break
        return first


class Walker:
    """Walks through tokens.

    ``row_at`` maps a label's index to its row (None: the row that has no label), ``sizes`` says how many numbers each
    row has.
    """

    def __init__(
        self, row_at: Mapping[int | None, int], sizes: Sequence[int], groups: Collection[int] = frozenset()
    ) -> None:
        self.row_at, self.sizes, self.groups = row_at, sizes, groups
        self._group: Token | None = None
        self.segments: list[Segment] = []
        self.prose: list[Token] = []
        self._heads: list[Token] = []
        self._in_heads = True
        self._blanks: list[Token] = []
        self._current: Segment | None = None

    def walk(self, tokens: Sequence[Token]) -> list[Segment]:
        """Return the segments in the order of the source; sentences among them are kept in ``prose``."""
        for token in tokens:
            if token.sort is Sort.LABEL:
                self._label(token)
            elif token.sort in (Sort.VALUE, Sort.TEXT):
                self._filled(token)
            elif self._current is not None:
                self._current.items.append(token)
            else:
                # A row without a label (table 四) may begin with empty cells.
                self._blanks = [*self._blanks, token] if token.sort is Sort.EMPTY else []
        return self.segments

    def _open(self, row: int | None, label: Token | None, items: Sequence[Token] = ()) -> None:
        self._current = Segment(row, label, tuple(self._heads), list(items))
        self.segments.append(self._current)

    def _label(self, token: Token) -> None:
        """Take a head, a group of rows, or a row's own label; a piece of a label changes nothing."""
        match = token.match
        if match is not None and match.kind is Kind.FRAGMENT and token.foreign is None:
            return
        self._current, self._blanks = None, []
        self._group = token if match is not None and match.index in self.groups else None
        if _is_head(token):
            self._heads = [*self._heads[1 - HEADS :], token] if self._in_heads else [token]
            self._in_heads = True
            return
        self._in_heads = False
        if match is None:
            self._open(None, token)
        elif match.index in self.row_at:
            self._open(self.row_at[match.index], token)

    def _filled(self, token: Token) -> None:
        """Take a value, or a text that is an entry, an unknown label, or a sentence."""
        if token.sort is Sort.TEXT and _is_prose(token):
            self.prose.append(token)
            self._current = None
        elif self._current is not None and (token.sort is Sort.VALUE or self._may_be_entry(token)):
            self._current.items.append(token)
        elif token.sort is Sort.VALUE and self._group is not None and self._group.match is not None:
            group, self._group = self._group, None
            self._open(None, group, [token])
            self.segments[-1].group = group.match.index if group.match is not None else None
        elif token.sort is Sort.VALUE and self._is_behind_a_page():
            self._current, self._in_heads = self.segments[-1], False
            self._current.parted = True
            self._current.items.append(token)
        elif token.sort is Sort.VALUE:
            self._open(self.row_at.get(None), None, [*self._blanks, token])
            self._in_heads = False
        else:
            self._open(None, token)
            if self._in_heads:
                self._heads = [*self._heads[1 - HEADS :], token]

    def _is_behind_a_page(self) -> bool:
        """Return whether heads are repeated behind a page's number that came between a row's label and its numbers."""
        last = self.segments[-1] if self.segments else None
        if last is None or last.row is None or last.filled or not self._in_heads:
            return False
        return any(item.sort is Sort.LAYOUT and PAGE_NUMBER.fullmatch(item.text) for item in last.items)

    def _may_be_entry(self, token: Token) -> bool:
        """Return whether a text that is no number may still be what was typed into a cell: 约3件, 见附件1."""
        text, current = fold(token.text), self._current
        if current is None or (current.row is not None and len(current.filled) >= self.sizes[current.row]):
            return False
        if len(text) > 12 or split_ordinal(text)[0] is not None or YEAR.match(text):
            return False
        return any(character.isdigit() or character in "余约多若干" for character in text)


def _is_head(token: Token) -> bool:
    """Return whether a label is a head of this edition or, where another fits better, of that one."""
    native = token.match if token.match is not None and token.match.kind > Kind.FRAGMENT else None
    if token.foreign is not None and (native is None or native.label.head):
        return token.foreign.label.head
    return native is not None and native.label.head


def is_run(text: str) -> bool:
    """Return whether a text is digits alone, cells of numbers that lost their borders."""
    return text.replace(".", "").isdigit()


def _is_prose(token: Token) -> bool:
    """Return whether a text is a sentence that strayed into the table's region."""
    text = bare(plain(token.text))
    if sum(is_run(part) for part in token.text.split()) > 2:
        return False  # a row of numbers whose label is not known
    return (len(text) >= PROSE and not is_run(text)) or text.endswith(("。", "；", "："))
