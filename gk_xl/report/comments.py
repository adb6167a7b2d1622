"""Findings as Word comments, each at the words, the cell or the section it speaks of: the reader sees what the check saw."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from gk_xl.report.values import clean, escape

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from gk_xl.form.finding import Finding
    from gk_xl.report.fields import Run
    from gk_xl.report.model import Paragraph, Report

TOP = "top"
"""Where a comment stands that belongs to nothing printed: at the title."""
_AUTHOR = "校验"


class Comments:
    """The comments of one document, numbered in the order of the findings."""

    def __init__(self, findings: Sequence[Finding], date: str, report: Report) -> None:
        self.findings = [finding for finding in findings if not finding.waived]
        self.date = date
        self.places: dict[str, list[int]] = {}
        self.words: dict[int, list[tuple[int, int, int]]] = {}
        paragraphs: dict[str, list[Paragraph]] = {}
        for paragraph in report.paragraphs():
            paragraphs.setdefault(paragraph.place, []).append(paragraph)
        known = {TOP, *(section.section.id for section in report.sections)}
        known.update(cell for section in report.sections if section.table for cell in section.table.texts)
        for number, finding in enumerate(self.findings):
            lines = paragraphs.get(finding.place or "")
            if lines:
                self._quote(number, finding, lines)
            else:
                place = next(place for place in _places(finding) if place in known)
                self.places.setdefault(place, []).append(number)

    def __bool__(self) -> bool:
        return bool(self.findings)

    def _quote(self, number: int, finding: Finding, lines: Sequence[Paragraph]) -> None:
        """Put a comment round the words a finding quotes; round the first printed line where they are not whole."""
        quoted = (finding.excerpt or "").strip("…")
        line = next((line for line in lines if quoted in line.text), lines[0])
        start = line.text.find(quoted)
        whole = not quoted or start < 0
        place = (0, len(line.text)) if whole else (start, start + len(quoted))
        self.words.setdefault(id(line), []).append((*place, number))

    def around(self, place: str, runs: str) -> str:
        """Return runs with the comments of this place around them."""
        numbers = self.places.get(place, ())
        return f"{''.join(map(_start, numbers))}{runs}{''.join(map(_end, numbers))}"

    def between(self, paragraph: Paragraph) -> Iterator[str | Run]:
        """Yield the runs of a paragraph, cut where a comment begins or ends, with the marks of the comments between them."""
        spans = self.words.get(id(paragraph), ())
        cuts = {place for start, end, _ in spans for place in (start, end)}
        for start, end, run in _pieces(paragraph.runs, cuts):
            yield from (_start(number) for first, _, number in spans if start <= first < end)
            yield run
            yield from (_end(number) for _, last, number in spans if start < last <= end)

    def xml(self) -> str:
        """Return the comments themselves."""
        return "".join(
            f'<w:comment w:id="{number}" w:author="{_AUTHOR}" w:date="{self.date}" w:initials="{_AUTHOR[0]}">'
            '<w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr><w:r><w:t xml:space="preserve">'
            f"{finding.severity.label} {finding.code}：{escape(clean(finding.message))}</w:t></w:r></w:p></w:comment>"
            for number, finding in enumerate(self.findings)
        )


def _pieces(runs: Sequence[Run], cuts: Collection[int]) -> Iterator[tuple[int, int, Run]]:
    """Yield runs with the place of their first and behind their last character, plain ones cut at ``cuts``."""
    at = 0
    for run in runs:
        last = at + len(run.text)
        inner = [] if run.tag else sorted(cut for cut in cuts if at < cut < last)
        for start, end in itertools.pairwise([at, *inner, last]):
            yield start, end, replace(run, text=run.text[start - at : end - at])
        at = last


def _start(number: int) -> str:
    return f'<w:commentRangeStart w:id="{number}"/>'


def _end(number: int) -> str:
    return f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'


def _places(finding: Finding) -> Iterator[str]:
    """Yield where a finding may stand, the best first: its first cell, the section of its narrative, the title."""
    yield from finding.cells[:1]
    kind, _, rest = (finding.place or "").partition(".")
    if kind == "narrative":
        yield rest.partition(".")[0]
    yield TOP
