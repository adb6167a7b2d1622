"""Which causes together make a difference: the fewest that explain all of it, ties told; else what leaves least.

A difference and what each cause would make of it are vectors over the cells of the form. Each vector is blotted to one
number by fixed weights, so that sets of causes are found by their sums; whatever is found is then added up cell by cell.
"""

from __future__ import annotations

import hashlib
from functools import cache
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


def nearest(shift: Vector, causes: Sequence[Cause], share: float, few: int) -> list[Causes]:
    """Return the sets of one or two causes that leave fewest cells unexplained, the best first.

    One cause is believed where it leaves no more than ``share`` of the cells, two where they leave no more than ``few``
    cells besides and fewer than one cause does.
    """
    ones = sorted(
        ((len(left(shift, (cause,))), number) for number, cause in enumerate(causes)), key=lambda item: item[0]
    )
    found: list[tuple[int, Causes]] = [
        (count, (causes[number],)) for count, number in ones[:few] if count <= len(shift) * share
    ]
    best = found[0][0] if found else len(shift)
    if len(causes) <= WIDEST[4]:
        pairs: list[tuple[int, Causes]] = [
            (count, (causes[one], causes[other]))
            for count, one, other in _pairs_leaving(shift, causes, min(few, best - 1))
            if count <= len(shift) * share and causes[one].unit != causes[other].unit
        ]
        found += sorted(pairs, key=lambda item: item[0])[:few]
    return [chosen for _, chosen in sorted(found, key=lambda item: (item[0], len(item[1])))]


def _pairs_leaving(shift: Vector, causes: Sequence[Cause], most: int) -> Iterator[tuple[int, int, int]]:
    """Yield the pairs of causes that leave at most so many cells: how many, and the two numbers."""
    import numpy as np

    if most < 0:
        return
    cells = {cell: at for at, cell in enumerate(dict.fromkeys([*shift, *(c for cause in causes for c in cause.shift)]))}
    table = np.zeros((len(causes) + 1, len(cells)), dtype=np.int64)
    for row, vector in enumerate((*(cause.shift for cause in causes), shift)):
        for cell, value in vector.items():
            table[row, cells[cell]] = round(value * _SCALE)
    for one in range(len(causes) - 1):
        counts = np.count_nonzero(table[-1] - table[one] - table[one + 1 : -1], axis=1)
        yield from ((int(counts[at]), one, one + 1 + int(at)) for at in np.nonzero(counts <= most)[0])
