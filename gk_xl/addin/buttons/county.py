"""汇总 and 退回单: the county clerk's two buttons. A chosen folder → its summary; the marked units of a summary → their slips."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gk_xl.addin.buttons.choosing import choose_folder
from gk_xl.addin.com import folder_of, values_of
from gk_xl.addin.wording import spoken
from gk_xl.errors import HostError

if TYPE_CHECKING:
    from collections.abc import Sequence

SUMMARY: Final = "汇总.xlsx"
SLIPS: Final = "退回单"
LIST: Final = "报送情况"
"""The sheet of a summary in which units are marked."""
UNIT, MARKED, MARK, FIRST = 2, 15, "√", 4
"""Its columns of units and marks, counted from 1, the mark, and its first row."""
KEPT: Final = 17
"""The column whose first row says of which folder the summary was made."""
BLOCK, LONGEST_LIST = 500, 20_000

Make = Callable[[str, Path, "Sequence[str]"], str]
"""(what, the folder that was handed in, names of units) → the sentence that says what was written where."""


@spoken()
def summarise(book: Any, folder: Path | str = "", make: Make | None = None) -> str:
    """汇总: write the summary of a folder beside it, open it, and say what it came to.

    Without ``folder`` the application asks for one. HostError when none is chosen; then nothing is written.
    """
    chosen = Path(folder or choose_folder(book, "汇总", "各单位报送的文件夹", "什么也没有写。"))
    said = (make or made_here)("summary", chosen, ())
    book.app.books.open(str(target_of(chosen)))
    return said


@spoken()
def return_marked(book: Any, make: Make | None = None) -> str:
    """退回单: write the slips of the units that are marked in an open summary into 退回单 beside it.

    HostError when the workbook in front is no summary, or nothing in it is marked; then nothing is written.
    """
    if LIST not in [sheet.name for sheet in book.sheets] or folder_of(book) is None:
        raise HostError(
            f"前面这本不是汇总。请先点“汇总”选文件夹，在汇总的“{LIST}”里给要退回的单位打“{MARK}”，再点“退回单”。"
        )
    given = handed_in_folder(book)
    units = marked(book)
    if not units:
        raise HostError(f"“{LIST}”最后一列没有打“{MARK}”的单位，没有写退回单。请先打上“{MARK}”再点。")
    return (make or made_here)("slips", given, units)


def marked(book: Any) -> list[str]:
    """Return the units that are marked."""
    sheet, found = book.sheets[LIST], []
    for first in range(FIRST, LONGEST_LIST, BLOCK):
        rows = values_of(sheet.range((first, 1), (first + BLOCK - 1, MARKED)))
        found += [str(row[UNIT - 1]) for row in rows if row[UNIT - 1] and str(row[MARKED - 1] or "").strip()]
        if not rows[-1][UNIT - 1]:
            break
    return found


def handed_in_folder(book: Any) -> Path:
    """Return the folder that a summary was made of; HostError when it is not there any more."""
    text = str(book.sheets[LIST].range((1, KEPT)).value or "")
    path = Path(text)
    if not text or not path.is_dir():
        raise HostError("找不到这本汇总所汇总的文件夹（可能移动过）。请再点“汇总”，重新选文件夹。")
    return path


def target_of(folder: Path) -> Path:
    """Return where the summary of a folder is written: beside it, bearing its name."""
    return folder.parent / f"{folder.name}_{SUMMARY}"


def made_here(what: str, folder: Path, units: Sequence[str]) -> str:
    """Write what a button asks for, in this process; return the sentence that says so."""
    from gk_xl.desk.folder import slips_of, summary_of

    target = target_of(folder)
    return (
        summary_of(folder, target)
        if what == "summary"
        else slips_of(folder, folder.parent / f"{folder.name}_{SLIPS}", units)
    )
