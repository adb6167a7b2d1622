"""desk check, slips and total: a folder of filings for the county clerk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.cli.commands.handing_in import read_all, write_tables
from gk_xl.cli.commands.profiles import asked_profile
from gk_xl.cli.commands.returning import record_beside, write_slips
from gk_xl.cli.commands.totalling import write_total
from gk_xl.cli.exit_codes import COULD_NOT, DONE, FOUND
from gk_xl.desk.book import summary
from gk_xl.desk.brief import Brief, Issuer
from gk_xl.desk.entry import FAILED, UNREADABLE
from gk_xl.desk.page import page
from gk_xl.intake import receive
from gk_xl.workbook.saving import save_bytes

if TYPE_CHECKING:
    import argparse

PAGE = ".html"


def desk(options: argparse.Namespace) -> int:
    """Check a folder and write the summary, the return slips or the county's report; 1 when one has errors, 2 when unreadable."""
    if options.action == "tables":
        return write_tables(options)
    rounds = record_beside(options)
    own = receive(options.own, asked_profile(options)).filing if options.own else None
    handed = read_all(options)
    issuer = Issuer(options.issuer, options.date, options.deadline, options.contact)
    brief = Brief(handed.collection, own, rounds, issuer, handed.unread)
    problems: list[str] = []
    if options.action == "check":
        _write_summary(options, brief)
    elif options.action == "slips":
        problems = write_slips(options, brief)
    else:
        return write_total(options, brief, handed.before)
    for item in brief.entries:
        if item.status in (UNREADABLE, FAILED):
            print(f"  {item.status} {item.unit}：{item.verdict}")
    for said in (*brief.remarks, *(brief.broken.lines if brief.broken else ()), *problems):
        print(f"  {said}")
    outcomes = {item.status for item in brief.entries}
    return COULD_NOT if UNREADABLE in outcomes or handed.unread or problems else FOUND if FAILED in outcomes else DONE


def _write_summary(options: argparse.Namespace, brief: Brief) -> None:
    """Write the summary as a workbook, and as a page beside it."""
    read = [item.path for item in brief.entries]
    save_bytes(options.output, summary(brief, options.output.absolute().parent), inputs=read, force=options.force)
    beside = options.output.with_suffix(PAGE)
    save_bytes(beside, page(brief).encode(), inputs=read, force=options.force, backup=False)
    print(f"已写好 {options.output} 和 {beside.name}。{brief.headline}")
