"""Pages of a sheet that draw parts of the same text → which stand side by side, and how far apart.

A text that runs over the edge of a page is drawn on the next one to the right too, from a few characters before the edge.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from gk_xl.sources.formats.pdf_clipped import runs_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.sources.formats.pdf_lines import Sign

_LEVEL: Final = 0.8
"""Points by which one text may stand higher on one page than on the other."""
_FEWEST: Final = 2
"""So many characters are drawn on both pages, at least."""
_MOST: Final = 200
"""So many of them are looked at."""
_MANY: Final = 0.2
"""The part of the most texts that begin at one place by which a place is where a column begins."""
_STEP: Final = 0.2
"""The part of a page's width that two of them lie apart, at least."""


def side_by_side(pages: Sequence[Sequence[Sign]], width: float, rights: Sequence[bool]) -> list[dict[int, float]]:
    """Return the pages in groups by position, each with how far right of the first of its group it begins; [] where no text tells.

    The characters are given in drawing order; ``rights`` tells which pages hold no label of a row. A page without a text in
    common with another has its place by the order in which the others follow, down and then over, where none is left out.
    """
    found = _found(pages, width)
    usual = Counter(round(step) for steps in found for _, step in steps).most_common(1)
    placed = dict[int, tuple[int, float]]()
    for number, steps in enumerate(found):
        votes = Counter((left, round(step)) for left, step in steps)
        if votes:
            left, near = max(votes, key=lambda one: (abs(one[1] - usual[0][0]) <= 1, votes[one], one[0]))
            first, right = placed.get(left, (left, 0.0))
            step = next(step for other, step in steps if (other, round(step)) == (left, near))
            placed[number] = (first, right + step)
    placed |= _down(placed, rights) or _over(placed, rights)
    groups: dict[int, dict[int, float]] = {}
    for number in range(len(pages) if placed else 0):
        first, right = placed.get(number, (number, 0.0))
        groups.setdefault(first, {})[number] = right
    return list(groups.values())


def links_of(pages: Sequence[Sequence[Sign]], width: float) -> list[dict[int, float]]:
    """Return for each page the pages before it that a text runs over from, and how far right of each it begins."""
    found = [Counter((left, round(step, 1)) for left, step in steps) for steps in _found(pages, width)]
    return [{left: step for (left, step), _ in reversed(votes.most_common())} for votes in found]


def _found(pages: Sequence[Sequence[Sign]], width: float) -> list[list[tuple[int, float]]]:
    runs = [[run for run in runs_of(signs) if any(sign.text.strip() for sign in run)] for signs in pages]
    edge = _edge(runs)
    cut = [[run for run in own if run[0].x0 < edge - 1] for own in runs]
    beyond = [[run for run in own if run[0].x0 >= width and not run[0].text.isdigit()] for own in runs]
    return [
        [(left, step) for left in range(number) for step in _steps(runs[left], cut[number], width)]
        + [(left, step) for left in range(number) for step in _again(beyond[left], runs[number], width)]
        for number in range(len(pages))
    ]


def _edge(pages: Sequence[Sequence[Sequence[Sign]]]) -> float:
    """Return where the first column of the pages begins: the leftmost place at which many texts do."""
    begins = Counter(round(run[0].x0) for runs in pages for run in runs if run[0].x0 > 0 and not run[0].text.isdigit())
    many = max(_FEWEST, _MANY * max(begins.values(), default=0))
    return min((place for place, count in begins.items() if count >= many), default=0.0)


Places = dict[int, tuple[int, float]]


def _down(placed: Places, rights: Sequence[bool]) -> Places:
    """Return the places of right pages that no text tells of, where all left pages come first and none is left out."""
    down = min((number - first for number, (first, _) in placed.items()), default=0)
    if down < 2 or len(rights) % down or any(first != number % down for number, (first, _) in placed.items()):
        return {}
    across = {number // down: right for number, (_, right) in placed.items()}
    return {
        number: (number % down, across[number // down])
        for number in range(down, len(rights))
        if number not in placed and rights[number] and number // down in across
    }


def _over(placed: Places, rights: Sequence[bool]) -> Places:
    """Return the places of right pages that no text tells of, where right pages follow their left page at once."""
    if any(
        number > 0 and placed.get(number - 1, (number - 1, 0.0))[0] != first for number, (first, _) in placed.items()
    ):
        return {}
    across = {number - first: right for number, (first, right) in placed.items()}
    found: Places = {}
    for number in range(1, len(rights)):
        first = (placed | found).get(number - 1, (number - 1, 0.0))[0]
        if number not in placed and rights[number] and number - first in across:
            found[number] = (first, across[number - first])
    return found


def _again(beyond: Sequence[Sequence[Sign]], own: Sequence[Sequence[Sign]], width: float) -> Iterator[float]:
    """Yield how far apart two pages lie, by each text that the left one draws beyond its edge and the right one as a whole."""
    by_text: dict[str, list[Sequence[Sign]]] = {}
    for run in own if beyond else ():
        by_text.setdefault("".join(sign.text for sign in run), []).append(run)
    for run in beyond:
        for again in by_text.get("".join(sign.text for sign in run), ()) if len(run) >= _FEWEST else ():
            step = run[0].x0 - again[0].x0
            if abs(run[0].centre[1] - again[0].centre[1]) <= _LEVEL and _STEP * width < step < 1.1 * width:
                yield step


def _steps(left: Sequence[Sequence[Sign]], cut: Sequence[Sequence[Sign]], width: float) -> Iterator[float]:
    """Yield how far apart two pages lie, by each text of the right one that goes on from the left one."""
    by_line: dict[int, list[Sequence[Sign]]] = {}
    for own in left if cut else ():
        by_line.setdefault(round(own[0].centre[1]), []).append(own)
    for run in cut:
        text, y, steps = "".join(sign.text for sign in run), run[0].centre[1], [0.0]
        for own in (one for place in (-1, 0, 1) for one in by_line.get(round(y) + place, ())):
            if abs(own[0].centre[1] - y) > _LEVEL:
                continue
            shown = "".join(sign.text for sign in own)
            sizes = range(min(len(shown), len(text), _MOST), _FEWEST - 1, -1)
            # a whole text is drawn again from its beginning, a long one from a few characters before the edge
            size = next((size for size in sizes if shown.endswith(text[:size])), 0)
            size = len(text) if shown == text and len(text) > _MOST else size
            step = own[-size].x0 - run[0].x0 if size and len(shown) == len(own) else 0.0
            steps += [step] * (_STEP * width < step < 1.1 * width)
        if max(steps):
            yield max(steps)  # of several that say the same the rightmost is the one that the edge cuts
