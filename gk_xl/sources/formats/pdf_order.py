"""Pages of a printed sheet → which of them show the same rows: by the rows that have numbers, in the order that printers keep.

A sheet is printed down and then over, its left pages first, or over and then down; pages with nothing on them are left out.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from statistics import median
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

_SAME: Final = 1.5
"""Points that the numbers of one row may lie apart on two pages."""
_LINK: Final = 50.0
"""What a text that runs from one page to the other counts, in rows."""
_ASTRAY: Final = 3.0
"""What a row counts that has numbers on the right page and nothing on the left one."""
_NOTHING: Final = 0.5
"""What a right page counts of which nothing tells where it belongs: text alone is below the left page as well."""
_MOST: Final = 6
"""So many left pages at most: a report has two or three."""
_ALIKE: Final = 0.9
"""The part of a page's rules that come again on the page beside it, at least."""
_ALONE: Final = 2.0
"""What each row counts of a page without labels that is nobody's right one."""


@dataclass(frozen=True)
class Shown:
    """What tells where a page belongs: how far down its numbers and its labels of rows stand."""

    numbers: tuple[float, ...]
    labels: tuple[float, ...]

    @property
    def may_be_right(self) -> bool:
        """Whether it has no labels of rows."""
        return not self.labels


def arranged(pages: Sequence[Shown], found: Sequence[Collection[int]]) -> list[list[int]]:
    """Return the pages in groups, left page first; [] where nothing tells.

    ``found`` gives for each page those before it that a text runs over from.
    """
    links = _rooted(found)
    ways = [_over(pages, links), *(_down(pages, links, lefts) for lefts in range(1, min(len(pages), _MOST + 1)))]
    score, groups = max(ways, key=lambda way: way[0], default=(0.0, []))
    return groups if score > 0 and len(groups) < len(pages) else []


def _rooted(links: Sequence[Collection[int]]) -> list[set[int]]:
    """Return for each page the left pages that texts lead back to, over those between."""
    roots: list[set[int]] = []
    for own in links:
        roots.append({root for left in own for root in roots[left] or {left}})
    return roots


def _fit(
    pages: Sequence[Shown],
    links: Sequence[Collection[int]],
    group: Sequence[int],
    right: int,
    unknown: Collection[int] = (),
) -> float:
    """Return how well a page fits to the right of a group's, in rows; of the ``unknown`` pages the group is not told yet."""
    left = group[0]
    page, rows = pages[right], sorted((*pages[left].numbers, *pages[left].labels))
    level = sum(bisect(rows, place + _SAME) > bisect(rows, place - _SAME) for place in page.numbers)
    astray = len(page.numbers) - level
    unlinked = 0.0 if page.numbers else -_NOTHING
    known = [at for at in links[right] if at not in unknown]
    told = _LINK if not set(group).isdisjoint(known) else -_LINK if known else 0.0 if links[right] else unlinked
    return level - _ASTRAY * astray - (0.0 if page.may_be_right else _LINK) + told


def _lone(page: Shown) -> float:
    return -_ALONE * len(page.numbers) if page.may_be_right else 0.0


def _over(pages: Sequence[Shown], links: Sequence[Collection[int]]) -> tuple[float, list[list[int]]]:
    """Return the groups where right pages follow their left page at once, and how well they fit."""
    total, groups = 0.0, list[list[int]]()
    for number, page in enumerate(pages):
        joins = _fit(pages, links, groups[-1], number) if groups else 0.0
        if groups and joins > _lone(page):
            groups[-1].append(number)
            total += joins
        else:
            groups.append([number])
            total += _lone(page)
    return total, groups


def _down(pages: Sequence[Shown], links: Sequence[Collection[int]], lefts: int) -> tuple[float, list[list[int]]]:
    """Return the groups where so many left pages come first, and how well they fit.

    A text may run over from a page that no text leads on to: that one's own rows tell first which group it is of.
    """
    unknown = [number for number in range(lefts, len(pages)) if pages[number].may_be_right]
    _, groups = _columns(pages, links, lefts, unknown)
    home = {number: group[0] for group in groups for number in group if number in unknown}
    led = [own if set(own) - {*unknown} else {home.get(at, at) for at in own} for own in links]
    return _columns(pages, led, lefts)


def _columns(
    pages: Sequence[Shown], links: Sequence[Collection[int]], lefts: int, unknown: Collection[int] = ()
) -> tuple[float, list[list[int]]]:
    """Return the groups of some left pages, and how well they fit; of the ``unknown`` pages the group is not told yet.

    The right pages follow column by column, from top to bottom each; where a left page has none, it has none further right.
    """
    fit = [[_fit(pages, links, [left], right, unknown) for right in range(len(pages))] for left in range(lefts)]

    @cache
    def best(first: int, open_: tuple[int, ...]) -> tuple[float, tuple[tuple[int, ...], ...]]:
        """Return how well the pages from ``first`` on fit as columns of some left pages, and which of these each column has."""
        found: tuple[float, tuple[tuple[int, ...], ...]] = (-_LINK * (len(pages) - first), ())
        for size in range(1, min(len(open_), len(pages) - first) + 1):
            for column in combinations(open_, size):
                score, columns = best(first + size, column)
                own = sum(fit[left][right] for right, left in enumerate(column, first))
                found = max(found, (own + score, (column, *columns)))
        return found

    score, columns = best(lefts, tuple(range(lefts)))
    groups = [[left] for left in range(lefts)]
    right = lefts
    for column in columns:
        for left in column:
            groups[left].append(right)
            right += 1
    rest = [[number] for number in range(right, len(pages))]
    return score + sum(_lone(page) for page in pages[:lefts]), [*groups, *rest]


def same_rules(pages: Sequence[Sequence[float]], links: Sequence[Collection[int]] = ()) -> list[list[int]]:
    """Return the pages in groups by how far down their rules are; [] where these do not come again in one of the two orders.

    Rows of a sheet whose every cell has borders end alike on its left and right pages. One group tells nothing: full pages
    of rows of one height are all alike. A page without rules holds what runs over the last column: ``links`` gives for each
    page those before it that a text runs over from.
    """
    kinds: dict[int, int] = {}
    for number in (number for number, rules in enumerate(pages) if rules):
        like = (at for at in kinds if are_level(pages[at], pages[number]))
        kinds[number] = next(like, number)
    lefts = sorted(set(kinds.values()))
    across, rest = divmod(len(kinds), len(lefts) or 1)
    if len(lefts) < 2 or across < 2 or rest:
        return []
    if [*kinds.values()] not in (
        [at for _ in range(across) for at in lefts],
        [at for at in lefts for _ in range(across)],
    ):
        return []
    groups = [[number for number, kind in kinds.items() if kind == at] for at in lefts]
    for number in (number for number, rules in enumerate(pages) if not rules):
        own = [group for group in groups if links and not set(links[number]).isdisjoint(group)]
        if len(own) != 1:
            return []
        own[0].append(number)
    return groups


def are_level(left: Sequence[float], right: Sequence[float]) -> bool:
    """Return whether rules begin and end alike and all but a few have one beside them: a merged cell has none inside."""
    fewer, more = sorted((left, right), key=len)
    if not fewer or len(fewer) < _ALIKE * len(more):
        return False
    ends = abs(left[0] - right[0]) <= _SAME and abs(left[-1] - right[-1]) <= _SAME
    return ends and all(bisect(more, y + _SAME) > bisect(more, y - _SAME) for y in fewer)


def places(
    groups: Sequence[Sequence[int]], links: Sequence[Mapping[int, float]], width: float
) -> list[dict[int, float]]:
    """Return the groups with how far right of its left page each page begins: one sheet has its columns at one place.

    Where no text runs over, a page begins a page's width behind the one before.
    """
    begins = [0.0]
    for column in range(1, max(map(len, groups), default=1)):
        steps = [
            begins[at] + step
            for group in groups
            if len(group) > column
            for at, step in _last(group[: column + 1], links)
        ]
        begins.append(median(steps) if steps else begins[-1] + width)
    return [dict(zip(group, begins, strict=False)) for group in groups]


def _last(group: Sequence[int], links: Sequence[Mapping[int, float]]) -> list[tuple[int, float]]:
    """Return which page of a group a text runs over from to its last one, the nearest, and how far right that begins; [] for none."""
    own = links[group[-1]]
    return [(at, own[left]) for at, left in enumerate(group[:-1]) if left in own][-1:]
