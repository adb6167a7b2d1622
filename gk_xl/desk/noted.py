"""Reasons that the office notes in its summary, for units that answered on paper: read before the summary is written anew.

A unit that handed in a Word file or a PDF has no 校验结果 to write in. What the office types beside a line of 问题清单 holds
as a reason of the unit's own would: for that finding, with those numbers.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gk_xl.checks.reasons import may_be_waived, reasons_given
from gk_xl.desk.examining import told
from gk_xl.workbook.files import read_bytes
from gk_xl.workbook.kinds import DAMAGED, is_ours
from gk_xl.workbook.layout import REASON_COLUMN, RESULT_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from gk_xl.desk.entry import Entry

SUMMARY: Final = "汇总.xlsx"
"""How a summary is called by custom."""
FINDINGS: Final = "问题清单"
UNIT, REASON, KEY = "单位", RESULT_COLUMNS[REASON_COLUMN - 1], "标识"
"""The heads of its columns that are read: whose line it is, the reason, and, hidden, the key under which it is kept."""

Noted = dict[str, dict[str, str]]
"""By unit, by key of a finding, a reason."""


def read_noted(path: Path) -> Noted:
    """Return what is noted in the summary at a path; nothing where none lies there, or none of ours that can be read."""
    import openpyxl

    if not path.is_file():
        return {}
    data, found = read_bytes(path), Noted()
    try:
        if not is_ours(data):
            return {}
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows = book[FINDINGS].iter_rows(values_only=True) if FINDINGS in book.sheetnames else iter(())
        heads = [str(head or "") for head in next(rows, ())]
        if not {UNIT, REASON, KEY} <= {*heads}:
            return {}
        places = [heads.index(head) for head in (UNIT, KEY, REASON)]
        for row in rows:
            unit, key, reason = (str(row[at] or "").strip() if at < len(row) else "" for at in places)
            if unit and key and reason:
                found.setdefault(unit, {})[key] = reason
    except (*DAMAGED, KeyError, TypeError, AttributeError, IndexError):
        return {}
    return found


def key_beside(entry: Entry, key: str, reason: str | None) -> str | None:
    """Return the key that stands beside a line; none where its reason is the unit's own, which is not the office's to keep."""
    return key if key and (not reason or key in entry.noted) else None


def with_noted(entries: Iterable[Entry], noted: Mapping[str, Mapping[str, str]]) -> Iterator[Entry]:
    """Yield the files with the reasons that are noted for their units; what a unit says itself comes first."""
    for entry in entries:
        given = noted.get(entry.unit, {})
        if entry.filing is None or entry.result is None or entry.aside:
            yield entry
            continue
        own = entry.filing.waivers
        more = {key: reason for key, reason in given.items() if not own.get(key, "").strip()}
        yield _answered(entry, more) if more else entry


def _answered(entry: Entry, more: Mapping[str, str]) -> Entry:
    """Return a file with more reasons, its lines and its outcome as they are then."""
    assert entry.filing is not None
    assert entry.result is not None
    filing = replace(entry.filing, waivers={**entry.filing.waivers, **more})
    given = reasons_given(entry.result.findings, filing.waivers)
    findings = tuple(
        replace(finding, waived=True) if finding.key in given and may_be_waived(finding) else finding
        for finding in entry.result.findings
    )
    result = replace(entry.result, findings=findings)
    origin = entry.origin and hashlib.blake2b(entry.origin + repr(sorted(more.items())).encode()).digest()
    return told(entry.but(filing=filing, result=result, noted=frozenset(more), origin=origin))
