"""Which filings a county's sum is made of, and the tables (pandas) that summary, page and brief are written from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gk_xl.desk.entry import DUPLICATE, STRANGER
from gk_xl.errors import EditionNotFound
from gk_xl.form.load import base_id, edition_for, load_edition
from gk_xl.form.profile import profile_of
from gk_xl.form.units import unit_kinds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gk_xl.desk.collection import Collection
    from gk_xl.desk.entry import Entry
    from gk_xl.form.schema import Edition

LEVELS = ("township", "county", "city", "province", "state")


def of_the_year(collection: Collection) -> tuple[Entry, ...]:
    """Return the newest file of each unit that reports on the year of the collection."""
    return tuple(
        entry for entry in collection.counted if entry.filing is not None and entry.filing.year == collection.year
    )


def county_report(collection: Collection) -> Entry | None:
    """Return the report that adds up the others, where one was handed in with them: the one government above them all.

    In a city's folder that is the city's; its counties' reports are then parts of the sum.
    """
    whole = [entry for entry in of_the_year(collection) if entry.kind_is_whole]
    top = max((_level(entry) for entry in whole), default=-1)
    highest = [entry for entry in whole if _level(entry) == top]
    others = len(of_the_year(collection)) > len(highest)
    return highest[0] if len(highest) == 1 and others else None


def _level(entry: Entry) -> int:
    kind = unit_kinds().get(entry.filing.unit.kind) if entry.filing else None
    return LEVELS.index(kind.level) if kind else -1


def members(collection: Collection) -> tuple[Entry, ...]:
    """Return the files that the county's sum is made of, those that did not pass among them, in the county's order.

    Left out are the county's own report, a stranger to the list, an older file of a unit, another year's.
    """
    whole = county_report(collection)
    return tuple(entry for entry in of_the_year(collection) if entry is not whole and STRANGER not in entry.marks)


def left_out(collection: Collection) -> tuple[tuple[Entry, str], ...]:
    """Return the files that were read and are in no sum, each with the reason."""
    found = []
    inside = {id(entry) for entry in members(collection)}
    for entry in collection.entries:
        if entry.filing is None or id(entry) in inside:
            continue
        if DUPLICATE in entry.marks:
            reason = "同一单位有更新的一份"
        elif entry.filing.year != collection.year:
            reason = "年度未填" if entry.filing.year is None else f"是 {entry.filing.year} 年度的"
        elif STRANGER in entry.marks:
            reason = "不在名单上"
        else:
            reason = "汇总报告，不是所辖单位"
        found.append((entry, reason))
    return tuple(found)


def edition_of(collection: Collection) -> Edition | None:
    """Return the form of the year, with the annexes of the county's profile where the filings have them; None without a year."""
    if collection.year is None:
        return None
    try:
        statutory = edition_for(collection.year).id
    except EditionNotFound:
        return None
    for entry in members(collection) or of_the_year(collection):
        edition = entry.filing.edition if entry.filing else ""
        if base_id(edition) == statutory and profile_of(edition) is not None:
            return load_edition(edition)
    return load_edition(statutory)


def values_table(entries: Sequence[Entry], edition: Edition) -> Any:
    """Return the numbers as a table: a row a file (by its place), a column a cell; what is blank or a text is NaN."""
    import numpy as np
    import pandas as pd

    held = np.full((len(entries), len(edition.cells)), np.nan)
    for row, entry in enumerate(entries):
        if entry.filing is not None:
            held[row] = [np.nan if (number := entry.filing.number(cell)) is None else number for cell in edition.cells]
    return pd.DataFrame(held, columns=list(edition.cells))


def findings_table(entries: Sequence[Entry]) -> Any:
    """Return what stands against the files: a row a finding with ``at`` (the file's place), unit, code and level.

    Hints, what cannot be judged and what is answered with a reason are no problems.
    """
    import pandas as pd

    rows = [
        (number, entry.unit, finding.code, finding.severity.level, finding.cells[0] if finding.cells else "")
        for number, entry in enumerate(entries)
        for finding in (entry.result.findings if entry.result else ())
        if finding.severity.level > 1 and not finding.waived
    ]
    return pd.DataFrame(rows, columns=["at", "unit", "code", "level", "cell"])


def matrix(entries: Sequence[Entry]) -> Mapping[int, Mapping[str, int]]:
    """Return how many places each file has of each problem: by the file's place, by code; files without any are not in it."""
    import pandas as pd

    found = findings_table(entries)
    if found.empty:
        return {}
    counts = pd.crosstab(found["at"], found["code"])
    return {
        int(at): {str(code): int(count) for code, count in row.items() if count}
        for at, row in counts.to_dict(orient="index").items()
    }
