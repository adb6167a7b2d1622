"""报送单: the verdict, the reasons and the fingerprint of what will be signed, written on the sheet that is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gk_xl.addin.buttons.following import fit_pages, follow
from gk_xl.addin.buttons.judging import judge
from gk_xl.addin.buttons.marking import mark, now, put_slip_verdict
from gk_xl.addin.buttons.walking import go_to
from gk_xl.addin.edit import Edit
from gk_xl.addin.healing import healing
from gk_xl.addin.wording import spoken
from gk_xl.checks.reasons import code_of
from gk_xl.errors import HostError
from gk_xl.form.finding import Severity
from gk_xl.form.fingerprint import fingerprint, parts_text
from gk_xl.workbook.content import verdict_text
from gk_xl.workbook.layout import LIST_COLUMNS, REASON_COLUMN, RESULTS, SEALED, SIGNERS, SLIP, Place
from gk_xl.workbook.pointing import point_of, shortened
from gk_xl.workbook.sheets.results import place_of
from gk_xl.workbook.sheets.slip import HIGHEST, slip_height

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gk_xl.addin.buttons.judging import Judged
    from gk_xl.form.finding import Finding

LONGEST = 120  # characters of a reason; the whole stands in 校验结果
OPEN = "条警告还没有写理由："
EXPLAIN = f"属实的请在“{RESULTS}”的“{LIST_COLUMNS[REASON_COLUMN - 1]}”里写明，"
SIGN = "请填好填报人、审核人、负责人、日期（也可以打印后手写），保存工作簿（Ctrl+S），打印签字。"


@spoken()
@healing("报送单")
def make_slip(book: Any) -> str:
    """报送单: check once more, write verdict, reasons and fingerprint on the sheet that is signed, and go there."""
    judged = judge(book, now())
    if SLIP not in judged.reading.layout.extras:
        raise HostError(f"这本工作簿没有“{SLIP}”这张表（较早的模板）。请点“修复”，换成新的工作簿，数和文字都会带过去。")
    texts = sealed(judged)
    with Edit(book, "报送单") as edit:
        followed = follow(edit, book, judged)
        mark(edit, judged)
        first = judged.reading.places[f"slip.{SEALED[0][0]}"]
        edit.block(first.sheet, first.row, first.column, [[texts[name] or None] for name, _ in SEALED])
        put_slip_verdict(edit, judged, signed=True)
        row = judged.reading.places["slip.reasons"].row
        edit.sheet(SLIP).range((row, 1)).row_height = slip_height("reasons", texts["reasons"])
        fit_pages(book, judged)
    for place in (Place(SLIP, 1, 1), judged.reading.places[f"slip.{SIGNERS[0][0]}"]):  # seen from the top
        go_to(book, place)
    stands = "还有错误，先改正再签；改了任何一处，都要重新点“报送单”。" if judged.result.errors else ""
    asked = asked_for(judged)
    told = f"{asked}{EXPLAIN}再点“报送单”，然后打印签字。" if asked else ""
    return f"{told}{followed}报送单已写好：{texts['verdict']}。{stands}{'' if asked or judged.result.errors else SIGN}指纹 {texts['fingerprint']}。"


def unanswered(judged: Judged) -> list[str]:
    """Return place, point and code of each warning that has no reason."""
    return [
        f"{_about(judged, finding)}（{finding.code}）"
        for finding in judged.result.findings
        if finding.severity is Severity.WARNING and not finding.waived
    ]


def explained(judged: Judged) -> Iterator[str]:
    """Yield each reason behind what it answers, its code last; reasons that answer nothing now come last."""
    reasons = {key: reason for key, reason in judged.filing.waivers.items() if reason.strip()}
    for finding in judged.result.findings:
        if reason := reasons.pop(judged.content.given.get(finding.key, ""), ""):
            yield f"{_about(judged, finding)}。理由：{shortened(reason, LONGEST)}（{finding.code}）"
    for key, reason in sorted(reasons.items()):
        yield f"{shortened(reason, LONGEST)}（{code_of(key)}，这次校验没有这一处）"


def _about(judged: Judged, finding: Finding) -> str:
    """Return where a finding is and what its point is."""
    place = place_of(judged.content, finding)
    return f"{f'{place.sheet} {place.address}，' if place else ''}{point_of(finding.message)}"


def asked_for(judged: Judged) -> str:
    """Return how many warnings have no reason, with the first; empty where there are none."""
    found = unanswered(judged)
    more = f"；其余 {len(found) - 1} 条见“{RESULTS}”" if len(found) > 1 else ""
    return f"{len(found)} {OPEN}{found[0]}{more}。" if found else ""


def sealed(judged: Judged) -> Mapping[str, str]:
    """Return what the program writes on the sheet, by name."""
    found, asked = fingerprint(judged.filing), unanswered(judged)
    lines = [f"{len(asked)} {OPEN}", *asked] if asked else []
    lines += explained(judged)
    named = len(lines)
    while slip_height("reasons", "\n".join(lines[:named])) >= HIGHEST:
        named -= 1
    rest = [f"另有 {len(lines) - named} 条见“{RESULTS}”。"] if named < len(lines) else []
    return {
        "verdict": verdict_text(judged.content),
        "at": judged.content.checked_at,
        "reasons": "\n".join([*lines[:named], *rest]) or "没有需要说明理由的警告。",
        "fingerprint": found.whole,
        "parts": parts_text(found),
    }
