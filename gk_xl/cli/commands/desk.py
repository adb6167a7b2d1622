"""desk: a folder of filings, for the county clerk or as a province's tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def desk(options: argparse.Namespace) -> int:
    """Do what is asked with a folder; the tables need none of what writes workbooks and letters."""
    if options.action == "tables":
        from gk_xl.cli.commands.handing_in import write_tables

        return write_tables(options)
    from gk_xl.cli.commands.county import report

    return report(options)
