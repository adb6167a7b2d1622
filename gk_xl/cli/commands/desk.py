"""desk check and desk slips: a folder of workbooks for the county clerk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.cli.commands.handing_in import read_all, write_tables
from gk_xl.cli.exit_codes import COULD_NOT, DONE, FOUND
from gk_xl.desk.entry import FAILED, UNREADABLE
from gk_xl.desk.slips import named, settled, slip
from gk_xl.desk.summary import headline, summary
from gk_xl.errors import FileError, GkXlError
from gk_xl.intake import one_of_many
from gk_xl.workbook.files import in_chinese, shown
from gk_xl.workbook.kinds import is_ours
from gk_xl.workbook.saving import save_bytes

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from gk_xl.desk.entry import Entry


def desk(options: argparse.Namespace) -> int:
    """Check a folder and write the summary, or a return slip for each unit; 1 when one has errors, 2 when unreadable."""
    if options.action == "tables":
        return write_tables(options)
    handed = read_all(options)
    found, unread = handed.collection.entries, [*handed.unread]
    if options.action == "check":
        save_bytes(options.output, summary(found, unread), inputs=[item.path for item in found], force=options.force)
        print(f"已写好 {options.output}。{headline(found)}")
    else:
        unread += write_slips(options, found)
    for item in found:
        if item.outcome in (UNREADABLE, FAILED):
            print(f"  {item.outcome} {item.unit}：{item.verdict}")
    for said in unread:
        print(f"  {said}")
    outcomes = {item.outcome for item in found}
    return COULD_NOT if UNREADABLE in outcomes or unread else FOUND if FAILED in outcomes else DONE


def write_slips(options: argparse.Namespace, found: Sequence[Entry]) -> list[str]:
    """Write the slips into a folder, which is made when it is not there; return why single ones could not be written.

    Slips of an earlier time that are no longer due are taken away: what lies in the folder is what is to be sent.
    """
    folder = options.output
    try:
        if folder.exists() and not folder.is_dir():
            raise FileError(f"“{folder}”是一个文件，不是文件夹。意见单每个单位一份，请给出文件夹。")
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"文件夹“{shown(folder)}”建不了（{in_chinese(error)}）。请换个位置。") from None
    except ValueError:  # a NUL in the name
        raise FileError(f"“{shown(folder)}”不是文件夹名，请核对后再试。") from None
    problems, count = [], 0
    for name, item in named(found):
        try:
            with one_of_many(item.path):
                save_bytes(folder / name, slip(item), force=options.force, backup=not is_slip(folder / name))
            count += 1
        except GkXlError as error:
            problems.append(f"意见单“{name}”没有写：{error}")
    gone = [folder / name for name in dict.fromkeys(settled(found)) if is_slip(folder / name)]
    for path in gone:
        path.unlink()
    taken = f"收走 {len(gone)} 份已经不需要的。" if gone else ""
    print(f"已在 {folder} 写好 {count} 份意见单。{taken}{headline(found)}")
    return problems


def is_slip(path: Path) -> bool:
    """Return whether a file is there that this command once wrote: it can be written again at any time."""
    try:
        return path.is_file() and is_ours(path.read_bytes())
    except OSError:
        return False
