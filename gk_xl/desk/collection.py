"""All that a county was handed, held against its list: the county's order, who is missing, late, twice, or not on the list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from gk_xl.desk.entry import DUPLICATE, FAILED, LATE, OLD_FORM, STRANGER, UNREADABLE, Entry
from gk_xl.desk.roster import bare
from gk_xl.errors import EditionNotFound
from gk_xl.form.load import base_id, edition_for
from gk_xl.form.profile import profile_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from gk_xl.desk.roster import Listed, Roster
    from gk_xl.form.filing import Filing


class Twice(NamedTuple):
    """A unit that handed in more than once: the newest file counts, the others are named and left out of every sum."""

    kept: Entry
    others: tuple[Entry, ...]


@dataclass(frozen=True)
class Collection:
    """The files in the county's order (a unit's file that counts before its others), the list, and who is not there.

    ``missing`` are units of the list without a file, ``gone`` names of last year's units that neither handed in nor
    stand on the list, ``year`` the year that most files are on, ``notes`` what was passed over while looking for files.
    """

    entries: tuple[Entry, ...]
    roster: Roster | None = None
    missing: tuple[Listed, ...] = ()
    gone: tuple[str, ...] = ()
    year: int | None = None
    notes: tuple[str, ...] = ()

    @cached_property
    def counted(self) -> tuple[Entry, ...]:
        """The files whose numbers belong into a sum, those that did not pass among them."""
        return tuple(entry for entry in self.entries if entry.counts)

    @property
    def late(self) -> tuple[Entry, ...]:
        """The files that came after their day."""
        return self.marked(LATE)

    @property
    def strangers(self) -> tuple[Entry, ...]:
        """The files of units that are not on the list."""
        return self.marked(STRANGER)

    @property
    def old_forms(self) -> tuple[Entry, ...]:
        """The files on another form than the one in force for the year."""
        return self.marked(OLD_FORM)

    @property
    def unreadable(self) -> tuple[Entry, ...]:
        """The files that could not be read."""
        return tuple(entry for entry in self.entries if entry.outcome == UNREADABLE)

    @property
    def failed(self) -> tuple[Entry, ...]:
        """The files that count and did not pass."""
        return tuple(entry for entry in self.counted if entry.outcome == FAILED)

    @cached_property
    def duplicates(self) -> tuple[Twice, ...]:
        """The units that handed in more than once."""
        kept = {name_of(entry): entry for entry in self.entries if entry.counts}
        others: dict[str, list[Entry]] = {}
        for entry in self.marked(DUPLICATE):
            others.setdefault(name_of(entry), []).append(entry)
        return tuple(Twice(kept[name], tuple(found)) for name, found in others.items())

    @property
    def due(self) -> int | None:
        """How many units are to hand in; None without a list."""
        return None if self.roster is None else len(self.roster.units)

    def marked(self, mark: str) -> tuple[Entry, ...]:
        """Return the files that bear a mark."""
        return tuple(entry for entry in self.entries if mark in entry.marks)


def name_of(entry: Entry) -> str:
    """Return the name by which files of one unit are known to be one unit's."""
    return bare(entry.unit)


def collect(
    entries: Sequence[Entry],
    roster: Roster | None = None,
    before: Mapping[str, Filing] | None = None,
    notes: Sequence[str] = (),
) -> Collection:
    """Return files as a collection: held against the list, each with its marks, in the county's order."""
    years = Counter(entry.filing.year for entry in entries if entry.filing and entry.filing.year)
    year = min(years, key=lambda found: (-years[found], -found)) if years else None
    found = [entry.but(listed=_listed(entry, roster)) for entry in entries]
    older = _older(found)
    marked = [
        entry.but(marks=frozenset(_marks(entry, roster, year)) | ({DUPLICATE} if number in older else set()))
        for number, entry in enumerate(found)
    ]
    ranked = sorted(marked, key=_rank)
    there = {entry.listed.order for entry in ranked if entry.listed}
    missing = () if roster is None else tuple(unit for unit in roster.units if unit.order not in there)
    known = {name_of(entry) for entry in ranked} | {bare(entry.filing.unit.name) for entry in ranked if entry.filing}
    gone = tuple(
        name for name in before or () if bare(name) not in known and not (roster is not None and roster.find(name))
    )
    return Collection(tuple(ranked), roster, missing, gone, year, tuple(notes))


def _listed(entry: Entry, roster: Roster | None) -> Listed | None:
    """Return the line of the list that a file belongs to: by the unit it names, else by its own name."""
    if roster is None:
        return None
    named = roster.find(entry.filing.unit.name) if entry.filing and entry.filing.unit.name else None
    return named or (None if entry.filing and entry.filing.unit.name else roster.find(entry.stem))


def _older(entries: Sequence[Entry]) -> set[int]:
    """Return which files a newer readable one of the same unit and year takes the place of, by their numbers."""
    groups: dict[tuple[str, int | None], list[int]] = {}
    for number, entry in enumerate(entries):
        if entry.filing is not None and (entry.listed or entry.filing.unit.name):
            groups.setdefault((name_of(entry), entry.filing.year), []).append(number)
    several = [numbers for numbers in groups.values() if len(numbers) > 1]
    return {number for numbers in several for number in sorted(numbers, key=lambda at: _newest(entries[at]))[:-1]}


def _newest(entry: Entry) -> tuple[float, str]:
    return _came(entry), entry.file


def _came(entry: Entry) -> float:
    return entry.received.timestamp() if entry.received else 0.0


def _marks(entry: Entry, roster: Roster | None, year: int | None) -> Iterator[str]:
    if roster is not None and entry.listed is None:
        yield STRANGER
    due = _due(entry)
    if due and entry.received and entry.received.date() > due:
        yield LATE
    if entry.filing is not None and year is not None:
        try:
            in_force = edition_for(year).id
        except EditionNotFound:
            return
        if base_id(entry.filing.edition) != in_force:
            yield OLD_FORM


def _due(entry: Entry) -> dt.date | None:
    """Return by which day a file was to be there: the list's, else the county's demand for its kind of unit; None without."""
    if entry.listed and entry.listed.due:
        return entry.listed.due
    filing = entry.filing
    profile = profile_of(filing.edition) if filing else None
    if filing is None or profile is None or filing.year is None or entry.kind_is_whole:
        return None
    return profile.hand_in_for(filing.unit.kind, filing.year)


def _rank(entry: Entry) -> tuple[int, str, bool, float]:
    order = entry.listed.order if entry.listed else 1_000_000
    return order, name_of(entry), DUPLICATE in entry.marks, -_came(entry)
