"""What is drawn on a page → the rules of its tables: dashes joined to lines, gaps of uprights closed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Edge = dict[str, Any]

NEAR: Final = 3.0
"""Points that lines of one border may lie apart."""
SHORT: Final = 15.0
"""Points that a rule is longer than."""
_DASH: Final = 4.0
"""Points that a dash is long, and that two of them lie apart, at most."""
_FEWEST: Final = 4
"""So many dashes are a line."""
_BESIDE: Final = 1.0
"""Points that the bar beside a changed line stands apart from the side of a table, at least."""
_THICK: Final = 6.0
_GAP: Final = 24.0
"""Points of an upright that may not be drawn where another of the same table is."""


def may_be_border(thing: Edge) -> bool:
    """Return whether something drawn may be a border: an area that is only filled is a background, a dash is taken apart."""
    if thing["object_type"] == "char":
        return False
    area = thing["object_type"] == "rect" and min(thing["width"], thing["height"]) > _THICK
    return not (area and not thing.get("stroke")) and not is_dash(thing)


def is_dash(thing: Edge) -> bool:
    """Return whether something drawn is as small as the dashes and dots of a border."""
    return bool(thing["object_type"] != "char" and max(thing["width"], thing["height"]) <= _DASH)


def dashed_lines(things: Iterable[Edge]) -> list[Edge]:
    """Return the lines that dashes make."""
    dashes = [thing for thing in things if is_dash(thing)]
    made = []
    for upright in (True, False):
        begin, end, beside = ("top", "bottom", "x0") if upright else ("x0", "x1", "top")
        lines: dict[int, list[Edge]] = {}
        for dash in dashes:
            lines.setdefault(round(dash[beside]), []).append(dash)
        for line in lines.values():
            for first, last, middle in _runs(sorted(line, key=lambda dash: dash[begin]), begin, end, beside):
                made.append(upright_at(middle, first, last) if upright else rule_at(middle, first, last))
    return made


def _runs(dashes: Sequence[Edge], begin: str, end: str, beside: str) -> Iterator[tuple[float, float, float]]:
    """Yield from where to where dashes follow one another, and where the line stands."""
    run: list[Edge] = []
    for dash in [*dashes, None]:
        if dash is not None and run and dash[begin] - max(one[end] for one in run[-3:]) <= _DASH:
            run.append(dash)
            continue
        if len(run) >= _FEWEST and run[-1][end] - run[0][begin] > SHORT:
            yield run[0][begin], run[-1][end], run[0][beside]
        run = [dash] if dash is not None else []


def without_bars(page: Any) -> Any:
    """Return a page of pdfplumber's without the bars that mark a changed line: one may close the gap between two tables.

    Such a bar stands a little beside the side of the table above and of the one below, which lie in one line.
    """
    uprights = [edge for edge in page.edges if edge["orientation"] == "v"]
    bars = {_place(edge) for edge in uprights if edge["bottom"] - edge["top"] > NEAR and _is_between(edge, uprights)}
    return page.filter(lambda thing: _place(thing) not in bars) if bars else page


def _place(thing: Edge) -> tuple[float, float, float]:
    return thing["x0"], thing["top"], thing["bottom"]


def _is_between(bar: Edge, uprights: Iterable[Edge]) -> bool:
    beside = [edge for edge in uprights if _BESIDE < abs(edge["x0"] - bar["x0"]) <= NEAR]
    above = [edge["x0"] for edge in beside if abs(edge["bottom"] - bar["top"]) <= NEAR]
    below = [edge["x0"] for edge in beside if abs(edge["top"] - bar["bottom"]) <= NEAR]
    return any(abs(one - other) < _BESIDE / 2 for one in above for other in below)


def bridges(edges: Sequence[Edge]) -> list[Edge]:
    """Return the short stretches of uprights that are not drawn, though the table goes on: another upright passes there.

    A stretch from one rule to another is a merged cell.
    """
    rules = [edge for edge in edges if edge["orientation"] == "h"]
    lines: dict[int, list[Edge]] = {}
    for edge in edges:
        if edge["orientation"] == "v":
            lines.setdefault(round(edge["x0"] / NEAR), []).append(edge)
    whole = {place: list(_stretches(own)) for place, own in lines.items()}
    made = []
    for place, stretches in whole.items():
        for (_, above), (below, _) in pairwise(stretches):
            passing = any(
                top <= above and bottom >= below
                for other, ones in whole.items()
                if other != place
                for top, bottom in ones
            )
            x = lines[place][0]["x0"]
            merged = _is_ruled(rules, x, above) and _is_ruled(rules, x, below)
            if NEAR < below - above < _GAP and passing and not merged:
                made.append(upright_at(x, above, below))
    return made


def _is_ruled(rules: Sequence[Edge], x: float, y: float) -> bool:
    """Return whether rules run on both sides of a place."""
    near = [one for one in rules if abs(one["top"] - y) <= NEAR]
    return all(any(one["x0"] <= side <= one["x1"] for one in near) for side in (x - 2 * NEAR, x + 2 * NEAR))


def _stretches(edges: Sequence[Edge]) -> Iterator[tuple[float, float]]:
    """Yield from where to where edges of one upright reach without a gap."""
    top = bottom = None
    for edge in sorted(edges, key=lambda one: one["top"]):
        if top is None or bottom is None:
            top, bottom = edge["top"], edge["bottom"]
        elif edge["top"] <= bottom + NEAR:
            bottom = max(bottom, edge["bottom"])
        else:
            yield top, bottom
            top, bottom = edge["top"], edge["bottom"]
    if top is not None and bottom is not None:
        yield top, bottom


def upright_at(x: float, top: float, bottom: float) -> Edge:
    """Return an upright as pdfplumber takes it."""
    return {
        "object_type": "line",
        "x0": x,
        "x1": x,
        "top": top,
        "bottom": bottom,
        "width": 0,
        "height": bottom - top,
        "orientation": "v",
    }


def rule_at(y: float, left: float, right: float) -> Edge:
    """Return a rule as pdfplumber takes it."""
    return {
        "object_type": "line",
        "x0": left,
        "x1": right,
        "top": y,
        "bottom": y,
        "width": right - left,
        "height": 0,
        "orientation": "h",
    }
