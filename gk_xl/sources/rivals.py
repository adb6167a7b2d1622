"""Several tables of one kind in a source → the report's own: not last year's, another unit's, or a draft that was voided.

A person goes by what stands above a table: its year, its unit, 初稿…作废, 定稿（以本表为准）, 附：上年数据. So is it here: where
captions tell which of two tables with the same labels holds, the other is left out and that is said; where they tell
nothing, both are read and what differs is asked about. A table that has no other beside it is never left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from gk_xl.form.load import edition_in_force
from gk_xl.form.patterns import regex
from gk_xl.sources.beside import column_labels, row_labels
from gk_xl.sources.document import Grid, Paragraph
from gk_xl.sources.identity import find_titles, is_title, looks_signed, title_in_head
from gk_xl.sources.labels import bare, fold
from gk_xl.sources.model import Line
from gk_xl.sources.sections import SURE, group_labels, heading_score, is_table_label, path_of, plain
from gk_xl.sources.shape import known_labels
from gk_xl.sources.tokens import is_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.sources.document import Box, Document

TOLD: Final = "原文里有几份同样的表格：“{other}”下面的没有读，读的是{own}；不对的请删去另一份再导入。"
ALONE: Final = "表格上面写着“{other}”，不像是这份报告的，但没有别的同样的表格，照样读入；请与原件核对。"
NO_CAPTION: Final = "没有标明"
LONGEST: Final = 60
"""Characters of a caption."""
SENTENCE: Final = 25
"""A text as long as this that ends as a sentence does is no part of a table."""
SHARE: Final = 0.8
"""So much of what a table has must stand in another one too before it is left out."""
FEWEST: Final = 3
"""So many labels that only one table has tell that it is that."""
_YEAR: Final = regex(r"(?<!\d)(20\d\d)(?!\d)(?:\s*年(?!\s*\d{1,2}\s*月)|(?!\s*年|\s*[-.／/]\s*\d))")
"""A year that is no part of a date."""
_OTHER: Final = regex(
    r"作废|废止稿|初稿|草稿|草案|底稿|旧稿|送审稿|征求意见稿|讨论稿|样表|样例|示例|[仅只]?供(?:参考|参照|对照|比较|对比)"
    r"|不计入|不作为|不含在|不予公布|(?:更正|修改|修订|调整|勘误|核对|复核)(?:之)?前|原(?:公布|报送?)(?:的)?(?:数|表|稿)|上报初"
    r"|[上去前](?:一)?年(?:度)?(?!结转)(?:的)?(?:数|情况|同期|表|统计|回顾|（|\)|）|$)|往年|历年|上年同期"
)
_OWN: Final = regex(
    r"定稿|终稿|以(?:本|此)表为准|正式(?:公布|数据|稿|表)|最终(?:稿|数|表|公布)|公布稿|(?:更正|修改|修订|调整|勘误|核对|复核)(?:之)?后"
    r"|[本今当](?:一)?年(?:度)?(?:的)?(?:数|情况|表|统计|（|\)|）|$)|本(?:单位|机关|局|委|办|厅|镇|乡)(?:的)?(?:数|情况|表|统计|$)"
)
_ABOVE: Final = re.compile(r"[（(【\[注：:*※]*(?:以上|上[述面列]|[上前](?:一张)?表)")
"""How a line begins that tells of the table above it."""
_CHINESE_YEAR: Final = re.compile(r"二[〇○零Oo0][〇○零一二三四五六七八九]{2}(?=年)")
_ARABIC: Final = str.maketrans("〇○零Oo一二三四五六七八九", "00000123456789")
_ROW: Final = re.compile(r"[\t|│｜┃：:]+|\s{2,}")
_ENDING: Final = re.compile(r"[。；;]$")


@dataclass(frozen=True)
class _Piece:
    """A paragraph, or rows of a grid; ``at`` is the number of its block."""

    at: int
    texts: tuple[str, ...]
    rows: tuple[int, int] | None = None
    sheet: str = ""

    @property
    def text(self) -> str:
        """The text of a paragraph, or of rows that hold one alone."""
        filled = [text for text in self.texts if bare(text)]
        return filled[0] if len(filled) == 1 else ""


@dataclass
class _Part:
    """What stands under one caption: whether it is the report's own (1), another's (-1), or that is not told (0)."""

    caption: str
    standing: int
    pieces: list[_Piece] = field(default_factory=list)

    @property
    def rows(self) -> set[str]:
        """The labels of rows that it has; of a table without them, that it is that table."""
        names = {name for piece in self.pieces for text in piece.texts for name in _named(text)}
        whole = [table for table in _unlabelled() if len(names & known_labels(table)) >= FEWEST]
        groups = {name for name in names & group_labels() if whole}
        return (names & row_labels() - group_labels()) | groups | {*whole}

    @property
    def columns(self) -> set[str]:
        """The heads of single columns that it has."""
        return {name for piece in self.pieces for text in piece.texts for name in _named(text)} & column_labels()

    @property
    def has_numbers(self) -> bool:
        """Whether a number stands in it."""
        return any(sign.isdigit() for piece in self.pieces for text in piece.texts for sign in text)


def own_tables(document: Document, year: int | None = None) -> Document:
    """Return a document without the tables that captions tell to be another's; remarks tell of each."""
    reader = _Captions(document, year)
    every = [part for part in reader.parts() if part.caption or part.pieces]
    parts = [part for part in every if part.has_numbers and part.rows]
    below = _are_below(every)
    gone = [part for part in parts if not below and any(_prevails(parts, part, over) for over in (0, 1))]
    remarks = [TOLD.format(other=_short(part.caption) or NO_CAPTION, own=_own_of(parts, gone, part)) for part in gone]
    alone = [part for part in parts if part.standing < 0 and part not in gone and part.caption]
    remarks += [ALONE.format(other=_short(part.caption)) for part in alone]
    blocks = [*_without(document.blocks, [piece for part in gone for piece in part.pieces])]
    kept = dict.fromkeys((*document.remarks, *remarks))
    return replace(document, blocks=tuple(blocks), remarks=tuple(kept)) if remarks or gone else document


def _are_below(every: Sequence[_Part]) -> bool:
    """Return whether captions may stand below their tables: the first table has none above, the last caption none below."""
    for at, part in enumerate(every[1:-1], 1):
        before, behind = every[at - 1], every[at + 1]
        bare_before = bool(before.rows) and not before.standing and bool(before.rows & part.rows)
        if part.standing and bare_before and behind.standing and not behind.rows:
            return True
    return False


def _prevails(parts: Sequence[_Part], part: _Part, standing: int) -> bool:
    """Return whether other tables that stand so, and better than a part, have what it has."""
    others = [one for one in parts if one.standing >= standing > part.standing]
    rows = set[str]().union(*(one.rows for one in others))
    columns = set[str]().union(*(one.columns for one in others))
    return len(part.rows & rows) >= SHARE * len(part.rows) and part.columns <= columns


def _own_of(parts: Sequence[_Part], gone: Sequence[_Part], part: _Part) -> str:
    read = [one for one in parts if one not in gone and one.rows & part.rows]
    named = [_short(one.caption) for one in read if one.caption and one.standing > part.standing]
    return f"“{named[0]}”下面的" if named else "另一份"


def _short(caption: str) -> str:
    shown = bare(plain(caption))
    return shown if len(shown) <= SENTENCE else f"{shown[:SENTENCE]}…"


def _without(blocks: Sequence[Paragraph | Grid], gone: Sequence[_Piece]) -> Iterator[Paragraph | Grid]:
    for at, block in enumerate(blocks):
        rows = sorted(piece.rows for piece in gone if piece.at == at and piece.rows)
        if isinstance(block, Grid) and rows:
            ends = [0, *(edge for pair in rows for edge in pair), block.height]
            yield from (block.part(first, end) for first, end in list(pairwise(ends))[::2] if first < end)
        elif not any(piece.at == at for piece in gone):
            yield block


class _Captions:
    """Goes through a document and parts it by what stands above its tables."""

    def __init__(self, document: Document, year: int | None) -> None:
        self.document = document
        shown = [block.text for block in document.blocks if isinstance(block, Paragraph)]
        lines = [Line(number, text) for number, text in enumerate(shown)]
        titles = find_titles(lines, len(lines)) or title_in_head(document.meta.title)
        self.year = year or next((title.year for title in titles if title.year), None)
        self.unit = next((title.unit for title in titles if title.unit), "")

    def parts(self) -> Iterator[_Part]:
        """Yield the parts of a document in order."""
        part = _Part("", 0)
        for piece in self._pieces():
            text, told = plain(piece.text), self.standing(piece)
            if is_title(text) or heading_score(text, edition_in_force()) >= SURE:
                yield part
                part = _Part(text, self._by_year(text))
            elif told and _ABOVE.match(bare(text)):
                part.caption, part.standing = text, told
                part.pieces.append(piece)
                yield part
                part = _Part("", 0)
            elif told or (part.pieces and piece.sheet != part.pieces[-1].sheet):
                yield part
                part = _Part(text if told else piece.sheet, told or self._said(piece.sheet), [piece])
            elif _is_prose(piece):
                yield part
                part = _Part("", 0)
            elif _begins_again(part, piece):
                above = _taken_off(part)
                yield part
                part = _Part(above[-1].text if above else "", 0, [*above, piece])
            else:
                part.pieces.append(piece)
        yield part

    def _pieces(self) -> Iterator[_Piece]:
        for at, block in enumerate(self.document.blocks):
            if isinstance(block, Paragraph):
                yield _Piece(at, (block.text,))
                continue
            rows = [[box for box in block.row(row) if box.row == row] for row in range(block.height)]
            heads = [row for row, own in enumerate(rows) if self._is_caption(own)]
            for first, end in pairwise(sorted({0, *heads, block.height})):
                texts = tuple(box.text for own in rows[first:end] for box in own)
                yield _Piece(at, texts, (first, end), block.spot.sheet)

    def _is_caption(self, boxes: Sequence[Box]) -> bool:
        filled = [box.text for box in boxes if bare(box.text)]
        return len(filled) == 1 and self._said(filled[0]) != 0

    def standing(self, piece: _Piece) -> int:
        """Return whether a caption begins a piece that tells of its own table (1), another's (-1), or none does (0)."""
        first = piece.texts[0] if piece.rows and piece.texts else piece.text
        return self._said(first)

    def _said(self, text: str) -> int:
        shown = _CHINESE_YEAR.sub(lambda found: found[0].replace("二", "2", 1).translate(_ARABIC), bare(plain(text)))
        is_number = is_value(shown) and not _YEAR.fullmatch(shown)
        if not shown or len(shown) > LONGEST or _ENDING.search(shown) or is_number or _named(text):
            return 0
        hits = [(match.start(), value) for words, value in ((_OTHER, -1), (_OWN, 1)) if (match := words.search(shown))]
        if by_year := self._by_year(shown):
            hits.append(((_YEAR.search(shown) or re.match("", shown)).start(), by_year))  # type: ignore[union-attr]
        if self.unit and self.unit in shown and not hits and not looks_signed(shown):
            return 1
        return min(hits)[1] if hits else 0

    def _by_year(self, text: str) -> int:
        years = {int(found) for found in _YEAR.findall(text)}
        return 0 if self.year is None or not years or len(years) > 1 else 1 if self.year in years else -1


def _begins_again(part: _Part, piece: _Piece) -> bool:
    """Return whether a piece has what stands under a caption already: it is another table, and not under that.

    A line of a text may repeat its label where a table was cut; not so a whole table.
    """
    own = _Part("", 0, [piece])
    known = part.rows if own.rows else set()
    if piece.rows is None:
        return part.standing < 0 and bool(own.rows & known)
    fewest = SHARE * min(len(own.rows), len(known))
    return bool(own.rows & known) and len(own.rows & known) >= fewest and own.columns <= part.columns


def _taken_off(part: _Part) -> list[_Piece]:
    """Take the lines off the end of a part that stand above the next table, and return them."""
    count = next((at for at, piece in enumerate(reversed(part.pieces)) if piece.rows or _is_of_a_table(piece)), 0)
    above = part.pieces[len(part.pieces) - count :]
    del part.pieces[len(part.pieces) - count :]
    return above


def _is_of_a_table(piece: _Piece) -> bool:
    """Return whether a line is a row of a table; its heads are none."""
    names = {name for text in piece.texts for name in _named(text)}
    return is_value(piece.text) or bool(names & row_labels() - group_labels()) or _has_numbers(piece)


def _has_numbers(piece: _Piece) -> bool:
    parts = _ROW.split(piece.text)
    return len(parts) > 1 and any(map(is_value, filter(None, parts)))


def _is_prose(piece: _Piece) -> bool:
    """Return whether a paragraph is a text of the report, no part of a table."""
    text = bare(plain(piece.text))
    return piece.rows is None and len(text) >= SENTENCE and bool(_ENDING.search(text)) and not is_table_label(text)


@lru_cache(maxsize=4096)
def _named(text: str) -> frozenset[str]:
    """Return the folded labels of the form that a text, or a row of a table in it, names."""
    pieces = [text, *_ROW.split(text)]
    return frozenset(fold(name) for piece in pieces if bare(piece) for name in path_of(piece) if is_table_label(name))


@lru_cache
def _unlabelled() -> tuple[str, ...]:
    """Return the tables whose rows have no labels."""
    form = edition_in_force()
    return tuple(
        table.id for table in form.tables if not any(fold(i.text) in row_labels() for i in table.grid if i.text)
    )
