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
from gk_xl.intake import Received, expand, inspect, one_of_many, receive, receive_last_year, with_reasons
from gk_xl.workbook.build import content_for
from gk_xl.workbook.clerks_words import ANSWERED, REMARK, SUSPECT
from gk_xl.workbook.content import verdict_text, without_last_year
from gk_xl.workbook.files import is_folder
from gk_xl.workbook.pointing import first_thing
from gk_xl.workbook.sheets.results import APART, BELOW, RESOLVED, result_lines

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from gk_xl.cli.commands.copies import Copies
    from gk_xl.form.filing import Filing

NOT_FOUND = (
    ANSWERED,
    REMARK,
    Severity.NOT_ASSESSABLE.label,
)  # what the list keeps of the clerk's, and what was not judged
WITH_LAST_YEAR = "把上年的报告一起给出（--last-year）再做；"
NEXT = "接下来写报送单（按钮“报送单”，或把工作簿拖到“报送单.cmd”上），打印签字，再导出报告。"


def check(options: argparse.Namespace) -> int:
    """Check files, print findings, optionally write marked copies; 0 nothing wrong, 1 errors, 2 could not run."""
    files = list(expand(options.files))
    if options.mark and len(files) > 1 and not is_folder(options.mark):
        raise FileError(f"校验多个文件时，--mark 要给一个已有的文件夹，“{options.mark}”不是。")
    profile = asked_profile(options)
    last = receive_last_year(options.last_year).filing if options.last_year else None
    members = _members(options.members, files) if options.members else []
    outcome, printed = DONE, []
    copies = _copies(options, files)
    for number, path in enumerate(files, start=1):
        progress(number, len(files), path)
        try:
            with one_of_many(path):
                received = with_reasons(receive(path, profile), options.reasons)
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


def _members(folder: Path, checked: list[Path]) -> list[Filing]:
    """Return the filings that a county's is the sum of, out of a folder as the desk takes it; what is left out is said."""
    from contextlib import closing

    from gk_xl.desk.batch import Means, handed_in
    from gk_xl.desk.brief import Brief
    from gk_xl.desk.store import Store, store_file

    with closing(Store(store_file())) as store:
        brief = Brief(handed_in([folder], passed_over=checked, means=Means(store)).collection)
    for line in brief.uncounted:
        print(f"gk-xl：{line}", file=sys.stderr)
    return [entry.filing for entry in brief.members if entry.filing is not None]


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
    content = content_for(filing, received.last, result)
    lines = list(result_lines(content))
    ready = not counts["error"] and not counts["warning"]
    print(f"  {verdict_text(content)}。{NEXT if ready else first_thing(content, lines)}")
    if result.unlocated:
        print(f"  线索 {result.unlocated}")
    if wrong := misplaced(filing):
        print(f"  正文 {wrong.said}。请移到该在的地方去。")
    for line in lines:
        if line.level not in NOT_FOUND and not line.message.startswith(RESOLVED):
            offered = f"\n建议：{line.advice}。" if line.advice and line.level != SUSPECT else ""
            code = "" if line.level == SUSPECT else f"（{line.code}）"
            told = f"{line.message}{code}{offered}".replace(BELOW, APART).replace("\n", "\n      ")
            print(f"  {line.level} [{line.shown}] {told}")
    for text in unjudged(result):
        print(f"  {text}")


def unjudged(result: CheckResult) -> Iterator[str]:
    """Yield what was not judged, and what brings it: no last year, blanks and texts in the tables."""
    if told := without_last_year(result, WITH_LAST_YEAR):
        yield told
    if result.undecided:
        from gk_xl.cli.commands.catalogue import FAMILIES

        places = Counter[str]()
        for code, count in result.undecided.items():
            places[FAMILIES[code.partition("-")[0]]] += count
        told = "，".join(f"{family} {count} 处" for family, count in places.items())
        yield f"有空格或填了文字，有关的核对没有做（不等于通过）：{told}。补成数以后再校验。"
