"""What 报送单 bears of a check: the verdict, the reasons of its warnings and the fingerprint of what will be signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.checks.reasons import code_of
from gk_xl.form.finding import Severity
from gk_xl.form.fingerprint import fingerprint, parts_text
from gk_xl.workbook.content import verdict_text, without_last_year
from gk_xl.workbook.layout import LIST_COLUMNS, REASON_COLUMN, RESULTS
from gk_xl.workbook.pointing import point_of, shortened
from gk_xl.workbook.sheets.results import place_of
from gk_xl.workbook.sheets.slip import HIGHEST, slip_height

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gk_xl.form.finding import Finding
    from gk_xl.workbook.content import Content

LONGEST = 120  # characters of a reason; the whole stands in 校验结果
OPEN = "条警告还没有写理由："


def asked_for(content: Content, book: str = "") -> str:
    """Return how many warnings have no reason, with the first, and where to write it, in another ``book`` where one is named.

    The sentence goes on behind it; empty where every warning has its reason.
    """
    found = _unanswered(content)
    more = f"；其余 {len(found) - 1} 条见“{RESULTS}”" if len(found) > 1 else ""
    place = f"{f'“{book}”的' if book else ''}“{RESULTS}”的“{LIST_COLUMNS[REASON_COLUMN - 1]}”"
    return f"{len(found)} {OPEN}{found[0]}{more}。属实的请在{place}里写明，" if found else ""


def sealed_texts(content: Content) -> Mapping[str, str]:
    """Return what the program writes on the sheet, by name."""
    found, asked = fingerprint(content.filing), _unanswered(content)
    open_rules = without_last_year(content.result)
    lines = [f"{Severity.NOT_ASSESSABLE.label}：{open_rules}"] if open_rules else []
    lines += [f"{len(asked)} {OPEN}", *asked] if asked else []
    lines += _explained(content)
    named = len(lines)
    while slip_height("reasons", "\n".join(lines[:named])) >= HIGHEST:
        named -= 1
    rest = [f"另有 {len(lines) - named} 条见“{RESULTS}”。"] if named < len(lines) else []
    return {
        "verdict": verdict_text(content),
        "at": content.checked_at,
        "reasons": "\n".join([*lines[:named], *rest]) or "没有需要说明理由的警告。",
        "fingerprint": found.whole,
        "parts": parts_text(found),
    }


def _unanswered(content: Content) -> list[str]:
    """Return place, point and code of each warning that has no reason."""
    return [
        f"{_about(content, finding)}（{finding.code}）"
        for finding in _findings(content)
        if finding.severity is Severity.WARNING and not finding.waived
    ]


def _explained(content: Content) -> Iterator[str]:
    """Yield each reason behind what it answers, its code last; reasons that answer nothing now come last."""
    reasons = {key: reason for key, reason in content.filing.waivers.items() if reason.strip()}
    for finding in _findings(content):
        if reason := reasons.pop(content.given.get(finding.key, ""), ""):
            yield f"{_about(content, finding)}。理由：{shortened(reason, LONGEST)}（{finding.code}）"
    for key, reason in sorted(reasons.items()):
        yield f"{shortened(reason, LONGEST)}（{code_of(key)}，这次校验没有这一处）"


def _findings(content: Content) -> Sequence[Finding]:
    return content.result.findings if content.result else ()


def _about(content: Content, finding: Finding) -> str:
    """Return where a finding is and what its point is."""
    place = place_of(content, finding)
    return f"{f'{place.sheet} {place.address}，' if place else ''}{point_of(finding.message)}"
