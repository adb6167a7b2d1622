"""What each unit of a county came to, one state a unit in the list's order; what is no unit's of it stands apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.desk.collection import name_of
from gk_xl.desk.entry import DUPLICATE, MISSING, STRANGER, UNREADABLE

if TYPE_CHECKING:
    from gk_xl.desk.collection import Collection
    from gk_xl.desk.entry import Entry

OTHER_YEAR: Final = "年度不符"
"""What stands for the outcome of a unit that reports on another year than the others."""


class State(NamedTuple):
    """A unit with what it came to: an outcome of its report, ``OTHER_YEAR`` or ``MISSING``; and the file that says so."""

    name: str
    state: str
    entry: Entry | None = None


def states(collection: Collection, county: Entry | None = None) -> tuple[State, ...]:
    """Return what the units came to, those of the list in its order; ``county``, which adds up the others, is none of them.

    Without a list they are those that handed in. A report on the year of the others speaks for its unit, else a file that
    could not be read, else another year's.
    """
    files: dict[str, list[Entry]] = {}
    for entry in collection.entries:
        if DUPLICATE not in entry.marks and entry is not county and is_units(entry):
            files.setdefault(name_of(entry), []).append(entry)
    told = {name: min(found, key=lambda entry: _rank(collection, entry)) for name, found in files.items()}
    if collection.roster is None:
        return tuple(State(entry.unit, _state(collection, entry), entry) for entry in told.values())
    by_order = {entry.listed.order: entry for entry in told.values() if entry.listed}
    found = ((unit, by_order.get(unit.order)) for unit in collection.roster.units)
    return tuple(
        State(unit.name, MISSING if entry is None else _state(collection, entry), entry) for unit, entry in found
    )


def is_units(entry: Entry) -> bool:
    """Return whether it is known which unit of the county a file is from."""
    if STRANGER in entry.marks:
        return False
    return entry.listed is not None or bool(entry.filing and entry.filing.unit.name)


def _rank(collection: Collection, entry: Entry) -> int:
    state = _state(collection, entry)
    return 2 if state == OTHER_YEAR else 1 if state == UNREADABLE else 0


def _state(collection: Collection, entry: Entry) -> str:
    return entry.outcome if entry.filing is None or entry.filing.year == collection.year else OTHER_YEAR
