"""Texts that a spreadsheet cut at the edge of their cell: drawn whole, seen in part, the next cell's text printed over the rest.

A PDF draws each text as a run of characters. Where a run reaches into one that begins behind it on the same line, the two
are texts of two cells: the first is moved together until it ends before the second. Its hidden end is kept, for it tells
which label it is.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from gk_xl.sources.formats.pdf_lines import WIDE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gk_xl.sources.formats.pdf_lines import Sign

_LEVEL: Final = 0.3
"""Ems by which the middles of one line may differ."""
_APART: Final = (-0.4, 1.0)
"""Ems from one character of a run to the next, at least and at most."""
_INTO: Final = 0.5
"""Ems by which a run that is cut reaches into the next, at least."""
_NEXT: Final = 20
"""So many runs behind the beginning of one are looked at: a line of a page of a report has no more."""
_GAP: Final = 1.2
"""Ems that are left between them."""


def moved_together(signs: Sequence[Sign], *, ruled: bool = False) -> list[Sign]:
    """Return characters, given in the order in which they are drawn, with every run ending before the one that is printed over it.

    ``ruled`` where cells have borders: a run of which the page shows a part ends within them.
    """
    runs = list(runs_of(signs))
    lines: dict[int, list[list[Sign]]] = {}
    for run in runs:
        lines.setdefault(round(run[0].centre[1]), []).append(run)
    for own in lines.values():
        own.sort(key=lambda run: run[0].x0)
    return [sign for run in runs for sign in _parted(run, lines, ruled=ruled)]


def _parted(run: list[Sign], lines: Mapping[int, list[list[Sign]]], *, ruled: bool) -> Iterable[Sign]:
    """Return a run, ending before the first of the next runs on its line that is printed over it.

    Where the page says what is seen of it, it begins and ends there if it reaches into another run; else it only begins there.
    """
    over: list[float] = []
    clip = run[0].clip
    if clip is not None and (run[0].x0 < clip[0] - 1 or run[-1].x1 > clip[1] + 1):
        beside = [other for place in (-1, 0, 1) for other in _beside(run, lines, place)]
        whole = [sign.moved(max(0.0, clip[0] - run[0].x0)) for sign in run]
        meets = ruled or any(_meet(way, other) for other in beside for way in (run, whole))
        return _within(run, clip, ruled=ruled) if meets else whole
    for place in (-1, 0, 1):
        own = lines.get(round(run[0].centre[1]) + place, [])
        at = bisect(own, run[0].x0, key=lambda other: other[0].x0)
        over += [other[0].x0 for other in own[at : at + _NEXT] if _is_over(run, other)][:1]
    return _ending_at(run, min(over)) if over else run


def runs_of(signs: Iterable[Sign]) -> Iterator[list[Sign]]:
    """Yield the characters that are drawn one behind another on one line."""
    run: list[Sign] = []
    for sign in signs:
        if run and not _goes_on(run[-1], sign):
            yield run
            run = []
        run.append(sign)
    if run:
        yield run


def _goes_on(last: Sign, sign: Sign) -> bool:
    """Return whether a character is the next of a run."""
    size = max(last.size, sign.size, 1.0)
    near = _APART[0] <= (sign.x0 - last.x1) / size <= _APART[1] and sign.clip == last.clip
    return near and abs(sign.centre[1] - last.centre[1]) <= _LEVEL * size


def _is_over(run: Sequence[Sign], other: Sequence[Sign]) -> bool:
    """Return whether a run begins upon another, which reaches into it."""
    first = other[0]
    return (
        bool(first.text.strip())
        and abs(first.centre[1] - run[0].centre[1]) <= _LEVEL * first.size
        and run[0].x0 + (1 + _GAP) * first.size < first.x0 < run[-1].x1 - _INTO * first.size
    )


def _beside(run: Sequence[Sign], lines: Mapping[int, list[list[Sign]]], place: int) -> list[list[Sign]]:
    own = lines.get(round(run[0].centre[1]) + place, [])
    at = bisect(own, run[0].x0, key=lambda other: other[0].x0)
    return [other for other in own[max(0, at - _NEXT) : at + _NEXT] if other is not run]


def _meet(run: Sequence[Sign], other: Sequence[Sign]) -> bool:
    """Return whether two runs overlap, or are so near that they would be read as one text."""
    near = WIDE * run[0].size
    return run[0].x0 < other[-1].x1 + near and other[0].x0 < run[-1].x1 + near


def _within(run: Sequence[Sign], clip: tuple[float, float], *, ruled: bool) -> Iterator[Sign]:
    """Yield the characters of a run moved together into the cell that cuts it; none where nothing of it is seen.

    Without borders a gap is left before it, as behind it.
    """
    if min(run[-1].x1, clip[1]) <= max(run[0].x0, clip[0]):
        return
    size = min(run[0].size, (clip[1] - clip[0]) / 2)
    begin = run[0].x0 if ruled and run[0].x0 >= clip[0] else max(run[0].x0, clip[0] + size / 2)
    begin, end = sorted((begin, min(run[-1].x1, clip[1] - size / 2)))
    scale = (end - begin) / (run[-1].x1 - run[0].x0)
    for sign in run:
        x0, x1 = (begin + (x - run[0].x0) * scale for x in (sign.x0, sign.x1))
        yield replace(sign, x0=x0, x1=x1)


def _ending_at(run: Sequence[Sign], end: float) -> Iterator[Sign]:
    """Yield the characters of a run moved together, so that it ends a gap before a place."""
    begin, size = run[0].x0, run[0].size
    scale = (end - _GAP * size - begin) / (run[-1].x1 - begin)
    places = [begin + (sign.x0 - begin) * scale for sign in run] + [end - _GAP * size]
    for sign, (x0, x1) in zip(run, pairwise(places), strict=True):
        yield replace(sign, x0=x0, x1=x1)
