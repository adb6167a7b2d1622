"""校验, 报送单, 导出报告, 修复 and 导入报告 from outside Excel: on files dropped on a .cmd, or on the workbook in front, without any macro."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gk_xl.addin.buttons.repairing import free_name
from gk_xl.addin.com import BUSY, answer, book_of_wps, tame
from gk_xl.addin.excel import run, sentence
from gk_xl.addin.view import is_ours
from gk_xl.cli import main as cli
from gk_xl.cli.exit_codes import COULD_NOT, DONE
from gk_xl.errors import HostError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import xlwings as xw

BUTTONS: Final = {
    "check": "check",
    "slip": "make_slip",
    "report": "export_report",
    "repair": "repair",
    "import": "import_report",
}
HINT: Final = "请先打开年报工作簿再双击，或把工作簿文件拖到这个 .cmd 文件上。"
LINE, OWN = "GK_XL_LINE", "GK_XL_SELF"  # how cmd.exe was started, and the path of the .cmd
CALLED: Final = 64
_FILES: Final = re.compile(r'"([^"]*)"|([^\s"]+)')
ABOUT_COPY: Final = "。它只供对照，要改的在“{}”里改；警告属实的，理由写在它的“校验结果”里，保存后再校验就算数"
QUIET: Final = "GK_XL_NO_PAUSE"  # set where nobody watches: nothing is opened, nothing waits for a key


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what :data:`BUTTONS` names on each file given, or on the workbook in front; exit codes as the commands'.

    :data:`CALLED` is added for a .cmd that was not started by Explorer: it may go back to where it was called from.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    action, *files = sys.argv[1:] if arguments is None else arguments
    own = os.environ.get(OWN, "")
    found = dropped_files(os.environ.get(LINE, ""), own)
    code = do(action, files if found is None else found)
    return code + CALLED if own and found is None else code


def do(action: str, files: Sequence[str]) -> int:
    """Do it on files, or on the workbook in front where there are none; exit codes as the commands'."""
    if files:
        code = max(on_file(action, Path(file)) for file in files)
        only = Path(files[0])
        if action == "check" and code != COULD_NOT and len(files) == 1 and is_watched(only):
            from gk_xl.cli.watching import watch

            return watch(only, marked_name(only))
        return code
    try:
        print(run(BUTTONS[action], front_book()))
    except Exception as error:  # noqa: BLE001 - the clerk gets a sentence, the log the traceback
        print(sentence(action, error), file=sys.stderr)
        return COULD_NOT
    return DONE


def marked_name(path: Path) -> Path:
    """Return where the marked copy of a workbook, or the copies of a folder's, are written."""
    return path / "校验结果" if path.is_dir() else path.with_name(f"{path.stem}_校验.xlsx")


def is_watched(path: Path) -> bool:
    """Return whether the window stays open to check this file after every save: a workbook, with somebody looking on."""
    return QUIET not in os.environ and path.is_file() and path.suffix.lower() == ".xlsx"


def dropped_files(line: str, own: str) -> list[str] | None:
    """Return the files that Explorer started a .cmd with: what stands behind its path ``own`` in cmd.exe's own line.

    Explorer quotes a name only when it has a blank. Of ``年报&附件.xlsx`` the .cmd itself sees what is before the ``&``;
    the line has all. None when cmd.exe was started otherwise: then the arguments are right.
    """
    start = line.lower().find(own.lower()) if own else -1
    if start < 0:
        return None
    command, rest = line[:start], line[start + len(own) :].strip()
    if command.endswith('"'):
        rest = rest.removeprefix('"')
    if command.endswith('""'):  # cmd.exe /c ""own" files "
        rest = rest.removesuffix('"')
    return [quoted or plain for quoted, plain in _FILES.findall(rest)]


def on_file(action: str, path: Path) -> int:
    """Mark a copy of a workbook, or write its 报送单, its report, or a repaired one, beside it; it is not touched itself."""
    copy = marked_name(path)
    reasons = (
        ["--reasons", str(copy)] if copy.is_file() else []
    )  # written beside the list: the workbook itself has none
    if action == "report":
        target = path.with_suffix(".docx")
        code = cli.main(["report", str(path), "-o", str(target), *reasons], typed=False)
        if code == DONE:
            code = _public(path, target, reasons)
    elif action == "slip":
        target = path.with_name(f"{path.stem}_报送单.xlsx")
        code = cli.main(["slip", str(path), "-o", str(target), *reasons], typed=False)
    elif action == "import":
        target = free_name(path.parent, path.stem, "_年报")
        code = cli.main(["import", str(path), "-o", str(target)], typed=False)
    elif action == "repair":
        target = free_name(path.parent, path.stem)
        code = cli.main(["repair", str(path), "-o", str(target)], typed=False)
    else:
        target = copy
        if path.is_dir():
            target.mkdir(exist_ok=True)
        code = cli.main(["check", str(path), "--mark", str(target), *reasons], typed=False)
        if code != COULD_NOT:
            print(f"标出问题的在：{target}{'' if path.is_dir() else ABOUT_COPY.format(path.name)}")
    if code != COULD_NOT and target.exists() and QUIET not in os.environ and sys.platform == "win32":
        with suppress(OSError):  # no program for it
            os.startfile(target)  # noqa: S606 - the file just written, in the program the clerk has for it
    return code


def _public(path: Path, target: Path, reasons: Sequence[str]) -> int:
    """Write the public version beside the one for revision, and say which is for what; the exit code."""
    public = target.with_name(f"{target.stem}（公开稿）.docx")
    code = cli.main(["report", str(path), "-o", str(public), "--public", *reasons], typed=False)
    if code == DONE:
        print(
            f"上网用“{public.name}”；“{target.name}”是送审稿，里面带有看不见的数据，领导改过以后还能更新，不要直接上网。"
        )
    return code


def front_book() -> xw.Book:
    """Return the workbook in front of Excel, or of WPS where Excel has none of ours; HostError says what to do else."""
    tame()
    try:
        book, why = excel_book(), None
    except HostError as error:
        book, why = None, error
    if book is None or not is_ours(book):
        other: xw.Book | None = book_of_wps()
        if other is not None and (book is None or is_ours(other)):
            return other
    if book is None:
        raise why or HostError(HINT)
    return book


def excel_book() -> xw.Book:
    """Return the workbook in front of Excel; HostError where there is none."""
    import xlwings

    try:
        app = xlwings.apps.active
    except Exception as error:
        if answer(error) in BUSY:
            raise
        raise HostError(f"这台电脑上连不到 Excel 或 WPS。{HINT}") from error
    if app is None:
        raise HostError(f"没有打开的 Excel 或 WPS 表格。{HINT}")
    none = "Excel 前面没有可以编辑的工作簿；若顶上有“受保护的视图”，请先点“启用编辑”。"
    try:
        book = app.books.active
    except Exception as error:
        if answer(error) in BUSY:
            raise
        raise HostError(none + HINT) from error
    if (
        getattr(getattr(book, "impl", None), "xl", book) is None
    ):  # Excel answers Nothing, xlwings makes a workbook of it
        raise HostError(none + HINT)
    return book


if __name__ == "__main__":
    sys.exit(main())
