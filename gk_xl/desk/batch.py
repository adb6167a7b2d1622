"""A county's files in one go: the list, last year's, this year's, each checked, and what one beside another tells."""

from __future__ import annotations

import hashlib
import pickle
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import rule
from gk_xl.checks.run import joined
from gk_xl.checks.text_rules.content.copies_in_folder import shared
from gk_xl.checks.text_rules.content.sketches import sketches
from gk_xl.desk.collection import collect
from gk_xl.desk.context import Context, LastYear, last_year
from gk_xl.desk.entry import OTHER_YEAR, Entry
from gk_xl.desk.examining import told
from gk_xl.desk.gathering import gather, nothing_in, roster_in
from gk_xl.desk.light import Counted
from gk_xl.desk.noted import with_noted
from gk_xl.desk.packing import known
from gk_xl.desk.roster_file import read_roster
from gk_xl.desk.running import Run
from gk_xl.desk.same_numbers import same_numbers
from gk_xl.desk.store import rules_version
from gk_xl.errors import GkXlError
from gk_xl.form.finding import CheckResult
from gk_xl.workbook.build import content_for
from gk_xl.workbook.files import may_be_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from gk_xl.checks.text_rules.content.sketches import Sketch
    from gk_xl.desk.collection import Collection
    from gk_xl.desk.examining import Send
    from gk_xl.desk.roster import Roster
    from gk_xl.desk.running import Progress
    from gk_xl.desk.store import Store
    from gk_xl.form.filing import Filing
    from gk_xl.form.finding import Finding
    from gk_xl.form.profile import Profile


ANOTHER_YEAR: Final = "X-77"


@dataclass(frozen=True)
class Means:
    """How a run goes: the store of earlier results, how many processes (None: one a core), a cluster in their place."""

    store: Store | None = None
    workers: int | None = None
    cluster: Callable[[Context], Send] | None = None
    progress: Callable[[Progress], None] | None = None

    def run(self, context: Context, *, whole: bool = True) -> Run:
        """Return a run under some context; ``whole`` entries are given, or what the tables need of each."""
        return Run(context, self.store, self.workers, self.cluster, self.progress, whole=whole)


@dataclass(frozen=True)
class HandedIn:
    """All that was handed in, last year's filings by the unit's name, and a sentence for each thing that was not read."""

    collection: Collection
    before: Mapping[str, Filing] = field(default_factory=dict)
    unread: tuple[str, ...] = ()


def handed_in(
    paths: Sequence[Path],
    last: Sequence[Path] = (),
    roster: Path | None = None,
    profile: Profile | None = None,
    passed_over: Sequence[Path] = (),
    means: Means = Means(),
    each: Callable[[int, Entry], Entry] | None = None,
    noted: Mapping[str, Mapping[str, str]] | None = None,
) -> HandedIn:
    """Return what lies at some paths as a collection: read, checked, held against the list and against each other.

    ``last`` is where last year's reports lie, ``roster`` the list (else one in the folder), ``passed_over`` what is no
    filing; ``noted`` the reasons of :mod:`gk_xl.desk.noted`; ``each`` is given what the tables need of every entry as it comes, by its number, and returns what is to be kept.
    """
    unread: list[str] = []
    given = roster or roster_in(paths)
    known = _roster(given, None, unread, asked=roster is not None)
    pieces = gather(paths, [*passed_over, *last, *([given] if given else [])], look=False)
    before = _before(last, known, means, unread)
    found: dict[int, Entry] = {}
    run = means.run(Context(profile.text if profile else "", known, before), whole=each is None)
    with closing(run.entries(pieces)) as entries:
        for number, entry in entries:
            found[number] = each(number, entry) if each else entry
    named = {filing.unit.name: filing for filing in before.filings.values()}
    if not found:
        raise nothing_in(next(iter(paths)))
    ordered = [found[number] for number in sorted(found)]
    collection = collect(ordered, known, named, before.notes)
    if given is not None and known is not None and collection.year is not None:
        known = _roster(given, collection.year, [], asked=False)  # a day without a year is one of the year after
        collection = collect(ordered, known, named, [*(known.notes if known else ()), *before.notes])
    together = held_together([*with_noted(collection.entries, noted or {})], means.store)
    judged = tuple(
        of_another_year(entry, collection.year) if OTHER_YEAR in entry.marks else entry for entry in together
    )
    return HandedIn(replace(collection, entries=judged), named, tuple(unread))


def _roster(path: Path | None, year: int | None, unread: list[str], *, asked: bool) -> Roster | None:
    """Return the list; one that cannot be read is told. One that was asked for and is not there ends the work."""
    if path is None:
        return None
    try:
        return read_roster(path, year)
    except GkXlError as error:
        if asked and not may_be_file(path):
            raise
        unread.append(f"没有按名单核对：{error}")
        return None


def _before(paths: Sequence[Path], roster: Roster | None, means: Means, unread: list[str]) -> LastYear:
    """Return last year's filings; a file that cannot be read is told."""
    if not paths:
        return LastYear()
    entries = []
    run = means.run(Context(roster=roster, judged=False))
    with closing(run.entries(gather(paths))) as found:
        for _, entry in found:
            entries.append(entry)
            if entry.filing is None:
                unread.append(f"上年的文件没有读：{entry.file}：{entry.why}")
    return last_year(entries, roster)


def held_together(found: Sequence[Entry], store: Store | None = None) -> list[Entry]:
    """Return the files with what is told of one beside another; ``store`` may know that of the very same files."""
    mark = _mark(found) if store is not None else None
    data = store.together(mark) if store is not None and mark is not None else None
    more: dict[int, list[Finding]] = beside_each_other(found) if data is None else known(data)
    if store is not None and mark is not None and data is None:
        store.put_together(mark, pickle.dumps(more, 5))
    return [_with(item, more[number]) if number in more else item for number, item in enumerate(found)]


def _mark(found: Sequence[Entry]) -> bytes | None:
    """Return what tells files, in their order, from any others, and from what other rules say; None where that is not known of one."""
    if not all(item.origin for item in found):
        return None
    left_out = bytes(item.aside for item in found)
    return hashlib.blake2b(
        b"".join((rules_version(), left_out, *(item.origin for item in found))), digest_size=20
    ).digest()


def beside_each_other(found: Sequence[Entry]) -> dict[int, list[Finding]]:
    """Return what is told of one file beside another, by its number: a text, or all numbers, that are another unit's."""
    more: dict[int, list[Finding]] = {}
    groups: dict[tuple[str, int | None], list[int]] = {}
    for number, item in enumerate(found):
        if item.filing is not None and not item.aside:
            groups.setdefault((item.filing.edition, item.filing.year), []).append(number)
    for numbers in groups.values():
        filings = [filing for number in numbers if (filing := found[number].filing)]
        together = [found[number] for number in numbers]
        for at, finding in (*shared(filings, [_sketched(one) for one in together]), *same_numbers(together)):
            more.setdefault(numbers[at], []).append(finding)
    return more


def _sketched(entry: Entry) -> Sequence[Sketch]:
    """Return the sketches of an entry's text: those that came with it, else made now."""
    return entry.texts or (sketches(entry.filing) if entry.filing else ())


def of_another_year(item: Entry, year: int | None) -> Entry:
    """Return a file of another year than is asked for with that alone said of it: all else would be of a report nobody wants."""
    if item.filing is None or item.result is None:
        return item
    values = {"due": year, "year": item.filing.year}
    told = rule(ANOTHER_YEAR).finding(values, (), place="year")
    if isinstance(item.result, Counted):
        return _with(item, [told])
    alone = CheckResult(item.result.source, item.result.edition, ())
    return _with(item.but(result=alone, last=None), [told])


def _with(item: Entry, more: Sequence[Finding]) -> Entry:
    """Return a file with more findings."""
    if item.filing is None or item.result is None:
        return item
    form = content_for(item.filing, item.last).layout
    placed = [finding.at(form.where(finding.place or next(iter(finding.cells), ""))) for finding in more]
    joint = item.but(result=joined(item.result, item.filing, placed))
    return joint if isinstance(joint.result, Counted) else told(joint)
