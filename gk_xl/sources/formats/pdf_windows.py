"""What paths that clip a page, and the edges of forms on it, let be seen: how much of a place shows through all of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from pdfminer.utils import apply_matrix_pt

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Area = tuple[float, float, float, float]
"""From left and bottom to right and top, in points of a page as pdfminer counts them: upwards."""
Point = tuple[float, float]
_MOST_SHAPES: Final = 8
_MOST_POINTS: Final = 400
"""Of so many shapes, of so many points each, the outlines are looked at; of more only how far they reach."""
_STEPS: Final = (0.25, 0.5, 0.75, 1.0)
_PARTS: Final = (0.1, 0.3, 0.5, 0.7, 0.9)
"""Where in its width and its height a place is looked at through a shape."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The outlines of one path that is no upright rectangle; inside by even and odd crossings, or by turns round a point."""

    outlines: tuple[tuple[Point, ...], ...]
    even_odd: bool

    def has(self, x: float, y: float) -> bool:
        """Return whether a point lies inside."""
        turns = 0
        for outline in self.outlines:
            for (x0, y0), (x1, y1) in pairwise((*outline, outline[0])):
                if (y0 <= y) != (y1 <= y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
                    turns += 1 if self.even_odd or y0 <= y else -1
        return bool(turns % 2 if self.even_odd else turns)


@dataclass(frozen=True, slots=True)
class Window:
    """How far what is seen reaches, and the shapes in which it lies."""

    area: Area
    shapes: tuple[Shape, ...] = ()

    def shows(self, place: Area) -> float:
        """Return how much of the width or of the height of a place is seen, whichever is less: 0 to 1."""
        left, bottom, right, top = place
        wide = _common(left, right, self.area[0], self.area[2])
        high = _common(bottom, top, self.area[1], self.area[3])
        return min([wide, high, *(_through(shape, place) for shape in self.shapes)])


def _common(begin: float, end: float, first: float, last: float) -> float:
    return (
        max(0.0, min(end, last) - max(begin, first)) / (end - begin) if end > begin else float(first <= begin <= last)
    )


def _through(shape: Shape, place: Area) -> float:
    left, bottom, right, top = place
    points = [(left + (right - left) * a, bottom + (top - bottom) * b) for a in _PARTS for b in _PARTS]
    return sum(shape.has(x, y) for x, y in points) / len(points)


def through(window: Window | None, path: Iterable[Sequence[Any]], matrix: Any, *, even_odd: bool) -> Window | None:
    """Return what is seen when a path, in pdfminer's steps, clips what was seen before; a path of no points clips nothing."""
    outlines = [[apply_matrix_pt(matrix, point) for point in outline] for outline in _outlines(path)]
    points = [point for outline in outlines for point in outline]
    if not points:
        return window
    xs, ys = {x for x, _ in points}, {y for _, y in points}
    own = (min(xs), min(ys), max(xs), max(ys))
    before = window or Window(own)
    (left, bottom, right, top), shapes = before.area, before.shapes
    if not _is_upright(outlines) and len(points) <= _MOST_POINTS and len(shapes) < _MOST_SHAPES:
        shapes = (*shapes, Shape(tuple(map(tuple, outlines)), even_odd))
    return Window((max(left, own[0]), max(bottom, own[1]), min(right, own[2]), min(top, own[3])), shapes)


def _is_upright(outlines: Sequence[Sequence[Point]]) -> bool:
    """Return whether outlines are one rectangle, its sides level and upright."""
    corners = [(round(x, 2), round(y, 2)) for x, y in outlines[0]]
    corners = corners[:-1] if corners[0] == corners[-1] else corners
    sides = pairwise([*corners, corners[0]])
    return (
        len(outlines) == 1
        and len({*corners}) == len(corners) == 4
        and all(a == c or b == d for (a, b), (c, d) in sides)
    )


def _outlines(path: Iterable[Sequence[Any]]) -> list[list[Point]]:
    """Return the points of the outlines of a path, curves by some points on them."""
    found: list[list[Point]] = []
    for kind, *numbers in path:
        points = [*zip(numbers[::2], numbers[1::2], strict=False)]
        if kind == "m" or (points and not found):
            found.append(points[-1:])
        elif len(points) == 1:
            found[-1] += points
        elif points:
            begin, end = found[-1][-1], points[-1]
            first, second = {"v": (begin, points[0]), "y": (points[0], end)}.get(kind, (points[0], points[-2]))
            found[-1] += [_on_curve(part, begin, first, second, end) for part in _STEPS]
    return found


def _on_curve(part: float, *points: Point) -> Point:
    rest = 1 - part
    weights = (rest**3, 3 * part * rest**2, 3 * part**2 * rest, part**3)
    return (
        sum(weight * x for weight, (x, _) in zip(weights, points, strict=True)),
        sum(weight * y for weight, (_, y) in zip(weights, points, strict=True)),
    )


def box_of(area: Sequence[float]) -> list[tuple[Any, ...]]:
    """Return the steps of the path round an area, as a form says how far it reaches."""
    left, bottom, right, top = area
    return [("m", left, bottom), ("l", right, bottom), ("l", right, top), ("l", left, top), ("h",)]
