"""Reasons that a clerk gives belong to one finding: its rule, its place, and the values that were compared.

A filing keeps them by key. ``T2-10@t2.penalty.decisions:5f0c21d98a3b`` is the key of one finding: rule, cell or part of
the text, and a digest of what was compared. When a value or the sentence changes, the finding has another key, and the
reason answers it no more. A bare code (``T2-10``) answers the one finding of its rule, and nothing where there are more.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from gk_xl.checks.catalogue import catalogue
from gk_xl.form.finding import Finding, Severity
from gk_xl.form.patterns import regex

try:  # as Python's own random does: what hashlib loads for it takes longer than to judge a text
    from _sha256 import sha256  # type: ignore[import-not-found]
except ImportError:
    from hashlib import sha256

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gk_xl.form.filing import Filing
    from gk_xl.form.finding import Suspect

APART: Final = "@"
_NUMBERS: Final = regex(r"\d+(?:\.\d+)?")


def code_of(key: str) -> str:
    """Return the rule's code in a key."""
    return key.partition(APART)[0]


def by_code(reasons: Mapping[str, str]) -> dict[str, str]:
    """Return the reasons by the code of their rule, several of one rule as one text."""
    found: dict[str, list[str]] = {}
    for key, reason in reasons.items():
        if reason.strip() and reason not in found.setdefault(code_of(key), []):
            found[code_of(key)].append(reason)
    return {code: "；".join(texts) for code, texts in found.items()}


def answered(findings: Sequence[Finding], filing: Filing) -> list[Finding]:
    """Return the findings with their keys, those as waived that a reason answers and that may be waived."""
    counts: Counter[str] = Counter()
    keyed = []
    for finding in findings:
        key = _key(finding, filing)
        counts[key] += 1
        keyed.append(replace(finding, key=key if counts[key] == 1 else f"{key}#{counts[key]}"))
    given = reasons_given(keyed, filing.waivers)
    return [
        replace(finding, waived=True) if finding.key in given and may_be_waived(finding) else finding
        for finding in keyed
    ]


def reasons_given(findings: Iterable[Finding], reasons: Mapping[str, str]) -> dict[str, str]:
    """Return for each finding that a reason belongs to, by key, the key under which the reason is kept."""
    open_ones: dict[str, list[Finding]] = {}
    given = {}
    for finding in findings:
        if finding.severity is Severity.NOT_ASSESSABLE:
            continue
        if reasons.get(finding.key, "").strip():
            given[finding.key] = finding.key
        else:
            open_ones.setdefault(finding.code, []).append(finding)
    for code, found in open_ones.items():
        asked = [finding for finding in found if may_be_waived(finding)] or found
        if len(asked) == 1 and reasons.get(code, "").strip():
            given[asked[0].key] = code
    return given


def may_be_waived(finding: Finding) -> bool:
    """Return whether a reason can answer a finding: a warning, or an error whose rule of errors says so itself."""
    rule = catalogue().get(finding.code)
    if finding.severity is Severity.ERROR and rule is not None:
        return rule.waivable and rule.severity is Severity.ERROR
    return finding.severity is Severity.WARNING or (
        rule is not None and rule.waivable and finding.severity is Severity.HINT
    )


def suspect_key(suspect: Suspect) -> str:
    """Return the key of an explanation of broken sums: a remark beside it stays with it."""
    cells = [[change.cell, change.found, change.proposed] for change in suspect.changes]
    spot = suspect.changes[0].cell if suspect.changes else ""
    return f"线索{APART}{spot}:{_digest([suspect.resolves, cells])}"


def _key(finding: Finding, filing: Filing) -> str:
    """Return the key of a finding: rule, place, and a digest of what was compared."""
    part = (finding.place or "").rsplit(".", 1)[0] if _is_paragraph(finding.place) else finding.place
    where = None if finding.where is None else f"{finding.where.sheet}!{finding.where.address}"
    spot = (finding.cells[0] if finding.cells else None) or part or where or "全文"
    text = finding.excerpt or _paragraph(finding.place, filing)
    compared = [
        [[cell, filing.value(cell)] for cell in finding.cells],
        finding.left,
        finding.right,
        _short(text) if text else _setting(finding.place, filing),
        _NUMBERS.findall(finding.message) if finding.cells or text else finding.message,
    ]
    return f"{finding.code}{APART}{spot}:{_digest(compared)}"


@lru_cache(maxsize=64)
def _short(text: str) -> str:
    """Return what stands for a text in a key: of a long one its digest, made once for all findings in it."""
    return text if len(text) <= 200 else _digest(text)


def _is_paragraph(place: str | None) -> bool:
    return place is not None and place.startswith("narrative.") and place.rsplit(".", 1)[1].isdecimal()


def _paragraph(place: str | None, filing: Filing) -> str:
    """Return the paragraph that a place names, empty when it names none. Its number is no part of a key."""
    if place is None or not _is_paragraph(place):
        return ""
    _, part, number = place.split(".")
    paragraphs = filing.paragraphs(part)
    return paragraphs[int(number) - 1] if 0 < int(number) <= len(paragraphs) else ""


def _setting(place: str | None, filing: Filing) -> str:
    """Return what a setting of 封面 holds that a place names, empty for any other place."""
    settings = {
        "unit.name": filing.unit.name,
        "unit.kind": filing.unit.kind,
        "unit.self": filing.unit.self_word,
        "unit.county": filing.unit.county,
        "year": str(filing.year),
        "signed.name": filing.signed.name,
        "signed.date": filing.signed.date,
        "deadline": filing.deadline,
    }
    return settings.get(place or "", "")


def _digest(compared: Any) -> str:
    return str(sha256(json.dumps(compared, ensure_ascii=False).encode()).hexdigest()[:12])
