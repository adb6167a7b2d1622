"""Lines of a table region → tokens: labels, values, blank cells, row breaks, and text that is none of these.

How published copies lay a table out, and how each is read:

- one cell a line, cells led by a tab, rows parted by an empty line; a tab alone is an empty cell;
- one cell a line with empty lines between them; a label broken over two or three lines;
- a row a line, parted by tabs, by ``|`` (Markdown, with or without outer borders), or by spaces (text of a PDF);
- one cell a line with ``|`` before, behind or between the cells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.checks.entries import read_entry
from gk_xl.form.schema import ValueKind
from gk_xl.sources.labels import Kind, LabelBook, Match, bare, fold, is_unit
from gk_xl.sources.marks import unmarked
from gk_xl.sources.paragraphs import PAGE_NUMBER
from gk_xl.sources.sections import group_labels, path_of
from gk_xl.sources.years import is_year

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gk_xl.sources.model import Line

JOIN_LIMIT: Final = 4
_RULER: Final = re.compile(
    r"\s*+\|?(?:\s*+:?-{3,}+:?\s*+\|)*\s*+:?-{3,}+:?\s*+\|?\s*+|\s*+\|(?:\s*+:?-++:?\s*+\|){2,}\s*+"
)
_BORDER: Final = re.compile(r"\s*+\|[\s|]*+")
UNITS: Final = ("件", "条", "项", "次", "个", "宗", "起", "元", "万元")
"""What some write behind every number of a table."""
_UNIT: Final = re.compile(rf"(?<=\d)\s+(?=(?:{'|'.join(UNITS)})(?:\s|$))")
_BLANKS_BEHIND: Final = re.compile(r"^(?=[^\t\S]*+[^\t\s])[^\t]*+\t[\t \u00a0\u3000]*+\r?$")
"""A label with nothing but blank cells behind it."""
_BREAK_TAG: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)


_STRONG: Final = re.compile(r"^\s*(\*\*|__)(.+?)\1\s*$")
"""Bold text in a cell of Markdown."""


class Sort(Enum):
    """What a token is."""

    LABEL = auto()
    VALUE = auto()
    EMPTY = auto()
    BREAK = auto()
    TEXT = auto()
    LAYOUT = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a table region.

    ``text`` is as printed; ``lines`` where it stands. ``match`` says which label it is, ``foreign`` the label of
    another edition that it fits better. ``row`` and ``column`` give its place in a delimited line of ``row`` cells;
    ``unit`` is the unit of money that the labels over a number and beside it name.
    """

    sort: Sort
    text: str
    lines: tuple[int, ...]
    match: Match | None = None
    foreign: Match | None = None
    row: int = 0
    column: int = 0
    unit: str = ""


@lru_cache(maxsize=4096)
def is_value(text: str) -> bool:
    """Return whether a text can stand in a cell as a number, marks beside it or not, an amount, or a mark for nothing."""
    return any(
        read_entry(own, kind, unit) is not None
        for own in dict.fromkeys((text, unmarked(text).text))
        for kind, unit in ((ValueKind.SIGNED, "件"), (ValueKind.AMOUNT, "元或万元"))
    )


_SPREAD: Final = re.compile(r"(?<![^\s\u3000])([\u4e00-\u9fff])[ \u3000\u00a0]+(?=[\u4e00-\u9fff](?![^\s\u3000]))")
"""Characters one by one: 总　计, 规 章."""


def parts_of(text: str) -> list[str]:
    """Return what blanks part in a line; a unit goes with its number."""
    return _SPREAD.sub(r"\1", _UNIT.sub("", text)).split()


def is_border(text: str) -> bool:
    """Return whether a line only draws: the ruler below the heads of a Markdown table, or bars alone."""
    return bool(text.strip()) and (_RULER.fullmatch(text) or _BORDER.fullmatch(text)) is not None


class Tokenizer:
    """Reads the lines of one table with the label books of its own edition and of the others."""

    def __init__(self, own: LabelBook, others: Sequence[LabelBook]) -> None:
        self.own, self.others = own, others

    def tokens(self, lines: Iterable[Line]) -> list[Token]:
        """Return the tokens of a region in reading order, labels recognised and joined."""
        pieces = [piece for line in lines for piece in self._pieces(line)]
        return list(self._recognise(pieces))

    def _pieces(self, line: Line) -> Iterator[Token]:
        """Cut one line into cells."""
        at, text = (line.number,), _BREAK_TAG.sub("", line.text)
        if line.cells is not None:
            yield from self._delimited(at, list(line.cells))
        elif not text.strip():
            # A tab or a wide space alone is a cell that was left empty; an empty line parts the rows.
            yield Token(Sort.EMPTY if set(text) & set("\t\u00a0\u3000") else Sort.BREAK, "", at)
        elif is_border(text):
            yield Token(Sort.LAYOUT, text.strip(), at)
        elif "|" in text:
            yield from self._delimited(at, cells_between_bars(text))
        elif "\t" in text.strip("\t \u00a0\u3000\r") or _BLANKS_BEHIND.search(text):
            yield from self._delimited(at, text.split("\t"))
        elif PAGE_NUMBER.fullmatch(text):
            yield Token(Sort.LAYOUT, text.strip(), at)
        elif len(path := path_of(text)) > 1 and all(fold(part) in group_labels() for part in path):
            yield from (Token(Sort.TEXT, part, at) for part in path)
        elif (run := self.own.cut(text)) is not None and not self._is_exact(text):
            yield from (Token(Sort.TEXT, part, at) for part in run)
        elif text.startswith("\t"):
            yield Token(Sort.TEXT, text.strip("\t"), at)
        else:
            yield from (Token(Sort.TEXT, part, at) for part in self._spaced(text))

    def _delimited(self, at: tuple[int, ...], cells: list[str]) -> Iterator[Token]:
        for column, cell in enumerate(cells):
            yield Token(Sort.TEXT if bare(cell) else Sort.EMPTY, cell.strip(" "), at, row=len(cells), column=column)
        yield Token(Sort.BREAK, "", at)

    def _spaced(self, text: str) -> list[str]:
        """Cut a line without delimiters at its spaces where that makes a label and its numbers of it."""
        parts = parts_of(text)
        if len(parts) == 1 or is_value(text) or self._is_exact(text):
            return [text]
        values = 0
        while values < len(parts) and is_value(parts[-1 - values]):
            values += 1
        head = parts[: len(parts) - values]
        if all(self._is_exact(part) for part in head) or all(map(is_year, parts)):
            return parts
        joined = "".join(head)
        if len(head) == 1 or self.own.best(joined) is not None:
            return [joined, *parts[len(head) :]] if values else [text]
        if all(self.own.best(part) is not None for part in head) or values:
            return parts
        return [text]

    def _is_exact(self, text: str) -> bool:
        match = self.own.best(text)
        return match is not None and match.kind is Kind.EXACT

    def _recognise(self, pieces: list[Token]) -> Iterator[Token]:
        """Tell labels from values, joining labels that a line break cut."""
        position, after, in_heads = 0, -1, False
        while position < len(pieces):
            piece = pieces[position]
            if piece.sort is not Sort.TEXT:
                yield piece
                position += 1
                continue
            count, match, foreign, text = self._longest_label(pieces, position, after)
            if in_heads and match is not None and not match.label.head:
                match = self.own.head_like(match)
            if match is None and foreign is None:
                in_heads = False
                sort = Sort.VALUE if is_value(piece.text) or piece.text.isdigit() else Sort.TEXT
                yield Token(sort, piece.text, piece.lines, row=piece.row, column=piece.column)
                position += 1
                continue
            if match is not None and match.kind > Kind.FRAGMENT:
                after, in_heads = match.index, match.label.head
            used = pieces[position : position + count]
            lines = tuple(sorted({n for token in used if token.sort is Sort.TEXT for n in token.lines}))
            yield Token(Sort.LABEL, text, lines, match, foreign, piece.row, piece.column)
            if match is not None and match.glued.isdigit() and not match.label.head:
                yield Token(Sort.VALUE, match.glued, lines[-1:])
            position += count

    def _longest_label(
        self, pieces: list[Token], start: int, after: int
    ) -> tuple[int, Match | None, Match | None, str]:
        """Return how many pieces from ``start`` make the best label, its match, a foreign match, and its text."""
        first = pieces[start].text
        if is_year(first) or (is_value(first) and not self._is_exact(first)):
            return 1, None, None, first
        best = (1, self.own.best(first, after), first)
        if best[1] is None or best[1].kind < Kind.EXACT:
            text, texts, position = first, 1, start + 1
            while position < len(pieces) and texts < JOIN_LIMIT:
                piece = pieces[position]
                position += 1
                if piece.sort is Sort.BREAK:
                    continue
                if piece.sort is not Sort.TEXT or is_value(piece.text):
                    break
                text, texts = f"{text}\n{piece.text}", texts + 1
                match = self.own.best(text, after)
                if match is None or match.kind < Kind.ALIKE or (best[1] is not None and match.score <= best[1].score):
                    continue
                alone = self.own.best(piece.text) if match.kind is Kind.ALIKE else None
                if alone is None or alone.kind < Kind.ALIKE:
                    best = (position - start, match, text)
        count, match, text = best
        behind = next((n for n in range(start + count, len(pieces)) if pieces[n].sort is not Sort.BREAK), start)
        if match is not None and behind > start and is_unit(pieces[behind].text):
            count, text = behind + 1 - start, f"{text}\n{pieces[behind].text}"
        foreign = [m for book in self.others if (m := book.best(text)) is not None and m.kind >= Kind.ALIKE]
        better = max(foreign, key=lambda m: m.score, default=None)
        if better is not None and match is not None and better.score <= match.score + 0.02:
            better = None
        if better is not None and match is not None and match.kind < Kind.ALIKE:
            match = None
        return count, match, better, text


def cells_between_bars(text: str) -> list[str]:
    """Cut a line at its bars; outer bars are borders, and bars that close a line without an opening one are, too."""
    line = text.strip()
    led, cells = line.startswith("|"), line.split("|")
    if led:
        cells = cells[1:]
    if line.endswith("|"):
        cells = cells[:-1]
    while not led and len(cells) > 1 and not bare(cells[-1]):
        cells = cells[:-1]
    return [_STRONG.sub(r"\2", cell) for cell in cells]
