"""desk check and desk slips: a folder of workbooks for the county clerk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.cli.commands.checking import progress
from gk_xl.cli.exit_codes import COULD_NOT, DONE, FOUND
from gk_xl.desk.batch import FAILED, UNREADABLE, by_unit, check_files
from gk_xl.desk.slips import slips
from gk_xl.desk.summary import headline, summary
from gk_xl.errors import FileError
from gk_xl.intake import expand
from gk_xl.workbook.saving import same_file, save_bytes

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from gk_xl.desk.batch import Checked


def desk(options: argparse.Namespace) -> int:
    """Check a folder and write the summary, or a return slip for each unit; 1 when one has errors, 2 when unreadable."""
    before = by_unit(expand(options.last_year)) if options.last_year else {}
    files = [path for path in expand(options.files) if path in options.files or not same_file(path, options.output)]
    found = check_files(files, before, progress)
    if options.action == "check":
        save_bytes(options.output, summary(found), inputs=[item.path for item in found], force=options.force)
        print(f"已写好 {options.output}。{headline(found)}")
    else:
        write_slips(options, found)
    for item in found:
        if item.outcome in (UNREADABLE, FAILED):
            print(f"  {item.outcome} {item.unit}：{item.verdict}")
    outcomes = {item.outcome for item in found}
    return COULD_NOT if UNREADABLE in outcomes else FOUND if FAILED in outcomes else DONE


def write_slips(options: argparse.Namespace, found: Sequence[Checked]) -> None:
    """Write the slips into a folder, which is made when it is not there."""
    folder = options.output
    if folder.exists() and not folder.is_dir():
        raise FileError(f"“{folder}”是一个文件，不是文件夹。意见单每个单位一份，请给出文件夹。")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"文件夹“{folder}”建不了（{error.strerror}）。请换个位置。") from None
    count = 0
    for name, data in slips(found):
        save_bytes(folder / name, data, force=options.force)
        count += 1
    print(f"已在 {folder} 写好 {count} 份意见单。{headline(found)}")
