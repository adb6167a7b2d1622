"""What holds for all files of a run, and last year's filings among it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gk_xl.desk.roster import bare

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gk_xl.desk.entry import Entry
    from gk_xl.desk.roster import Roster
    from gk_xl.form.filing import Filing


@dataclass(frozen=True)
class LastYear:
    """Last year's filings, found by any name that a unit bears; ``digests`` tell one filing from another."""

    filings: Mapping[str, Filing] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)

    def name_for(self, unit: str, roster: Roster | None) -> str:
        """Return the name under which a unit's filing is kept; "" where there is none."""
        if not self.filings:
            return ""
        listed = roster.find(unit) if roster is not None and unit else None
        names = (unit, listed.name, *listed.aliases) if listed else (unit,)
        return next((name for name in map(bare, names) if name in self.filings), "")


def last_year(entries: Sequence[Entry], roster: Roster | None = None) -> LastYear:
    """Return filings as last year's, the newest of a unit; a unit of the list under the name that the list has."""
    filings, digests = {}, {}
    for entry in sorted(entries, key=lambda entry: entry.received.timestamp() if entry.received else 0.0):
        if entry.filing is not None and entry.filing.unit.name:
            listed = roster.find(entry.filing.unit.name) if roster else None
            name = bare(listed.name if listed else entry.filing.unit.name)
            filings[name], digests[name] = entry.filing, entry.digest
    return LastYear(filings, digests)


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
        kind = listed.kind if listed else ""
        return f"{self.judged:d}|{self.before.digests.get(self.before.name_for(unit, self.roster), '')}|{kind}"
