"""report: the report document, refused while errors stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.errors import ErrorsStand, ReportError
from gk_xl.form.finding import Severity
from gk_xl.intake import inspect, receive
from gk_xl.report.model import build_report
from gk_xl.workbook.files import save_bytes

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from gk_xl.form.filing import Filing
    from gk_xl.form.finding import Finding


def report(options: argparse.Namespace) -> int:
    """Write the report of a filing; with ``--force`` also one that has errors, which then says so."""
    received = receive(options.file)
    last = receive(options.last_year).filing if options.last_year else None
    result = inspect(received, last)
    failed = result.errors
    if failed and not options.force:
        raise ErrorsStand(failed)
    target: Path = options.output
    if failed:
        target = target.with_name(f"{target.stem}（校验未通过{failed}处）{target.suffix}")
    findings = [finding for finding in result.findings if finding.severity is Severity.ERROR] if failed else []
    write(received.filing, target, failed, findings)
    for note in build_report(received.filing, failed=failed).notes:
        print(f"  {note}")
    print(f"已导出 {target}" + (f"：校验未通过 {failed} 处，首页已注明。" if failed else "。"))
    return 0


def refresh(options: argparse.Namespace) -> int:
    """Put late corrections of a filing into a Word file that a leader has already edited."""
    from gk_xl.report.refresh import refresh as refreshed
    from gk_xl.workbook.files import read_bytes

    received = receive(options.file)
    done = refreshed(read_bytes(options.edited), received.filing, source=f"“{options.edited}”")
    save_bytes(options.edited, done.data)
    for line in (*done.changed, *done.conflicts):
        print(f"  {line}")
    print(
        f"已更新 {options.edited}：改了 {len(done.changed)} 个数，{len(done.conflicts)} 处手工改动没有动；旧文件留作 .bak。"
    )
    return 0


def suggest(options: argparse.Namespace) -> int:
    """Print the sentences that the tables allow, to be copied into the narrative; fields keep them true later on."""
    from gk_xl.form.sentences import suggest as suggested

    received = receive(options.file)
    for item in suggested(received.filing):
        print(f"■ {item.topic}（{received.filing.form.section(item.part).heading}）")
        print(f"  {item.text or f'写不出：{item.reason}'}")
        if item.template and item.template != item.text:
            print(f"  写成名称，改了表正文跟着改：{item.template}")
    return 0


def write(filing: Filing, target: Path, failed: int, findings: Sequence[Finding]) -> None:
    """Write a report in the format that the file name asks for; errors become comments of a Word file."""
    suffix = target.suffix.lower()
    if suffix == ".docx":
        from gk_xl.report.docx import write_docx

        save_bytes(target, write_docx(filing, failed=failed, findings=findings))
    elif suffix == ".html":
        from gk_xl.report.html import write_html

        save_bytes(target, write_html(filing, failed=failed).encode("utf-8"))
    elif suffix == ".pdf":
        from gk_xl.report.pdf import write_pdf

        write_pdf(filing, target, failed=failed)
    else:
        raise ReportError(f"不认识报告格式“{target.suffix}”，请用 .docx、.html 或 .pdf。")
