"""All sheets of 汇总.xlsx in their order."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from gk_xl.desk.book.alike import write_alike, write_breaks
from gk_xl.desk.book.leader import write_leader
from gk_xl.desk.book.paper import Paper
from gk_xl.desk.book.problems import write_findings, write_matrix, write_rules
from gk_xl.desk.book.sums import Sums, write_form, write_values
from gk_xl.desk.book.units import write_rounds, write_units
from gk_xl.desk.book.years import write_chains, write_years
from gk_xl.desk.front import TITLE
from gk_xl.workbook.build import EPOCH
from gk_xl.workbook.kinds import GENERATOR

if TYPE_CHECKING:
    from pathlib import Path

    from gk_xl.desk.brief import Brief


def summary(brief: Brief, beside: Path | None = None) -> bytes:
    """Return the summary as .xlsx bytes, the same for the same filings; ``beside`` is the folder it will lie in."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": f"{brief.year}{TITLE}", "author": GENERATOR, "created": EPOCH})
    paper = Paper(book, beside)
    write_leader(paper, brief)
    first_lines = lines_begin(brief)
    write_units(paper, brief, first_lines)
    write_rounds(paper, brief)
    write_matrix(paper, brief, first_lines)
    write_findings(paper, brief)
    write_rules(paper, brief)
    if brief.edition is not None and brief.members:
        sums = Sums(brief, brief.edition)
        write_form(paper, sums)
        write_values(paper, sums)
    write_breaks(paper, brief)
    write_years(paper, brief)
    write_chains(paper, brief)
    write_alike(paper, brief)
    book.close()
    return buffer.getvalue()


def lines_begin(brief: Brief) -> dict[int, int]:
    """Return on which row (from 0) of 问题清单 each file begins, by the file's place; a file without lines has none."""
    found, row = {}, 1
    for at, entry in enumerate(brief.entries):
        count = 0 if entry.aside else (1 if entry.problem else 0) + len(entry.lines)
        if count:
            found[at] = row
        row += count
    return found
