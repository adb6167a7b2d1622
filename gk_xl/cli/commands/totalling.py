"""desk total: the county's workbook and its report as a draft, from the filings of all units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.cli.exit_codes import DONE, FOUND
from gk_xl.desk.total import total
from gk_xl.form.finding import Severity
from gk_xl.workbook.saving import save_bytes

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping

    from gk_xl.desk.brief import Brief
    from gk_xl.form.filing import Filing
    from gk_xl.form.finding import CheckResult

DRAFT = "（草稿）.docx"
LONG = 120


SHOWN = 12
"""So many errors of a county's report are told at once."""


def _wrong(result: CheckResult) -> Iterator[str]:
    """Yield the first errors, a line each, shortened."""
    errors = [finding for finding in result.findings if finding.severity is Severity.ERROR and not finding.waived]
    for finding in errors[:SHOWN]:
        text = finding.message
        yield f"错误 {finding.code} {text if len(text) <= LONG else f'{text[:LONG]}……'}"


def write_total(options: argparse.Namespace, brief: Brief, before: Mapping[str, Filing]) -> int:
    """Write the county's workbook and draft and say what they are made of; 1 where its typed totals are not the sum."""
    from gk_xl.checks.run import check
    from gk_xl.report.docx import write_docx
    from gk_xl.workbook.build import build_workbook

    found = total(brief, options.unit, passed_only=options.passed_only)
    filing = found.filing
    last = before.get(filing.unit.name)
    members = [entry.filing for entry in brief.members if entry.filing is not None]
    result = check(filing, last, members=[*members, *([brief.own] if brief.own else [])])
    read = [entry.path for entry in brief.entries]
    save_bytes(options.output, build_workbook(filing, last), inputs=read, force=options.force)
    draft = options.output.with_name(f"{options.output.stem}{DRAFT}")
    save_bytes(draft, write_docx(filing, failed=result.errors), inputs=read, force=options.force)
    print(f"已写好 {options.output} 和 {draft.name}：{filing.title}。")
    counts = result.counts
    print(f"  校验：错误 {counts['error']}，警告 {counts['warning']}。改好、补好以后点“校验”，没有错误再导出。")
    for line in _wrong(result):
        print(f"  {line}")
    if counts["error"] > SHOWN:
        print(f"  …… 还有 {counts['error'] - SHOWN} 处，用 gk-xl check {options.output.name} 看全部。")
    if brief.own is None:
        print("  加上本级：再运行一次，后面写 --own 本级.xlsx。")
    for line in (*found.notes, *(brief.broken.lines if brief.broken else ())):
        print(f"  {line}")
    return FOUND if brief.broken is not None and brief.broken.off else DONE
