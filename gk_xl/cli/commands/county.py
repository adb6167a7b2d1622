"""desk check, slips and total: what a folder of filings comes to, for the county clerk."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from gk_xl.cli.commands.handing_in import known_results, read_all, slips_folder
from gk_xl.cli.commands.profiles import asked_profile
from gk_xl.cli.exit_codes import COULD_NOT, DONE, FOUND
from gk_xl.desk.brief import Brief, Issuer
from gk_xl.desk.entry import FAILED, UNREADABLE
from gk_xl.desk.issuing import read_record, write_summary
from gk_xl.intake import receive
from gk_xl.workbook.files import is_folder
from gk_xl.workbook.kinds import WORKBOOK
from gk_xl.workbook.saving import expect

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from gk_xl.desk.entry import Entry


def report(options: argparse.Namespace) -> int:
    """Check a folder and write the summary, the return slips or the county's report; 1 when one has errors, 2 when unreadable."""
    if options.action != "slips":
        expect(options.output, WORKBOOK, force=options.force)  # thousands of files are read before it is written
    rounds = read_record(slips_folder(options))
    own = receive(options.own, asked_profile(options)).filing if options.own else None
    handed = read_all(options)
    issuer = Issuer(options.issuer, options.date, options.deadline, options.contact)
    brief = Brief(handed.collection, own, rounds, issuer, handed.unread, _folder(options))
    problems: tuple[str, ...] = ()
    if options.action == "check":
        with closing(known_results(options)) as store:
            page = write_summary(brief, options.output, force=options.force, store=store)
        print(f"已写好 {options.output} 和 {page.name}。{brief.headline}")
    elif options.action == "slips":
        from gk_xl.cli.commands.returning import return_filings

        problems = return_filings(options, brief)
    else:
        from gk_xl.cli.commands.totalling import write_total

        return write_total(options, brief, handed.before)
    for item in brief.entries:
        if item.status == FAILED and item is not brief.county:  # what cannot be read is told with its file below
            print(f"  {item.status} {item.unit}：{_counted(item)}")
    if brief.county is not None and brief.county.status == FAILED:
        print(f"  汇总报告 {brief.county.unit}自己没有通过：{_counted(brief.county)}不算在各单位里。")
    for said in (*brief.remarks, *(brief.broken.lines if brief.broken else ()), *problems):
        print(f"  {said}")
    outcomes = {item.status for item in brief.entries}
    return COULD_NOT if UNREADABLE in outcomes or handed.unread or problems else FOUND if FAILED in outcomes else DONE


def _counted(item: Entry) -> str:
    """Return how much stands against a file."""
    counts = item.result.counts if item.result else {}
    told = "，".join(
        f"{name} {counts[key]}" for key, name in (("error", "错误"), ("warning", "警告")) if counts.get(key)
    )
    return f"{told}。"


def _folder(options: argparse.Namespace) -> Path | None:
    """Return the folder that was handed in, where it was one."""
    (first, *more) = options.files
    return first.absolute() if not more and is_folder(first) else None
