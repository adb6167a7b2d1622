"""Pages of lines and tables → paragraphs and tables in reading order, as they were before they were set on pages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING, Final

from gk_xl.sources.document import Grid, Paragraph, Spot
from gk_xl.sources.formats.pdf_continued import continued, regridded
from gk_xl.sources.formats.pdf_gutter import in_columns, right_columns
from gk_xl.sources.formats.pdf_lines import is_cjk, joined
from gk_xl.sources.formats.pdf_tables import Ruled
from gk_xl.sources.identity import year_of_title

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from gk_xl.sources.formats.pdf_lines import Row

_NUMBER: Final = re.compile(
    r"(?P<marks>[-—–－―·•~\s]*+)(?:第\s*+)?(?P<number>\d{1,3})(?P<of>\s*+[/／]\s*+\d{1,3}|\s*+页(?:[，,]?\s*+[共/]\s*+\d{1,3}\s*+页)?)?[-—–－―·•~\s]*+"
)
_INDENT: Final = 1.2
"""Ems by which the first line of a paragraph is set in, at least."""
_SHORT: Final = 6.0
"""Ems by which a line is shorter than the others that surely ends its paragraph, at least."""
_BETWEEN: Final = 14.0
"""Points between heads that are printed again and the rest of their table, at most."""
ENDED: Final = "。：；:;！？"
_EDGE: Final = 0.13
"""The part of a page, above and below, where heads and page numbers stand."""


@dataclass(frozen=True)
class Page:
    """A page: its number, size in points, the lines outside its tables, and its tables; from top to bottom each.

    ``apart`` where each line is a text of its own, as the cells of a sheet are; ``cut`` where texts are printed over others.
    """

    number: int
    width: float
    height: float
    rows: tuple[Row, ...]
    tables: tuple[Ruled, ...]
    apart: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of the text begin and end, and how far they lie apart, in points.

    ``between`` is how far the first line of a paragraph lies below the one before, where none is set in; else 0.
    """

    left: float
    right: float
    pitch: float
    between: float = 0.0


def blocks_of(pages: Sequence[Page]) -> tuple[Paragraph | Grid, ...]:
    """Return what a file's pages hold, page numbers and running heads left out."""
    flow = _Flow(_margins(pages := without_furniture(pages)))
    flow.columns = {begin for page in pages if not page.apart for begin in right_columns(page.rows)}
    for page in pages:
        flow.take(page)
    return tuple(flow.blocks)


class _Flow:
    """What has been read so far, and what may go on in the next line, or on the next page."""

    def __init__(self, margins: Margins) -> None:
        self.margins = self.of_last = margins
        self.columns: set[float] = set()  # where right columns begin
        self.blocks: list[Paragraph | Grid] = []
        self.last: Row | None = None  # the line that the open paragraph ends with
        self.borders: tuple[float, ...] = ()  # those of the last table, from its left
        self.left = 0.0  # where it begins
        self.ended: tuple[int, float] = (0, 0.0)  # page and lower edge of the last table
        self.tables = self.paragraphs = 0

    def take(self, page: Page) -> None:
        """Add a page."""
        margins = _shifted(self.margins, page)
        for number, (item, own) in enumerate(_in_order(page, margins, self.columns)):
            if isinstance(item, Ruled):
                self._table(item, page.number, new_page=number == 0)
            else:
                self._line(item, page, own, new_page=number == 0 or self._is_higher(item, page))

    def _is_higher(self, row: Row, page: Page) -> bool:
        """Return whether a line stands above the one before it: it begins a column."""
        return self.last is not None and not page.apart and row.top < self.last.top - self.last.size

    def _table(self, table: Ruled, page: int, *, new_page: bool) -> None:
        follows = new_page or (self.ended[0] == page and table.place[1] - self.ended[1] < _BETWEEN)
        before = self.blocks[-1] if self.blocks and follows else None
        whole = self._whole(before, table) if isinstance(before, Grid) else None
        if whole is None:
            self.tables += 1
            self.blocks.append(replace(table.grid, spot=Spot(page=page, table=self.tables)))
            self.borders, self.left = table.borders, table.place[0]
        else:
            self.blocks[-1] = whole
            if len(table.borders) > len(self.borders):
                self.borders, self.left = table.borders, table.place[0]
        self.last, self.ended = None, (page, table.place[3])

    def _whole(self, before: Grid, table: Ruled) -> Grid | None:
        """Return a table with its rest; a page may show fewer of its columns, where none but merged cells stand on it."""
        above: Grid | None = before
        below: Grid | None = table.grid
        if len(self.borders) < len(table.borders):
            above = regridded(before, self.borders, table.borders, self.left - table.place[0])
        elif len(self.borders) > len(table.borders):
            below = regridded(table.grid, table.borders, self.borders, table.place[0] - self.left)
        return None if above is None or below is None else continued(above, below)

    def _line(self, row: Row, page: Page, margins: Margins, *, new_page: bool) -> None:
        open_one = self.blocks[-1] if self.blocks else None
        if (
            self.last is not None
            and isinstance(open_one, Paragraph)
            and not (page.apart and open_one.text[-1] in ENDED)
            and _is_full(self.last, row, self.of_last)
            and _goes_on(self.last, row, margins, new_page=new_page)
        ):
            self.blocks[-1] = replace(open_one, text=joined(open_one.text, row.text))
        else:
            self.paragraphs += 1
            self.blocks.append(Paragraph(row.text, Spot(line=self.paragraphs, page=page.number)))
        self.last, self.of_last = row, margins


def _in_order(page: Page, margins: Margins, columns: Collection[float]) -> Iterator[tuple[Row | Ruled, Margins]]:
    """Yield lines and tables as they are read, each with the margins of the text that it stands in."""
    placed: list[tuple[float, int, Row | Ruled]] = [(row.top, n, row) for n, row in enumerate(page.rows)]
    placed += [(table.place[1], n, table) for n, table in enumerate(page.tables)]
    ordered = [item for _, _, item in sorted(placed, key=lambda one: one[:2])]
    for is_text, group in groupby(ordered, key=lambda item: not isinstance(item, Ruled)):
        if not is_text or page.apart:
            yield from ((item, margins) for item in group)
            continue
        for rows, is_column in in_columns([item for item in group if not isinstance(item, Ruled)], columns):
            own = margins
            if is_column:
                own = replace(margins, left=_leftmost(rows), right=max(row.x1 for row in rows), between=0.0)
            yield from ((row, own) for row in rows)


# ---------------------------------------------------------------------- heads and page numbers


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """Return the pages without running heads, running feet and page numbers."""
    begun = _begun(pages)
    heads = Counter((_key(row), round(row.top / 4)) for page in pages for row in _edge_rows(page) if row not in begun)
    repeated = {key for (key, _), count in heads.items() if count >= max(2, (len(pages) + 1) // 2)}
    numbered = {
        page.number: {row: number for row in _edge_rows(page) if (number := _page_number(row)) is not None}
        for page in pages
    }
    offsets = Counter(
        offset for number, rows in numbered.items() for offset in {value - number for value in rows.values()}
    )
    cleaned = []
    for page in pages:
        edge = set(_edge_rows(page))
        gone = {
            row
            for row in edge - begun
            if _key(row) in repeated and (len(_key(row)) > 3 or _page_number(row) is not None)
        }
        for row, value in numbered[page.number].items():
            common = offsets[value - page.number] >= max(2, len(pages) // 2)
            if common or _is_marked(row) or (len(pages) == 1 and value == 1 and row is page.rows[-1]):
                gone.add(row)
        cleaned.append(replace(page, rows=tuple(row for row in page.rows if row not in gone)))
    return cleaned


def _edge_rows(page: Page) -> list[Row]:
    """Return the lines at a page's edges: the first and last two, where nothing else of the page is above or below."""
    top = min([table.place[1] for table in page.tables], default=page.height)
    bottom = max([table.place[3] for table in page.tables], default=0.0)
    first = [row for row in page.rows[:2] if row.bottom < page.height * _EDGE and row.bottom <= top + 2]
    last = [row for row in page.rows[-2:] if row.top > page.height * (1 - _EDGE) and row.top >= bottom - 2]
    return list(dict.fromkeys([*first, *last]))


def _key(row: Row) -> str:
    """Return what a running head has in common with those of the other pages."""
    return re.sub(r"\d+", "#", "".join(row.text.split()))


def _begun(pages: Sequence[Page]) -> set[Row]:
    """Return the first lines of the pages that begin with titles of several years: each begins a report, and is no head."""
    titled = [(page, year) for page in pages for row in _edge_rows(page) if (year := year_of_title(row.text))]
    several = titled if len({year for _, year in titled}) > 1 else []
    return {row for page, _ in several for row in _edge_rows(page) if row.top < page.height / 2}


def _page_number(row: Row) -> int | None:
    match = _NUMBER.fullmatch(row.text)
    return int(match["number"]) if match else None


def _is_marked(row: Row) -> bool:
    """Return whether a page number shows itself to be one: — 3 —, 第3页, 3/5."""
    match = _NUMBER.fullmatch(row.text)
    return match is not None and bool(match["marks"].strip() or match["of"])


# ---------------------------------------------------------------------- paragraphs


def _margins(pages: Sequence[Page]) -> Margins:
    """Return the margins of the text, by its long lines; by all where none is long."""
    rows = [row for page in pages for row in page.rows]
    if not rows:
        return Margins(0, 0, 0)
    widest = max(row.x1 - row.x0 for row in rows)
    long = [row for row in rows if row.x1 - row.x0 >= 0.8 * widest]
    pitches = [
        below.top - above.top
        for page in pages
        for above, below in zip(page.rows, page.rows[1:], strict=False)
        if above in long and 0 < below.top - above.top < 4 * above.size
    ]
    left, right = _leftmost(long), median(row.x1 for row in long)
    return Margins(
        left,
        right,
        median(pitches) if pitches else 2 * median(r.size for r in rows),
        _between(pages, left, right),
    )


def _between(pages: Sequence[Page], left: float, right: float) -> float:
    """Return how far paragraphs lie apart that are not set in: the least step below a line that ends one; else 0."""
    rows = [row for page in pages for row in page.rows]
    if sum(_INDENT < (row.x0 - left) / row.size < 2 * _INDENT + 1 for row in rows) > 1:
        return 0.0
    steps = [
        below.top - above.top
        for page in pages
        for above, below in zip(page.rows, page.rows[1:], strict=False)
        if above.x1 < right - _SHORT * above.size
        and abs(below.x0 - left) < 2
        and 0 < below.top - above.top < 4 * above.size
    ]
    return min(steps, default=0.0)


def _leftmost(rows: Sequence[Row]) -> float:
    """Return where lines begin that are not the first of their paragraph."""
    begins = Counter(round(row.x0 / 3) for row in rows)
    usual = [place for place, count in begins.items() if count + begins[place + 1] >= 0.12 * len(rows)]
    return min(row.x0 for row in rows if round(row.x0 / 3) == min(usual or begins))


def _shifted(margins: Margins, page: Page) -> Margins:
    """Return the margins of one page: left and right pages may be bound at different sides."""
    long = [row for row in page.rows if row.x1 - row.x0 > 0.8 * (margins.right - margins.left)]
    if not long:
        return margins
    shift = median(row.x1 for row in long) - margins.right
    return replace(margins, left=margins.left + shift, right=margins.right + shift) if abs(shift) > 6 else margins


def _is_full(above: Row, below: Row, margins: Margins) -> bool:
    """Return whether a line took what its margins let it hold: the first piece of the next one did not go into it."""
    return above.x1 + _first_piece(below) > margins.right - 0.3 * max(above.size, below.size)


def _goes_on(above: Row, below: Row, margins: Margins, *, new_page: bool) -> bool:
    """Return whether a line continues the one above, which was full: it is not set in."""
    size = max(above.size, below.size)
    if abs(above.size - below.size) > 1.6 or (not new_page and below.top - above.top > 1.45 * margins.pitch):
        return False
    set_in = below.x0 - margins.left > _INDENT * size
    ended = above.text[-1] in ENDED
    if ended and margins.between and (new_page or below.top - above.top > margins.between - 1):
        return False
    if not set_in:
        return not (ended and _is_heading(below.text))
    as_above = abs(below.x0 - above.x0) < 2 and not new_page
    return as_above and not ended and not _is_heading(below.text)


def _is_heading(text: str) -> bool:
    return re.match(r"[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[（(]?\d{1,2}[)）、.．]", text) is not None


def _first_piece(row: Row) -> float:
    """Return the width of what could not be parted from a line's beginning: a character with its marks, or a word."""
    end = row.signs[0].x1
    word = not is_cjk(row.signs[0].text[0])
    for sign in row.signs[1:]:
        stuck = sign.text[0] in "，。、；：！？）》〉”’」』】％%" or (
            word and sign.text.isascii() and sign.text.strip()
        )
        if not stuck:
            break
        word = word and sign.text.isascii()
        end = sign.x1
    return end - row.x0
