"""check: the verdict on one file, several, or a folder."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from gk_xl.cli.commands.profiles import asked_profile
from gk_xl.cli.exit_codes import COULD_NOT, DONE, FOUND
from gk_xl.errors import FileError, GkXlError
from gk_xl.form.finding import CheckResult, Severity
from gk_xl.form.misplaced import misplaced
from gk_xl.intake import Received, expand, inspect, one_of_many, receive, receive_last_year
from gk_xl.workbook.build import content_for
from gk_xl.workbook.files import is_folder

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from gk_xl.cli.commands.copies import Copies


def check(options: argparse.Namespace) -> int:
    """Check files, print findings, optionally write marked copies; 0 nothing wrong, 1 errors, 2 could not run."""
    files = list(expand(options.files))
    if options.mark and len(files) > 1 and not is_folder(options.mark):
        raise FileError(f"校验多个文件时，--mark 要给一个已有的文件夹，“{options.mark}”不是。")
    profile = asked_profile(options)
    last = receive_last_year(options.last_year).filing if options.last_year else None
    members = [receive(path).filing for path in expand([options.members])] if options.members else []
    outcome, printed = DONE, []
    copies = _copies(options, files)
    for number, path in enumerate(files, start=1):
        progress(number, len(files), path)
        try:
            with one_of_many(path):
                received = receive(path, profile)
                result = inspect(received, last, members)
                if received.open_elsewhere:
                    print(f"gk-xl：“{path}”正在别的程序里打开，校验的是已保存的内容。", file=sys.stderr)
                said = copies.write(received, result, last) if copies else ""
        except GkXlError as error:
            outcome = COULD_NOT
            print(f"gk-xl：{error}", file=sys.stderr)
            printed.append({"source": str(path), "error": str(error)})
            continue
        outcome = max(outcome, FOUND if result.errors else DONE)
        if options.json:
            printed.append(result.as_json())
        else:
            show(received, result)
        if said:
            print(f"  {said}", file=sys.stderr if options.json else sys.stdout)
    if options.json:
        several = len(files) > 1 or any(is_folder(path) for path in options.files)
        data: Any = printed if several else printed[0]
        if not (outcome == COULD_NOT and not several):
            print(json.dumps(data, ensure_ascii=False, indent=1))
    return outcome


def _copies(options: argparse.Namespace, files: list[Path]) -> Copies | None:
    """Return where marked copies go; None where none are asked for."""
    if not options.mark:
        return None
    from gk_xl.cli.commands.copies import Copies

    return Copies(options.mark, [*files, *filter(None, [options.last_year])], force=options.force)


def progress(number: int, total: int, path: Path) -> None:
    """Show how far a long check has come, on a terminal only."""
    if total > 3 and sys.stderr.isatty():
        done = "█" * (20 * number // total)
        end = "\n" if number == total else ""
        print(f"\r{done:░<20} {number}/{total} {path.name[:30]:<30}", end=end, file=sys.stderr, flush=True)


def show(received: Received, result: CheckResult) -> None:
    """Print a verdict for a person to read."""
    filing, counts = received.filing, result.counts
    year = "年度未填" if filing.year is None else f"{filing.year} 年度"
    print(f"{received.path}（{filing.unit.name or '单位未填'}，{year}，{result.edition} 年版）")
    verdict = "✗ 未通过" if counts["error"] else ("！请确认" if counts["warning"] else "✓ 通过")
    print(f"  {verdict}：" + "，".join(f"{severity.label} {counts[severity.value]}" for severity in Severity))
    content = content_for(filing, received.last, result)
    for suspect in content.best_suspects():
        first = (suspect.changes or suspect.choices[0])[0]
        print(f"  线索 [{content.layout.names[first.cell].sheet}] {content.suspect_text(suspect)}")
    if result.unlocated:
        print(f"  线索 {result.unlocated}")
    if wrong := misplaced(filing):
        print(f"  正文 {wrong.said}。请移到该在的地方去。")
    for finding in result.findings:
        if finding.severity is Severity.NOT_ASSESSABLE:
            continue
        where = f"{finding.where.sheet} {finding.where.address}" if finding.where else "全文"
        waived = "（已说明理由）" if finding.waived else ""
        print(f"  {finding.severity.label}{waived} {finding.code} [{where}] {finding.message}")
        if finding.unquoted:
            print(f"      原文：{finding.unquoted}")
    for line in unjudged(result):
        print(f"  {line}")


def unjudged(result: CheckResult) -> Iterator[str]:
    """Yield what was not judged, and what brings it: no last year, blanks and texts in the tables."""
    open_rules = {finding.code for finding in result.findings if finding.severity is Severity.NOT_ASSESSABLE}
    if open_rules:
        yield (
            f"跨年核对的 {len(open_rules)} 条没有查：没有上年数据（不等于通过）。把上年的报告一起给出再校验；首次填报的不用理会。"
        )
    if result.undecided:
        from gk_xl.cli.commands.catalogue import FAMILIES

        places = Counter[str]()
        for code, count in result.undecided.items():
            places[FAMILIES[code.partition("-")[0]]] += count
        told = "，".join(f"{family} {count} 处" for family, count in places.items())
        yield f"有空格或填了文字，有关的核对没有做（不等于通过）：{told}。补成数以后再校验。"
