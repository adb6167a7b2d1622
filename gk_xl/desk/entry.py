"""One file that was handed in, with all that came of it: the record that summary, slips and county report are made from."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gk_xl.desk.roster import names_in
from gk_xl.form.cleaning import clean_text
from gk_xl.form.units import possible_kinds, unit_kinds
from gk_xl.workbook.build import content_for

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from gk_xl.checks.text_rules.content.sketches import Sketch
    from gk_xl.desk.roster import Listed
    from gk_xl.form.filing import Filing
    from gk_xl.form.finding import CheckResult
    from gk_xl.workbook.content import Content
    from gk_xl.workbook.sheets.results import ResultLine

UNREADABLE, FAILED, ASKED, PASSED = "读不了", "未通过", "请确认", "通过"
"""What a file comes to, gravest first."""
MISSING: Final = "未交"
"""What stands for the outcome of a unit that handed in no file."""
DUPLICATE, BESIDE, OTHER_YEAR, LATER_YEAR = "重复", "另有", "年度不符", "年度待核"
OLD_FORM, LATE, STRANGER = "旧表样", "迟交", "名单外"
TIED, MISNAMED = "先后不明", "文件名不符"
MARKS = (DUPLICATE, BESIDE, OTHER_YEAR, LATER_YEAR, OLD_FORM, LATE, STRANGER, TIED, MISNAMED)
"""What else is to be said of a file, beside its outcome. ``BESIDE`` the unit's file lies one of another year, or one that cannot be read;
``TIED`` another of the unit has the same date, ``MISNAMED`` its name is another unit's; ``OTHER_YEAR`` is before the one asked for, ``LATER_YEAR`` behind it: who reports on that may be right, and the others late."""
INSIDE: Final = "›"
"""Between an archive's name and the name of the file in it."""


FindingRow = tuple[
    str, str, bool, "str | None", "str | None", "str | None", "float | None", "float | None", "float | None", str
]


class Rows(NamedTuple):
    """A file's cells in the order of its form's tables, and its findings, as the tables have them.

    ``values`` and ``last`` (last year's; empty without) are doubles, NaN where there is no number; ``texts`` are the
    values that are none, by their place.
    """

    values: bytes
    texts: tuple[tuple[int, str], ...]
    last: bytes
    findings: tuple[FindingRow, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One file with its filing, last year's, and what the check says; or with the ``problem`` why it could not be read.

    ``member`` is the name within an archive, ``folder`` where the collection begins, ``format`` what kind of file it is,
    ``received`` when it was last changed (local time), ``digest`` the SHA-256 of its content. ``lines`` are those of
    校验结果, ``verdict`` its verdict, ``notes`` what reading a published report had to guess or leave out.
    ``marks`` are some of ``MARKS``, ``listed`` the line of the roster that the file belongs to. ``texts`` are the sketches of
    its text where they are known, ``rows`` its rows for the tables where only these were asked for, ``numbers`` what is left of them; ``noted`` the keys of reasons that the office gave;
    ``origin`` tells the
    file and what it was read and judged by from any other, empty where that is not known.
    """

    path: Path
    member: str = ""
    folder: Path | None = None
    format: str = ""
    received: dt.datetime | None = None
    digest: str = ""
    filing: Filing | None = None
    last: Filing | None = None
    result: CheckResult | None = None
    lines: Sequence[ResultLine] = ()
    verdict: str = ""
    problem: str = ""
    notes: tuple[str, ...] = ()
    open_elsewhere: bool = False
    marks: frozenset[str] = frozenset()
    listed: Listed | None = None
    texts: Sequence[Sketch] = field(default=(), compare=False)
    rows: Rows | None = None
    numbers: bytes = field(default=b"", compare=False)
    noted: frozenset[str] = frozenset()
    origin: bytes = field(default=b"", compare=False)

    def but(self, **changes: Any) -> Entry:
        """Return the file with other values in some fields, as ``dataclasses.replace`` does in five times the time."""
        found, put = object.__new__(Entry), object.__setattr__
        for name in Entry.__slots__:
            put(found, name, changes[name] if name in changes else getattr(self, name))
        return found

    @property
    def outcome(self) -> str:
        """What the file comes to: one of ``UNREADABLE``, ``FAILED``, ``ASKED``, ``PASSED``."""
        if self.result is None:
            return UNREADABLE
        counts = self.result.counts
        return FAILED if counts["error"] else ASKED if counts["warning"] else PASSED

    @property
    def counts(self) -> bool:
        """Whether the file's numbers belong into a sum: it was read, and no newer file of the unit takes its place."""
        return self.filing is not None and not self.aside

    @property
    def aside(self) -> bool:
        """Whether another file stands for the unit: nothing is asked about this one, and nobody is told of its findings."""
        return DUPLICATE in self.marks or BESIDE in self.marks

    def said_beside(self, year: int | None) -> str:
        """Return what is said of a file that lies beside the one that stands for its unit in the list of a year."""
        if self.filing is None:
            return "另有一份读不了，没有计入"
        if not self.filing.year:
            return "另有没有写年度的报告，没有计入"
        return f"另有 {self.filing.year} 年度的{'旧' if year and self.filing.year < year else ''}报告，没有计入"

    @property
    def status(self) -> str:
        """The one word of a list: that another file stands for the unit, else its outcome."""
        return next((mark for mark in (DUPLICATE, BESIDE) if mark in self.marks), self.outcome)

    @property
    def why(self) -> str:
        """Why the file could not be read, for who has just named it: without its name in front."""
        names = (self.file, self.name, self.member, str(self.path))
        said = next(
            (said for name in names if name for said in (f"“{name}”", name) if self.problem.startswith(said)), ""
        )
        return self.problem.removeprefix(said).lstrip(" ，：") or self.problem

    @property
    def unit(self) -> str:
        """The unit's name as the roster has it, else as the file; where none is given, the file's name."""
        return self.named or self.stem

    @property
    def named(self) -> str:
        """The unit's name as the roster, the file, or else the file's name gives it; "" where none does."""
        if self.listed is not None:
            return self.listed.name
        if self.filing is not None and self.filing.unit.name:
            return self.filing.unit.name
        return next((name for name in names_in(self.stem) if possible_kinds(name)), "")

    @property
    def stem(self) -> str:
        """The file's name without ending."""
        return self.name.rpartition(".")[0] or self.name

    @property
    def name(self) -> str:
        """The file's own name, as its unit knows it."""
        return clean_text(self.member.rpartition("/")[2] if self.member else self.path.name)

    @property
    def file(self) -> str:
        """The file's name below the folder, as it can be written anywhere: 街道/甲.xlsx, 报送.zip › 甲.xlsx."""
        name, whole = self.path.name, str(self.path)
        if self.folder is not None and whole.startswith(f"{self.folder}{os.sep}"):
            name = whole[len(str(self.folder)) + 1 :].replace(os.sep, "/")
        elif self.folder is not None and self.path.is_relative_to(self.folder):  # “.”
            name = self.path.relative_to(self.folder).as_posix()
        return clean_text(f"{name} {INSIDE} {self.member}" if self.member else name)

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
        return None if self.filing is None else content_for(self.filing, self.last, self.result)
