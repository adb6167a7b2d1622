"""Filings for tests: one for each edition, generated, whose every identity holds."""

from __future__ import annotations

import os
import random
from dataclasses import replace

from gk_xl.checks.binding import identities
from gk_xl.form.filing import Filing, Signature, Unit
from gk_xl.form.load import load_edition
from gk_xl.form.schema import ValueKind
from gk_xl.form.sentences import suggest
from tests.conftest import ROOT

REPORTS = ROOT / "tests" / "golden" / "report"


def whole(edition_id: str) -> Filing:
    """Return a filing with numbers in every row and column, identities kept, and the suggested sentences as its text."""
    edition, dice = load_edition(edition_id), random.Random(5)
    cells = {cell.id: 0 if cell.kind is ValueKind.AMOUNT else dice.randint(1, 4) for cell in edition.cells.values()}
    cells |= {cell: 0 for cell in cells if cell.startswith(("t2.rules", "t4.", "t3.carried"))}
    cells |= {"t2.normative_doc.issued": 1, "t2.normative_doc.repealed": 0, "t2.normative_doc.in_force": 9}
    sums = [(next(iter(terms)), terms) for found, terms in identities(edition.id) if found.rule.fills]
    for _ in range(3):
        for total, terms in sums:
            cells[total] = -sum(cells[cell] * sign for cell, sign in terms.items() if cell != total)
        for column in edition.table("t3").columns:
            if column not in edition.table("t3").total_columns:
                cells[f"t3.received_new.{column}"] = cells[f"t3.outcome_total.{column}"]
    unit = Unit("示例乡人民政府", "township", "我乡", "示例县")
    plain = replace(Filing.blank(edition.first_year + 1, unit), cells=cells)
    plain = replace(plain, signed=Signature(unit.name, f"{edition.first_year + 2}-01-15"))
    told = [sentence for sentence in suggest(plain) if sentence.text]
    parts = {part: tuple(s.text for s in told if s.part == part) for part in {s.part for s in told}}
    return replace(plain, narrative=parts)


def accepted(edition_id: str) -> Filing:
    """Return the filing whose report was looked at; with ``GK_XL_ACCEPT=1`` an edition that has none yet gets one."""
    path = REPORTS / edition_id / "filing.json"
    if os.environ.get("GK_XL_ACCEPT") and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(whole(edition_id).dumps(), encoding="utf-8")
    return Filing.loads(path.read_text(encoding="utf-8"))
