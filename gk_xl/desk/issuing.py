"""What a county's summary, slips and record are written as: the one place where the command and the buttons write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gk_xl.desk.rounds import FILE as RECORD
from gk_xl.desk.rounds import Rounds
from gk_xl.desk.up_to_date import made_of, stands, wrote
from gk_xl.errors import FileError, GkXlError
from gk_xl.form.refusals import in_chinese, shown
from gk_xl.intake import one_of_many
from gk_xl.workbook.files import read_bytes
from gk_xl.workbook.kinds import is_ours
from gk_xl.workbook.saving import save_bytes

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from gk_xl.desk.brief import Brief
    from gk_xl.desk.entry import Entry
    from gk_xl.desk.store import Store

"""Where slips lie by custom: in a folder of this name beside the summary."""
PAGE: Final = ".html"
_LARGEST_RECORD = 100 * 1024 * 1024


@dataclass(frozen=True)
class Issued:
    """What was written into a folder of slips: how many, how many of an earlier time were taken away, what went wrong."""

    written: int
    taken: int
    problems: tuple[str, ...] = ()


def read_record(folder: Path) -> Rounds:
    """Return what was returned before: the record in a folder of slips; none without one. BadFiling when it cannot be read."""
    try:
        there = (folder / RECORD).is_file()
    except (OSError, ValueError):  # a folder that is none is told where it is written to
        return Rounds()
    if not there:
        return Rounds()
    text = read_bytes(folder / RECORD, _LARGEST_RECORD).decode("utf-8", "replace")
    return Rounds.loads(text, f"“{shown(folder / RECORD)}”")


def write_summary(brief: Brief, path: Path, *, force: bool = False, store: Store | None = None) -> Path:
    """Write the summary as a workbook, and as a page beside it; return the page's path.

    Where ``store`` knows that both lie there as they were written of the same, nothing is made of it once more.
    """
    beside = path.with_suffix(PAGE)
    mark = made_of(brief, path) if store is not None else None
    if store is not None and mark is not None and stands(store, path, mark, (beside,)):
        return beside
    from gk_xl.desk.book import summary
    from gk_xl.desk.page import page

    read = [item.path for item in brief.entries]
    save_bytes(path, summary(brief, path.absolute().parent), inputs=read, force=force)
    save_bytes(beside, page(brief).encode(), inputs=read, force=force, backup=False)
    if store is not None and mark is not None:
        wrote(store, path, mark, (beside,))
    return beside


def write_slips(brief: Brief, folder: Path, only: Collection[str] | None = None, *, force: bool = False) -> Issued:
    """Write the slips of a round with the record and the 通报; ``only`` are the names of the units that get one, else all due.

    The folder is made when it is not there. Slips of an earlier time that are no longer due are taken away: what lies in
    the folder is what is to be sent. One slip that cannot be written does not keep the others.
    """
    from gk_xl.desk.circular import circular
    from gk_xl.desk.products import CIRCULAR
    from gk_xl.desk.slips import named, settled, slip

    made(folder)
    chosen = [item for item in brief.entries if item is not brief.county]
    wanted = [(name, item) for name, item in named(chosen) if only is None or item.unit in only]
    problems: list[str] = []
    written: list[Entry] = []
    for name, item in wanted:
        try:
            with one_of_many(item.path):
                data = slip(item, brief.issuer, brief.rounds)
                save_bytes(folder / name, data, force=force, backup=not is_slip(folder / name))
            written.append(item)
        except GkXlError as error:
            problems.append(f"退回单“{name}”没有写：{error}")
    gone = [folder / name for name in dict.fromkeys(settled(chosen)) if is_slip(folder / name)]
    for path in gone:
        path.unlink()
    save_bytes(folder / CIRCULAR, circular(brief), force=force, backup=not is_slip(folder / CIRCULAR))
    issued = brief.rounds.issued(written, brief.issuer.date, brief.issuer.deadline)
    save_bytes(folder / RECORD, issued.dumps().encode(), force=force, backup=False)
    return Issued(len(written), len(gone), tuple(problems))


def made(folder: Path) -> Path:
    """Return a folder, made where it is not there; FileError with one sentence where that cannot be."""
    try:
        if folder.exists() and not folder.is_dir():
            raise FileError(f"“{folder}”是一个文件，不是文件夹。退回单每个单位一份，请给出文件夹。")
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"文件夹“{shown(folder)}”建不了（{in_chinese(error)}）。请换个位置。") from None
    except ValueError:  # a NUL in the name
        raise FileError(f"“{shown(folder)}”不是文件夹名，请核对后再试。") from None
    return folder


def is_slip(path: Path) -> bool:
    """Return whether a file is there that this tool once wrote: it can be written again at any time."""
    try:
        return path.is_file() and is_ours(path.read_bytes())
    except OSError:
        return False
