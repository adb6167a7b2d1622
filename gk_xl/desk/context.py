"""What holds for all files of a run, and last year's filings among it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gk_xl.desk.roster import bare

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gk_xl.desk.entry import Entry
    from gk_xl.desk.roster import Roster
    from gk_xl.form.filing import Filing


@dataclass(frozen=True)
class LastYear:
    """Last year's filings, found by any name that a unit bears; ``digests`` tell one filing from another.

    ``notes`` say of which units there was more than one, and what was made of them.
    """

    filings: Mapping[str, Filing] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def name_for(self, unit: str, roster: Roster | None) -> str:
        """Return the name under which a unit's filing is kept; "" where there is none."""
        if not self.filings:
            return ""
        listed = roster.find(unit) if roster is not None and unit else None
        names = (unit, listed.name, *listed.aliases) if listed else (unit,)
        return next((name for name in map(bare, names) if name in self.filings), "")


def last_year(entries: Sequence[Entry], roster: Roster | None = None) -> LastYear:
    """Return filings as last year's, the newest of a unit; a unit of the list under the name that the list has.

    Where several units of last year are one now, their numbers are added up.
    """
    of: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.received.timestamp() if entry.received else 0.0):
        if entry.filing is not None and entry.filing.unit.name:
            listed = roster.last_year(entry.filing.unit.name) if roster else None
            of.setdefault(bare(listed.name if listed else entry.filing.unit.name), []).append(entry)
    filings: dict[str, Filing] = {}
    digests: dict[str, str] = {}
    notes: list[str] = []
    for name, together in of.items():
        newest: dict[str, Entry] = {}
        for entry in together:  # of two names of which one is short for the other both are one unit's
            own = bare(entry.unit)
            known = next((other for other in newest if _short(own, other)), own)
            _told_twice(newest.get(known), entry, notes)
            newest[known] = entry
        kept = sorted(newest.items(), key=lambda item: item[0] != name)
        filings[name], digests[name] = _one([entry for _, entry in kept], notes)
    return LastYear(filings, digests, tuple(notes))


def _short(one: str, other: str) -> bool:
    """Return whether of two names one is short for the other: its characters stand in the other in their order."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(character in rest for character in short)


def _told_twice(before: Entry | None, entry: Entry, notes: list[str]) -> None:
    """Say of a unit's two reports on one year, where they are not the same file, which one is used."""
    if before is None or before.filing is None or entry.filing is None or before.digest == entry.digest:
        return
    if before.filing.year == entry.filing.year:
        notes.append(f"上年的“{entry.unit}”不止一份：与今年的比较用“{entry.file}”，没有用“{before.file}”。")


def _one(kept: Sequence[Entry], notes: list[str]) -> tuple[Filing, str]:
    """Return last year's filing of a unit, and its digest; the sum, under the first one's name, of several that are now one."""
    first, *others = kept
    base = first.filing
    assert base is not None
    joined = [entry for entry in others if entry.filing is not None and entry.filing.year == base.year]
    if not joined:
        return base, first.digest
    from gk_xl.desk.breaking import added  # few lists have units that were merged

    filings = [base, *(entry.filing for entry in joined if entry.filing is not None)]
    named = "、".join(f"{entry.unit}（{entry.file}）" for entry in (first, *joined))
    notes.append(f"上年有 {len(filings)} 个单位今年合为一个，上年的数按它们的合计比：{named}。")
    sums = added(base.form, filings)
    return replace(base, cells={**base.cells, **sums}), "+".join(entry.digest for entry in (first, *joined))


@dataclass(frozen=True)
class Context:
    """What holds for all files of a run: the profile given (its TOML), the list, last year's filings, whether to check."""

    profile: str = ""
    roster: Roster | None = None
    before: LastYear = LastYear()
    judged: bool = True

    def depends(self, unit: str) -> str:
        """Return what of the run a unit's result depends on, beside its own file."""
        listed = self.roster.find(unit) if self.roster is not None and unit else None
        kind = f"{listed.kind if listed else ''}|{self.roster.level_of(unit) if self.roster is not None else ''}"
        return f"{self.judged:d}|{self.before.digests.get(self.before.name_for(unit, self.roster), '')}|{kind}"
