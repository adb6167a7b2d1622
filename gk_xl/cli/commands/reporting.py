"""report: the report document, refused while errors stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from gk_xl.cli.commands.checking import WITH_LAST_YEAR
from gk_xl.cli.commands.profiles import asked_profile
from gk_xl.cli.replaced import telling_of_replaced
from gk_xl.errors import ErrorsStand, ReportError
from gk_xl.form.finding import Severity
from gk_xl.intake import inspect, receive, receive_last_year, with_reasons
from gk_xl.report.model import build_report
from gk_xl.workbook.build import content_for
from gk_xl.workbook.content import without_last_year
from gk_xl.workbook.pointing import first_thing
from gk_xl.workbook.saving import save_bytes
from gk_xl.workbook.sheets.results import result_lines

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from gk_xl.form.filing import Filing
    from gk_xl.form.finding import Finding


def report(options: argparse.Namespace) -> int:
    """Write the report of a filing; with ``--force`` also one that has errors, which then says so."""
    if options.file.suffix.lower() == ".docx" and options.public:
        return publish(options)
    received = with_reasons(receive(options.file, asked_profile(options)), options.reasons)
    last = receive_last_year(options.last_year).filing if options.last_year else None
    result = inspect(received, last)
    failed = result.errors
    if failed and not options.force:
        content = content_for(received.filing, last, result)
        raise ErrorsStand(failed, first_thing(content, result_lines(content)))
    target: Path = options.output
    if options.public and failed:
        raise ReportError(f"校验还有 {failed} 处错误，不导出公开稿。请先改正；要先看样子的，不加 --public 导出。")
    if failed:
        target = target.with_name(f"{target.stem}（校验未通过{failed}处）{target.suffix}")
    findings = [finding for finding in result.findings if finding.severity is Severity.ERROR] if failed else []
    read = [options.file, *filter(None, [options.last_year])]
    output = Output(read, force=options.force, public=options.public)
    with telling_of_replaced(target if failed else None):  # not the name that was asked for
        fonts = write(received.filing, target, failed, findings, output)
    untold = without_last_year(result, WITH_LAST_YEAR)
    for note in (*build_report(received.filing, failed=failed).notes, *filter(None, [fonts, untold])):
        print(f"  {note}")
    said = f"：校验未通过 {failed} 处，首页已注明。" if failed else "（公开稿）。" if options.public else "。"
    print(f"已导出 {target}{said}")
    return 0


def publish(options: argparse.Namespace) -> int:
    """Make of a Word report that was edited the file for the web: the page as it is seen, and nothing besides."""
    from gk_xl.report.publish import published
    from gk_xl.workbook.files import read_bytes

    data = published(read_bytes(options.file), f"“{options.file}”")
    save_bytes(options.output, data, inputs=[options.file], force=options.force)
    print(f"已导出 {options.output}（公开稿）：看不见的内容（更新用的数据、批注、作者姓名）都没有带出来。")
    return 0


def refresh(options: argparse.Namespace) -> int:
    """Put late corrections of a filing into a Word file that a leader has already edited."""
    from gk_xl.report.refresh import refresh as refreshed
    from gk_xl.workbook.files import read_bytes

    received = receive(options.file)
    done = refreshed(read_bytes(options.edited), received.filing, source=f"“{options.edited}”")
    saved = save_bytes(options.edited, done.data, inputs=[options.file])
    for line in (*done.changed, *done.conflicts):
        print(f"  {line}")
    counts = f"改了 {len(done.changed)} 个数，{len(done.conflicts)} 处手工改动没有动"
    if saved:
        print(f"已更新 {options.edited}：{counts}；旧文件留作 .bak。")
    else:
        print(f"{options.edited} 没有要更新的：{counts}；文件没有改动。")
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


class Output(NamedTuple):
    """How a report is written: the files it is made from, and what was asked for."""

    read: Sequence[Path]
    force: bool = False
    public: bool = False


def write(filing: Filing, target: Path, failed: int, findings: Sequence[Finding], output: Output) -> str:
    """Write a report in the format that the file name asks for; errors become comments of a Word file.

    Returns what is to be said of its fonts, if anything.
    """
    writer = FORMATS.get(target.suffix.lower())
    if writer is None:
        *others, last = FORMATS
        raise ReportError(f"不认识报告格式“{target.suffix}”，请用 {'、'.join(others)} 或 {last}。")
    return writer(filing, target, failed, findings, output)


def _docx(filing: Filing, target: Path, failed: int, findings: Sequence[Finding], output: Output) -> str:
    from gk_xl.report.docx import write_docx

    data = write_docx(filing, failed=failed, findings=findings, public=output.public)
    save_bytes(target, data, inputs=output.read, force=output.force)
    return ""


def _html(filing: Filing, target: Path, failed: int, _: Sequence[Finding], output: Output) -> str:
    from gk_xl.report.html import write_html

    save_bytes(target, write_html(filing, failed=failed).encode("utf-8"), inputs=output.read, force=output.force)
    return ""


def _pdf(filing: Filing, target: Path, failed: int, _: Sequence[Finding], output: Output) -> str:
    from gk_xl.report.pdf import write_pdf

    return write_pdf(filing, target, failed=failed, inputs=output.read, force=output.force)


Writer = Callable[["Filing", "Path", int, "Sequence[Finding]", Output], str]
FORMATS: dict[str, Writer] = {".docx": _docx, ".html": _html, ".pdf": _pdf}
"""The formats of a report by the suffix of the file that is asked for: the only place that chooses."""
