"""Pictures of the buttons: strokes on a coloured ground, told in ``macros/libreoffice/icons.toml``, drawn as PNG."""

from __future__ import annotations

import math
import struct
import tomllib
import zlib
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from gk_xl.packaging.modules import macro_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SIZES: Final = (16, 26)
"""Points of the small and of the large picture that LibreOffice asks for."""
FIELD: Final = 16.0
_STROKE: Final = 0.95  # half the width of a stroke, in points of the field
_CORNER: Final = 3.0  # radius of the ground's corners

Point = tuple[float, float]


def icons() -> Mapping[str, bytes]:
    """Return the pictures by file name: ``check_16.png``."""
    drawn = {}
    for name, data in tomllib.loads(macro_text("libreoffice/icons.toml")).items():
        colour = tuple(bytes.fromhex(data["ground"].removeprefix("#")))
        strokes = [[_point(word) for word in stroke.split()] for stroke in data["strokes"]]
        for size in SIZES:
            drawn[f"{name}_{size}.png"] = png(size, list(_rows(size, colour, strokes)))
    return drawn


def png(size: int, rows: list[bytes]) -> bytes:
    """Return a picture of rows of red, green, blue and opacity."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">2I5B", size, size, 8, 6, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def _point(word: str) -> Point:
    x, _, y = word.partition(",")
    return float(x), float(y)


def _rows(size: int, colour: tuple[int, ...], strokes: list[list[Point]]) -> Iterator[bytes]:
    """Yield the rows of a picture, edges softened over one point."""
    scale = FIELD / size
    for row in range(size):
        line = bytearray()
        for column in range(size):
            at = ((column + 0.5) * scale, (row + 0.5) * scale)
            ink = max(_cover(_STROKE - _distance(at, stroke), scale) for stroke in strokes)
            line += bytes(round(part + (255 - part) * ink) for part in colour)
            line.append(round(255 * _cover(_within(at), scale)))
        yield bytes(line)


def _cover(depth: float, scale: float) -> float:
    """Return how much of a point lies within an edge that is so deep below it."""
    return min(1.0, max(0.0, depth / scale + 0.5))


def _distance(at: Point, stroke: list[Point]) -> float:
    """Return how far a point is from a stroke."""
    return min(_to_line(at, first, last) for first, last in pairwise(stroke))


def _to_line(at: Point, first: Point, last: Point) -> float:
    along = (last[0] - first[0], last[1] - first[1])
    length = along[0] ** 2 + along[1] ** 2
    part = ((at[0] - first[0]) * along[0] + (at[1] - first[1]) * along[1]) / length if length else 0.0
    part = min(1.0, max(0.0, part))
    return math.hypot(at[0] - first[0] - part * along[0], at[1] - first[1] - part * along[1])


def _within(at: Point) -> float:
    """Return how deep a point lies in the ground, a square with round corners."""
    half = FIELD / 2
    x, y = (abs(part - half) - (half - _CORNER) for part in at)
    return _CORNER - math.hypot(max(x, 0.0), max(y, 0.0)) - min(max(x, y), 0.0)
