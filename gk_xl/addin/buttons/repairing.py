"""修复: a fresh workbook beside the open one, with whatever can be recovered of it; the open one is not touched."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gk_xl.addin.com import folder_of, is_excel
from gk_xl.addin.wording import spoken
from gk_xl.errors import HostError
from gk_xl.workbook.saving import save_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

LISTED = 8  # so many lines of the account a message shows
ENDING = "_修复"


class Mended(NamedTuple):
    """What a repair gave: the new workbook, its result in one sentence, the account line by line."""

    workbook: bytes
    summary: str
    lines: tuple[str, ...]


Mend = Callable[[Path, str], Mended]


@spoken()
def repair(book: Any, mend: Mend | None = None) -> str:
    """修复: write a repaired workbook beside the open one, and say where, and what is doubtful or lost.

    What is on the screen counts, saved or not. HostError when the workbook has no folder, NotATemplate when it is none
    of ours; then nothing is written.
    """
    folder = folder_of(book)
    if folder is None:
        raise HostError(
            "不知道新工作簿放在哪里：这本工作簿还没有保存过，或在网盘上。请先另存到本机的文件夹，再点“修复”。"
        )
    with copied(book) as copy:
        mended = (mend or mended_here)(copy, str(folder / book.name))
    target = free_name(folder, Path(book.name).stem)
    save_bytes(target, mended.workbook)
    shown = [line.strip() for line in mended.lines[:LISTED]]
    more = ["其余见新工作簿的“校验结果”。"] if len(mended.lines) > LISTED else []
    head = f"已修复到“{target}”：{mended.summary}这本工作簿没有改动，请改用新的那本。"
    return "\n".join([head, *shown, *more])


def mended_here(copy: Path, name: str) -> Mended:
    """Return what a repair of a copy gives, made in this process; ``name`` is the workbook's own path."""
    from gk_xl.workbook.content import now
    from gk_xl.workbook.repair import repair as repaired

    found = repaired(copy, Path(name).name).under_profile_beside(Path(name))
    return Mended(found.workbook(now()), found.summary(), tuple(found.lines()))


@contextlib.contextmanager
def copied(book: Any) -> Iterator[Path]:
    """Yield a copy of the workbook as it is on the screen; it is removed at the end."""
    with tempfile.TemporaryDirectory(prefix="gk_xl") as folder:
        path = Path(folder) / "copy.xlsx"
        if is_excel(book):
            book.api.SaveCopyAs(str(path))
        else:
            book.impl.save_copy(str(path))
        yield path


def free_name(folder: Path, stem: str, ending: str = ENDING) -> Path:
    """Return a name beside the workbook that no file has."""
    stem = stem.removesuffix(ending)
    for number in range(1, 1000):
        target = folder / f"{stem}{ending}{'' if number == 1 else number}.xlsx"
        if not target.exists():
            return target
    raise HostError(f"文件夹“{folder}”里已经有太多名字是“{stem}{ending}”的工作簿，请先清理。")
