"""What each unit of a county came to, one state a unit in the list's order; what is no unit's of it stands apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gk_xl.desk.entry import LATER_YEAR, MISSING, OTHER_YEAR, STRANGER

if TYPE_CHECKING:
    from gk_xl.desk.collection import Collection
    from gk_xl.desk.entry import Entry


class State(NamedTuple):
    """A unit with what it came to: an outcome of its report, ``OTHER_YEAR`` or ``MISSING``; and the file that says so."""

    name: str
    state: str
    entry: Entry | None = None


def states(collection: Collection, county: Entry | None = None) -> tuple[State, ...]:
    """Return what the units came to, those of the list in its order; ``county``, which adds up the others, is none of them.

    Without a list they are those that handed in.
    """
    files = [entry for entry in collection.entries if not entry.aside and entry is not county and is_units(entry)]
    if collection.roster is None:
        return tuple(State(entry.unit, _state(entry), entry) for entry in files)
    by_order = {entry.listed.order: entry for entry in files if entry.listed}
    found = ((unit, by_order.get(unit.order)) for unit in collection.roster.units)
    return tuple(State(unit.name, MISSING if entry is None else _state(entry), entry) for unit, entry in found)


def is_units(entry: Entry) -> bool:
    """Return whether it is known which unit of the county a file is from."""
    return STRANGER not in entry.marks and bool(entry.named)


def _state(entry: Entry) -> str:
    no_year = entry.filing is not None and entry.filing.year is None
    return OTHER_YEAR if no_year or entry.marks & {OTHER_YEAR, LATER_YEAR} else entry.outcome
