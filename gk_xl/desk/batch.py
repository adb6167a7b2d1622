"""Many files in one pass: each read, held against its unit's last year where that is known, and checked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gk_xl.checks.run import joined
from gk_xl.checks.text_rules.shared import shared
from gk_xl.desk.entry import DUPLICATE, Entry
from gk_xl.errors import GkXlError
from gk_xl.form.door import clean_text
from gk_xl.intake import inspect, one_of_many, receive
from gk_xl.workbook.build import content_for
from gk_xl.workbook.sheets.cover import verdict_text
from gk_xl.workbook.sheets.results import result_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from gk_xl.form.filing import Filing
    from gk_xl.form.finding import Finding
    from gk_xl.form.profile import Profile


def check_files(
    files: Sequence[Path],
    before: Mapping[str, Filing] | None = None,
    progress: Callable[[int, int, Path], None] | None = None,
    profile: Profile | None = None,
) -> list[Entry]:
    """Return the outcome of every file, in the order given; ``before`` holds last year's filings by unit.

    ``progress`` is told how many of how many are under way; ``profile`` holds for all where one is given. A file that cannot be read is an outcome, too.
    """
    found = []
    for number, path in enumerate(files, start=1):
        if progress:
            progress(number, len(files), path)
        try:
            with one_of_many(path):
                found.append(_checked(path, before or {}, profile))
        except GkXlError as error:
            problem = str(error).replace(str(path), path.name)  # the unit has other folders
            found.append(Entry(path, problem=clean_text(problem), verdict=clean_text(problem)))
    return held_together(found)


def held_together(found: Sequence[Entry]) -> list[Entry]:
    """Return the files with what is told of one beside another: a text that is another unit's."""
    more: dict[int, list[Finding]] = {}
    groups: dict[tuple[str, int | None], list[int]] = {}
    for number, item in enumerate(found):
        if item.filing is not None and DUPLICATE not in item.marks:
            groups.setdefault((item.filing.edition, item.filing.year), []).append(number)
    for numbers in groups.values():
        for at, finding in shared([filing for number in numbers if (filing := found[number].filing)]):
            more.setdefault(numbers[at], []).append(finding)
    return [_with(item, more[number]) if number in more else item for number, item in enumerate(found)]


def _with(item: Entry, more: Sequence[Finding]) -> Entry:
    """Return a file with more findings."""
    if item.filing is None or item.result is None:
        return item
    placed = [finding.at(content_for(item.filing, item.last).layout.where(finding.place or "")) for finding in more]
    return told(replace(item, result=joined(item.result, item.filing, placed)))


def _checked(path: Path, before: Mapping[str, Filing], profile: Profile | None) -> Entry:
    """Return one file with all that is told of it, made here so that nothing can go wrong later on."""
    received = receive(path, profile)
    filing = received.filing
    last = before.get(filing.unit.name) or received.last
    elsewhere = received.open_elsewhere
    return told(
        Entry(
            path,
            format=received.format,
            filing=filing,
            last=last,
            result=inspect(received, last),
            open_elsewhere=elsewhere,
        )
    )


def told(item: Entry) -> Entry:
    """Return a file with the verdict and the lines that its result comes to."""
    content = item.content
    return item if content is None else replace(item, lines=tuple(result_lines(content)), verdict=verdict_text(content))


def by_unit(files: Iterable[Path], unreadable: Callable[[Path, str], None] | None = None) -> dict[str, Filing]:
    """Return filings by the name of their unit.

    ``unreadable`` is told of each file that cannot be read, and the others go on; without it, GkXlError.
    """
    found: dict[str, Filing] = {}
    for path in files:
        try:
            with one_of_many(path):
                filing = receive(path).filing
        except GkXlError as error:
            if unreadable is None:
                raise
            unreadable(path, str(error))
            continue
        if filing.unit.name:
            found[filing.unit.name] = filing
    return found


def remarks(found: Sequence[Entry]) -> Iterator[str]:
    """Yield what strikes one about the files together: one unit twice, several years or editions, drafts still open."""
    names: dict[str, list[str]] = {}
    for item in found:
        if item.filing and item.filing.unit.name:
            names.setdefault(item.filing.unit.name, []).append(item.file)
    for name, files in names.items():
        if len(files) > 1:
            yield f"“{name}”有 {len(files)} 份：{'、'.join(files)}，请只留一份。"
    years: dict[str, int] = {}
    for item in found:
        if item.filing:
            year = "年度未填" if item.filing.year is None else f"{item.filing.year} 年度"
            years[year] = years.get(year, 0) + 1
    if len(years) > 1:
        told = "，".join(f"{year} {count} 份" for year, count in sorted(years.items()))
        yield f"报告年度不一致：{told}。"
    opened = [item.file for item in found if item.open_elsewhere]
    if opened:
        yield f"正在别的程序里打开，校验的是已保存的内容：{'、'.join(opened)}。"
