"""What is done with a mutant: all that a command would do, in this process, each step refused in a sentence or right.

Whatever we write of it must be readable by us and well-formed; a check of it must say the same as the check of its copy.
"""

from __future__ import annotations

import argparse
import io
import json
import math
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from gk_xl.desk.batch import told
from gk_xl.desk.book import summary
from gk_xl.desk.brief import Brief
from gk_xl.desk.collection import collect
from gk_xl.desk.entry import Entry
from gk_xl.desk.slips import slip
from gk_xl.errors import GkXlError
from gk_xl.form.filing import Filing
from gk_xl.intake import inspect, receive
from gk_xl.report.docx import write_docx
from gk_xl.report.html import write_html
from gk_xl.report.refresh import refresh
from gk_xl.sources.open import import_sources
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.read import read_workbook
from tests.fuzz import mutants

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from gk_xl.intake import Received

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
TIME = "2026-01-05 10:00"


@dataclass(frozen=True)
class Kind:
    """A kind of input: how a mutant is made, how its file ends, and what is done with it."""

    make: Callable[[random.Random], bytes]
    suffix: str
    run: Callable[[Path, random.Random], None]


def well_formed(data: bytes) -> None:
    """Raise where a part of a package of ours is no XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))


def _alike(left: object, right: object) -> bool:
    """Return whether two fields are the same; numbers to the 15 digits that a workbook keeps, a tie rounded either way."""
    if not isinstance(left, dict) or not isinstance(right, dict):
        return left == right
    return left.keys() == right.keys() and all(
        math.isclose(value, right[key], rel_tol=1e-14)
        if isinstance(value, float) and isinstance(right[key], float)
        else value == right[key]
        for key, value in left.items()
    )


def same(one: Filing, other: Filing, *, but: str = "") -> None:
    """Raise where two filings differ in what was filed: numbers, unit, year, text, reasons."""
    for name in ("edition", "year", "unit", "cells", "narrative", "signed", "units", "deadline", "waivers"):
        left, right = getattr(one, name), getattr(other, name)
        if name not in but and not _alike(left, right):
            if isinstance(left, dict):
                left, right = (
                    {key: held.get(key) for key in {*left, *right} if left.get(key) != right.get(key)}
                    for held in (left, right)
                )
            raise AssertionError(f"{name} came back otherwise: {left!r} {right!r}"[:600])


def outputs(item: Entry, received: Received, folder: Path, dice: random.Random) -> None:
    """Write what a command would write of a filing, one sort a time, and read it again."""
    filing, result = item.filing, item.result
    assert filing is not None
    assert result is not None
    path = folder / f"out{dice.randrange(10**9)}"
    try:
        match dice.randrange(7):
            case 0:
                path = path.with_suffix(".xlsx")
                path.write_bytes(build_workbook(filing, item.last, result, TIME))
                well_formed(path.read_bytes())
                read_workbook(path)
            case 1:
                from gk_xl.cli.commands.copies import marked

                data, _ = marked(received, result, item.last, TIME)
                path = path.with_suffix(".xlsx")
                path.write_bytes(data)
                same(read_workbook(path).filing, filing, but="waivers narrative signed unit deadline units")
            case 2:
                path = path.with_suffix(".docx")
                path.write_bytes(write_docx(filing, failed=result.errors, findings=result.findings[:5]))
                well_formed(path.read_bytes())
                import_sources([path])
            case 3:
                assert not _UNWRITABLE.search(write_html(filing))
            case 4:
                well_formed(slip(item))
            case 5:
                well_formed(summary(Brief(collect([item]))))
            case _:
                json.dumps(result.as_json(), ensure_ascii=False).encode()
    finally:
        path.unlink(missing_ok=True)


def judged(path: Path, dice: random.Random, often: float) -> None:
    """Read and check a file, write it as data and read that, and one mutant in some: write all else."""
    received = receive(path)
    result = inspect(received)
    same(Filing.loads(received.filing.dumps()), received.filing)
    item = told(Entry(path, filing=received.filing, last=received.last, result=result))
    if dice.random() < often:
        outputs(item, received, path.parent, dice)


def workbook(path: Path, dice: random.Random) -> None:
    """check, check --mark, report, desk, repair of a workbook."""
    if dice.random() < 0.1:
        from gk_xl.workbook.repair.run import repair

        path.with_suffix(".repaired.xlsx").write_bytes(repair(path).workbook(TIME))
        read_workbook(path.with_suffix(".repaired.xlsx"))
        path.with_suffix(".repaired.xlsx").unlink()
    judged(path, dice, 0.1)


def filing(path: Path, dice: random.Random) -> None:
    """The same of a filing as JSON."""
    judged(path, dice, 0.1)


def text(path: Path, dice: random.Random) -> None:
    """import of a text, and check of the workbook it becomes."""
    imported = import_sources([path])
    [str(note.message) for note in imported.notes]
    if dice.random() < 0.06:
        written = path.with_suffix(".xlsx")
        written.write_bytes(build_workbook(imported.filing))
        try:
            same(read_workbook(written).filing, imported.filing, but="narrative signed waivers unit deadline")
            judged(written, dice, 0.3)
        finally:
            written.unlink()
    else:
        from gk_xl.checks.run import check

        check(imported.filing)


def report(path: Path, dice: random.Random) -> None:
    """import and refresh of a Word report."""
    data = path.read_bytes()
    try:
        done = refresh(data, dice.choice(mutants.filings()))
        well_formed(done.data) if done.data != data else None
    except GkXlError:
        pass
    imported = import_sources([path])
    if dice.random() < 0.06:
        written = path.with_suffix(".xlsx")
        written.write_bytes(build_workbook(imported.filing))
        try:
            judged(written, dice, 0.3)
        finally:
            written.unlink()


KINDS = {
    "workbooks": Kind(mutants.workbook, ".xlsx", workbook),
    "reports": Kind(mutants.report, ".docx", report),
    "filings": Kind(mutants.data, ".json", filing),
    "texts": Kind(mutants.text, ".txt", text),
}


def parsed() -> argparse.Namespace:
    """Return the arguments of a run by hand."""
    parser = argparse.ArgumentParser(description="Mutants of a kind, as many as wanted, in processes with limits.")
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("count", type=int, help="how many mutants")
    parser.add_argument("--seed", type=int, default=0, help="number of the first mutant")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("dist/fuzz"), help="where failing mutants are kept")
    return parser.parse_args()
