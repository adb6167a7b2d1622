"""Ruled tables of a page: cells by the lines round them → grids with spans, blank cells by position."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from gk_xl.sources.document import Box, Grid, Spot
from gk_xl.sources.formats.pdf_drawn import (
    NEAR,
    SHORT,
    bridges,
    dashed_lines,
    may_be_border,
    rule_at,
    upright_at,
    without_bars,
)
from gk_xl.sources.formats.pdf_lines import Sign, joined, rows_of
from gk_xl.sources.formats.pdf_owned import area, owned_signs, signs_in
from gk_xl.sources.labels import fold
from gk_xl.sources.sections import table_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gk_xl.sources.formats.pdf_lines import Row

_OUTSIDE: Final = 8.0
_WITHIN: Final = 0.5
"""Ems between characters of one text, at most."""
_TOUCHING: Final = 0.1
"""Ems between two characters that are typed one behind the other, at most."""
_OVER: Final = 0.25
"""Ems by which a line reaches over a rule or another line that stands upon it."""


@dataclass(frozen=True)
class Ruled:
    """A table of a page: its place (x0, top, x1, bottom), its grid, and where its columns begin, from its left, and end."""

    place: tuple[float, float, float, float]
    grid: Grid
    borders: tuple[float, ...]


def ruled_tables(page: Any, signs: Sequence[Sign]) -> list[Ruled]:
    """Return the tables that lines are drawn round, top to bottom; a frame round one text is none."""
    found = []
    dashed = dashed_lines(page.curves + page.rects + page.lines)
    page = without_bars(page.filter(may_be_border))
    edges = [*page.edges, *dashed]
    edges += [bridge for bridge in bridges(edges) if not _is_crossed(bridge, signs)]
    settings = {"snap_tolerance": NEAR, "join_tolerance": NEAR, "intersection_tolerance": NEAR}
    more = edges[len(page.edges) :]
    missing = {
        "explicit_vertical_lines": [*_open_sides(edges), *(edge for edge in more if edge["orientation"] == "v")],
        "explicit_horizontal_lines": [*_cut_ends(edges), *(edge for edge in more if edge["orientation"] == "h")],
    }
    for table in page.find_tables({**settings, **missing}):
        cells = [cell for cell in table.cells if cell[2] - cell[0] > NEAR and cell[3] - cell[1] > NEAR]
        if len(cells) < 2:
            continue
        place = tuple(table.bbox)
        inside = signs_in(signs, place)
        if inside:
            found.append(_ruled(place, cells, inside, page.page_number))
    return sorted(found, key=lambda ruled: ruled.place[1])


def _is_crossed(upright: dict[str, Any], signs: Sequence[Sign]) -> bool:
    """Return whether a text passes where an upright is thought to be: then a merged cell is there."""
    x = upright["x0"]
    beside = [sign for sign in signs if sign.text.strip() and upright["top"] < sign.centre[1] < upright["bottom"]]
    for row in rows_of(sign for sign in beside if abs(sign.centre[0] - x) < 2 * sign.size):
        left = max((sign.x1 for sign in row.signs if sign.centre[0] <= x), default=None)
        right = min((sign.x0 for sign in row.signs if sign.centre[0] > x), default=None)
        on_it = any(sign.x0 + 1 < x < sign.x1 - 1 for sign in row.signs)
        if on_it or (left is not None and right is not None and right - left < _WITHIN * row.size):
            return True
    return False


def outside(signs: Sequence[Sign], tables: Sequence[Ruled]) -> list[Sign]:
    """Return the characters that stand in no table."""
    held = {id(sign) for table in tables for sign in signs_in(signs, table.place)}
    return [sign for sign in signs if id(sign) not in held]


def _open_sides(edges: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return borders for tables that have none at their left or right: where several rules of one table end alike."""
    rules = [edge for edge in edges if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > SHORT]
    uprights = [edge for edge in edges if edge["orientation"] == "v"]
    made = []
    for side in ("x0", "x1"):
        ends: dict[int, list[dict[str, Any]]] = {}
        for rule in rules:
            ends.setdefault(round(rule[side] / NEAR), []).append(rule)
        for group in ends.values():
            for top, bottom in _stretches(group, uprights):
                x = group[0][side]
                beyond = [
                    edge
                    for edge in uprights
                    if edge["top"] < bottom
                    and edge["bottom"] > top
                    and (edge["x0"] < x + _OUTSIDE if side == "x0" else edge["x0"] > x - _OUTSIDE)
                ]
                if not beyond:
                    made.append(upright_at(x, top, bottom))
    return made


def _cut_ends(edges: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return borders for tables that a page's end cut through a row: where several uprights end alike, and no rule is."""
    rules = [edge for edge in edges if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > SHORT]
    uprights = [edge for edge in edges if edge["orientation"] == "v"]
    made = []
    for side in ("top", "bottom"):
        ends: dict[int, list[dict[str, Any]]] = {}
        for edge in uprights:
            ends.setdefault(round(edge[side] / NEAR), []).append(edge)
        for group in ends.values():
            y, columns = group[0][side], _borders([edge["x0"] for edge in group])
            left, right = columns[0], columns[-1]
            closed = any(
                abs(rule["top"] - y) <= 2 * NEAR and rule["x0"] < right - NEAR and rule["x1"] > left + NEAR
                for rule in rules
            )
            beyond = any(edge["top"] < y - NEAR and edge["bottom"] > y + NEAR for edge in uprights)
            if len(columns) > 2 and not closed and not beyond:
                made.append(rule_at(y, left, right))
    return made


def _stretches(rules: Sequence[dict[str, Any]], uprights: Sequence[dict[str, Any]]) -> Iterator[tuple[float, float]]:
    """Yield from where to where rules belong to one table: uprights stand between each and the next."""
    places = _borders([rule["top"] for rule in rules])
    begun = places[0]
    for above, below in pairwise([*places, float("inf")]):
        middle = (above + below) / 2
        if any(edge["top"] <= middle <= edge["bottom"] for edge in uprights):
            continue
        if above > begun:
            yield begun, above
        begun = below


def _ruled(place: Any, cells: Sequence[Sequence[float]], signs: Sequence[Sign], page: int) -> Ruled:
    columns = _borders([x for cell in cells for x in (cell[0], cell[2])])
    lines = _borders([y for cell in cells for y in (cell[1], cell[3])])
    boxes: list[Box] = []
    taken = set[tuple[int, int]]()
    owned = owned_signs(cells, signs)
    for cell in sorted(cells, key=area):
        left, right = _nearest(columns, cell[0]), max(_nearest(columns, cell[0]) + 1, _nearest(columns, cell[2]))
        top, bottom = _nearest(lines, cell[1]), max(_nearest(lines, cell[1]) + 1, _nearest(lines, cell[3]))
        left, top, right, bottom = _free(taken, left, top, right, bottom)
        if left == right:
            continue
        taken |= {(row, column) for row in range(top, bottom) for column in range(left, right)}
        own = owned[tuple(cell)]
        texts = _labels_of_rows(own, cell, lines[top : bottom + 1])
        if texts:
            boxes += [Box(top + number, left, 1, right - left, text) for number, text in enumerate(texts)]
        else:
            text, over = cell_text(own, cell), _runs_over(own, cell)
            boxes.append(Box(top, left, bottom - top, right - left, text, over))
    held = {id(sign) for own in owned.values() for sign in own}
    boxes += _between_rules([sign for sign in signs if id(sign) not in held], taken, columns, lines)
    boxes.sort(key=lambda box: (box.row, box.column))
    return Ruled(place, Grid(tuple(boxes), Spot(page=page)), tuple(x - columns[0] for x in columns))


def _between_rules(
    signs: Sequence[Sign], taken: set[tuple[int, int]], columns: Sequence[float], lines: Sequence[float]
) -> list[Box]:
    """Return the texts that stand in no cell, its rules not meeting at a corner: cells of the free columns of their rows."""
    found = []
    for at, (above, below) in enumerate(pairwise(lines)):
        own = [sign for sign in signs if above <= sign.centre[1] < below and sign.text.strip()]
        free = [column for column in range(len(columns) - 1) if (at, column) not in taken]
        groups: list[list[int]] = []
        for column in free:
            joined_on = bool(groups) and groups[-1][-1] == column - 1 and _passes(own, columns[column])
            groups[-1:] = [[*groups[-1], column]] if joined_on else [*groups[-1:], [column]]
        for group in groups:
            left, right = columns[group[0]], columns[group[-1] + 1]
            inside = [sign for sign in own if left <= sign.centre[0] < right]
            if inside:
                text = cell_text(inside, (left, above, right, below))
                found.append(Box(at, group[0], 1, len(group), text))
    return found


def _passes(signs: Sequence[Sign], x: float) -> bool:
    """Return whether a text goes on over a border: a character on it, or two that touch beside it."""
    for row in rows_of(sign for sign in signs if abs(sign.centre[0] - x) < 2 * sign.size):
        left = max((sign.x1 for sign in row.signs if sign.centre[0] <= x), default=None)
        right = min((sign.x0 for sign in row.signs if sign.centre[0] > x), default=None)
        if left is not None and right is not None and right - left < _TOUCHING * row.size:
            return True
    return False


def _free(taken: set[tuple[int, int]], left: int, top: int, right: int, bottom: int) -> tuple[int, int, int, int]:
    """Return the part of a cell on which no smaller one lies: its first free columns, as far down as all of them are."""
    begin = next((column for column in range(left, right) if (top, column) not in taken), right)
    end = next((column for column in range(begin, right) if (top, column) in taken), right)
    below = next((row for row in range(top, bottom) if any((row, c) in taken for c in range(begin, end))), bottom)
    return begin, top, end, below


def _labels_of_rows(signs: Sequence[Sign], cell: Sequence[float], lines: Sequence[float]) -> list[str]:
    """Return the labels of the rows beside a cell that no rule parts, though each of its texts is one; else none."""
    if len(lines) < 3:
        return []
    bands = [[sign for sign in signs if above <= sign.centre[1] < below] for above, below in pairwise(lines)]
    texts = [
        cell_text(band, (cell[0], above, cell[2], below))
        for band, above, below in zip(bands, lines, lines[1:], strict=False)
    ]
    known = table_labels()
    return texts if all(fold(text) in known for text in texts) else []


def _borders(places: Iterable[float]) -> list[float]:
    """Return the distinct borders, those that lie near one another as one."""
    distinct: list[float] = []
    for place in sorted(places):
        if not distinct or place - distinct[-1] > NEAR:
            distinct.append(place)
    return distinct


def _nearest(borders: Sequence[float], place: float) -> int:
    index = bisect_left(borders, place - NEAR)
    return min(index, len(borders) - 1)


def cell_text(signs: Sequence[Sign], cell: Sequence[float]) -> str:
    """Return a cell's text: a line that was full goes on in the next, letters below one another are one word."""
    turned = [sign for sign in signs if not sign.upright]
    if turned and 2 * len(turned) > len([sign for sign in signs if sign.text.strip()]):
        return "".join(sign.text for sign in sorted(turned, key=lambda one: (one.top, -one.x0))).strip()
    text = ""
    before: Row | None = None
    for row in rows_of(signs):
        shown = row.text
        if before is not None and _two_numbers(before, row, text, shown, cell):
            text += "\n" + shown
        else:
            text = joined(text, shown)
        before = row
    return text


def _runs_over(signs: Sequence[Sign], cell: Sequence[float]) -> bool:
    """Return whether text is printed across the rules above or below a cell, or one line of it over another.

    Several digits behind the rule at its right may be the number of the cell there.
    """
    if sum(sign.text.isdecimal() and sign.centre[0] > cell[2] for sign in signs) > 1:
        return True
    rows = rows_of([sign for sign in signs if sign.upright])
    outside = any(row.top < cell[1] - _OVER * row.size or row.bottom > cell[3] + _OVER * row.size for row in rows)
    return outside or any(below.top < above.bottom - _OVER * above.size for above, below in pairwise(rows))


def _two_numbers(before: Row, row: Row, above: str, below: str, cell: Sequence[float]) -> bool:
    """Return whether digits under digits are a number of their own: the line above had room for one digit more."""
    if not (above[-1:].isdigit() and below[:1].isdigit()):
        return False
    digit = row.signs[0].x1 - row.signs[0].x0
    return (cell[2] - cell[0]) - (before.x1 - before.x0) > digit + 2 * NEAR + 4
