"""What a check has to say: findings and suspects are values, returned, never raised."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gk_xl.form.schema import CellId

Number = int | float
_QUOTATION = regex(r"“([^“”]{4,})”")


class Severity(StrEnum):
    """How grave a finding is. ``NOT_ASSESSABLE``: the data to judge by (last year's) is missing; never a pass."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"
    NOT_ASSESSABLE = "not_assessable"

    @property
    def label(self) -> str:
        """The Chinese word a clerk reads."""
        return {"error": "错误", "warning": "警告", "hint": "提示", "not_assessable": "无法判断"}[self.value]

    @property
    def level(self) -> int:
        """The number written into the flag area: 3 error, 2 warning, 1 hint, 0 none."""
        return {"error": 3, "warning": 2, "hint": 1, "not_assessable": 0}[self.value]


class Verdict(StrEnum):
    """What a rule says of one filing."""

    HOLDS = "holds"
    BROKEN = "broken"
    UNDECIDED = "undecided"
    NOT_ASSESSABLE = "not_assessable"


class Where(NamedTuple):
    """A place in the workbook: sheet and A1 address."""

    sheet: str
    address: str


class Rewrite(NamedTuple):
    """Words of a paragraph that the clerk may let be changed: a stretch of it as written, and what should stand there.

    ``said`` tells the change in a few words: “3件”改为“2件”. Nothing is ``old`` of a sentence that a whole part lacks.
    """

    old: str
    new: str
    said: str

    @property
    def wrong(self) -> str:
        """The words that change, with what stands behind them where words are only put in."""
        pairs = zip(self.old, self.new, strict=False)
        start = next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(self.old), len(self.new)))
        behind = 0
        while behind < min(len(self.old), len(self.new)) - start and self.old[-1 - behind] == self.new[-1 - behind]:
            behind += 1
        end = len(self.old) - behind
        return self.old[start : max(end, start + 2)]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or doubtful.

    ``cells`` names the cells concerned, the one to look at first in front. ``left``, ``right`` and ``difference`` are
    both sides of a broken equation. ``excerpt`` quotes the sentence concerned; ``place`` names what is no cell of the
    form: a paragraph (``narrative.overview.3``) or a setting (``signed.date``). ``where`` is filled in by whoever
    knows the workbook, ``key`` by the check: a reason is kept under it. ``proposal`` is the value that the clerk may accept for ``cells[0]``,
    ``rewrite`` the words for the paragraph at ``place``. ``next`` is the end of the message that says what to do, the same
    for many findings of a rule.
    """

    code: str
    severity: Severity
    message: str
    cells: tuple[CellId, ...] = ()
    left: Number | None = None
    right: Number | None = None
    difference: Number | None = None
    where: Where | None = None
    excerpt: str | None = None
    waived: bool = False
    place: str | None = None
    proposal: Number | None = None
    key: str = ""
    rewrite: Rewrite | None = None
    next: str = ""

    def at(self, where: Where | None) -> Finding:
        """Return the same finding with its place in the workbook."""
        return replace(self, where=where)

    @property
    def unquoted(self) -> str:
        """The sentence concerned where the message does not quote it, or a stretch of it, already, else empty."""
        if self.excerpt is None or self.excerpt.strip("…") in self.message:
            return ""
        quoted = (stretch.strip("…") for stretch in _QUOTATION.findall(self.message))
        return "" if any(stretch and stretch in self.excerpt for stretch in quoted) else self.excerpt

    def as_json(self) -> dict[str, Any]:
        """Return the finding in the published JSON shape."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "cells": list(self.cells),
            "message": self.message,
            "left": self.left,
            "right": self.right,
            "difference": self.difference,
            "where": None if self.where is None else {"sheet": self.where.sheet, "address": self.where.address},
            "excerpt": self.excerpt,
            "waived": self.waived,
        }


@dataclass(frozen=True, slots=True)
class Change:
    """One cell of an explanation: what it holds, what it should hold, and the likely slip."""

    cell: CellId
    found: Number | str | None
    proposed: Number
    reason: str

    def as_json(self) -> dict[str, Any]:
        """Return the change in the published JSON shape."""
        return {"cell": self.cell, "found": self.found, "proposed": self.proposed, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Suspect:
    """One complete explanation of the broken identities of a table; explanations that tie share a rank.

    After ``changes`` (and, for a class of ties, one of ``choices``) every broken identity named in ``resolves`` holds.
    """

    rank: int
    unique: bool
    resolves: tuple[str, ...]
    changes: tuple[Change, ...]
    choices: tuple[tuple[Change, ...], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the suspect in the published JSON shape; ``choices`` only where there is a class of ties."""
        data: dict[str, Any] = {
            "rank": self.rank,
            "unique": self.unique,
            "resolves": list(self.resolves),
            "changes": [change.as_json() for change in self.changes],
        }
        if self.choices:
            data["choices"] = [[change.as_json() for change in choice] for choice in self.choices]
        return data


@dataclass(frozen=True, slots=True)
class CheckResult:
    """All that one check found.

    ``undecided`` maps rule codes to how many of their instances a blank left open; ``unlocated`` says in a sentence
    why the suspects are not complete, where they are not.
    """

    source: str
    edition: str
    findings: tuple[Finding, ...]
    suspects: tuple[Suspect, ...] = ()
    undecided: dict[str, int] = field(default_factory=dict)
    unlocated: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each severity stand; waived ones do not."""
        return count_by_severity(self.findings)

    @property
    def errors(self) -> int:
        """How many errors stand."""
        return self.counts["error"]

    def as_json(self) -> dict[str, Any]:
        """Return the result in the published JSON shape."""
        return {
            "source": self.source,
            "edition": self.edition,
            "counts": self.counts,
            "findings": [finding.as_json() for finding in self.findings],
            "suspects": [suspect.as_json() for suspect in self.suspects],
        }


def count_by_severity(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many findings of each severity are not waived."""
    counts = {severity.value: 0 for severity in Severity}
    for finding in findings:
        if not finding.waived:
            counts[finding.severity.value] += 1
    return counts


def numbered(choices: Sequence[str]) -> str:
    """Return alternatives so that one sees what belongs together: ①…；②…."""
    return "；".join(f"{chr(ord('①') + number)}{choice}" for number, choice in enumerate(choices))
