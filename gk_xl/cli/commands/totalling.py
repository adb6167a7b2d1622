"""desk total: the county's workbook and its report as a draft, from the filings of all units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.cli.exit_codes import DONE, FOUND
from gk_xl.desk.total import total
from gk_xl.workbook.saving import save_bytes

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from gk_xl.desk.brief import Brief
    from gk_xl.form.filing import Filing

DRAFT = "（草稿）.docx"


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
    print(f"  校验：错误 {counts['error']}，警告 {counts['warning']}。补好正文以后点“校验”，没有错误再导出。")
    for line in (*found.notes, *(brief.broken.lines if brief.broken else ())):
        print(f"  {line}")
    return FOUND if brief.broken is not None and brief.broken.off else DONE
