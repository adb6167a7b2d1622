"""Ruled tables of a page: cells by the lines round them → grids with spans, blank cells by position."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from gk_xl.sources.document import Box, Grid, Spot
from gk_xl.sources.formats.pdf_lines import Sign, joined, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gk_xl.sources.formats.pdf_lines import Row

NEAR: Final = 3.0
"""Points that lines of one border may lie apart."""
_OUTSIDE: Final = 8.0
_THICK: Final = 6.0
_SHORT: Final = 15.0


@dataclass(frozen=True)
class Ruled:
    """A table of a page: its place (x0, top, x1, bottom), its grid, and where its columns begin, from its left, and end."""

    place: tuple[float, float, float, float]
    grid: Grid
    borders: tuple[float, ...]


def ruled_tables(page: Any, signs: Sequence[Sign]) -> list[Ruled]:
    """Return the tables that lines are drawn round, top to bottom; a frame round one text is none."""
    found = []
    page = page.filter(_may_be_border)
    settings = {"snap_tolerance": NEAR, "join_tolerance": NEAR, "intersection_tolerance": NEAR}
    missing = {"explicit_vertical_lines": _open_sides(page), "explicit_horizontal_lines": _cut_ends(page)}
    for table in page.find_tables({**settings, **missing}):
        cells = [cell for cell in table.cells if cell[2] - cell[0] > NEAR and cell[3] - cell[1] > NEAR]
        if len(cells) < 2:
            continue
        place = tuple(table.bbox)
        inside = [sign for sign in signs if _within(sign, place)]
        if inside:
            found.append(_ruled(place, cells, inside, page.page_number))
    return sorted(found, key=lambda ruled: ruled.place[1])


def _may_be_border(thing: dict[str, Any]) -> bool:
    """Return whether something drawn may be a border: an area that is only filled is a background."""
    area = thing["object_type"] == "rect" and min(thing["width"], thing["height"]) > _THICK
    return thing["object_type"] != "char" and not (area and not thing.get("stroke"))


def outside(signs: Iterable[Sign], tables: Sequence[Ruled]) -> list[Sign]:
    """Return the characters that stand in no table."""
    return [sign for sign in signs if not any(_within(sign, table.place) for table in tables)]


def _within(sign: Sign, place: Sequence[float]) -> bool:
    x, y = sign.centre
    return place[0] <= x <= place[2] and place[1] <= y <= place[3]


def _open_sides(page: Any) -> list[dict[str, Any]]:
    """Return borders for tables that have none at their left or right: where several rules of one table end alike."""
    rules = [edge for edge in page.edges if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > _SHORT]
    uprights = [edge for edge in page.edges if edge["orientation"] == "v"]
    made = []
    for side in ("x0", "x1"):
        ends: dict[int, list[dict[str, Any]]] = {}
        for rule in rules:
            ends.setdefault(round(rule[side] / NEAR), []).append(rule)
        for group in ends.values():
            for top, bottom in _stretches(group, uprights):
                x = group[0][side]
                beyond = [
                    edge for edge in uprights
                    if edge["top"] < bottom and edge["bottom"] > top
                    and (edge["x0"] < x + _OUTSIDE if side == "x0" else edge["x0"] > x - _OUTSIDE)
                ]  # fmt: skip
                if not beyond:
                    made.append({
                        "object_type": "line", "x0": x, "x1": x, "top": top, "bottom": bottom, "width": 0,
                        "height": bottom - top, "orientation": "v",
                    })  # fmt: skip
    return made


def _cut_ends(page: Any) -> list[dict[str, Any]]:
    """Return borders for tables that a page's end cut through a row: where several uprights end alike, and no rule is."""
    rules = [edge for edge in page.edges if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > _SHORT]
    uprights = [edge for edge in page.edges if edge["orientation"] == "v"]
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
                made.append({
                    "object_type": "line", "x0": left, "x1": right, "top": y, "bottom": y, "width": right - left,
                    "height": 0, "orientation": "h",
                })  # fmt: skip
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
    boxes = []
    for cell in sorted(cells, key=lambda one: (one[1], one[0])):
        left, right = _nearest(columns, cell[0]), _nearest(columns, cell[2])
        top, bottom = _nearest(lines, cell[1]), _nearest(lines, cell[3])
        own = [sign for sign in signs if _within(sign, cell)]
        boxes.append(Box(top, left, max(1, bottom - top), max(1, right - left), cell_text(own, cell)))
    return Ruled(place, Grid(tuple(boxes), Spot(page=page)), tuple(x - columns[0] for x in columns))


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


def _two_numbers(before: Row, row: Row, above: str, below: str, cell: Sequence[float]) -> bool:
    """Return whether digits under digits are a number of their own: the line above had room for one digit more."""
    if not (above[-1:].isdigit() and below[:1].isdigit()):
        return False
    digit = row.signs[0].x1 - row.signs[0].x0
    return (cell[2] - cell[0]) - (before.x1 - before.x0) > digit + 2 * NEAR + 4
