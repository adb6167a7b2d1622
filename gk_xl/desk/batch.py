"""Many files in one pass: each read, held against its unit's last year where that is known, and checked."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gk_xl.checks.run import joined
from gk_xl.checks.text_rules.shared import shared
from gk_xl.errors import GkXlError
from gk_xl.form.door import clean_text
from gk_xl.form.units import unit_kinds
from gk_xl.intake import Received, inspect, one_of_many, receive
from gk_xl.workbook.build import content_for
from gk_xl.workbook.sheets.cover import verdict_text
from gk_xl.workbook.sheets.results import result_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from gk_xl.form.filing import Filing
    from gk_xl.form.finding import CheckResult, Finding
    from gk_xl.form.profile import Profile
    from gk_xl.workbook.content import Content
    from gk_xl.workbook.sheets.results import ResultLine

UNREADABLE, FAILED, ASKED, PASSED = "读不了", "未通过", "请确认", "通过"
OUTCOMES = (UNREADABLE, FAILED, ASKED, PASSED)
"""What a file comes to, gravest first."""


@dataclass(frozen=True)
class Checked:
    """One file with what came of it: the filing and its result, or the reason why it could not be read."""

    path: Path
    received: Received | None = None
    result: CheckResult | None = None
    last: Filing | None = None
    problem: str = ""

    @property
    def outcome(self) -> str:
        """One of ``OUTCOMES``."""
        if self.result is None:
            return UNREADABLE
        counts = self.result.counts
        return FAILED if counts["error"] else ASKED if counts["warning"] else PASSED

    @property
    def filing(self) -> Filing | None:
        """What the unit reported; None when the file could not be read."""
        return None if self.received is None else self.received.filing

    @property
    def unit(self) -> str:
        """The unit's name; where none is given, the file's."""
        return (self.filing.unit.name if self.filing else "") or clean_text(self.path.stem)

    @property
    def file(self) -> str:
        """The file's name as it can be written anywhere."""
        return clean_text(self.path.name)

    @property
    def kind(self) -> str:
        """The kind of unit as a clerk reads it."""
        found = unit_kinds().get(self.filing.unit.kind) if self.filing else None
        return found.label if found else ""

    @property
    def kind_is_whole(self) -> bool:
        """Whether the unit is a government whose report is the sum of others."""
        found = unit_kinds().get(self.filing.unit.kind) if self.filing else None
        return found is not None and found.whole

    @property
    def content(self) -> Content | None:
        """What the unit's workbook would show."""
        if self.filing is None:
            return None
        return content_for(self.filing, self.last, self.result)

    @property
    def verdict(self) -> str:
        """The verdict in one line, or why there is none."""
        return verdict_text(self.content) if self.content else self.problem

    def lines(self) -> Iterator[ResultLine]:
        """Yield what 校验结果 lists, line by line, the same words that the unit's own clerk reads."""
        if self.content:
            yield from result_lines(self.content)


def check_files(
    files: Sequence[Path],
    before: Mapping[str, Filing] | None = None,
    progress: Callable[[int, int, Path], None] | None = None,
    profile: Profile | None = None,
) -> list[Checked]:
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
            found.append(Checked(path, problem=clean_text(problem)))
    return held_together(found)


def held_together(found: Sequence[Checked]) -> list[Checked]:
    """Return the files with what is told of one beside another: a text that is another unit's."""
    told: dict[int, list[Finding]] = {}
    groups: dict[tuple[str, int | None], list[int]] = {}
    for number, item in enumerate(found):
        if item.filing is not None:
            groups.setdefault((item.filing.edition, item.filing.year), []).append(number)
    for numbers in groups.values():
        for at, finding in shared([filing for number in numbers if (filing := found[number].filing)]):
            told.setdefault(numbers[at], []).append(finding)
    return [_with(item, told[number]) if number in told else item for number, item in enumerate(found)]


def _with(item: Checked, more: Sequence[Finding]) -> Checked:
    """Return a file with more findings."""
    if item.received is None or item.result is None:
        return item
    placed = [finding.at(item.received.where(finding)) for finding in more]
    return replace(item, result=joined(item.result, item.received.filing, placed))


def _checked(path: Path, before: Mapping[str, Filing], profile: Profile | None) -> Checked:
    """Return one file with all that is told of it, made here so that nothing can go wrong later on."""
    received = receive(path, profile)
    last = before.get(received.filing.unit.name) or received.last
    item = Checked(path, received, inspect(received, last), last)
    deque(item.lines(), maxlen=0)
    return item


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


def remarks(found: Sequence[Checked]) -> Iterator[str]:
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
    opened = [item.file for item in found if item.received and item.received.open_elsewhere]
    if opened:
        yield f"正在别的程序里打开，校验的是已保存的内容：{'、'.join(opened)}。"
