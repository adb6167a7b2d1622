"""Which causes together make a difference: the fewest that explain all of it, ties told; else what leaves least.

A difference and what each cause would make of it are vectors over the cells of the form. Each vector is blotted to one
number by fixed weights, so that sets of causes are found by their sums; whatever is found is then added up cell by cell.
"""

from __future__ import annotations

import hashlib
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gk_xl.checks.catalogue import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gk_xl.form.schema import CellId

Vector = dict["CellId", float]

MOST_CAUSES: Final = 4
"""So many causes at once are looked for; more of them would fit by chance."""
WIDEST: Final = {2: 50_000, 3: 8_000, 4: 1_500}
"""Among how many possible causes sets of a size are looked for."""
ENOUGH: Final = 200
"""After so many explanations that do equally well no more are looked for."""
_WIDE: Final = 10
"""A cause in so many cells is a whole report."""
_PARTS: Final = 5
_MOST_REPORTS: Final = 3
_TRIED: Final = 2_000
_SCALE: Final = 1_000_000  # sums are tidy to six decimals
_MASK: Final = (1 << 64) - 1


class Cause(NamedTuple):
    """One thing that explains a difference: whose it is, in which cells, and a sentence; ``shift`` is what it explains."""

    unit: str
    cells: tuple[CellId, ...]
    said: str
    shift: Mapping[CellId, float]


Causes = tuple[Cause, ...]


def left(shift: Mapping[CellId, float], causes: Iterable[Cause]) -> Vector:
    """Return what some causes leave unexplained."""
    rest = dict(shift)
    for cause in causes:
        for cell, value in cause.shift.items():
            rest[cell] = tidy(rest.get(cell, 0) - value)
    return {cell: value for cell, value in rest.items() if value}


def together(shift: Vector, causes: Sequence[Cause], least: int = 1, most: int = MOST_CAUSES) -> list[Causes]:
    """Return the sets of causes, each of another unit, that explain all of a difference: those of the fewest causes.

    ``least`` and ``most`` bound how many causes a set has.
    """
    for size in range(least, most + 1):
        if size > 1 and len(causes) > WIDEST[size]:
            return []
        found: list[Causes] = []
        for numbers in _sets(shift, causes, size):
            chosen = tuple(causes[number] for number in numbers)
            if len({cause.unit for cause in chosen}) == size and not left(shift, chosen):
                found.append(chosen)
                if len(found) >= ENOUGH:
                    break
        if found:
            return found
    return []


def _sets(shift: Vector, causes: Sequence[Cause], size: int) -> Iterator[tuple[int, ...]]:
    """Yield the sets of causes, by their numbers in rising order, whose blots add up to that of the difference."""
    blots = [_blot(cause.shift) for cause in causes]
    wanted = _blot(shift)
    holders: dict[int, list[int]] = {}
    for number, blot in enumerate(blots):
        holders.setdefault(blot, []).append(number)
    if size == 1:
        yield from ((number,) for number in holders.get(wanted, ()))
    elif size == 2:
        for one, blot in enumerate(blots):
            yield from ((one, other) for other in holders.get((wanted - blot) & _MASK, ()) if other > one)
    elif size == 3:
        yield from _threes(blots, wanted, holders)
    else:
        yield from _fours(blots, wanted)


def _threes(blots: Sequence[int], wanted: int, holders: Mapping[int, Sequence[int]]) -> Iterator[tuple[int, ...]]:
    import numpy as np

    values = np.array(blots, dtype=np.uint64)
    ranked = np.sort(values)
    for one in range(len(blots) - 2):
        rest = np.uint64((wanted - blots[one]) & _MASK) - values[one + 1 :]
        for at in _found(ranked, rest):
            other = one + 1 + at
            third = (wanted - blots[one] - blots[other]) & _MASK
            yield from ((one, other, last) for last in holders.get(third, ()) if last > other)


def _fours(blots: Sequence[int], wanted: int) -> Iterator[tuple[int, ...]]:
    import numpy as np

    values = np.array(blots, dtype=np.uint64)
    first, second = np.triu_indices(len(blots), 1)
    sums = values[first] + values[second]
    ranked = np.sort(sums)
    partners: dict[int, list[int]] = {}
    hits = _found(ranked, np.uint64(wanted) - sums)
    for at in hits:
        partners.setdefault(int(sums[at]), []).append(int(at))
    for at in hits:
        one, other = int(first[at]), int(second[at])
        for beside in partners.get((wanted - int(sums[at])) & _MASK, ()):
            third, last = int(first[beside]), int(second[beside])
            if other < third:  # of the ways to part four into pairs, one: the two least, and the others
                yield one, other, third, last


def _found(ranked: Any, wanted: Any) -> list[int]:
    """Return which of some numbers stand in a ranked row, by their places."""
    import numpy as np

    if not len(ranked) or not len(wanted):
        return []
    places = np.minimum(np.searchsorted(ranked, wanted), len(ranked) - 1)
    return [int(at) for at in np.nonzero(ranked[places] == wanted)[0]]


def _blot(shift: Mapping[CellId, float]) -> int:
    """Return a number for a vector; that of a sum is the sum of the numbers, modulo 2 to the 64th."""
    return sum(round(value * _SCALE) * _weight(cell) for cell, value in shift.items()) & _MASK


@cache
def _weight(cell: CellId) -> int:
    return int.from_bytes(hashlib.blake2b(cell.encode(), digest_size=8).digest(), "big") | 1


def reports(shift: Vector, causes: Sequence[Cause], few: int) -> list[tuple[Causes, Vector]]:
    """Return the sets of whole reports (left out, counted twice …) that leave at most some cells, each with what it leaves.

    What single cells do beside them spoils few parts of the form: in a part without them the reports alone make the
    difference, so sets are looked for part by part, and kept when they leave few cells of all. No report at all is a set, too. Those that leave fewest cells come first, then those of fewest.
    """
    wide = [cause for cause in causes if len(cause.cells) >= _WIDE]
    sets: dict[tuple[int, ...], None] = {(): None}
    for part in range(_PARTS):
        within = _part(shift, part)
        some = [cause._replace(shift=_part(cause.shift, part)) for cause in wide]
        for size in range(1, _MOST_REPORTS + 1):
            if size > 1 and len(wide) > WIDEST[size]:
                break
            sets |= dict.fromkeys(islice(_sets(within, some, size), _TRIED))
    found = []
    for numbers in sets:
        chosen = tuple(wide[number] for number in numbers)
        rest = left(shift, chosen)
        if len(rest) <= few and len({cause.unit for cause in chosen}) == len(chosen):
            found.append((chosen, rest))
    return sorted(found, key=lambda item: (len(item[1]), len(item[0])))


def _part(shift: Mapping[CellId, float], part: int) -> Vector:
    """Return what a vector is in one of the parts into which the cells fall."""
    return {cell: value for cell, value in shift.items() if (_weight(cell) >> 8) % _PARTS == part}


def cells_of(rest: Vector, causes: Sequence[Cause]) -> tuple[Causes, Vector]:
    """Return the causes of single cells that explain what reports leave, or as much of it as they surely do, and what stays."""
    narrow = [cause for cause in causes if len(cause.cells) < _WIDE and rest.keys() & cause.shift.keys()]
    whole = together(rest, narrow)
    if len(whole) == 1:
        return whole[0], {}
    taken: list[Cause] = []
    for cause in narrow:
        fits = all(tidy(rest.get(cell, 0) - value) == 0 for cell, value in cause.shift.items())
        others = [one for one in narrow if one is not cause and one.shift.keys() & cause.shift.keys()]
        if fits and not any(one.shift == cause.shift for one in others):
            taken.append(cause)
    kept = [
        one for one in taken if not any(one is not other and one.shift.keys() < other.shift.keys() for other in taken)
    ]
    return tuple(kept), left(rest, kept)
