"""Pages of a sheet → one wide page: what they draw side by side, as large as it is looked at, each text in one run."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from gk_xl.sources.formats.pdf_clipped import runs_of
from gk_xl.sources.formats.pdf_owned import is_next

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gk_xl.sources.formats.pdf_lines import Sign

_SAME: Final = 1.5
"""Points that what a right page repeats may stand higher or lower than on the left one."""
_LENGTHS: Final = ("x0", "x1", "top", "bottom", "y0", "y1", "doctop", "width", "height", "size", "linewidth")
"""What pdfplumber tells of a thing in points."""


@dataclass(frozen=True)
class Part:
    """A page that is part of a wide one: how far right it begins, and how far down what it only repeats of the left one stands."""

    right: float
    repeated: tuple[float, ...] = ()


def joined_page(pages: Mapping[int, Any], sheet: Mapping[int, Part], times: float = 1.0) -> Any:
    """Return pdfplumber's pages as one page so many times as large, its running heads and page number those of the left one."""
    first = pages[next(iter(sheet))]
    objects: dict[str, list[dict[str, Any]]] = {}
    for number, part in sheet.items():
        for kind, things in pages[number].objects.items():
            kept = (
                thing
                for thing in things
                if kind != "char" or not any(abs(_centre(thing) - place) <= _SAME for place in part.repeated)
            )
            objects.setdefault(kind, []).extend(_scaled(moved(thing, part.right), times) for thing in kept)
    wide = copy(first)
    wide.flush_cache()
    vars(wide)["_objects"] = objects  # where pdfplumber keeps what it has found on a page
    width = max(pages[n].width + part.right for n, part in sheet.items())
    wide.mediabox = wide.bbox = (0, 0, width * times, first.height * times)
    return wide


def moved(thing: dict[str, Any], right: float) -> dict[str, Any]:
    """Return what pdfplumber tells of a thing so far to the right."""
    there = {**thing, "x0": thing["x0"] + right, "x1": thing["x1"] + right}
    if thing.get("clip"):
        there["clip"] = (thing["clip"][0] + right, thing["clip"][1] + right)
    if "pts" in thing:
        there["pts"] = [(x + right, y) for x, y in thing["pts"]]
    return there


def _scaled(thing: dict[str, Any], times: float) -> dict[str, Any]:
    if times == 1:
        return thing
    scaled = {**thing, **{name: thing[name] * times for name in _LENGTHS if thing.get(name) is not None}}
    if thing.get("clip"):
        scaled["clip"] = (thing["clip"][0] * times, thing["clip"][1] * times)
    if "pts" in thing:
        scaled["pts"] = [(x * times, y * times) for x, y in thing["pts"]]
    return scaled


def _centre(thing: Mapping[str, Any]) -> float:
    return float(thing["top"] + thing["bottom"]) / 2


def in_runs(signs: Sequence[Sign]) -> list[Sign]:
    """Return the characters of a wide page, each text in one run though its end is drawn on another page than its beginning."""
    runs = list(runs_of(signs))
    begins: dict[tuple[int, int], list[int]] = {}
    for number, run in enumerate(runs):
        begins.setdefault((round(run[0].x0), round(run[0].centre[1])), []).append(number)
    found: list[Sign] = []
    taken: set[int] = set()
    for number in range(len(runs)):
        following: int | None = number
        while following is not None and following not in taken:
            taken.add(following)
            found += (run := runs[following])
            x, y = round(run[-1].x1), round(run[-1].centre[1])
            near = (at for dx in (-1, 0, 1) for dy in (-1, 0, 1) for at in begins.get((x + dx, y + dy), ()))
            following = next((at for at in near if at > number and is_next(run[-1], runs[at][0])), None)
    return found
