"""What the county clerk's buttons do with a folder: read it, write the summary, or the slips of some units; one sentence each.

In the folder, or beside it, may lie: 名单.xlsx or 名单.csv, 上年 (last year's reports), 本级.xlsx, and 落款.txt (issuer,
deadline and contact, a line each).
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from gk_xl.desk.batch import Means, handed_in
from gk_xl.desk.brief import Brief, Issuer
from gk_xl.desk.gathering import ROSTERS
from gk_xl.desk.issuing import read_record, write_slips, write_summary
from gk_xl.desk.noted import SUMMARY, read_noted
from gk_xl.desk.store import Store, store_file
from gk_xl.errors import FileError
from gk_xl.form.cleaning import clean_text, read_text
from gk_xl.intake import receive
from gk_xl.workbook.files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LAST_YEAR: Final = "上年"
OWN: Final = ("本级.xlsx", "本级.json")
ISSUER: Final = "落款.txt"
LONGEST, LARGEST = 4000, 64 * 1024
SLIPS: Final = "退回单"


def summary_of(folder: Path, target: Path) -> str:
    """Write the summary of a folder and return a sentence; FileError when nothing can be read there."""
    brief = brief_of(folder, target)
    page = write_summary(brief, target)
    return f"{brief.headline}汇总已写好：“{target.name}”，网页“{page.name}”，都在“{target.parent}”。"


def slips_of(folder: Path, target: Path, units: Sequence[str]) -> str:
    """Write the slips of some units and return a sentence."""
    issued = write_slips(brief_of(folder, target), target, units)
    rest = len(units) - issued.written - len(issued.problems)
    without = f"另外 {rest} 个没有可退的问题，不写。" if rest > 0 else ""
    return f"已写好 {issued.written} 份退回单和通报草稿，在“{target}”。{without}{''.join(issued.problems)}"


def brief_of(folder: Path, target: Path) -> Brief:
    """Return all that is told of a folder, with what lies beside it for the county's own use."""
    if not folder.is_dir():
        raise FileError(f"“{folder}”不是文件夹，请重新选择。")
    slips = target if target.suffix == "" else folder.parent / f"{folder.name}_{SLIPS}"
    summary = target if target.suffix else folder.parent / f"{folder.name}_{SUMMARY}"
    last = _first(folder, LAST_YEAR)
    roster = next((place for name in ROSTERS if (place := _first(folder, name))), None)
    own = next((place for name in OWN if (place := _first(folder, name))), None)
    store = Store(store_file())
    try:
        passed = [path for path in (target, summary, slips, own) if path is not None]
        handed = handed_in(
            [folder], [last] if last else (), roster, None, passed, Means(store, 1), noted=read_noted(summary)
        )
    finally:
        store.close()
    filing = receive(own).filing if own else None
    return Brief(handed.collection, filing, read_record(slips), _issuer(folder), handed.unread, folder.absolute())


def _first(folder: Path, name: str) -> Path | None:
    """Return what lies under a name in a folder or beside it."""
    return next((place for place in (folder / name, folder.parent / name) if place.exists()), None)


def _issuer(folder: Path) -> Issuer:
    """Return who writes: the lines of 落款.txt, today's day."""
    place = _first(folder, ISSUER)
    text = clean_text(read_text(read_bytes(place, LARGEST)) or "") if place and place.stat().st_size else ""
    lines = text[:LONGEST].splitlines()
    name, deadline, contact = (*(line.strip() for line in lines[:3]), "", "", "")[:3]
    return Issuer(name, dt.date.today().isoformat(), deadline, contact)  # noqa: DTZ011 - the clerk's own calendar
