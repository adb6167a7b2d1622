"""All that a county was handed, held against its list: the county's order, who is missing, late, twice, or not on the list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from gk_xl.desk.entry import (
    BESIDE,
    DUPLICATE,
    FAILED,
    INSIDE,
    LATE,
    LATER_YEAR,
    MISNAMED,
    OLD_FORM,
    OTHER_YEAR,
    STRANGER,
    TIED,
    UNREADABLE,
    Entry,
)
from gk_xl.desk.roster import bare
from gk_xl.desk.same_at_sight import at_once, misnamed
from gk_xl.errors import EditionNotFound
from gk_xl.form.load import base_id, edition_for
from gk_xl.form.profile import profile_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from gk_xl.desk.roster import Listed, Roster
    from gk_xl.desk.same_at_sight import Misnamed
    from gk_xl.form.filing import Filing


class Twice(NamedTuple):
    """A unit that handed in more than once: the newest file counts, the others are named and left out of every sum."""

    kept: Entry
    others: tuple[Entry, ...]

    @property
    def tied(self) -> tuple[Entry, ...]:
        """The others that have the date of the one that is kept: which of them is the newest is not known."""
        return tuple(entry for entry in self.others if TIED in entry.marks)


@dataclass(frozen=True)
class Collection:
    """The files in the county's order (a unit's file that counts before its others), the list, and who is not there.

    ``missing`` are units of the list without a file, ``gone`` names of last year's units that neither handed in nor
    stand on the list, ``year`` the year that most files are on, ``notes`` what was passed over while looking for files,
    ``misnamed`` which files have another unit's name.
    """

    entries: tuple[Entry, ...]
    roster: Roster | None = None
    missing: tuple[Listed, ...] = ()
    gone: tuple[str, ...] = ()
    year: int | None = None
    notes: tuple[str, ...] = ()
    misnamed: tuple[Misnamed, ...] = ()

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
        """The files that could not be read, and that are all there is of their unit."""
        return tuple(entry for entry in self.entries if entry.status == UNREADABLE)

    @property
    def of_other_years(self) -> tuple[Entry, ...]:
        """The files of units that reported on an earlier year than is asked for, and on this one not."""
        return self.marked(OTHER_YEAR)

    @property
    def beside(self) -> tuple[Entry, ...]:
        """The files that lie beside the one that stands for their unit: of another year, or not to be read."""
        return self.marked(BESIDE)

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
    entries, totals = _without_totals(entries, roster)
    found = [entry.but(listed=_listed(entry, roster)) for entry in entries]
    year = _year(found)
    wrong = {id(entry): told for entry, told in misnamed(found, roster)}
    marked = [
        entry.but(marks=marks | {MISNAMED} if id(entry) in wrong else marks)
        for entry, marks in zip(found, _all_marks(found, roster, year), strict=True)
    ]
    ranked = sorted(marked, key=_rank)
    there = {entry.listed.order for entry in ranked if entry.listed}
    missing = () if roster is None else tuple(unit for unit in roster.units if unit.order not in there)
    known = {name_of(entry) for entry in ranked} | {bare(entry.filing.unit.name) for entry in ranked if entry.filing}
    gone = tuple(
        name for name in before or () if bare(name) not in known and not (roster is not None and roster.find(name))
    )
    return Collection(tuple(ranked), roster, missing, gone, year, (*notes, *totals), tuple(wrong.values()))


def _year(entries: Sequence[Entry]) -> int | None:
    """Return the year that is collected: the one of most files, or a later one of units that have an earlier one here, too.

    So where last year's reports lie beside this year's, the first to come this year are not taken for wrong.
    """
    units: dict[str, set[int]] = {}
    years = Counter[int]()
    for number, entry in enumerate(entries):
        if entry.filing is not None and entry.filing.year:
            years[entry.filing.year] += 1
            units.setdefault(name_of(entry) if entry.named else str(number), set()).add(entry.filing.year)
    most = min(years, key=lambda found: (-years[found], -found), default=None)
    enough = min(3, -(-len(units) // 2))
    for later in sorted((year for year in years if most and year > most), reverse=True):
        having = [found for found in units.values() if later in found]
        if len(having) >= enough and 2 * sum(min(found) < later for found in having) >= len(having):
            return later
    return most


def _without_totals(entries: Sequence[Entry], roster: Roster | None) -> tuple[list[Entry], list[str]]:
    """Return files without what this tool summed up from the others, and a sentence for each of those.

    A county's total is a report like any other where its units' reports do not lie beside it.
    """
    if not any(entry.filing and entry.filing.summed for entry in entries):
        return [*entries], []
    there = {
        name_of(entry.but(listed=_listed(entry, roster)))
        for entry in entries
        if entry.filing and not entry.filing.summed
    }
    kept, said = [], []
    for entry in entries:
        units = {bare(unit) for unit in entry.filing.summed} if entry.filing else set()
        if units and 2 * len(units & there) >= len(units):
            said.append(f"“{entry.file}”是由这里各单位的报告汇总出来的，不算报送的文件。")
        else:
            kept.append(entry)
    return kept, said


def _listed(entry: Entry, roster: Roster | None) -> Listed | None:
    """Return the line of the list that a file belongs to: by the unit it names, else by its own name."""
    if roster is None:
        return None
    if entry.filing and entry.filing.unit.name:
        return roster.find(entry.filing.unit.name)
    places = reversed(entry.file.replace(INSIDE, "/").split("/")[:-1])  # 甲乡.zip, a folder of the unit's own
    return next(filter(None, map(roster.find_file, (entry.stem, *(name.strip() for name in places)))), None)


def _all_marks(entries: Sequence[Entry], roster: Roster | None, year: int | None) -> Iterator[frozenset[str]]:
    """Yield the marks of each file: one of a unit's stands for it, the others are set aside."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.named:
            groups.setdefault(name_of(entry), []).append(entry)
    standing = {name: max(together, key=lambda other: _standing(other, year)) for name, together in groups.items()}
    for entry in entries:
        stands = standing[name_of(entry)] if entry.named else entry
        if entry is stands:
            together = groups[name_of(entry)] if entry.named else [entry]
            tied = {TIED} if any(_tied(entry, other) for other in together) else set()
            yield frozenset({*_marks(entry, together, roster, year), *tied})
        elif entry.filing is not None and stands.filing is not None and entry.filing.year == stands.filing.year:
            tied = {TIED} if _tied(stands, entry) else set()
            yield frozenset({DUPLICATE, *_marks(entry, [entry], roster, year), *tied})
        else:
            yield frozenset({BESIDE})


def _tied(stands: Entry, other: Entry) -> bool:
    """Return whether a unit's other file of the year may be the newer one."""
    same_year = stands.filing is not None and other.filing is not None and stands.filing.year == other.filing.year
    return other is not stands and same_year and at_once(stands, other)


def _standing(entry: Entry, year: int | None) -> tuple[bool, int, float, str]:
    """Return what sorts the files of a unit, the one that stands for it last: of the year asked for, readable, newest."""
    of = entry.filing.year or 0 if entry.filing else -1
    return entry.filing is not None and entry.filing.year == year, of, _came(entry), entry.file


def _came(entry: Entry) -> float:
    return entry.received.timestamp() if entry.received else 0.0


def _marks(entry: Entry, together: Sequence[Entry], roster: Roster | None, year: int | None) -> Iterator[str]:
    """Yield what is to be said of a file; ``together`` are all files of its unit: the first to come was in time or late."""
    if roster is not None and entry.listed is None:
        yield STRANGER
    due = _due(entry)
    came = [other.received for other in together if other.received and _tells(other, entry)]
    if due and came and min(came).date() > due:
        yield LATE
    if entry.filing is None or entry.filing.year is None or year is None:
        return
    if entry.filing.year != year:
        yield OTHER_YEAR if entry.filing.year < year else LATER_YEAR
        return
    try:
        in_force = edition_for(year).id
    except EditionNotFound:
        return
    if base_id(entry.filing.edition) != in_force:
        yield OLD_FORM


def _tells(other: Entry, entry: Entry) -> bool:
    """Return whether a unit's other file tells when it handed in: one of the same year, or one that could not be read."""
    return other.filing is None or entry.filing is None or other.filing.year == entry.filing.year


def _due(entry: Entry) -> dt.date | None:
    """Return by which day a file was to be there: the list's, else the county's demand for its kind of unit; None without."""
    if entry.listed and entry.listed.due:
        return entry.listed.due
    filing = entry.filing
    profile = profile_of(filing.edition) if filing else None
    if filing is None or profile is None or filing.year is None or entry.kind_is_whole:
        return None
    return profile.hand_in_for(filing.unit.kind, filing.year)


def _rank(entry: Entry) -> tuple[int, str, bool, bool, float]:
    order = entry.listed.order if entry.listed else 1_000_000
    return order, name_of(entry), BESIDE in entry.marks, DUPLICATE in entry.marks, -_came(entry)
