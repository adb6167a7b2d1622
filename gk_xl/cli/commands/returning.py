"""desk slips: the return slips of a round, the record of rounds beside them, and the 通报."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.desk.circular import FILE as CIRCULAR
from gk_xl.desk.circular import circular
from gk_xl.desk.rounds import FILE as RECORD
from gk_xl.desk.rounds import Rounds
from gk_xl.desk.slips import due, named, settled, slip
from gk_xl.errors import FileError, GkXlError
from gk_xl.intake import one_of_many
from gk_xl.workbook.files import in_chinese, read_bytes, shown
from gk_xl.workbook.kinds import is_ours
from gk_xl.workbook.saving import save_bytes

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from gk_xl.desk.brief import Brief

FOLDER = "退回单"
"""Where slips lie by custom: in a folder of this name beside the summary."""
_LARGEST_RECORD = 100 * 1024 * 1024


def slips_folder(options: argparse.Namespace) -> Path:
    """Return where slips lie: where they are written, else where they are said to be, else in their usual place."""
    folder: Path = (
        options.output if options.action == "slips" else options.slips or options.output.absolute().parent / FOLDER
    )
    return folder


def record_beside(options: argparse.Namespace) -> Rounds:
    """Return what was returned before: the record in the folder of slips, given or in its usual place; none without one."""
    folder = slips_folder(options)
    try:
        there = (folder / RECORD).is_file()
    except (OSError, ValueError):  # a folder that is none is told where it is written to
        return Rounds()
    if not there:
        return Rounds()
    text = read_bytes(folder / RECORD, _LARGEST_RECORD).decode("utf-8", "replace")
    return Rounds.loads(text, f"“{shown(folder / RECORD)}”")


def write_slips(options: argparse.Namespace, brief: Brief) -> list[str]:
    """Write the slips into a folder, which is made when it is not there; return why single ones could not be written.

    Slips of an earlier time that are no longer due are taken away: what lies in the folder is what is to be sent.
    """
    folder = made(options.output)
    chosen = [item for item in brief.entries if item is not brief.county]
    problems, written = [], []
    for name, item in named(chosen):
        try:
            with one_of_many(item.path):
                data = slip(item, brief.issuer, brief.rounds)
                save_bytes(folder / name, data, force=options.force, backup=not is_slip(folder / name))
            written.append(item)
        except GkXlError as error:
            problems.append(f"退回单“{name}”没有写：{error}")
    gone = [folder / name for name in dict.fromkeys(settled(chosen)) if is_slip(folder / name)]
    for path in gone:
        path.unlink()
    save_bytes(folder / CIRCULAR, circular(brief), force=options.force, backup=not is_slip(folder / CIRCULAR))
    issued = brief.rounds.issued((item for item in due(written)), brief.issuer.date, brief.issuer.deadline)
    save_bytes(folder / RECORD, issued.dumps().encode(), force=options.force, backup=False)
    taken = f"收走 {len(gone)} 份已经不需要的。" if gone else ""
    print(f"已在 {folder} 写好 {len(written)} 份退回单和{CIRCULAR}。{taken}{brief.headline}")
    for item in brief.entries:
        progress = brief.rounds.progress(item)
        if progress is not None and item in chosen:
            print(f"  第 {progress.number} 次 {item.unit}：{progress.said}")
    return problems


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
    """Return whether a file is there that this command once wrote: it can be written again at any time."""
    try:
        return path.is_file() and is_ours(path.read_bytes())
    except OSError:
        return False
