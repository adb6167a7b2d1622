"""check --mark: copies of the files checked, with what was found; the files themselves are not touched."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.content import now
from gk_xl.workbook.files import is_folder
from gk_xl.workbook.saving import save_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gk_xl.form.filing import Filing
    from gk_xl.form.finding import CheckResult
    from gk_xl.intake import Received


BENT = (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError)
"""What marking a workbook ends in where a sheet or a part of it is missing or bent."""


@dataclass
class Copies:
    """Where marked copies go: a file, or a folder for several. No file of ``read`` is written over."""

    target: Path
    read: Sequence[Path]
    force: bool = False
    used: set[Path] = field(default_factory=set)

    def write(self, received: Received, result: CheckResult, last: Filing | None) -> str:
        """Write the marked copy of a received file and return what was written and what was not carried over."""
        target = self.place(received.path) if is_folder(self.target) else self.target
        time = now()
        data, said = marked(received, result, last, time)
        save_bytes(target, data, inputs=self.read, force=self.force)
        return f"标注本 {target}：{said}"

    def place(self, path: Path) -> Path:
        """Return the name of a file's copy in the folder; files of one name from several folders get different ones."""
        stem, number = f"{path.stem}_校验", 1
        place = self.target / f"{stem}.xlsx"
        while place in self.used:
            number += 1
            ending = "" if number == 2 else str(number)
            place = self.target / f"{path.resolve().parent.name}_{stem}{ending}.xlsx"
        self.used.add(place)
        return place


def marked(received: Received, result: CheckResult, last: Filing | None, time: str) -> tuple[bytes, str]:
    """Return the marked copy of a received file and what to say of it.

    It is the workbook itself with the marks in it; only where a sheet of ours is missing, or where a filing was received
    without a workbook, one is made anew.
    """
    from gk_xl.workbook.package.marked import marked_copy, own_things

    said, things = "按填报数据新做了一本，标出了问题。", ""
    if received.reading is not None:
        try:
            copy = marked_copy(received.path, received.reading, result, last, time)
        except BENT:
            with suppress(*BENT):
                things = own_things(received.path, received.reading)
            said = "原工作簿的表不齐，按内容新做了一本。" + (f"没有带过来的：{things}。" if things else "")
        else:
            written = f"标出 {copy.flags} 格，批注 {copy.notes} 条，校验结果 {copy.lines} 行"
            return copy.data, f"{written}；其余都照原样，您自己的工作表、批注、图片、颜色和密码也在。"
    return build_workbook(received.filing, last or received.last, result, time), said
