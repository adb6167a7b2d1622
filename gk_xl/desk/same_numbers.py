"""X-78: all numbers of a unit are another unit's of the folder."""

from __future__ import annotations

from array import array
from hashlib import blake2b
from math import isnan
from struct import Struct
from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import rule
from gk_xl.checks.tables import weighty

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.desk.entry import Entry
    from gk_xl.form.finding import Finding

CODE: Final = "X-78"
SHOWN: Final = 3
"""So many units with the same numbers are named."""


_TOLD: Final = Struct("<16s2H")


def told_numbers(entry: Entry) -> bytes:
    """Return what stands for all numbers of a file, how many are not 0 and which is the first; b"" where others may share them by chance."""
    if entry.filing is None or entry.numbers:
        return entry.numbers
    form = entry.filing.form
    if entry.rows is None:
        numbers = array("d", [entry.filing.number(cell) or 0 for cell in form.cells])
    else:  # what the tables need is all that is held
        held = array("d")
        held.frombytes(entry.rows.values)
        numbers = array("d", [0 if isnan(number) else number for number in held])
    if not weighty(numbers, form):
        return b""
    digest = blake2b(f"{form.id}{entry.kind_is_whole}".encode() + numbers.tobytes(), digest_size=16).digest()
    return _TOLD.pack(digest, sum(map(bool, numbers)), next(at for at, number in enumerate(numbers) if number))


def same_numbers(entries: Sequence[Entry]) -> Iterator[tuple[int, Finding]]:
    """Yield X-78 for each of some files, by its index, whose numbers are all another unit's.

    A government's own report may be the sum of one unit's alone: those that add up others are held against each other only.
    """
    groups: dict[bytes, list[int]] = {}
    for at, entry in enumerate(entries):
        if told := told_numbers(entry):
            groups.setdefault(told, []).append(at)
    for told, together in groups.items():
        _, count, first = _TOLD.unpack(told)
        for at in together if len(together) > 1 else ():
            filing = entries[at].filing
            assert filing is not None
            some = [other for other in together[: SHOWN + 1] if other != at][:SHOWN]
            named = "、".join(f"“{entries[other].unit}”" for other in some)
            more = f"等 {len(together) - 1} 个单位" if len(together) - 1 > SHOWN else ""
            cell = [*filing.form.cells][first]
            yield at, rule(CODE).finding({"other": f"{named}{more}", "count": count}, (cell,))
