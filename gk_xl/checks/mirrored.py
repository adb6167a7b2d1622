"""Two columns that are each other's: what one is said to hold stands in the other, and the other way round.

Each of the two findings asks to correct its own cell. Followed, they mend one row of two columns that were exchanged from
top to bottom, and every sum holds before and after.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.form.finding import Finding
    from gk_xl.form.schema import Edition

NEXT: Final = (
    "与“{}”列的正好互换，像是“{}”“{}”两列整列填反了：请对照台账核对；"
    "填反的，把两列各行的数全部对调，不要只改这一格；没有填反的，再逐格改。"
)


def mirrored(findings: Sequence[Finding], edition: Edition) -> list[Finding]:
    """Return findings; of two whose sides are each other's in two columns of a row, each with the other named as what to do.

    A proposal for the one cell, or for the words, is no longer made. Nothing is said where a third column fits as well.
    """
    rows: dict[tuple[str, str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        cell = edition.cells.get(finding.cells[0]) if len(finding.cells) == 1 else None
        if cell is not None and not cell.total and finding.left is not None and finding.left != finding.right:
            rows[finding.code, cell.table, cell.row].append(finding)
    partners: dict[int, Finding] = {}
    for row in rows.values():
        for finding in row:
            columns = [one for one in row if (one.left, one.right) == (finding.right, finding.left)]
            rivals = [one for one in row if (one.left, one.right) == (finding.left, finding.right)]
            if len({one.cells[0] for one in columns}) == len({one.cells[0] for one in rivals}) == 1:
                partners[id(finding)] = columns[0]
    return [
        _told(finding, partners[id(finding)], edition) if id(finding) in partners else finding for finding in findings
    ]


def _told(finding: Finding, partner: Finding, edition: Edition) -> Finding:
    other = edition.cells[partner.cells[0]].column_label
    first, second = sorted((finding, partner), key=lambda one: [*edition.cells].index(one.cells[0]))
    both = (edition.cells[one.cells[0]].column_label for one in (first, second))
    to_do = NEXT.format(other, *both)
    return replace(
        finding, message=finding.message.removesuffix(finding.next) + to_do, next=to_do, proposal=None, rewrite=None
    )
