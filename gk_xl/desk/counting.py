"""Which filings a county's sum is made of, and what summary, page and brief count over them."""

from __future__ import annotations

from collections import Counter
from math import fsum
from typing import TYPE_CHECKING

from gk_xl.checks.catalogue import tidy
from gk_xl.desk.aside import told
from gk_xl.desk.cellrow import values_of
from gk_xl.desk.entry import DUPLICATE, STRANGER
from gk_xl.errors import EditionNotFound
from gk_xl.form.load import base_id, edition_for, load_edition
from gk_xl.form.profile import profile_of
from gk_xl.form.units import GOVERNMENT, level_word, unit_kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gk_xl.desk.collection import Collection
    from gk_xl.desk.entry import Entry
    from gk_xl.form.filing import Filing
    from gk_xl.form.schema import CellId, Edition, Value

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


def word_of(found: Sequence[Entry], county: Entry | None) -> str:
    """Return how the level is called that adds up some filings: 县, 市, 省; by its own report, else by what most of them are below.

    A government reports to the level above it, a department to the government of its own.
    """
    if county is not None and county.filing is not None:
        return level_word(county.filing.unit.kind)
    kinds = [unit_kinds()[entry.filing.unit.kind] for entry in found if entry.filing and entry.kind]
    levels = [LEVELS[LEVELS.index(kind.level) + (kind.organ == GOVERNMENT)] for kind in kinds]
    level = max(levels, key=levels.count, default="")
    return next((level_word(kind.id) for kind in unit_kinds().values() if kind.level == level), level_word(""))


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


def totals(filings: Iterable[Filing], edition: Edition) -> dict[CellId, float]:
    """Return the sum of each cell of a form over some filings; none for a cell that nobody tells."""
    rows = [values_of(filing, edition) for filing in filings]
    columns = zip(edition.cells, zip(*rows, strict=True), strict=True) if rows else ()
    return {cell: tidy(total) for cell, column in columns if (total := _sum(column)) is not None}


def _sum(column: tuple[Value, ...]) -> float | None:
    """Return the sum of the numbers among some values; None where there is none."""
    numbers = [value for value in column if value is not None and not isinstance(value, str)]
    return fsum(numbers) if numbers else None


def standing(entry: Entry) -> list[tuple[str, int]]:
    """Return the rule and the level of what stands against a file.

    Hints, what cannot be judged and what is answered with a reason are no problems.
    """
    return [(code, level) for code, level, waived in told(entry.result) if level > 1 and not waived]


def matrix(entries: Sequence[Entry]) -> Mapping[int, Mapping[str, int]]:
    """Return how many places each file has of each problem: by the file's place, by code; files without any are not in it."""
    found = ((at, Counter(code for code, _ in standing(entry))) for at, entry in enumerate(entries))
    return {at: codes for at, codes in found if codes}
