"""A sheet of a spreadsheet printed over left and right pages → one wide page again, before its tables are read.

A right page holds no labels of rows, its rows are those of its left page. It may follow at once, or behind all left pages.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from gk_xl.form.load import edition_ids, edition_in_force, load_edition
from gk_xl.sources.formats.pdf_joined import Part
from gk_xl.sources.formats.pdf_lines import segments
from gk_xl.sources.formats.pdf_linked import links_of
from gk_xl.sources.formats.pdf_numbers import is_number
from gk_xl.sources.formats.pdf_order import Shown, are_level, arranged, same_rules
from gk_xl.sources.formats.pdf_stacks import unstacked
from gk_xl.sources.labels import fold
from gk_xl.sources.sections import is_label_part
from gk_xl.sources.shape import known_labels

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from gk_xl.sources.formats.pdf_lines import Row, Sign

_SAME: Final = 1.5
"""Points that lines of one row may lie apart on a left and a right page."""
_NEAR: Final = 3.0
"""Points that a label stands apart on two pages that are set alike, at most: its column is in the middle of other numbers."""
_BESIDE: Final = 10.0
"""Points that page numbers may lie apart on two pages."""
_TWO_LINES: Final = 25.0
"""Points that two lines of a label lie apart at most: its number may stand between them."""
_OVER: Final = 0.25
"""Ems by which a line of text reaches over the one above that it is printed upon."""
_MARGIN: Final = 0.2
"""The part of a page's width that lies to the left of a sheet at most."""
_INTO: Final = 0.2
"""Ems by which a text that runs over from another page is drawn before the rules, at least."""
_MOST: Final = 0.9
_EDGE: Final = 0.13
"""The part of a page, above and below, where running heads and page numbers stand."""
_STUBS: Final = 3
"""So many labels of rows stand on one line at most; more of them are the heads of a table whose rows and columns are exchanged."""
_SHORTEST: Final = 4
"""So many characters of a label at least tell which table it is of."""
_FEWEST: Final = 3
"""So many rows of one right page at least stand beside those of its left page, or nothing is joined."""


@dataclass(frozen=True)
class Look:
    """A page: its number, its size in points, its lines, drawn beyond its edges too, how far down its rules are and how far they reach."""

    number: int
    width: float
    height: float
    rows: tuple[Row, ...]
    rules: tuple[float, ...] = ()
    left: float = 0.0
    right: float = 0.0

    @property
    def shown(self) -> list[list[tuple[Sign, ...]]]:
        """The pieces of its lines that are on the page."""
        lines = ([piece for piece in segments(row) if self.has(piece)] for row in self.rows)
        return [line for line in lines if line]

    def cuts(self, piece: Sequence[Sign]) -> bool:
        """Return whether some of a piece is drawn beyond the page's edges."""
        return not all(is_on(sign, self.width, self.height) for sign in piece)

    def goes_on(self, piece: Sequence[Sign]) -> bool:
        """Return whether a piece begins before the page's rules do: on the page to the left, from which it runs over."""
        begins = piece[0].x0 < self.left - _INTO * piece[0].size
        return begins and len(self.rules) >= _FEWEST and self.left < _MARGIN * self.width

    def has(self, piece: Sequence[Sign]) -> bool:
        """Return whether some of a piece is on the page."""
        return any(is_on(sign, self.width, self.height) for sign in piece)


def is_on(sign: Sign, width: float, height: float) -> bool:
    """Return whether a character is on a page: what lies beyond its edges nobody sees."""
    x, y = sign.centre
    return 0 <= x <= width and 0 <= y <= height


def look(page: Any, rows: Sequence[Row]) -> Look:
    """Return what one of pdfplumber's pages shows; ``rows`` are its lines."""
    rules = [edge for edge in page.edges if edge["orientation"] == "h" and 0 <= edge["top"] <= page.height]
    left, right = min((r["x0"] for r in rules), default=0.0), max((r["x1"] for r in rules), default=0.0)
    tops = tuple(sorted({round(rule["top"], 1) for rule in rules}))
    return Look(page.page_number, float(page.width), float(page.height), tuple(rows), tops, left, right)


def sheets_of(looks: Sequence[Look]) -> list[dict[int, Part]]:
    """Return for each wide page the pages that make it, by their positions, from left to right; [] for none."""
    bare = [looks[0], *(_without(one, _repeated(looks[0], one)) for one in looks[1:])] if looks else []
    rights, rules = [is_right(one) for one in bare], [one.rules for one in bare]
    if not any(rights) and not same_rules([own for own in rules if own]):
        return []
    signs = [[sign for row in one.rows for sign in row.signs] for one in bare]
    links = links_of(signs, looks[0].width)
    ordered = same_rules(rules, links) if any(rules) else arranged([shown_of(one) for one in bare], links)
    if not any(rights) and not ordered:
        return []
    ways = [*_at_once(bare, rights), *_behind_all(bare, rights)]
    groups = ordered or min(ways, key=lambda way: (len(way), _unlike(bare, way)), default=[])
    if any(_is_another(bare[group[0]], bare[number]) for group in groups for number in group[1:]):
        return []
    joined = [number for group in groups for number in group[1:]]
    proved = any(len(_numbers(bare[n])) >= _FEWEST or len(bare[n].rules) >= _FEWEST for n in joined)
    if not proved or any(_is_run_over(bare[group[0]]) for group in groups if len(group) > 1):
        return []
    places = _places(bare, groups, links)
    return [
        {number: Part(places[column], _repeated(looks[group[0]], looks[number])) for column, number in enumerate(group)}
        | {group[0]: Part(0.0)}
        for group in groups
    ]


def _is_another(left: Look, right: Look) -> bool:
    """Return whether a page has the labels of rows of a left page, at their places: another report, set as that one is."""
    own, other = _stub_places(left), _stub_places(right)
    again = [
        text for text, x, y in own if any(abs(x - a) < _NEAR and abs(y - b) < _NEAR for t, a, b in other if t == text)
    ]
    few = min(len({text for text, *_ in own}), len({text for text, *_ in other}))
    return len({*again}) >= max(_FEWEST, few / 2)


def _has_own_table(group: Sequence[Look], right: Look) -> bool:
    """Return whether a page shows a table of the form of which no label, nor a part of one, stands on its left pages."""
    own, known = ({fold(_text(p)) for one in pages for line in one.shown for p in line} for pages in ([right], group))
    told = {text for text in known if len(text) >= _SHORTEST}
    tables = (known_labels(table.id) for table in edition_in_force().tables)
    return any(
        len(own & labels) >= _FEWEST and not any(text in label for text in told for label in labels)
        for labels in tables
    )


def _stub_places(page: Look) -> list[tuple[str, float, float]]:
    """Return the labels of rows of a page, with where each begins and how far down it is."""
    pieces = [piece for line in page.shown for piece in line]
    return [(text, piece[0].x0, _middle(piece)) for piece in pieces if is_stub(text := _text(piece))]


def _repeated(left: Look, right: Look) -> tuple[float, ...]:
    """Return how far down the running heads and page numbers of a right page stand: as on the left one but for digits."""
    edge = _EDGE * right.height
    outer = [line for line in right.shown if not edge < _middle(line[0]) < right.height - edge]
    pages = right.number - left.number
    return tuple(
        _middle(piece)
        for line in outer
        for piece in line
        if any(_repeats(one, piece) for own in left.shown for one in own)
        or any(_counts_on(own[0], piece, pages) for own in left.shown if len(own) == len(line) == 1)
    )


def _repeats(own: Sequence[Sign], piece: Sequence[Sign]) -> bool:
    """Return whether a text stands on another page too, but for its digits."""
    if is_number(_text(piece)):
        return False  # 3 件 below 5 件, 1,006 below 1,198
    first, second = (re.sub(r"\d+", "#", _text(one)) for one in (own, piece))
    return first == second != "#" and _is_level(_middle(piece), [_middle(own)])


def _counts_on(own: Sequence[Sign], piece: Sequence[Sign], pages: int) -> bool:
    """Return whether digits that stand alone are the number of a page so many pages later."""
    first, second = _text(own), _text(piece)
    return (
        first.isdecimal()
        and second.isdecimal()
        and int(second) - int(first) == pages
        and abs(own[0].x0 - piece[0].x0) < _BESIDE
        and _is_level(_middle(piece), [_middle(own)])
    )


def _without(page: Look, places: Collection[float]) -> Look:
    """Return a page without the lines that stand so far down."""
    return replace(page, rows=tuple(row for row in page.rows if not _is_level(_middle(row.signs), places)))


# ---------------------------------------------------------------------- which pages belong together


def _at_once(looks: Sequence[Look], rights: Sequence[bool]) -> Iterator[list[list[int]]]:
    """Yield the pages in groups where right pages follow their left page; one that does not fit begins a group.

    One left page may hold no label of a row, as 表四 has none.
    """
    groups: list[list[int]] = []
    for number, is_right in enumerate(rights):
        if is_right and groups and _fits([looks[n] for n in groups[-1]], looks[number]):
            groups[-1].append(number)
        else:
            groups.append([number])
    if sum(rights[group[0]] for group in groups) <= 1:
        yield groups


def _behind_all(looks: Sequence[Look], rights: Sequence[bool]) -> Iterator[list[list[int]]]:
    """Yield the pages in groups where right pages follow all left pages, in their order, blank ones left out.

    The last left page may hold no label of a row, so that it is not known where the right ones begin.
    """
    last = max((number for number, is_right in enumerate(rights) if not is_right), default=0)
    for lefts in range(last + 1, min(last + 3, len(looks))):
        groups = [[number] for number in range(lefts)]
        following = 0
        for number in range(lefts, len(looks)):
            order = [*range(following, lefts), *range(following)]
            fitting = [at for at in order if _fits([looks[n] for n in groups[at]], looks[number])]
            if not fitting:
                break
            if len(fitting) > 1 and len(_numbers(looks[number])) < _FEWEST:
                fitting = [at for at in fitting if are_level(looks[at].rules, looks[number].rules)]
            if len(fitting) != 1 and len(_numbers(looks[number])) < _FEWEST:
                groups.append([number])  # it may belong to either: nobody is to guess
                continue
            groups[fitting[0]].append(number)
            following = (fitting[0] + 1) % lefts
        else:
            yield groups


def _unlike(looks: Sequence[Look], groups: Sequence[Sequence[int]]) -> int:
    """Return how many right pages have not the rules of their left page."""
    return sum(not are_level(looks[group[0]].rules, looks[number].rules) for group in groups for number in group[1:])


def is_right(page: Look) -> bool:
    """Return whether a page may be a right one: no label of a row begins on it; numbers, heads or rules do."""
    lines = [[piece for piece in line if not page.goes_on(piece)] for line in page.shown]
    texts = [_text(piece) for line in lines for piece in line]
    whole = [_text(piece) for line in lines for piece in line if not page.cuts(piece)]
    stubs = [sum(is_stub(_text(piece)) for piece in line) for line in _rows_of(lines)]
    stubs += [sum(is_stub(sign.text) for sign in row.signs) for row in unstacked(page.rows)]
    if any(0 < count <= _STUBS for count in stubs) or any(text.endswith("。") for text in whole):
        return False
    known = sum(is_number(text) or is_label_part(text) for text in texts)
    return 2 * known > len(texts) or (not texts and len(page.rules) >= _FEWEST)


def shown_of(page: Look) -> Shown:
    """Return what tells where a page belongs."""
    numbers = tuple(_middle(piece) for line in page.shown for piece in line if is_number(_text(piece)))
    stubs = [[_middle(piece) for piece in line if is_stub(_text(piece))] for line in page.shown]
    named = any(is_stub(_text(piece)) for line in _rows_of(page.shown) for piece in line)
    return Shown(numbers, tuple(place for line in stubs for place in line) if named else ())


def _rows_of(lines: Sequence[list[tuple[Sign, ...]]]) -> list[list[tuple[Sign, ...]]]:
    """Return the lines but those right above numbers without a label: their labels are heads, rows and columns exchanged."""
    numbers = [any(is_number(_text(piece)) for piece in line) for line in lines]
    stubs = [any(is_stub(_text(piece)) for piece in line) for line in lines]
    heads: set[int] = set()
    for number in range(len(lines) - 1, 0, -1):
        over_numbers = number in heads or (numbers[number] and not stubs[number])
        if over_numbers and stubs[number - 1] and not numbers[number - 1]:
            heads.add(number - 1)
    return [line for number, line in enumerate(lines) if number not in heads]


def _fits(group: Sequence[Look], right: Look) -> bool:
    """Return whether the rows of a page are those of its left page, and its other lines go on from there."""
    left = group[0]
    if _has_own_table(group, right):
        return False  # set as high on its page as the left one's is
    own: list[float] = []
    if right.rules and left.rules:
        known = [rule for one in group for rule in one.rules]
        own = [top for top in right.rules if _is_level(top, known)]
        of = min(len(right.rules), len(left.rules))
        if len(own) < min(_MOST * of, of - 1):  # a head over several columns may have a rule of its own
            return False
    numbers = _numbers(right)
    lines = rows = sorted({_middle(piece) for one in group for row in one.rows for piece in segments(row)})
    if len(numbers) >= _FEWEST:
        rows = [*lines, *((above + below) / 2 for above, below in pairwise(lines) if below - above < _TWO_LINES)]
    if sum(_is_level(place, rows) for place in numbers) < _MOST * len(numbers):
        return False
    others = [piece for line in right.shown for piece in line if not is_number(_text(piece))]
    level = [piece for piece in others if _is_level(_middle(piece), lines)]
    alone = len(numbers) < _FEWEST and len(own) < _FEWEST and len(numbers) != len(_numbers(left))
    if alone and 2 * len(level) < len(others) * (2 if not numbers else 1):
        return False
    return all(is_label_part(_text(piece)) or _is_level(_middle(piece), lines) for piece in others)


def _is_level(place: float, lines: Iterable[float]) -> bool:
    return any(abs(place - other) <= _SAME for other in lines)


def _is_run_over(page: Look) -> bool:
    """Return whether lines of text are printed over one another, so that nobody sees to which row they belong."""
    if page.rules:
        return False
    lines = page.shown
    return any(
        upper[0].x0 < lower[-1].x1
        and lower[0].x0 < upper[-1].x1
        and lower[0].top < upper[0].bottom - _OVER * upper[0].size
        for number, line in enumerate(lines)
        for below in lines[number + 1 : number + 4]
        for upper in line
        for lower in below
    )


def _numbers(page: Look) -> list[float]:
    """Return how far down the lines with numbers stand."""
    return [_middle(line[0]) for line in page.shown if any(is_number(_text(piece)) for piece in line)]


def _middle(piece: Sequence[Sign]) -> float:
    return piece[0].centre[1]


def _text(piece: Iterable[Sign]) -> str:
    return "".join(sign.text for sign in piece)


def is_stub(text: str) -> bool:
    """Return whether a piece is a label that stands beside numbers, or one line of it, and none that stands over them."""
    folded = fold(text)
    if len(folded) < 2 or is_number(text):  # one character may be of any label
        return False
    stubs, heads = _labels()
    return any(folded in label for label in stubs) and not any(folded in label for label in heads)


@lru_cache
def _labels() -> tuple[frozenset[str], frozenset[str]]:
    """Return the labels of rows and those of columns, in all editions."""
    items = [item for name in edition_ids() for table in load_edition(name).tables for item in table.grid if item.text]
    return (
        frozenset(fold(item.text) for item in items if not item.head),
        frozenset(fold(item.text) for item in items if item.head),
    )


# ---------------------------------------------------------------------- how far right each begins


def _places(
    looks: Sequence[Look], groups: Sequence[Sequence[int]], links: Sequence[Mapping[int, float]]
) -> list[float]:
    """Return how far right the first, second, … pages of all groups begin: one sheet has its columns at one place."""
    places = [0.0]
    for column in range(1, max(map(len, groups))):
        pairs = [(looks[g[column - 1]], looks[g[column]]) for g in groups if len(g) > column]
        ruled = [(left, right) for left, right in pairs if left.rules and right.rules]
        if ruled:
            step = max(left.right for left, _ in ruled) - min(right.left for _, right in ruled)
            told = [links[g[column]].get(g[column - 1], 0.0) for g in groups if len(g) > column]
            # rules tell it but for how thick they are
            step = next((one for one in told if abs(one - step) <= 2 * _SAME), step)
        else:
            step = _step(pairs) or max(left.width for left, _ in pairs)
        places.append(places[-1] + step)
    return places


def _step(pairs: Iterable[tuple[Look, Look]]) -> float:
    """Return how far a right page begins from its left page, by texts that are drawn on both: cut at the edge; 0 for none."""
    votes: Counter[int] = Counter()
    exact: dict[int, float] = {}
    for left, right in pairs:
        for upper in left.rows:
            for lower in right.rows:
                if abs(_middle(upper.signs) - _middle(lower.signs)) > _SAME:
                    continue
                for step in _steps(left, upper, right, lower):
                    votes[round(step)] += 1
                    exact.setdefault(round(step), step)
    return exact[votes.most_common(1)[0][0]] if votes else 0.0


def _steps(left: Look, upper: Row, right: Look, lower: Row) -> Iterable[float]:
    """Yield how far apart a text stands that two lines have in common, part of it beyond the edge of its page."""
    for one in segments(upper):
        for other in segments(lower):
            text, again = _text(one), _text(other)
            if is_number(text) or not (left.cuts(one) or right.cuts(other)):
                continue
            size = next((n for n in range(min(len(text), len(again)), 1, -1) if text.endswith(again[:n])), 0)
            if size and 0.2 * left.width < (step := one[-size].x0 - other[0].x0) < 1.1 * left.width:
                yield step
