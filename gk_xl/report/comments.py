"""Findings as Word comments, each at the cell or section it speaks of, so that the reader sees what the check saw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.report.values import clean, escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.form.finding import Finding

TOP = "top"
"""Where a comment stands that belongs to no cell and no section: at the title."""
_AUTHOR = "校验"


class Comments:
    """The comments of one document, numbered in the order of the findings."""

    def __init__(self, findings: Sequence[Finding], date: str) -> None:
        self.findings = [finding for finding in findings if not finding.waived]
        self.date = date
        self.places: dict[str, list[int]] = {}
        for number, finding in enumerate(self.findings):
            self.places.setdefault(_place(finding), []).append(number)

    def __bool__(self) -> bool:
        return bool(self.findings)

    def around(self, place: str, runs: str) -> str:
        """Return runs with the comments of this place around them."""
        numbers = self.places.get(place, ())
        start = "".join(f'<w:commentRangeStart w:id="{number}"/>' for number in numbers)
        end = "".join(
            f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'
            for number in numbers
        )
        return f"{start}{runs}{end}"

    def xml(self) -> str:
        """Return the comments themselves."""
        return "".join(
            f'<w:comment w:id="{number}" w:author="{_AUTHOR}" w:date="{self.date}" w:initials="{_AUTHOR[0]}">'
            '<w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr><w:r><w:t xml:space="preserve">'
            f"{finding.severity.label} {finding.code}：{escape(clean(finding.message))}</w:t></w:r></w:p></w:comment>"
            for number, finding in enumerate(self.findings)
        )


def _place(finding: Finding) -> str:
    """Return where a finding belongs: its first cell, the section of its narrative, or the title."""
    if finding.cells:
        return finding.cells[0]
    kind, _, rest = (finding.place or "").partition(".")
    part = rest.partition(".")[0]
    return part if kind == "narrative" and part != "preamble" else TOP
